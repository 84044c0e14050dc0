#pragma once
// What one run of a country without a name says about regularities that are known of many countries.

#include <array>
#include <cstdint>
#include <string_view>

#include "models/transition/model.hpp"
#include "sim/ensemble.hpp"

namespace drawdown {

/// Numbers read off one run. Years count from the exit; year 0 is the one before it.
enum class Measure : unsigned char {
    battle_before,     ///< state-based deaths of year 0
    first_conflict,    ///< first year after the exit with 25 or more state-based deaths, as far as the run goes, at most 9; 0 for
                       ///< none
    goes_on,           ///< 1 if the year after that has as many too, 0 if not; -1 without such a year in the run
    war,               ///< 1 if a year after the exit has 1,000 or more
    log_deaths,        ///< mean over five years of log(1 + deaths of all types)
    log_before,        ///< the same of year 0
    refugees_left,     ///< refugees three years after the exit over those at the exit; 1 where there were none
    capacity_drift,    ///< mean of regions and functions, WGI points a year over the five years after the exit
    growth_before,     ///< growth of output in year 0, points
    growth_after,      ///< a year, over the three years after the exit, points
    fano,              ///< variance over mean of state-based deaths by output interval after the exit; 0 without deaths
    civilians,         ///< civilians killed in an output interval with fighting after the exit; 0 without one
    state_here,        ///< one-sided events by the state a month, first region, in year 1
    state_beside,      ///< the same in the other regions
    events_quarter_1,  ///< state-based and one-sided events in months 1 to 3 after the exit
    events_quarter_4,  ///< in months 10 to 12
    cost,              ///< assessed cost of year 0, million USD
    uniformed,         ///< mean strength in year 0, persons
    count
};
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::count);
using Measures = std::array<double, measure_count>;

[[nodiscard]] constexpr double of(const Measures& measures, Measure which) { return measures[static_cast<std::size_t>(which)]; }

/// State-based deaths a year from which on UCDP speaks of armed conflict.
inline constexpr double conflict_deaths = 25.0;
/// Whether the year before the exit had no state-based deaths.
[[nodiscard]] constexpr bool was_silent(const Measures& m) { return of(m, Measure::battle_before) == 0.0; }
/// Whether it had some, but no armed conflict.
[[nodiscard]] constexpr bool was_restless(const Measures& m) {
    return of(m, Measure::battle_before) > 0.0 && of(m, Measure::battle_before) < conflict_deaths;
}
/// Whether it had no armed conflict.
[[nodiscard]] constexpr bool was_quiet(const Measures& m) { return was_silent(m) || was_restless(m); }
/// Whether the first year of conflict after the exit lies between `from` and `to`.
[[nodiscard]] constexpr bool relapsed(const Measures& m, int from, int to) {
    return of(m, Measure::first_conflict) >= from && of(m, Measure::first_conflict) <= to;
}
/// Whether there is conflict in any year, that before the exit included.
[[nodiscard]] constexpr bool any_conflict(const Measures& m) { return !was_quiet(m) || of(m, Measure::first_conflict) > 0.0; }

/// Reads a finished run's record.
[[nodiscard]] Measures measures_of(const sim::RunResult& run, const TransitionExperiment& experiment, sim::Date exit);

}  // namespace drawdown
