#pragma once

#include <array>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What the mission's staff reach: coverage of each activity in each region, and what mission or successor reach together.
///
///     coverage = (1 - exp(-ln3 hands / (reference per 1,000 people))) x roads x (1 - obstruction) x engagement
///     hands    = staff x paid x (1 - joint_loss (1 - joint)) x (1 - support_loss (1 - support there / support needed))
///     reach    = 1 - (1 - coverage)(1 - successor)
///
/// Obstruction: refusal = people_weight (1 - people's consent) + (1 - people_weight) (1 - consent of who controls the place): the
/// host government, or the armed groups in proportion to their control. Refused movement holds for all activities, each has a
/// weight of its own on top, and civilian activities stop where it is not safe:
///     obstruction = 1 - (1 - movement refusal)(1 - own weight refusal) safe
/// Who has withdrawn consent also shuts roads, in its own place only: of movement in a region the share `blocked` is lost where
/// its people refuse the mission, in the part that a group holds that refuses it, and, where the state holds the ground, under a
/// government whose consent is withdrawn (half of it where it is compromised).
/// Engagement: half of the people are women, and teams without women do not reach `unreached_women` of them; from `enough_women`
/// on nobody is lost (patrol, policing, dialogue and participation).
///
/// Forms: JPL Athena (coverage, security); Duursma 2020 and the UNMISS/MINUSCA study in Civil Wars 2023 (obstruction differs by
/// activity); CML 1.1.3 (women's share), CML 2 (integration).
struct Activities {
    double patrol_reference = 4.0;
    double policing_reference = 0.5;
    double mentoring_reference = 0.45;
    double security_reform_reference = 0.1;
    double good_offices_reference = 0.03;
    double dialogue_reference = 0.045;
    double human_rights_reference = 0.04;
    double ddr_reference = 0.03;
    double quick_impact_reference = 0.04;
    double participation_reference = 0.015;
    double civil_society_reference = 0.025;
    double information_reference = 0.045;
    double mine_action_reference = 0.01;
    double escort_reference = 0.5;
    double patrol_obstruction = 0.2;
    double policing_obstruction = 0.1;
    double mentoring_obstruction = 1.0;
    double security_reform_obstruction = 1.0;
    double good_offices_obstruction = 0.5;
    double dialogue_obstruction = 0.4;
    double human_rights_obstruction = 0.7;
    double ddr_obstruction = 0.6;
    double quick_impact_obstruction = 0.4;
    double participation_obstruction = 0.4;
    double civil_society_obstruction = 0.5;
    double information_obstruction = 0.3;
    double mine_action_obstruction = 0.3;
    double escort_obstruction = 0.2;
    double movement_obstruction = 0.4;
    double blocked = 0.5;
    double people_weight = 0.5;
    double remoteness_cost = 0.4;
    double security_needed = 0.3;
    double joint_loss = 0.15;
    double support_needed = 0.06;
    double support_loss = 0.3;
    double unreached_women = 0.2;
    double enough_women = 0.3;
    double women_share = 0.07;  ///< of those who meet the people; from [mission]

