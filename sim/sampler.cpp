#include "sim/sampler.hpp"

#include <algorithm>
#include <cmath>

namespace sim {

double Sampler::value(std::string_view key, std::string_view unit, const Distribution& distribution, Rounding rounding) const {
    const double drawn = uniform_ ? distribution.sample(uniform_(key)) : distribution.central();
    const double value = rounding == Rounding::nearest ? std::floor(drawn + 0.5) : drawn;
    if (uniform_) remember(key, unit, value);
    return value;
}

double Sampler::from_prior(std::string_view key, std::string_view unit, const Distribution& prior, double standard) const {
    if (!uniform_) return standard;
    const std::optional<double> given = given_ ? given_(key) : std::nullopt;
    const double value = given ? *given : prior.sample(uniform_(key));
    remember(key, unit, value);
    return value;
}

void Sampler::remember(std::string_view key, std::string_view unit, double value) const {
    const bool known = std::any_of(draws_.begin(), draws_.end(), [&](const Draw& draw) { return draw.key == key; });
    if (!known) draws_.push_back({std::string(key), std::string(unit), value});
}

}  // namespace sim
