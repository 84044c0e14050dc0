#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Personnel move towards the plan's target, no faster than the mission can lift them. The mission closes when the last have
/// gone.
struct Deployment {
    double lift_per_week = 900.0;

    static constexpr std::string_view name = "deployment";
    static constexpr auto reads = sim::columns(region_component::target);
    static constexpr auto writes =
        sim::columns(region_component::strength, country::mission_strength, country::mission_open, country::weeks_since_exit);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("lift_per_week", &Deployment::lift_per_week, "persons week^-1", sim::above(0.0),
                                       "personnel that can be moved in or out in a week",
                                       sim::source("Mali 2023: 13,000 in about 26 weeks, faster at the end", sim::Grade::B)));

    void step(sim::View<Deployment> state, const sim::Step& now) const;
};

/// What the mission's personnel reach: coverage of each activity in each region.
///
/// coverage = 1 - exp(-ln3 staff / (reference per 1,000 people)), staff = sum over components of strength x allocation, times
/// access. Access falls with remoteness and with obstruction: weight of the activity x (1 - consent), consent being the mean of
/// the host government's and the region's. Civilian activities also need security. Forms: JPL Athena (coverage); Duursma 2020 and
/// the UNMISS/MINUSCA study in Civil Wars 2023 (obstruction differs by activity).
struct Activities {
    double patrol_reference = 25.0;
    double policing_reference = 3.0;
    double mentoring_reference = 0.6;
    double dialogue_reference = 0.2;
    double quick_impact_reference = 0.3;
    double information_reference = 0.3;
    double formed_police_on_patrol = 0.5;
    double police_mentoring = 0.6;
    double civilians_in_dialogue = 0.25;
    double civilians_mentoring = 0.15;
    double remoteness_cost = 0.4;
    double patrol_obstruction = 0.6;
    double policing_obstruction = 0.5;
    double mentoring_obstruction = 1.0;
    double civil_obstruction = 0.8;
    double security_needed = 0.3;

    static constexpr std::string_view name = "activities";
    static constexpr auto reads = sim::columns(region_component::strength, region::population, region::remoteness,
                                               region::consent, region::security_level, country::consent, country::mission_open);
    static constexpr auto writes = sim::columns(region_activity::coverage);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("patrol_reference", &Activities::patrol_reference, "1", sim::above(0.0),
                       "patrolling staff per 1,000 people that reach two thirds of them",
                       sim::source("JPL Athena: 25 for presence and patrol", sim::Grade::B)),
        sim::parameter("policing_reference", &Activities::policing_reference, "1", sim::above(0.0),
                       "police per 1,000 people that reach two thirds of them",
                       sim::source("Quinlivan 1995: calm societies have 1 to 4 police per 1,000", sim::Grade::B)),
        sim::parameter("mentoring_reference", &Activities::mentoring_reference, "1", sim::above(0.0),
                       "mentors per 1,000 people that reach two thirds of the institutions",
                       sim::source("assumed: about one mentor to two local police", sim::Grade::D)),
        sim::parameter("dialogue_reference", &Activities::dialogue_reference, "1", sim::above(0.0),
                       "dialogue staff per 1,000 people that reach two thirds of them",
                       sim::source("assumed from UNOCI's 777 dialogue events in 107 departments", sim::Grade::C)),
        sim::parameter("quick_impact_reference", &Activities::quick_impact_reference, "1", sim::above(0.0),
                       "programme staff per 1,000 people that reach two thirds of them",
                       sim::source("JPL Athena: 20 for relief with own labour; programmes buy labour", sim::Grade::D)),
        sim::parameter("information_reference", &Activities::information_reference, "1", sim::above(0.0),
                       "communication staff per 1,000 people that reach two thirds of them",
                       sim::source("assumed: a radio reaches most with few staff", sim::Grade::D)),
        sim::parameter("formed_police_on_patrol", &Activities::formed_police_on_patrol, "1", sim::between(0.0, 1.0),
                       "share of formed police who patrol; the rest police crowds", sim::source("assumed", sim::Grade::D)),
        sim::parameter("police_mentoring", &Activities::police_mentoring, "1", sim::between(0.0, 1.0),
                       "share of individual police who mentor; the rest police", sim::source("assumed", sim::Grade::D)),
        sim::parameter("civilians_in_dialogue", &Activities::civilians_in_dialogue, "1", sim::between(0.0, 0.5),
                       "share of civilians in dialogue", sim::source("assumed: civil and political affairs", sim::Grade::D)),
        sim::parameter("civilians_mentoring", &Activities::civilians_mentoring, "1", sim::between(0.0, 0.5),
                       "share of civilians who mentor; of the rest half each inform and run programmes",
                       sim::source("assumed: rule of law, corrections", sim::Grade::D)),
        sim::parameter("remoteness_cost", &Activities::remoteness_cost, "1", sim::between(0.0, 1.0),
                       "access lost in the remotest region", sim::source("assumed: roads in the rains", sim::Grade::D)),
        sim::parameter("patrol_obstruction", &Activities::patrol_obstruction, "1", sim::between(0.0, 1.0),
                       "patrols lost without consent",
                       sim::source("Civil Wars 2023 (UNMISS, MINUSCA): differs by activity; size judged", sim::Grade::C)),
        sim::parameter("policing_obstruction", &Activities::policing_obstruction, "1", sim::between(0.0, 1.0),
                       "policing lost without consent", sim::source("as for patrols", sim::Grade::C)),
        sim::parameter("mentoring_obstruction", &Activities::mentoring_obstruction, "1", sim::between(0.0, 1.0),
                       "mentoring lost without consent", sim::source("needs a willing host; size judged", sim::Grade::C)),
        sim::parameter("civil_obstruction", &Activities::civil_obstruction, "1", sim::between(0.0, 1.0),
                       "dialogue, programmes and information lost without consent", sim::source("as for patrols", sim::Grade::C)),
        sim::parameter("security_needed", &Activities::security_needed, "1", sim::between(0.0, 0.95),
                       "security below which civilian activities stop",
                       sim::source("JPL Athena: civilian activities need high security; level judged", sim::Grade::C)));

    void step(sim::View<Activities> state, const sim::Step& now) const;
};

