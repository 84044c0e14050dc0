#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Armed groups form, ally, split, merge and dissolve, within the room that the scenario leaves for new ones.
///
/// Discord is the share of those who lead the fighters who would rather do the opposite: L(D / discord_width) while the group
/// complies, 1 less that while it is out, D its temptation. Cohesion follows 1 - unpaid - discord - losses. A group splits with
/// hazard split_rate (1 - cohesion / split_below) discord; the discordant share goes: hard-liners out of a group that complies,
/// those who have had enough out of one that does not. Ties and money are shared out with the fighters.
/// The weaker of two enemies seeks an ally with hazard ally_rate times the gap in strength, and takes only one with whom it is
/// the stronger (RebelGroup model). A group much weaker than its ally merges into it. Without fighters for long, a group that is
/// no party to the agreement dissolves. A group forms in a region with hazard form_rate G (1 - state control) (1 - (1 - F) (1 -
/// E)): grievance G, former fighters F = f / (f + former_half) for f in 1,000 people, extremism E.
struct GroupLife {
    double cohesion_rate = 0.03;
    double cohesion_unpaid = 0.4;
    double cohesion_discord = 0.6;
    double cohesion_losses = 5.0;
    double discord_width = 0.15;
    double split_rate = 0.03;
    double split_below = 0.6;
    double least_share = 0.1;
    double least_fighters = 30.0;
    double cohesion_after = 0.8;
    double splinter_resolve = 0.1;
    double ally_rate = 0.05;
    double ally_break = 0.005;
    double merge_rate = 0.02;
    double merge_below = 0.3;
    double dissolve_weeks = 104.0;
    double form_rate = 0.0005;
    double former_half = 5.0;
    double new_greedy = 0.35;
    double new_arms = 0.4;
    double seed_usd = 20000.0;
    double arms_rate = 0.01;
    double best_arms = 1.0;
    std::size_t named_groups = 0;  ///< groups of the scenario; the rows after them are room for new ones
    std::shared_ptr<const Geography> geography;
    std::vector<std::vector<double>> identity_shares;  ///< of each region's people

