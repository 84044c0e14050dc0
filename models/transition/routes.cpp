#include "models/transition/routes.hpp"

#include <limits>

namespace drawdown {

Routes::Routes(const Geography& geography) : regions_(geography.neighbours.size()), next_(regions_ * regions_, none) {
    // Floyd and Warshall.
    const std::size_t n = regions_;
    std::vector<double> km(n * n, std::numeric_limits<double>::infinity());
    for (std::size_t r = 0; r < n; ++r) {
        km[r * n + r] = 0.0;
        next_[r * n + r] = static_cast<std::uint8_t>(r);
        for (const Geography::Neighbour& near : geography.neighbours[r]) {
            km[r * n + near.region] = near.distance_km;
            next_[r * n + near.region] = near.region;
        }
    }
    for (std::size_t via = 0; via < n; ++via) {
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = 0; b < n; ++b) {
                const double length = km[a * n + via] + km[via * n + b];
                if (length >= km[a * n + b]) continue;
                km[a * n + b] = length;
                next_[a * n + b] = next_[a * n + via];
            }
        }
    }
}

}  // namespace drawdown
