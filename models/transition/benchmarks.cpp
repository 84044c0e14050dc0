#include "models/transition/benchmarks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/effects.hpp"

namespace drawdown {

void Benchmarks::step(sim::View<Benchmarks> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    const auto capacity = state[region_function::capacity];
    double people = 0.0;
    double reached = 0.0;
    std::array<double, indicator_count> value{};
    const auto put = [&](Indicator i, double x) { value[static_cast<std::size_t>(i)] += x; };
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        people += w;
        reached += w * state[region_activity::coverage][r * activity_count + static_cast<std::size_t>(Activity::dialogue)];
        put(Indicator::security, w * state[region::security_level][r]);
        put(Indicator::state_control, w * state[region::state_control][r]);
        put(Indicator::police_capacity, w * capacity[r * function_count + static_cast<std::size_t>(Function::police)]);
        put(Indicator::justice_capacity, w * capacity[r * function_count + static_cast<std::size_t>(Function::justice)]);
    }
    people = std::max(people, 1.0);
    for (double& v : value) v /= people;
    put(Indicator::legitimacy, state[country::legitimacy][0]);
    put(Indicator::implementation, state[country::implementation][0]);
    // All at home is 1; a twentieth of the people away is 0.
    const double away = static_cast<double>(state[country::displaced][0] + state[country::refugees][0]);
    put(Indicator::returns, clamp01(1.0 - 20.0 * away / std::max(1.0, static_cast<double>(state[country::population][0]))));

    for (std::size_t b = 0; b < benchmarks.size(); ++b) {
        const BenchmarkInput& input = benchmarks[b];
        const auto which = static_cast<std::size_t>(
            std::find(indicator_names().begin(), indicator_names().end(), input.indicator) - indicator_names().begin());
        state[benchmark::value][b] = value[which];
        sim::Rng rng = now.rng("benchmarks", {static_cast<std::uint32_t>(b), 0});
        const double error = input.error_sd * (1.0 - sight * reached / people) * rng.normal();
        auto& observed = state[benchmark::observed][b];
        const double followed =
            input.delay_weeks > 0.0 ? relaxed(observed, value[which], 1.0 / input.delay_weeks, now.dt_weeks) : value[which];
        // A week's error enters the running reading so that the reading's own deviation is `error_sd`.
        const double share = input.delay_weeks > 0.0 ? std::sqrt(-sim::expm1(-2.0 * now.dt_weeks / input.delay_weeks)) : 1.0;
        observed = clamp01(followed + share * error);
        state[benchmark::held_weeks][b] = observed >= input.at_least ? state[benchmark::held_weeks][b] + now.dt_weeks : 0.0;
    }
}

const std::vector<std::string>& indicator_names() {
    static const std::vector<std::string> names = {"security",       "police_capacity", "state_control",   "legitimacy",
                                                   "implementation", "returns",         "justice_capacity"};
    return names;
}

}  // namespace drawdown
