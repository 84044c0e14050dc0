#pragma once
// State of Epstein's Model I: citizens and cops on a torus of sites, and bit maps of the sites for counting.

#include <cstdint>

#include "sim/column.hpp"

namespace drawdown::epstein {

/// The site of a citizen in jail.
inline constexpr std::int32_t off_the_map = -1;

namespace citizen {
inline constexpr sim::Column<"citizen.hardship", double> hardship{"1", "perceived hardship, uniform in (0, 1)"};
inline constexpr sim::Column<"citizen.risk_aversion", double> risk_aversion{"1", "risk aversion, uniform in (0, 1)"};
inline constexpr sim::Column<"citizen.site", std::int32_t> site{"-", "site, -1 in jail"};
inline constexpr sim::Column<"citizen.active", std::uint8_t> active{"1", "1 while the citizen rebels openly"};
inline constexpr sim::Column<"citizen.sentence", std::int32_t> sentence{"steps", "steps in jail still to come"};
}  // namespace citizen

namespace cop {
inline constexpr sim::Column<"cop.site", std::int32_t> site{"-", "site"};
}  // namespace cop

namespace site {
inline constexpr sim::Column<"site.citizen", std::int32_t> citizen{"-", "citizen on the site plus 1, 0 for none"};
}  // namespace site

/// Eight sites a byte, laid out by `Lattice`.
namespace map {
inline constexpr sim::Column<"map.taken", std::uint8_t> taken{"-", "bits: someone stands on the site"};
inline constexpr sim::Column<"map.actives", std::uint8_t> actives{"-", "bits: an active citizen stands on the site"};
inline constexpr sim::Column<"map.cops", std::uint8_t> cops{"-", "bits: a cop stands on the site"};
}  // namespace map

namespace society {
inline constexpr sim::Column<"society.legitimacy", double> legitimacy{"1", "legitimacy of the regime as all see it"};
inline constexpr sim::Column<"society.active", std::int64_t> active{"1", "citizens who rebel"};
inline constexpr sim::Column<"society.jailed", std::int64_t> jailed{"1", "citizens in jail"};
}  // namespace society

}  // namespace drawdown::epstein
