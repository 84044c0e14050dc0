#include "sim/kernel.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cstdlib>

namespace sim {

namespace {

constexpr std::string_view names[] = {"x86-64-v2", "x86-64-v3", "x86-64-v4"};

Instructions detect() {
    const bool v3 =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
    const bool v4 = v3 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                    __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
                    __builtin_cpu_supports("avx512vl") != 0;
    return v4 ? Instructions::v4 : v3 ? Instructions::v3 : Instructions::v2;
}

Instructions choose() {
    const char* wanted = std::getenv("SIM_INSTRUCTIONS");
    const auto named = wanted == nullptr ? std::nullopt : instructions_named(wanted);
    return std::min(named.value_or(Instructions::v4), supported_instructions());
}

Instructions& in_use() {
    static Instructions level = choose();  // speed only: no result depends on it
    return level;
}

constexpr std::size_t lanes = 16;

// One instruction finds sixteen values of a table that fits in a register. Of the bytes only four bits count. The forms with a
// mask, of all, because g++ 12 warns of what the others leave undefined.
[[gnu::target("avx512f")]] void look_up_in_register(const std::uint8_t* bytes, std::size_t n, const float* table, float* out) {
    constexpr __mmask16 all = 0xFFFF;
    const __m512 values = _mm512_loadu_ps(table);
    for (std::size_t i = 0; i < n; i += lanes) {
        const __m512i keys = _mm512_maskz_cvtepu8_epi32(all, _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i)));
        _mm512_storeu_ps(out + i, _mm512_maskz_permutexvar_ps(all, keys, values));
    }
}

}  // namespace

void look_up(std::span<const std::uint8_t> bytes, const float* table, std::size_t entries, float* out) {
    std::size_t done = 0;
    if (entries <= lanes && instructions() == Instructions::v4) {
        done = bytes.size() / lanes * lanes;
        look_up_in_register(bytes.data(), done, table, out);
    }
    for (std::size_t i = done; i < bytes.size(); ++i) out[i] = table[bytes[i]];
}

std::string_view text(Instructions level) { return names[static_cast<std::size_t>(level)]; }

std::optional<Instructions> instructions_named(std::string_view name) {
    for (const Instructions level : {Instructions::v2, Instructions::v3, Instructions::v4})
        if (text(level) == name) return level;
    return std::nullopt;
}

Instructions supported_instructions() {
    static const Instructions level = detect();
    return level;
}

Instructions instructions() { return in_use(); }

void use_instructions(Instructions level) { in_use() = std::min(level, supported_instructions()); }

}  // namespace sim
