#pragma once
// Exit strategies as typed plans: what goes when, or on which condition; what the parties are told.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/transition/columns.hpp"
#include "sim/date.hpp"
#include "sim/document.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// Strength by date, region and component, straight lines between the dates.
struct StrengthSeries {
    std::vector<sim::Date> dates;
    std::vector<double> persons;  ///< `[date][region][component]`
    std::size_t regions = 0;

    /// Strength on a day, uniformed in whole persons, civilians in full-time staff; constant before the first and after the last
    /// date.
    [[nodiscard]] double at(sim::Date day, std::size_t region, std::size_t component) const;
};

/// Table [announcement.NAME] of a strategy: from `made` on, the parties expect the mission to end on `expected_end`.
struct Announcement {
    std::string name;
    sim::Date made;
    sim::Date expected_end;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("made", &Announcement::made, "day on which it is made")),
        sim::required(sim::parameter("expected_end", &Announcement::expected_end, "end of the mission that it announces")));
};

/// Table [phase.NAME] of a strategy; phases follow each other in the order of their names.
struct Phase {
    std::string name;
    sim::Date not_before;
    sim::Date not_after;
    std::vector<std::string> requires_benchmarks;
    double held_weeks = 26.0;
    double duration_weeks = 26.0;
    double remaining = 0.0;
    std::vector<std::string> components;
    std::vector<std::string> regions;
    bool pause_if_lost = false;

    std::vector<std::size_t> benchmark_rows;              ///< of requires_benchmarks
    std::array<bool, component_count> takes_component{};  ///< of components, all if none is named
    std::vector<std::uint8_t> takes_region;               ///< of regions, all if none is named

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("not_before", &Phase::not_before, "first day on which the phase may begin")),
        sim::parameter("not_after", &Phase::not_after, "day on which it begins whatever the benchmarks say; default: not_before"),
        sim::parameter("requires", &Phase::requires_benchmarks, "benchmarks that must have been met for `held`"),
        sim::parameter("held", &Phase::held_weeks, "weeks", sim::between(0.0, 520.0), "time for which they must have been met",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("duration", &Phase::duration_weeks, "weeks", sim::between(0.0, 1040.0),
                       "time that the phase takes, without pauses", sim::source("strategy", sim::Grade::D)),
        sim::parameter("remaining", &Phase::remaining, "1", sim::between(0.0, 2.0),
                       "share of the strength at departure that is left when the phase ends",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter(
            "components", &Phase::components,
            "components that it moves: military, observers, formed_police, police, civilian or a civilian section; default: all"),
        sim::parameter("regions", &Phase::regions, "regions that it moves; default: all"),
        sim::parameter("pause_if_lost", &Phase::pause_if_lost,
                       "true: the phase stands still while a required benchmark is not met"));
};

/// A strategy file.
struct Strategy {
    std::string name;
    std::string title;
    std::string kind = "calendar";
    sim::Date departs;  ///< until then the deployment is as it was; unset: for ever
    bool leaves_history = false;
    std::vector<Announcement> announcements;
    std::vector<Phase> phases;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("title", &Strategy::title, "one line for tables and pictures"),
        sim::choice("kind", &Strategy::kind, {"historical", "calendar", "benchmark", "abrupt", "extended"}, "kind of exit"),
        sim::parameter("departs", &Strategy::departs, "day from which the phases hold; before it the deployment is as it was"));

    /// Hash of all that the strategy says about the step that begins on `day`: equal for two strategies as long as one run serves
    /// both.
    [[nodiscard]] std::uint64_t input_hash(sim::Date day) const;
    /// End of the mission that the parties expect on `day`; a far day when nothing was announced.
    [[nodiscard]] sim::Date expected_end(sim::Date day) const;
};

struct Inputs;

/// Reads a strategy file and checks it against the scenario's regions and benchmarks.
[[nodiscard]] Strategy read_strategy(const std::string& name, const sim::Document& document, const Inputs& inputs,
                                     sim::Diagnostics& diagnostics);

}  // namespace drawdown
