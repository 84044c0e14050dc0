#include "models/transition/comparison.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/date.hpp"
#include "sim/errors.hpp"

namespace drawdown {

namespace {

using Format = OutcomeTable::Format;

std::string global_text(const sim::ResultReader& file, std::string_view name) {
    for (const sim::Attribute& attribute : file.attributes())
        if (attribute.name == name)
            if (const auto* text = std::get_if<std::string>(&attribute.value)) return *text;
    throw sim::FileError(sim::FileError::Kind::cannot_read, file.path(),
                         fmt::format("no attribute {}; not a result of drawdown", name));
}

/// The series of a result file, addressed by strategy, replicate and interval.
class Series {
  public:
    explicit Series(const sim::ResultReader& file) : file_(file) {
        const auto& shape = file.variable("uniformed").shape;
        strategies = shape[0];
        replicates = shape[1];
        intervals = shape[2];
        days = file.read_doubles("time");
        begins.resize(intervals);
        const auto bounds = file.read_doubles("time_bounds");
        for (std::size_t i = 0; i < intervals; ++i) begins[i] = bounds[2 * i];
    }

    /// A variable's values for one run, `[interval x rest]`.
    [[nodiscard]] std::vector<double> run(const std::string& name, std::size_t strategy, std::size_t replicate) const {
        const auto& shape = file_.variable(name).shape;
        std::vector<std::size_t> offset(shape.size(), 0);
        std::vector<std::size_t> count = shape;
        offset[0] = strategy;
        offset[1] = replicate;
        count[0] = count[1] = 1;
        return file_.read_doubles(name, offset, count);
    }

    std::size_t strategies = 0, replicates = 0, intervals = 0;
    std::vector<double> days;    ///< end of each interval
    std::vector<double> begins;  ///< its first day

  private:
    const sim::ResultReader& file_;
};

/// Outcomes of one run that the table needs.
struct RunOutcomes {
    double conflict_day = -1.0;  ///< first interval from the comparison day on with armed conflict, -1 for none
    double war_day = -1.0;
    double exit_day = -1.0;  ///< when the mission closed, -1 if it stays
    double conflict_after_exit = -1.0;
    double deaths = 0.0, state_based = 0.0, fled = 0.0, cost = 0.0, control = 0.0, legitimacy = 0.0;
};

RunOutcomes outcomes_of(const Series& series, std::size_t s, std::size_t r, double from) {
    RunOutcomes out;
    const auto conflict = series.run("armed_conflict", s, r);
    const auto war = series.run("war", s, r);
    const auto open = series.run("mission_open", s, r);
    const auto deaths = series.run("violent_deaths", s, r);
    const auto by_type = series.run("deaths", s, r);
    const auto fled = series.run("newly_displaced", s, r);
    const auto cost = series.run("assessed_cost", s, r);
    const auto control = series.run("state_control", s, r);
    const auto people = series.run("population", s, r);
    const auto legitimacy = series.run("legitimacy", s, r);
    const std::size_t regions = control.size() / series.intervals;
    const std::size_t types = by_type.size() / series.intervals;
    double control_sum = 0.0, weight_sum = 0.0, legitimacy_sum = 0.0;
    std::size_t last_year = 0;
    for (std::size_t i = 0; i < series.intervals; ++i) {
        if (out.exit_day < 0.0 && open[i] < 0.5) out.exit_day = series.begins[i];
        if (out.exit_day >= 0.0 && open[i] > 0.5) out.exit_day = -1.0;  // it came back
        if (series.begins[i] < from) continue;
        if (out.conflict_day < 0.0 && conflict[i] > 0.5) out.conflict_day = series.begins[i];
        if (out.war_day < 0.0 && war[i] > 0.5) out.war_day = series.begins[i];
        if (out.exit_day >= 0.0 && out.conflict_after_exit < 0.0 && conflict[i] > 0.5) out.conflict_after_exit = series.begins[i];
        out.deaths += deaths[i];
        out.cost += cost[i];
        for (std::size_t k = 0; k < regions; ++k) {
            out.fled += fled[i * regions + k];
            out.state_based += by_type[i * types + k * (types / regions)];
        }
        if (series.days[i] <= series.days.back() - 365.0) continue;
        ++last_year;
        legitimacy_sum += legitimacy[i];
        for (std::size_t k = 0; k < regions; ++k) {
            control_sum += control[i * regions + k] * people[i * regions + k];
            weight_sum += people[i * regions + k];
        }
    }
    out.control = weight_sum > 0.0 ? control_sum / weight_sum : 0.0;
    out.legitimacy = last_year > 0 ? legitimacy_sum / static_cast<double>(last_year) : 0.0;
    return out;
}

class Builder {
  public:
    Builder(Comparison& comparison, const std::vector<std::vector<RunOutcomes>>& runs) : comparison_(comparison), runs_(runs) {}

