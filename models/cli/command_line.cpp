#include "models/cli/command_line.hpp"

#include <fmt/format.h>
#include <cstdio>
#include <exception>
#include <map>
#include <new>
#include <system_error>

#include "models/cli/commands.hpp"
#include "models/provenance.hpp"
#include "sim/errors.hpp"

namespace drawdown {

namespace {

int dispatch(const Options& options) {
    if (options.command == "version") {
        fmt::print("drawdown {} ({})\n", version(), commit());
        return 0;
    }
    if (options.help) {
        fmt::print("{}", help_text(options.command));
        return 0;
    }
    static const std::map<std::string, int (*)(const Options&)> table = {
        {"run", run_command},           {"compare", run_command},       {"validate", validate_command},
        {"show", show_command},         {"plan", plan_command},         {"parameters", parameters_command},
        {"narrate", narrate_command},   {"levers", levers_command},     {"forecast", forecast_command},
        {"backtest", backtest_command}, {"patterns", patterns_command}, {"calibrate", calibrate_command},
        {"epstein", epstein_command}};
    return table.at(options.command)(options);
}

int fail(int code, const std::string& message) {
    fmt::print(stderr, "{}\n", message);
    return code;
}

}  // namespace

int command_line(int argc, char** argv) {
    try {
        const int code = dispatch(parse_options(argc, argv));
        return std::fflush(stdout) == 0 ? code : fail(74, "standard output: cannot be written");
    } catch (const UsageError& error) {
        return fail(64, fmt::format("drawdown: {}", error.what()));
    } catch (const sim::InputError& error) {
        const std::size_t n = error.findings().size();
        return fail(65, fmt::format("{}\n{} error{}; nothing was run", error.what(), n, n == 1 ? "" : "s"));
    } catch (const sim::FileError& error) {
        const int code = error.kind() == sim::FileError::Kind::cannot_read     ? 66
                         : error.kind() == sim::FileError::Kind::cannot_create ? 73
                                                                               : 74;
        return fail(code, error.what());
    } catch (const std::system_error& error) {  // fmt, on a full or closed standard output
        return fail(74, fmt::format("standard output: cannot be written: {}", error.what()));
    } catch (const std::bad_alloc&) {
        return fail(71, "out of memory: raise scenario.persons_per_agent, or use fewer replicates or threads");
    } catch (const std::exception& error) {
        return fail(70, fmt::format("a fault of the program: {}\nPlease report it with the command that you ran.", error.what()));
    }
}

}  // namespace drawdown
