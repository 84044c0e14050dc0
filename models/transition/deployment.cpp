#include "models/transition/deployment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/transition/event_kinds.hpp"
#include "models/transition/shares.hpp"

namespace drawdown {

namespace {

bool is_civilian(std::size_t row) { return row % component_count >= first_civilian; }

/// Uniformed persons in each region.
std::vector<double> garrisons(std::span<const double> strength) {
    std::vector<double> persons(strength.size() / component_count, 0.0);
    for (std::size_t i = 0; i < strength.size(); ++i)
        if (!is_civilian(i)) persons[i / component_count] += strength[i];
    return persons;
}

/// Moves everybody, the uniformed in whole persons, by `share` of the way to the target.
void move(std::span<double> strength, std::span<const double> target, double share) {
    std::vector<double> distance(strength.size(), 0.0);  // uniformed only
    double uniformed = 0.0;
    for (std::size_t i = 0; i < strength.size(); ++i) {
        if (is_civilian(i))
            strength[i] = share < 1.0 ? strength[i] + (target[i] - strength[i]) * share : target[i];
        else
            uniformed += distance[i] = std::abs(std::round(target[i]) - strength[i]);
    }
    // Rounded up, so that the last ones leave too.
    const auto movers = static_cast<std::int64_t>(std::ceil(uniformed * share - 1e-9));
    const std::vector<std::int64_t> moved = apportion(movers, distance);
    for (std::size_t i = 0; i < strength.size(); ++i) {
        if (is_civilian(i)) continue;
        const double persons = std::min(static_cast<double>(moved[i]), distance[i]);
        strength[i] += std::round(target[i]) > strength[i] ? persons : -persons;
    }
}

}  // namespace

void Deployment::step(sim::View<Deployment> state, const sim::Step& now) const {
    const auto target = state[region_component::target];
    const auto strength = state[region_component::strength];
    const bool asked = state[country::asked_to_leave][0] != 0;
    const std::vector<double> before = garrisons(strength);
    double to_move = 0.0;
    for (std::size_t i = 0; i < target.size(); ++i) to_move += std::abs(target[i] - strength[i]);
    const double lift = lift_per_week * now.dt_weeks * (asked ? forced_lift : 1.0);
    move(strength, target, to_move > lift ? lift / to_move : 1.0);

    const std::vector<double> after = garrisons(strength);
    const int cause = static_cast<int>(asked ? Cause::consent : Cause::schedule);
    double uniformed = 0.0;
    for (std::size_t r = 0; r < after.size(); ++r) {
        uniformed += after[r];
        if (before[r] > 0.0 && !(after[r] > 0.0))
            state.log(static_cast<int>(EventKind::base_closes), static_cast<int>(r), -1, before[r], cause);
    }
    const double everybody = std::accumulate(strength.begin(), strength.end(), 0.0);
    state[country::mission_strength][0] = uniformed;
    const bool was_open = state[country::mission_open][0] != 0;
    const bool open = everybody > 0.0;
    if (was_open && !open) state.log(static_cast<int>(EventKind::mission_closes), -1, -1, 0.0, cause);
    state[country::mission_open][0] = open ? 1 : 0;
    auto& since = state[country::weeks_since_exit][0];
    since = open ? 0.0 : since + now.dt_weeks;
}

}  // namespace drawdown
