#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace drawdown {

/// Shares `total` whole things out in proportion to `weights`, by largest remainder, ties to the earlier; the parts add up to
/// `total` exactly, and nothing goes where the weight is 0. All parts are 0 if no weight is above 0 or `total` is not.
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights);

}  // namespace drawdown
