#include "models/transition/economy.hpp"

#include <cmath>

#include "models/transition/accounts.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr auto assessed = static_cast<std::size_t>(Fund::assessed);
constexpr auto programme = static_cast<std::size_t>(Fund::programme);

/// A country whose state collects as it did at the start.
struct Producing {
    test::Tiny<Economy> tiny;

    explicit Producing(Economy economy = {.growth_sd = 0.0}, std::size_t regions = 1) : tiny({.regions = regions}, economy) {
        test::fill(tiny[region::population], 100'000);
        test::fill(tiny[region::state_control], 1.0);
        test::fill(tiny[region::economy], 1.0);
        for (std::size_t r = 0; r < regions; ++r) tiny[region_function::capacity][row(Function::revenue, r)] = 0.3;
        tiny[country::collection_at_start][0] = 0.3;
        tiny[country::commodity][0] = 1.0;
        tiny[country::price_adapted][0] = 1.0;
        tiny[country::people_at_start][0] = 100'000.0 * static_cast<double>(regions);
        tiny[country::people_relative][0] = 1.0;
    }
};

}  // namespace

TEST_CASE("the mission's local spending lifts the economy, and is gone soon after it", "[economy]") {
    Producing producing(Economy{.trend = 0.0, .growth_sd = 0.0});
    // A tenth of output spent by the mission, 4 % of it locally, 1.5 dollars of output for each.
    producing.tiny[fund::expense][assessed] = std::llround(1e8 / weeks_a_year);
    producing.tiny[region_component::strength][row(Component::military)] = 100.0;
    producing.tiny.run(300);
    CHECK_THAT(producing.tiny[region::economy][0], WithinAbs(1.0 + 1.5 * 0.04 * 0.1, 1e-4));
    CHECK_THAT(producing.tiny[country::gdp][0], WithinAbs(producing.tiny[region::economy][0], 1e-12));
    CHECK(producing.tiny[country::local_spend][0] == std::llround(0.04 * 1e8 / weeks_a_year));
    producing.tiny[fund::expense][programme] = 1'000'000;
    producing.tiny.run();
    CHECK(producing.tiny[country::local_spend][0] == std::llround(0.04 * std::llround(1e8 / weeks_a_year) + 0.6e6));
    test::fill(producing.tiny[fund::expense], 0);
    producing.tiny.run(300);
    CHECK_THAT(producing.tiny[region::economy][0], WithinAbs(1.0, 1e-6));
    CHECK(producing.tiny[country::local_spend][0] == 0);
}

TEST_CASE("the peacekeeping economy is where the personnel is", "[economy]") {
    const Economy economy{.trend = 0.0, .growth_sd = 0.0};
    Producing producing(economy, 2);
    producing.tiny[fund::expense][assessed] = std::llround(1e8 / weeks_a_year);
    producing.tiny[region_component::strength][row(Component::military, 0)] = 300.0;
    producing.tiny[region_component::strength][row(Component::support, 1)] = 100.0;
    producing.tiny.run(400);
    // Half of the people each: the lift of the country is the mean of the regions'.
    CHECK_THAT(producing.tiny[region::economy][0] - 1.0, WithinRel(1.5 * 0.006, 1e-4));
    CHECK_THAT(producing.tiny[region::economy][1] - 1.0, WithinRel(0.5 * 0.006, 1e-4));
    CHECK_THAT(producing.tiny[country::gdp][0] - 1.0, WithinRel(0.006, 1e-4));
}

TEST_CASE("a fall of prices costs growth while it is new, and passes through", "[economy]") {
    Producing producing(Economy{.trend = 0.0, .growth_sd = 0.0});
    producing.tiny[country::commodity][0] = 0.5;
    producing.tiny.run(52);
    const Economy economy;
    const double after_a_year = producing.tiny[region::economy][0];
    CHECK(after_a_year < 1.0 - 0.5 * (1.0 - std::pow(0.5, economy.exports)));
    CHECK(after_a_year > std::pow(0.5, economy.exports));
    producing.tiny.run(3000);
    CHECK_THAT(producing.tiny[country::price_adapted][0], WithinAbs(0.5, 1e-3));
    CHECK_THAT(producing.tiny[region::economy][0], WithinAbs(1.0, 1e-3));
}

