#include "models/transition/violence.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

/// What bears on violence in one region, per step.
struct Place {
    double troops_effect_battle = 1.0;
    double troops_effect_one_sided = 1.0;
    double police_effect = 1.0;
    double rumour = 0.0;
};

std::int64_t pareto_size(sim::Rng& rng, double exponent, double cutoff) {
    return static_cast<std::int64_t>(std::min(cutoff, std::floor(rng.pareto(exponent, 1.0))));
}

}  // namespace

void ViolenceEvents::step(sim::View<ViolenceEvents> state, const sim::Step& now) const {
    const auto fighters = state[region_group::fighters];
    const auto posture = state[group::posture];
    const auto population = state[region::population];
    const auto security = state[region::security];
    const auto strength = state[region_component::strength];
    const auto losses = state[region_group::losses];
    const auto excitation = state[region_violence::excitation];
    const auto events = state[region_violence::events];
    const auto deaths = state[region_violence::deaths];
    const auto exposure = state[region::exposure];
    const std::size_t groups = posture.size();
    const std::size_t regions = population.size();
    const double tension = state[country::tension][0];
    std::fill(losses.begin(), losses.end(), 0);
    std::fill(events.begin(), events.end(), 0);
    std::fill(deaths.begin(), deaths.end(), 0);

    std::vector<double> rumour(regions, 0.0);
    std::vector<double> people(regions, 0.0);
    for (std::size_t c = 0; c < state[community::region].size(); ++c) {
        const std::size_t r = state[community::region][c];
        people[r] += state[community::residents][c];
        rumour[r] += static_cast<double>(state[community::rumour][c]) * state[community::residents][c];
    }

    auto& year_deaths = state[country::battle_deaths_year][0];
    auto& armed_conflict = state[country::armed_conflict][0];
    auto& war = state[country::war][0];
    if (now.date.year() != (now.date - static_cast<std::int32_t>(std::lround(7.0 * now.dt_weeks))).year() || now.index == 0) {
        year_deaths = 0;
        armed_conflict = 0;
        war = 0;
    }

    const double keep = decay(memory_half_life, now.dt_weeks);
    const double fade = decay(exposure_half_life, now.dt_weeks);
    for (std::size_t r = 0; r < regions; ++r) {
        const auto present = [&](Component c) { return strength[r * component_count + static_cast<std::size_t>(c)]; };
        // Half of what the troops do, they do where they stand; half by being in the country.
        const double near_troops =
            0.5 * (state[country::mission_strength][0] + static_cast<double>(regions) * present(Component::military)) / 1000.0;
        const double near_police =
            static_cast<double>(regions) * (present(Component::formed_police) + present(Component::police));
        const double saturated = near_police * police_half / (near_police + police_half);
        const Place place{sim::exp(-troops_on_battle * near_troops), sim::exp(-troops_on_one_sided * near_troops),
                          sim::exp(-police_on_general * saturated / 100.0), people[r] > 0.0 ? rumour[r] / people[r] : 0.0};

        std::vector<double> attacks(groups, 0.0);
        double all_attacks = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            const auto n = static_cast<double>(fighters[r * groups + g]);
            if (n <= 0.0 || posture[g] == static_cast<std::uint8_t>(Posture::comply)) continue;
            const double share = posture[g] == static_cast<std::uint8_t>(Posture::fight) ? 1.0 : harass_share;
            attacks[g] = battle_rate * share * sim::pow(n / 100.0, battle_exponent);
            all_attacks += attacks[g];
        }
        const double millions = static_cast<double>(population[r]) / 1e6;
        const double police = state[region_function::capacity][r * function_count + static_cast<std::size_t>(Function::police)];
        const double dialogue =
            state[region_activity::coverage][r * activity_count + static_cast<std::size_t>(Activity::dialogue)];
        const double patrol = state[region_activity::coverage][r * activity_count + static_cast<std::size_t>(Activity::patrol)];
        std::array<double, violence_count> base{};
        base[0] = all_attacks * place.troops_effect_battle;
        base[1] = all_attacks * one_sided_share * place.troops_effect_one_sided;
        base[2] = all_attacks * state_one_sided * state[region::abuse][r];
        base[row_of(0, Violence::communal)] = communal_rate * millions * state[region::grievance][r] *
                                              (1.0 + tension_effect * tension) * (1.0 - 0.5 * dialogue) * (1.0 - 0.5 * police) *
                                              place.police_effect;
        base[row_of(0, Violence::mob)] = mob_rate * millions * (1.0 - state[region::trust_state][r]) *
                                         (1.0 + tension_effect * tension) * (1.0 + place.rumour) * place.police_effect;
        base[row_of(0, Violence::against_mission)] = all_attacks * on_mission_share * patrol;

        std::int64_t civilians = 0;
        std::int64_t forces = 0;
        for (std::size_t v = 0; v < violence_count; ++v) {
            const std::size_t row = r * violence_count + v;
            sim::Rng rng = now.rng("violence", {static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(v)});
            const auto n = static_cast<std::int64_t>(rng.poisson((base[v] + excitation[row]) * now.dt_weeks));
            excitation[row] = excitation[row] * keep + triggered * (1.0 - keep) * static_cast<double>(n) / now.dt_weeks;
            events[row] = static_cast<std::int32_t>(n);
            const bool organised = v <= static_cast<std::size_t>(Violence::one_sided_state) ||
                                   v == static_cast<std::size_t>(Violence::against_mission);
            for (std::int64_t e = 0; e < n; ++e) {
                sim::Rng draw = now.rng("violence_event", {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(e)});
                std::int64_t size = pareto_size(draw, organised ? size_exponent : general_size_exponent,
                                                organised ? size_cutoff : general_size_cutoff);
                if (v == static_cast<std::size_t>(Violence::against_mission)) {
                    deaths[row] += static_cast<std::int32_t>(std::min(size, static_cast<std::int64_t>(mission_size_cutoff)));
                    continue;
                }
                if (v == static_cast<std::size_t>(Violence::state_based)) {
                    // Triggered events may come where no group attacks any more: then civilians bear them.
                    const bool fought = all_attacks > 0.0;
                    const std::size_t g = fought ? draw.pick(attacks) : 0;
                    const auto civil =
                        fought ? static_cast<std::int64_t>(draw.binomial(static_cast<std::uint64_t>(size), civilian_share))
                               : size;
                    const double own = fought ? state[group::arms][g] * static_cast<double>(fighters[r * groups + g]) : 0.0;
                    const double other = static_cast<double>(security[r]) + 1.0;
                    auto lost =
                        static_cast<std::int64_t>(draw.binomial(static_cast<std::uint64_t>(size - civil), other / (own + other)));
                    auto killed = size - civil - lost;
                    if (fought) {
                        lost = std::min(lost, fighters[r * groups + g] - losses[r * groups + g]);
                        losses[r * groups + g] += static_cast<std::int32_t>(lost);
                    }
                    killed = std::min(killed, security[r] - forces);
                    size = civil + lost + killed;
                    civilians += civil;
                    forces += killed;
                    if (size >= 5)
                        state.log(static_cast<int>(EventKind::battle), static_cast<int>(r), fought ? static_cast<int>(g) : -1,
                                  static_cast<double>(size));
                } else {
                    civilians += size;
                    if (size >= 5)
                        state.log(static_cast<int>(organised ? EventKind::massacre : EventKind::riot), static_cast<int>(r), -1,
                                  static_cast<double>(size));
                }
                deaths[row] += static_cast<std::int32_t>(size);
                if (v == static_cast<std::size_t>(Violence::state_based)) year_deaths += size;
            }
        }
        state[region::civilian_toll][r] = static_cast<std::int32_t>(civilians);
        state[region::security_toll][r] = static_cast<std::int32_t>(forces);
        double organised_deaths = 0.0;
        for (std::size_t v = 0; v < static_cast<std::size_t>(Violence::against_mission); ++v)
            organised_deaths += deaths[r * violence_count + v];
        exposure[r] =
            exposure[r] * fade + (population[r] > 0 ? 1e5 * organised_deaths / static_cast<double>(population[r]) : 0.0);
    }
    if (armed_conflict == 0 && year_deaths >= 25) {
        armed_conflict = 1;
        state.log(static_cast<int>(EventKind::armed_conflict), -1, -1, static_cast<double>(year_deaths));
    }
    if (war == 0 && year_deaths >= 1000) {
        war = 1;
        state.log(static_cast<int>(EventKind::war), -1, -1, static_cast<double>(year_deaths));
    }
}

}  // namespace drawdown
