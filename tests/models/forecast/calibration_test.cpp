#include "models/forecast/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/forecast/emulator.hpp"
#include "models/transition/model.hpp"
#include "sim/random.hpp"
#include "tests/catch.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace drawdown {
namespace {

double noise(std::uint32_t i) {
    sim::Rng rng(sim::stream_key(3, "noise"), i, {}, 0);
    const double u = rng.uniform();
    return sim::normal_quantile(u);
}

Measures run_with(double first_conflict, double battle_before = 0.0) {
    Measures m{};
    m[static_cast<std::size_t>(Measure::battle_before)] = battle_before;
    m[static_cast<std::size_t>(Measure::first_conflict)] = first_conflict;
    return m;
}

/// A target whose mean is 2 x_0 at the points of a design.
Target sloped(const Eigen::MatrixXd& design, double seen, double sd, double scatter) {
    Target target{"slope", "test", seen, sd, {}};
    for (Eigen::Index i = 0; i < design.rows(); ++i)
        target.values.push_back(2.0 * design(i, 0) + scatter * noise(static_cast<std::uint32_t>(i)));
    return target;
}

TEST_CASE("a Latin hypercube has one point in each stratum of every parameter", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(50, 3, 1);
    for (Eigen::Index k = 0; k < 3; ++k) {
        std::vector<int> strata;
        for (Eigen::Index i = 0; i < 50; ++i)
            strata.push_back(static_cast<int>(50.0 * sim::normal_distribution_function(design(i, k))));
        std::sort(strata.begin(), strata.end());
        for (int s = 0; s < 50; ++s) CHECK(strata[static_cast<std::size_t>(s)] == s);
    }
}

TEST_CASE("an emulator finds a trend in single noisy runs, and nothing in noise alone", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(200, 5, 1);
    const Target target = sloped(design, 0.0, 1.0, 1.0);
    const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(target.values.data(), 200);
    const Emulator emulator(design, y);
    Eigen::VectorXd point = Eigen::VectorXd::Zero(5);
    point[0] = 1.0;
    // The slope of a regression on 200 points of unit variance has the standard error 1 / sqrt(200) = 0.07; five of them.
    CHECK_THAT(emulator.mean(point) - emulator.mean(-point), WithinAbs(4.0, 2.0 * 5.0 * 0.07 + 0.1));
    CHECK_THAT(emulator.explained(), WithinAbs(0.8, 0.08));  // 4 of a variance of 5
    Eigen::VectorXd nothing(200);
    for (Eigen::Index i = 0; i < 200; ++i) nothing[i] = noise(static_cast<std::uint32_t>(1000 + i));
    CHECK(Emulator(design, nothing).explained() < 0.15);
}

TEST_CASE("points of which a target says nothing do not count for it", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(60, 2, 1);
    Target target = sloped(design, 0.0, 1.0, 0.5);
    Target some = target;
    some.values.resize(40);
    for (std::size_t i = 40; i < 60; ++i) target.values[i] = std::nan("");
    const Eigen::MatrixXd point = Eigen::MatrixXd::Constant(1, 2, 0.5);
    CHECK(Emulators(design, {target}).misses(point) == Emulators(design.topRows(40), {some}).misses(point));
}

TEST_CASE("a share that is seen of all runs together weighs points by the runs that count there", "[calibration]") {
    Target target{"share", "test", 0.5, 0.1, {1.0, 0.25, std::nan("")}, {1.0, 4.0, 0.0}};
    CHECK_THAT(target.pooled(), WithinRel(2.0 / 5.0, 1e-12));
    const std::vector<double> misses = target.misses();
    CHECK(misses[2] == 0.0);
    // Their mean is what the pooled share misses.
    CHECK_THAT((misses[0] + misses[1] + misses[2]) / 3.0, WithinRel(2.0 / 5.0 - 0.5, 1e-12));
    target.seen = target.pooled();
    const std::vector<double> none = target.misses();
    CHECK_THAT(none[0] + none[1] + none[2], WithinAbs(0.0, 1e-12));
    target.counts.clear();
    CHECK_THAT(target.pooled(), WithinRel(0.625, 1e-12));
    CHECK(std::isnan(target.misses()[2]));
}

TEST_CASE("the tilt of a normal prior by a linear target moves its mean by what entropy and slack allow", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(100, 3, 1);
    const Emulators emulators(design, {sloped(design, 2.0, 0.5, 0.01)});
    const Posterior posterior(emulators, 4000, 3, 1);
    const std::vector<Eigen::Index> rows = posterior.draw(1000, 1);
    const Eigen::MatrixXd draws = posterior.points(rows, Eigen::all);
    // exp(l (2 x - 2)) moves the mean to m = 2 l, and 2 m - 2 = -0.25 l: m = 2 / (2 + 0.125). The spread stays: countries differ.
    const double m = 2.0 / 2.125;
    CHECK_THAT(draws.col(0).mean(), WithinAbs(m, 5.0 / std::sqrt(1000.0)));
    CHECK_THAT(posterior.tilted[0], WithinRel(0.5 * m, 0.05));
    CHECK_THAT(std::sqrt((draws.col(0).array() - draws.col(0).mean()).square().mean()), WithinAbs(1.0, 0.1));
    CHECK_THAT(draws.col(1).mean(), WithinAbs(0.0, 5.0 / std::sqrt(1000.0)));
    // Kish: of two normals a shift of m apart, exp(-m^2) is left.
    CHECK_THAT(posterior.effective(), WithinRel(4000.0 * std::exp(-m * m), 0.15));
}

TEST_CASE("where a target speaks against the prior by nothing, nothing is tilted", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(100, 2, 1);
    const Emulators emulators(design, {sloped(design, 0.0, 0.5, 0.01)});
    const Posterior posterior(emulators, 1000, 2, 3);
    CHECK_THAT(posterior.tilted[0], WithinAbs(0.0, 0.01));
    CHECK(posterior.effective() > 995.0);
}

TEST_CASE("weights without a target give its draws the distribution that the others speak for", "[calibration]") {
    const Eigen::MatrixXd design = latin_hypercube(100, 2, 1);
    const Emulators pulled(design, {sloped(design, 1.0, 0.5, 0.01)}), free(design, {sloped(design, 0.0, 0.5, 0.01)});
    const Posterior posterior(pulled, 4000, 2, 1);
    const std::vector<Eigen::Index> rows = posterior.draw(2000, 1);
    const std::vector<double> w = posterior.weights_under(free, rows);
    double sum = 0.0, weighed = 0.0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sum += w[i];
        weighed += w[i] * posterior.points(rows[i], 0);
        CHECK(w[i] <= 1.0);
    }
    CHECK_THAT(weighed / sum, WithinAbs(0.0, 0.15));
}

