#include "models/transition/staffing.hpp"

#include <algorithm>
#include <numeric>

#include "models/transition/effects.hpp"

namespace drawdown {

std::array<double, activity_count> Staffing::usual_shares(Component component) const {
    std::array<double, activity_count> shares{};
    const auto set = [&](Activity activity, double share) { shares[static_cast<std::size_t>(activity)] = share; };
    const double work = 1.0 - other_duties;
    switch (component) {
        case Component::military:
            set(Activity::security_reform, work * military_training);
            set(Activity::escort, work * military_escort);
            set(Activity::patrol, work * (1.0 - military_training - military_escort));
            break;
        case Component::observers:
            break;
        case Component::formed_police:
            set(Activity::patrol, work * formed_police_on_patrol);
            set(Activity::policing, work * (1.0 - formed_police_on_patrol));
            break;
        case Component::police:
            set(Activity::mentoring, work * police_mentoring);
            set(Activity::policing, work * (1.0 - police_mentoring));
            break;
        case Component::political:
            set(Activity::dialogue, work * political_dialogue);
            set(Activity::quick_impact, work * political_quick_impact);
            set(Activity::civil_society, work * political_civil_society);
            set(Activity::good_offices, work * (1.0 - political_dialogue - political_quick_impact - political_civil_society));
            break;
        case Component::human_rights:
            set(Activity::human_rights, work);
            break;
        case Component::ddr:
            set(Activity::ddr, work);
            break;
        case Component::rule_of_law:
            set(Activity::security_reform, work * rule_of_law_reform);
            set(Activity::mentoring, work * (1.0 - rule_of_law_reform));
            break;
        case Component::gender_youth:
            set(Activity::civil_society, work * gender_civil_society);
            set(Activity::participation, work * (1.0 - gender_civil_society));
            break;
        case Component::communications:
            set(Activity::information, work);
            break;
        case Component::mine_action:
            set(Activity::mine_action, work);
            break;
        case Component::support:
            set(Activity::escort, support_escort);
            set(Activity::quick_impact, support_quick_impact);
            break;
    }
    return shares;
}

void Staffing::step(sim::View<Staffing> state, const sim::Step& /*now*/) const {
    const auto strength = state[region_component::strength];
    const auto weight = state[activity::weight];
    const auto sites = state[region::sites];
    const auto staff = state[region_activity::staff];
    const auto joint = state[region::joint];

    // Share of a component's time in each activity, priorities included; a plan that sets none leaves the usual shares.
    const bool priorities = std::any_of(weight.begin(), weight.end(), [](double w) { return w > 0.0; });
    std::array<std::array<double, activity_count>, component_count> time{};
    for (std::size_t c = 0; c < component_count; ++c) {
        time[c] = usual_shares(static_cast<Component>(c));
        double all = 1.0 - std::accumulate(time[c].begin(), time[c].end(), 0.0);
        for (std::size_t a = 0; a < activity_count; ++a) all += time[c][a] *= priorities ? weight[a] : 1.0;
        for (double& share : time[c]) share /= all;
    }

    for (std::size_t r = 0; r < joint.size(); ++r) {
        double uniformed = 0.0;
        double civilians = 0.0;
        for (std::size_t c = 0; c < component_count; ++c)
            (c >= first_civilian ? civilians : uniformed) += strength[r * component_count + c];
        joint[r] = state[country::integration][0] * coverage(uniformed, 1000.0, joint_uniformed) *
                   coverage(civilians, 1000.0, joint_civilians);
        for (std::size_t a = 0; a < activity_count; ++a) {
            double hands = 0.0;
            for (std::size_t c = 0; c < component_count; ++c) hands += strength[r * component_count + c] * time[c][a];
            staff[r * activity_count + a] = hands;
        }
        constexpr auto patrol = static_cast<std::size_t>(Activity::patrol);
        const double patrolling = strength[row_of(r, Component::military)] * time[0][patrol];
        const double guards = std::min(patrolling, site_guard * static_cast<double>(sites[r]) / 1000.0);
        staff[row_of(r, Activity::patrol)] -= guards;
        staff[row_of(r, Activity::escort)] += guards;
    }
}

}  // namespace drawdown
