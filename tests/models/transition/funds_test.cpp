#include "models/transition/funds.hpp"

#include <cmath>

#include "models/transition/accounts.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

std::size_t of(Fund fund) { return static_cast<std::size_t>(fund); }
std::size_t of(Activity activity) { return static_cast<std::size_t>(activity); }

MissionCost with_donors() {
    MissionCost cost;
    cost.full_personnel = 9000.0;
    cost.donors = {{.name = "team"}, {.name = "budget", .through_government = true}};
    return cost;
}

/// An open mission of 8,000 troops and 1,000 civilians with 90 at work on each activity, and donors who give a million a week
/// each.
struct Spending {
    test::Tiny<MissionCost> tiny;

    explicit Spending(MissionCost cost = with_donors()) : tiny({.regions = 1, .donors = 2}, cost) {
        tiny[country::mission_open][0] = 1;
        tiny[country::mission_strength][0] = 8000.0;
        tiny[region_component::strength][row(Component::military)] = 8000.0;
        tiny[region_component::strength][row(Component::support)] = 1000.0;
        test::fill(tiny[region_activity::staff], 90.0);
        test::fill(tiny[donor::disbursed], 1e6);
        tiny[region::in_programme][0] = 2000;
    }
    void close() {
        tiny[country::mission_open][0] = 0;
        tiny[country::mission_strength][0] = 0.0;
        test::fill(tiny[region_component::strength], 0.0);
        test::fill(tiny[region_activity::staff], 0.0);
    }
};

void check_books(test::Tiny<MissionCost>& tiny) {
    for (std::size_t f = 0; f < fund_count; ++f) {
        REQUIRE(tiny[fund::balance][f] == tiny[fund::received][f] - tiny[fund::spent][f]);
        REQUIRE(tiny[fund::balance][f] >= 0);
    }
    REQUIRE(tiny[country::received][0] == test::total(tiny[fund::received]));
    REQUIRE(tiny[country::spent][0] == test::total(tiny[fund::spent]));
    REQUIRE(tiny[country::assessed_cost][0] == tiny[fund::income][of(Fund::assessed)] + tiny[fund::income][of(Fund::programme)]);
    REQUIRE(test::total(tiny[activity::cost]) <= test::total(tiny[fund::expense]));
}

}  // namespace

TEST_CASE("the cost of a mission is the published straight line", "[funds]") {
    const MissionCost cost;
    CHECK(cost.yearly_cost(0.0) == 239e6);
    for (const double uniformed : {1.0, 1000.0, 15000.0}) CHECK(cost.yearly_cost(uniformed) == 239e6 + 31100.0 * uniformed);
    MissionCost bent;
    bent.half_size = 700.0;
    CHECK(bent.yearly_cost(0.0) == 0.0);
    CHECK_THAT(bent.yearly_cost(700.0), WithinRel(0.5 * 239e6 + 700.0 * 31100.0, 1e-12));
}

TEST_CASE("the assessed budget of an open mission is spent in full, a closed one gets nothing: the cliff", "[funds]") {
    Spending spending;
    auto& tiny = spending.tiny;
    for (int week = 0; week < 52; ++week) {
        tiny.run();
        check_books(tiny);
    }
    CHECK(tiny[country::assessed_cost][0] == std::llround((239e6 + 8000 * 31100.0) / weeks_a_year));
    CHECK(tiny[fund::balance][of(Fund::assessed)] == 0);
    CHECK(tiny[fund::income][of(Fund::programme)] == std::llround(2e6 / weeks_a_year));
    CHECK(tiny[fund::income][of(Fund::voluntary)] == 1'000'000);  // the other donor pays the government
    CHECK(tiny[country::voluntary_cost][0] == 1'000'000);
    spending.close();
    tiny.run();
    check_books(tiny);
    CHECK(tiny[country::assessed_cost][0] == 0);
    CHECK(tiny[fund::income][of(Fund::assessed)] == 0);
    CHECK(tiny[fund::balance][of(Fund::programme)] == 0);
    CHECK(tiny[fund::income][of(Fund::voluntary)] == 1'000'000);
    CHECK(tiny[country::assessed_cost][0] + tiny[fund::income][of(Fund::host)] == 0);
}

TEST_CASE("an activity that needs more programme money costs more, as far as its fund goes", "[funds]") {
    for (const Activity activity : {Activity::quick_impact, Activity::information, Activity::mine_action, Activity::participation,
                                    Activity::civil_society, Activity::ddr}) {
        Spending spending;
        auto& tiny = spending.tiny;
        tiny.run();
        const std::int64_t operations = tiny[activity::cost][of(Activity::patrol)];
        const MissionCost cost = with_donors();
        const double need = cost.programme_need(activity, 90.0, 2000.0) / weeks_a_year;
        const double programme = static_cast<double>(tiny[activity::cost][of(activity)] - operations);
        CHECK_THAT(programme, WithinAbs(need * tiny[activity::paid][of(activity)], 2.0));
        CHECK(tiny[activity::paid][of(activity)] > 0.9);
    }
}

TEST_CASE("nothing is paid that is not there", "[funds]") {
    MissionCost cost = with_donors();
    cost.quick_impact_usd = 80'000.0;  // 90 staff need 7.2 million of a fund of two, besides information
    Spending spending(cost);
    auto& tiny = spending.tiny;
    tiny[donor::disbursed][0] = 0.0;
    tiny.run(10);
    check_books(tiny);
    CHECK_THAT(tiny[activity::paid][of(Activity::quick_impact)], WithinRel(2.0 / (7.2 + 0.45), 1e-3));
    CHECK(tiny[activity::paid][of(Activity::information)] == tiny[activity::paid][of(Activity::quick_impact)]);
    CHECK(tiny[activity::paid][of(Activity::mine_action)] == 0.0);
    CHECK(tiny[activity::paid][of(Activity::ddr)] == 0.0);
    CHECK(tiny[activity::paid][of(Activity::patrol)] == 1.0);
    CHECK(tiny[country::voluntary_cost][0] == 0);
    tiny[country::economic_support][0] = 2e6;  // the follow-on pays for them
    tiny.run();
    CHECK(tiny[activity::paid][of(Activity::ddr)] == 1.0);
    CHECK(tiny[country::voluntary_cost][0] == 2'000'000);
}

TEST_CASE("a ceiling cuts the budget and with it the share of operations that is paid", "[funds]") {
    Spending spending;
    auto& tiny = spending.tiny;
    const double full = MissionCost{}.yearly_cost(8000.0);
    tiny[country::ceiling][0] = 0.8 * full;
    tiny.run();
    check_books(tiny);
    CHECK_THAT(static_cast<double>(tiny[country::assessed_cost][0]), WithinAbs(0.8 * full / weeks_a_year, 1.0));
    CHECK_THAT(tiny[activity::paid][of(Activity::patrol)], WithinRel(0.8, 1e-6));
    tiny[country::ceiling][0] = 2.0 * full;
    tiny.run();
    CHECK(tiny[activity::paid][of(Activity::patrol)] == 1.0);
}

TEST_CASE("programme money shrinks with the mission", "[funds]") {
    Spending spending;
    auto& tiny = spending.tiny;
    tiny.run();
    const std::int64_t before = tiny[fund::income][of(Fund::programme)];
    tiny[region_component::strength][row(Component::military)] = 3500.0;
    tiny.run();
    CHECK_THAT(static_cast<double>(tiny[fund::income][of(Fund::programme)]), WithinAbs(0.5 * static_cast<double>(before), 1.0));
}
