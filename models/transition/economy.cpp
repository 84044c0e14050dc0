#include "models/transition/economy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/transition/accounts.hpp"
#include "models/transition/effects.hpp"

namespace drawdown {

double Economy::adequacy_at_start(double team_musd, double government_musd) const {
    const double host = std::min(1.0, 1.0 - gap_at_start + government_musd / need_musd);
    return host + gifts_in_budget * team_musd / need_musd;
}

void Economy::step(sim::View<Economy> state, const sim::Step& now) const {
    const double years = now.index * now.dt_weeks / weeks_a_year;
    const double output = 1e6 * gdp_musd * now.dt_weeks / weeks_a_year;  // of the country at the start
    const auto spent_by = [&](Fund fund) { return static_cast<double>(state[fund::expense][static_cast<std::size_t>(fund)]); };
    const double local = local_share * spent_by(Fund::assessed) + programme_local * spent_by(Fund::programme);
    state[country::local_spend][0] = std::llround(local);

    const auto population = state[region::population];
    const auto strength = state[region_component::strength];
    const double everybody = std::accumulate(strength.begin(), strength.end(), 0.0);
    double people = 0.0;
    for (const std::int64_t here : population) people += static_cast<double>(here);
    people = std::max(people, 1.0);

    const double common = sim::pow(state[country::commodity][0], exports) * (1.0 - epidemic_loss * state[country::epidemic][0]);
    const auto economy = state[region::economy];
    double produced = 0.0;
    double collected = 0.0;
    for (std::size_t r = 0; r < economy.size(); ++r) {
        const auto w = static_cast<double>(population[r]);
        double personnel = 0.0;
        for (std::size_t c = 0; c < component_count; ++c) personnel += strength[r * component_count + c];
        const double demand =
            everybody > 0.0 && w > 0.0 ? multiplier * local * (personnel / everybody) / (output * w / people) : 0.0;
        const double felt = 1.0 - sim::exp(-state[region::exposure][r] / violence_scale);
        economy[r] = relaxed(economy[r], common * (1.0 + demand) * (1.0 - violence_loss * felt), rate, now.dt_weeks);
        produced += w * economy[r];
        collected +=
            w * economy[r] * state[region_function::capacity][row_of(r, Function::revenue)] * state[region::state_control][r];
    }
    const double growth = sim::pow(1.0 + trend, years);
    state[country::gdp][0] = growth * produced / people;

    // At the start the state collects what its functions need less a gap; from there revenue moves with output, capacity and
    // control.
    const double need = 1e6 * need_musd / weeks_a_year * now.dt_weeks * growth;
    const double revenue =
        (1.0 - gap_at_start) * need * (collected / people) / std::max(1e-9, state[country::collection_at_start][0]);
    double given = 0.0;
    for (std::size_t d = 0; d < donors.size(); ++d)
        if (donors[d].through_government) given += state[donor::disbursed][d];

    const Account host(state, Fund::host);
    host.open_books();
    const std::int64_t taxes = std::llround(revenue);
    host.receive(taxes + std::llround(given));
    const std::int64_t spent = host.pay(std::llround(need));
    state[country::treasury][0] = host.balance();
    state[country::revenue][0] = taxes;
    state[country::host_cost][0] = spent;
    state[country::budget_adequacy][0] =
        (static_cast<double>(spent) + gifts_in_budget * static_cast<double>(state[country::voluntary_cost][0])) / need;
}

}  // namespace drawdown
