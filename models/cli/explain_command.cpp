#include <fmt/format.h>

#include "models/cli/commands.hpp"
#include "sim/result_reader.hpp"

namespace drawdown {

ExplainedDays explained_days(const Options& options) {
    ExplainedDays days{day_of("from", options.from), day_of("to", options.to)};
    if (days.from && days.to && *days.to < *days.from)
        throw UsageError(fmt::format("--to = {} is before --from = {}", options.to, options.from));
    if (!options.at.empty()) days.at = day_of("at", options.at);
    return days;
}

void print_explanation(const std::string& path, const Options& options) {
    try {
        const Explanation explanation = explain(sim::ResultReader(path), explained_days(options));
        fmt::print("{}", options.json ? to_json(explanation) : to_text(explanation));
    } catch (const NothingToExplain& error) {
        throw UsageError(error.what());
    }
}

}  // namespace drawdown
