#include "models/transition/group_life.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "models/transition/group_transfer.hpp"
#include "models/transition/person_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

constexpr std::uint8_t comply = static_cast<std::uint8_t>(Posture::comply);
constexpr std::uint8_t harass = static_cast<std::uint8_t>(Posture::harass);
constexpr std::uint8_t fight = static_cast<std::uint8_t>(Posture::fight);

/// Two regions of a quarter of a million, three groups and room for one more, nobody torn, nothing that forms by itself.
struct Scene {
    test::Tiny<GroupLife> tiny;

    explicit Scene(GroupLife life = {}) : tiny({.regions = 2, .groups = 4, .identities = 2}, named(std::move(life))) {
        test::fill(tiny[region::population], 250'000);
        test::fill(tiny[region::state_control], 1.0);
        test::fill(tiny[group::ally], no_group);
        test::fill(tiny[group::parent], no_group);
        test::fill(tiny[group::transfer_to], no_group);
        test::fill(tiny[group::idle_weeks], 1.0);
        for (std::size_t g = 0; g < 3; ++g) {
            tiny[group::alive][g] = 1;
            tiny[group::seen][g] = 1;
            tiny[group::arms][g] = 1.0;
            tiny[group::pay][g] = 1.0;
            tiny[group::cohesion][g] = 1.0;
            tiny[group::temptation][g] = -5.0;
            tiny[group::fighters][g] = 200;
            tiny[group::wealth][g] = 1000.0;
            tiny[group::spoiler][g] = limited_spoiler;
            tiny[region_group::fighters][g] = 200;
            tiny[region_group::affinity][g] = 0.6;
        }
    }
    static GroupLife named(GroupLife life) {
        life.named_groups = 3;
        life.identity_shares = {{1.0}, {1.0}};
        return life;
    }
    /// How many events of a kind were logged.
    std::int64_t logged(EventKind kind) {
        const auto& events = tiny.state().events();
        return std::count_if(events.begin(), events.end(), [&](const auto& e) { return e.kind == static_cast<int>(kind); });
    }
};

/// Two groups at war together, the first with a tenth of the other's fighters; allies last, and merge at once.
struct Allies : Scene {
    Allies() : Scene(quick_merges()) {
        test::fill(tiny[group::posture], fight);
        test::fill(tiny[group::temptation], 5.0);
        tiny[group::ally][0] = 1;
        tiny[group::ally][1] = 0;
        tiny[group::fighters][0] = 20;
    }
    static GroupLife quick_merges() {
        GroupLife life;
        life.merge_rate = 1.0;
        life.ally_break = 0.0;
        return life;
    }
};

GroupLife quick_splits() {
    GroupLife life;
    life.split_rate = 1.0;
    life.cohesion_rate = 0.0;
    return life;
}

}  // namespace

TEST_CASE("discord is the share of leaders who would do the opposite", "[group life]") {
    const GroupLife life;
    CHECK(life.discord(0.0, true) == 0.5);
    CHECK(life.discord(0.3, true) > 0.5);
    CHECK_THAT(life.discord(0.3, true) + life.discord(0.3, false), WithinAbs(1.0, 1e-12));
}

TEST_CASE("cohesion suffers from want of pay, discord and losses", "[group life]") {
    const auto cohesion = [](const auto& change) {
        GroupLife life;
        life.cohesion_rate = 1.0;
        life.split_rate = 0.0;
        Scene scene(life);
        change(scene.tiny);
        scene.tiny.run(60);
        return scene.tiny[group::cohesion][0];
    };
    CHECK_THAT(cohesion([](auto&) {}), WithinAbs(1.0, 1e-9));
    CHECK_THAT(cohesion([](auto& t) { t[group::pay][0] = 0.5; }), WithinAbs(0.8, 1e-9));
    CHECK_THAT(cohesion([](auto& t) { t[group::temptation][0] = 0.0; }), WithinAbs(0.7, 1e-9));
    CHECK_THAT(cohesion([](auto& t) { t[region_group::losses][0] = 20; }), WithinAbs(1.0 - 5.0 * 20.0 / 220.0, 1e-9));
}

TEST_CASE("a flow of arms equips a group up to the best, and takes nothing from one better armed", "[group life]") {
    Scene scene;
    scene.tiny[group::arms][0] = 0.5;
    scene.tiny[group::arms][1] = 2.0;
    scene.tiny[region::arms_flow][0] = 1.0;
    scene.tiny.run(2000);
    CHECK_THAT(scene.tiny[group::arms][0], WithinAbs(1.0, 1e-6));
    CHECK(scene.tiny[group::arms][1] == 2.0);
}

