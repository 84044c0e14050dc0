#include "sim/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace sim {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

std::string closest(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 200;  // beyond it nobody mistyped a name, and the distance costs quadratic time
    constexpr std::size_t shortest_prefix = 3;
    if (name.size() > longest) return {};
    const std::string* best = nullptr;
    std::size_t least = 3;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest) continue;
        const std::size_t distance = edit_distance(name, candidate);
        // Two edits turn any name of two letters into any other: at least half of the letters must stay.
        if (distance < least && 2 * distance <= std::max(name.size(), candidate.size())) {
            least = distance;
            best = &candidate;
        }
    }
    if (best != nullptr) return *best;
    for (const std::string& candidate : candidates) {
        if (std::min(name.size(), candidate.size()) < shortest_prefix) continue;
        if (candidate.starts_with(name) || name.starts_with(candidate)) return candidate;
    }
    return {};
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
    const std::string best = closest(name, candidates);
    return best.empty() ? std::string{} : fmt::format(": did you mean {}?", best);
}

std::string number_text(double value) { return fmt::format("{}", value); }

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (code < 0x20 || code == 0x7f) {
            out += fmt::format("\\u{:04X}", code);
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string key_text(std::string_view key) {
    const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return bare ? std::string(key) : quoted(key);
}

}  // namespace sim
