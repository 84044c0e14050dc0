#include "models/transition/scorecard.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "sim/date.hpp"
#include "sim/errors.hpp"

namespace drawdown {

namespace {

constexpr std::array<const char*, 3> term_names = {"short", "medium", "long"};
constexpr std::array<double, 4> years_after_exit = {0.0, 2.0, 5.0, 10.0};

std::string attribute(const sim::ResultReader& file, std::string_view name) {
    for (const sim::Attribute& a : file.attributes())
        if (a.name == name)
            if (const auto* text = std::get_if<std::string>(&a.value)) return *text;
    return {};
}

/// Interval in which a day lies, or the number of intervals if the run ends before it.
std::size_t interval_of(const std::vector<double>& ends, double day) {
    return static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), day) - ends.begin());
}

std::vector<double> one_run(const sim::ResultReader& file, const std::string& name, std::size_t strategy, std::size_t replicate) {
    std::vector<std::size_t> count = file.variable(name).shape;
    std::vector<std::size_t> offset(count.size(), 0);
    offset[0] = strategy;
    offset[1] = replicate;
    count[0] = count[1] = 1;
    return file.read_doubles(name, offset, count);
}

}  // namespace

std::vector<Scorecard> scorecards(const sim::ResultReader& file) {
    const auto& shape = file.variable("benchmark_value").shape;
    const std::size_t strategies = shape[0], replicates = shape[1], intervals = shape[2], benchmarks = shape[3];
    const auto names = file.read_texts("strategy_name");
    const auto ids = file.read_texts("benchmark_name");
    const auto labels = file.read_texts("benchmark_label");
    const auto outcomes = file.read_texts("benchmark_outcome");
    const auto outputs = file.read_texts("benchmark_output");
    const auto terms = file.read_integers("benchmark_term");
    const auto at_least = file.read_doubles("benchmark_at_least");
    const auto ends = file.read_doubles("time");
    const auto status = file.read_integers("run_status");
    const double from = sim::Date::parse(attribute(file, "compare_from")).value_or(sim::Date()).days_since_1970();

    std::vector<Scorecard> cards;
    for (std::size_t s = 0; s < strategies; ++s) {
        Scorecard card;
        card.strategy = names[s];
        card.moments = {"start"};
        for (const double years : years_after_exit)
            card.moments.push_back(years == 0.0 ? "exit" : fmt::format("+{:.0f} y", years));
        for (std::size_t b = 0; b < benchmarks; ++b)
            card.rows.push_back({ids[b], labels[b], outcomes[b], outputs[b], term_names[static_cast<std::size_t>(terms[b])],
                                 at_least[b], std::vector<ScoreCell>(card.moments.size())});
        for (std::size_t r = 0; r < replicates; ++r) {
            if (status[s * replicates + r] != 0) continue;
            const auto open = one_run(file, "mission_open", s, r);
            const auto value = one_run(file, "benchmark_value", s, r);
            const auto observed = one_run(file, "benchmark_observed", s, r);
            const auto closed = std::find_if(open.begin(), open.end(), [](double x) { return x < 0.5; });
            for (std::size_t m = 0; m < card.moments.size(); ++m) {
                std::size_t at = interval_of(ends, from);
                if (m > 0) {
                    if (closed == open.end()) continue;
                    const double exit = ends[static_cast<std::size_t>(closed - open.begin())];
                    at = interval_of(ends, exit + 365.25 * years_after_exit[m - 1] - 0.5);
                }
                if (at >= intervals) continue;
                for (std::size_t b = 0; b < benchmarks; ++b) {
                    ScoreCell& cell = card.rows[b].cells[m];
                    ++cell.seen;
                    cell.met += value[at * benchmarks + b] >= at_least[b] ? 1.0 : 0.0;
                    cell.observed += observed[at * benchmarks + b] >= at_least[b] ? 1.0 : 0.0;
                }
            }
        }
        for (ScoreRow& row : card.rows)
            for (ScoreCell& cell : row.cells) {
                cell.met /= std::max<double>(1.0, static_cast<double>(cell.seen));
                cell.observed /= std::max<double>(1.0, static_cast<double>(cell.seen));
            }
        cards.push_back(std::move(card));
    }
    return cards;
}

std::string to_text(const Scorecard& card) {
    std::string text = fmt::format(
        "Scorecard of {}: % of replicates in which a benchmark is met, and in brackets as the mission reads it\n", card.strategy);
    text += fmt::format("{:<66}", "");
    for (const std::string& moment : card.moments) text += fmt::format("{:>12}", moment);
    text += "\n";
    std::string outcome;
    std::string output;
    for (const ScoreRow& row : card.rows) {
        const std::string heading = row.outcome.empty() ? "of the scenario" : row.outcome;
        if (heading != outcome) text += fmt::format("\n{}\n", heading);
        if (row.output != output || heading != outcome)
            text += fmt::format("  {}\n", row.output.empty() ? "its own" : row.output);
        outcome = heading;
        output = row.output;
        const std::string label = fmt::format("{} >= {:.2f}", row.label.empty() ? row.id : row.label, row.at_least);
        text += fmt::format("    {:<6} {:<55}", row.term, label);
        for (const ScoreCell& cell : row.cells)
            text += cell.seen == 0 ? fmt::format("{:>12}", "-")
                                   : fmt::format("{:>6.0f} ({:>3.0f})", 100.0 * cell.met, 100.0 * cell.observed);
        text += "\n";
    }
    return text;
}

std::string to_json(const std::vector<Scorecard>& cards) {
    std::string text = "[";
    for (const Scorecard& card : cards) {
        text += fmt::format("{}{{\"strategy\": \"{}\", \"benchmarks\": [", text.size() > 1 ? ",\n" : "", card.strategy);
        bool first = true;
        for (const ScoreRow& row : card.rows) {
            text +=
                fmt::format("{}\n  {{\"id\": \"{}\", \"outcome\": \"{}\", \"output\": \"{}\", \"term\": \"{}\", \"at_least\": {}",
                            first ? "" : ",", row.id, row.outcome, row.output, row.term, row.at_least);
            first = false;
            for (std::size_t m = 0; m < row.cells.size(); ++m)
                text += row.cells[m].seen == 0 ? fmt::format(", \"{}\": null", card.moments[m])
                                               : fmt::format(", \"{}\": {{\"met\": {:.4f}, \"observed\": {:.4f}}}",
                                                             card.moments[m], row.cells[m].met, row.cells[m].observed);
            text += "}";
        }
        text += "]}";
    }
    return text + "]\n";
}

}  // namespace drawdown
