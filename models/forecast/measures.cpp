#include "models/forecast/measures.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "models/forecast/forecast.hpp"
#include "models/transition/columns/kinds.hpp"
#include "sim/math.hpp"

namespace drawdown {

namespace {

constexpr std::size_t followed_years = 9;  // the tenth after the last one of conflict, which was followed by a quiet one
constexpr double days_a_year = 365.2425;
constexpr double days_a_month = days_a_year / 12.0;
constexpr double wgi_points = 5.0;  // of the scale from -2.5 to 2.5 that capacity 0 to 1 stands for

/// The recorded intervals of one output, with the time of their ends.
class Series {
  public:
    Series(const sim::RunResult& run, const TransitionExperiment& experiment, sim::Date exit)
        : run_(run), plan_(experiment.record_plan()), exit_(exit), clock_(experiment.clock()) {}

    [[nodiscard]] std::size_t intervals() const { return static_cast<std::size_t>(plan_.intervals); }
    [[nodiscard]] std::size_t width(std::size_t output) const { return plan_.widths[output]; }
    [[nodiscard]] std::size_t named(std::string_view name) const {
        const auto found =
            std::find_if(plan_.outputs.begin(), plan_.outputs.end(), [&](const auto& o) { return o.name == name; });
        return static_cast<std::size_t>(found - plan_.outputs.begin());
    }
    [[nodiscard]] double at(std::size_t output, std::size_t interval, std::size_t row) const {
        const std::size_t i = interval * plan_.widths[output] + row;
        const auto& integers = run_.record.integers[output];
        return integers.empty() ? static_cast<double>(run_.record.floats[output][i]) : static_cast<double>(integers[i]);
    }
    [[nodiscard]] double sum(std::size_t output, std::size_t interval) const {
        double all = 0.0;
        for (std::size_t row = 0; row < width(output); ++row) all += at(output, interval, row);
        return all;
    }
    /// Days from the exit to the middle, or the end, of an interval.
    [[nodiscard]] double middle_days(std::size_t interval) const { return 0.5 * (end_days(interval, 0) + end_days(interval, 1)); }
    [[nodiscard]] double end_days(std::size_t interval, std::size_t after = 1) const {
        const auto step = static_cast<std::int32_t>(interval + after) * plan_.every_steps;
        return static_cast<double>(clock_.date(std::min(step, clock_.steps())) - exit_);
    }
    /// The interval whose end is nearest to `days` after the exit.
    [[nodiscard]] std::size_t near(double days) const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < intervals(); ++i)
            if (std::abs(end_days(i) - days) < std::abs(end_days(best) - days)) best = i;
        return best;
    }

  private:
    const sim::RunResult& run_;
    const sim::RecordPlan& plan_;
    sim::Date exit_;
    const sim::Clock& clock_;
};

bool is_political(std::size_t kind) { return kind <= static_cast<std::size_t>(Violence::one_sided_state); }

