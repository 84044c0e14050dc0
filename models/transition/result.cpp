#include "models/transition/result.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "models/provenance.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/kinds.hpp"
#include "models/transition/ledger.hpp"

namespace drawdown {

namespace {

std::vector<std::string> texts(std::span<const std::string_view> names) { return {names.begin(), names.end()}; }

template <class T>
std::vector<std::string> names_of(const std::vector<T>& items) {
    std::vector<std::string> names;
    for (const T& item : items) names.push_back(item.name);
    return names;
}

/// What tables and pictures call the rows of an axis.
template <class T>
std::vector<std::string> titles_of(const std::vector<T>& items) {
    std::vector<std::string> titles;
    for (const T& item : items) titles.push_back(item.label.empty() ? item.name : item.label);
    return titles;
}

/// Outcome, output, term and condition of each benchmark, so that a reader of the file has the whole tree.
void describe_benchmarks(sim::ResultWriter& writer, const std::vector<BenchmarkInput>& benchmarks) {
    std::vector<std::string> outcomes, outputs, indicators;
    std::vector<std::int8_t> terms;
    std::vector<double> at_least, held;
    for (const BenchmarkInput& benchmark : benchmarks) {
        outcomes.push_back(benchmark.outcome);
        outputs.push_back(benchmark.output);
        indicators.emplace_back(indicator_list[static_cast<std::size_t>(benchmark.indicator)]);
        terms.push_back(static_cast<std::int8_t>(benchmark.term));
        at_least.push_back(benchmark.at_least);
        held.push_back(benchmark.held_weeks);
    }
    const auto text = [&](const char* name, const std::vector<std::string>& values, const char* meaning) {
        writer.variable(
            {.name = name, .axes = {"benchmark"}, .values = std::span<const std::string>(values), .long_name = meaning});
    };
    text("benchmark_outcome", outcomes, "outcome that the benchmark serves");
    text("benchmark_output", outputs, "output that the benchmark serves");
    text("benchmark_indicator", indicators, "what the benchmark measures");
    writer.variable({.name = "benchmark_term",
                     .axes = {"benchmark"},
                     .values = std::span<const std::int8_t>(terms),
                     .long_name = "when the benchmark is to be reached",
                     .flags = {{0, "short"}, {1, "medium"}, {2, "long"}}});
    const auto number = [&](const char* name, const std::vector<double>& values, const char* unit, const char* meaning) {
        writer.variable({.name = name,
                         .axes = {"benchmark"},
                         .values = std::span<const double>(values),
                         .long_name = meaning,
                         .units = unit});
    };
    number("benchmark_at_least", at_least, "1", "value from which the benchmark is met");
    number("benchmark_held", held, "week", "time for which it must be met");
}

std::map<std::string, std::vector<std::string>> labels_of(const TransitionExperiment& experiment) {
    std::map<std::string, std::vector<std::string>> labels = {
        {"component", texts(component_names())}, {"activity", texts(activity_names())}, {"function", texts(function_names())},
        {"violence", texts(violence_names())},   {"cohort", texts(cohort_names())},     {"provision", texts(provision_names())},
        {"fund", texts(fund_names())},           {"spoiler", texts(spoiler_names())},   {"stock", texts(stock_names())},
        {"cause", texts(ledger_cause_names())}};
    const Inputs& in = experiment.inputs();
    labels["strategy"] = names_of(experiment.strategy_list());
    labels["region"] = names_of(in.regions);
    labels["group"] = names_of(in.groups);
    for (std::int64_t i = 0; i < in.scenario.spare_groups; ++i) labels["group"].push_back(fmt::format("new_{}", i + 1));
    labels["donor"] = names_of(in.donors);
    labels["neighbour"] = names_of(in.neighbours);
    labels["identity"] = names_of(in.identities);
    labels["benchmark"] = names_of(in.benchmarks);
    return labels;
}

const char* cf_text(sim::Cell cell) {
    switch (cell) {
        case sim::Cell::point:
            return "time: point";
        case sim::Cell::sum:
            return "time: sum";
        case sim::Cell::mean:
            return "time: mean";
        case sim::Cell::maximum:
            return "time: maximum";
    }
    return "";
}

/// "day" and "week" in the singular: some readers decode the plural as a time span.
std::string file_unit(std::string_view unit) {
    if (unit == "weeks") return "week";
    if (unit == "years") return "year";
    return std::string(unit);
}

/// Axes of a table's rows in the file, after strategy, replicate and time.
const std::vector<std::string>& axes_of(std::string_view table) {
    static const std::map<std::string, std::vector<std::string>, std::less<>> axes = {
        {"country", {}},
        {"region", {"region"}},
        {"region_cohort", {"region", "cohort"}},
        {"region_component", {"region", "component"}},
        {"region_activity", {"region", "activity"}},
        {"region_function", {"region", "function"}},
        {"region_violence", {"region", "violence"}},
        {"group", {"group"}},
        {"region_group", {"region", "group"}},
        {"identity", {"identity"}},
        {"activity", {"activity"}},
        {"group_type", {"group", "spoiler"}},
        {"provision", {"provision"}},
        {"fund", {"fund"}},
        {"donor", {"donor"}},
        {"neighbour", {"neighbour"}},
        {"benchmark", {"benchmark"}},
        {"ledger", {"stock", "cause"}}};
    return axes.find(table)->second;
}

/// The outlines of the regions, as the first GeoJSON file beside the scenario's table of regions has them; empty without one.
std::string map_beside(const TransitionExperiment& experiment) {
    namespace fs = std::filesystem;
    sim::Diagnostics told_before;
    const auto regions = experiment.document().root().child_or_empty("files").file("regions", told_before);
    if (!regions) return "";
    std::vector<fs::path> maps;
    std::error_code unreadable;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(*regions).parent_path(), unreadable))
        if (entry.path().extension() == ".geojson") maps.push_back(entry.path());
    if (maps.empty()) return "";
    std::ifstream file(*std::min_element(maps.begin(), maps.end()));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The process that writes a column last.
std::string writer_of(const sim::Schedule& schedule, std::string_view column) {
    std::string name;
    for (const auto& process : schedule.processes())
        for (const auto list : {process->writes(), process->adds()})
            for (const sim::ColumnInfo& info : list)
                if (info.name == column) name = process->name();
    return name;
}

}  // namespace

