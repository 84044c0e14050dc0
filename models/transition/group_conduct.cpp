#include "models/transition/group_conduct.hpp"

#include <algorithm>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

namespace {

constexpr auto at = [](Conduct conduct) { return static_cast<std::size_t>(conduct); };

}  // namespace

GroupConduct::Odds GroupConduct::odds(const sim::View<GroupConduct>& state, std::size_t r, std::size_t g) const {
    const auto reach = state[region_activity::reach];
    const double need = 1.0 - state[group::pay][g];
    const bool signatory = state[group::signatory][g] != 0;
    Odds odds{};
    odds[at(Conduct::extort)] = extort_pull * need * (1.0 - reach[row_of(r, Activity::patrol)]);
    if (complies(state[group::posture][g])) {
        odds[at(Conduct::comply)] = 1.0;
        odds[at(Conduct::canton)] = signatory ? canton_pull * state[group::commitment][g] * reach[row_of(r, Activity::ddr)] : 0.0;
        odds[at(Conduct::violate)] = indiscipline * (1.0 - state[group::cohesion][g]) * (1.0 - state[country::ceasefire][0]);
    } else {
        odds[at(Conduct::comply)] = rest;
        odds[at(fights(state[group::posture][g]) ? Conduct::attack : Conduct::violate)] = 1.0;
    }
    return odds;
}

double GroupConduct::rivals(const sim::View<GroupConduct>& state, std::size_t r, std::size_t g) const {
    const auto identities = state[group::identity];
    const auto relation = state[identity_pair::relation];
    const std::size_t groups = identities.size();
    const std::size_t peoples = state.rows(identity::inclusion);
    double force = 0.0;
    for (std::size_t h = 0; h < groups; ++h) {
        if (h == g || state[group::alive][h] == 0 || state[group::ally][g] == h) continue;
        if (complies(state[group::posture][h]) && !preys_on(state, g, h)) continue;
        const double regard = relation[identities[g] * peoples + identities[h]];
        // Whoever fights the same state is spared, unless both want all of it.
        const bool both_want_all = state[group::spoiler][g] == total_spoiler && state[group::spoiler][h] == total_spoiler;
        const bool spared = fights(state[group::posture][g]) && fights(state[group::posture][h]) && !both_want_all;
        force += (spared ? common_enemy : 1.0) * (1.0 - kinship * regard) * state[group::arms][h] *
                 static_cast<double>(state[region_group::fighters][r * groups + h]);
    }
    return rival_weight * force;
}

void GroupConduct::intend(const sim::View<GroupConduct>& state, std::size_t r, std::size_t g, double intensity) const {
    const std::size_t row = r * state.rows(group::posture) + g;
    const double guards = static_cast<double>(state[region::security][r]) + state_presence;
    const double enemies = rivals(state, r, g);
    const double need = 1.0 + unpaid_effect * (1.0 - state[group::pay][g]);
    const double escorts = state[region_activity::reach][row_of(r, Activity::escort)];
    // Who has no intent to spoil takes up arms against rivals, and against the army only where that came for its ground.
    const bool spares_state = state[group::spoiler][g] == no_spoiler && state[group::encroached][g] <= 0.0;
    const double soldiers = spares_state ? 0.0 : guards;
    const double targets = soldiers + enemies;
    if (targets <= 0.0) return;
    const auto own = static_cast<double>(state[region_group::fighters][row]);
    double attackers = own;
    for (std::size_t h = 0; h < state.rows(group::posture); ++h)
        if (h != g && state[group::alive][h] != 0 && fights(state[group::posture][h]))
            attackers += static_cast<double>(state[region_group::fighters][row - g + h]);
    const double met = sim::pow(targets * own / (battle_targets * attackers), std::max(0.0, 1.0 - battle_exponent));
    state[region_group::on_state][row] = intensity * met * soldiers / targets;
    state[region_group::on_rivals][row] = intensity * met * enemies / targets;
    state[region_group::on_civilians][row] =
        intensity * one_sided_share * need * (1.0 + restraint * (1.0 - 2.0 * state[group::support][g]));
    const double peacekeepers = state[region_component::strength][row_of(r, Component::military)];
    state[region_group::on_mission][row] = intensity * on_mission_share * peacekeepers / (guards + peacekeepers);
    state[region_group::on_aid][row] = intensity * on_aid_share * need * state[region::aid][r] * (1.0 - escort_effect * escorts);
}

