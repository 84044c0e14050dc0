#include "models/transition/demography.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::check_share;

constexpr std::uint32_t people = 20'000;

/// What a year does to 20,000 single persons of one sex and age; the step divides the year evenly.
struct Year {
    std::int64_t births = 0, deaths = 0, population = 0;
};
Year year_of(Demography demography, std::uint8_t sex, std::uint8_t age, double epidemic = 0.0) {
    demography.agents_per_community = people;
    test::Tiny tiny({.regions = 1, .communities = {people}}, demography);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::sex], sex);
    test::fill(tiny[person::age], age);
    tiny[country::epidemic][0] = epidemic;
    Year year;
    for (int week = 0; week < 52; ++week) {
        tiny.run();
        year.births += tiny[country::births][0];
        year.deaths += tiny[country::natural_deaths][0];
    }
    year.population = test::count_persons(tiny.state(), [](std::size_t) { return true; });
    return year;
}

/// Without births and deaths; tests set what they need.
constexpr Demography eternal{.infant_mortality = 0.0, .background_mortality = 0.0, .senescence = 0.0, .fertility = 0.0};

}  // namespace

TEST_CASE("mortality follows Makeham's law, with that of the first year apart", "[demography]") {
    const Demography d;
    CHECK(d.yearly_mortality(0) == d.infant_mortality);
    for (const int age : {1, 20, 60, 90})
        CHECK_THAT(d.yearly_mortality(static_cast<std::uint8_t>(age)),
                   WithinAbs(d.background_mortality + d.senescence * std::exp(d.senescence_slope * age), 1e-14));
    CHECK(Demography{.senescence = 0.01, .senescence_slope = 0.2}.yearly_mortality(120) == 1.0);
}

TEST_CASE("in a year people die at the probability of their age, and women of 15 to 49 bear children", "[demography]") {
    const Demography d;
    const double year = 52.0 * 7.0 / 365.2425;
    for (const int age : {0, 30, 70}) {
        const Year after = year_of(d, 0, static_cast<std::uint8_t>(age));
        // Each agent is looked at once, 52 weeks after the last time.
        check_share(static_cast<double>(after.deaths), people,
                    1.0 - std::pow(1.0 - d.yearly_mortality(static_cast<std::uint8_t>(age)), year));
        CHECK(after.births == 0);
        CHECK(after.population == people - after.deaths);
    }
    Demography fertile = eternal;
    fertile.fertility = 0.155;
    const Year mothers = year_of(fertile, 1, 30);
    // At one person an agent a mother has at most as many children as the Poisson law gives.
    CHECK_THAT(static_cast<double>(mothers.births), WithinAbs(people * 0.155 * year, 5.0 * std::sqrt(people * 0.155)));
    CHECK(mothers.population == people + mothers.births);
    CHECK(year_of(fertile, 1, 13).births == 0);
    CHECK(year_of(fertile, 1, 50).births == 0);
}

TEST_CASE("an epidemic kills by its intensity, everybody alike", "[demography]") {
    Demography sick = eternal;
    sick.epidemic_excess = 0.002;
    for (const double intensity : {0.0, 0.5, 1.0})
        check_share(static_cast<double>(year_of(sick, 0, 30, intensity).deaths), people, -std::expm1(-52.0 * 0.002 * intensity));
}

TEST_CASE("everybody grows a year older in a year, and memories fade", "[demography]") {
    Demography ageing = eternal;
    ageing.memory_fade = 0.1;
    test::Tiny tiny({.regions = 1, .communities = {100}}, ageing);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::harm], 200);
    tiny.run(52 * 3);
    const auto ages = tiny[person::age];
    for (std::size_t i = 0; i < 100; ++i) {
        REQUIRE(ages[i] == 33);
        REQUIRE_THAT(tiny[person::harm][i],
                     WithinAbs(200.0 * 0.9 * 0.9 * 0.9, 3.0));  // whole numbers are rounded down three times
    }
}

TEST_CASE("the first birthday of an infant falls anywhere in its first year, in communities of any size", "[demography]") {
    const std::uint32_t agents = GENERATE(40, 100, 300);
    Demography deadly = eternal;
    deadly.fertility = 0.155;
    deadly.agents_per_community = agents;
    deadly.infant_mortality = 1.0;  // who is looked at in the first year dies, so that looks can be counted
    test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(104, agents), .free_rows = agents}, deadly);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::sex], 1);
    double births = 0.0;
    double deaths = 0.0;
    for (int week = 0; week < 52; ++week) {
        tiny.run();
        births += static_cast<double>(tiny[country::births][0]);
        deaths += static_cast<double>(tiny[country::natural_deaths][0]);
    }
    // Of those born evenly over a year and looked at anywhere in their first, half are looked at within the year.
    CHECK_THAT(deaths / births, WithinAbs(0.5, 0.05 + 5.0 * 0.5 / std::sqrt(births)));
}

TEST_CASE("members of the forces go home on the birthday of their retirement", "[demography]") {
    test::Tiny tiny({.regions = 1, .communities = {100}}, eternal);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::status], static_cast<int>(Status::security));
    for (std::size_t i = 0; i < 50; ++i) tiny[person::age][i] = static_cast<std::uint8_t>(eternal.retirement_age - 1);
    tiny.run(52);
    CHECK(test::count_persons(tiny.state(), Status::security) == 50);
    CHECK(test::count_persons(tiny.state(), Status::home) == 50);
}

