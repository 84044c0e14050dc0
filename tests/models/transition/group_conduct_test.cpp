#include "models/transition/group_conduct.hpp"

#include <cmath>
#include <memory>
#include <tuple>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/group_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr std::size_t groups = 4000;

/// Equal groups of 100 that meet neither each other nor the mission, in one region.
struct Crowd {
    test::Tiny<GroupConduct> tiny;

    explicit Crowd(Posture posture, const GroupConduct& process = {}, std::size_t regions = 1)
        : tiny({.regions = regions, .groups = groups}, with_no_rivals(process)) {
        test::fill(tiny[region_group::fighters], 100);
        test::fill(tiny[region::security], 100);
        test::fill(tiny[region::adults], 10'000);
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::support], 0.5);
        test::fill(tiny[group::cohesion], 1.0);
        test::fill(tiny[group::commitment], 1.0);
        test::fill(tiny[group::signatory], 1);
        test::fill(tiny[group::spoiler], limited_spoiler);
        test::fill(tiny[group::posture], static_cast<int>(posture));
        tiny[country::ceasefire][0] = 1.0;
        test::fill(tiny[provision::implementation], 0.5);
    }
    static GroupConduct with_no_rivals(GroupConduct process) {
        process.rival_weight = 0.0;
        process.battle_exponent = 1.0;  // so that none has fewer battles for what the others have
        return process;
    }
    double share(Conduct conduct) {
        double n = 0.0;
        for (const std::uint8_t c : tiny[region_group::conduct]) n += does(c, conduct);
        return n / static_cast<double>(tiny[region_group::conduct].size());
    }
    template <class C>
    double mean(const C& column) {
        double sum = 0.0;
        for (const auto x : tiny[column]) sum += static_cast<double>(x);
        return sum / static_cast<double>(tiny[column].size());
    }
};

void check_share(double share, double p) { CHECK_THAT(share, WithinAbs(p, 5.0 * std::sqrt(p * (1.0 - p) / groups) + 1e-12)); }

}  // namespace

TEST_CASE("groups attack in bursts whose mean is that of their posture, whatever the odds", "[group conduct]") {
    const double rest = GENERATE(0.0, 0.5, 3.0);
    const double pay = GENERATE(0.0, 1.0);
    GroupConduct process;
    process.rest = rest;
    for (const auto& [posture, conduct, mean] :
         {std::tuple{Posture::fight, Conduct::attack, 0.4}, std::tuple{Posture::harass, Conduct::violate, 0.02}}) {
        Crowd crowd(posture, process);
        test::fill(crowd.tiny[group::pay], pay);
        crowd.tiny.run();
        const double p = 1.0 / (1.0 + rest + process.extort_pull * (1.0 - pay));
        check_share(crowd.share(conduct), p);
        const double burst = mean / p;
        CHECK_THAT(crowd.mean(region_group::on_state), WithinAbs(mean, 5.0 * burst * std::sqrt(p * (1.0 - p) / groups) + 1e-12));
    }
}

TEST_CASE("attacks grow with fighters; none come from nobody, the dead, or those who comply", "[group conduct]") {
    GroupConduct process;
    process.rest = 0.0;
    const auto attacks = [&](Posture posture, std::int64_t fighters, std::uint8_t alive) {
        Crowd crowd(posture, process);
        test::fill(crowd.tiny[region_group::fighters], fighters);
        test::fill(crowd.tiny[group::alive], alive);
        crowd.tiny.run();
        return crowd.mean(region_group::on_state);
    };
    CHECK_THAT(attacks(Posture::fight, 400, 1), WithinRel(0.4 * 4.0, 1e-9));
    CHECK(attacks(Posture::fight, 0, 1) == 0.0);
    CHECK(attacks(Posture::fight, 400, 0) == 0.0);
    CHECK(attacks(Posture::comply, 400, 1) == 0.0);
}

