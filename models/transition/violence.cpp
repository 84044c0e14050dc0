#include "models/transition/violence.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

namespace {

constexpr double logged_from = 5.0;     // deaths from which an event is worth a line in the log
constexpr double massacre_from = 25.0;  // deaths from which the killing of civilians is told as a massacre

std::int64_t pareto_size(sim::Rng& rng, double exponent, double cutoff) {
    return static_cast<std::int64_t>(std::min(cutoff, std::floor(rng.pareto(exponent, 1.0))));
}

template <class Log>
void tell(const Log& state, EventKind kind, std::size_t region, int actor, std::int64_t deaths) {
    state.log(static_cast<int>(kind), static_cast<int>(region), actor, static_cast<double>(deaths));
}

double total(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum;
}

}  // namespace

std::vector<ViolenceEvents::Place> ViolenceEvents::places(const sim::View<ViolenceEvents>& state, const sim::Step& now) const {
    const std::size_t regions = state.rows(region::population);
    const auto withdrawal = state[region::withdrawal];
    const auto emptied = state[region::emptied];
    const auto before = state[region::mission_before];
    std::vector<Place> all(regions);
    for (std::size_t c = 0; c < state[community::region].size(); ++c) {
        Place& place = all[state[community::region][c]];
        place.people += state[community::residents][c];
        place.rumour += static_cast<double>(state[community::rumour][c]) * state[community::residents][c];
    }
    const double keep = decay(withdrawal_half_life, now.dt_weeks);
    const double keep_beside = decay(spill_half_life, now.dt_weeks);
    for (std::size_t r = 0; r < regions; ++r) {
        if (all[r].people > 0.0) all[r].rumour /= all[r].people;
        double strength = 0.0;
        for (const Component c : {Component::military, Component::formed_police, Component::police})
            strength += state[region_component::strength][row_of(r, c)];
        const double fall = std::max(0.0, before[r] - strength) / (before[r] + withdrawal_floor);
        withdrawal[r] = 1.0 - (1.0 - withdrawal[r] * keep) * (1.0 - fall);
        emptied[r] = 1.0 - (1.0 - emptied[r] * keep_beside) * (1.0 - fall);
        before[r] = strength;
        all[r].withdrawal = withdrawal[r];
    }
    if (geography)
        for (std::size_t r = 0; r < regions; ++r) all[r].beside = geography->most_beside(emptied, r);
    return all;
}

ViolenceEvents::Rates ViolenceEvents::base_rates(const sim::View<ViolenceEvents>& state, std::size_t r,
                                                 const Place& place) const {
    const auto strength = state[region_component::strength];
    const auto regions = static_cast<double>(state.rows(region::population));
    const std::size_t groups = state.rows(group::posture);
    // Half of what the troops do, they do where they stand; half by being in the country.
    const double troops =
        0.5 * (state[country::mission_strength][0] + regions * strength[row_of(r, Component::military)]) / 1000.0;
    const double police = regions * (strength[row_of(r, Component::formed_police)] + strength[row_of(r, Component::police)]);
    const double policed = sim::exp(-police_on_general * police * police_half / (police + police_half) / 100.0);
    const double guarded = sim::exp(-troops_on_battle * troops);

    const auto intended = [&](const auto& column) {
        double sum = 0.0;
        for (std::size_t g = 0; g < groups; ++g) sum += state[column][r * groups + g];
        return sum;
    };
    const double on_state = intended(region_group::on_state);
    const double on_rivals = intended(region_group::on_rivals);
    const double millions = static_cast<double>(state[region::population][r]) / 1e6;
    const double strained = 1.0 + tension_effect * state[country::tension][0];
    const double lawless = state[region::holder][r] == held_by_nobody ? 1.0 + lawless_effect : 1.0;
    const double unprevented = state[region::inter_group_fear][r];
    const double after = sim::exp(spike * place.withdrawal);
    const double beside = sim::exp(spill * place.beside);

    Rates base{};
    const auto rate = [&base](Violence kind) -> double& { return base[static_cast<std::size_t>(kind)]; };
    rate(Violence::state_based) = on_state * guarded * after;
    rate(Violence::one_sided_group) = intended(region_group::on_civilians) * sim::exp(-troops_on_one_sided * troops) * after;
    rate(Violence::one_sided_state) = on_state * state_one_sided * state[region::abuse][r] * after * beside;
    rate(Violence::between_groups) = on_rivals * guarded * after;
    rate(Violence::communal) =
        communal_rate * millions * state[region::grievance][r] * strained * (1.0 + friction_effect * state[region::friction][r]) *
        unprevented * (1.0 - capacity_effect * state[region_function::capacity][row_of(r, Function::police)]) * policed * lawless;
    rate(Violence::mob) =
        mob_rate * millions * (1.0 - state[region::trust_state][r]) * strained * (1.0 + place.rumour) * policed * lawless * after;
    rate(Violence::against_aid) = intended(region_group::on_aid);
    rate(Violence::against_mission) = intended(region_group::on_mission);
    return base;
}

