#include "models/transition/shares.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace drawdown {

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(sum > 0.0) || total <= 0) return parts;
    std::vector<double> remainders(weights.size());
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double quota = static_cast<double>(total) * weights[i] / sum;
        parts[i] = std::min(static_cast<std::int64_t>(std::floor(quota)), total - given);
        remainders[i] = weights[i] > 0.0 ? quota - static_cast<double>(parts[i]) : -1.0;
        given += parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; given < total; i = (i + 1) % order.size()) {
        if (remainders[order[i]] < 0.0) continue;
        ++parts[order[i]];
        ++given;
    }
    return parts;
}

}  // namespace drawdown
