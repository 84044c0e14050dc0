#include "models/transition/armed_groups.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr std::uint8_t comply = static_cast<std::uint8_t>(Posture::comply);
constexpr std::uint8_t harass = static_cast<std::uint8_t>(Posture::harass);
constexpr std::uint8_t fight = static_cast<std::uint8_t>(Posture::fight);

/// Equal groups without drifting resolve, in one region with a mission that stays.
struct Deciding {
    test::Tiny<GroupDecision> tiny;

    explicit Deciding(std::size_t groups = 1, GroupDecision decision = {.resolve_sd = 0.0, .arms = {}})
        : tiny({.regions = 1, .groups = groups}, armed(decision, groups)) {
        tiny[region::adults][0] = 50'000;
        tiny[region::population][0] = 100'000;
        tiny[region::grievance][0] = 0.4;
        tiny[region::security][0] = 200;
        tiny[region::former][0] = 500;
        tiny[region::resources][0] = 0.5;
        tiny[country::weeks_to_exit][0] = 520.0;
        tiny[country::mission_strength][0] = 5000.0;
        tiny[country::consent][0] = 0.8;
        test::fill(tiny[region_group::affinity], 0.5);
        test::fill(tiny[region_group::fighters], 300);
        test::fill(tiny[group::fighters], 300);
        test::fill(tiny[group::commitment], 0.5);
        test::fill(tiny[group::spoiler], 1);
        test::fill(tiny[group::pay], 1.0);
    }
    static GroupDecision armed(GroupDecision decision, std::size_t groups) {
        decision.arms.assign(groups, 0.5);
        return decision;
    }
    double temptation() {
        tiny.run();
        return tiny[group::temptation][0];
    }
};

template <class Change>
double temptation_with(const Change& change) {
    Deciding deciding;
    change(deciding.tiny);
    return deciding.temptation();
}

/// Share of 20,000 equal groups in posture `from` that are in `to` after a week, and the temptation on which they decided.
struct Turned {
    double share, temptation;
};
Turned share_turning(std::uint8_t from, std::uint8_t to, double grievance) {
    constexpr std::size_t n = 20'000;
    Deciding deciding(n);
    test::fill(deciding.tiny[group::posture], from);
    deciding.tiny[region::grievance][0] = grievance;
    deciding.tiny.run();
    double turned = 0.0;
    for (const std::uint8_t posture : deciding.tiny[group::posture]) turned += posture == to;
    return {turned / n, deciding.tiny[group::temptation][0]};
}

}  // namespace

