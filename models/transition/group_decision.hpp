#pragma once

#include <cstdint>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/ledger.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Armed groups decide to comply, harass or fight; to leave the agreement or join it; and how hard they recruit.
///
/// Temptation to leave the agreement (Walter 1997; Kenwick on fading leverage; Stedman 1997 on types):
///     D = gain p_win + grievance G + spoils R + demands d + resolve + momentum [already out] - weariness W - cost F -
///         coercion C + encroached e - guarantee leverage - deterrence G - hire h - inducement i - share I - threshold
/// p_win: own fighting power over that and the state's; instability next door and political tension add a little; G: mean
/// grievance of its people; R: lootable resources; d: what it has learnt to ask for; F: state forces per 1,000 people there;
/// C: pressure by the mission; i: what it is being given, which counts in full for all but greedy and total spoilers; I: its
/// commitment to what has been implemented, less for one that has not signed; e: ground on which the army has moved against it;
/// G: guarantee by a force over the horizon, to one that has not signed; h: 1 for a group for hire that no sponsor pays.
/// Leverage is the *expected* one over a signatory, none over others: the mission's strength, half of it by being in the country
/// and half where the group's people live, as far as it can move there, with diminishing returns, times 1 - c exp(-weeks to exit
/// / horizon) for an end that is believed with credibility c, and of what that takes away, a security guarantee after the exit
/// gives its part back. So to announce an exit acts before the exit does. Resolve is a group's own, drawn
/// at the start around -settling ln(quiet years), or, since one that is out has shown it, as the larger of two draws; it drifts
/// (Ornstein-Uhlenbeck). W grows while the
/// group fights and fades while it complies: a hurting stalemate ends wars (Zartman 1985). A group steps up with hazard rate L((D
/// - step) / width) cohesion / united, at most rate, since one that is not united splits before it decides; and down with hazard
/// calm_rate L((relief - D) / width), one that fights with D larger by the step. A posture stands for at least `dwell`, unless
/// the army moves on the group's ground; until then one that is no spoiler needs twice the step to take up arms. A total spoiler
/// outside the agreement never rests.
///
/// A signatory that fights leaves the agreement. A group that complies and is not proscribed joins it with hazard
/// join_rate L((relief - D) / width), total spoilers and hired groups excepted. A group takes in fighters as far as its means
/// allow: recruiting pressure goes with means - 1, from 0 to 1 (at least with
/// the share of people from whom it extorts: who cannot pay takes by force),
/// and with the share of people who meet its fighters, so that it grows in proportion to itself while it is small.
struct GroupDecision {
    double gain = 0.6;
    double grievance_effect = 0.5;
    double spoils = 0.15;
    double cost = 0.03;
    double guarantee = 0.15;
    double share = 0.35;
    double threshold = 0.50;
    double momentum = 0.28;
    double weariness_effect = 0.08;
    double weariness_rate = 0.010;
    double step_to_fight = 0.12;
    double relief = 0.15;
    double width = 0.08;
    double rate = 0.05;
    double calm_rate = 0.12;
    double resolve_sd = 0.24;
    double resolve_half_life = 1000.0;
    double settling = 0.10;
    double horizon_weeks = 52.0;
    double strength_half = 1500.0;
    double potential = 0.10;
    double recruiting_comply = 0.002;
    double recruiting_harass = 0.2;
    double patrols_on_recruiting = 0.5;
    double spillover_effect = 0.10;
    double tension_effect = 0.05;
    double encroached_effect = 0.6;
    double hire = 0.4;
    double deterrence = 0.10;
    double dwell_weeks = 26.0;
    double extremism_effect = 1.0;
    double recruiter_reference = 12.0;
    double greedy_gain = 1.3;
    double greedy_share = 0.7;
    double total_share = 0.1;
    double total_guarantee = 0.5;
    double inducement_effect = 0.15;
    double greedy_inducement = 0.4;
    double demands_effect = 0.15;
    double pressure_effect = 0.15;
    double outside_share = 0.7;
    double united = 0.5;
    double join_rate = 0.01;
    double support_rate = 0.05;
    double support_effect = 0.5;

