#include "models/forecast/calibration.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "models/forecast/emulator.hpp"
#include "sim/distribution.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace {

std::size_t shortest(const PatternRuns& runs) {
    std::size_t n = std::numeric_limits<std::size_t>::max();
    for (const auto& [name, list] : runs) n = std::min(n, list.size());
    return n;
}

/// Mean over the named cases of a number, by point.
std::vector<double> mean_over(const PatternRuns& runs, const std::vector<std::string>& names,
                              const std::function<double(const Measures&)>& number) {
    std::vector<double> sums(shortest(runs), 0.0);
    for (const std::string& name : names)
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += number(runs.at(name)[i]) / static_cast<double>(names.size());
    return sums;
}

/// A target of a share: of the named cases that are `such`, those of which `what` is true, by point.
Target share(std::string name, std::string source, double seen, double sd, const PatternRuns& runs,
             const std::vector<std::string>& names, const std::function<bool(const Measures&)>& such,
             const std::function<bool(const Measures&)>& what) {
    Target target{std::move(name), std::move(source), seen, sd, {}};
    for (std::size_t i = 0; i < shortest(runs); ++i) {
        double all = 0.0, happened = 0.0;
        for (const std::string& one : names) {
            const Measures& m = runs.at(one)[i];
            if (!such(m)) continue;
            all += 1.0;
            happened += what(m) ? 1.0 : 0.0;
        }
        target.values.push_back(happened / all);
        target.counts.push_back(all);
    }
    return target;
}

/// Cases of countries that begin at peace.
std::vector<std::string> cases(const PatternRuns& runs, const std::string& course) {
    std::vector<std::string> names;
    for (const auto& [name, list] : runs)
        if (begins(name, Start::peace) && name.ends_with(" " + course)) names.push_back(name);
    return names;
}

}  // namespace

double Target::pooled() const {
    double sum = 0.0, weight = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const double count = counts.empty() ? 1.0 : counts[i];
        sum += count * values[i];
        weight += count;
    }
    return sum / weight;
}

std::vector<double> Target::misses() const {
    const double usual = counts.empty() ? 1.0 : sim::mean(counts);
    std::vector<double> all;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double count = counts.empty() ? 1.0 : counts[i];
        all.push_back(count > 0.0 ? count / usual * (values[i] - seen) : 0.0);
    }
    return all;
}

std::vector<Target> pattern_targets(const PatternRuns& runs) {
    const auto alone = cases(runs, "alone"), phased = cases(runs, "phased"), stays = cases(runs, "stays");
    const auto relapse = [](int from, int to) { return [=](const Measures& m) { return relapsed(m, from, to); }; };
    const auto goes_on = [](const Measures& m) { return of(m, Measure::goes_on) > 0.0; };
    const auto relapsed_in_time = [](const Measures& m) { return was_quiet(m) && of(m, Measure::goes_on) >= 0.0; };
    const auto conflict = [](const Measures& m) { return any_conflict(m) ? 1.0 : 0.0; };
    std::vector<double> difference = mean_over(runs, cases(runs, "at_once"), conflict);
    const std::vector<double> slow = mean_over(runs, phased, conflict);
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= slow[i];
    const auto measured = [&](const std::vector<std::string>& names, Measure measure) {
        return mean_over(runs, names, [=](const Measures& m) { return of(m, measure); });
    };
    return {
        share("relapse, first year, year without deaths", "UCDP, 67 spells", 0.09, 0.035, runs, alone, was_silent, relapse(1, 1)),
        share("relapse, four years, year without deaths", "UCDP, 67 spells", 0.27, 0.06, runs, alone, was_silent, relapse(1, 4)),
        share("relapse, first year, year with 1 to 24", "UCDP, 81 spells", 0.333, 0.055, runs, alone, was_restless,
              relapse(1, 1)),
        share("relapse, four years, year with 1 to 24", "UCDP, 81 spells", 0.544, 0.06, runs, alone, was_restless, relapse(1, 4)),
        share("relapse, nine years, year without deaths", "UCDP, 67 spells", 0.39, 0.07, runs, alone, was_silent, relapse(1, 9)),
        share("relapse, nine years, year with 1 to 24", "UCDP, 81 spells", 0.767, 0.06, runs, alone, was_restless, relapse(1, 9)),
        share("relapses that go on in the next year", "UCDP, 99 relapses", 0.568, 0.06, runs, alone, relapsed_in_time, goes_on),
        share("relapse, years 4 and 5, no mission", "EVIDENCE 6: T2", 0.07, 0.03, runs, alone, was_quiet, relapse(4, 5)),
        share("relapse, five years, mission stays", "EVIDENCE 25-29: T3, 0.45 of the hazard", 0.25, 0.08, runs, stays, was_quiet,
              relapse(1, 5)),
        {"exit at once less phased exit, six years", "EVIDENCE 1.8: T14", 0.10, 0.10, std::move(difference)},
        {"refugees left after three years", "EVIDENCE 94: T9", 0.50, 0.10, measured(phased, Measure::refugees_left)},
        {"capacity, WGI points a year", "EVIDENCE 81: T8", 0.005, 0.02, measured(phased, Measure::capacity_drift)},
        {"change of growth at the exit", "EVIDENCE 67: T12", -1.5, 1.5,
         mean_over(runs, phased, [](const Measures& m) { return of(m, Measure::growth_after) - of(m, Measure::growth_before); })},
        {"log variance over mean, war", "EVIDENCE 41: T11", sim::log(100.0), 1.0,
         mean_over(runs, {"war alone"}, [](const Measures& m) { return sim::log1p(of(m, Measure::fano)); })}};
}

