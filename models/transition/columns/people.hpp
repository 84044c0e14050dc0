#pragma once
// State variables of persons and communities.

#include <cstdint>

#include "models/transition/columns/kinds.hpp"
#include "sim/column.hpp"

namespace drawdown {

namespace person {
inline constexpr sim::Column<"person.grievance", float> grievance{"1", "baseline grievance, 0 to 1"};
inline constexpr sim::Column<"person.fear", float> fear{"1", "baseline fear, 0 to 1"};
inline constexpr sim::Column<"person.trust_state", float> trust_state{"1", "baseline trust in the host government, 0 to 1"};
inline constexpr sim::Column<"person.trust_mission", float> trust_mission{"1", "baseline trust in the mission, 0 to 1"};
inline constexpr sim::Column<"person.expectation", float> expectation{"1", "service level the person expects, 0 to 1"};
inline constexpr sim::Column<"person.weight", std::uint16_t> weight{
    "persons", "persons that the agent stands for; 0 when all are dead or split off"};
inline constexpr sim::Column<"person.status", std::uint8_t> status{
    "1", "home, former fighter, in a programme, reintegrated, displaced, in a site, refugee, cantoned, fighter, security forces"};
inline constexpr sim::Column<"person.location", std::uint8_t> location{
    "1", "region where the person is now; region of origin for a refugee"};
inline constexpr sim::Column<"person.group", std::uint8_t> group{"1", "armed group of a fighter or former fighter, 255 for none"};
inline constexpr sim::Column<"person.identity", std::uint8_t> identity{"1", "identity group, static"};
inline constexpr sim::Column<"person.sex", std::uint8_t> sex{"1", "0 male, 1 female, static"};
inline constexpr sim::Column<"person.age", std::uint8_t> age{"years", "age in completed years"};
inline constexpr sim::Column<"person.livelihood", std::uint8_t> livelihood{"1", "livelihood security, 0 to 255 for 0 to 1"};
inline constexpr sim::Column<"person.harm", std::uint8_t> harm{"1", "victimisation memory, 0 to 255 for 0 to 1"};
inline constexpr sim::Column<"person.away", std::uint8_t> away{"quarter years",
                                                               "time away from home, or in disarmament; 0 for others"};
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
inline constexpr sim::Column<"community.dialogue", float> dialogue{"1", "strength of the local dialogue mechanism, 0 to 1"};
inline constexpr sim::Column<"community.early_warning", float> early_warning{
    "1", "how well early warning works in the community, 0 to 1"};
inline constexpr sim::Column<"community.contested", float> contested{"1", "share of the property of those away that others use"};
inline constexpr sim::Column<"community.cantoned", std::int32_t> cantoned{"persons",
                                                                          "fighters from the community who are in disarmament"};
inline constexpr sim::Column<"community.in_programme", std::int32_t> in_programme{
    "persons", "former fighters of the community in a reintegration programme"};
inline constexpr sim::Column<"community.returned", std::int32_t> returned{"persons", "persons who came home in the step"};
inline constexpr sim::Column<"community.disputes", float> disputes{"1", "share of property under open dispute, 0 to 1"};
}  // namespace community

}  // namespace drawdown
