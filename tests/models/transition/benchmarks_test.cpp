#include "models/transition/benchmarks.hpp"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "models/transition/event_kinds.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

BenchmarkInput benchmark_on(Indicator indicator, double error_sd = 0.0, double delay_weeks = 0.0, double at_least = 0.5) {
    BenchmarkInput input;
    input.indicator = indicator;
    input.error_sd = error_sd;
    input.delay_weeks = delay_weeks;
    input.at_least = at_least;
    return input;
}

/// Two regions, of 3,000 and 1,000 adults.
struct Watched {
    test::Tiny<Benchmarks> tiny;

    explicit Watched(const std::vector<BenchmarkInput>& benchmarks, double sight = 0.5)
        : tiny({.regions = 2, .benchmarks = benchmarks.size()}, watching(benchmarks, sight)) {
        tiny[region::adults][0] = 3000;
        tiny[region::adults][1] = 1000;
        tiny[country::population][0] = 10'000;
        tiny[country::mission_open][0] = 1;
        tiny[country::sight][0] = 1.0;
    }
    static Benchmarks watching(std::vector<BenchmarkInput> benchmarks, double sight) {
        Benchmarks process;
        process.sight = sight;
        process.benchmarks = std::move(benchmarks);
        return process;
    }
};

}  // namespace

TEST_CASE("each benchmark reads its indicator, weighted by adults", "[benchmarks]") {
    std::vector<BenchmarkInput> all;
    for (int i = 0; i < indicator_count; ++i) all.push_back(benchmark_on(static_cast<Indicator>(i)));
    Watched watched(all);
    watched.tiny[region::security_level][0] = 0.8;
    watched.tiny[region::state_control][1] = 0.4;
    watched.tiny[region_function::capacity][row(Function::police, 0)] = 0.6;
    watched.tiny[region_function::capacity][row(Function::justice, 1)] = 0.2;
    watched.tiny[country::legitimacy][0] = 0.33;
    watched.tiny[country::implementation][0] = 0.44;
    watched.tiny[country::displaced][0] = 150;
    watched.tiny[country::refugees][0] = 50;
    watched.tiny.run();
    const auto value = watched.tiny[benchmark::value];
    const auto of = [&](Indicator i) { return value[static_cast<std::size_t>(i)]; };
    CHECK_THAT(of(Indicator::security), WithinAbs(0.6, 1e-12));
    CHECK_THAT(of(Indicator::state_control), WithinAbs(0.1, 1e-12));
    CHECK_THAT(of(Indicator::police_capacity), WithinAbs(0.45, 1e-12));
    CHECK_THAT(of(Indicator::justice_capacity), WithinAbs(0.05, 1e-12));
    CHECK_THAT(of(Indicator::legitimacy), WithinAbs(0.33, 1e-12));
    CHECK_THAT(of(Indicator::implementation), WithinAbs(0.44, 1e-12));
    CHECK_THAT(of(Indicator::returns), WithinAbs(0.6, 1e-12));  // 2 % away, of the 5 % that count as all
    for (std::size_t b = 0; b < all.size(); ++b) CHECK_THAT(watched.tiny[benchmark::observed][b], WithinAbs(value[b], 1e-12));
}

TEST_CASE("a reading follows the truth with its delay, whatever the step", "[benchmarks]") {
    const double dt = GENERATE(1.0, 2.0);
    Watched watched({benchmark_on(Indicator::legitimacy, 0.0, 8.0)});
    watched.tiny[country::legitimacy][0] = 0.8;
    watched.tiny.run(static_cast<int>(8.0 / dt), dt);
    CHECK_THAT(watched.tiny[benchmark::observed][0], WithinAbs(0.8 * (1.0 - std::exp(-1.0)), 1e-12));
    CHECK(watched.tiny[benchmark::value][0] == 0.8);
}

