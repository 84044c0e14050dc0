#pragma once
// Who is bound by the peace agreement.

#include <cstdint>
#include <span>
#include <vector>

#include "models/transition/columns/kinds.hpp"

namespace drawdown {

/// Whether group `g` is bound by the agreement: it is a signatory, or signed at the start, or split from one that did. A party
/// that takes up arms leaves the agreement, yet what it breaks is the agreement.
[[nodiscard]] inline bool bound_by_agreement(const std::vector<std::uint8_t>& signed_at_start,
                                             std::span<const std::uint8_t> signatory, std::span<const std::uint8_t> parent,
                                             std::size_t g) {
    for (std::size_t generation = 0; generation <= parent.size(); ++generation) {
        if (g < signatory.size() && signatory[g] != 0) return true;
        if (g < signed_at_start.size()) return signed_at_start[g] != 0;
        if (g >= parent.size() || parent[g] == no_group) return false;
        g = parent[g];
    }
    return false;
}

}  // namespace drawdown
