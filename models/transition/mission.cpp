#include "models/transition/mission.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

void Deployment::step(sim::View<Deployment> state, const sim::Step& now) const {
    const auto target = state[region_component::target];
    const auto strength = state[region_component::strength];
    double to_move = 0.0;
    for (std::size_t i = 0; i < target.size(); ++i) to_move += std::abs(target[i] - strength[i]);
    const double share = to_move > 0.0 ? std::min(1.0, lift_per_week * now.dt_weeks / to_move) : 0.0;
    double uniformed = 0.0;
    double everybody = 0.0;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const double gap = target[i] - strength[i];
        const bool civilian = i % component_count >= first_civilian;
        // Uniformed in whole persons, away from the present strength, so that the last ones leave too.
        if (civilian)
            strength[i] = share < 1.0 ? strength[i] + gap * share : target[i];
        else
            strength[i] += gap > 0.0 ? std::ceil(gap * share) : std::floor(gap * share);
        everybody += strength[i];
        if (!civilian) uniformed += strength[i];
    }
    state[country::mission_strength][0] = uniformed;
    const bool was_open = state[country::mission_open][0] != 0;
    const bool open = everybody > 0.0;
    if (was_open && !open) state.log(static_cast<int>(EventKind::mission_closes), -1, -1, 0.0);
    state[country::mission_open][0] = open ? 1 : 0;
    auto& since = state[country::weeks_since_exit][0];
    since = open ? 0.0 : since + now.dt_weeks;
}

void Activities::step(sim::View<Activities> state, const sim::Step& /*now*/) const {
    const auto strength = state[region_component::strength];
    const auto population = state[region::population];
    const auto remoteness = state[region::remoteness];
    const auto consent = state[region::consent];
    const auto security = state[region::security_level];
    const auto coverage_of = state[region_activity::coverage];
    const double strategic = state[country::consent][0];

    for (std::size_t r = 0; r < population.size(); ++r) {
        const auto staff = [&](Component c) { return strength[row_of(r, c)]; };
        const double military = staff(Component::military);
        const double formed = staff(Component::formed_police);
        const double police = staff(Component::police);
        double civilians = 0.0;
        for (std::size_t c = first_civilian; c < component_count; ++c) civilians += strength[r * component_count + c];
        const double roads = 1.0 - remoteness_cost * remoteness[r];
        const double refusal = 1.0 - 0.5 * (strategic + consent[r]);
        const double safe = ramp(security[r], security_needed, security_needed + 0.05);
        const double others = std::max(0.0, 1.0 - civilians_in_dialogue - civilians_mentoring);
        const auto people = static_cast<double>(population[r]);
        const auto set = [&](Activity activity, double hands, double reference, double obstruction) {
            coverage_of[r * activity_count + static_cast<std::size_t>(activity)] =
                coverage(hands * roads * (1.0 - obstruction * refusal), people, reference);
        };
        set(Activity::patrol, military + formed_police_on_patrol * formed, patrol_reference, patrol_obstruction);
        set(Activity::policing, (1.0 - formed_police_on_patrol) * formed + (1.0 - police_mentoring) * police, policing_reference,
            policing_obstruction);
        set(Activity::mentoring, safe * (police_mentoring * police + civilians_mentoring * civilians), mentoring_reference,
            mentoring_obstruction);
        set(Activity::dialogue, safe * civilians_in_dialogue * civilians, dialogue_reference, civil_obstruction);
        set(Activity::quick_impact, safe * 0.5 * others * civilians, quick_impact_reference, civil_obstruction);
        set(Activity::information, safe * 0.5 * others * civilians, information_reference, civil_obstruction);
    }
}

double MissionCost::yearly_cost(double uniformed) const {
    const double bend = half_size > 0.0 ? uniformed / (uniformed + half_size) : 1.0;
    return 1e6 * fixed_musd * bend + per_head_usd * uniformed;
}

double MissionCost::cases_per_week(double uniformed, double civilians) const {
    const double watched = uniformed > 0.0 ? std::min(1.0, civilians / (full_oversight * uniformed)) : 0.0;
    return misconduct_rate * uniformed * (1.0 - oversight * watched);
}

double MissionCost::resting_memory(double uniformed, double civilians) const {
    return memory_per_case * cases_per_week(uniformed, civilians) / (1.0 - decay(misconduct_half_life, 1.0));
}

void MissionCost::step(sim::View<MissionCost> state, const sim::Step& now) const {
    constexpr double weeks_a_year = 365.2425 / 7.0;
    const double uniformed = state[country::mission_strength][0];
    const bool open = state[country::mission_open][0] != 0;
    const auto cost = open ? std::llround(yearly_cost(uniformed) * now.dt_weeks / weeks_a_year) : 0;
    state[country::assessed_cost][0] = cost;
    state[country::received][0] += cost;
    state[country::spent][0] += cost;

    const auto strength = state[region_component::strength];
    double civilians = 0.0;
    for (std::size_t i = 0; i < strength.size(); ++i)
        if (i % component_count >= first_civilian) civilians += strength[i];
    sim::Rng rng = now.rng("misconduct", {0, 0});
    const auto cases = static_cast<double>(rng.poisson(cases_per_week(uniformed, civilians) * now.dt_weeks));
    auto& memory = state[country::misconduct][0];
    memory = memory * decay(misconduct_half_life, now.dt_weeks) + memory_per_case * cases;
}

}  // namespace drawdown
