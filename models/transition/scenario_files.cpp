// The CSV files of a scenario: regions, adjacency, identities, deployment as it was.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "models/transition/inputs.hpp"
#include "sim/csv.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

constexpr std::size_t max_regions = 250;  // a region's index is a byte in a person's row

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        if (to > from) parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

/// Reads the regions; `whole` becomes false when rows are missing or double, so that their names say little.
std::vector<RegionInput> read_regions(const std::string& path, bool& whole, sim::Diagnostics& diagnostics) {
    sim::Diagnostics form;
    const sim::CsvTable csv = sim::CsvTable::read(path, form);
    for (const sim::Diagnostic& finding : form.findings()) diagnostics.add(finding.place, finding.message);
    whole = form.empty() && csv.has("name");
    const sim::Range share = sim::between(0.0, 1.0);
    std::vector<RegionInput> regions;
    for (std::size_t i = 0; i < csv.rows(); ++i) {
        RegionInput region;
        region.name = csv.text(i, "name", diagnostics).value_or("");
        region.label = csv.has("label") ? csv.text(i, "label", diagnostics).value_or("") : region.name;
        region.population = std::llround(csv.number(i, "population", diagnostics, sim::between(1.0, 2e9)).value_or(1.0));
        region.remoteness = csv.number(i, "remoteness", diagnostics, share).value_or(0.0);
        region.resources = csv.number(i, "lootable_resources", diagnostics, share).value_or(0.0);
        region.past_violence_share = csv.number(i, "past_violence_share", diagnostics, share).value_or(0.0);
        region.police_share = csv.number(i, "national_police", diagnostics, share).value_or(0.0);
        region.army_share = csv.number(i, "army", diagnostics, share).value_or(0.0);
        region.former_fighter_share = csv.number(i, "former_fighters", diagnostics, share).value_or(0.0);
        if (csv.has("neighbours_abroad") && !csv.empty(i, "neighbours_abroad"))
            region.neighbours_abroad = split(csv.text(i, "neighbours_abroad", diagnostics).value_or(""), ';');
        for (const RegionInput& other : regions)
            if (!region.name.empty() && other.name == region.name) {
                diagnostics.add(csv.place(i, "name"), fmt::format("region {} stands twice", region.name));
                whole = false;
            }
        regions.push_back(std::move(region));
    }
    if (regions.empty() && form.empty()) diagnostics.add({path, 1, 1}, "no region");
    if (regions.size() > max_regions)
        diagnostics.add({path, 1, 1}, fmt::format("{} regions; at most {} are supported", regions.size(), max_regions));
    const auto check_sum = [&](const char* column, double RegionInput::*member) {
        double sum = 0.0;
        for (const RegionInput& region : regions) sum += region.*member;
        if (whole && csv.has(column) && csv.rows() > 0 && sum > 0.0 && std::abs(sum - 1.0) > 0.01)
            diagnostics.add(csv.place(0, column),
                            fmt::format("column {} must add up to 1, or be all 0, not {:.4f}", column, sum));
    };
    check_sum("national_police", &RegionInput::police_share);
    check_sum("past_violence_share", &RegionInput::past_violence_share);
    check_sum("army", &RegionInput::army_share);
    check_sum("former_fighters", &RegionInput::former_fighter_share);
    std::sort(regions.begin(), regions.end(), [](const RegionInput& a, const RegionInput& b) { return a.name < b.name; });
    return regions;
}

std::optional<std::size_t> find_region(const std::vector<RegionInput>& regions, const sim::CsvTable& csv, std::size_t row,
                                       const char* column, sim::Diagnostics& diagnostics) {
    const auto name = csv.text(row, column, diagnostics);
    if (!name) return std::nullopt;
    for (std::size_t r = 0; r < regions.size(); ++r)
        if (regions[r].name == *name) return r;
    std::vector<std::string> names;
    for (const RegionInput& region : regions) names.push_back(region.name);
    const std::string hint = sim::did_you_mean(*name, names);
    diagnostics.add(csv.place(row, column), fmt::format("no region is named {}{}", *name, hint));
    return std::nullopt;
}

