#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Protection sites: room for those who flee, beside bases where violence is high; camps come under the sway of fighters.
///
/// Where the mission keeps sites, one opens where recent violence passes `opens_at` and troops are there; its room is
/// `room_per_soldier` x troops. It closes when it is empty and calm, or when the troops leave: those who are in it then join the
/// displaced around it (process `return`). A siege begins with an attack by more than its guards, and is over after a quarter
/// without one. Militarisation relaxes to the share of fighters among those around, less patrols (CML 6.5).
struct Sites {
    double opens_at = 3.0;
    double room_per_soldier = 15.0;
    double militarisation_rate = 0.05;
    double fighters_half = 0.002;
    MissionInput mission;

    static constexpr std::string_view name = "sites";
    static constexpr auto reads =
        sim::columns(region::exposure, region::sites, region::displaced, region::population, region_component::strength,
                     region_group::fighters, region_group::on_civilians, region_activity::reach);
    static constexpr auto writes = sim::columns(region::site_capacity, region::siege_weeks, region::camp_militarised);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("opens_at", &Sites::opens_at, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which bases open their gates",
                       sim::source("South Sudan, December 2013; level judged", sim::Grade::C), sim::lowers("site_capacity")),
        sim::parameter("room_per_soldier", &Sites::room_per_soldier, "1", sim::between(0.0, 1000.0),
                       "persons sheltered for each soldier",
                       sim::source("South Sudan: up to 200,000 beside about 12,000 troops (from memory)", sim::Grade::C),
                       sim::raises("site_capacity")),
        sim::parameter("militarisation_rate", &Sites::militarisation_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which camps come under fighters' sway", sim::source("assumed", sim::Grade::D),
                       sim::raises("camp_militarised")),
        sim::parameter("fighters_half", &Sites::fighters_half, "1", sim::above(0.0),
                       "fighters over people at which camps are half under their sway", sim::source("assumed", sim::Grade::D),
                       sim::lowers("camp_militarised")));

    void step(sim::View<Sites> state, const sim::Step& now) const;
};

}  // namespace drawdown
