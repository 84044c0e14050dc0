#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Money of the armed groups: taxes where they control, loot where they are, a sponsor across the border; pay for their fighters.
///
/// Weak groups loot, strong ones tax (RebelGroup model). A group that complies keeps only a skeleton that costs a share of the
/// full pay.
struct GroupFinance {
    double tax = 0.02;
    double loot = 15.0;
    double loot_crowding = 300.0;
    double sponsor = 40000.0;
    double pay_usd = 10.0;
    double skeleton_pay = 0.2;

    static constexpr std::string_view name = "group_finance";
    static constexpr auto reads =
        sim::columns(region_group::fighters, region_group::control, region_group::affinity, region::resources, region::economy,
                     region::adults, region::spillover, region_activity::coverage, group::posture, group::fighters, group::alive);
    static constexpr auto writes = sim::columns(group::wealth, group::income, group::pay);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("tax", &GroupFinance::tax, "USD week^-1", sim::at_least(0.0),
                       "tax on an adult in a region that a group controls",
                       sim::source("assumed: about 1 USD a year from the poor", sim::Grade::D)),
        sim::parameter("loot", &GroupFinance::loot, "USD week^-1", sim::at_least(0.0),
                       "loot of one fighter where resources are richest and nobody patrols",
                       sim::source("assumed: wages of illicit mining in Liberia", sim::Grade::D)),
        sim::parameter("loot_crowding", &GroupFinance::loot_crowding, "fighters", sim::above(0.0),
                       "fighters in a region at which each finds half as much",
                       sim::source("assumed: sites are few", sim::Grade::D)),
        sim::parameter("sponsor", &GroupFinance::sponsor, "USD week^-1", sim::at_least(0.0),
                       "support to all groups across a wholly unstable border", sim::source("assumed", sim::Grade::D)),
        sim::parameter(
            "pay", &GroupFinance::pay_usd, "USD week^-1", sim::above(0.0), "pay due to a fighter",
            sim::source("Blattman and Annan 2016: recruiters offered 50 to 100 USD a month at the most", sim::Grade::C)),
        sim::parameter("skeleton_pay", &GroupFinance::skeleton_pay, "1", sim::between(0.0, 1.0),
                       "share of the pay that is due while the group complies", sim::source("assumed", sim::Grade::D)));

    void step(sim::View<GroupFinance> state, const sim::Step& now) const;
};

/// Armed groups decide to comply, harass or fight; and how hard they recruit.
///
/// Temptation to leave the agreement (Walter 1997; Kenwick on fading leverage; Stedman 1997 on types):
///     D = gain p_win + grievance G + spoils R + resolve + momentum [already out] - weariness W - cost F - guarantee leverage -
///     share I
///         - threshold
/// p_win: own fighting power over that and the state's; instability next door and political tension add a little; G: mean
/// grievance of its people; R: lootable resources; F: state forces per 1,000 people there; I: its commitment to what has been
/// implemented. Leverage is the *expected* one, (1 - exp(-weeks to exit / horizon)) times the mission's strength with diminishing
/// returns: to announce an exit acts before the exit does. Resolve drifts (Ornstein-Uhlenbeck). W grows while the group fights
/// and fades while it complies: a hurting stalemate ends wars (Zartman 1985). A group steps up with hazard rate L((D - step) /
/// width) and down with hazard calm_rate L((relief - D) / width).
struct GroupDecision {
    double gain = 0.6;
    double grievance_effect = 0.5;
    double spoils = 0.15;
    double cost = 0.15;
    double guarantee = 0.095;
    double share = 0.35;
    double threshold = 0.50;
    double momentum = 0.25;
    double weariness_effect = 0.90;
    double weariness_rate = 0.010;
    double step_to_fight = 0.15;
    double relief = 0.15;
    double width = 0.08;
    double rate = 0.05;
    double calm_rate = 0.03;
    double resolve_sd = 0.10;
    double resolve_half_life = 52.0;
    double horizon_weeks = 52.0;
    double strength_half = 1500.0;
    double potential = 0.10;
    double recruiting_comply = 0.002;
    double recruiting_harass = 0.2;
    double patrols_on_recruiting = 0.5;
    double spillover_effect = 0.10;
    double tension_effect = 0.05;
    double presence_elsewhere = 0.2;
    double greedy_gain = 1.3;
    double greedy_share = 0.7;
    double total_share = 0.1;
    double total_guarantee = 0.5;

