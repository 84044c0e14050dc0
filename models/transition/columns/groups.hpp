#pragma once
// State variables of armed groups, identity groups and the peace agreement.

#include <cstdint>

#include "models/transition/columns/kinds.hpp"
#include "sim/column.hpp"

namespace drawdown {

namespace group {
inline constexpr sim::Column<"group.posture", std::uint8_t> posture{"1", "0 complies, 1 harasses, 2 fights"};
inline constexpr sim::Column<"group.spoiler", std::uint8_t> spoiler{
    "1", "true type, hidden from the mission: 0 none, 1 limited, 2 greedy, 3 total; static"};
inline constexpr sim::Column<"group.posture_weeks", double> posture_weeks{"weeks", "time since it last changed its posture"};
inline constexpr sim::Column<"group.hired", std::uint8_t> hired{
    "1", "1 if it fights for hire and can be no party to an agreement; static"};
inline constexpr sim::Column<"group.encroached", double> encroached{
    "1", "ground on which government forces have moved against it of late, in regions, fading"};
inline constexpr sim::Column<"group.commitment", double> commitment{"1", "commitment to the agreement, 0 to 1"};
inline constexpr sim::Column<"group.wealth", double> wealth{"USD", "money in hand"};
inline constexpr sim::Column<"group.income", double> income{"USD", "money taken in the step"};
inline constexpr sim::Column<"group.pay", double> pay{"1", "share of the pay due that is paid"};
inline constexpr sim::Column<"group.means", double> means{
    "1", "fighters whom its income and savings can pay, relative to those it has"};
inline constexpr sim::Column<"group.resolve", double> resolve{"1", "drifting part of the will to fight"};
inline constexpr sim::Column<"group.weariness", double> weariness{"1", "weariness of war, 0 to 1"};
inline constexpr sim::Column<"group.temptation", double> temptation{
    "1", "gain from leaving the agreement over staying, as the group sees it"};
inline constexpr sim::Column<"group.fighters", std::int64_t> fighters{"persons", "fighters of the group"};
inline constexpr sim::Column<"group.alive", std::uint8_t> alive{"1", "1 while the group exists"};
inline constexpr sim::Column<"group.identity", std::uint8_t> identity{"1", "identity group from which it draws"};
inline constexpr sim::Column<"group.parent", std::uint8_t> parent{"1", "group from which it split, 255 for none"};
inline constexpr sim::Column<"group.sponsor", std::uint8_t> sponsor{
    "1", "group of the scenario whose sponsor pays it too, 255 for none"};
inline constexpr sim::Column<"group.ally", std::uint8_t> ally{"1", "group with which it is allied, 255 for none"};
inline constexpr sim::Column<"group.signatory", std::uint8_t> signatory{"1", "1 while it is a party to the agreement"};
inline constexpr sim::Column<"group.proscribed", std::uint8_t> proscribed{"1", "1 if it may not be talked to; static"};
inline constexpr sim::Column<"group.arms", double> arms{"1", "fighting power of a fighter relative to a soldier of the state"};
inline constexpr sim::Column<"group.cohesion", double> cohesion{"1", "cohesion, 0 to 1"};
inline constexpr sim::Column<"group.support", double> support{"1", "support among its people, 0 to 1"};
inline constexpr sim::Column<"group.consent", double> consent{"1", "consent to the mission, 0 to 1"};
inline constexpr sim::Column<"group.refuses", std::uint8_t> refuses{"1", "1 while it has withdrawn its consent to the mission"};
inline constexpr sim::Column<"group.leverage", double> leverage{"1", "leverage of the mission over it that it expects, 0 to 1"};
inline constexpr sim::Column<"group.demands", double> demands{"1", "what it asks for beyond the agreement, 0 to 1"};
inline constexpr sim::Column<"group.inducement", double> inducement{"1",
                                                                    "what it is being given to stay in the agreement, 0 to 1"};
inline constexpr sim::Column<"group.pressure", double> pressure{"1", "coercion that the mission brings on it, 0 to 1"};
inline constexpr sim::Column<"group.response", std::uint8_t> response{
    "1", "the mission answers with 0 nothing, 1 inducement, 2 socialisation, 3 coercion"};
inline constexpr sim::Column<"group.violations", std::int32_t> violations{"1", "violations of the ceasefire in the step"};
inline constexpr sim::Column<"group.recent_violations", double> recent_violations{
    "1", "recent violations as far as they were seen, fading"};
inline constexpr sim::Column<"group.sponsorship", double> sponsorship{"USD", "money from sponsors abroad in the step"};
inline constexpr sim::Column<"group.idle_weeks", double> idle_weeks{"weeks", "time for which it has had no fighters"};
inline constexpr sim::Column<"group.seen", std::uint8_t> seen{"1", "1 once it has had a fighter"};
inline constexpr sim::Column<"group.transfer_to", std::uint8_t> transfer_to{
    "1", "group to which fighters of the group go over in the step"};
inline constexpr sim::Column<"group.transfer_share", double> transfer_share{
    "1", "share of its fighters who go over to that group in the step"};
}  // namespace group

namespace region_group {
inline constexpr sim::Column<"region_group.fighters", std::int64_t> fighters{"persons", "fighters of the group in the region"};
inline constexpr sim::Column<"region_group.control", double> control{"1", "share of the region that the group controls"};
inline constexpr sim::Column<"region_group.recruiting", double> recruiting{"1", "recruiting pressure on the eligible, 0 to 1"};
inline constexpr sim::Column<"region_group.losses", std::int32_t> losses{"persons", "fighters killed in the step"};
inline constexpr sim::Column<"region_group.affinity", double> affinity{
    "1", "how strongly the region's people are tied to the group, 0 to 1, static"};
inline constexpr sim::Column<"region_group.conduct", std::uint8_t> conduct{
    "1", "0 absent, 1 complies, 2 cantoned, 3 talks, 4 extorts, 5 violates, 6 attacks"};
inline constexpr sim::Column<"region_group.on_state", double> on_state{"week^-1", "attacks on the state that it intends"};
inline constexpr sim::Column<"region_group.on_rivals", double> on_rivals{"week^-1", "attacks on other groups that it intends"};
inline constexpr sim::Column<"region_group.on_mission", double> on_mission{"week^-1", "attacks on the mission that it intends"};
inline constexpr sim::Column<"region_group.on_aid", double> on_aid{"week^-1", "attacks on aid that it intends"};
inline constexpr sim::Column<"region_group.on_civilians", double> on_civilians{"week^-1", "attacks on civilians that it intends"};
inline constexpr sim::Column<"region_group.extortion", double> extortion{"1",
                                                                         "share of people in the region from whom it extorts"};
inline constexpr sim::Column<"region_group.wanted_share", double> wanted_share{
    "1", "share of its fighters that it wants in the region"};
inline constexpr sim::Column<"region_group.joins_disarmament", double> joins_disarmament{
    "week^-1", "rate at which its fighters in the region enter disarmament"};
}  // namespace region_group

namespace identity {
inline constexpr sim::Column<"identity.inclusion", double> inclusion{"1", "inclusion of the identity group in politics, 0 to 1"};
inline constexpr sim::Column<"identity.participation", double> participation{
    "1", "participation of the identity group in the peace process, 0 to 1"};
}  // namespace identity

namespace group_type {
inline constexpr sim::Column<"group_type.belief", double> belief{
    "1", "the mission's belief that the group is of the type: none, limited, greedy, total"};
}  // namespace group_type

namespace provision {
inline constexpr sim::Column<"provision.implementation", double> implementation{"1",
                                                                                "share of the provision that is carried out"};
inline constexpr sim::Column<"provision.owned", double> owned{"1", "part of that which the parties carry by themselves"};
inline constexpr sim::Column<"provision.specificity", double> specificity{"1", "how specific the provision is, 0 to 1; static"};
inline constexpr sim::Column<"provision.disputes", double> disputes{"1", "open disputes over the provision, 0 to 1"};
inline constexpr sim::Column<"provision.verified", double> verified{"1", "implementation as verification reports it"};
}  // namespace provision

namespace identity_pair {
inline constexpr sim::Column<"identity_pair.relation", double> relation{
    "1", "how the first identity group regards the second, -1 to 1"};
}  // namespace identity_pair

}  // namespace drawdown
