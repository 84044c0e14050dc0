#include "models/transition/delivery.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/ledger.hpp"

namespace drawdown {

void Delivery::step(sim::View<Delivery> state, const sim::Step& now) const {
    const auto capacity = state[region_function::capacity];
    const auto coverage_of = state[region_activity::coverage];
    const auto successor_of = state[region_activity::successor];
    const auto posture = state[group::posture];
    const auto held = state[region_group::control];
    const auto control = state[region::state_control];
    const auto abuse = state[region::abuse];
    const double budget = budgeted(state[country::budget_adequacy][0]);
    const double healthy = 1.0 - epidemic_load * state[country::epidemic][0];
    const double complied = 1.0 - compliance_lost * (1.0 - state[country::legitimacy][0]);
    // Donors' services go with their money: pledges follow attention, and the support of a follow-on comes on top of them.
    const double pledged = state[country::pledged][0];
    const double topped_up = pledged > 0.0 ? std::min(1.0, state[country::economic_support][0] / pledged) : 0.0;
    const double donors = donor_services * state[country::attention][0] * (1.0 + topped_up);
    const double taken_over = donor_services * state[country::host_programmes][0];
    const double complicit = 1.0 + abuse_by_complicity * state[country::complicity][0];
    const double withheld = state[country::mission_open][0] != 0 ? 1.0 - state[country::support_to_forces][0] : 0.0;
    const std::size_t groups = posture.size();
    const auto people = state[region::population];
    double everybody = 0.0;
    for (const std::int64_t n : people) everybody += static_cast<double>(n);
    Ledger page(state[ledger::amount], Stock::services);
    page.fade(0.0);  // services of the step do not last
    double services = 0.0;

    for (std::size_t r = 0; r < control.size(); ++r) {
        const auto able = [&](Function f) { return capacity[row_of(r, f)]; };
        const auto covered = [&](Activity a) { return coverage_of[row_of(r, a)]; };
        const auto missed = [&](Activity a) { return (1.0 - covered(a)) * (1.0 - successor_of[row_of(r, a)]); };
        double lost = 0.0;
        double fought_over = 0.0;
        for (std::size_t g = 0; g < groups; ++g) {
            lost += held[r * groups + g];
            if (posture[g] == static_cast<std::uint8_t>(Posture::fight)) fought_over += held[r * groups + g];
        }
        const double reached = grip(state, r, budget * complied).reached();
        control[r] = clamp01(relaxed(control[r], reached * (1.0 - std::min(1.0, lost)), control_rate, now.dt_weeks));

        const double by_state = able(Function::services) * budget * control[r] * complied * healthy;
        const double by_mission = programme_services * covered(Activity::quick_impact);
        const double by_host = taken_over * control[r];
        const double by_successor = programme_services * (1.0 - missed(Activity::quick_impact)) - by_mission;
        const double total = by_state + by_successor + donors + by_host + by_mission;
        state[region::services][r] = std::min(1.0, total);
        // Each loss is booked as what it takes from what the losses before it have left.
        const double part = everybody > 0.0 ? static_cast<double>(people[r]) / everybody : 0.0;
        const double able_to = part * able(Function::services);
        page.add(LedgerCause::state_capacity, able_to);
        page.add(LedgerCause::own_budget, able_to * (budget - 1.0));
        page.add(LedgerCause::lost_control, able_to * budget * (control[r] - 1.0));
        page.add(LedgerCause::disobedience, able_to * budget * control[r] * (complied - 1.0));
        page.add(LedgerCause::epidemic, able_to * budget * control[r] * complied * (healthy - 1.0));
        page.add(LedgerCause::own_budget, part * by_host);
        page.add(LedgerCause::donors, part * donors);
        page.add(LedgerCause::programmes, part * by_mission);
        page.add(LedgerCause::successors, part * by_successor);
        services += part * state[region::services][r];
        state[region::mission_share][r] = total > 0.0 ? std::min(1.0, by_mission / total) : 0.0;  // sums in another order round

        const double unprotected = (1.0 - base_security) * missed(Activity::patrol) * missed(Activity::policing) *
                                   (1.0 - able(Function::police) * control[r]);
        const double calm = sim::exp(-state[region::exposure][r] / violence_scale);
        state[region::security_level][r] = clamp01((1.0 - unprotected) * calm - tension_on_security * state[country::tension][0]);

        const double fighting = 1.0 + abuse_in_fighting * std::min(1.0, fought_over);
        const double watched = 1.0 - monitoring * (1.0 - missed(Activity::human_rights));
        const double reformed = 1.0 - reform * (1.0 - missed(Activity::security_reform));
        const double conditioned = 1.0 - conditions * withheld;
        const double tends_to =
            clamp01(base_abuse * (1.0 - able(Function::justice)) * fighting * complicit * watched * reformed * conditioned);
        abuse[r] = relaxed(abuse[r], tends_to, abuse_rate, now.dt_weeks);
    }
    page.close(services);
}

}  // namespace drawdown
