#include "models/transition/flight.hpp"

#include <cmath>

#include "models/transition/return.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::check_share;

constexpr std::uint32_t people = 20'000;

/// Region 0 with neighbours 1 (20 km) and 2 (60 km); `border` tells whether another country lies beside it.
std::shared_ptr<const Geography> geography(bool border, bool neighbours = true) {
    auto made = std::make_shared<Geography>();
    made->neighbours.resize(3);
    if (neighbours) made->neighbours[0] = {{1, 20.0, 10.0}, {2, 60.0, 10.0}};
    made->at_border = {static_cast<std::uint8_t>(border ? 1 : 0), 0, 0};
    return made;
}

/// 20,000 men without fear in a community of region 0, where violence reaches half of its scale; nobody else lives there.
struct Struck {
    test::Tiny<Flight> tiny;

    explicit Struck(Flight flight = {}, bool border = false, bool neighbours = true)
        : tiny({.regions = 3, .neighbours = 1, .communities = {people}}, placed(flight, border, neighbours)) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::fear], 0.0F);
        tiny[community::violence][0] = static_cast<float>(flight.scale);
        tiny[community::residents][0] = people;
        tiny[region::population][0] = people;
    }
    static Flight placed(Flight flight, bool border, bool neighbours) {
        flight.geography = geography(border, neighbours);
        return flight;
    }
    std::int64_t fled() {
        tiny.run();
        std::int64_t away = 0;
        for (const Status status : {Status::displaced, Status::site, Status::refugee})
            away += test::count_persons(tiny.state(), status);
        CHECK(tiny[region::newly_displaced][0] == away);
        return away;
    }
    std::int64_t displaced_in(std::uint8_t region) {
        return test::count_persons(tiny.state(), [&](std::size_t i) {
            return tiny[person::status][i] == static_cast<int>(Status::displaced) && tiny[person::location][i] == region;
        });
    }
    std::int64_t number(Status status) { return test::count_persons(tiny.state(), status); }
};

}  // namespace

TEST_CASE("nobody flees a calm place; violence and fear drive people out at their hazard", "[flight]") {
    const Flight f;
    Struck calm;
    calm.tiny[community::violence][0] = 0.0F;
    CHECK(calm.fled() == 0);
    check_share(Struck().fled(), people, -std::expm1(-0.5 * f.rate));
    Struck afraid;
    test::fill(afraid.tiny[person::fear], 1.0F);
    check_share(afraid.fled(), people, -std::expm1(-0.5 * f.rate * (1.0 + f.fear_effect)));
    Struck war;
    war.tiny[community::violence][0] = 1e6F;
    check_share(war.fled(), people, -std::expm1(-f.rate));
    Struck region_wide;  // violence elsewhere in the region counts for less
    region_wide.tiny[community::violence][0] = 0.0F;
    region_wide.tiny[region::exposure][0] = f.scale / f.region_weight;
    check_share(region_wide.fled(), people, -std::expm1(-0.5 * f.rate));
}

TEST_CASE("children, women and the old flee at their own rate", "[flight]") {
    const Flight f{.slow_rate = 2.0};
    for (const int kind : {0, 1, 2}) {
        Struck struck(f);
        if (kind == 0) test::fill(struck.tiny[person::age], 8);
        if (kind == 1) test::fill(struck.tiny[person::sex], 1);
        if (kind == 2) test::fill(struck.tiny[person::age], 60);
        check_share(struck.fled(), people, -std::expm1(-0.5 * f.rate * 2.0));
    }
}

TEST_CASE("people flee to near and calm regions first, and abroad only where there is a border", "[flight]") {
    const Flight fast{.rate = 1.0};
    Struck inland(fast);
    const auto fled = static_cast<double>(inland.fled());
    check_share(inland.displaced_in(1), fled, (1.0 / 20.0) / (1.0 / 20.0 + 1.0 / 60.0));
    CHECK(inland.number(Status::refugee) == 0);

    Struck border(fast, true);
    const auto fled_there = static_cast<double>(border.fled());
    const double abroad = 1.0 / (fast.border * 40.0);
    check_share(border.number(Status::refugee), fled_there, abroad / (1.0 / 20.0 + 1.0 / 60.0 + abroad));

    Struck avoided(fast);
    avoided.tiny[region::exposure][1] = 4.0;
    const auto fled_round = static_cast<double>(avoided.fled());
    const double near = std::exp(-fast.avoidance * 4.0) / 20.0;
    check_share(avoided.displaced_in(1), fled_round, near / (near + 1.0 / 60.0));

    Struck helped(fast);
    helped.tiny[region::aid][2] = 1.0;
    const auto fled_to_aid = static_cast<double>(helped.fled());
    const double camps = (1.0 + fast.aid_pull) / 60.0;
    check_share(helped.displaced_in(2), fled_to_aid, camps / (camps + 1.0 / 20.0));
}

