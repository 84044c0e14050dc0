#pragma once
// State variables of regions, and of what there is in each of them.

#include <cstdint>

#include "models/transition/columns/kinds.hpp"
#include "sim/column.hpp"

namespace drawdown {

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
    "persons", "army and police that the government wants in the region"};
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
inline constexpr sim::Column<"region.fled_lately", double> fled_lately{"persons",
                                                                       "persons of the region who fled of late, fading"};
inline constexpr sim::Column<"region.returned_lately", double> returned_lately{
    "persons", "persons of the region who came home of late, fading"};
inline constexpr sim::Column<"region.waves", std::uint8_t> waves{
    "1", "sum of 1 while people flee in a wave, 2 return in one, 4 fighters are in camps, 8 a reintegration programme works"};
inline constexpr sim::Column<"region.returned", std::int64_t> returned{"persons",
                                                                       "persons of the region who came home in the step"};
inline constexpr sim::Column<"region.state_control", double> state_control{
    "1", "share of the region that the host government controls"};
inline constexpr sim::Column<"region.security_level", double> security_level{"1", "how safe daily life is, 0 to 1"};
inline constexpr sim::Column<"region.services", double> services{"1", "service level delivered, by the state or for it, 0 to 1"};
inline constexpr sim::Column<"region.mission_share", double> mission_share{
    "1", "share of delivered services that the mission pays for"};
inline constexpr sim::Column<"region.economy", double> economy{"1", "economic activity relative to the start"};
inline constexpr sim::Column<"region.demand_at_start", double> demand_at_start{
    "1", "demand by mission and aid at the start, relative to output without them, static"};
inline constexpr sim::Column<"region.consent", double> consent{"1", "consent of the population to the mission, 0 to 1"};
inline constexpr sim::Column<"region.refuses", std::uint8_t> refuses{"1",
                                                                     "1 while the region's people have withdrawn their consent"};
inline constexpr sim::Column<"region.abuse", double> abuse{"1", "intensity of abuses by host-government forces, 0 to 1"};
inline constexpr sim::Column<"region.exposure", double> exposure{
    "1", "recent deaths by violence in the region per 100,000 people, fading"};
inline constexpr sim::Column<"region.spillover", double> spillover{
    "1", "pressure across the border: arms, fighters, refugees, 0 to 1"};
inline constexpr sim::Column<"region.civilian_toll", std::int32_t> civilian_toll{"persons",
                                                                                 "civilians killed by violence in the step"};
inline constexpr sim::Column<"region.security_toll", std::int32_t> security_toll{
    "persons", "members of host-government forces killed in the step"};
inline constexpr sim::Column<"region.sites", std::int64_t> sites{"persons", "persons in protection sites in the region"};
inline constexpr sim::Column<"region.cantoned", std::int64_t> cantoned{"persons", "fighters in disarmament in the region"};
inline constexpr sim::Column<"region.in_programme", std::int64_t> in_programme{
    "persons", "former fighters in a reintegration programme in the region"};
inline constexpr sim::Column<"region.reintegrated", std::int64_t> reintegrated{
    "persons", "former fighters who have been reintegrated in the region"};
inline constexpr sim::Column<"region.disarmed", std::int64_t> disarmed{
    "persons", "fighters of the region who entered disarmament in the step"};
inline constexpr sim::Column<"region.rearmed", std::int64_t> rearmed{
    "persons", "persons who left disarmament in the region in the step to fight again"};
inline constexpr sim::Column<"region.graduated", std::int64_t> graduated{
    "persons", "former fighters who finished a reintegration programme in the step"};
inline constexpr sim::Column<"region.moved_fighters", std::int64_t> moved_fighters{
    "persons", "fighters who moved to another region in the step"};
inline constexpr sim::Column<"region.mines", double> mines{
    "1", "share of routes and land blocked by mines and explosive remnants, 0 to 1"};
inline constexpr sim::Column<"region.need", double> need{"1", "share of people in need of relief, 0 to 1"};
inline constexpr sim::Column<"region.access", double> access{"1", "share of the people in need whom aid can reach, 0 to 1"};
inline constexpr sim::Column<"region.aid", double> aid{"1", "share of the need that aid meets, 0 to 1"};
inline constexpr sim::Column<"region.diversion", double> diversion{"1", "share of aid that armed groups divert"};
inline constexpr sim::Column<"region.food_price", double> food_price{"1", "price of food relative to the start"};
inline constexpr sim::Column<"region.site_capacity", double> site_capacity{"persons", "room in protection sites"};
inline constexpr sim::Column<"region.siege_weeks", double> siege_weeks{
    "weeks", "time without attack after which the siege of the protection site will be over; 0 when there is none"};
