#include "models/transition/redeployment.hpp"

#include <cmath>

#include "models/transition/tally.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

constexpr std::uint32_t people = 10'000;

/// Four regions in a row, and a fifth that borders none.
Geography row_of_regions() {
    Geography made;
    made.neighbours = {
        {{1, 10.0, 1.0}}, {{0, 10.0, 1.0}, {2, 10.0, 1.0}}, {{1, 10.0, 1.0}, {3, 10.0, 1.0}}, {{2, 10.0, 1.0}}, {}};
    made.at_border.assign(5, 0);
    return made;
}

/// 10,000 fighters of group 0 of two in region 0, where their home is.
struct Force {
    test::Tiny<Redeployment, Tally> tiny;

    explicit Force(Redeployment process = {})
        : tiny({.regions = 5, .groups = 2, .communities = {people}}, placed(process), Tally{}) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::status], static_cast<int>(Status::fighter));
        test::fill(tiny[person::group], 0);
        tiny[community::fighters][0] = static_cast<std::int32_t>(people);
        tiny[region_group::fighters][0] = people;
    }
    static Redeployment placed(Redeployment process) {
        process.routes = std::make_shared<const Routes>(row_of_regions());
        return process;
    }
    std::int64_t there(std::size_t region) { return tiny[region_group::fighters][region * 2]; }
    double& wanted(std::size_t region) { return tiny[region_group::wanted_share][region * 2]; }
};

}  // namespace

TEST_CASE("routes lead by the shortest way, and nowhere without one", "[redeployment]") {
    Geography made = row_of_regions();
    const Routes row(made);
    CHECK(row.towards(0, 3) == 1);
    CHECK(row.towards(3, 0) == 2);
    CHECK(row.towards(2, 2) == 2);
    CHECK(row.towards(0, 4) == Routes::none);
    made.neighbours[0].push_back({3, 25.0, 1.0});  // shorter than 30 km along the row, longer than 20 km to region 2
    const Routes ring(made);
    CHECK(ring.towards(0, 3) == 3);
    CHECK(ring.towards(0, 2) == 1);
}

TEST_CASE("fighters whom nobody wants elsewhere stay", "[redeployment]") {
    Force none;
    none.tiny.run(5);
    CHECK(none.there(0) == people);
    CHECK(test::total(none.tiny[region::moved_fighters]) == 0);
    Force here;
    here.wanted(0) = 1.0;
    here.tiny.run(5);
    CHECK(here.there(0) == people);
    Force others;  // another group's plan is not theirs
    others.tiny[region_group::wanted_share][3 * 2 + 1] = 1.0;
    others.tiny.run(5);
    CHECK(others.there(0) == people);
    Force cut_off;
    cut_off.wanted(4) = 1.0;
    cut_off.tiny.run(5);
    CHECK(cut_off.there(0) == people);
}

TEST_CASE("fighters move towards the wanted shares, a region at a time, and keep their home", "[redeployment]") {
    Force force({.rate = 0.3});
    force.wanted(0) = 0.5;  // shares are relative to their sum
    force.wanted(3) = 1.5;
    force.tiny.run();
    const double p = -std::expm1(-0.3 * 0.75);
    CHECK_THAT(static_cast<double>(force.there(1)), WithinAbs(people * p, 5.0 * std::sqrt(people * p * (1.0 - p))));
    CHECK(force.tiny[region::moved_fighters][0] == force.there(1));
    CHECK(force.there(2) + force.there(3) == 0);
    force.tiny.run(80);
    CHECK_THAT(static_cast<double>(force.there(0)), WithinAbs(0.25 * people, 0.03 * people));
    CHECK_THAT(static_cast<double>(force.there(3)), WithinAbs(0.75 * people, 0.03 * people));
    CHECK(force.there(0) + force.there(1) + force.there(2) + force.there(3) == people);
    CHECK(force.tiny[region::population][3] == force.there(3));
    CHECK(test::count_persons(force.tiny.state(), Status::fighter) == people);
}

TEST_CASE("more persons per agent move as many fighters", "[redeployment]") {
    Force coarse({.rate = 0.3, .persons_per_agent = 50, .agents_per_community = people});
    test::fill(coarse.tiny[person::weight].first(people), 0);
    test::fill(coarse.tiny[person::weight].first(people / 50), 50);
    coarse.wanted(1) = 1.0;
    coarse.tiny.run();
    const double p = -std::expm1(-0.3);
    CHECK_THAT(static_cast<double>(coarse.there(1)), WithinAbs(people * p, 5.0 * std::sqrt(people * p * (1.0 - p))));
    CHECK(coarse.there(0) + coarse.there(1) == people);
}
