#pragma once
// Benchmarks: what can be measured, and which conditions are watched: those of the catalogue and the scenario's own.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/field.hpp"

namespace drawdown {

/// What a benchmark can measure: local capability, not mission activity (CML 6). Each is 0 to 1, higher is better, a mean over
/// people where regions differ.
enum class Indicator : std::uint8_t {
    security,
    police_capacity,
    state_control,
    legitimacy,
    implementation,
    returns,
    justice_capacity,
    host_consent,
    clean_hands,
    popular_consent,
    expectations_met,
    trust_state,
    ceasefire,
    ownership,
    settled_disputes,
    few_abuses,
    rights_record,
    women_participation,
    women_in_process,
    women_safe,
    conduct,
    trust_mission,
    forces_conduct,
    integration,
    successors_ready,
    handed_over,
    access,
    needs_met,
    cleared_land,
    youth_jobs,
    youth_participation,
    youth_in_process,
    civil_society,
    civil_independence,
    local_dialogue,
    settled_property,
    refugees_home,
    reintegrated,
    army_capacity,
    own_budget,
    truth,
    media,
    press_freedom,
    services,
    calm_borders
};

/// Names of the indicators, in their order.
inline constexpr std::string_view indicator_list[] = {"security",
                                                      "police_capacity",
                                                      "state_control",
                                                      "legitimacy",
                                                      "implementation",
                                                      "returns",
                                                      "justice_capacity",
                                                      "host_consent",
                                                      "clean_hands",
                                                      "popular_consent",
                                                      "expectations_met",
                                                      "trust_state",
                                                      "ceasefire",
                                                      "ownership",
                                                      "settled_disputes",
                                                      "few_abuses",
                                                      "rights_record",
                                                      "women_participation",
                                                      "women_in_process",
                                                      "women_safe",
                                                      "conduct",
                                                      "trust_mission",
                                                      "forces_conduct",
                                                      "integration",
                                                      "successors_ready",
                                                      "handed_over",
                                                      "access",
                                                      "needs_met",
                                                      "cleared_land",
                                                      "youth_jobs",
                                                      "youth_participation",
                                                      "youth_in_process",
                                                      "civil_society",
                                                      "civil_independence",
                                                      "local_dialogue",
                                                      "settled_property",
                                                      "refugees_home",
                                                      "reintegrated",
                                                      "army_capacity",
                                                      "own_budget",
                                                      "truth",
                                                      "media",
                                                      "press_freedom",
                                                      "services",
                                                      "calm_borders"};
inline constexpr int indicator_count = static_cast<int>(sizeof(indicator_list) / sizeof(indicator_list[0]));
static_assert(indicator_count == static_cast<int>(Indicator::calm_borders) + 1, "one name for each indicator");

enum class Term : std::uint8_t { short_term, medium_term, long_term };

/// Table [benchmark.NAME]: a condition on one indicator. A NAME of the catalogue changes what the catalogue says.
struct BenchmarkInput {
    std::string name;
    std::string label;
    std::string outcome;  ///< first level of the tree: what the chapter is about
    std::string output;   ///< second level: the chapter's output
    Term term = Term::medium_term;
    Indicator indicator = Indicator::security;
    double at_least = 0.5;
    double held_weeks = 26.0;
    double error_sd = 0.015;
    double delay_weeks = 8.0;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("label", &BenchmarkInput::label, "what it says, in words"),
        sim::parameter("outcome", &BenchmarkInput::outcome, "outcome that it serves, in words or by id"),
        sim::parameter("output", &BenchmarkInput::output, "output that it serves, in words or by id"),
        sim::choice("term", &BenchmarkInput::term, {"short", "medium", "long"}, "when it is to be reached"),
        sim::choice("indicator", &BenchmarkInput::indicator, indicator_list, "what is measured"),
        sim::parameter("at_least", &BenchmarkInput::at_least, "1", sim::between(0.0, 1.0), "value from which it is met",
                       sim::source("scenario; in the catalogue a little above a weak state's start", sim::Grade::D)),
        sim::parameter("held", &BenchmarkInput::held_weeks, "weeks", sim::between(0.0, 520.0),
                       "time for which the reading must hold to count as met",
                       sim::source("assumed: half a year", sim::Grade::D)),
        sim::parameter("error_sd", &BenchmarkInput::error_sd, "1", sim::between(0.0, 1.0),
                       "standard deviation of a reading's error", sim::source("assumed", sim::Grade::D)),
        sim::parameter("delay", &BenchmarkInput::delay_weeks, "weeks", sim::between(0.0, 104.0), "mean delay of a reading",
                       sim::source("assumed: quarterly reporting", sim::Grade::D)));
};

/// Short, medium and long-term benchmarks for each of the thirteen chapter outputs (CML 1.1, 2, 3.1, 3.2, 6.1 to 6.7), in the
/// shape outcome -> output -> indicator. Names are ids such as "cml_3_2_peace_short".
[[nodiscard]] const std::vector<BenchmarkInput>& benchmark_catalogue();

}  // namespace drawdown
