#include "models/transition/local_consent.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

/// Believers of rumours by region, as a share of those at home.
template <class State>
std::vector<double> believers(const State& state, std::size_t regions) {
    const auto place = state[community::region];
    const auto residents = state[community::residents];
    std::vector<double> people(regions, 0.0);
    std::vector<double> believing(regions, 0.0);
    for (std::size_t c = 0; c < place.size(); ++c) {
        people[place[c]] += residents[c];
        believing[place[c]] += residents[c] * static_cast<double>(state[community::rumour][c]);
    }
    for (std::size_t r = 0; r < regions; ++r) believing[r] /= std::max(people[r], 1.0);
    return believing;
}

/// Whether one who refused or not does so now.
bool refuses_now(double consent, bool refused, double withdrawn, double hysteresis) {
    return consent < withdrawn + (refused ? hysteresis : 0.0);
}

/// Mean over groups, weighted with fighters; a group without any weighs as one fighter.
double mean_consent(std::span<const double> consent, std::span<const std::uint8_t> alive,
                    std::span<const std::int64_t> fighters) {
    double weights = 0.0;
    double sum = 0.0;
    for (std::size_t g = 0; g < consent.size(); ++g) {
        const double weight = alive[g] == 0 ? 0.0 : std::max(1.0, static_cast<double>(fighters[g]));
        weights += weight;
        sum += weight * consent[g];
    }
    return weights > 0.0 ? sum / weights : 0.0;
}

}  // namespace

void PopularConsent::step(sim::View<PopularConsent> state, const sim::Step& now) const {
    const auto consent = state[region::consent];
    const auto refuses = state[region::refuses];
    const bool open = state[country::mission_open][0] != 0;
    const std::vector<double> believing = believers(state, consent.size());
    const double sinned = misconduct * std::min(1.0, state[country::misconduct][0]);
    for (std::size_t r = 0; r < consent.size(); ++r) {
        if (!open) {
            refuses[r] = 0;
            continue;
        }
        consent[r] = relaxed(consent[r], state[region::trust_mission][r], rate, now.dt_weeks);
        const auto covered = [&](Activity a) { return state[region_activity::coverage][row_of(r, a)]; };
        const double talked = dialogue * covered(Activity::dialogue);
        const double helped = projects * covered(Activity::quick_impact);
        const double unmet = expectations * std::max(0.0, state[region::expectation][r] - state[region::services][r]);
        const double unprotected = failure * (1.0 - sim::exp(-state[region::exposure][r] / violence_scale));
        const double misled = misinformation * believing[r];
        consent[r] = clamp01(consent[r] + (talked + helped - unmet - unprotected - misled - sinned) * now.dt_weeks);

        const bool refused = refuses[r] != 0;
        const bool refuse = refuses_now(consent[r], refused, withdrawn, hysteresis);
        refuses[r] = refuse ? 1 : 0;
        if (refuse == refused) continue;
        const auto triggers = std::to_array<std::pair<double, Cause>>({{unmet, Cause::unmet_expectations},
                                                                       {unprotected, Cause::failure_to_protect},
                                                                       {misled, Cause::rumour},
                                                                       {sinned, Cause::misconduct}});
        const auto worst =
            *std::max_element(triggers.begin(), triggers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        const int lost_by = worst.first > 0.0 ? static_cast<int>(worst.second) : -1;
        const int won_by = talked + helped > 0.0 ? static_cast<int>(talked >= helped ? Cause::dialogue : Cause::services) : -1;
        state.log(static_cast<int>(refuse ? EventKind::region_withdraws_consent : EventKind::region_restores_consent),
                  static_cast<int>(r), -1, consent[r], refuse ? lost_by : won_by);
    }
}

void PartyConsent::step(sim::View<PartyConsent> state, const sim::Step& now) const {
    const auto population = state[region::population];
    const bool open = state[country::mission_open][0] != 0;
    double people = 0.0;
    double reached = 0.0;
    for (std::size_t r = 0; r < population.size(); ++r) {
        const auto w = static_cast<double>(population[r]);
        people += w;
        reached += w * state[region_activity::coverage][row_of(r, Activity::good_offices)];
    }
    const double won = offices * reached / std::max(people, 1.0);

    const auto consent = state[group::consent];
    const auto refuses = state[group::refuses];
    const auto alive = state[group::alive];
    for (std::size_t g = 0; g < consent.size(); ++g) {
        if (alive[g] == 0) {
            consent[g] = 0.0;
            refuses[g] = 0;
            continue;
        }
        if (state[group::fighters][g] == 0) {  // nobody speaks for it yet: who never agreed has nothing to withdraw
            consent[g] = clamp01(state[group::commitment][g]);
            refuses[g] = open && consent[g] < withdrawn ? 1 : 0;
            continue;
        }
        const double coerced = coercion * state[group::pressure][g];
        const double shunned = proscription * state[group::proscribed][g];
        const double tends_to = clamp01(state[group::commitment][g] + won - coerced - shunned);
        consent[g] = relaxed(consent[g], tends_to, rate, now.dt_weeks);
        const bool refused = refuses[g] != 0;
        const bool refuse = open && refuses_now(consent[g], refused, withdrawn, hysteresis);
        refuses[g] = refuse ? 1 : 0;
        if (refuse == refused || !open) continue;
        const int cause = refuse ? (coerced + shunned > 0.0 ? static_cast<int>(Cause::force) : -1)
                                 : (won > 0.0 ? static_cast<int>(Cause::dialogue) : -1);
        state.log(static_cast<int>(refuse ? EventKind::party_withdraws_consent : EventKind::party_restores_consent), -1,
                  static_cast<int>(g), consent[g], cause);
    }
    state[country::party_consent][0] = mean_consent(consent, alive, state[group::fighters]);
}

void PopularConsent::start(sim::State& state) const {
    const auto consent = state.of(region::consent);
    std::copy(state.of(region::trust_mission).begin(), state.of(region::trust_mission).end(), consent.begin());
    for (std::size_t r = 0; r < consent.size(); ++r)
        state.of(region::refuses)[r] = state.of(country::mission_open)[0] != 0 && consent[r] < withdrawn ? 1 : 0;
}

void PartyConsent::start(sim::State& state) const {
    const auto consent = state.of(group::consent);
    const auto alive = state.of(group::alive);
    for (std::size_t g = 0; g < consent.size(); ++g) {
        consent[g] = alive[g] != 0 ? state.of(group::commitment)[g] : 0.0;
        state.of(group::refuses)[g] = alive[g] != 0 && state.of(country::mission_open)[0] != 0 && consent[g] < withdrawn ? 1 : 0;
    }
    state.of(country::party_consent)[0] = mean_consent(consent, alive, state.of(group::fighters));
}

}  // namespace drawdown
