#include <fmt/format.h>

#include "models/cli/commands.hpp"
#include "models/cli/countries.hpp"
#include "models/cli/pattern_runs.hpp"
#include "models/forecast/patterns.hpp"

namespace drawdown {

namespace fs = std::filesystem;

int patterns_command(const Options& options) {
    const fs::path generic = generic_folder(options.scenario);
    sim::Diagnostics findings;
    const std::vector<ExitRow> rows = read_exits((generic / "patterns.csv").string(), findings);
    findings.throw_if_any();
    const CountryMaker maker(options, generic);
    const CountryFolder folder(options.countries);
    std::vector<CaseRun> cases;
    for (const PatternCase& pattern : pattern_cases(rows, true))
        cases.push_back({pattern.name, maker.country(pattern.row, folder.path(), pattern.course)});
    catch_signals();
    try {
        const PatternRuns runs =
            run_cases(cases, {0, options.replicates}, sim::threads_to_use(options.threads), maker.exit(), options.quiet);
        fmt::print("{}", to_text(patterns(only(runs, complete(runs))), options.format == "markdown"));
    } catch (const sim::Interrupted&) {
        fmt::print(stderr, "\ninterrupted; nothing was written\n");
        return 75;
    }
    return 0;
}

}  // namespace drawdown