void GroupConduct::choose_places(const sim::View<GroupConduct>& state, std::size_t g) const {
    const auto fighters = state[region_group::fighters];
    const auto wanted = state[region_group::wanted_share];
    const std::size_t groups = state.rows(group::posture);
    const std::size_t regions = state.rows(region::security);
    double own = 0.0;
    for (std::size_t r = 0; r < regions; ++r) {
        own += static_cast<double>(fighters[r * groups + g]);
        wanted[r * groups + g] = 0.0;
    }
    if (state[group::alive][g] == 0 || own <= 0.0) return;
    const bool stays = complies(state[group::posture][g]);
    std::vector<char> near(regions, 0);
    for (std::size_t r = 0; r < regions; ++r) {
        if (fighters[r * groups + g] == 0) continue;
        near[r] = 1;
        if (geography && !stays)
            for (const Geography::Neighbour& beside : geography->neighbours[r]) near[beside.region] = 1;
    }
    double sum = 0.0;
    for (std::size_t r = 0; r < regions; ++r) {
        if (near[r] == 0) continue;
        const double force = static_cast<double>(state[region::security][r]) +
                             mission_power * state[region_component::strength][row_of(r, Component::military)];
        const double power = state[group::arms][g] * own;
        const double pull = riches_pull * state[region::resources][r] -
                            avoid_patrol * state[region_activity::reach][row_of(r, Activity::patrol)] -
                            avoid_force * (force > 0.0 ? force / (force + power) : 0.0);
        // Among people of their own they are many to hide with, among strangers they are seen and told on.
        const double ties = state[region_group::affinity][r * groups + g];
        const double hosts = ties * static_cast<double>(state[region::adults][r]) * sim::pow(ties, strangers);
        wanted[r * groups + g] = stays ? static_cast<double>(fighters[r * groups + g]) : hosts * sim::exp(pull);
        sum += wanted[r * groups + g];
    }
    // Where nobody is of their people they stay where they are.
    for (std::size_t r = 0; r < regions; ++r)
        wanted[r * groups + g] = sum > 0.0 ? wanted[r * groups + g] / sum : static_cast<double>(fighters[r * groups + g]) / own;
}

void GroupConduct::step(sim::View<GroupConduct> state, const sim::Step& now) const {
    const auto conduct = state[region_group::conduct];
    const auto posture = state[group::posture];
    const auto fighters = state[region_group::fighters];
    const auto reach = state[region_activity::reach];
    const std::size_t groups = posture.size();
    const std::size_t regions = state.rows(region::security);
    const auto clear = [](auto values) { std::fill(values.begin(), values.end(), 0); };
    clear(conduct);
    clear(state[region_group::on_state]);
    clear(state[region_group::on_rivals]);
    clear(state[region_group::on_mission]);
    clear(state[region_group::on_aid]);
    clear(state[region_group::on_civilians]);
    clear(state[region_group::extortion]);
    clear(state[region_group::joins_disarmament]);
    clear(state[group::violations]);
    const double disarming = state[provision::implementation][static_cast<std::size_t>(Provision::disarmament)];

    for (std::size_t g = 0; g < groups; ++g) {
        choose_places(state, g);
        if (state[group::alive][g] == 0) continue;
        const bool deaf = state[group::proscribed][g] != 0 || state[group::spoiler][g] == total_spoiler;
        for (std::size_t r = 0; r < regions; ++r) {
            const std::size_t row = r * groups + g;
            const auto n = static_cast<double>(fighters[row]);
            if (n <= 0.0) continue;
            sim::Rng rng = now.rng(name, {static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(g)});
            const double talks = deaf ? 0.0 : talk * reach[row_of(r, Activity::dialogue)];
            if (rng.uniform() < talks) {
                conduct[row] = static_cast<std::uint8_t>(Conduct::talk);
                continue;
            }
            const Odds all = odds(state, r, g);
            const std::size_t chosen = rng.pick(all);
            conduct[row] = static_cast<std::uint8_t>(chosen);
            if (chosen == at(Conduct::canton))
                state[region_group::joins_disarmament][row] = disarm_rate * disarming * reach[row_of(r, Activity::ddr)];
            if (chosen == at(Conduct::extort))
                state[region_group::extortion][row] =
                    coverage(n, static_cast<double>(state[region::adults][r]), extortion_reference);
            if (chosen < at(Conduct::violate)) continue;
            ++state[group::violations][g];
            double sum = 0.0;
            for (const double weight : all) sum += weight;
            // One that complies breaks the ceasefire like one that harasses, but seldom; the others attack in bursts, with the
            // mean of their posture.
            const bool defies = state[group::spoiler][g] == total_spoiler && state[group::signatory][g] == 0;
            const double share = fights(posture[g])                ? 1.0
                                 : defies && !complies(posture[g]) ? std::max(harass_share, defiant_share)
                                                                   : harass_share;
            const double burst = complies(posture[g]) ? 1.0 : sum / all[chosen];
            intend(state, r, g, battle_rate * share * burst * sim::pow(n / 100.0, battle_exponent));
        }
    }
}

}  // namespace drawdown
