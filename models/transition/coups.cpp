#include "models/transition/coups.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "sim/random.hpp"

namespace drawdown {

double Coups::success(double strength, double legitimacy, double adequacy) const {
    return clamp01(strength) * sim::logistic(odds + weak * (0.5 - legitimacy) + unpaid * (1.0 - std::min(1.0, adequacy)));
}

void Coups::step(sim::View<Coups> state, const sim::Step& now) const {
    auto& rule = state[country::military_rule][0];
    rule *= decay(half_life_weeks, now.dt_weeks);
    if (state[country::coup_attempts][0] == 0 || now.initial) return;
    const double strength = clamp01(state[country::coup_strength][0]);
    sim::Rng rng = now.rng("coups", {0, 0});
    const double luck = rng.uniform();
    if (luck < success(strength, state[country::legitimacy][0], state[country::budget_adequacy][0])) {
        const double before = rule;
        rule = std::max(rule, closes);
        const double kept = before < 1.0 ? (1.0 - rule) / (1.0 - before) : 1.0;
        state[country::inclusiveness][0] *= kept;
        state[country::press_freedom][0] *= kept;
        state.log(static_cast<int>(EventKind::coup_succeeds), -1, -1, strength, static_cast<int>(Cause::weak_state));
        return;
    }
    const auto remoteness = state[region::remoteness];
    const auto capital = static_cast<std::size_t>(std::min_element(remoteness.begin(), remoteness.end()) - remoteness.begin());
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
