#include "models/transition/capacity.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/ledger.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

/// Mean over people and functions of a column by region and function; 0 without people.
template <class Values, class People>
double mean_capacity(const Values& capacity, const People& people) {
    double sum = 0.0;
    double everybody = 0.0;
    for (std::size_t row = 0; row < capacity.size(); ++row) {
        const auto w = static_cast<double>(people[row / function_count]);
        sum += w * capacity[row];
        everybody += w;
    }
    return everybody > 0.0 ? sum / everybody : 0.0;
}

}  // namespace

Capacity::Terms Capacity::terms(const Conditions& at) const {
    const double load = std::max(0.0, at.dependency - at.substitution - at.successor - absorption * at.capacity);
    Terms change;
    change.mentored = mentoring * at.mentored * at.capacity * (1.0 - at.capacity / at.greatest);
    change.funded = upkeep * at.own_budget * (at.greatest - at.capacity);
    change.decayed = -decay_rate * at.capacity;
    change.crowded_out = -crowding * std::min(at.substitution, at.dependency) * at.capacity;
    change.overloaded = -overload * load * at.capacity;
    return change;
}

void Capacity::step(sim::View<Capacity> state, const sim::Step& now) const {
    const auto coverage_of = state[region_activity::coverage];
    const auto successor_of = state[region_activity::successor];
    const auto capacity = state[region_function::capacity];
    const auto substitution = state[region_function::substitution];
    const auto dependency = state[region_function::dependency];
    const auto remoteness = state[region::remoteness];
    const double support = state[country::support_to_forces][0];
    const double most = greatest(state[country::patronage][0], state[country::inclusiveness][0]);
    const double adequacy = state[country::budget_adequacy][0];
    const double budget = adequacy * (1.0 - state[country::patronage][0]);
    const auto people = state[region::population];
    double everybody = 0.0;
    for (const std::int64_t n : people) everybody += static_cast<double>(function_count * n);
    everybody = std::max(everybody, 1.0);
    Ledger page(state[ledger::amount], Stock::capacity);
    page.open(mean_capacity(capacity, people), LedgerCause::movements);
    page.fade(1.0 - decay_rate * now.dt_weeks / weeks_a_year);

    for (std::size_t r = 0; r < remoteness.size(); ++r) {
        const auto covered = [&](Activity a) { return coverage_of[row_of(r, a)]; };
        const auto taken_over = [&](Activity a) { return successor_of[row_of(r, a)]; };
        const auto taught = [&](Activity a) { return 1.0 - (1.0 - covered(a)) * (1.0 - taken_over(a)); };
        const auto mentored = [&](Function function) {
            switch (function) {
                case Function::army:
                    return std::min(1.0, taught(Activity::security_reform) + joint_operations * covered(Activity::patrol));
                case Function::police:
                    return std::min(1.0, taught(Activity::mentoring) + joint_operations * covered(Activity::policing));
                case Function::justice:
                    return taught(Activity::mentoring);
                default:
                    return administration_mentored * taught(Activity::mentoring);
            }
        };
        for (int f = 0; f < function_count; ++f) {
            const auto function = static_cast<Function>(f);
            const std::size_t row = row_of(r, function);
            Conditions at;
            at.capacity = capacity[row];
            at.greatest = most;
            const bool forces = function == Function::army || function == Function::police;
            at.mentored = (forces ? support : 1.0) * mentored(function);
            at.own_budget = budget * (1.0 - budget_lost_to_remoteness * remoteness[r]);
            const double done = work(function, covered);
            at.substitution = performed(done, at.capacity);
            at.successor = performed(done + work(function, taken_over), at.capacity) - at.substitution;
            at.dependency = relaxed(dependency[row], at.substitution, dependence, now.dt_weeks);
            substitution[row] = at.substitution;
            dependency[row] = at.dependency;
            const Terms change = terms(at);
            // As it would be if all support went through, and no patronage ate the budget.
            Conditions unspoilt = at;
            unspoilt.mentored = mentored(function);
            unspoilt.own_budget = adequacy * (1.0 - budget_lost_to_remoteness * remoteness[r]);
            const Terms whole = terms(unspoilt);
            const double part = now.dt_weeks / weeks_a_year * static_cast<double>(people[r]) / everybody;
            page.add(LedgerCause::mentoring, part * whole.mentored);
            page.add(LedgerCause::due_diligence, part * (change.mentored - whole.mentored));
            page.add(LedgerCause::own_budget, part * whole.funded);
            page.add(LedgerCause::patronage, part * (change.funded - whole.funded));
            page.add(LedgerCause::dependency, part * change.crowded_out);
            page.add(LedgerCause::premature_load, part * change.overloaded);
            capacity[row] = clamp01(capacity[row] + change.sum() * now.dt_weeks / weeks_a_year);
        }
    }
    page.close(mean_capacity(capacity, people));
}

void Capacity::start(sim::State& state) const {
    const auto coverage_of = state.of(region_activity::coverage);
    const auto dependency = state.of(region_function::dependency);
    for (std::size_t row = 0; row < dependency.size(); ++row) {
        const std::size_t r = row / function_count;
        const double done =
            work(static_cast<Function>(row % function_count), [&](Activity a) { return coverage_of[row_of(r, a)]; });
        dependency[row] = dependence_at_start * performed(done, state.of(region_function::capacity)[row]);
    }
}

}  // namespace drawdown