TEST_CASE("at the origin every uncertain parameter has nearly its default, and all lie in their ranges", "[calibration]") {
    const std::vector<sim::FieldInfo> parameters = uncertain_parameters();
    REQUIRE(parameters.size() > 20);
    const auto size = static_cast<Eigen::Index>(parameters.size());
    const Eigen::MatrixXd design = latin_hypercube(100, parameters.size(), 2);
    for (Eigen::Index i = 0; i < design.rows(); ++i) {
        const std::vector<double> values = values_of(design.row(i).transpose(), parameters);
        for (std::size_t k = 0; k < values.size(); ++k) CHECK(parameters[k].limits.contains(values[k]));
    }
    const std::vector<double> middle = values_of(Eigen::VectorXd::Zero(size), parameters);
    for (std::size_t k = 0; k < middle.size(); ++k) {
        INFO(parameters[k].key);  // what a range cuts off moves the median, by less than half a standard deviation
        if (parameters[k].prior.kind == sim::Prior::Kind::lognormal)
            CHECK_THAT(middle[k], WithinRel(*parameters[k].default_number, 0.3));
        else
            CHECK_THAT(middle[k], WithinAbs(*parameters[k].default_number, 0.5 * parameters[k].prior.spread));
    }
}

TEST_CASE("relapse counts the countries of one course whose first conflict lies in the years asked for", "[patterns]") {
    PatternRuns runs;
    runs["quiet_a alone"] = {run_with(0), run_with(1), run_with(4), run_with(5)};
    runs["quiet_b alone"] = {run_with(0), run_with(0), run_with(0), run_with(2)};
    runs["quiet_a stays"] = {run_with(1), run_with(1), run_with(1), run_with(1)};
    runs["war alone"] = {run_with(1), run_with(1), run_with(1), run_with(1)};
    const std::vector<std::size_t> all = {0, 1, 2, 3};
    CHECK(relapse(runs, "alone", 1, 5, all, FirstYear::any) == 0.5);
    CHECK(relapse(runs, "alone", 1, 4, all, FirstYear::any) == 3.0 / 8.0);
    CHECK(relapse(runs, "alone", 4, 5, all, FirstYear::any) == 0.25);
    CHECK(relapse(runs, "stays", 1, 1, all, FirstYear::any) == 1.0);
    CHECK(relapse(runs, "alone", 1, 5, {1, 1}, FirstYear::any) == 0.5);
    runs["quiet_a alone"][1] = run_with(1, 25);  // it was not quiet
    CHECK(relapse(runs, "alone", 1, 5, all, FirstYear::any) == 3.0 / 7.0);
}

