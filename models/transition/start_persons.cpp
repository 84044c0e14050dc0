#include "models/transition/start_persons.hpp"

#include <algorithm>

#include "models/transition/columns.hpp"

namespace drawdown {

void start_persons(sim::State& state, const Inputs& inputs) {
    const auto contested = state.of(community::contested);
    std::fill(contested.begin(), contested.end(), static_cast<float>(inputs.society.contested_property));
    for (std::size_t n = 0; n < inputs.neighbours.size(); ++n) state.of(neighbour::hosting)[n] = inputs.neighbours[n].hosting;
}

std::vector<std::vector<std::size_t>> neighbours_of_regions(const Inputs& inputs) {
    std::vector<std::vector<std::size_t>> rows;
    for (const RegionInput& region : inputs.regions) {
        auto& own = rows.emplace_back();
        for (std::size_t n = 0; n < inputs.neighbours.size(); ++n) {
            const auto& abroad = region.neighbours_abroad;
            if (std::find(abroad.begin(), abroad.end(), inputs.neighbours[n].name) != abroad.end()) own.push_back(n);
        }
    }
    return rows;
}

}  // namespace drawdown
