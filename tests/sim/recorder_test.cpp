#include "sim/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/errors.hpp"
#include "tests/catch.hpp"

namespace {

constexpr sim::Column<"site.level", double> level{"m", "level"};
constexpr sim::Column<"site.count", std::int32_t> count{"1", "count"};
constexpr sim::Column<"site.total", std::int64_t> total{"1", "total"};
constexpr sim::Column<"site.flag", std::uint8_t> flag{"1", "flag"};
constexpr sim::Column<"world.heat", float> heat{"K", "heat"};

constexpr std::size_t sites = 3;

/// A state of three sites and one world, a clock of `steps` weeks, and a recorder.
struct Bench {
    sim::Layout layout = columns();
    sim::State state{layout};
    sim::Clock clock;
    sim::RecordPlan plan;
    sim::Recorder recorder;

    Bench(int steps, std::int32_t every_steps, const std::vector<sim::Output>& outputs)
        : clock(sim::Date(0), sim::Date(7 * steps), 7), plan(make_plan(every_steps, outputs)), recorder(plan) {}
    Bench(const Bench&) = delete;  // the recorder points to the plan
    Bench& operator=(const Bench&) = delete;

    sim::Step moment(std::int32_t step) const {
        sim::Step now;
        now.index = step;
        now.recorded = plan.ends_with(step, clock);
        return now;
    }
    void observe(std::int32_t step) { recorder.observe(state, moment(step)); }

  private:
    static sim::Layout columns() {
        sim::Layout made;
        for (const sim::ColumnInfo& column : sim::columns(level, count, total, flag, heat).infos) made.add(column);
        return made;
    }
    sim::RecordPlan make_plan(std::int32_t every_steps, const std::vector<sim::Output>& outputs) {
        state.set_rows("site", sites, {"site"});
        state.set_rows("world", 1, {});
        return sim::RecordPlan::make(outputs, layout, state, clock, every_steps);
    }
};

// Multiples of 1/8, up and down: their sums are exact.
double level_at(int step, std::size_t row) { return (step * 37 % 11 - 5) * (static_cast<double>(row) + 1.0) / 8.0; }
std::int32_t count_at(int step, std::size_t row) { return (step * 29 % 13 - 6) * (static_cast<int>(row) + 1); }

/// What a cell method makes of the values of one interval, written down plainly.
double aggregate(sim::Cell cell, const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    switch (cell) {
        case sim::Cell::point:
            return values.back();
        case sim::Cell::sum:
            return sum;
        case sim::Cell::mean:
            return sum / static_cast<double>(values.size());
        case sim::Cell::maximum:
            return *std::max_element(values.begin(), values.end());
    }
    return 0.0;
}

const std::vector<sim::Cell> cells{sim::Cell::point, sim::Cell::sum, sim::Cell::mean, sim::Cell::maximum};

}  // namespace

TEST_CASE("intervals become points, sums, means and maxima, the short last one too", "[recorder]") {
    const int steps = GENERATE(1, 4, 10, 12);
    const std::int32_t every = GENERATE(1, 4, 52);
    std::vector<sim::Output> outputs;
    for (const sim::Cell cell : cells) {
        outputs.push_back(sim::record("level", level, cell));
        outputs.push_back(sim::record("count", count, cell));
    }
    Bench bench(steps, every, outputs);
    const std::int32_t intervals = (steps + every - 1) / every;
    REQUIRE(bench.plan.intervals == intervals);
    CHECK(bench.plan.record_bytes() == 4 * sites * outputs.size() * static_cast<std::size_t>(intervals));

    for (int step = 0; step < steps; ++step) {
        for (std::size_t row = 0; row < sites; ++row) {
            bench.state.of(level)[row] = level_at(step, row);
            bench.state.of(count)[row] = count_at(step, row);
        }
        bench.observe(step);
    }

    const sim::Record& record = bench.recorder.record();
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        const bool floats = o % 2 == 0;
        REQUIRE(record.floats[o].size() == (floats ? sites * static_cast<std::size_t>(intervals) : 0));
        REQUIRE(record.integers[o].size() == (floats ? 0 : sites * static_cast<std::size_t>(intervals)));
        for (std::int32_t interval = 0; interval < intervals; ++interval) {
            for (std::size_t row = 0; row < sites; ++row) {
                std::vector<double> values;
                for (int step = interval * every; step < std::min(steps, (interval + 1) * every); ++step)
                    values.push_back(floats ? level_at(step, row) : count_at(step, row));
                const double expected = aggregate(outputs[o].cell, values);
                const std::size_t at = static_cast<std::size_t>(interval) * sites + row;
                INFO("output " << o << ", interval " << interval << ", row " << row);
                if (floats)
                    CHECK(record.floats[o][at] == static_cast<float>(expected));
                else
                    CHECK(record.integers[o][at] == std::llround(expected));
            }
        }
    }
}

TEST_CASE("a plan knows where intervals end", "[recorder]") {
    const Bench bench(10, 4, {});
    std::vector<int> ends;
    for (int step = 0; step < 10; ++step)
        if (bench.plan.ends_with(step, bench.clock)) ends.push_back(step);
    CHECK(ends == std::vector<int>{3, 7, 9});
}

