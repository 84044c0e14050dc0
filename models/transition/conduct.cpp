#include "models/transition/conduct.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

/// Probability that a Poisson number of this mean is at least `least`.
double poisson_at_least(double mean, int least) {
    double term = sim::exp(-mean);
    double below = 0.0;
    for (int k = 0; k < least; ++k) {
        below += term;
        term *= mean / (k + 1);
    }
    return std::max(0.0, 1.0 - below);
}

}  // namespace

Misconduct::Personnel Misconduct::personnel(std::span<const double> strength) {
    Personnel persons;
    for (std::size_t i = 0; i < strength.size(); ++i) {
        const auto component = static_cast<Component>(i % component_count);
        if (component == Component::formed_police)
            persons.formed_police += strength[i];
        else if (component == Component::police)
            persons.police += strength[i];
        else if (i % component_count >= first_civilian)
            persons.civilians += strength[i];
        else
            persons.troops += strength[i];
    }
    return persons;
}

double Misconduct::oversight(const Personnel& p) const {
    const double uniformed = p.troops + p.formed_police + p.police;
    const double watched = uniformed > 0.0 ? std::min(1.0, p.civilians / (full_oversight * uniformed)) : 0.0;
    return 1.0 - (1.0 - leadership) * (1.0 - civilian_oversight * watched);
}

double Misconduct::cases_per_week(const Personnel& p) const {
    return (1.0 - oversight(p)) *
           (troops * p.troops + formed_police * p.formed_police + police * p.police + civilians * p.civilians);
}

double Misconduct::resting_memory(const Personnel& persons) const {
    const double mean = cases_per_week(persons);
    // The mean number of cases in weeks that have at least n is the mean times P(at least n - 1).
    const double in_scandals = mean * poisson_at_least(mean, static_cast<int>(std::ceil(scandal_cases)) - 1);
    return memory_per_case * (mean + scandal_weight * in_scandals) / (1.0 - decay(half_life_weeks, 1.0));
}

void Misconduct::step(sim::View<Misconduct> state, const sim::Step& now) const {
    const Personnel persons = personnel(state[region_component::strength]);
    state[country::oversight][0] = oversight(persons);
    sim::Rng rng = now.rng("misconduct", {0, 0});
    const auto cases = static_cast<double>(rng.poisson(cases_per_week(persons) * now.dt_weeks));
    const bool scandal = cases > 0.0 && cases >= scandal_cases;
    auto& memory = state[country::misconduct][0];
    memory = memory * decay(half_life_weeks, now.dt_weeks) + memory_per_case * cases * (scandal ? 1.0 + scandal_weight : 1.0);
    state[country::misconduct_cases][0] = static_cast<std::int32_t>(cases);
    if (scandal)
        state.log(static_cast<int>(EventKind::scandal), -1, -1, std::min(1.0, memory), static_cast<int>(Cause::misconduct));
}

}  // namespace drawdown
