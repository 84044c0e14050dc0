#pragma once
// The torus, and bit maps of it on which a neighbourhood is counted a row of sites at a time.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace drawdown::epstein {

/// A torus of `size` x `size` sites, site = y size + x, and the sites within `vision` (Euclidean) of each.
///
/// A bit map holds each row of sites with `reach` sites of either end repeated beyond the other, so that the neighbours in a row
/// are one unaligned word. A neighbourhood of 149 sites (vision 7) is 15 loads and population counts.
class Lattice {
  public:
    /// Needs 1 <= vision < 29 and size > 2 vision.
    Lattice(std::int32_t size, double vision);

    [[nodiscard]] std::int32_t size() const { return size_; }
    [[nodiscard]] std::int32_t sites() const { return size_ * size_; }
    /// Largest whole distance that is seen.
    [[nodiscard]] std::int32_t reach() const { return reach_; }
    /// Bytes of a bit map.
    [[nodiscard]] std::size_t map_bytes() const { return stride_ * static_cast<std::size_t>(size_); }
    /// Sites seen from a site, itself not counted.
    [[nodiscard]] std::uint32_t neighbours() const { return static_cast<std::uint32_t>(offsets_.size()); }

    struct Point {
        std::int32_t x = 0;
        std::int32_t y = 0;
    };
    [[nodiscard]] Point point(std::int32_t site) const { return {site % size_, site / size_}; }
    /// The k-th site seen from `from`, in the order of rows and columns.
    [[nodiscard]] std::int32_t neighbour(Point from, std::uint32_t k) const {
        return wrapped(from.y + offsets_[k].y) * size_ + wrapped(from.x + offsets_[k].x);
    }

    [[nodiscard]] bool has(std::span<const std::uint8_t> map, Point at) const {
        const auto bit = static_cast<std::size_t>(at.x + reach_);
        return (map[row(at.y) + bit / 8] >> (bit % 8) & 1) != 0;
    }
    void set(std::span<std::uint8_t> map, Point at, bool value) const {
        put(map, at, at.x + reach_, value);
        if (at.x >= size_ - reach_) put(map, at, at.x + reach_ - size_, value);
        if (at.x < reach_) put(map, at, at.x + reach_ + size_, value);
    }
    /// Bits set within vision of `at`, its own among them.
    [[nodiscard]] std::int32_t count(std::span<const std::uint8_t> map, Point at) const {
        std::int32_t sum = 0;
        for (std::int32_t i = 0; i <= 2 * reach_; ++i) sum += std::popcount(window(map, at, i));
        return sum;
    }
    /// The k-th site, by rows and columns, within vision of `at` whose bit is `value`; `at` itself may be one. k is less than
    /// their number.
    [[nodiscard]] std::int32_t find(std::span<const std::uint8_t> map, Point at, std::uint32_t k, bool value) const;

  private:
    [[nodiscard]] std::int32_t wrapped(std::int32_t x) const { return x < 0 ? x + size_ : x >= size_ ? x - size_ : x; }
    [[nodiscard]] std::size_t row(std::int32_t y) const { return static_cast<std::size_t>(y) * stride_; }
    void put(std::span<std::uint8_t> map, Point at, std::int32_t place, bool value) const {
        const auto bit = static_cast<std::size_t>(place);
        std::uint8_t& byte = map[row(at.y) + bit / 8];
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        byte = static_cast<std::uint8_t>(value ? byte | mask : byte & ~mask);
    }
    /// Bits within vision in the i-th row from above; bit j is the site at x - reach + j.
    [[nodiscard]] std::uint64_t window(std::span<const std::uint8_t> map, Point at, std::int32_t i) const {
        std::uint64_t word = 0;
        const auto first = static_cast<std::size_t>(at.x);  // x - reach, and the map begins at -reach
        std::memcpy(&word, map.data() + row(wrapped(at.y - reach_ + i)) + first / 8, sizeof word);
        return word >> (first % 8) & masks_[static_cast<std::size_t>(i)];
    }

    std::int32_t size_;
    std::int32_t reach_;
    std::size_t stride_;
    std::vector<Point> offsets_;
    std::vector<std::uint64_t> masks_;
};

}  // namespace drawdown::epstein
