#include "models/transition/return.hpp"

#include <cmath>

#include "models/transition/property.hpp"
#include "sim/math.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

constexpr std::uint32_t people = 20'000;

/// 20,000 persons of region 0 who are away, nine in ten of their community being at home, in a settled country.
struct Away {
    test::Tiny<Return> tiny;

    explicit Away(Status status, const Return& process = {}) : tiny({.regions = 2, .communities = {people}}, process) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::status], static_cast<int>(status));
        test::fill(tiny[person::location], status == Status::displaced ? 1 : 0);
        tiny[community::away][0] = people;
        tiny[community::residents][0] = 9 * people;
        tiny[community::contested][0] = 0.2F;
        tiny[region::security_level][0] = 0.6;
        tiny[region::services][0] = 0.35;
        tiny[region::mines][0] = 0.05;
    }
    std::int64_t after(int weeks) {
        std::int64_t returned = 0;
        std::int64_t by_cohort = 0;
        for (int week = 0; week < weeks; ++week) {
            tiny.run();
            returned += tiny[region::returned][0];
            by_cohort += test::total(tiny[region_cohort::returned]);
            CHECK(tiny[community::returned][0] == tiny[region::returned][0]);
        }
        CHECK(test::count_persons(tiny.state(), Status::home) == returned);
        CHECK(by_cohort == returned);
        return returned;
    }
};

template <class Change>
std::int64_t returned_with(Status status, const Change& change, int weeks = 10) {
    Away away(status);
    change(away.tiny);
    return away.after(weeks);
}
constexpr auto as_it_is = [](auto&) {};

}  // namespace

TEST_CASE("people return at the hazard of what draws them", "[return]") {
    const Return r;
    const double utility = r.utility({0.6, 0.35, 0.2, 0.9, 0.05}, 0.0, 0.0);
    CHECK_THAT(utility, WithinAbs(0.1 / Return{}.width + 0.7 + 0.8 + 0.45 - 0.1 - 2.0, 1e-9));
    const double p = -std::expm1(-r.displaced_rate * sim::logistic(utility));
    CHECK_THAT(static_cast<double>(Away(Status::displaced).after(1)), WithinAbs(people * p, 5.0 * std::sqrt(people * p)));
}

TEST_CASE("security, services, free property and neighbours draw people home; aid, mines and years away hold them back",
          "[return]") {
    const auto usual = static_cast<double>(returned_with(Status::displaced, as_it_is));
    const auto with = [&](const auto& change) { return static_cast<double>(returned_with(Status::displaced, change)) / usual; };
    CHECK(with([](auto& t) { t[region::security_level][0] = 0.7; }) > 1.1);
    CHECK(with([](auto& t) { t[region::security_level][0] = 0.0; }) < 0.1);
    CHECK(with([](auto& t) { t[region::services][0] = 0.8; }) > 1.1);
    CHECK(with([](auto& t) { t[community::contested][0] = 1.0F; }) < 0.9);
    CHECK(with([](auto& t) { t[community::residents][0] = 0; }) < 0.95);
    CHECK(with([](auto& t) { t[region::aid][1] = 1.0; }) < 0.9);
    CHECK(with([](auto& t) { t[region::aid][0] = 1.0; }) == 1.0);  // where they are not
    CHECK(returned_with(Status::refugee, [](auto& t) { t[region::aid][0] = 1.0; }) == returned_with(Status::refugee, as_it_is));
    CHECK(with([](auto& t) { t[region::mines][0] = 0.5; }) < 0.9);
    CHECK(with([](auto& t) { test::fill(t[person::away], 80); }) < 0.9);
    CHECK(static_cast<double>(returned_with(Status::refugee, as_it_is)) < usual);
    CHECK_THAT(static_cast<double>(returned_with(Status::site, as_it_is)), WithinRel(usual, 0.1));
}

TEST_CASE("half of the refugees are back after two to four years of settled peace (T9)", "[return]") {
    for (const double services : {0.3, 0.4}) {
        const auto served = [&](auto& tiny) { tiny[region::services][0] = services; };
        CHECK(returned_with(Status::refugee, served, 2 * 52) < people / 2);
        CHECK(returned_with(Status::refugee, served, 4 * 52) > people / 2);
    }
    // The displaced sooner: nine in ten within three years.
    CHECK(returned_with(Status::displaced, as_it_is, 3 * 52) > 9 * people / 10);
}

