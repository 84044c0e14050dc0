#include "models/transition/spoilers.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr std::size_t limited = 1;
constexpr std::size_t greedy = 2;
constexpr std::size_t total = 3;
constexpr double stranger = 1.0 / spoiler_count;
constexpr double talks_from = 0.1;  // inducement from which a group has something to answer

}  // namespace

double Spoilers::likelihood(const Sign& sign, std::size_t type) const {
    const std::array<double, spoiler_count> breaks = {none_breaks, limited_breaks, greedy_breaks, total_breaks};
    const std::array<double, spoiler_count> fights = {none_fights, limited_fights, greedy_fights, total_fights};
    const std::array<double, spoiler_count> asking = {none_asks, limited_asks, greedy_asks, total_asks};
    double b = breaks[type];
    if (type == limited) b /= 1.0 + (calmed - 1.0) * sign.inducement;
    if (type == greedy) b = std::min(0.95, b * (1.0 + (calmed - 1.0) * sign.inducement));
    if (type == total) b /= 1.0 + (calmed - 1.0) * sign.pressure;
    const double conduct = sign.conduct == 0 ? 1.0 - b : sign.conduct == 1 ? b * (1.0 - fights[type]) : b * fights[type];
    if (sign.inducement < talks_from) return conduct;
    return conduct * (sign.asks ? asking[type] : 1.0 - asking[type]);
}

std::array<double, spoiler_count> Spoilers::updated(std::array<double, spoiler_count> belief, const Sign& sign,
                                                    double dt_weeks) const {
    double sum = 0.0;
    for (std::size_t type = 0; type < belief.size(); ++type) {
        belief[type] *= sim::pow(likelihood(sign, type), evidence * dt_weeks);
        sum += belief[type];
    }
    for (double& b : belief) b = sum > 0.0 ? relaxed(b / sum, stranger, doubt, dt_weeks) : stranger;
    return belief;
}

double Spoilers::reach_of_force(const sim::View<Spoilers>& state, std::size_t g) {
    const std::size_t groups = state.rows(group::alive);
    double fighters = 0.0;
    double reached = 0.0;
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        const auto here = static_cast<double>(state[region_group::fighters][r * groups + g]);
        fighters += here;
        reached += here * state[region_activity::coverage][row_of(r, Activity::patrol)];
    }
    return fighters > 0.0 ? reached / fighters : 0.0;
}

Response Spoilers::answer(const std::array<double, spoiler_count>& belief, bool proscribed) const {
    const auto likeliest = std::max_element(belief.begin(), belief.end());
    if (*likeliest <= sure) return Response::nothing;
    const auto response = static_cast<Response>(likeliest - belief.begin());
    return proscribed && response != Response::coercion ? Response::nothing : response;
}

void Spoilers::step(sim::View<Spoilers> state, const sim::Step& now) const {
    const auto belief = state[group_type::belief];
    const auto response = state[group::response];
    const auto inducement = state[group::inducement];
    const auto pressure = state[group::pressure];
    const double support = state[country::process_support][0];
    for (std::size_t g = 0; g < response.size(); ++g) {
        const double force = reach_of_force(state, g);
        if (state[group::alive][g] == 0) {
            for (std::size_t type = 0; type < spoiler_count; ++type) belief[g * spoiler_count + type] = stranger;
            response[g] = 0;
            inducement[g] = 0.0;
            pressure[g] = 0.0;
            continue;
        }
        sim::Rng rng = now.rng("spoilers", {static_cast<std::uint32_t>(g), 0});
        const double hidden = sim::pow(1.0 - state[country::verification][0], static_cast<double>(state[group::violations][g]));
        const bool came_to_light = rng.uniform() > hidden;
        const auto posture = static_cast<Posture>(state[group::posture][g]);
        const Sign sign{.conduct = posture == Posture::fight                     ? 2
                                   : posture == Posture::harass || came_to_light ? 1
                                                                                 : 0,
                        .asks = state[group::demands][g] >= asks_at,
                        .inducement = inducement[g],
                        .pressure = pressure[g]};
        std::array<double, spoiler_count> held{};
        std::copy_n(belief.begin() + static_cast<std::ptrdiff_t>(g * spoiler_count), spoiler_count, held.begin());
        held = updated(held, sign, now.dt_weeks);
        std::copy(held.begin(), held.end(), belief.begin() + static_cast<std::ptrdiff_t>(g * spoiler_count));

        // Who has neither envoys nor troops there has no answer.
        const Response chosen = support > 0.0 || force > 0.0 ? answer(held, state[group::proscribed][g] != 0) : Response::nothing;
        response[g] = static_cast<std::uint8_t>(chosen);
        inducement[g] = relaxed(inducement[g], chosen == Response::inducement ? support : 0.0, rate, now.dt_weeks);
        pressure[g] = relaxed(pressure[g], chosen == Response::coercion ? force : 0.0, rate, now.dt_weeks);
    }
}

void SpoilerNature::step(sim::View<SpoilerNature> state, const sim::Step& now) const {
    const auto demands = state[group::demands];
    for (std::size_t g = 0; g < demands.size(); ++g) {
        if (state[group::alive][g] == 0) {
            demands[g] = 0.0;
            continue;
        }
        const std::size_t type = state[group::spoiler][g];
        const double given = state[group::inducement][g];
        const double pressed = state[group::pressure][g];
        const bool hard = type == greedy || type == total;
        const bool socialised = state[group::response][g] == static_cast<std::uint8_t>(Response::socialisation);
        const double up = hard ? teach * given : backlash * pressed;
        double down = fade;
        if (type == limited) down += calm * given;
        if (type == greedy && socialised) down += socialise * state[country::process_support][0];
        if (hard) down += yield * pressed;
        if (up + down > 0.0) demands[g] = clamp01(relaxed(demands[g], up / (up + down), up + down, now.dt_weeks));
    }
}

void start_spoilers(sim::State& state, const Inputs& /*in*/) {
    for (double& belief : state.of(group_type::belief)) belief = stranger;
}

}  // namespace drawdown
