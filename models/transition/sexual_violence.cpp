#include "models/transition/sexual_violence.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"

namespace drawdown {

void SexualViolence::step(sim::View<SexualViolence> state, const sim::Step& now) const {
    const auto population = state[region::population];
    const auto conduct = state[region_group::conduct];
    const std::size_t groups = population.empty() ? 0 : conduct.size() / population.size();
    for (std::size_t r = 0; r < population.size(); ++r) {
        auto& cases = state[region::sexual_violence][r];
        cases = 0;
        const auto people = static_cast<double>(population[r]);
        if (people <= 0.0) continue;
        double menacing = 0.0;
        for (std::size_t g = 0; g < groups; ++g)
            if (conduct[r * groups + g] >= static_cast<std::uint8_t>(Conduct::extort))
                menacing += static_cast<double>(state[region_group::fighters][r * groups + g]);
        const double per_thousand = 1000.0 * menacing / people;
        const double exposure = state[region::exposure][r];
        const double cause = 1.0 + armed * per_thousand / (per_thousand + armed_half) + abuse_effect * state[region::abuse][r] +
                             displaced_effect * static_cast<double>(state[region::displaced][r]) / people +
                             violence_effect * exposure / (exposure + violence_half);
        const double justice = state[region_function::capacity][row_of(r, Function::justice)];
        const double patrol = state[region_activity::reach][row_of(r, Activity::patrol)];
        const double kept = (1.0 - impunity_effect * justice) *
                            (1.0 - std::min(1.0, patrol_effect * patrol * (1.0 + women_effect * women_share)));
        sim::Rng rng = now.rng(name, {static_cast<std::uint32_t>(r), 0});
        cases = static_cast<std::int32_t>(rng.poisson(rate * people / 1e6 * cause * kept * now.dt_weeks));
    }
}

}  // namespace drawdown
