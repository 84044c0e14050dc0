#pragma once
// Elementary functions that give the same bits on every machine, compiler and vector width.
//
// The C library picks a variant of exp, log and pow by the processor it runs on, and the last bit differs. These use only
// + - * / and casts of bits, which IEEE 754 defines exactly; the build must forbid contraction to fused multiply-add
// (-ffp-contract=off). Largest errors, measured against long double by tests/sim/math_test.cpp, in ulps:
//   double: exp 0.85, expm1 0.95, log 0.85, log1p 0.95, pow 1.0, logistic 2.2       float: exp 1.1, logistic 2.3
// Results below the smallest normal number are denormal, rounded twice: within 1 of the last denormal bit.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace sim {

namespace detail {

inline constexpr double log2_e = 0x1.71547652b82fep+0;
/// ln 2 = ln2_high + ln2_low; the high part has 32 bits, so that its product with an exponent is exact.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

/// The unevaluated sum of two doubles: about 106 bits.
struct Pair {
    double high, low;
};

/// a + b exactly (Knuth, The Art of Computer Programming 2, section 4.2.2).
inline Pair exact_sum(double a, double b) {
    const double sum = a + b;
    const double b_part = sum - a;
    return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a b exactly, unless it over- or underflows (Dekker 1971, Numerische Mathematik 18).
inline Pair exact_product(double a, double b) {
    constexpr double split = 0x1p27 + 1.0;
    const double a_big = split * a;
    const double a_high = a_big - (a_big - a);
    const double a_low = a - a_high;
    const double b_big = split * b;
    const double b_high = b_big - (b_big - b);
    const double b_low = b - b_high;
    const double product = a * b;
    return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/// exp(x) = 2^k (1 + r + tail) with |r| <= ln(2) / 2.
struct ReducedExp {
    double r, tail;
    std::uint64_t k_plus_2046;
};

/// Splits exp(x + x_low) for x in [-750, 720] and |x_low| < 2^-40. The tail is the Taylor series to r^13, exact to 2^-58.
inline ReducedExp reduce_exp(double x, double x_low) {
    constexpr double shift = 0x1.8p52;  // adding it rounds to an integer and leaves that integer in the low bits
    const double shifted = x * log2_e + shift;
    const double k = shifted - shift;
    const double high = x - k * ln2_high;
    const double low = k * ln2_low - x_low;
    const double r = high - low;
    const double lost = (high - r) - low;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double t3 = (1.0 / 6.0 + r * (1.0 / 24.0)) + r2 * (1.0 / 120.0 + r * (1.0 / 720.0));
    const double t7 = (1.0 / 5040.0 + r * (1.0 / 40320.0)) + r2 * (1.0 / 362880.0 + r * (1.0 / 3628800.0));
    const double t11 = (1.0 / 39916800.0 + r * (1.0 / 479001600.0)) + r2 * (1.0 / 6227020800.0);
    const double tail = r2 * (0.5 + r * (t3 + r4 * (t7 + r4 * t11))) + (lost + lost * r);
    return {r, tail, (std::bit_cast<std::uint64_t>(shifted) + 2046) & 0xfff};
}

/// exp(x + x_low), with overflow to infinity and gradual underflow to 0. NaN stays NaN.
inline double exp_of_sum(double x, double x_low) {
    const double above = x < -750.0 ? -750.0 : x;
    const double inside = above > 720.0 ? 720.0 : above;
    const ReducedExp e = reduce_exp(inside, x_low);
    // Two factors, since 2^1024 and 2^-1075 are no doubles.
    const std::uint64_t first = e.k_plus_2046 >> 1;
    const std::uint64_t second = e.k_plus_2046 - first;
    const double y = 1.0 + (e.r + e.tail);
    return y * std::bit_cast<double>(first << 52) * std::bit_cast<double>(second << 52);
}

/// x = 2^k m with m in [sqrt(1/2), sqrt(2)), for finite x > 0.
struct Scaled {
    double m, k;
};

inline Scaled scale_near_one(double x) {
    constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;
    const bool denormal = x < std::numeric_limits<double>::min();
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(denormal ? x * 0x1p54 : x);
    const std::int64_t k = static_cast<std::int64_t>(bits - root_half) >> 52;
    const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(k) << 52));
    return {m, static_cast<double>(denormal ? k - 54 : k)};
}

/// log((1 + f) 2^k) + extra, for 1 + f in [sqrt(1/2), sqrt(2)] and |extra| far below 1.
///
/// With s = f / (2 + f), log(1 + f) = 2 s + 2 s^3/3 + 2 s^5/5 + ..., here to s^21; 2 s = f - f^2/2 + s f^2/2 keeps its digits.
inline double log_near_one(double f, double k, double extra) {
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double z2 = z * z;
    const double z4 = z2 * z2;
    const double t1 = (2.0 / 3.0 + z * (2.0 / 5.0)) + z2 * (2.0 / 7.0 + z * (2.0 / 9.0));
    const double t5 = (2.0 / 11.0 + z * (2.0 / 13.0)) + z2 * (2.0 / 15.0 + z * (2.0 / 17.0));
    const double t9 = 2.0 / 19.0 + z * (2.0 / 21.0);
    const double series = z * (t1 + z4 * (t5 + z4 * t9));
    const double half_square = 0.5 * f * f;
    return k * ln2_high + (f - (half_square - (s * (half_square + series) + (k * ln2_low + extra))));
}

/// log(x) to about 2^-65 of itself, for finite x > 0: the same series, with its first two terms in pairs of doubles.
inline Pair log_pair(double x) {
    constexpr double ln2_40_bits = 0x1.62e42fefa2p-1;
    constexpr double ln2_rest = 0x1.9ef35793c7673p-41;
    constexpr Pair two_thirds{0x1.5555555555555p-1, 0x1.5555555555555p-55};
    const auto [m, k] = scale_near_one(x);
    const double f = m - 1.0;
    const Pair below = exact_sum(1.0, m);
    const double s = f / below.high;
    const Pair back = exact_product(s, below.high);
    const double s_low = (((f - back.high) - back.low) - s * below.low) / below.high;
    const Pair square = exact_product(s, s);
    const double square_low = square.low + 2.0 * s * s_low;
    const Pair cube = exact_product(s, square.high);
    const double cube_low = cube.low + (s * square_low + s_low * square.high);
    const Pair third = exact_product(cube.high, two_thirds.high);
    const double third_low = third.low + (cube.high * two_thirds.low + cube_low * two_thirds.high);
    const double z = square.high;
    const double z2 = z * z;
    const double z4 = z2 * z2;
    const double t2 = (2.0 / 5.0 + z * (2.0 / 7.0)) + z2 * (2.0 / 9.0 + z * (2.0 / 11.0));
    const double t6 = (2.0 / 13.0 + z * (2.0 / 15.0)) + z2 * (2.0 / 17.0 + z * (2.0 / 19.0));
    const double t10 = (2.0 / 21.0 + z * (2.0 / 23.0)) + z2 * (2.0 / 25.0);
    const double rest = cube.high * z * (t2 + z4 * (t6 + z4 * t10));
    const Pair first = exact_sum(k * ln2_40_bits, 2.0 * s);
    const Pair second = exact_sum(first.high, third.high);
    const double low = (first.low + second.low) + ((2.0 * s_low + third_low) + (rest + k * ln2_rest));
    const double high = second.high + low;
    return {high, low - (high - second.high)};
}

}  // namespace detail

