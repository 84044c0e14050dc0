#include "sim/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/engine_support.hpp"

namespace {

constexpr int steps = 30;
constexpr std::int32_t every_steps = 4;  // 8 intervals, the last one of 2 steps
constexpr std::size_t sites = 70;        // more than one task of a pass takes

constexpr sim::Column<"walker.place", double> place{"m", "where the walker is"};
constexpr sim::Column<"site.mean", double> mean_place{"m", "mean place of the walkers of a site"};
constexpr sim::Column<"world.right", std::int64_t> right{"1", "walkers who went right in the step"};

/// Each walker goes up or down by chance, and by the drift of the strategy.
struct Walk {
    std::vector<double> drift;  // by step

    static constexpr std::string_view name = "walk";
    static constexpr std::string_view table = "walker";
    static constexpr std::string_view owner = "site";
    static constexpr auto writes = sim::columns(place, mean_place);
    static constexpr auto adds = sim::columns(right);
    void step(sim::Rows<Walk> walkers, const sim::Step& now) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < walkers.size(); ++i) {
            sim::Rng rng = now.rng(name, {walkers.key(), static_cast<std::uint32_t>(i)});
            const double change = rng.normal() + drift[static_cast<std::size_t>(now.index)];
            walkers[place][i] += change;
            walkers.add(right, 0, change > 0.0 ? 1 : 0);
            sum += walkers[place][i];
        }
        walkers.owner(mean_place) = sum / static_cast<double>(walkers.size());
    }
};

/// Logs an event where more than half went right, and fails where a test wants it.
struct Watch {
    std::function<void(const sim::Step&)> check;

    static constexpr std::string_view name = "watch";
    static constexpr auto reads = sim::columns(right);
    void step(sim::View<Watch> view, const sim::Step& now) const {
        if (check) check(now);
        if (view[right][0] > 105) view.log(1, -1, -1, static_cast<double>(view[right][0]));
    }
};

struct Strategy {
    std::vector<double> drift = std::vector<double>(steps, 0.0);
    std::function<void(const sim::Step&)> check{};

    /// No drift until `first`, then `value`.
    static Strategy from(int first, double value) {
        Strategy made;
        std::fill(made.drift.begin() + first, made.drift.end(), value);
        return made;
    }
};

class Walkers : public sim::Replicate {
  public:
    Walkers(const std::vector<Strategy>& strategies, double start) : start_(start) {
        for (const Strategy& strategy : strategies) {
            auto& schedule = schedules_.emplace_back();
            schedule.add(Walk{strategy.drift});
            schedule.add(Watch{strategy.check});
            schedule.declare(layout_);
        }
        for (sim::Schedule& schedule : schedules_) schedule.bind(layout_);
    }
    [[nodiscard]] const sim::Layout& layout() const { return layout_; }
    sim::State initial_state() override {
        sim::State state(layout_);
        state.set_rows("site", sites, {"site"});
        state.set_rows("world", 1, {});
        state.set_segments("walker", test::equal_segments(sites, 3));
        std::ranges::fill(state.of(place), start_);
        return state;
    }
    [[nodiscard]] const sim::Schedule& schedule(std::size_t strategy) const override { return schedules_[strategy]; }

  private:
    double start_;
    sim::Layout layout_;
    std::vector<sim::Schedule> schedules_;
};

class WalkExperiment : public sim::Experiment {
  public:
    explicit WalkExperiment(std::vector<Strategy> strategies) : strategies_(std::move(strategies)) {
        Walkers sample(strategies_, 0.0);
        plan_ =
            sim::RecordPlan::make({sim::record("mean", mean_place, sim::Cell::mean), sim::record("right", right, sim::Cell::sum)},
                                  sample.layout(), sample.initial_state(), clock_, every_steps);
    }
    [[nodiscard]] std::size_t strategies() const override { return strategies_.size(); }
    [[nodiscard]] const sim::Clock& clock() const override { return clock_; }
    [[nodiscard]] const sim::RecordPlan& record_plan() const override { return plan_; }
    [[nodiscard]] std::uint64_t seed() const override { return 11; }
    [[nodiscard]] std::unique_ptr<sim::Replicate> replicate(std::uint32_t index) const override {
        if (index == broken_replicate) throw sim::NumericalError("walkers", -1, "no such start");
        return std::make_unique<Walkers>(strategies_, 0.1 * index);
    }
    [[nodiscard]] std::uint64_t input_hash(std::size_t strategy, std::int32_t step) const override {
        const double drift = strategies_[strategy].drift[static_cast<std::size_t>(step)];
        // Large for negative drifts, so that the order of the hashes is not the order of the strategies.
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(drift * 1000.0));
    }

    std::optional<std::uint32_t> broken_replicate;

  private:
    std::vector<Strategy> strategies_;
    sim::Clock clock_{sim::Date(0), sim::Date(7 * steps), 7};
    sim::RecordPlan plan_;
};

