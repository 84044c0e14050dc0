#include "models/transition/follow_on.hpp"

#include <algorithm>

#include "models/transition/event_kinds.hpp"
#include "sim/math.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

FollowOnPresence left_behind() {
    FollowOnPresence made;
    made.strategy.follow_on = FollowOnPlan{.announced = test::moment().date + 21,
                                           .economic_musd = 50.0,
                                           .economic_years = 2.0,
                                           .political = 0.6,
                                           .political_years = 1.0,
                                           .force = 1000.0,
                                           .response_weeks = 4.0,
                                           .credibility = 0.8,
                                           .guarantee_years = 3.0};
    return made;
}

}  // namespace

TEST_CASE("a guarantee counts from its announcement, money and oversight from the exit", "[follow on]") {
    test::Tiny tiny({}, left_behind());
    tiny[country::mission_open][0] = 1;
    tiny.run(3);
    CHECK(tiny[country::guarantee_after][0] == 0.0);
    tiny.run();
    CHECK_THAT(tiny[country::guarantee_after][0],
               WithinRel(0.8 * 1000.0 / (1000.0 + FollowOnPresence{}.half) * sim::exp(-0.5), 1e-12));
    CHECK(tiny[country::economic_support][0] == 0.0);
    CHECK(tiny[country::political_oversight][0] == 0.0);
    tiny[country::mission_open][0] = 0;
    tiny[country::weeks_since_exit][0] = 1.0;
    tiny.run();
    CHECK(tiny[country::economic_support][0] > 0.0);
    CHECK(tiny[country::political_oversight][0] == 0.6);
    REQUIRE(tiny.state().events().size() == 1);
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::followon_begins));
    CHECK(tiny.state().events()[0].value == 1000.0F);
}

TEST_CASE("each part ends after its years, and the money adds up whatever the step", "[follow on]") {
    const double dt_weeks = GENERATE(1.0, 4.0);
    FollowOnPresence process = left_behind();
    process.strategy.follow_on->announced = test::moment().date;
    test::Tiny tiny({}, process);
    tiny[country::weeks_since_exit][0] = 1.0;
    double paid = 0.0;
    double watched = 0.0;
    double last = 1.0;
    for (double week = 0.0; week < 200.0; week += dt_weeks) {
        tiny.run(1, dt_weeks);
        paid += tiny[country::economic_support][0];
        watched += tiny[country::political_oversight][0] > 0.0 ? dt_weeks : 0.0;
        CHECK(tiny[country::guarantee_after][0] <= last);  // it never grows
        last = tiny[country::guarantee_after][0];
    }
    CHECK_THAT(paid, WithinRel(100e6, 1e-9));
    CHECK_THAT(watched, WithinAbs(52.2, dt_weeks));
    CHECK(last == 0.0);
    const auto& events = tiny.state().events();
    CHECK(std::count_if(events.begin(), events.end(),
                        [](const auto& e) { return e.kind == static_cast<int>(EventKind::followon_ends); }) == 1);
}

TEST_CASE("a guarantee grows with force, speed, credibility and the time that it will last", "[follow on]") {
    const FollowOnPresence process;
    const FollowOnPlan plan = *left_behind().strategy.follow_on;
    const double usual = process.guarantee(plan, 100.0);
    const auto with = [&](auto change) {
        FollowOnPlan other = plan;
        change(other);
        return process.guarantee(other, 100.0);
    };
    CHECK(with([](FollowOnPlan& p) { p.force = 2000.0; }) > usual);
    CHECK(with([](FollowOnPlan& p) { p.force = 0.0; }) == 0.0);
    CHECK(with([](FollowOnPlan& p) { p.response_weeks = 8.0; }) < usual);
    CHECK(with([](FollowOnPlan& p) { p.credibility = 0.4; }) == 0.5 * usual);
    CHECK(process.guarantee(plan, 26.0) == 0.5 * usual);
    const auto tuned = [&](auto change) {
        FollowOnPresence other;
        change(other);
        return other.guarantee(plan, 60.0);
    };
    CHECK(tuned([](FollowOnPresence& p) { p.half = 4000.0; }) < usual);
    CHECK(tuned([](FollowOnPresence& p) { p.delay_weeks = 16.0; }) > usual);
    CHECK(tuned([](FollowOnPresence& p) { p.horizon_weeks = 104.0; }) < usual);
}

TEST_CASE("without a plan nothing follows", "[follow on]") {
    test::Tiny tiny({}, FollowOnPresence{});
    tiny[country::weeks_since_exit][0] = 1.0;
    tiny.run(10);
    CHECK(tiny[country::guarantee_after][0] == 0.0);
    CHECK(tiny[country::economic_support][0] == 0.0);
    CHECK(tiny[country::follow_on_weeks][0] == 0.0);
    CHECK(tiny.state().events().empty());
}
