#include "models/transition/demobilisation.hpp"

#include <cmath>

#include "models/transition/mobilisation.hpp"
#include "models/transition/tally.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::check_share;
using test::row;

constexpr std::uint32_t people = 20'000;

/// 20,000 men of 30 of group 0 in one status, with one process at work on them.
template <class P>
struct Camp {
    test::Tiny<P> tiny;

    explicit Camp(Status status, const P& process = {}) : tiny({.regions = 2, .communities = {people}}, process) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::status], static_cast<int>(status));
        test::fill(tiny[person::group], 0);
    }
    std::int64_t number(Status status) { return test::count_persons(tiny.state(), status); }
};

struct Cantoned : Camp<Demobilisation> {
    explicit Cantoned(const Demobilisation& process = {}) : Camp(Status::canton, process) {
        tiny[community::cantoned][0] = people;
        tiny[group::alive][0] = 1;
    }
};

struct Enrolled : Camp<Reintegration> {
    explicit Enrolled(const Reintegration& process = {}) : Camp(Status::programme, process) {
        tiny[community::in_programme][0] = people;
        tiny[activity::paid][row(Activity::ddr)] = 1.0;
    }
};

}  // namespace

TEST_CASE("fighters disarm at the rate of their group where they are", "[demobilisation]") {
    Camp<Disarmament> camp(Status::fighter);
    for (std::size_t i = 0; i < people / 2; ++i) camp.tiny[person::location][i] = 1;
    camp.tiny[community::fighters][0] = people;
    camp.tiny[region_group::joins_disarmament][1] = 0.2;  // in region 1 only
    camp.tiny.run();
    const std::int64_t disarmed = camp.number(Status::canton);
    check_share(disarmed, people / 2.0, -std::expm1(-0.2));
    CHECK(camp.tiny[region::disarmed][1] == disarmed);
    CHECK(camp.tiny[region::disarmed][0] == 0);
    for (std::size_t i = 0; i < people; ++i)
        if (camp.tiny[person::status][i] == static_cast<int>(Status::canton)) REQUIRE(camp.tiny[person::location][i] == 1);

    Camp<Disarmament> none(Status::fighter);
    none.tiny[community::fighters][0] = people;
    none.tiny.run(5);
    CHECK(none.number(Status::canton) == 0);
}

TEST_CASE("those in camps go home, into a programme as far as it is paid and reaches them", "[demobilisation]") {
    const Demobilisation d;
    Cantoned unpaid;
    unpaid.tiny.run();
    check_share(unpaid.number(Status::former_fighter), people, -std::expm1(-1.0 / d.stay_weeks));
    CHECK(unpaid.number(Status::programme) == 0);

    Cantoned paid;
    paid.tiny[activity::paid][row(Activity::ddr)] = 0.8;
    paid.tiny[region_activity::reach][row(Activity::ddr)] = 0.5;
    test::fill(paid.tiny[person::location], 1);
    paid.tiny.run();
    const std::int64_t programme = paid.number(Status::programme);
    const std::int64_t left = programme + paid.number(Status::former_fighter);
    check_share(left, people, -std::expm1(-1.0 / d.stay_weeks));
    check_share(programme, static_cast<double>(left), 0.4);
    for (std::size_t i = 0; i < people; ++i)
        REQUIRE(paid.tiny[person::location][i] == (paid.tiny[person::status][i] == static_cast<int>(Status::canton) ? 1 : 0));
    CHECK(test::total(paid.tiny[region::rearmed]) == 0);
}

TEST_CASE("camps lose people to arms when their group fights, and when they wait too long", "[demobilisation]") {
    const Demobilisation d{.stay_weeks = 1e9};
    Cantoned war(d);
    war.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::fight);
    war.tiny.run();
    check_share(war.number(Status::fighter), people, -std::expm1(-d.to_fight));
    CHECK(war.tiny[region::rearmed][0] == war.number(Status::fighter));

    Cantoned dissolved(d);
    dissolved.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::fight);
    dissolved.tiny[group::alive][0] = 0;
    dissolved.tiny.run();
    CHECK(dissolved.number(Status::fighter) == 0);

    Cantoned waiting(d);
    test::fill(waiting.tiny[person::away], 8);
    waiting.tiny.run();
    check_share(waiting.number(Status::fighter), people, -std::expm1(-d.impatience * (2.0 - d.patience_years)));

    Cantoned fresh(d);
    fresh.tiny.run(20);
    CHECK(fresh.number(Status::fighter) == 0);
    fresh.tiny.run(40);  // beyond half a year
    CHECK(fresh.number(Status::fighter) > 0);
}