/// 0 and 2 are equal, 1 leaves them in step 12, 3 in step 20.
std::vector<Strategy> four_strategies() { return {Strategy{}, Strategy::from(12, -1.0), Strategy{}, Strategy::from(20, 0.5)}; }
constexpr std::int64_t shared_steps_of_four = 12 * 3 + 8 * 2 + 10 * 1;

struct Outcome {
    std::vector<sim::RunResult> runs;
    std::int64_t steps_done = 0;
    std::int64_t shared_steps = 0;
    std::int64_t total_steps = 0;
};

/// Runs the ensemble and checks that each replicate comes whole and in its turn.
Outcome run(const sim::Experiment& experiment, const sim::EnsembleOptions& options) {
    Outcome outcome;
    sim::Progress progress;
    const std::atomic<bool> stop{false};
    std::uint32_t next = options.first_replicate;
    sim::run_ensemble(experiment, options, progress, stop, [&](std::vector<sim::RunResult> results) {
        REQUIRE(results.size() == experiment.strategies());
        for (std::size_t s = 0; s < results.size(); ++s) {
            REQUIRE(results[s].strategy == s);
            REQUIRE(results[s].replicate == next);
            outcome.runs.push_back(std::move(results[s]));
        }
        ++next;
    });
    CHECK(next == options.first_replicate + options.replicates);
    outcome.steps_done = progress.steps_done;
    outcome.shared_steps = progress.shared_steps;
    outcome.total_steps = progress.total_steps;
    return outcome;
}

bool same_events(const std::vector<sim::Event>& a, const std::vector<sim::Event>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const sim::Event& x, const sim::Event& y) {
        return x.step == y.step && x.kind == y.kind && x.row == y.row && x.actor == y.actor && x.value == y.value;
    });
}

/// Equal in everything that a run leaves behind.
bool same_run(const sim::RunResult& a, const sim::RunResult& b) {
    return a.failure == b.failure && a.record.integers == b.record.integers && a.record.floats == b.record.floats &&
           same_events(a.events, b.events) && a.state_hash == b.state_hash;
}

bool same_runs(const std::vector<sim::RunResult>& a, const std::vector<sim::RunResult>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_run);
}

}  // namespace

TEST_CASE("an ensemble gives the same results, in order, for any number of threads", "[ensemble][metamorphic]") {
    const WalkExperiment experiment(four_strategies());
    const Outcome one = run(experiment, {.replicates = 25});
    REQUIRE(one.runs.size() == 100);
    CHECK_FALSE(one.runs[0].events.empty());
    CHECK(one.runs[0].failure.empty());
    CHECK(one.steps_done == one.total_steps);
    CHECK(one.total_steps == 25 * 4 * steps);
    for (const int threads : {2, 8}) {
        INFO(threads << " threads");
        CHECK(same_runs(run(experiment, {.replicates = 25, .threads = threads}).runs, one.runs));
        CHECK(same_runs(run(experiment, {.replicates = 25, .threads = threads, .parallel_inside = true}).runs, one.runs));
    }
}

TEST_CASE("replicates differ, and each is the same in any ensemble", "[ensemble][metamorphic]") {
    const WalkExperiment experiment(four_strategies());
    const Outcome all = run(experiment, {.replicates = 12, .threads = 2});
    const Outcome some = run(experiment, {.first_replicate = 5, .replicates = 3, .threads = 2});
    for (std::size_t i = 0; i < some.runs.size(); ++i) CHECK(same_run(some.runs[i], all.runs[5 * 4 + i]));
    CHECK(all.runs[0].state_hash != all.runs[4].state_hash);
    CHECK(all.runs[0].record.floats != all.runs[4].record.floats);
}

