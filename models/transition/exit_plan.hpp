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
/// Until the strategy departs from history the deployment is as it was. Then its phases follow each other, one at a time: a phase
/// begins when its benchmarks, as observed, have been met for long enough and the day is not before `not_before`, or at the
/// latest on `not_after`. In a phase the strength of the components and regions that it moves goes in a straight line from where
/// the phases before have left it to the share `remaining` of the strength at departure:
///     target = at departure (planned + progress (remaining - planned))
/// While a required benchmark is lost, a pausing phase stands still, and one that reverses goes back at the same pace, at most to
/// where it began. A phase may take a share of the regions still held, chosen when it begins by security as the mission sees it.
/// A request to leave, modelled or of the scenario, takes everything within the notice, whatever the plan says:
///     target (1 - weeks since the request / notice).
/// A strategy that replays history is deaf to a modelled request, and so is every strategy before it departs. A mission that has
/// closed may come back once. A ceiling cuts all strengths in proportion, by last week's
/// cost a head, to no less than the share `core`: below the ceiling only closing helps.
/// The parties are told when the mission will end; how firmly they believe it is `exit_credibility`: 0
/// while nothing was announced, 1 once the mission has closed.
struct ExitPlan {
    double notice_weeks = 26.0;
    double firm = 1.0;
    double conditional = 0.6;
    double ambiguous = 0.3;
    double security_error = 0.1;
    double core = 0.1;
    Strategy strategy;
    std::shared_ptr<const StrengthSeries> history;

    static constexpr std::string_view name = "exit_plan";
    static constexpr auto reads =
        sim::columns(benchmark::observed, benchmark::held_weeks, country::asked_to_leave, country::notice_weeks, country::consent,
                     country::sight, country::assessed_need, country::mission_open, country::weeks_since_exit,
                     region::security_level, region_component::strength);
    static constexpr auto writes =
        sim::columns(region_component::target, region_component::planned, region::leaving, country::phase,
                     country::phase_progress, country::weeks_in_phase, country::paused, country::weeks_to_exit,
                     country::exit_credibility, country::ceiling, country::request_made, country::requests_heard,
                     country::exit_disorder, country::reentered, country::reentry_weeks, activity::weight);
    static constexpr auto streams = sim::streams({"exit_plan"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("notice", &ExitPlan::notice_weeks, "weeks", sim::between(1.0, 520.0),
                       "time in which a mission that is asked to leave is gone",
                       sim::source("Mali 2023: asked on 16 June, closed on 31 December", sim::Grade::B),
                       sim::raises("mission_open")),
        sim::parameter("firm", &ExitPlan::firm, "1", sim::between(0.0, 1.0), "credibility of an end that is announced firmly",
                       sim::source("assumed", sim::Grade::D), sim::raises("exit_credibility")),
        sim::parameter("conditional", &ExitPlan::conditional, "1", sim::between(0.0, 1.0),
                       "credibility of an end that depends on conditions", sim::source("assumed", sim::Grade::D),
                       sim::raises("exit_credibility")),
        sim::parameter("ambiguous", &ExitPlan::ambiguous, "1", sim::between(0.0, 1.0),
                       "credibility of an end that may be read in several ways", sim::source("assumed", sim::Grade::D),
                       sim::raises("exit_credibility")),
        sim::parameter("security_error", &ExitPlan::security_error, "1", sim::between(0.0, 1.0),
                       "standard deviation of the security of a region as a mission without any sight reads it",
                       sim::source("assumed", sim::Grade::D), sim::moves("strength")),
        sim::parameter("core", &ExitPlan::core, "1", sim::between(0.0, 1.0),
                       "share of the strength wanted that a ceiling leaves at least: direction and support of any mission",
                       sim::source("assumed", sim::Grade::D), sim::raises("uniformed")));

    void step(sim::View<ExitPlan> state, const sim::Step& now) const;

  private:
    void advance(sim::View<ExitPlan> state, const sim::Step& now) const;
    void begin(sim::View<ExitPlan> state, const sim::Step& now, const Phase& phase) const;
    void choose_regions(sim::View<ExitPlan> state, const sim::Step& now, const Phase& phase) const;
    /// Weeks until a mission that has been asked to leave must be gone, and the share of the notice left; the share is 1 and the
    /// weeks a large number without a request.
    struct Notice {
        double share = 1.0;
        double weeks = 1e9;
    };
    [[nodiscard]] Notice notice(sim::View<ExitPlan> state, const sim::Step& now) const;
    /// Share of the strength at departure that is back after the exit.
    [[nodiscard]] double back(sim::View<ExitPlan> state, const sim::Step& now, bool asked) const;
    void set_targets(sim::View<ExitPlan> state, const sim::Step& now, double notice_left, double back) const;
    void cut_to_ceiling(sim::View<ExitPlan> state, const sim::Step& now) const;
    void announce(sim::View<ExitPlan> state, const sim::Step& now, const Notice& notice) const;
};

/// Before the first week no phase has taken anything, and every task has its usual share of the staff's time.
void start_plan(sim::State& state);

}  // namespace drawdown
