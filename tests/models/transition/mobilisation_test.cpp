#include "models/transition/mobilisation.hpp"

#include <cmath>

#include "sim/math.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::check_share;

constexpr std::uint32_t people = 20'000;

/// One community of 20,000 men of 30 with attitudes of one half, recruited by one group under full pressure.
struct Recruited {
    test::Tiny<Mobilisation> tiny;

    explicit Recruited(const Mobilisation& mobilisation = {.rate = 0.2}, std::uint32_t n = people, std::size_t groups = 1)
        : tiny({.regions = 1, .groups = groups, .communities = {n}}, mobilisation) {
        test::settle_persons(tiny.state());
        test::fill(tiny[region_group::recruiting], 1.0);
        test::fill(tiny[group::pay], 1.0);
        tiny[community::residents][0] = static_cast<std::int32_t>(n);
    }
    std::int64_t recruits() {
        tiny.run();
        const std::int64_t fighters = test::count_persons(tiny.state(), Status::fighter);
        CHECK(tiny[region::recruits][0] == fighters);
        return fighters;
    }
};

template <class Change>
std::int64_t recruits_with(const Change& change) {
    Recruited recruited;
    change(recruited.tiny);
    return recruited.recruits();
}

/// One community of 20,000 fighters of a group that pays.
struct Fighters {
    test::Tiny<Desertion> tiny;

    explicit Fighters(const Desertion& desertion = {}) : tiny({.regions = 1, .communities = {people}}, desertion) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::status], static_cast<int>(Status::fighter));
        test::fill(tiny[person::group], 0);
        test::fill(tiny[person::fear], 0.0F);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        tiny[community::fighters][0] = static_cast<std::int32_t>(people);
    }
    std::int64_t deserters() {
        tiny.run();
        CHECK(tiny[region::deserters][0] == test::count_persons(tiny.state(), Status::former_fighter));
        return tiny[region::deserters][0];
    }
};

}  // namespace

TEST_CASE("persons join at the hazard of their score", "[mobilisation]") {
    const Mobilisation m{.rate = 0.2};
    const double score = m.score({0.5, 0.5, 0.5, 128.0 / 255.0, 0, 30}, {.pay = 1.0});
    const double hazard = m.rate * m.at_age(30) * sim::logistic((score - m.threshold) / m.width);
    check_share(Recruited(m).recruits(), people, -std::expm1(-hazard));

    Recruited half_step(m);
    half_step.tiny.run(2, 0.5);
    check_share(test::count_persons(half_step.tiny.state(), Status::fighter), people, -std::expm1(-hazard));
}

TEST_CASE("grievance, peers, pay and a past as a fighter draw persons in; fear, trust and a livelihood keep them out",
          "[mobilisation]") {
    const std::int64_t usual = Recruited().recruits();
    CHECK(usual > 0);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::grievance], 0.9F); }) > 2 * usual);
    CHECK(recruits_with([](auto& t) { t[community::fighters][0] = 5000; }) > usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::status], static_cast<int>(Status::former_fighter)); }) > usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::fear], 1.0F); }) < usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::trust_state], 1.0F); }) < usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::livelihood], 255); }) < usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[group::pay], 0.0); }) < usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[region_group::recruiting], 0.5); }) < usual);
    CHECK(recruits_with([](auto& t) { t[region::extremism][0] = 0.5; }) > usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[region_group::extortion], 1.0); }) > usual);
    CHECK(recruits_with([](auto& t) { test::fill(t[region_group::recruiting], 0.0); }) == 0);
}

TEST_CASE("children, the old and those who are away do not join; women join at their share", "[mobilisation]") {
    CHECK(recruits_with([](auto& t) { test::fill(t[person::age], 14); }) == 0);
    CHECK(recruits_with([](auto& t) { test::fill(t[person::age], 46); }) == 0);
    for (const Status away : {Status::displaced, Status::refugee, Status::security})
        CHECK(recruits_with([&](auto& t) { test::fill(t[person::status], static_cast<int>(away)); }) == 0);
    const Mobilisation sure{.rate = 0.1, .threshold = -2.0};  // everybody is willing
    Recruited women(sure);
    test::fill(women.tiny[person::sex], 1);
    check_share(women.recruits(), people, -std::expm1(-0.1 * sure.at_age(30) * sure.willing_women));
}

