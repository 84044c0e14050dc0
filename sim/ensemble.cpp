#include "sim/ensemble.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "sim/errors.hpp"

namespace sim {

namespace {

/// One replicate on its way through all strategies.
class ReplicateRunner {
  public:
    ReplicateRunner(const Experiment& experiment, const EnsembleOptions& options, std::uint32_t index, Progress& progress,
                    const std::atomic<bool>& stop)
        : experiment_(experiment), options_(options), index_(index), progress_(progress), stop_(stop) {}

    std::vector<RunResult> run() {
        const std::size_t n = experiment_.strategies();
        results_.resize(n);
        for (std::size_t s = 0; s < n; ++s) {
            results_[s].strategy = s;
            results_[s].replicate = index_;
        }
        std::vector<std::size_t> all(n);
        std::iota(all.begin(), all.end(), std::size_t{0});
        std::optional<Branch> root;
        try {
            replicate_ = experiment_.replicate(index_);
            root.emplace(Branch{replicate_->initial_state(), Recorder(experiment_.record_plan()), 0});
        } catch (const NumericalError& error) {
            fail(all, 0, error);
            return std::move(results_);
        }
        if (options_.branching) {
            advance(std::move(*root), all);
        } else {
            for (const std::size_t s : all) advance(Branch(*root), {s});
        }
        return std::move(results_);
    }

  private:
    struct Branch {
        State state;
        Recorder recorder;
        std::int32_t step;
    };

    /// Runs `strategies`, which agree up to branch.step, to the end; copies the state where they part.
    void advance(Branch branch, std::vector<std::size_t> strategies) {
        const Clock& clock = experiment_.clock();
        while (branch.step < clock.steps()) {
            std::map<std::uint64_t, std::vector<std::size_t>> groups;
            for (const std::size_t s : strategies) groups[experiment_.input_hash(s, branch.step)].push_back(s);
            if (groups.size() > 1) {
                // In the order of the strategies, not of their hashes: which group goes first must not matter, but be plain.
                std::vector<std::vector<std::size_t>> parts;
                for (auto& [hash, members] : groups) parts.push_back(std::move(members));
                std::sort(parts.begin(), parts.end());
                for (std::size_t i = 0; i + 1 < parts.size(); ++i) advance(Branch(branch), parts[i]);
                strategies = std::move(parts.back());
            }
            try {
                step(branch, strategies.front());
            } catch (const NumericalError& error) {
                fail(strategies, branch.step, error);
                return;
            }
            progress_.steps_done += static_cast<std::int64_t>(strategies.size());
            progress_.shared_steps += static_cast<std::int64_t>(strategies.size() - 1);
        }
        const std::uint64_t hash = branch.state.hash();
        for (const std::size_t s : strategies) {
            results_[s].record = branch.recorder.record();
            results_[s].events = branch.state.events();
            results_[s].state_hash = hash;
        }
    }

    /// Ends the runs of `strategies` before `step`; their remaining steps count as done.
    void fail(const std::vector<std::size_t>& strategies, std::int32_t step, const NumericalError& error) {
        for (const std::size_t s : strategies) results_[s].failure = error.what();
        progress_.steps_done +=
            static_cast<std::int64_t>(experiment_.clock().steps() - step) * static_cast<std::int64_t>(strategies.size());
    }

    void step(Branch& branch, std::size_t strategy) const {
        if (stop_.load(std::memory_order_relaxed)) throw Interrupted();
        const Clock& clock = experiment_.clock();
        Step now;
        now.index = branch.step;
        now.dt_weeks = clock.dt_weeks();
        now.date = clock.date(branch.step);
        now.next = clock.date(branch.step + 1);
        now.seed = experiment_.seed();
        now.replicate = experiment_.draw_index(index_);
        now.recorded = experiment_.record_plan().ends_with(branch.step, clock);
        now.parallel = options_.parallel_inside;
        replicate_->schedule(strategy).run(branch.state, now);
        branch.recorder.observe(branch.state, now);
        ++branch.step;
    }

    const Experiment& experiment_;
    const EnsembleOptions& options_;
    std::uint32_t index_;
    Progress& progress_;
    const std::atomic<bool>& stop_;
    std::unique_ptr<Replicate> replicate_;
    std::vector<RunResult> results_;
};

}  // namespace

void run_ensemble(const Experiment& experiment, const EnsembleOptions& options, Progress& progress, const std::atomic<bool>& stop,
                  const std::function<void(std::vector<RunResult>)>& take) {
    progress.total_steps = static_cast<std::int64_t>(options.replicates) * static_cast<std::int64_t>(experiment.strategies()) *
                           experiment.clock().steps();
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(options.threads));
    tbb::task_arena arena(options.threads);
    const auto run_one = [&](std::uint32_t index) { return ReplicateRunner(experiment, options, index, progress, stop).run(); };
    const std::uint32_t end = options.first_replicate + options.replicates;
    if (options.parallel_inside) {
        arena.execute([&] {
            for (std::uint32_t index = options.first_replicate; index < end; ++index) take(run_one(index));
        });
        return;
    }
    using Results = std::vector<RunResult>;
    std::uint32_t next = options.first_replicate;
    const auto draw = [&](tbb::flow_control& control) {
        if (next == end) control.stop();
        return next == end ? next : next++;
    };
    // A few replicates in flight, so that results that wait for their turn never fill the memory.
    const auto in_flight = static_cast<std::size_t>(2 * options.threads);
    arena.execute([&] {
        tbb::parallel_pipeline(in_flight, tbb::make_filter<void, std::uint32_t>(tbb::filter_mode::serial_in_order, draw) &
                                              tbb::make_filter<std::uint32_t, Results>(tbb::filter_mode::parallel, run_one) &
                                              tbb::make_filter<Results, void>(tbb::filter_mode::serial_in_order, take));
    });
}

int threads_to_use(int requested) {
    if (requested > 0) return requested;
    if (const char* text = std::getenv("SLURM_CPUS_PER_TASK")) {
        int threads = 0;
        const auto [end, error] = std::from_chars(text, text + std::strlen(text), threads);
        if (error == std::errc() && *end == '\0' && threads > 0) return threads;
    }
    return tbb::info::default_concurrency();
}

}  // namespace sim
