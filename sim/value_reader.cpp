#include "sim/value_reader.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/suggest.hpp"

namespace sim::detail {

namespace {

constexpr std::int64_t largest_integer = std::int64_t{1} << 53;  // beyond it a double skips integers

std::string default_ending(const Wanted& wanted, const std::string& value) {
    return wanted.required ? "" : fmt::format(" (default {})", value);
}

/// True if every draw of the distribution is in the range.
bool admits(const Range& range, const Distribution& distribution) {
    const double low = distribution.lowest();
    const double high = distribution.highest();
    return (range.contains(low) || (low == range.lo && !distribution.reaches_lowest())) &&
           (range.contains(high) || (high == range.hi && !distribution.reaches_highest()));
}

}  // namespace

std::string expected_number(std::string_view unit) { return is_pure(unit) ? "a number" : fmt::format("a number in {}", unit); }

std::optional<double> read_quantity(const Node& node, std::string_view unit, const std::string& path, const Units& units,
                                    Diagnostics& diagnostics) {
    if (node.is_number()) return node.number();
    if (node.kind != Node::Kind::text) {
        diagnostics.add(node.place, fmt::format("{} is {}: expected {}", path, node.kind_text(), expected_number(unit)));
        return std::nullopt;
    }
    const Reading<double> quantity = units.quantity(node.text, unit);
    if (!quantity.value) {
        const bool no_number = quantity.problem.starts_with("is ");
        diagnostics.add(node.place, fmt::format("{} = {}{} {}{}", path, quoted(node.text), no_number ? "" : ":", quantity.problem,
                                                no_number ? fmt::format(": expected {}", expected_number(unit)) : ""));
    }
    return quantity.value;
}

void ValueReader::read(const Wanted& wanted, double& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    if (const auto read = number(*node, wanted, path_of(wanted), default_ending(wanted, number_text(value)))) value = *read;
}

void ValueReader::read(const Wanted& wanted, std::int64_t& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    const std::string path = path_of(wanted);
    const std::string ending = default_ending(wanted, std::to_string(value));
    if (node->kind == Node::Kind::integer && (node->integer > largest_integer || node->integer < -largest_integer)) {
        return diagnostics_.add(node->place, fmt::format("{} = {} is beyond 2^53", path, node->integer));
    }
    Wanted whole = wanted;
    whole.rounding = Rounding::nearest;
    const std::optional<double> read = number(*node, whole, path, ending);
    if (!read) return;
    if (*read != std::floor(*read) || std::abs(*read) > static_cast<double>(largest_integer)) {
        return diagnostics_.add(node->place, fmt::format("{} = {} is not a whole number{}", path,
                                                         with_unit(number_text(*read), wanted.unit), ending));
    }
    value = static_cast<std::int64_t>(*read);
}

void ValueReader::read(const Wanted& wanted, bool& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    if (node->kind != Node::Kind::boolean) return refuse(*node, path_of(wanted), "true or false");
    value = node->boolean;
}

void ValueReader::read(const Wanted& wanted, std::string& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    if (const auto read = text(*node, path_of(wanted))) value = *read;
}

void ValueReader::read(const Wanted& wanted, Date& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    if (node->kind == Node::Kind::date) {
        value = node->date;
    } else if (const auto date = node->kind == Node::Kind::text ? Date::parse(node->text) : std::nullopt) {
        value = *date;
    } else {
        refuse(*node, path_of(wanted), "a date, such as 2018-03-30");
    }
}

void ValueReader::read(const Wanted& wanted, std::vector<double>& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    const std::string path = path_of(wanted);
    if (node->kind != Node::Kind::array)
        return refuse(*node, path, fmt::format("a list, each of it {}", expected_number(wanted.unit)));
    std::vector<double> all;
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const auto item = number(node->items[i], wanted, fmt::format("{}[{}]", path, i), "");
        if (item) all.push_back(*item);
    }
    if (all.size() == node->items.size()) value = std::move(all);
}

