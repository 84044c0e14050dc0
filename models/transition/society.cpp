#include "models/transition/society.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/errors.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

/// Hash of a community and the number of its tie: the finaliser of splitmix64.
std::uint64_t tie(std::uint64_t community, std::uint64_t number) {
    std::uint64_t h = (community + 1) * 0x9E3779B97F4A7C15ULL + number * 0xD1B54A32D192ED03ULL;
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ULL;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBULL;
    return h ^ (h >> 31);
}

}  // namespace

void Rumours::step(sim::View<Rumours> state, const sim::Step& now) const {
    const auto region = state[community::region];
    const auto rumour = state[community::rumour];
    const std::vector<float> before(rumour.begin(), rumour.end());
    const double fuel = seed * std::max(state[country::tension][0], state[country::epidemic][0]);
    for (std::size_t c = 0; c < rumour.size(); ++c) {
        double linked = 0.0;
        constexpr std::uint64_t ties = 3;
        for (std::uint64_t k = 0; k < ties; ++k) linked += before[tie(c, k) % before.size()];
        const double near = (1.0 - link) * before[c] + link * linked / static_cast<double>(ties);
        const double informed =
            state[region_activity::coverage][region[c] * activity_count + static_cast<std::size_t>(Activity::information)];
        const double r = before[c];
        const double change = spread * near * (1.0 - r) - (forget + counter * informed) * r + fuel * (1.0 - r);
        rumour[c] = static_cast<float>(clamp01(r + change * now.dt_weeks));
    }
}

void Livelihoods::step(sim::Rows<Livelihoods> persons, const sim::Step& now) const {
    const auto livelihood = persons[person::livelihood];
    const double economy = persons.all(region::economy)[persons.owner(community::region)];
    const auto quarter = static_cast<std::size_t>(std::max(1L, std::lround(13.0 / now.dt_weeks)));
    for (std::size_t i = static_cast<std::size_t>(now.index) % quarter; i < livelihood.size(); i += quarter) {
        const double apart = personal_deviation(persons.key(), static_cast<std::uint32_t>(i), livelihood_trait);
        const double target = 255.0 * clamp01(base * economy + spread * apart);
        livelihood[i] = static_cast<std::uint8_t>(std::lround(livelihood[i] + closing * (target - livelihood[i])));
    }
}

void Totals::step(sim::View<Totals> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    const auto mean = [&](const auto& sums, const auto& means, double one) {
        for (std::size_t r = 0; r < adults.size(); ++r)
            if (adults[r] > 0) means[r] = static_cast<double>(sums[r]) / (one * static_cast<double>(adults[r]));
    };
    mean(state[region::grievance_sum], state[region::grievance], fixed_one);
    mean(state[region::fear_sum], state[region::fear], fixed_one);
    mean(state[region::trust_state_sum], state[region::trust_state], fixed_one);
    mean(state[region::trust_mission_sum], state[region::trust_mission], fixed_one);
    mean(state[region::expectation_sum], state[region::expectation], fixed_one);
    mean(state[region::livelihood_sum], state[region::livelihood], 255.0);

    const auto sum = [](const auto& values) {
        std::int64_t total = 0;
        for (const auto v : values) total += v;
        return total;
    };
    const auto by_group = state[group::fighters];
    const auto fighters = state[region_group::fighters];
    std::fill(by_group.begin(), by_group.end(), 0);
    for (std::size_t i = 0; i < fighters.size(); ++i) by_group[i % by_group.size()] += fighters[i];
    state[country::fighters][0] = sum(fighters);
    state[country::displaced][0] = sum(state[region::displaced]);
    state[country::refugees][0] = sum(state[region::refugees]);

    if (!now.initial) {
        const auto check = [&](std::string_view what, std::int64_t is, std::int64_t should_be) {
            if (is != should_be)
                throw sim::NumericalError(std::string(name), now.index,
                                          fmt::format("{}: {} are there, {} should be", what, is, should_be));
        };
        check("persons", state[country::population][0],
              state[country::population_before][0] + state[country::births][0] - state[country::natural_deaths][0] -
                  state[country::violent_deaths][0]);
        check("persons by what they do",
              sum(state[community::residents]) + state[country::displaced][0] + state[country::refugees][0] +
                  sum(state[region::cantoned]) + state[country::fighters][0] + sum(state[region::security]),
              state[country::population][0]);
        check("persons by place", sum(state[region::population]) + state[country::refugees][0], state[country::population][0]);
        check("fighters", state[country::fighters][0],
              state[country::fighters_before][0] + sum(state[region::recruits]) + sum(state[region::rearmed]) -
                  sum(state[region::deserters]) - sum(state[region::disarmed]) - state[country::killed_fighters][0] -
                  state[country::fighters_died][0]);
        check("USD", state[country::received][0] - state[country::spent][0], state[country::treasury][0]);
    }
    state[country::population_before][0] = state[country::population][0];
    state[country::fighters_before][0] = state[country::fighters][0];
}