TEST_CASE("tables of any width and all types are recorded", "[recorder]") {
    Bench bench(2, 1,
                {sim::record("total", total, sim::Cell::point), sim::record("flag", flag, sim::Cell::sum),
                 sim::record("heat", heat, sim::Cell::mean)});
    CHECK(sim::is_integer(sim::ElementType::int64));
    CHECK_FALSE(sim::is_integer(sim::ElementType::float32));
    bench.state.of(total)[1] = -2'000'000'000;
    bench.state.of(flag)[2] = 255;
    bench.state.of(heat)[0] = 0.1F;
    bench.observe(0);
    bench.observe(1);
    const sim::Record& record = bench.recorder.record();
    CHECK(record.integers[0] == std::vector<std::int32_t>{0, -2'000'000'000, 0, 0, -2'000'000'000, 0});
    CHECK(record.integers[1] == std::vector<std::int32_t>{0, 0, 255, 0, 0, 255});
    CHECK(record.floats[2] == std::vector<float>{0.1F, 0.1F});
}

TEST_CASE("intervals that have not ended are NaN, or 0 where there is none", "[recorder]") {
    Bench bench(8, 4, {sim::record("level", level, sim::Cell::sum), sim::record("count", count, sim::Cell::sum)});
    for (int step = 0; step < 6; ++step) bench.observe(step);
    CHECK(bench.recorder.record().floats[0][0] == 0.0F);
    CHECK(std::isnan(bench.recorder.record().floats[0][sites]));
    CHECK(bench.recorder.record().integers[1][sites] == 0);
}

TEST_CASE("a recorder that is copied in the middle of an interval goes on from there", "[recorder]") {
    Bench bench(4, 4, {sim::record("level", level, sim::Cell::sum)});
    bench.state.of(level)[0] = 1.0;
    bench.observe(0);
    bench.observe(1);
    sim::Recorder branch(bench.recorder);
    bench.observe(2);
    bench.observe(3);
    bench.state.of(level)[0] = 10.0;
    branch.observe(bench.state, bench.moment(2));
    branch.observe(bench.state, bench.moment(3));
    CHECK(bench.recorder.record().floats[0][0] == 4.0F);
    CHECK(branch.record().floats[0][0] == 22.0F);
}

TEST_CASE("a value that is not finite stops the run, with step, column and row", "[recorder]") {
    const double bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                                -std::numeric_limits<double>::infinity());
    const sim::Cell cell = GENERATE(from_range(cells));
    Bench bench(4, 2, {sim::record("level", level, cell)});
    bench.observe(0);
    bench.state.of(level)[2] = bad;
    const auto says = [](const char* what) { return Catch::Matchers::Contains(what); };
    REQUIRE_THROWS_AS(bench.observe(1), sim::NumericalError);
    CHECK_THROWS_WITH(bench.observe(1), says("recorder") && says("step 1") && says("site.level") && says("row 2"));
}

TEST_CASE("what does not fit in 32 bits stops the run", "[recorder]") {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    SECTION("an integer at the limit fits, the next one does not") {
        Bench bench(2, 1, {sim::record("total", total, sim::Cell::point)});
        bench.state.of(total)[0] = most;
        bench.state.of(total)[1] = -most;
        CHECK_NOTHROW(bench.observe(0));
        CHECK(bench.recorder.record().integers[0][0] == most);
        CHECK(bench.recorder.record().integers[0][1] == -most);
        bench.state.of(total)[GENERATE(std::size_t{0}, std::size_t{1})] = GENERATE(most + 1, -most - 1, std::int64_t{1} << 62);
        CHECK_THROWS_AS(bench.observe(1), sim::NumericalError);
    }
    SECTION("a sum of integers that fit") {
        Bench bench(2, 2, {sim::record("bugs", count, sim::Cell::sum)});
        bench.state.of(count)[1] = 1'500'000'000;
        CHECK_NOTHROW(bench.observe(0));
        CHECK_THROWS_WITH(bench.observe(1), Catch::Matchers::Contains("bugs = 3000000000"));
    }
    SECTION("a double beyond float, which would become infinite") {
        Bench bench(1, 1, {sim::record("level", level, sim::Cell::point)});
        bench.state.of(level)[0] = GENERATE(1e39, -1e300);
        CHECK_THROWS_AS(bench.observe(0), sim::NumericalError);
    }
    SECTION("a sum of doubles that overflows") {
        Bench bench(2, 2, {sim::record("level", level, sim::Cell::sum)});
        bench.state.of(level)[0] = 1.5e308;
        bench.observe(0);
        CHECK_THROWS_AS(bench.observe(1), sim::NumericalError);
    }
}

TEST_CASE("rounding to significant bits keeps the size within half a step", "[sim][recorder]") {
    CHECK(sim::rounded_to_bits(1.0F, 12) == 1.0F);
    CHECK(sim::rounded_to_bits(0.0F, 12) == 0.0F);
    CHECK(sim::rounded_to_bits(0.3F, 24) == 0.3F);
    CHECK(sim::rounded_to_bits(1.0F + 1.0F / 4096.0F, 12) == 1.0F + 1.0F / 2048.0F);
    CHECK(sim::rounded_to_bits(-(1.0F + 1.0F / 8192.0F), 12) == -1.0F);
    CHECK(std::isnan(sim::rounded_to_bits(std::nanf(""), 12)));
    for (float x = 1e-6F; x < 1e6F; x *= 1.37F) CHECK(std::abs(sim::rounded_to_bits(x, 12) / x - 1.0F) <= 1.0F / 4096.0F);
}
