#pragma once
// What the processes on armed groups share.

#include <cstddef>
#include <cstdint>

#include "models/transition/columns.hpp"

namespace drawdown {

[[nodiscard]] constexpr bool complies(std::uint8_t posture) { return posture == static_cast<std::uint8_t>(Posture::comply); }
[[nodiscard]] constexpr bool fights(std::uint8_t posture) { return posture == static_cast<std::uint8_t>(Posture::fight); }
[[nodiscard]] constexpr bool does(std::uint8_t conduct, Conduct which) { return conduct == static_cast<std::uint8_t>(which); }

/// Types of spoilers by number (Stedman 1997).
inline constexpr std::uint8_t no_spoiler = 0;
inline constexpr std::uint8_t limited_spoiler = 1;
inline constexpr std::uint8_t greedy_spoiler = 2;
inline constexpr std::uint8_t total_spoiler = 3;

/// Whether group `g` attacks group `h` though that one complies: who wants everything spares no armed men of a people that its
/// own is hostile to.
template <class State>
[[nodiscard]] bool preys_on(const State& state, std::size_t g, std::size_t h) {
    const std::size_t peoples = state.rows(identity::inclusion);
    return state[group::spoiler][g] == total_spoiler && state[group::signatory][g] == 0 &&
           state[identity_pair::relation][state[group::identity][g] * peoples + state[group::identity][h]] < 0.0;
}

/// Values of region.holder.
inline constexpr std::uint8_t held_by_state = 0;
inline constexpr std::uint8_t held_by_nobody = 1;
[[nodiscard]] constexpr std::uint8_t held_by_group(std::size_t group) { return static_cast<std::uint8_t>(group + 2); }

}  // namespace drawdown
