#pragma once
// Exit strategies as typed plans: what goes when, or on which condition; what the parties are told; who takes over; what follows.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/strategy_tables.hpp"
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
    /// First day without anybody, if the series ends so.
    [[nodiscard]] std::optional<sim::Date> end() const;
};

/// Table [phase.NAME] of a strategy. Phases follow each other in the order of their names; two never run at once.
struct Phase {
    std::string name;
    sim::Date not_before;
    sim::Date not_after;
    std::vector<std::string> requires_benchmarks;
    double held_weeks = 26.0;
    std::string after_vote;
    double weeks_after_vote = 0.0;
    double duration_weeks = 26.0;
    double remaining = 0.0;
    std::vector<std::string> components;
    std::vector<std::string> regions;
    RegionOrder order = RegionOrder::listed;
    double share_of_regions = 1.0;
    bool pause_if_lost = false;
    bool reverse_if_lost = false;

    std::vector<std::size_t> benchmark_rows;              ///< of requires_benchmarks
    std::array<bool, component_count> takes_component{};  ///< of components, all if none is named
    std::vector<std::size_t> region_rows;                 ///< of regions, in the order of the file; all if none is named

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("not_before", &Phase::not_before, "first day on which the phase may begin")),
        sim::parameter("not_after", &Phase::not_after,
                       "day on which it begins whatever the benchmarks say; default: the first day on which it may"),
        sim::parameter("requires", &Phase::requires_benchmarks, "benchmarks that must have been met for `held`"),
        sim::parameter("held", &Phase::held_weeks, "weeks", sim::between(0.0, 520.0), "time for which they must have been met",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("after_vote", &Phase::after_vote, "vote of the scenario before which the phase may not begin"),
        sim::parameter("weeks_after_vote", &Phase::weeks_after_vote, "weeks", sim::between(0.0, 520.0),
                       "time after that vote before which it may not begin: to the transfer of power",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("duration", &Phase::duration_weeks, "weeks", sim::between(0.0, 1040.0),
                       "time that the phase takes, without pauses", sim::source("strategy", sim::Grade::D)),
        sim::parameter("remaining", &Phase::remaining, "1", sim::between(0.0, 20.0),
                       "share of the strength at departure that is left when the phase ends; above 1 it grows",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter(
            "components", &Phase::components,
            "components that it moves: military, observers, formed_police, police, civilian or a civilian section; default: all"),
        sim::parameter("regions", &Phase::regions, "regions that it moves; default: all"),
        sim::choice("order", &Phase::order, {"listed", "safest", "hardest"},
                    "which regions a share of them begins with: as listed, or by security as the mission sees it"),
        sim::parameter("share_of_regions", &Phase::share_of_regions, "1", sim::between(0.0, 1.0),
                       "share of the regions still held that it moves, chosen when it begins",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("pause_if_lost", &Phase::pause_if_lost,
                       "true: the phase stands still while a required benchmark is not met"),
        sim::parameter("reverse_if_lost", &Phase::reverse_if_lost,
                       "true: it goes back, at the same pace, while a required benchmark is not met"));

    /// Whether it moves some of the regions still held rather than all that it names.
    [[nodiscard]] bool chooses() const { return share_of_regions < 1.0; }
};

/// A strategy file.
struct Strategy {
    std::string name;
    std::string title;
    std::string kind = "calendar";
    sim::Date departs;  ///< until then the deployment is as it was; unset: for ever
    bool leaves_history = false;
    bool hears_requests = true;
    std::vector<Announcement> announcements;
    std::vector<Phase> phases;
    std::optional<Reentry> reentry;
    std::vector<Ceiling> ceilings;
    std::optional<HostRequest> request;
    std::vector<Priority> priorities;
    std::array<HandoverPlan, activity_count> handovers{};
    std::optional<FollowOnPlan> follow_on;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("title", &Strategy::title, "one line for tables and pictures"),
        sim::choice("kind", &Strategy::kind,
                    {"historical", "calendar", "benchmark", "regional", "consent_driven", "abrupt", "budget_driven",
                     "election_gated", "police_heavy", "extended"},
                    "kind of exit; checked against what the file says"),
        sim::parameter("departs", &Strategy::departs, "day from which the phases hold; before it the deployment is as it was"),
        sim::parameter("hears_requests", &Strategy::hears_requests,
                       "false: a request to leave that modelled consent brings about changes nothing, as history is replayed; "
                       "[host_request] always counts"));

    /// Hash of all that the strategy says about the step that begins on `day`: equal for two strategies as long as one run serves
    /// both. What acts from a day on counts from that day on.
    [[nodiscard]] std::uint64_t input_hash(sim::Date day) const;
    /// The announcement that the parties go by on `day`, or nullptr: the one made last.
    [[nodiscard]] const Announcement* announced(sim::Date day) const;
    /// End of the mission that the parties expect on `day`; a far day when nothing was announced.
    [[nodiscard]] sim::Date expected_end(sim::Date day) const;
    /// The ceiling in force on `day`, or nullptr.
    [[nodiscard]] const Ceiling* ceiling(sim::Date day) const;
    /// The priorities in force on `day`, or nullptr.
    [[nodiscard]] const Priority* priority(sim::Date day) const;
    /// Whether the plan for a task holds on `day`: from its start on; without one, from the day on which the strategy departs.
    [[nodiscard]] bool hands_over(std::size_t task, sim::Date day) const;
    /// Whether a request to leave that modelled consent brings about counts on `day`: not while the deployment is as it was
    /// before the strategy departs, nor where the strategy replays history to its end.
    [[nodiscard]] bool hears(sim::Date day) const { return hears_requests && (!leaves_history || day >= departs); }
    /// Last day of the mission under the plan, whatever conditions delay: of the last phase, the request, or history. Nothing if
    /// the plan keeps somebody for ever.
    [[nodiscard]] std::optional<sim::Date> last_day(const StrengthSeries& history) const;
};

struct Inputs;

/// Reads a strategy file and checks it against the scenario's regions, benchmarks and votes.
[[nodiscard]] Strategy read_strategy(const std::string& name, const sim::Document& document, const Inputs& inputs,
                                     sim::Diagnostics& diagnostics);

}  // namespace drawdown
