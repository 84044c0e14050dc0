#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace drawdown {

/// Who lies beside whom. Static, shared by all processes of a run.
struct Geography {
    struct Neighbour {
        std::uint8_t region;
        double distance_km;  ///< between the centres
        double border_km;
    };
    std::vector<std::vector<Neighbour>> neighbours;  ///< by region
    std::vector<std::uint8_t> at_border;             ///< by region: 1 if it borders another country

    /// Greatest of a number of 0 or more by region over the neighbours of `region`; 0 without any.
    [[nodiscard]] double most_beside(std::span<const double> by_region, std::size_t region) const {
        double most = 0.0;
        for (const Neighbour& beside : neighbours[region]) most = std::max(most, by_region[beside.region]);
        return most;
    }
};

}  // namespace drawdown
