#include "models/transition/neighbours.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

/// Three regions in a row; the first borders XAA and XBB, the second XBB, the third nobody. Neighbours do not drift.
struct Bordering {
    test::Tiny<Neighbours> tiny;

    Bordering() : Bordering(calm(inputs())) {}
    explicit Bordering(const Neighbours& process) : tiny({.regions = 3, .neighbours = 2}, process) {}

    static Inputs inputs() {
        Inputs in;
        for (const char* name : {"a", "b", "c"}) {
            RegionInput region;
            region.name = name;
            in.regions.push_back(region);
        }
        in.regions[0].neighbours_abroad = {"XAA", "XBB"};
        in.regions[1].neighbours_abroad = {"XBB"};
        for (const char* name : {"XAA", "XBB"}) {
            NeighbourInput neighbour;
            neighbour.name = name;
            neighbour.trafficking = 0.0;
            in.neighbours.push_back(neighbour);
        }
        return in;
    }
    static Neighbours calm(const Inputs& in) {
        Neighbours process;
        process.drift_sd = 0.0;
        process.stance_sd = 0.0;
        process.neighbours = in.neighbours;
        process.lay_out(in);
        auto geography = std::make_shared<Geography>();
        geography->neighbours = {{{1, 50.0, 10.0}}, {{0, 50.0, 10.0}, {2, 50.0, 10.0}}, {{1, 50.0, 10.0}}};
        process.geography = geography;
        return process;
    }
};

}  // namespace

TEST_CASE("trouble comes across the border of its country only", "[neighbours]") {
    Inputs in = Bordering::inputs();
    SpilloverInput pulse;
    pulse.start = test::moment().date - 7;
    pulse.peak = test::moment().date + 70;
    pulse.end = test::moment().date + 7000;
    pulse.level = 0.6;
    pulse.neighbour = "XAA";
    Neighbours process = Bordering::calm(in);
    process.rate = 1.0;
    process.spillovers = {pulse};
    Bordering at(process);
    at.tiny.run(60);
    CHECK(at.tiny[region::spillover][0] > 0.4);
    CHECK(at.tiny[region::spillover][1] == 0.0);
    CHECK(at.tiny[region::spillover][2] == 0.0);
    CHECK(at.tiny[country::spillover][0] == at.tiny[region::spillover][0]);
    CHECK(at.tiny[region::arms_flow][0] > 0.1);
    CHECK(at.tiny[region::arms_flow][2] == 0.0);
}

TEST_CASE("a neighbour's drift has its standard deviation", "[neighbours]") {
    Neighbours process = Bordering::calm(Bordering::inputs());
    process.neighbours[0].instability = 0.5;
    process.drift_sd = 0.05;
    process.rate = 0.2;
    Bordering at(process);
    at.tiny.run(100);
    double sum = 0.0;
    double squares = 0.0;
    const int weeks = 20'000;
    for (int i = 0; i < weeks; ++i) {
        at.tiny.run();
        const double x = at.tiny[neighbour::instability][0];
        sum += x;
        squares += x * x;
    }
    const double mean = sum / weeks;
    CHECK_THAT(mean, WithinAbs(0.5, 0.006));
    CHECK_THAT(std::sqrt(squares / weeks - mean * mean), WithinAbs(0.05, 0.005));
}

TEST_CASE("extremism spreads from next door and to adjoining regions, breeds on abuse, and fades with jobs", "[neighbours]") {
    const auto extremism = [](double next_door, double abuse, double jobs, std::size_t region) {
        Neighbours process = Bordering::calm(Bordering::inputs());
        process.neighbours[0].extremism = next_door;
        Bordering at(process);
        test::fill(at.tiny[region::grievance], 0.8);
        test::fill(at.tiny[region::abuse], abuse);
        test::fill(at.tiny[region::youth_jobs], jobs);
        test::fill(at.tiny[region::state_control], 0.5);
        at.tiny.run(300);
        return at.tiny[region::extremism][region];
    };
    CHECK(extremism(0.0, 1.0, 0.0, 0) == 0.0);  // nothing breeds where nothing is
    CHECK(extremism(0.6, 0.0, 0.0, 0) > extremism(0.6, 0.0, 0.0, 2));
    CHECK(extremism(0.6, 0.0, 0.0, 2) > 0.0);
    CHECK(extremism(0.6, 0.5, 0.0, 0) > extremism(0.6, 0.0, 0.0, 0));
    CHECK(extremism(0.6, 0.0, 1.0, 0) < extremism(0.6, 0.0, 0.0, 0));
}

TEST_CASE("hosts tire as refugees come", "[neighbours]") {
    const auto hosting = [](std::int64_t refugees) {
        Bordering at;
        at.tiny[country::population][0] = 1'000'000;
        at.tiny[country::refugees][0] = refugees;
        at.tiny.run();
        return at.tiny[neighbour::hosting][0];
    };
    CHECK_THAT(hosting(0), WithinAbs(0.5, 1e-12));
    CHECK(hosting(100'000) < hosting(10'000));
}