/// Square root, exact to the last bit as IEEE 754 demands. NaN for x < 0.
[[nodiscard]] inline double sqrt(double x) { return std::sqrt(x); }

/// e^x: infinity above 709.78, 0 below -745.13. Free of branches, so that plain loops vectorise.
[[nodiscard]] inline double exp(double x) { return detail::exp_of_sum(x, 0.0); }

/// e^x - 1, with all digits for small x too.
[[nodiscard]] inline double expm1(double x) {
    if (x > 40.0) return exp(x);
    if (x < -40.0) return -1.0;
    if (x > -0x1p-54 && x < 0x1p-54) return x;  // keeps -0
    const detail::ReducedExp e = detail::reduce_exp(x, 0.0);
    const double scale = std::bit_cast<double>((e.k_plus_2046 - 1023) << 52);
    const detail::Pair below = detail::exact_sum(scale, -1.0);
    const detail::Pair sum = detail::exact_sum(below.high, scale * e.r);
    return sum.high + (sum.low + (below.low + scale * e.tail));
}

/// Natural logarithm: -infinity at 0, NaN below.
[[nodiscard]] inline double log(double x) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!(x > 0.0 && x < infinity)) {
        if (x == 0.0) return -infinity;
        return x > 0.0 ? x : std::numeric_limits<double>::quiet_NaN();
    }
    const auto [m, k] = detail::scale_near_one(x);
    return detail::log_near_one(m - 1.0, k, 0.0);
}

