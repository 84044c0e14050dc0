#include "models/transition/sites.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

constexpr double siege_over_weeks = 13.0;  // a quarter without attack

}  // namespace

void Sites::step(sim::View<Sites> state, const sim::Step& now) const {
    const auto room = state[region::site_capacity];
    const auto sway = state[region::camp_militarised];
    const auto fighters = state[region_group::fighters];
    const std::size_t groups = fighters.size() / room.size();
    for (std::size_t r = 0; r < room.size(); ++r) {
        const double troops = state[region_component::strength][row_of(r, Component::military)];
        const auto sheltered = static_cast<double>(state[region::sites][r]);
        const double violence = state[region::exposure][r];
        const bool was_open = room[r] > 0.0;
        const bool open = mission.sites && troops > 0.0 &&
                          (violence >= opens_at || (was_open && (sheltered > 0.0 || violence > 0.5 * opens_at)));
        room[r] = open ? room_per_soldier * troops : 0.0;
        if (open != was_open && !now.initial)
            state.log(static_cast<int>(open ? EventKind::site_opens : EventKind::site_closes), static_cast<int>(r), -1,
                      open ? room[r] : sheltered,
                      static_cast<int>(open           ? Cause::violence
                                       : troops > 0.0 ? Cause::security
                                                      : Cause::mission_leaves));
        double armed = 0.0;
        double attacks = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            armed += static_cast<double>(fighters[r * groups + g]);
            attacks += state[region_group::on_civilians][r * groups + g];
        }
        const double share = armed / std::max(1.0, static_cast<double>(state[region::population][r]));
        const bool camps = sheltered + static_cast<double>(state[region::displaced][r]) > 0.0;
        const double patrolled = state[region_activity::reach][row_of(r, Activity::patrol)];
        const double target = camps ? share / (share + fighters_half) * (1.0 - patrolled) : 0.0;
        sway[r] = relaxed(sway[r], target, militarisation_rate, now.dt_weeks);
        // Those who besiege a site are many more than its guards.
        const bool attacked = open && sheltered > 0.0 && attacks > 0.5 && armed > troops;
        auto& siege = state[region::siege_weeks][r];
        const bool begins = attacked && siege <= 0.0;
        siege = attacked ? siege_over_weeks : open ? std::max(0.0, siege - now.dt_weeks) : 0.0;
        if (begins && !now.initial)
            state.log(static_cast<int>(EventKind::site_besieged), static_cast<int>(r), -1, sheltered,
                      static_cast<int>(Cause::violence));
    }
}

}  // namespace drawdown
