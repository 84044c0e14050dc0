#include "models/transition/exit_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

sim::Date day(int weeks) { return test::moment().date + 7 * weeks; }

/// A phase of everything and everywhere, from one week to another.
Phase phase(int first_week, int last_week, double duration_weeks, double remaining) {
    Phase made;
    made.not_before = day(first_week);
    made.not_after = day(last_week);
    made.duration_weeks = duration_weeks;
    made.remaining = remaining;
    made.takes_component.fill(true);
    made.takes_region.assign(2, 1);
    return made;
}

/// Two regions with 1,000 of each component for ever, and a strategy that leaves that in week 0.
struct Planned {
    test::Tiny<ExitPlan> tiny;

    explicit Planned(std::vector<Phase> phases, std::vector<Announcement> announcements = {})
        : tiny({.regions = 2, .benchmarks = 2}, plan(std::move(phases), std::move(announcements))) {}
    static ExitPlan plan(std::vector<Phase> phases, std::vector<Announcement> announcements) {
        auto history = std::make_shared<StrengthSeries>();
        history->dates = {day(0)};
        history->regions = 2;
        history->persons.assign(2 * component_count, 1000.0);
        ExitPlan made;
        made.strategy.leaves_history = true;
        made.strategy.departs = day(0);
        made.strategy.phases = std::move(phases);
        made.strategy.announcements = std::move(announcements);
        made.history = history;
        return made;
    }
    double target(Component c = Component::military, std::size_t region = 0) {
        return tiny[region_component::target][row(c, region)];
    }
    /// Target at the end of week `week` (from 0).
    double target_after(int week) {
        for (; weeks_ <= week; ++weeks_) tiny.run();
        return target();
    }
    int count(EventKind kind) {
        const auto& events = tiny.state().events();
        return static_cast<int>(
            std::count_if(events.begin(), events.end(), [&](const sim::Event& e) { return e.kind == static_cast<int>(kind); }));
    }

  private:
    int weeks_ = 0;
};

}  // namespace

TEST_CASE("before it departs a strategy leaves the deployment as it was, in straight lines between the dates", "[exit plan]") {
    auto history = std::make_shared<StrengthSeries>();
    history->dates = {day(0), day(10), day(20)};
    history->regions = 1;
    history->persons = {1000, 0, 0, 100, 500, 0, 0, 50, 0, 0, 0, 0};
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
    partial.takes_region = {0, 1};
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

TEST_CASE("two strategies share their steps until one announces or departs", "[exit plan]") {
    const Strategy historical;
    Strategy announcing;
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
