#include "models/transition/shocks.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

double PulseInput::at(sim::Date day) const {
    if (day <= start || day >= end) return 0.0;
    if (day <= peak) return level * static_cast<double>(day - start) / static_cast<double>(peak - start);
    return level * static_cast<double>(end - day) / static_cast<double>(end - peak);
}

double Shocks::tension_of(const VoteInput& vote, double weeks_after) const {
    if (weeks_after < -lead_weeks) return 0.0;
    if (weeks_after < 0.0) return vote.stakes * (1.0 + weeks_after / lead_weeks);
    return vote.stakes * decay(half_life_weeks, weeks_after);
}

void Shocks::step(sim::View<Shocks> state, const sim::Step& now) const {
    double calm = 1.0;
    for (const VoteInput& vote : votes) {
        calm *= 1.0 - tension_of(vote, (now.date - vote.date) / 7.0);
        if (now.contains(vote.date) && !now.initial) state.log(static_cast<int>(EventKind::vote), -1, -1, vote.stakes);
    }
    state[country::tension][0] = 1.0 - calm;

    double epidemic = 0.0;
    for (const PulseInput& pulse : epidemics) epidemic = std::max(epidemic, pulse.at(now.date));
    state[country::epidemic][0] = epidemic;

    double price = 1.0;
    for (const PulseInput& pulse : prices) price += pulse.at(now.date);
    state[country::commodity][0] = std::max(0.05, price);

    const auto regional = state[region::spillover];
    double greatest = 0.0;
    std::fill(regional.begin(), regional.end(), 0.0);
    for (const SpilloverInput& pulse : spillovers) {
        const double level = pulse.at(now.date);
        greatest = std::max(greatest, level);
        for (std::size_t r = 0; r < regional.size(); ++r) {
            const auto& abroad = neighbours_abroad[r];
            const bool exposed =
                pulse.neighbour.empty() || std::find(abroad.begin(), abroad.end(), pulse.neighbour) != abroad.end();
            if (exposed) regional[r] = std::max(regional[r], level);
        }
    }
    state[country::spillover][0] = greatest;
}

}  // namespace drawdown