TEST_CASE("readings err with their standard deviation, less where the mission sees more", "[benchmarks]") {
    const double delay = GENERATE(0.0, 8.0);
    const double seen = GENERATE(0.0, 1.0);
    Watched watched({benchmark_on(Indicator::legitimacy, 0.02, delay)}, 0.5);
    watched.tiny[country::legitimacy][0] = 0.5;
    watched.tiny[country::sight][0] = seen;
    watched.tiny.run(100);
    std::vector<double> readings;
    for (int week = 0; week < 40'000; ++week) {
        watched.tiny.run();
        readings.push_back(watched.tiny[benchmark::observed][0]);
    }
    const double sd = 0.02 * (1.0 - 0.5 * seen);
    // Squares of a reading are independent after half the delay: as many as weeks / (1 + delay).
    const double lag = delay * (2.0 - seen);
    const double independent = 40'000.0 / (1.0 + lag);
    CHECK_THAT(sim::sample_sd(readings), WithinRel(sd, 5.0 / std::sqrt(2.0 * independent)));
    CHECK_THAT(sim::mean(readings), WithinAbs(0.5, 5.0 * sd * std::sqrt((1.0 + 2.0 * lag) / 40'000.0)));
}

TEST_CASE("the weeks for which a benchmark is met count up, and begin again when it is lost", "[benchmarks]") {
    Watched watched({benchmark_on(Indicator::legitimacy, 0.0, 0.0, 0.5)});
    watched.tiny[country::legitimacy][0] = 0.5;  // exactly enough
    watched.tiny.run(7);
    CHECK(watched.tiny[benchmark::held_weeks][0] == 7.0);
    watched.tiny[country::legitimacy][0] = 0.499;
    watched.tiny.run();
    CHECK(watched.tiny[benchmark::held_weeks][0] == 0.0);
    watched.tiny[country::legitimacy][0] = 0.6;
    watched.tiny.run(3, 2.0);
    CHECK(watched.tiny[benchmark::held_weeks][0] == 6.0);
}

TEST_CASE("a benchmark that was met is lost only when it has been clearly low for long", "[benchmarks]") {
    BenchmarkInput input = benchmark_on(Indicator::legitimacy, 0.0, 0.0, 0.5);
    input.held_weeks = 5.0;
    const auto kinds = [](Watched& watched) {
        std::vector<int> found;
        for (const sim::Event& event : watched.tiny.state().events()) found.push_back(event.kind);
        return found;
    };
    const int met = static_cast<int>(EventKind::benchmark_met);
    const int lost = static_cast<int>(EventKind::benchmark_lost);
    input.error_sd = 1e-9;
    Watched watched({input});
    const Benchmarks usual;
    watched.tiny[country::legitimacy][0] = 0.51;
    watched.tiny.run(3);
    watched.tiny[country::legitimacy][0] = 0.49;  // not yet met: it begins again
    watched.tiny.run();
    CHECK(watched.tiny[benchmark::held_weeks][0] == 0.0);
    watched.tiny[country::legitimacy][0] = 0.51;
    watched.tiny.run(5);
    CHECK(kinds(watched) == std::vector<int>{met});
    watched.tiny[country::legitimacy][0] = 0.49;
    watched.tiny.run(static_cast<int>(usual.lost_after_weeks) - 1);
    CHECK(watched.tiny[benchmark::held_weeks][0] > 0.0);
    watched.tiny[country::legitimacy][0] = 0.51;  // in time
    watched.tiny.run();
    watched.tiny[country::legitimacy][0] = 0.49;
    watched.tiny.run(static_cast<int>(usual.lost_after_weeks) - 1);
    CHECK(kinds(watched) == std::vector<int>{met});
    watched.tiny.run();
    CHECK(watched.tiny[benchmark::held_weeks][0] == 0.0);
    CHECK(kinds(watched) == std::vector<int>{met, lost});
}

TEST_CASE("readings stand still when nobody watches any more", "[benchmarks]") {
    Watched watched({benchmark_on(Indicator::legitimacy)});
    watched.tiny[country::legitimacy][0] = 0.8;
    watched.tiny.run();
    watched.tiny[country::mission_open][0] = 0;
    watched.tiny[country::legitimacy][0] = 0.2;
    watched.tiny.run(10);
    CHECK(watched.tiny[benchmark::observed][0] == 0.8);
    CHECK(watched.tiny[benchmark::value][0] == 0.2);
    watched.tiny[country::political_oversight][0] = 0.5;
    watched.tiny.run(10);
    CHECK(watched.tiny[benchmark::observed][0] == 0.2);
}

TEST_CASE("the catalogue has a short, a medium and a long-term benchmark for each of thirteen outputs", "[benchmarks]") {
    std::map<std::string, int> terms;  // bits
    std::set<std::string> names;
    for (const BenchmarkInput& benchmark : benchmark_catalogue()) {
        terms[benchmark.output] |= 1 << static_cast<int>(benchmark.term);
        names.insert(benchmark.name);
        CHECK_FALSE(benchmark.outcome.empty());
        CHECK_FALSE(benchmark.label.empty());
        CHECK(benchmark.at_least > 0.0);
    }
    CHECK(names.size() == benchmark_catalogue().size());
    CHECK(terms.size() == 13);
    for (const auto& [output, bits] : terms) CHECK(bits == 7);
}
