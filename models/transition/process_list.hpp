#pragma once
// The processes of the model in their order, and how each gets its parameters and inputs.

#include <algorithm>
#include <type_traits>
#include <vector>

#include "models/transition/activities.hpp"
#include "models/transition/attitude_books.hpp"
#include "models/transition/attitudes.hpp"
#include "models/transition/benchmarks.hpp"
#include "models/transition/capacity.hpp"
#include "models/transition/casualties.hpp"
#include "models/transition/ceasefire.hpp"
#include "models/transition/civil_society.hpp"
#include "models/transition/conduct.hpp"
#include "models/transition/consent.hpp"
#include "models/transition/control_books.hpp"
#include "models/transition/coups.hpp"
#include "models/transition/death_books.hpp"
#include "models/transition/delivery.hpp"
#include "models/transition/demobilisation.hpp"
#include "models/transition/demography.hpp"
#include "models/transition/deployment.hpp"
#include "models/transition/donors.hpp"
#include "models/transition/due_diligence.hpp"
#include "models/transition/economy.hpp"
#include "models/transition/exit_plan.hpp"
#include "models/transition/flight.hpp"
#include "models/transition/follow_on.hpp"
#include "models/transition/funds.hpp"
#include "models/transition/group_conduct.hpp"
#include "models/transition/group_control.hpp"
#include "models/transition/group_decision.hpp"
#include "models/transition/group_finance.hpp"
#include "models/transition/group_life.hpp"
#include "models/transition/group_transfer.hpp"
#include "models/transition/handover.hpp"
#include "models/transition/humanitarian.hpp"
#include "models/transition/information.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/integration.hpp"
#include "models/transition/local_consent.hpp"
#include "models/transition/mobilisation.hpp"
#include "models/transition/movements.hpp"
#include "models/transition/neighbours.hpp"
#include "models/transition/participation.hpp"
#include "models/transition/peace_process.hpp"
#include "models/transition/politics.hpp"
#include "models/transition/privation.hpp"
#include "models/transition/property.hpp"
#include "models/transition/redeployment.hpp"
#include "models/transition/return.hpp"
#include "models/transition/sexual_violence.hpp"
#include "models/transition/shocks.hpp"
#include "models/transition/sites.hpp"
#include "models/transition/society.hpp"
#include "models/transition/spoilers.hpp"
#include "models/transition/staffing.hpp"
#include "models/transition/start_persons.hpp"
#include "models/transition/tally.hpp"
#include "models/transition/violence.hpp"

