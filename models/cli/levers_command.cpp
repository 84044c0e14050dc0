#include <fmt/format.h>

#include <algorithm>
#include <boost/algorithm/string/split.hpp>

#include "models/cli/commands.hpp"
#include "models/cli/load.hpp"
#include "models/cli/progress.hpp"
#include "models/transition/levers.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

std::vector<Lever> chosen(std::vector<Lever> levers, const std::string& pattern) {
    if (pattern.empty()) return levers;
    std::vector<std::string> keys;
    for (const Lever& lever : levers) {
        keys.push_back(lever.key);
        keys.push_back(lever.key.substr(0, lever.key.find('.')));
    }
    std::vector<std::string> patterns;
    boost::algorithm::split(patterns, pattern, [](char c) { return c == ','; });
    std::erase(patterns, "");
    std::erase_if(levers, [&](const Lever& lever) {
        return std::none_of(patterns.begin(), patterns.end(), [&](const std::string& one) { return fits(lever.key, one); });
    });
    if (levers.empty())
        throw UsageError(fmt::format("--only = {}: no lever fits{}; there are {}, among them {}", pattern,
                                     sim::did_you_mean(pattern, keys), keys.size() / 2, keys.empty() ? "none" : keys.front()));
    return levers;
}

/// The settings of the command line without that of `key`, which a lever takes over.
std::vector<std::string> settings_without(const std::string& key, std::vector<std::string> sets) {
    std::erase_if(sets, [&](const std::string& set) {
        std::string name = set.substr(0, set.find('='));
        std::erase(name, ' ');
        return name == key;
    });
    return sets;
}

/// Lists the levers that change nothing.
void print_idle(const std::vector<LeverResult>& results, const Options& options) {
    std::vector<std::string> idle;
    for (const LeverResult& result : results)
        if (result.pairs > 0 && result.same_bits) idle.push_back(result.lever.key);
    if (options.json) {
        std::string list;
        for (const std::string& key : idle) list += (list.empty() ? "" : ", ") + sim::quoted(key);
        fmt::print("{{\"moved\": {}, \"change_no_bit\": [{}]}}\n", results.size(), list);
        return;
    }
    for (const std::string& key : idle) fmt::print("{}\n", key);
    if (!options.quiet)
        fmt::print(stderr, "{} of {} levers change no bit of records and final states\n", idle.size(), results.size());
}

}  // namespace

int levers_command(const Options& options) {
    if (options.replicates < 2 && !options.bitwise) throw UsageError("--replicates = 1: an interval needs at least 2 replicates");
    if (options.format == "toml") throw UsageError("--format = toml: levers come as table or markdown");
    std::vector<std::string> strategies;
    if (!options.strategy.empty()) strategies = {options.strategy};
    const TransitionExperiment base = load_experiment(options, strategies);
    const auto make = [&](const Lever& lever, const std::string& value) {
        Options moved = options;
        moved.sets = settings_without(lever.key, options.sets);
        std::vector<std::string> strategy_sets;
        (lever.of_strategy ? strategy_sets : moved.sets).push_back(fmt::format("{}={}", lever.key, value));
        return load_experiment(moved, strategies, strategy_sets);
    };
    LeverExperiment experiment(base, chosen(levers_of(base, !options.bitwise), options.only), options.first_replicate,
                               options.replicates, make);
    sim::EnsembleOptions ensemble;
    ensemble.replicates = experiment.runs();
    ensemble.threads = sim::threads_to_use(options.threads);
    ensemble.branching = false;
    if (!options.quiet)
        fmt::print(stderr, "{} levers x 2 values x {} replicates = {} runs of {}, {} agents, {} threads\n",
                   experiment.runs() / 2 / options.replicates, options.replicates, experiment.runs(),
                   base.strategy_list().front().name, base.agents(), ensemble.threads);
    sim::Progress progress;
    progress.total_steps = std::int64_t{experiment.runs()} * base.clock().steps();
    catch_signals();
    try {
        const ProgressReport report(progress, options.quiet);
        sim::run_ensemble(experiment, ensemble, progress, interrupted(), [&](const std::vector<sim::RunResult>& runs) {
            for (const sim::RunResult& run : runs) experiment.take(run);
        });
    } catch (const sim::Interrupted&) {
        fmt::print(stderr, "\ninterrupted; nothing was written. The same command runs it again.\n");
        return 75;
    }

    const std::vector<LeverResult> results = experiment.results();
    for (const LeverResult& result : results)
        if (!result.failure.empty())
            fmt::print(stderr, "{}: {} of {} pairs ran; {}\n", result.lever.key, result.pairs, options.replicates,
                       result.failure);
    if (options.bitwise) {
        print_idle(results, options);
        return 0;
    }
    fmt::print("{}", options.json ? lever_json(results) : lever_table(results, options.format == "markdown"));
    const auto against = std::count_if(results.begin(), results.end(),
                                       [](const LeverResult& result) { return result.verdict == Verdict::against; });
    if (!options.quiet) fmt::print(stderr, "{} of {} levers go against expectation\n", against, results.size());
    return against > 0 ? 1 : 0;
}

}  // namespace drawdown
