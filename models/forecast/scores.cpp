#include "models/forecast/scores.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/csv.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace {

constexpr double least_chance = 0.01;  // scores clip here: no forecaster knows better
constexpr double fighting_deaths = 25.0;
constexpr std::size_t bootstrap_draws = 4000;

double share_of(const std::vector<Member>& members, bool Member::*what) {
    const auto n = std::count_if(members.begin(), members.end(), [&](const Member& m) { return m.*what; });
    return static_cast<double>(n) / static_cast<double>(members.size());
}

/// Ranks from 1, ties at their mean.
std::vector<double> ranks(std::span<const double> x) {
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    std::vector<double> rank(x.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to < order.size() && x[order[to]] == x[order[from]]) ++to;
        for (std::size_t k = from; k < to; ++k) rank[order[k]] = 0.5 * static_cast<double>(from + to + 1);
        from = to;
    }
    return rank;
}

/// Mean of paired differences with the 95 % interval of a bootstrap over exits.
sim::Estimate paired_bootstrap(const std::vector<double>& ours, const std::vector<double>& theirs) {
    const std::size_t n = ours.size();
    std::vector<double> difference(n);
    for (std::size_t i = 0; i < n; ++i) difference[i] = ours[i] - theirs[i];
    std::vector<double> means;
    const sim::StreamKey stream = sim::stream_key(1, "bootstrap");
    for (std::uint32_t draw = 0; draw < bootstrap_draws; ++draw) {
        sim::Rng rng(stream, draw, {}, 0);
        double sum = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            const double u = rng.uniform();
            sum += difference[std::min(n - 1, static_cast<std::size_t>(u * static_cast<double>(n)))];
        }
        means.push_back(sum / static_cast<double>(n));
    }
    return {sim::mean(difference), {sim::quantile(means, 0.025), sim::quantile(means, 0.975)}};
}

}  // namespace

std::vector<Outcome> read_outcomes(const std::string& path, sim::Diagnostics& diagnostics) {
    const sim::CsvTable table = sim::CsvTable::read(path, diagnostics);
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        Outcome outcome;
        outcome.id = table.text(i, "id", diagnostics).value_or("");
        for (std::size_t year = 0; year < forecast_years; ++year) {
            const std::string column = fmt::format("deaths_y{}", year + 1);
            if (!table.empty(i, column)) outcome.deaths[year] = table.number(i, column, diagnostics, sim::at_least(0.0));
        }
        const auto flag = [&](const char* column) {
            return table.number(i, column, diagnostics, sim::between(0.0, 1.0)).value_or(0.0) >= 0.5;
        };
        outcome.armed_conflict = flag("armed_conflict_5y");
        outcome.war = flag("war_5y");
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

double brier_score(double chance, bool happened) {
    const double miss = chance - (happened ? 1.0 : 0.0);
    return miss * miss;
}

double log_score(double chance, bool happened) {
    const double p = std::clamp(chance, least_chance, 1.0 - least_chance);
    return -std::log(happened ? p : 1.0 - p);
}

double crps(std::vector<double> ensemble, double observed) {
    std::sort(ensemble.begin(), ensemble.end());
    const auto n = static_cast<double>(ensemble.size());
    double miss = 0.0, spread = 0.0;
    for (std::size_t i = 0; i < ensemble.size(); ++i) {
        miss += std::abs(ensemble[i] - observed);
        spread += (2.0 * static_cast<double>(i) + 1.0 - n) * ensemble[i];  // half of the sum of |x - x'| over all pairs
    }
    return miss / n - spread / (n * n);
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
    if (x.size() < 2) return std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> a = ranks(x), b = ranks(y);
    const double mean = 0.5 * (static_cast<double>(x.size()) + 1.0);
    double ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - mean) * (b[i] - mean);
        aa += (a[i] - mean) * (a[i] - mean);
        bb += (b[i] - mean) * (b[i] - mean);
    }
    return ab / std::sqrt(aa * bb);
}

double four_bin_rule(const ExitRow& row) {
    const double deaths = row.deaths[0].value_or(0.0);
    return deaths < 1.0 ? 0.22 : deaths < fighting_deaths ? 0.58 : deaths < 1000.0 ? 0.89 : 0.98;
}

double logistic_rule(const ExitRow& row) {
    // Years of conflict and years since, as far as the row's five years tell; what was before counts as if it were like them.
    std::array<double, 3> a_year = {row.deaths[0].value_or(0.0), row.deaths[1].value_or(0.0), row.deaths[2].value_or(0.0) / 3.0};
    double since = 6.0, years = 0.0;
    constexpr std::array<double, 3> weight = {1.0, 1.0, 3.0};
    constexpr std::array<double, 3> age = {1.0, 2.0, 3.0};
    for (std::size_t k = a_year.size(); k-- > 0;)
        if (a_year[k] >= fighting_deaths) {
            since = age[k];
            years += weight[k];
        }
    const double logit = -0.645 - 0.399 * std::log(since) - 0.048 * std::log(row.income.value_or(1500.0)) +
                         0.087 * std::log(row.population / 1e6) + 0.131 * years;
    return 1.0 / (1.0 + std::exp(-logit));
}

