#pragma once

#include <string>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/strategy.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Handover of the mission's tasks to successors.
///
/// A task goes from the mission over an overlap to its successor, or to nobody:
///     mission -> overlap     on the start of the plan; without one, when the mission covers less than it used to
///     overlap -> successor   after the overlap, or when the mission is gone, if the successor is ready (as observed) and funded
///     overlap -> orphaned    when the mission has been gone for `patience` and the successor is still not ready or not funded
///     successor -> orphaned  when its funding or readiness has failed after the mission for half of `patience`, at the hazard
///                            2 / `patience`
///     orphaned -> successor  when economic support of a follow-on makes it ready and funded; -> overlap when the mission is back
/// So each handover ends once: done, or orphaned for good, with a reason. While a successor is not ready and the mission is gone,
/// nobody does the task, and it counts as orphaned. A task without a plan has nobody, and is orphaned when the mission leaves it.
/// Ability x of a successor: of a ministry, the capacity of its function; of the country team,
/// donors' attention and what the support of a follow-on adds, half of it only with integration; of a regional force, the
/// guarantee that it gives. Observed readiness follows mean ability with a delay and an error that a mission with sight does not
/// make. In each region the successor's coverage
///     s' = take_up (S - s) if S > s, else fading (S - s)
///     S  = reach · usual coverage of the mission · min(1, x / full_ability) · funded · control · (1 - unlearned exp(-overlap /
///     memory))
/// with S = 0 while nobody has the task; control is that of the state, 1 for a regional force. Working side by side passes on
/// what the mission knows; a forced departure cuts it. Economic support of a follow-on fills what funding leaves open.
struct TaskHandover {
    double fall = 0.10;
    double left = 0.05;
    double least = 0.02;
    double full_ability = 0.5;
    double funded_at = 0.3;
    double hold = 0.6;
    double watching = 0.10;
    double error_sd = 0.10;
    double take_up = 0.04;
    double fading = 0.06;
    double unlearned = 0.5;
    double memory_weeks = 26.0;
    double team_alone = 0.5;
    double patience_weeks = 104.0;
    double support_half_musd = 30.0;
    Strategy strategy;