inline constexpr sim::Column<"region.camp_militarised", double> camp_militarised{
    "1", "share of camps and sites under the sway of fighters, 0 to 1"};
inline constexpr sim::Column<"region.property_disputes", double> property_disputes{"1",
                                                                                   "share of property under dispute, 0 to 1"};
inline constexpr sim::Column<"region.media", double> media{"1", "reach of independent media, 0 to 1"};
inline constexpr sim::Column<"region.rumour", double> rumour{"1", "share of people who believe a hostile rumour"};
inline constexpr sim::Column<"region.radio", double> radio{"1", "audience of the mission radio or its successor, 0 to 1"};
inline constexpr sim::Column<"region.messages", double> messages{"1", "how well expectations are managed by messages, 0 to 1"};
inline constexpr sim::Column<"region.civil_society", double> civil_society{"1",
                                                                           "strength of civil-society organisations, 0 to 1"};
inline constexpr sim::Column<"region.civil_independence", double> civil_independence{
    "1", "independence of civil society from donors, parties and government, 0 to 1"};
inline constexpr sim::Column<"region.women_participation", double> women_participation{
    "1", "participation of women in institutions and local processes, 0 to 1"};
inline constexpr sim::Column<"region.youth_participation", double> youth_participation{
    "1", "participation of youth in institutions and local processes, 0 to 1"};
inline constexpr sim::Column<"region.youth_jobs", double> youth_jobs{
    "1", "share of youth that work or learn through programmes and the economy, 0 to 1"};
inline constexpr sim::Column<"region.sexual_violence", std::int32_t> sexual_violence{
    "1", "cases of sexual and gender-based violence in the step"};
inline constexpr sim::Column<"region.extremism", double> extremism{"1", "violent extremism in the region, 0 to 1"};
inline constexpr sim::Column<"region.trafficking", double> trafficking{"1", "trafficking through the region, 0 to 1"};
inline constexpr sim::Column<"region.arms_flow", double> arms_flow{"1", "flow of arms into the region, 0 to 1"};
inline constexpr sim::Column<"region.friction", double> friction{
    "1", "tension between the identity groups that live in the region, 0 to 1"};
inline constexpr sim::Column<"region.inter_group_fear", double> inter_group_fear{
    "1", "expected share of communal events that early warning and mediation do not prevent, 0 to 1"};
inline constexpr sim::Column<"region.obstruction", double> obstruction{
    "1", "share of movement of the mission that is refused, 0 to 1"};
inline constexpr sim::Column<"region.withdrawal", double> withdrawal{
    "1", "share of the mission's troops and police in the region that left of late, fading"};
inline constexpr sim::Column<"region.emptied", double> emptied{
    "1", "share of the mission's troops and police in the region that left in the last years, fading slowly"};
inline constexpr sim::Column<"region.mission_before", double> mission_before{
    "persons", "uniformed personnel of the mission in the region in the step before"};
inline constexpr sim::Column<"region.holder", std::uint8_t> holder{
    "1", "who holds the region: 0 the state, 1 nobody, 2 and more the armed groups in their order"};
inline constexpr sim::Column<"region.joint", double> joint{
    "1", "how far components are co-located and plan together in the region, 0 to 1"};
inline constexpr sim::Column<"region.leaving", std::uint8_t> leaving{"1", "1 if the present phase of the exit moves the region"};
}  // namespace region

