#pragma once

#include <array>
#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Events of violence by kind and region, and who dies in them.
///
/// Events are Poisson with rate  base + excitation, and excite themselves: each event adds `triggered` further ones in
/// expectation, a share of them in the regions beside it, with a memory half-life (Lewis et al. 2012: 37 to 50 % of events are
/// triggered, memory 2 to 6 weeks; Hawkes process in discrete weeks). Base rates, per week:
///   state-based     attacks on the state that groups intend
///   one-sided       attacks on civilians that groups intend; by the state, abuse x the attacks that it meets
///   between groups  attacks on rivals that groups intend
///   communal        per million people, with grievance, friction and tension, less early warning, mediation and policing
///   mob             per million people, with tension, distrust and rumour, less policing
///   on aid, mission attacks on them that groups intend
/// What armed groups do or provoke happens only where fighters of one that is out of the agreement are.
/// Troops lower state-based, between-group and groups' one-sided violence by exp(-b T), T the mission's thousands near the place,
/// police lower communal and mob violence, both with diminishing returns (EVIDENCE 1.3, priors 1.9). Where nobody holds a region,
/// communal and mob violence are higher.
///
/// When troops and police leave a region, the share that left is remembered and fades: political violence there is higher by
/// exp(spike W), and, as long as a slower memory V lasts, one-sided violence by the state in the regions beside it by
/// exp(spill V) (EVIDENCE 56-63). Deaths of an event follow a Pareto law with cut-off (Richardson 1948; Bohorquez et al. 2009),
/// in battles no more than a part of the weaker side there and as many of the other, split between the sides in inverse
/// proportion to their strength (contest function), civilians apart.
struct ViolenceEvents {
    double triggered = 0.40;
    double memory_half_life = 3.0;
    double state_one_sided = 0.25;
    double communal_rate = 0.004;
    double mob_rate = 0.025;
    double tension_effect = 4.0;
    double troops_on_battle = 0.07;
    double troops_on_one_sided = 0.25;
    double police_on_general = 0.30;
    double police_half = 400.0;
    double size_exponent = 1.5;
    double massacre_exponent = 1.3;
    double general_size_exponent = 2.2;
    double size_cutoff = 150.0;
    double battle_loss = 0.2;
    double massacre_cutoff = 600.0;
    double general_size_cutoff = 20.0;
    double mission_size_cutoff = 3.0;
    double civilian_share = 0.30;
    double exposure_half_life = 4.0;
    double spread = 0.2;
    double friction_effect = 1.0;
    double capacity_effect = 0.5;
    double lawless_effect = 0.5;
    double spike = 0.3;
    double spill = 0.2;
    double withdrawal_half_life = 8.7;
    double spill_half_life = 130.0;
    double withdrawal_floor = 20.0;
    double aid_size_cutoff = 5.0;
    std::shared_ptr<const Geography> geography;

