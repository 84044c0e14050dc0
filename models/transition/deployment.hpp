#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Personnel move towards the plan's target, no faster than the mission can lift them. The mission closes when the last have
/// gone, a region's base when the last uniformed have.
///
/// Lift = lift_per_week dt, times forced_lift once the government has asked the mission to leave. It is shared in proportion to
/// what is left to move; uniformed move in whole persons by the largest remainder, so that a week's moves never exceed the lift
/// by a whole person. Civilian sections are counted in full-time staff and need not be whole.
struct Deployment {
    double lift_per_week = 900.0;
    double forced_lift = 1.5;

    static constexpr std::string_view name = "deployment";
    static constexpr auto reads = sim::columns(region_component::target, country::asked_to_leave);
    static constexpr auto writes =
        sim::columns(region_component::strength, country::mission_strength, country::mission_open, country::weeks_since_exit);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("lift_per_week", &Deployment::lift_per_week, "persons week^-1", sim::above(0.0),
                       "personnel that can be moved in or out in a week",
                       sim::source("Mali 2023: 13,000 in about 26 weeks, faster at the end", sim::Grade::B),
                       sim::moves("uniformed")),
        sim::parameter("forced_lift", &Deployment::forced_lift, "1", sim::between(1.0, 10.0),
                       "lift of a mission that was asked to leave relative to the usual",
                       sim::source("Mali 2023: faster at the end; size judged", sim::Grade::C), sim::moves("uniformed")));

    void step(sim::View<Deployment> state, const sim::Step& now) const;
};

}  // namespace drawdown