namespace drawdown {

/// The processes of a week, in order. Person processes that follow each other run community by community in one pass.
template <class Use>
void for_each_process(const Use& use) {
    use.template operator()<Shocks>();
    use.template operator()<Neighbours>();
    use.template operator()<ExitPlan>();
    use.template operator()<FollowOnPresence>();
    use.template operator()<Deployment>();
    use.template operator()<Staffing>();
    use.template operator()<Activities>();
    use.template operator()<Integration>();
    use.template operator()<Misconduct>();
    use.template operator()<TaskHandover>();
    use.template operator()<MissionCost>();
    use.template operator()<DueDiligence>();
    use.template operator()<Capacity>();
    use.template operator()<ControlBooks>();
    use.template operator()<Delivery>();
    use.template operator()<Politics>();
    use.template operator()<Ceasefire>();
    use.template operator()<CivilSociety>();
    use.template operator()<LocalDialogue>();
    use.template operator()<Participation>();
    use.template operator()<PeaceProcess>();
    use.template operator()<GroupCommitment>();
    use.template operator()<SpoilerNature>();
    use.template operator()<Spoilers>();
    use.template operator()<GroupFinance>();
    use.template operator()<GroupLife>();
    use.template operator()<GroupDecision>();
    use.template operator()<GroupControl>();
    use.template operator()<GroupConduct>();
    use.template operator()<ViolenceEvents>();
    use.template operator()<Coups>();
    use.template operator()<SexualViolence>();
    use.template operator()<Casualties>();
    use.template operator()<DeathBooks>();
    use.template operator()<Relief>();
    use.template operator()<Mines>();
    use.template operator()<Sites>();
    use.template operator()<YouthJobs>();
    use.template operator()<Media>();
    use.template operator()<Rumours>();
    use.template operator()<Property>();
    use.template operator()<AttitudeCauses>();
    use.template operator()<Attitudes>();
    use.template operator()<Livelihoods>();
    use.template operator()<GroupTransfer>();
    use.template operator()<Mobilisation>();
    use.template operator()<Desertion>();
    use.template operator()<Enlistment>();
    use.template operator()<Disarmament>();
    use.template operator()<Demobilisation>();
    use.template operator()<Reintegration>();
    use.template operator()<Redeployment>();
    use.template operator()<Flight>();
    use.template operator()<Return>();
    use.template operator()<Demography>();
    use.template operator()<Privation>();
    use.template operator()<Tally>();
    use.template operator()<Census>();
    use.template operator()<Totals>();
    use.template operator()<AttitudeBooks>();
    use.template operator()<Movements>();
    use.template operator()<PopularConsent>();
    use.template operator()<PartyConsent>();
    use.template operator()<Welfare>();
    use.template operator()<Consent>();
    use.template operator()<Donors>();
    use.template operator()<Economy>();
    use.template operator()<Benchmarks>();
}

/// What each group gets from abroad at most, and from where.
inline std::vector<GroupFinance::Sponsor> sponsors_of(const Inputs& in) {
    constexpr double weeks_per_year = 365.2425 / 7.0;
    std::vector<GroupFinance::Sponsor> sponsors;
    for (const GroupInput& group : in.groups) {
        const auto from = std::find_if(in.neighbours.begin(), in.neighbours.end(),
                                       [&](const NeighbourInput& n) { return n.name == group.sponsor; });
        sponsors.push_back({1e6 * group.sponsor_musd / weeks_per_year,
                            from == in.neighbours.end() ? -1 : static_cast<int>(from - in.neighbours.begin())});
    }
    return sponsors;
}

/// Gives a process what it needs beyond its parameters.
template <class P>
void equip(P& process, const Inputs& in) {
    if constexpr (requires { process.persons_per_agent; }) process.persons_per_agent = in.scenario.persons_per_agent;
    if constexpr (requires { process.agents_per_community; }) process.agents_per_community = in.scenario.agents_per_community;
    if constexpr (requires { process.geography; }) process.geography = in.geography;
    if constexpr (requires { process.routes; }) process.routes = std::make_shared<const Routes>(*in.geography);
    if constexpr (requires { process.hosts; }) process.hosts = neighbours_of_regions(in);
    if constexpr (requires { process.history; }) process.history = in.history;
    if constexpr (requires { process.benchmarks; }) process.benchmarks = in.benchmarks;
    if constexpr (requires { process.gdp_musd; }) process.gdp_musd = in.state.gdp_musd;
    if constexpr (requires { process.need_musd; }) process.need_musd = in.state.budget_musd;
    if constexpr (requires { process.votes; }) process.votes = in.votes;
    if constexpr (requires { process.regime; }) {
        // Under soldiers the scenario gives what they have left.
        const double left = 1.0 - in.state.military_rule;
        process.regime = {std::min(1.0, in.state.inclusiveness / left),
                          in.state.patronage,
                          in.state.complicity,
                          std::min(1.0, in.society.press_freedom / left),
                          {}};
        for (const IdentityInput& identity : in.identities) process.regime.standing.push_back(identity.inclusion);
    }
    if constexpr (requires { process.named_groups; }) process.named_groups = in.groups.size();
    if constexpr (requires { process.identity_shares; })
        for (const RegionInput& region : in.regions) process.identity_shares.push_back(region.identity_shares);
    if constexpr (requires { process.women_share; }) process.women_share = in.mission.women_share;
    if constexpr (std::is_same_v<P, GroupFinance>) {
        process.sponsors = sponsors_of(in);
        for (const GroupInput& group : in.groups) process.names.push_back(group.name);
        process.abroad = in.neighbours;
    }
    if constexpr (std::is_same_v<P, Integration>) process.level = in.mission.integration;
    if constexpr (requires { process.programme_musd; }) process.programme_musd = in.mission.programme_musd;
    if constexpr (requires { process.full_personnel; }) process.full_personnel = full_personnel(in);
    if constexpr (requires { process.donors; }) process.donors = in.donors;
    if constexpr (requires { process.epidemics; }) {
        process.epidemics = in.epidemics;
        process.prices = in.prices;
    }
    if constexpr (requires { process.shocks; }) process.shocks = in.shocks;
    if constexpr (requires { process.mission; }) process.mission = in.mission;
    if constexpr (requires { process.society; }) process.society = in.society;
    if constexpr (requires { process.agreement; }) process.agreement = in.agreement;
    if constexpr (requires { process.signed_at_start; }) {
        process.signed_at_start.clear();
        for (const GroupInput& group : in.groups) process.signed_at_start.push_back(group.signatory ? 1 : 0);
    }
    if constexpr (requires { process.relations; }) process.lay_out(in);
    if constexpr (requires { process.neighbours; }) {
        process.neighbours = in.neighbours;
        process.spillovers = in.spillovers;
        process.lay_out(in);
    }
}

/// A process of type P with its parameters from the document.
template <class P>
P configured(const sim::Document& document, const Inputs& inputs, const sim::Sampler& sampler, sim::Diagnostics& diagnostics) {
    P process;
    sim::read_fields(document.root().child_or_empty(P::name), process, sampler, diagnostics);
    // The books of the ledger follow the law of another process, with its parameters.
    if constexpr (requires { process.law; }) {
        sim::Diagnostics told_by_that_process;
        sim::read_fields(document.root().child_or_empty(decltype(process.law)::name), process.law, sampler, told_by_that_process);
    }
    equip(process, inputs);
    return process;
}

}  // namespace drawdown
