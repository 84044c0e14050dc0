#include "models/transition/casualties.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

/// A region of two communities with 100 civilians, 40 fighters of group 1 and 30 soldiers each, half of the civilians women.
struct Struck {
    test::Tiny<Casualties> tiny;

    explicit Struck(const Casualties& casualties = {})
        : tiny({.regions = 2, .groups = 2, .communities = {170, 170}}, casualties) {
        test::settle_persons(tiny.state());
        for (const sim::Segment& s : tiny.state().table("person").segments) {
            for (std::uint32_t i = 0; i < s.count; ++i) {
                tiny[person::sex][s.begin + i] = i % 2;
                if (i >= 100)
                    tiny[person::status][s.begin + i] = static_cast<std::uint8_t>(i < 140 ? Status::fighter : Status::security);
                if (i >= 100 && i < 140) tiny[person::group][s.begin + i] = 1;
            }
        }
        test::fill(tiny[community::residents], 100);
        test::fill(tiny[community::fighters], 40);
    }
    /// Asks for dead in region 0.
    void ask(Violence kind, std::int32_t civilians, std::int32_t soldiers = 0, std::int32_t fighters = 0, std::size_t group = 1) {
        tiny[region_violence::deaths][row(kind)] += civilians + soldiers + fighters;
        tiny[region_violence::fighters_dead][row(kind)] += fighters;
        tiny[region_violence::forces_dead][row(kind)] += soldiers;
        tiny[region::civilian_toll][0] += civilians;
        tiny[region::security_toll][0] += soldiers;
        tiny[region_group::losses][group] += fighters;
    }
    std::int64_t count(Status status) { return test::count_persons(tiny.state(), status); }
};

}  // namespace

TEST_CASE("casualties take exactly the dead that violence counted, from those whom it counted", "[casualties]") {
    Struck struck;
    struck.ask(Violence::state_based, 8, 7, 6);
    struck.ask(Violence::between_groups, 0, 0, 5);
    struck.ask(Violence::mob, 5);
    struck.tiny.run();
    CHECK(struck.count(Status::home) == 200 - 13);
    CHECK(struck.count(Status::security) == 60 - 7);
    CHECK(struck.count(Status::fighter) == 80 - 11);
    CHECK(struck.tiny[country::violent_deaths][0] == 31);
    CHECK(struck.tiny[country::killed_fighters][0] == 11);
    CHECK(test::total(struck.tiny[region_cohort::deaths]) == 31);
    CHECK(struck.tiny[region::civilian_toll][0] == 13);
    CHECK(struck.tiny[community::violence][0] + struck.tiny[community::violence][1] == Approx(1e5 * 13.0 / 100.0));

    struck.tiny.run(6);  // the tolls stay as set: the same again, six times
    CHECK(struck.count(Status::home) == 200 - 7 * 13);
}

TEST_CASE("nobody dies who is not there: tolls shrink to who could be found", "[casualties]") {
    Struck struck;
    struck.ask(Violence::state_based, 4, 100, 20);
    struck.ask(Violence::between_groups, 3, 0, 80);
    struck.ask(Violence::mob, 2);
    struck.ask(Violence::against_mission, 0);
    struck.tiny[country::battle_deaths_year][0] = 124;
    struck.tiny.run();
    CHECK(struck.count(Status::security) == 0);
    CHECK(struck.count(Status::fighter) == 0);
    CHECK(struck.tiny[region::security_toll][0] == 60);
    CHECK(struck.tiny[region_group::losses][1] == 80);
    CHECK(struck.tiny[country::violent_deaths][0] == 149);
    // The missing are taken off the kinds that asked for such persons: 40 soldiers and 20 fighters too many.
    CHECK(struck.tiny[region_violence::forces_dead][row(Violence::state_based)] == 60);
    CHECK(struck.tiny[region_violence::fighters_dead][row(Violence::state_based)] +
              struck.tiny[region_violence::fighters_dead][row(Violence::between_groups)] ==
          80);
    CHECK(struck.tiny[region_violence::deaths][row(Violence::mob)] == 2);
    CHECK(struck.tiny[country::battle_deaths_year][0] == struck.tiny[region_violence::deaths][row(Violence::state_based)]);
}

