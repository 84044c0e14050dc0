#pragma once
// The transition model as an experiment: the list of its processes in their order, its initial state, what is recorded.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/transition/inputs.hpp"
#include "models/transition/population.hpp"
#include "models/transition/strategy.hpp"
#include "sim/document.hpp"
#include "sim/ensemble.hpp"
#include "sim/parameter_sample.hpp"

namespace drawdown {

/// Adds every process of a week to `schedule`, in order, with parameters from `document`. The list to read first.
void add_processes(sim::Schedule& schedule, const Inputs& inputs, const Strategy& strategy, const sim::Document& document,
                   const sim::Sampler& sampler, sim::Diagnostics& diagnostics);

/// Parameters of every process, with the values that `document` gives them.
[[nodiscard]] std::vector<sim::FieldInfo> all_parameters(const sim::Document& document);

/// Parameters of processes that have a prior, each once, with their defaults.
[[nodiscard]] std::vector<sim::FieldInfo> uncertain_parameters();

/// Parameters that scenario and strategy tables have, for the reference.
[[nodiscard]] std::vector<sim::FieldInfo> all_inputs();

class TransitionExperiment final : public sim::Experiment {
  public:
    /// Reads everything but draws nothing. Throws sim::InputError with all findings of scenario and strategies.
    /// Parameters that have a prior and are not set in the scenario come from `sample` where it has them.
    TransitionExperiment(sim::Document scenario, const std::vector<std::pair<std::string, sim::Document>>& strategies,
                         std::uint64_t seed, bool fixed_parameters, std::shared_ptr<const sim::ParameterSample> sample = nullptr);

    [[nodiscard]] std::size_t strategies() const override { return strategies_.size(); }
    [[nodiscard]] const sim::Clock& clock() const override { return *clock_; }
    [[nodiscard]] const sim::RecordPlan& record_plan() const override { return plan_; }
    [[nodiscard]] std::uint64_t seed() const override { return seed_; }
    [[nodiscard]] std::unique_ptr<sim::Replicate> replicate(std::uint32_t index) const override;
    [[nodiscard]] std::uint64_t input_hash(std::size_t strategy, std::int32_t step) const override {
        return strategies_[strategy].input_hash(clock_->date(step));
    }

    [[nodiscard]] const Inputs& inputs() const { return central_; }
    [[nodiscard]] const sim::Document& document() const { return scenario_; }
    [[nodiscard]] std::uint64_t files_fingerprint() const { return files_.fingerprint; }
    [[nodiscard]] const std::vector<Strategy>& strategy_list() const { return strategies_; }
    [[nodiscard]] const sim::Schedule& schedule() const { return schedule_; }
    [[nodiscard]] const sim::Layout& layout() const { return layout_; }
    /// Values drawn for a replicate from the scenario's distributions.
    [[nodiscard]] std::vector<sim::Draw> draws(std::uint32_t replicate) const;
    /// Sampler of a replicate's parameter values.
    [[nodiscard]] sim::Sampler sampler(std::uint32_t replicate) const;
    /// Row of the sample that a replicate's parameters come from; 0 without a sample.
    [[nodiscard]] std::size_t sample_row(std::uint32_t replicate) const;
    /// The sample that parameters come from; null if they are drawn from their priors or fixed.
    [[nodiscard]] const sim::ParameterSample* sample() const { return sample_.get(); }
    /// Bytes that one run's state takes, with room for births and splits.
    [[nodiscard]] std::size_t state_bytes() const;
    [[nodiscard]] std::int64_t agents() const;
    /// Threads work inside a run of so many agents, on several replicates below; that needs no waiting for each other.
    [[nodiscard]] bool large() const { return agents() > 2'000'000; }
    /// Takes the time of every process in the replicates to come.
    void time_processes() { times_ = std::make_unique<sim::ProcessTimes>(schedule_.processes().size()); }
    /// Time by process, in their order; null if it is not taken.
    [[nodiscard]] const sim::ProcessTimes* times() const { return times_.get(); }
    /// The state before the first week.
    [[nodiscard]] sim::State initial_state(const Inputs& inputs, const sim::Sampler& sampler, std::uint32_t replicate) const;

  private:
    friend class TransitionReplicate;
    sim::State empty_state(const Inputs& inputs, const PopulationPlan& people) const;

    sim::Document scenario_;
    ScenarioFiles files_;
    Inputs central_;
    std::vector<Strategy> strategies_;
    std::uint64_t seed_;
    bool fixed_parameters_;
    std::shared_ptr<const sim::ParameterSample> sample_;
    std::unique_ptr<sim::Clock> clock_;
    sim::Schedule schedule_;  ///< under the first strategy, with central values; for its list of processes
    sim::Layout layout_;
    sim::RecordPlan plan_;
    std::unique_ptr<sim::ProcessTimes> times_;
};

/// Columns that a result file holds, with their names there.
[[nodiscard]] std::vector<sim::Output> outputs();

}  // namespace drawdown
