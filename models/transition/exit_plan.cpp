#include "models/transition/exit_plan.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

double ExitPlan::share(std::size_t region, std::size_t component, std::size_t done, double progress) const {
    double value = 1.0;
    for (std::size_t p = 0; p < strategy.phases.size() && p <= done; ++p) {
        const Phase& phase = strategy.phases[p];
        if (!phase.takes_component[component] || phase.takes_region[region] == 0) continue;
        value = p < done ? phase.remaining : value + progress * (phase.remaining - value);
    }
    return value;
}

void ExitPlan::step(sim::View<ExitPlan> state, const sim::Step& now) const {
    auto& phase_index = state[country::phase][0];
    auto& progress = state[country::phase_progress][0];
    auto& weeks_in_phase = state[country::weeks_in_phase][0];
    auto& paused = state[country::paused][0];
    const auto target = state[region_component::target];
    const std::size_t regions = target.size() / component_count;
    const bool departed = strategy.leaves_history && now.date >= strategy.departs;

    if (departed && static_cast<std::size_t>(phase_index) < strategy.phases.size()) {
        const Phase& phase = strategy.phases[static_cast<std::size_t>(phase_index)];
        const auto held = state[benchmark::held_weeks];
        const bool met = std::all_of(phase.benchmark_rows.begin(), phase.benchmark_rows.end(),
                                     [&](std::size_t b) { return held[b] >= phase.held_weeks; });
        const bool lost =
            std::any_of(phase.benchmark_rows.begin(), phase.benchmark_rows.end(), [&](std::size_t b) { return held[b] <= 0.0; });
        const bool running = weeks_in_phase > 0.0;
        if (!running && now.date >= phase.not_before && (met || now.date >= phase.not_after))
            state.log(static_cast<int>(EventKind::phase_begins), -1, -1, phase_index);
        if (running || (now.date >= phase.not_before && (met || now.date >= phase.not_after))) {
            const bool pause = phase.pause_if_lost && lost && now.date < phase.not_after;
            if (pause != (paused != 0))
                state.log(static_cast<int>(pause ? EventKind::plan_pauses : EventKind::plan_resumes), -1, -1, phase_index);
            paused = pause ? 1 : 0;
            weeks_in_phase += now.dt_weeks;
            if (!pause)
                progress = phase.duration_weeks > 0.0 ? std::min(1.0, progress + now.dt_weeks / phase.duration_weeks) : 1.0;
        }
        if (progress >= 1.0 - 1e-9) {
            ++phase_index;
            progress = 0.0;
            weeks_in_phase = 0.0;
        }
    }

    const double notice_left =
        state[country::asked_to_leave][0] != 0 ? std::max(0.0, 1.0 - state[country::notice_weeks][0] / notice_weeks) : 1.0;
    for (std::size_t r = 0; r < regions; ++r) {
        for (std::size_t c = 0; c < component_count; ++c) {
            const double wanted =
                departed ? history->at(strategy.departs, r, c) * share(r, c, static_cast<std::size_t>(phase_index), progress)
                         : history->at(now.date, r, c);
            target[r * component_count + c] = c < first_civilian ? std::round(wanted * notice_left) : wanted * notice_left;
        }
    }

    double weeks_left = (strategy.expected_end(now.date) - now.date) / 7.0;
    if (state[country::asked_to_leave][0] != 0) weeks_left = std::min(weeks_left, notice_weeks - state[country::notice_weeks][0]);
    state[country::weeks_to_exit][0] = std::max(0.0, weeks_left);
}

}  // namespace drawdown