namespace region_cohort {
inline constexpr sim::Column<"region_cohort.population", std::int64_t> population{"persons",
                                                                                  "persons in the region by sex and age band"};
inline constexpr sim::Column<"region_cohort.displaced", std::int64_t> displaced{"persons",
                                                                                "displaced persons hosted, by sex and age band"};
inline constexpr sim::Column<"region_cohort.deaths", std::int32_t> deaths{"persons",
                                                                          "deaths by violence in the step, by sex and age band"};
inline constexpr sim::Column<"region_cohort.returned", std::int64_t> returned{
    "persons", "persons who came home in the step, by sex and age band"};
inline constexpr sim::Column<"region_cohort.recruits", std::int64_t> recruits{
    "persons", "persons who joined an armed group in the step, by sex and age band"};
inline constexpr sim::Column<"region_cohort.deaths_of_need", std::int64_t> deaths_of_need{
    "persons", "deaths in the step for want of relief, by sex and age band"};
inline constexpr sim::Column<"region_cohort.welfare_sum", std::int64_t> welfare_sum{
    "persons/255", "sum of livelihood security and services over persons, by sex and age band"};
inline constexpr sim::Column<"region_cohort.welfare", double> welfare{
    "1", "mean welfare (livelihood security and services), by sex and age band"};
}  // namespace region_cohort

namespace region_component {
inline constexpr sim::Column<"region_component.target", double> target{"persons", "strength that the plan wants"};
inline constexpr sim::Column<"region_component.strength", double> strength{"persons", "strength deployed"};
inline constexpr sim::Column<"region_component.planned", double> planned{
    "1", "share of the strength at departure that finished phases of the exit have left"};
}  // namespace region_component

namespace region_activity {
inline constexpr sim::Column<"region_activity.coverage", double> coverage{
    "1", "share of the population that the activity reaches, 0 to 1"};
inline constexpr sim::Column<"region_activity.staff", double> staff{"persons", "staff of the mission at work on the activity"};
inline constexpr sim::Column<"region_activity.obstruction", double> obstruction{
    "1", "share of the activity that low consent and bad security prevent"};
inline constexpr sim::Column<"region_activity.successor", double> successor{
    "1", "share of the population that the successor to the activity reaches, 0 to 1"};
inline constexpr sim::Column<"region_activity.reach", double> reach{
    "1", "share of the population that mission or successor reach, 0 to 1"};
inline constexpr sim::Column<"region_activity.usual", double> usual{"1", "greatest coverage that the mission has given, 0 to 1"};
}  // namespace region_activity

namespace region_function {
inline constexpr sim::Column<"region_function.capacity", double> capacity{
    "1", "capacity of a function of the host government, 0 to 1"};
inline constexpr sim::Column<"region_function.substitution", double> substitution{
    "1", "share of the function that the mission performs"};
inline constexpr sim::Column<"region_function.dependency", double> dependency{
    "1", "share of the function that the institution has come to leave to the mission, 0 to 1"};
}  // namespace region_function

namespace region_violence {
inline constexpr sim::Column<"region_violence.excitation", double> excitation{"week^-1",
                                                                              "extra event rate left by recent events"};
inline constexpr sim::Column<"region_violence.events", std::int32_t> events{"1", "events in the step"};
inline constexpr sim::Column<"region_violence.deaths", std::int32_t> deaths{"persons", "deaths in the step"};
inline constexpr sim::Column<"region_violence.fighters_dead", std::int32_t> fighters_dead{"persons",
                                                                                          "fighters among the dead of the step"};
inline constexpr sim::Column<"region_violence.forces_dead", std::int32_t> forces_dead{
    "persons", "members of host-government forces among the dead of the step"};
}  // namespace region_violence

namespace activity {
inline constexpr sim::Column<"activity.weight", double> weight{"1",
                                                               "priority of the activity over its usual share of staff time"};
inline constexpr sim::Column<"activity.cost", std::int64_t> cost{"USD",
                                                                 "money spent on the activity in the step, from all funds"};
inline constexpr sim::Column<"activity.paid", double> paid{"1", "share of the money that the activity needs which its fund gave"};
inline constexpr sim::Column<"activity.handover", std::uint8_t> handover{
    "1", "0 with the mission, 1 overlap, 2 with the successor, 3 orphaned"};
inline constexpr sim::Column<"activity.readiness", double> readiness{"1",
                                                                     "readiness of the successor as the mission sees it, 0 to 1"};
inline constexpr sim::Column<"activity.overlap_weeks", double> overlap_weeks{
    "weeks", "time for which mission and successor have worked side by side"};
inline constexpr sim::Column<"activity.lapse_weeks", double> lapse_weeks{
    "weeks", "time for which a task that the mission has left has had no working successor"};
inline constexpr sim::Column<"activity.successor_funded", double> successor_funded{
    "1", "share of what the successor needs that its funding gives, 0 to 1"};
}  // namespace activity

}  // namespace drawdown