    static constexpr std::string_view name = "task_handover";
    static constexpr auto reads =
        sim::columns(region_activity::coverage, region::population, region::state_control, region_function::capacity,
                     country::integration, country::attention, country::budget_adequacy, country::economic_support,
                     country::guarantee_after, country::sight, country::mission_open, country::exit_disorder);
    static constexpr auto writes =
        sim::columns(activity::handover, activity::readiness, activity::overlap_weeks, activity::lapse_weeks,
                     activity::successor_funded, region_activity::successor, region_activity::usual, country::orphaned_tasks);
    static constexpr auto streams = sim::streams({"task_handover", "task_given_up"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("fall", &TaskHandover::fall, "1", sim::between(0.0, 1.0),
                       "share of its usual coverage that the mission gives up before a handover without a date begins",
                       sim::source("assumed", sim::Grade::D), sim::lowers("successor")),
        sim::parameter("left", &TaskHandover::left, "1", sim::between(0.0, 1.0),
                       "share of its usual coverage at which the mission no longer does a task",
                       sim::source("assumed", sim::Grade::D), sim::raises("orphaned_tasks")),
        sim::parameter("least", &TaskHandover::least, "1", sim::between(0.0, 1.0),
                       "usual coverage below which nobody misses a task", sim::source("assumed", sim::Grade::D),
                       sim::lowers("orphaned_tasks")),
        sim::parameter("full_ability", &TaskHandover::full_ability, "1", sim::between(0.01, 1.0),
                       "ability from which a successor does all that its plan foresees", sim::source("assumed", sim::Grade::D),
                       sim::lowers("successor")),
        sim::parameter("funded_at", &TaskHandover::funded_at, "1", sim::between(0.0, 1.0),
                       "share of its funding without which a successor stops", sim::source("assumed", sim::Grade::D),
                       sim::raises("orphaned_tasks")),
        sim::parameter("hold", &TaskHandover::hold, "1", sim::between(0.0, 1.0),
                       "share of the readiness asked for without which a successor at work fails",
                       sim::source("assumed", sim::Grade::D), sim::raises("orphaned_tasks")),
        sim::parameter("watching", &TaskHandover::watching, "week^-1", sim::between(0.001, 2.0),
                       "speed at which the view of a successor's readiness follows it",
                       sim::source("assumed: quarterly reviews", sim::Grade::D), sim::moves("orphaned_tasks")),
        sim::parameter("error_sd", &TaskHandover::error_sd, "1", sim::between(0.0, 1.0),
                       "standard deviation of a week's reading of readiness without any sight",
                       sim::source("assumed", sim::Grade::D), sim::moves("readiness")),
        sim::parameter("take_up", &TaskHandover::take_up, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a successor grows into a task", sim::source("assumed: half a year", sim::Grade::D),
                       sim::raises("successor")),
        sim::parameter("fading", &TaskHandover::fading, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a successor that fails gives it up", sim::source("assumed", sim::Grade::D),
                       sim::lowers("successor")),
        sim::parameter("unlearned", &TaskHandover::unlearned, "1", sim::between(0.0, 1.0),
                       "share of a task that is not passed on without any overlap",
                       sim::source("CML 6: handover takes time side by side; size assumed", sim::Grade::D),
                       sim::lowers("successor")),
        sim::parameter("memory", &TaskHandover::memory_weeks, "weeks", sim::above(0.0),
                       "overlap after which 37 % of that is still missing", sim::source("assumed: half a year", sim::Grade::D),
                       sim::lowers("successor")),
        sim::parameter("team_alone", &TaskHandover::team_alone, "1", sim::between(0.0, 1.0),
                       "ability of the country team without integration, relative to full integration",
                       sim::source("assumed", sim::Grade::D), sim::raises("readiness")),
        sim::parameter("patience", &TaskHandover::patience_weeks, "weeks", sim::between(0.0, 1040.0),
                       "time without a working successor after which a task that the mission has left is given up, in the mean "
                       "where the successor had it",
                       sim::source("assumed: two budget years", sim::Grade::D), sim::moves("handover")),
        sim::parameter("support_half", &TaskHandover::support_half_musd, "million USD year^-1", sim::above(0.0),
                       "economic support of a follow-on that fills half of the gap in successors' funding",
                       sim::source("assumed", sim::Grade::D), sim::lowers("successor_funded")));

    void step(sim::View<TaskHandover> state, const sim::Step& now) const;

  private:
    /// What decides about a task in a week.
    struct Situation {
        double covered = 0.0;  ///< mean over people of the mission's coverage
        double usual = 0.0;    ///< and of what it used to be
        bool begins = false;
        bool gone = false;  ///< the mission no longer does it
        bool ready = false;
        bool fails = false;
        bool back = false;  ///< the mission does it again after it had left it
        Cause lacking = Cause::no_successor;
    };
    /// Share of what is missing that the economic support of a follow-on fills.
    [[nodiscard]] double filled(sim::View<TaskHandover> state, const sim::Step& now) const;
    [[nodiscard]] double ability(sim::View<TaskHandover> state, const sim::Step& now, Successor successor, std::size_t task,
                                 std::size_t region) const;
    [[nodiscard]] double funded(sim::View<TaskHandover> state, const sim::Step& now, Funding funding) const;
    [[nodiscard]] Situation look(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan,
                                 std::size_t task) const;
    /// Whether a successor that fails gives a task up in this step: each in its own time, though all may fail by the same money.
    [[nodiscard]] bool given_up(const sim::Step& now, std::size_t task) const;
    void decide(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan, std::size_t task,
                const Situation& seen) const;
    void grow(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan, std::size_t task) const;
};

/// Function of the host government that a ministry needs for a task.
[[nodiscard]] Function function_for(Activity task);

/// A task that nobody will do after the mission, as far as the strategy's file tells.
struct ForeseenOrphan {
    std::string task;
    Cause cause;      ///< no_successor, no_funding, or not_ready when the mission is gone before the handover begins
    std::string why;  ///< in words
};

/// Tasks that the strategy leaves to nobody, before anything is run. `history` is the deployment as it was.
[[nodiscard]] std::vector<ForeseenOrphan> foreseen_orphans(const Strategy& strategy, const StrengthSeries& history);

}  // namespace drawdown
