#include "models/transition/integration.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/inputs.hpp"
#include "sim/state.hpp"

namespace drawdown {

double Integration::sustained(double civilians, double support) const {
    if (civilians <= 0.0) return 0.0;
    const double common = 1.0 - support_part * (1.0 - support / (support + half_support));
    return level * common * civilians / (civilians + half_staff);
}

void Integration::step(sim::View<Integration> state, const sim::Step& now) const {
    const auto strength = state[region_component::strength];
    const auto population = state[region::population];
    const auto covered = state[region_activity::coverage];
    constexpr double log_3 = 1.0986122886681098;
    double civilians = 0.0;
    double support = 0.0;
    double people = 0.0;
    double dark = 0.0;  // people where nothing is seen of what happens

    double warning = 0.0;
    const auto early = state[community::early_warning];
    for (const float e : early) warning += e;
    warning /= std::max<double>(1.0, static_cast<double>(early.size()));

    for (std::size_t r = 0; r < population.size(); ++r) {
        for (std::size_t c = first_civilian; c < component_count; ++c) civilians += strength[r * component_count + c];
        support += strength[row_of(r, Component::support)];
        const auto here = static_cast<double>(population[r]);
        const double access = 1.0 - state[region::obstruction][r];
        const double observers = strength[row_of(r, Component::observers)] * access;
        const double eyes = here > 0.0 ? log_3 * observers * 1000.0 / (observers_reference * here) : 0.0;
        const double ears = liaison_eyes * covered[row_of(r, Activity::dialogue)] + warning_eyes * warning;
        people += here;
        dark += here * sim::exp(-(eyes + ears + patrol_eyes * covered[row_of(r, Activity::patrol)]));
    }
    auto& together = state[country::integration][0];
    const bool open = state[country::mission_open][0] != 0;
    together = relaxed(together, open ? sustained(civilians, support) : 0.0, rate, now.dt_weeks);
    const double analysis = 1.0 - analysis_loss * (1.0 - together);
    const double seen = people > 0.0 ? 1.0 - dark / people : 0.0;
    state[country::sight][0] = clamp01(sight_floor + (1.0 - sight_floor) * seen * analysis);
}

void start_mission(sim::State& state, const Inputs& in) {
    state.of(country::integration)[0] = state.of(country::mission_open)[0] != 0 ? in.mission.integration : 0.0;
    for (double& paid : state.of(activity::paid)) paid = 1.0;
    for (double& consent : state.of(group::consent)) consent = in.state.consent;
}

}  // namespace drawdown
