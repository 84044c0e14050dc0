#pragma once
// Scores of forecasts against what happened, and the simple forecasters that they must beat.

#include <span>
#include <string>
#include <vector>

#include "models/forecast/forecast.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

/// What happened after one exit. An empty year was not observed, or not by the same source.
struct Outcome {
    std::string id;
    std::array<std::optional<double>, forecast_years> deaths;
    bool armed_conflict = false;
    bool war = false;
};

/// Reads a table of outcomes: id, deaths_y1 ... deaths_y5, armed_conflict_5y, war_5y. Throws sim::FileError.
[[nodiscard]] std::vector<Outcome> read_outcomes(const std::string& path, sim::Diagnostics& diagnostics);

/// Brier score (p - y)^2 of a chance; 0 is best (Brier 1950).
[[nodiscard]] double brier_score(double chance, bool happened);
/// Logarithmic score -log of the chance given to what happened, with chances clipped to 0.01 ... 0.99 (Good 1952).
[[nodiscard]] double log_score(double chance, bool happened);
/// Continuous ranked probability score of an ensemble: mean |x - y| - mean |x - x'| / 2 (Gneiting and Raftery 2007, JASA
/// 102:359).
[[nodiscard]] double crps(std::vector<double> ensemble, double observed);
/// Rank correlation of Spearman (1904), ties at their mean rank. NaN for fewer than two pairs.
[[nodiscard]] double rank_correlation(std::span<const double> x, std::span<const double> y);

/// Chance of armed conflict within five years after deaths in the last twelve months: 0 -> .22, 1-24 -> .58, 25-999 -> .89, more
/// -> .98; shares among 2,241 country-years 1990-2020 with 25 or more deaths in the fifteen years before (UCDP GED 23.1).
[[nodiscard]] double four_bin_rule(const ExitRow& row);
/// Logistic regression on years since conflict, income, people and years of conflict in the last ten (UCDP panel 1990-2020,
/// held-out countries left out): -0.645 - 0.399 ln(years since) - 0.048 ln(GDP per head) + 0.087 ln(million people) + 0.131
/// (years).
[[nodiscard]] double logistic_rule(const ExitRow& row);

/// Scores of the forecasts and of the simple forecasters on the same exits.
struct Backtest {
    struct Forecaster {
        std::string name;
        std::vector<double> chances;  ///< of armed conflict, by exit
        double brier = 0.0, log = 0.0;
        sim::Estimate brier_difference;  ///< ours minus its own, with the 95 % interval of a paired bootstrap
        sim::Estimate log_difference;
    };
    std::vector<Forecaster> forecasters;  ///< ours first
    double war_brier = 0.0;
    double crps = 0.0;
    std::size_t years = 0;                      ///< exit-years that have a CRPS
    double covered_50 = 0.0, covered_90 = 0.0;  ///< share of them within the central bands
    /// Those whose central half lies above zero, and the share of these within it: that a band from zero on holds a quiet year
    /// says little.
    std::size_t above_zero = 0;
    double covered_50_above_zero = 0.0;
    double rank = 0.0;  ///< Spearman of chance and log(1 + deaths of all years)
};

/// Scores `forecasts` of `rows` by `outcomes`, which name the same exits in the same order.
[[nodiscard]] Backtest score(const std::vector<ExitRow>& rows, const std::vector<Forecast>& forecasts,
                             const std::vector<Outcome>& outcomes);
[[nodiscard]] std::string to_text(const Backtest& backtest);

}  // namespace drawdown
