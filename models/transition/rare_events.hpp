#pragma once
// Rare events among the agents of a community, by skipping from candidate to candidate.

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "models/transition/columns/people.hpp"
#include "sim/kernel.hpp"
#include "sim/math.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace drawdown {

/// Smallest power of two that is at least x, and at most 1. Two strategies whose bounds differ a little then try the same
/// candidates.
[[nodiscard]] inline double next_power_of_two(double x) {
    double power = 1.0;
    while (power * 0.5 >= x && power > 1e-12) power *= 0.5;
    return power;
}

/// next_power_of_two of 1 - exp(-hazard), mostly without the exponential: it lies between hazard - hazard^2 / 2 and hazard.
[[nodiscard]] inline double candidate_probability(double hazard) {
    const double power = next_power_of_two(hazard);
    const bool sure = hazard < 1.0 && hazard - 0.5 * hazard * hazard - 1e-12 > 0.5 * power;
    return sure ? power : next_power_of_two(-sim::expm1(-hazard));
}

/// Status of persons to whom an event may happen.
inline constexpr sim::ByteRange any_status{};
inline constexpr sim::ByteRange at_home{0, static_cast<std::uint8_t>(Status::reintegrated)};
inline constexpr sim::ByteRange away_from_home{static_cast<std::uint8_t>(Status::displaced),
                                               static_cast<std::uint8_t>(Status::refugee)};
[[nodiscard]] constexpr sim::ByteRange only(Status status) {
    return {static_cast<std::uint8_t>(status), static_cast<std::uint8_t>(status)};
}

/// Calls `happens(row, persons, rng)` for agents to whose persons an event happens, independently, at hazards of at most
/// `hazard_bound` [1/step] for one person. `hazard(row)` gives the hazard of one person of an agent, 0 where it can't happen.
///
/// Exact for any bound: candidates come at the bound's probability by geometric gaps, and are kept with the ratio of the
/// probabilities (thinning; Lewis and Shedler 1979). Of an agent of weight w, a candidate that is kept loses Binomial(w, p)
/// persons, given at least one. Draws are keyed by community and row, so one more agent shifts nobody's. The hazard of those
/// whose status lies outside `who` is 0, and is not asked.
template <class P, class Hazard, class Happens>
void for_each_event(const sim::Rows<P>& rows, const sim::Step& now, sim::StreamName stream, double hazard_bound,
                    std::uint16_t max_weight, sim::ByteRange who, const Hazard& hazard, const Happens& happens) {
    constexpr bool by_status = sim::Rows<P>::template sees<std::remove_const_t<decltype(person::status)>>;
    if (hazard_bound <= 0.0) return;
    const double p_bound = candidate_probability(hazard_bound * max_weight);
    const std::size_t n = rows.size();
    sim::Rng gaps = now.rng_of(stream, {rows.key(), 0xFFFFFFFFU});
    // Of those who are few everyone is tried: finding them is quicker than the gaps between candidates among all.
    const bool few = !who.contains(static_cast<std::uint8_t>(Status::home));
    const bool all = (by_status && few) || p_bound >= 1.0;
    const auto candidate = [&](std::uint64_t from) -> std::uint64_t {
        if (!all) return from + gaps.geometric_gap(p_bound, n);
        if constexpr (by_status) return sim::next_in(rows[person::status].first(n), from, who);
        return from;
    };
    for (std::uint64_t at = candidate(0); at < n; at = candidate(at + 1)) {
        const auto row = static_cast<std::size_t>(at);
        if constexpr (by_status)
            if (!who.contains(rows[person::status][row])) continue;
        const std::uint16_t weight = rows[person::weight][row];
        if (weight == 0) continue;
        sim::Rng rng = now.rng_of(stream, {rows.key(), static_cast<std::uint32_t>(row)});
        const double drawn = rng.uniform() * (all ? 1.0 : p_bound);
        if (drawn >= p_bound) continue;  // whatever the hazard is, which may be dear to know
        const double rate = hazard(row);
        if (rate <= 0.0) continue;
        const double p_any = -sim::expm1(-rate * weight);
        if (drawn >= p_any) continue;
        std::uint64_t persons = 1;
        if (weight > 1) {
            // Binomial given at least one, by going on from the first success: its place is geometric, cut at the weight.
            const double p = -sim::expm1(-rate);
            const double u = rng.uniform();
            const double first = sim::log1p(-u * p_any) / sim::log1p(-p);
            const auto skipped = std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max(first, 0.0)), weight - 1U);
            persons = 1 + rng.binomial(weight - 1U - skipped, p);
        }
        happens(row, static_cast<std::uint16_t>(persons), rng);
    }
}

/// The same for persons of any status.
template <class P, class Hazard, class Happens>
void for_each_event(const sim::Rows<P>& rows, const sim::Step& now, sim::StreamName stream, double hazard_bound,
                    std::uint16_t max_weight, const Hazard& hazard, const Happens& happens) {
    for_each_event(rows, now, stream, hazard_bound, max_weight, any_status, hazard, happens);
}

}  // namespace drawdown
