#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Benchmarks as they are and as the mission reads them.
///
/// A reading follows the true value with the benchmark's mean delay and carries an error, smaller where the mission sees more:
/// error_sd (1 - sight dialogue coverage). Benchmarks measure local capability, not what the mission does (CML 6).
struct Benchmarks {
    double sight = 0.5;
    std::vector<BenchmarkInput> benchmarks;

    static constexpr std::string_view name = "benchmarks";
    static constexpr auto reads = sim::columns(
        region::adults, region::security_level, region::state_control, region_function::capacity, region_activity::coverage,
        country::legitimacy, country::implementation, country::displaced, country::refugees, country::population);
    static constexpr auto writes = sim::columns(benchmark::value, benchmark::observed, benchmark::held_weeks);
    static constexpr auto streams = sim::streams({"benchmarks"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("sight", &Benchmarks::sight, "1", sim::between(0.0, 1.0),
                       "share of the reading error that full dialogue coverage removes",
                       sim::source("assumed: joint analysis and access", sim::Grade::D), sim::moves("benchmark_observed")));

    void step(sim::View<Benchmarks> state, const sim::Step& now) const;
};

}  // namespace drawdown
