#pragma once
// Runs of countries without a name, read as measures.

#include <string>
#include <vector>

#include "models/cli/progress.hpp"
#include "models/forecast/patterns.hpp"

namespace drawdown {

/// A country that is ready to be run.
struct CaseRun {
    std::string name;
    TransitionExperiment experiment;
};

struct ReplicateRange {
    std::uint32_t first = 0;
    std::uint32_t count = 1;
};

/// Runs replicates of every case, in order; the measures of a failed run are NaN. Throws sim::Interrupted.
[[nodiscard]] PatternRuns run_cases(const std::vector<CaseRun>& cases, ReplicateRange replicates, int threads, sim::Date exit,
                                    bool quiet);
/// The replicates that failed in no case, and the runs of these alone.
[[nodiscard]] std::vector<std::size_t> complete(const PatternRuns& runs);
[[nodiscard]] PatternRuns only(const PatternRuns& runs, const std::vector<std::size_t>& indices);

}  // namespace drawdown
