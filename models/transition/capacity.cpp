#include "models/transition/capacity.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

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
    const double budget = std::min(1.0, state[country::budget_adequacy][0]) * (1.0 - state[country::patronage][0]);

    for (std::size_t r = 0; r < remoteness.size(); ++r) {
        const auto covered = [&](Activity a) { return coverage_of[row_of(r, a)]; };
        const auto taken_over = [&](Activity a) { return successor_of[row_of(r, a)]; };
        const auto mentored = [&](Function function) {
            switch (function) {
                case Function::army:
                    return support *
                           std::min(1.0, covered(Activity::security_reform) + joint_operations * covered(Activity::patrol));
                case Function::police:
                    return support * std::min(1.0, covered(Activity::mentoring) + joint_operations * covered(Activity::policing));
                case Function::justice:
                    return covered(Activity::mentoring);
                default:
                    return administration_mentored * covered(Activity::mentoring);
            }
        };
        for (int f = 0; f < function_count; ++f) {
            const auto function = static_cast<Function>(f);
            const std::size_t row = row_of(r, function);
            Conditions at;
            at.capacity = capacity[row];
            at.greatest = most;
            at.mentored = mentored(function);
            at.own_budget = budget * (1.0 - budget_lost_to_remoteness * remoteness[r]);
            at.substitution = performed(function, covered);
            at.successor = performed(function, taken_over);
            at.dependency = relaxed(dependency[row], at.substitution, dependence, now.dt_weeks);
            substitution[row] = at.substitution;
            dependency[row] = at.dependency;
            capacity[row] = clamp01(capacity[row] + terms(at).sum() * now.dt_weeks / weeks_a_year);
        }
    }
}

void Capacity::start(sim::State& state) const {
    const auto coverage_of = state.of(region_activity::coverage);
    const auto dependency = state.of(region_function::dependency);
    for (std::size_t row = 0; row < dependency.size(); ++row) {
        const std::size_t r = row / function_count;
        dependency[row] = dependence_at_start * performed(static_cast<Function>(row % function_count),
                                                          [&](Activity a) { return coverage_of[row_of(r, a)]; });
    }
}

}  // namespace drawdown