TEST_CASE("programmes end in reintegration as far as there are jobs, and break off without money", "[demobilisation]") {
    const Reintegration r;
    Enrolled usual;
    usual.tiny.run();
    const std::int64_t left = people - usual.number(Status::programme);
    check_share(left, people, -std::expm1(-1.0 / r.duration_weeks));
    const std::int64_t done = usual.number(Status::reintegrated);
    check_share(done, static_cast<double>(left), r.success(128.0 / 255.0, 0.0, 30));
    CHECK(usual.tiny[region::graduated][0] == done);
    for (std::size_t i = 0; i < people; ++i) {
        const bool better = usual.tiny[person::status][i] == static_cast<int>(Status::reintegrated);
        REQUIRE(usual.tiny[person::livelihood][i] == (better ? 192 : 128));
    }

    CHECK(r.success(0.5, 0.5, 25) > r.success(0.5, 0.5, 30));
    CHECK(r.success(0.0, 0.0, 30) == r.training);
    CHECK(r.success(1.0, 0.0, 30) == 1.0);

    Enrolled broke;
    broke.tiny[activity::paid][row(Activity::ddr)] = 0.0;
    broke.tiny.run();
    const double leave = 1.0 / r.duration_weeks + r.drop_out;
    const std::int64_t gone = people - broke.number(Status::programme);
    check_share(gone, people, -std::expm1(-leave));
    check_share(broke.number(Status::reintegrated), static_cast<double>(gone),
                r.success(128.0 / 255.0, 0.0, 30) / (leave * r.duration_weeks));
}

TEST_CASE("the reintegrated go back to arms less often than other former fighters", "[demobilisation]") {
    const auto recruits = [](Status status) {
        test::Tiny tiny({.regions = 1, .communities = {people}}, Mobilisation{.rate = 0.2, .former_weight = 0.5});
        test::settle_persons(tiny.state());
        test::fill(tiny[person::status], static_cast<int>(status));
        test::fill(tiny[person::group], 0);
        test::fill(tiny[region_group::recruiting], 1.0);
        test::fill(tiny[group::pay], 1.0);
        tiny[community::residents][0] = people;
        tiny.run();
        return tiny[region::recruits][0];
    };
    CHECK(recruits(Status::former_fighter) > 2 * recruits(Status::reintegrated));
    CHECK(recruits(Status::reintegrated) > recruits(Status::home));
    CHECK(recruits(Status::programme) == recruits(Status::reintegrated));
}

TEST_CASE("disarmament conserves persons of coarse agents through all stages", "[demobilisation]") {
    constexpr std::uint32_t agents = 200;
    constexpr int weight = 100;
    test::Tiny tiny({.regions = 1, .communities = {agents}, .free_rows = 2000}, Disarmament{weight, agents},
                    Demobilisation{.persons_per_agent = weight, .agents_per_community = agents},
                    Reintegration{.duration_weeks = 10.0, .persons_per_agent = weight, .agents_per_community = agents}, Tally{});
    test::settle_persons(tiny.state());
    test::fill(tiny[person::weight].first(agents), weight);
    test::fill(tiny[person::status], static_cast<int>(Status::fighter));
    test::fill(tiny[person::group], 0);
    tiny[group::alive][0] = 1;
    tiny[community::fighters][0] = agents * weight;
    tiny[region_group::joins_disarmament][0] = 0.05;
    tiny[activity::paid][row(Activity::ddr)] = 1.0;
    tiny[region_activity::reach][row(Activity::ddr)] = 0.7;
    std::int64_t fighters = agents * weight;
    for (int week = 0; week < 100; ++week) {
        tiny.run();
        fighters += tiny[region::rearmed][0] - tiny[region::disarmed][0];
        CHECK(tiny[region_group::fighters][0] == fighters);
        CHECK(tiny[country::population][0] == agents * weight);
        CHECK(fighters + tiny[region::cantoned][0] + tiny[community::residents][0] == agents * weight);
        CHECK(tiny[community::residents][0] ==
              tiny[region::former][0] + tiny[region::in_programme][0] + tiny[region::reintegrated][0]);
    }
    CHECK(tiny[region::reintegrated][0] > agents * weight / 4);
    CHECK(tiny[region::former][0] > agents * weight / 8);
}