TEST_CASE("a region or a group cut in two has as many battles as the whole; fewer come where fewer can be attacked",
          "[group conduct]") {
    // Attacks on the state of `count` equal groups with 400 fighters in all, in each of `regions` equal parts of a region with
    // `forces` of the state.
    const auto attacks = [](std::size_t regions, std::size_t count, double forces, const GroupConduct& law) {
        GroupConduct process = law;
        process.rest = 0.0;
        process.rival_weight = 0.0;
        process.state_presence = 1e-9;
        test::Tiny tiny({.regions = regions, .groups = count}, process);
        const auto parts = static_cast<double>(regions);
        test::fill(tiny[region_group::fighters], static_cast<std::int64_t>(400 / (regions * count)));
        test::fill(tiny[region::security], static_cast<std::int64_t>(forces / parts));
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::spoiler], limited_spoiler);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        tiny.run();
        double sum = 0.0;
        for (const double each : tiny[region_group::on_state]) sum += each;
        return sum;
    };
    const GroupConduct law;
    const double whole = attacks(1, 1, law.battle_targets, law);
    CHECK_THAT(whole, WithinRel(law.battle_rate * std::pow(4.0, law.battle_exponent), 1e-9));
    CHECK_THAT(attacks(2, 1, law.battle_targets, law), WithinRel(whole, 1e-9));
    CHECK_THAT(attacks(1, 2, law.battle_targets, law), WithinRel(whole, 1e-9));
    CHECK_THAT(attacks(1, 1, law.battle_targets / 4.0, law), WithinRel(whole * std::pow(0.25, 1.0 - law.battle_exponent), 1e-9));
    CHECK(attacks(1, 1, 0.0, law) < 1e-3 * whole);
    GroupConduct steep;
    steep.battle_exponent = 1.2;
    CHECK_THAT(attacks(1, 1, 300.0, steep), WithinRel(0.4 * std::pow(4.0, 1.2), 1e-9));
}

