#include "models/forecast/patterns.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "sim/math.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t bootstrap_draws = 400;
constexpr double silent_share = 67.0 / 148.0;  // of UCDP's first quiet years
using Which = std::vector<std::size_t>;

/// All runs of cases of a start under a course.
void each(const PatternRuns& runs, Start start, const std::string& course, const Which& which,
          const std::function<void(const Measures&)>& take) {
    for (const auto& [name, list] : runs)
        if (begins(name, start) && name.ends_with(" " + course))
            for (const std::size_t i : which)
                if (i < list.size()) take(list[i]);
}

std::vector<double> values(const PatternRuns& runs, Start start, const std::string& course, const Which& which,
                           const std::function<double(const Measures&)>& value) {
    std::vector<double> all;
    each(runs, start, course, which, [&](const Measures& m) { all.push_back(value(m)); });
    return all;
}

/// Share of the relapses without a mission that have another year of armed conflict at once.
double going_on(const PatternRuns& runs, const Which& which) {
    std::vector<double> all;
    each(runs, Start::peace, "alone", which, [&](const Measures& m) {
        if (was_quiet(m) && of(m, Measure::goes_on) >= 0.0) all.push_back(of(m, Measure::goes_on));
    });
    return all.empty() ? 0.0 : sim::mean(all);
}

double mean_in_war(const PatternRuns& runs, const std::string& course, Measure measure, const Which& which) {
    return sim::mean(values(runs, Start::war, course, which, [&](const Measures& m) { return of(m, measure); }));
}

/// Change of growth after the exit, points, in quiet countries without a relapse.
std::vector<double> growth_changes(const PatternRuns& runs, const Which& which) {
    std::vector<double> all;
    each(runs, Start::peace, "phased", which, [&](const Measures& m) {
        if (of(m, Measure::first_conflict) == 0.0) all.push_back(of(m, Measure::growth_after) - of(m, Measure::growth_before));
    });
    return all;
}

double hazard(const PatternRuns& runs, const std::string& course, int year, const Which& which) {
    const double before = relapse(runs, course, 1, year - 1, which, FirstYear::as_seen);
    return relapse(runs, course, year, year, which, FirstYear::as_seen) / std::max(1e-9, 1.0 - before);
}

/// Armed conflict in any year from the start on, quiet countries.
double conflict_from_start(const PatternRuns& runs, const std::string& course, const Which& which) {
    return sim::mean(values(runs, Start::peace, course, which, [](const Measures& m) { return any_conflict(m) ? 1.0 : 0.0; }));
}

double half_life(const PatternRuns& runs, const Which& which) {
    std::vector<double> left;
    each(runs, Start::peace, "phased", which, [&](const Measures& m) {
        if (of(m, Measure::first_conflict) == 0.0) left.push_back(of(m, Measure::refugees_left));
    });
    return -3.0 * sim::log(2.0) / sim::log(std::clamp(sim::mean(left), 0.001, 0.999));
}

/// Civilians killed where there is fighting, under a course, over those without a mission; its logarithm.
double civilians_ratio(const PatternRuns& runs, const std::string& course, const Which& which) {
    return sim::log((mean_in_war(runs, course, Measure::civilians, which) + 1e-3) /
                    (mean_in_war(runs, "alone", Measure::civilians, which) + 1e-3));
}

double cost_gap(const PatternRuns& runs, const Which& which) {
    constexpr double fixed_musd = 239.0, a_head_musd = 0.0311;  // EVIDENCE 87
    return sim::mean(values(runs, Start::peace, "stays", which, [](const Measures& m) {
        return of(m, Measure::cost) / (fixed_musd + a_head_musd * of(m, Measure::uniformed)) - 1.0;
    }));
}

double toll(const PatternRuns& runs, const std::string& course, const Which& which) {
    return sim::mean(values(runs, Start::war, course, which, [](const Measures& m) { return of(m, Measure::log_deaths); }));
}

double hazard_ratio(const PatternRuns& runs, const Which& which) {
    // What the mission does begins in the year before, so that it may not be held equal here.
    const auto total = [&](const char* course) {
        return -sim::log1p(-std::min(0.999, relapse(runs, course, 1, 5, which, FirstYear::any)));
    };
    return total("stays") / std::max(1e-9, total("alone"));
}

/// Everything that the table shows, in its order.
struct Law {
    const char* name;
    const char* what;
    double lo, hi;
    double (*value)(const PatternRuns&, const Which&);
};

double median_of(std::vector<double> list) { return sim::quantile(list, 0.5); }