    void mean(std::string name, std::string title, Format format, const std::function<double(const RunOutcomes&)>& value) {
        OutcomeTable table{std::move(name), std::move(title), format, {}};
        const std::vector<double> base = values(comparison_.reference, value);
        for (std::size_t s = 0; s < runs_.size(); ++s) {
            const std::vector<double> own = values(s, value);
            sim::Estimate estimate = sim::mean_with_interval(own);
            // The t interval knows no bounds; what is counted cannot be below 0, nor a level above 1.
            estimate.interval.lo = std::max(estimate.interval.lo, 0.0);
            if (format == Format::level) estimate.interval.hi = std::min(estimate.interval.hi, 1.0);
            table.rows.push_back({estimate, sim::paired_difference(own, base), sign_flips(own, base)});
        }
        comparison_.outcomes.push_back(std::move(table));
    }

    void share(std::string name, std::string title, const std::function<bool(const RunOutcomes&)>& happened) {
        OutcomeTable table{std::move(name), std::move(title), Format::percent, {}};
        const auto base = flags(comparison_.reference, happened);
        for (std::size_t s = 0; s < runs_.size(); ++s) {
            const auto own = flags(s, happened);
            const auto count = static_cast<std::uint64_t>(std::count(own.begin(), own.end(), std::uint8_t{1}));
            table.rows.push_back({sim::share_with_interval(count, own.size()), sim::paired_difference_of_shares(own, base),
                                  sign_flips({own.begin(), own.end()}, {base.begin(), base.end()})});
        }
        comparison_.outcomes.push_back(std::move(table));
    }

    /// Share with armed conflict within `years` of the own exit; runs that end earlier count as long as they were seen.
    void after_exit(double years, double last_day) {
        OutcomeTable table{fmt::format("relapse_{:.0f}y_after_exit", years),
                           fmt::format("armed conflict within {:.0f} years of the own exit (Kaplan-Meier)", years),
                           Format::percent,
                           {}};
        std::string stays, too_short;  // strategies without a number, by reason
        for (std::size_t s = 0; s < runs_.size(); ++s) {
            std::vector<double> times;
            std::vector<std::uint8_t> happened;
            for (const RunOutcomes& run : runs_[s]) {
                if (run.exit_day < 0.0) continue;
                const bool event = run.conflict_after_exit >= 0.0;
                times.push_back(((event ? run.conflict_after_exit : last_day) - run.exit_day) / 365.25);
                happened.push_back(event ? 1 : 0);
            }
            sim::Estimate survived = sim::survival(times, happened, years);
            const bool seen = std::any_of(times.begin(), times.end(), [&](double t) { return t >= years - 0.1; });
            if (!seen) {
                survived = {std::nan(""), {std::nan(""), std::nan("")}};
                std::string& list = times.empty() ? stays : too_short;
                list += (list.empty() ? "" : ", ") + comparison_.strategies[s];
            }
            table.rows.push_back(
                {{1.0 - survived.value, {1.0 - survived.interval.hi, 1.0 - survived.interval.lo}}, std::nullopt});
        }
        if (!too_short.empty())
            comparison_.notes.push_back(
                fmt::format("- under \"{}\": runs end sooner than that after the exit ({})", table.title, too_short));
        if (!stays.empty())
            comparison_.notes.push_back(fmt::format("- under \"{}\": the mission never leaves ({})", table.title, stays));
        comparison_.outcomes.push_back(std::move(table));
    }