std::vector<Target> exit_targets(const PatternRuns& runs, const std::vector<ExitRow>& rows, const std::vector<Outcome>& outcomes,
                                 const std::string& without) {
    std::vector<Target> targets;
    for (const bool quiet : {true, false}) {
        std::vector<std::string> names, counted;
        std::vector<double> conflicts, wars, logs;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if ((rows[i].deaths[0].value_or(0.0) < conflict_deaths) != quiet || rows[i].id == without) continue;
            names.push_back(rows[i].id);
            conflicts.push_back(outcomes[i].armed_conflict ? 1.0 : 0.0);
            wars.push_back(outcomes[i].war ? 1.0 : 0.0);
            std::vector<double> years;
            for (const auto& deaths : outcomes[i].deaths)
                if (deaths) years.push_back(sim::log1p(*deaths));
            if (years.empty()) continue;
            counted.push_back(rows[i].id);
            logs.push_back(sim::mean(years));
        }
        const auto n = static_cast<double>(names.size());
        // Of a share, with one case added to either side, so that all or none is not certainty.
        const auto likely = [&](const std::vector<double>& ones) {
            const double p = (n * sim::mean(ones) + 1.0) / (n + 2.0);
            return std::pair(p, std::sqrt(p * (1.0 - p) / n));
        };
        const char* which = quiet ? "quiet exits" : "exits in war";
        const auto [conflict, conflict_sd] = likely(conflicts);
        const auto [war, war_sd] = likely(wars);
        targets.push_back({fmt::format("armed conflict, {}", which), "15 exits", conflict, conflict_sd,
                           mean_over(runs, names, [](const Measures& m) { return relapsed(m, 1, 5); })});
        targets.push_back({fmt::format("war, {}", which), "15 exits", war, war_sd,
                           mean_over(runs, names, [](const Measures& m) { return of(m, Measure::war); })});
        targets.push_back({fmt::format("log deaths a year, {}", which), "15 exits", sim::mean(logs),
                           std::sqrt(0.04 + sim::pow(sim::sample_sd(logs), 2) / static_cast<double>(logs.size())),
                           mean_over(runs, counted, [](const Measures& m) { return of(m, Measure::log_deaths); })});
    }
    return targets;
}

Eigen::MatrixXd latin_hypercube(std::size_t points, std::size_t parameters, std::uint64_t seed) {
    Eigen::MatrixXd design(points, parameters);
    const sim::StreamKey stream = sim::stream_key(seed, "design of the calibration");
    for (std::size_t k = 0; k < parameters; ++k) {
        // An entity draws so many numbers in a step at most; then the next one goes on.
        constexpr std::uint32_t most = 8000;
        sim::Rng rng(stream, static_cast<std::uint32_t>(k), {}, 0);
        std::uint32_t drawn = 0;
        const auto uniform = [&] {
            if (drawn > 0 && drawn % most == 0) rng = sim::Rng(stream, static_cast<std::uint32_t>(k), {drawn / most, 0}, 0);
            ++drawn;
            return rng.uniform();
        };
        std::vector<std::size_t> stratum(points);
        std::iota(stratum.begin(), stratum.end(), std::size_t{0});
        for (std::size_t i = points; i > 1; --i) {
            const double u = uniform();
            std::swap(stratum[i - 1], stratum[std::min(i - 1, static_cast<std::size_t>(u * static_cast<double>(i)))]);
        }
        for (std::size_t i = 0; i < points; ++i) {
            const double u = uniform();
            design(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) =
                sim::normal_quantile((static_cast<double>(stratum[i]) + u) / static_cast<double>(points));
        }
    }
    return design;
}

std::vector<double> values_of(const Eigen::VectorXd& point, const std::vector<sim::FieldInfo>& parameters) {
    std::vector<double> values;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
        const double u = sim::normal_distribution_function(point[static_cast<Eigen::Index>(k)]);
        const sim::Distribution prior = parameters[k].prior.around(*parameters[k].default_number, parameters[k].limits);
        values.push_back(prior.sample(std::clamp(u, 1e-9, 1.0 - 1e-9)));
    }
    return values;
}

struct Emulators::Part {
    Emulator emulator;
    double slack;
};

Emulators::Emulators(const Eigen::MatrixXd& design, const std::vector<Target>& targets) {
    for (const Target& target : targets) {
        std::vector<Eigen::Index> known;
        const std::vector<double> misses = target.misses();
        for (std::size_t i = 0; i < misses.size(); ++i)
            if (!std::isnan(misses[i])) known.push_back(static_cast<Eigen::Index>(i));
        const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(misses.data(), static_cast<Eigen::Index>(misses.size()));
        parts_.push_back({Emulator(design(known, Eigen::all), y(known)), target.sd});
    }
}

Emulators::~Emulators() = default;

Eigen::MatrixXd Emulators::misses(const Eigen::MatrixXd& points) const {
    Eigen::MatrixXd all(points.rows(), static_cast<Eigen::Index>(parts_.size()));
    sim::for_each_piece(static_cast<std::size_t>(points.rows()), true, [&](std::size_t begin, std::size_t end) {
        for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
            const Eigen::VectorXd point = points.row(i).transpose();
            for (std::size_t t = 0; t < parts_.size(); ++t) all(i, static_cast<Eigen::Index>(t)) = parts_[t].emulator.mean(point);
        }
    });
    return all;
}

Eigen::VectorXd Emulators::slack() const {
    Eigen::VectorXd all(static_cast<Eigen::Index>(parts_.size()));
    for (std::size_t t = 0; t < parts_.size(); ++t) all[static_cast<Eigen::Index>(t)] = parts_[t].slack;
    return all;
}

double Emulators::explained(std::size_t target) const { return parts_[target].emulator.explained(); }

}  // namespace drawdown