TEST_CASE("the leverage that groups expect falls when the exit nears, the mission shrinks or the host's consent is lost",
          "[armed groups]") {
    const GroupDecision decision;
    CHECK(decision.expected_leverage(5000.0, 0.0, 1.0) == 0.0);
    CHECK(decision.expected_leverage(0.0, 520.0, 1.0) == 0.0);
    double last = 0.0;
    for (const double weeks : {4.0, 26.0, 52.0, 104.0, 520.0}) {
        const double leverage = decision.expected_leverage(5000.0, weeks, 0.8);
        CHECK(leverage > last);
        last = leverage;
    }
    CHECK(last < 1.0);
    CHECK(decision.expected_leverage(5000.0, 104.0, 0.2) < decision.expected_leverage(5000.0, 104.0, 0.8));
    // More troops, more leverage, but ever less for each thousand.
    const auto gain = [&](double strength) {
        return decision.expected_leverage(strength + 1000.0, 520.0, 1.0) - decision.expected_leverage(strength, 520.0, 1.0);
    };
    CHECK(gain(0.0) > gain(5000.0));
    CHECK(gain(5000.0) > gain(10'000.0));
    CHECK(gain(10'000.0) > 0.0);
    CHECK_THAT(decision.expected_leverage(1e12, decision.horizon_weeks, 1.0), WithinRel(1.0 - std::exp(-1.0), 1e-6));
}

TEST_CASE("what tempts a group out of the agreement, and what holds it back", "[armed groups]") {
    const double usual = Deciding().temptation();
    CHECK(temptation_with([](auto& t) { t[region::grievance][0] = 0.8; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::resources][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[group::fighters][0] = 1000; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::former][0] = 5000; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::spillover][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[country::tension][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::security][0] = 1000; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::commitment][0] = 1.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[country::mission_strength][0] = 15'000.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[country::weeks_to_exit][0] = 10.0; }) >
          usual);  // the announcement acts before the exit
    CHECK(temptation_with([](auto& t) { t[country::consent][0] = 0.1; }) > usual);
    CHECK(temptation_with([](auto& t) { t[group::weariness][0] = 0.5; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::posture][0] = harass; }) > usual);  // momentum
}

TEST_CASE("total spoilers are tempted most, groups without intent to spoil least", "[armed groups]") {
    std::vector<double> by_type;
    for (const int type : {0, 1, 2, 3})
        by_type.push_back(temptation_with([&](auto& t) { t[group::spoiler][0] = static_cast<std::uint8_t>(type); }));
    CHECK(by_type[0] < by_type[1]);
    CHECK(by_type[1] < by_type[2]);
    CHECK(by_type[2] < by_type[3]);
}

TEST_CASE("groups step up and down at the hazards of their temptation", "[armed groups]") {
    const GroupDecision d;
    const double n = 20'000.0;
    for (const double grievance : {0.0, 0.5, 1.0}) {
        const Turned up = share_turning(comply, harass, grievance);
        const double p_up = -std::expm1(-d.rate * sim::logistic(up.temptation / d.width));
        CHECK_THAT(up.share, WithinAbs(p_up, 5.0 * std::sqrt(p_up * (1.0 - p_up) / n)));
        const Turned further = share_turning(harass, fight, grievance);
        const double p_further = -std::expm1(-d.rate * sim::logistic((further.temptation - d.step_to_fight) / d.width));
        CHECK_THAT(further.share, WithinAbs(p_further, 5.0 * std::sqrt(p_further * (1.0 - p_further) / n)));
        const Turned down = share_turning(fight, harass, grievance);
        const double p_down = -std::expm1(-d.calm_rate * sim::logistic((d.relief - down.temptation) / d.width));
        CHECK_THAT(down.share, WithinAbs(p_down, 5.0 * std::sqrt(p_down * (1.0 - p_down) / n)));
    }
}

TEST_CASE("weariness grows in fighting, a third as far in harassing, and fades in peace", "[armed groups]") {
    GroupDecision frozen{.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0, .arms = {}};
    const auto weariness_after = [&](std::uint8_t posture, double before, int weeks) {
        Deciding deciding(1, frozen);
        deciding.tiny[group::posture][0] = posture;
        deciding.tiny[group::weariness][0] = before;
        deciding.tiny.run(weeks);
        return deciding.tiny[group::weariness][0];
    };
    CHECK_THAT(weariness_after(fight, 0.0, 100), WithinAbs(1.0 - std::exp(-1.0), 1e-9));
    CHECK_THAT(weariness_after(harass, 0.0, 5000), WithinAbs(1.0 / 3.0, 1e-9));
    CHECK_THAT(weariness_after(comply, 0.6, 100), WithinAbs(0.6 * std::exp(-1.0), 1e-9));
}

TEST_CASE("resolve drifts with its standard deviation and half-life, whatever the step", "[armed groups]") {
    const double dt = GENERATE(1.0, 2.0);
    constexpr std::size_t n = 5000;
    Deciding deciding(n, {.rate = 0.0, .resolve_sd = 0.2, .resolve_half_life = 10.0, .arms = {}});
    deciding.tiny.run(static_cast<int>(100.0 / dt), dt);
    const auto list = [&] {
        const auto values = deciding.tiny[group::resolve];
        return std::vector<double>(values.begin(), values.end());
    };
    const std::vector<double> before = list();
    deciding.tiny.run(static_cast<int>(10.0 / dt), dt);
    const std::vector<double> after = list();
    // sd of a sample sd is sigma / sqrt(2 n), of a correlation about (1 - r^2) / sqrt(n).
    CHECK_THAT(sim::sample_sd(after), WithinAbs(0.2, 5.0 * 0.2 / std::sqrt(2.0 * n)));
    double product = 0.0;
    for (std::size_t i = 0; i < n; ++i) product += before[i] * after[i] / n;
    CHECK_THAT(product / (0.2 * 0.2), WithinAbs(0.5, 5.0 * 1.5 / std::sqrt(static_cast<double>(n))));
}

TEST_CASE("groups that are out recruit harder; patrols and police hinder them", "[armed groups]") {
    const auto pressure = [](std::uint8_t posture, double patrol, double police, double pay) {
        Deciding deciding(1, {.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0, .arms = {}});
        deciding.tiny[group::posture][0] = posture;
        deciding.tiny[group::pay][0] = pay;
        deciding.tiny[region_activity::coverage][row(Activity::patrol)] = patrol;
        deciding.tiny[region_function::capacity][row(Function::police)] = police;
        deciding.tiny.run();
        return deciding.tiny[region_group::recruiting][0];
    };
    CHECK(pressure(comply, 0.0, 0.0, 1.0) < pressure(harass, 0.0, 0.0, 1.0));
    CHECK(pressure(harass, 0.0, 0.0, 1.0) < pressure(fight, 0.0, 0.0, 1.0));
    CHECK(pressure(fight, 0.5, 0.0, 1.0) < pressure(fight, 0.0, 0.0, 1.0));
    CHECK(pressure(fight, 0.0, 0.5, 1.0) < pressure(fight, 0.0, 0.0, 1.0));
    CHECK(pressure(fight, 0.0, 0.0, 0.0) == 0.0);
}

TEST_CASE("a country without any force leaves a group's chance to win defined", "[armed groups]") {
    const double temptation = temptation_with([](auto& t) {
        t[region::security][0] = 0;
        t[region::former][0] = 0;
        test::fill(t[group::fighters], 0);
        test::fill(t[region_group::fighters], 0);
    });
    CHECK(std::isfinite(temptation));
}

TEST_CASE("groups tax what they control, loot where they are, and pay what they can", "[armed groups]") {
    const auto income_with = [](const auto& change) {
        test::Tiny tiny({.regions = 1}, GroupFinance{});
        tiny[region::adults][0] = 10'000;
        tiny[region::economy][0] = 1.0;
        tiny[region::resources][0] = 0.5;
        tiny[region_group::fighters][0] = 100;
        tiny[region_group::control][0] = 0.3;
        tiny[region_group::affinity][0] = 0.5;
        tiny[group::fighters][0] = 100;
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

TEST_CASE("a group without money does not pay; no group pays more than it has", "[armed groups]") {
    test::Tiny tiny({.regions = 1, .groups = 3}, GroupFinance{});
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

TEST_CASE("control flips above half of the force, below it a group has a foothold; peace takes it back", "[armed groups]") {
    const GroupControl process{.arms = {1.0}};
    const auto control_after = [&](std::int64_t fighters, std::uint8_t posture, double before) {
        test::Tiny tiny({.regions = 1}, process);
        tiny[region::security][0] = 100;
        tiny[region_function::capacity][row(Function::army)] = 0.5;  // a soldier then counts as one
        tiny[region_group::fighters][0] = fighters;
        tiny[region_group::control][0] = before;
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
    guarded[group::posture][0] = fight;
    guarded[region_component::strength][row(Component::military)] = 1000.0;
    guarded.run(1000);
    CHECK_THAT(guarded[region_group::control][0], WithinAbs(process.foothold * 300.0 / 900.0, 1e-9));
}
