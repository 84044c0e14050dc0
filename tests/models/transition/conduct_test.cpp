#include "models/transition/conduct.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

const Misconduct::Personnel large{.troops = 8000.0, .formed_police = 1000.0, .police = 500.0, .civilians = 1000.0};

}  // namespace

TEST_CASE("misconduct comes with personnel of every kind", "[conduct]") {
    const Misconduct usual;
    CHECK(usual.cases_per_week({}) == 0.0);
    // Nobody prevents anything: rate x persons.
    const Misconduct unwatched{.leadership = 0.0, .civilian_oversight = 0.0};
    CHECK_THAT(unwatched.cases_per_week({.troops = 10'000.0}), WithinRel(0.4, 1e-12));
    CHECK(Misconduct{.troops = 1e-3}.cases_per_week(large) > usual.cases_per_week(large));
    CHECK(Misconduct{.formed_police = 1e-3}.cases_per_week(large) > usual.cases_per_week(large));
    CHECK(Misconduct{.police = 1e-3}.cases_per_week(large) > usual.cases_per_week(large));
    CHECK(Misconduct{.civilians = 1e-3}.cases_per_week(large) > usual.cases_per_week(large));
    test::Tiny tiny({.regions = 2}, usual);
    test::fill(tiny[region_component::strength], 10.0);
    const auto counted = Misconduct::personnel(tiny[region_component::strength]);
    CHECK(counted.troops == 40.0);  // military and observers
    CHECK(counted.formed_police == 20.0);
    CHECK(counted.police == 20.0);
    CHECK(counted.civilians == 160.0);
}

TEST_CASE("leaders and civilians prevent misconduct", "[conduct]") {
    const Misconduct usual;
    Misconduct::Personnel alone = large;
    alone.civilians = 0.0;
    CHECK_THAT(usual.oversight(alone), WithinRel(usual.leadership, 1e-12));
    CHECK(usual.oversight(large) > usual.oversight(alone));
    Misconduct::Personnel full = large;
    full.civilians = 1e6;
    CHECK_THAT(usual.oversight(full), WithinRel(1.0 - 0.8 * 0.625, 1e-12));
    CHECK(Misconduct{.leadership = 0.6}.cases_per_week(large) < usual.cases_per_week(large));
    CHECK(Misconduct{.civilian_oversight = 0.9}.cases_per_week(large) < usual.cases_per_week(large));
    CHECK(Misconduct{.full_oversight = 0.4}.cases_per_week(large) > usual.cases_per_week(large));
}

TEST_CASE("memory of misconduct rests where a run starts, and is forgotten", "[conduct]") {
    // Scandals are frequent here, so that their part of the memory is tested too.
    const Misconduct conduct{.troops = 2e-4, .scandal_cases = 3.0, .scandal_weight = 2.0};
    test::Tiny tiny({.regions = 1}, conduct);
    tiny[region_component::strength][row(Component::military)] = 10'000.0;
    const double expected = conduct.cases_per_week({.troops = 10'000.0});  // 1.6 a week
    tiny.run(400);
    double memory = 0.0;
    double cases = 0.0;
    constexpr int weeks = 4000;
    for (int i = 0; i < weeks; ++i) {
        tiny.run();
        memory += tiny[country::misconduct][0] / weeks;
        cases += tiny[country::misconduct_cases][0];
    }
    CHECK_THAT(cases, WithinAbs(expected * weeks, 5.0 * std::sqrt(expected * weeks)));
    // A case counts at most three times: the relative sd of the mean is below 3 / sqrt(cases).
    const double rest = conduct.resting_memory({.troops = 10'000.0});
    CHECK_THAT(memory, WithinAbs(rest, 5.0 * 3.0 * rest / std::sqrt(expected * weeks)));
    CHECK(rest > Misconduct{.troops = 2e-4, .scandal_weight = 0.0}.resting_memory({.troops = 10'000.0}));

    for (const auto& event : tiny.state().events()) CHECK(event.kind == static_cast<int>(EventKind::scandal));
    CHECK(tiny.state().events().size() > 100);
    tiny[region_component::strength][row(Component::military)] = 0.0;
    const double before = tiny[country::misconduct][0];
    tiny.run(52);
    CHECK_THAT(tiny[country::misconduct][0], WithinRel(0.5 * before, 1e-9));
    CHECK(tiny[country::misconduct_cases][0] == 0);
}
