#include "models/transition/explanation.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

#include "models/transition/columns/kinds.hpp"
#include "models/transition/comparison.hpp"
#include "models/transition/kinds.hpp"

namespace drawdown {

namespace {

constexpr double small = 0.02;     // of the gross change: causes below are summed
constexpr double balanced = 0.05;  // of the gross change: shares of a smaller difference would mislead

/// First and last interval to explain.
struct Window {
    std::size_t first, last;
};

Window window_of(const sim::ResultReader& file, const ExplainedDays& days, const std::string& compare_from) {
    const auto bounds = file.read_doubles("time_bounds");
    const std::size_t intervals = bounds.size() / 2;
    double from = sim::Date::parse(compare_from).value_or(sim::Date()).days_since_1970();
    if (days.from) from = days.from->days_since_1970();
    double to = days.to ? days.to->days_since_1970() : std::numeric_limits<double>::infinity();
    std::size_t first = intervals;
    std::size_t last = 0;
    for (std::size_t i = 0; i < intervals; ++i) {
        const double begins = bounds[2 * i];
        const double ends = bounds[2 * i + 1];
        const double day = days.at ? days.at->days_since_1970() : 0.0;
        if (days.at ? day < begins || day >= ends : begins < from || begins > to) continue;
        first = std::min(first, i);
        last = i;
    }
    if (first == intervals)
        throw NothingToExplain(fmt::format("the result holds no interval of these days; it runs from {} to {}",
                                           sim::Date(static_cast<std::int32_t>(bounds.front())).text(),
                                           sim::Date(static_cast<std::int32_t>(bounds.back()) - 1).text()));
    return {first, last};
}

/// Stocks that count the dead since the start, by name, as a file has them.
std::vector<bool> counted_stocks(const std::vector<std::string>& names) {
    const auto known = stock_names();
    std::vector<bool> counted;
    for (const std::string& name : names) {
        const auto at = std::find(known.begin(), known.end(), name);
        counted.push_back(at != known.end() && counts_deaths(static_cast<Stock>(at - known.begin())));
    }
    return counted;
}

/// The ledger of one run: stocks x causes, mean over the window; of stocks that count the dead, what the window adds.
std::vector<double> ledger_of(const sim::ResultReader& file, std::size_t strategy, std::size_t replicate, const Window& window,
                              const std::vector<bool>& counted) {
    const auto& shape = file.variable("ledger").shape;
    const std::vector<std::size_t> offset = {strategy, replicate, window.first, 0, 0};
    const std::size_t intervals = window.last - window.first + 1;
    const std::vector<std::size_t> count = {1, 1, intervals, shape[3], shape[4]};
    const auto values = file.read_doubles("ledger", offset, count);
    std::vector<double> mean(shape[3] * shape[4], 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) mean[i % mean.size()] += values[i] / static_cast<double>(intervals);
    std::vector<double> before(mean.size(), 0.0);
    if (window.first > 0)
        before = file.read_doubles("ledger", std::vector<std::size_t>{strategy, replicate, window.first - 1, 0, 0},
                                   std::vector<std::size_t>{1, 1, 1, shape[3], shape[4]});
    for (std::size_t i = 0; i < mean.size(); ++i)
        if (counted[i / shape[4]]) mean[i] = values[values.size() - mean.size() + i] - before[i];
    return mean;
}

struct Names {
    std::vector<std::string> names, titles;
};

/// Splits the difference of one stock. `own` and `base`: amounts by replicate and cause.
ExplainedStock split(const std::vector<std::vector<double>>& own, const std::vector<std::vector<double>>& base, std::size_t stock,
                     const Names& causes) {
    const std::size_t n = causes.names.size();
    const auto amounts = [&](const std::vector<std::vector<double>>& runs, const auto& wanted) {
        std::vector<double> sums;
        for (const auto& run : runs) {
            double sum = 0.0;
            for (std::size_t c = 0; c < n; ++c)
                if (wanted(c)) sum += run[stock * n + c];
            sums.push_back(sum);
        }
        return sums;
    };
    const auto difference = [&](const auto& wanted) {
        return sim::paired_difference(amounts(own, wanted), amounts(base, wanted));
    };

    ExplainedStock result;
    result.difference = difference([](std::size_t) { return true; });
    std::vector<double> size(n);
    for (std::size_t c = 0; c < n; ++c) {
        size[c] = std::abs(difference([c](std::size_t i) { return i == c; }).value);
        result.gross += size[c];
    }
    const auto is_small = [&](std::size_t c) { return size[c] < small * result.gross; };
    const auto share = [&](const sim::Estimate& part) {
        return result.difference.value == 0.0 ? std::nan("") : part.value / result.difference.value;
    };
    for (std::size_t c = 0; c < n; ++c) {
        if (is_small(c) || size[c] == 0.0) continue;
        const sim::Estimate part = difference([c](std::size_t i) { return i == c; });
        result.causes.push_back({causes.names[c], causes.titles[c], part, share(part)});
    }
    std::stable_sort(result.causes.begin(), result.causes.end(), [](const ExplainedCause& a, const ExplainedCause& b) {
        return std::abs(a.difference.value) > std::abs(b.difference.value);
    });
    const sim::Estimate rest = difference(is_small);
    if (rest.value != 0.0) result.causes.push_back({"other", "all other causes", rest, share(rest)});
    return result;
}

/// Levels with four digits after the point, persons with one.
std::string shown(double x, bool persons) {
    if (!std::isfinite(x)) return "-";
    const double value = std::abs(x) < (persons ? 0.05 : 0.00005) ? 0.0 : x;
    return persons ? fmt::format("{:+.1f}", value) : fmt::format("{:+.4f}", value);
}

std::string line(const sim::Estimate& e, bool persons, const std::string& share, const std::string& words) {
    const std::string interval = fmt::format("[{}, {}]", shown(e.interval.lo, persons), shown(e.interval.hi, persons));
    return fmt::format("    {:>8} {:<20} {:>7}  {}\n", shown(e.value, persons), interval, share, words);
}

}  // namespace

Explanation explain(const sim::ResultReader& file, const ExplainedDays& days) {
    const PairedRuns pairs = paired_runs(file);
    if (pairs.strategies.size() < 2) throw NothingToExplain("--explain compares strategies, and the result holds only one");
    if (pairs.complete.empty()) throw NothingToExplain("no replicate is complete in every strategy");
    const Window window = window_of(file, days, pairs.from);
    const Names stocks{file.read_texts("stock_name"), file.read_texts("stock_label")};
    const Names causes{file.read_texts("cause_name"), file.read_texts("cause_label")};

    Explanation explanation{pairs.strategies, pairs.reference, pairs.complete.size(), {}, {}, {}};
    const auto bounds = file.read_doubles("time_bounds");
    const auto day = [&](double since) { return sim::Date(static_cast<std::int32_t>(since)).text(); };
    explanation.from = day(bounds[2 * window.first]);
    explanation.to = day(bounds[2 * window.last + 1] - 1.0);

    const std::vector<bool> counted = counted_stocks(stocks.names);
    std::vector<std::vector<std::vector<double>>> ledgers(pairs.strategies.size());
    for (std::size_t s = 0; s < ledgers.size(); ++s)
        for (const std::size_t r : pairs.complete) ledgers[s].push_back(ledger_of(file, s, r, window, counted));
    const auto& base = ledgers[pairs.reference];
    const auto booked = [&](std::size_t stock) {
        const auto first = static_cast<std::ptrdiff_t>(stock * causes.names.size());
        const auto last = first + static_cast<std::ptrdiff_t>(causes.names.size());
        const auto in_run = [&](const std::vector<double>& run) {
            return std::any_of(run.begin() + first, run.begin() + last, [](double x) { return x != 0.0; });
        };
        return std::any_of(ledgers.begin(), ledgers.end(),
                           [&](const auto& runs) { return std::any_of(runs.begin(), runs.end(), in_run); });
    };
    explanation.stocks.resize(ledgers.size());
    for (std::size_t s = 0; s < ledgers.size(); ++s) {
        for (std::size_t k = 0; k < stocks.names.size(); ++k) {
            if (s == pairs.reference || !booked(k)) continue;
            ExplainedStock stock = split(ledgers[s], base, k, causes);
            stock.name = stocks.names[k];
            stock.title = stocks.titles[k];
            stock.counts = counted[k];
            explanation.stocks[s].push_back(std::move(stock));
        }
    }
    return explanation;
}

std::string to_text(const Explanation& explanation) {
    const char* plural = explanation.replicates == 1 ? "" : "s";
    std::string text = fmt::format(
        "Why strategies differ from {}: means from {} to {} over {} paired replicate{}; 95 % intervals in brackets\n"
        "Columns: part of the difference that a cause carries, its interval, its share; parts add up.\n",
        explanation.strategies[explanation.reference], explanation.from, explanation.to, explanation.replicates, plural);
    bool near_balance = false;
    for (std::size_t s = 0; s < explanation.stocks.size(); ++s) {
        if (s == explanation.reference) continue;
        text += fmt::format("\n{}\n", explanation.strategies[s]);
        for (const ExplainedStock& stock : explanation.stocks[s]) {
            text += fmt::format("\n  {}{}\n", stock.title, stock.counts ? ", in all these days" : "");
            if (stock.gross == 0.0) {
                text += "    no difference\n";
                continue;
            }
            const bool even = std::abs(stock.difference.value) < balanced * stock.gross;
            near_balance = near_balance || even;
            const auto share = [even](double x) { return even ? std::string("-") : fmt::format("{:+.0f} %", 100.0 * x); };
            for (const ExplainedCause& cause : stock.causes) {
                const bool nothing = cause.name == "other" &&
                                     std::abs(cause.difference.value) < (stock.counts ? 0.05 : 0.00005);  // would show as 0
                if (!nothing) text += line(cause.difference, stock.counts, share(cause.share), cause.title);
            }
            text += line(stock.difference, stock.counts, share(1.0), "in all");
        }
    }
    if (near_balance)
        text += "\nNote: \"-\" for shares where causes nearly cancel: shares of so small a difference would mislead\n";
    if (explanation.replicates == 1) text += "\nNote: one replicate has no interval\n";
    return text;
}

std::string to_json(const Explanation& explanation) {
    const auto number = [](double x) { return std::isfinite(x) ? fmt::format("{}", x) : std::string("null"); };
    const auto estimate = [&](const sim::Estimate& e) {
        return fmt::format("{{\"value\": {}, \"lo\": {}, \"hi\": {}}}", number(e.value), number(e.interval.lo),
                           number(e.interval.hi));
    };
    std::string text =
        fmt::format("{{\"replicates\": {}, \"reference\": \"{}\", \"from\": \"{}\", \"to\": \"{}\", \"strategies\": {{",
                    explanation.replicates, explanation.strategies[explanation.reference], explanation.from, explanation.to);
    const char* next_strategy = "";
    for (std::size_t s = 0; s < explanation.stocks.size(); ++s) {
        if (s == explanation.reference) continue;
        text += fmt::format("{}\n \"{}\": {{", next_strategy, explanation.strategies[s]);
        next_strategy = ",";
        const char* next_stock = "";
        for (const ExplainedStock& stock : explanation.stocks[s]) {
            text += fmt::format("{}\n  \"{}\": {{\"title\": \"{}\", \"difference\": {}, \"causes\": [", next_stock, stock.name,
                                stock.title, estimate(stock.difference));
            next_stock = ",";
            const char* next_cause = "";
            for (const ExplainedCause& cause : stock.causes) {
                text += fmt::format("{}\n   {{\"name\": \"{}\", \"title\": \"{}\", \"difference\": {}, \"share\": {}}}",
                                    next_cause, cause.name, cause.title, estimate(cause.difference), number(cause.share));
                next_cause = ",";
            }
            text += "]}";
        }
        text += "}";
    }
    return text + "\n}}\n";
}

}  // namespace drawdown
