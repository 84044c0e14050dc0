#pragma once
// Ensembles: replicates x strategies, paired by common random numbers, sharing what they have in common.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/clock.hpp"
#include "sim/process.hpp"
#include "sim/recorder.hpp"
#include "sim/state.hpp"

namespace sim {

/// One replicate of an experiment: its drawn parameter values have gone into processes and initial state.
class Replicate {
  public:
    virtual ~Replicate() = default;
    /// The state before the first step. Called once.
    virtual State initial_state() = 0;
    /// The processes under strategy `strategy`; they stay valid as long as the replicate lives.
    [[nodiscard]] virtual const Schedule& schedule(std::size_t strategy) const = 0;
};

/// What an ensemble needs to know of a model.
class Experiment {
  public:
    virtual ~Experiment() = default;
    [[nodiscard]] virtual std::size_t strategies() const = 0;
    [[nodiscard]] virtual const Clock& clock() const = 0;
    [[nodiscard]] virtual const RecordPlan& record_plan() const = 0;
    [[nodiscard]] virtual std::uint64_t seed() const = 0;
    /// Builds replicate `index`; called from several threads.
    [[nodiscard]] virtual std::unique_ptr<Replicate> replicate(std::uint32_t index) const = 0;
    /// Number that keys the random draws of replicate `index`: replicates that share it see the same draws.
    [[nodiscard]] virtual std::uint32_t draw_index(std::uint32_t index) const { return index; }
    /// Hash of all that strategy `strategy` puts into step `step`. While two strategies have equal hashes, one run serves both.
    [[nodiscard]] virtual std::uint64_t input_hash(std::size_t strategy, std::int32_t step) const = 0;
};

/// One finished run.
struct RunResult {
    std::size_t strategy = 0;
    std::uint32_t replicate = 0;
    std::string failure;  ///< empty when the run succeeded; else what went wrong, and the record is empty
    Record record;
    std::vector<Event> events;
    std::uint64_t state_hash = 0;  ///< of the final state
};

struct EnsembleOptions {
    std::uint32_t first_replicate = 0;
    std::uint32_t replicates = 1;
    int threads = 1;
    bool parallel_inside = false;  ///< threads work inside each run rather than on several replicates
    bool branching = true;         ///< strategies share the steps in which their inputs are equal
};

/// Progress of an ensemble, in steps; `shared_steps` of `total_steps` were saved by branching.
struct Progress {
    std::atomic<std::int64_t> steps_done{0};
    std::atomic<std::int64_t> shared_steps{0};
    std::int64_t total_steps = 0;
};

/// A run was stopped by `stop`.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// Runs every strategy in every replicate. `take` gets the results of one replicate at a time, all strategies in order,
/// replicates in order, whatever the threads did. A run that throws NumericalError becomes a failure; others go on. A
/// replicate that throws it while it is built fails in all strategies.
/// Throws Interrupted soon after `stop` becomes true.
void run_ensemble(const Experiment& experiment, const EnsembleOptions& options, Progress& progress, const std::atomic<bool>& stop,
                  const std::function<void(std::vector<RunResult>)>& take);

/// Threads to use: `requested` if positive, else SLURM_CPUS_PER_TASK, else what the machine has.
[[nodiscard]] int threads_to_use(int requested);

}  // namespace sim