std::optional<std::vector<std::size_t>> rows_labelled(const TransitionExperiment& experiment, std::string_view table,
                                                      const std::string& label) {
    const auto labels = labels_of(experiment);
    std::size_t rows = 1;
    for (const std::string& axis : axes_of(table)) rows *= labels.at(axis).size();
    std::vector<std::size_t> chosen;
    if (label.empty()) {
        chosen.resize(rows);
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
        return chosen;
    }
    std::size_t below = rows;  // rows that one entry of the axis spans
    for (const std::string& axis : axes_of(table)) {
        const std::vector<std::string>& names = labels.at(axis);
        if (names.empty()) continue;
        below /= names.size();
        const auto found = std::find(names.begin(), names.end(), label);
        if (found == names.end()) continue;
        const auto at = static_cast<std::size_t>(found - names.begin());
        for (std::size_t row = 0; row < rows; ++row)
            if (row / below % names.size() == at) chosen.push_back(row);
        return chosen;
    }
    return std::nullopt;
}

std::string recipe(const TransitionExperiment& experiment, std::uint32_t first_replicate, std::uint32_t replicates) {
    std::string text = fmt::format("drawdown {} ({}), schema {}, seed {}, replicates {} from {}\n", version(), commit(),
                                   result_schema, experiment.seed(), replicates, first_replicate);
    for (const Strategy& strategy : experiment.strategy_list()) {
        text += fmt::format("strategy {}", strategy.name);
        const sim::Clock& clock = experiment.clock();
        std::uint64_t hash = 0;
        for (std::int32_t step = 0; step < clock.steps(); ++step)
            hash = hash * 0x9E3779B97F4A7C15ULL + strategy.input_hash(clock.date(step));
        text += fmt::format(" {:016x}\n", hash);
    }
    for (const auto& draw : experiment.draws(first_replicate))
        text += fmt::format("drawn {} = {} {}\n", draw.key, draw.value, draw.unit);
    if (const sim::ParameterSample* sample = experiment.sample())
        text += fmt::format("sample of parameters {:016x}\n", sample->fingerprint());
    text += fmt::format("files {:016x}\n", experiment.files_fingerprint());
    return text + experiment.document().to_toml();
}

