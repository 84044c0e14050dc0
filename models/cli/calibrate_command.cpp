#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <sstream>

#include "models/cli/commands.hpp"
#include "models/cli/countries.hpp"
#include "models/cli/output_place.hpp"
#include "models/cli/pattern_runs.hpp"
#include "models/forecast/calibration.hpp"
#include "models/provenance.hpp"
#include "sim/atomic_file.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

/// Points that are run between two writings of the state.
constexpr std::uint32_t batch_points = 20;
/// Share of the points over the prior; the others go where these point.
constexpr double first_wave = 0.6;
/// Points of the prior that stand for it: to place the second wave, and to draw the posterior from, which is worth a hundredth of
/// them.
constexpr std::size_t rough_particles = 4000;
constexpr std::size_t particles = 40'000;

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// What the points that were run said, kept in a file so that an interrupted calibration goes on where it was.
class PointStore {
  public:
    /// Takes up `path` if it is there. Throws sim::FileError if it belongs to another calibration.
    PointStore(std::string path, std::string recipe) : path_(std::move(path)), recipe_(std::move(recipe)) {
        if (!fs::exists(path_)) return;
        std::ifstream file(path_);
        std::string line;
        std::getline(file, line);
        if (line != "# " + recipe_)
            throw sim::FileError(sim::FileError::Kind::cannot_create, path_,
                                 "it holds the points of another calibration (program, seed, points, priors or rows differ); "
                                 "remove it, or name another with --state");
        while (std::getline(file, line)) {
            read(line);
            text_ += line + "\n";
        }
    }

    [[nodiscard]] std::uint32_t points() const {
        return runs_.empty() ? 0 : static_cast<std::uint32_t>(runs_.begin()->second.size());
    }
    [[nodiscard]] const PatternRuns& runs() const { return runs_; }

    /// Adds points, and writes the file anew. Numbers are kept as they are read back.
    void add(const PatternRuns& more) {
        const std::size_t n = more.begin()->second.size();
        for (std::size_t i = 0; i < n; ++i)
            for (const auto& [name, list] : more) {
                std::string line = name;
                for (const double value : list[i]) line += fmt::format(",{:.6g}", value);
                read(line);
                text_ += line + "\n";
            }
        sim::write_atomically(path_, "# " + recipe_ + "\n" + text_);
    }

  private:
    void read(const std::string& line) {
        const std::size_t comma = line.find(',');
        if (comma == std::string::npos) return;
        Measures measures{};
        const char* at = line.data() + comma;
        const char* const end = line.data() + line.size();
        for (double& value : measures) {
            if (at == end) return;
            at = std::from_chars(at + 1, end, value).ptr;
        }
        runs_[line.substr(0, comma)].push_back(measures);
    }

    std::string path_, recipe_, text_;
    PatternRuns runs_;
};

/// What is calibrated, and on what.
struct Task {
    const Options& options;
    CountryMaker maker;
    std::vector<ExitRow> exits, rows;
    std::vector<Outcome> outcomes;
    std::vector<sim::FieldInfo> parameters;

    [[nodiscard]] std::string recipe() const {
        std::string inputs;
        for (const char* file : {"exits.csv", "outcomes.csv", "patterns.csv", "scenario.toml"})
            inputs += text_of(maker.generic() / file);
        for (const std::string& set : options.sets) inputs += set + "\n";
        for (const auto& p : parameters) inputs += p.key + p.default_value + p.prior.text() + "\n";
        return fmt::format("drawdown {} ({}), seed {}, points {}, inputs {:016x}", version(), commit(), options.seed,
                           options.points, sim::fnv1a(inputs));
    }

    /// Runs the points of `design` from the first that the store does not have. Throws sim::Interrupted.
    void run(const Eigen::MatrixXd& design, PointStore& store) const {
        const auto points = static_cast<std::uint32_t>(design.rows());
        if (store.points() >= points) return;
        std::vector<std::string> keys;
        for (const auto& p : parameters) keys.push_back(p.key);
        std::vector<std::vector<double>> values;
        for (Eigen::Index i = 0; i < design.rows(); ++i) values.push_back(values_of(design.row(i).transpose(), parameters));
        auto sample = std::make_shared<sim::ParameterSample>(keys, values);
        sample->in_order();
        const CountryFolder folder("");
        std::vector<CaseRun> cases;
        for (const ExitRow& row : exits) cases.push_back({row.id, maker.country(row, folder.path(), {}, sample)});
        for (const PatternCase& one : pattern_cases(rows, false))
            cases.push_back({one.name, maker.country(one.row, folder.path(), one.course, sample)});
        using clock = std::chrono::steady_clock;
        const auto begin = clock::now();
        const std::uint32_t done_before = store.points();
        while (store.points() < points) {
            const std::uint32_t first = store.points();
            const std::uint32_t count = std::min(batch_points, points - first);
            store.add(run_cases(cases, {first, count}, sim::threads_to_use(options.threads), maker.exit(), true));
            const double each =
                std::chrono::duration<double>(clock::now() - begin).count() / static_cast<double>(store.points() - done_before);
            if (!options.quiet)
                fmt::print(stderr, "{} of {} points; {:.1f} s each, {:.0f} minutes left\n", store.points(), options.points, each,
                           each * static_cast<double>(options.points - store.points()) / 60.0);
        }
    }
};

/// A design and what was seen at its points, without those at which a run failed.
struct Evidence {
    Eigen::MatrixXd design;
    PatternRuns runs;

