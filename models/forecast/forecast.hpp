#pragma once
// Forecasts of what follows an exit: what an ensemble of runs says, and how it is told.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/forecast/row.hpp"
#include "models/transition/model.hpp"
#include "sim/ensemble.hpp"

namespace drawdown {

inline constexpr std::size_t forecast_years = 5;

/// What one run says: deaths by year, from the year before the exit.
struct Member {
    double deaths_before = 0.0;                   ///< all types, in the year before the exit
    std::array<double, forecast_years> deaths{};  ///< all types, in each year after it
    bool armed_conflict = false;                  ///< a year after the exit with 25 or more state-based deaths
    bool war = false;                             ///< a year with 1,000 or more
};

/// Reads a run's record. All types are those that UCDP counts: state-based, and one-sided and non-state of a kind that reaches 25
/// in the year, since UCDP leaves out what stays below that; mobs and attacks on aid are not among them.
[[nodiscard]] Member member_of(const sim::RunResult& run, const TransitionExperiment& experiment, sim::Date exit);

/// The `wanted` members whose year before the exit comes nearest to what was seen, by |log(1 + deaths) - log(1 + seen)|; the
/// first ones where nothing was seen or runs are equally near. Approximate Bayesian computation by rejection (Pritchard et al.
/// 1999).
[[nodiscard]] std::vector<Member> nearest(std::vector<Member> candidates, const std::optional<double>& seen, std::size_t wanted);

/// The forecast of one row.
struct Forecast {
    std::string id;
    std::vector<Member> members;
};

/// CSV with one line a row: id, chances, quantiles of log(1 + deaths) by year.
[[nodiscard]] std::string forecasts_csv(const std::vector<Forecast>& forecasts);
/// CSV with one line a member.
[[nodiscard]] std::string members_csv(const std::vector<Forecast>& forecasts);

}  // namespace drawdown