const std::vector<Law>& laws() {
    using R = const PatternRuns&;
    using W = const Which&;
    static const std::vector<Law> list = {
        {"T1", "relapse within 5 years of the last year of conflict, no mission", 0.35, 0.50,
         [](R r, W w) { return relapse(r, "alone", 1, 4, w, FirstYear::as_seen); }},
        {"T1a", "T1, first quiet year without deaths", 0.16, 0.38,
         [](R r, W w) { return relapse(r, "alone", 1, 4, w, FirstYear::silent); }},
        {"T1b", "T1, first quiet year with 1 to 24 deaths", 0.43, 0.66,
         [](R r, W w) { return relapse(r, "alone", 1, 4, w, FirstYear::restless); }},
        {"T1c", "T1, within 10 years", 0.50, 0.67, [](R r, W w) { return relapse(r, "alone", 1, 9, w, FirstYear::as_seen); }},
        {"T1d", "relapses after which the next year is one of conflict too", 0.47, 0.67, going_on},
        {"T2", "hazard of relapse, first year over fourth and fifth", 2.5, 6.0,
         [](R r, W w) {
             return hazard(r, "alone", 1, w) / (0.5 * (hazard(r, "alone", 4, w) + hazard(r, "alone", 5, w)) + 1e-9);
         }},
        {"T3", "hazard of relapse, with 5,000 peacekeepers over without", 0.2, 0.7, hazard_ratio},
        {"T4", "log civilians killed for each 1,000 troops, in months with fighting", -0.6, -0.05,
         [](R r, W w) { return civilians_ratio(r, "troops_4000", w) / 4.0; }},
        {"T5", "log civilians killed with 300 observers alone (no protection: at least -0.05)", -0.05, infinity,
         [](R r, W w) { return civilians_ratio(r, "observers", w); }},
        {"T6a", "events by the state against civilians a month, region left, change", -0.15, 0.15,
         [](R r, W w) {
             return mean_in_war(r, "region", Measure::state_here, w) - mean_in_war(r, "troops_4000", Measure::state_here, w);
         }},
        {"T6b", "the same in the other regions", 0.1, 0.7,
         [](R r, W w) {
             return mean_in_war(r, "region", Measure::state_beside, w) - mean_in_war(r, "troops_4000", Measure::state_beside, w);
         }},
        {"T7", "political violence after an abrupt exit, months 1-3 over months 10-12", 1.0, infinity,
         [](R r, W w) {
             return (mean_in_war(r, "abrupt", Measure::events_quarter_1, w) + 1e-3) /
                    (mean_in_war(r, "abrupt", Measure::events_quarter_4, w) + 1e-3);
         }},
        {"T8", "capacity of the state after the exit, WGI points a year", -0.02, 0.02,
         [](R r, W w) {
             return sim::mean(
                 values(r, Start::peace, "phased", w, [](const Measures& m) { return of(m, Measure::capacity_drift); }));
         }},
        {"T9", "half-life of refugees abroad in settled cases, years", 2.0, 4.0, half_life},
        {"T10", "mission cost against fixed + variable, relative gap", -0.05, 0.05, cost_gap},
        {"T11", "variance over mean of deaths a month in war, median", 20.0, infinity,
         [](R r, W w) {
             return median_of(values(r, Start::war, "alone", w, [](const Measures& m) { return of(m, Measure::fano); }));
         }},
        {"T12a", "growth after a peaceful exit, change in points, median", -4.0, -0.5,
         [](R r, W w) { return median_of(growth_changes(r, w)); }},
        {"T12b", "the same, standard deviation", 5.0, infinity, [](R r, W w) { return sim::sample_sd(growth_changes(r, w)); }},
        {"T13a", "log deaths saved by the first 4,000 troops", 0.0, infinity,
         [](R r, W w) { return toll(r, "alone", w) - toll(r, "troops_4000", w); }},
        {"T13b", "less than that by the next 4,000: difference", 0.0, infinity,
         [](R r, W w) { return toll(r, "alone", w) - 2.0 * toll(r, "troops_4000", w) + toll(r, "troops_8000", w); }},
        {"T14", "risk of armed conflict in six years, exit in the first month less one phased over the first year", 0.0, 0.20,
         [](R r, W w) { return conflict_from_start(r, "at_once", w) - conflict_from_start(r, "phased", w); }}};
    return list;
}

}  // namespace

bool begins(const std::string& name, Start start) {
    const bool peace = name.starts_with("quiet") || name.starts_with("restless");
    return peace == (start == Start::peace);
}

