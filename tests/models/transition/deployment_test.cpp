#include "models/transition/deployment.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include "models/transition/event_kinds.hpp"
#include "models/transition/shares.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::row;

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Uniformed persons in all regions.
double uniformed(std::span<const double> strength) {
    double persons = 0.0;
    for (std::size_t i = 0; i < strength.size(); ++i)
        if (i % component_count < first_civilian) persons += strength[i];
    return persons;
}

}  // namespace

TEST_CASE("parts add up to the whole, near their quotas, and nothing goes where nothing belongs", "[deployment]") {
    const std::array<double, 5> weights = {1.0, 0.0, 2.5, 3.3, 0.2};
    for (const std::int64_t total : {0, 1, 2, 3, 7, 100, 12345}) {
        const auto parts = apportion(total, weights);
        std::int64_t given = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            given += parts[i];
            CHECK(std::abs(static_cast<double>(parts[i]) - static_cast<double>(total) * weights[i] / 7.0) < 1.0);
        }
        CHECK(given == total);
        CHECK(parts[1] == 0);
    }
    for (const std::int64_t part : apportion(10, std::array<double, 3>{})) CHECK(part == 0);
}

TEST_CASE("personnel move no faster than they can be lifted, in whole persons, and the last ones leave too", "[deployment]") {
    const Deployment deployment{.lift_per_week = 901.5};
    test::Tiny tiny({.regions = 3}, deployment);
    const auto strength = tiny[region_component::strength];
    for (std::size_t i = 0; i < strength.size(); ++i) strength[i] = 300.0 + 7.0 * static_cast<double>(i);
    test::fill(tiny[region_component::target], 0.0);
    tiny[country::mission_open][0] = 1;
    double last = sum(strength);
    const double weeks_needed = last / deployment.lift_per_week;
    int weeks = 0;
    for (; tiny[country::mission_open][0] != 0 && weeks < 100; ++weeks) {
        tiny.run();
        for (std::size_t i = 0; i < strength.size(); ++i)
            if (i % component_count < first_civilian) CHECK(strength[i] == std::floor(strength[i]));
        const double now = sum(strength);
        CHECK(last - now < deployment.lift_per_week + 1.0);
        CHECK(last - now > 0.0);
        last = now;
    }
    CHECK(last == 0.0);
    CHECK(std::abs(weeks - std::ceil(weeks_needed)) <= 1.0);
    CHECK(tiny[country::mission_strength][0] == 0.0);
    CHECK(tiny[country::weeks_since_exit][0] == 1.0);

    test::fill(tiny[region_component::target], 10.0);
    tiny.run();
    CHECK(tiny[country::mission_strength][0] == uniformed(strength));
    CHECK(tiny[country::mission_strength][0] == 10.0 * 3 * first_civilian);  // civilians are not uniformed
    CHECK(tiny[country::mission_open][0] == 1);
    CHECK(tiny[country::weeks_since_exit][0] == 0.0);
}

TEST_CASE("a base closes with the last uniformed of a region, the mission with the last of all", "[deployment]") {
    test::Tiny tiny({.regions = 2}, Deployment{});
    tiny[country::mission_open][0] = 1;
    for (std::size_t r = 0; r < 2; ++r) tiny[region_component::strength][row(Component::military, r)] = 50.0;
    tiny[region_component::strength][row(Component::political, 0)] = 5.0;
    const auto set_target = [&](double first, double second, double civilians) {
        tiny[region_component::target][row(Component::military, 0)] = first;
        tiny[region_component::target][row(Component::military, 1)] = second;
        tiny[region_component::target][row(Component::political, 0)] = civilians;
    };
    auto& events = tiny.state().events();
    set_target(50.0, 0.0, 5.0);
    tiny.run();
    REQUIRE(events.size() == 1);
    CHECK(events[0].kind == static_cast<int>(EventKind::base_closes));
    CHECK(events[0].row == 1);
    CHECK(events[0].value == 50.0F);
    CHECK(events[0].cause == static_cast<int>(Cause::schedule));
    set_target(0.0, 0.0, 0.0);
    tiny[country::asked_to_leave][0] = 1;
    tiny.run(3);
    REQUIRE(events.size() == 3);
    CHECK(events[1].kind == static_cast<int>(EventKind::base_closes));
    CHECK(events[1].cause == static_cast<int>(Cause::consent));
    CHECK(events[2].kind == static_cast<int>(EventKind::mission_closes));
}

TEST_CASE("a mission that was asked to leave is lifted faster", "[deployment]") {
    const auto left_after_a_week = [](bool asked) {
        test::Tiny tiny({.regions = 1}, Deployment{.lift_per_week = 100.0, .forced_lift = 1.5});
        tiny[region_component::strength][0] = 1000.0;
        tiny[country::asked_to_leave][0] = asked ? 1 : 0;
        tiny.run();
        return tiny[region_component::strength][0];
    };
    CHECK(left_after_a_week(false) == 900.0);
    CHECK(left_after_a_week(true) == 850.0);
}