void Consent::step(sim::View<Consent> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    const auto covered = state[region_activity::coverage];
    double people = 0.0;
    double reached = 0.0;
    double reported = 0.0;
    double violence = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        const double d = covered[r * activity_count + static_cast<std::size_t>(Activity::dialogue)];
        people += w;
        reached += w * d;
        reported += w * d * state[region::abuse][r];
        violence += w * (1.0 - sim::exp(-state[region::exposure][r] / 10.0));
        state[region::consent][r] =
            relaxed(state[region::consent][r], state[region::trust_mission][r], popular_rate, now.dt_weeks);
    }
    people = std::max(people, 1.0);
    const bool open = state[country::mission_open][0] != 0;
    auto& c = state[country::consent][0];
    sim::Rng rng = now.rng("consent", {0, 0});
    const double noise = shock_sd * std::sqrt(now.dt_weeks) * rng.normal();
    const double years = now.index * now.dt_weeks / weeks_a_year;
    double rate = recovery * (natural - c);
    if (open) {
        rate += dialogue * reached / people - tension * state[country::tension][0] -
                size * state[country::mission_strength][0] / 1000.0 - reporting * reported / people -
                misconduct * std::min(1.0, state[country::misconduct][0]) - failure * violence / people - fatigue * years;
    }
    c = clamp01(c + rate * now.dt_weeks + noise);

    double committed = 0.0;
    const auto commitment = state[group::commitment];
    double parties = 0.0;
    for (std::size_t g = 0; g < commitment.size(); ++g) {
        committed += state[group::alive][g] * commitment[g];
        parties += state[group::alive][g];
    }
    auto& party = state[country::party_consent][0];
    if (parties > 0.0) party = relaxed(party, committed / parties, party_rate, now.dt_weeks);

    auto& weeks = state[country::weeks_withdrawn][0];
    weeks = c < withdrawn ? weeks + now.dt_weeks : 0.0;
    auto& asked = state[country::asked_to_leave][0];
    if (asked != 0) state[country::notice_weeks][0] += now.dt_weeks;
    if (asked == 0 && open && weeks > patience_weeks) {
        asked = 1;
        state.log(static_cast<int>(EventKind::asked_to_leave), -1, -1, c);
    }
}

void Economy::step(sim::View<Economy> state, const sim::Step& now) const {
    const double years = now.index * now.dt_weeks / weeks_a_year;
    const double output_per_week = 1e6 * gdp_musd / weeks_a_year;
    const double local =
        multiplier * local_share * static_cast<double>(state[country::assessed_cost][0]) / now.dt_weeks / output_per_week;
    const double common =
        sim::pow(state[country::commodity][0], exports) * (1.0 - epidemic_loss * state[country::epidemic][0]) * (1.0 + local);
    const auto economy = state[region::economy];
    const auto population = state[region::population];
    double people = 0.0;
    double output = 0.0;
    double collected = 0.0;
    for (std::size_t r = 0; r < economy.size(); ++r) {
        const double felt = 1.0 - sim::exp(-state[region::exposure][r] / violence_scale);
        economy[r] = relaxed(economy[r], common * (1.0 - violence_loss * felt), rate, now.dt_weeks);
        const auto w = static_cast<double>(population[r]);
        people += w;
        output += w * economy[r];
        collected += w * economy[r] *
                     state[region_function::capacity][r * function_count + static_cast<std::size_t>(Function::revenue)] *
                     state[region::state_control][r];
    }
    people = std::max(people, 1.0);
    const double growth = sim::pow(1.0 + trend, years);
    state[country::gdp][0] = growth * output / people;

    // At the start the state collects what its functions need less a gap; from there revenue moves with output, capacity and
    // control.
    const double need = 1e6 * need_musd / weeks_a_year * now.dt_weeks * growth;
    const double revenue =
        (1.0 - gap_at_start) * need * (collected / people) / std::max(1e-9, state[country::collection_at_start][0]);
    auto& attention = state[country::attention][0];
    const double strength = state[country::mission_strength][0];
    attention = relaxed(attention, attention_floor + (1.0 - attention_floor) * strength / (strength + attention_half),
                        attention_rate, now.dt_weeks);

    const std::int64_t taxes = std::llround(revenue);
    const std::int64_t gifts = std::llround(1e6 * voluntary_musd / weeks_a_year * attention * now.dt_weeks);
    auto& treasury = state[country::treasury][0];
    const std::int64_t spent = std::min(treasury + taxes, static_cast<std::int64_t>(std::llround(need)));
    treasury += taxes - spent;
    state[country::revenue][0] = taxes;
    state[country::host_cost][0] = spent;
    state[country::voluntary_cost][0] = gifts;
    state[country::received][0] += taxes + gifts;
    state[country::spent][0] += spent + gifts;
    state[country::budget_adequacy][0] = (static_cast<double>(spent) + gifts_in_budget * static_cast<double>(gifts)) / need;
}

}  // namespace drawdown
