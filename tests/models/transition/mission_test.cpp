#include "models/transition/mission.hpp"

#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

/// Coverage by `staff` of each component in one region of 100,000 people with full consent and security.
struct Place {
    double military = 1000.0, formed = 0.0, police = 0.0, civilians = 0.0;
    double remoteness = 0.0, host_consent = 1.0, popular_consent = 1.0, security = 1.0;
};

std::vector<double> coverage_at(const Place& place) {
    test::Tiny tiny({.regions = 1}, Activities{});
    tiny[region_component::strength][row(Component::military)] = place.military;
    tiny[region_component::strength][row(Component::formed_police)] = place.formed;
    tiny[region_component::strength][row(Component::police)] = place.police;
    tiny[region_component::strength][row(Component::civilian)] = place.civilians;
    tiny[region::population][0] = 100'000;
    tiny[region::remoteness][0] = place.remoteness;
    tiny[region::consent][0] = place.popular_consent;
    tiny[region::security_level][0] = place.security;
    tiny[country::consent][0] = place.host_consent;
    tiny[country::mission_open][0] = 1;
    tiny.run();
    const auto covered = tiny[region_activity::coverage];
    return {covered.begin(), covered.end()};
}

double covered(const Place& place, Activity activity) { return coverage_at(place)[row(activity)]; }

}  // namespace

TEST_CASE("coverage reaches two thirds at the reference, and each further person adds less", "[mission]") {
    CHECK_THAT(coverage(25.0, 1000.0, 25.0), WithinRel(2.0 / 3.0, 1e-12));
    CHECK(coverage(0.0, 1000.0, 25.0) == 0.0);
    CHECK(coverage(10.0, 0.0, 25.0) == 0.0);
    double last_gain = 1.0;
    for (double staff = 0.0; staff < 200.0; staff += 10.0) {
        const double gain = coverage(staff + 10.0, 1000.0, 25.0) - coverage(staff, 1000.0, 25.0);
        CHECK(gain > 0.0);
        CHECK(gain < last_gain);
        last_gain = gain;
    }
}

TEST_CASE("without consent less is reached, and mentoring most of all needs it", "[mission]") {
    const Place willing{.military = 1000.0, .formed = 200.0, .police = 100.0, .civilians = 100.0};
    Place unwilling = willing;
    unwilling.host_consent = unwilling.popular_consent = 0.0;
    const auto with = coverage_at(willing);
    const auto without = coverage_at(unwilling);
    for (std::size_t a = 0; a < activity_count; ++a) {
        CHECK(without[a] < with[a]);
        CHECK(without[row(Activity::mentoring)] / with[row(Activity::mentoring)] <= without[a] / with[a]);
    }
    Place half = willing;
    half.host_consent = 0.0;
    CHECK(covered(half, Activity::patrol) < with[row(Activity::patrol)]);
    CHECK(covered(half, Activity::patrol) > without[row(Activity::patrol)]);
}

TEST_CASE("far regions are reached less, and civilian work stops where it is not safe", "[mission]") {
    const Place near{.military = 1000.0, .formed = 200.0, .police = 100.0, .civilians = 100.0};
    Place far = near;
    far.remoteness = 1.0;
    Place unsafe = near;
    unsafe.security = 0.2;
    for (std::size_t a = 0; a < activity_count; ++a) CHECK(coverage_at(far)[a] < coverage_at(near)[a]);
    for (const Activity a : {Activity::mentoring, Activity::dialogue, Activity::quick_impact, Activity::information})
        CHECK(covered(unsafe, a) == 0.0);
    CHECK(covered(unsafe, Activity::patrol) == covered(near, Activity::patrol));
}

TEST_CASE("a mission without personnel reaches nobody", "[mission]") {
    for (const double c : coverage_at({.military = 0.0})) CHECK(c == 0.0);
}

TEST_CASE("the cost of a mission is the published straight line", "[mission]") {
    const MissionCost cost;
    CHECK(cost.yearly_cost(0.0) == 239e6);
    for (const double uniformed : {1.0, 1000.0, 15000.0}) CHECK(cost.yearly_cost(uniformed) == 239e6 + 31100.0 * uniformed);
    const MissionCost bent{.half_size = 700.0};
    CHECK(bent.yearly_cost(0.0) == 0.0);
    CHECK_THAT(bent.yearly_cost(700.0), WithinRel(0.5 * 239e6 + 700.0 * 31100.0, 1e-12));
}