    static constexpr std::string_view name = "group_decision";
    static constexpr auto reads =
        sim::columns(region_group::fighters, region_group::affinity, group::alive, group::arms, group::spoiler, group::commitment,
                     group::pay, group::fighters, region::grievance, region::adults, region::population, region::security,
                     region::resources, region::former, region::spillover, region_activity::coverage, region_function::capacity,
                     country::mission_strength, country::weeks_to_exit, country::consent, country::tension);
    static constexpr auto writes =
        sim::columns(group::posture, group::resolve, group::weariness, group::temptation, region_group::recruiting);
    static constexpr auto streams = sim::streams({"group_decision", "group_resolve"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("gain", &GroupDecision::gain, "1", sim::between(0.0, 5.0), "weight of the chance to win",
                       sim::source("Stedman 1997, Walter 1997: form; size judged", sim::Grade::C)),
        sim::parameter("grievance_effect", &GroupDecision::grievance_effect, "1", sim::between(0.0, 5.0),
                       "weight of its people's grievance",
                       sim::source("Cederman, Wimmer and Min 2010, direction; size judged", sim::Grade::C)),
        sim::parameter("spoils", &GroupDecision::spoils, "1", sim::between(0.0, 5.0), "weight of lootable resources",
                       sim::source("Collier and Hoeffler 2004, direction; size judged", sim::Grade::C)),
        sim::parameter("cost", &GroupDecision::cost, "1", sim::between(0.0, 5.0),
                       "weight of one state soldier or police per 1,000 people",
                       sim::source("Walter 1997: form; size judged", sim::Grade::C)),
        sim::parameter(
            "guarantee", &GroupDecision::guarantee, "1", sim::between(0.0, 5.0), "weight of the mission's expected leverage",
            sim::source(
                "prior -0.8 on the log hazard with 5,000 troops (EVIDENCE 1.9, from Fortna 2004), times width over leverage",
                sim::Grade::B)),
        sim::parameter("share", &GroupDecision::share, "1", sim::between(0.0, 5.0), "weight of what the agreement has brought",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C)),
        sim::parameter("threshold", &GroupDecision::threshold, "1", sim::between(-2.0, 5.0), "temptation that inertia holds back",
                       sim::source("set so that relapse is about as rare as UCDP's base rate; not calibrated", sim::Grade::D)),
        sim::parameter("momentum", &GroupDecision::momentum, "1", sim::between(0.0, 2.0),
                       "added temptation once out of the agreement",
                       sim::source("EVIDENCE 44: violence persists; size judged", sim::Grade::C)),
        sim::parameter("weariness_effect", &GroupDecision::weariness_effect, "1", sim::between(0.0, 5.0), "weight of weariness",
                       sim::source("Zartman 1985, hurting stalemate: form; size judged", sim::Grade::C)),
        sim::parameter("weariness_rate", &GroupDecision::weariness_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which weariness grows in fighting and fades in peace, a third of it while harassing",
                       sim::source("civil conflicts last a few years; size judged", sim::Grade::C)),
        sim::parameter("step_to_fight", &GroupDecision::step_to_fight, "1", sim::between(0.0, 2.0),
                       "added temptation needed to go from harassing to fighting", sim::source("assumed", sim::Grade::D)),
        sim::parameter("relief", &GroupDecision::relief, "1", sim::between(-2.0, 2.0),
                       "temptation below which a group comes back", sim::source("assumed", sim::Grade::D)),
        sim::parameter("width", &GroupDecision::width, "1", sim::between(0.005, 2.0), "width of the thresholds",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("rate", &GroupDecision::rate, "week^-1", sim::between(0.0, 1.0), "greatest hazard of stepping up",
                       sim::source("assumed: months", sim::Grade::D)),
        sim::parameter("calm_rate", &GroupDecision::calm_rate, "week^-1", sim::between(0.0, 1.0),
                       "greatest hazard of stepping down",
                       sim::source("civil conflicts last years, not weeks; size judged", sim::Grade::C)),
        sim::parameter("resolve_sd", &GroupDecision::resolve_sd, "1", sim::between(0.0, 2.0), "standing deviation of resolve",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("resolve_half_life", &GroupDecision::resolve_half_life, "weeks", sim::above(0.0), "half-life of resolve",
                       sim::source("assumed: a year", sim::Grade::D)),
        sim::parameter("horizon", &GroupDecision::horizon_weeks, "weeks", sim::above(0.0), "how far ahead a group looks",
                       sim::source("Kenwick: expected leverage; length judged", sim::Grade::D)),
        sim::parameter("strength_half", &GroupDecision::strength_half, "persons", sim::above(0.0),
                       "mission strength at which half of the leverage is reached",
                       sim::source("EVIDENCE 36-43: gains flatten; size judged", sim::Grade::C)),
        sim::parameter("potential", &GroupDecision::potential, "1", sim::between(0.0, 1.0),
                       "share of former fighters whom a group counts as its own power", sim::source("assumed", sim::Grade::D)),
        sim::parameter("recruiting_comply", &GroupDecision::recruiting_comply, "1", sim::between(0.0, 1.0),
                       "recruiting pressure of a group that complies", sim::source("assumed", sim::Grade::D)),
        sim::parameter("recruiting_harass", &GroupDecision::recruiting_harass, "1", sim::between(0.0, 1.0),
                       "recruiting pressure of a group that harasses; 1 if it fights", sim::source("assumed", sim::Grade::D)),
        sim::parameter("patrols_on_recruiting", &GroupDecision::patrols_on_recruiting, "1", sim::between(0.0, 1.0),
                       "share of recruiting that full patrol coverage or police capacity stops",
                       sim::source("JPL Athena: detection by civilian cooperation; size judged", sim::Grade::C)),
        sim::parameter("spillover_effect", &GroupDecision::spillover_effect, "1", sim::between(0.0, 2.0),
                       "weight of instability across the border",
                       sim::source("Beardsley 2011: +70 % risk next door", sim::Grade::C)),
        sim::parameter("tension_effect", &GroupDecision::tension_effect, "1", sim::between(0.0, 2.0),
                       "weight of political tension",
                       sim::source("Collier et al. 2008: elections have no systematic effect", sim::Grade::B)),
        sim::parameter("presence_elsewhere", &GroupDecision::presence_elsewhere, "1", sim::between(0.0, 1.0),
                       "ties that a group counts on where it has fighters but few ties", sim::source("assumed", sim::Grade::D)),
        sim::parameter("greedy_gain", &GroupDecision::greedy_gain, "1", sim::between(1.0, 5.0),
                       "weight of gains for a greedy or total spoiler, relative to a limited one; its inverse for none",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C)),
        sim::parameter("greedy_share", &GroupDecision::greedy_share, "1", sim::between(0.01, 1.0),
                       "weight of the agreement for a greedy spoiler; its inverse for none",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C)),
        sim::parameter("total_share", &GroupDecision::total_share, "1", sim::between(0.0, 1.0),
                       "weight of the agreement for a total spoiler",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C)),
        sim::parameter("total_guarantee", &GroupDecision::total_guarantee, "1", sim::between(0.0, 1.0),
                       "weight of guarantees for a total spoiler",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C)));

    /// How a type of spoiler weighs gains, the agreement and guarantees (Stedman 1997).
    struct Spoiler {
        double gain, share, guarantee;
    };
    [[nodiscard]] Spoiler spoiler(std::uint8_t type) const;
    void step(sim::View<GroupDecision> state, const sim::Step& now) const;
    /// Leverage of the mission that a group expects, 0 to 1.
    [[nodiscard]] double expected_leverage(double mission_strength, double weeks_to_exit, double host_consent) const;
};

/// Who controls what: in a region the control of a group that is out of the agreement follows its share of the force there,
/// counted in full only above half (hysteresis, JPL Athena); a group that complies loses what it held.
struct GroupControl {
    double rate = 0.05;
    double foothold = 0.3;
    double mission_power = 0.5;

    static constexpr std::string_view name = "group_control";
    static constexpr auto reads = sim::columns(region_group::fighters, group::posture, group::arms, region::security,
                                               region_function::capacity, region_component::strength);
    static constexpr auto writes = sim::columns(region_group::control);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &GroupControl::rate, "week^-1", sim::between(0.0, 1.0), "speed at which control follows force",
                       sim::source("assumed: five months", sim::Grade::D)),
        sim::parameter("foothold", &GroupControl::foothold, "1", sim::between(0.0, 1.0),
                       "control per share of force below one half",
                       sim::source("JPL Athena: control flips above half", sim::Grade::B)),
        sim::parameter("mission_power", &GroupControl::mission_power, "1", sim::between(0.0, 2.0),
                       "weight of a peacekeeper against a soldier of the state",
                       sim::source("assumed: mandate limits use of force", sim::Grade::D)));

    void step(sim::View<GroupControl> state, const sim::Step& now) const;
};

}  // namespace drawdown