/// Whether fighters of a group that is out of the agreement, or breaks it, are in the region. Without any, what armed groups do
/// or provoke cannot happen there, whatever was triggered.
bool ViolenceEvents::contested(const sim::View<ViolenceEvents>& state, std::size_t r) {
    const std::size_t groups = state.rows(group::posture);
    for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t row = r * groups + g;
        if (state[group::alive][g] == 0 || state[region_group::fighters][row] <= 0) continue;
        if (!complies(state[group::posture][g]) || state[region_group::on_state][row] > 0.0) return true;
    }
    return false;
}

/// Whether a kind of violence can happen in a region that armed groups contest or not, with that many peacekeepers in it.
bool ViolenceEvents::possible(Violence kind, bool contested, double mission) {
    if (kind == Violence::against_mission && mission < 1.0) return false;
    return contested || kind == Violence::communal || kind == Violence::mob;
}

/// The dead of one battle: with the state, or between groups. Triggered events may come where no group attacks this week: then
/// those who are out of the agreement there fight it. Where there is none, or no rival, civilians bear it.
ViolenceEvents::Toll ViolenceEvents::battle(const sim::View<ViolenceEvents>& state, std::size_t r, Violence kind,
                                            std::int64_t size, sim::Rng& rng) const {
    const auto fighters = state[region_group::fighters];
    const auto losses = state[region_group::losses];
    const std::size_t groups = state.rows(group::posture);
    const bool with_state = kind == Violence::state_based;
    std::vector<double> force(groups, 0.0);
    std::vector<double> attacks(groups, 0.0);
    for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t row = r * groups + g;
        attacks[g] = with_state ? state[region_group::on_state][row] : state[region_group::on_rivals][row];
        if (state[group::alive][g] != 0 && !complies(state[group::posture][g]))
            force[g] = state[group::arms][g] * static_cast<double>(fighters[row]);
    }
    Toll toll;
    if (total(attacks) <= 0.0) attacks = force;
    if (total(attacks) <= 0.0) {
        toll.civilians = size;
        return toll;
    }
    const std::size_t g = rng.pick(attacks);
    const double own = state[group::arms][g] * static_cast<double>(fighters[r * groups + g]);
    double other = static_cast<double>(state[region::security][r]) + 1.0;
    std::size_t rival = groups;
    if (!with_state) {
        std::vector<double> rivals = force;
        for (std::size_t h = 0; h < groups; ++h)
            if (state[group::alive][h] != 0 && preys_on(state, g, h))
                rivals[h] = state[group::arms][h] * static_cast<double>(fighters[r * groups + h]);
        rivals[g] = 0.0;
        if (state[group::ally][g] < groups) rivals[state[group::ally][g]] = 0.0;
        if (total(rivals) <= 0.0) {
            toll.civilians = size;
            return toll;
        }
        rival = rng.pick(rivals);
        other = rivals[rival];
    }
    const auto take = [&](std::size_t of, std::int64_t wanted) {
        const std::int64_t lost = std::min(wanted, fighters[r * groups + of] - losses[r * groups + of]);
        losses[r * groups + of] += static_cast<std::int32_t>(lost);
        toll.fighters += lost;
    };
    // A battle kills no more than a part of the weaker side, and as many of the stronger one.
    const std::int64_t others = with_state ? state[region::security][r] : fighters[r * groups + rival];
    const auto engaged = static_cast<double>(std::min(fighters[r * groups + g], others));
    size = std::min(size, std::max<std::int64_t>(1, std::llround(2.0 * battle_loss * engaged)));
    toll.actor = static_cast<int>(g);
    toll.civilians = static_cast<std::int64_t>(rng.binomial(static_cast<std::uint64_t>(size), civilian_share));
    const std::int64_t armed = size - toll.civilians;
    const auto lost = static_cast<std::int64_t>(rng.binomial(static_cast<std::uint64_t>(armed), other / (own + other)));
    take(g, lost);
    if (with_state)
        toll.forces = std::min(armed - lost, state[region::security][r] - state[region::security_toll][r]);
    else
        take(rival, armed - lost);
    return toll;
}

