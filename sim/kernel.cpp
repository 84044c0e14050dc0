#include "sim/kernel.hpp"

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

}  // namespace

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
