#include "models/transition/peace_process.hpp"

#include "models/transition/effects.hpp"

namespace drawdown {

void PeaceProcess::step(sim::View<PeaceProcess> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    const auto covered = state[region_activity::coverage];
    double people = 0.0;
    double reached = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        people += static_cast<double>(adults[r]);
        reached += static_cast<double>(adults[r]) * covered[r * activity_count + static_cast<std::size_t>(Activity::dialogue)];
    }
    const double pushed = people > 0.0 ? reached / people : 0.0;
    const auto posture = state[group::posture];
    double fighting = 0.0;
    double alive = 0.0;
    for (std::size_t g = 0; g < posture.size(); ++g) {
        alive += state[group::alive][g];
        fighting += posture[g] == static_cast<std::uint8_t>(Posture::fight) ? 1.0 : 0.0;
    }
    if (alive > 0.0) fighting /= alive;

    auto& done = state[country::implementation][0];
    const double rate = (ownership * state[country::legitimacy][0] + push * pushed) * (1.0 - done) -
                        fade * (1.0 - pushed) * done - break_rate * fighting * done;
    done = clamp01(done + rate * now.dt_weeks);

    const auto commitment = state[group::commitment];
    for (std::size_t g = 0; g < posture.size(); ++g) {
        const double target = posture[g] == static_cast<std::uint8_t>(Posture::comply) ? done : 0.0;
        commitment[g] = relaxed(commitment[g], target, commitment_rate, now.dt_weeks);
    }
}

}  // namespace drawdown
