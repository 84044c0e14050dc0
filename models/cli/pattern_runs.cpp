#include "models/cli/pattern_runs.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace drawdown {

PatternRuns run_cases(const std::vector<CaseRun>& cases, ReplicateRange replicates, int threads, sim::Date exit, bool quiet) {
    PatternRuns all;
    Measures unknown;
    unknown.fill(std::numeric_limits<double>::quiet_NaN());
    std::size_t done = 0;
    for (const CaseRun& one : cases) {
        if (!quiet) fmt::print(stderr, "\r{} of {} cases", done++, cases.size());
        std::vector<Measures>& list = all[one.name];
        sim::EnsembleOptions ensemble;
        ensemble.first_replicate = replicates.first;
        ensemble.replicates = replicates.count;
        ensemble.threads = threads;
        sim::Progress progress;
        sim::run_ensemble(one.experiment, ensemble, progress, interrupted(), [&](const std::vector<sim::RunResult>& results) {
            const sim::RunResult& run = results.front();
            list.push_back(run.failure.empty() ? measures_of(run, one.experiment, exit) : unknown);
        });
    }
    if (!quiet) fmt::print(stderr, "\r{} of {} cases\n", done, cases.size());
    return all;
}

std::vector<std::size_t> complete(const PatternRuns& runs) {
    std::vector<std::size_t> indices;
    const std::size_t n = runs.empty() ? 0 : runs.begin()->second.size();
    for (std::size_t i = 0; i < n; ++i)
        if (std::all_of(runs.begin(), runs.end(), [&](const auto& entry) { return !std::isnan(entry.second[i][0]); }))
            indices.push_back(i);
    return indices;
}

PatternRuns only(const PatternRuns& runs, const std::vector<std::size_t>& indices) {
    PatternRuns some;
    for (const auto& [name, list] : runs)
        for (const std::size_t i : indices) some[name].push_back(list[i]);
    return some;
}

}  // namespace drawdown
