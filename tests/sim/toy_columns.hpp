#pragma once
// State of the small models that tests run through the engine: bugs that live on sites in one world.

#include <cstdint>

#include "sim/process.hpp"

namespace test {

namespace bug {
inline constexpr sim::Column<"bug.id", std::uint32_t> id{"1", "never used twice"};
inline constexpr sim::Column<"bug.energy", double> energy{"J", "reserves"};
inline constexpr sim::Column<"bug.colour", std::uint8_t> colour{"1", "colour"};
}  // namespace bug
namespace site {
inline constexpr sim::Column<"site.level", double> level{"1", "level"};
inline constexpr sim::Column<"site.seen", double> seen{"1", "what a row process saw of all levels"};
}  // namespace site
namespace world {
inline constexpr sim::Column<"world.total", std::int64_t> total{"1", "sum over all bugs"};
inline constexpr sim::Column<"world.heat", double> heat{"1", "heat"};
}  // namespace world

}  // namespace test
