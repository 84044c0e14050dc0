#include "models/transition/group_control.hpp"

#include <algorithm>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

std::uint8_t GroupControl::next_holder(std::uint8_t holder, const std::vector<double>& shares) const {
    const auto strongest = static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
    // The state stands first among the shares, and "nobody" between it and the groups among the holders.
    const auto as_holder = static_cast<std::uint8_t>(strongest == 0 ? held_by_state : held_by_group(strongest - 1));
    if (shares[strongest] > 0.5 + margin) return as_holder;
    if (holder == held_by_nobody) return holder;
    const double own = shares[holder == held_by_state ? 0 : holder - 1U];
    const bool overtaken = as_holder != holder && shares[strongest] > own;
    return overtaken || own < 0.5 - margin ? held_by_nobody : holder;
}

double GroupControl::settled(double held, double share_of_force) const {
    const double high = clamp01(share_of_force / (1.0 - holding));
    const double low = std::max(foothold * share_of_force, (share_of_force - holding) / (1.0 - holding));
    return std::clamp(held, std::min(low, high), high);
}

std::vector<GroupControl::Forces> GroupControl::forces(const sim::View<GroupControl>& state) const {
    const auto security = state[region::security];
    const std::size_t groups = state.rows(group::posture);
    std::vector<Forces> all(security.size());
    std::vector<double> needed(security.size(), 0.0);
    double reserves = 0.0;
    double need = 0.0;
    for (std::size_t r = 0; r < all.size(); ++r) {
        Forces& here = all[r];
        const double power =
            static_cast<double>(security[r]) * (0.5 + state[region_function::capacity][row_of(r, Function::army)]);
        here.state = (1.0 - reserve) * power;
        reserves += reserve * power;
        here.mission = mission_power * state[region_component::strength][row_of(r, Component::military)] *
                       (1.0 - state[region_activity::obstruction][row_of(r, Activity::patrol)]);
        for (std::size_t g = 0; g < groups; ++g) {
            const auto fighters = static_cast<double>(state[region_group::fighters][r * groups + g]);
            here.groups.push_back(state[group::alive][g] != 0 ? state[group::arms][g] * fighters : 0.0);
            if (!complies(state[group::posture][g])) needed[r] += here.groups[g];
        }
        need += needed[r];
    }
    for (std::size_t r = 0; r < all.size(); ++r)
        all[r].state += reserves * (need > 0.0 ? needed[r] / need : 1.0 / static_cast<double>(all.size()));
    return all;
}

void GroupControl::contest(const sim::View<GroupControl>& state, std::size_t r, const Forces& here, const sim::Step& now) const {
    const auto posture = state[group::posture];
    const std::size_t groups = posture.size();
    const auto control = state[region_group::control].subspan(r * groups, groups);
    const std::vector<double> before(control.begin(), control.end());
    const double disarmed = state[provision::implementation][static_cast<std::size_t>(Provision::disarmament)];
    double held = 0.0;
    for (std::size_t g = 0; g < groups; ++g) {
        const bool out = !complies(posture[g]);
        double against = here.state + (out ? here.mission : 0.0);
        for (std::size_t h = 0; h < groups; ++h) {
            if (h == g || state[group::ally][g] == h) continue;
            if (!complies(posture[h]))
                against += here.groups[h];
            else if (out)
                against += before[h] * here.groups[h];
        }
        const double force = here.groups[g] + against;
        const double part = here.groups[g] > 0.0 ? here.groups[g] / force : 0.0;
        if (out) {
            control[g] = relaxed(before[g], settled(before[g], part), rate, now.dt_weeks);
        } else {
            const double given_up = state[group::signatory][g] != 0 ? state[group::commitment][g] * disarmed : 1.0;
            const double most = std::min(before[g], clamp01(part / (1.0 - holding)));
            control[g] = relaxed(before[g], most, rate, now.dt_weeks) * sim::exp(-yield * given_up * now.dt_weeks);
        }
        held += control[g];
    }
    if (held > 1.0)
        for (double& share : control) share /= held;
}

