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

TEST_CASE("before it departs a strategy leaves the deployment as it was, in straight lines between the dates", "[exit plan]") {
    auto history = std::make_shared<StrengthSeries>();
    history->dates = {day(0), day(10), day(20)};
    history->regions = 1;
    history->persons.assign(3 * component_count, 0.0);
    for (const auto& [date, military, police] :
         {std::tuple(std::size_t{0}, 1000.0, 100.0), std::tuple(std::size_t{1}, 500.0, 50.0)}) {
        history->persons[date * component_count + static_cast<std::size_t>(Component::military)] = military;
        history->persons[date * component_count + static_cast<std::size_t>(Component::police)] = police;
    }
    ExitPlan plan;
    plan.history = history;
    test::Tiny tiny({.regions = 1}, plan);
    tiny.run();
    CHECK(tiny[region_component::target][0] == 1000.0);
    tiny.run(5);
    CHECK(tiny[region_component::target][0] == 750.0);
    CHECK(tiny[region_component::target][3] == 75.0);
    tiny.run(14);
    CHECK(tiny[region_component::target][0] == 50.0);
    tiny.run(10);
    CHECK(tiny[region_component::target][0] == 0.0);
}

TEST_CASE("a calendar phase is a straight line from its first to its last day, and phases follow each other", "[exit plan]") {
    Planned planned({phase(4, 4, 10.0, 0.4), phase(20, 20, 8.0, 0.0)});
    for (int week = 0; week < 40; ++week) {
        const double first = std::clamp((week - 3) / 10.0, 0.0, 1.0);
        const double second = std::clamp((week - 19) / 8.0, 0.0, 1.0);
        CHECK(planned.target_after(week) == std::round(1000.0 * ((1.0 - 0.6 * first) - 0.4 * second)));
    }
    CHECK(planned.count(EventKind::phase_begins) == 2);
    CHECK(planned.tiny[country::phase][0] == 2);
}

TEST_CASE("a phase without duration cuts at once; one may also add", "[exit plan]") {
    Planned abrupt({phase(3, 3, 0.0, 0.0)});
    CHECK(abrupt.target_after(2) == 1000.0);
    CHECK(abrupt.target_after(3) == 0.0);
    Planned surge({phase(0, 0, 4.0, 1.5)});
    CHECK(surge.target_after(3) == 1500.0);
}

TEST_CASE("a phase takes only the components and regions that it names", "[exit plan]") {
    Phase partial = phase(0, 0, 0.0, 0.2);
    partial.takes_component.fill(false);
    partial.takes_component[static_cast<std::size_t>(Component::police)] = true;
    partial.region_rows = {1};
    Planned planned({partial, phase(2, 2, 0.0, 0.1)});
    (void)planned.target_after(1);
    CHECK(planned.target(Component::police, 1) == 200.0);
    CHECK(planned.target(Component::police, 0) == 1000.0);
    CHECK(planned.target(Component::military, 1) == 1000.0);
    (void)planned.target_after(2);
    for (std::size_t c = 0; c < component_count; ++c)
        for (std::size_t r = 0; r < 2; ++r) CHECK(planned.target(static_cast<Component>(c), r) == 100.0);
}

TEST_CASE("a benchmark phase waits until its benchmarks have held long enough, at the latest until its last date",
          "[exit plan]") {
    Phase conditional = phase(2, 30, 0.0, 0.0);
    conditional.benchmark_rows = {0, 1};
    conditional.held_weeks = 8.0;
    Planned met({conditional});
    met.tiny[benchmark::held_weeks][0] = 8.0;
    met.tiny[benchmark::held_weeks][1] = 7.0;
    CHECK(met.target_after(10) == 1000.0);  // one of two is not enough
    met.tiny[benchmark::held_weeks][1] = 8.0;
    CHECK(met.target_after(11) == 0.0);
    Planned early({conditional});
    test::fill(early.tiny[benchmark::held_weeks], 100.0);
    CHECK(early.target_after(1) == 1000.0);  // met, but not before its first date
    CHECK(early.target_after(2) == 0.0);
    Planned never({conditional});
    CHECK(never.target_after(29) == 1000.0);
    CHECK(never.target_after(30) == 0.0);
}

