#include "models/transition/handover.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/kinds.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;
constexpr HandoverPlan no_plan{};
constexpr double back_from = 3.0;  // times the coverage at which a task counts as left from which it is done again

std::size_t cell(std::size_t region, std::size_t task) { return region * activity_count + task; }

}  // namespace

Function function_for(Activity task) {
    switch (task) {
        case Activity::patrol:
        case Activity::security_reform:
        case Activity::mine_action:
            return Function::army;
        case Activity::policing:
        case Activity::escort:
            return Function::police;
        case Activity::mentoring:
        case Activity::human_rights:
            return Function::justice;
        case Activity::quick_impact:
            return Function::services;
        default:
            return Function::administration;
    }
}

double TaskHandover::filled(sim::View<TaskHandover> state, const sim::Step& now) const {
    const double support = state[country::economic_support][0] / now.dt_weeks * weeks_a_year;
    return support / (support + 1e6 * support_half_musd);
}

double TaskHandover::ability(sim::View<TaskHandover> state, const sim::Step& now, Successor successor, std::size_t task,
                             std::size_t region) const {
    switch (successor) {
        case Successor::ministry:
            return state[region_function::capacity][row_of(region, function_for(static_cast<Activity>(task)))];
        case Successor::country_team:
            return (1.0 - (1.0 - state[country::attention][0]) * (1.0 - filled(state, now))) *
                   (team_alone + (1.0 - team_alone) * state[country::integration][0]);
        case Successor::regional_force:
            return state[country::guarantee_after][0];
        case Successor::nobody:
            break;
    }
    return 0.0;
}

double TaskHandover::funded(sim::View<TaskHandover> state, const sim::Step& now, Funding funding) const {
    if (funding == Funding::none) return 0.0;
    const double own = funding == Funding::host        ? clamp01(state[country::budget_adequacy][0])
                       : funding == Funding::voluntary ? clamp01(state[country::attention][0])
                                                       : static_cast<double>(state[country::mission_open][0]);
    return 1.0 - (1.0 - own) * (1.0 - filled(state, now));
}

TaskHandover::Situation TaskHandover::look(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan,
                                           std::size_t task) const {
    const auto population = state[region::population];
    const auto coverage = state[region_activity::coverage];
    const auto usual = state[region_activity::usual];
    Situation seen;
    double people = 0.0;
    double able = 0.0;
    for (std::size_t r = 0; r < population.size(); ++r) {
        const auto w = static_cast<double>(population[r]);
        const std::size_t i = cell(r, task);
        usual[i] = std::max(usual[i], coverage[i]);
        people += w;
        seen.covered += w * coverage[i];
        seen.usual += w * usual[i];
        able += w * ability(state, now, plan.successor, task, r);
    }
    people = std::max(people, 1.0);
    seen.covered /= people;
    seen.usual /= people;
    auto& readiness = state[activity::readiness][task];
    auto& money = state[activity::successor_funded][task];
    if (plan.successor == Successor::nobody) {
        readiness = money = 0.0;
    } else {
        sim::Rng rng = now.rng("task_handover", {static_cast<std::uint32_t>(task), 0});
        const double error = error_sd * (1.0 - clamp01(state[country::sight][0])) * rng.normal();
        readiness = relaxed(readiness, clamp01(able / people + error), watching, now.dt_weeks);
        money = funded(state, now, plan.funding);
    }
    seen.begins = plan.successor != Successor::nobody && (plan.has_start || seen.covered < (1.0 - fall) * seen.usual);
    seen.gone = seen.covered <= left * seen.usual;
    seen.back = seen.covered >= back_from * left * seen.usual && !seen.gone;
    const bool paid = money >= funded_at && plan.funding != Funding::none;
    seen.ready = plan.successor != Successor::nobody && paid && readiness >= plan.ready_at;
    seen.fails = plan.successor == Successor::nobody || !paid || readiness < hold * plan.ready_at;
    seen.lacking = plan.successor == Successor::nobody ? Cause::no_successor : paid ? Cause::not_ready : Cause::no_funding;
    return seen;
}

bool TaskHandover::given_up(const sim::Step& now, std::size_t task) const {
    sim::Rng rng = now.rng("task_given_up", {static_cast<std::uint32_t>(task), 0});
    return rng.uniform() < -sim::expm1(-now.dt_weeks / std::max(0.5 * patience_weeks, 1e-6));
}