    static constexpr std::string_view name = "violence";
    static constexpr auto reads = sim::columns(
        region_group::fighters, region_group::on_state, region_group::on_rivals, region_group::on_mission, region_group::on_aid,
        region_group::on_civilians, group::alive, group::posture, group::arms, group::ally, group::spoiler, group::signatory,
        group::identity, identity::inclusion, identity_pair::relation, region::population, region::security, region::grievance,
        region::trust_state, region::abuse, region::friction, region::inter_group_fear, region::holder,
        region_component::strength, region_function::capacity, country::tension, country::mission_strength, community::region,
        community::rumour, community::residents);
    static constexpr auto writes =
        sim::columns(region_violence::excitation, region_violence::events, region_violence::deaths,
                     region_violence::fighters_dead, region_violence::forces_dead, region_group::losses, region::civilian_toll,
                     region::security_toll, region::exposure, region::withdrawal, region::emptied, region::mission_before,
                     country::battle_deaths_year, country::armed_conflict, country::worst_before, country::war);
    static constexpr auto streams = sim::streams({"violence", "violence_event"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("triggered", &ViolenceEvents::triggered, "1", sim::between(0.0, 0.95),
                       "further events that one event triggers", sim::source("Lewis et al. 2012: 37 to 50 %", sim::Grade::B),
                       sim::raises("events_violence"), sim::uncertain_by(0.1)),
        sim::parameter("memory_half_life", &ViolenceEvents::memory_half_life, "weeks", sim::above(0.0),
                       "half-life of that excitation", sim::source("Lewis et al. 2012: memory 2 to 6 weeks", sim::Grade::B),
                       sim::moves("events_violence")),
        sim::parameter(
            "state_one_sided", &ViolenceEvents::state_one_sided, "1", sim::between(0.0, 5.0),
            "one-sided events by the state relative to state-based ones, at full abuse",
            sim::source("governments do about a third of one-sided killing in UCDP (memory); with the attacks on civilians "
                        "of groups",
                        sim::Grade::C),
            sim::raises("events_violence/one_sided_state"), sim::uncertain_factor(0.5)),
        sim::parameter("communal_rate", &ViolenceEvents::communal_rate, "week^-1", sim::between(0.0, 10.0),
                       "communal events per million people at full grievance",
                       sim::source("UCDP non-state violence, Liberia 2004-18: none; press: a few clashes a year", sim::Grade::C),
                       sim::raises("events_violence/communal"), sim::uncertain_factor(0.7)),
        sim::parameter("mob_rate", &ViolenceEvents::mob_rate, "week^-1", sim::between(0.0, 10.0),
                       "mob and electoral events with deaths per million people at no trust",
                       sim::source("press on mob justice in Liberia: tens of deaths a year", sim::Grade::C),
                       sim::raises("events_violence/mob")),
        sim::parameter("tension_effect", &ViolenceEvents::tension_effect, "1", sim::between(0.0, 50.0),
                       "relative rise of mob and communal events at full tension",
                       sim::source("Smidt et al. 2021: spikes around votes; size judged", sim::Grade::C),
                       sim::raises("events_violence/mob")),
        sim::parameter("troops_on_battle", &ViolenceEvents::troops_on_battle, "1", sim::between(0.0, 1.0),
                       "fall of log state-based events per 1,000 troops",
                       sim::source("Hultman, Kathman and Shannon 2014; prior 0.07, sd 0.05 (EVIDENCE 1.9)", sim::Grade::B),
                       sim::lowers("events_violence/state_based"), sim::uncertain_by(0.05)),
        sim::parameter("troops_on_one_sided", &ViolenceEvents::troops_on_one_sided, "1", sim::between(0.0, 2.0),
                       "fall of log one-sided events by groups per 1,000 troops",
                       sim::source("Hultman, Kathman and Shannon 2013; prior 0.25, sd 0.15 (EVIDENCE 1.9)", sim::Grade::B),
                       sim::lowers("events_violence/one_sided_group"), sim::uncertain_by(0.15)),
        sim::parameter("police_on_general", &ViolenceEvents::police_on_general, "1", sim::between(0.0, 2.0),
                       "fall of log communal and mob events per 100 police, first hundreds",
                       sim::source("Bara 2020; prior 0.3, sd 0.25 (EVIDENCE 1.9)", sim::Grade::B),
                       sim::lowers("events_violence/mob"), sim::uncertain_by(0.25)),
        sim::parameter("police_half", &ViolenceEvents::police_half, "persons", sim::above(0.0),
                       "police at which half of their greatest effect is reached",
                       sim::source("assumed: beyond the range of the data", sim::Grade::D), sim::lowers("events_violence/mob")),
        sim::parameter(
            "size_exponent", &ViolenceEvents::size_exponent, "1", sim::between(1.01, 10.0),
            "Pareto exponent (of the exceedance) of deaths in organised events",
            sim::source("Bohorquez et al. 2009: density exponent about 2.5 in insurgencies, 1.5 for the exceedance (from memory)",
                        sim::Grade::C),
            sim::lowers("deaths/state_based"), sim::uncertain_by(0.15)),
        sim::parameter(
            "massacre_exponent", &ViolenceEvents::massacre_exponent, "1", sim::between(1.01, 10.0),
            "tail exponent of the deaths of an attack on civilians",
            sim::source("monthly counts of civilians killed are extremely bursty (EVIDENCE 41); size judged", sim::Grade::C),
            sim::lowers("deaths/one_sided_group")),
        sim::parameter("general_size_exponent", &ViolenceEvents::general_size_exponent, "1", sim::between(1.01, 10.0),
                       "Pareto exponent of deaths in communal and mob events",
                       sim::source("assumed: mostly one death", sim::Grade::D), sim::lowers("deaths/mob")),
        sim::parameter("size_cutoff", &ViolenceEvents::size_cutoff, "persons", sim::between(1.0, 10000.0),
                       "largest number of deaths in one battle",
                       sim::source("UCDP events of Liberia: largest single events", sim::Grade::C),
                       sim::raises("deaths/state_based")),
        sim::parameter(
            "battle_loss", &ViolenceEvents::battle_loss, "1", sim::between(0.0, 1.0),
            "greatest share of the weaker side's people in the region whom a battle kills, with as many of the other's",
            sim::source("assumed: who loses a fifth breaks off", sim::Grade::D), sim::raises("deaths/state_based")),
        sim::parameter("massacre_cutoff", &ViolenceEvents::massacre_cutoff, "persons", sim::between(1.0, 10000.0),
                       "largest number of civilians killed at one time",
                       sim::source("Mali: at least 500 in Moura in March 2022 (OHCHR, May 2023)", sim::Grade::C),
                       sim::raises("deaths/one_sided_state")),
        sim::parameter("general_size_cutoff", &ViolenceEvents::general_size_cutoff, "persons", sim::between(1.0, 10000.0),
                       "largest number of deaths in a communal or mob event", sim::source("assumed", sim::Grade::D),
                       sim::raises("deaths/mob")),
        sim::parameter("mission_size_cutoff", &ViolenceEvents::mission_size_cutoff, "persons", sim::between(1.0, 1000.0),
                       "largest number of peacekeepers killed in one event; they are not of the population",
                       sim::source("most fatal attacks on UNMIL's neighbours killed few; assumed", sim::Grade::D),
                       sim::raises("deaths/against_mission")),
        sim::parameter("civilian_share", &ViolenceEvents::civilian_share, "1", sim::between(0.0, 1.0),
                       "share of civilians among the dead of state-based events",
                       sim::source("UCDP events extract: deaths_civilians over deaths", sim::Grade::B),
                       sim::raises("civilian_deaths")),
        sim::parameter("exposure_half_life", &ViolenceEvents::exposure_half_life, "weeks", sim::above(0.0),
                       "half-life of the exposure that violence leaves",
                       sim::source("Bennett 2008 has none; assumed: a month", sim::Grade::D), sim::raises("fear")),
        sim::parameter("spread", &ViolenceEvents::spread, "1", sim::between(0.0, 1.0),
                       "share of triggered events that come in the regions beside the first",
                       sim::source("MODEL: violence shifts in space; size judged", sim::Grade::D), sim::moves("events_violence")),
        sim::parameter("friction_effect", &ViolenceEvents::friction_effect, "1", sim::between(0.0, 20.0),
                       "relative rise of communal events at full friction between identity groups",
                       sim::source("MODEL: relations between groups; size judged", sim::Grade::D),
                       sim::raises("events_violence/communal")),
        sim::parameter("capacity_effect", &ViolenceEvents::capacity_effect, "1", sim::between(0.0, 1.0),
                       "share of communal events that full police capacity prevents", sim::source("assumed", sim::Grade::D),
                       sim::lowers("events_violence/communal")),
        sim::parameter("lawless_effect", &ViolenceEvents::lawless_effect, "1", sim::between(0.0, 20.0),
                       "relative rise of communal and mob events where nobody holds the region",
                       sim::source("JPL Athena: chaos is a state with its own rules; size judged", sim::Grade::D),
                       sim::raises("events_violence/mob")),
        sim::parameter("spike", &ViolenceEvents::spike, "1", sim::between(0.0, 5.0),
                       "rise of log political violence where the whole mission has just left",
                       sim::source("Smidt et al. 2021 and later; prior 0.3, sd 0.3 (EVIDENCE 1.9)", sim::Grade::B),
                       sim::raises("events_violence/state_based"), sim::uncertain_by(0.3)),
        sim::parameter("spill", &ViolenceEvents::spill, "1", sim::between(0.0, 5.0),
                       "rise of log one-sided violence by the state beside a region that the whole mission has left",
                       sim::source("Kunkel et al. 2026; prior 0.2, sd 0.15 (EVIDENCE 1.9)", sim::Grade::B),
                       sim::raises("events_violence/one_sided_state"), sim::uncertain_by(0.15)),
        sim::parameter("withdrawal_half_life", &ViolenceEvents::withdrawal_half_life, "weeks", sim::above(0.0),
                       "half-life of what a withdrawal does where it happens",
                       sim::source("Smidt et al. 2021 and later: half-life 2 months (EVIDENCE 1.9)", sim::Grade::B),
                       sim::raises("events_violence/state_based"), sim::uncertain_factor(0.7)),
        sim::parameter(
            "spill_half_life", &ViolenceEvents::spill_half_life, "weeks", sim::above(0.0),
            "half-life of what a withdrawal does beside the region",
            sim::source("Kunkel et al. 2026 give a mean over all months after; legacy of missions 2.5 years (EVIDENCE 1.9)",
                        sim::Grade::C),
            sim::raises("events_violence/one_sided_state"), sim::uncertain_factor(0.7)),
        sim::parameter("withdrawal_floor", &ViolenceEvents::withdrawal_floor, "persons", sim::above(0.0),
                       "strength in a region of which only half counts when it leaves",
                       sim::source("assumed: a team site", sim::Grade::D), sim::lowers("events_violence/state_based")),
        sim::parameter("aid_size_cutoff", &ViolenceEvents::aid_size_cutoff, "persons", sim::between(1.0, 1000.0),
                       "largest number of deaths in an attack on aid", sim::source("assumed", sim::Grade::D),
                       sim::raises("deaths/against_aid")));

    void step(sim::View<ViolenceEvents> state, const sim::Step& now) const;

  private:
    using Rates = std::array<double, violence_count>;  ///< by kind, per week
    /// What bears on violence in one region.
    struct Place {
        double people = 0.0;  ///< residents of its communities
        double rumour = 0.0;  ///< share who believe one
        double withdrawal = 0.0;
        double beside = 0.0;  ///< greatest share that left in the regions beside it
    };
    /// Who died in one event.
    struct Toll {
        std::int64_t civilians = 0, forces = 0, fighters = 0;
        int actor = -1;
        [[nodiscard]] std::int64_t all() const { return civilians + forces + fighters; }
    };
    [[nodiscard]] std::vector<Place> places(const sim::View<ViolenceEvents>& state, const sim::Step& now) const;
    [[nodiscard]] Rates base_rates(const sim::View<ViolenceEvents>& state, std::size_t region, const Place& place) const;
    [[nodiscard]] Toll battle(const sim::View<ViolenceEvents>& state, std::size_t region, Violence kind, std::int64_t size,
                              sim::Rng& rng) const;
    [[nodiscard]] Toll event(const sim::View<ViolenceEvents>& state, std::size_t region, Violence kind, std::int64_t number,
                             const sim::Step& now) const;
    [[nodiscard]] static bool contested(const sim::View<ViolenceEvents>& state, std::size_t region);
    [[nodiscard]] static bool possible(Violence kind, bool contested, double mission);
    void excite(const sim::View<ViolenceEvents>& state, const sim::Step& now) const;
    static void count_year(const sim::View<ViolenceEvents>& state);
};

}  // namespace drawdown
