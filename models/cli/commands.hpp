#pragma once

#include <string>

#include "models/cli/options.hpp"
#include "models/transition/explanation.hpp"

namespace drawdown {

/// run and compare: simulate, write the result file, print the table. Returns the exit code.
int run_command(const Options& options);

/// validate, show, plan, parameters: look, run nothing. Returns the exit code.
int validate_command(const Options& options);
int show_command(const Options& options);
int plan_command(const Options& options);
int parameters_command(const Options& options);

/// The window that the options ask an explanation for. Throws UsageError.
[[nodiscard]] ExplainedDays explained_days(const Options& options);
/// Says which causes carry the differences between the strategies of a result.
void print_explanation(const std::string& path, const Options& options);

/// narrate: tell one run of a result file.
int narrate_command(const Options& options);
/// levers: run every number at both ends of its range; 1 if one moves its outcome against what is declared.
int levers_command(const Options& options);
/// forecast: run a country without a name for each row of a table of exits.
int forecast_command(const Options& options);
/// backtest: forecast the exits of which the outcome is known, and score them.
int backtest_command(const Options& options);
/// patterns: measure regularities that are known of many countries.
int patterns_command(const Options& options);
/// calibrate: find the parameters that those regularities and the known exits speak for.
int calibrate_command(const Options& options);
/// epstein: run Epstein's Model I of civil violence, and print it.
int epstein_command(const Options& options);

}  // namespace drawdown