    static constexpr std::string_view name = "group_decision";
    static constexpr auto reads = sim::columns(
        region_group::fighters, region_group::affinity, region_group::extortion, group::alive, group::arms, group::spoiler,
        group::commitment, group::means, group::fighters, group::cohesion, group::proscribed, group::hired, group::encroached,
        group::sponsorship, country::implementation, group::inducement, group::pressure, group::demands, region::grievance,
        region::trust_state, region::adults, region::population, region::security, region::resources, region::former,
        region::refugees, region::spillover, region::extremism, region_component::strength, region_activity::obstruction,
        region_activity::coverage, region_function::capacity, country::mission_strength, country::weeks_to_exit,
        country::exit_credibility, country::guarantee_after, country::consent, country::tension, country::ruler, group::seen);
    static constexpr auto writes =
        sim::columns(group::posture, group::posture_weeks, group::resolve, group::weariness, group::temptation, group::leverage,
                     group::support, group::signatory, region_group::recruiting, ledger::amount);
    static constexpr auto streams = sim::streams({"group_decision", "group_resolve", "group_joins"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("gain", &GroupDecision::gain, "1", sim::between(0.0, 5.0), "weight of the chance to win",
                       sim::source("Stedman 1997, Walter 1997: form; size judged", sim::Grade::C),
                       sim::raises("group_temptation"), sim::uncertain_factor(0.25)),
        sim::parameter("grievance_effect", &GroupDecision::grievance_effect, "1", sim::between(0.0, 5.0),
                       "weight of its people's grievance",
                       sim::source("Cederman, Wimmer and Min 2010, direction; size judged", sim::Grade::C),
                       sim::raises("group_temptation"), sim::uncertain_factor(0.3)),
        sim::parameter("spoils", &GroupDecision::spoils, "1", sim::between(0.0, 5.0), "weight of lootable resources",
                       sim::source("Collier and Hoeffler 2004, direction; size judged", sim::Grade::C),
                       sim::raises("group_temptation")),
        sim::parameter(
            "cost", &GroupDecision::cost, "1", sim::between(0.0, 5.0), "weight of one state soldier or police per 1,000 people",
            sim::source("Walter 1997: form; size by scores of fifteen exits (`drawdown backtest`): 0.15 ends most wars in a year",
                        sim::Grade::C),
            sim::lowers("group_temptation"), sim::uncertain_factor(0.6)),
        sim::parameter("guarantee", &GroupDecision::guarantee, "1", sim::between(0.0, 5.0),
                       "weight of the mission's expected leverage",
                       sim::source("prior -0.8 on the log hazard with 5,000 troops (EVIDENCE 1.9, from Fortna 2004), times the "
                                   "width that chance and "
                                   "resolve make, about 0.15, over a leverage of 0.8",
                                   sim::Grade::B),
                       sim::lowers("group_temptation"), sim::uncertain_factor(0.5)),
        sim::parameter("share", &GroupDecision::share, "1", sim::between(0.0, 5.0), "weight of what the agreement has brought",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C), sim::lowers("group_temptation"),
                       sim::uncertain_factor(0.3)),
        sim::parameter("threshold", &GroupDecision::threshold, "1", sim::between(-2.0, 5.0), "temptation that inertia holds back",
                       sim::source("set so that relapse is as frequent as in UCDP 1989-2024 (T1, T1a to T1c)", sim::Grade::C),
                       sim::lowers("group_temptation"), sim::uncertain_by(0.08)),
        sim::parameter("momentum", &GroupDecision::momentum, "1", sim::between(0.0, 2.0),
                       "added temptation once out of the agreement",
                       sim::source("EVIDENCE 44: violence persists; size judged", sim::Grade::C), sim::raises("group_temptation"),
                       sim::uncertain_factor(0.4)),
        sim::parameter("weariness_effect", &GroupDecision::weariness_effect, "1", sim::between(0.0, 5.0), "weight of weariness",
                       sim::source("Zartman 1985, hurting stalemate: form; size by scores of fifteen exits (`drawdown backtest`)",
                                   sim::Grade::C),
                       sim::lowers("group_temptation"), sim::uncertain_factor(0.6)),
        sim::parameter("weariness_rate", &GroupDecision::weariness_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which weariness grows in fighting and fades in peace, a third of it while harassing",
                       sim::source("civil conflicts last a few years; size judged", sim::Grade::C),
                       sim::moves("group_temptation"), sim::uncertain_factor(0.5)),
        sim::parameter("step_to_fight", &GroupDecision::step_to_fight, "1", sim::between(0.0, 2.0),
                       "added temptation needed to go from harassing to fighting", sim::source("assumed", sim::Grade::D),
                       sim::lowers("group_posture")),
        sim::parameter("relief", &GroupDecision::relief, "1", sim::between(-2.0, 2.0),
                       "temptation below which a group comes back", sim::source("assumed", sim::Grade::D),
                       sim::lowers("group_posture")),
        sim::parameter("width", &GroupDecision::width, "1", sim::between(0.005, 2.0), "width of the thresholds",
                       sim::source("assumed", sim::Grade::D), sim::moves("group_posture")),
        sim::parameter("rate", &GroupDecision::rate, "week^-1", sim::between(0.0, 1.0), "greatest hazard of stepping up",
                       sim::source("assumed: months", sim::Grade::D), sim::raises("group_posture"), sim::uncertain_factor(0.6)),
        sim::parameter(
            "calm_rate", &GroupDecision::calm_rate, "week^-1", sim::between(0.0, 1.0), "greatest hazard of stepping down",
            sim::source("set so that after 57 % of relapses the next year is one of conflict too, as in UCDP 1989-2024 (T1d)",
                        sim::Grade::C),
            sim::lowers("group_posture"), sim::uncertain_factor(0.6)),
        sim::parameter(
            "resolve_sd", &GroupDecision::resolve_sd, "1", sim::between(0.0, 2.0),
            "standard deviation of resolve between groups, and of one over a long time",
            sim::source("assumed: the hazard of relapse falls fourfold in four years (EVIDENCE 6), as it does if countries "
                        "differ lastingly",
                        sim::Grade::C),
            sim::moves("group_temptation"), sim::uncertain_factor(0.5)),
        sim::parameter("resolve_half_life", &GroupDecision::resolve_half_life, "weeks", sim::above(0.0), "half-life of resolve",
                       sim::source("assumed: twenty years, a trait of leaders more than a mood", sim::Grade::D),
                       sim::moves("group_temptation"), sim::uncertain_factor(0.5)),
        sim::parameter("settling", &GroupDecision::settling, "1", sim::between(0.0, 1.0),
                       "resolve that a group which has kept quiet lacks at the start, for each e-fold of quiet years",
                       sim::source("EVIDENCE 16: -0.63 on the log odds of relapse for each log year, times a width that chance "
                                   "and resolve make about 0.15",
                                   sim::Grade::C),
                       sim::lowers("group_temptation"), sim::uncertain_factor(0.4)),
        sim::parameter("horizon", &GroupDecision::horizon_weeks, "weeks", sim::above(0.0), "how far ahead a group looks",
                       sim::source("Kenwick: expected leverage; length judged", sim::Grade::D), sim::lowers("group_leverage")),
        sim::parameter("strength_half", &GroupDecision::strength_half, "persons", sim::above(0.0),
                       "mission strength at which half of the leverage is reached",
                       sim::source("EVIDENCE 36-43: gains flatten; size judged", sim::Grade::C), sim::lowers("group_leverage")),
        sim::parameter("potential", &GroupDecision::potential, "1", sim::between(0.0, 1.0),
                       "share of former fighters whom a group counts as its own power", sim::source("assumed", sim::Grade::D),
                       sim::raises("group_temptation")),
        sim::parameter("recruiting_comply", &GroupDecision::recruiting_comply, "1", sim::between(0.0, 1.0),
                       "recruiting pressure of a group that complies", sim::source("assumed", sim::Grade::D),
                       sim::raises("recruits")),
        sim::parameter("recruiting_harass", &GroupDecision::recruiting_harass, "1", sim::between(0.0, 1.0),
                       "recruiting pressure of a group that harasses; 1 if it fights", sim::source("assumed", sim::Grade::D),
                       sim::raises("recruits"), sim::uncertain_factor(0.5)),
        sim::parameter("patrols_on_recruiting", &GroupDecision::patrols_on_recruiting, "1", sim::between(0.0, 1.0),
                       "share of recruiting that full patrol coverage or police capacity stops",
                       sim::source("JPL Athena: detection by civilian cooperation; size judged", sim::Grade::C),
                       sim::lowers("recruits")),
        sim::parameter("spillover_effect", &GroupDecision::spillover_effect, "1", sim::between(0.0, 2.0),
                       "weight of instability across the border",
                       sim::source("Beardsley 2011: +70 % risk next door", sim::Grade::C), sim::raises("group_temptation")),
        sim::parameter("tension_effect", &GroupDecision::tension_effect, "1", sim::between(0.0, 2.0),
                       "weight of political tension",
                       sim::source("Collier et al. 2008: elections have no systematic effect", sim::Grade::B),
                       sim::raises("group_temptation")),
        sim::parameter("hire", &GroupDecision::hire, "1", sim::between(0.0, 5.0),
                       "temptation that a group for hire loses when no sponsor pays it any more",
                       sim::source("assumed: who raids for pay stops with it", sim::Grade::D), sim::lowers("group_temptation")),
        sim::parameter("deterrence", &GroupDecision::deterrence, "1", sim::between(0.0, 5.0),
                       "temptation that a full guarantee takes from a group that has not signed",
                       sim::source("assumed: as a mission's leverage over a signatory", sim::Grade::D),
                       sim::lowers("group_temptation")),
        sim::parameter(
            "encroached_effect", &GroupDecision::encroached_effect, "1", sim::between(0.0, 5.0),
            "weight of a region on which the army has just moved against the group",
            sim::source("Mali: the signatories went back to war when the army came (memory); size judged", sim::Grade::D),
            sim::raises("group_temptation")),
        sim::parameter("dwell", &GroupDecision::dwell_weeks, "weeks", sim::between(0.0, 520.0),
                       "time for which a posture stands at least", sim::source("assumed: half a year", sim::Grade::D),
                       sim::moves("group_posture")),
        sim::parameter("recruiter_reference", &GroupDecision::recruiter_reference, "persons", sim::above(0.0),
                       "fighters per 1,000 adults at which two thirds of people meet one who recruits",
                       sim::source("JPL Athena: reference of coercion, 10 to 12 per 1,000", sim::Grade::C),
                       sim::lowers("recruits")),
        sim::parameter("extremism_effect", &GroupDecision::extremism_effect, "1", sim::between(0.0, 10.0),
                       "relative rise of the recruiting of groups that nobody may talk to, where extremism is greatest",
                       sim::source("assumed", sim::Grade::D), sim::raises("recruits")),
        sim::parameter("greedy_gain", &GroupDecision::greedy_gain, "1", sim::between(1.0, 5.0),
                       "weight of gains for a greedy or total spoiler, relative to a limited one; its inverse for none",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C), sim::moves("group_temptation")),
        sim::parameter("greedy_share", &GroupDecision::greedy_share, "1", sim::between(0.01, 1.0),
                       "weight of the agreement for a greedy spoiler; its inverse for none",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C), sim::moves("group_temptation")),
        sim::parameter("total_share", &GroupDecision::total_share, "1", sim::between(0.0, 1.0),
                       "weight of the agreement for a total spoiler",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C), sim::lowers("group_temptation")),
        sim::parameter("total_guarantee", &GroupDecision::total_guarantee, "1", sim::between(0.0, 1.0),
                       "weight of guarantees for a total spoiler", sim::source("Stedman 1997: form; size judged", sim::Grade::C),
                       sim::lowers("group_temptation")),
        sim::parameter("inducement_effect", &GroupDecision::inducement_effect, "1", sim::between(0.0, 2.0),
                       "weight of what a group is being given to stay in the agreement",
                       sim::source("Stedman 1997: inducement works on limited spoilers; size judged", sim::Grade::C),
                       sim::lowers("group_temptation")),
        sim::parameter("greedy_inducement", &GroupDecision::greedy_inducement, "1", sim::between(0.0, 1.0),
                       "share of that weight for a greedy spoiler; a total one takes and gives nothing",
                       sim::source("Stedman 1997: form; size judged", sim::Grade::C), sim::lowers("group_temptation")),
        sim::parameter(
            "demands_effect", &GroupDecision::demands_effect, "1", sim::between(0.0, 2.0),
            "weight of what a group asks for beyond the agreement",
            sim::source("Stedman 1997: inducement teaches greedy spoilers to ask for more; size judged", sim::Grade::C),
            sim::raises("group_temptation")),
        sim::parameter("pressure_effect", &GroupDecision::pressure_effect, "1", sim::between(0.0, 2.0),
                       "weight of the mission's coercion",
                       sim::source("Stedman 1997: coercion for total spoilers; size judged", sim::Grade::C),
                       sim::lowers("group_temptation")),
        sim::parameter("outside_share", &GroupDecision::outside_share, "1", sim::between(0.0, 1.0),
                       "weight of the agreement for a group that has not signed it, relative to one that has",
                       sim::source("assumed: it gets less of what was agreed", sim::Grade::D), sim::lowers("group_temptation")),
        sim::parameter("united", &GroupDecision::united, "1", sim::between(0.01, 1.0),
                       "cohesion from which a group steps up as one", sim::source("assumed", sim::Grade::D),
                       sim::lowers("group_posture")),
        sim::parameter("join_rate", &GroupDecision::join_rate, "week^-1", sim::between(0.0, 1.0),
                       "greatest hazard of joining the agreement", sim::source("assumed: two years", sim::Grade::D),
                       sim::raises("group_signatory")),
        sim::parameter("support_rate", &GroupDecision::support_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which support follows what people feel", sim::source("assumed: months", sim::Grade::D),
                       sim::moves("group_support")),
        sim::parameter("support_effect", &GroupDecision::support_effect, "1", sim::between(0.0, 1.0),
                       "share of recruiting that goes with support, none at support one half",
                       sim::source("MODEL: recruitment is limited by pay and support; size judged", sim::Grade::C),
                       sim::moves("recruits")));

    /// How a type of spoiler weighs gains, the agreement, guarantees and inducements (Stedman 1997).
    struct Spoiler {
        double gain, share, guarantee, inducement;
    };
    [[nodiscard]] Spoiler spoiler(std::uint8_t type) const;
    /// Leverage of the mission that a group expects, 0 to 1. `credibility` of the end, 0 for one not doubted; `guarantee_after`
    /// from 0 to 1.
    [[nodiscard]] double expected_leverage(double mission_strength, double weeks_to_exit, double host_consent,
                                           double credibility = 1.0, double guarantee_after = 0.0) const;
    void step(sim::View<GroupDecision> state, const sim::Step& now) const;
    /// Resolve of the groups of a scenario.
    void start(sim::State& state, const std::vector<GroupInput>& groups, const sim::Step& now) const;

  private:
    /// What a group sees at home: its regions, weighted by its ties there.
    struct Home {
        double ties = 0.0, people = 0.0, grievance = 0.0, distrust = 0.0, extorted = 0.0, riches = 0.0, guards = 0.0,
               former = 0.0, border = 0.0, mission = 0.0;
    };
    /// What speaks for leaving the agreement, and what against it.
    struct Terms {
        [[nodiscard]] double sum() const;
        double power, grievance, spoils, demands, resolve, spillover, tension, momentum, encroached;
        double weariness, cost, pressure, guarantee, deterred, unhired, inducement, share;
    };
    [[nodiscard]] static Home look_home(const sim::View<GroupDecision>& state, std::size_t group);
    [[nodiscard]] double leverage_over(const sim::View<GroupDecision>& state, std::size_t group, const Home& home) const;
    [[nodiscard]] Terms weigh(const sim::View<GroupDecision>& state, std::size_t group, const Home& home, double leverage,
                              double state_force) const;
    /// Books what a group weighs; the guarantee by the parts of the leverage.
    void book(const sim::View<GroupDecision>& state, std::size_t group, const Terms& terms, const Home& home, Ledger& page) const;
    void turn(const sim::View<GroupDecision>& state, std::size_t group, const Terms& terms, const sim::Step& now) const;
    void recruit(const sim::View<GroupDecision>& state, std::size_t group) const;
};

}  // namespace drawdown
