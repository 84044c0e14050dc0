#include "models/transition/inputs.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/transition/input_tables.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

template <class Pulse>
void check_pulses(const sim::Section& root, const char* name, const std::vector<Pulse>& pulses, sim::Diagnostics& diagnostics) {
    for (const PulseInput& pulse : pulses) {
        if (pulse.start < pulse.peak && pulse.peak < pulse.end) continue;
        const sim::Section table = root.child_or_empty(name).child_or_empty(pulse.name);
        diagnostics.add(place_of(table, "peak"),
                        fmt::format("{}.{}: the dates must follow each other: start {} < peak {} < end {}", name, pulse.name,
                                    pulse.start.text(), pulse.peak.text(), pulse.end.text()));
    }
}

void check_shares(const sim::Section& root, const PopulationInput& population, sim::Diagnostics& diagnostics) {
    const sim::Section table = root.child_or_empty("population");
    if (!table.has("age_limits") || !table.has("age_shares_men") || !table.has("age_shares_women")) return;  // told already
    const std::size_t bands = population.age_limits.size();
    if (population.age_shares_men.size() != bands || population.age_shares_women.size() != bands || bands == 0) {
        diagnostics.add(
            place_of(table, "age_shares_men"),
            fmt::format("population: age_limits, age_shares_men and age_shares_women must have equal lengths, not {}, {}, {}",
                        bands, population.age_shares_men.size(), population.age_shares_women.size()));
        return;
    }
    if (!std::is_sorted(population.age_limits.begin(), population.age_limits.end()))
        diagnostics.add(place_of(table, "age_limits"), "population.age_limits must rise from band to band");
    double sum = 0.0;
    for (const double share : population.age_shares_men) sum += share;
    for (const double share : population.age_shares_women) sum += share;
    if (std::abs(sum - 1.0) > 0.005)
        diagnostics.add(place_of(table, "age_shares_men"),
                        fmt::format("population: the shares of men and women of all ages must add up to 1, not {:.4f}", sum));
}

/// The scenario's benchmarks by name, then those of the catalogue, with what the scenario changes in them.
std::vector<BenchmarkInput> read_benchmarks(const sim::Section& root, const sim::Sampler& sampler,
                                            sim::Diagnostics& diagnostics) {
    std::vector<BenchmarkInput> own;
    std::vector<BenchmarkInput> shipped = benchmark_catalogue();
    const sim::Section tables = root.child_or_empty("benchmark");
    for (const auto& [key, table] : tables.children()) {
        const auto known = std::find_if(shipped.begin(), shipped.end(), [&](const BenchmarkInput& b) { return b.name == key; });
        if (known != shipped.end()) {
            sim::read_fields(table, *known, sampler, diagnostics);
            continue;
        }
        BenchmarkInput benchmark;
        benchmark.name = key;
        sim::read_fields(table, benchmark, sampler, diagnostics);
        for (const char* needed : {"indicator", "at_least"})
            if (!table.has(needed))
                diagnostics.add(table.place(),
                                fmt::format("benchmark.{}.{} is missing; it is no benchmark of the catalogue", key, needed));
        own.push_back(std::move(benchmark));
    }
    own.insert(own.end(), shipped.begin(), shipped.end());
    return own;
}

}  // namespace

int Inputs::step_days() const { return static_cast<int>(std::lround(7.0 * scenario.step_weeks)); }

std::int64_t Inputs::total_population() const {
    std::int64_t sum = 0;
    for (const RegionInput& region : regions)
        sum += static_cast<std::int64_t>(std::llround(static_cast<double>(region.population) * population.census_factor));
    return sum;
}

sim::Units scenario_units() {
    sim::Units units;
    for (const char* name : {"persons", "person", "people", "troops", "police", "fighters"}) units.add(name, "persons", 1.0);
    units.add("USD", "USD", 1.0);
    return units;
}

