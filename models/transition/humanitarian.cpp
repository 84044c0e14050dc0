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
        state[region::diversion][r] = diversion_rate * groups_hold;
        const double sent = money * attention * state[region::access][r];
        state[region::aid][r] = clamp01(sent * (1.0 - state[region::diversion][r]));

        const double unmet = need[r] * (1.0 - state[region::aid][r]);
        const double dear = 1.0 + scarcity_on_price * unmet + speculation * spending;
        price[r] = relaxed(price[r], dear, rate, now.dt_weeks);
        if (attacked && !now.initial)
            state.log(static_cast<int>(EventKind::convoy_attacked), static_cast<int>(r), -1,
                      state[region_violence::events][row_of(r, Violence::against_aid)], static_cast<int>(Cause::spoils));
    }
}

void Mines::step(sim::View<Mines> state, const sim::Step& now) const {
    const auto mines = state[region::mines];
    const std::size_t groups = state[region_group::control].size() / mines.size();
    for (std::size_t r = 0; r < mines.size(); ++r) {
        const double m = mines[r];
        double held = 0.0;
        for (std::size_t g = 0; g < groups; ++g) held += state[region_group::control][r * groups + g];
        // Mines are laid by those who hold ground, home-made devices by extremists among them.
        const double lays =
            laying * std::min(1.0, held) * clamp01(felt(state[region::exposure][r]) + state[region::extremism][r]);
        const double clears = clearance * state[region_activity::reach][row_of(r, Activity::mine_action)] +
                              state_clearance * state[region_function::capacity][row_of(r, Function::administration)];
        mines[r] = clamp01(m + (lays * (1.0 - m) - clears * m) * now.dt_weeks);
    }
}

void Sites::step(sim::View<Sites> state, const sim::Step& now) const {
    const auto room = state[region::site_capacity];
    const auto sway = state[region::camp_militarised];
    const auto fighters = state[region_group::fighters];
    const std::size_t groups = fighters.size() / room.size();
    for (std::size_t r = 0; r < room.size(); ++r) {
        const double troops = state[region_component::strength][row_of(r, Component::military)];
        const auto sheltered = static_cast<double>(state[region::sites][r]);
        const double violence = state[region::exposure][r];
        const bool was_open = room[r] > 0.0;
        const bool open = mission.sites && troops > 0.0 &&
                          (violence >= opens_at || (was_open && (sheltered > 0.0 || violence > 0.5 * opens_at)));
        room[r] = open ? room_per_soldier * troops : 0.0;
        if (open != was_open && !now.initial)
            state.log(static_cast<int>(open ? EventKind::site_opens : EventKind::site_closes), static_cast<int>(r), -1,
                      open ? room[r] : sheltered,
                      static_cast<int>(open           ? Cause::violence
                                       : troops > 0.0 ? Cause::security
                                                      : Cause::mission_leaves));
        double armed = 0.0;
        double attacks = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            armed += static_cast<double>(fighters[r * groups + g]);
            attacks += state[region_group::on_civilians][r * groups + g];
        }
        const double share = armed / std::max(1.0, static_cast<double>(state[region::population][r]));
        const bool camps = sheltered + static_cast<double>(state[region::displaced][r]) > 0.0;
        const double patrolled = state[region_activity::reach][row_of(r, Activity::patrol)];
        const double target = camps ? share / (share + fighters_half) * (1.0 - patrolled) : 0.0;
        sway[r] = relaxed(sway[r], target, militarisation_rate, now.dt_weeks);
        // Those who besiege a site are many more than its guards.
        if (sheltered > 0.0 && attacks > 0.5 && armed > troops && !now.initial)
            state.log(static_cast<int>(EventKind::site_besieged), static_cast<int>(r), -1, sheltered,
                      static_cast<int>(Cause::violence));
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
    const auto people = static_cast<double>(in.total_population());
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        const RegionInput& region = in.regions[r];
        const double share = static_cast<double>(region.population) * in.population.census_factor / std::max(1.0, people);
        const double past = share > 0.0 ? region.past_violence_share / share : 0.0;
        state.of(region::mines)[r] = clamp01(in.society.mines * past);
        state.of(region::food_price)[r] = 1.0;
    }
}

}  // namespace drawdown
