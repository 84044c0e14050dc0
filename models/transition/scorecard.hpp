#pragma once
// The benchmarks of a result as planners read them: outcome -> output -> indicator, met or not, as it was and as the mission saw
// it.

#include <string>
#include <vector>

#include "sim/result_reader.hpp"

namespace drawdown {

/// Shares of replicates in which a benchmark was met at one moment.
struct ScoreCell {
    double met = 0.0;       ///< by its true value
    double observed = 0.0;  ///< by the reading
    std::size_t seen = 0;   ///< replicates whose run reaches the moment
};

struct ScoreRow {
    std::string id, label, outcome, output, term;
    double at_least = 0.0;
    std::vector<ScoreCell> cells;  ///< by moment
};

/// One strategy's scorecard.
struct Scorecard {
    std::string strategy;
    std::vector<std::string> moments;  ///< "start of the drawdown", "exit", "exit + 2 years", ...
    std::vector<ScoreRow> rows;
};

/// Scorecards of every strategy of a result file, over complete runs. Throws sim::FileError.
[[nodiscard]] std::vector<Scorecard> scorecards(const sim::ResultReader& file);

[[nodiscard]] std::string to_text(const Scorecard& card);
[[nodiscard]] std::string to_json(const std::vector<Scorecard>& cards);

}  // namespace drawdown
