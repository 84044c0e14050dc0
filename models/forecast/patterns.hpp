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

/// How a country begins, a year before the exit: at peace ("quiet_..." and "restless_...", in which somebody harasses), or at
/// war.
enum class Start : unsigned char { peace, war };
[[nodiscard]] bool begins(const std::string& name, Start start);

/// Cases made of rows of countries that have been quiet for a year and at war. `all` adds
/// those, and the years, that calibration leaves out to save time.
[[nodiscard]] std::vector<PatternCase> pattern_cases(const std::vector<ExitRow>& rows, bool all);

/// Runs by case; the same place in each list has the same parameters.
using PatternRuns = std::map<std::string, std::vector<Measures>>;

/// Which first quiet years count: those without state-based deaths, with some, any, or any in the shares in which UCDP has the
/// two (67 and 81 of the spells after 1989): a run is classed by its own year before the exit, as UCDP's countries are.
enum class FirstYear : unsigned char { silent, restless, any, as_seen };

/// Share of the runs of countries that begin at peace, under a course and with such a first year, that relapse in the years
/// `from` to `to`; 0 if there is none.
[[nodiscard]] double relapse(const PatternRuns& runs, const std::string& course, int from, int to,
                             const std::vector<std::size_t>& which, FirstYear first);

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
