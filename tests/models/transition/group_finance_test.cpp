#include "models/transition/group_finance.hpp"

#include <algorithm>

#include "models/transition/group_rows.hpp"
#include "sim/random.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

constexpr std::uint8_t comply = static_cast<std::uint8_t>(Posture::comply);
constexpr std::uint8_t fight = static_cast<std::uint8_t>(Posture::fight);

}  // namespace

TEST_CASE("groups tax what they control, loot where they are, and pay what they can", "[group finance]") {
    const auto income_with = [](const auto& change) {
        test::Tiny tiny({.regions = 1}, GroupFinance{});
        tiny[region::adults][0] = 10'000;
        tiny[region::economy][0] = 1.0;
        tiny[region::resources][0] = 0.5;
        tiny[region_group::fighters][0] = 100;
        tiny[region_group::control][0] = 0.3;
        tiny[region_group::affinity][0] = 0.5;
        tiny[group::fighters][0] = 100;
        tiny[group::alive][0] = 1;
        tiny[group::posture][0] = fight;
        change(tiny);
        const double before = tiny[group::wealth][0];
        tiny.run();
        const double due = GroupFinance{}.pay_usd * static_cast<double>(tiny[group::fighters][0]) *
                           (tiny[group::posture][0] == comply ? GroupFinance{}.skeleton_pay : 1.0);
        // What comes in is paid out or kept.
        CHECK_THAT(before + tiny[group::income][0] - due * tiny[group::pay][0], WithinAbs(tiny[group::wealth][0], 1e-9));
        CHECK(tiny[group::pay][0] <= 1.0);
        return tiny[group::income][0];
    };
    const double usual = income_with([](auto&) {});
    CHECK(income_with([](auto& t) { t[region_group::control][0] = 0.6; }) > usual);
    CHECK(income_with([](auto& t) { t[region::resources][0] = 1.0; }) > usual);
    CHECK(income_with([](auto& t) { t[region::spillover][0] = 1.0; }) > usual);
    CHECK(income_with([](auto& t) { t[region_group::extortion][0] = 0.5; }) > usual);
    CHECK(income_with([](auto& t) { t[region::economy][0] = 0.5; }) < usual);
    CHECK(income_with([](auto& t) { t[region_activity::coverage][row(Activity::patrol)] = 0.8; }) < usual);
    CHECK(income_with([](auto& t) { t[group::posture][0] = comply; }) < usual);
    // Sites are few: ten times the fighters do not loot ten times as much.
    const auto loot = [&](std::int64_t n) {
        return income_with([&](auto& t) { t[region_group::control][0] = 0.0, t[region_group::fighters][0] = n; });
    };
    CHECK(loot(1000) > loot(100));
    CHECK(loot(1000) < 5.0 * loot(100));
}

TEST_CASE("a group without money does not pay; no group pays more than it has", "[group finance]") {
    test::Tiny tiny({.regions = 1, .groups = 3}, GroupFinance{});
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::fighters], 77);
    test::fill(tiny[group::posture], fight);
    tiny[group::wealth][1] = 385.0;
    tiny[group::wealth][2] = 1e6;
    tiny.run();
    CHECK(tiny[group::pay][0] == 0.0);
    CHECK_THAT(tiny[group::pay][1], WithinAbs(0.5, 1e-12));
    CHECK(tiny[group::pay][2] == 1.0);
    // Sums that binary fractions cannot hold: money in hand never falls below nothing.
    double least = 0.0;
    sim::Rng rng(sim::stream_key(1, "income"), 0, {0, 0}, 0);
    tiny[region::adults][0] = 1;
    tiny[region_group::control][0] = 1.0;
    for (int week = 0; week < 1000; ++week) {
        tiny[group::wealth][0] = 100.0 * rng.uniform();
        tiny[region::economy][0] = rng.uniform();
        tiny.run();
        least = std::min(least, tiny[group::wealth][0]);
    }
    CHECK(least == 0.0);
}

