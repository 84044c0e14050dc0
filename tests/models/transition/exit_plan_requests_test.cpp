#include "models/transition/exit_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/exit_plan_support.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::day;
using test::phase;
using test::Planned;
using test::row;

}  // namespace

TEST_CASE("a ceiling cuts strengths in proportion until the cost is below it, and the cut is told once", "[exit plan]") {
    ExitPlan plan = Planned::plan({phase(500, 500, 10.0, 0.0)}, {});
    Ceiling ceiling;
    ceiling.from = day(2);
    ceiling.budget_musd = 100.0;
    plan.strategy.ceilings = {ceiling};
    test::Tiny tiny({.regions = 2}, plan);
    start_plan(tiny.state());
    test::fill(tiny[region_component::strength], 1000.0);
    const double cost_a_week = 200e6 / (365.2425 / 7.0);
    tiny[country::assessed_need][0] = std::llround(cost_a_week);
    tiny.run(2);
    CHECK(tiny[region_component::target][0] == 1000.0);
    CHECK(tiny[country::ceiling][0] == 0.0);
    tiny.run(2);
    CHECK(tiny[country::ceiling][0] == 100e6);
    for (const double target : tiny[region_component::target]) CHECK_THAT(target, WithinAbs(500.0, 1.0));
    REQUIRE(tiny.state().events().size() == 1);
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::funds_cut));
    CHECK_THAT(tiny.state().events()[0].value, WithinAbs(100e6, 100.0));
    tiny[country::assessed_need][0] = std::llround(0.4 * cost_a_week);  // as cheap as that: nothing to cut
    tiny.run();
    CHECK(tiny[region_component::target][0] == 1000.0);
    tiny[country::assessed_need][0] = std::llround(100.0 * cost_a_week);  // out of reach: a core stays
    tiny.run();
    CHECK(tiny[region_component::target][0] == 100.0);
}

TEST_CASE("a dated request ends the mission within its notice, sooner when it is forced", "[exit plan]") {
    const double forced = GENERATE(0.0, 0.5);
    ExitPlan plan = Planned::plan({phase(500, 500, 10.0, 0.0)}, {});
    plan.strategy.request = HostRequest{day(4), 20.0, forced};
    test::Tiny tiny({.regions = 2}, plan);
    start_plan(tiny.state());
    tiny.run(4);
    CHECK(tiny[region_component::target][0] == 1000.0);
    CHECK(tiny[country::request_made][0] == 0);
    tiny.run(6);  // the last of these weeks begins five weeks after the request
    const double whole = 20.0 * (1.0 - forced);
    CHECK(tiny[region_component::target][0] == 1000.0 * (1.0 - 5.0 / whole));
    CHECK_THAT(tiny[country::weeks_to_exit][0], WithinAbs(whole - 5.0, 1e-12));
    CHECK(tiny[country::exit_credibility][0] == 1.0);
    CHECK(tiny[country::exit_disorder][0] == forced);
    tiny[country::asked_to_leave][0] = 1;  // as Consent counts it
    tiny[country::notice_weeks][0] = 5.0;
    tiny.run(20);
    CHECK(tiny[region_component::target][0] == 0.0);
}

