#include "models/transition/coups.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "sim/random.hpp"

namespace drawdown {

double Coups::success(double strength, double legitimacy, double adequacy) const {
    return clamp01(strength) * sim::logistic(odds + weak * (0.5 - legitimacy) + unpaid * (1.0 - std::min(1.0, adequacy)));
}

void Coups::close(const sim::View<Coups>& state) const {
    auto& rule = state[country::military_rule][0];
    const double before = rule;
    rule = std::max(rule, closes);
    const double kept = before < 1.0 ? (1.0 - rule) / (1.0 - before) : 1.0;
    state[country::inclusiveness][0] *= kept;
    state[country::press_freedom][0] *= kept;
}

void Coups::overthrow(const sim::View<Coups>& state, std::size_t g) const {
    const auto ally = state[group::ally];
    const std::size_t groups = ally.size();
    close(state);
    state[group::posture][g] = static_cast<std::uint8_t>(Posture::comply);
    state[group::posture_weeks][g] = 0.0;
    state[group::signatory][g] = 1;
    state[group::commitment][g] = 1.0;
    for (auto& friend_of : ally)
        if (friend_of == g) friend_of = no_group;
    ally[g] = no_group;
    for (std::size_t r = 0; r < state.rows(region::holder); ++r) {
        double& ground = state[region_group::control][r * groups + g];
        state[region::state_control][r] = clamp01(state[region::state_control][r] + ground);
        ground = 0.0;
        if (state[region::holder][r] == held_by_group(g)) state[region::holder][r] = held_by_state;
    }
    const auto inclusion = state[identity::inclusion];
    inclusion[state[group::identity][g]] = *std::max_element(inclusion.begin(), inclusion.end());
}

void Coups::step(sim::View<Coups> state, const sim::Step& now) const {
    state[country::military_rule][0] *= decay(half_life_weeks, now.dt_weeks);
    if (now.initial) return;
    const auto remoteness = state[region::remoteness];
    const auto capital = static_cast<std::size_t>(std::min_element(remoteness.begin(), remoteness.end()) - remoteness.begin());
    auto& ruler = state[country::ruler][0];
    if (ruler != 0 && state[group::alive][ruler - 2U] == 0) ruler = 0;
    if (const std::uint8_t holder = state[region::holder][capital]; holder > held_by_nobody && holder != ruler) {
        const std::size_t g = holder - 2U;
        ruler = holder;
        overthrow(state, g);
        state.log(static_cast<int>(EventKind::government_falls), static_cast<int>(capital), static_cast<int>(g), 0.0,
                  static_cast<int>(Cause::force));
    }
    if (state[country::coup_attempts][0] == 0) return;
    const double strength = clamp01(state[country::coup_strength][0]);
    sim::Rng rng = now.rng("coups", {0, 0});
    const double luck = rng.uniform();
    if (luck < success(strength, state[country::legitimacy][0], state[country::budget_adequacy][0])) {
        close(state);
        state.log(static_cast<int>(EventKind::coup_succeeds), -1, -1, strength, static_cast<int>(Cause::weak_state));
        return;
    }
    const auto there = static_cast<std::int64_t>(state[region::security][capital]) - state[region::security_toll][capital];
    const auto dead = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(static_cast<std::int64_t>(rng.poisson(deaths * strength)), 0, std::max<std::int64_t>(there, 0)));
    const std::size_t row = row_of(capital, Violence::state_based);
    state[region_violence::deaths][row] += dead;
    state[region_violence::forces_dead][row] += dead;
    state[region::security_toll][capital] += dead;
    state[country::battle_deaths_year][0] += dead;
    state.log(static_cast<int>(EventKind::coup_fails), static_cast<int>(capital), -1, static_cast<double>(dead));
}

}  // namespace drawdown
