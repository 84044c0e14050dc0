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

void GroupControl::step(sim::View<GroupControl> state, const sim::Step& now) const {
    const auto control = state[region_group::control];
    const auto posture = state[group::posture];
    const auto security = state[region::security];
    const auto holder = state[region::holder];
    const std::size_t groups = posture.size();
    std::vector<double> own(groups);
    std::vector<double> shares(groups + 1);
    for (std::size_t r = 0; r < security.size(); ++r) {
        const double army = state[region_function::capacity][row_of(r, Function::army)];
        const double military = state[region_component::strength][row_of(r, Component::military)];
        double force = static_cast<double>(security[r]) * (0.5 + army) + mission_power * military;
        for (std::size_t g = 0; g < groups; ++g) {
            const bool out = state[group::alive][g] != 0 && !complies(posture[g]);
            own[g] = out ? state[group::arms][g] * static_cast<double>(state[region_group::fighters][r * groups + g]) : 0.0;
            force += own[g];
        }
        shares[0] = state[region::state_control][r];
        double held = shares[0];
        for (std::size_t g = 0; g < groups; ++g) {
            const double part = force > 0.0 ? own[g] / force : 0.0;
            const double target = part > 0.5 ? part : foothold * part;
            double& at = control[r * groups + g];
            at = clamp01(relaxed(at, target, rate, now.dt_weeks));
            shares[g + 1] = at;
            held += at;
        }
        if (held <= 0.0) continue;
        for (double& share : shares) share /= held;
        const std::uint8_t next = next_holder(holder[r], shares);
        if (next == holder[r]) continue;
        const auto tell = [&](EventKind kind, int actor, double value, Cause cause) {
            state.log(static_cast<int>(kind), static_cast<int>(r), actor, value, static_cast<int>(cause));
        };
        if (next == held_by_state)
            tell(EventKind::region_regained, -1, shares[0], Cause::force);
        else if (next == held_by_nobody)
            tell(EventKind::region_lost_to_nobody, -1, shares[0], Cause::weak_state);
        else
            tell(EventKind::region_falls, next - 2, shares[next - 1U], Cause::force);
        holder[r] = next;
    }
}

}  // namespace drawdown
