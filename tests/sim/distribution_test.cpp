#include "sim/distribution.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "tests/catch.hpp"

using sim::Distribution;

TEST_CASE("normal quantiles and probabilities agree with published tables and with one another", "[distribution]") {
    CHECK(sim::normal_quantile(0.5) == 0.0);
    CHECK(sim::normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
    CHECK(sim::normal_quantile(0.001) == Approx(-3.090232306167813).epsilon(1e-15));
    CHECK(sim::normal_quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-15));  // Wichura (1988), table of checks
    CHECK(sim::normal_distribution_function(0.0) == 0.5);
    for (double x = -35.0; x < 8.0; x += 0.0917) {
        CAPTURE(x);
        const double expected = 0.5 * std::erfc(-x / std::sqrt(2.0));
        // erfc(-x / sqrt 2) itself turns the rounding of its argument into a relative error of about x^2 / 2^53.
        REQUIRE(sim::normal_distribution_function(x) == Approx(expected).epsilon(1e-12));
        if (x < 5.0) REQUIRE(sim::normal_quantile(expected) == Approx(x).epsilon(1e-9).margin(1e-12));
    }
}

TEST_CASE("samples are the known quantiles", "[distribution]") {
    CHECK(Distribution::constant(3.0).sample(0.2) == 3.0);
    CHECK(Distribution::uniform(2.0, 6.0).sample(0.25) == 3.0);
    CHECK(Distribution::loguniform(1.0, 100.0).sample(0.5) == Approx(10.0).epsilon(1e-14));
    // Triangular on [0, 1] with mode 1/4: F(x) = 4 x^2 below the mode, 1 - (1 - x)^2 / 0.75 above.
    const Distribution triangular = Distribution::triangular(0.0, 0.25, 1.0);
    CHECK(triangular.sample(0.16) == Approx(0.2).epsilon(1e-14));
    CHECK(triangular.sample(0.25) == Approx(0.25).epsilon(1e-14));
    CHECK(triangular.sample(1.0 - 0.25 / 0.75) == Approx(0.5).epsilon(1e-14));
    CHECK(Distribution::triangular(1.0, 1.0, 2.0).sample(0.75) == Approx(1.5).epsilon(1e-14));
    CHECK(Distribution::triangular(1.0, 2.0, 2.0).sample(0.25) == Approx(1.5).epsilon(1e-14));
    CHECK(Distribution::normal(10.0, 2.0).sample(0.975) == Approx(13.919927969080108).epsilon(1e-14));
    CHECK(Distribution::lognormal(3.0, 0.5).sample(0.5) == Approx(3.0).epsilon(1e-14));
    CHECK(Distribution::lognormal(1.0, 1.0).sample(0.975) == Approx(std::exp(1.959963984540054)).epsilon(1e-14));
    // Half-normal: the 95 % quantile is the 97.5 % quantile of the normal.
    CHECK(Distribution::normal(0.0, 1.0, 0.0).sample(0.95) == Approx(1.959963984540054).epsilon(1e-12));
    CHECK(Distribution::normal(0.0, 1.0, -Distribution::infinity, 0.0).sample(0.05) == Approx(-1.959963984540054).epsilon(1e-12));
    // Far in the tail a normal is nearly exponential: beyond 5, P(X > 5 + t | X > 5) is Q(5 + t) / Q(5).
    const double q5 = 0.5 * std::erfc(5.0 / std::sqrt(2.0));
    const double q51 = 0.5 * std::erfc(5.1 / std::sqrt(2.0));
    CHECK(Distribution::normal(0.0, 1.0, 5.0).sample(1.0 - q51 / q5) == Approx(5.1).epsilon(1e-9));
    const Distribution discrete = Distribution::discrete({5.0, 1.0, 3.0}, {2.0, 1.0, 1.0});
    CHECK(discrete.sample(0.2) == 1.0);
    CHECK(discrete.sample(0.3) == 3.0);
    CHECK(discrete.sample(0.6) == 5.0);
}

TEST_CASE("samples do not decrease in u and stay in the support", "[distribution]") {
    const std::vector<Distribution> all = {
        Distribution::uniform(-1.0, 0.1),         Distribution::loguniform(1e-9, 1e9),
        Distribution::triangular(0.2, 0.5, 0.8),  Distribution::normal(0.3, 0.2, 0.0, 1.0),
        Distribution::normal(0.0, 1.0, 4.0, 4.1), Distribution::lognormal(0.1, 2.0, 0.01, 1.0),
        Distribution::normal(0.0, 1.0),           Distribution::discrete({1.0, 2.0, 7.0}, {1.0, 0.0, 1.0})};
    for (const Distribution& distribution : all) {
        double last = distribution.lowest();
        for (const double u : {1e-300, 1e-17, 1e-9, 1e-3, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.999, 1.0 - 0x1p-53}) {
            const double x = distribution.sample(u);
            REQUIRE(std::isfinite(x));
            REQUIRE(last <= x);
            REQUIRE(x <= distribution.highest());
            last = x;
        }
        CHECK(distribution.lowest() <= distribution.central());
        CHECK(distribution.central() <= distribution.highest());
    }
}