ViolenceEvents::Toll ViolenceEvents::event(const sim::View<ViolenceEvents>& state, std::size_t r, Violence kind,
                                           std::int64_t number, const sim::Step& now) const {
    sim::Rng rng = now.rng("violence_event", {static_cast<std::uint32_t>(row_of(r, kind)), static_cast<std::uint32_t>(number)});
    Toll toll;
    switch (kind) {
        case Violence::state_based:
        case Violence::between_groups:
            toll = battle(state, r, kind, pareto_size(rng, size_exponent, size_cutoff), rng);
            if (kind == Violence::state_based && static_cast<double>(toll.all()) >= logged_from)
                tell(state, EventKind::battle, r, toll.actor, toll.all());
            break;
        case Violence::one_sided_group:
        case Violence::one_sided_state:
            toll.civilians = pareto_size(rng, massacre_exponent, massacre_cutoff);
            if (static_cast<double>(toll.civilians) >= massacre_from) tell(state, EventKind::massacre, r, -1, toll.civilians);
            break;
        case Violence::communal:
        case Violence::mob:
            toll.civilians = pareto_size(rng, general_size_exponent, general_size_cutoff);
            if (static_cast<double>(toll.civilians) >= logged_from) tell(state, EventKind::riot, r, -1, toll.civilians);
            break;
        case Violence::against_aid:
            toll.civilians = pareto_size(rng, size_exponent, aid_size_cutoff);  // logged with what it does to access
            break;
        case Violence::against_mission: {
            // Peacekeepers are not of the population.
            const std::int64_t size = pareto_size(rng, size_exponent, mission_size_cutoff);
            state[region_violence::deaths][row_of(r, kind)] += static_cast<std::int32_t>(size);
            if (size > 1) tell(state, EventKind::mission_attacked, r, -1, size);
            break;
        }
    }
    return toll;
}

void ViolenceEvents::excite(const sim::View<ViolenceEvents>& state, const sim::Step& now) const {
    const auto excitation = state[region_violence::excitation];
    const auto events = state[region_violence::events];
    const double keep = decay(memory_half_life, now.dt_weeks);
    for (double& rate : excitation) rate *= keep;
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        const std::size_t around = geography ? geography->neighbours[r].size() : 0;
        for (std::size_t v = 0; v < violence_count; ++v) {
            const double more = triggered * (1.0 - keep) * static_cast<double>(events[r * violence_count + v]) / now.dt_weeks;
            excitation[r * violence_count + v] += more * (around > 0 ? 1.0 - spread : 1.0);
            for (std::size_t i = 0; i < around; ++i)
                excitation[geography->neighbours[r][i].region * violence_count + v] +=
                    more * spread / static_cast<double>(around);
        }
    }
}