    static constexpr std::string_view name = "group_life";
    static constexpr auto reads =
        sim::columns(region_group::fighters, region_group::losses, group::fighters, group::pay, region::grievance,
                     region::state_control, region::population, region::former, region::security, region::extremism,
                     region::arms_flow, identity::inclusion, identity_pair::relation);
    static constexpr auto writes =
        sim::columns(group::alive, group::identity, group::parent, group::ally, group::signatory, group::proscribed, group::hired,
                     group::sponsor, group::encroached, group::posture_weeks, group::spoiler, group::arms, group::cohesion,
                     group::support, group::wealth, group::posture, group::resolve, group::weariness, group::temptation,
                     group::leverage, group::idle_weeks, group::seen, group::transfer_to, group::transfer_share,
                     region_group::affinity, region_group::control, region_group::recruiting);
    static constexpr auto streams = sim::streams({"group_split", "group_ally", "group_merge", "group_form"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("cohesion_rate", &GroupLife::cohesion_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which cohesion follows its causes", sim::source("assumed: months", sim::Grade::D),
                       sim::moves("group_cohesion")),
        sim::parameter("cohesion_unpaid", &GroupLife::cohesion_unpaid, "1", sim::between(0.0, 1.0),
                       "cohesion that a group loses when no pay comes",
                       sim::source("RebelGroup model: unpaid fighters leave; size judged", sim::Grade::C),
                       sim::lowers("group_cohesion")),
        sim::parameter("cohesion_discord", &GroupLife::cohesion_discord, "1", sim::between(0.0, 1.0),
                       "cohesion that a group loses when all would rather do the opposite",
                       sim::source("Stedman 1997: spoilers are unified or not; size judged", sim::Grade::C),
                       sim::lowers("group_cohesion")),
        sim::parameter("cohesion_losses", &GroupLife::cohesion_losses, "1", sim::between(0.0, 100.0),
                       "cohesion that a group loses for each share of its fighters killed in a week",
                       sim::source("assumed", sim::Grade::D), sim::lowers("group_cohesion")),
        sim::parameter("discord_width", &GroupLife::discord_width, "1", sim::between(0.005, 2.0),
                       "spread of temptation among those who lead the fighters",
                       sim::source("assumed: about twice the width of the decision", sim::Grade::D),
                       sim::moves("group_cohesion")),
        sim::parameter("split_rate", &GroupLife::split_rate, "week^-1", sim::between(0.0, 1.0),
                       "greatest hazard that a group splits", sim::source("assumed", sim::Grade::D), sim::raises("group_alive")),
        sim::parameter("split_below", &GroupLife::split_below, "1", sim::between(0.01, 1.0),
                       "cohesion below which a group can split", sim::source("assumed", sim::Grade::D),
                       sim::raises("group_alive")),
        sim::parameter("least_share", &GroupLife::least_share, "1", sim::between(0.0, 0.5),
                       "smallest share of the fighters that splits off", sim::source("assumed", sim::Grade::D),
                       sim::moves("fighters")),
        sim::parameter("least_fighters", &GroupLife::least_fighters, "persons", sim::between(1.0, 1e6),
                       "fewest fighters that each half of a split must have", sim::source("assumed: a company", sim::Grade::D),
                       sim::lowers("group_alive")),
        sim::parameter("cohesion_after", &GroupLife::cohesion_after, "1", sim::between(0.0, 1.0),
                       "cohesion of both halves after a split", sim::source("assumed: those who stay agree", sim::Grade::D),
                       sim::raises("group_cohesion")),
        sim::parameter("splinter_resolve", &GroupLife::splinter_resolve, "1", sim::between(0.0, 2.0),
                       "resolve that hard-liners have beyond their old group, and the willing short of it",
                       sim::source("assumed: one standard deviation of resolve", sim::Grade::D), sim::moves("group_temptation")),
        sim::parameter("ally_rate", &GroupLife::ally_rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard that a group seeks an ally while its enemy is far stronger",
                       sim::source("RebelGroup model: with a chance of the gap in strength; speed judged", sim::Grade::C),
                       sim::moves("events_violence/between_groups")),
        sim::parameter("ally_break", &GroupLife::ally_break, "week^-1", sim::between(0.0, 1.0), "hazard that an alliance ends",
                       sim::source("assumed: four years", sim::Grade::D), sim::moves("events_violence/between_groups")),
        sim::parameter("merge_rate", &GroupLife::merge_rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard that a weak group joins its strong ally", sim::source("assumed: a year", sim::Grade::D),
                       sim::lowers("group_alive")),
        sim::parameter("merge_below", &GroupLife::merge_below, "1", sim::between(0.0, 1.0),
                       "strength relative to its ally below which a group is weak", sim::source("assumed", sim::Grade::D),
                       sim::lowers("group_alive")),
        sim::parameter("dissolve_weeks", &GroupLife::dissolve_weeks, "weeks", sim::between(1.0, 5200.0),
                       "time without fighters after which a group that is no signatory is gone",
                       sim::source("assumed: two years", sim::Grade::D), sim::raises("group_alive")),
        sim::parameter(
            "form_rate", &GroupLife::form_rate, "week^-1", sim::between(0.0, 1.0),
            "hazard that a group forms in a region in full grievance, without a state, among former fighters or extremists",
            sim::source("set so that new groups are rare where the state holds; not calibrated", sim::Grade::D),
            sim::raises("group_alive"), sim::uncertain_factor(1)),
        sim::parameter("former_half", &GroupLife::former_half, "persons", sim::above(0.0),
                       "former fighters per 1,000 people at which half of that hazard is reached",
                       sim::source("assumed", sim::Grade::D), sim::lowers("group_alive")),
        sim::parameter("new_greedy", &GroupLife::new_greedy, "1", sim::between(0.0, 1.0),
                       "share of new groups that are greedy spoilers", sim::source("assumed", sim::Grade::D),
                       sim::moves("group_temptation")),
        sim::parameter("new_arms", &GroupLife::new_arms, "1", sim::between(0.0, 10.0),
                       "fighting power of a fighter of a new group relative to a soldier of the state",
                       sim::source("assumed: light weapons", sim::Grade::D), sim::raises("group_arms")),
        sim::parameter("seed_usd", &GroupLife::seed_usd, "USD", sim::between(0.0, 1e9), "money in hand of a new group",
                       sim::source("assumed", sim::Grade::D), sim::raises("group_wealth")),
        sim::parameter("arms_rate", &GroupLife::arms_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a full flow of arms into its regions equips a group",
                       sim::source("assumed", sim::Grade::D), sim::raises("group_arms")),
        sim::parameter("best_arms", &GroupLife::best_arms, "1", sim::between(0.0, 10.0),
                       "fighting power to which a flow of arms brings a fighter",
                       sim::source("definition: that of a soldier of the state", sim::Grade::D), sim::raises("group_arms")));

    void step(sim::View<GroupLife> state, const sim::Step& now) const;
    /// Share of those who lead the fighters who would rather do the opposite of what the group does.
    [[nodiscard]] double discord(double temptation, bool complies) const;

  private:
    using Groups = sim::View<GroupLife>;
    void keep_together(const Groups& state, std::size_t group, const sim::Step& now) const;
    [[nodiscard]] std::optional<std::size_t> room(const Groups& state) const;
    void found(const Groups& state, std::size_t group) const;
    void end(const Groups& state, std::size_t group) const;
    void split(const Groups& state, std::size_t group, const sim::Step& now) const;
    void seek_ally(const Groups& state, std::size_t group, const sim::Step& now) const;
    void merge(const Groups& state, std::size_t group, const sim::Step& now) const;
    void form(const Groups& state, std::size_t region, const sim::Step& now) const;
};

/// The groups at the start: who lives, who has signed, who shares whose identity.
struct Inputs;
void start_groups(sim::State& state, const Inputs& inputs);

}  // namespace drawdown