void TaskHandover::decide(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan, std::size_t task,
                          const Situation& seen) const {
    const auto stage = static_cast<Handover>(state[activity::handover][task]);
    auto& overlap = state[activity::overlap_weeks][task];
    const auto go = [&](Handover next, EventKind kind, Cause cause) {
        state[activity::handover][task] = static_cast<std::uint8_t>(next);
        state.log(static_cast<int>(kind), -1, -1, static_cast<double>(task), static_cast<int>(cause));
    };
    const auto begin = [&] {
        go(Handover::overlap, EventKind::handover_begins, plan.has_start ? Cause::schedule : Cause::mission_leaves);
    };
    auto& lapse = state[activity::lapse_weeks][task];
    const auto orphan = [&] { go(Handover::orphaned, EventKind::task_orphaned, seen.lacking); };
    switch (stage) {
        case Handover::mission:
            if (seen.begins)
                begin();
            else if (seen.gone)
                orphan();
            return;
        case Handover::overlap:
            if (!seen.gone) overlap += now.dt_weeks * (1.0 - state[country::exit_disorder][0]);
            lapse = seen.gone && !seen.ready ? lapse + now.dt_weeks : 0.0;
            if (seen.ready && (seen.gone || overlap >= plan.overlap_weeks))
                go(Handover::successor, EventKind::handover_completed, seen.gone ? Cause::mission_leaves : Cause::schedule);
            else if (seen.gone && (lapse > patience_weeks || plan.successor == Successor::nobody))
                orphan();
            return;
        case Handover::successor:
            lapse = seen.gone && seen.fails ? lapse + now.dt_weeks : 0.0;
            if (lapse > 0.5 * patience_weeks && given_up(now, task)) orphan();
            return;
        case Handover::orphaned:
            lapse = 0.0;
            if (seen.back && seen.begins)
                begin();
            else if (seen.back)
                state[activity::handover][task] = static_cast<std::uint8_t>(Handover::mission);
            else if (seen.ready && state[country::economic_support][0] > 0.0)
                go(Handover::successor, EventKind::handover_completed, Cause::donors);
            return;
    }
}

void TaskHandover::grow(sim::View<TaskHandover> state, const sim::Step& now, const HandoverPlan& plan, std::size_t task) const {
    const auto stage = static_cast<Handover>(state[activity::handover][task]);
    // A successor who is not ready waits for the mission's people to teach it, or for its money.
    const bool works = stage == Handover::successor || (stage == Handover::overlap && state[activity::lapse_weeks][task] <= 0.0);
    const double learned = 1.0 - unlearned * sim::exp(-state[activity::overlap_weeks][task] / memory_weeks);
    const double share = works ? plan.reach * state[activity::successor_funded][task] * learned : 0.0;
    const auto successor = state[region_activity::successor];
    for (std::size_t r = 0; r < state[region::population].size(); ++r) {
        const std::size_t i = cell(r, task);
        const double control = plan.successor == Successor::regional_force ? 1.0 : state[region::state_control][r];
        const double wanted = share * state[region_activity::usual][i] *
                              std::min(1.0, ability(state, now, plan.successor, task, r) / full_ability) * control;
        successor[i] = relaxed(successor[i], wanted, wanted > successor[i] ? take_up : fading, now.dt_weeks);
    }
}

void TaskHandover::step(sim::View<TaskHandover> state, const sim::Step& now) const {
    std::int32_t orphans = 0;
    for (std::size_t task = 0; task < activity_count; ++task) {
        const HandoverPlan& plan = strategy.hands_over(task, now.date) ? strategy.handovers[task] : no_plan;
        const Situation seen = look(state, now, plan, task);
        if (seen.usual >= least) decide(state, now, plan, task, seen);
        grow(state, now, plan, task);
        const auto stage = static_cast<Handover>(state[activity::handover][task]);
        const bool idle = stage == Handover::overlap && state[activity::lapse_weeks][task] > 0.0;
        if (stage == Handover::orphaned || idle) ++orphans;
    }
    state[country::orphaned_tasks][0] = orphans;
}

std::vector<ForeseenOrphan> foreseen_orphans(const Strategy& strategy, const StrengthSeries& history) {
    const auto last = strategy.last_day(history);
    std::vector<ForeseenOrphan> orphans;
    for (std::size_t task = 0; task < activity_count; ++task) {
        const HandoverPlan& plan = strategy.handovers[task];
        const std::string name(activity_names()[task]);
        const bool dated = plan.has_start || strategy.leaves_history;
        const sim::Date begins = plan.has_start ? plan.start : strategy.departs;
        if (plan.successor == Successor::nobody)
            orphans.push_back({name, Cause::no_successor, "no successor is named"});
        else if (plan.funding == Funding::none)
            orphans.push_back({name, Cause::no_funding, "nobody pays for the successor"});
        else if (last && dated && begins >= *last)
            orphans.push_back(
                {name, Cause::not_ready,
                 fmt::format("the handover begins on {} and the mission leaves on {}", begins.text(), last->text())});
    }
    return orphans;
}

}  // namespace drawdown
