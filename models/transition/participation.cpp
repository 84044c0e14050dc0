#include "models/transition/participation.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

/// Share after dt of w' = up (1 - w) - down w.
double moved(double share, double up, double down, double dt_weeks) {
    return up + down > 0.0 ? relaxed(share, up / (up + down), up + down, dt_weeks) : share;
}

}  // namespace

void Participation::step(sim::View<Participation> state, const sim::Step& now) const {
    const auto women = state[region::women_participation];
    const auto youth = state[region::youth_participation];
    const double inclusive = open * state[country::inclusiveness][0];
    double people = 0.0;
    double advised = 0.0;
    double women_home = 0.0;
    double youth_home = 0.0;
    for (std::size_t r = 0; r < women.size(); ++r) {
        const double advice = state[region_activity::reach][row_of(r, Activity::participation)];
        const double built = projects * state[region_activity::reach][row_of(r, Activity::quick_impact)];
        const double common = programmes * advice + civil * state[region::civil_society][r] + inclusive;
        const double unsafe = insecurity * (1.0 - state[region::security_level][r]);
        const double cases = 1e4 * state[region::sexual_violence][r] * weeks_a_year / now.dt_weeks /
                             std::max(1.0, static_cast<double>(state[region::population][r]));
        const double afraid = fear_of_violence * (1.0 - sim::exp(-cases / violence_scale));
        women[r] = moved(women[r], common + women_projects * built, custom + unsafe + afraid, now.dt_weeks);
        youth[r] = moved(youth[r], common + (1.0 - women_projects) * built + jobs * state[region::youth_jobs][r], custom + unsafe,
                         now.dt_weeks);
        const auto w = static_cast<double>(state[region::adults][r]);
        people += w;
        advised += w * advice;
        women_home += w * women[r];
        youth_home += w * youth[r];
    }
    people = std::max(people, 1.0);
    const double push = 0.5 * (state[country::process_support][0] + advised / people);
    const auto follow = [&](double& share, double home, double most) {
        share = relaxed(share, home + push * std::max(0.0, most - home), process_rate, now.dt_weeks);
    };
    follow(state[country::women_in_process][0], heard * women_home / people, most_women);
    follow(state[country::youth_in_process][0], heard * youth_home / people, most_youth);
    for (std::size_t i = 0; i < state[identity::inclusion].size(); ++i)
        follow(state[identity::participation][i], state[identity::inclusion][i], 1.0);
}

void start_participation(sim::State& state, const Inputs& in) {
    for (double& share : state.of(region::women_participation)) share = in.society.women_participation;
    for (double& share : state.of(region::youth_participation)) share = in.society.youth_participation;
    for (std::size_t i = 0; i < in.identities.size(); ++i) state.of(identity::participation)[i] = in.identities[i].inclusion;
    state.of(country::women_in_process)[0] = in.agreement.women_share;
    state.of(country::youth_in_process)[0] = in.agreement.youth_share;
}

}  // namespace drawdown
