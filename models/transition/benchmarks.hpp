#pragma once

#include <array>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Benchmarks as they are and as the mission reads them.
///
/// A reading follows the true value with a mean delay and carries an error, both smaller where the mission sees more:
/// error_sd (1 - sight S), delay (1 + blindness (1 - S)), with S the sight that joint analysis, access and consent give. When the
/// mission has gone and nobody watches (political oversight of a follow-on), readings stand still. A benchmark is met
/// once its reading has been at the threshold for `held`, and lost once the reading has been `margin` of its errors below the
/// threshold for `lost_after`, so that a reading that wavers about the threshold neither meets nor loses it. Benchmarks measure
/// local capability, not what the mission does (CML 6).
struct Benchmarks {
    double sight = 0.5;
    double blindness = 1.0;
    double away_share = 0.05;
    double cases_scale = 20.0;
    double margin = 2.0;
    double lost_after_weeks = 13.0;
    std::vector<BenchmarkInput> benchmarks;

    static constexpr std::string_view name = "benchmarks";
    static constexpr auto reads = sim::columns(
        region::adults, region::security_level, region::state_control, region::consent, region::expectation, region::services,
        region::trust_state, region::trust_mission, region::abuse, region::women_participation, region::youth_participation,
        region::sexual_violence, region::access, region::need, region::aid, region::mines, region::youth_jobs,
        region::civil_society, region::civil_independence, region::property_disputes, region::former, region::in_programme,
        region::reintegrated, region::media, region::spillover, region::population, region_function::capacity,
        community::residents, community::dialogue, community::rumour, provision::implementation, provision::owned,
        activity::handover, activity::readiness, country::legitimacy, country::implementation, country::displaced,
        country::refugees, country::population, country::consent, country::complicity, country::ceasefire, country::disputes,
        country::abuse_record, country::women_in_process, country::youth_in_process, country::misconduct,
        country::support_to_forces, country::integration, country::budget_adequacy, country::press_freedom, country::sight,
        country::mission_open, country::political_oversight);
    static constexpr auto writes =
        sim::columns(benchmark::value, benchmark::observed, benchmark::held_weeks, benchmark::missed_weeks);
    static constexpr auto streams = sim::streams({"benchmarks"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("sight", &Benchmarks::sight, "1", sim::between(0.0, 1.0),
                       "share of the reading error that full sight removes",
                       sim::source("assumed: joint analysis and access", sim::Grade::D), sim::moves("benchmark_observed")),
        sim::parameter("blindness", &Benchmarks::blindness, "1", sim::between(0.0, 10.0),
                       "relative lengthening of delays without any sight", sim::source("assumed", sim::Grade::D),
                       sim::moves("benchmark_observed")),
        sim::parameter("margin", &Benchmarks::margin, "1", sim::between(0.0, 20.0),
                       "how far below its threshold, in errors of its reading, a benchmark that was met must fall to be lost",
                       sim::source("design: what an error alone rarely does", sim::Grade::D), sim::lowers("plan_paused")),
        sim::parameter("lost_after", &Benchmarks::lost_after_weeks, "weeks", sim::between(0.0, 520.0),
                       "time for which it must be that low", sim::source("assumed: quarterly reporting", sim::Grade::D),
                       sim::lowers("plan_paused")),
        sim::parameter("away_share", &Benchmarks::away_share, "1", sim::between(0.001, 1.0),
                       "share of people away from home at which returns read 0", sim::source("assumed", sim::Grade::D),
                       sim::raises("benchmark_value")),
        sim::parameter("cases_scale", &Benchmarks::cases_scale, "week^-1", sim::above(0.0),
                       "cases of sexual violence per million people at which women's safety reads about a third",
                       sim::source("assumed", sim::Grade::D), sim::raises("benchmark_value")));

    void step(sim::View<Benchmarks> state, const sim::Step& now) const;
    /// Value of every indicator now.
    [[nodiscard]] std::array<double, indicator_count> indicators(sim::View<Benchmarks> state, double dt_weeks) const;
};

}  // namespace drawdown
