#include "sim/field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/suggest.hpp"

namespace sim {

namespace detail {

namespace {

template <class T>
std::string list_text(const std::vector<T>& values) {
    std::string list;
    for (const T& value : values) list += (list.empty() ? "" : ", ") + toml_text(value);
    return "[" + list + "]";
}

}  // namespace

std::string toml_text(double value) {
    Node node;
    node.kind = Node::Kind::real;
    node.real = value;
    return node.value_text();
}

std::string toml_text(std::int64_t value) { return std::to_string(value); }
std::string toml_text(bool value) { return value ? "true" : "false"; }
std::string toml_text(Date value) { return value.text(); }
std::string toml_text(const std::string& value) { return quoted(value); }
std::string toml_text(const std::vector<double>& value) { return list_text(value); }
std::string toml_text(const std::vector<std::string>& value) { return list_text(value); }

}  // namespace detail

Distribution Prior::around(double middle, Range range) const {
    if (kind == Kind::lognormal) return Distribution::lognormal(middle, spread, std::max(0.0, range.lo), range.hi);
    return Distribution::normal(middle, spread, range.lo, range.hi);
}

std::string Prior::text() const {
    if (!given()) return "";
    return fmt::format("{} {:g}", kind == Kind::lognormal ? "log sd" : "sd", spread);
}

std::string FieldInfo::effect_text() const {
    if (first_outcome.empty()) return "";
    return fmt::format("{} {}", sign > 0 ? '+' : sign < 0 ? '-' : '~', first_outcome);
}

std::vector<std::string> faults(const std::vector<FieldInfo>& fields, const Units& units) {
    std::vector<std::string> all;
    std::set<std::string> keys;
    for (const FieldInfo& field : fields) {
        if (!keys.insert(field.key).second) all.push_back(fmt::format("{} is declared twice", field.key));
        if (field.meaning.empty()) all.push_back(fmt::format("{} has no meaning", field.key));
        const Reading<Unit> unit = units.parse(field.unit);
        if (!unit.value) all.push_back(fmt::format("{}: {}", field.key, unit.problem));
        if (field.prior.given() && !field.default_number) all.push_back(fmt::format("{} has a prior and no default", field.key));
        if (field.prior.kind == Prior::Kind::lognormal && field.default_number.value_or(0.0) <= 0.0)
            all.push_back(fmt::format("{} has a lognormal prior and a default that is not positive", field.key));
        if (field.default_number && !field.limits.contains(*field.default_number)) {
            all.push_back(fmt::format("{} has the default {}: must be {}", field.key, field.default_value, field.range));
        }
    }
    return all;
}

}  // namespace sim
