#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "models/cli/commands.hpp"
#include "models/cli/countries.hpp"
#include "models/cli/progress.hpp"
#include "models/forecast/forecast.hpp"
#include "models/forecast/scores.hpp"
#include "sim/atomic_file.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

/// Runs for each member that is kept: the others were further from what was seen before the exit.
constexpr std::uint32_t runs_per_member = 2;

void write_text(const fs::path& path, const std::string& text) {
    sim::write_atomically(path.string(), std::as_bytes(std::span(text)));
}

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

/// Forecasts of all rows, in their order. Throws sim::Interrupted.
std::vector<Forecast> forecast_all(const std::vector<ExitRow>& rows, const Options& options, const fs::path& generic) {
    const CountryMaker maker(options, generic);
    const CountryFolder countries(options.countries);
    std::vector<Forecast> forecasts;
    catch_signals();
    for (const ExitRow& row : rows) {
        if (!options.quiet) fmt::print(stderr, "{} ({} of {})\n", row.id, forecasts.size() + 1, rows.size());
        sim::Progress progress;
        const TransitionExperiment experiment =
            maker.country(row, countries.path(), {}, options.leave_one_out ? sample_without(row, maker) : nullptr);
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
    try {
        const std::vector<Forecast> forecasts = forecast_all(rows, options, generic_folder(options.scenario));
        write_text(options.output, forecasts_csv(forecasts));
        if (!options.members.empty()) write_text(options.members, members_csv(forecasts));
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
    try {
        const std::vector<Forecast> forecasts = forecast_all(rows, options, generic);
        if (!options.output.empty()) write_text(options.output, forecasts_csv(forecasts));
        if (!options.members.empty()) write_text(options.members, members_csv(forecasts));
        fmt::print("{}", to_text(score(rows, forecasts, outcomes)));
    } catch (const sim::Interrupted&) {
        return told_interruption();
    }
    return 0;
}

}  // namespace drawdown
