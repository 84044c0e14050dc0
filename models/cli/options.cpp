#include "models/cli/options.hpp"

#include <boost/program_options.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <map>
#include <sstream>

#include "sim/suggest.hpp"

namespace po = boost::program_options;

namespace drawdown {

namespace {

struct Command {
    const char* name;
    const char* arguments;
    const char* summary;
    std::vector<std::string> takes;
    const char* examples;
};

const std::vector<Command>& commands() {
    static const std::vector<std::string> scenario = {"set", "quiet", "help"};
    static const auto with = [](std::vector<std::string> more) {
        std::vector<std::string> all = scenario;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    static const std::vector<Command> list = {
        {"run", "SCENARIO [OVERLAY...]", "run one strategy",
         with({"strategy", "replicates", "first-replicate", "seed", "threads", "output", "fixed-parameters", "posterior",
               "memory-limit", "dry-run", "fresh", "json", "profile"}),
         "  drawdown run scenarios/liberia --strategy abrupt --replicates 5 -o results/abrupt.h5\n"
         "  drawdown run scenarios/liberia --set scenario.persons_per_agent=1 --set scenario.end=2012-12-31\n"},
        {"compare", "SCENARIO [OVERLAY...]", "run several strategies with the same random draws, and compare them",
         with({"strategies", "replicates", "first-replicate", "seed", "threads", "output", "fixed-parameters", "posterior",
               "memory-limit", "dry-run", "fresh", "json", "no-branching", "profile", "explain", "from", "to", "at"}),
         "  drawdown compare scenarios/liberia --strategies all --replicates 40 -o results/liberia.h5\n"
         "  drawdown compare scenarios/liberia --strategies historical,abrupt --replicates 20 --explain\n"},
        {"validate", "SCENARIO [OVERLAY...]", "check a scenario and its strategies; nothing is run", with({"strategies", "json"}),
         "  drawdown validate scenarios/liberia\n"},
        {"show", "SCENARIO [OVERLAY...] | RESULT.h5", "show the effective scenario, or a result as a table",
         with({"origin", "json", "scorecard", "explain", "from", "to", "at"}),
         "  drawdown show scenarios/liberia --origin\n  drawdown show results/liberia.h5\n"
         "  drawdown show results/liberia.h5 --scorecard\n  drawdown show results/liberia.h5 --explain --at 2019-01-01\n"},
        {"plan", "SCENARIO [OVERLAY...]", "list the processes of a week in order, with what they read, write and draw",
         with({"format"}), "  drawdown plan scenarios/liberia\n"},
        {"parameters", "[SCENARIO [OVERLAY...]]", "list every parameter with value, range, source and evidence grade",
         with({"format"}), "  drawdown parameters --format markdown\n"},
        {"narrate",
         "RESULT.h5",
         "tell one run of a result as dated events, year by year",
         {"help", "strategy", "replicate", "from", "to", "kind", "json"},
         "  drawdown narrate results/liberia.h5 --strategy abrupt --replicate 3\n"
         "  drawdown narrate results/liberia.h5 --from 2014-01-01 --to 2015-12-31 --kind battle,riot\n"},
        {"levers", "SCENARIO [OVERLAY...]",
         "move each number to both ends, and show what happens to the outcome that it should move",
         with({"strategy", "replicates", "first-replicate", "seed", "threads", "fixed-parameters", "posterior", "only", "bitwise",
               "format", "json"}),
         "  drawdown levers scenarios/liberia --set scenario.persons_per_agent=1000 --only 'demography.*'\n"
         "  drawdown levers scenarios/liberia --set scenario.persons_per_agent=1000 --bitwise\n"},
        {"forecast",
         "ROWS.csv",
         "forecast what follows exits of which one row of numbers each is known",
         {"help", "output", "members", "countries", "scenario", "replicates", "seed", "threads", "set", "quiet",
          "fixed-parameters", "posterior", "prior"},
         "  drawdown forecast exits.csv -o forecasts.csv --members members.csv\n"},
        {"backtest",
         "",
         "score forecasts of exits that are known against simple forecasters",
         {"help", "output", "members", "countries", "scenario", "replicates", "seed", "threads", "set", "quiet",
          "fixed-parameters", "posterior", "prior", "leave-one-out"},
         "  drawdown backtest\n  drawdown backtest --replicates 100 -o results/forecasts.csv\n"},
        {"patterns",
         "",
         "measure regularities that are known of many countries, and say which hold",
         {"help", "countries", "scenario", "replicates", "seed", "threads", "set", "quiet", "fixed-parameters", "posterior",
          "prior", "format"},
         "  drawdown patterns --replicates 100\n  drawdown patterns --prior --format markdown\n"},
        {"calibrate",
         "",
         "find the parameters that known regularities and exits speak for, and save draws of them",
         {"help", "output", "scenario", "seed", "threads", "set", "quiet", "points", "draws", "state", "format"},
         "  drawdown calibrate --points 600 -o results/posterior.csv\n"
         "  drawdown calibrate --points 100 --draws 200 -o results/posterior.csv\n"},
        {"epstein",
         "",
         "run Epstein's model of civil violence (2002, Model I), which the engine must reproduce",
         {"help", "quiet", "seed", "threads", "size", "steps", "citizens", "cops", "vision", "max-sentence", "legitimacy",
          "fall-to", "fall-at", "fall-over", "continuous", "tiles", "csv"},
         "  drawdown epstein --steps 2000\n  drawdown epstein --continuous --steps 2000\n"
         "  drawdown epstein --cops 0.074 --legitimacy 0.9 --fall-to 0.7 --fall-at 77 --steps 150 --csv\n"
         "  drawdown epstein --size 1000 --tiles --steps 100\n"},
    };
    return list;
}

const Command& find_command(const std::string& name) {
    std::vector<std::string> names;
    for (const Command& command : commands()) {
        if (command.name == name) return command;
        names.emplace_back(command.name);
    }
    throw UsageError(fmt::format("unknown command {}{}", name, sim::did_you_mean(name, names)));
}

po::options_description all_options(Options& o) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("strategy", po::value(&o.strategy), "name of a file in the scenario's folder strategies/, or a file");
    add("strategies", po::value<std::string>(), "names or files with commas between, or all");
    add("replicates", po::value<std::string>(),
        "number of replicates (default 1; of levers 16, with --bitwise 2; of forecast 500 members, of patterns 100)");
    add("replicate", po::value<std::string>(),
        "number of the replicate (default: the first of the file); or good, typical or bad: that with few, middling or many "
        "deaths");
    add("first-replicate", po::value<std::string>(), "number of the first replicate (default 0)");
    add("seed", po::value<std::string>(), "seed of all random streams (default 20120101)");
    add("threads", po::value<std::string>(), "threads (default: SLURM_CPUS_PER_TASK, else all cores)");
    add("set", po::value(&o.sets)->composing(), "table.key=value, over the files; may be repeated");
    add("output,o", po::value(&o.output), "result file (default results/NAME.h5)");
    add("fixed-parameters", po::bool_switch(&o.fixed_parameters), "use central values instead of drawing from distributions");
    add("posterior", po::value(&o.posterior), "draw uncertain parameters from this file (drawdown calibrate), not from priors");
    add("prior", po::bool_switch(&o.prior), "draw uncertain parameters from their priors, not from the shipped posterior");
    add("leave-one-out", po::bool_switch(&o.leave_one_out),
        "forecast each exit with the parameters that the other exits speak for");
    add("profile", po::bool_switch(&o.profile), "put the time that each process took into the .run.json beside the result");
    add("no-branching", po::bool_switch(&o.no_branching), "run strategies apart even while they agree; the same bits, slower");
    add("memory-limit", po::value<std::string>(), "refuse runs that would need more, in GB (default: what is free)");
    add("dry-run", po::bool_switch(&o.dry_run), "print size, memory and time, and run nothing");
    add("fresh", po::bool_switch(&o.fresh), "start over, replacing an existing result file");
    add("explain", po::bool_switch(&o.explain), "say which causes carry the differences between the strategies");
    add("at", po::value(&o.at), "explain one day, YYYY-MM-DD, and not the mean over time");
    add("from", po::value(&o.from), "first day, YYYY-MM-DD");
    add("to", po::value(&o.to), "last day, YYYY-MM-DD");
    add("kind", po::value<std::string>(), "kinds of events with commas between (default: all)");
    add("only", po::value(&o.only), "only keys that hold this text, or that fit it if it has a *; several with commas");
    add("bitwise", po::bool_switch(&o.bitwise), "list the numbers that change no bit of records and final states");
    add("format", po::value(&o.format), "table, markdown or toml (default table)");
    add("scorecard", po::bool_switch(&o.scorecard), "show the benchmarks of a result, met and as observed");
    add("points", po::value<std::string>(),
        "points of parameters at which the model is run (default 500; a second or two each on two threads)");
    add("draws", po::value<std::string>(), "draws in the posterior (default 400)");
    add("state", po::value(&o.state), "file of the points that are done, to go on from (default: the output with .state)");
    add("members", po::value(&o.members), "file for the single members of the forecasts, CSV");
    add("countries", po::value(&o.countries), "folder in which the country of each row is kept, to look at or to run");
    add("scenario", po::value(&o.scenario), "folder of the country without a name (default scenarios/generic)");
    add("origin", po::bool_switch(&o.origin), "show where each value comes from");
    add("size", po::value<std::string>(), "sites along a side of the torus (default 40)");
    add("steps", po::value<std::string>(), "steps (default 1000)");
    add("citizens", po::value<std::string>(), "citizens a site (default 0.7)");
    add("cops", po::value<std::string>(), "cops a site (default 0.04)");
    add("vision", po::value<std::string>(), "how many sites far all see and move (default 7)");
    add("max-sentence", po::value<std::string>(), "largest sentence, in steps (default 30)");
    add("legitimacy", po::value<std::string>(), "legitimacy of the regime (default 0.82)");
    add("fall-to", po::value<std::string>(), "legitimacy after its fall (default: it does not fall)");
    add("fall-at", po::value<std::string>(), "first step of the fall (default 0)");
    add("fall-over", po::value<std::string>(), "steps that the fall takes (default 1)");
    add("continuous", po::bool_switch(&o.epstein.continuous), "fear arrest by C/A itself, and not by its whole part");
    add("tiles", po::bool_switch(&o.epstein.tiles), "activate distant tiles at the same time, for large grids");
    add("csv", po::bool_switch(&o.epstein.csv), "print every step as CSV in place of a summary");
    add("json", po::bool_switch(&o.json), "results as JSON");
    add("quiet,q", po::bool_switch(&o.quiet), "no progress");
    add("help,h", po::bool_switch(&o.help), "this help");
    return list;
}

/// The words between commas.
std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    std::stringstream stream(text);
    for (std::string word; std::getline(stream, word, ',');)
        if (!word.empty()) words.push_back(word);
    return words;
}

template <class T>
void read_number(const po::variables_map& map, const char* name, T lo, T hi, T& value) {
    if (map.count(name) == 0) return;
    const auto& text = map[name].as<std::string>();
    double number = 0.0;
    std::uint64_t whole = 0;
    std::from_chars_result result{};
    if constexpr (std::is_integral_v<T>) {
        result = std::from_chars(text.data(), text.data() + text.size(), whole);
        number = static_cast<double>(whole);
    } else {
        result = std::from_chars(text.data(), text.data() + text.size(), number);
    }
    const bool whole_text = result.ec == std::errc() && result.ptr == text.data() + text.size();
    if (!whole_text || !(number >= static_cast<double>(lo) && number <= static_cast<double>(hi)))
        throw UsageError(fmt::format("--{} = {}: expected a {} from {} to {}", name, text,
                                     std::is_integral_v<T> ? "whole number" : "number", lo, hi));
    if constexpr (std::is_integral_v<T>)
        value = static_cast<T>(whole);
    else
        value = number;
}

void read_epstein(const po::variables_map& map, EpsteinOptions& o) {
    read_number<int>(map, "size", 3, 20'000, o.size);
    read_number<int>(map, "steps", 1, 1'000'000, o.steps);
    read_number<double>(map, "citizens", 0.001, 1.0, o.citizens);
    read_number<double>(map, "cops", 0.0, 1.0, o.cops);
    read_number<double>(map, "vision", 1.0, 28.0, o.vision);
    read_number<int>(map, "max-sentence", 0, 1'000'000'000, o.max_sentence);
    read_number<double>(map, "legitimacy", 0.0, 1.0, o.legitimacy);
    if (map.count("fall-to") != 0) read_number<double>(map, "fall-to", 0.0, 1.0, o.fall_to.emplace());
    read_number<int>(map, "fall-at", 0, 1'000'000, o.fall_at);
    read_number<int>(map, "fall-over", 1, 1'000'000, o.fall_over);
    if (!o.fall_to && (map.count("fall-at") != 0 || map.count("fall-over") != 0))
        throw UsageError("--fall-at and --fall-over go with --fall-to");
}

void check_taken(const Command& command, const po::variables_map& map) {
    for (const auto& [name, value] : map) {
        if (name == "file" || value.defaulted()) continue;
        if (const auto* flag = boost::any_cast<bool>(&value.value()); flag != nullptr && !*flag) continue;
        if (std::find(command.takes.begin(), command.takes.end(), name) == command.takes.end())
            throw UsageError(
                fmt::format("drawdown {} takes no option --{}; see drawdown {} --help", command.name, name, command.name));
    }
}

/// What goes with --explain only.
void check_explain(const Options& options) {
    if (options.command != "show" && options.command != "compare") return;
    const bool window = !options.from.empty() || !options.to.empty();
    if (!options.explain && (window || !options.at.empty())) throw UsageError("--from, --to and --at go with --explain");
    if (window && !options.at.empty()) throw UsageError("--at names one day: leave out --from and --to");
}

}  // namespace

std::optional<sim::Date> day_of(const char* option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = sim::Date::parse(text);
    if (!day) throw UsageError(fmt::format("--{} = {}: expected a day, YYYY-MM-DD", option, text));
    return day;
}

Options parse_options(int argc, char** argv) {
    Options options;
    if (argc < 2) throw UsageError("no command; see drawdown --help");
    options.command = argv[1];
    if (options.command == "--help" || options.command == "-h" || options.command == "help") {
        options.command = argc > 2 && options.command == "help" ? argv[2] : "";
        options.help = true;
        return options;
    }
    if (options.command == "--version") {
        options.command = "version";
        return options;
    }
    const Command& command = find_command(options.command);

    po::options_description list = all_options(options);
    list.add_options()("file", po::value(&options.files));
    po::positional_options_description positional;
    positional.add("file", -1);
    po::variables_map map;
    try {
        namespace style = po::command_line_style;
        po::store(po::command_line_parser(argc - 1, argv + 1)
                      .options(list)
                      .positional(positional)
                      .style(style::unix_style & ~style::allow_guessing)
                      .run(),
                  map);
        po::notify(map);
    } catch (const po::unknown_option& error) {
        std::vector<std::string> names;
        for (const auto& option : list.options()) names.push_back("--" + option->long_name());
        throw UsageError(
            fmt::format("unknown option {}{}", error.get_option_name(), sim::did_you_mean(error.get_option_name(), names)));
    } catch (const po::error& error) {
        throw UsageError(error.what());
    }
    if (options.help) return options;
    check_taken(command, map);
    check_explain(options);
    if (options.fixed_parameters + options.prior + !options.posterior.empty() > 1)
        throw UsageError("--fixed-parameters, --prior and --posterior exclude each other");

    if (options.command == "forecast" || options.command == "backtest") options.replicates = 500;
    if (options.command == "patterns") options.replicates = 100;
    if (options.command == "levers") options.replicates = options.bitwise ? 2 : 16;
    read_number<std::uint32_t>(map, "replicates", 1, 1'000'000, options.replicates);
    if (map.count("replicate") != 0) {
        const auto& text = map["replicate"].as<std::string>();
        if (text == "good" || text == "typical" || text == "bad")
            options.replicate_rank = text;
        else if (!text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0)
            throw UsageError(fmt::format("--replicate = {}: expected a whole number, or good, typical or bad", text));
        else
            read_number<std::uint32_t>(map, "replicate", 0, 2'000'000'000, options.replicate.emplace());
    }
    read_number<std::uint32_t>(map, "first-replicate", 0, 1'000'000'000, options.first_replicate);
    read_number<std::uint64_t>(map, "seed", 0, std::numeric_limits<std::uint64_t>::max(), options.seed);
    read_number<std::uint32_t>(map, "points", 40, 100'000, options.points);
    read_number<std::uint32_t>(map, "draws", 10, 100'000, options.draws);
    read_number<int>(map, "threads", 1, 4096, options.threads);
    read_epstein(map, options.epstein);
    read_number<double>(map, "memory-limit", 0.001, 1e6, options.memory_limit_gb);
    if (options.format != "table" && options.format != "markdown" && options.format != "toml")
        throw UsageError(fmt::format("--format = {}: expected table, markdown or toml", options.format));
    if (map.count("output") != 0 && options.output.empty()) throw UsageError("--output: expected the name of a file");
    if (map.count("strategies") != 0) {
        options.strategies = split(map["strategies"].as<std::string>());
        if (options.strategies.empty()) throw UsageError("--strategies: expected names with commas between, or all");
    }
    if (map.count("kind") != 0) {
        options.kinds = split(map["kind"].as<std::string>());
        if (options.kinds.empty()) throw UsageError("--kind: expected kinds of events with commas between");
    }
    const bool no_file = options.command == "epstein" || options.command == "patterns" || options.command == "calibrate";
    if (no_file && !options.files.empty())
        throw UsageError(fmt::format("drawdown {} takes no file, and not {}", options.command, options.files.front()));
    const bool takes_nothing = options.command == "backtest" || options.command == "patterns" || options.command == "calibrate" ||
                               options.command == "epstein" || options.command == "parameters";
    if (options.files.empty() && !takes_nothing)
        throw UsageError(fmt::format("drawdown {}: name a {}", options.command,
                                     options.command == "narrate"    ? "result file"
                                     : options.command == "forecast" ? "table of exits (CSV)"
                                                                     : "scenario (a folder or a .toml file)"));
    if (options.command == "narrate" && options.files.size() > 1)
        throw UsageError(fmt::format("drawdown narrate tells one result, not {} of them", options.files.size()));
    return options;
}

std::string help_text(const std::string& name) {
    Options unused;
    if (name.empty()) {
        std::string text =
            "drawdown: how UN peace operations leave. An agent-based simulator for comparing exits.\n"
            "Results are simulated, not predictions; not for targeting or any use against persons or groups.\n\nUsage: drawdown "
            "COMMAND [options] FILE...\n\nCommands:\n";
        for (const Command& command : commands()) text += fmt::format("  {:<12} {}\n", command.name, command.summary);
        return text +
               "\ndrawdown COMMAND --help says more. Start with: scripts/demo, or drawdown compare scenarios/liberia "
               "--replicates 10\n";
    }
    const Command& command = find_command(name);
    std::string text =
        fmt::format("Usage: drawdown {} [options] {}\n\n{}.\n\nOptions:\n", command.name, command.arguments, command.summary);
    const po::options_description list = all_options(unused);
    for (const auto& option : list.options()) {
        if (std::find(command.takes.begin(), command.takes.end(), option->long_name()) == command.takes.end()) continue;
        text += fmt::format("  --{:<18} {}\n", option->long_name() + (option->long_name() == "output" ? ", -o" : ""),
                            option->description());
    }
    return text + "\nExamples:\n" + command.examples;
}

}  // namespace drawdown
