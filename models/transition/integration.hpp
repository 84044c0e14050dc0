#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

struct Inputs;

/// How far mission and country team work as one, and how well the mission sees.
///
/// Integration relaxes at `rate` towards  level x C / (C + half_staff) x support  while the mission is open (level from the
/// scenario, C civilian staff, support = 1 - support_part (1 - S / (S + half_support)) with S support staff), towards 0 without
/// a mission: the plan outlives those who made it by months, not years (CML 2).
///
/// Sight = floor + (1 - floor) seen analysis: of what happens in a region the share
///     seen = 1 - exp(-(ln3 observers access / (reference per 1,000 people) + liaison d + patrol p + warning w))
/// is seen or heard of, by observers (eyes, not protection: EVIDENCE T5), community liaison (coverage d of dialogue), patrols
/// (coverage p) and early warning by communities (mean w); analysis = 1 - analysis_loss (1 - integration). What others observe
/// has an error that falls with sight.
struct Integration {
    double rate = 0.04;
    double half_staff = 50.0;
    double half_support = 20.0;
    double support_part = 0.3;
    double observers_reference = 0.05;
    double patrol_eyes = 4.0;
    double liaison_eyes = 3.0;
    double warning_eyes = 0.5;
    double analysis_loss = 0.4;
    double sight_floor = 0.1;
    double level = 0.5;  ///< of integration that the mission's set-up allows; from [mission]

    static constexpr std::string_view name = "integration";
    static constexpr auto reads = sim::columns(region_component::strength, region_activity::coverage, region::population,
                                               region::obstruction, community::early_warning, country::mission_open);
    static constexpr auto writes = sim::columns(country::integration, country::sight);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Integration::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which joint work follows what staff allows", sim::source("assumed: half a year", sim::Grade::D),
                       sim::moves("integration")),
        sim::parameter("half_staff", &Integration::half_staff, "persons", sim::at_least(0.0),
                       "civilian staff with whom half of the planned integration is kept",
                       sim::source("assumed: a joint operations and an analysis centre", sim::Grade::D),
                       sim::lowers("integration")),
        sim::parameter("half_support", &Integration::half_support, "persons", sim::above(0.0),
                       "support staff with whom half of what support gives is kept", sim::source("assumed", sim::Grade::D),
                       sim::lowers("integration")),
        sim::parameter("support_part", &Integration::support_part, "1", sim::between(0.0, 1.0),
                       "part of integration that needs common support", sim::source("assumed", sim::Grade::D),
                       sim::lowers("integration")),
        sim::parameter("observers_reference", &Integration::observers_reference, "1", sim::above(0.0),
                       "observers per 1,000 people that see two thirds", sim::source("assumed", sim::Grade::D),
                       sim::lowers("sight")),
        sim::parameter("patrol_eyes", &Integration::patrol_eyes, "1", sim::between(0.0, 50.0),
                       "how much of what happens full patrolling sees: exponent of the share that stays unseen",
                       sim::source("assumed", sim::Grade::D), sim::raises("sight")),
        sim::parameter("liaison_eyes", &Integration::liaison_eyes, "1", sim::between(0.0, 50.0),
                       "how much of what happens full community liaison hears of: exponent of the share that stays unseen",
                       sim::source("assumed", sim::Grade::D), sim::raises("sight")),
        sim::parameter("warning_eyes", &Integration::warning_eyes, "1", sim::between(0.0, 50.0),
                       "how much of what happens early warning by communities reports: exponent of the share that stays unseen",
                       sim::source("assumed", sim::Grade::D), sim::raises("sight")),
        sim::parameter("analysis_loss", &Integration::analysis_loss, "1", sim::between(0.0, 1.0),
                       "part of what is seen that is lost without joint analysis",
                       sim::source("CML 2: joint analysis; size judged", sim::Grade::D), sim::lowers("sight")),
        sim::parameter("sight_floor", &Integration::sight_floor, "1", sim::between(0.0, 1.0),
                       "what press and embassies see without a mission", sim::source("assumed", sim::Grade::D),
                       sim::raises("sight")));

    /// Integration that a mission of such civilian and support staff tends to.
    [[nodiscard]] double sustained(double civilians, double support) const;
    void step(sim::View<Integration> state, const sim::Step& now) const;
};

/// Integration and paid activities as a run begins. Armed groups consent as the government does until their own consent starts.
void start_mission(sim::State& state, const Inputs& in);

}  // namespace drawdown