TEST_CASE("extortion presses the unwilling, women among them more than among the willing", "[mobilisation]") {
    const Mobilisation unwilling{.rate = 0.2, .threshold = 5.0};
    const auto recruits = [&](std::uint8_t sex) {
        Recruited recruited(unwilling);
        test::fill(recruited.tiny[person::sex], sex);
        test::fill(recruited.tiny[region_group::extortion], 0.8);
        return recruited.recruits();
    };
    const double pressed = 0.2 * unwilling.at_age(30) * unwilling.coercion * 0.8;
    check_share(recruits(0), people, -std::expm1(-pressed));
    check_share(recruits(1), people, -std::expm1(-pressed * unwilling.coerced_women));
}

TEST_CASE("the young join more than the older, unless there are jobs for them", "[mobilisation]") {
    const Mobilisation m;
    CHECK(m.at_age(15) == 1.0);
    CHECK(m.at_age(29) == 1.0);
    CHECK_THAT(m.at_age(37), WithinAbs(0.5 * (1.0 + m.older_share), 1e-12));
    CHECK_THAT(m.at_age(45), WithinAbs(m.older_share, 1e-12));
    const auto young = [](double jobs) {
        return recruits_with([&](auto& t) {
            test::fill(t[person::age], 20);
            t[region::youth_jobs][0] = jobs;
        });
    };
    CHECK(young(0.0) > recruits_with([](auto& t) { test::fill(t[person::age], 40); }));
    CHECK(young(1.0) < young(0.0));
    CHECK(recruits_with([](auto& t) { t[region::youth_jobs][0] = 1.0; }) == recruits_with([](auto&) {}));  // men of 30
}

TEST_CASE("the displaced join where fighters sway their camp, from there; recruits are counted by cohort", "[mobilisation]") {
    Recruited camp({.rate = 0.1, .threshold = -2.0}, people, 1);
    test::fill(camp.tiny[person::status], static_cast<int>(Status::displaced));
    CHECK(camp.recruits() == 0);
    camp.tiny[region::camp_militarised][0] = 0.5;
    const std::int64_t joined = camp.recruits();
    check_share(joined, people, -std::expm1(-0.5 * 0.1 * Mobilisation{}.at_age(30)));
    CHECK(camp.tiny[region_cohort::recruits][static_cast<std::size_t>(2)] == joined);  // men of 30 to 59
    CHECK(test::total(camp.tiny[region_cohort::recruits]) == joined);
}

TEST_CASE("groups share recruits in proportion to their pressure", "[mobilisation]") {
    Recruited recruited({.rate = 1.0, .threshold = -2.0}, people, 2);
    recruited.tiny[region_group::recruiting][0] = 0.75;
    recruited.tiny[region_group::recruiting][1] = 0.25;
    const auto n = static_cast<double>(recruited.recruits());
    const auto groups = recruited.tiny[person::group];
    const std::int64_t first = test::count_persons(recruited.tiny.state(), [&](std::size_t i) { return groups[i] == 0; });
    check_share(first, n, 0.75);
}

TEST_CASE("a group calls its own back, the more the fewer of them have work or went through a programme", "[mobilisation]") {
    const auto back = [](Status status, std::uint8_t livelihood, double recruiting) {
        Recruited recruited({.rate = 0.0, .recall = 0.2}, people, 2);
        test::fill(recruited.tiny[person::status], static_cast<int>(status));
        test::fill(recruited.tiny[person::group], 1);
        test::fill(recruited.tiny[person::livelihood], livelihood);
        recruited.tiny[region_group::recruiting][0] = 1.0;
        recruited.tiny[region_group::recruiting][1] = recruiting;
        const auto n = static_cast<double>(recruited.recruits());
        const auto groups = recruited.tiny[person::group];
        for (std::size_t i = 0; i < people; ++i) REQUIRE(groups[i] != 0);
        return n;
    };
    const double age = Mobilisation{}.at_age(30);
    check_share(back(Status::former_fighter, 0, 1.0), people, -std::expm1(-0.2 * age));
    check_share(back(Status::former_fighter, 0, 0.5), people, -std::expm1(-0.1 * age));
    check_share(back(Status::reintegrated, 0, 1.0), people, -std::expm1(-0.2 * 0.2 * age));
    CHECK(back(Status::former_fighter, 255, 1.0) == 0.0);
    CHECK(back(Status::home, 0, 1.0) == 0.0);
}

