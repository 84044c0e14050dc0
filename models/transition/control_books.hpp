#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/delivery.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Books state control, mean over people, to its causes: what distance allows, what the state's administration and its forces,
/// the mission and its successors add to that, and the ground that armed groups hold. Runs before `delivery`, whose law of
/// control and parameters it follows: C' = k (reached (1 - lost) - C). People who move between regions shift the mean; that is
/// booked to `movements` a step later.
struct ControlBooks {
    Delivery law{};

    static constexpr std::string_view name = "control_books";
    static constexpr auto reads = sim::columns(region::state_control, region::remoteness, region::population, region::security,
                                               region_function::capacity, region_group::control, region_activity::coverage,
                                               region_activity::successor, country::budget_adequacy, country::legitimacy);
    static constexpr auto writes = sim::columns(ledger::amount);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<ControlBooks> state, const sim::Step& now) const;
};

}  // namespace drawdown
