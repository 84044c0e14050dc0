#include "models/transition/violence.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr std::size_t regions = 50;

/// Fifty equal regions of a million people without trust, each with a group of 100 that fights.
struct War {
    test::Tiny<ViolenceEvents> tiny;

    explicit War(ViolenceEvents violence = {}) : tiny({.regions = regions}, armed(violence)) {
        test::fill(tiny[region::population], 1'000'000);
        test::fill(tiny[region::security], 1000);
        test::fill(tiny[region_group::fighters], 100);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        test::fill(tiny[region::grievance], 0.5);
    }
    static ViolenceEvents armed(ViolenceEvents violence) {
        violence.arms = {1.0};
        return violence;
    }
    /// Events of a kind over some steps, in all regions.
    double events(Violence kind, int steps, double dt_weeks = 1.0) {
        double sum = 0.0;
        for (int i = 0; i < steps; ++i) {
            tiny.run(1, dt_weeks);
            for (std::size_t r = 0; r < regions; ++r) sum += tiny[region_violence::events][row(kind, r)];
        }
        return sum;
    }
};

/// Poisson counts with these means differ by no more than five standard deviations from them.
void check_count(double count, double mean) { CHECK_THAT(count, WithinAbs(mean, 5.0 * std::sqrt(mean))); }

/// No event triggers another: counts are plain Poisson.
ViolenceEvents independent() {
    return {.triggered = 0.0, .battle_rate = 20.0, .communal_rate = 5.0, .mob_rate = 5.0, .arms = {}};
}

}  // namespace

TEST_CASE("events trigger events: their number is base / (1 - triggered), whatever the step", "[violence]") {
    const double dt = GENERATE(1.0, 2.0);
    const double triggered = GENERATE(0.2, 0.4, 0.7);
    War war({.triggered = triggered, .mob_rate = 1.0, .arms = {}});
    const double weeks = 2000.0;
    (void)war.events(Violence::mob, 200);  // the memory fills
    const double base = weeks * regions;   // one a week without trust and police, per million
    const double mean = base / (1.0 - triggered);
    // Hawkes process: the variance of a long count is base / (1 - n)^3.
    const double sd = std::sqrt(base / std::pow(1.0 - triggered, 3.0));
    CHECK_THAT(war.events(Violence::mob, static_cast<int>(weeks / dt), dt), WithinAbs(mean, 5.0 * sd));
}

TEST_CASE("battles come with fighters that fight, less than in proportion; harassing is a share of it, complying none",
          "[violence]") {
    const auto battles = [](std::int64_t fighters, Posture posture) {
        War war(independent());
        test::fill(war.tiny[region_group::fighters], fighters);
        test::fill(war.tiny[group::posture], static_cast<int>(posture));
        return war.events(Violence::state_based, 20);
    };
    const double cells = 20.0 * regions;
    check_count(battles(100, Posture::fight), 20.0 * cells);
    check_count(battles(400, Posture::fight), 20.0 * std::pow(4.0, 0.7) * cells);
    check_count(battles(100, Posture::harass), 20.0 * 0.05 * cells);
    CHECK(battles(100, Posture::comply) == 0.0);
    CHECK(battles(0, Posture::fight) == 0.0);
}

TEST_CASE("troops lower battles and groups' attacks on civilians, by the published exponents", "[violence]") {
    const auto events = [](Violence kind, double troops) {
        War war(independent());
        war.tiny[country::mission_strength][0] = troops;
        for (std::size_t r = 0; r < regions; ++r)
            war.tiny[region_component::strength][row(Component::military, r)] = troops / regions;
        return war.events(kind, 20);
    };
    const double cells = 20.0 * regions;
    check_count(events(Violence::state_based, 5000.0), 20.0 * std::exp(-0.07 * 5.0) * cells);
    check_count(events(Violence::one_sided_group, 0.0), 5.0 * cells);
    check_count(events(Violence::one_sided_group, 5000.0), 5.0 * std::exp(-0.25 * 5.0) * cells);
    // Elsewhere troops do half as much.
    War elsewhere(independent());
    elsewhere.tiny[country::mission_strength][0] = 5000.0;
    check_count(elsewhere.events(Violence::state_based, 20), 20.0 * std::exp(-0.07 * 2.5) * cells);
}

TEST_CASE("police lower mob and communal violence with diminishing returns", "[violence]") {
    const auto events = [](Violence kind, double police) {
        War war(independent());
        for (std::size_t r = 0; r < regions; ++r)
            war.tiny[region_component::strength][row(Component::police, r)] = police / regions;
        return war.events(kind, 20);
    };
    const double cells = 20.0 * regions;
    check_count(events(Violence::mob, 0.0), 5.0 * cells);
    check_count(events(Violence::mob, 400.0), 5.0 * std::exp(-0.3 * 2.0) * cells);
    check_count(events(Violence::mob, 4e9), 5.0 * std::exp(-0.3 * 4.0) * cells);
    check_count(events(Violence::communal, 0.0), 2.5 * cells);
    check_count(events(Violence::communal, 400.0), 2.5 * std::exp(-0.3 * 2.0) * cells);
}