void GroupControl::advance_on(const sim::View<GroupControl>& state, std::size_t r, const Forces& here,
                              const sim::Step& now) const {
    const std::uint8_t holder = state[region::holder][r];
    if (holder == held_by_state || holder == held_by_nobody) return;
    const std::size_t g = holder - 2U;
    const std::size_t groups = state.rows(group::posture);
    double& ground = state[region_group::control][r * groups + g];
    const bool agreed = state[group::signatory][g] != 0 && complies(state[group::posture][g]);
    const double held_back = agreed ? state[country::implementation][0] : 0.0;
    const double mission = state[region_component::strength][row_of(r, Component::military)];
    double reserves = 0.0;
    for (std::size_t i = 0; i < state.rows(region::security); ++i)
        reserves += reserve * static_cast<double>(state[region::security][i]) *
                    (0.5 + state[region_function::capacity][row_of(i, Function::army)]);
    const double army = here.state + 0.5 * reserves;
    const double chance = army / (army + here.groups[g] + 1.0);
    const double hazard =
        advance * interposition / (mission + interposition) * (1.0 - held_back) * std::max(0.0, 2.0 * chance - 1.0);
    sim::Rng rng = now.rng("state_advances", {static_cast<std::uint32_t>(r), 0});
    const double u = rng.uniform();
    const double wins = rng.uniform();
    if (u >= -sim::expm1(-hazard * now.dt_weeks)) return;
    state[group::encroached][g] += ground;
    state.log(static_cast<int>(EventKind::state_advances), static_cast<int>(r), static_cast<int>(g), ground,
              static_cast<int>(agreed ? Cause::fading_guarantee : Cause::force));
    if (wins < chance) ground = 0.0;
}

void GroupControl::settle_holder(const sim::View<GroupControl>& state, std::size_t r) const {
    const std::size_t groups = state.rows(group::posture);
    auto& holder = state[region::holder][r];
    std::vector<double> shares(groups + 1);
    shares[0] = state[region::state_control][r];
    double held = shares[0];
    for (std::size_t g = 0; g < groups; ++g) {
        shares[g + 1] = state[region_group::control][r * groups + g];
        held += shares[g + 1];
    }
    if (held <= 0.0) return;
    // The state's reach counts against what anybody holds, a group's ground against the whole region: what the army has just won
    // is no third party's because that one has some ground there and the state does not reach far yet.
    shares[0] /= held;
    for (std::size_t g = 0; g < groups; ++g) shares[g + 1] /= std::max(held, 1.0);
    const std::uint8_t next = next_holder(holder, shares);
    if (next == holder) return;
    const auto tell = [&](EventKind kind, int actor, double value, Cause cause) {
        state.log(static_cast<int>(kind), static_cast<int>(r), actor, value, static_cast<int>(cause));
    };
    if (next == held_by_state)
        tell(EventKind::region_regained, -1, shares[0], Cause::force);
    else if (next == held_by_nobody)
        tell(EventKind::region_lost_to_nobody, -1, shares[0], Cause::weak_state);
    else
        tell(EventKind::region_falls, next - 2, shares[next - 1U], Cause::force);
    holder = next;
}

void GroupControl::step(sim::View<GroupControl> state, const sim::Step& now) const {
    const std::size_t regions = state.rows(region::security);
    // Before the first week what groups hold is as the scenario says; only who holds a region follows from it.
    if (!now.initial) {
        for (double& memory : state[group::encroached]) memory *= decay(memory_half_life, now.dt_weeks);
        const std::vector<Forces> all = forces(state);
        for (std::size_t r = 0; r < regions; ++r) {
            contest(state, r, all[r], now);
            advance_on(state, r, all[r], now);
        }
    }
    for (std::size_t r = 0; r < regions; ++r) settle_holder(state, r);
}

}  // namespace drawdown