TEST_CASE("a sponsor gives less the friendlier its regime, and nothing through a group that is gone", "[group finance]") {
    GroupFinance process;
    process.sponsors = {{1000.0, -1}, {1000.0, 0}, {1000.0, -1}, {0.0, -1}};
    process.names.assign(4, std::string(3, 'b'));
    process.names[0] = std::string(3, 'a');
    process.abroad.resize(1);
    process.shocks.resize(1);
    process.shocks[0].kind = "sponsor_change";
    process.shocks[0].group = process.names[0];
    test::Tiny tiny({.regions = 1, .groups = 5, .shocks = 1}, process);
    test::fill(tiny[group::alive], 1);
    tiny[group::alive][2] = 0;
    for (std::size_t g = 0; g < 4; ++g) tiny[group::sponsor][g] = static_cast<std::uint8_t>(g);
    tiny[group::sponsor][4] = no_group;
    tiny[neighbour::stance][0] = -1.0;
    tiny.run(1, 2.0);
    CHECK(tiny[group::sponsorship][0] == 2000.0);
    CHECK(tiny[group::sponsorship][1] == 4000.0);
    CHECK(tiny[group::sponsorship][2] == 0.0);
    CHECK(tiny[group::sponsorship][3] == 0.0);
    CHECK(tiny[group::wealth][0] == 2000.0);
    tiny[shock::level][0] = 1.0;  // the sponsor of the first group turns its friend
    tiny[neighbour::stance][0] = 0.5;
    tiny.run();
    CHECK(tiny[group::sponsorship][0] == 0.0);
    CHECK(tiny[group::sponsorship][1] == 500.0);
    tiny[group::sponsor][4] = 1;  // a splinter shares the sponsor, by fighters
    tiny[group::fighters][1] = 299;
    tiny[group::fighters][4] = 99;
    tiny.run();
    CHECK_THAT(tiny[group::sponsorship][1], WithinAbs(375.0, 1e-9));
    CHECK_THAT(tiny[group::sponsorship][4], WithinAbs(125.0, 1e-9));
}

TEST_CASE("what comes over the border is shared by those at home there; extremists pay whom nobody may talk to",
          "[group finance]") {
    const auto incomes = [](double ties, std::uint8_t proscribed, double extremism, double spillover) {
        test::Tiny tiny({.regions = 1, .groups = 2}, GroupFinance{});
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::sponsor], no_group);
        test::fill(tiny[group::posture], fight);
        tiny[region_group::affinity][0] = 0.8;
        tiny[region_group::affinity][1] = ties;
        tiny[region::spillover][0] = spillover;
        tiny[region::extremism][0] = extremism;
        tiny[group::proscribed][0] = proscribed;
        tiny.run();
        return tiny[group::income][0];
    };
    const GroupFinance usual;
    CHECK_THAT(incomes(0.0, 0, 0.0, 1.0), WithinAbs(0.8 * usual.sponsor, 1e-9));
    CHECK_THAT(incomes(0.8, 0, 0.0, 1.0), WithinAbs(0.5 * usual.sponsor, 1e-9));
    CHECK(incomes(0.0, 0, 1.0, 0.0) == 0.0);
    CHECK_THAT(incomes(0.0, 1, 0.5, 0.0), WithinAbs(0.5 * 0.8 * usual.extremists, 1e-9));
}

TEST_CASE("means are what a group can pay over what is due", "[group finance]") {
    GroupFinance process;
    process.reserve_weeks = 100.0;
    test::Tiny tiny({.regions = 1, .groups = 2}, process);
    test::fill(tiny[group::alive], 1);
    test::fill(tiny[group::sponsor], no_group);
    test::fill(tiny[group::posture], fight);
    tiny[group::fighters][0] = 100;
    tiny[group::wealth][0] = 150'000.0;  // 1,500 a week where 1,000 are due
    tiny.run();
    CHECK_THAT(tiny[group::means][0], WithinAbs(1.5, 1e-12));
    CHECK(tiny[group::means][1] == 10.0);  // nothing is due
}
