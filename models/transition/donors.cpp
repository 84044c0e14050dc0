#include "models/transition/donors.hpp"

#include <algorithm>
#include <numeric>

#include "models/transition/accounts.hpp"
#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "sim/state.hpp"

namespace drawdown {

namespace {

constexpr double told = 0.05;  // share of a pledge from which its suspension is news

}  // namespace

double Donors::pledge_per_week(const DonorInput& donor) const {
    return 1e6 * (donor.pledge_musd < 0.0 ? pledge_musd : donor.pledge_musd) / weeks_a_year;
}

double Donors::pledges_musd(bool through_government) const {
    double all = 0.0;
    for (const DonorInput& donor : donors)
        if (donor.through_government == through_government) all += pledge_per_week(donor) * weeks_a_year / 1e6;
    return all;
}

void Donors::begin(sim::State& state, double dt_weeks) const {
    const auto strength = state.of(region_component::strength);
    const bool present = std::accumulate(strength.begin(), strength.end(), 0.0) > 0.0;
    double attention = 0.0;
    for (std::size_t d = 0; d < donors.size(); ++d) {
        const double attends = present ? 1.0 : donors[d].floor;
        state.of(donor::attention)[d] = attends;
        state.of(donor::disbursed)[d] = pledge_per_week(donors[d]) * attends * dt_weeks;
        attention += attends / static_cast<double>(donors.size());
    }
    state.of(country::attention)[0] = attention;
}

void Donors::step(sim::View<Donors> state, const sim::Step& now) const {
    const auto strength = state[region_component::strength];
    const double personnel = std::accumulate(strength.begin(), strength.end(), 0.0);
    const bool large = personnel > 0.0 && personnel >= large_share * full_personnel;
    double pledges = 0.0;
    double pledged = 0.0;
    for (std::size_t d = 0; d < donors.size(); ++d) {
        const DonorInput& donor = donors[d];
        auto& attention = state[donor::attention][d];
        auto& patience = state[donor::patience][d];
        const bool attends = large || patience > 0.0;
        patience = large ? patience_weeks : std::max(0.0, patience - now.dt_weeks);
        if (attends)
            attention = relaxed(attention, 1.0, rise, now.dt_weeks);
        else
            attention = donor.floor + (attention - donor.floor) * decay(donor.half_life_weeks, now.dt_weeks);
        sim::Rng rng = now.rng("diversion", {static_cast<std::uint32_t>(d), 0});
        const auto crises = rng.poisson(diversions * now.dt_weeks / weeks_a_year);
        for (std::uint64_t k = 0; k < crises; ++k) attention -= diverted * std::max(0.0, attention - donor.floor);
        // What goes through the government stops after a coup attempt.
        const double suspended = donor.through_government && state[country::coup_attempts][0] > 0
                                     ? coup_suspends * std::max(0.0, attention - donor.floor)
                                     : 0.0;
        attention -= suspended;
        if (suspended > told && pledge_per_week(donor) > 0.0)
            state.log(static_cast<int>(EventKind::aid_suspended), -1, -1, suspended * pledge_per_week(donor) * weeks_a_year,
                      static_cast<int>(Cause::coup));

        // Money through a government of soldiers stops as far as they rule.
        const double withheld = donor.through_government ? state[country::military_rule][0] : 0.0;
        const double full = pledge_per_week(donor) * now.dt_weeks;
        pledges += full;
        pledged += full * attention;
        state[donor::disbursed][d] =
            relaxed(state[donor::disbursed][d], full * attention * (1.0 - withheld), 1.0 / delay_weeks, now.dt_weeks);
    }
    state[country::pledged][0] = pledged;
    // Without any pledge there is no money to weigh by: donors count alike.
    const auto attention = state[donor::attention];
    state[country::attention][0] = pledges > 0.0 ? pledged / pledges
                                                 : std::accumulate(attention.begin(), attention.end(), 0.0) /
                                                       std::max(1.0, static_cast<double>(attention.size()));
}

}  // namespace drawdown
