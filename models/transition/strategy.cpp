// Reads a strategy file and checks it.

#include "models/transition/strategy.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/transition/input_tables.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/kinds.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

constexpr double abrupt_weeks = 26.0;  // what takes longer is no abrupt exit but a calendar

/// Index of `name` among `names`, or a finding with a suggestion.
std::optional<std::size_t> find(const std::vector<std::string>& names, const std::string& name, const char* what,
                                const sim::Place& place, sim::Diagnostics& diagnostics) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    diagnostics.add(place, fmt::format("no {} is named {}{}", what, name, sim::did_you_mean(name, names)));
    return std::nullopt;
}

template <class T>
std::vector<std::string> names_of(const std::vector<T>& items) {
    std::vector<std::string> names;
    for (const T& item : items) names.push_back(item.name);
    return names;
}

void resolve_names(Phase& phase, const sim::Section& table, const Inputs& inputs, sim::Diagnostics& diagnostics) {
    const std::vector<std::string> regions = names_of(inputs.regions);
    const std::vector<std::string> benchmarks = names_of(inputs.benchmarks);
    std::vector<std::string> components(component_names().begin(), component_names().end());
    components.emplace_back("civilian");
    if (phase.regions.empty()) {
        phase.region_rows.resize(regions.size());
        std::iota(phase.region_rows.begin(), phase.region_rows.end(), std::size_t{0});
    }
    for (const std::string& name : inputs.regions_known ? phase.regions : std::vector<std::string>())
        if (const auto r = find(regions, name, "region", place_of(table, "regions"), diagnostics))
            if (std::find(phase.region_rows.begin(), phase.region_rows.end(), *r) == phase.region_rows.end())
                phase.region_rows.push_back(*r);
    phase.takes_component.fill(phase.components.empty());
    for (const std::string& name : phase.components)
        if (const auto c = find(components, name, "component", place_of(table, "components"), diagnostics)) {
            const bool all_civilians = *c == component_count;
            const std::size_t first = all_civilians ? first_civilian : *c;
            const std::size_t last = all_civilians ? component_count : *c + 1;
            std::fill(phase.takes_component.begin() + static_cast<std::ptrdiff_t>(first),
                      phase.takes_component.begin() + static_cast<std::ptrdiff_t>(last), true);
        }
    for (const std::string& name : inputs.benchmarks_known ? phase.requires_benchmarks : std::vector<std::string>())
        if (const auto b = find(benchmarks, name, "benchmark", place_of(table, "requires"), diagnostics))
            phase.benchmark_rows.push_back(*b);
}

/// Dates of a phase: not before its vote and the transfer of power, and not after its last day.
void resolve_dates(Phase& phase, const sim::Section& table, const Inputs& inputs, sim::Diagnostics& diagnostics) {
    if (!phase.after_vote.empty()) {
        if (const auto v = find(names_of(inputs.votes), phase.after_vote, "vote", place_of(table, "after_vote"), diagnostics)) {
            const auto days = static_cast<std::int32_t>(std::ceil(7.0 * phase.weeks_after_vote));
            phase.not_before = std::max(phase.not_before, inputs.votes[*v].date + days);
        }
    } else if (table.has("weeks_after_vote")) {
        diagnostics.add(place_of(table, "weeks_after_vote"),
                        fmt::format("phase.{}.weeks_after_vote needs after_vote, the vote from which they count", phase.name));
    }
    if (!table.has("not_after")) phase.not_after = phase.not_before;
    if (phase.not_after < phase.not_before)
        diagnostics.add(place_of(table, "not_after"),
                        fmt::format("phase.{}.not_after = {} is before not_before = {}{}", phase.name, phase.not_after.text(),
                                    phase.not_before.text(), phase.after_vote.empty() ? "" : ", counted from its vote"));
}

void check_conditions(const Phase& phase, const sim::Section& table, sim::Diagnostics& diagnostics) {
    if (phase.pause_if_lost && phase.reverse_if_lost)
        diagnostics.add(place_of(table, "reverse_if_lost"),
                        fmt::format("phase.{}: pause_if_lost and reverse_if_lost exclude each other", phase.name));
    for (const auto& [key, set] :
         {std::pair("pause_if_lost", phase.pause_if_lost), std::pair("reverse_if_lost", phase.reverse_if_lost)})
        if (set && phase.requires_benchmarks.empty())
            diagnostics.add(place_of(table, key),
                            fmt::format("phase.{}.{} needs requires, the benchmarks that can be lost", phase.name, key));
    if (phase.order != RegionOrder::listed && !phase.chooses())
        diagnostics.add(place_of(table, "order"),
                        fmt::format("phase.{}.order needs share_of_regions below 1: all regions have no order", phase.name));
}

