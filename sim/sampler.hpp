#pragma once
// What a distribution in an input gives: its central value, or one draw for a replicate.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/distribution.hpp"

namespace sim {

/// A parameter that was drawn, in the unit of its field.
struct Draw {
    std::string key;  ///< dotted
    std::string unit;
    double value;
};

enum class Rounding : bool { none, nearest };

/// Turns distributions into numbers. Each key draws from its own stream, so that one more uncertain parameter shifts no other's
/// draw; the stream is a function of the key, so that reading twice gives the same. Not for several threads at once.
class Sampler {
  public:
    /// Gives every distribution's central value, and remembers no draws.
    [[nodiscard]] static Sampler central() { return Sampler({}); }

    /// `given(key)` may give the value of a number that has a prior, in place of a draw from it.
    using Given = std::function<std::optional<double>(std::string_view key)>;

    /// `uniform(key)` must give the number in (0, 1) that belongs to the dotted key: a keyed stream of the seed and the
    /// replicate.
    explicit Sampler(std::function<double(std::string_view key)> uniform, Given given = {})
        : uniform_(std::move(uniform)), given_(std::move(given)) {}

    /// The value for the key, remembered as a draw. With `Rounding::nearest` to the nearest integer, halves upwards.
    [[nodiscard]] double value(std::string_view key, std::string_view unit, const Distribution& distribution,
                               Rounding rounding = Rounding::none) const;

    /// The value of a number that has a prior and is not set: given, or else drawn, and remembered as a draw; `standard` for a
    /// sampler that gives central values.
    [[nodiscard]] double from_prior(std::string_view key, std::string_view unit, const Distribution& prior,
                                    double standard) const;

    /// All draws so far, each key once, in the order of reading.
    [[nodiscard]] const std::vector<Draw>& draws() const { return draws_; }

  private:
    std::function<double(std::string_view)> uniform_;
    Given given_;
    void remember(std::string_view key, std::string_view unit, double value) const;
    mutable std::vector<Draw> draws_;  // a record of what was asked, not a state that answers depend on
};

}  // namespace sim
