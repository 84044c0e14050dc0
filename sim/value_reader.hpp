#pragma once
// Reads single values of a section into typed variables, with all checks. Called by sim/field.hpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/date.hpp"
#include "sim/document.hpp"
#include "sim/range.hpp"
#include "sim/sampler.hpp"

namespace sim::detail {

/// What a value must be. The views must outlive the call.
struct Wanted {
    std::string_view key;
    std::string_view unit;
    Range range;
    std::string_view meaning;
    bool required;
    Rounding rounding = Rounding::none;  ///< of draws
};

/// Reads `wanted.key` of a section. An absent key leaves the variable as it is, or is a finding if it is required; a bad value is
/// a finding and leaves the variable as it is. What the variable holds before is the default that messages name.
class ValueReader {
  public:
    ValueReader(const Section& section, const Sampler& sampler, Diagnostics& diagnostics)
        : section_(section), sampler_(sampler), diagnostics_(diagnostics) {}

    void read(const Wanted& wanted, double& value) const;
    void read(const Wanted& wanted, std::int64_t& value) const;
    void read(const Wanted& wanted, bool& value) const;
    void read(const Wanted& wanted, std::string& value) const;
    void read(const Wanted& wanted, Date& value) const;
    void read(const Wanted& wanted, std::vector<double>& value) const;
    void read(const Wanted& wanted, std::vector<std::string>& value) const;
    [[nodiscard]] bool has(std::string_view key) const { return section_.find(key) != nullptr; }
    /// What the sampler gives for a number that does not stand in the section: a draw from its prior, or `standard`.
    [[nodiscard]] double from_prior(const Wanted& wanted, const Distribution& prior, double standard) const {
        return sampler_.from_prior(path_of(wanted), wanted.unit, prior, standard);
    }
    /// A text that is one of `choices`; its place among them.
    void read_choice(const Wanted& wanted, std::span<const std::string_view> choices, std::size_t& index) const;

  private:
    /// The value of the key; reports an absent one that is required.
    [[nodiscard]] const Node* find(const Wanted& wanted) const;
    [[nodiscard]] std::optional<double> number(const Node& node, const Wanted& wanted, const std::string& path,
                                               std::string_view ending) const;
    [[nodiscard]] std::optional<double> draw(const Node& node, const Wanted& wanted, const std::string& path,
                                             std::string_view ending) const;
    [[nodiscard]] std::optional<std::string> text(const Node& node, const std::string& path) const;
    void refuse(const Node& node, const std::string& path, const std::string& expected) const;
    [[nodiscard]] std::string path_of(const Wanted& wanted) const { return join_path(section_.path(), wanted.key); }

    const Section& section_;
    const Sampler& sampler_;
    Diagnostics& diagnostics_;
};

/// The distribution that a table with the key `dist` describes, its numbers expressed in `unit`. Nothing after a finding.
[[nodiscard]] std::optional<Distribution> read_distribution(const Node& table, std::string_view unit, const std::string& path,
                                                            const Units& units, Diagnostics& diagnostics);

/// The number that a scalar node stands for in `unit`: a bare number, or a text with a unit. Nothing after a finding.
[[nodiscard]] std::optional<double> read_quantity(const Node& node, std::string_view unit, const std::string& path,
                                                  const Units& units, Diagnostics& diagnostics);

/// "a number in day^-1", or "a number" for a pure one.
[[nodiscard]] std::string expected_number(std::string_view unit);

}  // namespace sim::detail
