#pragma once

#include <cstddef>
#include <vector>

#include "models/transition/inputs.hpp"
#include "sim/state.hpp"

namespace drawdown {

/// What processes of persons find before the first week: property in use by others, and how ready neighbours are to host.
void start_persons(sim::State& state, const Inputs& inputs);

/// Rows of the table of neighbours that each region borders, `[region][...]`.
[[nodiscard]] std::vector<std::vector<std::size_t>> neighbours_of_regions(const Inputs& inputs);

}  // namespace drawdown
