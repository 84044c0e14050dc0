#include <fmt/format.h>
#include <filesystem>
#include <fstream>
#include <map>

#include "models/cli/commands.hpp"
#include "models/cli/load.hpp"
#include "models/transition/comparison.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/handover.hpp"
#include "models/transition/scorecard.hpp"
#include "sim/result_reader.hpp"

namespace drawdown {

namespace {

std::string joined(std::span<const sim::ColumnInfo> columns) {
    std::string text;
    for (const sim::ColumnInfo& column : columns) text += (text.empty() ? "" : ", ") + std::string(column.name);
    return text;
}

std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

/// Makes text safe for a cell of a Markdown table.
std::string cell(std::string text) {
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.replace(at, 1, "\\|");
    return text;
}

void print_plan(const TransitionExperiment& experiment, const std::string& format) {
    const sim::Schedule& schedule = experiment.schedule();
    const auto& processes = schedule.processes();
    if (format == "markdown")
        fmt::print("| # | process | runs | reads | looks at | writes | adds to | streams |\n|---|---|---|---|---|---|---|---|\n");
    for (std::size_t pass = 0; pass < schedule.passes().size(); ++pass) {
        const auto [first, last] = schedule.passes()[pass];
        for (std::size_t i = first; i < last; ++i) {
            const sim::Process& p = *processes[i];
            const std::string runs = p.by_rows() ? fmt::format("by community, pass {}", pass + 1) : "whole";
            if (format == "markdown") {
                fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", i + 1, p.name(), runs, joined(p.reads()),
                           joined(p.looks()), joined(p.writes()), joined(p.adds()), joined(p.streams()));
                continue;
            }
            fmt::print("{:2} {} ({})\n", i + 1, p.name(), runs);
            const auto line = [](const char* what, const std::string& list) {
                if (!list.empty()) fmt::print("     {:<8} {}\n", what, list);
            };
            line("reads", joined(p.reads()));
            line("looks at", joined(p.looks()));
            line("writes", joined(p.writes()));
            line("adds to", joined(p.adds()));
            line("streams", joined(p.streams()));
        }
    }
    if (format != "markdown") return;
    fmt::print("\n| state variable | type | unit | meaning |\n|---|---|---|---|\n");
    for (const sim::Table& table : experiment.layout().tables())
        for (const sim::ColumnInfo& column : table.column_infos)
            fmt::print("| {} | {} | {} | {} |\n", column.name, sim::text(column.type), column.unit,
                       cell(std::string(column.meaning)));
}

void print_parameters(const std::vector<sim::FieldInfo>& list, const std::string& format) {
    if (format == "markdown")
        fmt::print("| parameter | default | prior | unit | range | grade | meaning | source | first outcome |\n{}\n",
                   "|---|---|---|---|---|---|---|---|---|");
    std::string table;
    for (const sim::FieldInfo& p : list) {
        const std::string value = p.required ? "required" : p.value;
        if (format == "markdown") {
            fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", p.key, cell(value), p.prior.text(), p.unit,
                       cell(p.range), p.unit.empty() ? ' ' : p.grade, cell(p.meaning), cell(p.source), p.effect_text());
        } else if (format == "toml") {
            const std::size_t dot = p.key.rfind('.');
            if (p.key.substr(0, dot) != table) {
                table = p.key.substr(0, dot);
                fmt::print("\n[{}]\n", table);
            }
            fmt::print("# {}; {}{}; {} ({}){}\n{} = {}\n", p.meaning, p.unit, p.range.empty() ? "" : ", " + p.range, p.source,
                       p.grade, p.prior.given() ? "; prior: " + p.prior.text() : "", p.key.substr(dot + 1), p.value);
        } else {
            fmt::print("{:<40} {:>12} {:<11} {:<18} {:<12} {}  {}{}\n", p.key, value, p.prior.text(), p.unit, p.range,
                       p.unit.empty() ? ' ' : p.grade, p.meaning,
                       p.first_outcome.empty() ? "" : fmt::format(" [{}]", p.effect_text()));
        }
    }
}

