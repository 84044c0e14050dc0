#include "sim/sampler.hpp"

#include <algorithm>
#include <cmath>

namespace sim {

double Sampler::value(std::string_view key, std::string_view unit, const Distribution& distribution, Rounding rounding) const {
    const double drawn = uniform_ ? distribution.sample(uniform_(key)) : distribution.central();
    const double value = rounding == Rounding::nearest ? std::floor(drawn + 0.5) : drawn;
    const bool known = std::any_of(draws_.begin(), draws_.end(), [&](const Draw& draw) { return draw.key == key; });
    if (uniform_ && !known) draws_.push_back({std::string(key), std::string(unit), value});
    return value;
}

}  // namespace sim
