#include "models/transition/coups.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// A government of middling legitimacy that pays, with 1,000 of the forces in the capital, the second region.
struct Plotted {
    test::Tiny<Coups> tiny;

    explicit Plotted(const Coups& coups = {}) : tiny({.regions = 2}, coups) {
        tiny[region::remoteness][0] = 1.0;
        tiny[region::security][1] = 1000;
        tiny[country::legitimacy][0] = 0.5;
        tiny[country::budget_adequacy][0] = 1.0;
        tiny[country::inclusiveness][0] = 0.6;
        tiny[country::press_freedom][0] = 0.4;
    }
    void attempt(double strength) {
        tiny[country::coup_attempts][0] = 1;
        tiny[country::coup_strength][0] = strength;
        tiny.run();
        tiny[country::coup_attempts][0] = 0;
    }
};

}  // namespace

TEST_CASE("an attempt succeeds the more, the more are behind it, the weaker the government and the worse it pays", "[coups]") {
    const Coups coups;
    const double usual = coups.success(0.6, 0.5, 1.0);
    CHECK(usual > 0.0);
    CHECK(usual < 0.6);
    CHECK(coups.success(0.9, 0.5, 1.0) > usual);
    CHECK(coups.success(0.6, 0.2, 1.0) > usual);
    CHECK(coups.success(0.6, 0.5, 0.5) > usual);
    CHECK(coups.success(0.0, 0.0, 0.0) == 0.0);
    CHECK(Coups{.odds = 2.0}.success(0.6, 0.5, 1.0) > usual);
}

TEST_CASE("a coup that succeeds closes the government at once and kills nobody; the rule of soldiers fades", "[coups]") {
    Plotted place({.odds = 10.0});
    place.attempt(1.0);
    CHECK(place.tiny[country::military_rule][0] == 0.5);
    CHECK_THAT(place.tiny[country::inclusiveness][0], WithinAbs(0.3, 1e-12));
    CHECK_THAT(place.tiny[country::press_freedom][0], WithinAbs(0.2, 1e-12));
    CHECK(test::total(place.tiny[region_violence::deaths]) == 0);
    REQUIRE(place.tiny.state().events().size() == 1);
    CHECK(place.tiny.state().events()[0].kind == static_cast<int>(EventKind::coup_succeeds));
    place.tiny.run(156);
    CHECK_THAT(place.tiny[country::military_rule][0], WithinAbs(0.25, 1e-9));
    // Soldiers against soldiers close only what was open again.
    place.attempt(1.0);
    CHECK(place.tiny[country::military_rule][0] == 0.5);
    CHECK_THAT(place.tiny[country::inclusiveness][0], WithinAbs(0.3 * 0.5 / (1.0 - 0.25 * std::exp2(-1.0 / 156.0)), 1e-9));
}

TEST_CASE("a group that comes to hold the capital rules, and its ground is the state's", "[coups]") {
    test::Tiny<Coups> tiny({.regions = 2, .groups = 2}, Coups{});
    tiny[region::remoteness][0] = 1.0;
    tiny[country::inclusiveness][0] = 0.6;
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::posture], static_cast<std::uint8_t>(Posture::fight));
    test::fill(tiny[region::holder], held_by_group(1));
    test::fill(tiny[region_group::control], 0.3);
    test::fill(tiny[region::state_control], 0.2);
    tiny[region::holder][1] = held_by_nobody;
    tiny.run();
    CHECK(tiny[country::ruler][0] == 0);  // a province is no capital
    CHECK(tiny.state().events().empty());

    tiny[region::holder][1] = held_by_group(1);
    tiny.run(2);
    CHECK(tiny[country::ruler][0] == held_by_group(1));
    CHECK(tiny[group::posture][1] == static_cast<std::uint8_t>(Posture::comply));
    CHECK(tiny[group::signatory][1] == 1);
    CHECK(tiny[group::posture][0] == static_cast<std::uint8_t>(Posture::fight));
    CHECK(tiny[region::holder][0] == held_by_state);
    CHECK(tiny[region_group::control][1] == 0.0);
    CHECK(tiny[region_group::control][0] == 0.3);
    CHECK_THAT(tiny[region::state_control][0], WithinAbs(0.5, 1e-12));
    CHECK_THAT(tiny[country::inclusiveness][0], WithinAbs(0.3, 1e-12));
    REQUIRE(tiny.state().events().size() == 1);  // once
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::government_falls));

    tiny[group::alive][1] = 0;
    tiny.run();
    CHECK(tiny[country::ruler][0] == 0);
}

TEST_CASE("a coup that fails kills forces in the capital and changes no government", "[coups]") {
    Plotted place({.odds = -10.0, .deaths = 50.0});
    place.attempt(1.0);
    CHECK(place.tiny[country::military_rule][0] == 0.0);
    CHECK(place.tiny[country::inclusiveness][0] == 0.6);
    const std::int32_t dead = place.tiny[region::security_toll][1];
    CHECK(dead > 20);
    CHECK(dead < 90);
    CHECK(place.tiny[region_violence::deaths][row(Violence::state_based, 1)] == dead);
    CHECK(place.tiny[region_violence::forces_dead][row(Violence::state_based, 1)] == dead);
    CHECK(place.tiny[country::battle_deaths_year][0] == dead);
    CHECK(place.tiny[region::security_toll][0] == 0);
    REQUIRE(place.tiny.state().events().size() == 1);
    CHECK(place.tiny.state().events()[0].kind == static_cast<int>(EventKind::coup_fails));
    CHECK(place.tiny.state().events()[0].value == static_cast<float>(dead));
    Plotted empty({.odds = -10.0, .deaths = 50.0});
    empty.tiny[region::security][1] = 3;
    empty.attempt(1.0);
    CHECK(empty.tiny[region::security_toll][1] == 3);  // nobody dies who is not there
}
