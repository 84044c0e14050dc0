#include "models/cli/countries.hpp"

#include <stdlib.h>  // mkdtemp

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/cli/load.hpp"
#include "sim/atomic_file.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

/// The draws of parameters that are shipped with the country without a name.
constexpr const char* shipped_posterior = "posterior.csv";

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

}  // namespace

CountryFolder::CountryFolder(const std::string& asked) : kept_(!asked.empty()), path_(asked) {
    if (kept_) {
        fs::create_directories(path_);
        return;
    }
    std::string pattern = (fs::temp_directory_path() / "drawdown.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw sim::FileError(sim::FileError::Kind::cannot_create, pattern, "no folder for the countries of the forecast");
    path_ = pattern;
}

CountryFolder::~CountryFolder() {
    if (kept_) return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path generic_folder(const std::string& asked) {
    if (!asked.empty()) return fs::path(scenario_file(asked)).parent_path();
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (const fs::path& place : {fs::path("scenarios/generic"), program.parent_path() / "../../scenarios/generic"})
        if (fs::exists(place / "scenario.toml", error)) return place;
    throw UsageError("no scenarios/generic here or beside the program; name the country with --scenario FOLDER");
}

CountryMaker::CountryMaker(const Options& options, fs::path generic) : options_(options), generic_(std::move(generic)) {
    Options plain = options;
    plain.files = {generic_.string()};
    plain.sets.clear();
    plain.posterior.clear();
    const TransitionExperiment base = load_experiment(plain, {"historical"});
    footprint_ = footprint_of(base);
    start_ = base.inputs().scenario.start;
    exit_ = base.inputs().scenario.compare_from;
    end_ = base.inputs().scenario.end;
    sim::Diagnostics findings;
    const sim::Document document = sim::Document::from_text("", "", {}, findings, scenario_units());
    sim::read_fields(document.root().child_or_empty(GenericCountry::name), country_, sim::Sampler::central(), findings);
    const fs::path shipped = generic_ / shipped_posterior;
    if (!options.posterior.empty())
        sample_ = load_sample(options.posterior);
    else if (!options.prior && !options.fixed_parameters && fs::exists(shipped))
        sample_ = load_sample(shipped.string());
}

TransitionExperiment CountryMaker::country(const ExitRow& row, const fs::path& folder, const MissionCourse& course,
                                           std::shared_ptr<const sim::ParameterSample> sample) const {
    const fs::path own = folder / (file_name(row.id) + (course.name == MissionCourse{}.name ? "" : "_" + course.name));
    fs::remove_all(own);
    fs::copy(generic_, own, fs::copy_options::recursive);
    sim::write_atomically((own / "row.toml").string(), overlay_of(row, country_));
    sim::write_atomically((own / "strength.csv").string(), strength_of(row, footprint_, start_, exit_, course));
    Options options = options_;
    options.posterior.clear();
    options.files = {own.string(), (own / "row.toml").string()};
    options.seed = seed_of(row, options_.seed);
    if (course.years_more > 0)
        options.sets.push_back("scenario.end=" +
                               (end_ + static_cast<std::int32_t>(std::lround(365.25 * course.years_more))).text());
    const bool followed = row.follow_on.value_or(false);
    return load_experiment(options, {followed ? "historical_follow_on" : "historical"}, announcement_of(row, exit_, course),
                           sample ? std::move(sample) : sample_);
}

}  // namespace drawdown
