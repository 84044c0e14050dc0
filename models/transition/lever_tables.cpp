#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/levers.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

using Cells = std::array<std::string, 7>;

std::string short_number(double x) { return std::isfinite(x) ? fmt::format("{:.4g}", x) : "-"; }

/// The expected sign, as in the tables of parameters.
const char* sign_text(int sign) { return sign > 0 ? "+" : sign < 0 ? "-" : "~"; }

Cells cells_of(const LeverResult& result) {
    const sim::Estimate& d = result.difference;
    const bool ran = result.verdict != Verdict::failed;
    return {
        result.lever.key,
        result.lever.low,
        result.lever.high,
        result.lever.outcome,
        ran ? fmt::format("{} [{}, {}]", short_number(d.value), short_number(d.interval.lo), short_number(d.interval.hi)) : "-",
        sign_text(result.lever.sign),
        verdict_text(result.verdict)};
}

}  // namespace

std::string lever_table(const std::vector<LeverResult>& results, bool markdown) {
    std::vector<Cells> lines = {{"parameter", "low", "high", "outcome", "high minus low [99 %]", "expected", "verdict"}};
    for (const LeverResult& result : results) lines.push_back(cells_of(result));
    std::array<std::size_t, 7> widths{};
    for (const Cells& line : lines)
        for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], line[c].size());
    std::string text;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        std::string line = markdown ? "|" : "";
        for (std::size_t c = 0; c < lines[l].size(); ++c)
            line += markdown ? fmt::format(" {} |", lines[l][c]) : fmt::format("{:<{}}  ", lines[l][c], widths[c]);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
        if (markdown && l == 0) text += "|---|---|---|---|---|---|---|\n";
    }
    return text;
}

std::string lever_json(const std::vector<LeverResult>& results) {
    const auto number = [](double x) { return std::isfinite(x) ? fmt::format("{}", x) : std::string("null"); };
    std::string text = "{\"levers\": [";
    const char* comma = "";
    for (const LeverResult& result : results) {
        const sim::Estimate& d = result.difference;
        text += fmt::format(
            "{}\n  {{\"parameter\": {}, \"low\": {}, \"high\": {}, \"outcome\": {}, \"replicates\": {}, \"mean_low\": {}, "
            "\"difference\": {{\"value\": {}, \"lo\": {}, \"hi\": {}}}, \"expected\": \"{}\", \"verdict\": \"{}\", "
            "\"same_bits\": {}}}",
            comma, sim::quoted(result.lever.key), result.lever.low, result.lever.high, sim::quoted(result.lever.outcome),
            result.pairs, number(result.low_mean), number(d.value), number(d.interval.lo), number(d.interval.hi),
            sign_text(result.lever.sign), verdict_text(result.verdict), result.same_bits);
        comma = ",";
    }
    return text + "]}\n";
}

}  // namespace drawdown