TEST_CASE("the mean over even steps of u is the mean of the distribution", "[distribution]") {
    const auto mean = [](const Distribution& distribution) {
        constexpr int n = 100'000;
        double sum = 0.0;
        for (int i = 0; i < n; ++i) sum += distribution.sample((i + 0.5) / n);
        return sum / n;
    };
    CHECK(mean(Distribution::uniform(1.0, 4.0)) == Approx(2.5).epsilon(1e-6));
    CHECK(mean(Distribution::triangular(0.0, 1.0, 5.0)) == Approx(2.0).epsilon(1e-6));
    CHECK(mean(Distribution::normal(7.0, 2.0)) == Approx(7.0).epsilon(1e-6));
    CHECK(mean(Distribution::lognormal(1.0, 0.5)) == Approx(std::exp(0.125)).epsilon(1e-4));
    CHECK(mean(Distribution::loguniform(1.0, std::exp(1.0))) == Approx(std::exp(1.0) - 1.0).epsilon(1e-6));
    CHECK(mean(Distribution::normal(0.0, 1.0, 0.0)) == Approx(std::sqrt(2.0 / 3.14159265358979)).epsilon(1e-4));
}

TEST_CASE("the central value is the one documented", "[distribution]") {
    CHECK(Distribution::constant(3.0).central() == 3.0);
    CHECK(Distribution::uniform(1.0, 4.0).central() == 2.5);
    CHECK(Distribution::loguniform(1.0, 100.0).central() == Approx(10.0).epsilon(1e-15));
    CHECK(Distribution::triangular(0.0, 1.0, 5.0).central() == 1.0);
    CHECK(Distribution::normal(-1.0, 2.0, 0.0).central() == 0.0);
    CHECK(Distribution::lognormal(3.0, 1.0).central() == 3.0);
    CHECK(Distribution::discrete({5.0, 1.0, 3.0}, {1.0, 2.0, 2.0}).central() == 1.0);
    CHECK_FALSE(Distribution::lognormal(3.0, 1.0).reaches_lowest());
    CHECK(Distribution::lognormal(3.0, 1.0, 0.5).reaches_lowest());
    CHECK_FALSE(Distribution::normal(3.0, 1.0).reaches_highest());
}

TEST_CASE("impossible parameters are named", "[distribution]") {
    const auto culprit = [](auto make) -> std::string {
        try {
            (void)make();
        } catch (const sim::BadDistribution& bad) {
            return bad.parameter + " " + bad.what();
        }
        return "none";
    };
    const double nan = std::nan("");
    CHECK(culprit([] { return Distribution::uniform(2.0, 1.0); }) == "max must be above min = 2");
    CHECK(culprit([&] { return Distribution::uniform(nan, 1.0); }).starts_with("max must be above"));
    CHECK(culprit([] { return Distribution::loguniform(0.0, 1.0); }) == "min must be > 0");
    CHECK(culprit([] { return Distribution::triangular(0.0, 2.0, 1.0); }) == "mode must lie between min = 0 and max = 1");
    CHECK(culprit([] { return Distribution::normal(0.0, 0.0); }) == "sd must be > 0");
    CHECK(culprit([&] { return Distribution::normal(0.0, nan); }) == "sd must be > 0");
    CHECK(culprit([] { return Distribution::normal(0.0, 1.0, 40.0, 50.0); }).starts_with("max leaves hardly any"));
    CHECK(culprit([] { return Distribution::lognormal(0.0, 1.0); }) == "median must be > 0");
    CHECK(culprit([] { return Distribution::lognormal(1.0, -1.0); }) == "sigma must be > 0");
    CHECK(culprit([] { return Distribution::lognormal(1.0, 1.0, -1.0); }) == "min must be >= 0");
    CHECK(culprit([] { return Distribution::discrete({}, {}); }) == "values must not be empty");
    CHECK(culprit([] { return Distribution::discrete({1.0}, {1.0, 2.0}); }) == "weights must be as many as the values, 1");
    CHECK(culprit([] { return Distribution::discrete({1.0}, {-1.0}); }) == "weights must be >= 0");
    CHECK(culprit([] { return Distribution::discrete({1.0}, {0.0}); }) == "weights must have a sum > 0");
}
