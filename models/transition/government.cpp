#include "models/transition/government.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;
constexpr std::size_t at(Function function) { return static_cast<std::size_t>(function); }
constexpr std::size_t at(Activity activity) { return static_cast<std::size_t>(activity); }

}  // namespace

double Capacity::rate_of_change(double capacity, double mentoring_coverage, double budget_adequacy, double substitution) const {
    return mentoring * mentoring_coverage * capacity * (1.0 - capacity / ceiling) +
           upkeep * std::min(1.0, budget_adequacy) * (1.0 - corruption) * (ceiling - capacity) - decay_rate * capacity -
           crowding * substitution * capacity;
}

void Capacity::step(sim::View<Capacity> state, const sim::Step& now) const {
    const auto coverage_of = state[region_activity::coverage];
    const auto capacity = state[region_function::capacity];
    const auto substitution = state[region_function::substitution];
    const double adequacy = state[country::budget_adequacy][0];
    const std::size_t regions = state.rows(region::population);
    for (std::size_t r = 0; r < regions; ++r) {
        const auto covered = [&](Activity a) { return coverage_of[r * activity_count + at(a)]; };
        for (std::size_t f = 0; f < function_count; ++f) {
            const std::size_t row = r * function_count + f;
            double share = 0.0;
            if (f == at(Function::army)) share = army_from_patrols * covered(Activity::patrol);
            if (f == at(Function::police)) share = covered(Activity::policing);
            if (f == at(Function::services)) share = covered(Activity::quick_impact);
            substitution[row] = share;
            // Mentoring reaches the security and justice institutions and, at half its weight, the administration.
            const double mentored = covered(Activity::mentoring) * (f <= at(Function::justice) ? 1.0 : 0.5);
            capacity[row] =
                clamp01(capacity[row] + rate_of_change(capacity[row], mentored, adequacy, share) * now.dt_weeks / weeks_a_year);
        }
    }
}

void Delivery::step(sim::View<Delivery> state, const sim::Step& now) const {
    const auto capacity = state[region_function::capacity];
    const auto coverage_of = state[region_activity::coverage];
    const auto posture = state[group::posture];
    const auto held = state[region_group::control];
    const auto control = state[region::state_control];
    const double budget = std::sqrt(std::min(1.0, state[country::budget_adequacy][0]));
    const double epidemic = state[country::epidemic][0];
    const double tension = state[country::tension][0];
    const double donors = donor_services * state[country::attention][0];
    const std::size_t groups = posture.size();

    for (std::size_t r = 0; r < control.size(); ++r) {
        const auto able = [&](Function f) { return capacity[r * function_count + at(f)]; };
        const auto covered = [&](Activity a) { return coverage_of[r * activity_count + at(a)]; };
        double lost = 0.0;
        double fought_over = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            lost += held[r * groups + g];
            if (posture[g] == static_cast<std::uint8_t>(Posture::fight)) fought_over += held[r * groups + g];
        }
        const double administration = std::max(able(Function::administration), able(Function::police));
        const double reach = 1.0 - reach_lost_to_remoteness * state[region::remoteness][r] * (1.0 - administration);
        control[r] = clamp01(relaxed(control[r], reach * (1.0 - std::min(1.0, lost)), control_rate, now.dt_weeks));

        const double by_state = able(Function::services) * budget * control[r] * (1.0 - epidemic_load * epidemic);
        const double by_mission = programme_services * covered(Activity::quick_impact);
        const double total = by_state + donors + by_mission;
        state[region::services][r] = std::min(1.0, total);
        state[region::mission_share][r] = total > 0.0 ? by_mission / total : 0.0;

        const double unprotected = (1.0 - base_security) * (1.0 - covered(Activity::patrol)) *
                                   (1.0 - covered(Activity::policing)) * (1.0 - able(Function::police) * control[r]);
        const double calm = sim::exp(-state[region::exposure][r] / violence_scale);
        state[region::security_level][r] = clamp01((1.0 - unprotected) * calm - tension_on_security * tension);
        state[region::abuse][r] =
            clamp01(base_abuse * (1.0 - able(Function::justice)) * (1.0 + abuse_in_fighting * std::min(1.0, fought_over)) *
                    (1.0 - monitoring * covered(Activity::dialogue)));
    }
}

void Legitimacy::step(sim::View<Legitimacy> state, const sim::Step& now) const {
    const auto trust = state[region::trust_state];
    const auto services = state[region::services];
    const auto adults = state[region::adults];
    double people = 0.0;
    double trusted = 0.0;
    double delivered = 0.0;
    for (std::size_t r = 0; r < trust.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        people += w;
        trusted += w * trust[r];
        delivered += w * services[r];
    }
    if (people <= 0.0) return;
    auto& legitimacy = state[country::legitimacy][0];
    legitimacy = relaxed(legitimacy, (trust_weight * trusted + (1.0 - trust_weight) * delivered) / people, rate, now.dt_weeks);
    for (double& inclusion : state[identity::inclusion])
        inclusion = relaxed(inclusion, std::max(inclusion, state[country::implementation][0]), inclusion_rate, now.dt_weeks);
}

}  // namespace drawdown
