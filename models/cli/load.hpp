#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/cli/options.hpp"
#include "models/transition/model.hpp"
#include "sim/document.hpp"

namespace drawdown {

/// The scenario file that a path names: itself, or scenario.toml in a folder. Throws sim::FileError if there is none.
[[nodiscard]] std::string scenario_file(const std::string& path);

/// Names of the strategies in the folder strategies/ beside a scenario, sorted.
[[nodiscard]] std::vector<std::string> shipped_strategies(const std::string& scenario);

/// Reads scenario, overlays, settings and the named strategies, and lays `strategy_sets` ("table.key=value") over each of these.
/// Uncertain parameters come from `sample`, or from the file of --posterior. Throws sim::InputError with all findings,
/// sim::FileError.
[[nodiscard]] TransitionExperiment load_experiment(const Options& options, const std::vector<std::string>& strategies,
                                                   const std::vector<std::string>& strategy_sets = {},
                                                   std::shared_ptr<const sim::ParameterSample> sample = nullptr);

/// The draws of parameters that --posterior names; null without one. Throws sim::InputError for a key that no uncertain parameter
/// has and for a value out of its range, sim::FileError.
[[nodiscard]] std::shared_ptr<sim::ParameterSample> load_sample(const std::string& path);

/// Reads the scenario alone.
[[nodiscard]] sim::Document load_scenario(const Options& options);

}  // namespace drawdown
