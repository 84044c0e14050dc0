#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Events of violence by type and region, and who dies in them.
///
/// Events are Poisson with rate  base + excitation, and excite themselves: each event adds `triggered` further ones in
/// expectation, with a memory half-life (Lewis et al. 2012: 37 to 50 % of events are triggered, memory 2 to 6 weeks; Hawkes
/// process in discrete weeks). Base rates, per week:
///   state-based   battle_rate (n / 100)^exponent for n fighters of a group that fights, a share of it if it harasses
///   one-sided     a share of that by the group; abuse x fighting by the state
///   communal      per million people, with grievance and tension, less dialogue and policing
///   mob           per million people, with tension, distrust and rumour, less policing
///   on mission    a share of state-based where peacekeepers are
/// Troops lower state-based and groups' one-sided violence by exp(-b T), T the mission's thousands near the place, police lower
/// communal and mob violence, both with diminishing returns (EVIDENCE 1.3, priors 1.9). Deaths of an event follow a Pareto law
/// with cut-off (Richardson 1948; Bohorquez et al. 2009), split between the sides in inverse proportion to their strength
/// (contest function), civilians apart.
struct ViolenceEvents {
    double triggered = 0.40;
    double memory_half_life = 3.0;
    double battle_rate = 0.4;
    double battle_exponent = 0.7;
    double harass_share = 0.05;
    double one_sided_share = 0.25;
    double state_one_sided = 0.10;
    double communal_rate = 0.004;
    double mob_rate = 0.025;
    double tension_effect = 4.0;
    double on_mission_share = 0.10;
    double troops_on_battle = 0.07;
    double troops_on_one_sided = 0.25;
    double police_on_general = 0.30;
    double police_half = 400.0;
    double size_exponent = 1.5;
    double general_size_exponent = 2.2;
    double size_cutoff = 150.0;
    double general_size_cutoff = 20.0;
    double mission_size_cutoff = 3.0;
    double civilian_share = 0.30;
    double exposure_half_life = 4.0;