std::shared_ptr<const Geography> read_geography(const std::string& path, const std::vector<RegionInput>& regions,
                                                sim::Diagnostics& diagnostics) {
    const sim::CsvTable csv = sim::CsvTable::read(path, diagnostics);
    auto geography = std::make_shared<Geography>();
    geography->neighbours.resize(regions.size());
    for (const RegionInput& region : regions) geography->at_border.push_back(region.neighbours_abroad.empty() ? 0 : 1);
    for (std::size_t i = 0; i < csv.rows(); ++i) {
        const auto a = find_region(regions, csv, i, "a", diagnostics);
        const auto b = find_region(regions, csv, i, "b", diagnostics);
        const auto border = csv.number(i, "shared_border_km", diagnostics, sim::at_least(0.0));
        const auto distance = csv.number(i, "centroid_distance_km", diagnostics, sim::above(0.0));
        if (!a || !b || !border || !distance) continue;
        if (*a == *b) {
            diagnostics.add(csv.place(i, "b"), fmt::format("region {} cannot be its own neighbour", regions[*a].name));
            continue;
        }
        const auto& known = geography->neighbours[*a];
        if (std::any_of(known.begin(), known.end(), [&](const Geography::Neighbour& n) { return n.region == *b; })) {
            diagnostics.add(csv.place(i, "a"),
                            fmt::format("the border of {} and {} stands twice", regions[*a].name, regions[*b].name));
            continue;
        }
        geography->neighbours[*a].push_back({static_cast<std::uint8_t>(*b), *distance, *border});
        geography->neighbours[*b].push_back({static_cast<std::uint8_t>(*a), *distance, *border});
    }
    for (auto& list : geography->neighbours)
        std::sort(list.begin(), list.end(),
                  [](const Geography::Neighbour& x, const Geography::Neighbour& y) { return x.region < y.region; });
    return geography;
}

std::vector<std::string> read_identities(const std::string& path, std::vector<RegionInput>& regions,
                                         sim::Diagnostics& diagnostics) {
    bool doubled = false;
    const sim::CsvTable csv = sim::CsvTable::read(path, diagnostics);
    std::vector<std::string> names;
    for (const std::string& column : csv.columns())
        if (column != "name") names.push_back(column);
    std::sort(names.begin(), names.end());
    if (names.size() > 30)
        diagnostics.add({path, 1, 1}, fmt::format("{} identity groups; at most 30 are supported", names.size()));
    for (std::size_t i = 0; i < csv.rows(); ++i) {
        const auto r = find_region(regions, csv, i, "name", diagnostics);
        if (!r) continue;
        double sum = 0.0;
        if (!regions[*r].identity_shares.empty()) {
            diagnostics.add(csv.place(i, "name"), fmt::format("region {} stands twice", regions[*r].name));
            doubled = true;  // a region that then has no row is the same mistake
            continue;
        }

        for (const std::string& name : names) {
            regions[*r].identity_shares.push_back(csv.number(i, name, diagnostics, sim::between(0.0, 1.0)).value_or(0.0));
            sum += regions[*r].identity_shares.back();
        }
        if (std::abs(sum - 1.0) > 0.005)
            diagnostics.add(csv.place(i, "name"),
                            fmt::format("the shares of {} must add up to 1, not {:.4f}", regions[*r].name, sum));
    }
    for (RegionInput& region : regions) {
        if (region.identity_shares.size() == names.size()) continue;
        if (!doubled) diagnostics.add({path, 1, 1}, fmt::format("no row for region {}", region.name));
        region.identity_shares.assign(names.size(), names.empty() ? 0.0 : 1.0 / static_cast<double>(names.size()));
    }
    return names;
}

std::shared_ptr<const StrengthSeries> read_history(const std::string& path, const std::vector<RegionInput>& regions,
                                                   const std::vector<double>& civilian_shares, sim::Diagnostics& diagnostics) {
    const std::size_t found_before = diagnostics.findings().size();
    const sim::CsvTable csv = sim::CsvTable::read(path, diagnostics);
    std::map<sim::Date, std::vector<double>> by_date;
    std::map<sim::Date, std::set<std::size_t>> rows_of;
    const std::array<const char*, first_civilian> uniformed = {"military", "observers", "formed_police", "police"};
    for (std::size_t i = 0; i < csv.rows(); ++i) {
        const auto date = csv.date(i, "date", diagnostics);
        const auto r = find_region(regions, csv, i, "region", diagnostics);
        if (!date || !r) continue;
        auto& seen = rows_of[*date];
        if (!seen.insert(*r).second) {
            diagnostics.add(csv.place(i, "date"), fmt::format("region {} stands twice on {}", regions[*r].name, date->text()));
            continue;
        }
        auto& values = by_date[*date];
        values.resize(regions.size() * component_count, 0.0);
        const auto number = [&](const char* column) {
            return csv.number(i, column, diagnostics, sim::between(0.0, 1e6)).value_or(0.0);
        };
        for (std::size_t c = 0; c < first_civilian; ++c)
            if (c != static_cast<std::size_t>(Component::observers) || csv.has(uniformed[c]))
                values[*r * component_count + c] = number(uniformed[c]);
        const double civilians = number("civilian");
        for (std::size_t c = first_civilian; c < component_count; ++c)
            values[*r * component_count + c] = civilians * civilian_shares[c - first_civilian];
    }
    const bool all_read = diagnostics.findings().size() == found_before;
    for (const auto& [date, seen] : rows_of)
        for (std::size_t r = 0; all_read && r < regions.size(); ++r)
            if (!seen.contains(r))
                diagnostics.add({path, 1, 1}, fmt::format("no row for region {} on {}; a region without personnel has zeros",
                                                          regions[r].name, date.text()));
    auto series = std::make_shared<StrengthSeries>();
    series->regions = regions.size();
    for (const auto& [date, values] : by_date) {
        series->dates.push_back(date);
        series->persons.insert(series->persons.end(), values.begin(), values.end());
    }
    if (series->dates.empty()) diagnostics.add({path, 1, 1}, "no date");
    return series;
}