ResultCollector::ResultCollector(const TransitionExperiment& experiment, std::uint32_t first_replicate, std::uint32_t replicates)
    : experiment_(experiment), first_replicate_(first_replicate), replicates_(replicates) {
    const sim::RecordPlan& plan = experiment.record_plan();
    const sim::Clock& clock = experiment.clock();
    const Inputs& in = experiment.inputs();
    const std::size_t strategies = experiment.strategies();
    const auto intervals = static_cast<std::size_t>(plan.intervals);
    status_.assign(strategies * replicates, 0);
    hash_.assign(strategies * replicates, 0);

    writer_.attribute("title", in.scenario.title.empty() ? in.scenario.name : in.scenario.title);
    writer_.attribute("source", fmt::format("drawdown {}", version()));
    writer_.attribute("comment", "Simulated, not observed. Not a prediction, and not for targeting.");
    writer_.attribute("compare_with", in.scenario.compare_with);
    writer_.attribute("compare_from", in.scenario.compare_from.text());
    writer_.attribute("scenario", in.scenario.name);
    writer_.attribute("seed", fmt::format("{}", experiment.seed()));
    writer_.attribute("persons_per_agent", in.scenario.persons_per_agent);

    writer_.axis("strategy", strategies);
    writer_.axis("replicate", replicates);
    writer_.axis("time", intervals);
    writer_.axis("bounds", 2);
    const auto labels = labels_of(experiment);
    for (const auto& [axis, names] : labels) {
        if (axis != "strategy" && !names.empty()) writer_.axis(axis, names.size());
        if (!names.empty())
            writer_.variable({.name = axis + "_name",
                              .axes = {axis},
                              .values = std::span<const std::string>(names),
                              .long_name = "name of the " + axis});
    }
    std::map<std::string, std::vector<std::string>> titles = {
        {"region", titles_of(in.regions)},       {"group", titles_of(in.groups)},  {"identity", titles_of(in.identities)},
        {"benchmark", titles_of(in.benchmarks)}, {"stock", texts(stock_titles())}, {"cause", texts(ledger_cause_titles())}};
    for (auto& [axis, names] : titles) {
        // Rows that no table of the scenario names, such as groups that may yet form, go by their names.
        const std::vector<std::string>& all = labels.at(axis);
        if (axis == "group")
            for (std::size_t i = names.size(), n = 1; i < all.size(); ++i, ++n) names.push_back(fmt::format("new group {}", n));
        for (std::size_t i = names.size(); i < all.size(); ++i) names.push_back(all[i]);
        if (names.empty()) continue;
        writer_.variable({.name = axis + "_label",
                          .axes = {axis},
                          .values = std::span<const std::string>(names),
                          .long_name = "name of the " + axis + " for people"});
    }
    describe_benchmarks(writer_, in.benchmarks);
    std::vector<std::int32_t> replicate_ids;
    for (std::uint32_t i = 0; i < replicates; ++i) replicate_ids.push_back(static_cast<std::int32_t>(first_replicate + i));
    writer_.variable({.name = "replicate",
                      .axes = {"replicate"},
                      .values = std::span<const std::int32_t>(replicate_ids),
                      .long_name = "number of the replicate, which keys its draws",
                      .units = "1"});

    std::vector<double> middle;
    std::vector<double> bounds;
    for (std::size_t i = 0; i < intervals; ++i) {
        const auto first = static_cast<std::int32_t>(i) * plan.every_steps;
        const auto last = std::min(clock.steps(), first + plan.every_steps);
        bounds.push_back(clock.date(first).days_since_1970());
        bounds.push_back(clock.date(last).days_since_1970());
        middle.push_back(clock.date(last).days_since_1970());  // values hold at the end of the interval
    }
    writer_.variable(sim::time_coordinate("time", middle, "1970-01-01", "time_bounds"));
    writer_.variable({.name = "time_bounds",
                      .axes = {"time", "bounds"},
                      .values = std::span<const double>(bounds),
                      .long_name = "first day of the interval, and first day after it",
                      .units = "days since 1970-01-01",
                      .attributes = {{"calendar", std::string("proleptic_gregorian")}}});

    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        const sim::Output& output = plan.outputs[o];
        if (plan.widths[o] == 0) continue;
        std::vector<std::string> axes = {"strategy", "replicate", "time"};
        std::string coordinates = "strategy_name";
        std::vector<std::size_t> chunk = {1, 1, intervals};
        for (const std::string& axis : axes_of(output.column.table)) {
            axes.push_back(axis);
            chunk.push_back(labels.at(axis).size());
            coordinates += " " + axis + "_name";
        }
        const bool integer = output.stored_as_integer();
        sim::Variable variable{.name = output.name,
                               .axes = axes,
                               .values = integer ? sim::Values(sim::Type::int32) : sim::Values(sim::Type::float32),
                               .long_name = std::string(output.column.meaning),
                               .units = file_unit(output.column.unit),
                               .cell_methods = cf_text(output.cell),
                               .coordinates = coordinates,
                               .source = writer_of(experiment.schedule(), output.column.name)};
        if (output.significant_bits < 24) variable.attributes = {{"significant_bits", std::int64_t{output.significant_bits}}};
        if (integer) variable.missing = -2147483647;
        variable.chunk = chunk;
        writer_.variable(variable);
    }
}