TEST_CASE("output falls when the mission and donors' attention go: the cliff", "[economy]") {
    Economy economy{.trend = 0.0, .growth_sd = 0.0};
    Producing producing(economy);
    producing.tiny[country::attention][0] = 1.0;
    producing.tiny[region_component::strength][row(Component::military)] = 100.0;
    economy.start(producing.tiny.state(), {.assessed = 1e8, .programme = 1e6, .voluntary = 2e7});
    producing.tiny[fund::expense][assessed] = std::llround(1e8 / weeks_a_year);
    producing.tiny[fund::expense][programme] = std::llround(1e6 / weeks_a_year);
    producing.tiny[country::voluntary_cost][0] = std::llround(2e7 / weeks_a_year);
    producing.tiny.run(300);
    CHECK_THAT(producing.tiny[country::gdp][0], WithinAbs(1.0, 1e-6));  // nothing jumps at the start
    test::fill(producing.tiny[fund::expense], 0);
    producing.tiny[country::voluntary_cost][0] = 0;
    producing.tiny[country::attention][0] = 0.3;
    producing.tiny.run(300);
    const double demand = 1.5 * (0.04 * 1e8 + 0.6 * 1e6 + 0.6 * 2e7) / 1e9 + economy.aid_in_output;
    CHECK_THAT(producing.tiny[country::gdp][0], WithinAbs((1.0 + 0.3 * economy.aid_in_output) / (1.0 + demand), 1e-6));
}

TEST_CASE("the host takes on a part of the programmes that donors leave, at their cost", "[economy]") {
    const auto left_by = [](double attention, double at_start, double share) {
        Economy economy{.trend = 0.0, .growth_sd = 0.0, .gap_at_start = 0.0, .taken_over = share};
        Producing producing(economy);
        const double full = 0.5 * 1e6 * economy.need_musd / weeks_a_year;  // donors pledge half of what the state needs
        producing.tiny[country::attention][0] = at_start;
        producing.tiny[country::pledged][0] = at_start * full;
        economy.start(producing.tiny.state(), {});
        producing.tiny.run();
        producing.tiny[country::attention][0] = attention;
        producing.tiny[country::pledged][0] = attention * full;
        producing.tiny.run(2);
        return std::pair{producing.tiny[country::host_programmes][0], producing.tiny[country::budget_adequacy][0]};
    };
    CHECK(left_by(1.0, 1.0, 0.5).first == 0.0);
    CHECK(left_by(0.3, 0.3, 0.5).first == 0.0);  // what was never there is not missed
    CHECK(left_by(0.2, 1.0, 0.0).first == 0.0);
    // Output and with it taxes fall a little as attention does: by less than 2 % in two weeks.
    const auto [programmes, adequacy] = left_by(0.2, 1.0, 0.5);
    const double met = 1.0 / (1.0 + 0.5 * 0.5 * 0.8);
    CHECK_THAT(programmes, WithinRel(0.5 * 0.8 * met, 0.02));
    CHECK_THAT(adequacy, WithinRel(met, 0.02));
    CHECK(left_by(0.2, 1.0, 0.0).second > adequacy);
}

TEST_CASE("forces wanted grow with the people; what the state needs grows with people and wages", "[economy]") {
    Producing producing(Economy{.trend = 0.0, .growth_sd = 0.0, .gap_at_start = 0.0});
    producing.tiny[region::forces_wanted][0] = 100.0;
    producing.tiny.run();
    CHECK_THAT(producing.tiny[country::budget_adequacy][0], WithinAbs(1.0, 1e-5));
    producing.tiny[region::population][0] = 150'000;
    producing.tiny.run(2);
    CHECK_THAT(producing.tiny[region::forces_wanted][0], WithinAbs(150.0, 1e-9));
    // More people on the same output: needs per head fall with output per head, not as much.
    CHECK_THAT(producing.tiny[country::people_relative][0], WithinAbs(1.5, 1e-12));
    const auto adequacy = [](double wages) {
        Producing growing(Economy{.wages = wages, .trend = 0.05, .growth_sd = 0.0});
        growing.tiny.run(522);
        return growing.tiny[country::budget_adequacy][0];
    };
    CHECK(adequacy(0.5) > adequacy(1.0));
    CHECK_THAT(adequacy(1.0), WithinAbs(0.9, 1e-4));
}

