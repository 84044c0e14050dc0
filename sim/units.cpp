#include "sim/units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <stdexcept>

#include "sim/suggest.hpp"

namespace sim {

namespace {

constexpr std::string_view blanks = " \t";
constexpr int largest_power = 9;
constexpr std::size_t longest_text = 200;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

void multiply(Unit& product, const Unit& factor, int power) {
    for (const auto& [dimension, exponent] : factor.powers) {
        const int sum = (product.powers[dimension] += exponent * power);
        if (sum == 0) product.powers.erase(dimension);
    }
    for (int i = 0; i < std::abs(power); ++i) {
        product.numerator *= power > 0 ? factor.numerator : factor.denominator;
        product.denominator *= power > 0 ? factor.denominator : factor.numerator;
    }
}

/// Number at the start of `text` and how many characters it takes; 0 characters when there is none.
struct LeadingNumber {
    double value = 0.0;
    std::size_t length = 0;
};

LeadingNumber leading_number(std::string_view text) {
    // from_chars takes no plus sign, and would take "nan" and "infinity".
    const std::size_t plus = text.starts_with('+') ? 1 : 0;
    const std::string_view rest = text.substr(plus);
    const std::size_t sign = plus == 0 && rest.starts_with('-') ? 1 : 0;
    if (rest.size() <= sign || !((rest[sign] >= '0' && rest[sign] <= '9') || rest[sign] == '.')) return {};
    double value = 0.0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return {};
    return {value, plus + static_cast<std::size_t>(end - rest.data())};
}

/// Splits a unit expression into names with powers, from left to right.
class UnitScanner {
  public:
    explicit UnitScanner(std::string_view text) : rest_(trimmed(text)) {}

    [[nodiscard]] bool finished() const { return rest_.empty(); }

    /// True if the next thing is a division; takes it.
    bool take_division() {
        if (rest_.starts_with('/')) return drop(1);
        if (rest_.starts_with("per") && (rest_.size() == 3 || blanks.find(rest_[3]) != std::string_view::npos)) return drop(3);
        return false;
    }
    bool take_product() { return rest_.starts_with('*') && drop(1); }

    std::string_view take_name() {
        const std::string_view name = rest_.substr(0, rest_.find_first_of(" \t*/^"));
        drop(name.size());
        return name;
    }

    /// The power after a name: 1 if there is none, 0 if it is malformed.
    int take_power() {
        if (!rest_.starts_with('^')) return 1;
        drop(1);
        int power = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), power);
        if (error != std::errc{} || std::abs(power) > largest_power) return 0;
        drop(static_cast<std::size_t>(end - rest_.data()));
        return power;
    }

  private:
    bool drop(std::size_t count) {
        rest_ = trimmed(rest_.substr(count));
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::string Unit::dimension() const {
    std::string text;
    for (const auto& [name, power] : powers) {
        if (!text.empty()) text += ' ';
        text += power == 1 ? name : fmt::format("{}^{}", name, power);
    }
    return text.empty() ? "1" : text;
}

Units::Units() {
    const auto put = [&](std::string_view name, std::string_view dimension, int power, double numerator, double denominator) {
        Unit unit{{}, numerator, denominator};
        if (power != 0) unit.powers.emplace(dimension, power);
        table_.emplace(name, std::move(unit));
    };
    constexpr double hours_per_day = 24.0, days_per_week = 7.0, days_per_year = 365.25, months_per_year = 12.0;
    for (const std::string plural : {"", "s"}) {
        put("hour" + plural, "time", 1, 1.0, hours_per_day);
        put("day" + plural, "time", 1, 1.0, 1.0);
        put("week" + plural, "time", 1, days_per_week, 1.0);
        put("month" + plural, "time", 1, days_per_year, months_per_year);
        put("year" + plural, "time", 1, days_per_year, 1.0);
    }
    put("km", "length", 1, 1.0, 1.0);
    put("km2", "length", 2, 1.0, 1.0);
    put("1", "", 0, 1.0, 1.0);
    put("-", "", 0, 1.0, 1.0);
    put("%", "", 0, 1.0, 100.0);
    put("percent", "", 0, 1.0, 100.0);
    put("permille", "", 0, 1.0, 1000.0);
    put("thousand", "", 0, 1e3, 1.0);
    put("million", "", 0, 1e6, 1.0);
    put("billion", "", 0, 1e9, 1.0);
}

void Units::add(std::string_view name, std::string_view dimension, double factor) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    bool good =
        !name.empty() && letter(name.front()) && name != "per" && !dimension.empty() && factor > 0.0 && std::isfinite(factor);
    for (const char c : name) good = good && (letter(c) || (c >= '0' && c <= '9'));
    if (!good) throw std::logic_error(fmt::format("unit {}: not a good name, dimension or factor", name));
    Unit unit{{}, factor, 1.0};
    unit.powers.emplace(dimension, 1);
    if (!table_.emplace(name, std::move(unit)).second)
        throw std::logic_error(fmt::format("unit {} is already in the table", name));
}

Reading<Unit> Units::parse(std::string_view text) const {
    if (trimmed(text).empty()) return {Unit{}, {}};
    if (text.size() > longest_text) return {{}, "a unit of more than 200 characters"};
    const std::string malformed =
        fmt::format("\"{}\" is not a unit: write names with powers, such as day^-1 or km/day", trimmed(text));
    UnitScanner scanner(text);
    Unit product;
    for (bool first = true; !scanner.finished(); first = false) {
        const bool divided = scanner.take_division();
        if (!divided && !first) scanner.take_product();
        const std::string_view name = scanner.take_name();
        const int power = scanner.take_power();
        if (name.empty() || power == 0) return {{}, malformed};
        const auto found = table_.find(name);
        if (found == table_.end()) return {{}, fmt::format("unknown unit {}{}", name, did_you_mean(name, names()))};
        multiply(product, found->second, divided ? -power : power);
    }
    return {std::move(product), {}};
}

Reading<double> Units::convert(double value, std::string_view from, std::string_view to) const {
    const Reading<Unit> source = parse(from);
    if (!source.value) return {{}, source.problem};
    const Reading<Unit> target = parse(to);
    if (!target.value) return {{}, target.problem};
    if (source.value->powers != target.value->powers) {
        return {{},
                fmt::format("{} [{}] where {} [{}] is needed", trimmed(from), source.value->dimension(),
                            is_pure(to) ? "a pure number" : to, target.value->dimension())};
    }
    const double numerator = source.value->numerator * target.value->denominator;
    const double denominator = source.value->denominator * target.value->numerator;
    if (numerator == denominator) return {value, {}};
    return {value * numerator / denominator, {}};
}

Reading<double> Units::quantity(std::string_view text, std::string_view to) const {
    const std::string_view whole = trimmed(text);
    const LeadingNumber number = leading_number(whole);
    if (number.length == 0) return {{}, "is not a number"};
    const std::string_view unit = trimmed(whole.substr(number.length));
    if (unit.empty()) return {{}, "is a text without a unit: write the number without quotes, or name its unit"};
    return convert(number.value, unit, to);
}

std::vector<std::string> Units::names() const {
    std::vector<std::string> all;
    for (const auto& [name, unit] : table_) all.push_back(name);
    return all;
}

std::string with_unit(std::string text, std::string_view unit) {
    if (is_pure(unit)) return text;
    return text += fmt::format(" {}", unit);
}

std::optional<double> parse_number(std::string_view text) {
    const LeadingNumber number = leading_number(text);
    if (number.length == 0 || number.length != text.size()) return std::nullopt;
    return number.value;
}

}  // namespace sim
