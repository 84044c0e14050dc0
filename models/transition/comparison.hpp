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
};

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

/// Computes the outcomes from a result file, over the replicates that are complete in every strategy. Throws sim::FileError.
[[nodiscard]] Comparison compare(const sim::ResultReader& file);

/// The table as text for people, or as JSON.
[[nodiscard]] std::string to_text(const Comparison& comparison);
[[nodiscard]] std::string to_json(const Comparison& comparison);

}  // namespace drawdown
