#include "models/transition/group_control.hpp"

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

TEST_CASE("control flips above half of the force, below it a group has a foothold; peace takes it back", "[group control]") {
    const GroupControl process{};
    const auto control_after = [&](std::int64_t fighters, std::uint8_t posture, double before) {
        test::Tiny tiny({.regions = 1}, process);
        tiny[region::security][0] = 100;
        tiny[region_function::capacity][row(Function::army)] = 0.5;  // a soldier then counts as one
        tiny[region_group::fighters][0] = fighters;
        tiny[region_group::control][0] = before;
        tiny[group::alive][0] = 1;
        tiny[group::arms][0] = 1.0;
        tiny[group::posture][0] = posture;
        tiny.run(1000);
        return tiny[region_group::control][0];
    };
    CHECK_THAT(control_after(300, fight, 0.0), WithinAbs(0.75, 1e-9));
    CHECK_THAT(control_after(105, fight, 0.0), WithinAbs(105.0 / 205.0, 1e-9));
    CHECK_THAT(control_after(95, fight, 0.0), WithinAbs(process.foothold * 95.0 / 195.0, 1e-9));
    CHECK_THAT(control_after(50, fight, 0.0), WithinAbs(process.foothold / 3.0, 1e-9));
    CHECK_THAT(control_after(300, comply, 0.8), WithinAbs(0.0, 1e-9));

    test::Tiny guarded({.regions = 1}, process);
    guarded[region::security][0] = 100;
    guarded[region_function::capacity][row(Function::army)] = 0.5;
    guarded[region_group::fighters][0] = 300;
    guarded[group::alive][0] = 1;
    guarded[group::arms][0] = 1.0;
    guarded[group::posture][0] = fight;
    guarded[region_component::strength][row(Component::military)] = 1000.0;
    guarded.run(1000);
    CHECK_THAT(guarded[region_group::control][0], WithinAbs(process.foothold * 300.0 / 900.0, 1e-9));
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
