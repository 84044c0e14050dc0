#include "models/transition/movements.hpp"

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::row;

/// A region of 100,000 people and one group, in a mission's time.
struct Watched {
    test::Tiny<Movements> tiny{{.regions = 1}, Movements{}};

    Watched() {
        tiny[region::population][0] = 100'000;
        tiny[country::mission_open][0] = 1;
        tiny[activity::paid][static_cast<std::size_t>(Activity::ddr)] = 1.0;
    }
    /// Events of a kind in `weeks`.
    std::vector<sim::Event> told(EventKind kind, int weeks = 1) {
        const std::size_t before = tiny.state().events().size();
        tiny.run(weeks);
        std::vector<sim::Event> found;
        for (std::size_t i = before; i < tiny.state().events().size(); ++i)
            if (tiny.state().events()[i].kind == static_cast<int>(kind)) found.push_back(tiny.state().events()[i]);
        return found;
    }
};

}  // namespace

TEST_CASE("a wave of flight is told once, with its cause", "[movements]") {
    Watched at;
    at.tiny[region::newly_displaced][0] = 50;
    CHECK(at.told(EventKind::displacement, 30).empty());  // a steady trickle
    at.tiny[region::newly_displaced][0] = 2000;
    at.tiny[region::exposure][0] = 20.0;
    const auto wave = at.told(EventKind::displacement, 5);
    REQUIRE(wave.size() == 1);
    CHECK(wave.front().cause == static_cast<int>(Cause::violence));
    CHECK(wave.front().value >= 2000.0F);
    at.tiny[region::newly_displaced][0] = 0;
    CHECK(at.told(EventKind::displacement, 40).empty());
    at.tiny[region::exposure][0] = 0.0;
    at.tiny[region::newly_displaced][0] = 2000;
    const auto hungry = at.told(EventKind::displacement);
    REQUIRE(hungry.size() == 1);
    CHECK(hungry.front().cause == static_cast<int>(Cause::need));
}

TEST_CASE("a wave of return is told once", "[movements]") {
    Watched at;
    at.tiny[region::returned][0] = 1500;
    const auto wave = at.told(EventKind::returns, 10);
    REQUIRE(wave.size() == 1);
    CHECK(wave.front().cause == static_cast<int>(Cause::security));
    at.tiny[region::returned][0] = 0;
    at.tiny.run(40);
    at.tiny[region::returned][0] = 1500;
    at.tiny[country::emigrated][0] = 10;
    const auto dated = at.told(EventKind::returns);
    REQUIRE(dated.size() == 1);
    CHECK(dated.front().cause == static_cast<int>(Cause::schedule));
}

TEST_CASE("a cantonment begins with the group that most come from, and a programme ends with the mission or its money",
          "[movements]") {
    Watched at;
    at.tiny[region::cantoned][0] = 5;
    CHECK(at.told(EventKind::cantonment_begins, 3).empty());
    at.tiny[region::cantoned][0] = 40;
    at.tiny[region_group::fighters][0] = 100;
    at.tiny[region_group::joins_disarmament][0] = 0.1;
    const auto begun = at.told(EventKind::cantonment_begins, 3);
    REQUIRE(begun.size() == 1);
    CHECK(begun.front().actor == 0);

    at.tiny[region_activity::reach][row(Activity::ddr)] = 0.5;
    at.tiny[region::in_programme][0] = 30;
    CHECK(at.told(EventKind::programme_ends, 3).empty());
    at.tiny[activity::paid][static_cast<std::size_t>(Activity::ddr)] = 0.0;
    const auto unpaid = at.told(EventKind::programme_ends, 3);
    REQUIRE(unpaid.size() == 1);
    CHECK(unpaid.front().cause == static_cast<int>(Cause::no_funding));
    at.tiny[activity::paid][static_cast<std::size_t>(Activity::ddr)] = 1.0;
    at.tiny.run();
    at.tiny[country::mission_open][0] = 0;
    at.tiny[region_activity::reach][row(Activity::ddr)] = 0.0;
    const auto left = at.told(EventKind::programme_ends, 3);
    REQUIRE(left.size() == 1);
    CHECK(left.front().cause == static_cast<int>(Cause::mission_leaves));
}