  private:
    [[nodiscard]] std::vector<double> values(std::size_t s, const std::function<double(const RunOutcomes&)>& value) const {
        std::vector<double> list;
        for (const RunOutcomes& run : runs_[s]) list.push_back(value(run));
        return list;
    }
    [[nodiscard]] std::vector<std::uint8_t> flags(std::size_t s, const std::function<bool(const RunOutcomes&)>& happened) const {
        std::vector<std::uint8_t> list;
        for (const RunOutcomes& run : runs_[s]) list.push_back(happened(run) ? 1 : 0);
        return list;
    }

    Comparison& comparison_;
    const std::vector<std::vector<RunOutcomes>>& runs_;
};

std::string shown(double x, Format format, bool sign) {
    if (!std::isfinite(x)) return "-";
    if (x == 0.0) x = 0.0;  // no minus zero
    const std::string plus = sign && x > 0.0 ? "+" : "";
    switch (format) {
        case Format::percent:
            return fmt::format("{}{:.1f}", plus, 100.0 * x);
        case Format::count:
            return std::abs(x) >= 100.0 || x == 0.0 ? fmt::format("{}{:.0f}", plus, x) : fmt::format("{}{:.1f}", plus, x);
        case Format::millions:
            return fmt::format("{}{:.0f}", plus, x / 1e6);
        case Format::level:
            return fmt::format("{}{:.3f}", plus, x);
    }
    return "";
}

}  // namespace

PairedRuns paired_runs(const sim::ResultReader& file) {
    PairedRuns pairs;
    pairs.strategies = file.read_texts("strategy_name");
    const auto found = std::find(pairs.strategies.begin(), pairs.strategies.end(), global_text(file, "compare_with"));
    pairs.reference = found == pairs.strategies.end() ? 0 : static_cast<std::size_t>(found - pairs.strategies.begin());
    pairs.from = global_text(file, "compare_from");
    const auto status = file.read_integers("run_status");
    const std::size_t strategies = pairs.strategies.size();
    const std::size_t replicates = status.size() / strategies;
    for (std::size_t r = 0; r < replicates; ++r) {
        bool all = true;
        for (std::size_t s = 0; s < strategies; ++s) all = all && status[s * replicates + r] == 0;
        if (all) pairs.complete.push_back(r);
    }
    return pairs;
}

Comparison compare(const sim::ResultReader& file) {
    Comparison comparison;
    const PairedRuns pairs = paired_runs(file);
    comparison.strategies = pairs.strategies;
    comparison.reference = pairs.reference;
    const std::string& from_text = pairs.from;
    const double from = sim::Date::parse(from_text).value_or(sim::Date()).days_since_1970();

    const Series series(file);
    comparison.replicates = pairs.complete.size();
    std::vector<std::vector<RunOutcomes>> runs(series.strategies);
    for (std::size_t s = 0; s < series.strategies; ++s)
        for (const std::size_t r : pairs.complete) runs[s].push_back(outcomes_of(series, s, r, from));

    const auto within = [from](double day, double years) { return day >= 0.0 && day < from + 365.25 * years; };
    Builder build(comparison, runs);
    const double span = (series.days.back() - from) / 365.25;
    for (const double years : {5.0, 10.0}) {
        if (span < years) continue;
        build.share(
            fmt::format("relapse_{:.0f}y", years),
            fmt::format("% with armed conflict (25+ battle deaths in a year) within {:.0f} years of {}", years, from_text),
            [=](const RunOutcomes& run) { return within(run.conflict_day, years); });
    }
    build.after_exit(5.0, series.days.back());
    build.after_exit(10.0, series.days.back());
    build.share("war", fmt::format("% with war (1,000+ battle deaths in a year), {} to the end", from_text),
                [](const RunOutcomes& run) { return run.war_day >= 0.0; });
    build.mean("deaths", "deaths by violence of all kinds, to the end", Format::count,
               [](const RunOutcomes& run) { return run.deaths; });
    build.mean("battle_deaths", "of these state-based", Format::count, [](const RunOutcomes& run) { return run.state_based; });
    build.mean("displaced", "persons who fled, to the end", Format::count, [](const RunOutcomes& run) { return run.fled; });
    build.mean("cost", "assessed cost of the mission, million USD, to the end", Format::millions,
               [](const RunOutcomes& run) { return run.cost; });
    build.mean("state_control", "share of people under state control, last year", Format::level,
               [](const RunOutcomes& run) { return run.control; });
    build.mean("legitimacy", "legitimacy of the government, last year", Format::level,
               [](const RunOutcomes& run) { return run.legitimacy; });
    if (comparison.replicates == 1) comparison.notes.push_back("- in brackets: the mean of one replicate has no interval");
    if (comparison.replicates < series.replicates)
        comparison.notes.push_back(fmt::format("{} of {} replicates are left out, because a run failed",
                                               series.replicates - comparison.replicates, series.replicates));
    return comparison;
}

double sign_flips(const std::vector<double>& own, const std::vector<double>& base) {
    double sum = 0.0;
    for (std::size_t i = 0; i < own.size(); ++i) sum += own[i] - base[i];
    std::size_t other = 0;
    for (std::size_t i = 0; i < own.size(); ++i) other += (own[i] - base[i]) * sum < 0.0 ? 1 : 0;
    return own.empty() ? 0.0 : static_cast<double>(other) / static_cast<double>(own.size());
}

std::string to_text(const Comparison& comparison) {
    std::string text;
    bool open = false;
    std::size_t width = 10;
    for (const std::string& name : comparison.strategies) width = std::max(width, name.size());
    const std::string& base = comparison.strategies[comparison.reference];
    const char* plural = comparison.replicates == 1 ? "" : "s";
    if (comparison.strategies.size() == 1)
        text += fmt::format("{} replicate{} of {}; 95 % intervals in brackets\n", comparison.replicates, plural, base);
    else
        text += fmt::format("{} paired replicate{}; 95 % intervals in brackets; differences from {} with the same random draws\n",
                            comparison.replicates, plural, base);
    for (const OutcomeTable& outcome : comparison.outcomes) {
        text += fmt::format("\n{}\n", outcome.title);
        for (std::size_t s = 0; s < outcome.rows.size(); ++s) {
            const OutcomeRow& row = outcome.rows[s];
            const auto with_interval = [&](const sim::Estimate& e, bool sign) {
                return fmt::format("{:>9} [{}, {}]", shown(e.value, outcome.format, sign),
                                   shown(e.interval.lo, outcome.format, sign), shown(e.interval.hi, outcome.format, sign));
            };
            std::string line =
                fmt::format("  {:<{}} {:<32}", comparison.strategies[s], width, with_interval(row.estimate, false));
            if (row.difference && s != comparison.reference) line += " difference " + with_interval(*row.difference, true);
            line.erase(line.find_last_not_of(' ') + 1);
            if (s != comparison.reference && row.ranking_open()) {
                line += "  ?";
                open = true;
            }
            text += line + "\n";
        }
    }
    if (open)
        text +=
            "\n? the sign of the difference is the other one in more than 20 % of the replicates, each with its own draw of the "
            "parameters: this ranking is open\n";
    for (const std::string& note : comparison.notes) text += "\nNote: " + note + "\n";
    return text;
}

std::string to_json(const Comparison& comparison) {
    const auto number = [](double x) { return std::isfinite(x) ? fmt::format("{}", x) : std::string("null"); };
    const auto estimate = [&](const sim::Estimate& e) {
        return fmt::format("{{\"value\": {}, \"lo\": {}, \"hi\": {}}}", number(e.value), number(e.interval.lo),
                           number(e.interval.hi));
    };
    std::string text = fmt::format("{{\"replicates\": {}, \"reference\": \"{}\", \"outcomes\": {{", comparison.replicates,
                                   comparison.strategies[comparison.reference]);
    for (std::size_t o = 0; o < comparison.outcomes.size(); ++o) {
        const OutcomeTable& outcome = comparison.outcomes[o];
        text += fmt::format("{}\n  \"{}\": {{\"title\": \"{}\"", o == 0 ? "" : ",", outcome.name, outcome.title);
        for (std::size_t s = 0; s < outcome.rows.size(); ++s) {
            text += fmt::format(", \"{}\": {{\"estimate\": {}", comparison.strategies[s], estimate(outcome.rows[s].estimate));
            if (outcome.rows[s].difference)
                text += fmt::format(", \"difference\": {}, \"sign_flips\": {}", estimate(*outcome.rows[s].difference),
                                    number(outcome.rows[s].flips));
            text += "}";
        }
        text += "}";
    }
    return text + "\n}}\n";
}

}  // namespace drawdown