TEST_CASE("what an open mission spends is booked in full, and a closed one spends nothing", "[mission]") {
    test::Tiny tiny({.regions = 1}, MissionCost{});
    tiny[country::mission_open][0] = 1;
    tiny[country::mission_strength][0] = 8000.0;
    const double weeks = 365.2425 / 7.0;
    tiny.run(52);
    CHECK(tiny[country::assessed_cost][0] == std::llround((239e6 + 8000 * 31100.0) / weeks));
    CHECK(tiny[country::received][0] == 52 * tiny[country::assessed_cost][0]);
    CHECK(tiny[country::spent][0] == tiny[country::received][0]);
    tiny[country::mission_open][0] = 0;
    tiny[country::mission_strength][0] = 0.0;
    tiny.run();
    CHECK(tiny[country::assessed_cost][0] == 0);
}

TEST_CASE("misconduct comes with personnel, falls with oversight and is forgotten", "[mission]") {
    const MissionCost cost;
    CHECK(cost.cases_per_week(0.0, 0.0) == 0.0);
    CHECK_THAT(cost.cases_per_week(10'000.0, 0.0), WithinRel(0.4, 1e-9));
    CHECK(cost.cases_per_week(10'000.0, 1000.0) < cost.cases_per_week(10'000.0, 0.0));
    CHECK_THAT(cost.cases_per_week(10'000.0, 5000.0), WithinRel(0.2, 1e-9));  // full oversight prevents half

    // The memory's mean over 4,000 weeks is where a run starts; a case leaves 0.02 for 75 weeks on the average.
    test::Tiny tiny({.regions = 1}, cost);
    tiny[country::mission_strength][0] = 10'000.0;
    tiny.run(400);
    double mean = 0.0;
    for (int i = 0; i < 4000; ++i) {
        tiny.run();
        mean += tiny[country::misconduct][0] / 4000.0;
    }
    const double rest = cost.resting_memory(10'000.0, 0.0);
    // Cases are Poisson: over T weeks their mean has the relative sd 1 / sqrt(0.4 T).
    CHECK_THAT(mean, WithinAbs(rest, 5.0 * rest / std::sqrt(0.4 * 4000.0)));

    tiny[country::mission_strength][0] = 0.0;
    const double before = tiny[country::misconduct][0];
    tiny.run(52);
    CHECK_THAT(tiny[country::misconduct][0], WithinRel(0.5 * before, 1e-9));
}

TEST_CASE("personnel move no faster than they can be lifted, and the last ones leave too", "[mission]") {
    test::Tiny tiny({.regions = 3}, Deployment{});
    const double rows = 3.0 * component_count;
    double last = 0.0;
    for (std::size_t i = 0; i < tiny[region_component::strength].size(); ++i)
        last += tiny[region_component::strength][i] = 900.0 + 17.0 * static_cast<double>(i);
    test::fill(tiny[region_component::target], 0.0);
    tiny[country::mission_open][0] = 1;
    int weeks = 0;
    for (; tiny[country::mission_open][0] != 0 && weeks < 100; ++weeks) {
        tiny.run();
        double now = 0.0;
        for (const double s : tiny[region_component::strength]) {
            CHECK(s == std::floor(s));
            now += s;
        }
        CHECK(last - now <= 900.0 + rows);  // whole persons: each row may round up
        CHECK(last - now > 0.0);
        last = now;
    }
    CHECK(last == 0.0);
    CHECK(weeks >= 13);
    CHECK(weeks <= 14);
    CHECK(tiny[country::mission_strength][0] == 0.0);
    CHECK(tiny[country::weeks_since_exit][0] == 1.0);
    REQUIRE(tiny.state().events().size() == 1);
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::mission_closes));

    test::fill(tiny[region_component::target], 10.0);
    tiny.run();
    CHECK(tiny[country::mission_strength][0] == 10.0 * 9);  // civilians are not uniformed
    CHECK(tiny[country::mission_open][0] == 1);
}
