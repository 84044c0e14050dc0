#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Tells what many people do at once: waves of flight and of return, fighters who begin to move into camps, programmes that end.
///
/// A wave begins when those who fled (or returned) of late, fading with a half-life of a month, reach `large` of the region's
/// people and 100, and ends at half of that; it is logged when it begins. Moves nothing but the log.
struct Movements {
    double large = 0.01;

    static constexpr std::string_view name = "movements";
    static constexpr auto reads =
        sim::columns(region::newly_displaced, region::returned, region::population, region::exposure, region::cantoned,
                     region::in_programme, region_group::fighters, region_group::joins_disarmament, region_activity::reach,
                     activity::paid, country::mission_open, country::emigrated);
    static constexpr auto writes = sim::columns(region::fled_lately, region::returned_lately, region::waves);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("large", &Movements::large, "1", sim::between(0.0001, 1.0),
                                       "share of a region's people whose flight or return makes a wave",
                                       sim::source("assumed: reports of displacement name such numbers", sim::Grade::D)));

    void step(sim::View<Movements> state, const sim::Step& now) const;
};

}  // namespace drawdown
