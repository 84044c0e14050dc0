#include "sim/statistics.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "tests/catch.hpp"

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
Approx near(double value) { return Approx(value).epsilon(1e-9).margin(1e-12); }
}  // namespace

TEST_CASE("mean, standard deviation and t interval of a small sample", "[statistics]") {
    // By hand: mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, sd sqrt(32/7); t(0.975, 7) = 2.364624251592785 from tables.
    const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
    CHECK(sim::mean(values) == near(5.0));
    CHECK(sim::sample_sd(values) == near(std::sqrt(32.0 / 7.0)));
    const sim::Estimate estimate = sim::mean_with_interval(values);
    const double half = 2.364624251592785 * std::sqrt(32.0 / 7.0 / 8.0);
    CHECK(estimate.value == near(5.0));
    CHECK(estimate.interval.lo == near(5.0 - half));
    CHECK(estimate.interval.hi == near(5.0 + half));
}

TEST_CASE("samples too small for an interval say so", "[statistics]") {
    const std::vector<double> none;
    const std::vector<double> one{3.0};
    CHECK(std::isnan(sim::mean(none)));
    CHECK(std::isnan(sim::sample_sd(one)));
    CHECK(std::isnan(sim::quantile(none, 0.5)));
    CHECK(std::isnan(sim::mean_with_interval(none).value));
    CHECK(sim::mean_with_interval(one).interval == sim::Interval{-infinity, infinity});
    CHECK(std::isnan(sim::survival(none, {}, 1.0).value));
}

TEST_CASE("quantiles interpolate like type 7 of R", "[statistics]") {
    const std::vector<double> values{4, 1, 3, 2};
    CHECK(sim::quantile(values, 0.0) == 1.0);
    CHECK(sim::quantile(values, 0.25) == near(1.75));
    CHECK(sim::quantile(values, 0.5) == near(2.5));
    CHECK(sim::quantile(values, 0.9) == near(3.7));
    CHECK(sim::quantile(values, 1.0) == 4.0);
    const std::vector<double> endless{infinity, 1.0, infinity};
    CHECK(sim::quantile(endless, 0.75) == infinity);
    const std::vector<double> bad{1.0, std::nan("")};
    CHECK(std::isnan(sim::quantile(bad, 0.5)));
}

TEST_CASE("Wilson's interval", "[statistics]") {
    // With z = 1.959963984540054: 15 of 100, evaluated from the published formula with a calculator of 30 digits.
    const sim::Estimate some = sim::share_with_interval(15, 100);
    CHECK(some.value == near(0.15));
    CHECK(some.interval.lo == near(0.093059852836566313));
    CHECK(some.interval.hi == near(0.232835595908323665));
    // 0 of n: [0, z^2 / (n + z^2)].
    const double z2 = 1.959963984540054 * 1.959963984540054;
    CHECK(sim::share_with_interval(0, 50).interval.lo == 0.0);
    CHECK(sim::share_with_interval(0, 50).interval.hi == near(z2 / (50.0 + z2)));
    CHECK(sim::share_with_interval(50, 50).interval.lo == near(50.0 / (50.0 + z2)));
    CHECK(sim::share_with_interval(50, 50).interval.hi == 1.0);
    CHECK(sim::share_with_interval(0, 0).interval == sim::Interval{0.0, 1.0});
}

TEST_CASE("paired differences", "[statistics]") {
    const std::vector<double> a{3, 5, 8, 10};
    const std::vector<double> b{1, 4, 5, 8};  // differences 2 1 3 2: mean 2, sd sqrt(2/3), t(0.975, 3) = 3.182446305284263
    const sim::Estimate estimate = sim::paired_difference(a, b);
    CHECK(estimate.value == near(2.0));
    CHECK(estimate.interval.lo == near(2.0 - 3.182446305284263 * std::sqrt(2.0 / 3.0 / 4.0)));
    CHECK(estimate.interval.hi == near(2.0 + 3.182446305284263 * std::sqrt(2.0 / 3.0 / 4.0)));
    CHECK(sim::paired_difference(a, a).value == 0.0);
    CHECK(sim::paired_difference(a, a).interval == sim::Interval{0.0, 0.0});
    const std::vector<double> one{1.0};
    CHECK(sim::paired_difference(one, one).interval == sim::Interval{0.0, 0.0});

    const std::vector<std::uint8_t> yes{1, 1, 0, 1};
    const std::vector<std::uint8_t> no{0, 1, 0, 0};  // differences 1 0 0 1: mean 0.5, sd sqrt(1/3)
    const sim::Estimate share = sim::paired_difference_of_shares(yes, no);
    CHECK(share.value == near(0.5));
    CHECK(share.interval.lo == near(0.5 - 3.182446305284263 * std::sqrt(1.0 / 12.0)));
    CHECK(share.interval.hi == 1.0);
    CHECK(sim::paired_difference_of_shares(yes, yes).interval == sim::Interval{0.0, 0.0});
}

TEST_CASE("Kaplan and Meier's estimate with Greenwood's variance", "[statistics]") {
    // Times 1, 2+, 3, 3, 4+, 5 (+ lost from sight): S(3) = 5/6 * 2/4, Greenwood sum 1/(6*5) + 2/(4*2).
    const std::vector<double> times{3, 1, 2, 4, 3, 5};
    const std::vector<std::uint8_t> happened{1, 1, 0, 0, 1, 1};
    CHECK(sim::survival(times, happened, 0.5).value == 1.0);
    CHECK(sim::survival(times, happened, 2.9).value == near(5.0 / 6.0));
    const sim::Estimate at_three = sim::survival(times, happened, 3.0);
    const double s = 5.0 / 12.0;
    const double spread = 1.959963984540054 * std::sqrt(1.0 / 30.0 + 1.0 / 4.0) / -std::log(s);
    CHECK(at_three.value == near(s));
    CHECK(at_three.interval.lo == near(std::pow(s, std::exp(spread))));
    CHECK(at_three.interval.hi == near(std::pow(s, std::exp(-spread))));
    CHECK(sim::survival(times, happened, 5.0).value == 0.0);
    CHECK(sim::survival(times, happened, 5.0).interval == sim::share_with_interval(0, 6).interval);

    const std::vector<double> long_times{10, 10, 10, 4};
    const std::vector<std::uint8_t> nothing{0, 0, 0, 0};
    CHECK(sim::survival(long_times, nothing, 10.0).value == 1.0);
    CHECK(sim::survival(long_times, nothing, 10.0).interval == sim::share_with_interval(3, 3).interval);
    CHECK(sim::survival(long_times, nothing, 20.0).interval == sim::Interval{0.0, 1.0});
}

TEST_CASE("without losses from sight, survival is the share of those who outlive the horizon", "[statistics][property]") {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) times.push_back((i * 37 % 200) * 0.5);
    const std::vector<std::uint8_t> happened(200, 1);
    for (double horizon = 0.25; horizon < 99.0; horizon += 7.0) {
        double longer = 0;
        for (const double time : times) longer += time > horizon ? 1.0 : 0.0;
        const sim::Estimate estimate = sim::survival(times, happened, horizon);
        CHECK(estimate.value == near(longer / 200.0));
        CHECK(estimate.interval.lo <= estimate.value);
        CHECK(estimate.value <= estimate.interval.hi);
    }
}