TEST_CASE("branching saves steps and changes nothing", "[ensemble][metamorphic]") {
    const WalkExperiment experiment(four_strategies());
    const Outcome with = run(experiment, {.replicates = 10, .threads = 2, .branching = true});
    const Outcome without = run(experiment, {.replicates = 10, .threads = 2, .branching = false});
    CHECK(same_runs(with.runs, without.runs));
    CHECK(with.shared_steps == 10 * shared_steps_of_four);
    CHECK(without.shared_steps == 0);
    CHECK(with.steps_done == with.total_steps);
    CHECK(without.steps_done == without.total_steps);
}

TEST_CASE("a strategy does not depend on the company it keeps", "[ensemble][metamorphic]") {
    const std::vector<Strategy> four = four_strategies();
    const Outcome together = run(WalkExperiment(four), {.replicates = 3});
    for (std::size_t s = 0; s < four.size(); ++s) {
        const Outcome alone = run(WalkExperiment({four[s]}), {.replicates = 3});
        for (std::size_t r = 0; r < 3; ++r) CHECK(same_run(alone.runs[r], together.runs[r * four.size() + s]));
    }
}

TEST_CASE("strategies are equal up to the first step in which they differ, and differ from there on", "[ensemble][metamorphic]") {
    const int parting = GENERATE(0, 1, 12, 29);
    const WalkExperiment experiment({Strategy{}, Strategy::from(parting, 0.25)});
    const Outcome outcome = run(experiment, {.replicates = 2});
    CHECK(outcome.shared_steps == 2 * parting);
    for (std::size_t r = 0; r < 2; ++r) {
        const sim::RunResult& a = outcome.runs[2 * r];
        const sim::RunResult& b = outcome.runs[2 * r + 1];
        const auto same_until = static_cast<std::size_t>(parting / every_steps) * sites;  // whole intervals before the parting
        const std::vector<float>& x = a.record.floats[0];
        const std::vector<float>& y = b.record.floats[0];
        REQUIRE(x.size() == 8 * sites);
        for (std::size_t i = 0; i < x.size(); ++i) {
            INFO("interval " << i / sites);
            if (i < same_until)
                CHECK(x[i] == y[i]);
            else
                CHECK(x[i] < y[i]);  // the same draws and a drift upwards
        }
        CHECK(a.state_hash != b.state_hash);
        for (const sim::Event& event : a.events) {
            if (event.step >= parting) break;
            CHECK(std::any_of(b.events.begin(), b.events.end(),
                              [&](const sim::Event& other) { return other.step == event.step && other.value == event.value; }));
        }
    }
}

TEST_CASE("equal strategies give equal results for the price of one", "[ensemble][metamorphic]") {
    const WalkExperiment experiment({Strategy::from(3, 1.0), Strategy::from(3, 1.0), Strategy::from(3, 1.0)});
    const Outcome outcome = run(experiment, {.replicates = 4, .threads = 2});
    for (std::size_t r = 0; r < 4; ++r) {
        CHECK(same_run(outcome.runs[3 * r], outcome.runs[3 * r + 1]));
        CHECK(same_run(outcome.runs[3 * r], outcome.runs[3 * r + 2]));
    }
    CHECK(outcome.shared_steps == 4 * 2 * steps);
}

TEST_CASE("a run that goes bad is a failure, and the others are kept", "[ensemble]") {
    const int threads = GENERATE(1, 8);
    const bool branching = GENERATE(true, false);
    std::vector<Strategy> strategies = four_strategies();
    strategies[1].check = [](const sim::Step& now) {
        if (now.replicate == 3 && now.index == 15) throw sim::NumericalError("watch", now.index, "gone bad");
    };
    const sim::EnsembleOptions options{.replicates = 6, .threads = threads, .branching = branching};
    const Outcome good = run(WalkExperiment(four_strategies()), options);
    const Outcome bad = run(WalkExperiment(strategies), options);
    for (std::size_t i = 0; i < bad.runs.size(); ++i) {
        const sim::RunResult& run = bad.runs[i];
        if (run.replicate == 3 && run.strategy == 1) {
            CHECK(run.failure == "process watch, step 15: gone bad");
            CHECK(run.record.floats.empty());
            CHECK(run.events.empty());
        } else {
            CHECK(same_run(run, good.runs[i]));
        }
    }
    CHECK(bad.steps_done == bad.total_steps);
}

