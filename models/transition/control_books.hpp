#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/delivery.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Books state control, mean over people, to its causes: what distance allows, what the capacity of the state adds to that, and
/// the ground that armed groups hold. Runs before `delivery`, whose law of control and parameters it follows:
///     C' = k (reached (1 - lost) - C),   reached = (1 - lost to remoteness) + that loss x administration.
/// People who move between regions shift the mean; that is booked to `movements` a step later.
struct ControlBooks {
    Delivery law{};

    static constexpr std::string_view name = "control_books";
    static constexpr auto reads = sim::columns(region::state_control, region::remoteness, region::population,
                                               region_function::capacity, region_group::control);
    static constexpr auto writes = sim::columns(ledger::amount);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<ControlBooks> state, const sim::Step& now) const;
};

}  // namespace drawdown
