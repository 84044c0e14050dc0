#include "models/transition/activities.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr std::uint8_t withdrawn = 0, compromised = 1;  // rungs of the ladder of host consent

}  // namespace

std::array<double, activity_count> Activities::references() const {
    return {patrol_reference,       policing_reference,      mentoring_reference,     security_reform_reference,
            good_offices_reference, dialogue_reference,      human_rights_reference,  ddr_reference,
            quick_impact_reference, participation_reference, civil_society_reference, information_reference,
            mine_action_reference,  escort_reference};
}

std::array<double, activity_count> Activities::obstruction_weights() const {
    return {patrol_obstruction,       policing_obstruction,      mentoring_obstruction,     security_reform_obstruction,
            good_offices_obstruction, dialogue_obstruction,      human_rights_obstruction,  ddr_obstruction,
            quick_impact_obstruction, participation_obstruction, civil_society_obstruction, information_obstruction,
            mine_action_obstruction,  escort_obstruction};
}

bool Activities::needs_security(Activity activity) {
    return activity != Activity::patrol && activity != Activity::policing && activity != Activity::escort;
}

double Activities::engagement(Activity activity) const {
    const bool meets_people = activity == Activity::patrol || activity == Activity::policing || activity == Activity::dialogue ||
                              activity == Activity::participation;
    if (!meets_people) return 1.0;
    constexpr double women_among_people = 0.5;
    return 1.0 - women_among_people * unreached_women * (1.0 - std::min(1.0, women_share / enough_women));
}

void Activities::step(sim::View<Activities> state, const sim::Step& /*now*/) const {
    const auto strength = state[region_component::strength];
    const auto population = state[region::population];
    const auto control = state[region_group::control];
    const auto paid = state[activity::paid];
    const std::size_t groups = state.rows(group::alive);
    const double host = state[country::consent][0];
    const std::uint8_t rung = state[country::consent_level][0];
    const double host_shuts = rung == withdrawn ? 1.0 : rung == compromised ? 0.5 : 0.0;
    const auto reference = references();
    const auto own_weight = obstruction_weights();

    double support = 0.0;
    double others = 0.0;
    for (std::size_t i = 0; i < strength.size(); ++i)
        (i % component_count == static_cast<std::size_t>(Component::support) ? support : others) += strength[i];
    const double supported = others > 0.0 ? std::min(1.0, support / (support_needed * others)) : 1.0;
    const double enabled = 1.0 - support_loss * (1.0 - supported);

    for (std::size_t r = 0; r < population.size(); ++r) {
        double held = 0.0;
        double refused_by_groups = 0.0;
        double shut_by_groups = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            if (state[group::alive][g] == 0) continue;
            held += control[r * groups + g];
            refused_by_groups += control[r * groups + g] * (1.0 - state[group::consent][g]);
            if (state[group::refuses][g] != 0) shut_by_groups += control[r * groups + g];
        }
        const double holders = (1.0 - std::min(1.0, held)) * (1.0 - host) + refused_by_groups / std::max(1.0, held);
        const double refusal = people_weight * (1.0 - state[region::consent][r]) + (1.0 - people_weight) * holders;
        const double held_by_state = 1.0 - std::min(1.0, held);
        const double shut =
            1.0 - (1.0 - state[region::refuses][r]) * (1.0 - host_shuts * held_by_state) * (1.0 - std::min(1.0, shut_by_groups));
        const double refused_movement = 1.0 - (1.0 - movement_obstruction * refusal) * (1.0 - blocked * shut);
        state[region::obstruction][r] = refused_movement;

        const double roads = 1.0 - remoteness_cost * state[region::remoteness][r];
        const double safe = ramp(state[region::security_level][r], security_needed, security_needed + 0.05);
        const double together =
            enabled * (1.0 - state[country::exit_disorder][0]) * (1.0 - joint_loss * (1.0 - state[region::joint][r]));
        const auto people = static_cast<double>(population[r]);
        for (std::size_t a = 0; a < activity_count; ++a) {
            const auto activity = static_cast<Activity>(a);
            const std::size_t row = r * activity_count + a;
            const double open =
                (1.0 - refused_movement) * (1.0 - own_weight[a] * refusal) * (needs_security(activity) ? safe : 1.0);
            const double hands = state[region_activity::staff][row] * paid[a] * together;
            const double covered = coverage(hands, people, reference[a]) * roads * open * engagement(activity);
            state[region_activity::obstruction][row] = 1.0 - open;
            state[region_activity::coverage][row] = covered;
            state[region_activity::reach][row] = 1.0 - (1.0 - covered) * (1.0 - state[region_activity::successor][row]);
        }
    }
}

}  // namespace drawdown
