#include "models/transition/ceasefire.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/parties.hpp"

namespace drawdown {

namespace {

constexpr double forgotten = 0.05;  // breaches remembered below which a new one is news

}  // namespace

void Ceasefire::step(sim::View<Ceasefire> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    double people = 0.0;
    double everybody = 0.0;
    double offices = 0.0;
    double patrols = 0.0;
    double observers = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        people += w;
        everybody += static_cast<double>(state[region::population][r]);
        offices += w * state[region_activity::reach][row_of(r, Activity::good_offices)];
        patrols += w * state[region_activity::reach][row_of(r, Activity::patrol)];
        observers += state[region_component::strength][row_of(r, Component::observers)];
    }
    people = std::max(people, 1.0);
    const double support = 1.0 - (1.0 - offices / people) * (1.0 - by_oversight * state[country::political_oversight][0]);
    const double eyes = coverage(observers, everybody, observers_reference);
    const double verification = 1.0 - (1.0 - agreement.verification) * (1.0 - by_good_offices * support) *
                                          (1.0 - by_patrols * patrols / people) * (1.0 - by_observers * eyes);
    state[country::process_support][0] = support;
    state[country::verification][0] = verification;

    const auto posture = state[group::posture];
    const auto seen = state[group::recent_violations];
    const double keep = decay(memory_half_life, now.dt_weeks);
    double parties = 0.0;
    double complying = 0.0;
    double breaches = 0.0;
    for (std::size_t g = 0; g < posture.size(); ++g) {
        seen[g] *= keep;
        const double remembered = seen[g];
        if (state[group::alive][g] == 0) continue;
        const double openly = posture[g] == static_cast<std::uint8_t>(Posture::fight)    ? 1.0
                              : posture[g] == static_cast<std::uint8_t>(Posture::harass) ? 0.5
                                                                                         : 0.0;
        const double broken = std::max(static_cast<double>(state[group::violations][g]), open_breach * openly * now.dt_weeks);
        seen[g] += verification * broken;
        if (!bound_by_agreement(signed_at_start, state[group::signatory], state[group::parent], g)) continue;
        if (broken > 0.0 && remembered < forgotten && !now.initial)
            state.log(static_cast<int>(EventKind::ceasefire_violation), -1, static_cast<int>(g), 0.0);
        parties += 1.0;
        complying += openly > 0.0 ? 0.0 : 1.0;
        breaches += broken;
    }
    if (parties <= 0.0) return;
    auto& ceasefire = state[country::ceasefire][0];
    ceasefire = relaxed(ceasefire, complying / parties, mend, now.dt_weeks) * sim::exp(-breach * breaches / parties);
}

}  // namespace drawdown
