#include "models/transition/movement.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::check_share;

constexpr std::uint32_t people = 20'000;

/// Region 0 with neighbours 1 (20 km) and 2 (60 km); `border` tells whether another country lies beside it.
std::shared_ptr<const Geography> geography(bool border, bool neighbours = true) {
    auto made = std::make_shared<Geography>();
    made->neighbours.resize(3);
    if (neighbours) made->neighbours[0] = {{1, 20.0, 10.0}, {2, 60.0, 10.0}};
    made->at_border = {static_cast<std::uint8_t>(border ? 1 : 0), 0, 0};
    return made;
}

/// 20,000 persons without fear in a community of region 0, where violence reaches half of its scale.
struct Struck {
    test::Tiny<Flight> tiny;

    explicit Struck(Flight flight = {}, bool border = false, bool neighbours = true)
        : tiny({.regions = 3, .communities = {people}}, placed(flight, border, neighbours)) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::fear], 0.0F);
        tiny[community::violence][0] = static_cast<float>(flight.scale);
    }
    static Flight placed(Flight flight, bool border, bool neighbours) {
        flight.geography = geography(border, neighbours);
        return flight;
    }
    std::int64_t fled() {
        tiny.run();
        const std::int64_t away =
            test::count_persons(tiny.state(), Status::displaced) + test::count_persons(tiny.state(), Status::refugee);
        CHECK(tiny[region::newly_displaced][0] == away);
        return away;
    }
    std::int64_t displaced_in(std::uint8_t region) {
        return test::count_persons(tiny.state(), [&](std::size_t i) {
            return tiny[person::status][i] == static_cast<int>(Status::displaced) && tiny[person::location][i] == region;
        });
    }
};

/// 20,000 persons of region 0 who are away, by status, when home is as safe and served as given.
std::int64_t returned_after(Status away, double security, double services, int weeks) {
    test::Tiny tiny({.regions = 2, .communities = {people}}, Return{});
    test::settle_persons(tiny.state());
    test::fill(tiny[person::status], static_cast<int>(away));
    test::fill(tiny[person::location], away == Status::displaced ? 1 : 0);
    tiny[community::away][0] = people;
    tiny[region::security_level][0] = security;
    tiny[region::services][0] = services;
    std::int64_t returned = 0;
    for (int week = 0; week < weeks; ++week) {
        tiny.run();
        returned += tiny[region::returned][0];
    }
    CHECK(test::count_persons(tiny.state(), Status::home) == returned);
    return returned;
}

}  // namespace

TEST_CASE("nobody flees a calm place; violence and fear drive people out at their hazard", "[movement]") {
    const Flight f;
    Struck calm;
    calm.tiny[community::violence][0] = 0.0F;
    CHECK(calm.fled() == 0);
    check_share(Struck().fled(), people, -std::expm1(-0.5 * f.rate));
    Struck afraid;
    test::fill(afraid.tiny[person::fear], 1.0F);
    check_share(afraid.fled(), people, -std::expm1(-0.5 * f.rate * (1.0 + f.fear_effect)));
    Struck war;
    war.tiny[community::violence][0] = 1e6F;
    check_share(war.fled(), people, -std::expm1(-f.rate));
    Struck region_wide;  // violence elsewhere in the region counts for less
    region_wide.tiny[community::violence][0] = 0.0F;
    region_wide.tiny[region::exposure][0] = f.scale / f.region_weight;
    check_share(region_wide.fled(), people, -std::expm1(-0.5 * f.rate));
}

TEST_CASE("people flee to near and calm regions first, and abroad only where there is a border", "[movement]") {
    const Flight fast{.rate = 1.0, .geography = nullptr};
    Struck inland(fast);
    const auto fled = static_cast<double>(inland.fled());
    check_share(inland.displaced_in(1), fled, (1.0 / 20.0) / (1.0 / 20.0 + 1.0 / 60.0));
    CHECK(test::count_persons(inland.tiny.state(), Status::refugee) == 0);

    Struck border(fast, true);
    const auto fled_there = static_cast<double>(border.fled());
    check_share(test::count_persons(border.tiny.state(), Status::refugee), fled_there,
                fast.abroad_weight / (1.0 / 20.0 + 1.0 / 60.0 + fast.abroad_weight));

    Struck avoided(fast);
    avoided.tiny[region::exposure][1] = 4.0;
    const auto fled_round = static_cast<double>(avoided.fled());
    const double near = std::exp(-fast.avoidance * 4.0) / 20.0;
    check_share(avoided.displaced_in(1), fled_round, near / (near + 1.0 / 60.0));
}

TEST_CASE("where violence is everywhere people still flee, or stay", "[movement]") {
    Struck surrounded;
    surrounded.tiny[region::exposure][1] = 5000.0;  // exp(-0.5 * 5000) is 0
    surrounded.tiny[region::exposure][2] = 5000.0;
    CHECK_NOTHROW(surrounded.fled());
    Struck shut_in({.abroad_weight = 0.0, .geography = nullptr}, true, false);
    CHECK_NOTHROW(shut_in.fled());
    Struck alone({.geography = nullptr}, false, false);
    CHECK(alone.fled() == 0);
}

TEST_CASE("fighters, soldiers and those who are away do not flee; a former fighter stays one on the way", "[movement]") {
    for (const Status status : {Status::fighter, Status::security, Status::displaced, Status::refugee}) {
        Struck others({.rate = 1.0, .geography = nullptr});
        test::fill(others.tiny[person::status], static_cast<int>(status));
        others.tiny.run();
        CHECK(others.tiny[region::newly_displaced][0] == 0);
    }
    test::Tiny tiny({.regions = 3, .communities = {100}}, Struck::placed({.rate = 1.0, .geography = nullptr}, false, true),
                    Return{.displaced_rate = 1.0, .width = 0.01});
    test::settle_persons(tiny.state());
    test::fill(tiny[person::status], static_cast<int>(Status::former_fighter));
    test::fill(tiny[person::group], 0);
    tiny[community::violence][0] = 1e6F;
    tiny[community::away][0] = 100;
    tiny.run(20);
    CHECK(test::count_persons(tiny.state(), Status::displaced) == 100);
    tiny[community::violence][0] = 0.0F;
    tiny[region::security_level][0] = 1.0;
    tiny[region::services][0] = 1.0;
    tiny.run(20);
    CHECK(test::count_persons(tiny.state(), Status::former_fighter) == 100);
}

TEST_CASE("safe homes with services draw people back, the displaced sooner than refugees", "[movement]") {
    CHECK(returned_after(Status::displaced, 0.6, 0.5, 10) > returned_after(Status::refugee, 0.6, 0.5, 10));
    CHECK(returned_after(Status::displaced, 0.4, 0.5, 10) < returned_after(Status::displaced, 0.6, 0.5, 10));
    CHECK(returned_after(Status::displaced, 0.6, 0.1, 10) < returned_after(Status::displaced, 0.6, 0.5, 10));
    CHECK(returned_after(Status::displaced, 0.0, 0.5, 10) < people / 100);
}

TEST_CASE("half of the refugees are back after two to four years of settled peace (T9)", "[movement]") {
    for (const double services : {0.3, 0.4}) {
        CHECK(returned_after(Status::refugee, 0.6, services, 2 * 52) < people / 2);
        CHECK(returned_after(Status::refugee, 0.6, services, 4 * 52) > people / 2);
    }
}
