#include "models/transition/armed_groups.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

bool complies(std::uint8_t posture) { return posture == static_cast<std::uint8_t>(Posture::comply); }
bool fights(std::uint8_t posture) { return posture == static_cast<std::uint8_t>(Posture::fight); }

}  // namespace

void GroupFinance::step(sim::View<GroupFinance> state, const sim::Step& now) const {
    const auto wealth = state[group::wealth];
    const auto fighters = state[region_group::fighters];
    const auto control = state[region_group::control];
    const auto affinity = state[region_group::affinity];
    const auto covered = state[region_activity::coverage];
    const auto adults = state[region::adults];
    const std::size_t groups = wealth.size();
    for (std::size_t g = 0; g < groups; ++g) {
        if (state[group::alive][g] == 0) continue;
        const bool out = !complies(state[group::posture][g]);
        double taken = 0.0;
        for (std::size_t r = 0; r < adults.size(); ++r) {
            const auto here = static_cast<double>(fighters[r * groups + g]);
            const double patrol = covered[r * activity_count + static_cast<std::size_t>(Activity::patrol)];
            taken += tax * control[r * groups + g] * static_cast<double>(adults[r]) * state[region::economy][r];
            taken += loot * state[region::resources][r] * here * loot_crowding / (here + loot_crowding) * (1.0 - patrol) *
                     (out ? 1.0 : skeleton_pay);
            taken += sponsor * state[region::spillover][r] * affinity[r * groups + g];
        }
        const double income = taken * now.dt_weeks;
        const double due = pay_usd * static_cast<double>(state[group::fighters][g]) * (out ? 1.0 : skeleton_pay) * now.dt_weeks;
        const double paid = std::min(due, wealth[g] + income);
        state[group::income][g] = income;
        wealth[g] = std::max(0.0, wealth[g] + income - paid);
        state[group::pay][g] = due > 0.0 ? paid / due : 1.0;
    }
}

double GroupDecision::expected_leverage(double mission_strength, double weeks_to_exit, double host_consent) const {
    const double presence = mission_strength / (mission_strength + strength_half);
    return presence * (0.5 + 0.5 * host_consent) * (1.0 - sim::exp(-weeks_to_exit / horizon_weeks));
}

GroupDecision::Spoiler GroupDecision::spoiler(std::uint8_t type) const {
    switch (type) {
        case 0:
            return {1.0 / greedy_gain, 1.0 / greedy_share, 1.0};
        case 2:
            return {greedy_gain, greedy_share, 1.0};
        case 3:
            return {greedy_gain, total_share, total_guarantee};
        default:
            return {1.0, 1.0, 1.0};
    }
}

