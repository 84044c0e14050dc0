#pragma once
// Levers: every number moved to both ends of its range, and what that does to the outcome that it is declared to move first.

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "models/transition/model.hpp"
#include "sim/ensemble.hpp"
#include "sim/field.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

/// One number of a scenario or strategy, and the two values that it is given.
struct Lever {
    std::string key;           ///< as in --set
    bool of_strategy = false;  ///< it stands in the strategy file rather than in the scenario
    std::string low, high;     ///< in TOML
    std::string outcome;       ///< as declared, "deaths/mob"; empty if none is
    int sign = 0;              ///< of the effect on the mean outcome that is expected; 0: either
};

/// The two values of a number or integer: the ends of its range where both are finite (a thousandth inside where they are open);
/// else a quarter and four times the default (the value where there is no default) within the range; for 0 the begin of the range
/// and that plus 1. Of a switch false and true, of a choice the first and the last. Equal, or both empty, where it cannot be
/// moved.
[[nodiscard]] std::pair<std::string, std::string> lever_ends(const sim::FieldInfo& info);

/// The levers of an experiment's first strategy: process parameters, then scenario tables, then strategy tables, named ones for
/// every name. With a declared outcome only, or all that can be moved but for the table [scenario], which holds grain and clock.
[[nodiscard]] std::vector<Lever> levers_of(const TransitionExperiment& experiment, bool with_outcome_only);

/// True if `key` holds `pattern`, or, if that has a '*', fits it as a whole, with any text for each '*'.
[[nodiscard]] bool fits(const std::string& key, const std::string& pattern);

/// Where an outcome lies in records: the output and its rows. Throws std::logic_error if no output has that name.
struct OutcomePlace {
    std::size_t output = 0;
    std::vector<std::size_t> rows;  ///< empty if the scenario has none with that label
};
[[nodiscard]] OutcomePlace place_of(const std::string& outcome, const TransitionExperiment& experiment);

/// Mean of an outcome over intervals and rows of one record.
[[nodiscard]] double mean_outcome(const sim::Record& record, const OutcomePlace& place, std::size_t width);

/// 64-bit hash of every bit of a record.
[[nodiscard]] std::uint64_t hash_of(const sim::Record& record);

enum class Verdict : std::uint8_t { as_expected, no_effect, against, differs, failed };
[[nodiscard]] const char* verdict_text(Verdict verdict);

/// What became of one lever.
struct LeverResult {
    Lever lever;
    std::size_t pairs = 0;           ///< replicates that ran at both ends
    double low_mean = std::nan("");  ///< mean outcome with the low value
    /// Paired, high minus low, with a 99 % interval; NaN if nothing was measured.
    sim::Estimate difference{std::nan(""), {std::nan(""), std::nan("")}};
    Verdict verdict = Verdict::failed;
    bool same_bits = false;  ///< records and final states are the same bits in every pair
    std::string failure;     ///< of the first run that failed
};

/// As expected, or against it, where the whole interval lies on one side of 0; differs where either sign was expected.
[[nodiscard]] Verdict judge(const sim::Estimate& difference, int sign);

/// The levers of an experiment as one ensemble: replicate (2 l + e) n + r is lever l at its end e (0 low, 1 high) in replicate r
/// of n, with the random draws of replicate r. The experiment of an end is made when it is first needed.
class LeverExperiment final : public sim::Experiment {
  public:
    /// Makes the experiment in which one lever has a value in TOML; called from several threads.
    using Make = std::function<TransitionExperiment(const Lever& lever, const std::string& value)>;

    LeverExperiment(const TransitionExperiment& base, std::vector<Lever> levers, std::uint32_t first_replicate,
                    std::uint32_t replicates, Make make);

    [[nodiscard]] std::size_t strategies() const override { return 1; }
    [[nodiscard]] const sim::Clock& clock() const override { return base_.clock(); }
    [[nodiscard]] const sim::RecordPlan& record_plan() const override { return base_.record_plan(); }
    [[nodiscard]] std::uint64_t seed() const override { return base_.seed(); }
    [[nodiscard]] std::unique_ptr<sim::Replicate> replicate(std::uint32_t index) const override;
    [[nodiscard]] std::uint32_t draw_index(std::uint32_t index) const override { return first_ + index % replicates_; }
    [[nodiscard]] std::uint64_t input_hash(std::size_t /*strategy*/, std::int32_t /*step*/) const override { return 0; }

    /// Number of runs in all.
    [[nodiscard]] std::uint32_t runs() const { return static_cast<std::uint32_t>(2 * levers_.size()) * replicates_; }
    /// Takes one run, in the order of their numbers; keeps a number and a hash of it.
    void take(const sim::RunResult& run);
    /// The results of all levers, once all runs are taken.
    [[nodiscard]] std::vector<LeverResult> results() const;

  private:
    struct End {
        std::mutex mutex;
        std::shared_ptr<const TransitionExperiment> experiment;
    };
    struct Outcome {
        bool ran = false;
        double mean = 0.0;
        std::uint64_t hash = 0;
    };

    const TransitionExperiment& base_;
    std::vector<Lever> levers_;
    std::vector<OutcomePlace> places_;
    std::uint32_t first_;
    std::uint32_t replicates_;
    Make make_;
    mutable std::vector<End> ends_;         // [lever x end]
    std::vector<Outcome> outcomes_;         // [lever x end x replicate]
    std::vector<std::string> first_fault_;  // [lever]
};

/// The results for people, in Markdown or as JSON.
[[nodiscard]] std::string lever_table(const std::vector<LeverResult>& results, bool markdown);
[[nodiscard]] std::string lever_json(const std::vector<LeverResult>& results);

}  // namespace drawdown