    Evidence(const Eigen::MatrixXd& all, const PatternRuns& seen) {
        const std::vector<std::size_t> good = complete(seen);
        design.resize(static_cast<Eigen::Index>(good.size()), all.cols());
        for (std::size_t i = 0; i < good.size(); ++i)
            design.row(static_cast<Eigen::Index>(i)) = all.row(static_cast<Eigen::Index>(good[i]));
        runs = only(seen, good);
    }
};

/// `without` names an exit that does not count; empty for none.
std::vector<Target> all_targets(const Evidence& evidence, const Task& task, const std::string& without = {}) {
    std::vector<Target> targets = pattern_targets(evidence.runs);
    for (Target& target : exit_targets(evidence.runs, task.exits, task.outcomes, without)) targets.push_back(std::move(target));
    return targets;
}

std::string posterior_text(const Task& task, const std::vector<Target>& targets, const Evidence& evidence,
                           const Posterior& posterior, const std::vector<Eigen::Index>& draws) {
    std::string command = "drawdown calibrate";
    for (const std::string& set : task.options.sets) command += " --set " + set;
    std::string text = fmt::format("# {} --points {} --draws {} --seed {}\n# {}\n", command, task.options.points,
                                   task.options.draws, task.options.seed, task.recipe());
    for (const Target& target : targets)
        text += fmt::format("# {}: {:.4g}, sd {:.3g} ({})\n", target.name, target.seen, target.sd, target.source);
    std::vector<std::vector<double>> weights(task.exits.size());
    sim::on_threads(sim::threads_to_use(task.options.threads), [&] {
        sim::for_each_task(weights.size(), true, [&](std::size_t i) {
            weights[i] =
                posterior.weights_under(Emulators(evidence.design, all_targets(evidence, task, task.exits[i].id)), draws);
        });
    });
    std::string header;
    for (const auto& p : task.parameters) header += (header.empty() ? "" : ",") + p.key;
    for (const ExitRow& row : task.exits) header += ",without_" + row.id;
    text += header + "\n";
    for (std::size_t i = 0; i < draws.size(); ++i) {
        std::string line;
        for (const double value : values_of(posterior.points.row(draws[i]).transpose(), task.parameters))
            line += fmt::format("{}{:.6g}", line.empty() ? "" : ",", value);
        for (const auto& column : weights) line += fmt::format(",{:.4g}", column[i]);
        text += line + "\n";
    }
    return text;
}

void calibrate(const Task& task, const std::string& output) {
    const Options& options = task.options;
    prepare_place(output);
    PointStore store(options.state.empty() ? output + ".state" : options.state, task.recipe());
    const std::size_t parameters = task.parameters.size();
    const auto first = static_cast<std::size_t>(std::lround(first_wave * options.points));
    Eigen::MatrixXd design = latin_hypercube(first, parameters, options.seed);
    task.run(design, store);
    PatternRuns seen;
    for (const auto& [name, list] : store.runs())
        seen[name].assign(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(first));
    const auto tell = [&](const char* what) {
        if (!options.quiet) fmt::print(stderr, "{}\n", what);
    };
    {
        tell("where the first points lead");
        const Evidence evidence(design, seen);
        const Emulators emulators(evidence.design, all_targets(evidence, task));
        const Posterior wave(emulators, rough_particles, parameters, options.seed + 1);
        const std::vector<Eigen::Index> more = wave.draw(options.points - first, options.seed + 1);
        design.conservativeResize(static_cast<Eigen::Index>(options.points), Eigen::NoChange);
        design.bottomRows(static_cast<Eigen::Index>(more.size())) = wave.points(more, Eigen::all);
    }
    task.run(design, store);
    tell("the posterior, and what it would be without each exit: some minutes");
    const Evidence evidence(design, store.runs());
    const std::vector<Target> targets = all_targets(evidence, task);
    const Emulators emulators(evidence.design, targets);
    const Posterior posterior(emulators, particles, parameters, options.seed + 2);
    const std::vector<Eigen::Index> draws = posterior.draw(options.draws, options.seed + 2);
    sim::write_atomically(output, posterior_text(task, targets, evidence, posterior, draws));
    PatternRuns later;
    for (const auto& [name, list] : store.runs())
        later[name].assign(list.begin() + static_cast<std::ptrdiff_t>(first), list.end());
    const Evidence second(design.bottomRows(design.rows() - static_cast<Eigen::Index>(first)), later);
    const bool markdown = options.format == "markdown";
    fmt::print("{}\n{}\nof {} points of the prior, the posterior is worth {:.0f}\n",
               targets_text(targets, all_targets(second, task), emulators, posterior, markdown),
               parameters_text(posterior.points(draws, Eigen::all), task.parameters, markdown), particles, posterior.effective());
    if (!options.quiet) fmt::print(stderr, "\nwritten: {}\nnext: drawdown patterns --posterior {}\n", output, output);
}

}  // namespace

int calibrate_command(const Options& options) {
    if (options.output.empty()) throw UsageError("drawdown calibrate: name the file for the posterior with -o POSTERIOR.csv");
    const fs::path generic = generic_folder(options.scenario);
    sim::Diagnostics findings;
    Options prior = options;
    prior.prior = true;
    const Task task{options,
                    CountryMaker(prior, generic),
                    read_exits((generic / "exits.csv").string(), findings),
                    read_exits((generic / "patterns.csv").string(), findings),
                    read_outcomes((generic / "outcomes.csv").string(), findings),
                    uncertain_parameters()};
    findings.throw_if_any();
    catch_signals();
    try {
        calibrate(task, options.output);
    } catch (const sim::Interrupted&) {
        fmt::print(stderr, "\ninterrupted; the points that were done are kept, and the same command goes on from there\n");
        return 75;
    }
    return 0;
}

}  // namespace drawdown
