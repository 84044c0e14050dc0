#include "models/transition/economy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/transition/accounts.hpp"
#include "models/transition/effects.hpp"
#include "sim/state.hpp"

namespace drawdown {

double Economy::adequacy_at_start(double team_musd, double government_musd) const {
    const double host = std::min(1.0, 1.0 - gap_at_start + government_musd / need_musd);
    return host + gifts_in_budget * team_musd / need_musd;
}

namespace {

/// Each region's share of the mission's personnel; all 0 without any.
template <class Strength>
std::vector<double> personnel_shares(const Strength& strength) {
    std::vector<double> share(strength.size() / component_count, 0.0);
    const double everybody = std::accumulate(strength.begin(), strength.end(), 0.0);
    for (std::size_t i = 0; i < strength.size() && everybody > 0.0; ++i) share[i / component_count] += strength[i] / everybody;
    return share;
}

template <class Population>
double sum_of(const Population& population) {
    double people = 0.0;
    for (const std::int64_t here : population) people += static_cast<double>(here);
    return std::max(people, 1.0);
}

constexpr double most_spent = 2.0;  // times the need

}  // namespace

void Economy::start(sim::State& state, const Spending& yearly) const {
    const auto population = state.of(region::population);
    const double people = sum_of(population);
    const auto personnel = personnel_shares(state.of(region_component::strength));
    const double landed = (local_share * yearly.assessed + programme_local * yearly.programme) / (1e6 * gdp_musd);
    const double aid = programme_local * yearly.voluntary / (1e6 * gdp_musd);
    for (std::size_t r = 0; r < population.size(); ++r)
        state.of(region::demand_at_start)[r] =
            demand(personnel[r], static_cast<double>(population[r]) / people, landed, aid, state.of(country::attention)[0]);
    state.of(country::price_adapted)[0] = 1.0;
    state.of(country::people_at_start)[0] = people;
    state.of(country::people_relative)[0] = 1.0;
}

void Economy::step(sim::View<Economy> state, const sim::Step& now) const {
    const double years = now.index * now.dt_weeks / weeks_a_year;
    const double output = 1e6 * gdp_musd * now.dt_weeks / weeks_a_year;  // of the country at the start
    const auto spent_by = [&](Fund fund) { return static_cast<double>(state[fund::expense][static_cast<std::size_t>(fund)]); };
    const double by_mission = local_share * spent_by(Fund::assessed) + programme_local * spent_by(Fund::programme);
    const double by_team = programme_local * static_cast<double>(state[country::voluntary_cost][0]);
    state[country::local_spend][0] = std::llround(by_mission + by_team);

    const auto population = state[region::population];
    const double people = sum_of(population);
    const auto personnel = personnel_shares(state[region_component::strength]);
    double& fortune = state[country::fortune][0];
    const double dt_years = now.dt_weeks / weeks_a_year;
    sim::Rng rng = now.rng(name, {0, 0});
    const double chance = rng.normal();
    fortune += growth_sd * (std::sqrt(dt_years) * chance - 0.5 * growth_sd * dt_years);
    const double price = state[country::commodity][0];
    auto& adapted = state[country::price_adapted][0];
    const double common =
        sim::exp(fortune) * sim::pow(price / adapted, exports) * (1.0 - epidemic_loss * state[country::epidemic][0]);
    adapted = relaxed(adapted, price, adapting, now.dt_weeks);
    const auto economy = state[region::economy];
    double produced = 0.0;
    double collected = 0.0;
    for (std::size_t r = 0; r < economy.size(); ++r) {
        const auto w = static_cast<double>(population[r]);
        const double spent =
            demand(personnel[r], w / people, by_mission / output, by_team / output, state[country::attention][0]);
        const double lifted = (1.0 + spent) / (1.0 + state[region::demand_at_start][r]);
        const double felt = 1.0 - sim::exp(-state[region::exposure][r] / violence_scale);
        economy[r] = relaxed(economy[r], common * lifted * (1.0 - violence_loss * felt), rate, now.dt_weeks);
        produced += w * economy[r];
        collected +=
            w * economy[r] * state[region_function::capacity][row_of(r, Function::revenue)] * state[region::state_control][r];
    }
    const double growth = sim::pow(1.0 + trend, years);
    state[country::gdp][0] = growth * produced / people;

    // The state is to serve the people who are there: forces and functions grow with them.
    auto& relative = state[country::people_relative][0];
    const double before = relative;
    relative = people / std::max(1.0, state[country::people_at_start][0]);
    for (double& wanted : state[region::forces_wanted]) wanted *= before > 0.0 ? relative / before : 1.0;

    // At the start the state collects what its functions need less a gap; from there revenue moves with output, capacity and
    // control.
    const double a_year = 1e6 * need_musd / weeks_a_year * now.dt_weeks;
    // Without output there would be no wages, and nothing to compare the budget with: something is always needed.
    const double need = a_year * std::max(0.01, relative * sim::pow(state[country::gdp][0] / relative, wages));
    const double revenue =
        (1.0 - gap_at_start) * a_year * growth * (collected / people) / std::max(1e-9, state[country::collection_at_start][0]);
    double given = 0.0;
    for (std::size_t d = 0; d < donors.size(); ++d)
        if (donors[d].through_government) given += state[donor::disbursed][d];

    const Account host(state, Fund::host);
    host.open_books();
    const std::int64_t taxes = std::llround(revenue);
    host.receive(taxes + std::llround(given));
    // Programmes that donors leave cost the host what they cost them, and stand in line with its own.
    const double attention = state[country::attention][0];
    auto& usual = state[country::attention_usual][0];
    usual = std::max(usual, attention);
    const double taking_over = taken_over * (usual - attention);
    const double left = attention > 0.0 ? taking_over * state[country::pledged][0] / attention : 0.0;
    // What comes in is spent, up to twice the need: a poor state saves nothing.
    const std::int64_t spent = host.pay(std::llround(most_spent * (need + left)));
    const double met = static_cast<double>(spent) / (need + left);
    state[country::treasury][0] = host.balance();
    state[country::revenue][0] = taxes;
    state[country::host_cost][0] = spent;
    state[country::host_programmes][0] = taking_over * std::min(1.0, met);
    state[country::budget_adequacy][0] = met + gifts_in_budget * static_cast<double>(state[country::voluntary_cost][0]) / need;
}

}  // namespace drawdown