void read_violence(const Series& series, double months_an_interval, Measures& m) {
    const auto set = [&](Measure which, double value) { m[static_cast<std::size_t>(which)] = value; };
    const std::size_t deaths = series.named("deaths"), events = series.named("events_violence");
    const std::size_t civilian = series.named("civilian_deaths");
    const auto battle = static_cast<std::size_t>(Violence::state_based);
    const auto by_state = static_cast<std::size_t>(Violence::one_sided_state);
    std::array<double, followed_years + 1> battle_deaths{};
    std::vector<double> monthly;
    double civilians = 0.0, fighting = 0.0, here = 0.0, beside = 0.0, first = 0.0, last = 0.0;
    for (std::size_t i = 0; i < series.intervals(); ++i) {
        const double day = series.middle_days(i);
        const auto year = static_cast<std::size_t>(std::max(0.0, 1.0 + std::floor(day / days_a_year)));
        if (year > followed_years) continue;
        double killed = 0.0, political = 0.0;
        for (std::size_t row = 0; row < series.width(deaths); ++row) {
            const std::size_t kind = row % violence_count;
            if (kind == battle) killed += series.at(deaths, i, row);
            if (is_political(kind)) political += series.at(events, i, row);
            if (kind == by_state && year == 1) (row < violence_count ? here : beside) += series.at(events, i, row);
        }
        battle_deaths[year] += killed;
        if (year == 0 || year > forecast_years) continue;
        monthly.push_back(killed);
        if (killed > 0.0) {
            civilians += series.sum(civilian, i);
            fighting += 1.0;
        }
        if (day < 3.0 * days_a_month) first += political;
        if (day >= 9.0 * days_a_month && day < 12.0 * days_a_month) last += political;
    }
    double first_conflict = 0.0, goes_on = -1.0, war = 0.0;
    const std::size_t last_year = static_cast<std::size_t>(std::lround(series.end_days(series.intervals() - 1) / days_a_year));
    for (std::size_t year = followed_years; year >= 1; --year) {
        if (battle_deaths[year] >= conflict_deaths) {
            first_conflict = static_cast<double>(year);
            goes_on = year >= std::min(last_year, followed_years) ? -1.0 : battle_deaths[year + 1] >= conflict_deaths ? 1.0 : 0.0;
        }
        if (year <= forecast_years && battle_deaths[year] >= 1000.0) war = 1.0;
    }
    double mean = 0.0, square = 0.0;
    for (const double n : monthly) mean += n / static_cast<double>(monthly.size());
    for (const double n : monthly) square += (n - mean) * (n - mean) / static_cast<double>(monthly.size() - 1);
    set(Measure::battle_before, battle_deaths[0]);
    set(Measure::first_conflict, first_conflict);
    set(Measure::goes_on, goes_on);
    set(Measure::war, war);
    set(Measure::fano, mean > 0.0 ? square / mean : 0.0);
    set(Measure::civilians, fighting > 0.0 ? civilians / fighting : 0.0);
    const double months = std::round(12.0 / months_an_interval) * months_an_interval;
    set(Measure::state_here, here / months);
    set(Measure::state_beside, beside / months);
    set(Measure::events_quarter_1, first);
    set(Measure::events_quarter_4, last);
}

}  // namespace

Measures measures_of(const sim::RunResult& run, const TransitionExperiment& experiment, sim::Date exit) {
    Measures m{};
    const auto set = [&](Measure which, double value) { m[static_cast<std::size_t>(which)] = value; };
    const Series series(run, experiment, exit);
    const Member member = member_of(run, experiment, exit);
    double log_deaths = 0.0;
    for (const double deaths : member.deaths) log_deaths += sim::log1p(deaths) / static_cast<double>(forecast_years);
    set(Measure::log_deaths, log_deaths);
    set(Measure::log_before, sim::log1p(member.deaths_before));
    read_violence(series, (series.end_days(1) - series.end_days(0)) / days_a_month, m);

    const std::size_t at_exit = series.near(0.0), in_three = series.near(3.0 * days_a_year);
    const std::size_t last = series.near(5.0 * days_a_year);
    const std::size_t refugees = series.named("total_refugees"), capacity = series.named("capacity"), gdp = series.named("gdp");
    const double abroad = series.sum(refugees, at_exit);
    set(Measure::refugees_left, abroad > 0.0 ? series.sum(refugees, in_three) / abroad : 1.0);
    const double years = (series.end_days(last) - series.end_days(at_exit)) / days_a_year;
    set(Measure::capacity_drift, wgi_points * (series.sum(capacity, last) - series.sum(capacity, at_exit)) /
                                     static_cast<double>(series.width(capacity)) / years);
    const auto growth = [&](std::size_t from, std::size_t to) {
        const double span = (series.end_days(to) - series.end_days(from)) / days_a_year;
        return 100.0 * sim::log(series.sum(gdp, to) / series.sum(gdp, from)) / span;
    };
    set(Measure::growth_before, growth(0, at_exit));
    set(Measure::growth_after, growth(at_exit, in_three));
    const std::size_t cost = series.named("assessed_cost"), strength = series.named("uniformed");
    double spent = 0.0, persons = 0.0, n = 0.0;
    for (std::size_t i = 0; i < series.intervals() && series.end_days(i) <= 0.0; ++i) {
        spent += series.sum(cost, i);
        persons += series.sum(strength, i);
        n += 1.0;
    }
    const double span = n > 0.0 ? (series.end_days(static_cast<std::size_t>(n) - 1) - series.end_days(0, 0)) / days_a_year : 1.0;
    set(Measure::cost, spent / 1e6 / span);
    set(Measure::uniformed, n > 0.0 ? persons / n : 0.0);
    return m;
}

}  // namespace drawdown