/// 64-bit FNV-1a hash of a file's text, going on from `hash`.
std::uint64_t fingerprint_of(const std::string& path, std::uint64_t hash) {
    std::ifstream file(path, std::ios::binary);
    hash ^= 0xCBF29CE484222325ULL;
    for (std::istreambuf_iterator<char> c(file), end; c != end; ++c)
        hash = (hash ^ static_cast<std::uint8_t>(*c)) * 0x100000001B3ULL;
    return hash;
}

}  // namespace

double StrengthSeries::at(sim::Date day, std::size_t region, std::size_t component) const {
    const auto value = [&](std::size_t d) { return persons[(d * regions + region) * component_count + component]; };
    const auto later = std::upper_bound(dates.begin(), dates.end(), day);
    if (later == dates.begin()) return value(0);
    const auto before = static_cast<std::size_t>(later - dates.begin()) - 1;
    if (later == dates.end()) return value(before);
    const double share = static_cast<double>(day - dates[before]) / static_cast<double>(*later - dates[before]);
    const double between = value(before) + share * (value(before + 1) - value(before));
    return component < first_civilian ? std::round(between) : between;
}

std::optional<sim::Date> StrengthSeries::end() const {
    const std::size_t width = regions * component_count;
    std::size_t last = dates.size();  // the series is empty from here on
    while (last > 0 &&
           std::all_of(persons.begin() + static_cast<std::ptrdiff_t>((last - 1) * width),
                       persons.begin() + static_cast<std::ptrdiff_t>(last * width), [](double p) { return p <= 0.0; }))
        --last;
    return last < dates.size() ? std::optional(dates[last]) : std::nullopt;
}

ScenarioFiles read_files(const sim::Document& document, sim::Diagnostics& diagnostics) {
    const sim::Section table = document.root().child_or_empty("files");
    const auto path = [&](const char* key) {
        auto found = table.file(key, diagnostics);
        if (!found && !table.has(key))
            diagnostics.add(table.place(), fmt::format("files.{} is missing: the name of a CSV file beside the scenario", key));
        return found;
    };
    ScenarioFiles files;
    const auto regions = path("regions");
    const auto adjacency = path("adjacency");
    const auto identities = path("identities");
    const auto uniformed = path("strength");
    for (const auto& file : {regions, adjacency, identities, uniformed})
        if (file) files.fingerprint = fingerprint_of(*file, files.fingerprint);
    if (regions) files.regions = read_regions(*regions, files.names_known, diagnostics);
    files.geography = std::make_shared<Geography>();
    files.history = std::make_shared<StrengthSeries>();
    if (files.regions.empty()) files.names_known = false;
    if (!files.names_known) return files;
    if (adjacency) files.geography = read_geography(*adjacency, files.regions, diagnostics);
    if (identities) files.identities = read_identities(*identities, files.regions, diagnostics);
    MissionInput mission;
    sim::read_fields(document.root().child_or_empty("mission"), mission, sim::Sampler::central(), diagnostics);
    const double staff = std::accumulate(mission.sections.begin(), mission.sections.end(), 0.0);
    if (mission.sections.size() != component_count - first_civilian || std::abs(staff - 1.0) > 0.005) {
        const auto* node = document.root().child_or_empty("mission").find("sections");
        diagnostics.add(
            node != nullptr ? node->place : document.root().place(),
            fmt::format("mission.sections needs {} shares that add up to 1: political, human rights, DDR, rule of law, "
                        "gender and youth, communications, mine action, support; not {} that add up to {:.3f}",
                        component_count - first_civilian, mission.sections.size(), staff));
        return files;
    }
    if (uniformed) files.history = read_history(*uniformed, files.regions, mission.sections, diagnostics);
    return files;
}

}  // namespace drawdown
