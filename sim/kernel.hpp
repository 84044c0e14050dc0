#pragma once
// Hot loops, compiled for several instruction sets and chosen when the program starts.
//
// Element-wise arithmetic and integer sums give the same bits at any vector width: contraction is off, and the wider sets are
// named without fused multiply-add. So a loop over rows may run on the widest registers that the machine has.

#include <emmintrin.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sim {

/// Levels of the x86-64 psABI for which `vectorised` holds code.
enum class Instructions : std::uint8_t { v2, v3, v4 };

[[nodiscard]] std::string_view text(Instructions level);
/// The level called "x86-64-v2", "x86-64-v3" or "x86-64-v4".
[[nodiscard]] std::optional<Instructions> instructions_named(std::string_view name);
/// Highest level that this machine has.
[[nodiscard]] Instructions supported_instructions();
/// Level in use: the highest supported one, unless the environment variable SIM_INSTRUCTIONS names a lower one.
[[nodiscard]] Instructions instructions();
/// Makes `level` the one in use, or the highest supported one if that is lower. Not while a run is going on.
void use_instructions(Instructions level);

namespace detail {

// The kernel comes by value: what it captured then lies in registers, where no store can alias it. All that it calls is inlined,
// so that all is compiled for the wider set.
template <class Kernel>
[[gnu::target("avx2,bmi,bmi2,lzcnt"), gnu::flatten, gnu::noinline]] void run_v3(Kernel kernel) {
    kernel();
}
template <class Kernel>
[[gnu::target("avx2,bmi,bmi2,lzcnt,avx512f,avx512bw,avx512cd,avx512dq,avx512vl,prefer-vector-width=512"), gnu::flatten,
  gnu::noinline]] void
run_v4(Kernel kernel) {
    kernel();
}

}  // namespace detail

/// Runs `kernel()`, a loop over rows that captures by value ([=]), in the code for the level in use.
template <class Kernel>
void vectorised(Kernel kernel) {
    switch (instructions()) {
        case Instructions::v4:
            return detail::run_v4(kernel);
        case Instructions::v3:
            return detail::run_v3(kernel);
        case Instructions::v2:
            return kernel();
    }
}

/// Bytes from `first` to `last`, ends included.
struct ByteRange {
    std::uint8_t first = 0;
    std::uint8_t last = 255;
    [[nodiscard]] constexpr bool contains(std::uint8_t byte) const { return byte >= first && byte <= last; }
};

/// Place of the first byte from `from` on that lies in `range`, or the size.
[[nodiscard]] inline std::size_t next_in(std::span<const std::uint8_t> bytes, std::size_t from, ByteRange range) {
    const std::size_t n = bytes.size();
    const __m128i low = _mm_set1_epi8(static_cast<char>(range.first));
    const __m128i width = _mm_set1_epi8(static_cast<char>(range.last - range.first));
    for (; from + 16 <= n; from += 16) {
        const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + from));
        const __m128i above = _mm_sub_epi8(some, low);  // wraps below the range, and so is too large there as well
        const auto inside = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, width), above)));
        if (inside != 0) return from + static_cast<std::size_t>(std::countr_zero(inside));
    }
    while (from < n && !range.contains(bytes[from])) ++from;
    return from;
}

/// Calls `use(row)` for the rows whose byte lies in `range`, in rising order. `use` leaves the bytes as they are.
template <class Use>
void for_each_in(std::span<const std::uint8_t> bytes, ByteRange range, const Use& use) {
    const std::size_t n = bytes.size();
    const __m128i low = _mm_set1_epi8(static_cast<char>(range.first));
    const __m128i width = _mm_set1_epi8(static_cast<char>(range.last - range.first));
    std::size_t from = 0;
    for (; from + 16 <= n; from += 16) {
        const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + from));
        const __m128i above = _mm_sub_epi8(some, low);
        auto inside = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, width), above)));
        for (; inside != 0; inside &= inside - 1) use(from + static_cast<std::size_t>(std::countr_zero(inside)));
    }
    for (; from < n; ++from)
        if (range.contains(bytes[from])) use(from);
}

/// out[i] = table[bytes[i]]. Quick if all bytes lie below `entries` of at most 16; `table` has room for 256.
void look_up(std::span<const std::uint8_t> bytes, const float* table, std::size_t entries, float* out);

/// A column of bytes, and where its values must lie.
struct ByteTest {
    const std::uint8_t* bytes;
    ByteRange range;
};

/// Greatest row below `before` whose bytes all lie in their ranges, or `no_row`.
inline constexpr std::size_t no_row = ~std::size_t{0};
template <std::size_t N>
[[nodiscard]] std::size_t last_where(const std::array<ByteTest, N>& tests, std::size_t before) {
    for (; before >= 16; before -= 16) {
        __m128i all = _mm_set1_epi8(-1);
        for (const ByteTest& test : tests) {
            const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(test.bytes + before - 16));
            const __m128i above = _mm_sub_epi8(some, _mm_set1_epi8(static_cast<char>(test.range.first)));
            const __m128i width = _mm_set1_epi8(static_cast<char>(test.range.last - test.range.first));
            all = _mm_and_si128(all, _mm_cmpeq_epi8(_mm_min_epu8(above, width), above));
        }
        const auto inside = static_cast<unsigned>(_mm_movemask_epi8(all));
        if (inside != 0) return before - 17 + static_cast<std::size_t>(std::bit_width(inside));
    }
    while (before-- > 0) {
        bool all = true;
        for (const ByteTest& test : tests) all = all && test.range.contains(test.bytes[before]);
        if (all) return before;
    }
    return no_row;
}

/// First row whose value is 0, or the size.
[[nodiscard]] inline std::size_t first_zero(std::span<const std::uint16_t> values) {
    std::size_t row = 0;
    for (; row + 8 <= values.size(); row += 8) {
        const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(values.data() + row));
        const auto zero = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi16(some, _mm_setzero_si128())));
        if (zero != 0) return row + static_cast<std::size_t>(std::countr_zero(zero)) / 2;
    }
    while (row < values.size() && values[row] != 0) ++row;
    return row;
}

}  // namespace sim