TEST_CASE("a run counts as silent or restless by its own first year, and both together as UCDP has them", "[patterns]") {
    PatternRuns runs;
    runs["quiet_a alone"] = {run_with(0), run_with(0), run_with(1, 24), run_with(1, 25)};
    runs["restless_b alone"] = {run_with(0), run_with(2), run_with(0, 1), run_with(0, 300)};
    const std::vector<std::size_t> all = {0, 1, 2, 3};
    CHECK(relapse(runs, "alone", 1, 5, all, FirstYear::silent) == 0.25);
    CHECK(relapse(runs, "alone", 1, 5, all, FirstYear::restless) == 0.5);
    CHECK(relapse(runs, "alone", 1, 5, all, FirstYear::any) == 2.0 / 6.0);
    CHECK_THAT(relapse(runs, "alone", 1, 5, all, FirstYear::as_seen), WithinRel((67.0 * 0.25 + 81.0 * 0.5) / 148.0, 1e-12));
    CHECK(relapse(runs, "alone", 1, 5, {3}, FirstYear::any) == 0.0);
}

TEST_CASE("a pattern holds by its value, is near by its interval, and else fails", "[patterns]") {
    Pattern pattern{"T0", "test", 0.2, 0.5, {0.3, {0.0, 0.6}}};
    CHECK(pattern.verdict() == Pattern::Verdict::holds);
    pattern.seen = {0.6, {0.4, 0.7}};
    CHECK(pattern.verdict() == Pattern::Verdict::near);
    pattern.seen = {0.6, {0.55, 0.7}};
    CHECK(pattern.verdict() == Pattern::Verdict::fails);
}

TEST_CASE("exit statistics leave out the exit that is named", "[calibration]") {
    std::vector<ExitRow> rows(4);
    std::vector<Outcome> outcomes(4);
    PatternRuns runs;
    for (std::size_t i = 0; i < 4; ++i) {
        rows[i].id = std::array{"C0", "C1", "C2", "C3"}[i];
        rows[i].deaths[0] = i < 2 ? 0.0 : 100.0;
        outcomes[i].id = rows[i].id;
        outcomes[i].armed_conflict = i == 1;
        outcomes[i].deaths.fill(static_cast<double>(10 * i));
        runs[rows[i].id] = {run_with(i == 0 ? 3.0 : 0.0)};
    }
    const auto all = exit_targets(runs, rows, outcomes);
    REQUIRE(all.size() == 6);
    CHECK(all[0].seen == 0.5);  // one of two, with one more on either side
    CHECK(all[0].values.front() == 0.5);
    CHECK_THAT(all[5].seen, WithinRel(0.5 * (std::log1p(20.0) + std::log1p(30.0)), 1e-12));
    // Sample statistics need two exits; the others are untouched by the one that is left out.
    rows.push_back(rows[0]);
    outcomes.push_back(outcomes[0]);
    rows.back().id = "C4";
    runs["C4"] = runs["C0"];
    const auto without = exit_targets(runs, rows, outcomes, "C1");
    CHECK(without[0].seen == 0.25);
    CHECK(without[0].values.front() == 1.0);
    CHECK(without[5].seen == all[5].seen);
}

}  // namespace
}  // namespace drawdown