void GroupDecision::step(sim::View<GroupDecision> state, const sim::Step& now) const {
    const auto posture = state[group::posture];
    const auto resolve = state[group::resolve];
    const auto fighters = state[region_group::fighters];
    const auto affinity = state[region_group::affinity];
    const auto adults = state[region::adults];
    const auto security = state[region::security];
    const auto recruiting = state[region_group::recruiting];
    const std::size_t groups = posture.size();
    const double leverage =
        expected_leverage(state[country::mission_strength][0], state[country::weeks_to_exit][0], state[country::consent][0]);
    double state_force = 0.0;
    for (const std::int64_t s : security) state_force += static_cast<double>(s);

    for (std::size_t g = 0; g < groups; ++g) {
        if (state[group::alive][g] == 0) continue;
        // What the group sees at home: its regions, weighted by its ties there.
        double ties = 0.0;
        double people = 0.0;
        double everybody = 0.0;
        double grievance = 0.0;
        double riches = 0.0;
        double guards = 0.0;
        double former = 0.0;
        double border = 0.0;
        for (std::size_t r = 0; r < adults.size(); ++r) {
            const double tie = affinity[r * groups + g];
            const double w = tie * static_cast<double>(adults[r]);
            ties += tie;
            people += w;
            everybody += tie * static_cast<double>(state[region::population][r]);
            grievance += w * state[region::grievance][r];
            riches += tie * state[region::resources][r];
            guards += tie * static_cast<double>(security[r]);
            former += tie * static_cast<double>(state[region::former][r]);
            border += tie * state[region::spillover][r];
        }
        if (ties <= 0.0 || people <= 0.0) continue;
        const Spoiler type = spoiler(state[group::spoiler][g]);
        const double power = state[group::arms][g] * (static_cast<double>(state[group::fighters][g]) + potential * former);
        const double p_win = power > 0.0 ? power / (power + state_force) : 0.0;

        auto rng_resolve = now.rng("group_resolve", {static_cast<std::uint32_t>(g), 0});
        const double keep = decay(resolve_half_life, now.dt_weeks);
        resolve[g] = keep * resolve[g] + resolve_sd * std::sqrt(1.0 - keep * keep) * rng_resolve.normal();

        auto& weariness = state[group::weariness][g];
        const double war = fights(posture[g]) ? 1.0 : complies(posture[g]) ? 0.0 : 1.0 / 3.0;
        weariness = relaxed(weariness, war, weariness_rate, now.dt_weeks);

        const double temptation = type.gain * gain * p_win + grievance_effect * grievance / people + spoils * riches / ties +
                                  resolve[g] + spillover_effect * border / ties + tension_effect * state[country::tension][0] +
                                  (complies(posture[g]) ? 0.0 : momentum) - weariness_effect * weariness -
                                  cost * 1000.0 * guards / everybody - type.guarantee * guarantee * leverage -
                                  type.share * share * state[group::commitment][g] - threshold;
        state[group::temptation][g] = temptation;

        sim::Rng rng = now.rng("group_decision", {static_cast<std::uint32_t>(g), 0});
        const double up = rate * sim::logistic((temptation - (complies(posture[g]) ? 0.0 : step_to_fight)) / width);
        const double down = calm_rate * sim::logistic((relief - temptation) / width);
        const double u = rng.uniform();
        const double p_up = fights(posture[g]) ? 0.0 : -sim::expm1(-up * now.dt_weeks);
        const double p_down = complies(posture[g]) ? 0.0 : -sim::expm1(-down * now.dt_weeks);
        const std::uint8_t before = posture[g];
        if (u < p_up)
            ++posture[g];
        else if (u > 1.0 - p_down)
            --posture[g];
        if (posture[g] != before) {
            const EventKind kind = complies(posture[g]) ? EventKind::posture_comply
                                   : fights(posture[g]) ? EventKind::posture_fight
                                                        : EventKind::posture_harass;
            state.log(static_cast<int>(kind), -1, static_cast<int>(g), temptation);
        }

        const double push = (complies(posture[g]) ? recruiting_comply
                             : fights(posture[g]) ? 1.0
                                                  : recruiting_harass) *
                            state[group::pay][g];
        for (std::size_t r = 0; r < adults.size(); ++r) {
            const double patrol =
                state[region_activity::coverage][r * activity_count + static_cast<std::size_t>(Activity::patrol)];
            const double police =
                state[region_function::capacity][r * function_count + static_cast<std::size_t>(Function::police)];
            const double presence = std::max(affinity[r * groups + g], fighters[r * groups + g] > 0 ? presence_elsewhere : 0.0);
            recruiting[r * groups + g] =
                push * presence * (1.0 - patrols_on_recruiting * patrol) * (1.0 - patrols_on_recruiting * police);
        }
    }
}

void GroupControl::step(sim::View<GroupControl> state, const sim::Step& now) const {
    const auto control = state[region_group::control];
    const auto posture = state[group::posture];
    const auto security = state[region::security];
    const std::size_t groups = posture.size();
    for (std::size_t r = 0; r < security.size(); ++r) {
        const double army = state[region_function::capacity][r * function_count + static_cast<std::size_t>(Function::army)];
        const double military =
            state[region_component::strength][r * component_count + static_cast<std::size_t>(Component::military)];
        double force = static_cast<double>(security[r]) * (0.5 + army) + mission_power * military;
        for (std::size_t g = 0; g < groups; ++g)
            if (!complies(posture[g]))
                force += state[group::arms][g] * static_cast<double>(state[region_group::fighters][r * groups + g]);
        for (std::size_t g = 0; g < groups; ++g) {
            const double own = complies(posture[g])
                                   ? 0.0
                                   : state[group::arms][g] * static_cast<double>(state[region_group::fighters][r * groups + g]);
            const double part = force > 0.0 ? own / force : 0.0;
            const double target = part > 0.5 ? part : foothold * part;
            control[r * groups + g] = clamp01(relaxed(control[r * groups + g], target, rate, now.dt_weeks));
        }
    }
}

}  // namespace drawdown
