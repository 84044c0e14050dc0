#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/transition/geography.hpp"

namespace drawdown {

/// Shortest ways between regions along borders, by the distances between centres.
class Routes {
  public:
    explicit Routes(const Geography& geography);

    static constexpr std::uint8_t none = 255;

    /// The neighbour of `from` to which the shortest way to `to` leads; `from` itself if they are the same, `none` without a way.
    [[nodiscard]] std::uint8_t towards(std::size_t from, std::size_t to) const { return next_[from * regions_ + to]; }

  private:
    std::size_t regions_;
    std::vector<std::uint8_t> next_;
};

}  // namespace drawdown
