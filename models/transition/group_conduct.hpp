#pragma once

#include <array>
#include <memory>
#include <span>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What each group does in each region this week, whom it means to attack there, and where it wants its fighters next.
///
/// A group is absent without fighters. Where dialogue reaches, it may talk instead of anything else. Then it draws with odds: a
/// group that complies keeps quiet (odds 1), brings fighters to disarmament, extorts out of need, or breaks the ceasefire out of
/// indiscipline; one that is out attacks (harassing: violates; odds 1), rests, or extorts. Need is unpaid pay. Attacks on armed
/// targets come at
///     a (e n / (battle_targets N))^(1 - exponent),   a = battle_rate share(posture) (n / 100)^exponent / P(attack or violate)
/// in the weeks in which it attacks, so that their mean is the posture's whatever the odds, in bursts; n: its fighters there,
/// N: these and those of all others who fight there, e: the forces of the state and of rivals there. Attackers and attacked must
/// meet, with constant returns to scale, so that a region or a group cut in two has as many battles as the whole, and there are
/// few where there is no army to attack. Who has no intent to spoil counts the state as an enemy only where its army came for the
/// group's ground. They are split between state and rivals in proportion to their forces; civilians, aid
/// and the mission are attacked besides, at shares of a.
///
/// The mission is attacked in proportion to its share of the armed targets in the region. A group that is out wants its fighters,
/// among the regions where it is and those beside them, in proportion to
///     P ties^(1 + strangers) exp(riches_pull resources - avoid_patrol patrols - avoid_force S / (S + N)),
/// P the adults there, so that P ties are those who hide its fighters, and a stranger is told on the sooner the fewer they are;
/// S the forces of state and mission there, N its own: pressed, violence moves on (Beardsley and Gleditsch 2015).
struct GroupConduct {
    double battle_rate = 0.4;
    double battle_exponent = 0.55;
    double battle_targets = 3000.0;
    double harass_share = 0.05;
    double defiant_share = 0.3;
    double rest = 0.5;
    double extort_pull = 1.0;
    double canton_pull = 1.0;
    double indiscipline = 0.05;
    double talk = 0.15;
    double rival_weight = 0.5;
    double common_enemy = 0.4;
    double kinship = 0.5;
    double state_presence = 20.0;
    double one_sided_share = 0.19;
    double unpaid_effect = 0.5;
    double restraint = 0.5;
    double on_mission_share = 0.12;
    double on_aid_share = 0.1;
    double escort_effect = 0.6;
    double extortion_reference = 12.0;
    double disarm_rate = 0.2;
    double strangers = 1.0;
    double riches_pull = 1.0;
    double avoid_patrol = 1.0;
    double avoid_force = 1.0;
    double mission_power = 0.5;
    std::shared_ptr<const Geography> geography;

