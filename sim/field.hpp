#pragma once
// Parameters, declared once: a line in a struct's `parameters` says key, member, unit, range, meaning and evidence, and from it
// come parsing, validation, and every table about parameters. The default is the member's initialiser. A line may end with the
// outcome that the number moves first; a test of both ends shows whether it does.
//
//   struct Mortality {
//       double hazard_per_day = 1.0e-4;
//       static constexpr auto parameters = sim::parameters(
//           sim::parameter("hazard", &Mortality::hazard_per_day, "day^-1", sim::at_least(0.0), "rate of other deaths",
//                          sim::source("Cox and Oakes 1984", sim::Grade::B), sim::raises("deaths")));
//   };

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/date.hpp"
#include "sim/document.hpp"
#include "sim/range.hpp"
#include "sim/sampler.hpp"
#include "sim/value_reader.hpp"

namespace sim {

/// How well a number is known: A estimated for this purpose, B published and transferred, C expert judgement, D assumption.
enum class Grade : char { A = 'A', B = 'B', C = 'C', D = 'D' };

/// Where a default comes from. Without a source it is an assumption.
struct Evidence {
    std::string_view source;
    Grade grade = Grade::D;
};

[[nodiscard]] constexpr Evidence source(std::string_view text, Grade grade) { return {text, grade}; }

/// What a number does first: which recorded outcome it moves, and the sign with which the mean of that outcome over the run and
/// its rows moves when the number is raised.
struct Effect {
    std::string_view outcome;  ///< an output of the result file, or "output/label" for the rows with one label; may be empty
    int sign = 0;              ///< -1 or 1; 0 where it depends on the rest
};

/// The last word of a parameter's declaration: raising it raises, lowers, or moves one way or the other that outcome.
[[nodiscard]] constexpr Effect raises(std::string_view outcome) { return {outcome, 1}; }
[[nodiscard]] constexpr Effect lowers(std::string_view outcome) { return {outcome, -1}; }
[[nodiscard]] constexpr Effect moves(std::string_view outcome) { return {outcome, 0}; }

/// How uncertain a number is around its default, which is the middle of its prior distribution. Nothing is drawn for the kind
/// none.
struct Prior {
    enum class Kind : char { none, normal, lognormal };
    Kind kind = Kind::none;
    double spread = 0.0;

    [[nodiscard]] constexpr bool given() const { return kind != Kind::none; }
    /// The distribution around `middle`, restricted to `range`. Throws BadDistribution.
    [[nodiscard]] Distribution around(double middle, Range range) const;
    /// "sd 0.05", "log sd 0.4"; empty for none.
    [[nodiscard]] std::string text() const;
};

/// A normal prior with standard deviation `sd`, in the unit of the number.
[[nodiscard]] constexpr Prior uncertain_by(double sd) { return {Prior::Kind::normal, sd}; }
/// A lognormal prior whose logarithm has the standard deviation `sigma`; the default must be positive.
[[nodiscard]] constexpr Prior uncertain_factor(double sigma) { return {Prior::Kind::lognormal, sigma}; }

/// One parameter: a member of `Owner` and what is declared of it. `N` is the number of choices of a text or enum parameter.
/// T is double, float, an integer type, bool, std::string, Date, std::vector<double>, std::vector<std::string>, or, with choices,
/// an enum whose enumerators count from 0 in the order of the choices.
template <class Owner, class T, std::size_t N = 0>
struct Field {
    using value_type = T;
    std::string_view key;
    T Owner::*member;
    std::string_view unit;
    Range range;
    std::string_view meaning;
    Evidence evidence;
    Effect effect{};
    Prior prior{};
    bool required = false;
    std::array<std::string_view, N> choices{};
};

/// A member with parameters of its own, which stand in the table `key`.
template <class Owner, class T>
struct Group {
    std::string_view key;
    T Owner::*member;
};

/// A number (or list of numbers, each in `range`) with a default.
template <class Owner, class T>
[[nodiscard]] constexpr auto parameter(std::string_view key, T Owner::*member, std::string_view unit, Range range,
                                       std::string_view meaning, Evidence evidence = {}, Effect effect = {}, Prior prior = {}) {
    return Field<Owner, T>{key, member, unit, range, meaning, evidence, effect, prior};
}
template <class Owner, class T>
[[nodiscard]] constexpr auto parameter(std::string_view key, T Owner::*member, std::string_view unit, Range range,
                                       std::string_view meaning, Effect effect) {
    return parameter(key, member, unit, range, meaning, Evidence{}, effect);
}

/// A text, date, switch or list of texts with a default.
template <class Owner, class T>
[[nodiscard]] constexpr auto parameter(std::string_view key, T Owner::*member, std::string_view meaning, Evidence evidence = {}) {
    static_assert(!std::is_floating_point_v<T> &&
                      (!std::is_integral_v<T> || std::is_same_v<T, bool>)&&!std::is_same_v<T, std::vector<double>>,
                  "a number needs a unit and a range");
    return Field<Owner, T>{key, member, "", any_finite(), meaning, evidence};
}

/// A text (or enum) that is one of `list`, with a default.
template <class Owner, class T, std::size_t N>
requires std::same_as<T, std::string> || std::is_enum_v<T>
[[nodiscard]] constexpr auto choice(std::string_view key, T Owner::*member, const std::string_view (&list)[N],
                                    std::string_view meaning, Evidence evidence = {}) {
    Field<Owner, T, N> field{key, member, "", any_finite(), meaning, evidence};
    for (std::size_t i = 0; i < N; ++i) field.choices[i] = list[i];
    return field;
}

/// The same parameter without a default: its key must stand in the file.
template <class Owner, class T, std::size_t N>
[[nodiscard]] constexpr auto required(Field<Owner, T, N> field) {
    field.required = true;
    return field;
}

/// A datum that must stand in the file; declared as `parameter` is.
template <class Owner, class T, class... Declared>
[[nodiscard]] constexpr auto input(std::string_view key, T Owner::*member, Declared... declared) {
    return required(parameter(key, member, declared...));
}

template <class Owner, class T>
[[nodiscard]] constexpr auto group(std::string_view key, T Owner::*member) {
    return Group<Owner, T>{key, member};
}

/// The list of a struct's fields and groups, in the order of its tables.
template <class... Fields>
[[nodiscard]] constexpr auto parameters(Fields... fields) {
    return std::tuple<Fields...>{fields...};
}

/// What is declared of a parameter, without its type, for tables, schemas and files.
struct FieldInfo {
    std::string key;    ///< dotted
    std::string type;   ///< number, integer, switch, text, date, choice, list of numbers, list of texts
    std::string unit;   ///< empty where a unit has no meaning
    std::string range;  ///< in words: ">= 0"; the choices of a choice; empty where there is none
    std::string meaning;
    std::string source;  ///< empty for an assumption
    char grade = 'D';    ///< A to D
    bool required = false;
    std::string default_value;             ///< in TOML; empty if required
    std::string value;                     ///< in TOML, of the object described
    std::optional<double> default_number;  ///< of a number or integer that is not required
    std::optional<double> number;          ///< of a number or integer
    Range limits = any_finite();
    Prior prior;  ///< around the default
    std::vector<std::string> choices;
    std::string first_outcome;  ///< the outcome that it moves first, as in Effect; empty where none is declared
    int sign = 0;               ///< of Effect

