#include <unistd.h>

#include <fmt/format.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "models/cli/commands.hpp"
#include "models/cli/load.hpp"
#include "models/cli/output_place.hpp"
#include "models/cli/progress.hpp"
#include "models/provenance.hpp"
#include "models/transition/comparison.hpp"
#include "models/transition/result.hpp"
#include "sim/atomic_file.hpp"
#include "sim/ensemble.hpp"
#include "sim/errors.hpp"
#include "sim/kernel.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

constexpr double bytes_a_gb = 1e9;

/// Memory that could be had, file caches included.
double free_memory_gb() {
    std::ifstream info("/proc/meminfo");
    for (std::string word; info >> word;) {
        double kilobytes = 0.0;
        if (word == "MemAvailable:" && info >> kilobytes) return 1024.0 * kilobytes / bytes_a_gb;
    }
    return static_cast<double>(sysconf(_SC_AVPHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) / bytes_a_gb;
}

struct Size {
    bool parallel_inside;
    int threads;
    double state_gb, records_gb, total_gb;
};

Size size_of(const TransitionExperiment& experiment, const Options& options) {
    Size size{};
    size.threads = sim::threads_to_use(options.threads);
    size.parallel_inside = experiment.large() || options.replicates == 1;
    const auto strategies = static_cast<double>(experiment.strategies());
    // More for rows behind each community beyond those needed, and for a column that is copied while they are laid out anew.
    const double state = 1.3 * static_cast<double>(experiment.state_bytes()) / bytes_a_gb;
    const double record = static_cast<double>(experiment.record_plan().record_bytes()) / bytes_a_gb;
    const double flying = size.parallel_inside ? 1.0 : 2.0 * size.threads;
    // A run that branches holds the trunk and the branch; twice the state for copies while segments are laid out anew.
    const double copies = strategies > 1 ? 2.0 : 1.0;
    size.state_gb = state * copies * (size.parallel_inside ? 1.0 : size.threads);
    size.records_gb = record * strategies * (flying + 0.5 * options.replicates);
    constexpr double program = 0.05;  // with its libraries, inputs and what a result file takes besides its records
    size.total_gb = size.state_gb + size.records_gb + program;
    return size;
}

void print_size(const TransitionExperiment& experiment, const Options& options, const Size& size) {
    const auto& in = experiment.inputs();
    fmt::print(stderr, "{}: {} persons in {} agents, {} regions, {} steps; {} strateg{} x {} replicate{}, {} thread{} {}\n",
               in.scenario.name, in.total_population(), experiment.agents(), in.regions.size(), experiment.clock().steps(),
               experiment.strategies(), experiment.strategies() == 1 ? "y" : "ies", options.replicates,
               options.replicates == 1 ? "" : "s", size.threads, size.threads == 1 ? "" : "s",
               size.parallel_inside ? "inside the run" : "over replicates");
    fmt::print(stderr, "seed {}; memory about {:.2f} GB (state {:.2f}, records {:.2f})\n", options.seed, size.total_gb,
               size.state_gb, size.records_gb);
}

void check_memory(const Options& options, const Size& size) {
    const double limit = options.memory_limit_gb > 0.0 ? options.memory_limit_gb : free_memory_gb();
    if (size.total_gb <= limit) return;
    throw UsageError(
        fmt::format("the run would need about {:.2f} GB (state {:.2f}, records {:.2f}), the limit is {:.2f} GB; raise "
                    "scenario.persons_per_agent, "
                    "use fewer replicates or threads, or set --memory-limit",
                    size.total_gb, size.state_gb, size.records_gb, limit));
}

/// True if `path` holds just the result that this command would make.
bool already_there(const std::string& path, const std::string& wanted) {
    if (!fs::exists(path)) return false;
    const sim::ResultReader file(path);
    std::string stored;
    for (const std::string& line : file.read_texts("provenance/recipe")) stored += line + "\n";
    while (!stored.empty() && stored.back() == '\n') stored.pop_back();
    std::string expected = wanted;
    while (!expected.empty() && expected.back() == '\n') expected.pop_back();
    return stored == expected;
}

/// Most memory that this program has held so far. What getrusage tells is at least what the caller held when it started the
/// program.
double peak_gb() {
    std::ifstream status("/proc/self/status");
    double kib = 0.0;
    for (std::string word; status >> word;)
        if (word == "VmHWM:") status >> kib;
    return 1024.0 * kib / bytes_a_gb;
}

/// Seconds by process, over all threads, as a member of the sidecar; nothing if they were not taken.
std::string profile_json(const TransitionExperiment& experiment) {
    if (experiment.times() == nullptr) return "";
    std::string list;
    const auto& processes = experiment.schedule().processes();
    for (std::size_t i = 0; i < processes.size(); ++i)
        list += fmt::format("{}\"{}\": {:.4f}", i == 0 ? "" : ", ", processes[i]->name(), experiment.times()->seconds(i));
    return fmt::format(", \"profile\": {{{}}}", list);
}

/// What may differ between identical runs stands beside the result, not in it.
void write_sidecar(const std::string& path, const TransitionExperiment& experiment, const Size& size, double seconds,
                   double output_seconds, const sim::Progress& progress) {
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    const double steps = static_cast<double>(progress.steps_done.load() - progress.shared_steps.load());
    const double agent_weeks = steps * static_cast<double>(experiment.agents()) * experiment.clock().dt_weeks();
    const std::string text = fmt::format(
        "{{\"program\": \"drawdown {}\", \"commit\": \"{}\", \"host\": \"{}\", \"threads\": {}, \"seconds\": {:.3f}, \"steps\": "
        "{}, \"steps_shared\": {}, "
        "\"agents\": {}, \"agent_weeks_per_second\": {:.0f}, \"row_bytes_per_agent\": {}, \"peak_gb\": {:.3f}, \"estimated_gb\": "
        "{:.3f}, \"instructions\": \"{}\", \"output_seconds\": {:.3f}{}}}\n",
        version(), commit(), host, size.threads, seconds, progress.steps_done.load(), progress.shared_steps.load(),
        experiment.agents(), agent_weeks / seconds, experiment.layout().row_bytes("person"), peak_gb(), size.total_gb,
        sim::text(sim::instructions()), output_seconds, profile_json(experiment));
    sim::write_atomically(path + ".run.json", text);
}

/// Number of runs in a result file that failed.
std::size_t failed_runs(const std::string& path) {
    const auto status = sim::ResultReader(path).read_integers("run_status");
    return status.size() - static_cast<std::size_t>(std::count(status.begin(), status.end(), 0));
}

/// Seconds that the whole ensemble may take, from the first weeks of one run.
double pilot_seconds(const TransitionExperiment& experiment, const Options& options, const Size& size) {
    using clock = std::chrono::steady_clock;
    const auto start = clock::now();
    const auto replicate = experiment.replicate(options.first_replicate);
    sim::State state = replicate->initial_state();
    const double setup = std::chrono::duration<double>(clock::now() - start).count();
    sim::Step now;
    now.dt_weeks = experiment.clock().dt_weeks();
    now.seed = experiment.seed();
    now.replicate = options.first_replicate;
    const auto begin = clock::now();
    double spent = 0.0;
    while (now.index < experiment.clock().steps() && now.index < 52 && spent < 2.0) {
        now.date = experiment.clock().date(now.index);
        now.next = experiment.clock().date(now.index + 1);
        replicate->schedule(0).run(state, now);
        ++now.index;
        spent = std::chrono::duration<double>(clock::now() - begin).count();
    }
    const double run = spent / now.index * experiment.clock().steps();
    return options.replicates * (setup + run * static_cast<double>(experiment.strategies())) / size.threads;
}

void print_result(const std::string& path, const Options& options) {
    if (!options.explain || !options.json) {
        const Comparison comparison = compare(sim::ResultReader(path));
        fmt::print("{}", options.json ? to_json(comparison) : to_text(comparison));
    }
    if (options.explain) {
        if (!options.json) fmt::print("\n");
        print_explanation(path, options);
    }
}

}  // namespace