TEST_CASE("coarse agents lose as many recruits as single persons do", "[mobilisation]") {
    const Mobilisation m{.rate = 0.02, .threshold = -2.0, .persons_per_agent = 100, .agents_per_community = 200};
    Recruited coarse(m, people / 100);
    for (const sim::Segment& s : coarse.tiny.state().table("person").segments)
        for (std::uint32_t i = 0; i < s.count; ++i) coarse.tiny[person::weight][s.begin + i] = 100;
    check_share(coarse.recruits(), people, -std::expm1(-0.02 * m.at_age(30)));
    CHECK(test::count_persons(coarse.tiny.state(), [](std::size_t) { return true; }) == people);
}

TEST_CASE("fighters leave at their hazard: more when unpaid, afraid, or when the group keeps the agreement", "[mobilisation]") {
    const Desertion d;
    check_share(Fighters().deserters(), people, -std::expm1(-d.base));
    Fighters unpaid;
    test::fill(unpaid.tiny[group::pay], 0.0);
    check_share(unpaid.deserters(), people, -std::expm1(-d.base - d.unpaid));
    Fighters afraid;
    test::fill(afraid.tiny[person::fear], 1.0F);
    check_share(afraid.deserters(), people, -std::expm1(-d.base - d.fear_effect));
    Fighters demobilising;
    test::fill(demobilising.tiny[group::posture], static_cast<int>(Posture::comply));
    test::fill(demobilising.tiny[group::commitment], 0.5);
    test::fill(demobilising.tiny[group::signatory], 1);
    test::fill(demobilising.tiny[provision::implementation], 0.8);
    check_share(demobilising.deserters(), people, -std::expm1(-d.waiting * d.base - 0.4 * d.demobilising));
    Fighters united;
    test::fill(united.tiny[group::cohesion], 0.75);
    check_share(united.deserters(), people, -std::expm1(-0.25 * d.base));
    Fighters safe;
    test::fill(safe.tiny[person::fear], 1.0F);
    test::fill(safe.tiny[region_group::control], 1.0);
    check_share(safe.deserters(), people, -std::expm1(-d.base));
}

TEST_CASE("who deserts is a former fighter of the group, at home", "[mobilisation]") {
    Fighters fighters({.base = 1.0});
    test::fill(fighters.tiny[person::location], 1);
    CHECK(fighters.deserters() > 0);
    const auto status = fighters.tiny[person::status];
    for (std::size_t i = 0; i < people; ++i) {
        if (status[i] != static_cast<int>(Status::former_fighter)) continue;
        REQUIRE(fighters.tiny[person::location][i] == 0);
        REQUIRE(fighters.tiny[person::group][i] == 0);
    }
}

TEST_CASE("the ranks are filled up to what is wanted and paid for, by the young", "[mobilisation]") {
    const auto forces_after = [](double wanted, double adequacy, std::uint8_t age, int weeks) {
        test::Tiny tiny({.regions = 1, .communities = {people}}, Enlistment{});
        test::settle_persons(tiny.state());
        test::fill(tiny[person::age], age);
        for (std::size_t i = 0; i < 1000; ++i) tiny[person::status][i] = static_cast<std::uint8_t>(Status::security);
        tiny[region::forces_wanted][0] = wanted;
        tiny[region::adults][0] = people - 1000;
        tiny[country::budget_adequacy][0] = adequacy;
        std::int64_t forces = 1000;
        for (int week = 0; week < weeks; ++week) {
            tiny[region::security][0] = forces;
            tiny.run();
            const std::int64_t now = test::count_persons(tiny.state(), Status::security);
            CHECK(tiny[region::enlisted][0] == now - forces);
            forces = now;
        }
        return forces;
    };
    CHECK(forces_after(1000.0, 1.0, 25, 20) == 1000);
    CHECK(forces_after(2000.0, 0.5, 25, 20) == 1000);
    CHECK(forces_after(500.0, 1.0, 25, 20) == 1000);  // nobody is sent home
    CHECK_THAT(static_cast<double>(forces_after(2000.0, 1.0, 25, 200)), WithinAbs(2000.0, 20.0));
    CHECK(forces_after(2000.0, 1.0, 45, 20) == 1000);  // too old to enlist
}

TEST_CASE("a government without a budget at the start wants finite forces", "[mobilisation]") {
    test::SmallCountry country = test::quiet_country();
    country.sets = {"economy.gap_at_start=1", "donors.pledge=0"};
    country.steps = 4;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    run.to_end();
    for (const double wanted : run.state().of(region::forces_wanted)) CHECK(std::isfinite(wanted));
    CHECK(test::count_persons(run.state(), Status::security) <= 40);
}
