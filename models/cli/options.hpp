#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/date.hpp"

namespace drawdown {

/// A command line that cannot be understood (exit code 64).
class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What `epstein` takes; see epstein::Settings.
struct EpsteinOptions {
    int size = 40;
    int steps = 1000;
    double citizens = 0.7;
    double cops = 0.04;
    double vision = 7.0;
    int max_sentence = 30;
    double legitimacy = 0.82;
    std::optional<double> fall_to;
    int fall_at = 0;
    int fall_over = 1;
    bool continuous = false;
    bool tiles = false;
    bool csv = false;
};

/// What the commands take. Each command accepts only some of it.
struct Options {
    std::string command;
    std::vector<std::string> files;  ///< scenario folder or file, then overlays; or a result file
    std::string strategy;
    std::vector<std::string> strategies;
    std::vector<std::string> sets;
    std::string output;
    std::string format = "table";
    std::string from, to;            ///< days, YYYY-MM-DD; empty for the whole run
    std::string at;                  ///< day, YYYY-MM-DD; empty for none
    std::vector<std::string> kinds;  ///< of events; empty for all
    std::string scenario;            ///< of forecast: folder of the country without a name; empty for the shipped one
    std::string countries;           ///< of forecast: folder in which the countries of the rows are kept; empty: nowhere
    std::string posterior;           ///< file with draws of parameters; empty: from their priors
    bool prior = false;              ///< of forecast: from the priors even where a posterior is shipped
    bool leave_one_out = false;      ///< of backtest: each exit with the parameters that the others speak for
    std::string members;             ///< of forecast: file for the single members
    std::string only;                ///< pattern of keys; empty for all
    std::string state;               ///< of calibrate: file of the points that are done
    std::uint32_t points = 500;      ///< of calibrate
    std::uint32_t draws = 400;       ///< of calibrate
    std::optional<std::uint32_t> replicate;
    std::string replicate_rank;  ///< instead of the number: good, typical or bad
    std::uint32_t replicates = 1;
    std::uint32_t first_replicate = 0;
    std::uint64_t seed = 20120101;
    int threads = 0;
    double memory_limit_gb = 0.0;
    bool fixed_parameters = false;
    bool no_branching = false;
    bool profile = false;
    bool bitwise = false;
    bool json = false;
    bool dry_run = false;
    bool fresh = false;
    bool origin = false;
    bool scorecard = false;
    bool explain = false;
    bool quiet = false;
    bool help = false;
    EpsteinOptions epstein;
};

/// Parses a command line. Throws UsageError, with a suggestion for a misspelt word.
[[nodiscard]] Options parse_options(int argc, char** argv);

/// The day that an option names; none if it was not given. Throws UsageError.
[[nodiscard]] std::optional<sim::Date> day_of(const char* option, const std::string& text);

/// Help on the program, or on one command.
[[nodiscard]] std::string help_text(const std::string& command);

}  // namespace drawdown