/// What the mission costs, and its misconduct.
///
/// Cost a year = fixed + per_head x uniformed, while it is open: UNMIL's budgets of 2005/06 to 2011/12 follow 239 million +
/// 31,100 USD for each uniformed (R2 0.995). `half_size` bends the fixed part for small missions, fixed U / (U + half_size); 0 is
/// the straight line. The money is booked to contingents, civilians and operations. Misconduct arises per personnel-week, falls
/// with oversight by civilians, and is remembered with a half-life (CML 1.1.4).
struct MissionCost {
    double fixed_musd = 239.0;
    double per_head_usd = 31100.0;
    double half_size = 0.0;
    double misconduct_rate = 0.00004;
    double misconduct_half_life = 52.0;
    double oversight = 0.5;
    double full_oversight = 0.2;
    double memory_per_case = 0.02;

    static constexpr std::string_view name = "mission_cost";
    static constexpr auto reads = sim::columns(country::mission_strength, country::mission_open, region_component::strength);
    static constexpr auto writes = sim::columns(country::assessed_cost, country::received, country::spent, country::misconduct);
    static constexpr auto streams = sim::streams({"misconduct"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("fixed", &MissionCost::fixed_musd, "million USD year^-1", sim::between(0.0, 1e5),
                       "cost of an open mission that does not depend on its strength",
                       sim::source("regression on UNMIL budgets 2005/06-2011/12 (EVIDENCE 87)", sim::Grade::A)),
        sim::parameter("per_head", &MissionCost::per_head_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "cost of one uniformed person",
                       sim::source("regression on UNMIL budgets 2005/06-2011/12 (EVIDENCE 87)", sim::Grade::A)),
        sim::parameter("half_size", &MissionCost::half_size, "persons", sim::at_least(0.0),
                       "strength at which half of the fixed cost is left; 0: all of it",
                       sim::source("0 is the published relation; about 700 fits UNMIL's last two years", sim::Grade::C)),
        sim::parameter("misconduct_rate", &MissionCost::misconduct_rate, "week^-1", sim::between(0.0, 1.0),
                       "cases of misconduct per uniformed person without oversight",
                       sim::source("about 10 to 20 reported cases a year in UNMIL, most unreported", sim::Grade::C)),
        sim::parameter("misconduct_half_life", &MissionCost::misconduct_half_life, "weeks", sim::above(0.0),
                       "half-life of the memory of misconduct", sim::source("assumed", sim::Grade::D)),
        sim::parameter("oversight", &MissionCost::oversight, "1", sim::between(0.0, 1.0),
                       "share of misconduct that full civilian oversight prevents", sim::source("assumed", sim::Grade::D)),
        sim::parameter("full_oversight", &MissionCost::full_oversight, "1", sim::above(0.0),
                       "civilians for each uniformed person that are full oversight",
                       sim::source("assumed: UNMIL had about one to five", sim::Grade::D)),
        sim::parameter("memory_per_case", &MissionCost::memory_per_case, "1", sim::between(0.0, 1.0),
                       "part of the scale that one remembered case fills", sim::source("assumed: fifty fill it", sim::Grade::D)));

    void step(sim::View<MissionCost> state, const sim::Step& now) const;
    /// Cases of misconduct expected in a week from `uniformed` persons, watched by `civilians`.
    [[nodiscard]] double cases_per_week(double uniformed, double civilians) const;
    /// Memory of misconduct that such a mission holds in the long run; where a run starts.
    [[nodiscard]] double resting_memory(double uniformed, double civilians) const;
    /// Cost in USD a year of a mission of `uniformed` persons.
    [[nodiscard]] double yearly_cost(double uniformed) const;
};

}  // namespace drawdown
