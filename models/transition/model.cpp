#include "models/transition/model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/transition/armed_groups.hpp"
#include "models/transition/attitudes.hpp"
#include "models/transition/benchmarks.hpp"
#include "models/transition/demography.hpp"
#include "models/transition/exit_plan.hpp"
#include "models/transition/government.hpp"
#include "models/transition/mission.hpp"
#include "models/transition/mobilisation.hpp"
#include "models/transition/movement.hpp"
#include "models/transition/peace_process.hpp"
#include "models/transition/shocks.hpp"
#include "models/transition/society.hpp"
#include "models/transition/tally.hpp"
#include "models/transition/violence.hpp"

namespace drawdown {

namespace {

std::vector<double> arms_of(const Inputs& inputs) {
    std::vector<double> arms;
    for (const GroupInput& group : inputs.groups) arms.push_back(group.arms);
    return arms;
}

/// Gives a process what it needs beyond its parameters.
template <class P>
void equip(P& process, const Inputs& in) {
    if constexpr (requires { process.persons_per_agent; }) process.persons_per_agent = in.scenario.persons_per_agent;
    if constexpr (requires { process.agents_per_community; }) process.agents_per_community = in.scenario.agents_per_community;
    if constexpr (requires { process.geography; }) process.geography = in.geography;
    if constexpr (requires { process.arms; }) process.arms = arms_of(in);
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
    use.template operator()<Attitudes>();
    use.template operator()<Livelihoods>();
    use.template operator()<Mobilisation>();
    use.template operator()<Desertion>();
    use.template operator()<Enlistment>();
    use.template operator()<Flight>();
    use.template operator()<Return>();
    use.template operator()<Demography>();
    use.template operator()<Tally>();
    use.template operator()<Census>();
    use.template operator()<Totals>();
    use.template operator()<Consent>();
    use.template operator()<Economy>();
    use.template operator()<Benchmarks>();
}

/// A process of type P with its parameters from the document.
template <class P>
P configured(const sim::Document& document, const Inputs& inputs, const sim::Sampler& sampler, sim::Diagnostics& diagnostics) {
    P process;
    sim::read_fields(document.root().child_or_empty(P::name), process, sampler, diagnostics);
    equip(process, inputs);
    return process;
}

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

void add_processes(sim::Schedule& schedule, const Inputs& inputs, const Strategy& strategy, const sim::Document& document,
                   const sim::Sampler& sampler, sim::Diagnostics& diagnostics) {
    for_each_process([&]<class P>() {
        P process = configured<P>(document, inputs, sampler, diagnostics);
        if constexpr (requires { process.strategy; }) process.strategy = strategy;
        schedule.add(std::move(process));
    });
}

std::vector<sim::FieldInfo> all_parameters(const sim::Document& document) {
    std::vector<sim::FieldInfo> all;
    sim::Diagnostics ignored;
    for_each_process([&]<class P>() {
        P process;
        sim::read_fields(document.root().child_or_empty(P::name), process, sim::Sampler::central(), ignored);
        for (sim::FieldInfo& info : sim::describe(P::name, process)) all.push_back(std::move(info));
    });
    return all;
}

std::vector<sim::FieldInfo> all_inputs() {
    std::vector<sim::FieldInfo> all;
    const auto add = [&](std::vector<sim::FieldInfo> some) {
        for (sim::FieldInfo& info : some) all.push_back(std::move(info));
    };
    add(sim::describe<ScenarioInput>("scenario"));
    add(sim::describe<PopulationInput>("population"));
    add(sim::describe<StateInput>("state"));
    add(sim::describe<IdentityInput>("identity.NAME"));
    add(sim::describe<GroupInput>("group.NAME"));
    add(sim::describe<VoteInput>("vote.NAME"));
    add(sim::describe<PulseInput>("epidemic.NAME"));
    add(sim::describe<SpilloverInput>("spillover.NAME"));
    add(sim::describe<PulseInput>("price.NAME"));
    add(sim::describe<BenchmarkInput>("benchmark.NAME"));
    add(sim::describe<Strategy>("strategy"));
    add(sim::describe<Announcement>("announcement.NAME"));
    add(sim::describe<Phase>("phase.NAME"));
    return all;
}

std::vector<sim::Output> outputs() {
    using sim::record;
    return {
        record("population", region::population, point),
        record("displaced", region::displaced, point),
        record("refugees", region::refugees, point),
        record("former_fighters", region::former, point),
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

/// One replicate: its own inputs, and a schedule for each strategy.
class TransitionReplicate final : public sim::Replicate {
  public:
    TransitionReplicate(const TransitionExperiment& experiment, std::uint32_t index)
        : experiment_(experiment), index_(index), sampler_(experiment.sampler(index)) {
        sim::Diagnostics findings;
        inputs_ = read_inputs(experiment.scenario_, experiment.files_, sampler_, findings);
        for (const Strategy& strategy : experiment.strategies_) {
            auto& schedule = schedules_.emplace_back();
            add_processes(schedule, inputs_, strategy, experiment.scenario_, sampler_, findings);
            schedule.bind(experiment.layout_);
        }
        findings.throw_if_any();
    }

    sim::State initial_state() override { return experiment_.initial_state(inputs_, sampler_, index_); }
    [[nodiscard]] const sim::Schedule& schedule(std::size_t strategy) const override { return schedules_[strategy]; }

  private:
    const TransitionExperiment& experiment_;
    std::uint32_t index_;
    sim::Sampler sampler_;
    Inputs inputs_;
    std::vector<sim::Schedule> schedules_;
};

TransitionExperiment::TransitionExperiment(sim::Document scenario,
                                           const std::vector<std::pair<std::string, sim::Document>>& strategies,
                                           std::uint64_t seed, bool fixed_parameters)
    : scenario_(std::move(scenario)), seed_(seed), fixed_parameters_(fixed_parameters) {
    sim::Diagnostics findings;
    const sim::Sampler central = sim::Sampler::central();
    files_ = read_files(scenario_, findings);
    central_ = read_inputs(scenario_, files_, central, findings);
    central_.benchmarks_known = !central_.benchmarks.empty() || findings.empty();
    for (const auto& [name, document] : strategies) {
        strategies_.push_back(read_strategy(name, document, central_, findings));
        document.report_unknown(findings);
    }
    add_processes(schedule_, central_, strategies_.empty() ? Strategy{} : strategies_.front(), scenario_, central, findings);
    scenario_.report_unknown(findings);
    findings.throw_if_any();

    clock_ = std::make_unique<sim::Clock>(central_.scenario.start, central_.scenario.end + 1, central_.step_days());
    schedule_.declare(layout_);
    schedule_.bind(layout_);
    const PopulationPlan nobody;
    plan_ = sim::RecordPlan::make(outputs(), layout_, empty_state(central_, nobody), *clock_,
                                  static_cast<std::int32_t>(central_.scenario.output_every_steps));
}

sim::Sampler TransitionExperiment::sampler(std::uint32_t replicate) const {
    if (fixed_parameters_) return sim::Sampler::central();
    return sim::Sampler([seed = seed_, replicate](std::string_view key) {
        sim::Rng rng(sim::stream_key(seed, std::string("parameter ") + std::string(key)), replicate, {0, 0}, 0);
        return rng.uniform();
    });
}

std::vector<sim::Draw> TransitionExperiment::draws(std::uint32_t replicate) const {
    const sim::Sampler drawn = sampler(replicate);
    sim::Diagnostics findings;
    const Inputs inputs = read_inputs(scenario_, files_, drawn, findings);
    sim::Schedule unused;
    add_processes(unused, inputs, strategies_.front(), scenario_, drawn, findings);
    return drawn.draws();
}

std::unique_ptr<sim::Replicate> TransitionExperiment::replicate(std::uint32_t index) const {
    return std::make_unique<TransitionReplicate>(*this, index);
}

std::int64_t TransitionExperiment::agents() const {
    return (central_.total_population() + central_.scenario.persons_per_agent - 1) / central_.scenario.persons_per_agent;
}

std::size_t TransitionExperiment::state_bytes() const {
    const std::int64_t communities =
        agents() / central_.scenario.agents_per_community + static_cast<std::int64_t>(central_.regions.size());
    const std::int64_t reserve = free_rows_needed(central_.scenario.persons_per_agent, central_.scenario.agents_per_community);
    const double years = static_cast<double>(central_.scenario.end - central_.scenario.start) / 365.2425;
    const double rows = (static_cast<double>(agents()) * (1.0 + 0.04 * years) + 1.5 * static_cast<double>(reserve * communities));
    return static_cast<std::size_t>(rows * static_cast<double>(layout_.row_bytes("person")));
}

sim::State TransitionExperiment::empty_state(const Inputs& in, const PopulationPlan& people) const {
    sim::State state(layout_);
    const std::size_t regions = in.regions.size();
    const std::size_t groups = in.groups.size();
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
    const std::size_t groups = in.groups.size();
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
    const std::vector<std::string> spoilers = {"none", "limited", "greedy", "total"};
    for (std::size_t g = 0; g < groups; ++g) {
        state.of(group::spoiler)[g] =
            static_cast<std::uint8_t>(std::find(spoilers.begin(), spoilers.end(), in.groups[g].spoiler) - spoilers.begin());
        state.of(group::commitment)[g] = in.groups[g].commitment;
        state.of(group::wealth)[g] = 1e6 * in.groups[g].wealth_musd;
        state.of(group::pay)[g] = 1.0;
    }
    for (std::size_t i = 0; i < in.identities.size(); ++i) state.of(identity::inclusion)[i] = in.identities[i].inclusion;
    state.of(country::legitimacy)[0] = in.state.legitimacy;
    state.of(country::consent)[0] = in.state.consent;
    state.of(country::party_consent)[0] = in.state.consent;
    state.of(country::implementation)[0] = in.state.implementation;
    state.of(country::commodity)[0] = 1.0;
    state.of(country::attention)[0] = 1.0;
    state.of(country::gdp)[0] = 1.0;
    double uniformed = 0.0;
    double civilians = 0.0;
    for (std::size_t i = 0; i < regions * component_count; ++i)
        (i % component_count == static_cast<std::size_t>(Component::civilian) ? civilians : uniformed) +=
            state.of(region_component::strength)[i];

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

    const auto run = [&](sim::Schedule& schedule, int times) {
        schedule.bind(layout_);
        for (int i = 0; i < times; ++i) schedule.run(state, now);
    };
    sim::Schedule birth;
    Populate populate{people, in.population, std::make_shared<const std::vector<RegionInput>>(in.regions)};
    birth.add(populate);
    birth.add(Tally{});
    birth.add(Totals{});
    run(birth, 1);
    state.of(country::mission_open)[0] = uniformed + civilians > 0.0 ? 1 : 0;
    state.of(country::mission_strength)[0] = uniformed;
    state.of(country::misconduct)[0] = process.operator()<MissionCost>().resting_memory(uniformed, civilians);
    sim::Schedule reach;  // control and security settle where capacity and mission leave them
    const double adequacy = process.operator()<Economy>().adequacy_at_start();
    state.of(country::budget_adequacy)[0] = adequacy;
    for (std::size_t r = 0; r < regions; ++r)
        state.of(region::forces_wanted)[r] = static_cast<double>(state.of(region::security)[r]) / std::clamp(adequacy, 0.1, 1.0);
    reach.add(process.operator()<Activities>());
    reach.add(process.operator()<Delivery>());
    run(reach, 400);
    sim::Schedule settle;  // attitudes come to rest, neighbours and all
    settle.add(SettleAttitudes{process.operator()<Attitudes>()});
    settle.add(Tally{});
    settle.add(Totals{});
    run(settle, 6);
    findings.throw_if_any();

    for (std::size_t r = 0; r < regions; ++r) state.of(region::consent)[r] = state.of(region::trust_mission)[r];
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
    std::fill(state.of(benchmark::held_weeks).begin(), state.of(benchmark::held_weeks).end(), 0.0);
    state.events().clear();
    return state;
}

}  // namespace drawdown
