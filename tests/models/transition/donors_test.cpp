#include "models/transition/donors.hpp"

#include <cmath>

#include "models/transition/accounts.hpp"
#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

/// Two donors of whom one pays through the government, a mission of 1,000 at the start, no crises elsewhere unless said.
Donors two(double diversions = 0.0) {
    Donors donors;
    donors.diversions = diversions;
    donors.full_personnel = 1000.0;
    donors.donors = {{.name = "a", .pledge_musd = 10.0, .half_life_weeks = 100.0, .floor = 0.2},
                     {.name = "b", .pledge_musd = 30.0, .half_life_weeks = 50.0, .floor = 0.4, .through_government = true}};
    return donors;
}

struct Giving {
    test::Tiny<Donors> tiny;

    explicit Giving(const Donors& donors = two()) : tiny({.regions = 1, .donors = donors.donors.size()}, donors) {
        set_personnel(1000.0);
        donors.begin(tiny.state(), 1.0);
    }
    void set_personnel(double persons) { tiny[region_component::strength][row(Component::military)] = persons; }
};

}  // namespace

TEST_CASE("donors attend a large mission and two years more, then fade with their half-lives to their floors", "[donors]") {
    Giving giving;
    auto& tiny = giving.tiny;
    tiny.run(100);
    CHECK(tiny[donor::attention][0] == 1.0);
    CHECK_THAT(tiny[country::pledged][0], WithinRel(40e6 / weeks_a_year, 1e-12));
    giving.set_personnel(200.0);  // below a quarter
    tiny.run(103);
    CHECK(tiny[donor::attention][0] == 1.0);
    tiny.run(101);
    CHECK_THAT(tiny[donor::attention][0], WithinRel(0.2 + 0.8 * 0.5, 1e-9));
    CHECK_THAT(tiny[donor::attention][1], WithinRel(0.4 + 0.6 * 0.25, 1e-9));
    CHECK_THAT(tiny[country::attention][0], WithinRel((10.0 * 0.6 + 30.0 * 0.55) / 40.0, 1e-9));
    tiny.run(3000);
    CHECK_THAT(tiny[donor::attention][0], WithinAbs(0.2, 1e-6));
    giving.set_personnel(1000.0);  // it comes back
    tiny.run(400);
    CHECK(tiny[donor::attention][0] > 0.99);
}

TEST_CASE("what donors pay follows what they pledge, late", "[donors]") {
    Giving giving;
    auto& tiny = giving.tiny;
    tiny.run();
    CHECK_THAT(tiny[donor::disbursed][1], WithinRel(30e6 / weeks_a_year, 1e-12));
    giving.set_personnel(0.0);
    tiny.run(104);
    for (int week = 0; week < 100; ++week) {
        tiny.run();
        const double pledged = 30e6 / weeks_a_year * tiny[donor::attention][1];
        CHECK(tiny[donor::disbursed][1] > pledged);
    }
    tiny.run(2000);
    CHECK_THAT(tiny[donor::disbursed][1], WithinRel(0.4 * 30e6 / weeks_a_year, 1e-6));
}

TEST_CASE("crises elsewhere draw donors away", "[donors]") {
    const auto mean_attention = [](Donors donors) {
        Giving giving(donors);
        double mean = 0.0;
        for (int week = 0; week < 2000; ++week) {
            giving.tiny.run();
            mean += giving.tiny[country::attention][0] / 2000.0;
        }
        return mean;
    };
    const double often = mean_attention(two(2.0));
    CHECK(often < mean_attention(two(0.3)));
    CHECK(mean_attention(two(0.3)) < 1.0);
    Donors shocked = two(2.0);
    shocked.diverted = 0.8;
    CHECK(mean_attention(shocked) < often);
    CHECK(mean_attention(shocked) >= 0.2);
}

TEST_CASE("pledges are told apart by the way they go", "[donors]") {
    CHECK_THAT(two().pledges_musd(false), WithinRel(10.0, 1e-12));
    CHECK_THAT(two().pledges_musd(true), WithinRel(30.0, 1e-12));
    Donors unnamed;
    unnamed.pledge_musd = 7.0;
    unnamed.donors = {{.name = "donors", .pledge_musd = -1.0}};
    CHECK_THAT(unnamed.pledges_musd(false), WithinRel(7.0, 1e-12));
}

TEST_CASE("a coup attempt suspends what goes through the government, and is logged", "[donors]") {
    Giving giving;
    auto& tiny = giving.tiny;
    tiny.run(10);
    tiny[country::coup_attempts][0] = 1;
    tiny.run();
    CHECK(tiny[donor::attention][0] == 1.0);
    CHECK_THAT(tiny[donor::attention][1], WithinRel(1.0 - Donors().coup_suspends * 0.6, 1e-9));
    REQUIRE(tiny.state().events().size() == 1);
    CHECK(tiny.state().events().front().kind == static_cast<int>(EventKind::aid_suspended));
    CHECK_THAT(tiny.state().events().front().value, WithinRel(30e6F * static_cast<float>(Donors().coup_suspends) * 0.6F, 1e-4F));
    // Who hardly attends has next to nothing left to suspend: that is no news.
    tiny[donor::attention][1] = 0.42;
    tiny.run();
    CHECK(tiny.state().events().size() == 1);
}