TEST_CASE("a torn group splits: ties and money go with the fighters, hard-liners out of a group that complies", "[group life]") {
    Scene scene(quick_splits());
    scene.tiny[group::cohesion][0] = 0.0;
    scene.tiny[group::temptation][0] = -0.15;
    scene.tiny[group::posture][0] = comply;
    scene.tiny[group::signatory][0] = 1;
    const double torn = GroupLife{}.discord(-0.15, true);
    for (int week = 0; week < 200 && scene.tiny[group::alive][3] == 0; ++week) scene.tiny.run();
    REQUIRE(scene.tiny[group::alive][3] == 1);
    CHECK(scene.tiny[group::transfer_to][0] == 3);
    CHECK_THAT(scene.tiny[group::transfer_share][0], WithinRel(torn, 1e-12));
    CHECK(scene.tiny[group::parent][3] == 0);
    CHECK(scene.tiny[group::posture][3] == harass);
    CHECK(scene.tiny[group::spoiler][3] == greedy_spoiler);
    CHECK(scene.tiny[group::signatory][3] == 0);
    CHECK(scene.tiny[group::signatory][0] == 1);
    CHECK_THAT(scene.tiny[group::wealth][0] + scene.tiny[group::wealth][3], WithinAbs(1000.0, 1e-9));
    CHECK_THAT(scene.tiny[region_group::affinity][0] + scene.tiny[region_group::affinity][3], WithinAbs(0.6, 1e-12));
    CHECK(scene.logged(EventKind::group_splits) == 1);
    scene.tiny.run();
    CHECK(scene.tiny[group::transfer_share][0] == 0.0);  // once
}

TEST_CASE("out of a group that fights, those split off who have had enough", "[group life]") {
    Scene scene(quick_splits());
    scene.tiny[group::cohesion][0] = 0.0;
    scene.tiny[group::posture][0] = fight;
    scene.tiny.run(50);
    REQUIRE(scene.tiny[group::alive][3] == 1);
    CHECK(scene.tiny[group::posture][3] == comply);
    CHECK(scene.tiny[group::spoiler][3] == no_spoiler);
    CHECK(scene.tiny[group::transfer_share][0] <= 0.5);
}

TEST_CASE("small, united and content groups do not split, and none without room", "[group life]") {
    const auto splits = [](const auto& change) {
        Scene scene(quick_splits());
        scene.tiny[group::cohesion][0] = 0.0;
        scene.tiny[group::temptation][0] = 1.0;
        change(scene.tiny);
        scene.tiny.run(200);
        return scene.logged(EventKind::group_splits) > 0;
    };
    CHECK(splits([](auto&) {}));
    CHECK_FALSE(splits([](auto& t) { t[group::fighters][0] = 50; }));
    CHECK_FALSE(splits([](auto& t) { t[group::cohesion][0] = 0.9; }));
    CHECK_FALSE(splits([](auto& t) { t[group::temptation][0] = -5.0; }));
    CHECK_FALSE(splits([](auto& t) { t[group::alive][3] = 1, t[group::signatory][3] = 1; }));
}

TEST_CASE("the weaker side takes an ally only where both together are the stronger", "[group life]") {
    const auto allies = [](std::int64_t helper, std::int64_t soldiers) {
        GroupLife life;
        life.ally_rate = 1.0;
        life.ally_break = 0.0;
        life.merge_rate = 0.0;
        Scene scene(life);
        test::fill(scene.tiny[group::posture], fight);
        scene.tiny[group::alive][2] = 0;
        scene.tiny[group::fighters][1] = helper;
        scene.tiny[region_group::fighters][1] = 0;
        scene.tiny[region_group::fighters][4 + 1] = helper;  // elsewhere: it meets nobody
        scene.tiny[region::security][0] = soldiers;
        scene.tiny.run(100);
        const auto ally = scene.tiny[group::ally];
        REQUIRE((ally[0] == no_group) == (ally[1] == no_group));
        return ally[0] == 1 && ally[1] == 0;
    };
    CHECK(allies(200, 300));
    CHECK_FALSE(allies(50, 300));   // still the weaker
    CHECK_FALSE(allies(200, 150));  // needs none

    Scene peace;
    peace.tiny[group::ally][0] = 1;
    peace.tiny[group::ally][1] = 0;
    peace.tiny.run();
    CHECK(peace.tiny[group::ally][0] == no_group);  // who complies has no allies in war
    CHECK(peace.tiny[group::ally][1] == no_group);
}

