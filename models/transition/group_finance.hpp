#pragma once

#include <string>
#include <vector>

#include "models/transition/actor_inputs.hpp"
#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Money of the armed groups: taxes where they control, extortion where they press people, loot where they are, sponsors abroad;
/// pay for their fighters.
///
/// Weak groups loot, strong ones tax (RebelGroup model). A group that complies keeps only a skeleton that costs a share of the
/// full pay. A sponsor gives in proportion to 1 - stance of its regime towards the host government: nothing once it is a friend,
/// twice as much when it is an enemy; a shock to sponsors moves that stance, for all or for one group. Its money is shared by the
/// group and those that split from it, in proportion to their fighters. Extremist networks send money to groups that nobody may
/// talk to, in proportion to extremism where their people are. What a group can pay, relative to what is due, is
///     means = (income + money in hand / reserve) / due,    at most 10,
/// which limits how many it takes in.
struct GroupFinance {
    /// Who pays a group from abroad.
    struct Sponsor {
        double usd_per_week = 0.0;
        int neighbour = -1;  ///< row of the neighbour; -1: far away
    };
    double tax = 0.01;
    double loot = 15.0;
    double loot_crowding = 300.0;
    double sponsor = 10000.0;
    double trafficking = 10000.0;
    double extremists = 5000.0;
    double reserve_weeks = 156.0;
    double pay_usd = 10.0;
    double skeleton_pay = 0.2;
    std::vector<Sponsor> sponsors;       ///< by group
    std::vector<ShockInput> shocks;      ///< in the order of the rows of shocks
    std::vector<std::string> names;      ///< of the groups of the scenario
    std::vector<NeighbourInput> abroad;  ///< in the order of the rows of neighbours

    static constexpr std::string_view name = "group_finance";
    static constexpr auto reads = sim::columns(
        region_group::fighters, region_group::control, region_group::affinity, region_group::extortion, region::resources,
        region::economy, region::adults, region::spillover, region::trafficking, region::extremism, region_activity::coverage,
        group::posture, group::fighters, group::alive, group::sponsor, group::proscribed, neighbour::stance, shock::level);
    static constexpr auto writes = sim::columns(group::wealth, group::income, group::pay, group::means, group::sponsorship);
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "tax", &GroupFinance::tax, "USD week^-1", sim::at_least(0.0),
            "tax on an adult in a region that a group controls, or from whom it extorts",
            sim::source("assumed: about half a USD a year from the poor; with it JNIM takes millions a year", sim::Grade::D),
            sim::raises("group_wealth")),
        sim::parameter("loot", &GroupFinance::loot, "USD week^-1", sim::at_least(0.0),
                       "loot of one fighter where resources are richest and nobody patrols",
                       sim::source("assumed: wages of illicit mining in Liberia", sim::Grade::D), sim::raises("group_wealth")),
        sim::parameter("loot_crowding", &GroupFinance::loot_crowding, "fighters", sim::above(0.0),
                       "fighters in a region at which each finds half as much",
                       sim::source("assumed: sites are few", sim::Grade::D), sim::raises("group_wealth")),
        sim::parameter("sponsor", &GroupFinance::sponsor, "USD week^-1", sim::at_least(0.0),
                       "support to all groups across a wholly unstable border", sim::source("assumed", sim::Grade::D),
                       sim::raises("group_wealth")),
        sim::parameter("trafficking", &GroupFinance::trafficking, "USD week^-1", sim::at_least(0.0),
                       "income of groups from a region through which trafficking is greatest, by their ties there",
                       sim::source("Mali, Sahara routes: size judged", sim::Grade::D), sim::raises("group_wealth")),
        sim::parameter("extremists", &GroupFinance::extremists, "USD week^-1", sim::at_least(0.0),
                       "income of groups that nobody may talk to from a region where extremism is greatest, by their ties there",
                       sim::source("JNIM's yearly income in the millions, SOURCES of Mali (memory); size judged", sim::Grade::D),
                       sim::raises("group_wealth")),
        sim::parameter("reserve", &GroupFinance::reserve_weeks, "weeks", sim::above(0.0),
                       "time over which a group spreads its money in hand when it takes in fighters",
                       sim::source("assumed: three years", sim::Grade::D), sim::lowers("recruits")),
        sim::parameter(
            "pay", &GroupFinance::pay_usd, "USD week^-1", sim::above(0.0), "pay due to a fighter",
            sim::source("Blattman and Annan 2016: recruiters offered 50 to 100 USD a month at the most", sim::Grade::C),
            sim::lowers("group_wealth")),
        sim::parameter("skeleton_pay", &GroupFinance::skeleton_pay, "1", sim::between(0.0, 1.0),
                       "share of the pay that is due, and of the loot that is made, while the group complies",
                       sim::source("assumed", sim::Grade::D), sim::moves("group_wealth")));

    void step(sim::View<GroupFinance> state, const sim::Step& now) const;

  private:
    /// What the sponsor of a group of the scenario gives in the step to all who share it.
    [[nodiscard]] double given(const sim::View<GroupFinance>& state, std::size_t sponsored, double dt_weeks) const;
};

}  // namespace drawdown