TEST_CASE("those who comply extort out of need, break the ceasefire out of indiscipline, and bring fighters to disarmament",
          "[group conduct]") {
    Crowd content(Posture::comply);
    content.tiny.run();
    CHECK(content.share(Conduct::comply) == 1.0);

    Crowd hungry(Posture::comply);
    test::fill(hungry.tiny[group::pay], 0.25);
    hungry.tiny.run();
    check_share(hungry.share(Conduct::extort), 0.75 / 1.75);
    const GroupConduct process;
    for (std::size_t g = 0; g < groups; ++g) {
        const bool extorts = does(hungry.tiny[region_group::conduct][g], Conduct::extort);
        const double reached = extorts ? coverage(100.0, 10'000.0, process.extortion_reference) : 0.0;
        REQUIRE(hungry.tiny[region_group::extortion][g] == reached);
    }
    Crowd watched(Posture::comply);
    test::fill(watched.tiny[group::pay], 0.25);
    watched.tiny[region_activity::reach][row(Activity::patrol)] = 1.0;
    watched.tiny.run();
    CHECK(watched.share(Conduct::extort) == 0.0);

    Crowd loose(Posture::comply);
    test::fill(loose.tiny[group::cohesion], 0.0);
    loose.tiny[country::ceasefire][0] = 0.0;
    loose.tiny.run();
    check_share(loose.share(Conduct::violate), process.indiscipline / (1.0 + process.indiscipline));
    for (std::size_t g = 0; g < groups; ++g)
        REQUIRE(loose.tiny[group::violations][g] == (does(loose.tiny[region_group::conduct][g], Conduct::violate) ? 1 : 0));

    Crowd disarming(Posture::comply);
    disarming.tiny[region_activity::reach][row(Activity::ddr)] = 0.8;
    disarming.tiny.run();
    check_share(disarming.share(Conduct::canton), 0.8 / 1.8);
    const double p = 0.8 / 1.8;
    const double rate = process.disarm_rate * 0.5 * 0.8;
    CHECK_THAT(disarming.mean(region_group::joins_disarmament),
               WithinAbs(p * rate, 5.0 * rate * std::sqrt(p * (1.0 - p) / groups)));
    // A provision that says how far disarmament is carried out goes before the mean of the agreement.
    disarming.tiny[provision::implementation][static_cast<std::size_t>(Provision::disarmament)] = 1.0;
    disarming.tiny.run();
    CHECK_THAT(disarming.mean(region_group::joins_disarmament),
               WithinAbs(2.0 * p * rate, 10.0 * rate * std::sqrt(p * (1.0 - p) / groups)));
    test::fill(disarming.tiny[group::signatory], 0);
    disarming.tiny.run();
    CHECK(disarming.share(Conduct::canton) == 0.0);
}

TEST_CASE("a total spoiler outside the agreement attacks more than others that harass", "[group conduct]") {
    GroupConduct process;
    process.rest = 0.0;
    const auto attacks = [&](Posture posture, std::uint8_t spoiler, std::uint8_t signed_it) {
        Crowd crowd(posture, process);
        test::fill(crowd.tiny[group::spoiler], spoiler);
        test::fill(crowd.tiny[group::signatory], signed_it);
        crowd.tiny.run();
        return crowd.mean(region_group::on_state);
    };
    CHECK_THAT(attacks(Posture::harass, total_spoiler, 0), WithinRel(process.battle_rate * process.defiant_share, 1e-9));
    CHECK_THAT(attacks(Posture::harass, total_spoiler, 1), WithinRel(process.battle_rate * process.harass_share, 1e-9));
    CHECK_THAT(attacks(Posture::harass, limited_spoiler, 0), WithinRel(process.battle_rate * process.harass_share, 1e-9));
    CHECK_THAT(attacks(Posture::fight, total_spoiler, 0), WithinRel(process.battle_rate, 1e-9));
}

TEST_CASE("dialogue brings groups to talk, except those who may not or will not", "[group conduct]") {
    const auto talking = [](const auto& change) {
        Crowd crowd(Posture::fight);
        crowd.tiny[region_activity::reach][row(Activity::dialogue)] = 0.5;
        change(crowd.tiny);
        crowd.tiny.run();
        return crowd.share(Conduct::talk);
    };
    check_share(talking([](auto&) {}), 0.5 * GroupConduct{}.talk);
    CHECK(talking([](auto& t) { test::fill(t[group::proscribed], 1); }) == 0.0);
    CHECK(talking([](auto& t) { test::fill(t[group::spoiler], total_spoiler); }) == 0.0);
}

TEST_CASE("who has no intent to spoil fights rivals, and the army only where it came for its ground", "[group conduct]") {
    const auto attacks = [](std::uint8_t spoiler, double encroached) {
        GroupConduct process;
        process.rest = 0.0;
        test::Tiny tiny({.regions = 1, .groups = 2}, process);
        test::fill(tiny[region_group::fighters], 100);
        tiny[region::security][0] = 80;
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        tiny[group::spoiler][0] = spoiler;
        tiny[group::encroached][0] = encroached;
        tiny.run();
        return std::pair{tiny[region_group::on_state][0], tiny[region_group::on_rivals][0]};
    };
    CHECK(attacks(no_spoiler, 0.0).first == 0.0);
    CHECK(attacks(no_spoiler, 0.0).second > attacks(limited_spoiler, 0.0).second);
    CHECK(attacks(no_spoiler, 0.5).first > 0.0);
    CHECK(attacks(limited_spoiler, 0.0).first > 0.0);
}

TEST_CASE("attacks are split between the state and rivals by their forces; allies and kin are spared", "[group conduct]") {
    const auto on_rivals = [](const auto& change) {
        GroupConduct process;
        process.rest = 0.0;
        process.battle_exponent = 1.0;  // as many attacks whatever can be attacked
        test::Tiny tiny({.regions = 1, .groups = 2, .identities = 2}, process);
        test::fill(tiny[region_group::fighters], 100);
        tiny[region::security][0] = 80;
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::spoiler], limited_spoiler);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        tiny[group::identity][1] = 1;
        change(tiny);
        tiny.run();
        CHECK_THAT(tiny[region_group::on_state][0] + tiny[region_group::on_rivals][0], WithinAbs(process.battle_rate, 1e-12));
        return tiny[region_group::on_rivals][0];
    };
    const double usual = on_rivals([](auto&) {});
    const double enemies = 50.0 * GroupConduct{}.common_enemy;  // both fight the state
    CHECK_THAT(usual, WithinRel(0.4 * enemies / (100.0 + enemies), 1e-9));
    const auto total_both = [](auto& t) { test::fill(t[group::spoiler], total_spoiler); };
    CHECK_THAT(on_rivals(total_both), WithinRel(0.4 * 50.0 / 150.0, 1e-9));
    CHECK_THAT(on_rivals([](auto& t) { t[group::posture][1] = static_cast<std::uint8_t>(Posture::harass); }),
               WithinRel(0.4 * 50.0 / 150.0, 1e-9));
    CHECK(on_rivals([](auto& t) { t[identity_pair::relation][1] = 1.0; }) < usual);
    CHECK(on_rivals([](auto& t) { t[identity_pair::relation][1] = -1.0; }) > usual);
    CHECK(on_rivals([](auto& t) { t[region::security][0] = 500; }) < usual);
    CHECK(on_rivals([](auto& t) { t[group::ally][0] = 1; }) == 0.0);
    CHECK(on_rivals([](auto& t) { t[group::posture][1] = 0; }) == 0.0);
    // Who wants everything spares no enemy of its people for keeping an agreement with the state.
    const auto quiet = [&](std::uint8_t spoiler, double regard, std::uint8_t party) {
        return on_rivals([&](auto& t) {
            t[group::posture][1] = 0;
            t[group::spoiler][0] = spoiler;
            t[group::signatory][0] = party;
            t[identity_pair::relation][1] = regard;
        });
    };
    CHECK_THAT(quiet(total_spoiler, -0.4, 0), WithinRel(0.4 * 60.0 / 160.0, 1e-9));
    CHECK(quiet(total_spoiler, 0.4, 0) == 0.0);
    CHECK(quiet(total_spoiler, -0.4, 1) == 0.0);
    CHECK(quiet(limited_spoiler, -0.4, 0) == 0.0);
    CHECK(on_rivals([](auto& t) { t[group::alive][1] = 0; }) == 0.0);
}