Inputs read_inputs(const sim::Document& document, const ScenarioFiles& files, const sim::Sampler& sampler,
                   sim::Diagnostics& diagnostics) {
    const sim::Section root = document.root();
    Inputs in;
    const sim::Section scenario = root.child_or_empty("scenario");
    sim::read_fields(scenario, in.scenario, sampler, diagnostics);
    sim::read_fields(root.child_or_empty("population"), in.population, sampler, diagnostics);
    sim::read_fields(root.child_or_empty("state"), in.state, sampler, diagnostics);
    in.identities = read_named<IdentityInput>(root, "identity", sampler, diagnostics);
    in.groups = read_named<GroupInput>(root, "group", sampler, diagnostics);
    in.votes = read_named<VoteInput>(root, "vote", sampler, diagnostics);
    for (const VoteInput& vote : in.votes) {
        if (vote.round_of.empty()) continue;
        const auto first =
            std::find_if(in.votes.begin(), in.votes.end(), [&](const VoteInput& v) { return v.name == vote.round_of; });
        const sim::Section table = root.child_or_empty("vote").child_or_empty(vote.name);
        if (first == in.votes.end() || !(first->date < vote.date))
            diagnostics.add(place_of(table, "round_of"),
                            fmt::format("vote.{}.round_of = \"{}\" names no earlier vote", vote.name, vote.round_of));
    }
    in.epidemics = read_named<PulseInput>(root, "epidemic", sampler, diagnostics);
    in.spillovers = read_named<SpilloverInput>(root, "spillover", sampler, diagnostics);
    in.prices = read_named<PulseInput>(root, "price", sampler, diagnostics);
    in.benchmarks = read_benchmarks(root, sampler, diagnostics);
    in.regions = files.regions;
    in.geography = files.geography;
    in.history = files.history;

    const auto dated = [&](const char* key) {
        const auto* node = scenario.find(key);
        return node != nullptr && node->kind == sim::Node::Kind::date;
    };
    if (dated("start") && dated("end") && !(in.scenario.start < in.scenario.end))
        diagnostics.add(place_of(scenario, "end"), fmt::format("scenario.end = {} must be after scenario.start = {}",
                                                               in.scenario.end.text(), in.scenario.start.text()));
    else if (dated("start") && dated("end") && in.scenario.end - in.scenario.start > 366 * 100)
        diagnostics.add(place_of(scenario, "end"), "a run of more than 100 years is refused: the model has no meaning there");
    if (std::abs(7.0 * in.scenario.step_weeks - std::round(7.0 * in.scenario.step_weeks)) > 1e-9)
        diagnostics.add(place_of(scenario, "step"),
                        fmt::format("scenario.step = {} weeks is not a whole number of days", in.scenario.step_weeks));
    if (!scenario.has("compare_from")) in.scenario.compare_from = in.scenario.start;
    // A shortened run may end before the day: what is left is then counted from the start.
    if (in.scenario.compare_from < in.scenario.start || in.scenario.end < in.scenario.compare_from)
        in.scenario.compare_from = in.scenario.start;
    const std::string& file_name = in.scenario.name;
    if (file_name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != std::string::npos)
        diagnostics.add(
            place_of(scenario, "name"),
            fmt::format("scenario.name = \"{}\": it names files, so only letters, digits, _ and - may stand in it", file_name));
    check_shares(root, in.population, diagnostics);
    check_pulses(root, "epidemic", in.epidemics, diagnostics);
    check_pulses(root, "spillover", in.spillovers, diagnostics);
    check_pulses(root, "price", in.prices, diagnostics);

    if (in.state.capacity.size() != function_count && root.child_or_empty("state").has("capacity"))
        diagnostics.add(
            place_of(root.child_or_empty("state"), "capacity"),
            fmt::format("state.capacity needs {} values (army, police, justice, administration, services, revenue), not {}",
                        function_count, in.state.capacity.size()));
    in.regions_known = files.names_known;
    read_actor_inputs(root, in, sampler, diagnostics);
    std::vector<std::string> region_names;
    std::vector<std::string> abroad;
    for (const RegionInput& region : in.regions) {
        region_names.push_back(region.name);
        abroad.insert(abroad.end(), region.neighbours_abroad.begin(), region.neighbours_abroad.end());
    }
    std::vector<std::string> identity_names;
    for (const IdentityInput& identity : in.identities) identity_names.push_back(identity.name);
    const auto among = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const SpilloverInput& spillover : in.spillovers) {
        if (spillover.neighbour.empty() || !in.regions_known || among(abroad, spillover.neighbour)) continue;
        const sim::Section table = root.child_or_empty("spillover").child_or_empty(spillover.name);
        diagnostics.add(place_of(table, "neighbour"),
                        fmt::format("spillover.{}.neighbour: no region lies at the border of {}{}", spillover.name,
                                    spillover.neighbour, sim::did_you_mean(spillover.neighbour, abroad)));
    }
    for (const GroupInput& group : in.groups) {
        const sim::Section table = root.child_or_empty("group").child_or_empty(group.name);
        for (const std::string& region : group.regions)
            if (in.regions_known && !among(region_names, region))
                diagnostics.add(place_of(table, "regions"), fmt::format("group.{}.regions: no region is named {}{}", group.name,
                                                                        region, sim::did_you_mean(region, region_names)));
        if (const auto* list = table.find("regions");
            list != nullptr && list->kind == sim::Node::Kind::array && list->items.empty())
            diagnostics.add(
                place_of(table, "regions"),
                fmt::format("group.{}.regions is empty: name at least one region, even for a group with 0 fighters", group.name));
        if (!among(identity_names, group.identity) && table.has("identity"))
            diagnostics.add(place_of(table, "identity"),
                            fmt::format("group.{}.identity: no identity group is named {}{}", group.name, group.identity,
                                        sim::did_you_mean(group.identity, identity_names)));
    }
    if (in.groups.empty())
        diagnostics.add(
            root.place(),
            "a scenario needs at least one table [group.NAME]; a group with 0 fighters and 0 former fighters is allowed");
    for (const std::string& name : files.identities) {
        const bool known =
            std::any_of(in.identities.begin(), in.identities.end(), [&](const IdentityInput& i) { return i.name == name; });
        if (!known)
            diagnostics.add(root.child_or_empty("files").place(),
                            fmt::format("the identities file has a column {}, but there is no table [identity.{}]", name, name));
    }
    if (in.identities.size() != files.identities.size() && !files.identities.empty())
        diagnostics.add(root.child_or_empty("identity").place(),
                        fmt::format("{} identity groups are declared, the identities file has {}", in.identities.size(),
                                    files.identities.size()));
    double set_apart = in.state.army + in.state.police;
    for (const GroupInput& group : in.groups) set_apart += group.fighters + group.former_fighters;
    if (in.regions_known && set_apart > 0.5 * static_cast<double>(in.total_population()))
        diagnostics.add(root.child_or_empty("group").place(),
                        fmt::format("{:.0f} soldiers, police, fighters and former fighters are more than half of {} persons",
                                    set_apart, in.total_population()));
    if (in.population.census_factor > 0.0 && in.total_population() > 2'000'000'000)
        diagnostics.add(root.child_or_empty("population").place(),
                        fmt::format("{} persons are more than 2 billion", in.total_population()));
    return in;
}

}  // namespace drawdown
