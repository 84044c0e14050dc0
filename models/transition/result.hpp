#pragma once
// The result file of an experiment: which variables it has, and how a run's record goes into it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/transition/model.hpp"
#include "sim/ensemble.hpp"
#include "sim/result_file.hpp"

namespace drawdown {

/// Collects runs into a result file. Runs must come in order: replicates in order, strategies in order within each.
class ResultCollector {
  public:
    /// `provenance_key` tells apart results that the same command would not give again.
    ResultCollector(const TransitionExperiment& experiment, std::uint32_t first_replicate, std::uint32_t replicates);

    void take(const std::vector<sim::RunResult>& results);
    /// Runs that failed, with why.
    [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }
    /// Writes the file whole; throws sim::FileError.
    void write(const std::string& path);

  private:
    const TransitionExperiment& experiment_;
    std::uint32_t first_replicate_;
    std::uint32_t replicates_;
    sim::ResultWriter writer_;
    std::vector<std::string> failures_;
    std::vector<std::int8_t> status_;  // [strategy x replicate]
    std::vector<std::int64_t> hash_;   // [strategy x replicate]
    struct LoggedEvent {
        std::int32_t strategy, replicate, step;
        std::int8_t kind, cause;
        std::int32_t region, group;
        float value;
    };
    std::vector<LoggedEvent> events_;
};

/// Rows of `table` that bear `label` on one of their axes in a result, such as "mob" for the table of violence by region; all
/// rows for an empty label. Nothing if no axis of the table has that label.
[[nodiscard]] std::optional<std::vector<std::size_t>> rows_labelled(const TransitionExperiment& experiment,
                                                                    std::string_view table, const std::string& label);

/// All that decides a result, as text: equal texts mean equal files.
[[nodiscard]] std::string recipe(const TransitionExperiment& experiment, std::uint32_t first_replicate, std::uint32_t replicates);

}  // namespace drawdown
