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

/// Share of believers after `weeks` in 200 equal communities that begin with `share`.
double rumour_after(const Rumours& rumours, double share, double weeks, double dt_weeks, double tension = 0.0,
                    double informed = 0.0) {
    test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(200, 0)}, rumours);
    test::fill(tiny[community::rumour], static_cast<float>(share));
    tiny[country::tension][0] = tension;
    tiny[region_activity::coverage][row(Activity::information)] = informed;
    tiny.run(static_cast<int>(std::lround(weeks / dt_weeks)), dt_weeks);
    return tiny[community::rumour][0];
}

}  // namespace

TEST_CASE("rumours follow the mean-field equation, to first order in the step", "[society]") {
    // Equal communities: r' = s r (1 - r) - f r, with the logistic solution r = K / (1 + (K / r0 - 1) exp(-(s - f) t)), K = 1 - f
    // / s.
    const Rumours rumours{.spread = 0.3, .forget = 0.08};
    const double capacity = 1.0 - 0.08 / 0.3;
    const auto exact = [&](double t) { return capacity / (1.0 + (capacity / 0.02 - 1.0) * std::exp(-(0.3 - 0.08) * t)); };
    const double error_week = rumour_after(rumours, 0.02, 20.0, 1.0) - exact(20.0);
    const double error_day = rumour_after(rumours, 0.02, 20.0, 1.0 / 7.0) - exact(20.0);
    CHECK_THAT(error_day, WithinAbs(0.0, 0.01));
    CHECK_THAT(error_week / error_day, WithinAbs(7.0, 1.5));
    CHECK_THAT(rumour_after(rumours, 0.02, 400.0, 1.0), WithinAbs(capacity, 1e-5));
    CHECK(rumour_after({.spread = 0.05, .forget = 0.08}, 0.5, 400.0, 1.0) < 1e-3);  // too slow to live on
}

TEST_CASE("tension feeds rumours, information counters them", "[society]") {
    CHECK(rumour_after({}, 0.0, 50.0, 1.0) == 0.0);
    CHECK(rumour_after({}, 0.0, 50.0, 1.0, 1.0) > 0.1);
    CHECK(rumour_after({}, 0.3, 50.0, 1.0, 1.0, 0.8) < rumour_after({}, 0.3, 50.0, 1.0, 1.0, 0.0));
}

TEST_CASE("a rumour in some communities comes to those linked with them, and stays where it is without links", "[society]") {
    const auto believers_elsewhere = [](double link) {
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(200, 0)}, Rumours{.spread = 0.5, .link = link});
        test::fill(tiny[community::rumour].first(10), 0.5F);
        tiny.run(30);
        double sum = 0.0;
        for (const float r : tiny[community::rumour].subspan(10)) sum += r;
        return sum;
    };
    CHECK(believers_elsewhere(0.0) == 0.0);
    CHECK(believers_elsewhere(0.2) > 0.1);
}

TEST_CASE("nearly every community has others that listen to it", "[society]") {
    const std::size_t n = GENERATE(50, 132, 200, 1000);
    test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(n, 0)},
                    Rumours{.spread = 1.0, .forget = 0.0, .link = 1.0});
    std::size_t unheard = 0;
    for (std::size_t c = 0; c < n; ++c) {
        test::fill(tiny[community::rumour], 0.0F);
        tiny[community::rumour][c] = 0.5F;
        tiny.run();
        unheard +=
            std::count_if(tiny[community::rumour].begin(), tiny[community::rumour].end(), [](float r) { return r > 0.0F; }) <= 1;
    }
    // Three random ties each leave exp(-3) = 5 % unheard; five standard deviations more for 50 communities are 20 %.
    CHECK(static_cast<double>(unheard) < 0.2 * static_cast<double>(n));
}

TEST_CASE("livelihoods follow the economy, everybody once a quarter", "[society]") {
    test::Tiny tiny({.regions = 1, .communities = {500}}, Livelihoods{});
    test::settle_persons(tiny.state());
    const auto mean = [&] {
        double sum = 0.0;
        for (std::size_t i = 0; i < 500; ++i) sum += tiny[person::livelihood][i] / (255.0 * 500.0);
        return sum;
    };
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