void ResultCollector::take(const std::vector<sim::RunResult>& results) {
    const sim::RecordPlan& plan = experiment_.record_plan();
    const auto intervals = static_cast<std::size_t>(plan.intervals);
    const auto labels = labels_of(experiment_);
    for (const sim::RunResult& run : results) {
        const std::size_t r = run.replicate - first_replicate_;
        const std::size_t cell = run.strategy * replicates_ + r;
        if (!run.failure.empty()) {
            failures_.push_back(fmt::format("strategy {}, replicate {}: {}", experiment_.strategy_list()[run.strategy].name,
                                            run.replicate, run.failure));
            status_[cell] = 1;
            continue;
        }
        hash_[cell] = static_cast<std::int64_t>(run.state_hash >> 1);
        for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
            if (plan.widths[o] == 0) continue;
            std::vector<std::size_t> offset = {run.strategy, r, 0};
            std::vector<std::size_t> count = {1, 1, intervals};
            for (const std::string& axis : axes_of(plan.outputs[o].column.table)) {
                offset.push_back(0);
                count.push_back(labels.at(axis).size());
            }
            const sim::Values values = run.record.floats[o].empty()
                                           ? sim::Values(std::span<const std::int32_t>(run.record.integers[o]))
                                           : sim::Values(std::span<const float>(run.record.floats[o]));
            writer_.write_slab(plan.outputs[o].name, offset, count, values);
        }
        for (const sim::Event& event : run.events)
            events_.push_back({static_cast<std::int32_t>(run.strategy), static_cast<std::int32_t>(run.replicate), event.step,
                               static_cast<std::int8_t>(event.kind), static_cast<std::int8_t>(event.cause), event.row,
                               event.actor, event.value});
    }
}

