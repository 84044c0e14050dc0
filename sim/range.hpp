#pragma once
// Allowed ranges of numbers.

#include <limits>
#include <string>
#include <string_view>

namespace sim {

/// An interval; an open end is not part of it. An infinite end is always open: no range holds infinity, and none holds NaN.
struct Range {
    double lo;
    double hi;
    bool open_lo;
    bool open_hi;

    [[nodiscard]] constexpr bool contains(double x) const { return (open_lo ? lo < x : lo <= x) && (open_hi ? x < hi : x <= hi); }
    /// ">= 0", "> 0 and <= 1", "finite"; each number with `unit` unless that is pure.
    [[nodiscard]] std::string text(std::string_view unit = {}) const;
};

[[nodiscard]] constexpr Range any_finite() {
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), true, true};
}
/// x <= value
[[nodiscard]] constexpr Range at_least(double x) { return {x, std::numeric_limits<double>::infinity(), false, true}; }
/// x < value
[[nodiscard]] constexpr Range above(double x) { return {x, std::numeric_limits<double>::infinity(), true, true}; }
/// a <= value <= b
[[nodiscard]] constexpr Range between(double a, double b) { return {a, b, false, false}; }

}  // namespace sim
