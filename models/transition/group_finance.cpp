#include "models/transition/group_finance.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

void GroupFinance::step(sim::View<GroupFinance> state, const sim::Step& now) const {
    const auto wealth = state[group::wealth];
    const auto fighters = state[region_group::fighters];
    const auto control = state[region_group::control];
    const auto extortion = state[region_group::extortion];
    const auto affinity = state[region_group::affinity];
    const auto adults = state[region::adults];
    const auto stances = state[neighbour::stance];
    const std::size_t groups = wealth.size();
    for (std::size_t g = 0; g < groups; ++g) {
        if (state[group::alive][g] == 0) {
            state[group::income][g] = 0.0;
            state[group::sponsorship][g] = 0.0;
            continue;
        }
        const bool out = !complies(state[group::posture][g]);
        double taken = 0.0;
        for (std::size_t r = 0; r < adults.size(); ++r) {
            const std::size_t row = r * groups + g;
            const auto here = static_cast<double>(fighters[row]);
            const double patrol = state[region_activity::coverage][row_of(r, Activity::patrol)];
            const double taxed = 1.0 - (1.0 - control[row]) * (1.0 - extortion[row]);
            taken += tax * taxed * static_cast<double>(adults[r]) * state[region::economy][r];
            taken += loot * state[region::resources][r] * here * loot_crowding / (here + loot_crowding) * (1.0 - patrol) *
                     (out ? 1.0 : skeleton_pay);
            taken += (sponsor * state[region::spillover][r] + trafficking * state[region::trafficking][r]) * affinity[row];
        }
        double given = 0.0;
        if (g < sponsors.size()) {
            const bool next_door = sponsors[g].neighbour >= 0;
            const double stance =
                next_door ? stances[static_cast<std::size_t>(sponsors[g].neighbour)] : state[country::sponsor_stance][0];
            given = sponsors[g].usd_per_week * (1.0 - std::clamp(stance, -1.0, 1.0)) * now.dt_weeks;
        }
        const double income = taken * now.dt_weeks + given;
        const double due = pay_usd * static_cast<double>(state[group::fighters][g]) * (out ? 1.0 : skeleton_pay) * now.dt_weeks;
        const double paid = std::min(due, wealth[g] + income);
        state[group::sponsorship][g] = given;
        state[group::income][g] = income;
        wealth[g] = std::max(0.0, wealth[g] + income - paid);
        state[group::pay][g] = due > 0.0 ? paid / due : 1.0;
    }
}

}  // namespace drawdown
