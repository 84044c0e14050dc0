#pragma once
// State variables of the transition model, one line each. A column's table is the part of its name before the dot.

#include <cstdint>

#include "sim/column.hpp"

namespace drawdown {

// What a person is doing. The dead have weight 0.
enum class Status : std::uint8_t { home = 0, former_fighter = 1, displaced = 2, refugee = 3, fighter = 4, security = 5 };
inline constexpr int status_count = 6;

enum class Component : std::uint8_t { military = 0, formed_police = 1, police = 2, civilian = 3 };
inline constexpr int component_count = 4;

enum class Activity : std::uint8_t { patrol = 0, policing = 1, mentoring = 2, dialogue = 3, quick_impact = 4, information = 5 };
inline constexpr int activity_count = 6;

enum class Function : std::uint8_t { army = 0, police = 1, justice = 2, administration = 3, services = 4, revenue = 5 };
inline constexpr int function_count = 6;

enum class Violence : std::uint8_t {
    state_based = 0,
    one_sided_group = 1,
    one_sided_state = 2,
    communal = 3,
    mob = 4,
    against_mission = 5
};
inline constexpr int violence_count = 6;

enum class Posture : std::uint8_t { comply = 0, harass = 1, fight = 2 };

inline constexpr int age_band_count = 4;  // 0-14, 15-29, 30-59, 60 and over
inline constexpr int cohort_count = 2 * age_band_count;
inline constexpr std::uint8_t no_group = 255;

namespace person {
inline constexpr sim::Column<"person.grievance", float> grievance{"1", "baseline grievance, 0 to 1"};
inline constexpr sim::Column<"person.fear", float> fear{"1", "baseline fear, 0 to 1"};
inline constexpr sim::Column<"person.trust_state", float> trust_state{"1", "baseline trust in the host government, 0 to 1"};
inline constexpr sim::Column<"person.trust_mission", float> trust_mission{"1", "baseline trust in the mission, 0 to 1"};
inline constexpr sim::Column<"person.expectation", float> expectation{"1", "service level the person expects, 0 to 1"};
inline constexpr sim::Column<"person.weight", std::uint16_t> weight{
    "persons", "persons that the agent stands for; 0 when all are dead or split off"};
inline constexpr sim::Column<"person.status", std::uint8_t> status{
    "1", "home, former fighter, displaced, refugee, fighter, security forces"};
inline constexpr sim::Column<"person.location", std::uint8_t> location{
    "1", "region where the person is now; region of origin for a refugee"};
inline constexpr sim::Column<"person.group", std::uint8_t> group{"1", "armed group of a fighter or former fighter, 255 for none"};
inline constexpr sim::Column<"person.identity", std::uint8_t> identity{"1", "identity group, static"};
inline constexpr sim::Column<"person.sex", std::uint8_t> sex{"1", "0 male, 1 female, static"};
inline constexpr sim::Column<"person.age", std::uint8_t> age{"years", "age in completed years"};
inline constexpr sim::Column<"person.livelihood", std::uint8_t> livelihood{"1", "livelihood security, 0 to 255 for 0 to 1"};
inline constexpr sim::Column<"person.harm", std::uint8_t> harm{"1", "victimisation memory, 0 to 255 for 0 to 1"};
}  // namespace person

namespace community {
inline constexpr sim::Column<"community.region", std::uint8_t> region{"1", "region in which the community lies, static"};
inline constexpr sim::Column<"community.violence", float> violence{
    "1", "recent deaths by violence in the community per 100,000 people, fading"};
inline constexpr sim::Column<"community.grievance", float> grievance{"1", "mean grievance of adults at home"};
inline constexpr sim::Column<"community.trust_state", float> trust_state{"1", "mean trust in the government of adults at home"};
inline constexpr sim::Column<"community.rumour", float> rumour{"1", "share of people who believe a hostile rumour"};
inline constexpr sim::Column<"community.residents", std::int32_t> residents{"persons",
                                                                            "persons of the community who are at home"};
inline constexpr sim::Column<"community.away", std::int32_t> away{"persons", "displaced persons and refugees from the community"};
inline constexpr sim::Column<"community.fighters", std::int32_t> fighters{"persons", "fighters from the community"};
inline constexpr sim::Column<"community.former", std::int32_t> former{"persons", "former fighters in the community"};
}  // namespace community

namespace region {
inline constexpr sim::Column<"region.remoteness", double> remoteness{"1", "0 at the capital, 1 at the farthest region, static"};
inline constexpr sim::Column<"region.resources", double> resources{"1", "lootable resources, 0 to 1, static"};
inline constexpr sim::Column<"region.population", std::int64_t> population{
    "persons", "persons in the region now, security forces and fighters included"};
inline constexpr sim::Column<"region.adults", std::int64_t> adults{"persons", "adults of 15 and over at home in the region"};
inline constexpr sim::Column<"region.displaced", std::int64_t> displaced{"persons",
                                                                         "internally displaced persons hosted in the region"};
inline constexpr sim::Column<"region.refugees", std::int64_t> refugees{"persons", "persons from the region who are abroad"};
inline constexpr sim::Column<"region.former", std::int64_t> former{"persons", "former fighters in the region"};
inline constexpr sim::Column<"region.security", std::int64_t> security{"persons",
                                                                       "army and police of the host government in the region"};
inline constexpr sim::Column<"region.forces_wanted", double> forces_wanted{
    "persons", "army and police that the government wants in the region, static"};
inline constexpr sim::Column<"region.enlisted", std::int64_t> enlisted{"persons",
                                                                       "persons who joined the army or police in the step"};
inline constexpr sim::Column<"region.grievance_sum", std::int64_t> grievance_sum{"persons/16384",
                                                                                 "sum of grievance over adults at home"};
inline constexpr sim::Column<"region.fear_sum", std::int64_t> fear_sum{"persons/16384", "sum of fear over adults at home"};
inline constexpr sim::Column<"region.trust_state_sum", std::int64_t> trust_state_sum{
    "persons/16384", "sum of trust in the government over adults at home"};
inline constexpr sim::Column<"region.trust_mission_sum", std::int64_t> trust_mission_sum{
    "persons/16384", "sum of trust in the mission over adults at home"};
inline constexpr sim::Column<"region.expectation_sum", std::int64_t> expectation_sum{"persons/16384",
                                                                                     "sum of expectation over adults at home"};
inline constexpr sim::Column<"region.livelihood_sum", std::int64_t> livelihood_sum{
    "persons/255", "sum of livelihood security over adults at home"};
inline constexpr sim::Column<"region.grievance", double> grievance{"1", "mean grievance of adults at home"};
inline constexpr sim::Column<"region.fear", double> fear{"1", "mean fear of adults at home"};
inline constexpr sim::Column<"region.trust_state", double> trust_state{"1", "mean trust in the government of adults at home"};
inline constexpr sim::Column<"region.trust_mission", double> trust_mission{"1", "mean trust in the mission of adults at home"};
inline constexpr sim::Column<"region.expectation", double> expectation{"1", "mean expected service level of adults at home"};
inline constexpr sim::Column<"region.livelihood", double> livelihood{"1", "mean livelihood security of adults at home"};
inline constexpr sim::Column<"region.recruits", std::int64_t> recruits{
    "persons", "persons of the region who joined an armed group in the step"};
inline constexpr sim::Column<"region.deserters", std::int64_t> deserters{
    "persons", "fighters of the region who left their group in the step"};
inline constexpr sim::Column<"region.newly_displaced", std::int64_t> newly_displaced{
    "persons", "persons of the region who fled in the step"};
inline constexpr sim::Column<"region.returned", std::int64_t> returned{"persons",
                                                                       "persons of the region who came home in the step"};
inline constexpr sim::Column<"region.state_control", double> state_control{
    "1", "share of the region that the host government controls"};
inline constexpr sim::Column<"region.security_level", double> security_level{"1", "how safe daily life is, 0 to 1"};
inline constexpr sim::Column<"region.services", double> services{"1", "service level delivered, by the state or for it, 0 to 1"};
inline constexpr sim::Column<"region.mission_share", double> mission_share{
    "1", "share of delivered services that the mission pays for"};
inline constexpr sim::Column<"region.economy", double> economy{"1", "economic activity relative to the start"};
inline constexpr sim::Column<"region.consent", double> consent{"1", "consent of the population to the mission, 0 to 1"};
inline constexpr sim::Column<"region.abuse", double> abuse{"1", "intensity of abuses by host-government forces, 0 to 1"};
inline constexpr sim::Column<"region.exposure", double> exposure{
    "1", "recent deaths by violence in the region per 100,000 people, fading"};
inline constexpr sim::Column<"region.spillover", double> spillover{
    "1", "pressure across the border: arms, fighters, refugees, 0 to 1"};
inline constexpr sim::Column<"region.civilian_toll", std::int32_t> civilian_toll{"persons",
                                                                                 "civilians killed by violence in the step"};
inline constexpr sim::Column<"region.security_toll", std::int32_t> security_toll{
    "persons", "members of host-government forces killed in the step"};
}  // namespace region

namespace region_cohort {
inline constexpr sim::Column<"region_cohort.population", std::int64_t> population{"persons",
                                                                                  "persons in the region by sex and age band"};
inline constexpr sim::Column<"region_cohort.displaced", std::int64_t> displaced{"persons",
                                                                                "displaced persons hosted, by sex and age band"};
inline constexpr sim::Column<"region_cohort.deaths", std::int32_t> deaths{"persons",
                                                                          "deaths by violence in the step, by sex and age band"};
}  // namespace region_cohort

namespace region_component {
inline constexpr sim::Column<"region_component.target", double> target{"persons", "strength that the plan wants"};
inline constexpr sim::Column<"region_component.strength", double> strength{"persons", "strength deployed"};
}  // namespace region_component

namespace region_activity {
inline constexpr sim::Column<"region_activity.coverage", double> coverage{
    "1", "share of the population that the activity reaches, 0 to 1"};
}  // namespace region_activity

namespace region_function {
inline constexpr sim::Column<"region_function.capacity", double> capacity{
    "1", "capacity of a function of the host government, 0 to 1"};
inline constexpr sim::Column<"region_function.substitution", double> substitution{
    "1", "share of the function that the mission performs"};
}  // namespace region_function

namespace region_violence {
inline constexpr sim::Column<"region_violence.excitation", double> excitation{"week^-1",
                                                                              "extra event rate left by recent events"};
inline constexpr sim::Column<"region_violence.events", std::int32_t> events{"1", "events in the step"};
inline constexpr sim::Column<"region_violence.deaths", std::int32_t> deaths{"persons", "deaths in the step"};
}  // namespace region_violence

namespace group {
inline constexpr sim::Column<"group.posture", std::uint8_t> posture{"1", "0 complies, 1 harasses, 2 fights"};
inline constexpr sim::Column<"group.spoiler", std::uint8_t> spoiler{
    "1", "true type, hidden from the mission: 0 none, 1 limited, 2 greedy, 3 total; static"};
inline constexpr sim::Column<"group.commitment", double> commitment{"1", "commitment to the agreement, 0 to 1"};
inline constexpr sim::Column<"group.wealth", double> wealth{"USD", "money in hand"};
inline constexpr sim::Column<"group.income", double> income{"USD", "money taken in the step"};
inline constexpr sim::Column<"group.pay", double> pay{"1", "share of the pay due that is paid"};
inline constexpr sim::Column<"group.resolve", double> resolve{"1", "drifting part of the will to fight"};
inline constexpr sim::Column<"group.weariness", double> weariness{"1", "weariness of war, 0 to 1"};
inline constexpr sim::Column<"group.temptation", double> temptation{
    "1", "gain from leaving the agreement over staying, as the group sees it"};
inline constexpr sim::Column<"group.fighters", std::int64_t> fighters{"persons", "fighters of the group"};
}  // namespace group

namespace region_group {
inline constexpr sim::Column<"region_group.fighters", std::int64_t> fighters{"persons", "fighters of the group in the region"};
inline constexpr sim::Column<"region_group.control", double> control{"1", "share of the region that the group controls"};
inline constexpr sim::Column<"region_group.recruiting", double> recruiting{"1", "recruiting pressure on the eligible, 0 to 1"};
inline constexpr sim::Column<"region_group.losses", std::int32_t> losses{"persons", "fighters killed in the step"};
inline constexpr sim::Column<"region_group.affinity", double> affinity{
    "1", "how strongly the region's people are tied to the group, 0 to 1, static"};
}  // namespace region_group

namespace identity {
inline constexpr sim::Column<"identity.inclusion", double> inclusion{"1", "inclusion of the identity group in politics, 0 to 1"};
}  // namespace identity

namespace benchmark {
inline constexpr sim::Column<"benchmark.value", double> value{"1", "true value of the indicator"};
inline constexpr sim::Column<"benchmark.observed", double> observed{"1", "value as the mission reads it, with error and delay"};
inline constexpr sim::Column<"benchmark.held_weeks", double> held_weeks{
    "weeks", "time for which the observed value has met its threshold"};
}  // namespace benchmark

namespace country {
inline constexpr sim::Column<"country.population", std::int64_t> population{"persons",
                                                                            "persons of the country, refugees included"};
inline constexpr sim::Column<"country.births", std::int64_t> births{"persons", "births in the step"};
inline constexpr sim::Column<"country.natural_deaths", std::int64_t> natural_deaths{"persons",
                                                                                    "deaths in the step other than by violence"};
inline constexpr sim::Column<"country.violent_deaths", std::int64_t> violent_deaths{"persons", "deaths by violence in the step"};
inline constexpr sim::Column<"country.refugees", std::int64_t> refugees{"persons", "persons abroad"};
inline constexpr sim::Column<"country.displaced", std::int64_t> displaced{"persons", "internally displaced persons"};
inline constexpr sim::Column<"country.fighters", std::int64_t> fighters{"persons", "fighters of all armed groups"};
inline constexpr sim::Column<"country.population_before", std::int64_t> population_before{
    "persons", "population at the end of the step before"};
inline constexpr sim::Column<"country.fighters_before", std::int64_t> fighters_before{"persons",
                                                                                      "fighters at the end of the step before"};
inline constexpr sim::Column<"country.fighters_died", std::int64_t> fighters_died{
    "persons", "fighters who died in the step other than by violence"};
inline constexpr sim::Column<"country.killed_fighters", std::int64_t> killed_fighters{"persons", "fighters killed in the step"};
inline constexpr sim::Column<"country.battle_deaths_year", std::int64_t> battle_deaths_year{
    "persons", "state-based deaths so far in the calendar year"};
inline constexpr sim::Column<"country.armed_conflict", std::uint8_t> armed_conflict{
    "1", "1 once the calendar year has 25 state-based deaths"};
inline constexpr sim::Column<"country.war", std::uint8_t> war{"1", "1 once the calendar year has 1,000 state-based deaths"};
inline constexpr sim::Column<"country.legitimacy", double> legitimacy{"1", "legitimacy of the host government, 0 to 1"};
inline constexpr sim::Column<"country.consent", double> consent{"1", "host government's consent to the mission, 0 to 1"};
inline constexpr sim::Column<"country.party_consent", double> party_consent{"1", "armed parties' consent to the mission, 0 to 1"};
inline constexpr sim::Column<"country.weeks_withdrawn", double> weeks_withdrawn{"weeks",
                                                                                "time for which consent has been withdrawn"};
inline constexpr sim::Column<"country.asked_to_leave", std::uint8_t> asked_to_leave{
    "1", "1 once the government has asked the mission to leave"};
inline constexpr sim::Column<"country.notice_weeks", double> notice_weeks{"weeks",
                                                                          "time since the government asked the mission to leave"};
inline constexpr sim::Column<"country.implementation", double> implementation{"1",
                                                                              "share of the peace agreement that is carried out"};
inline constexpr sim::Column<"country.tension", double> tension{"1", "political tension around a vote, 0 to 1"};
inline constexpr sim::Column<"country.epidemic", double> epidemic{"1", "intensity of an epidemic, 0 to 1"};
inline constexpr sim::Column<"country.commodity", double> commodity{"1", "price of the main exports relative to the start"};
inline constexpr sim::Column<"country.spillover", double> spillover{"1", "instability next door, 0 to 1"};
inline constexpr sim::Column<"country.weeks_to_exit", double> weeks_to_exit{"weeks",
                                                                            "time to the mission's end as the parties expect it"};
inline constexpr sim::Column<"country.phase", std::int32_t> phase{"1", "phase of the exit plan, counted from 0"};
inline constexpr sim::Column<"country.phase_progress", double> phase_progress{"1", "share of the present phase that is done"};
inline constexpr sim::Column<"country.weeks_in_phase", double> weeks_in_phase{
    "weeks", "time since the present phase began or became possible"};
inline constexpr sim::Column<"country.paused", std::uint8_t> paused{"1", "1 while the plan pauses"};
inline constexpr sim::Column<"country.mission_strength", double> mission_strength{"persons", "uniformed personnel deployed"};
inline constexpr sim::Column<"country.mission_open", std::uint8_t> mission_open{"1", "1 while the mission has a mandate"};
inline constexpr sim::Column<"country.weeks_since_exit", double> weeks_since_exit{"weeks", "time since the mission closed"};
inline constexpr sim::Column<"country.assessed_cost", std::int64_t> assessed_cost{
    "USD", "assessed budget spent by the mission in the step"};
inline constexpr sim::Column<"country.voluntary_cost", std::int64_t> voluntary_cost{"USD",
                                                                                    "donors' voluntary money spent in the step"};
inline constexpr sim::Column<"country.host_cost", std::int64_t> host_cost{"USD", "host budget spent in the step"};
inline constexpr sim::Column<"country.attention", double> attention{"1", "donors' attention, 0 to 1"};
inline constexpr sim::Column<"country.revenue", std::int64_t> revenue{"USD", "host government's revenue in the step"};
inline constexpr sim::Column<"country.budget_adequacy", double> budget_adequacy{
    "1", "host budget relative to what its functions need"};
inline constexpr sim::Column<"country.treasury", std::int64_t> treasury{"USD", "host government's balance"};
inline constexpr sim::Column<"country.received", std::int64_t> received{"USD", "all money paid out by the funds since the start"};
inline constexpr sim::Column<"country.spent", std::int64_t> spent{"USD", "all money booked to an activity since the start"};
inline constexpr sim::Column<"country.collection_at_start", double> collection_at_start{
    "1", "share of output that the state could collect at the start, static"};
inline constexpr sim::Column<"country.gdp", double> gdp{"1", "output relative to the start"};
inline constexpr sim::Column<"country.misconduct", double> misconduct{"1", "recent misconduct by mission personnel, fading"};
}  // namespace country

}  // namespace drawdown
