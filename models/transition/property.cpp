#include "models/transition/property.hpp"

#include <algorithm>
#include <vector>

#include "models/transition/effects.hpp"
#include "sim/parallel.hpp"

namespace drawdown {

void Property::step(sim::View<Property> state, const sim::Step& now) const {
    const auto region = state[community::region];
    const auto residents = state[community::residents];
    const auto contested = state[community::contested];
    const auto disputes = state[community::disputes];
    const std::size_t regions = state.rows(region::population);
    std::vector<double> disputed(regions, 0.0);
    std::vector<double> people(regions, 0.0);
    sim::for_each_piece(region.size(), now.parallel, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            const double all = std::max(1.0, residents[c] + static_cast<double>(state[community::away][c]));
            const double settled = settlement + dialogue * state[community::dialogue][c];
            const double raised = static_cast<double>(contested[c]) * state[community::returned][c] / all;
            disputes[c] = static_cast<float>(clamp01(disputes[c] * sim::exp(-settled * now.dt_weeks) + raised));
            // Towards where occupation and settlement balance, exactly.
            const double taken = occupation * state[community::away][c] / all;
            const double speed = taken + settled;
            if (speed > 0.0) contested[c] = static_cast<float>(relaxed(contested[c], taken / speed, speed, now.dt_weeks));
        }
    });
    for (std::size_t c = 0; c < region.size(); ++c) {
        const double here = residents[c];
        disputed[region[c]] += here * disputes[c];
        people[region[c]] += here;
    }
    for (std::size_t r = 0; r < regions; ++r)
        state[region::property_disputes][r] = people[r] > 0.0 ? disputed[r] / people[r] : 0.0;
}

}  // namespace drawdown
