#include "models/forecast/forecast.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/transition/columns/kinds.hpp"
#include "sim/math.hpp"
#include "sim/statistics.hpp"

namespace drawdown {

namespace {

constexpr double armed_conflict_deaths = 25.0;
constexpr double war_deaths = 1000.0;
constexpr std::array<double, 5> levels = {0.05, 0.25, 0.50, 0.75, 0.95};

/// Deaths of a year that UCDP would count: state-based ones, and one-sided and non-state ones of a kind that reaches 25.
double counted(const std::array<double, violence_count>& by_kind) {
    double sum = by_kind[static_cast<std::size_t>(Violence::state_based)];
    for (const Violence kind :
         {Violence::one_sided_group, Violence::one_sided_state, Violence::between_groups, Violence::communal})
        if (const double n = by_kind[static_cast<std::size_t>(kind)]; n >= armed_conflict_deaths) sum += n;
    return sum;
}

std::size_t output_named(const sim::RecordPlan& plan, std::string_view name) {
    const auto found = std::find_if(plan.outputs.begin(), plan.outputs.end(), [&](const auto& o) { return o.name == name; });
    return static_cast<std::size_t>(std::distance(plan.outputs.begin(), found));
}

double share_of(const std::vector<Member>& members, bool Member::*what) {
    const auto n = std::count_if(members.begin(), members.end(), [&](const Member& m) { return m.*what; });
    return static_cast<double>(n) / static_cast<double>(members.size());
}

}  // namespace

Member member_of(const sim::RunResult& run, const TransitionExperiment& experiment, sim::Date exit) {
    const sim::RecordPlan& plan = experiment.record_plan();
    const std::size_t output = output_named(plan, "deaths");
    const std::vector<std::int32_t>& deaths = run.record.integers[output];
    const std::size_t width = plan.widths[output];
    const sim::Clock& clock = experiment.clock();
    // Year 0 is the one before the exit.
    std::array<std::array<double, violence_count>, forecast_years + 1> by_kind{};
    for (std::size_t i = 0; (i + 1) * width <= deaths.size(); ++i) {
        const std::int32_t first = static_cast<std::int32_t>(i) * plan.every_steps;
        const sim::Date middle = clock.date(std::min(first + plan.every_steps / 2, clock.steps()));
        const int year = middle < exit ? 0 : 1 + middle.year() - exit.year();
        if (year > static_cast<int>(forecast_years)) continue;
        for (std::size_t k = 0; k < width; ++k)
            by_kind[static_cast<std::size_t>(year)][k % violence_count] += static_cast<double>(deaths[i * width + k]);
    }
    Member member;
    member.deaths_before = counted(by_kind[0]);
    for (std::size_t year = 0; year < forecast_years; ++year) {
        const auto& kinds = by_kind[year + 1];
        const double battle = kinds[static_cast<std::size_t>(Violence::state_based)];
        member.deaths[year] = counted(kinds);
        member.armed_conflict = member.armed_conflict || battle >= armed_conflict_deaths;
        member.war = member.war || battle >= war_deaths;
    }
    return member;
}

std::vector<Member> nearest(std::vector<Member> candidates, const std::optional<double>& seen, std::size_t wanted) {
    if (seen) {
        const double target = sim::log1p(*seen);
        const auto distance = [&](const Member& m) { return std::abs(sim::log1p(m.deaths_before) - target); };
        std::stable_sort(candidates.begin(), candidates.end(),
                         [&](const Member& a, const Member& b) { return distance(a) < distance(b); });
    }
    if (candidates.size() > wanted) candidates.resize(wanted);
    return candidates;
}

std::string forecasts_csv(const std::vector<Forecast>& forecasts) {
    std::string text = "id,p_armed_conflict_5y,p_war_5y";
    for (std::size_t year = 1; year <= forecast_years; ++year)
        for (const double level : levels) text += fmt::format(",l{}_q{:02.0f}", year, 100.0 * level);
    text += "\n";
    for (const Forecast& forecast : forecasts) {
        text += fmt::format("{},{:.4f},{:.4f}", forecast.id, share_of(forecast.members, &Member::armed_conflict),
                            share_of(forecast.members, &Member::war));
        for (std::size_t year = 0; year < forecast_years; ++year) {
            std::vector<double> logs;
            for (const Member& member : forecast.members) logs.push_back(sim::log1p(member.deaths[year]));
            for (const double level : levels) text += fmt::format(",{:.4f}", sim::quantile(logs, level));
        }
        text += "\n";
    }
    return text;
}

std::string members_csv(const std::vector<Forecast>& forecasts) {
    std::string text = "id,member,l1,l2,l3,l4,l5,armed_conflict_5y,war_5y\n";
    for (const Forecast& forecast : forecasts)
        for (std::size_t m = 0; m < forecast.members.size(); ++m) {
            const Member& member = forecast.members[m];
            text += fmt::format("{},{}", forecast.id, m);
            for (const double deaths : member.deaths) text += fmt::format(",{:.4f}", sim::log1p(deaths));
            text += fmt::format(",{:d},{:d}\n", member.armed_conflict, member.war);
        }
    return text;
}

}  // namespace drawdown
