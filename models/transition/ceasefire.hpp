#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Political support to the process, verification, and how far the ceasefire holds.
///
///     support      = 1 - (1 - good offices)(1 - by_oversight oversight)
///     verification = 1 - (1 - own)(1 - by_good_offices support)(1 - by_patrols patrols)(1 - by_observers observers)
///     C'           = mend (kept - C) - breach B C
/// with `own` the mechanism of the agreement itself, good offices and patrols as the share of adults that they reach, observers
/// with the diminishing returns of Athena's coverage, `kept` the share of parties that comply and B the breaches of the week per
/// party: violations of the ceasefire, and at least `open_breach` (half of it) for a party that fights (harasses) for all to
/// see. What is seen of a group's breaches, and remembered, is breaches x verification (CML 3.2). The first breach of a party
/// after a time in which none is remembered is logged.
struct Ceasefire {
    double by_oversight = 0.5;
    double by_good_offices = 0.3;
    double by_patrols = 0.4;
    double by_observers = 0.5;
    double observers_reference = 0.03;
    double mend = 0.02;
    double breach = 0.05;
    double open_breach = 1.0;
    double memory_half_life = 8.0;
    AgreementInput agreement;
    std::vector<std::uint8_t> signed_at_start;

    static constexpr std::string_view name = "ceasefire";
    static constexpr auto reads = sim::columns(region::adults, region::population, region_activity::reach,
                                               region_component::strength, country::political_oversight, group::alive,
                                               group::posture, group::signatory, group::parent, group::violations);
    static constexpr auto writes =
        sim::columns(country::process_support, country::verification, country::ceasefire, group::recent_violations);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("by_oversight", &Ceasefire::by_oversight, "1", sim::between(0.0, 1.0),
                       "support that full political oversight of a follow-on gives, relative to good offices that reach all",
                       sim::source("assumed: a small mission in the capital", sim::Grade::D), sim::raises("process_support")),
        sim::parameter("by_good_offices", &Ceasefire::by_good_offices, "1", sim::between(0.0, 1.0),
                       "share of what the agreement's own mechanism misses that good offices see",
                       sim::source("assumed", sim::Grade::D), sim::raises("verification")),
        sim::parameter("by_patrols", &Ceasefire::by_patrols, "1", sim::between(0.0, 1.0),
                       "share of the rest that patrols see where they reach all", sim::source("assumed", sim::Grade::D),
                       sim::raises("verification")),
        sim::parameter("by_observers", &Ceasefire::by_observers, "1", sim::between(0.0, 1.0),
                       "share of the rest that observers see where they reach all", sim::source("assumed", sim::Grade::D),
                       sim::raises("verification")),
        sim::parameter("observers_reference", &Ceasefire::observers_reference, "1", sim::above(0.0),
                       "observers per 1,000 people that reach two thirds of them",
                       sim::source("Liberia and Sudan: some hundred observers for millions (from memory)", sim::Grade::D),
                       sim::lowers("verification")),
        sim::parameter("mend", &Ceasefire::mend, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a ceasefire that is kept comes to hold", sim::source("assumed: a year", sim::Grade::D),
                       sim::moves("ceasefire")),
        sim::parameter("breach", &Ceasefire::breach, "1", sim::between(0.0, 1.0),
                       "share of a ceasefire lost to one breach by each party", sim::source("assumed", sim::Grade::D),
                       sim::lowers("ceasefire")),
        sim::parameter("open_breach", &Ceasefire::open_breach, "week^-1", sim::between(0.0, 100.0),
                       "least breaches of a party that fights; half of it for one that harasses",
                       sim::source("design: once a week", sim::Grade::D), sim::lowers("ceasefire")),
        sim::parameter("memory_half_life", &Ceasefire::memory_half_life, "weeks", sim::above(0.0),
                       "half-life of the memory of breaches that were seen", sim::source("assumed: two months", sim::Grade::D),
                       sim::raises("group_recent_violations")));

    void step(sim::View<Ceasefire> state, const sim::Step& now) const;
};

}  // namespace drawdown
