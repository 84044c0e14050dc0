#include "sim/math.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

#include "tests/catch.hpp"

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A cheap sequence of 64-bit words, its own generator so that this test needs nothing but sim/math.hpp (splitmix64).
class Words {
  public:
    double uniform(double low, double high) { return low + (high - low) * (static_cast<double>(next() >> 11) * 0x1p-53); }
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

  private:
    std::uint64_t state_ = 1;
};

/// Distance of `value` from `exact` in units of the last place of a T of that size; denormal places below the normal range.
template <class T>
double ulps(T value, long double exact) {
    int exponent = 0;
    std::frexp(exact, &exponent);
    exponent = std::max(exponent, std::numeric_limits<T>::min_exponent);
    const long double place = std::ldexp(1.0L, exponent - std::numeric_limits<T>::digits);
    return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / place);
}

double largest_error(const std::function<double(double)>& ours, const std::function<long double(long double)>& exact, double low,
                     double high) {
    Words words;
    double worst = 0.0;
    for (int i = 0; i < 200'000; ++i) {
        const double x = words.uniform(low, high);
        worst = std::max(worst, ulps(ours(x), exact(x)));
    }
    return worst;
}

template <class T>
void add_bits(std::uint64_t& hash, T value) {
    unsigned char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
}

}  // namespace

TEST_CASE("exp is within 0.85 ulp of the exact value", "[math]") {
    const auto exact = [](long double x) { return std::exp(x); };
    const auto ours = [](double x) { return sim::exp(x); };
    CHECK(largest_error(ours, exact, -1e-3, 1e-3) < 0.85);
    CHECK(largest_error(ours, exact, -1.0, 1.0) < 0.85);
    CHECK(largest_error(ours, exact, -30.0, 30.0) < 0.85);
    CHECK(largest_error(ours, exact, -708.0, 709.7) < 0.85);
    CHECK(largest_error(ours, exact, -745.0, -708.0) <= 1.0);  // denormal: rounded twice
}

TEST_CASE("expm1 is within 0.95 ulp, near 0 too", "[math]") {
    const auto exact = [](long double x) { return std::expm1(x); };
    const auto ours = [](double x) { return sim::expm1(x); };
    CHECK(largest_error(ours, exact, -1e-12, 1e-12) < 0.95);
    CHECK(largest_error(ours, exact, -0.5, 0.5) < 0.95);
    CHECK(largest_error(ours, exact, -2.0, 2.0) < 0.95);
    CHECK(largest_error(ours, exact, -60.0, 60.0) < 0.95);
    CHECK(largest_error(ours, exact, 40.0, 709.0) < 0.95);
}

TEST_CASE("log is within 0.85 ulp, and log1p within 0.95, near 0 too", "[math]") {
    const auto exact_log = [](long double x) { return std::log(x); };
    const auto ours_log = [](double x) { return sim::log(x); };
    CHECK(largest_error(ours_log, exact_log, 0.0, 1.0) < 0.85);
    CHECK(largest_error(ours_log, exact_log, 0.5, 2.0) < 0.85);
    CHECK(largest_error(ours_log, exact_log, 0.999, 1.001) < 0.85);
    CHECK(largest_error(ours_log, exact_log, 1.0, 1e300) < 0.85);
    CHECK(largest_error(ours_log, exact_log, 5e-324, 1e-310) < 0.85);
    const auto exact_log1p = [](long double x) { return std::log1p(x); };
    const auto ours_log1p = [](double x) { return sim::log1p(x); };
    CHECK(largest_error(ours_log1p, exact_log1p, -1e-12, 1e-12) < 0.95);
    CHECK(largest_error(ours_log1p, exact_log1p, -0.5, 1.0) < 0.95);
    CHECK(largest_error(ours_log1p, exact_log1p, -1.0, -0.29) < 0.95);
    CHECK(largest_error(ours_log1p, exact_log1p, 0.4, 10.0) < 0.95);
    CHECK(largest_error(ours_log1p, exact_log1p, 0.0, 1e18) < 0.95);
}

TEST_CASE("pow is within 1 ulp over all exponents that stay in range", "[math]") {
    Words words;
    double worst = 0.0;
    for (int i = 0; i < 400'000; ++i) {
        const double x = i % 4 == 0 ? words.uniform(0.9, 1.1)
                                    : std::ldexp(words.uniform(0.5, 1.0), static_cast<int>(words.next() % 600) - 300);
        const double y = words.uniform(-700.0, 700.0) / std::max(std::fabs(std::log(x)), 1.0);
        const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
        worst = std::max(worst, ulps(sim::pow(x, y), exact));
    }
    CHECK(worst < 1.0);
}

TEST_CASE("logistic is within 2.2 ulp on both sides", "[math]") {
    const auto exact = [](long double x) { return 1.0L / (1.0L + std::exp(-x)); };
    const auto ours = [](double x) { return sim::logistic(x); };
    CHECK(largest_error(ours, exact, -4.0, 4.0) < 2.2);
    CHECK(largest_error(ours, exact, -700.0, 40.0) < 2.2);
    CHECK(sim::logistic(0.0) == 0.5);
    CHECK(sim::logistic(infinity) == 1.0);
    CHECK(sim::logistic(-infinity) == 0.0);
}