TEST_CASE("mob violence that finds nobody costs the battles none of their dead", "[casualties]") {
    Struck struck;
    struck.ask(Violence::state_based, 0, 10, 10);
    struck.ask(Violence::mob, 500);
    struck.tiny[country::battle_deaths_year][0] = 20;
    struck.tiny.run();
    CHECK(struck.tiny[region_violence::deaths][row(Violence::state_based)] == 20);
    CHECK(struck.tiny[country::battle_deaths_year][0] == 20);
    CHECK(struck.tiny[region_violence::deaths][row(Violence::mob)] == 200);
}

TEST_CASE("displaced persons die where they are, wherever they come from", "[casualties]") {
    Struck struck;
    for (const sim::Segment& s : struck.tiny.state().table("person").segments)
        for (std::uint32_t i = 0; i < 50; ++i) {
            struck.tiny[person::status][s.begin + i] = static_cast<std::uint8_t>(i % 2 == 0 ? Status::displaced : Status::site);
            struck.tiny[person::location][s.begin + i] = 1;
        }
    test::fill(struck.tiny[community::residents], 50);
    test::fill(struck.tiny[community::away], 50);
    struck.tiny[region::displaced][1] = 100;
    struck.tiny[region::civilian_toll][1] = 30;
    struck.tiny[region_violence::deaths][row(Violence::one_sided_group, 1)] = 30;
    struck.tiny.run();
    CHECK(struck.count(Status::displaced) + struck.count(Status::site) == 70);
    CHECK(struck.count(Status::home) == 100);
    std::int64_t booked = 0;
    for (std::size_t c = 0; c < cohort_count; ++c) booked += struck.tiny[region_cohort::deaths][cohort_count + c];
    CHECK(booked == 30);
}

TEST_CASE("civilians die as long as any are left, wherever the first attack fell", "[casualties]") {
    Struck struck;
    struck.ask(Violence::mob, 250);
    struck.tiny.run();
    CHECK(struck.count(Status::home) == 0);
    CHECK(struck.tiny[region::civilian_toll][0] == 200);
}

TEST_CASE("men of fighting age die in proportion to their exposure", "[casualties]") {
    double men = 0.0;
    double all = 0.0;
    for (int repeat = 0; repeat < 60; ++repeat) {
        Struck struck;
        struck.tiny.run(repeat);  // other draws: the step is part of their name
        struck.ask(Violence::mob, 10);
        struck.tiny.run();
        const auto sex = struck.tiny[person::sex];
        const auto weight = struck.tiny[person::weight];
        for (const sim::Segment& s : struck.tiny.state().table("person").segments)
            for (std::uint32_t i = s.begin; i < s.begin + 100; ++i)
                if (weight[i] == 0) {
                    ++all;
                    men += sex[i] == 0;
                }
    }
    CHECK(all == 600.0);
    // Three to one at the start; a little less as men run out, at most 10 of 100 in a community.
    CHECK_THAT(men / all, WithinAbs(0.75, 5.0 * std::sqrt(0.75 * 0.25 / all)));
}

TEST_CASE("violence leaves a memory where it struck, and fades from the community", "[casualties]") {
    Struck struck;
    struck.ask(Violence::mob, 1);
    struck.tiny.run();
    struck.ask(Violence::mob, -1);
    const std::size_t where = struck.tiny[community::violence][0] > 0.0F ? 0 : 1;
    const auto harmed_in = [&](std::size_t c) {
        const sim::Segment s = struck.tiny.state().table("person").segments[c];
        return test::count_persons(struck.tiny.state(), [&](std::size_t i) {
            return i >= s.begin && i < s.begin + s.count && struck.tiny[person::harm][i] > 0;
        });
    };
    CHECK(harmed_in(where) > 100);  // ten deaths per 1,000: everybody remembers
    CHECK(harmed_in(1 - where) == 0);
    const float before = struck.tiny[community::violence][where];
    struck.tiny.run(6);
    CHECK_THAT(struck.tiny[community::violence][where], WithinRel(0.5 * static_cast<double>(before), 1e-5));
}

TEST_CASE("a community of many agents can mourn its dead", "[casualties]") {
    // 5,000 agents are allowed, half as many more fit into the last community of a region, and births add some.
    test::Tiny tiny({.regions = 1, .communities = {9000}}, Casualties{});
    test::settle_persons(tiny.state());
    tiny[community::residents][0] = 9000;
    tiny[region::civilian_toll][0] = 1;
    tiny[region_violence::deaths][row(Violence::mob)] = 1;
    CHECK_NOTHROW(tiny.run());
}