TEST_CASE("a running phase pauses while a benchmark is lost, goes on when it is met again, and to the end after its last date",
          "[exit plan]") {
    Phase pausing = phase(0, 40, 20.0, 0.0);
    pausing.benchmark_rows = {0};
    pausing.held_weeks = 1.0;
    pausing.pause_if_lost = true;
    Planned planned({pausing});
    planned.tiny[benchmark::held_weeks][0] = 5.0;
    CHECK(planned.target_after(4) == 750.0);
    planned.tiny[benchmark::held_weeks][0] = 0.0;
    CHECK(planned.target_after(9) == 750.0);
    CHECK(planned.tiny[country::paused][0] == 1);
    planned.tiny[benchmark::held_weeks][0] = 1.0;
    CHECK(planned.target_after(14) == 500.0);
    CHECK(planned.tiny[country::paused][0] == 0);
    planned.tiny[benchmark::held_weeks][0] = 0.0;
    CHECK(planned.target_after(39) == 500.0);
    CHECK(planned.target_after(49) == 0.0);  // from week 40 on nothing holds it up
    CHECK(planned.count(EventKind::phase_begins) == 1);
    CHECK(planned.count(EventKind::plan_pauses) == 2);
    CHECK(planned.count(EventKind::plan_resumes) == 2);

    pausing.pause_if_lost = false;
    Planned going_on({pausing});
    going_on.tiny[benchmark::held_weeks][0] = 5.0;
    (void)going_on.target_after(4);
    going_on.tiny[benchmark::held_weeks][0] = 0.0;
    CHECK(going_on.target_after(9) == 500.0);
}

TEST_CASE("a phase that ends while it pauses no longer counts as paused", "[exit plan]") {
    Phase pausing = phase(0, 10, 4.0, 0.5);
    pausing.benchmark_rows = {0};
    pausing.pause_if_lost = true;
    pausing.held_weeks = 0.0;
    Planned planned({pausing});
    (void)planned.target_after(30);
    CHECK(planned.tiny[country::phase][0] == 1);
    CHECK(planned.tiny[country::paused][0] == 0);
}

TEST_CASE("a mission that is asked to leave is gone after the notice, whatever the plan says", "[exit plan]") {
    Planned planned({phase(500, 500, 10.0, 0.0)});
    CHECK(planned.target_after(3) == 1000.0);
    planned.tiny[country::asked_to_leave][0] = 1;
    for (int week = 0; week <= 26; ++week) {
        planned.tiny[country::notice_weeks][0] = week;  // Consent counts it
        CHECK(planned.target_after(4 + week) == std::round(1000.0 * (1.0 - week / 26.0)));
        CHECK_THAT(planned.tiny[country::weeks_to_exit][0], WithinAbs(26.0 - week, 1e-12));
    }
}

TEST_CASE("parties expect the end that was announced last, and none near without an announcement", "[exit plan]") {
    Planned silent({phase(500, 500, 10.0, 0.0)});
    silent.tiny.run();
    CHECK(silent.tiny[country::weeks_to_exit][0] > 520.0);
    Announcement first;
    first.made = day(2);
    first.expected_end = day(52);
    Announcement later;
    later.made = day(10);
    later.expected_end = day(30);
    Planned planned({phase(500, 500, 10.0, 0.0)}, {first, later});
    const std::array<double, 6> expected = {521.9, 521.9, 50.0, 49.0, 48.0, 47.0};
    for (std::size_t week = 0; week < expected.size(); ++week) {
        (void)planned.target_after(static_cast<int>(week));
        CHECK_THAT(planned.tiny[country::weeks_to_exit][0], WithinAbs(expected[week], 0.1));
    }
    (void)planned.target_after(12);
    CHECK(planned.tiny[country::weeks_to_exit][0] == 18.0);
    (void)planned.target_after(40);
    CHECK(planned.tiny[country::weeks_to_exit][0] == 0.0);  // never in the past
}

