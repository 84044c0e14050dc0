#include "models/transition/due_diligence.hpp"

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

void DueDiligence::step(sim::View<DueDiligence> state, const sim::Step& now) const {
    const auto population = state[region::population];
    double people = 0.0;
    double watched = 0.0;
    double seen = 0.0;
    for (std::size_t r = 0; r < population.size(); ++r) {
        const auto w = static_cast<double>(population[r]);
        const double monitored = w * state[region_activity::coverage][row_of(r, Activity::human_rights)];
        people += w;
        watched += monitored;
        seen += monitored * state[region::abuse][r];
    }
    const double coverage = people > 0.0 ? watched / people : 0.0;
    if (watched > 0.0) seen /= watched;
    auto& record = state[country::abuse_record][0];
    record = relaxed(record, seen, seen > record ? hearing * coverage : forgetting, now.dt_weeks);

    auto& support = state[country::support_to_forces][0];
    const bool was_suspended = support < 1.0;
    const bool suspended = suspend_at < 1.0 && record >= (was_suspended ? resume_share * suspend_at : suspend_at);
    support = suspended ? mitigation : 1.0;
    if (suspended != was_suspended && mitigation < 1.0 && state[country::mission_open][0] != 0)
        state.log(static_cast<int>(suspended ? EventKind::support_suspended : EventKind::support_resumed), -1, -1,
                  1.0 - mitigation, static_cast<int>(Cause::abuse_reports));
}

}  // namespace drawdown