int run_command(const Options& options) {
    std::vector<std::string> names = options.strategies;
    if (options.command == "run" && !options.strategy.empty()) names = {options.strategy};
    if (options.command == "compare" && names.empty()) names = {"all"};
    TransitionExperiment experiment = load_experiment(options, names);
    if (options.profile) experiment.time_processes();
    if (options.explain) {
        (void)explained_days(options);  // a slip is told before the run
        if (experiment.strategies() < 2) throw UsageError("--explain compares strategies: name at least two");
    }
    const std::string label = options.command == "run" ? experiment.strategy_list().front().name : "compare";
    const std::string path =
        options.output.empty() ? fmt::format("results/{}_{}.h5", experiment.inputs().scenario.name, label) : options.output;

    const Size size = size_of(experiment, options);
    if (!options.quiet) print_size(experiment, options, size);
    check_memory(options, size);
    if (options.dry_run) {
        fmt::print("time about {:.0f} s on {} thread{}, from a pilot of the first weeks; war makes a run slower\n",
                   pilot_seconds(experiment, options, size), size.threads, size.threads == 1 ? "" : "s");
        return 0;
    }
    const bool regular = !fs::exists(path) || fs::is_regular_file(path);
    if (regular && fs::exists(path) && !options.fresh) {
        bool same = false;
        try {
            same = already_there(path, recipe(experiment, options.first_replicate, options.replicates));
        } catch (const sim::FileError&) {
            same = false;
        }
        if (!same)
            throw sim::FileError(sim::FileError::Kind::cannot_create, path,
                                 "it exists and holds another result; choose another --output, or --fresh to replace it");
        fmt::print(stderr, "{} holds this result already; --fresh runs it again\n", path);
        print_result(path, options);
        const std::size_t failed = failed_runs(path);
        if (failed > 0) fmt::print(stderr, "{} of its runs failed\n", failed);
        return failed > 0 ? 1 : 0;
    }
    const std::vector<fs::path> made = prepare_place(path);

    sim::EnsembleOptions ensemble;
    ensemble.first_replicate = options.first_replicate;
    ensemble.replicates = options.replicates;
    ensemble.threads = size.threads;
    ensemble.parallel_inside = size.parallel_inside;
    ensemble.branching = !options.no_branching;
    sim::Progress progress;
    progress.total_steps = static_cast<std::int64_t>(options.replicates) * static_cast<std::int64_t>(experiment.strategies()) *
                           experiment.clock().steps();
    ResultCollector collector(experiment, options.first_replicate, options.replicates);
    const auto start = std::chrono::steady_clock::now();
    catch_signals();
    try {
        const ProgressReport report(progress, options.quiet);
        sim::run_ensemble(experiment, ensemble, progress, interrupted(),
                          [&](std::vector<sim::RunResult> results) { collector.take(results); });
    } catch (const sim::Interrupted&) {
        std::error_code ignored;
        for (const fs::path& folder : made) fs::remove(folder, ignored);  // only while empty
        fmt::print(stderr, "\ninterrupted; no result was written, nothing else was touched. The same command runs it again.\n");
        return 75;
    }
    const auto ran = std::chrono::steady_clock::now();
    collector.write(path);
    const auto written = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(written - start).count();
    const double output_seconds = std::chrono::duration<double>(written - ran).count();
    const bool device = !fs::is_regular_file(path);
    if (!device) write_sidecar(path, experiment, size, seconds, output_seconds, progress);
    for (const std::string& failure : collector.failures()) fmt::print(stderr, "failed: {}\n", failure);
    if (!options.quiet) {
        const double run_steps = static_cast<double>(progress.steps_done.load() - progress.shared_steps.load());
        fmt::print(stderr, "{:.1f} s; {:.1f} million agent-weeks a second; {:.0f} % of the steps were shared by branching\n",
                   seconds, run_steps * static_cast<double>(experiment.agents()) * experiment.clock().dt_weeks() / seconds / 1e6,
                   100.0 * static_cast<double>(progress.shared_steps.load()) / static_cast<double>(progress.total_steps));
    }
    if (!device) print_result(path, options);
    if (!options.quiet)
        fmt::print(stderr, "\nwritten: {}\nnext: drawdown show {}; scripts/plot_compare.py {}\n", path, path, path);
    return collector.failures().empty() ? 0 : 1;
}

}  // namespace drawdown
