#pragma once

#include <array>
#include <vector>

#include "models/transition/actor_inputs.hpp"
#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

struct Inputs;

/// What the mission and its activities cost, and which fund pays.
///
/// Assessed budget a year = fixed + per_head x uniformed, while the mission is open: UNMIL's budgets of 2005/06 to 2011/12 follow
/// 239 million + 31,100 USD for each uniformed (R2 0.995). `half_size` bends the fixed part for small missions, fixed U / (U +
/// half_size); 0 is the straight line. A ceiling of the budget cuts it. Out of it comes the programme fund, in proportion to
/// personnel; the rest is operations, booked to activities by staff, what is left to direction and support.
///
/// Programme money that an activity needs, by the fund that gives it: quick impact and information from the programme fund, mine
/// action, participation and civil society from the voluntary fund, all per staff and year; disarmament and reintegration from
/// the voluntary fund, per person in camp or programme. A fund that cannot meet all needs meets the same share of each. Then
///     paid = share of operations met x share of programme money met,
/// as neither staff nor money do the work alone; Activities uses it in the next step. Voluntary money that no activity of the
/// mission needs is spent by the country team in the same step. Programme money left at the closure goes back to member states.
/// All amounts are whole USD: received - spent = balance, to the dollar, and no fund falls below zero.
struct MissionCost {
    double fixed_musd = 239.0;
    double per_head_usd = 31100.0;
    double half_size = 0.0;
    double quick_impact_usd = 18000.0;
    double information_usd = 5000.0;
    double mine_action_usd = 60000.0;
    double participation_usd = 15000.0;
    double civil_society_usd = 15000.0;
    double ddr_usd = 1000.0;
    double programme_musd = 2.0;       ///< a year at full personnel; from [mission]
    double full_personnel = 1.0;       ///< persons; from the strength of the mission at the start
    std::vector<DonorInput> donors{};  ///< from [donor.*]

    static constexpr std::string_view name = "mission_cost";
    static constexpr auto reads = sim::columns(country::mission_strength, country::mission_open, country::ceiling,
                                               country::economic_support, region_component::strength, region_activity::staff,
                                               region::cantoned, region::in_programme, donor::disbursed);
    static constexpr auto writes =
        sim::columns(fund::income, fund::expense, fund::balance, fund::received, fund::spent, activity::cost, activity::paid,
                     country::assessed_cost, country::assessed_need, country::voluntary_cost, country::received, country::spent);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("fixed", &MissionCost::fixed_musd, "million USD year^-1", sim::between(0.0, 1e5),
                       "cost of an open mission that does not depend on its strength",
                       sim::source("regression on UNMIL budgets 2005/06-2011/12 (EVIDENCE 87)", sim::Grade::A),
                       sim::raises("assessed_cost")),
        sim::parameter("per_head", &MissionCost::per_head_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "cost of one uniformed person",
                       sim::source("regression on UNMIL budgets 2005/06-2011/12 (EVIDENCE 87)", sim::Grade::A),
                       sim::raises("assessed_cost")),
        sim::parameter("half_size", &MissionCost::half_size, "persons", sim::at_least(0.0),
                       "strength at which half of the fixed cost is left; 0: all of it",
                       sim::source("0 is the published relation; about 700 fits UNMIL's last two years", sim::Grade::C),
                       sim::lowers("assessed_cost")),
        sim::parameter("quick_impact", &MissionCost::quick_impact_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "programme money that one staff at quick impact needs",
                       sim::source("assumed: fits two million a year in UNMIL", sim::Grade::D),
                       sim::lowers("activity_paid/quick_impact")),
        sim::parameter("information", &MissionCost::information_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "programme money that one staff in communications needs: air time, outreach",
                       sim::source("assumed", sim::Grade::D), sim::raises("activity_cost/information")),
        sim::parameter("mine_action", &MissionCost::mine_action_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "money for contractors that one staff in mine action needs", sim::source("assumed", sim::Grade::D),
                       sim::raises("activity_cost/mine_action")),
        sim::parameter("participation", &MissionCost::participation_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "programme money that one adviser on participation needs", sim::source("assumed", sim::Grade::D),
                       sim::raises("activity_cost/participation")),
        sim::parameter("civil_society", &MissionCost::civil_society_usd, "USD year^-1", sim::between(0.0, 1e7),
                       "grants to civil society that go with one staff", sim::source("assumed", sim::Grade::D),
                       sim::raises("activity_cost/civil_society")),
        sim::parameter("ddr", &MissionCost::ddr_usd, "USD year^-1", sim::between(0.0, 1e6),
                       "cost of one person in a disarmament camp or reintegration programme",
                       sim::source("assumed: programmes of one to two years for one to two thousand USD", sim::Grade::D),
                       sim::raises("activity_cost/ddr")));

    /// Assessed cost in USD a year of a mission of `uniformed` persons.
    [[nodiscard]] double yearly_cost(double uniformed) const;
    /// Fund that gives an activity its programme money.
    [[nodiscard]] static Fund programme_fund(Activity activity);
    /// Programme money in USD a year that an activity of `staff` needs, `served` being those in disarmament or reintegration.
    [[nodiscard]] double programme_need(Activity activity, double staff, double served) const;

    void step(sim::View<MissionCost> state, const sim::Step& now) const;
};

/// Personnel of the mission, uniformed and civilian, at the start; if it has none then, the most that the scenario gives it.
[[nodiscard]] double full_personnel(const Inputs& in);

}  // namespace drawdown