void ResultCollector::write(const std::string& path) {
    writer_.variable({.name = "run_status",
                      .axes = {"strategy", "replicate"},
                      .values = std::span<const std::int8_t>(status_),
                      .long_name = "how the run ended",
                      .flags = {{0, "complete"}, {1, "failed"}}});
    writer_.variable({.name = "run_hash",
                      .axes = {"strategy", "replicate"},
                      .values = std::span<const std::int64_t>(hash_),
                      .long_name = "hash of the final state: equal states have equal hashes",
                      .units = "1"});

    std::vector<std::int32_t> strategy, replicate, region, group;
    std::vector<std::int8_t> kind, cause;
    std::vector<double> day;
    std::vector<float> value;
    for (const LoggedEvent& e : events_) {
        strategy.push_back(e.strategy);
        replicate.push_back(e.replicate);
        region.push_back(e.region);
        group.push_back(e.group);
        kind.push_back(e.kind);
        cause.push_back(e.cause);
        day.push_back(experiment_.clock().date(e.step).days_since_1970());
        value.push_back(e.value);
    }
    std::vector<sim::Flag> kinds;
    for (std::size_t k = 0; k < event_kind_names().size(); ++k)
        kinds.push_back({static_cast<std::int8_t>(k), event_kind_names()[k]});
    std::vector<sim::Flag> reasons = {{-1, "none"}};
    for (std::size_t c = 0; c < cause_names().size(); ++c) reasons.push_back({static_cast<std::int8_t>(c), cause_names()[c]});
    writer_.unlimited_axis("event");
    const auto number = [&](const char* name, const std::vector<std::int32_t>& values, const char* meaning) {
        writer_.variable({.name = fmt::format("events/{}", name),
                          .axes = {"event"},
                          .values = std::span<const std::int32_t>(values),
                          .long_name = meaning,
                          .units = "1"});
    };
    number("event_strategy", strategy, "index of the strategy");
    number("event_replicate", replicate, "number of the replicate");
    number("event_region", region, "index of the region, -1 for the country");
    number("event_group", group, "index of the armed group, -1 for none");
    writer_.variable({.name = "events/event_kind",
                      .axes = {"event"},
                      .values = std::span<const std::int8_t>(kind),
                      .long_name = "what happened",
                      .flags = kinds});
    writer_.variable({.name = "events/event_cause",
                      .axes = {"event"},
                      .values = std::span<const std::int8_t>(cause),
                      .long_name = "what set it off",
                      .flags = reasons});
    writer_.variable({.name = "events/event_day",
                      .axes = {"event"},
                      .values = std::span<const double>(day),
                      .long_name = "first day of the week in which it happened",
                      .units = "days since 1970-01-01",
                      .attributes = {{"calendar", std::string("proleptic_gregorian")}}});
    writer_.variable(
        {.name = "events/event_value",
         .axes = {"event"},
         .values = std::span<const float>(value),
         .long_name =
             "size, in the measure of its kind: deaths, persons, share, level, USD, number of a phase, task or benchmark",
         .units = "1"});

    const auto first = experiment_.draws(first_replicate_);
    if (!first.empty()) {
        std::vector<std::string> keys, units;
        std::vector<double> drawn;
        for (const sim::Draw& draw : first) {
            keys.push_back(draw.key);
            units.push_back(draw.unit);
        }
        for (std::uint32_t r = 0; r < replicates_; ++r)
            for (const sim::Draw& draw : experiment_.draws(first_replicate_ + r)) drawn.push_back(draw.value);
        writer_.axis("parameter", keys.size());
        writer_.variable({.name = "parameter_name",
                          .axes = {"parameter"},
                          .values = std::span<const std::string>(keys),
                          .long_name = "key of a drawn parameter"});
        writer_.variable({.name = "parameter_unit",
                          .axes = {"parameter"},
                          .values = std::span<const std::string>(units),
                          .long_name = "unit of a drawn parameter"});
        writer_.variable({.name = "parameter_value",
                          .axes = {"replicate", "parameter"},
                          .values = std::span<const double>(drawn),
                          .long_name = "values drawn for each replicate",
                          .units = "1",
                          .coordinates = "parameter_name"});
    }
    std::string sources = "key\tvalue\tunit\trange\tgrade\tsource\n";
    for (const sim::FieldInfo& info : all_parameters(experiment_.document()))
        sources += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", info.key, info.value, info.unit, info.range, info.grade, info.source);
    writer_.text("provenance/parameters", sources, "every process parameter with value, unit, range, evidence grade and source");
    if (const std::string map = map_beside(experiment_); !map.empty())
        writer_.text("provenance/map", map, "outlines of the regions, GeoJSON");
    writer_.text("provenance/recipe", recipe(experiment_, first_replicate_, replicates_),
                 "all that decides this result: program, seed, strategies, effective scenario");
    writer_.write(path);
}

}  // namespace drawdown
