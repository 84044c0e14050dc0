#include "models/transition/benchmarks.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

using Values = std::array<double, indicator_count>;

double& at(Values& values, Indicator which) { return values[static_cast<std::size_t>(which)]; }

double ratio(double part, double whole, double otherwise) { return whole > 0.0 ? part / whole : otherwise; }

/// Indicators that are means over the adults of the regions.
void add_regions(sim::View<Benchmarks> state, double dt_weeks, double cases_scale, Values& v) {
    const auto adults = state[region::adults];
    double people = 0.0;
    for (const std::int64_t a : adults) people += static_cast<double>(a);
    for (std::size_t r = 0; r < adults.size() && people > 0.0; ++r) {
        const double w = static_cast<double>(adults[r]) / people;
        const auto able = [&](Function f) { return state[region_function::capacity][row_of(r, f)]; };
        const double everybody = std::max(1.0, static_cast<double>(state[region::population][r]));
        const double cases = 1e6 * state[region::sexual_violence][r] / everybody / dt_weeks;
        const double unmet = state[region::need][r] * (1.0 - state[region::aid][r]);
        at(v, Indicator::security) += w * state[region::security_level][r];
        at(v, Indicator::state_control) += w * state[region::state_control][r];
        at(v, Indicator::police_capacity) += w * able(Function::police);
        at(v, Indicator::justice_capacity) += w * able(Function::justice);
        at(v, Indicator::army_capacity) += w * able(Function::army);
        at(v, Indicator::services) += w * state[region::services][r];
        at(v, Indicator::popular_consent) += w * state[region::consent][r];
        at(v, Indicator::expectations_met) +=
            w * (1.0 - std::max(0.0, state[region::expectation][r] - state[region::services][r]));
        at(v, Indicator::trust_state) += w * state[region::trust_state][r];
        at(v, Indicator::trust_mission) += w * state[region::trust_mission][r];
        at(v, Indicator::few_abuses) += w * (1.0 - state[region::abuse][r]);
        at(v, Indicator::women_participation) += w * state[region::women_participation][r];
        at(v, Indicator::youth_participation) += w * state[region::youth_participation][r];
        at(v, Indicator::women_safe) += w * sim::exp(-cases / cases_scale);
        at(v, Indicator::access) += w * state[region::access][r];
        at(v, Indicator::needs_met) += w * (1.0 - unmet);
        at(v, Indicator::cleared_land) += w * (1.0 - state[region::mines][r]);
        at(v, Indicator::youth_jobs) += w * state[region::youth_jobs][r];
        at(v, Indicator::civil_society) += w * state[region::civil_society][r];
        at(v, Indicator::civil_independence) += w * state[region::civil_independence][r];
        at(v, Indicator::settled_property) += w * (1.0 - state[region::property_disputes][r]);
        at(v, Indicator::media) += w * state[region::media][r];
        at(v, Indicator::calm_borders) += w * (1.0 - state[region::spillover][r]);
    }
}

/// Indicators that are means over the people of the communities.
void add_communities(sim::View<Benchmarks> state, Values& v) {
    double people = 0.0;
    double talking = 0.0;
    double believing = 0.0;
    for (std::size_t c = 0; c < state[community::residents].size(); ++c) {
        const double w = state[community::residents][c];
        people += w;
        talking += w * static_cast<double>(state[community::dialogue][c]);
        believing += w * static_cast<double>(state[community::rumour][c]);
    }
    at(v, Indicator::local_dialogue) = ratio(talking, people, 0.0);
    at(v, Indicator::truth) = 1.0 - ratio(believing, people, 0.0);
}

/// Tasks, provisions, former fighters.
void add_lists(sim::View<Benchmarks> state, Values& v) {
    double ready = 0.0;
    double working = 0.0;
    for (std::size_t a = 0; a < activity_count; ++a) {
        ready += state[activity::readiness][a] / activity_count;
        const auto stage = static_cast<Handover>(state[activity::handover][a]);
        working += (stage == Handover::successor ? 1.0 : stage == Handover::overlap ? 0.5 : 0.0) / activity_count;
    }
    at(v, Indicator::successors_ready) = ready;
    at(v, Indicator::handed_over) = working;
    double done = 0.0;
    double owned = 0.0;
    for (std::size_t p = 0; p < state[provision::implementation].size(); ++p) {
        done += state[provision::implementation][p];
        owned += state[provision::owned][p];
    }
    at(v, Indicator::ownership) = clamp01(ratio(owned, done, 0.0));
    double settled = 0.0;
    double fought = 0.0;
    for (std::size_t r = 0; r < state[region::reintegrated].size(); ++r) {
        settled += static_cast<double>(state[region::reintegrated][r]);
        fought += static_cast<double>(state[region::reintegrated][r] + state[region::in_programme][r] + state[region::former][r]);
    }
    at(v, Indicator::reintegrated) = ratio(settled, fought, 1.0);
}

}  // namespace