std::vector<Phase> read_phases(const sim::Section& root, const Inputs& inputs, sim::Diagnostics& diagnostics) {
    std::vector<Phase> phases;
    const auto tables = root.child("phase");
    if (!tables) return phases;
    for (const auto& [key, section] : tables->children()) {
        Phase phase;
        phase.name = key;
        sim::read_fields(section, phase, sim::Sampler::central(), diagnostics);
        resolve_names(phase, section, inputs, diagnostics);
        resolve_dates(phase, section, inputs, diagnostics);
        check_conditions(phase, section, diagnostics);
        phases.push_back(std::move(phase));
    }
    return phases;
}

void read_announcements(const sim::Section& root, Strategy& strategy, sim::Diagnostics& diagnostics) {
    strategy.announcements = read_named<Announcement>(root, "announcement", sim::Sampler::central(), diagnostics);
    for (const Announcement& said : strategy.announcements)
        if (said.expected_end < said.made)
            diagnostics.add(root.child_or_empty("announcement").child_or_empty(said.name).place(),
                            fmt::format("announcement.{}: expected_end {} is before made {}", said.name, said.expected_end.text(),
                                        said.made.text()));
}

void read_reentry(const sim::Section& root, Strategy& strategy, const Inputs& inputs, sim::Diagnostics& diagnostics) {
    const auto table = root.child("reentry");
    if (!table) return;
    Reentry reentry;
    sim::read_fields(*table, reentry, sim::Sampler::central(), diagnostics);
    if (inputs.benchmarks_known && table->has("benchmark"))
        if (const auto b =
                find(names_of(inputs.benchmarks), reentry.benchmark, "benchmark", place_of(*table, "benchmark"), diagnostics))
            reentry.benchmark_row = *b;
    if (!strategy.leaves_history)
        diagnostics.add(table->place(),
                        "[reentry] needs strategy.departs: what comes back is a share of the strength on that day");
    strategy.reentry = reentry;
}

void read_handovers(const sim::Section& root, Strategy& strategy, sim::Diagnostics& diagnostics) {
    const auto tables = root.child("handover");
    if (!tables) return;
    const std::vector<std::string> tasks(activity_names().begin(), activity_names().end());
    for (const auto& [key, section] : tables->children()) {
        HandoverPlan plan;
        plan.given = true;
        plan.has_start = section.has("start");
        sim::read_fields(section, plan, sim::Sampler::central(), diagnostics);
        if (const auto task = find(tasks, key, "task", section.place(), diagnostics)) strategy.handovers[*task] = plan;
    }
}

void read_follow_on(const sim::Section& root, Strategy& strategy, sim::Diagnostics& diagnostics) {
    const auto table = root.child("follow_on");
    if (!table) return;
    FollowOnPlan plan;
    sim::read_fields(*table, plan, sim::Sampler::central(), diagnostics);
    if (!table->has("announced")) {
        plan.announced = strategy.departs;
        // A strategy without phases has no departure; one with phases, or without a kind, is told for that.
        if (!strategy.leaves_history && strategy.phases.empty() && root.child_or_empty("strategy").has("kind"))
            diagnostics.add(table->place(),
                            "follow_on.announced is missing: the strategy departs on no day that could stand for it");
    }
    if (plan.economic_musd <= 0.0 && plan.political <= 0.0 && plan.force <= 0.0)
        diagnostics.add(table->place(), "[follow_on] gives nothing: say economic, political or force");
    strategy.follow_on = plan;
}

/// Whether the phase lets police grow.
bool raises_police(const Phase& phase) {
    return phase.remaining > 1.0 && (phase.takes_component[static_cast<std::size_t>(Component::police)] ||
                                     phase.takes_component[static_cast<std::size_t>(Component::formed_police)]);
}

