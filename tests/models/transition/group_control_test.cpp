#include "models/transition/group_control.hpp"

#include <cmath>
#include <vector>

#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

constexpr std::uint8_t comply = static_cast<std::uint8_t>(Posture::comply);
constexpr std::uint8_t fight = static_cast<std::uint8_t>(Posture::fight);

}  // namespace

namespace {

/// One region with 100 soldiers who count as one each, and one group there.
struct Ground {
    test::Tiny<GroupControl> tiny;

    Ground(std::int64_t fighters, std::uint8_t posture, double held, const GroupControl& process = {})
        : tiny({.regions = 1}, process) {
        tiny[region::security][0] = 100;
        tiny[region_function::capacity][row(Function::army)] = 0.5;
        tiny[region_group::fighters][0] = fighters;
        tiny[region_group::control][0] = held;
        tiny[group::alive][0] = 1;
        tiny[group::arms][0] = 1.0;
        tiny[group::ally][0] = no_group;
        tiny[group::posture][0] = posture;
    }
};

double control_after(std::int64_t fighters, std::uint8_t posture, double held, const GroupControl& process = {}) {
    Ground tiny_on(fighters, posture, held, process);
    auto& tiny = tiny_on.tiny;
    tiny.run(1000);
    return tiny[region_group::control][0];
}

}  // namespace

TEST_CASE("force takes ground above one half, loses it below, and leaves what is held between", "[group control]") {
    const GroupControl process{.advance = 0.0};
    CHECK_THAT(control_after(300, fight, 0.0, process), WithinAbs(0.5, 1e-9));       // 3/4 of the force: takes 2 x 3/4 - 1
    CHECK_THAT(control_after(300, fight, 0.9, process), WithinAbs(0.9, 1e-9));       // and keeps what it has
    CHECK_THAT(control_after(50, fight, 0.9, process), WithinAbs(2.0 / 3.0, 1e-9));  // 1/3: no more than twice that
    CHECK_THAT(control_after(50, fight, 0.4, process), WithinAbs(0.4, 1e-9));
    CHECK_THAT(control_after(50, fight, 0.0, process), WithinAbs(process.foothold / 3.0, 1e-9));
    CHECK(process.settled(0.3, 0.0) == 0.0);
    CHECK(process.settled(0.3, 1.0) == 1.0);
    const GroupControl sticky{.holding = 0.7, .advance = 0.0};
    CHECK(sticky.settled(0.8, 0.3) == 1.0 * 0.8);
    CHECK_THAT(sticky.settled(0.8, 0.15), WithinAbs(0.5, 1e-12));

    Ground guarded_on(300, fight, 0.9, process);
    auto& guarded = guarded_on.tiny;
    guarded[region_component::strength][row(Component::military)] = 1000.0;
    guarded.run(1000);
    CHECK_THAT(guarded[region_group::control][0], WithinAbs(2.0 * 300.0 / 900.0, 1e-9));
    Ground stuck_on(300, fight, 0.9, process);
    auto& stuck = stuck_on.tiny;  // a mission that cannot move guards nothing
    stuck[region_component::strength][row(Component::military)] = 1000.0;
    stuck[region_activity::obstruction][row(Activity::patrol)] = 1.0;
    stuck.run(1000);
    CHECK_THAT(stuck[region_group::control][0], WithinAbs(0.9, 1e-9));
}

TEST_CASE("a signatory keeps the ground it holds, and gives it up as it disarms", "[group control]") {
    const GroupControl process{.advance = 0.0};
    const auto held_after = [&](double commitment, double disarmed, std::int64_t fighters, std::uint8_t signatory) {
        Ground tiny_on(fighters, comply, 0.8, process);
        auto& tiny = tiny_on.tiny;
        tiny[group::signatory][0] = signatory;
        tiny[group::commitment][0] = commitment;
        test::fill(tiny[provision::implementation], disarmed);
        tiny.run(52);
        return tiny[region_group::control][0];
    };
    CHECK_THAT(held_after(0.8, 0.0, 300, 1), WithinAbs(0.8, 1e-12));
    CHECK_THAT(held_after(0.8, 0.5, 300, 1), WithinAbs(0.8 * std::exp(-52.0 * process.yield * 0.4), 1e-9));
    CHECK(held_after(0.8, 1.0, 300, 1) < held_after(0.8, 0.5, 300, 1));
    CHECK(held_after(0.8, 0.0, 10, 1) < 0.3);   // too few to hold it
    CHECK(held_after(0.8, 0.0, 300, 0) < 0.4);  // who has signed nothing and lies low gives it up
}

