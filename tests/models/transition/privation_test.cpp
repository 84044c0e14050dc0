#include "models/transition/privation.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::check_share;

constexpr std::uint32_t people = 20'000;

/// Deaths in a week among 20,000 of one age in region 0, where `need` goes without aid.
std::int64_t deaths(double need, double aid, int age, Status status = Status::home, const Privation& process = {.excess = 0.05}) {
    test::Tiny tiny({.regions = 2, .communities = {people}}, process);
    test::settle_persons(tiny.state());
    test::fill(tiny[person::age], age);
    test::fill(tiny[person::status], static_cast<int>(status));
    tiny[region::need][0] = need;
    tiny[region::aid][0] = aid;
    tiny.run();
    const std::int64_t dead = tiny[country::natural_deaths][0];
    CHECK(test::count_persons(tiny.state(), status) == people - dead);
    CHECK(test::total(tiny[region_cohort::deaths_of_need]) == dead);
    return dead;
}

}  // namespace

TEST_CASE("those die for want of relief whom aid does not reach, young children first", "[privation]") {
    const Privation process{.excess = 0.05};
    CHECK(deaths(0.0, 0.0, 30) == 0);
    CHECK(deaths(1.0, 1.0, 30) == 0);
    check_share(deaths(1.0, 0.0, 30), people, -std::expm1(-process.excess));
    check_share(deaths(0.8, 0.5, 30), people, -std::expm1(-process.excess * 0.4 * 0.4 * 0.4));
    check_share(deaths(1.0, 0.0, 4), people, -std::expm1(-process.excess * process.children));
    check_share(deaths(1.0, 0.0, 5), people, -std::expm1(-process.excess));
}

TEST_CASE("refugees, fighters and forces do not die of the region's need; the displaced do", "[privation]") {
    for (const Status status : {Status::refugee, Status::fighter, Status::security}) CHECK(deaths(1.0, 0.0, 30, status) == 0);
    CHECK(deaths(1.0, 0.0, 30, Status::displaced) > 0);
}