TEST_CASE("epidemics and violence move the economy by their published sizes", "[economy]") {
    const auto economy_with = [](const auto& change) {
        Producing producing(Economy{.trend = 0.0, .growth_sd = 0.0});
        change(producing.tiny);
        producing.tiny.run(1000);
        return producing.tiny[region::economy][0];
    };
    CHECK_THAT(economy_with([](auto&) {}), WithinAbs(1.0, 1e-12));
    CHECK_THAT(economy_with([](auto& t) { t[country::epidemic][0] = 1.0; }), WithinAbs(0.85, 1e-9));
    CHECK_THAT(economy_with([](auto& t) { t[region::exposure][0] = 1e9; }), WithinAbs(0.70, 1e-9));
    Producing growing;
    growing.tiny.run(522);  // ten years
    CHECK_THAT(growing.tiny[country::gdp][0], WithinRel(std::pow(1.035, 521.0 * 7.0 / 365.2425), 1e-6));
}

TEST_CASE(
    "the host budget balances: what is taken in is spent, up to twice the need, or kept, and nothing is spent that is not there",
    "[economy]") {
    Producing producing;
    auto& tiny = producing.tiny;
    std::int64_t kept = 0;
    for (int week = 0; week < 200; ++week) {
        tiny[region::state_control][0] = week < 100 ? 1.0 : 0.2;  // the state loses its country
        tiny.run();
        kept += tiny[country::revenue][0] - tiny[country::host_cost][0];
        REQUIRE(tiny[country::treasury][0] == kept);
        REQUIRE(tiny[fund::balance][static_cast<std::size_t>(Fund::host)] == kept);
        REQUIRE(kept >= 0);
        REQUIRE(tiny[country::received][0] - tiny[country::spent][0] == kept);
    }
    CHECK(tiny[country::budget_adequacy][0] < 0.5);
}

TEST_CASE("the first week's budget is what the start promises, whichever way donors give", "[economy]") {
    const bool through_government = GENERATE(false, true);
    Economy economy{.growth_sd = 0.0};
    economy.donors = {{.name = "a", .pledge_musd = 4.0, .through_government = through_government}};
    Producing producing(economy);
    producing.tiny[donor::disbursed][0] = 4e6 / weeks_a_year;
    economy.start(producing.tiny.state(), {.voluntary = through_government ? 0.0 : 4e6});
    if (!through_government) producing.tiny[country::voluntary_cost][0] = std::llround(4e6 / weeks_a_year);
    producing.tiny.run();
    const double promised = economy.adequacy_at_start(through_government ? 0.0 : 4.0, through_government ? 4.0 : 0.0);
    CHECK_THAT(producing.tiny[country::budget_adequacy][0], WithinAbs(promised, 1e-5));
    CHECK(promised > 1.0 - economy.gap_at_start);
}

TEST_CASE("a country whose budget is beyond two billion USD a month can be recorded", "[economy]") {
    test::SmallCountry country = test::quiet_country();
    country.steps = 8;
    country.gdp_musd = 200'000.0;
    country.budget_musd = 50'000.0;  // Nigeria spends about as much
    const auto experiment = country.experiment();
    test::Run run(experiment);
    CHECK_NOTHROW(run.to_end());
}

TEST_CASE("growth varies by chance from year to year, without a drift of output", "[economy]") {
    constexpr double sd = 0.05;
    Producing producing(Economy{.trend = 0.0, .growth_sd = sd});
    double before = 0.0, squares = 0.0, level = 0.0;
    constexpr int years = 400;
    for (int year = 0; year < years; ++year) {
        producing.tiny.run(52);
        const double now = producing.tiny[country::fortune][0];
        squares += (now - before) * (now - before);
        level += now - before;
        before = now;
    }
    const double year_length = 52.0 / weeks_a_year;
    // Chi-square of 400 steps: 4.5 standard errors are 16 %; the mean has 4.5 sd / 20.
    CHECK_THAT(squares / years, WithinRel(sd * sd * year_length, 0.16));
    CHECK_THAT(level / years, WithinAbs(-0.5 * sd * sd * year_length, 4.5 * sd / 20.0));
    CHECK_THAT(producing.tiny[region::economy][0], WithinRel(std::exp(before), 0.2));
}