TEST_CASE("the army advances where no mission stands and no agreement holds it back; the group remembers", "[group control]") {
    const auto advanced = [](std::int64_t soldiers, double mission, double implementation) {
        Ground tiny_on(100, comply, 0.9, {.advance = 1.0});
        auto& tiny = tiny_on.tiny;
        tiny[region::security][0] = soldiers;
        tiny[region::holder][0] = held_by_group(0);
        tiny[group::signatory][0] = 1;
        tiny[country::implementation][0] = implementation;
        tiny[region_component::strength][row(Component::military)] = mission;
        double weeks = 0.0;
        while (tiny[group::encroached][0] == 0.0 && weeks < 500.0) tiny.run(), ++weeks;
        return weeks;
    };
    CHECK(advanced(10'000, 0.0, 0.0) < 20.0);
    CHECK(advanced(10'000, 1e9, 0.0) == 500.0);
    CHECK(advanced(10'000, 0.0, 1.0) == 500.0);
    CHECK(advanced(50, 0.0, 0.0) == 500.0);

    Ground taken_on(1, comply, 0.9, {.advance = 1.0});
    auto& taken = taken_on.tiny;
    taken[region::security][0] = 1'000'000;
    taken[region::holder][0] = held_by_group(0);
    taken[region::state_control][0] = 0.1;
    taken.run(30);
    CHECK(taken[region_group::control][0] < 1e-3);
    CHECK(taken[region::holder][0] == held_by_state);
    CHECK(taken[group::encroached][0] > 0.0);
    bool told = false;
    for (const sim::Event& event : taken.state().events())
        told = told || event.kind == static_cast<int>(EventKind::state_advances);
    CHECK(told);
    const double before = taken[group::encroached][0];
    taken[region::holder][0] = held_by_state;
    taken.run(52);
    CHECK_THAT(taken[group::encroached][0], WithinAbs(0.5 * before, 1e-9));
}

TEST_CASE("what the army wins falls to no third party that holds little there", "[group control]") {
    test::Tiny tiny({.regions = 1, .groups = 2}, GroupControl{.rate = 0.0, .yield = 0.0, .advance = 1.0});
    tiny[region::security][0] = 1'000'000;
    tiny[region_function::capacity][row(Function::army)] = 0.5;
    test::fill(tiny[region_group::fighters], 1);
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::arms], 1.0);
    test::fill(tiny[group::ally], no_group);
    test::fill(tiny[group::posture], fight);
    tiny[region::holder][0] = held_by_group(0);
    tiny[region::state_control][0] = 0.05;
    tiny[region_group::control][0] = 0.75;
    tiny[region_group::control][1] = 0.20;
    tiny.run(30);
    CHECK(tiny[region_group::control][0] == 0.0);
    CHECK(tiny[region::holder][0] == held_by_nobody);
    tiny[region::state_control][0] = 0.4;
    tiny.run();
    CHECK(tiny[region::holder][0] == held_by_state);
}

TEST_CASE("reserves go where groups are strong, and what groups hold is never more than a region", "[group control]") {
    test::Tiny tiny({.regions = 2, .groups = 3}, GroupControl{.reserve = 0.5, .advance = 0.0});
    test::fill(tiny[region::security], 1000);
    for (std::size_t r = 0; r < 2; ++r) tiny[region_function::capacity][row(Function::army, r)] = 0.5;
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::arms], 1.0);
    test::fill(tiny[group::ally], no_group);
    test::fill(tiny[group::posture], fight);
    tiny[region_group::fighters][0] = 1500;  // all reserves come: 1,500 against 1,500
    tiny[region_group::control][0] = 1.0;
    tiny[region_group::control][1] = 1.0;
    tiny.run();
    CHECK(tiny[region_group::control][0] + tiny[region_group::control][1] <= 1.0 + 1e-12);
    tiny.run(500);
    CHECK_THAT(tiny[region_group::control][1], WithinAbs(0.0, 1e-9));
    CHECK(tiny[region_group::control][0] <= 1.0);
}

TEST_CASE("a region is taken above one half and a margin, lost to nobody when overtaken or short of one half",
          "[group control]") {
    const GroupControl process{.margin = 0.1};
    const std::uint8_t first = held_by_group(0);
    CHECK(process.next_holder(held_by_state, {0.45, 0.40}) == held_by_state);   // within the margin
    CHECK(process.next_holder(held_by_state, {0.45, 0.55}) == held_by_nobody);  // overtaken
    CHECK(process.next_holder(held_by_state, {0.38, 0.30, 0.32}) == held_by_nobody);
    CHECK(process.next_holder(held_by_state, {0.35, 0.65}) == first);
    CHECK(process.next_holder(held_by_nobody, {0.45, 0.55}) == held_by_nobody);
    CHECK(process.next_holder(held_by_nobody, {0.65, 0.35}) == held_by_state);
    CHECK(process.next_holder(first, {0.48, 0.52}) == first);
    CHECK(process.next_holder(first, {0.2, 0.15, 0.65}) == held_by_group(1));
}

TEST_CASE("regions that fall, are lost and regained are logged once", "[group control]") {
    test::Tiny tiny({.regions = 1}, GroupControl{});
    tiny[group::alive][0] = 1;
    tiny[group::arms][0] = 1.0;
    tiny[group::ally][0] = no_group;
    tiny[group::posture][0] = fight;
    tiny[region::state_control][0] = 0.5;
    tiny[region_group::fighters][0] = 1000;
    tiny.run(200);
    tiny[group::posture][0] = comply;
    tiny.run(200);
    std::vector<int> kinds;
    for (const sim::Event& event : tiny.state().events()) kinds.push_back(event.kind);
    const auto k = [](EventKind kind) { return static_cast<int>(kind); };
    CHECK(kinds == std::vector<int>{k(EventKind::region_lost_to_nobody), k(EventKind::region_falls),
                                    k(EventKind::region_lost_to_nobody), k(EventKind::region_regained)});
    CHECK(tiny[region::holder][0] == held_by_state);
}
