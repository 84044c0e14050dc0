#include "models/transition/funds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/transition/accounts.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/shares.hpp"

namespace drawdown {

namespace {

/// Amounts by activity.
using ByActivity = std::array<double, activity_count>;

double share_of(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 1.0;
}

}  // namespace

double full_personnel(const Inputs& in) {
    const auto personnel = [&](sim::Date day) {
        double all = 0.0;
        for (std::size_t r = 0; r < in.regions.size(); ++r)
            for (std::size_t c = 0; c < component_count; ++c) all += in.history->at(day, r, c);
        return all;
    };
    if (in.history->dates.empty()) return 0.0;  // a scenario whose files could not be read
    double most = personnel(in.scenario.start);
    if (most > 0.0) return most;
    for (const sim::Date day : in.history->dates) most = std::max(most, personnel(day));
    return most;
}

double MissionCost::yearly_cost(double uniformed) const {
    const double bend = half_size > 0.0 ? uniformed / (uniformed + half_size) : 1.0;
    return 1e6 * fixed_musd * bend + per_head_usd * uniformed;
}

Fund MissionCost::programme_fund(Activity activity) {
    return activity == Activity::quick_impact || activity == Activity::information ? Fund::programme : Fund::voluntary;
}

double MissionCost::programme_need(Activity activity, double staff, double served) const {
    switch (activity) {
        case Activity::quick_impact:
            return quick_impact_usd * staff;
        case Activity::information:
            return information_usd * staff;
        case Activity::mine_action:
            return mine_action_usd * staff;
        case Activity::participation:
            return participation_usd * staff;
        case Activity::civil_society:
            return civil_society_usd * staff;
        case Activity::ddr:
            return ddr_usd * served;
        default:
            return 0.0;
    }
}

void MissionCost::step(sim::View<MissionCost> state, const sim::Step& now) const {
    const double years = now.dt_weeks / weeks_a_year;
    const bool open = state[country::mission_open][0] != 0;
    const Account assessed(state, Fund::assessed);
    const Account programme(state, Fund::programme);
    const Account voluntary(state, Fund::voluntary);
    for (const auto& account : {assessed, programme, voluntary}) account.open_books();

    ByActivity staff{};
    const auto at_work = state[region_activity::staff];
    for (std::size_t i = 0; i < at_work.size(); ++i) staff[i % activity_count] += at_work[i];
    double served = 0.0;
    for (std::size_t r = 0; r < state.rows(region::cantoned); ++r)
        served += static_cast<double>(state[region::cantoned][r] + state[region::in_programme][r]);
    const auto strength = state[region_component::strength];
    const double everybody = std::accumulate(strength.begin(), strength.end(), 0.0);

    // Assessed: operations, and out of them the programme fund.
    const std::int64_t wanted = open ? std::llround(yearly_cost(state[country::mission_strength][0]) * years) : 0;
    const double ceiling = state[country::ceiling][0];
    const std::int64_t granted = ceiling > 0.0 ? std::min<std::int64_t>(wanted, std::llround(ceiling * years)) : wanted;
    const double size = full_personnel > 0.0 ? std::min(1.0, everybody / full_personnel) : 0.0;
    const std::int64_t set_aside = std::min<std::int64_t>(granted, open ? std::llround(1e6 * programme_musd * size * years) : 0);
    assessed.receive(granted - set_aside);
    programme.receive(set_aside);
    state[country::assessed_cost][0] = granted;
    state[country::assessed_need][0] = wanted;
    std::array<double, activity_count + 1> workers{};
    std::copy(staff.begin(), staff.end(), workers.begin());
    workers[activity_count] = std::max(1e-9, everybody - std::accumulate(staff.begin(), staff.end(), 0.0));
    const auto operations = apportion(assessed.pay(granted - set_aside), workers);
    const double operations_met = share_of(granted, wanted);

    // Voluntary: what donors gave the country team, and the follow-on.
    double given = state[country::economic_support][0];
    for (std::size_t d = 0; d < donors.size(); ++d)
        if (!donors[d].through_government) given += state[donor::disbursed][d];
    voluntary.receive(std::llround(given));

    const auto cost = state[activity::cost];
    const auto paid = state[activity::paid];
    for (const auto& [account, fund] : {std::pair{programme, Fund::programme}, std::pair{voluntary, Fund::voluntary}}) {
        ByActivity needs{};
        std::int64_t needed = 0;
        for (std::size_t a = 0; a < activity_count; ++a) {
            const auto activity = static_cast<Activity>(a);
            if (programme_fund(activity) != fund) continue;
            const std::int64_t need = std::llround(programme_need(activity, staff[a], served) * years);
            needs[a] = static_cast<double>(need);
            needed += need;
        }
        const std::int64_t met = account.pay(needed);
        const auto parts = apportion(met, needs);
        for (std::size_t a = 0; a < activity_count; ++a) {
            if (programme_fund(static_cast<Activity>(a)) != fund) continue;
            cost[a] = operations[a] + parts[a];
            paid[a] = operations_met * (needs[a] > 0.0 ? share_of(met, needed) : 1.0);
        }
    }
    voluntary.pay(voluntary.balance());  // by the country team
    if (!open) programme.pay(programme.balance());
    state[country::voluntary_cost][0] = state[fund::expense][static_cast<std::size_t>(Fund::voluntary)];
}

}  // namespace drawdown
