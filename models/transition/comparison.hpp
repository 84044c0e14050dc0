#pragma once
// What a planner reads from a result file: outcomes by strategy with intervals, and paired differences.

#include <optional>
#include <string>
#include <vector>

#include "sim/result_reader.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

/// One outcome of one strategy.
struct OutcomeRow {
    sim::Estimate estimate;
    std::optional<sim::Estimate> difference;  ///< paired, from the strategy compared with; none where pairs make no sense
    /// Share of the replicates, each with its own draw of the uncertain parameters, whose difference has the sign that the mean
    /// of the differences does not have.
    double flips = 0.0;
    /// True where that share is so large that the ranking depends on what nobody knows.
    [[nodiscard]] bool ranking_open() const { return flips > 0.2; }
};
/// That share for paired values.
[[nodiscard]] double sign_flips(const std::vector<double>& own, const std::vector<double>& base);

struct OutcomeTable {
    std::string name;   ///< key, for --json
    std::string title;  ///< with unit and window
    enum class Format { percent, count, millions, level } format = Format::count;
    std::vector<OutcomeRow> rows;  ///< by strategy
};

struct Comparison {
    std::vector<std::string> strategies;
    std::size_t reference = 0;
    std::size_t replicates = 0;  ///< complete in every strategy
    std::vector<OutcomeTable> outcomes;
    std::vector<std::string> notes;
};

/// Runs of a result that can be compared pair by pair.
struct PairedRuns {
    std::vector<std::string> strategies;
    std::size_t reference = 0;          ///< strategy that the others are compared with
    std::string from;                   ///< day from which they are compared, YYYY-MM-DD
    std::vector<std::size_t> complete;  ///< places of the replicates that are complete in every strategy
};
/// Throws sim::FileError.
[[nodiscard]] PairedRuns paired_runs(const sim::ResultReader& file);

/// Computes the outcomes from a result file, over the replicates that are complete in every strategy. Throws sim::FileError.
[[nodiscard]] Comparison compare(const sim::ResultReader& file);

/// The table as text for people, or as JSON.
[[nodiscard]] std::string to_text(const Comparison& comparison);
[[nodiscard]] std::string to_json(const Comparison& comparison);

}  // namespace drawdown