TEST_CASE("distrust, tension and rumours raise mob violence; grievance raises communal violence, dialogue lowers it",
          "[violence]") {
    const double cells = 20.0 * regions;
    const auto events = [](Violence kind, const auto& change) {
        War war(independent());
        change(war.tiny);
        return war.events(kind, 20);
    };
    check_count(events(Violence::mob, [](auto& t) { test::fill(t[region::trust_state], 0.6); }), 2.0 * cells);
    check_count(events(Violence::mob, [](auto& t) { t[country::tension][0] = 0.5; }), 15.0 * cells);
    check_count(events(Violence::communal, [](auto& t) { test::fill(t[region::grievance], 1.0); }), 5.0 * cells);
    check_count(events(Violence::communal,
                       [](auto& t) {
                           for (std::size_t r = 0; r < regions; ++r)
                               t[region_activity::coverage][row(Activity::dialogue, r)] = 1.0;
                       }),
                1.25 * cells);
    check_count(events(Violence::one_sided_state, [](auto& t) { test::fill(t[region::abuse], 0.5); }), 20.0 * 0.10 * 0.5 * cells);
    CHECK(events(Violence::against_mission, [](auto&) {}) == 0.0);
    check_count(events(Violence::against_mission,
                       [](auto& t) {
                           for (std::size_t r = 0; r < regions; ++r) t[region_activity::coverage][row(Activity::patrol, r)] = 0.5;
                       }),
                20.0 * 0.10 * 0.5 * cells);

    test::Tiny rumoured({.regions = 1, .communities = {1}}, ViolenceEvents{.triggered = 0.0, .mob_rate = 10.0, .arms = {1.0}});
    rumoured[region::population][0] = 1'000'000'000;
    rumoured[community::residents][0] = 1000;
    rumoured[community::rumour][0] = 0.5F;
    rumoured.run();
    check_count(rumoured[region_violence::events][row(Violence::mob)], 1.5 * 10'000.0);
}

TEST_CASE("every death of an event is a civilian's, a soldier's or a fighter's, and none dies twice", "[violence]") {
    War war({.battle_rate = 3.0, .communal_rate = 2.0, .mob_rate = 2.0, .arms = {}});
    test::fill(war.tiny[region::security], 12);
    test::fill(war.tiny[region_group::fighters], 9);
    test::fill(war.tiny[region::abuse], 0.5);
    for (int week = 0; week < 50; ++week) {
        war.tiny.run();
        for (std::size_t r = 0; r < regions; ++r) {
            std::int64_t deaths = 0;
            for (std::size_t v = 0; v < row(Violence::against_mission); ++v)
                deaths += war.tiny[region_violence::deaths][r * violence_count + v];
            const auto civilians = war.tiny[region::civilian_toll][r];
            const auto soldiers = war.tiny[region::security_toll][r];
            const auto fighters = war.tiny[region_group::losses][r];
            REQUIRE(deaths == civilians + soldiers + fighters);
            REQUIRE((soldiers >= 0 && soldiers <= 12));
            REQUIRE((fighters >= 0 && fighters <= 9));
        }
    }
}

TEST_CASE("events that outlive the fighting are nobody's", "[violence]") {
    War war({.battle_rate = 0.0, .communal_rate = 0.0, .mob_rate = 0.0, .arms = {}});
    for (std::size_t r = 0; r < regions; ++r) war.tiny[region_violence::excitation][row(Violence::state_based, r)] = 5.0;
    test::fill(war.tiny[group::posture], static_cast<int>(Posture::comply));
    war.tiny.run();
    CHECK(test::total(war.tiny[region::civilian_toll]) > 0);
    CHECK(test::total(war.tiny[region_group::losses]) == 0);
    for (const sim::Event& event : war.tiny.state().events())
        CHECK((event.kind != static_cast<int>(EventKind::battle) || event.actor == -1));
}

TEST_CASE("the weaker side of a battle loses more", "[violence]") {
    War war({.triggered = 0.0, .battle_rate = 20.0, .civilian_share = 0.0, .arms = {}});
    test::fill(war.tiny[region::security], 300'000);
    test::fill(war.tiny[region_group::fighters], 100'000);
    war.tiny.run(5);
    double fighters = 0.0;
    double soldiers = 0.0;
    for (int week = 0; week < 10; ++week) {
        war.tiny.run();
        fighters += static_cast<double>(test::total(war.tiny[region_group::losses]));
        soldiers += static_cast<double>(test::total(war.tiny[region::security_toll]));
    }
    // Each death falls on either side by a draw of its own; 300,000 soldiers against 100,000 fighters of equal arms.
    const double all = fighters + soldiers;
    CHECK_THAT(fighters / all, WithinAbs(0.75, 5.0 * std::sqrt(0.75 * 0.25 / all)));
}

TEST_CASE("deaths of single events follow the Pareto law with its cut-off", "[violence]") {
    War war({.triggered = 0.0, .battle_rate = 0.0, .communal_rate = 0.0, .mob_rate = 0.1, .arms = {}});
    double events = 0.0;
    double single = 0.0;
    double three_or_more = 0.0;
    std::int32_t largest = 0;
    for (int week = 0; week < 4000; ++week) {
        war.tiny.run();
        for (std::size_t r = 0; r < regions; ++r) {
            const auto deaths = war.tiny[region_violence::deaths][row(Violence::mob, r)];
            if (war.tiny[region_violence::events][row(Violence::mob, r)] != 1) continue;
            ++events;
            single += deaths == 1;
            three_or_more += deaths >= 3;
            largest = std::max(largest, deaths);
        }
    }
    const auto check_share = [&](double count, double p) {
        CHECK_THAT(count / events, WithinAbs(p, 5.0 * std::sqrt(p * (1.0 - p) / events)));
    };
    check_share(single, 1.0 - std::pow(2.0, -2.2));
    check_share(three_or_more, std::pow(3.0, -2.2));
    CHECK(largest == 20);  // 20^-2.2 is 0.0014: the cut-off is met
}

TEST_CASE("25 battle deaths in a calendar year are an armed conflict, and the new year begins at none", "[violence]") {
    test::Tiny tiny({.regions = 1}, ViolenceEvents{.battle_rate = 2.0, .arms = {1.0}});
    tiny[region::population][0] = 1'000'000;
    tiny[region::security][0] = 1'000'000;
    tiny[region_group::fighters][0] = 100'000;
    test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
    std::int64_t deaths = 0;
    int year = 2020;
    bool conflict_seen = false;
    for (int week = 0; week < 150; ++week) {
        const int this_year = test::moment(week).date.year();
        if (this_year != year) deaths = 0;
        year = this_year;
        tiny.run();
        deaths += tiny[region_violence::deaths][row(Violence::state_based)];
        REQUIRE(tiny[country::battle_deaths_year][0] == deaths);
        REQUIRE((tiny[country::armed_conflict][0] != 0) == (deaths >= 25));
        REQUIRE((tiny[country::war][0] != 0) == (deaths >= 1000));
        conflict_seen = conflict_seen || deaths >= 25;
    }
    CHECK(conflict_seen);
}

TEST_CASE("exposure counts deaths per 100,000 people and fades with its half-life", "[violence]") {
    test::Tiny tiny({.regions = 1}, ViolenceEvents{.communal_rate = 0.0, .mob_rate = 0.0, .arms = {1.0}});
    tiny[region::population][0] = 50'000;
    tiny[region::exposure][0] = 8.0;
    tiny.run(4);
    CHECK_THAT(tiny[region::exposure][0], WithinRel(4.0, 1e-9));
}

namespace {

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
    std::int64_t count(Status status) { return test::count_persons(tiny.state(), status); }
};

}  // namespace

TEST_CASE("casualties take exactly the dead that violence counted, from those whom it counted", "[violence]") {
    Struck struck;
    struck.tiny[region::civilian_toll][0] = 13;
    struck.tiny[region::security_toll][0] = 7;
    struck.tiny[region_group::losses][1] = 11;
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

TEST_CASE("nobody dies who is not there: tolls shrink to who could be found", "[violence]") {
    Struck struck;
    struck.tiny[region::security_toll][0] = 100;
    struck.tiny[region_group::losses][1] = 100;
    struck.tiny[region_group::losses][2] = 5;  // group 0 in region 1: nobody
    struck.tiny.run();
    CHECK(struck.count(Status::security) == 0);
    CHECK(struck.count(Status::fighter) == 0);
    CHECK(struck.tiny[region::security_toll][0] == 60);
    CHECK(struck.tiny[region_group::losses][1] == 80);
    CHECK(struck.tiny[region_group::losses][2] == 0);
    CHECK(struck.tiny[country::violent_deaths][0] == 140);
}

TEST_CASE("civilians die as long as any are left, wherever the first attack fell", "[violence]") {
    Struck struck;
    struck.tiny[region::civilian_toll][0] = 250;
    struck.tiny.run();
    CHECK(struck.count(Status::home) == 0);
    CHECK(struck.tiny[region::civilian_toll][0] == 200);
}

TEST_CASE("men of fighting age die in proportion to their exposure", "[violence]") {
    double men = 0.0;
    double all = 0.0;
    for (int repeat = 0; repeat < 60; ++repeat) {
        Struck struck;
        struck.tiny.run(repeat);  // other draws: the step is part of their name
        struck.tiny[region::civilian_toll][0] = 10;
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

TEST_CASE("violence leaves a memory where it struck, and fades from the community", "[violence]") {
    Struck struck;
    struck.tiny[region::civilian_toll][0] = 1;
    struck.tiny.run();
    struck.tiny[region::civilian_toll][0] = 0;
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

TEST_CASE("a community of many agents can mourn its dead", "[violence]") {
    // 5,000 agents are allowed, half as many more fit into the last community of a region, and births add some.
    test::Tiny tiny({.regions = 1, .communities = {9000}}, Casualties{});
    test::settle_persons(tiny.state());
    tiny[community::residents][0] = 9000;
    tiny[region::civilian_toll][0] = 1;
    CHECK_NOTHROW(tiny.run());
}
