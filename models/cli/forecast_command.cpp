#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "models/cli/commands.hpp"
#include "models/cli/countries.hpp"
#include "models/cli/output_place.hpp"
#include "models/cli/progress.hpp"
#include "models/forecast/forecast.hpp"
#include "models/forecast/scores.hpp"
#include "sim/atomic_file.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

/// Runs for each member that is kept: the others were further from what was seen before the exit.
constexpr std::uint32_t runs_per_member = 2;

/// Runs until `wanted` members are there, and twice as many candidates.
Forecast forecast(const ExitRow& row, const TransitionExperiment& experiment, sim::Date exit, const Options& options,
                  sim::Progress& progress) {
    sim::EnsembleOptions ensemble;
    ensemble.replicates = options.replicates * runs_per_member;
    ensemble.threads = sim::threads_to_use(options.threads);
    std::vector<Member> members;
    sim::run_ensemble(experiment, ensemble, progress, interrupted(), [&](const std::vector<sim::RunResult>& results) {
        if (results.front().failure.empty()) members.push_back(member_of(results.front(), experiment, exit));
    });
    return {row.id, nearest(std::move(members), row.deaths[0], options.replicates)};
}

/// The draws that all exits but `row` speak for. Throws UsageError if the sample knows no such weights.
std::shared_ptr<const sim::ParameterSample> sample_without(const ExitRow& row, const CountryMaker& maker) {
    if (!maker.sample())
        throw UsageError(
            "--leave-one-out needs a posterior: name one with --posterior FILE, or make one with drawdown calibrate");
    auto sample = std::make_shared<sim::ParameterSample>(*maker.sample());
    if (!sample->weigh_by("without_" + row.id))
        throw UsageError(fmt::format("--leave-one-out: the posterior has no column without_{}", row.id));
    return sample;
}

/// Tries the places of both tables before anything is run. Throws UsageError if they are one, and sim::FileError.
void prepare_places(const Options& options) {
    const auto whole = [](const std::string& path) { return fs::weakly_canonical(fs::absolute(path)); };
    if (!options.members.empty() && !options.output.empty() && whole(options.members) == whole(options.output))
        throw UsageError("--members and --output name the same file");
    for (const std::string& path : {options.output, options.members})
        if (!path.empty()) prepare_place(path);
}

void write(const std::vector<Forecast>& forecasts, const Options& options) {
    if (!options.output.empty()) sim::write_atomically(options.output, forecasts_csv(forecasts));
    if (!options.members.empty()) sim::write_atomically(options.members, members_csv(forecasts));
}

/// Forecasts of all rows, in their order. Throws sim::Interrupted.
std::vector<Forecast> forecast_all(const std::vector<ExitRow>& rows, const Options& options, const fs::path& generic) {
    const CountryMaker maker(options, generic);
    const CountryFolder countries(options.countries);
    std::vector<Forecast> forecasts;
    catch_signals();
    for (const ExitRow& row : rows) {
        const auto sample = options.leave_one_out ? sample_without(row, maker) : nullptr;
        if (!options.quiet) fmt::print(stderr, "{} ({} of {})\n", row.id, forecasts.size() + 1, rows.size());
        for (const std::string& note : row.notes) fmt::print(stderr, "{}\n", note);
        sim::Progress progress;
        const TransitionExperiment experiment = maker.country(row, countries.path(), {}, sample);
        const ProgressReport report(progress, options.quiet);
        forecasts.push_back(forecast(row, experiment, maker.exit(), options, progress));
    }
    return forecasts;
}

int told_interruption() {
    fmt::print(stderr, "\ninterrupted; nothing was written\n");
    return 75;
}

}  // namespace

int forecast_command(const Options& options) {
    if (options.output.empty()) throw UsageError("drawdown forecast: name the file for the forecasts with -o FORECASTS.csv");
    sim::Diagnostics findings;
    const std::vector<ExitRow> rows = read_exits(options.files.front(), findings);
    findings.throw_if_any();
    prepare_places(options);
    try {
        write(forecast_all(rows, options, generic_folder(options.scenario)), options);
    } catch (const sim::Interrupted&) {
        return told_interruption();
    }
    return 0;
}

int backtest_command(const Options& options) {
    const fs::path generic = generic_folder(options.scenario);
    sim::Diagnostics findings;
    const std::vector<ExitRow> rows = read_exits((generic / "exits.csv").string(), findings);
    const std::vector<Outcome> outcomes = read_outcomes((generic / "outcomes.csv").string(), findings);
    for (std::size_t i = 0; i < std::max(rows.size(), outcomes.size()); ++i)
        if (i >= rows.size() || i >= outcomes.size() || rows[i].id != outcomes[i].id) {
            findings.add({(generic / "outcomes.csv").string(), static_cast<int>(i) + 2, 1},
                         "not the exit of the same line of exits.csv");
            break;
        }
    findings.throw_if_any();
    prepare_places(options);
    try {
        const std::vector<Forecast> forecasts = forecast_all(rows, options, generic);
        write(forecasts, options);
        fmt::print("{}", to_text(score(rows, forecasts, outcomes)));
    } catch (const sim::Interrupted&) {
        return told_interruption();
    }
    return 0;
}

}  // namespace drawdown
