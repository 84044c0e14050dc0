#include "models/transition/humanitarian.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;
constexpr double felt_scale = 10.0;  // recent deaths per 100,000 at which two thirds of the greatest effect is felt

double felt(double exposure) { return 1.0 - sim::exp(-exposure / felt_scale); }

}  // namespace

void Relief::step(sim::View<Relief> state, const sim::Step& now) const {
    const auto need = state[region::need];
    const auto price = state[region::food_price];
    const auto held = state[region_group::control];
    const std::size_t groups = held.size() / need.size();
    const double attention = state[country::attention][0];
    const double output = 1e6 * gdp_musd / weeks_a_year * now.dt_weeks;
    const double spending = static_cast<double>(state[country::local_spend][0]) / output;
    for (std::size_t r = 0; r < need.size(); ++r) {
        const double people = std::max(1.0, static_cast<double>(state[region::population][r]));
        const double away = static_cast<double>(state[region::displaced][r] + state[region::sites][r]) / people;
        double inflow = 0.0;
        for (std::size_t i = 0; i < shocks.size(); ++i)
            if (shocks[i].kind == "refugee_inflow" && geography->at_border[r] != 0) inflow += state[shock::level][i];
        double groups_hold = 0.0;
        for (std::size_t g = 0; g < groups; ++g) groups_hold += held[r * groups + g];
        groups_hold = std::min(1.0, groups_hold);

        const double wanted = hardship_need * (1.0 - state[region::livelihood][r]) + displaced_need * away +
                              violence_need * felt(state[region::exposure][r]) + epidemic_need * state[country::epidemic][0] +
                              price_need * std::max(0.0, price[r] - 1.0) + inflow_need * clamp01(inflow);
        need[r] = clamp01(relaxed(need[r], clamp01(wanted), rate, now.dt_weeks));

        const double escorted = state[region_activity::reach][row_of(r, Activity::escort)];
        const double safe = state[region::security_level][r];
        const double protected_ways = safe + escort_gain * escorted * (1.0 - safe);
        const double soldiers = 0.5 * (state[region_activity::coverage][row_of(r, Activity::escort)] +
                                       state[region_activity::coverage][row_of(r, Activity::quick_impact)]);
        const bool attacked = state[region_violence::events][row_of(r, Violence::against_aid)] > 0;
        const double access = (1.0 - mines_on_access * state[region::mines][r]) * (1.0 - groups_on_access * groups_hold) *
                              protected_ways * (1.0 - blur * soldiers) * (attacked ? 1.0 - attacks_on_access : 1.0);
        state[region::access][r] = clamp01(access);
        state[region::diversion][r] = std::min(1.0, diversion_rate * groups_hold * price[r]);
        const double sent = money * attention * state[region::access][r];
        state[region::aid][r] = clamp01(sent * (1.0 - state[region::diversion][r]));

        const double unmet = need[r] * (1.0 - state[region::aid][r]);
        const double dear = 1.0 + scarcity_on_price * unmet + speculation * spending;
        price[r] = relaxed(price[r], dear, rate, now.dt_weeks);
        if (attacked && !now.initial)
            state.log(static_cast<int>(EventKind::convoy_attacked), static_cast<int>(r), -1,
                      state[region_violence::deaths][row_of(r, Violence::against_aid)], static_cast<int>(Cause::spoils));
    }
}

void Mines::step(sim::View<Mines> state, const sim::Step& now) const {
    const auto mines = state[region::mines];
    const std::size_t groups = state[region_group::control].size() / mines.size();
    for (std::size_t r = 0; r < mines.size(); ++r) {
        const double m = mines[r];
        double held = 0.0;
        for (std::size_t g = 0; g < groups; ++g) held += state[region_group::control][r * groups + g];
        // Mines are laid by those who hold ground and fight for it, home-made devices above all by extremists.
        const double lays = laying * std::min(1.0, held) * felt(state[region::exposure][r]) * (1.0 + state[region::extremism][r]);
        const double clears = clearance * state[region_activity::reach][row_of(r, Activity::mine_action)] +
                              state_clearance * state[region_function::capacity][row_of(r, Function::administration)];
        mines[r] = clamp01(m + (lays * (1.0 - m) - clears * m) * now.dt_weeks);
    }
}

void YouthJobs::step(sim::View<YouthJobs> state, const sim::Step& now) const {
    const double output = 1e6 * gdp_musd / weeks_a_year * now.dt_weeks;
    const double aided = support * state[country::economic_support][0] / output;
    const auto jobs = state[region::youth_jobs];
    for (std::size_t r = 0; r < jobs.size(); ++r) {
        const double reached = 0.5 * (state[region_activity::reach][row_of(r, Activity::participation)] +
                                      state[region_activity::reach][row_of(r, Activity::quick_impact)]);
        const double heard = 0.5 + state[region::youth_participation][r];  // what youth ask for is built where they are heard
        const double target = clamp01(base * state[region::economy][r] + programmes * reached * heard + aided);
        jobs[r] = relaxed(jobs[r], target, rate, now.dt_weeks);
    }
}

void start_humanitarian(sim::State& state, const Inputs& in) {
    const auto regions = static_cast<double>(in.regions.size());
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        state.of(region::mines)[r] = clamp01(in.society.mines * in.regions[r].past_violence_share * regions);
        state.of(region::food_price)[r] = 1.0;
    }
}

}  // namespace drawdown