TEST_CASE("a weak ally merges into the strong one, money, ties and all", "[group life]") {
    Allies scene;
    scene.tiny[region_group::affinity][0] = 0.1;
    for (int week = 0; week < 100 && scene.tiny[group::alive][0] == 1; ++week) scene.tiny.run();
    CHECK(scene.tiny[group::alive][0] == 0);
    CHECK(scene.tiny[group::alive][1] == 1);
    CHECK(scene.tiny[group::transfer_to][0] == 1);
    CHECK(scene.tiny[group::transfer_share][0] == 1.0);
    CHECK(scene.tiny[group::wealth][1] == 2000.0);
    CHECK_THAT(scene.tiny[region_group::affinity][1], WithinAbs(0.7, 1e-12));
    CHECK(scene.tiny[group::ally][1] == no_group);
    CHECK(scene.logged(EventKind::groups_merge) == 1);
}

TEST_CASE("a weak ally merges into none of another people that its own does not think well of, nor into a proscribed one",
          "[group life]") {
    const auto merges = [](double regard, int proscribed) {
        Allies scene;
        test::fill(scene.tiny[identity_pair::relation], regard);
        scene.tiny[group::identity][1] = 1;
        scene.tiny[group::proscribed][1] = static_cast<std::uint8_t>(proscribed);
        scene.tiny.run(100);
        return scene.logged(EventKind::groups_merge) > 0;
    };
    CHECK(merges(0.3, 0));
    CHECK_FALSE(merges(0.0, 0));
    CHECK_FALSE(merges(-0.5, 0));
    CHECK_FALSE(merges(0.3, 1));
}

TEST_CASE("a group without fighters for long is gone unless it is a party to the agreement", "[group life]") {
    const auto lives = [](std::uint8_t signatory, int weeks, std::int64_t fighters) {
        GroupLife life;
        life.dissolve_weeks = 50.0;
        Scene scene(life);
        scene.tiny[group::signatory][0] = signatory;
        scene.tiny[group::fighters][0] = fighters;
        scene.tiny[group::idle_weeks][0] = 0.0;
        scene.tiny.run(weeks);
        return scene.tiny[group::alive][0] == 1;
    };
    CHECK(lives(0, 50, 0));
    CHECK_FALSE(lives(0, 51, 0));
    CHECK(lives(1, 200, 0));
    CHECK(lives(0, 200, 1));
}

TEST_CASE("groups form where people are aggrieved, the state is weak, and there are former fighters or extremists",
          "[group life]") {
    // Those of the scenario are known from the start; others when they have their first fighters.
    const auto formed = [](double grievance, double control, std::int64_t former, double extremism) {
        GroupLife life;
        life.form_rate = 1.0;
        Scene scene(life);
        test::fill(scene.tiny[region::grievance], grievance);
        test::fill(scene.tiny[region::state_control], control);
        test::fill(scene.tiny[region::former], former);
        test::fill(scene.tiny[region::extremism], extremism);
        scene.tiny.run(30);
        if (scene.tiny[group::alive][3] == 0) return -1;
        CHECK(scene.tiny[group::posture][3] == harass);
        CHECK(scene.tiny[region_group::affinity][3] + scene.tiny[region_group::affinity][7] == 1.0);
        CHECK(scene.logged(EventKind::group_forms) == 0);  // not before it has fighters
        scene.tiny[group::fighters][3] = 7;
        scene.tiny.run();
        CHECK(scene.logged(EventKind::group_forms) == 1);
        return static_cast<int>(scene.tiny[group::spoiler][3]);
    };
    const int by_veterans = formed(1.0, 0.0, 5000, 0.0);
    CHECK((by_veterans == limited_spoiler || by_veterans == greedy_spoiler));
    CHECK(formed(1.0, 0.0, 0, 1.0) == total_spoiler);
    CHECK(formed(0.0, 0.0, 5000, 1.0) == -1);
    CHECK(formed(1.0, 1.0, 5000, 1.0) == -1);
    CHECK(formed(1.0, 0.0, 0, 0.0) == -1);
}

TEST_CASE("fighters go over with the share that goes, all of them if it is 1, and nobody else", "[group life]") {
    const std::uint16_t weight = GENERATE(std::uint16_t{1}, std::uint16_t{40});
    const double share = GENERATE(0.3, 1.0);
    test::Tiny tiny({.regions = 2, .groups = 3, .communities = {3000}, .free_rows = 6000},
                    GroupTransfer{.persons_per_agent = weight});
    test::settle_persons(tiny.state());
    const std::uint32_t agents = 3000;
    for (std::uint32_t i = 0; i < agents; ++i) {
        tiny[person::weight][i] = weight;
        if (i % 3 == 0) continue;
        tiny[person::status][i] = static_cast<std::uint8_t>(i % 3 == 1 ? Status::fighter : Status::former_fighter);
        tiny[person::group][i] = static_cast<std::uint8_t>(i % 2);
        tiny[person::location][i] = static_cast<std::uint8_t>(i % 5 == 0);
    }
    tiny[community::fighters][0] = 1000 * weight;
    tiny[group::transfer_to][0] = 2;
    tiny[group::transfer_share][0] = share;
    const auto fighters = [&](int g, int where) {
        return test::count_persons(tiny.state(), [&](std::size_t i) {
            return is(tiny[person::status][i], Status::fighter) && tiny[person::group][i] == g &&
                   tiny[person::location][i] == where;
        });
    };
    const std::int64_t before[] = {fighters(0, 0), fighters(0, 1), fighters(1, 0), fighters(1, 1)};
    tiny.run();
    for (const int where : {0, 1}) {
        CHECK(fighters(0, where) + fighters(2, where) == before[where]);
        CHECK(fighters(1, where) == before[2 + where]);
        const auto n = static_cast<double>(before[where]);
        CHECK_THAT(static_cast<double>(fighters(2, where)), WithinAbs(n * share, 5.0 * std::sqrt(n * share * (1.0 - share))));
    }
    CHECK(test::count_persons(tiny.state(), Status::former_fighter) == 1000 * weight);
    CHECK(test::count_persons(tiny.state(), [](std::size_t) { return true; }) == 3000 * weight);
}