Values Benchmarks::indicators(sim::View<Benchmarks> state, double dt_weeks) const {
    Values v{};
    add_regions(state, dt_weeks, cases_scale, v);
    add_communities(state, v);
    add_lists(state, v);
    const double everybody = std::max(1.0, static_cast<double>(state[country::population][0]));
    const auto abroad = static_cast<double>(state[country::refugees][0]);
    const double away = static_cast<double>(state[country::displaced][0]) + abroad;
    at(v, Indicator::returns) = clamp01(1.0 - away / (away_share * everybody));
    at(v, Indicator::refugees_home) = clamp01(1.0 - abroad / (away_share * everybody));
    at(v, Indicator::legitimacy) = state[country::legitimacy][0];
    at(v, Indicator::implementation) = state[country::implementation][0];
    at(v, Indicator::host_consent) = state[country::consent][0];
    at(v, Indicator::clean_hands) = 1.0 - state[country::complicity][0];
    at(v, Indicator::ceasefire) = state[country::ceasefire][0];
    at(v, Indicator::settled_disputes) = 1.0 - state[country::disputes][0];
    at(v, Indicator::rights_record) = 1.0 - state[country::abuse_record][0];
    at(v, Indicator::women_in_process) = state[country::women_in_process][0];
    at(v, Indicator::youth_in_process) = state[country::youth_in_process][0];
    at(v, Indicator::conduct) = 1.0 - std::min(1.0, state[country::misconduct][0]);
    at(v, Indicator::forces_conduct) = state[country::support_to_forces][0];
    at(v, Indicator::integration) = state[country::integration][0];
    at(v, Indicator::own_budget) = std::min(1.0, state[country::budget_adequacy][0]);
    at(v, Indicator::press_freedom) = state[country::press_freedom][0];
    for (double& value : v) value = clamp01(value);  // means of ones may round to a little more
    return v;
}

void Benchmarks::step(sim::View<Benchmarks> state, const sim::Step& now) const {
    const Values values = indicators(state, now.dt_weeks);
    const bool open = state[country::mission_open][0] != 0;
    const double seen =
        open ? state[country::sight][0] : std::min(state[country::sight][0], state[country::political_oversight][0]);
    const bool watched = open || state[country::political_oversight][0] > 0.0 || now.initial;
    for (std::size_t b = 0; b < benchmarks.size(); ++b) {
        const BenchmarkInput& input = benchmarks[b];
        const double value = values[static_cast<std::size_t>(input.indicator)];
        state[benchmark::value][b] = value;
        sim::Rng rng = now.rng("benchmarks", {static_cast<std::uint32_t>(b), 0});
        const double noise = rng.normal();
        if (!watched) continue;
        auto& observed = state[benchmark::observed][b];
        const double delay = input.delay_weeks * (1.0 + blindness * (1.0 - seen));
        const double followed = delay > 0.0 ? relaxed(observed, value, 1.0 / delay, now.dt_weeks) : value;
        // A week's error enters the running reading so that the reading's own deviation is the error.
        const double share = delay > 0.0 ? std::sqrt(-sim::expm1(-2.0 * now.dt_weeks / delay)) : 1.0;
        observed = clamp01(followed + share * input.error_sd * (1.0 - sight * seen) * noise);

        auto& held = state[benchmark::held_weeks][b];
        auto& missed = state[benchmark::missed_weeks][b];
        const double before = held;
        const bool was_met = before > 0.0 && before >= input.held_weeks;
        const bool low = observed < input.at_least - (was_met ? margin * input.error_sd : 0.0);
        missed = was_met && low ? missed + now.dt_weeks : 0.0;
        const bool lost = low && (!was_met || missed >= lost_after_weeks);
        held = lost ? 0.0 : held + now.dt_weeks;
        if (lost) missed = 0.0;
        if (now.initial) continue;
        const auto index = static_cast<double>(b);
        if (!was_met && held > 0.0 && held >= input.held_weeks)
            state.log(static_cast<int>(EventKind::benchmark_met), -1, -1, index, -1);
        if (was_met && lost) state.log(static_cast<int>(EventKind::benchmark_lost), -1, -1, index, -1);
    }
}

}  // namespace drawdown