    static constexpr std::string_view name = "activities";
    static constexpr auto reads = sim::columns(
        region_component::strength, region_activity::staff, region_activity::successor, activity::paid, region::joint,
        region::population, region::remoteness, region::consent, region::security_level, group::alive, group::consent,
        group::refuses, region::refuses, region_group::control, country::consent, country::consent_level, country::exit_disorder);
    static constexpr auto writes =
        sim::columns(region_activity::coverage, region_activity::obstruction, region_activity::reach, region::obstruction);
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "patrol_reference", &Activities::patrol_reference, "1", sim::above(0.0),
            "patrolling staff per 1,000 people that reach two thirds of them",
            sim::source("Athena has 25 for armies; UN forces whose effects were measured had 0.5 to 5 (EVIDENCE 54); judged",
                        sim::Grade::C),
            sim::lowers("coverage/patrol")),
        sim::parameter("policing_reference", &Activities::policing_reference, "1", sim::above(0.0),
                       "police per 1,000 people that reach two thirds of them",
                       sim::source("UN police whose effects were measured: some hundreds a country (EVIDENCE 37, 45); judged",
                                   sim::Grade::C),
                       sim::lowers("coverage/policing")),
        sim::parameter("mentoring_reference", &Activities::mentoring_reference, "1", sim::above(0.0),
                       "mentors per 1,000 people that reach two thirds of them",
                       sim::source("assumed: about one mentor to two local police", sim::Grade::D),
                       sim::lowers("coverage/mentoring")),
        sim::parameter("security_reform_reference", &Activities::security_reform_reference, "1", sim::above(0.0),
                       "advisers per 1,000 people that reach two thirds of them",
                       sim::source("assumed: trainers and advisers of a small army", sim::Grade::D),
                       sim::lowers("coverage/security_reform")),
        sim::parameter("good_offices_reference", &Activities::good_offices_reference, "1", sim::above(0.0),
                       "political officers per 1,000 people that reach two thirds of them",
                       sim::source("assumed: some dozens of political officers in a country of four million", sim::Grade::D),
                       sim::lowers("coverage/good_offices")),
        sim::parameter("dialogue_reference", &Activities::dialogue_reference, "1", sim::above(0.0),
                       "dialogue staff per 1,000 people that reach two thirds of them",
                       sim::source("assumed from UNOCI's 777 dialogue events in 107 departments", sim::Grade::C),
                       sim::lowers("coverage/dialogue")),
        sim::parameter("human_rights_reference", &Activities::human_rights_reference, "1", sim::above(0.0),
                       "monitors per 1,000 people that reach two thirds of them",
                       sim::source("assumed: a monitor for each 25,000 people", sim::Grade::D),
                       sim::lowers("coverage/human_rights")),
        sim::parameter("ddr_reference", &Activities::ddr_reference, "1", sim::above(0.0),
                       "staff for disarmament and reintegration per 1,000 people that reach two thirds of them",
                       sim::source("assumed", sim::Grade::D), sim::lowers("coverage/ddr")),
        sim::parameter("quick_impact_reference", &Activities::quick_impact_reference, "1", sim::above(0.0),
                       "project staff per 1,000 people that reach two thirds of them",
                       sim::source("JPL Athena: 20 for relief with own labour; programmes buy labour", sim::Grade::D),
                       sim::lowers("coverage/quick_impact")),
        sim::parameter("participation_reference", &Activities::participation_reference, "1", sim::above(0.0),
                       "advisers per 1,000 people that reach two thirds of them", sim::source("assumed", sim::Grade::D),
                       sim::lowers("coverage/participation")),
        sim::parameter("civil_society_reference", &Activities::civil_society_reference, "1", sim::above(0.0),
                       "staff with civil society per 1,000 people that reach two thirds of them",
                       sim::source("assumed", sim::Grade::D), sim::lowers("coverage/civil_society")),
        sim::parameter("information_reference", &Activities::information_reference, "1", sim::above(0.0),
                       "communication staff per 1,000 people that reach two thirds of them",
                       sim::source("assumed: a radio reaches most with few staff", sim::Grade::D),
                       sim::lowers("coverage/information")),
        sim::parameter("mine_action_reference", &Activities::mine_action_reference, "1", sim::above(0.0),
                       "mine-action staff per 1,000 people that reach two thirds of them",
                       sim::source("assumed: a few who direct contractors", sim::Grade::D), sim::lowers("coverage/mine_action")),
        sim::parameter("escort_reference", &Activities::escort_reference, "1", sim::above(0.0),
                       "escorts per 1,000 people that reach two thirds of them", sim::source("assumed", sim::Grade::D),
                       sim::lowers("coverage/escort")),
        sim::parameter("patrol_obstruction", &Activities::patrol_obstruction, "1", sim::between(0.0, 1.0),
                       "share of patrol that full refusal prevents, beyond refused movement",
                       sim::source("Civil Wars 2023 (UNMISS, MINUSCA): differs by activity; size judged", sim::Grade::C),
                       sim::lowers("coverage/patrol")),
        sim::parameter("policing_obstruction", &Activities::policing_obstruction, "1", sim::between(0.0, 1.0),
                       "share of policing that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/policing")),
        sim::parameter("mentoring_obstruction", &Activities::mentoring_obstruction, "1", sim::between(0.0, 1.0),
                       "share of mentoring that full refusal prevents, beyond refused movement",
                       sim::source("needs a willing host; size judged", sim::Grade::C), sim::lowers("coverage/mentoring")),
        sim::parameter("security_reform_obstruction", &Activities::security_reform_obstruction, "1", sim::between(0.0, 1.0),
                       "share of security reform that full refusal prevents, beyond refused movement",
                       sim::source("needs a willing host; size judged", sim::Grade::C), sim::lowers("coverage/security_reform")),
        sim::parameter("good_offices_obstruction", &Activities::good_offices_obstruction, "1", sim::between(0.0, 1.0),
                       "share of good offices that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols: needs counterparts", sim::Grade::C), sim::lowers("coverage/good_offices")),
        sim::parameter("dialogue_obstruction", &Activities::dialogue_obstruction, "1", sim::between(0.0, 1.0),
                       "share of dialogue that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/dialogue")),
        sim::parameter("human_rights_obstruction", &Activities::human_rights_obstruction, "1", sim::between(0.0, 1.0),
                       "share of human rights that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols: reporting and visits are refused first", sim::Grade::C),
                       sim::lowers("coverage/human_rights")),
        sim::parameter("ddr_obstruction", &Activities::ddr_obstruction, "1", sim::between(0.0, 1.0),
                       "share of ddr that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/ddr")),
        sim::parameter("quick_impact_obstruction", &Activities::quick_impact_obstruction, "1", sim::between(0.0, 1.0),
                       "share of quick impact that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/quick_impact")),
        sim::parameter("participation_obstruction", &Activities::participation_obstruction, "1", sim::between(0.0, 1.0),
                       "share of participation that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/participation")),
        sim::parameter("civil_society_obstruction", &Activities::civil_society_obstruction, "1", sim::between(0.0, 1.0),
                       "share of civil society that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/civil_society")),
        sim::parameter("information_obstruction", &Activities::information_obstruction, "1", sim::between(0.0, 1.0),
                       "share of information that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/information")),
        sim::parameter("mine_action_obstruction", &Activities::mine_action_obstruction, "1", sim::between(0.0, 1.0),
                       "share of mine action that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/mine_action")),
        sim::parameter("escort_obstruction", &Activities::escort_obstruction, "1", sim::between(0.0, 1.0),
                       "share of escort that full refusal prevents, beyond refused movement",
                       sim::source("as for patrols", sim::Grade::C), sim::lowers("coverage/escort")),
        sim::parameter("movement_obstruction", &Activities::movement_obstruction, "1", sim::between(0.0, 1.0),
                       "share of the mission's movement that full refusal prevents",
                       sim::source("Civil Wars 2023 (UNMISS, MINUSCA): sign; size judged", sim::Grade::C),
                       sim::raises("movement_refused")),
        sim::parameter("blocked", &Activities::blocked, "1", sim::between(0.0, 1.0),
                       "share of movement that is lost where those who hold a place have withdrawn their consent",
                       sim::source("Mali 2022-23: flights and convoys held; size judged", sim::Grade::C),
                       sim::raises("movement_refused")),
        sim::parameter("people_weight", &Activities::people_weight, "1", sim::between(0.0, 1.0),
                       "weight of the people's consent in refusal; the rest is that of who controls the place",
                       sim::source("assumed: even", sim::Grade::D), sim::moves("movement_refused")),
        sim::parameter("remoteness_cost", &Activities::remoteness_cost, "1", sim::between(0.0, 1.0),
                       "people whom bad roads keep out of reach in the remotest region",
                       sim::source("assumed: roads in the rains", sim::Grade::D), sim::lowers("coverage")),
        sim::parameter("security_needed", &Activities::security_needed, "1", sim::between(0.0, 0.95),
                       "security below which civilian activities stop",
                       sim::source("JPL Athena: civilian activities need high security; level judged", sim::Grade::C),
                       sim::raises("obstruction")),
        sim::parameter("joint_loss", &Activities::joint_loss, "1", sim::between(0.0, 1.0),
                       "staff time lost between components that do not work jointly",
                       sim::source("CML 2: integration multiplies effect; size judged", sim::Grade::D), sim::lowers("coverage")),
        sim::parameter("support_needed", &Activities::support_needed, "1", sim::above(0.0),
                       "support staff for each other person of the mission at which nothing is lost",
                       sim::source("UNMIL 2012: 1,700 civilians, about half support, for 9,100 uniformed", sim::Grade::C),
                       sim::lowers("coverage")),
        sim::parameter("support_loss", &Activities::support_loss, "1", sim::between(0.0, 1.0),
                       "staff time lost without any support", sim::source("assumed", sim::Grade::D), sim::lowers("coverage")),
        sim::parameter("unreached_women", &Activities::unreached_women, "1", sim::between(0.0, 1.0),
                       "share of women whom teams without women do not reach",
                       sim::source("CML 1.1.3, 6.2: sign; size judged", sim::Grade::D), sim::lowers("coverage/dialogue")),
        sim::parameter("enough_women", &Activities::enough_women, "1", sim::between(0.01, 1.0),
                       "share of women in teams from which on all women can be reached",
                       sim::source("assumed: a critical mass", sim::Grade::D), sim::lowers("coverage/dialogue")));

    /// Whether an activity stops where it is not safe.
    [[nodiscard]] static bool needs_security(Activity activity);
    /// Share of people in reach of teams with the mission's share of women.
    [[nodiscard]] double engagement(Activity activity) const;
    /// Staff for 1,000 people that reach two thirds of them.
    [[nodiscard]] std::array<double, activity_count> references() const;
    /// Share that full refusal prevents, beyond movement.
    [[nodiscard]] std::array<double, activity_count> obstruction_weights() const;

    void step(sim::View<Activities> state, const sim::Step& now) const;
};

}  // namespace drawdown
