#pragma once
// The processes of the model in their order, and how each gets its parameters and inputs.

#include "models/transition/armed_groups.hpp"
#include "models/transition/attitudes.hpp"
#include "models/transition/benchmarks.hpp"
#include "models/transition/demobilisation.hpp"
#include "models/transition/demography.hpp"
#include "models/transition/exit_plan.hpp"
#include "models/transition/flight.hpp"
#include "models/transition/government.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/mission.hpp"
#include "models/transition/mobilisation.hpp"
#include "models/transition/peace_process.hpp"
#include "models/transition/property.hpp"
#include "models/transition/redeployment.hpp"
#include "models/transition/return.hpp"
#include "models/transition/shocks.hpp"
#include "models/transition/society.hpp"
#include "models/transition/start_persons.hpp"
#include "models/transition/tally.hpp"
#include "models/transition/violence.hpp"

namespace drawdown {

/// The processes of a week, in order. Person processes that follow each other run community by community in one pass.
template <class Use>
void for_each_process(const Use& use) {
    use.template operator()<Shocks>();
    use.template operator()<ExitPlan>();
    use.template operator()<Deployment>();
    use.template operator()<Activities>();
    use.template operator()<MissionCost>();
    use.template operator()<Capacity>();
    use.template operator()<Delivery>();
    use.template operator()<Legitimacy>();
    use.template operator()<PeaceProcess>();
    use.template operator()<GroupFinance>();
    use.template operator()<GroupDecision>();
    use.template operator()<GroupControl>();
    use.template operator()<ViolenceEvents>();
    use.template operator()<Casualties>();
    use.template operator()<Rumours>();
    use.template operator()<Property>();
    use.template operator()<Attitudes>();
    use.template operator()<Livelihoods>();
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
    use.template operator()<Tally>();
    use.template operator()<Census>();
    use.template operator()<Totals>();
    use.template operator()<Welfare>();
    use.template operator()<Consent>();
    use.template operator()<Economy>();
    use.template operator()<Benchmarks>();
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
    if constexpr (requires { process.votes; }) {
        process.votes = in.votes;
        process.epidemics = in.epidemics;
        process.spillovers = in.spillovers;
        process.prices = in.prices;
        for (const RegionInput& region : in.regions) process.neighbours_abroad.push_back(region.neighbours_abroad);
    }
}

/// A process of type P with its parameters from the document.
template <class P>
P configured(const sim::Document& document, const Inputs& inputs, const sim::Sampler& sampler, sim::Diagnostics& diagnostics) {
    P process;
    sim::read_fields(document.root().child_or_empty(P::name), process, sampler, diagnostics);
    equip(process, inputs);
    return process;
}

}  // namespace drawdown
