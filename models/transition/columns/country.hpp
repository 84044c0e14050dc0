#pragma once
// State variables of the country: government, mission, money, neighbours, benchmarks.

#include <cstdint>

#include "models/transition/columns/kinds.hpp"
#include "sim/column.hpp"

namespace drawdown {

namespace benchmark {
inline constexpr sim::Column<"benchmark.value", double> value{"1", "true value of the indicator"};
inline constexpr sim::Column<"benchmark.observed", double> observed{"1", "value as the mission reads it, with error and delay"};
inline constexpr sim::Column<"benchmark.held_weeks", double> held_weeks{
    "weeks", "time for which the observed value has met its threshold"};
inline constexpr sim::Column<"benchmark.missed_weeks", double> missed_weeks{
    "weeks", "time for which the reading of a benchmark that was met has been clearly below its threshold"};
}  // namespace benchmark

namespace country {
inline constexpr sim::Column<"country.population", std::int64_t> population{"persons",
                                                                            "persons of the country, refugees included"};
inline constexpr sim::Column<"country.births", std::int64_t> births{"persons", "births in the step"};
inline constexpr sim::Column<"country.natural_deaths", std::int64_t> natural_deaths{"persons",
                                                                                    "deaths in the step other than by violence"};
inline constexpr sim::Column<"country.emigrated", std::int64_t> emigrated{
    "persons", "refugees who settled abroad for good in the step, and left the population"};
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
inline constexpr sim::Column<"country.worst_before", std::uint8_t> worst_before{
    "1", "the calendar year before: 0 quiet, 1 armed conflict, 2 war"};
inline constexpr sim::Column<"country.war", std::uint8_t> war{"1", "1 once the calendar year has 1,000 state-based deaths"};
inline constexpr sim::Column<"country.legitimacy", double> legitimacy{"1", "legitimacy of the host government, 0 to 1"};
inline constexpr sim::Column<"country.consent", double> consent{"1", "host government's consent to the mission, 0 to 1"};
inline constexpr sim::Column<"country.party_consent", double> party_consent{"1", "armed parties' consent to the mission, 0 to 1"};
inline constexpr sim::Column<"country.weeks_withdrawn", double> weeks_withdrawn{"weeks",
                                                                                "time for which consent has been withdrawn"};
inline constexpr sim::Column<"country.asked_to_leave", std::uint8_t> asked_to_leave{
    "1", "1 once the government has asked the mission to leave"};
inline constexpr sim::Column<"country.request_made", std::uint8_t> request_made{"1",
                                                                                "1 once a dated request to leave has been made"};
inline constexpr sim::Column<"country.requests_heard", std::uint8_t> requests_heard{
    "1", "1 while the plan obeys a request to leave that consent brings about; 0 while it replays history"};
inline constexpr sim::Column<"country.consent_shock", double> consent_shock{
    "1", "change of host consent by an outside event in the step"};
inline constexpr sim::Column<"country.notice_weeks", double> notice_weeks{"weeks",
                                                                          "time since the government asked the mission to leave"};
inline constexpr sim::Column<"country.implementation", double> implementation{"1",
                                                                              "share of the peace agreement that is carried out"};
inline constexpr sim::Column<"country.tension", double> tension{"1", "political tension around a vote, 0 to 1"};
inline constexpr sim::Column<"country.epidemic", double> epidemic{"1", "intensity of an epidemic, 0 to 1"};
inline constexpr sim::Column<"country.commodity", double> commodity{"1", "price of the main exports relative to the start"};
inline constexpr sim::Column<"country.price_adapted", double> price_adapted{
    "1", "price of the main exports to which the economy has adapted, relative to the start"};
inline constexpr sim::Column<"country.fortune", double> fortune{
    "1", "logarithm of output relative to where trend and conditions would have it: harvests, markets, investment"};
inline constexpr sim::Column<"country.spillover", double> spillover{"1", "instability next door, 0 to 1"};
inline constexpr sim::Column<"country.weeks_to_exit", double> weeks_to_exit{"weeks",
                                                                            "time to the mission's end as the parties expect it"};
inline constexpr sim::Column<"country.phase", std::int32_t> phase{"1", "phase of the exit plan, counted from 0"};
inline constexpr sim::Column<"country.phase_progress", double> phase_progress{"1", "share of the present phase that is done"};
inline constexpr sim::Column<"country.weeks_in_phase", double> weeks_in_phase{
    "weeks", "time since the present phase began or became possible"};
inline constexpr sim::Column<"country.paused", std::uint8_t> paused{"1", "1 while the plan pauses or goes back"};
inline constexpr sim::Column<"country.exit_disorder", double> exit_disorder{
    "1", "share of equipment, support and handovers that a forced departure loses, 0 to 1"};
inline constexpr sim::Column<"country.reentered", std::uint8_t> reentered{
    "1", "0 the mission has not come back, 1 it is back, 2 it has left again"};
inline constexpr sim::Column<"country.reentry_weeks", double> reentry_weeks{
    "weeks", "time for which what brings the mission back has lasted; then time since it came back"};
inline constexpr sim::Column<"country.follow_on_weeks", double> follow_on_weeks{
    "weeks", "time since the follow-on presence began; 0 before"};
inline constexpr sim::Column<"country.mission_strength", double> mission_strength{"persons", "uniformed personnel deployed"};
inline constexpr sim::Column<"country.mission_open", std::uint8_t> mission_open{"1", "1 while the mission has a mandate"};
inline constexpr sim::Column<"country.weeks_since_exit", double> weeks_since_exit{"weeks", "time since the mission closed"};
inline constexpr sim::Column<"country.assessed_cost", std::int64_t> assessed_cost{
    "USD", "assessed budget spent by the mission in the step"};
inline constexpr sim::Column<"country.assessed_need", std::int64_t> assessed_need{
    "USD", "what the assessed budget would be without a ceiling, in the step"};
inline constexpr sim::Column<"country.voluntary_cost", std::int64_t> voluntary_cost{"USD",
                                                                                    "donors' voluntary money spent in the step"};
inline constexpr sim::Column<"country.host_cost", std::int64_t> host_cost{"USD", "host budget spent in the step"};
inline constexpr sim::Column<"country.attention", double> attention{"1", "donors' attention, 0 to 1"};
inline constexpr sim::Column<"country.revenue", std::int64_t> revenue{"USD", "host government's revenue in the step"};
inline constexpr sim::Column<"country.budget_adequacy", double> budget_adequacy{
    "1", "host budget relative to what its functions need"};
inline constexpr sim::Column<"country.attention_usual", double> attention_usual{"1", "greatest attention of donors so far"};
inline constexpr sim::Column<"country.host_programmes", double> host_programmes{
    "1", "programmes that the host's budget has taken over from donors, relative to theirs at full attention"};
inline constexpr sim::Column<"country.treasury", std::int64_t> treasury{"USD", "host government's balance"};
inline constexpr sim::Column<"country.received", std::int64_t> received{"USD", "all money paid out by the funds since the start"};
inline constexpr sim::Column<"country.spent", std::int64_t> spent{"USD", "all money booked to an activity since the start"};
inline constexpr sim::Column<"country.collection_at_start", double> collection_at_start{
    "1", "share of output that the state could collect at the start, static"};
inline constexpr sim::Column<"country.people_at_start", double> people_at_start{"persons",
                                                                                "persons in the country at the start, static"};
inline constexpr sim::Column<"country.people_relative", double> people_relative{"1",
                                                                                "persons in the country relative to the start"};
inline constexpr sim::Column<"country.gdp", double> gdp{"1", "output relative to the start"};
inline constexpr sim::Column<"country.misconduct", double> misconduct{"1", "recent misconduct by mission personnel, fading"};
inline constexpr sim::Column<"country.integration", double> integration{
    "1", "how far the mission and the country team work as one, 0 to 1"};
inline constexpr sim::Column<"country.sight", double> sight{"1", "how well the mission sees what happens, 0 to 1"};
inline constexpr sim::Column<"country.oversight", double> oversight{"1", "oversight of conduct, 0 to 1"};
inline constexpr sim::Column<"country.misconduct_cases", std::int32_t> misconduct_cases{
    "1", "cases of sexual exploitation and abuse and other misconduct in the step"};
inline constexpr sim::Column<"country.consent_level", std::uint8_t> consent_level{"1",
                                                                                  "0 withdrawn, 1 compromised, 2 weak, 3 strong"};
inline constexpr sim::Column<"country.inclusiveness", double> inclusiveness{"1", "how inclusive the government is, 0 to 1"};
inline constexpr sim::Column<"country.patronage", double> patronage{"1", "share of the state budget that patronage takes"};
inline constexpr sim::Column<"country.contest", double> contest{"1", "tension that a contested vote has left, fading, 0 to 1"};
inline constexpr sim::Column<"country.complicity", double> complicity{
    "1", "complicity of the government in abuses and obstruction, 0 to 1"};
inline constexpr sim::Column<"country.press_freedom", double> press_freedom{"1", "freedom of the press, 0 to 1"};
inline constexpr sim::Column<"country.support_to_forces", double> support_to_forces{
    "1", "share of the mission's support to host forces that due diligence lets through, 0 to 1"};
inline constexpr sim::Column<"country.abuse_record", double> abuse_record{
    "1", "record of abuses by host forces as human-rights monitors know it, 0 to 1"};
inline constexpr sim::Column<"country.ceasefire", double> ceasefire{"1", "how far the ceasefire holds, 0 to 1"};
inline constexpr sim::Column<"country.verification", double> verification{"1", "how well the agreement is verified, 0 to 1"};
inline constexpr sim::Column<"country.disputes", double> disputes{"1", "mean of open disputes over the agreement, 0 to 1"};
inline constexpr sim::Column<"country.process_support", double> process_support{
    "1", "political support to the peace process by the mission or its follow-on, 0 to 1"};
inline constexpr sim::Column<"country.women_in_process", double> women_in_process{"1", "share of women in the peace process"};
inline constexpr sim::Column<"country.youth_in_process", double> youth_in_process{"1", "share of youth in the peace process"};
inline constexpr sim::Column<"country.guarantee_after", double> guarantee_after{
    "1", "security guarantee that will hold after the exit, as the parties see it, 0 to 1"};
inline constexpr sim::Column<"country.exit_credibility", double> exit_credibility{
    "1", "how firmly the announced end is believed, 0 to 1"};
inline constexpr sim::Column<"country.economic_support", double> economic_support{
    "USD", "economic support of the follow-on in the step"};
inline constexpr sim::Column<"country.political_oversight", double> political_oversight{
    "1", "political oversight by the follow-on, 0 to 1"};
inline constexpr sim::Column<"country.ceiling", double> ceiling{
    "USD", "greatest assessed cost that the budget allows a year; 0 for none"};
inline constexpr sim::Column<"country.orphaned_tasks", std::int32_t> orphaned_tasks{"1",
                                                                                    "mandated tasks without a working successor"};
inline constexpr sim::Column<"country.local_spend", std::int64_t> local_spend{
    "USD", "money of mission and programmes that lands in the local economy in the step"};
inline constexpr sim::Column<"country.pledged", double> pledged{"USD", "voluntary money that donors have pledged for the step"};
inline constexpr sim::Column<"country.coup_attempts", std::int32_t> coup_attempts{"1", "coup attempts in the step"};
inline constexpr sim::Column<"country.coup_strength", double> coup_strength{
    "1", "share of the forces behind the coup attempts of the step, 0 to 1"};
inline constexpr sim::Column<"country.military_rule", double> military_rule{
    "1", "how far soldiers rule since they took power, fading, 0 to 1"};
inline constexpr sim::Column<"country.ruler", std::uint8_t> ruler{
    "1", "who rules by arms: 0 no armed group, else the group that has taken the capital, by its number + 2"};
inline constexpr sim::Column<"country.sponsor_stance", double> sponsor_stance{
    "1", "how neighbours and sponsors stand to the government, -1 hostile to 1 friendly"};
}  // namespace country

namespace fund {
inline constexpr sim::Column<"fund.income", std::int64_t> income{"USD", "money that came into the fund in the step"};
inline constexpr sim::Column<"fund.expense", std::int64_t> expense{"USD", "money that the fund paid out in the step"};
inline constexpr sim::Column<"fund.balance", std::int64_t> balance{"USD", "money in the fund"};
inline constexpr sim::Column<"fund.received", std::int64_t> received{"USD", "money that came into the fund since the start"};
inline constexpr sim::Column<"fund.spent", std::int64_t> spent{"USD", "money that the fund paid out since the start"};
}  // namespace fund

namespace donor {
inline constexpr sim::Column<"donor.attention", double> attention{"1", "attention of the donor, 0 to 1"};
inline constexpr sim::Column<"donor.patience", double> patience{"weeks", "time for which attention will last as it is"};
inline constexpr sim::Column<"donor.disbursed", double> disbursed{"USD", "money that the donor disbursed in the step"};
}  // namespace donor

namespace neighbour {
inline constexpr sim::Column<"neighbour.stance", double> stance{"1", "stance of the regime next door, -1 hostile to 1 friendly"};
inline constexpr sim::Column<"neighbour.instability", double> instability{"1", "instability next door, 0 to 1"};
inline constexpr sim::Column<"neighbour.hosting", double> hosting{"1", "readiness to host refugees, 0 to 1"};
}  // namespace neighbour

namespace shock {
inline constexpr sim::Column<"shock.level", double> level{"1", "size of the shock while it lasts, 0 otherwise"};
inline constexpr sim::Column<"shock.weeks_left", double> weeks_left{"weeks", "time that the shock still lasts"};
}  // namespace shock

namespace region_driver {
inline constexpr sim::Column<"region_driver.start", double> start{
    "1", "logarithm at the start of the factor by which something drives violence, static"};
}  // namespace region_driver

namespace ledger {
inline constexpr sim::Column<"ledger.amount", double> amount{"1",
                                                             "what a cause has contributed to a stock, as far as it still lasts"};
}  // namespace ledger

}  // namespace drawdown
