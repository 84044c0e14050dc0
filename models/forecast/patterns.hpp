#pragma once
// Patterns that are known of many countries (EVIDENCE 1.8, T1 to T14), measured on ensembles of countries without a name.

#include <map>
#include <string>
#include <vector>

#include "models/forecast/generic_country.hpp"
#include "models/forecast/measures.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

/// A country under a course of the mission, of which runs are made.
struct PatternCase {
    std::string name;  ///< "quiet_small alone"
    ExitRow row;
    MissionCourse course;
};

/// Cases made of rows of countries that have been quiet for a year (ids that begin with "quiet") and at war (others). `all` adds
/// those that calibration leaves out to save time.
[[nodiscard]] std::vector<PatternCase> pattern_cases(const std::vector<ExitRow>& rows, bool all);

/// Runs by case; the same place in each list has the same parameters.
using PatternRuns = std::map<std::string, std::vector<Measures>>;

/// Chance, over all quiet countries under a course, that the first year of conflict after the exit lies between `from` and `to`.
[[nodiscard]] double relapse(const PatternRuns& runs, const std::string& course, int from, int to,
                             const std::vector<std::size_t>& which);

/// One line of the table of patterns.
struct Pattern {
    enum class Verdict : unsigned char { holds, near, fails };
    std::string name;    ///< "T1"
    std::string what;    ///< in words
    double lo, hi;       ///< band of EVIDENCE 1.8; infinite where it is open
    sim::Estimate seen;  ///< with the 95 % interval of a bootstrap over runs
    /// Holds where the value lies in the band; is near where only the interval reaches it.
    [[nodiscard]] Verdict verdict() const;
};

/// All patterns that `runs` (of all cases) show.
[[nodiscard]] std::vector<Pattern> patterns(const PatternRuns& runs);
[[nodiscard]] std::string to_text(const std::vector<Pattern>& patterns, bool markdown);

}  // namespace drawdown