/// What the kind of a strategy wants of its tables and does not find, in words with a hint; empty if it is what it says.
std::string kind_fault(const Strategy& s, const Inputs& inputs) {
    const auto any = [&](const auto& which) { return std::any_of(s.phases.begin(), s.phases.end(), which); };
    const auto conditional = [](const Phase& p) { return !p.requires_benchmarks.empty(); };
    if (s.kind == "historical" && s.leaves_history)
        return "is the deployment as it was: take out departs and the phases, or name another kind";
    if (s.kind == "calendar" && any(conditional)) return "goes by dates only: take out requires, or say kind = \"benchmark\"";
    if (s.kind == "benchmark" && !any(conditional)) return "needs a phase with requires = [\"a benchmark\"]";
    if (s.kind == "regional" && !any([](const Phase& p) { return !p.regions.empty() || p.chooses(); }))
        return "needs phases with regions = [\"a region\"], or with order and share_of_regions";
    if (s.kind == "consent_driven" && !s.request && !s.phases.empty())
        return "needs [host_request], or no phases: then only the modelled request ends the mission";
    if (s.kind == "budget_driven" && s.ceilings.empty()) return "needs a table [ceiling.NAME] with from and budget";
    if (s.kind == "election_gated" && !any([](const Phase& p) { return !p.after_vote.empty(); }))
        return "needs a phase with after_vote = \"a vote\"";
    if (s.kind == "police_heavy" && !any(raises_police))
        return "needs a phase with remaining above 1 for police or formed_police";
    const double weeks =
        std::accumulate(s.phases.begin(), s.phases.end(), 0.0, [](double sum, const Phase& p) { return sum + p.duration_weeks; });
    if (s.kind == "abrupt" && weeks > abrupt_weeks)
        return fmt::format("is over within {:.0f} weeks, its phases take {:.0f}: shorten them, or say kind = \"calendar\"",
                           abrupt_weeks, weeks);
    if (s.kind == "extended" && inputs.history) {
        const auto was = inputs.history->end();
        const auto end = s.last_day(*inputs.history);
        if (was && end && *end <= *was)
            return fmt::format("ends on {}, not after history on {}: lengthen it, or say kind = \"calendar\"", end->text(),
                               was->text());
    }
    return "";
}

void check_shape(const Strategy& strategy, const sim::Section& table, const Inputs& inputs, bool sound,
                 sim::Diagnostics& diagnostics) {
    if (!strategy.phases.empty() && !strategy.leaves_history)
        diagnostics.add(table.place(), "a strategy with phases needs strategy.departs, the day from which they hold");
    if (strategy.phases.empty() && strategy.leaves_history && strategy.kind != "consent_driven")
        diagnostics.add(table.place(), "a strategy that departs from history needs at least one table [phase.NAME]");
    // What is broken already cannot be told to be of the wrong kind; and the default promises nothing.
    const bool dated = inputs.history && !inputs.history->dates.empty();
    if (!sound || !table.has("kind") || !inputs.regions_known || !dated) return;
    if (const std::string fault = kind_fault(strategy, inputs); !fault.empty())
        diagnostics.add(place_of(table, "kind"), fmt::format("strategy.kind = \"{}\" {}", strategy.kind, fault));
}

}  // namespace

Strategy read_strategy(const std::string& name, const sim::Document& document, const Inputs& inputs,
                       sim::Diagnostics& diagnostics) {
    const sim::Section root = document.root();
    const sim::Section table = root.child_or_empty("strategy");
    const sim::Sampler central = sim::Sampler::central();
    const std::size_t findings = diagnostics.findings().size();
    Strategy strategy;
    strategy.name = name;
    if (!table.exists()) diagnostics.add(root.place(), "a strategy file needs a table [strategy]");
    sim::read_fields(table, strategy, central, diagnostics);
    strategy.leaves_history = table.has("departs");
    read_announcements(root, strategy, diagnostics);
    strategy.phases = read_phases(root, inputs, diagnostics);
    read_reentry(root, strategy, inputs, diagnostics);
    strategy.ceilings = read_named<Ceiling>(root, "ceiling", central, diagnostics);
    strategy.priorities = read_named<Priority>(root, "priority", central, diagnostics);
    if (const auto request = root.child("host_request")) {
        strategy.request.emplace();
        sim::read_fields(*request, *strategy.request, central, diagnostics);
    }
    read_handovers(root, strategy, diagnostics);
    read_follow_on(root, strategy, diagnostics);
    check_shape(strategy, table, inputs, diagnostics.findings().size() == findings, diagnostics);
    return strategy;
}

}  // namespace drawdown
