#include <stdlib.h>  // mkdtemp

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "models/cli/commands.hpp"
#include "models/cli/load.hpp"
#include "models/cli/progress.hpp"
#include "models/forecast/forecast.hpp"
#include "models/forecast/generic_country.hpp"
#include "models/forecast/scores.hpp"
#include "sim/atomic_file.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

/// Runs for each member that is kept: the others were further from what was seen before the exit.
constexpr std::uint32_t runs_per_member = 2;

/// A folder for the countries of the forecast: one that stays, if it is asked for, else one that goes with the program.
class CountryFolder {
  public:
    explicit CountryFolder(const std::string& asked) : kept_(!asked.empty()), path_(asked) {
        if (kept_) {
            fs::create_directories(path_);
            return;
        }
        std::string pattern = (fs::temp_directory_path() / "drawdown.XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw sim::FileError(sim::FileError::Kind::cannot_create, pattern, "no folder for the countries of the forecast");
        path_ = pattern;
    }
    CountryFolder(const CountryFolder&) = delete;
    CountryFolder& operator=(const CountryFolder&) = delete;
    ~CountryFolder() {
        if (kept_) return;
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    bool kept_;
    fs::path path_;
};

/// Seed of a row's runs: its own, so that other rows and their order do not matter.
std::uint64_t seed_of(const ExitRow& row, std::uint64_t seed) {
    const sim::StreamKey key = sim::stream_key(seed, row.id);
    return (std::uint64_t{key.k1} << 32) | key.k0;
}

/// The row's id, if it can be the name of a folder; else a number of its own.
std::string file_name(const std::string& id) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    if (std::all_of(id.begin(), id.end(), plain) && id.size() <= 64) return id;
    const sim::StreamKey key = sim::stream_key(0, id);
    return fmt::format("row-{:08x}{:08x}", key.k1, key.k0);
}

void write_text(const fs::path& path, const std::string& text) {
    sim::write_atomically(path.string(), std::as_bytes(std::span(text)));
}

/// Where the country without a name stands: as asked, else in the working folder, else beside the program's build folder.
fs::path generic_folder(const std::string& asked) {
    if (!asked.empty()) return fs::path(scenario_file(asked)).parent_path();
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (const fs::path& place : {fs::path("scenarios/generic"), program.parent_path() / "../../scenarios/generic"})
        if (fs::exists(place / "scenario.toml", error)) return place;
    throw UsageError("no scenarios/generic here or beside the program; name the country with --scenario FOLDER");
}

/// Where the mission of the generic country is: its own first map.
Footprint footprint_of(const TransitionExperiment& experiment) {
    Footprint footprint;
    const Inputs& in = experiment.inputs();
    double all = 0.0;
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        footprint.regions.push_back(in.regions[r].name);
        double here = 0.0;
        for (std::size_t c = 0; c < first_civilian; ++c) here += in.history->persons[r * component_count + c];
        footprint.shares.push_back(here);
        all += here;
    }
    for (double& share : footprint.shares) share /= all;
    return footprint;
}

class Forecaster {
  public:
    Forecaster(const Options& options, const fs::path& generic) : options_(options), generic_(generic) {
        Options plain = options;
        plain.files = {generic.string()};
        plain.sets.clear();
        const TransitionExperiment base = load_experiment(plain, {"historical"});
        footprint_ = footprint_of(base);
        start_ = base.inputs().scenario.start;
        exit_ = base.inputs().scenario.compare_from;
        sim::Diagnostics findings;
        const sim::Document document = sim::Document::from_text("", "", {}, findings, scenario_units());
        sim::read_fields(document.root().child_or_empty(GenericCountry::name), country_, sim::Sampler::central(), findings);
    }

    /// The country of `row`, in a folder of its own below `folder`. A follow-on that is not known is left out.
    [[nodiscard]] TransitionExperiment country(const ExitRow& row, const fs::path& folder) const {
        const fs::path own = folder / file_name(row.id);
        fs::remove_all(own);
        fs::copy(generic_, own, fs::copy_options::recursive);
        write_text(own / "row.toml", overlay_of(row, country_));
        write_text(own / "strength.csv", strength_of(row, footprint_, start_, exit_));
        Options options = options_;
        options.files = {own.string(), (own / "row.toml").string()};
        options.seed = seed_of(row, options_.seed);
        const bool followed = row.follow_on.value_or(false);
        return load_experiment(options, {followed ? "historical_follow_on" : "historical"}, announcement_of(row, exit_));
    }

    [[nodiscard]] Forecast forecast(const ExitRow& row, const TransitionExperiment& experiment, sim::Progress& progress) const {
        sim::EnsembleOptions ensemble;
        ensemble.replicates = options_.replicates * runs_per_member;
        ensemble.threads = sim::threads_to_use(options_.threads);
        std::vector<Member> members;
        sim::run_ensemble(experiment, ensemble, progress, interrupted(), [&](const std::vector<sim::RunResult>& results) {
            if (results.front().failure.empty()) members.push_back(member_of(results.front(), experiment, exit_));
        });
        return {row.id, nearest(std::move(members), row.deaths[0], options_.replicates)};
    }

  private:
    Options options_;
    fs::path generic_;
    GenericCountry country_;
    Footprint footprint_;
    sim::Date start_, exit_;
};

/// Forecasts of all rows, in their order. Throws sim::Interrupted.
std::vector<Forecast> forecast_all(const std::vector<ExitRow>& rows, const Options& options, const fs::path& generic) {
    const Forecaster forecaster(options, generic);
    const CountryFolder countries(options.countries);
    std::vector<Forecast> forecasts;
    catch_signals();
    for (const ExitRow& row : rows) {
        if (!options.quiet) fmt::print(stderr, "{} ({} of {})\n", row.id, forecasts.size() + 1, rows.size());
        sim::Progress progress;
        const TransitionExperiment experiment = forecaster.country(row, countries.path());
        const ProgressReport report(progress, options.quiet);
        forecasts.push_back(forecaster.forecast(row, experiment, progress));
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