void ValueReader::read(const Wanted& wanted, std::vector<std::string>& value) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    const std::string path = path_of(wanted);
    if (node->kind != Node::Kind::array) return refuse(*node, path, "a list of texts");
    std::vector<std::string> all;
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const auto item = text(node->items[i], fmt::format("{}[{}]", path, i));
        if (item) all.push_back(*item);
    }
    if (all.size() == node->items.size()) value = std::move(all);
}

void ValueReader::read_choice(const Wanted& wanted, std::span<const std::string_view> choices, std::size_t& index) const {
    const Node* node = find(wanted);
    if (node == nullptr) return;
    const std::string path = path_of(wanted);
    const auto read = text(*node, path);
    if (!read) return;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i] != *read) continue;
        index = i;
        return;
    }
    const std::vector<std::string> names(choices.begin(), choices.end());
    diagnostics_.add(node->place, fmt::format("{} = {} is none of {}{}{}", path, quoted(*read), fmt::join(names, ", "),
                                              did_you_mean(*read, names),
                                              default_ending(wanted, index < names.size() ? names[index] : "none")));
}

const Node* ValueReader::find(const Wanted& wanted) const {
    const Node* node = section_.find(wanted.key);
    if (node == nullptr && wanted.required) {
        const std::string unit = is_pure(wanted.unit) ? "" : fmt::format(" [{}]", wanted.unit);
        diagnostics_.add(section_.place(), fmt::format("{} is missing: {}{}", path_of(wanted), wanted.meaning, unit));
    }
    return node;
}

std::optional<double> ValueReader::number(const Node& node, const Wanted& wanted, const std::string& path,
                                          std::string_view ending) const {
    if (node.is_distribution()) return draw(node, wanted, path, ending);
    const std::optional<double> value = read_quantity(node, wanted.unit, path, section_.units(), diagnostics_);
    if (!value || wanted.range.contains(*value)) return value;
    const std::string as_written = node.kind == Node::Kind::text ? fmt::format(" ({})", quoted(node.text)) : "";
    diagnostics_.add(node.place,
                     fmt::format("{} = {}{} is out of range: must be {}{}", path, with_unit(number_text(*value), wanted.unit),
                                 as_written, wanted.range.text(wanted.unit), ending));
    return std::nullopt;
}

std::optional<double> ValueReader::draw(const Node& node, const Wanted& wanted, const std::string& path,
                                        std::string_view ending) const {
    const auto distribution = read_distribution(node, wanted.unit, path, section_.units(), diagnostics_);
    if (!distribution) return std::nullopt;
    if (admits(wanted.range, *distribution)) return sampler_.value(path, wanted.unit, *distribution, wanted.rounding);
    const auto end = [&](double x) {
        return std::isfinite(x) ? with_unit(number_text(x), wanted.unit) : std::string(x < 0.0 ? "minus infinity" : "infinity");
    };
    diagnostics_.add(node.place, fmt::format("{} reaches from {} to {}, out of range: must be {}{}: restrict it by min and max",
                                             path, end(distribution->lowest()), end(distribution->highest()),
                                             wanted.range.text(wanted.unit), ending));
    return std::nullopt;
}

std::optional<std::string> ValueReader::text(const Node& node, const std::string& path) const {
    if (node.kind == Node::Kind::text) return node.text;
    // A command line has no quotes left when it comes to us: --set scenario.name=2018 means the text.
    if (!node.typed.empty() && node.kind != Node::Kind::array && node.kind != Node::Kind::table) return node.typed;
    refuse(node, path, "a text in quotes");
    return std::nullopt;
}

void ValueReader::refuse(const Node& node, const std::string& path, const std::string& expected) const {
    const bool scalar = node.kind != Node::Kind::array && node.kind != Node::Kind::table;
    diagnostics_.add(node.place,
                     scalar ? fmt::format("{} = {} is {}: expected {}", path, node.value_text(), node.kind_text(), expected)
                            : fmt::format("{} is {}: expected {}", path, node.kind_text(), expected));
}

}  // namespace sim::detail