/// log(1 + x), with all digits for small x too: -infinity at -1, NaN below.
[[nodiscard]] inline double log1p(double x) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!(x > -1.0 && x < infinity)) {
        if (x == -1.0) return -infinity;
        return x > 0.0 ? x : std::numeric_limits<double>::quiet_NaN();
    }
    if (x > -0x1p-54 && x < 0x1p-54) return x;  // keeps -0
    if (x > -0.29 && x < 0.41) return detail::log_near_one(x, 0.0, 0.0);
    const double sum = 1.0 + x;
    const double lost = x > 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
    const auto [m, k] = detail::scale_near_one(sum);
    return detail::log_near_one(m - 1.0, k, lost / sum);
}

/// x^y for x >= 0: 1 where y = 0 or x = 1, whatever the other; NaN for x < 0.
[[nodiscard]] inline double pow(double x, double y) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (y == 0.0 || x == 1.0) return 1.0;
    if (!(x >= 0.0) || y != y) return std::numeric_limits<double>::quiet_NaN();
    if (x == 0.0) return y > 0.0 ? 0.0 : infinity;
    if (x == infinity) return y > 0.0 ? infinity : 0.0;
    const detail::Pair log_x = detail::log_pair(x);
    const double product = y * log_x.high;
    if (product > 750.0) return infinity;
    if (product < -800.0) return 0.0;
    if (product > -0x1p-60 && product < 0x1p-60) return 1.0 + product;  // the exact product could underflow
    const detail::Pair exact = detail::exact_product(y, log_x.high);
    return detail::exp_of_sum(exact.high, exact.low + y * log_x.low);
}

/// 1 / (1 + e^-x): the logistic function, with all digits on both sides. Free of branches.
[[nodiscard]] inline double logistic(double x) {
    const double e = exp(x < 0.0 ? x : -x);
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

/// e^x in single precision, for plain loops over a column: x is brought into [-87, 88] first, so that the result lies between
/// 1.6e-38 and 1.7e38, never 0, denormal or infinite. NaN stays NaN. Vectorises with -fno-trapping-math.
[[nodiscard]] inline float exp(float x) {
    constexpr float shift = 0x1.8p23f;
    const float above = x < -87.0f ? -87.0f : x;
    const float inside = above > 88.0f ? 88.0f : above;
    const float shifted = inside * 0x1.715476p+0f + shift;
    const float k = shifted - shift;
    const float r = (inside - k * 0x1.62e4p-1f) - k * 0x1.7f7d1cp-20f;
    // (e^r - 1 - r) / r^2 by interpolation at Chebyshev nodes: relative error of e^r below 2^-26.
    const float p = 0.5f + r * (0x1.5554dcp-3f + r * (0x1.55551ap-5f + r * (0x1.120b9p-7f + r * 0x1.6d112cp-10f)));
    const float y = 1.0f + (r + r * r * p);
    return y * std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) + 127u) << 23);
}

/// 1 / (1 + e^-x) in single precision; not below 1.6e-38. NaN stays NaN. Vectorises like `exp`.
[[nodiscard]] inline float logistic(float x) {
    const float e = exp(x < 0.0f ? x : -x);
    return (x < 0.0f ? e : 1.0f) / (1.0f + e);
}

}  // namespace sim