/// True if `path` is a result by its name, or by its first bytes whatever its name.
bool is_result(const std::filesystem::path& path) {
    if (path.extension() == ".h5" || path.extension() == ".nc") return true;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return false;
    constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
    std::string first(signature.size(), '\0');
    std::ifstream(path, std::ios::binary).read(first.data(), static_cast<std::streamsize>(first.size()));
    return first == signature;
}

}  // namespace

int validate_command(const Options& options) {
    const auto names = options.strategies.empty() ? std::vector<std::string>{"all"} : options.strategies;
    const TransitionExperiment experiment = load_experiment(options, names);
    std::map<std::string, std::string> strategies_by_tasks;  // most share them
    std::string json;
    for (const Strategy& strategy : experiment.strategy_list()) {
        std::string list;
        std::map<std::string, std::string> tasks_by_reason;
        for (const ForeseenOrphan& orphan : foreseen_orphans(strategy, *experiment.inputs().history)) {
            const std::string& cause = cause_names()[static_cast<std::size_t>(orphan.cause)];
            list += fmt::format("{}{{\"task\": \"{}\", \"cause\": \"{}\"}}", list.empty() ? "" : ", ", orphan.task, cause);
            std::string& tasks = tasks_by_reason[orphan.why];
            tasks += (tasks.empty() ? "" : ", ") + orphan.task;
        }
        for (const auto& [why, tasks] : tasks_by_reason) {
            std::string& who = strategies_by_tasks[fmt::format("left to nobody, since {}: {}", why, tasks)];
            who += (who.empty() ? "" : ", ") + strategy.name;
        }
        json += fmt::format("{}\"{}\": [{}]", json.empty() ? "" : ", ", strategy.name, list);
    }
    if (options.json) {
        fmt::print("{{\"valid\": true, \"strategies\": {}, \"orphaned_tasks\": {{{}}}}}\n", experiment.strategies(), json);
        return 0;
    }
    fmt::print("{}: valid, with {} strategies; nothing was run\n", options.files.front(), experiment.strategies());
    for (const auto& [tasks, who] : strategies_by_tasks) fmt::print("{} (in {})\n", tasks, who);
    return 0;
}

int show_command(const Options& options) {
    if (options.explain) {
        if (!is_result(options.files.front())) throw UsageError("drawdown show --explain: name a result file");
        print_explanation(options.files.front(), options);
        return 0;
    }
    if (is_result(options.files.front()) && options.scorecard) {
        const auto cards = scorecards(sim::ResultReader(options.files.front()));
        if (options.json) fmt::print("{}", to_json(cards));
        for (std::size_t s = 0; s < cards.size() && !options.json; ++s) fmt::print("{}{}", s == 0 ? "" : "\n", to_text(cards[s]));
        return 0;
    }
    if (is_result(options.files.front())) {
        const Comparison comparison = compare(sim::ResultReader(options.files.front()));
        fmt::print("{}", options.json ? to_json(comparison) : to_text(comparison));
        return 0;
    }
    const sim::Document scenario = load_scenario(options);
    if (!options.origin) {
        fmt::print("{}", options.json ? scenario.to_json() + "\n" : scenario.to_toml());
        return 0;
    }
    for (const sim::Origin& origin : scenario.origins())
        fmt::print("{} = {}  # {}\n", origin.key, origin.value, origin.place.text());
    return 0;
}

int plan_command(const Options& options) {
    print_plan(load_experiment(options, {}), options.format);
    return 0;
}

int parameters_command(const Options& options) {
    std::vector<sim::FieldInfo> list;
    if (options.files.empty()) {
        sim::Diagnostics none;
        const sim::Document nothing = sim::Document::from_text("", "defaults", {}, none, scenario_units());
        list = all_parameters(nothing);
        if (options.format != "toml")
            for (sim::FieldInfo& info : all_inputs()) list.push_back(std::move(info));
    } else {
        const TransitionExperiment experiment = load_experiment(options, {});
        list = all_parameters(experiment.document());
    }
    print_parameters(list, options.format);
    return 0;
}

}  // namespace drawdown
