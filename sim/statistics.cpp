#include "sim/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace sim {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double normal_factor(double level) {
    assert(level > 0.0 && level < 1.0);
    return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
}

double student_factor(double level, std::size_t degrees) {
    assert(level > 0.0 && level < 1.0);
    return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees)), 0.5 + 0.5 * level);
}

Estimate mean_of_differences(std::span<const double> differences, double level) {
    const bool all_zero = std::all_of(differences.begin(), differences.end(), [](double d) { return d == 0.0; });
    if (all_zero && !differences.empty()) return {};
    return mean_with_interval(differences, level);
}

}  // namespace

double mean(std::span<const double> values) {
    if (values.empty()) return nan;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sample_sd(std::span<const double> values) {
    if (values.size() < 2) return nan;
    const double centre = mean(values);
    double squares = 0.0;
    for (const double value : values) squares += (value - centre) * (value - centre);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double quantile(std::span<const double> values, double q) {
    assert(q >= 0.0 && q <= 1.0);
    if (values.empty() || std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) return nan;
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const double place = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double share = place - static_cast<double>(below);
    if (share == 0.0) return sorted[below];
    if (sorted[below] == sorted[below + 1]) return sorted[below];  // also keeps two infinities from making NaN
    return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

Estimate mean_with_interval(std::span<const double> values, double level) {
    if (values.empty()) return {nan, {nan, nan}};
    const double centre = mean(values);
    if (values.size() == 1) return {centre, {-infinity, infinity}};
    const double half =
        student_factor(level, values.size() - 1) * sample_sd(values) / std::sqrt(static_cast<double>(values.size()));
    return {centre, {centre - half, centre + half}};
}

Estimate share_with_interval(std::uint64_t successes, std::uint64_t n, double level) {
    assert(successes <= n);
    if (n == 0) return {nan, {0.0, 1.0}};
    const double z = normal_factor(level);
    const double count = static_cast<double>(n);
    const double share = static_cast<double>(successes) / count;
    const double weight = 1.0 + z * z / count;
    const double centre = (share + 0.5 * z * z / count) / weight;
    const double half = z * std::sqrt(share * (1.0 - share) / count + 0.25 * z * z / (count * count)) / weight;
    // Rounding must not leave the ends just short of the share itself.
    return {share, {successes == 0 ? 0.0 : centre - half, successes == n ? 1.0 : centre + half}};
}

Estimate paired_difference(std::span<const double> a, std::span<const double> b, double level) {
    assert(a.size() == b.size());
    std::vector<double> differences(a.size());
    std::transform(a.begin(), a.end(), b.begin(), differences.begin(), [](double x, double y) { return x - y; });
    return mean_of_differences(differences, level);
}

Estimate paired_difference_of_shares(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, double level) {
    assert(a.size() == b.size());
    std::vector<double> differences(a.size());
    std::transform(a.begin(), a.end(), b.begin(), differences.begin(), [](int x, int y) {
        assert((x == 0 || x == 1) && (y == 0 || y == 1));
        return static_cast<double>(x - y);
    });
    Estimate estimate = mean_of_differences(differences, level);
    if (!differences.empty()) {
        estimate.interval.lo = std::max(estimate.interval.lo, -1.0);
        estimate.interval.hi = std::min(estimate.interval.hi, 1.0);
    }
    return estimate;
}

Estimate survival(std::span<const double> times, std::span<const std::uint8_t> happened, double horizon, double level) {
    assert(times.size() == happened.size());
    if (times.empty()) return {nan, {nan, nan}};
    std::vector<std::size_t> order(times.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return times[a] < times[b]; });

    double alive = 1.0;
    double greenwood = 0.0;  // sum of d / (n (n - d)) over event times
    std::size_t i = 0;
    std::size_t in_sight_at_horizon = times.size();
    while (i < order.size() && times[order[i]] <= horizon) {
        const double time = times[order[i]];
        const double at_risk = static_cast<double>(order.size() - i);
        double events = 0.0;
        for (; i < order.size() && times[order[i]] == time; ++i) {
            if (happened[order[i]] != 0) events += 1.0;
            if (time < horizon || happened[order[i]] != 0) --in_sight_at_horizon;
        }
        alive *= (at_risk - events) / at_risk;
        if (events < at_risk) greenwood += events / (at_risk * (at_risk - events));
    }
    if (alive == 1.0) return {1.0, share_with_interval(in_sight_at_horizon, in_sight_at_horizon, level).interval};
    if (alive == 0.0) return {0.0, share_with_interval(0, times.size(), level).interval};
    const double spread = normal_factor(level) * std::sqrt(greenwood) / std::abs(std::log(alive));
    return {alive, {std::pow(alive, std::exp(spread)), std::pow(alive, std::exp(-spread))}};
}

}  // namespace sim
