#include "models/transition/society.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/person_rows.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

}  // namespace

TEST_CASE("livelihoods follow the economy, everybody once a quarter", "[society]") {
    test::Tiny tiny({.regions = 1, .communities = {500}}, Livelihoods{});
    test::settle_persons(tiny.state());
    const auto mean = [&] {
        double sum = 0.0;
        for (std::size_t i = 0; i < 500; ++i) sum += tiny[person::livelihood][i] / (255.0 * 500.0);
        return sum;
    };
    tiny[region::food_price][0] = 1.0;
    tiny[region::economy][0] = 1.0;
    tiny.run(13 * 20);
    const double good = mean();
    // base x economy, cut to [0, 1] for the few below: personal differences are even around it.
    CHECK_THAT(good, WithinAbs(0.40, 0.02));
    tiny[region::economy][0] = 0.6;
    tiny.run(13 * 20);
    CHECK_THAT(mean(), WithinAbs(0.24, 0.03));

    const std::vector<std::uint8_t> before(tiny[person::livelihood].begin(), tiny[person::livelihood].begin() + 500);
    tiny[region::economy][0] = 2.0;
    tiny.run(12);
    int moved = 0;
    for (std::size_t i = 0; i < 500; ++i) moved += tiny[person::livelihood][i] != before[i];
    CHECK(moved == 500 - 500 / 13 - (500 % 13 == 12));
}

TEST_CASE("dear food and unmet need take from livelihoods", "[society]") {
    const Livelihoods law;
    CHECK(law.relief(1.0, 0.0, 0.0) == 1.0);
    CHECK(law.relief(1.0, 0.5, 1.0) == 1.0);
    CHECK_THAT(law.relief(2.0, 0.0, 0.0), WithinAbs(1.0 - 0.5 * law.food_share, 1e-12));
    CHECK_THAT(law.relief(1.0, 0.5, 0.2), WithinAbs(1.0 - law.sold * 0.4, 1e-12));
}