TEST_CASE("a run that goes bad before strategies part fails in all of them", "[ensemble]") {
    std::vector<Strategy> strategies = four_strategies();
    for (Strategy& strategy : strategies)
        strategy.check = [](const sim::Step& now) {
            if (now.replicate == 1 && now.index == 13) throw sim::NumericalError("watch", now.index, "gone bad");
        };
    const Outcome outcome = run(WalkExperiment(strategies), {.replicates = 3});
    for (const sim::RunResult& run : outcome.runs) CHECK(run.failure.empty() == (run.replicate != 1));
    CHECK(outcome.steps_done == outcome.total_steps);
}

TEST_CASE("a replicate that cannot be built fails in all strategies, and the others are kept", "[ensemble]") {
    const int threads = GENERATE(1, 8);
    WalkExperiment experiment(four_strategies());
    experiment.broken_replicate = 2;
    const Outcome outcome = run(experiment, {.replicates = 5, .threads = threads});
    for (const sim::RunResult& run : outcome.runs)
        CHECK(run.failure == (run.replicate == 2 ? "process walkers, step -1: no such start" : ""));
    CHECK(outcome.steps_done == outcome.total_steps);
}

TEST_CASE("the stop flag interrupts an ensemble, and what came before it is kept", "[ensemble]") {
    const WalkExperiment experiment(four_strategies());
    const int threads = GENERATE(1, 8);
    const bool parallel_inside = GENERATE(false, true);
    const sim::EnsembleOptions options{.replicates = 1000, .threads = threads, .parallel_inside = parallel_inside};
    sim::Progress progress;
    std::atomic<bool> stop{false};
    std::uint32_t taken = 0;
    const auto take = [&](std::vector<sim::RunResult> results) {
        CHECK(results.front().replicate == taken);
        if (++taken == 3) stop = true;
    };
    CHECK_THROWS_AS(sim::run_ensemble(experiment, options, progress, stop, take), sim::Interrupted);
    CHECK(taken >= 3);
    CHECK(taken < 1000);
    CHECK(progress.steps_done < progress.total_steps);

    taken = 0;  // the flag is still up
    CHECK_THROWS_AS(sim::run_ensemble(experiment, options, progress, stop, take), sim::Interrupted);
    CHECK(taken == 0);
}

TEST_CASE("other errors end an ensemble and come through", "[ensemble]") {
    const int threads = GENERATE(1, 8);
    std::vector<Strategy> strategies = four_strategies();
    strategies[2].check = [](const sim::Step& now) {
        if (now.replicate == 2) throw std::logic_error("our mistake");
    };
    sim::Progress progress;
    const std::atomic<bool> stop{false};
    const auto drop = [](const std::vector<sim::RunResult>& /*results*/) {};
    CHECK_THROWS_AS(sim::run_ensemble(WalkExperiment(strategies), {.replicates = 4, .threads = threads, .branching = false},
                                      progress, stop, drop),
                    std::logic_error);
}

TEST_CASE("the number of threads is what is asked for, else what Slurm gives, else what the machine has", "[ensemble]") {
    const char* before = std::getenv("SLURM_CPUS_PER_TASK");
    const std::optional<std::string> saved = before != nullptr ? std::optional<std::string>(before) : std::nullopt;
    ::setenv("SLURM_CPUS_PER_TASK", "5", 1);
    CHECK(sim::threads_to_use(3) == 3);
    CHECK(sim::threads_to_use(0) == 5);
    ::unsetenv("SLURM_CPUS_PER_TASK");
    const int machine = sim::threads_to_use(0);
    CHECK(machine >= 1);
    for (const char* nonsense : {"", "many", "4x", "0", "-2"}) {
        ::setenv("SLURM_CPUS_PER_TASK", nonsense, 1);
        CHECK(sim::threads_to_use(0) == machine);
    }
    if (saved)
        ::setenv("SLURM_CPUS_PER_TASK", saved->c_str(), 1);
    else
        ::unsetenv("SLURM_CPUS_PER_TASK");
}