TEST_CASE("special values of the elementary functions", "[math]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(sim::exp(0.0) == 1.0);
    CHECK(sim::exp(infinity) == infinity);
    CHECK(sim::exp(710.0) == infinity);
    CHECK(sim::exp(-infinity) == 0.0);
    CHECK(sim::exp(-746.0) == 0.0);
    CHECK(sim::exp(-745.0) > 0.0);
    CHECK(std::isnan(sim::exp(nan)));
    CHECK(sim::expm1(infinity) == infinity);
    CHECK(sim::expm1(-infinity) == -1.0);
    CHECK(std::signbit(sim::expm1(-0.0)));
    CHECK(std::isnan(sim::expm1(nan)));
    CHECK(sim::log(1.0) == 0.0);
    CHECK(sim::log(0.0) == -infinity);
    CHECK(sim::log(infinity) == infinity);
    CHECK(std::isnan(sim::log(-1.0)));
    CHECK(std::isnan(sim::log(nan)));
    CHECK(sim::log1p(-1.0) == -infinity);
    CHECK(sim::log1p(infinity) == infinity);
    CHECK(std::signbit(sim::log1p(-0.0)));
    CHECK(std::isnan(sim::log1p(-1.5)));
    CHECK(std::isnan(sim::log1p(nan)));
    CHECK(sim::pow(0.0, 2.0) == 0.0);
    CHECK(sim::pow(0.0, -2.0) == infinity);
    CHECK(sim::pow(0.0, 0.0) == 1.0);
    CHECK(sim::pow(1.0, nan) == 1.0);
    CHECK(sim::pow(2.0, 10.0) == 1024.0);
    CHECK(sim::pow(2.0, -1074.0) == std::numeric_limits<double>::denorm_min());
    CHECK(sim::pow(2.0, 1024.0) == infinity);
    CHECK(sim::pow(2.0, infinity) == infinity);
    CHECK(sim::pow(0.5, infinity) == 0.0);
    CHECK(sim::pow(infinity, -1.0) == 0.0);
    CHECK(sim::pow(10.0, 1e-300) == 1.0);
    CHECK(std::isnan(sim::pow(-1.0, 2.0)));
    CHECK(std::isnan(sim::pow(2.0, nan)));
    CHECK(std::isnan(sim::pow(nan, 2.0)));
    CHECK(sim::sqrt(2.0) == std::sqrt(2.0));
    CHECK(std::isnan(sim::logistic(nan)));
}

TEST_CASE("exp in single precision is within 1.1 ulp, clamped and free of infinities", "[math]") {
    double worst_exp = 0.0;
    double worst_logistic = 0.0;
    for (float x = -87.0f; x < 88.0f; x += 3e-5f) {
        worst_exp = std::max(worst_exp, ulps(sim::exp(x), std::exp(static_cast<long double>(x))));
        worst_logistic = std::max(worst_logistic, ulps(sim::logistic(x), 1.0L / (1.0L + std::exp(-static_cast<long double>(x)))));
    }
    CHECK(worst_exp < 1.1);
    CHECK(worst_logistic < 2.3);
    const float inf = std::numeric_limits<float>::infinity();
    CHECK(sim::exp(0.0f) == 1.0f);
    CHECK(sim::exp(inf) == sim::exp(88.0f));
    CHECK(sim::exp(-inf) == sim::exp(-87.0f));
    CHECK(std::isnan(sim::exp(std::numeric_limits<float>::quiet_NaN())));
    CHECK(sim::logistic(0.0f) == 0.5f);
    CHECK(sim::logistic(inf) == 1.0f);
    CHECK(sim::logistic(-inf) == sim::exp(-87.0f));
    CHECK(std::isnan(sim::logistic(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("the elementary functions give the same bits everywhere", "[math][golden]") {
    // Arrays and plain loops, as in the model: the compiler vectorises them as wide as it is allowed to.
    constexpr int n = 100'000;
    Words words;
    std::vector<double> x(n);
    for (double& value : x) value = words.uniform(-30.0, 30.0);
    std::vector<double> exps(n), logistics(n);
    std::vector<float> exps_single(n), logistics_single(n);
    for (std::size_t i = 0; i < n; ++i) {
        exps[i] = sim::exp(x[i]);
        logistics[i] = sim::logistic(x[i]);
        exps_single[i] = sim::exp(static_cast<float>(x[i]));
        logistics_single[i] = sim::logistic(static_cast<float>(x[i]));
    }
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::size_t i = 0; i < n; ++i) {
        add_bits(hash, exps[i]);
        add_bits(hash, logistics[i]);
        add_bits(hash, exps_single[i]);
        add_bits(hash, logistics_single[i]);
        add_bits(hash, sim::expm1(x[i]));
        add_bits(hash, sim::log(exps[i]));
        add_bits(hash, sim::log1p(logistics[i]));
        add_bits(hash, sim::pow(exps[i], logistics[i]));
    }
    CHECK(hash == 0x9f541b653be5befd);
}