    /// "+ deaths/sheep", "- hunger", "~ flock" for either way; empty without a first outcome.
    [[nodiscard]] std::string effect_text() const;
};

namespace detail {

[[nodiscard]] std::string toml_text(double value);
[[nodiscard]] std::string toml_text(std::int64_t value);
[[nodiscard]] std::string toml_text(bool value);
[[nodiscard]] std::string toml_text(Date value);
[[nodiscard]] std::string toml_text(const std::string& value);
[[nodiscard]] std::string toml_text(const std::vector<double>& value);
[[nodiscard]] std::string toml_text(const std::vector<std::string>& value);

template <class T>
concept Number = std::is_floating_point_v<T> ||(std::is_integral_v<T> && !std::is_same_v<T, bool>);

template <class T>
consteval std::string_view type_text() {
    if constexpr (std::is_floating_point_v<T>)
        return "number";
    else if constexpr (std::is_same_v<T, bool>)
        return "switch";
    else if constexpr (std::is_integral_v<T>)
        return "integer";
    else if constexpr (std::is_same_v<T, Date>)
        return "date";
    else if constexpr (std::is_same_v<T, std::string>)
        return "text";
    else if constexpr (std::is_same_v<T, std::vector<double>>)
        return "list of numbers";
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        return "list of texts";
    else
        static_assert(!sizeof(T), "not a type that a parameter can have");
}

template <class Owner, class T, std::size_t N>
[[nodiscard]] std::string value_text(const Field<Owner, T, N>& field, const T& value) {
    if constexpr (std::is_enum_v<T>)
        return toml_text(std::string(field.choices[static_cast<std::size_t>(value)]));
    else if constexpr (std::is_floating_point_v<T>)
        return toml_text(static_cast<double>(value));
    else if constexpr (Number<T>)
        return toml_text(static_cast<std::int64_t>(value));
    else
        return toml_text(value);
}

/// The part of `range` that the integer type T can hold. Wide types are left alone: integers beyond 2^53 are refused anyway.
template <class T>
[[nodiscard]] constexpr Range within(Range range) {
    constexpr bool narrow = std::numeric_limits<T>::digits < std::numeric_limits<double>::digits;
    constexpr auto lowest = static_cast<double>(std::numeric_limits<T>::lowest());
    constexpr auto highest = static_cast<double>(std::numeric_limits<T>::max());
    if ((narrow || std::is_unsigned_v<T>)&&range.lo < lowest) range = {lowest, range.hi, false, range.open_hi};
    if (narrow && range.hi > highest) range = {range.lo, highest, range.open_lo, false};
    return range;
}

template <class Owner, class T, std::size_t N>
void read_field(const ValueReader& reader, const Field<Owner, T, N>& field, T& value) {
    Wanted wanted{field.key, field.unit, field.range, field.meaning, field.required};
    if constexpr (N > 0) {
        std::size_t index = N;
        for (std::size_t i = 0; i < N; ++i) {
            if constexpr (std::is_enum_v<T>)
                index = static_cast<std::size_t>(value);
            else if (field.choices[i] == value)
                index = i;
        }
        reader.read_choice(wanted, field.choices, index);
        if constexpr (std::is_enum_v<T>)
            value = static_cast<T>(index);
        else if (index < N)
            value = field.choices[index];
    } else if constexpr (std::is_same_v<T, float>) {
        double wide = static_cast<double>(value);
        reader.read(wanted, wide);
        value = static_cast<float>(wide);
    } else if constexpr (Number<T> && !std::is_floating_point_v<T>) {
        // What the type cannot hold is out of range, whatever the declaration says.
        wanted.range = within<T>(wanted.range);
        auto wide = static_cast<std::int64_t>(value);
        reader.read(wanted, wide);
        value = static_cast<T>(wide);
    } else {
        if constexpr (std::is_same_v<T, double>) {
            if (field.prior.given() && !reader.has(field.key)) {
                value = reader.from_prior(wanted, field.prior.around(value, field.range), value);
                return;
            }
        }
        reader.read(wanted, value);
    }
}

template <class T, class Owner, class Value, std::size_t N>
[[nodiscard]] FieldInfo describe_field(const Field<Owner, Value, N>& field, std::string_view prefix, const T& object) {
    FieldInfo info;
    info.key = join_path(prefix, field.key);
    info.unit = field.unit;
    info.meaning = field.meaning;
    info.source = field.evidence.source;
    info.grade = static_cast<char>(field.evidence.grade);
    info.required = field.required;
    info.first_outcome = field.effect.outcome;
    info.sign = field.effect.sign;
    info.prior = field.prior;
    const T fresh{};
    const Value& standard = fresh.*field.member;
    const Value& value = object.*field.member;
    info.value = value_text(field, value);
    if (!field.required) info.default_value = value_text(field, standard);
    if constexpr (N > 0) {
        info.type = "choice";
        info.choices.assign(field.choices.begin(), field.choices.end());
        for (const std::string& name : info.choices) info.range += (info.range.empty() ? "" : ", ") + name;
    } else {
        info.type = type_text<Value>();
    }
    if constexpr (Number<Value>) {
        info.number = static_cast<double>(value);
        if (!field.required) info.default_number = static_cast<double>(standard);
    }
    if constexpr (Number<Value> || std::is_same_v<Value, std::vector<double>>) {
        info.limits = field.range;
        info.range = field.range.text();
    }
    return info;
}

}  // namespace detail

/// Reads T's parameters from a section into `object`: present keys replace what it holds; absent ones are drawn from their prior
/// if they have one and the sampler draws, and else stay. Findings, all of
/// them, go to `diagnostics`. An absent section (Section::child_or_empty) leaves all defaults and reports required keys.
template <class T>
void read_fields(const Section& section, T& object, const Sampler& sampler, Diagnostics& diagnostics) {
    const detail::ValueReader reader(section, sampler, diagnostics);
    const auto read = [&]<class Entry>(const Entry& entry) {
        if constexpr (requires { entry.range; }) {
            detail::read_field(reader, entry, object.*entry.member);
        } else {
            read_fields(section.child_or_empty(entry.key), object.*entry.member, sampler, diagnostics);
        }
    };
    std::apply([&](const auto&... entries) { (read(entries), ...); }, T::parameters);
}

/// What is declared of T's parameters and the values that `object` holds, in order, groups in place. Keys begin with `prefix`.
/// Empty for a T without `parameters`.
template <class T>
[[nodiscard]] std::vector<FieldInfo> describe(std::string_view prefix, const T& object) {
    std::vector<FieldInfo> all;
    const auto add = [&]<class Entry>(const Entry& entry) {
        if constexpr (requires { entry.range; }) {
            all.push_back(detail::describe_field(entry, prefix, object));
        } else {
            for (FieldInfo& info : describe(join_path(prefix, entry.key), object.*entry.member)) all.push_back(std::move(info));
        }
    };
    if constexpr (requires { T::parameters; }) {
        std::apply([&](const auto&... entries) { (add(entries), ...); }, T::parameters);
    }
    return all;
}

/// The same for the defaults of T.
template <class T>
[[nodiscard]] std::vector<FieldInfo> describe(std::string_view prefix) {
    return describe(prefix, T{});
}

/// Mistakes in declarations, for a test: a key declared twice, a unit that is not in the table, a number's default out of its
/// range, a missing meaning. Empty if there are none.
[[nodiscard]] std::vector<std::string> faults(const std::vector<FieldInfo>& fields, const Units& units);

}  // namespace sim
