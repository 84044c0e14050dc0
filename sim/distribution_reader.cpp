// Distributions as they stand in an input: { dist = "triangular", min = 0.2, mode = 0.5, max = 0.8 }.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "sim/suggest.hpp"
#include "sim/value_reader.hpp"

namespace sim::detail {

namespace {

/// Takes the parameters out of one table, and remembers whether all were good and which were asked for.
class ParameterReader {
  public:
    ParameterReader(const Node& table, std::string_view unit, const std::string& path, const Units& units,
                    Diagnostics& diagnostics)
        : table_(table), unit_(unit), path_(path), units_(units), diagnostics_(diagnostics) {}

    /// A number in the unit of the field.
    double number(const std::string& key) { return one(key, unit_, true, 0.0); }
    /// A pure number.
    double pure(const std::string& key) { return one(key, "1", true, 0.0); }
    double optional_number(const std::string& key, double otherwise) { return one(key, unit_, false, otherwise); }
    std::vector<double> numbers(const std::string& key) { return list(key, unit_); }
    std::vector<double> pures(const std::string& key) { return list(key, "1"); }

    /// True if every parameter was there and good, and no other key is; reports keys that nobody asked for.
    bool finish() {
        for (const auto& [key, node] : table_.members) {
            const bool known = key == "dist" || std::find(asked_.begin(), asked_.end(), key) != asked_.end();
            if (known) continue;
            diagnostics_.add(node.key_place, fmt::format("unknown key {}{}", join_path(path_, key), did_you_mean(key, asked_)));
            good_ = false;
        }
        return good_;
    }

  private:
    const Node* find(const std::string& key, bool needed) {
        asked_.push_back(key);
        const auto found = table_.members.find(key);
        if (found != table_.members.end()) return &found->second;
        if (needed) {
            good_ = false;
            diagnostics_.add(table_.place, fmt::format("{} is missing: the distribution needs it", join_path(path_, key)));
        }
        return nullptr;
    }

    double one(const std::string& key, std::string_view unit, bool needed, double otherwise) {
        const Node* node = find(key, needed);
        if (node == nullptr) return otherwise;
        return quantity(*node, unit, join_path(path_, key)).value_or(otherwise);
    }

    std::vector<double> list(const std::string& key, std::string_view unit) {
        const Node* node = find(key, true);
        if (node == nullptr) return {};
        const std::string full = join_path(path_, key);
        if (node->kind != Node::Kind::array) {
            good_ = false;
            diagnostics_.add(node->place, fmt::format("{} is {}: expected a list of numbers", full, node->kind_text()));
            return {};
        }
        std::vector<double> all;
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            all.push_back(quantity(node->items[i], unit, fmt::format("{}[{}]", full, i)).value_or(0.0));
        }
        return all;
    }

    std::optional<double> quantity(const Node& node, std::string_view unit, const std::string& path) {
        const std::optional<double> value = read_quantity(node, unit, path, units_, diagnostics_);
        good_ = good_ && value.has_value();
        return value;
    }

    const Node& table_;
    std::string_view unit_;
    const std::string& path_;
    const Units& units_;
    Diagnostics& diagnostics_;
    std::vector<std::string> asked_;
    bool good_ = true;
};

/// Makes the distribution once all its parameters have been read well.
using Make = std::function<Distribution()>;

/// Reads the parameters of one kind of distribution.
using Kinds = std::map<std::string, Make (*)(ParameterReader&), std::less<>>;

const Kinds& kinds() {
    constexpr double infinity = Distribution::infinity;
    static const Kinds all = {
        {"constant",
         [](ParameterReader& p) -> Make { return [value = p.number("value")] { return Distribution::constant(value); }; }},
        {"uniform",
         [](ParameterReader& p) -> Make {
             return [min = p.number("min"), max = p.number("max")] { return Distribution::uniform(min, max); };
         }},
        {"loguniform",
         [](ParameterReader& p) -> Make {
             return [min = p.number("min"), max = p.number("max")] { return Distribution::loguniform(min, max); };
         }},
        {"triangular",
         [](ParameterReader& p) -> Make {
             return [min = p.number("min"), mode = p.number("mode"), max = p.number("max")] {
                 return Distribution::triangular(min, mode, max);
             };
         }},
        {"normal",
         [](ParameterReader& p) -> Make {
             return [mean = p.number("mean"), sd = p.number("sd"), min = p.optional_number("min", -infinity),
                     max = p.optional_number("max", infinity)] { return Distribution::normal(mean, sd, min, max); };
         }},
        {"lognormal",
         [](ParameterReader& p) -> Make {
             return [median = p.number("median"), sigma = p.pure("sigma"), min = p.optional_number("min", 0.0),
                     max = p.optional_number("max", infinity)] { return Distribution::lognormal(median, sigma, min, max); };
         }},
        {"discrete",
         [](ParameterReader& p) -> Make {
             return
                 [values = p.numbers("values"), weights = p.pures("weights")] { return Distribution::discrete(values, weights); };
         }},
    };
    return all;
}

}  // namespace

std::optional<Distribution> read_distribution(const Node& table, std::string_view unit, const std::string& path,
                                              const Units& units, Diagnostics& diagnostics) {
    const Node& dist = table.members.at("dist");
    const std::string name = dist.kind == Node::Kind::text ? dist.text : dist.value_text();
    const auto found = kinds().find(name);
    if (found == kinds().end()) {
        std::vector<std::string> names;
        for (const auto& [known, make] : kinds()) names.push_back(known);
        diagnostics.add(dist.place, fmt::format("{} = {} is none of {}{}", join_path(path, "dist"), quoted(name),
                                                fmt::join(names, ", "), did_you_mean(name, names)));
        return std::nullopt;
    }
    ParameterReader parameters(table, unit, path, units, diagnostics);
    const Make make = found->second(parameters);
    if (!parameters.finish()) return std::nullopt;
    try {
        return make();
    } catch (const BadDistribution& bad) {
        const auto culprit = table.members.find(bad.parameter);
        const Node& node = culprit == table.members.end() ? table : culprit->second;
        diagnostics.add(node.place, fmt::format("{} = {}: {}", join_path(path, bad.parameter), node.value_text(), bad.what()));
        return std::nullopt;
    }
}

}  // namespace sim::detail
