#include "models/transition/violence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr std::size_t regions = 50;

/// Fifty equal regions of a million people without trust, each with a group of 100 that fights and means to attack the state
/// `intended` times a week.
struct War {
    test::Tiny<ViolenceEvents> tiny;

    explicit War(const ViolenceEvents& violence = {}, double intended = 0.0) : tiny({.regions = regions}, violence) {
        test::fill(tiny[region::population], 1'000'000);
        test::fill(tiny[region::security], 1000);
        test::fill(tiny[region_group::fighters], 100);
        test::fill(tiny[region_group::on_state], intended);
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        test::fill(tiny[region::grievance], 0.5);
        test::fill(tiny[region::inter_group_fear], 1.0);
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
ViolenceEvents independent() { return {.triggered = 0.0, .communal_rate = 5.0, .mob_rate = 5.0, .geography = {}}; }

}  // namespace

TEST_CASE("events trigger events: their number is base / (1 - triggered), whatever the step", "[violence]") {
    const double dt = GENERATE(1.0, 2.0);
    const double triggered = GENERATE(0.2, 0.4, 0.7);
    War war({.triggered = triggered, .mob_rate = 1.0, .geography = {}});
    const double weeks = 2000.0;
    (void)war.events(Violence::mob, 200);  // the memory fills
    const double base = weeks * regions;   // one a week without trust and police, per million
    const double mean = base / (1.0 - triggered);
    // Hawkes process: the variance of a long count is base / (1 - n)^3.
    const double sd = std::sqrt(base / std::pow(1.0 - triggered, 3.0));
    CHECK_THAT(war.events(Violence::mob, static_cast<int>(weeks / dt), dt), WithinAbs(mean, 5.0 * sd));
}

TEST_CASE("each kind of attack that groups intend comes as its own kind of violence", "[violence]") {
    const auto events = [](const auto& column, Violence kind) {
        War war(independent());
        test::fill(war.tiny[column], 5.0);
        test::fill(war.tiny[region_component::strength], 0.3);  // one or two persons
        return war.events(kind, 20);
    };
    const double cells = 20.0 * regions;
    check_count(events(region_group::on_state, Violence::state_based), 5.0 * cells);
    check_count(events(region_group::on_rivals, Violence::between_groups), 5.0 * cells);
    check_count(events(region_group::on_civilians, Violence::one_sided_group), 5.0 * cells);
    check_count(events(region_group::on_aid, Violence::against_aid), 5.0 * cells);
    check_count(events(region_group::on_mission, Violence::against_mission), 5.0 * cells);
    CHECK(War(independent()).events(Violence::state_based, 20) == 0.0);
    War gone(independent());
    test::fill(gone.tiny[region_group::on_mission], 5.0);
    CHECK(gone.events(Violence::against_mission, 20) == 0.0);
}

TEST_CASE("troops lower battles and groups' attacks on civilians, by the published exponents", "[violence]") {
    const auto events = [](Violence kind, double troops) {
        War war(independent(), 20.0);
        test::fill(war.tiny[region_group::on_civilians], 5.0);
        test::fill(war.tiny[region_group::on_rivals], 5.0);
        war.tiny[country::mission_strength][0] = troops;
        for (std::size_t r = 0; r < regions; ++r)
            war.tiny[region_component::strength][row(Component::military, r)] = troops / regions;
        return war.events(kind, 20);
    };
    const double cells = 20.0 * regions;
    check_count(events(Violence::state_based, 5000.0), 20.0 * std::exp(-0.07 * 5.0) * cells);
    check_count(events(Violence::one_sided_group, 0.0), 5.0 * cells);
    check_count(events(Violence::one_sided_group, 5000.0), 5.0 * std::exp(-0.25 * 5.0) * cells);
    check_count(events(Violence::between_groups, 5000.0), 5.0 * std::exp(-0.07 * 5.0) * cells);
    // Elsewhere troops do half as much.
    War elsewhere(independent(), 20.0);
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

TEST_CASE("distrust, tension and rumours raise mob violence; grievance raises communal violence, early warning lowers it",
          "[violence]") {
    const double cells = 20.0 * regions;
    const auto events = [](Violence kind, const auto& change) {
        War war(independent(), 20.0);
        change(war.tiny);
        return war.events(kind, 20);
    };
    check_count(events(Violence::mob, [](auto& t) { test::fill(t[region::trust_state], 0.6); }), 2.0 * cells);
    check_count(events(Violence::mob, [](auto& t) { t[country::tension][0] = 0.5; }), 15.0 * cells);
    check_count(events(Violence::communal, [](auto& t) { test::fill(t[region::grievance], 1.0); }), 5.0 * cells);
    check_count(events(Violence::one_sided_state, [](auto& t) { test::fill(t[region::abuse], 0.5); }),
                20.0 * ViolenceEvents{}.state_one_sided * 0.5 * cells);
    check_count(events(Violence::communal, [](auto& t) { test::fill(t[region::friction], 1.0); }), 5.0 * cells);
    check_count(events(Violence::communal, [](auto& t) { test::fill(t[region::inter_group_fear], 0.2); }), 0.5 * cells);
    check_count(events(Violence::mob, [](auto& t) { test::fill(t[region::holder], held_by_nobody); }), 7.5 * cells);

    test::Tiny rumoured({.regions = 1, .communities = {1}}, ViolenceEvents{.triggered = 0.0, .mob_rate = 10.0, .geography = {}});
    rumoured[region::population][0] = 1'000'000'000;
    rumoured[community::residents][0] = 1000;
    rumoured[community::rumour][0] = 0.5F;
    rumoured.run();
    check_count(rumoured[region_violence::events][row(Violence::mob)], 1.5 * 10'000.0);
}

TEST_CASE("those who keep an agreement fall to enemies who want everything, and to nobody else", "[violence]") {
    const auto fallen = [](std::uint8_t spoiler, double regard) {
        test::Tiny tiny({.regions = 1, .groups = 2, .identities = 2}, ViolenceEvents{.geography = {}});
        test::fill(tiny[region_group::fighters], 1000);
        tiny[region_group::on_rivals][0] = 1.0;
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        tiny[group::posture][0] = static_cast<int>(Posture::fight);
        tiny[group::spoiler][0] = spoiler;
        tiny[group::identity][1] = 1;
        tiny[identity_pair::relation][1] = regard;
        std::int64_t dead = 0;
        for (int week = 0; week < 50; ++week) {
            tiny.run();
            dead += tiny[region_group::losses][1];
        }
        return dead;
    };
    CHECK(fallen(total_spoiler, -0.5) > 0);
    CHECK(fallen(total_spoiler, 0.5) == 0);
    CHECK(fallen(limited_spoiler, -0.5) == 0);
}

TEST_CASE("every death of an event is a civilian's, a soldier's or a fighter's, and none dies twice", "[violence]") {
    test::Tiny tiny({.regions = regions, .groups = 2}, ViolenceEvents{.communal_rate = 2.0, .mob_rate = 2.0, .geography = {}});
    test::fill(tiny[region::population], 1'000'000);
    test::fill(tiny[region::grievance], 0.5);
    test::fill(tiny[region::security], 12);
    test::fill(tiny[region_group::fighters], 9);
    test::fill(tiny[region_group::on_state], 1.5);
    test::fill(tiny[region_group::on_rivals], 1.0);
    test::fill(tiny[region_group::on_aid], 1.0);
    test::fill(tiny[region::abuse], 0.5);
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::arms], 0.5);
    test::fill(tiny[group::ally], no_group);
    test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
    std::int64_t between = 0;
    for (int week = 0; week < 50; ++week) {
        tiny.run();
        for (std::size_t r = 0; r < regions; ++r) {
            std::int64_t deaths = 0;
            std::int64_t forces = 0;
            std::int64_t fallen = 0;
            for (std::size_t v = 0; v < row(Violence::against_mission); ++v) {
                const std::size_t at = r * violence_count + v;
                deaths += tiny[region_violence::deaths][at];
                forces += tiny[region_violence::forces_dead][at];
                fallen += tiny[region_violence::fighters_dead][at];
                REQUIRE(tiny[region_violence::forces_dead][at] + tiny[region_violence::fighters_dead][at] <=
                        tiny[region_violence::deaths][at]);
            }
            const auto civilians = tiny[region::civilian_toll][r];
            const auto soldiers = tiny[region::security_toll][r];
            const auto fighters = tiny[region_group::losses][2 * r] + tiny[region_group::losses][2 * r + 1];
            REQUIRE(deaths == civilians + soldiers + fighters);
            REQUIRE(forces == soldiers);
            REQUIRE(fallen == fighters);
            REQUIRE((soldiers >= 0 && soldiers <= 12));
            REQUIRE((tiny[region_group::losses][2 * r] <= 9 && tiny[region_group::losses][2 * r + 1] <= 9));
            REQUIRE(tiny[region_violence::forces_dead][row(Violence::between_groups, r)] == 0);
            between += tiny[region_violence::fighters_dead][row(Violence::between_groups, r)];
        }
    }
    CHECK(between > 0);
}

TEST_CASE("deaths come in bursts: their variance is far above their mean", "[violence]") {
    // EVIDENCE T11: variance over mean of monthly deaths above 20.
    // Groups of 100 that fight to the last, so that only the cut-off of the law bounds a battle.
    War war({.communal_rate = 0.0, .mob_rate = 0.0, .battle_loss = 1.0, .geography = {}}, 0.4);
    double sum = 0.0;
    double squares = 0.0;
    int months = 0;
    for (; months < 50; ++months) {
        std::array<double, regions> deaths{};
        for (int week = 0; week < 4; ++week) {
            war.tiny.run();
            for (std::size_t r = 0; r < regions; ++r)
                deaths[r] += war.tiny[region_violence::deaths][row(Violence::state_based, r)];
        }
        for (const double d : deaths) {
            sum += d;
            squares += d * d;
        }
    }
    const double n = months * static_cast<double>(regions);
    const double mean = sum / n;
    CHECK((squares / n - mean * mean) / mean > 20.0);
}

TEST_CASE("a battle kills no more than a part of the weaker side and as many of the other, but somebody", "[violence]") {
    const auto worst = [](std::int64_t fighters, std::int64_t soldiers) {
        War war(independent(), 0.05);
        std::int64_t most = 0;
        for (int week = 0; week < 200; ++week) {
            test::fill(war.tiny[region_group::fighters], fighters);
            test::fill(war.tiny[region::security], soldiers);
            war.tiny.run();
            for (std::size_t r = 0; r < regions; ++r) {
                const auto events = war.tiny[region_violence::events][row(Violence::state_based, r)];
                if (events == 1)
                    most = std::max<std::int64_t>(most, war.tiny[region_violence::deaths][row(Violence::state_based, r)]);
            }
        }
        return most;
    };
    CHECK(worst(25, 1000) == std::llround(2.0 * ViolenceEvents{}.battle_loss * 25.0));
    CHECK(worst(1000, 25) == std::llround(2.0 * ViolenceEvents{}.battle_loss * 25.0));
    CHECK(worst(1, 1000) == 1);
    CHECK(worst(1000, 1000) > 50);
}

TEST_CASE("political violence spikes where the mission leaves, the state's beside it, and both fade", "[violence]") {
    Geography line;
    line.neighbours = {{{1, 10.0, 10.0}}, {{0, 10.0, 10.0}, {2, 10.0, 10.0}}, {{1, 10.0, 10.0}}};
    const ViolenceEvents process{
        .withdrawal_half_life = 8.0, .spill_half_life = 16.0, .geography = std::make_shared<const Geography>(line)};
    test::Tiny tiny({.regions = 3}, process);
    tiny[region_component::strength][row(Component::military, 0)] = 180.0;
    tiny[region_component::strength][row(Component::police, 1)] = 60.0;
    tiny.run(2);
    CHECK(tiny[region::withdrawal][0] == 0.0);  // to come is not to leave
    tiny[region_component::strength][row(Component::military, 0)] = 80.0;
    tiny.run();
    CHECK_THAT(tiny[region::withdrawal][0], WithinRel(100.0 / 200.0, 1e-12));
    CHECK(tiny[region::withdrawal][1] == 0.0);
    tiny.run(8);
    CHECK_THAT(tiny[region::withdrawal][0], WithinRel(0.25, 1e-9));
    CHECK_THAT(tiny[region::emptied][0], WithinRel(0.5 * std::sqrt(0.5), 1e-9));

    // What it does to the rates.
    const auto events = [&](Violence kind, std::size_t region) {
        ViolenceEvents steady = process;
        steady.triggered = 0.0;
        steady.withdrawal_half_life = 1e9;
        steady.spill_half_life = 1e9;
        test::Tiny left({.regions = 3}, steady);
        test::fill(left[region::population], 1'000'000);
        test::fill(left[region::abuse], 1.0);
        test::fill(left[region_group::on_state], 50.0);
        test::fill(left[region_group::fighters], 100'000);
        test::fill(left[group::alive], 1);
        test::fill(left[group::ally], no_group);
        test::fill(left[group::posture], static_cast<int>(Posture::fight));
        left[region::withdrawal][0] = 1.0;
        left[region::emptied][0] = 1.0;
        double sum = 0.0;
        for (int week = 0; week < 40; ++week) {
            left.run();
            sum += left[region_violence::events][row(kind, region)];
        }
        return sum;
    };
    check_count(events(Violence::state_based, 0), 2000.0 * std::exp(0.3));
    check_count(events(Violence::state_based, 1), 2000.0);
    check_count(events(Violence::one_sided_state, 0), 2000.0 * ViolenceEvents{}.state_one_sided * std::exp(0.3));
    check_count(events(Violence::one_sided_state, 1), 2000.0 * ViolenceEvents{}.state_one_sided * std::exp(0.2));
    check_count(events(Violence::one_sided_state, 2), 2000.0 * ViolenceEvents{}.state_one_sided);
}

TEST_CASE("a share of what events trigger comes beside them, and none is lost", "[violence]") {
    Geography line;
    line.neighbours = {{{1, 10.0, 10.0}}, {{0, 10.0, 10.0}, {2, 10.0, 10.0}}, {{1, 10.0, 10.0}}};
    test::Tiny tiny({.regions = 3}, ViolenceEvents{.triggered = 0.4,
                                                   .communal_rate = 0.0,
                                                   .mob_rate = 0.0,
                                                   .spread = 0.3,
                                                   .geography = std::make_shared<const Geography>(line)});
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
    test::fill(tiny[group::ally], no_group);
    test::fill(tiny[region_group::fighters], 100);
    tiny[region_group::on_state][1] = 1000.0;
    tiny.run();
    const double n = tiny[region_violence::events][row(Violence::state_based, 1)];
    const auto excitation = [&](std::size_t r) { return tiny[region_violence::excitation][row(Violence::state_based, r)]; };
    const double keep = std::pow(0.5, 1.0 / 3.0);
    CHECK_THAT(excitation(0), WithinRel(0.15 * 0.4 * (1.0 - keep) * n, 1e-9));
    CHECK(excitation(0) == excitation(2));
    CHECK_THAT(excitation(0) + excitation(1) + excitation(2), WithinRel(0.4 * (1.0 - keep) * n, 1e-9));
}

TEST_CASE("what groups do or provoke ends with the fighting, and comes nowhere that none is", "[violence]") {
    War war({.communal_rate = 0.0, .mob_rate = 0.0, .geography = {}});
    for (std::size_t r = 0; r < regions; ++r) war.tiny[region_violence::excitation][row(Violence::state_based, r)] = 5.0;
    war.tiny[region_group::fighters][7] = 0;
    CHECK(war.events(Violence::state_based, 1) > 0.0);
    CHECK(war.tiny[region_violence::events][row(Violence::state_based, 7)] == 0);
    test::fill(war.tiny[group::posture], static_cast<int>(Posture::comply));
    CHECK(war.events(Violence::state_based, 5) == 0.0);
}

TEST_CASE("the weaker side of a battle loses more", "[violence]") {
    War war({.triggered = 0.0, .civilian_share = 0.0, .geography = {}}, 20.0);
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
    War war({.triggered = 0.0, .communal_rate = 0.0, .mob_rate = 0.1, .geography = {}});
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
    test::Tiny tiny({.regions = 1}, ViolenceEvents{});
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::arms], 1.0);
    test::fill(tiny[region_group::on_state], 250.0);
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
    test::Tiny tiny({.regions = 1}, ViolenceEvents{.communal_rate = 0.0, .mob_rate = 0.0, .geography = {}});
    tiny[region::population][0] = 50'000;
    tiny[region::exposure][0] = 8.0;
    tiny.run(4);
    CHECK_THAT(tiny[region::exposure][0], WithinRel(4.0, 1e-9));
}