void ViolenceEvents::count_year(const sim::View<ViolenceEvents>& state) {
    const auto year_deaths = state[country::battle_deaths_year][0];
    auto& armed_conflict = state[country::armed_conflict][0];
    auto& war = state[country::war][0];
    const auto deaths = static_cast<double>(year_deaths);
    if (armed_conflict == 0 && year_deaths >= 25) {
        armed_conflict = 1;
        if (state[country::worst_before][0] == 0) state.log(static_cast<int>(EventKind::armed_conflict), -1, -1, deaths);
    }
    if (war == 0 && year_deaths >= 1000) {
        war = 1;
        if (state[country::worst_before][0] < 2) state.log(static_cast<int>(EventKind::war), -1, -1, deaths);
    }
}

void ViolenceEvents::step(sim::View<ViolenceEvents> state, const sim::Step& now) const {
    const auto population = state[region::population];
    const auto events = state[region_violence::events];
    const auto deaths = state[region_violence::deaths];
    const auto exposure = state[region::exposure];
    const auto clear = [](auto values) { std::fill(values.begin(), values.end(), 0); };
    clear(events);
    clear(deaths);
    clear(state[region_violence::fighters_dead]);
    clear(state[region_violence::forces_dead]);
    clear(state[region_group::losses]);
    clear(state[region::civilian_toll]);
    clear(state[region::security_toll]);
    if (now.date.year() != (now.date - static_cast<std::int32_t>(std::lround(7.0 * now.dt_weeks))).year() || now.index == 0) {
        if (now.index > 0)
            state[country::worst_before][0] =
                static_cast<std::uint8_t>(state[country::armed_conflict][0] + state[country::war][0]);
        state[country::battle_deaths_year][0] = 0;
        state[country::armed_conflict][0] = 0;
        state[country::war][0] = 0;
    }

    const double fade = decay(exposure_half_life, now.dt_weeks);
    const std::vector<Place> all = places(state, now);
    for (std::size_t r = 0; r < all.size(); ++r) {
        const Rates base = base_rates(state, r, all[r]);
        const bool fought_over = contested(state, r);
        double mission = 0.0;
        for (std::size_t c = 0; c < component_count; ++c) mission += state[region_component::strength][r * component_count + c];
        std::int64_t killed = 0;
        for (std::size_t v = 0; v < violence_count; ++v) {
            const std::size_t row = r * violence_count + v;
            sim::Rng rng = now.rng("violence", {static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(v)});
            const auto kind = static_cast<Violence>(v);
            const double rate = possible(kind, fought_over, mission) ? base[v] + state[region_violence::excitation][row] : 0.0;
            const auto n = static_cast<std::int64_t>(rng.poisson(rate * now.dt_weeks));
            events[row] = static_cast<std::int32_t>(n);
            for (std::int64_t e = 0; e < n; ++e) {
                const Toll toll = event(state, r, static_cast<Violence>(v), e, now);
                deaths[row] += static_cast<std::int32_t>(toll.all());
                state[region_violence::fighters_dead][row] += static_cast<std::int32_t>(toll.fighters);
                state[region_violence::forces_dead][row] += static_cast<std::int32_t>(toll.forces);
                state[region::civilian_toll][r] += static_cast<std::int32_t>(toll.civilians);
                state[region::security_toll][r] += static_cast<std::int32_t>(toll.forces);
                if (v == static_cast<std::size_t>(Violence::state_based)) state[country::battle_deaths_year][0] += toll.all();
                killed += toll.all();
            }
        }
        exposure[r] = exposure[r] * fade +
                      (population[r] > 0 ? 1e5 * static_cast<double>(killed) / static_cast<double>(population[r]) : 0.0);
    }
    excite(state, now);
    count_year(state);
}

}  // namespace drawdown