TEST_CASE("a mission comes back once, when a benchmark is low for long, soon enough, with consent", "[exit plan]") {
    ExitPlan plan = Planned::plan({phase(0, 0, 0.0, 0.0)}, {});
    Reentry reentry;
    reentry.below = 0.3;
    reentry.held_weeks = 4.0;
    reentry.strength = 0.2;
    reentry.stay_weeks = 10.0;
    reentry.within_weeks = 100.0;
    reentry.consent = 0.5;
    plan.strategy.reentry = reentry;
    test::Tiny tiny({.regions = 2, .benchmarks = 1}, plan);
    start_plan(tiny.state());
    const auto target = [&] { return tiny[region_component::target][0]; };
    tiny[country::weeks_since_exit][0] = 3.0;
    tiny[country::consent][0] = 0.6;
    tiny[benchmark::observed][0] = 0.2;
    tiny.run(3);
    CHECK(target() == 0.0);
    SECTION("then it stays for its time, and does not come again") {
        tiny.run();
        CHECK(target() == 200.0);
        tiny.run(9);
        CHECK(target() == 200.0);
        tiny.run();
        CHECK(target() == 0.0);
        tiny.run(20);
        CHECK(target() == 0.0);
        CHECK(tiny[country::reentered][0] == 2);
    }
    SECTION("not without consent") { tiny[country::consent][0] = 0.4; }
    SECTION("not when it was asked to leave") { tiny[country::asked_to_leave][0] = 1; }
    SECTION("not too late") { tiny[country::weeks_since_exit][0] = 101.0; }
    SECTION("not while the benchmark is met") { tiny[benchmark::observed][0] = 0.3; }
    SECTION("not while it is there") { tiny[country::mission_open][0] = 1; }
    if (tiny[country::reentered][0] == 0) {
        tiny.run(20);
        CHECK(target() == 0.0);
        CHECK(tiny[country::reentered][0] == 0);
    }
}

TEST_CASE("an end is believed as firmly as it was announced, and not at all when it was not", "[exit plan]") {
    const auto believed = [](std::optional<Certainty> certainty) {
        Announcement said;
        said.made = day(0);
        said.expected_end = day(52);
        if (certainty) said.certainty = *certainty;
        Planned planned({phase(500, 500, 10.0, 0.0)}, certainty ? std::vector{said} : std::vector<Announcement>{});
        planned.tiny.run();
        return planned.tiny[country::exit_credibility][0];
    };
    CHECK(believed(std::nullopt) == 0.0);
    CHECK(believed(Certainty::firm) == 1.0);
    CHECK(believed(Certainty::conditional) == 0.6);
    CHECK(believed(Certainty::ambiguous) == 0.3);
    Planned closed({phase(500, 500, 10.0, 0.0)});
    closed.tiny[country::weeks_since_exit][0] = 1.0;
    closed.tiny.run();
    CHECK(closed.tiny[country::weeks_to_exit][0] == 0.0);
    CHECK(closed.tiny[country::exit_credibility][0] == 1.0);
}

TEST_CASE("priorities hold from their day on", "[exit plan]") {
    ExitPlan plan = Planned::plan({phase(500, 500, 10.0, 0.0)}, {});
    Priority first;
    first.from = day(2);
    first.escort = 3.0;
    Priority second;
    second.from = day(5);
    second.patrol = 0.0;
    plan.strategy.priorities = {first, second};
    test::Tiny tiny({.regions = 2}, plan);
    start_plan(tiny.state());
    const auto weight = [&](Activity a) { return tiny[activity::weight][static_cast<std::size_t>(a)]; };
    tiny.run(2);
    CHECK(weight(Activity::escort) == 1.0);
    tiny.run();
    CHECK(weight(Activity::escort) == 3.0);
    tiny.run(3);
    CHECK(weight(Activity::escort) == 1.0);
    CHECK(weight(Activity::patrol) == 0.0);
}

TEST_CASE("nothing is told of the plan of a mission that has gone", "[exit plan]") {
    const bool gone = GENERATE(false, true);
    Phase second = phase(10, 500, 10.0, 0.0);
    second.requires_benchmarks = {"security"};
    second.benchmark_rows = {0};
    second.held_weeks = 4.0;
    second.pause_if_lost = true;
    Planned planned({phase(3, 3, 4.0, 0.5), second});
    auto& state = planned.tiny;
    state[country::mission_open][0] = gone ? 0 : 1;
    state[country::weeks_since_exit][0] = gone ? 30.0 : 0.0;
    state[benchmark::held_weeks][0] = 4.0;
    planned.target_after(12);
    state[benchmark::held_weeks][0] = 0.0;
    planned.target_after(14);
    CHECK(planned.count(EventKind::phase_begins) == (gone ? 0 : 2));
    CHECK(planned.count(EventKind::plan_pauses) == (gone ? 0 : 1));
}
