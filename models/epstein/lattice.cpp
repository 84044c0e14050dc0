#include "models/epstein/lattice.hpp"

#include <stdexcept>

namespace drawdown::epstein {

Lattice::Lattice(std::int32_t size, double vision)
    : size_(size),
      reach_(static_cast<std::int32_t>(vision)),
      stride_(static_cast<std::size_t>(size + 2 * reach_) / 8 + 1 + sizeof(std::uint64_t)) {
    // A window of 57 bits fits a word from any bit of its first byte on.
    if (!(vision >= 1.0 && vision < 29.0) || size <= 2 * reach_) throw std::logic_error("a lattice is wider than what is seen");
    for (std::int32_t y = -reach_; y <= reach_; ++y) {
        std::uint64_t mask = 0;
        for (std::int32_t x = -reach_; x <= reach_; ++x) {
            if (x * x + y * y > vision * vision) continue;
            mask |= std::uint64_t{1} << (x + reach_);
            if (x != 0 || y != 0) offsets_.push_back({x, y});
        }
        masks_.push_back(mask);
    }
}

std::int32_t Lattice::find(std::span<const std::uint8_t> map, Point at, std::uint32_t k, bool value) const {
    for (std::int32_t i = 0; i <= 2 * reach_; ++i) {
        std::uint64_t bits = window(map, at, i);
        if (!value) bits = ~bits & masks_[static_cast<std::size_t>(i)];
        const auto here = static_cast<std::uint32_t>(std::popcount(bits));
        if (k >= here) {
            k -= here;
            continue;
        }
        for (; k > 0; --k) bits &= bits - 1;
        const std::int32_t x = at.x - reach_ + std::countr_zero(bits);
        return wrapped(at.y - reach_ + i) * size_ + wrapped(x);
    }
    throw std::logic_error("fewer sites of the kind than asked for");
}

}  // namespace drawdown::epstein
