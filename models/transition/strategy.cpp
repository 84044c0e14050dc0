#include "models/transition/strategy.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "models/transition/inputs.hpp"
#include "models/transition/kinds.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

/// 64-bit FNV-1a over what is fed to it.
class Hash {
  public:
    void add(std::string_view text) {
        for (const char c : text) feed(static_cast<std::uint8_t>(c));
        feed(0);
    }
    void add(double value) { add(sim::number_text(value)); }
    void add(sim::Date date) { add(date.text()); }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    void feed(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ULL; }
    std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

/// Index of `name` among `names`, or a finding with a suggestion.
std::optional<std::size_t> find(const std::vector<std::string>& names, const std::string& name, const char* what,
                                const sim::Place& place, sim::Diagnostics& diagnostics) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    diagnostics.add(place, fmt::format("no {} is named {}{}", what, name, sim::did_you_mean(name, names)));
    return std::nullopt;
}

void resolve(Phase& phase, const sim::Section& table, const Inputs& inputs, sim::Diagnostics& diagnostics) {
    std::vector<std::string> regions;
    for (const RegionInput& region : inputs.regions) regions.push_back(region.name);
    std::vector<std::string> benchmarks;
    for (const BenchmarkInput& benchmark : inputs.benchmarks) benchmarks.push_back(benchmark.name);
    std::vector<std::string> components(component_names().begin(), component_names().end());
    components.emplace_back("civilian");
    const auto place = [&](const char* key) { return table.find(key) != nullptr ? table.find(key)->place : table.place(); };

    phase.takes_region.assign(regions.size(), phase.regions.empty() ? 1 : 0);
    for (const std::string& name : inputs.regions_known ? phase.regions : std::vector<std::string>())
        if (const auto r = find(regions, name, "region", place("regions"), diagnostics)) phase.takes_region[*r] = 1;
    phase.takes_component.fill(phase.components.empty());
    for (const std::string& name : phase.components)
        if (const auto c = find(components, name, "component", place("components"), diagnostics)) {
            const bool all_civilians = *c == component_count;
            const std::size_t first = all_civilians ? first_civilian : *c;
            const std::size_t last = all_civilians ? component_count : *c + 1;
            std::fill(phase.takes_component.begin() + static_cast<std::ptrdiff_t>(first),
                      phase.takes_component.begin() + static_cast<std::ptrdiff_t>(last), true);
        }
    for (const std::string& name : inputs.benchmarks_known ? phase.requires_benchmarks : std::vector<std::string>())
        if (const auto b = find(benchmarks, name, "benchmark", place("requires"), diagnostics))
            phase.benchmark_rows.push_back(*b);
    if (!table.has("not_after")) phase.not_after = phase.not_before;
    if (phase.not_after < phase.not_before)
        diagnostics.add(place("not_after"), fmt::format("phase.{}.not_after = {} is before not_before = {}", phase.name,
                                                        phase.not_after.text(), phase.not_before.text()));
}

}  // namespace

std::uint64_t Strategy::input_hash(sim::Date day) const {
    Hash hash;
    hash.add(expected_end(day));
    if (!leaves_history || day < departs) return hash.value();
    hash.add(departs);
    for (const Phase& phase : phases) {
        hash.add(phase.not_before);
        hash.add(phase.not_after);
        hash.add(phase.held_weeks);
        hash.add(phase.duration_weeks);
        hash.add(phase.remaining);
        hash.add(phase.pause_if_lost ? 1.0 : 0.0);
        for (const std::size_t b : phase.benchmark_rows) hash.add(static_cast<double>(b));
        for (const bool c : phase.takes_component) hash.add(c ? 1.0 : 0.0);
        for (const std::uint8_t r : phase.takes_region) hash.add(static_cast<double>(r));
    }
    return hash.value();
}

sim::Date Strategy::expected_end(sim::Date day) const {
    // Without an announcement the parties look ten years ahead, always.
    sim::Date end = day + 3653;
    sim::Date latest;
    for (const Announcement& announcement : announcements) {
        if (announcement.made > day || announcement.made < latest) continue;
        latest = announcement.made;
        end = std::max(announcement.expected_end, day);
    }
    return end;
}

Strategy read_strategy(const std::string& name, const sim::Document& document, const Inputs& inputs,
                       sim::Diagnostics& diagnostics) {
    const sim::Section root = document.root();
    const sim::Section table = root.child_or_empty("strategy");
    const sim::Sampler central = sim::Sampler::central();
    Strategy strategy;
    strategy.name = name;
    if (!table.exists()) diagnostics.add(root.place(), "a strategy file needs a table [strategy]");
    sim::read_fields(table, strategy, central, diagnostics);
    strategy.leaves_history = table.has("departs");
    if (const auto announcements = root.child("announcement")) {
        for (const auto& [key, section] : announcements->children()) {
            Announcement announcement;
            announcement.name = key;
            sim::read_fields(section, announcement, central, diagnostics);
            if (announcement.expected_end < announcement.made)
                diagnostics.add(section.place(), fmt::format("announcement.{}: expected_end {} is before made {}", key,
                                                             announcement.expected_end.text(), announcement.made.text()));
            strategy.announcements.push_back(std::move(announcement));
        }
    }
    if (const auto phases = root.child("phase")) {
        for (const auto& [key, section] : phases->children()) {
            Phase phase;
            phase.name = key;
            sim::read_fields(section, phase, central, diagnostics);
            resolve(phase, section, inputs, diagnostics);
            strategy.phases.push_back(std::move(phase));
        }
    }
    if (!strategy.phases.empty() && !strategy.leaves_history)
        diagnostics.add(table.place(), "a strategy with phases needs strategy.departs, the day from which they hold");
    if (strategy.phases.empty() && strategy.leaves_history)
        diagnostics.add(table.place(), "a strategy that departs from history needs at least one table [phase.NAME]");
    return strategy;
}

}  // namespace drawdown