TEST_CASE("history and what comes before a departure are deaf to requests that consent brings about; other plans hear them",
          "[exit plan]") {
    Strategy historical;
    historical.hears_requests = false;
    CHECK_FALSE(historical.hears(day(0)));
    CHECK_FALSE(historical.hears(day(1000)));
    Strategy leaving;
    leaving.leaves_history = true;
    leaving.departs = day(9);
    CHECK_FALSE(leaving.hears(day(8)));
    CHECK(leaving.hears(day(9)));
    CHECK(historical.input_hash(day(8)) == leaving.input_hash(day(8)));
    CHECK(historical.input_hash(day(9)) != leaving.input_hash(day(9)));
    const Strategy as_asked;  // no departure: as it was, until the government asks
    CHECK(as_asked.hears(day(0)));
    CHECK(as_asked.input_hash(day(0)) != historical.input_hash(day(0)));
    Planned planned({phase(500, 500, 10.0, 0.0)});
    planned.tiny.run();
    CHECK(planned.tiny[country::requests_heard][0] == 1);
}

TEST_CASE("two strategies share their steps until one announces or departs", "[exit plan]") {
    Strategy historical;
    historical.hears_requests = false;
    Strategy announcing = historical;
    Announcement announcement;
    announcement.made = day(5);
    announcement.expected_end = day(60);
    announcing.announcements = {announcement};
    CHECK(announcing.input_hash(day(4)) == historical.input_hash(day(4)));
    CHECK(announcing.input_hash(day(5)) != historical.input_hash(day(5)));
    Strategy leaving;
    leaving.leaves_history = true;
    leaving.departs = day(9);
    leaving.phases = {phase(9, 9, 26.0, 0.0)};
    Strategy slower = leaving;
    slower.phases = {phase(9, 9, 52.0, 0.0)};
    CHECK(leaving.input_hash(day(8)) == historical.input_hash(day(8)));
    CHECK(leaving.input_hash(day(9)) != historical.input_hash(day(9)));
    CHECK(leaving.input_hash(day(9)) != slower.input_hash(day(9)));
    CHECK(leaving.input_hash(day(8)) == slower.input_hash(day(8)));
}

TEST_CASE("a phase that reverses goes back at its pace while a benchmark is lost, at most to where it began", "[exit plan]") {
    Phase reversing = phase(0, 100, 20.0, 0.0);
    reversing.benchmark_rows = {0};
    reversing.held_weeks = 1.0;
    reversing.reverse_if_lost = true;
    Planned planned({reversing});
    planned.tiny[benchmark::held_weeks][0] = 5.0;
    CHECK(planned.target_after(9) == 500.0);
    planned.tiny[benchmark::held_weeks][0] = 0.0;
    CHECK(planned.target_after(13) == 700.0);
    CHECK(planned.tiny[country::paused][0] == 1);
    CHECK(planned.target_after(30) == 1000.0);
    planned.tiny[benchmark::held_weeks][0] = 5.0;
    CHECK(planned.target_after(35) == 750.0);
    CHECK(planned.count(EventKind::plan_reverses) == 1);
    CHECK(planned.count(EventKind::plan_resumes) == 1);
    CHECK(planned.count(EventKind::phase_begins) == 1);
    planned.tiny[benchmark::held_weeks][0] = 0.0;
    CHECK(planned.target_after(130) == 0.0);  // from its last date on nothing holds it up
}

