#include "models/transition/group_finance.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

namespace {

constexpr double most_means = 10.0;  // beyond it a group lacks no money

}  // namespace

double GroupFinance::given(const sim::View<GroupFinance>& state, std::size_t sponsored, double dt_weeks) const {
    const Sponsor& payer = sponsors[sponsored];
    if (payer.usd_per_week <= 0.0) return 0.0;
    const bool next_door = payer.neighbour >= 0;
    double stance = next_door ? state[neighbour::stance][static_cast<std::size_t>(payer.neighbour)] : 0.0;
    for (std::size_t i = 0; i < shocks.size(); ++i) {
        const ShockInput& shock = shocks[i];
        const bool this_group = shock.group.empty() || shock.group == names[sponsored];
        const bool this_place =
            shock.neighbour.empty() || (next_door && shock.neighbour == abroad[static_cast<std::size_t>(payer.neighbour)].name);
        if (shock.kind == "sponsor_change" && this_group && this_place) stance += state[shock::level][i];
    }
    return payer.usd_per_week * (1.0 - std::clamp(stance, -1.0, 1.0)) * dt_weeks;
}

void GroupFinance::step(sim::View<GroupFinance> state, const sim::Step& now) const {
    const auto wealth = state[group::wealth];
    const auto fighters = state[region_group::fighters];
    const auto control = state[region_group::control];
    const auto extortion = state[region_group::extortion];
    const auto affinity = state[region_group::affinity];
    const auto adults = state[region::adults];
    const auto sponsor_of = state[group::sponsor];
    const std::size_t groups = wealth.size();
    std::vector<double> under_sponsor(sponsors.size(), 0.0);  // fighters of all who share a sponsor
    for (std::size_t g = 0; g < groups; ++g)
        if (state[group::alive][g] != 0 && sponsor_of[g] < sponsors.size())
            under_sponsor[sponsor_of[g]] += static_cast<double>(state[group::fighters][g]) + 1.0;
    for (std::size_t g = 0; g < groups; ++g) {
        if (state[group::alive][g] == 0) {
            state[group::income][g] = 0.0;
            state[group::sponsorship][g] = 0.0;
            state[group::means][g] = 0.0;
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
            // What comes over the border and the routes is shared by all who are at home there.
            double ties = 0.0;
            for (std::size_t h = 0; h < groups; ++h) ties += state[group::alive][h] != 0 ? affinity[r * groups + h] : 0.0;
            const double trade = sponsor * state[region::spillover][r] + trafficking * state[region::trafficking][r];
            taken += trade * affinity[row] / std::max(1.0, ties);
            if (state[group::proscribed][g] != 0) taken += extremists * state[region::extremism][r] * affinity[row];
        }
        const auto own = static_cast<double>(state[group::fighters][g]);
        const std::size_t s = sponsor_of[g];
        const double gift = s < sponsors.size() ? given(state, s, now.dt_weeks) * (own + 1.0) / under_sponsor[s] : 0.0;
        const double income = taken * now.dt_weeks + gift;
        const double due = pay_usd * own * (out ? 1.0 : skeleton_pay) * now.dt_weeks;
        const double paid = std::min(due, wealth[g] + income);
        const double can_pay = income + wealth[g] * now.dt_weeks / reserve_weeks;
        state[group::sponsorship][g] = gift;
        state[group::income][g] = income;
        wealth[g] = std::max(0.0, wealth[g] + income - paid);
        state[group::pay][g] = due > 0.0 ? paid / due : 1.0;
        state[group::means][g] = can_pay < most_means * due ? can_pay / due : most_means;
    }
}

}  // namespace drawdown
