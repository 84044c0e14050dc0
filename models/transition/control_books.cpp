#include "models/transition/control_books.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/ledger.hpp"

namespace drawdown {

void ControlBooks::step(sim::View<ControlBooks> state, const sim::Step& now) const {
    const auto people = state[region::population];
    const auto control = state[region::state_control];
    const auto held = state[region_group::control];
    const std::size_t groups = held.size() / control.size();
    double everybody = 0.0;
    for (const std::int64_t n : people) everybody += static_cast<double>(n);
    if (everybody <= 0.0) return;
    double value = 0.0;
    for (std::size_t r = 0; r < control.size(); ++r) value += static_cast<double>(people[r]) / everybody * control[r];

    Ledger page(state[ledger::amount], Stock::state_control);
    page.open(value, LedgerCause::movements);
    const double closes = 1.0 - sim::exp(-law.control_rate * now.dt_weeks);
    page.fade(1.0 - closes);
    const double works = law.paid_and_obeyed(state);
    for (std::size_t r = 0; r < control.size(); ++r) {
        double lost = 0.0;
        for (std::size_t g = 0; g < groups; ++g) lost += held[r * groups + g];
        const Delivery::Grip grip = law.grip(state, r, works);
        const double part = closes * static_cast<double>(people[r]) / everybody;
        const double unserved = grip.far * (1.0 - grip.administration);
        const double unguarded = unserved * (1.0 - grip.forces);
        page.add(LedgerCause::geography, part * (1.0 - grip.far));
        page.add(LedgerCause::state_capacity, part * grip.far * grip.administration);
        page.add(LedgerCause::state_forces, part * unserved * grip.forces);
        page.add(LedgerCause::mission_presence, part * unguarded * grip.mission);
        page.add(LedgerCause::successors, part * unguarded * (grip.order - grip.mission));
        page.add(LedgerCause::armed_groups, -part * grip.reached() * std::min(1.0, lost));
    }
}

}  // namespace drawdown
