#include "models/transition/model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/transition/process_list.hpp"

namespace drawdown {

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

std::vector<sim::FieldInfo> uncertain_parameters() {
    sim::Diagnostics none;
    std::vector<sim::FieldInfo> all = all_parameters(sim::Document::from_text("", "defaults", {}, none, scenario_units()));
    std::erase_if(all, [](const sim::FieldInfo& info) { return !info.prior.given(); });
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
    add(sim::describe<MissionInput>("mission"));
    add(sim::describe<SocietyInput>("society"));
    add(sim::describe<AgreementInput>("agreement"));
    add(sim::describe<ProvisionInput>("provision.NAME"));
    add(sim::describe<DonorInput>("donor.NAME"));
    add(sim::describe<NeighbourInput>("neighbour.ISO3"));
    add(sim::describe<ShockInput>("shock.NAME"));
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
    add(sim::describe<Reentry>("reentry"));
    add(sim::describe<Ceiling>("ceiling.NAME"));
    add(sim::describe<HostRequest>("host_request"));
    add(sim::describe<Priority>("priority.NAME"));
    add(sim::describe<HandoverPlan>("handover.TASK"));
    add(sim::describe<FollowOnPlan>("follow_on"));
    return all;
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
            if (experiment.times_) schedule.time_into(*experiment.times_);
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
                                           std::uint64_t seed, bool fixed_parameters,
                                           std::shared_ptr<const sim::ParameterSample> sample)
    : scenario_(std::move(scenario)), seed_(seed), fixed_parameters_(fixed_parameters), sample_(std::move(sample)) {
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
    const auto uniform = [seed = seed_, replicate](std::string_view key) {
        sim::Rng rng(sim::stream_key(seed, std::string("parameter ") + std::string(key)), replicate, {0, 0}, 0);
        return rng.uniform();
    };
    if (!sample_) return sim::Sampler(uniform);
    return sim::Sampler(
        uniform, [sample = sample_, row = sample_row(replicate)](std::string_view key) { return sample->value(row, key); });
}

std::size_t TransitionExperiment::sample_row(std::uint32_t replicate) const {
    if (!sample_) return 0;
    if (sample_->is_in_order()) return replicate % sample_->rows();
    sim::Rng rng(sim::stream_key(seed_, "row of the sample"), replicate, {0, 0}, 0);
    return sample_->row_at(rng.uniform());
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

}  // namespace drawdown
