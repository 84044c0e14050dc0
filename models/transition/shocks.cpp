#include "models/transition/shocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

struct ShockEvent {
    std::string_view kind;
    EventKind event;
};

constexpr std::array<ShockEvent, 9> events_of = {{{"coup_attempt", EventKind::coup_attempt},
                                                  {"sponsor_change", EventKind::sponsor_changes},
                                                  {"refugee_inflow", EventKind::refugee_inflow},
                                                  {"arms_inflow", EventKind::arms_inflow},
                                                  {"extremists", EventKind::extremists_cross},
                                                  {"mutiny", EventKind::mutiny},
                                                  {"price", EventKind::price_shock},
                                                  {"epidemic", EventKind::epidemic_begins},
                                                  {"cessation", EventKind::status_ends}}};

}  // namespace

double PulseInput::at(sim::Date day) const {
    if (day <= start || day >= end) return 0.0;
    if (day <= peak) return level * static_cast<double>(day - start) / static_cast<double>(peak - start);
    return level * static_cast<double>(end - day) / static_cast<double>(end - peak);
}

double Shocks::tension_of(const VoteInput& vote, double weeks_after) const {
    if (weeks_after < -lead_weeks) return 0.0;
    if (weeks_after < 0.0) return vote.stakes * (1.0 + weeks_after / lead_weeks);
    return vote.stakes * decay(half_life_weeks, weeks_after);
}

void Shocks::advance(sim::View<Shocks> state, const sim::Step& now) const {
    constexpr double weeks_a_year = 365.2425 / 7.0;
    const auto level = state[shock::level];
    const auto left = state[shock::weeks_left];
    state[country::coup_attempts][0] = 0;
    state[country::coup_strength][0] = 0.0;
    double pushed = 0.0;
    for (std::size_t i = 0; i < shocks.size(); ++i) {
        const ShockInput& shock = shocks[i];
        left[i] = std::max(0.0, left[i] - now.dt_weeks);
        if (left[i] <= 0.0) level[i] = 0.0;
        const bool by_chance = shock.per_year > 0.0;
        sim::Rng rng = now.rng("shocks", {static_cast<std::uint32_t>(i), 0});
        const double u = rng.uniform();
        const bool begins = by_chance ? level[i] == 0.0 && u < -sim::expm1(-shock.per_year * now.dt_weeks / weeks_a_year)
                                      : now.contains(shock.date);
        if (!begins || now.initial) continue;
        level[i] = shock.size;
        left[i] = std::max(shock.duration_weeks, now.dt_weeks);
        if (shock.kind == "coup_attempt") {
            ++state[country::coup_attempts][0];
            auto& strength = state[country::coup_strength][0];
            strength = 1.0 - (1.0 - strength) * (1.0 - std::min(1.0, std::abs(shock.size)));
            pushed -= coup_consent * std::abs(shock.size);
        }
        if (shock.kind == "consent") pushed += shock.size;
        const auto cause = static_cast<int>(by_chance ? Cause::chance : Cause::schedule);
        for (const ShockEvent& known : events_of)
            if (known.kind == shock.kind)
                state.log(static_cast<int>(known.event), -1, -1,
                          known.event == EventKind::sponsor_changes ? shock.size : std::abs(shock.size), cause);
    }
    state[country::consent_shock][0] = pushed;
}

double Shocks::level_of(sim::View<Shocks> state, std::string_view kind) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < shocks.size(); ++i)
        if (shocks[i].kind == kind) sum += state[shock::level][i];
    return sum;
}

void Shocks::step(sim::View<Shocks> state, const sim::Step& now) const {
    advance(state, now);
    double calm = (1.0 - clamp01(level_of(state, "coup_attempt"))) * (1.0 - clamp01(level_of(state, "mutiny")));
    calm *= 1.0 - state[country::contest][0];  // a contested vote keeps the country tense
    for (const VoteInput& vote : votes) {
        calm *= 1.0 - tension_of(vote, (now.date - vote.date) / 7.0);
        if (now.contains(vote.date) && !now.initial)
            state.log(static_cast<int>(EventKind::vote), -1, -1, vote.stakes, static_cast<int>(Cause::schedule));
    }
    state[country::tension][0] = 1.0 - calm;

    double epidemic = clamp01(level_of(state, "epidemic"));
    for (const PulseInput& pulse : epidemics) {
        epidemic = std::max(epidemic, pulse.at(now.date));
        if (now.contains(pulse.start) && !now.initial)
            state.log(static_cast<int>(EventKind::epidemic_begins), -1, -1, pulse.level, static_cast<int>(Cause::schedule));
    }
    state[country::epidemic][0] = epidemic;

    double price = 1.0 + level_of(state, "price");
    for (const PulseInput& pulse : prices) price += pulse.at(now.date);
    state[country::commodity][0] = std::max(0.05, price);
}

}  // namespace drawdown