std::vector<PatternCase> pattern_cases(const std::vector<ExitRow>& rows, bool all) {
    std::vector<PatternCase> cases;
    const auto add = [&](ExitRow row, const char* name, double peak, MissionCourse course) {
        course.name = name;
        row.peak_uniformed = peak;
        if (course.name == "abrupt" || course.name == "at_once") row.drawdown_months = 1.0;
        cases.push_back({row.id + " " + name, std::move(row), std::move(course)});
    };
    const auto made_of = [](double military, double observers) {
        return MissionCourse{.stays = true, .military = military, .observers = observers, .formed_police = 0.0, .police = 0.0};
    };
    for (const ExitRow& row : rows) {
        const double peak = row.peak_uniformed.value_or(5000.0);
        add(row, "alone", 0.0, {.years_more = begins(row.id, Start::peace) ? 4 : 0});
        if (begins(row.id, Start::peace)) {
            add(row, "stays", peak, {.stays = true});
            add(row, "at_once", peak, {.early_days = 335});
            add(row, "phased", peak, {});
        } else if (all) {
            add(row, "observers", 300.0, made_of(0.0, 1.0));
            add(row, "troops_4000", 4000.0, made_of(1.0, 0.0));
            add(row, "troops_8000", 8000.0, made_of(1.0, 0.0));
            add(row, "abrupt", 8000.0, {});
            MissionCourse region = made_of(1.0, 0.0);
            region.leaves_first_region = true;
            add(row, "region", 4000.0, region);
        }
    }
    return cases;
}

double relapse(const PatternRuns& runs, const std::string& course, int from, int to, const std::vector<std::size_t>& which,
               FirstYear first) {
    double silent = 0.0, restless = 0.0, after_silent = 0.0, after_restless = 0.0;
    each(runs, Start::peace, course, which, [&](const Measures& m) {
        if (!was_quiet(m)) return;
        (was_silent(m) ? silent : restless) += 1.0;
        if (relapsed(m, from, to)) (was_silent(m) ? after_silent : after_restless) += 1.0;
    });
    const auto share = [](double happened, double of) { return of > 0.0 ? happened / of : 0.0; };
    const double quiet = share(after_silent, silent), unquiet = share(after_restless, restless);
    switch (first) {
        case FirstYear::silent:
            return quiet;
        case FirstYear::restless:
            return unquiet;
        case FirstYear::as_seen:
            return silent_share * quiet + (1.0 - silent_share) * unquiet;
        case FirstYear::any:
            break;
    }
    return share(after_silent + after_restless, silent + restless);
}

Pattern::Verdict Pattern::verdict() const {
    if (lo <= seen.value && seen.value <= hi) return Verdict::holds;
    return seen.interval.lo <= hi && seen.interval.hi >= lo ? Verdict::near : Verdict::fails;
}

std::vector<Pattern> patterns(const PatternRuns& runs) {
    std::size_t n = std::numeric_limits<std::size_t>::max();
    for (const auto& [name, list] : runs) n = std::min(n, list.size());
    Which everything(n);
    std::iota(everything.begin(), everything.end(), std::size_t{0});
    std::vector<Which> draws;
    const sim::StreamKey stream = sim::stream_key(1, "bootstrap of patterns");
    for (std::uint32_t draw = 0; draw < bootstrap_draws; ++draw) {
        sim::Rng rng(stream, draw, {}, 0);
        Which& which = draws.emplace_back(n);
        for (std::size_t& i : which) {
            const double u = rng.uniform();
            i = std::min(n - 1, static_cast<std::size_t>(u * static_cast<double>(n)));
        }
    }
    std::vector<Pattern> table;
    for (const Law& law : laws()) {
        std::vector<double> again;
        for (const Which& which : draws) again.push_back(law.value(runs, which));
        table.push_back({law.name,
                         law.what,
                         law.lo,
                         law.hi,
                         {law.value(runs, everything), {sim::quantile(again, 0.025), sim::quantile(again, 0.975)}}});
    }
    return table;
}

std::string to_text(const std::vector<Pattern>& patterns, bool markdown) {
    std::string text = markdown ? "| pattern | what | band | value | 95 % interval | verdict |\n|---|---|---|---|---|---|\n"
                                : fmt::format("{:<5} {:<78} {:<15} {:>8}  {:<20} {}\n", "", "pattern", "band", "value",
                                              "95 % interval", "verdict");
    for (const Pattern& p : patterns) {
        const auto end = [](double x) { return std::isinf(x) ? std::string() : fmt::format("{:g}", x); };
        const std::string band = fmt::format("{} to {}", end(p.lo), end(p.hi));
        const std::string interval = fmt::format("{:.3g} to {:.3g}", p.seen.interval.lo, p.seen.interval.hi);
        const char* verdict = p.verdict() == Pattern::Verdict::holds  ? "holds"
                              : p.verdict() == Pattern::Verdict::near ? "near"
                                                                      : "FAILS";
        text +=
            markdown
                ? fmt::format("| {} | {} | {} | {:.3g} | {} | {} |\n", p.name, p.what, band, p.seen.value, interval, verdict)
                : fmt::format("{:<5} {:<78} {:<15} {:>8.3g}  {:<20} {}\n", p.name, p.what, band, p.seen.value, interval, verdict);
    }
    return text;
}

}  // namespace drawdown