    static constexpr std::string_view name = "violence";
    static constexpr auto reads = sim::columns(
        region_group::fighters, group::posture, group::arms, region::population, region::security, region::grievance,
        region::trust_state, region::abuse, region_activity::coverage, region_component::strength, region_function::capacity,
        country::tension, country::mission_strength, community::region, community::rumour, community::residents);
    static constexpr auto writes =
        sim::columns(region_violence::excitation, region_violence::events, region_violence::deaths, region_group::losses,
                     region::civilian_toll, region::security_toll, region::exposure, country::battle_deaths_year,
                     country::armed_conflict, country::war);
    static constexpr auto streams = sim::streams({"violence", "violence_event"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("triggered", &ViolenceEvents::triggered, "1", sim::between(0.0, 0.95),
                       "further events that one event triggers", sim::source("Lewis et al. 2012: 37 to 50 %", sim::Grade::B)),
        sim::parameter("memory_half_life", &ViolenceEvents::memory_half_life, "weeks", sim::above(0.0),
                       "half-life of that excitation", sim::source("Lewis et al. 2012: memory 2 to 6 weeks", sim::Grade::B)),
        sim::parameter(
            "battle_rate", &ViolenceEvents::battle_rate, "week^-1", sim::between(0.0, 100.0),
            "state-based events of a group of 100 that fights",
            sim::source("set so that 2,000 fighters give several hundred deaths a year; not calibrated", sim::Grade::C)),
        sim::parameter("battle_exponent", &ViolenceEvents::battle_exponent, "1", sim::between(0.0, 2.0),
                       "growth of events with the group's size", sim::source("assumed: less than proportional", sim::Grade::D)),
        sim::parameter("harass_share", &ViolenceEvents::harass_share, "1", sim::between(0.0, 1.0),
                       "events of a group that harasses relative to one that fights", sim::source("assumed", sim::Grade::D)),
        sim::parameter("one_sided_share", &ViolenceEvents::one_sided_share, "1", sim::between(0.0, 5.0),
                       "one-sided events by a group relative to its state-based ones",
                       sim::source("UCDP events of Liberia, Mali, Cote d'Ivoire: about a quarter", sim::Grade::B)),
        sim::parameter("state_one_sided", &ViolenceEvents::state_one_sided, "1", sim::between(0.0, 5.0),
                       "one-sided events by the state relative to state-based ones, at full abuse",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("communal_rate", &ViolenceEvents::communal_rate, "week^-1", sim::between(0.0, 10.0),
                       "communal events per million people at full grievance",
                       sim::source("UCDP non-state violence, Liberia 2004-18: none; press: a few clashes a year", sim::Grade::C)),
        sim::parameter("mob_rate", &ViolenceEvents::mob_rate, "week^-1", sim::between(0.0, 10.0),
                       "mob and electoral events with deaths per million people at no trust",
                       sim::source("press on mob justice in Liberia: tens of deaths a year", sim::Grade::C)),
        sim::parameter("tension_effect", &ViolenceEvents::tension_effect, "1", sim::between(0.0, 50.0),
                       "relative rise of mob and communal events at full tension",
                       sim::source("Smidt et al. 2021: spikes around votes; size judged", sim::Grade::C)),
        sim::parameter("on_mission_share", &ViolenceEvents::on_mission_share, "1", sim::between(0.0, 5.0),
                       "events against the mission relative to state-based ones, where patrols reach everybody",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("troops_on_battle", &ViolenceEvents::troops_on_battle, "1", sim::between(0.0, 1.0),
                       "fall of log state-based events per 1,000 troops",
                       sim::source("Hultman, Kathman and Shannon 2014; prior 0.07, sd 0.05 (EVIDENCE 1.9)", sim::Grade::B)),
        sim::parameter("troops_on_one_sided", &ViolenceEvents::troops_on_one_sided, "1", sim::between(0.0, 2.0),
                       "fall of log one-sided events by groups per 1,000 troops",
                       sim::source("Hultman, Kathman and Shannon 2013; prior 0.25, sd 0.15 (EVIDENCE 1.9)", sim::Grade::B)),
        sim::parameter("police_on_general", &ViolenceEvents::police_on_general, "1", sim::between(0.0, 2.0),
                       "fall of log communal and mob events per 100 police, first hundreds",
                       sim::source("Bara 2020; prior 0.3, sd 0.25 (EVIDENCE 1.9)", sim::Grade::B)),
        sim::parameter("police_half", &ViolenceEvents::police_half, "persons", sim::above(0.0),
                       "police at which half of their greatest effect is reached",
                       sim::source("assumed: beyond the range of the data", sim::Grade::D)),
        sim::parameter(
            "size_exponent", &ViolenceEvents::size_exponent, "1", sim::between(1.01, 10.0),
            "Pareto exponent (of the exceedance) of deaths in organised events",
            sim::source("Bohorquez et al. 2009: density exponent about 2.5 in insurgencies, 1.5 for the exceedance (from memory)",
                        sim::Grade::C)),
        sim::parameter("general_size_exponent", &ViolenceEvents::general_size_exponent, "1", sim::between(1.01, 10.0),
                       "Pareto exponent of deaths in communal and mob events",
                       sim::source("assumed: mostly one death", sim::Grade::D)),
        sim::parameter("size_cutoff", &ViolenceEvents::size_cutoff, "persons", sim::between(1.0, 10000.0),
                       "largest number of deaths in one event",
                       sim::source("UCDP events of Liberia: largest single events", sim::Grade::C)),
        sim::parameter("general_size_cutoff", &ViolenceEvents::general_size_cutoff, "persons", sim::between(1.0, 10000.0),
                       "largest number of deaths in a communal or mob event", sim::source("assumed", sim::Grade::D)),
        sim::parameter("mission_size_cutoff", &ViolenceEvents::mission_size_cutoff, "persons", sim::between(1.0, 1000.0),
                       "largest number of peacekeepers killed in one event; they are not of the population",
                       sim::source("most fatal attacks on UNMIL's neighbours killed few; assumed", sim::Grade::D)),
        sim::parameter("civilian_share", &ViolenceEvents::civilian_share, "1", sim::between(0.0, 1.0),
                       "share of civilians among the dead of state-based events",
                       sim::source("UCDP events extract: deaths_civilians over deaths", sim::Grade::B)),
        sim::parameter("exposure_half_life", &ViolenceEvents::exposure_half_life, "weeks", sim::above(0.0),
                       "half-life of the exposure that violence leaves",
                       sim::source("Bennett 2008 has none; assumed: a month", sim::Grade::D)));

    void step(sim::View<ViolenceEvents> state, const sim::Step& now) const;
};

/// Takes the dead of the step out of the population, person by person: fighters of the group that lost them, members of the
/// state's forces, and civilians, of communities drawn by their people, men of 15 to 59 more often than others. Victims leave a
/// memory in their community.
struct Casualties {
    double men_exposure = 3.0;
    double memory = 0.10;
    double community_half_life = 6.0;

    static constexpr std::string_view name = "casualties";
    static constexpr auto reads =
        sim::columns(person::status, person::location, person::group, person::sex, person::age, community::region,
                     community::residents, community::fighters, group::pay, country::population, country::fighters);
    static constexpr auto writes =
        sim::columns(person::weight, person::harm, community::violence, region_group::losses, region::civilian_toll,
                     region::security_toll, region_cohort::deaths, region_violence::deaths, country::battle_deaths_year,
                     country::violent_deaths, country::killed_fighters);
    static constexpr auto streams = sim::streams({"casualties", "casualties_memory"});
    static constexpr auto parameters =
        sim::parameters(sim::parameter("men_exposure", &Casualties::men_exposure, "1", sim::between(0.0, 50.0),
                                       "risk of men of 15 to 59 relative to others",
                                       sim::source("Ormhaug, Meier and Hernes 2009: most direct deaths are men", sim::Grade::B)),
                        sim::parameter("memory", &Casualties::memory, "1", sim::between(0.0, 1.0),
                                       "memory of victimisation that one death per 1,000 people leaves in a community",
                                       sim::source("assumed", sim::Grade::D)),
                        sim::parameter("community_half_life", &Casualties::community_half_life, "weeks", sim::above(0.0),
                                       "half-life of recent violence in a community",
                                       sim::source("assumed: as for a region, a little longer", sim::Grade::D)));

    void step(sim::View<Casualties> state, const sim::Step& now) const;
};

}  // namespace drawdown