TEST_CASE("women flee to near places rather than far ones", "[flight]") {
    const Flight fast{.rate = 1.0, .slow_rate = 1.0};
    Struck women(fast);
    test::fill(women.tiny[person::sex], 1);
    const auto fled = static_cast<double>(women.fled());
    const double near = std::pow(100.0 / 20.0, fast.slow_reach);
    const double far = std::pow(100.0 / 60.0, fast.slow_reach);
    check_share(women.displaced_in(1), fled, near / (near + far));
}

TEST_CASE("a neighbour takes refugees by its readiness to host", "[flight]") {
    Flight fast{.rate = 1.0};
    fast.hosts = {{0}, {}, {}};
    for (const double hosting : {0.0, 0.5, 1.0}) {
        Struck struck(fast, true);
        struck.tiny[neighbour::hosting][0] = hosting;
        const auto fled = static_cast<double>(struck.fled());
        const double abroad = 2.0 * hosting / (fast.border * 40.0);
        check_share(struck.number(Status::refugee), fled, abroad / (1.0 / 20.0 + 1.0 / 60.0 + abroad));
    }
}

TEST_CASE("where violence is everywhere people flee to where it is least", "[flight]") {
    Struck surrounded({.rate = 1.0});
    surrounded.tiny[region::exposure][1] = 5000.0;  // exp(-0.5 * 5000) is 0
    surrounded.tiny[region::exposure][2] = 6000.0;
    check_share(surrounded.fled(), people, -std::expm1(-0.5));
    CHECK(surrounded.displaced_in(2) == 0);
    Struck alone({}, false, false);
    CHECK(alone.fled() == 0);
}

TEST_CASE("protection sites take those who flee, up to their room", "[flight]") {
    Struck none({.rate = 1.0});
    none.fled();
    CHECK(none.number(Status::site) == 0);

    Struck open({.rate = 1.0});
    open.tiny[region::site_capacity][0] = 1e6;
    const auto fled = static_cast<double>(open.fled());
    const double near = 1.0 / Flight{}.site_km;
    check_share(open.number(Status::site), fled, near / (near + 1.0 / 20.0 + 1.0 / 60.0));
    for (std::size_t i = 0; i < people; ++i) REQUIRE(open.tiny[person::location][i] <= 2);

    Struck small({.rate = 1.0});
    small.tiny[region::site_capacity][0] = 500.0;
    small.tiny[region::sites][0] = 200;
    small.fled();
    CHECK(small.number(Status::site) == 300);  // the whole region lives in this community

    Struck half({.rate = 1.0});  // half of the region lives elsewhere, and has half of the room
    half.tiny[region::population][0] = 2 * people;
    half.tiny[region::site_capacity][0] = 300.0;
    half.fled();
    CHECK(half.number(Status::site) == 150);

    Struck full({.rate = 1.0});
    full.tiny[region::site_capacity][0] = 500.0;
    full.tiny[region::sites][0] = 600;
    full.fled();
    CHECK(full.number(Status::site) == 0);
}

TEST_CASE("fighters, soldiers and those who are away do not flee; a former fighter stays one on the way", "[flight]") {
    for (const Status status :
         {Status::fighter, Status::canton, Status::security, Status::displaced, Status::site, Status::refugee}) {
        Struck others({.rate = 1.0});
        test::fill(others.tiny[person::status], static_cast<int>(status));
        others.tiny.run();
        CHECK(others.tiny[region::newly_displaced][0] == 0);
    }
    test::Tiny tiny({.regions = 3, .communities = {100}}, Struck::placed({.rate = 1.0}, false, true),
                    Return{.displaced_rate = 1.0, .width = 0.01});
    test::settle_persons(tiny.state());
    test::fill(tiny[person::status], static_cast<int>(Status::former_fighter));
    test::fill(tiny[person::group], 0);
    tiny[community::violence][0] = 1e6F;
    tiny[community::away][0] = 100;
    tiny.run(20);
    CHECK(test::count_persons(tiny.state(), Status::displaced) == 100);
    tiny[community::violence][0] = 0.0F;
    tiny[region::security_level][0] = 1.0;
    tiny[region::services][0] = 1.0;
    tiny.run(20);
    CHECK(test::count_persons(tiny.state(), Status::former_fighter) == 100);
}

TEST_CASE("people leave where need goes unmet beyond what is bearable", "[flight]") {
    const Flight f{.hunger = 0.05};
    const auto fled = [&](double need, double aid) {
        Struck at(f);
        at.tiny[community::violence][0] = 0.0F;
        at.tiny[region::need][0] = need;
        at.tiny[region::aid][0] = aid;
        return at.fled();
    };
    CHECK(fled(f.bearable, 0.0) == 0);
    check_share(fled(0.8, 0.0), people, -std::expm1(-f.hunger * (0.8 - f.bearable)));
    CHECK(fled(0.8, 0.9) == 0);
}