TEST_CASE("civilians, aid and the mission are attacked for want of pay and support, less under escort", "[group conduct]") {
    const auto mean_of = [](const auto& column, const auto& change) {
        GroupConduct process;
        process.rest = 0.0;
        process.extort_pull = 0.0;
        Crowd crowd(Posture::fight, process);
        crowd.tiny[region_component::strength][row(Component::military)] =
            static_cast<double>(crowd.tiny[region::security][0]) + process.state_presence;  // half of the armed targets
        crowd.tiny[region::aid][0] = 0.5;
        change(crowd.tiny);
        crowd.tiny.run();
        return crowd.mean(column);
    };
    const auto nothing = [](auto&) {};
    const auto unpaid = [](auto& t) { test::fill(t[group::pay], 0.0); };
    const auto escorted = [](auto& t) { t[region_activity::reach][row(Activity::escort)] = 1.0; };
    CHECK_THAT(mean_of(region_group::on_civilians, nothing), WithinRel(0.4 * GroupConduct{}.one_sided_share, 1e-9));
    CHECK_THAT(mean_of(region_group::on_mission, nothing), WithinRel(0.4 * 0.12 * 0.5, 1e-9));
    CHECK_THAT(mean_of(region_group::on_aid, nothing), WithinRel(0.4 * 0.10 * 0.5, 1e-9));
    CHECK(mean_of(region_group::on_civilians, unpaid) > mean_of(region_group::on_civilians, nothing));
    CHECK(mean_of(region_group::on_aid, unpaid) > mean_of(region_group::on_aid, nothing));
    CHECK(mean_of(region_group::on_aid, escorted) < mean_of(region_group::on_aid, nothing));
    CHECK(mean_of(region_group::on_civilians, [](auto& t) { test::fill(t[group::support], 1.0); }) <
          mean_of(region_group::on_civilians, nothing));
    CHECK(mean_of(region_group::on_aid, [](auto& t) { t[region::aid][0] = 0.0; }) == 0.0);
}

TEST_CASE("where a group wants its fighters: shares add up, pressure pushes next door, peace keeps them where they are",
          "[group conduct]") {
    Geography line;
    line.neighbours = {{{1, 10.0, 10.0}}, {{0, 10.0, 10.0}, {2, 10.0, 10.0}}, {{1, 10.0, 10.0}}};
    GroupConduct process;
    process.geography = std::make_shared<const Geography>(line);
    const auto wanted = [&](const auto& change) {
        test::Tiny tiny({.regions = 3}, process);
        tiny[region_group::fighters][0] = 100;
        test::fill(tiny[region_group::affinity], 0.5);
        test::fill(tiny[region::adults], 1000);
        test::fill(tiny[region::security], 50);
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::spoiler], limited_spoiler);
        test::fill(tiny[group::arms], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        change(tiny);
        tiny.run();
        const auto shares = tiny[region_group::wanted_share];
        return std::vector<double>(shares.begin(), shares.end());
    };
    const auto usual = wanted([](auto&) {});
    CHECK(usual == std::vector<double>{0.5, 0.5, 0.0});
    const auto patrolled = wanted([](auto& t) { t[region_activity::reach][row(Activity::patrol, 0)] = 1.0; });
    CHECK(patrolled[0] < 0.5);
    CHECK_THAT(patrolled[0] + patrolled[1], WithinAbs(1.0, 1e-12));
    CHECK(wanted([](auto& t) { t[region::security][0] = 1000; })[0] < 0.5);
    CHECK(wanted([](auto& t) { t[region::resources][1] = 1.0; })[1] > 0.5);
    // Twice as many of their own to hide with, and half as many strangers who tell on them.
    CHECK_THAT(wanted([](auto& t) { t[region_group::affinity][1] = 1.0; })[1], WithinAbs(4.0 / 5.0, 1e-12));
    CHECK_THAT(wanted([](auto& t) { t[region::adults][1] = 3000; })[1], WithinAbs(3.0 / 4.0, 1e-12));
    CHECK(wanted([](auto& t) { t[region_group::affinity][1] = 0.0; }) == std::vector<double>{1.0, 0.0, 0.0});
    CHECK(wanted([](auto& t) { test::fill(t[region_group::affinity], 0.0); }) == std::vector<double>{1.0, 0.0, 0.0});
    const auto at_peace = wanted([](auto& t) {
        t[group::posture][0] = 0;
        t[region_group::fighters][2] = 300;
    });
    CHECK(at_peace == std::vector<double>{0.25, 0.0, 0.75});
    CHECK(wanted([](auto& t) { t[region_group::fighters][0] = 0; }) == std::vector<double>{0.0, 0.0, 0.0});
}