Backtest score(const std::vector<ExitRow>& rows, const std::vector<Forecast>& forecasts, const std::vector<Outcome>& outcomes) {
    Backtest result;
    const std::size_t n = rows.size();
    const auto add = [&](std::string name, const auto& chance) {
        Backtest::Forecaster forecaster{std::move(name), {}, 0.0, 0.0, {}, {}};
        for (std::size_t i = 0; i < n; ++i) forecaster.chances.push_back(chance(i));
        result.forecasters.push_back(std::move(forecaster));
    };
    add("drawdown", [&](std::size_t i) { return share_of(forecasts[i].members, &Member::armed_conflict); });
    add("four-bin rule", [&](std::size_t i) { return four_bin_rule(rows[i]); });
    add("logistic", [&](std::size_t i) { return logistic_rule(rows[i]); });
    add("constant 0.25", [](std::size_t) { return 0.25; });
    add("constant 0.47", [](std::size_t) { return 0.47; });

    std::vector<double> our_brier, our_log;
    for (Backtest::Forecaster& forecaster : result.forecasters) {
        std::vector<double> brier, log;
        for (std::size_t i = 0; i < n; ++i) {
            brier.push_back(brier_score(forecaster.chances[i], outcomes[i].armed_conflict));
            log.push_back(log_score(forecaster.chances[i], outcomes[i].armed_conflict));
        }
        forecaster.brier = sim::mean(brier);
        forecaster.log = sim::mean(log);
        if (our_brier.empty()) {
            our_brier = brier;
            our_log = log;
        }
        forecaster.brier_difference = paired_bootstrap(our_brier, brier);
        forecaster.log_difference = paired_bootstrap(our_log, log);
    }

    std::vector<double> chances, totals, distances, war;
    std::size_t in_50 = 0, in_90 = 0, in_50_above_zero = 0;
    for (std::size_t i = 0; i < n; ++i) {
        war.push_back(brier_score(share_of(forecasts[i].members, &Member::war), outcomes[i].war));
        double total = 0.0;
        bool observed = false;
        for (std::size_t year = 0; year < forecast_years; ++year) {
            if (!outcomes[i].deaths[year]) continue;
            observed = true;
            total += *outcomes[i].deaths[year];
            std::vector<double> logs;
            for (const Member& member : forecasts[i].members) logs.push_back(std::log1p(member.deaths[year]));
            const double seen = std::log1p(*outcomes[i].deaths[year]);
            distances.push_back(crps(logs, seen));
            const auto within = [&](double lo, double hi) {
                return sim::quantile(logs, lo) <= seen && seen <= sim::quantile(logs, hi);
            };
            const bool above_zero = sim::quantile(logs, 0.25) > 0.0;
            in_50 += within(0.25, 0.75) ? 1 : 0;
            in_50_above_zero += above_zero && within(0.25, 0.75) ? 1 : 0;
            result.above_zero += above_zero ? 1 : 0;
            in_90 += within(0.05, 0.95) ? 1 : 0;
        }
        if (!observed) continue;
        chances.push_back(result.forecasters.front().chances[i]);
        totals.push_back(std::log1p(total));
    }
    result.war_brier = sim::mean(war);
    result.years = distances.size();
    result.crps = sim::mean(distances);
    result.covered_50 = static_cast<double>(in_50) / static_cast<double>(result.years);
    if (result.above_zero > 0)
        result.covered_50_above_zero = static_cast<double>(in_50_above_zero) / static_cast<double>(result.above_zero);
    result.covered_90 = static_cast<double>(in_90) / static_cast<double>(result.years);
    result.rank = rank_correlation(chances, totals);
    return result;
}

std::string to_text(const Backtest& backtest) {
    std::string text =
        "Armed conflict within five years of the exit: scores, smaller is better; ours minus theirs with a paired "
        "95 % bootstrap interval\n\n";
    text += fmt::format("{:<15} {:>7} {:>7}   {:<26} {:<26}\n", "forecaster", "Brier", "log", "Brier, ours - theirs",
                        "log, ours - theirs");
    for (const Backtest::Forecaster& f : backtest.forecasters) {
        const auto difference = [](const sim::Estimate& e) {
            return fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", e.value, e.interval.lo, e.interval.hi);
        };
        const bool own = &f == &backtest.forecasters.front();
        text += fmt::format("{:<15} {:>7.3f} {:>7.3f}   {:<26} {:<26}\n", f.name, f.brier, f.log,
                            own ? "" : difference(f.brier_difference), own ? "" : difference(f.log_difference));
    }
    text += fmt::format("\nWar (1,000 deaths) within five years: Brier {:.3f}\n", backtest.war_brier);
    text += fmt::format("log(1 + deaths) by year, {} exit-years: CRPS {:.3f} (climatology by the same bins 0.789)\n",
                        backtest.years, backtest.crps);
    text += fmt::format(
        "covered by the 50 % band {:.0f} % ({:.0f} % of the {} in which it lies above zero), by the 90 % band {:.0f} %\n",
        100.0 * backtest.covered_50, 100.0 * backtest.covered_50_above_zero, backtest.above_zero, 100.0 * backtest.covered_90);
    text += fmt::format("rank correlation of chance and deaths {:.2f}\n", backtest.rank);
    return text;
}

}  // namespace drawdown