TEST_CASE("in a country under stress groups appear and vanish, and every fighter is accounted for", "[group life]") {
    const int persons_per_agent = GENERATE(1, 10);
    test::SmallCountry country = test::stressed_country();
    country.steps = 156;
    country.persons_per_agent = persons_per_agent;
    country.agents_per_community = 100;
    country.sets.insert(country.sets.end(),
                        {"scenario.spare_groups=12", "group_life.form_rate=0.2", "group_life.split_rate=0.5",
                         "group_life.split_below=1", "group_life.least_fighters=4", "group_life.merge_rate=0.5",
                         "group_life.merge_below=1", "group_life.ally_rate=1", "group_life.cohesion_discord=1"});
    const auto experiment = country.experiment();
    test::Run run(experiment);
    std::vector<int> seen(event_kinds().size(), 0);
    std::int64_t died = 0;
    std::int64_t before = run.state().of(country::fighters)[0];
    run.to_end([&](sim::State& state, const sim::Step&) {
        const auto alive = state.of(group::alive);
        const std::size_t groups = alive.size();
        std::vector<std::int64_t> of(groups, 0);
        const auto status = state.of(person::status);
        const auto group = state.of(person::group);
        (void)test::count_persons(state, [&](std::size_t i) {
            if (is(status[i], Status::fighter)) of[group[i]] += state.of(person::weight)[i];
            return false;
        });
        for (std::size_t g = 0; g < groups; ++g) {
            REQUIRE(of[g] == state.of(group::fighters)[g]);
            if (alive[g] == 0) REQUIRE(of[g] == 0);
            const auto ally = state.of(group::ally)[g];
            if (ally != no_group) REQUIRE(state.of(group::ally)[ally] == g);
            REQUIRE((state.of(group::cohesion)[g] >= 0.0 && state.of(group::cohesion)[g] <= 1.0));
        }
        // What left one group arrived in another: the sum moves by who joins, leaves and dies only.
        const auto recruits = test::total(state.of(region::recruits));
        const auto deserters = test::total(state.of(region::deserters)) + test::total(state.of(region::disarmed)) -
                               test::total(state.of(region::rearmed));
        const std::int64_t now = state.of(country::fighters)[0];
        REQUIRE(now ==
                before + recruits - deserters - state.of(country::killed_fighters)[0] - state.of(country::fighters_died)[0]);
        before = now;
        died += state.of(country::killed_fighters)[0];
        for (const sim::Event& event : state.events()) ++seen[static_cast<std::size_t>(event.kind)];
        state.events().clear();
    });
    CHECK(died > 0);
    for (const EventKind kind : {EventKind::group_forms, EventKind::group_splits, EventKind::groups_merge}) {
        INFO(event_kinds()[static_cast<std::size_t>(kind)].name);
        CHECK(seen[static_cast<std::size_t>(kind)] > 0);
    }
}

TEST_CASE("a group that nobody joins vanishes, and its row serves another", "[group life]") {
    test::SmallCountry country = test::stressed_country();
    country.steps = 104;
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    country.sets.insert(country.sets.end(), {"group_life.form_rate=0.5", "group_life.dissolve_weeks=4", "mobilisation.rate=0",
                                             "scenario.spare_groups=1"});
    const auto experiment = country.experiment();
    test::Run run(experiment);
    int born = 0;
    int ended = 0;
    std::uint8_t was = 0;
    run.to_end([&](sim::State& state, const sim::Step&) {
        const std::uint8_t is = state.of(group::alive)[3];
        born += is > was;
        ended += is < was;
        was = is;
    });
    CHECK(born > 1);
    CHECK(ended >= born - 1);
    CHECK(ended > 0);
}
