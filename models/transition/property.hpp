#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Property of those who are away, and disputes over it.
///
/// In a community of which the share a is away, others use a growing share c of what they left; who comes home to property in
/// use raises a dispute; a mechanism for local dialogue of strength m settles both:
///
///     c' = occupation a (1 - c) - (settlement + dialogue m) c
///     d  <- d + c (returned in the last step) / people,    d' = -(settlement + dialogue m) d
///
/// A region's share of property under dispute is the mean of d by residents. Source: Considerations for Mission Leadership 6.5
/// (returns raise tension through contested property unless a mechanism settles disputes); equations ours.
struct Property {
    double occupation = 0.01;
    double settlement = 0.004;
    double dialogue = 0.03;

    static constexpr std::string_view name = "property";
    static constexpr auto reads = sim::columns(community::region, community::residents, community::away, community::returned,
                                               community::dialogue, region::population);
    static constexpr auto writes = sim::columns(community::contested, community::disputes, region::property_disputes);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("occupation", &Property::occupation, "week^-1", sim::between(0.0, 1.0),
                       "rate at which property is occupied where all are away",
                       sim::source("assumed: half within a year and a half", sim::Grade::D), sim::raises("property_disputes")),
        sim::parameter("settlement", &Property::settlement, "week^-1", sim::between(0.0, 1.0),
                       "rate at which claims are settled without help", sim::source("assumed: five years", sim::Grade::D),
                       sim::lowers("property_disputes")),
        sim::parameter("dialogue", &Property::dialogue, "week^-1", sim::between(0.0, 1.0),
                       "added rate where a dialogue mechanism is at full strength",
                       sim::source("Considerations for Mission Leadership 6.5, direction; size judged", sim::Grade::C),
                       sim::lowers("property_disputes")));

    void step(sim::View<Property> state, const sim::Step& now) const;
};

}  // namespace drawdown
