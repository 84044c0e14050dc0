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
    for (std::size_t r = 0; r < control.size(); ++r) {
        double lost = 0.0;
        for (std::size_t g = 0; g < groups; ++g) lost += held[r * groups + g];
        const auto able = [&](Function f) { return state[region_function::capacity][row_of(r, f)]; };
        const double administration = std::max(able(Function::administration), able(Function::police));
        const double far = law.reach_lost_to_remoteness * state[region::remoteness][r];
        const double part = closes * static_cast<double>(people[r]) / everybody;
        page.add(LedgerCause::geography, part * (1.0 - far));
        page.add(LedgerCause::state_capacity, part * far * administration);
        page.add(LedgerCause::armed_groups, -part * (1.0 - far * (1.0 - administration)) * std::min(1.0, lost));
    }
}

}  // namespace drawdown
