#pragma once

#include <cstdint>
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
};

}  // namespace drawdown
