#pragma once
// Why strategies differ: the ledger of causes, compared pair by pair.

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/date.hpp"
#include "sim/result_reader.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

/// A question that the result cannot answer: one strategy, or days that it does not hold.
class NothingToExplain : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Days to explain: the mean, of deaths the sum, over all recorded intervals that begin in a window, by default from the day of comparison to the
/// end; or the one interval that holds a day.
struct ExplainedDays {
    std::optional<sim::Date> from = std::nullopt, to = std::nullopt, at = std::nullopt;
};

/// What one cause contributes to a difference.
struct ExplainedCause {
    std::string name;
    std::string title;
    sim::Estimate difference;
    double share = 0.0;  ///< of the whole difference, with sign; NaN where that is 0
};

/// The difference of one stock between a strategy and the one compared with. The causes, the largest first and the sum of small
/// ones last, add up to it.
struct ExplainedStock {
    std::string name;
    std::string title;
    sim::Estimate difference;
    double gross = 0.0;   ///< sum of the sizes of all causes
    bool counts = false;  ///< persons in all of the days, not a mean level
    std::vector<ExplainedCause> causes;
};

struct Explanation {
    std::vector<std::string> strategies;
    std::size_t reference = 0;
    std::size_t replicates = 0;
    std::string from, to;                             ///< first and last day, YYYY-MM-DD
    std::vector<std::vector<ExplainedStock>> stocks;  ///< by strategy; empty for the reference
};

/// Splits the paired differences of all stocks by cause, with t intervals over replicates. Throws NothingToExplain,
/// sim::FileError.
[[nodiscard]] Explanation explain(const sim::ResultReader& file, const ExplainedDays& days);

/// For people, or as JSON.
[[nodiscard]] std::string to_text(const Explanation& explanation);
[[nodiscard]] std::string to_json(const Explanation& explanation);

}  // namespace drawdown