    static constexpr std::string_view name = "group_conduct";
    static constexpr auto reads = sim::columns(
        region_group::fighters, region_group::affinity, group::alive, group::posture, group::arms, group::ally, group::identity,
        group::signatory, group::proscribed, group::spoiler, group::encroached, group::cohesion, group::commitment, group::pay,
        group::support, region::adults, region::security, region::resources, region::aid, region_activity::reach,
        region_component::strength, country::ceasefire, provision::implementation, identity::inclusion, identity_pair::relation);
    static constexpr auto writes =
        sim::columns(region_group::conduct, region_group::on_state, region_group::on_rivals, region_group::on_mission,
                     region_group::on_aid, region_group::on_civilians, region_group::extortion, region_group::joins_disarmament,
                     region_group::wanted_share, group::violations);
    static constexpr auto streams = sim::streams({"group_conduct"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "battle_rate", &GroupConduct::battle_rate, "week^-1", sim::between(0.0, 100.0),
            "attacks on the state and on rivals by a group of 100 that fights where `battle_targets` of them are",
            sim::source("set so that 2,000 fighters give several hundred deaths a year; not calibrated", sim::Grade::C),
            sim::raises("events_violence/state_based"), sim::uncertain_factor(0.5)),
        sim::parameter("battle_exponent", &GroupConduct::battle_exponent, "1", sim::between(0.0, 2.0),
                       "growth of attacks with the number of fighters",
                       sim::source("assumed: less than proportional", sim::Grade::D), sim::moves("events_violence/state_based"),
                       sim::uncertain_by(0.1)),
        sim::parameter("battle_targets", &GroupConduct::battle_targets, "persons", sim::above(0.0),
                       "armed targets in a region for which `battle_rate` holds; attacks grow with them by 1 - `battle_exponent`",
                       sim::source("assumed: constant returns; forces in a region of a small country", sim::Grade::D),
                       sim::lowers("events_violence/state_based")),
        sim::parameter("harass_share", &GroupConduct::harass_share, "1", sim::between(0.0, 1.0),
                       "attacks of a group that harasses relative to one that fights", sim::source("assumed", sim::Grade::D),
                       sim::raises("events_violence/state_based"), sim::uncertain_factor(0.8)),
        sim::parameter(
            "defiant_share", &GroupConduct::defiant_share, "1", sim::between(0.0, 1.0),
            "the same of a total spoiler outside the agreement, if it is more",
            sim::source("Stedman 1997: total spoilers do not settle, they can be worn down; size judged", sim::Grade::D),
            sim::raises("events_violence/state_based")),
        sim::parameter("rest", &GroupConduct::rest, "1", sim::between(0.0, 20.0), "odds of a week of rest against one of attacks",
                       sim::source("assumed: a third of the weeks", sim::Grade::D), sim::moves("events_violence/state_based")),
        sim::parameter("extort_pull", &GroupConduct::extort_pull, "1", sim::between(0.0, 20.0),
                       "odds of a week of extortion where nobody patrols and no pay comes",
                       sim::source("RebelGroup model: who cannot pay lives off the land; size judged", sim::Grade::C),
                       sim::raises("group_conduct")),
        sim::parameter(
            "canton_pull", &GroupConduct::canton_pull, "1", sim::between(0.0, 100.0),
            "odds that a fully committed signatory brings fighters to disarmament in a week, where that reaches everybody",
            sim::source("assumed", sim::Grade::D), sim::raises("group_conduct")),
        sim::parameter("indiscipline", &GroupConduct::indiscipline, "1", sim::between(0.0, 5.0),
                       "odds of a violation by a group that complies, without cohesion and while no ceasefire holds",
                       sim::source("assumed", sim::Grade::D), sim::raises("group_conduct")),
        sim::parameter("talk", &GroupConduct::talk, "1", sim::between(0.0, 1.0),
                       "chance of a week of talks where dialogue reaches everybody",
                       sim::source("Smidt 2020: local dialogue lowers violence; size judged", sim::Grade::C),
                       sim::lowers("events_violence/state_based")),
        sim::parameter("common_enemy", &GroupConduct::common_enemy, "1", sim::between(0.0, 1.0),
                       "rivalry left between groups that both fight the state and do not both want all of it",
                       sim::source("assumed: truces of convenience, as in northern Mali", sim::Grade::D),
                       sim::raises("deaths/between_groups")),
        sim::parameter("rival_weight", &GroupConduct::rival_weight, "1", sim::between(0.0, 20.0),
                       "weight of a fighter of a rival as a target, against one of the forces of the state",
                       sim::source("UCDP: non-state deaths are fewer than state-based ones; size judged", sim::Grade::C),
                       sim::raises("events_violence/between_groups")),
        sim::parameter("kinship", &GroupConduct::kinship, "1", sim::between(0.0, 1.0),
                       "share of rivalry that friendly relations between identity groups take away, and hostile ones add",
                       sim::source("MODEL: relations between groups; size judged", sim::Grade::C),
                       sim::moves("events_violence/between_groups")),
        sim::parameter("state_presence", &GroupConduct::state_presence, "persons", sim::above(0.0),
                       "forces that the state counts as a target where it has none: officials, offices, roads",
                       sim::source("assumed", sim::Grade::D), sim::raises("events_violence/state_based")),
        sim::parameter("one_sided_share", &GroupConduct::one_sided_share, "1", sim::between(0.0, 5.0),
                       "attacks on civilians relative to those on armed targets",
                       sim::source("UCDP events of Liberia, Mali, Cote d'Ivoire: about a quarter", sim::Grade::B),
                       sim::raises("events_violence/one_sided_group"), sim::uncertain_factor(0.5)),
        sim::parameter(
            "unpaid_effect", &GroupConduct::unpaid_effect, "1", sim::between(0.0, 20.0),
            "relative rise of attacks on civilians and aid when no pay comes",
            sim::source("Humphreys and Weinstein 2006: undisciplined groups abuse (from memory); size judged", sim::Grade::C),
            sim::raises("events_violence/one_sided_group")),
        sim::parameter("restraint", &GroupConduct::restraint, "1", sim::between(0.0, 1.0),
                       "share of attacks on civilians that goes with want of support, none at support one half",
                       sim::source("Kalyvas 2006: violence where support is wanting (from memory); size judged", sim::Grade::C),
                       sim::moves("events_violence/one_sided_group")),
        sim::parameter("on_mission_share", &GroupConduct::on_mission_share, "1", sim::between(0.0, 5.0),
                       "attacks on the mission relative to those on armed targets, where all of these are peacekeepers",
                       sim::source("Mali: 20 to 30 of 13,000 a year killed by hostile acts (memory); size judged", sim::Grade::C),
                       sim::raises("events_violence/against_mission")),
        sim::parameter("on_aid_share", &GroupConduct::on_aid_share, "1", sim::between(0.0, 5.0),
                       "attacks on aid relative to those on armed targets, where aid meets all need",
                       sim::source("assumed", sim::Grade::D), sim::raises("events_violence/against_aid")),
        sim::parameter("escort_effect", &GroupConduct::escort_effect, "1", sim::between(0.0, 1.0),
                       "share of attacks on aid that escorts everywhere prevent", sim::source("assumed", sim::Grade::D),
                       sim::lowers("events_violence/against_aid")),
        sim::parameter("extortion_reference", &GroupConduct::extortion_reference, "persons", sim::above(0.0),
                       "fighters per 1,000 people at which two thirds of people are extorted",
                       sim::source("JPL Athena: reference of coercion, 10 to 12 per 1,000", sim::Grade::B),
                       sim::lowers("group_wealth")),
        sim::parameter("disarm_rate", &GroupConduct::disarm_rate, "week^-1", sim::between(0.0, 5.0),
                       "rate at which fighters enter disarmament in a week in which their group brings them, where disarmament "
                       "reaches everybody and is fully implemented",
                       sim::source("Liberia 2003-04: about 100,000 in a year, in waves (from memory)", sim::Grade::C),
                       sim::lowers("fighters")),
        sim::parameter("strangers", &GroupConduct::strangers, "1", sim::between(0.0, 10.0),
                       "how fast places lose their draw on fighters as people of their own grow few among strangers (exponent)",
                       sim::source("Kalyvas 2006: information of civilians decides (from memory); size judged", sim::Grade::C),
                       sim::moves("fighters")),
        sim::parameter("riches_pull", &GroupConduct::riches_pull, "1", sim::between(0.0, 50.0),
                       "pull of lootable resources on fighters (log odds)",
                       sim::source("Beardsley and Gleditsch 2015: conflict zones move; size judged", sim::Grade::C),
                       sim::moves("fighters")),
        sim::parameter("avoid_patrol", &GroupConduct::avoid_patrol, "1", sim::between(0.0, 50.0),
                       "push of patrols that reach everybody (log odds)",
                       sim::source("Beardsley and Gleditsch 2015, direction; size judged", sim::Grade::C),
                       sim::moves("fighters")),
        sim::parameter("avoid_force", &GroupConduct::avoid_force, "1", sim::between(0.0, 50.0),
                       "push of forces far stronger than the group (log odds)",
                       sim::source("Beardsley and Gleditsch 2015, direction; size judged", sim::Grade::C),
                       sim::moves("fighters")),
        sim::parameter("mission_power", &GroupConduct::mission_power, "1", sim::between(0.0, 2.0),
                       "weight of a peacekeeper against a soldier of the state",
                       sim::source("assumed: mandate limits use of force", sim::Grade::D), sim::moves("fighters")));

    void step(sim::View<GroupConduct> state, const sim::Step& now) const;

  private:
    using Odds = std::array<double, 7>;  ///< by conduct
    [[nodiscard]] Odds odds(const sim::View<GroupConduct>& state, std::size_t region, std::size_t group) const;
    [[nodiscard]] double rivals(const sim::View<GroupConduct>& state, std::size_t region, std::size_t group) const;
    void intend(const sim::View<GroupConduct>& state, std::size_t region, std::size_t group, double intensity) const;
    void choose_places(const sim::View<GroupConduct>& state, std::size_t group) const;
};

}  // namespace drawdown