TEST_CASE("the time away grows by a quarter in a quarter, and ends at home", "[return]") {
    Away away(Status::refugee, {.refugee_rate = 0.0});
    away.after(52);
    for (std::size_t i = 0; i < people; ++i) REQUIRE(away.tiny[person::away][i] == 4);
    Away home(Status::refugee, {.refugee_rate = 1.0, .resistance = -10.0});
    test::fill(home.tiny[person::away], 20);
    home.after(1);
    for (std::size_t i = 0; i < people; ++i)
        if (home.tiny[person::status][i] == static_cast<int>(Status::home)) REQUIRE(home.tiny[person::away][i] == 0);
}

TEST_CASE("some come home from abroad to a half-lit war, the displaced sooner", "[return]") {
    const auto war = [](auto& tiny) {
        tiny[region::security_level][0] = 0.36;
        tiny[region::services][0] = 0.25;
        tiny[region::mines][0] = 0.15;
    };
    const auto a_year = static_cast<double>(returned_with(Status::refugee, war, 52)) / people;
    CHECK(a_year > 0.03);
    CHECK(a_year < 0.15);
    CHECK(static_cast<double>(returned_with(Status::displaced, war, 52)) / people > 2.0 * a_year);
}

TEST_CASE("a cessation ends the status of refugees: most go home, the rest settle abroad and leave the population", "[return]") {
    Return process;
    process.refugee_rate = 0.0;
    ShockInput end;
    end.kind = "cessation";
    end.duration_weeks = 20.0;
    process.shocks = {end};
    CHECK(process.cessation(std::vector<double>{0.0}) == 0.0);
    test::Tiny tiny({.regions = 1, .shocks = 1, .communities = {people}}, process);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::status], static_cast<int>(Status::refugee));
    tiny[community::away][0] = people;
    tiny[shock::level][0] = 0.7;
    std::int64_t home = 0;
    std::int64_t settled = 0;
    for (int week = 0; week < 20; ++week) {
        tiny.run();
        home += tiny[region::returned][0];
        settled += tiny[country::emigrated][0];
    }
    const std::int64_t abroad = test::count_persons(tiny.state(), Status::refugee);
    CHECK(abroad + home + settled == people);
    CHECK(test::count_persons(tiny.state(), Status::home) == home);
    test::check_share(people - abroad, people, 0.7);
    test::check_share(settled, static_cast<double>(people - abroad), process.settled);
}

TEST_CASE("those in a site that closes are displaced around it", "[return]") {
    const auto left_in = [](double room) {
        Away away(Status::site, {.displaced_rate = 0.0});
        away.tiny[region::sites][0] = people;
        away.tiny[region::site_capacity][0] = room;
        away.after(1);
        CHECK(test::count_persons(away.tiny.state(), Status::site) + test::count_persons(away.tiny.state(), Status::displaced) ==
              people);
        return test::count_persons(away.tiny.state(), Status::site);
    };
    CHECK(left_in(100.0) == people);
    CHECK(left_in(0.0) == 0);
}

TEST_CASE("property is occupied while its owners are away, and returns to it raise disputes that dialogue settles", "[return]") {
    struct Result {
        double contested, disputes;
    };
    const auto after = [](int away, int returned, double dialogue, int weeks, double dt = 1.0, double start = 0.2) {
        test::Tiny tiny({.regions = 1, .communities = {0}}, Property{});
        tiny[community::residents][0] = 800;
        tiny[community::away][0] = away;
        tiny[community::returned][0] = returned;
        tiny[community::contested][0] = static_cast<float>(start);
        tiny[community::dialogue][0] = static_cast<float>(dialogue);
        tiny.run(static_cast<int>(weeks / dt), dt);
        CHECK(tiny[region::property_disputes][0] == static_cast<double>(tiny[community::disputes][0]));
        return Result{tiny[community::contested][0], tiny[community::disputes][0]};
    };
    const Result usual = after(200, 0, 0.0, 52);
    CHECK(after(400, 0, 0.0, 52).contested > usual.contested);
    CHECK(after(200, 0, 0.5, 52).contested < usual.contested);
    CHECK(usual.disputes == 0.0);
    CHECK_THAT(after(0, 0, 0.0, 52).contested, WithinAbs(0.2 * std::exp(-52.0 * Property{}.settlement), 1e-6));
    CHECK_THAT(after(200, 0, 0.0, 52, 0.5).contested, WithinAbs(usual.contested, 1e-5));
    CHECK_THAT(after(200, 10, 0.0, 1).disputes, WithinAbs(0.2 * 10.0 / 1000.0, 1e-6));
    CHECK(after(200, 10, 0.5, 20).disputes < after(200, 10, 0.0, 20).disputes);
    CHECK(after(200, 10, 0.0, 20, 1.0, 0.0).disputes < after(200, 10, 0.0, 20).disputes);
    const Result flooded = after(200, 800, 0.0, 500);
    CHECK(flooded.disputes <= 1.0);
    CHECK(flooded.contested <= 1.0);
}