TEST_CASE("a memory that fades wholly in a year is gone, whatever the step", "[demography]") {
    const double dt_weeks = GENERATE(1.0, 10.0 / 7.0, 2.0);  // 37 steps of 10 days are more than a year
    Demography forgetful = eternal;
    forgetful.memory_fade = 1.0;
    test::Tiny tiny({.regions = 1, .communities = {100}}, forgetful);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::harm], 255);
    tiny.run(53, dt_weeks);
    for (std::size_t i = 0; i < 100; ++i) REQUIRE(int{tiny[person::harm][i]} <= 5);
}

TEST_CASE("children are where their mother lives, of her identity, and fight for nobody", "[demography]") {
    Demography fertile = eternal;
    fertile.fertility = 0.5;
    fertile.agents_per_community = 500;
    test::Tiny tiny({.regions = 2, .identities = 2, .communities = {500}, .free_rows = 600}, fertile);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::sex], 1);
    test::fill(tiny[person::identity], 1);
    for (std::size_t i = 0; i < 500; ++i) {
        tiny[person::status][i] = static_cast<std::uint8_t>(i % 3 == 0   ? Status::fighter
                                                            : i % 3 == 1 ? Status::displaced
                                                                         : Status::security);
        tiny[person::location][i] = 1;
    }
    tiny.run(52);
    std::int64_t children = 0;
    for (std::size_t i = 500; i < tiny.state().table("person").segments[0].count; ++i, ++children) {
        const auto status = tiny[person::status][i];
        REQUIRE((status == static_cast<int>(Status::home) || status == static_cast<int>(Status::displaced)));
        REQUIRE(tiny[person::location][i] == (status == static_cast<int>(Status::displaced) ? 1 : 0));
        REQUIRE(tiny[person::identity][i] == 1);
        REQUIRE(tiny[person::age][i] <= 1);
    }
    CHECK(children > 150);
}

TEST_CASE("dead fighters are counted apart, so that the balance of fighters closes", "[demography]") {
    Demography deadly = eternal;
    deadly.background_mortality = 0.5;
    test::Tiny tiny({.regions = 1, .communities = {1000}}, deadly);
    test::settle_persons(tiny.state());
    for (std::size_t i = 0; i < 1000; i += 2) tiny[person::status][i] = static_cast<std::uint8_t>(Status::fighter);
    std::int64_t fighters = 500;
    for (int week = 0; week < 52; ++week) {
        tiny.run();
        fighters -= tiny[country::fighters_died][0];
        REQUIRE(test::count_persons(tiny.state(), Status::fighter) == fighters);
    }
    CHECK(fighters < 300);
}

TEST_CASE("crude rates of a young country are about 35 births and 10 deaths per 1,000", "[demography]") {
    const int persons_per_agent = GENERATE(1, 10);
    test::SmallCountry country = test::quiet_country();
    for (test::SmallRegion& region : country.regions) region.population = 12'000 * persons_per_agent;
    country.persons_per_agent = persons_per_agent;
    country.steps = 5 * 52;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    const auto first = static_cast<double>(run.state().of(country::population)[0]);
    run.to_end();
    const auto last = static_cast<double>(run.state().of(country::population)[0]);
    const double births = test::recorded_sum(experiment, run.record(), "births");
    const double deaths = test::recorded_sum(experiment, run.record(), "natural_deaths");
    const double killed = test::recorded_sum(experiment, run.record(), "violent_deaths");
    CHECK(last == first + births - deaths - killed);
    const double person_years = 0.5 * (first + last) * 5.0;
    // Poisson noise is about 0.5 per 1,000; the bounds are what "about" means.
    CHECK_THAT(1000.0 * births / person_years, WithinAbs(35.0, 4.0));
    CHECK_THAT(1000.0 * deaths / person_years, WithinAbs(10.0, 2.0));
}

TEST_CASE("a segment has room for all births of a step, at any allowed grain", "[demography]") {
    // The largest communities, the longest step and the highest fertility that a scenario may have.
    test::SmallCountry country = test::quiet_country();
    for (test::SmallRegion& region : country.regions) region.population = 5000;
    country.agents_per_community = 5000;
    country.step_days = 28;
    country.steps = 26;
    country.sets = {"demography.fertility=0.5"};
    const auto experiment = country.experiment();
    test::Run run(experiment);
    CHECK_NOTHROW(run.to_end());
}

TEST_CASE("a newborn's first year is nearly as long in a coarse agent", "[demography]") {
    const auto weeks_as_infant = [](std::uint16_t persons_per_agent) {
        Demography fertile = eternal;
        fertile.fertility = 0.07;
        fertile.persons_per_agent = persons_per_agent;
        fertile.agents_per_community = 1000 / persons_per_agent;
        const std::uint32_t agents = 1000U / persons_per_agent;
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(20, agents), .free_rows = 400}, fertile);
        test::settle_persons(tiny.state());
        test::fill(tiny[person::sex], 1);
        test::fill(tiny[person::age], 20);
        test::fill(tiny[person::weight], persons_per_agent);
        double infants = 0.0;
        double births = 0.0;
        for (int week = 0; week < 208; ++week) {
            tiny.run();
            if (week < 52) continue;
            births += static_cast<double>(tiny[country::births][0]);
            infants +=
                static_cast<double>(test::count_persons(tiny.state(), [&](std::size_t i) { return tiny[person::age][i] == 0; }));
        }
        return infants / births;  // Little's law
    };
    // Single persons have their week half a year after their birth in the mean. Newborns who share an agent share its week.
    CHECK_THAT(weeks_as_infant(1), WithinAbs(26.0, 3.0));
    CHECK_THAT(weeks_as_infant(10), WithinAbs(26.0, 6.0));
    // Twenty agents have their weeks, and so their births, in one part of the year, and those of newborns just before it.
    CHECK_THAT(weeks_as_infant(50), WithinAbs(26.0, 14.0));
}
