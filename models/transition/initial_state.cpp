// The state before the first week.

#include <algorithm>

#include "models/transition/kinds.hpp"
#include "models/transition/ledger.hpp"
#include "models/transition/model.hpp"
#include "models/transition/process_list.hpp"
#include "models/transition/start_persons.hpp"

namespace drawdown {

sim::State TransitionExperiment::empty_state(const Inputs& in, const PopulationPlan& people) const {
    sim::State state(layout_);
    const std::size_t regions = in.regions.size();
    const std::size_t groups = in.group_slots();
    state.set_rows("country", 1, {});
    state.set_rows("region", regions, {"region"});
    state.set_rows("region_cohort", regions * cohort_count, {"region", "cohort"});
    state.set_rows("region_component", regions * component_count, {"region", "component"});
    state.set_rows("region_activity", regions * activity_count, {"region", "activity"});
    state.set_rows("region_function", regions * function_count, {"region", "function"});
    state.set_rows("region_violence", regions * violence_count, {"region", "violence"});
    state.set_rows("group", groups, {"group"});
    state.set_rows("region_group", regions * groups, {"region", "group"});
    state.set_rows("identity", in.identities.size(), {"identity"});
    const auto set_if_used = [&](const char* table, std::size_t rows, std::vector<std::string> axes) {
        if (state.has_table(table)) state.set_rows(table, rows, std::move(axes));
    };
    set_if_used("activity", activity_count, {"activity"});
    set_if_used("group_type", groups * spoiler_count, {"group", "spoiler"});
    set_if_used("provision", provision_count, {"provision"});
    set_if_used("identity_pair", in.identities.size() * in.identities.size(), {});
    set_if_used("fund", fund_count, {"fund"});
    set_if_used("donor", in.donors.size(), {"donor"});
    set_if_used("neighbour", in.neighbours.size(), {"neighbour"});
    set_if_used("shock", in.shocks.size(), {});
    set_if_used("region_driver", regions * driver_count, {});
    set_if_used("ledger", static_cast<std::size_t>(stock_count) * ledger_cause_count, {"stock", "cause"});
    state.set_rows("benchmark", in.benchmarks.size(), {"benchmark"});
    state.set_rows("community", people.communities.size(), {"community"});
    std::vector<sim::Segment> segments;
    const std::uint32_t reserve = free_rows_needed(in.scenario.persons_per_agent, in.scenario.agents_per_community);
    for (const auto& community : people.communities) {
        const std::uint32_t agents = people.agents(community);
        segments.push_back({0, agents, agents + agents / 8 + reserve + reserve / 4, community.key});
    }
    state.set_segments("person", std::move(segments));
    return state;
}

sim::State TransitionExperiment::initial_state(const Inputs& in, const sim::Sampler& sampler, std::uint32_t replicate) const {
    auto people = std::make_shared<PopulationPlan>(plan_population(in));
    sim::State state = empty_state(in, *people);
    const std::size_t regions = in.regions.size();
    for (std::size_t c = 0; c < people->communities.size(); ++c) state.of(community::region)[c] = people->communities[c].region;
    const std::vector<double> affinity = group_affinity(in);
    std::copy(affinity.begin(), affinity.end(), state.of(region_group::affinity).begin());
    for (std::size_t r = 0; r < regions; ++r) {
        state.of(region::remoteness)[r] = in.regions[r].remoteness;
        state.of(region::resources)[r] = in.regions[r].resources;
        state.of(region::state_control)[r] = 1.0;
        state.of(region::economy)[r] = 1.0;
        state.of(region::security_level)[r] = 0.7;
        state.of(region::consent)[r] = in.state.consent;
        for (std::size_t f = 0; f < function_count; ++f)
            state.of(region_function::capacity)[r * function_count + f] =
                in.state.capacity[f] * (1.0 - in.state.periphery_loss * in.regions[r].remoteness);
        for (std::size_t c = 0; c < component_count; ++c)
            state.of(region_component::strength)[r * component_count + c] = in.history->at(in.scenario.start, r, c);
    }
    const auto spoilers = spoiler_names();
    for (std::size_t g = 0; g < in.groups.size(); ++g) {
        state.of(group::alive)[g] = 1;
        state.of(group::arms)[g] = in.groups[g].arms;
        state.of(group::spoiler)[g] =
            static_cast<std::uint8_t>(std::find(spoilers.begin(), spoilers.end(), in.groups[g].spoiler) - spoilers.begin());
        state.of(group::commitment)[g] = in.groups[g].commitment;
        state.of(group::wealth)[g] = 1e6 * in.groups[g].wealth_musd;
        state.of(group::pay)[g] = 1.0;
    }
    start_groups(state, in);
    start_plan(state);
    state.of(country::consent)[0] = in.state.consent;
    start_politics(state, in);
    state.of(country::commodity)[0] = 1.0;
    state.of(country::gdp)[0] = 1.0;
    double uniformed = 0.0;
    double civilians = 0.0;
    for (std::size_t i = 0; i < regions * component_count; ++i)
        (i % component_count >= first_civilian ? civilians : uniformed) += state.of(region_component::strength)[i];

    start_neighbours(state, in);
    start_humanitarian(state, in);
    start_persons(state, in);
    start_peace_process(state, in);
    start_spoilers(state, in);
    start_participation(state, in);
    start_civil_society(state, in);

    // The start is set up by the model's own processes, so that nothing jumps in the first week.
    sim::Diagnostics findings;
    const auto process = [&]<class P>() { return configured<P>(scenario_, in, sampler, findings); };
    sim::Step now;
    now.seed = seed_;
    now.replicate = replicate;
    now.date = clock_->start();
    now.next = clock_->date(1);
    now.dt_weeks = clock_->dt_weeks();
    now.initial = true;
    now.parallel = large();

    const auto run = [&](sim::Schedule& schedule, int times) {
        schedule.bind(layout_);
        for (int i = 0; i < times; ++i) schedule.run(state, now);
    };
    sim::Schedule birth;
    Populate populate{people, in.population, std::make_shared<const std::vector<RegionInput>>(in.regions), in.society.years_away};
    birth.add(populate);
    birth.add(Tally{});
    birth.add(Totals{});
    run(birth, 1);
    state.of(country::mission_open)[0] = uniformed + civilians > 0.0 ? 1 : 0;
    state.of(country::mission_strength)[0] = uniformed;
    const auto strength = state.of(region_component::strength);
    state.of(country::misconduct)[0] = process.operator()<Misconduct>().resting_memory(Misconduct::personnel(strength));
    const auto donors = process.operator()<Donors>();
    donors.begin(state, now.dt_weeks);
    start_mission(state, in);
    const double a_year = process.operator()<MissionCost>().yearly_cost(uniformed);
    const bool there = uniformed + civilians > 0.0;
    const double set_aside = there ? std::min(a_year, 1e6 * in.mission.programme_musd) : 0.0;
    process.operator()<Economy>().start(
        state, {there ? a_year - set_aside : 0.0, set_aside, 1e6 * donors.pledges_musd(false) * state.of(country::attention)[0]});
    process.operator()<Consent>().start(state);
    process.operator()<GroupDecision>().start(state, in.groups, now);
    sim::Schedule reach;  // control and security settle where capacity and mission leave them
    const double adequacy =
        process.operator()<Economy>().adequacy_at_start(donors.pledges_musd(false), donors.pledges_musd(true));
    state.of(country::budget_adequacy)[0] = adequacy;
    for (std::size_t r = 0; r < regions; ++r)
        state.of(region::forces_wanted)[r] = static_cast<double>(state.of(region::security)[r]) / std::clamp(adequacy, 0.1, 1.0);
    reach.add(process.operator()<Staffing>());
    reach.add(process.operator()<Activities>());
    reach.add(process.operator()<Integration>());
    reach.add(process.operator()<GroupControl>());
    reach.add(process.operator()<Delivery>());
    reach.add(process.operator()<Relief>());
    reach.add(process.operator()<YouthJobs>());
    reach.add(process.operator()<Media>());
    run(reach, 400);
    process.operator()<Capacity>().start(state);
    sim::Schedule settle;  // attitudes come to rest, neighbours and all
    settle.add(SettleAttitudes{process.operator()<Attitudes>()});
    settle.add(Tally{});
    settle.add(Totals{});
    run(settle, 6);
    findings.throw_if_any();

    process.operator()<PopularConsent>().start(state);
    process.operator()<PartyConsent>().start(state);
    double collected = 0.0;
    double everybody = 0.0;
    for (std::size_t r = 0; r < regions; ++r) {
        const auto w = static_cast<double>(state.of(region::population)[r]);
        everybody += w;
        collected += w * state.of(region_function::capacity)[r * function_count + static_cast<std::size_t>(Function::revenue)] *
                     state.of(region::state_control)[r];
    }
    state.of(country::collection_at_start)[0] = collected / std::max(1.0, everybody);
    // The mission knows the benchmarks when the run begins.
    auto first = process.operator()<Benchmarks>();
    for (BenchmarkInput& benchmark : first.benchmarks) benchmark.delay_weeks = 0.0;
    sim::Schedule look;
    look.add(first);
    run(look, 1);
    // What it finds met has been met, as far as anybody knows: it is no news of the first months.
    for (std::size_t b = 0; b < first.benchmarks.size(); ++b) {
        double& held = state.of(benchmark::held_weeks)[b];
        held = held > 0.0 ? first.benchmarks[b].held_weeks : 0.0;
    }
    state.events().clear();
    return state;
}

}  // namespace drawdown
