#pragma once
// Forms that several submodels share.

#include <algorithm>

#include "sim/math.hpp"

namespace drawdown {

/// Value after relaxing from `now` towards `target` at `rate_per_week` for `dt_weeks`: exact for a constant target, so that
/// halving the step leaves the path.
[[nodiscard]] inline double relaxed(double now, double target, double rate_per_week, double dt_weeks) {
    return target + (now - target) * sim::exp(-rate_per_week * dt_weeks);
}

/// Share left after `dt_weeks` of decay with a half-life.
[[nodiscard]] inline double decay(double half_life_weeks, double dt_weeks) {
    return sim::exp(-0.69314718055994530942 * dt_weeks / half_life_weeks);
}

/// Straight line from 0 at `lo` to 1 at `hi`, flat outside (a Z-curve of Athena's).
[[nodiscard]] inline double ramp(double x, double lo, double hi) { return std::clamp((x - lo) / (hi - lo), 0.0, 1.0); }

[[nodiscard]] inline double clamp01(double x) { return std::clamp(x, 0.0, 1.0); }

/// Effect of coverage with diminishing returns: 1 - exp(-ln3 staff / (reference population / 1000)); two thirds are reached when
/// there are `reference_per_1000` staff for 1,000 people. Source: JPL Athena Analyst's Guide, activity coverage.
[[nodiscard]] inline double coverage(double staff, double population, double reference_per_1000) {
    if (population <= 0.0 || staff <= 0.0) return 0.0;
    return 1.0 - sim::exp(-1.0986122886681098 * staff * 1000.0 / (reference_per_1000 * population));
}

}  // namespace drawdown
