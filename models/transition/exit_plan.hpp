#pragma once

#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/strategy.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// The exit plan: sets the strength that the mission wants, from the strategy and from what the mission observes.
///
/// Until the strategy departs from history the deployment is as it was. Then its phases follow each other: a phase begins when
/// its benchmarks, as observed, have been met for long enough and the day is not before `not_before`, or at the latest on
/// `not_after`. In a phase the strength of the components and regions it names moves in a straight line to the share `remaining`
/// of the strength at departure. A pausing phase stands still while a required benchmark is not met. When the host government has
/// asked the mission to leave, everything goes within the notice period, whatever the plan says.
struct ExitPlan {
    double notice_weeks = 26.0;
    Strategy strategy;
    std::shared_ptr<const StrengthSeries> history;

    static constexpr std::string_view name = "exit_plan";
    static constexpr auto reads =
        sim::columns(benchmark::observed, benchmark::held_weeks, country::asked_to_leave, country::notice_weeks);
    static constexpr auto writes = sim::columns(region_component::target, country::phase, country::phase_progress,
                                                country::weeks_in_phase, country::paused, country::weeks_to_exit);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("notice", &ExitPlan::notice_weeks, "weeks", sim::between(1.0, 520.0),
                                       "time in which a mission that is asked to leave is gone",
                                       sim::source("Mali 2023: asked on 16 June, closed on 31 December", sim::Grade::B)));

    void step(sim::View<ExitPlan> state, const sim::Step& now) const;
    /// Share of the strength at departure that the plan wants for a region and component, `done` phases being over and the next
    /// one at `progress`.
    [[nodiscard]] double share(std::size_t region, std::size_t component, std::size_t done, double progress) const;
};

}  // namespace drawdown