TEST_CASE("a phase of a share of the regions takes the safest or the hardest of those that are still held", "[exit plan]") {
    const auto which = GENERATE(RegionOrder::safest, RegionOrder::hardest, RegionOrder::listed);
    Phase half = phase(0, 0, 0.0, 0.0);
    half.region_rows = {1, 0};
    half.order = which;
    half.share_of_regions = 0.5;
    Phase rest = half;
    rest.not_before = rest.not_after = day(3);
    rest.share_of_regions = 0.99;  // rounded up: all that are left
    Planned planned({half, rest});
    test::fill(planned.tiny[country::sight], 1.0);  // no error
    planned.tiny[region::security_level][0] = 0.4;
    planned.tiny[region::security_level][1] = 0.6;
    (void)planned.target_after(0);
    const std::size_t first = which == RegionOrder::hardest ? 0 : 1;
    CHECK(planned.target(Component::military, first) == 0.0);
    CHECK(planned.target(Component::military, 1 - first) == 1000.0);
    (void)planned.target_after(3);
    CHECK(planned.target(Component::military, first) == 0.0);
    CHECK(planned.target(Component::military, 1 - first) == 0.0);
}

TEST_CASE("a mission without sight may take a region for safer than it is", "[exit plan]") {
    const auto first_to_go = [](double sight, double error) {
        Phase half = phase(0, 0, 0.0, 0.0);
        half.order = RegionOrder::safest;
        half.share_of_regions = 0.5;
        ExitPlan plan = Planned::plan({half}, {});
        plan.security_error = error;
        test::Tiny tiny({.regions = 2}, plan);
        start_plan(tiny.state());
        test::fill(tiny[country::sight], sight);
        tiny[region::security_level][0] = 0.55;
        tiny[region::security_level][1] = 0.60;
        int mistaken = 0;
        for (int week = 0; week < 60; ++week) {
            start_plan(tiny.state());
            test::fill(tiny[country::phase], 0);
            tiny.run();
            mistaken += tiny[region_component::target][0] == 0.0 ? 1 : 0;
        }
        return mistaken;
    };
    CHECK(first_to_go(1.0, 1.0) == 0);
    CHECK(first_to_go(0.0, 0.0) == 0);
    CHECK(first_to_go(0.0, 1.0) > 15);  // the difference of 0.05 drowns in the error: half of 60
}

TEST_CASE("what acts from a day on separates strategies from that day on", "[exit plan]") {
    const Strategy plain;
    Strategy other;
    SECTION("ceiling") { other.ceilings = {Ceiling{"c", day(5), 100.0}}; }
    SECTION("request") { other.request = HostRequest{day(5), 26.0, 0.0}; }
    SECTION("priority") {
        other.priorities.emplace_back();
        other.priorities[0].from = day(5);
        other.priorities[0].ddr = 2.0;
    }
    SECTION("follow-on") {
        other.follow_on.emplace();
        other.follow_on->announced = day(5);
    }
    SECTION("handover") {
        other.handovers[3].given = other.handovers[3].has_start = true;
        other.handovers[3].start = day(5);
    }
    SECTION("announcement") { other.announcements = {Announcement{"a", day(5), day(5 + 520), Certainty::ambiguous}}; }
    CHECK(plain.input_hash(day(4)) == other.input_hash(day(4)));
    CHECK(plain.input_hash(day(5)) != other.input_hash(day(5)));
}

TEST_CASE("the certainty of an announcement, a re-entry and each word of a phase separate strategies", "[exit plan]") {
    Strategy one;
    one.leaves_history = true;
    one.departs = day(2);
    one.phases = {phase(2, 2, 26.0, 0.0)};
    one.announcements = {Announcement{"a", day(2), day(60), Certainty::firm}};
    Strategy other = one;
    SECTION("certainty") { other.announcements[0].certainty = Certainty::ambiguous; }
    SECTION("re-entry") { other.reentry.emplace(); }
    SECTION("reversal") { other.phases[0].reverse_if_lost = true; }
    SECTION("order") { other.phases[0].order = RegionOrder::safest; }
    SECTION("share") { other.phases[0].share_of_regions = 0.5; }
    SECTION("handover without a date") { other.handovers[0].given = true; }
    CHECK(one.input_hash(day(1)) == other.input_hash(day(1)));
    CHECK(one.input_hash(day(2)) != other.input_hash(day(2)));
}
