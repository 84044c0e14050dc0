// Which columns a result file holds, and their names there.

#include "models/transition/columns.hpp"
#include "models/transition/model.hpp"

namespace drawdown {

namespace {

constexpr sim::Cell point = sim::Cell::point;
constexpr sim::Cell sum = sim::Cell::sum;
constexpr sim::Cell mean = sim::Cell::mean;
constexpr sim::Cell maximum = sim::Cell::maximum;

/// Money: a year of it leaves 32 bits.
template <class C>
sim::Output money(std::string name, const C& column) {
    sim::Output output = sim::record(std::move(name), column, sum);
    output.as_float = true;
    return output;
}

}  // namespace

std::vector<sim::Output> outputs() {
    using sim::record;
    return {
        record("population", region::population, point),
        record("displaced", region::displaced, point),
        record("refugees", region::refugees, point),
        record("sites", region::sites, point),
        record("former_fighters", region::former, point),
        record("cantoned", region::cantoned, point),
        record("in_programme", region::in_programme, point),
        record("reintegrated", region::reintegrated, point),
        record("disarmed", region::disarmed, sum),
        record("rearmed", region::rearmed, sum),
        record("graduated", region::graduated, sum),
        record("moved_fighters", region::moved_fighters, sum),
        record("property_disputes", region::property_disputes, point),
        record("recruits", region::recruits, sum),
        record("deserters", region::deserters, sum),
        record("enlisted", region::enlisted, sum),
        record("security_forces", region::security, point),
        record("newly_displaced", region::newly_displaced, sum),
        record("returned", region::returned, sum),
        record("civilian_deaths", region::civilian_toll, sum),
        record("state_control", region::state_control, point),
        record("security_level", region::security_level, point),
        record("services", region::services, point),
        record("economy", region::economy, point),
        record("consent_popular", region::consent, point),
        record("abuse", region::abuse, mean),
        record("grievance", region::grievance, point),
        record("fear", region::fear, point),
        record("trust_state", region::trust_state, point),
        record("trust_mission", region::trust_mission, point),
        record("expectation", region::expectation, point),
        record("livelihood", region::livelihood, point),
        record("population_cohort", region_cohort::population, point),
        record("displaced_cohort", region_cohort::displaced, point),
        record("returned_cohort", region_cohort::returned, sum),
        record("recruits_cohort", region_cohort::recruits, sum),
        record("welfare_cohort", region_cohort::welfare, point),
        record("deaths_cohort", region_cohort::deaths, sum),
        record("strength", region_component::strength, point),
        record("coverage", region_activity::coverage, mean),
        record("capacity", region_function::capacity, point),
        record("substitution", region_function::substitution, point),
        record("events_violence", region_violence::events, sum),
        record("deaths", region_violence::deaths, sum),
        record("fighters", region_group::fighters, point),
        record("group_control", region_group::control, point),
        record("group_posture", group::posture, point),
        record("group_temptation", group::temptation, mean),
        record("group_wealth", group::wealth, point),
        record("group_commitment", group::commitment, point),
        record("inclusion", identity::inclusion, point),
        record("benchmark_value", benchmark::value, point),
        record("benchmark_observed", benchmark::observed, point),
        record("armed_conflict", country::armed_conflict, maximum),
        record("war", country::war, maximum),
        record("legitimacy", country::legitimacy, point),
        record("consent_host", country::consent, point),
        record("consent_parties", country::party_consent, point),
        record("asked_to_leave", country::asked_to_leave, maximum),
        record("implementation", country::implementation, point),
        record("tension", country::tension, maximum),
        record("epidemic", country::epidemic, maximum),
        record("misconduct", country::misconduct, point),
        record("uniformed", country::mission_strength, point),
        record("mission_open", country::mission_open, maximum),
        record("weeks_to_exit", country::weeks_to_exit, point),
        record("plan_paused", country::paused, maximum),
        money("assessed_cost", country::assessed_cost),
        money("voluntary_cost", country::voluntary_cost),
        money("host_cost", country::host_cost),
        record("attention", country::attention, point),
        record("gdp", country::gdp, point),
        record("budget_adequacy", country::budget_adequacy, mean),
        record("births", country::births, sum),
        record("natural_deaths", country::natural_deaths, sum),
        record("violent_deaths", country::violent_deaths, sum),
        record("total_fighters", country::fighters, point),
        record("total_displaced", country::displaced, point),
        record("total_refugees", country::refugees, point),
    };
}

}  // namespace drawdown
