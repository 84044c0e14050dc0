#pragma once
// Statistics for tables and reports. Never on the path to a result: Boost.Math and the C library may differ in the last bit.

#include <cstdint>
#include <span>

namespace sim {

/// Ends of a confidence interval.
struct Interval {
    double lo = 0.0;
    double hi = 0.0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// An estimate with its confidence interval.
struct Estimate {
    double value = 0.0;
    Interval interval;
};

/// Arithmetic mean; NaN without values.
[[nodiscard]] double mean(std::span<const double> values);

/// Standard deviation with divisor n - 1; NaN for less than two values.
[[nodiscard]] double sample_sd(std::span<const double> values);

/// Quantile for a share q in [0, 1] by linear interpolation of the order statistics: type 7 of Hyndman and Fan (1996), the
/// default of R and NumPy. NaN without values, and if any value is NaN.
[[nodiscard]] double quantile(std::span<const double> values, double q);

/// Mean with Student's t interval of confidence `level` in (0, 1). Without limits for one value; NaN without values.
[[nodiscard]] Estimate mean_with_interval(std::span<const double> values, double level = 0.95);

/// Share successes / n with the interval of Wilson (1927), JASA 22. For n = 0 the share is NaN and the interval [0, 1].
[[nodiscard]] Estimate share_with_interval(std::uint64_t successes, std::uint64_t n, double level = 0.95);

/// Mean of a[i] - b[i] with Student's t interval on the differences, for runs that share their random draws. [0, 0] where all
/// differences are exactly 0, even one. `a` and `b` are equally long (asserted).
[[nodiscard]] Estimate paired_difference(std::span<const double> a, std::span<const double> b, double level = 0.95);

/// Difference of the shares of ones in paired outcomes of 0 or 1: the t interval on the differences, brought into [-1, 1].
[[nodiscard]] Estimate paired_difference_of_shares(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                                                   double level = 0.95);

/// Probability that an event has not happened by `horizon`, estimated by Kaplan and Meier (1958) from times until the event
/// (happened[i] = 1) or until sight was lost (0). At equal times the events count as first.
///
/// The interval uses Greenwood's variance on the scale of log(-log S), which keeps it within [0, 1] (Kalbfleisch and Prentice
/// 2002, section 1.4). That scale fails where S is 1 or 0; there it is Wilson's for all or none of those still in sight at the
/// horizon, or for none of all. NaN without times.
[[nodiscard]] Estimate survival(std::span<const double> times, std::span<const std::uint8_t> happened, double horizon,
                                double level = 0.95);

}  // namespace sim
