#pragma once
// Rare events among the agents of a community, by skipping from candidate to candidate.

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "models/transition/columns/people.hpp"
#include "sim/kernel.hpp"
#include "sim/math.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace drawdown {

/// Smallest power of two that is at least x, within 2^-40 and 1. Two strategies whose bounds differ a little then try the same
/// candidates.
[[nodiscard]] inline double next_power_of_two(double x) {
    if (!(x < 1.0)) return 1.0;
    if (x <= 0x1p-40) return 0x1p-40;
    constexpr std::uint64_t fraction = (std::uint64_t{1} << 52) - 1;
    return std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) + fraction) & ~fraction);
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

/// Calls `tries(row, rng)` for the first n rows whose status lies in `who`, in rising order, but for those whose first uniform
/// number is `limit` or more: to them nothing would happen. `tries` returns true if it may have changed rows.
template <class P, class Tries>
void for_each_below(const sim::Rows<P>& rows, const sim::Step& now, sim::StreamName stream, sim::ByteRange who, std::size_t n,
                    double limit, const Tries& tries) {
    constexpr std::size_t worth_it = 3;  // from so many on their generators are made side by side
    const std::span<const std::uint8_t> status = rows[person::status].first(n);
    std::array<std::uint32_t, sim::RngBatch::most> ahead;
    for (std::size_t from = sim::next_in(status, 0, who); from < n;) {
        std::size_t count = 0;
        for (; from < n && count < ahead.size(); from = sim::next_in(status, from + 1, who))
            ahead[count++] = static_cast<std::uint32_t>(from);
        std::optional<sim::RngBatch> batch;
        if (count >= worth_it) batch.emplace(now.rngs_of(stream, rows.key(), std::span(ahead).first(count)));
        const auto rng_of = [&](std::size_t k) { return batch ? (*batch)[k] : now.rng_of(stream, {rows.key(), ahead[k]}); };
        bool changed = false;
        for (std::size_t k = 0; k < count; ++k) {
            if (rng_of(k).uniform() < limit && tries(ahead[k], rng_of(k))) changed = true;
            if (!changed) continue;
            const std::size_t next = sim::next_in(status, ahead[k] + 1U, who);
            if (next == (k + 1 < count ? ahead[k + 1] : from)) continue;
            from = next;  // those ahead are others now
            break;
        }
    }
}

/// An upper bound of 1 - exp(-x) for x >= 0, close for x below 1: its series, cut after a term that is added, and a margin for
/// what is rounded.
[[nodiscard]] inline double no_less_than_probability(double x) { return (1.0 + 1e-12) * x * (1.0 - x * (0.5 - x * (1.0 / 6.0))); }

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
    // Of those who are few everyone is tried: finding them is quicker than the gaps between candidates among all.
    const bool few = !who.contains(static_cast<std::uint8_t>(Status::home));
    const bool all = (by_status && few) || p_bound >= 1.0;
    const auto of_row = [&](std::size_t row) { return now.rng_of(stream, {rows.key(), static_cast<std::uint32_t>(row)}); };
    const auto try_row = [&](std::size_t row, sim::Rng rng, std::uint16_t weight) {
        const double drawn = rng.uniform() * (all ? 1.0 : p_bound);
        // Whatever the hazard is, which may be dear to know.
        if (drawn >= std::min(p_bound, no_less_than_probability(hazard_bound * weight))) return false;
        const double rate = hazard(row);
        assert(rate <= hazard_bound * (1.0 + 1e-9));
        if (rate <= 0.0 || drawn >= no_less_than_probability(rate * weight)) return false;
        const double p_any = -sim::expm1(-rate * weight);
        if (drawn >= p_any) return false;
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
        return true;
    };
    if constexpr (by_status) {
        if (all) {
            const double limit = std::min(p_bound, (1.0 + 1e-9) * no_less_than_probability(hazard_bound * max_weight));
            for_each_below(rows, now, stream, who, n, limit, [&](std::size_t row, const sim::Rng& rng) {
                const std::uint16_t weight = rows[person::weight][row];
                return weight > 0 && try_row(row, rng, weight);
            });
            return;
        }
    }
    sim::Rng gaps = now.rng_of(stream, {rows.key(), 0xFFFFFFFFU});
    const auto gap = [&] { return all ? 0 : gaps.geometric_gap(p_bound, n); };
    for (std::uint64_t at = gap(); at < n; at += 1 + gap()) {
        const auto row = static_cast<std::size_t>(at);
        if constexpr (by_status)
            if (!who.contains(rows[person::status][row])) continue;
        if (const std::uint16_t weight = rows[person::weight][row]; weight > 0) try_row(row, of_row(row), weight);
    }
}

/// The same for persons of any status.
template <class P, class Hazard, class Happens>
void for_each_event(const sim::Rows<P>& rows, const sim::Step& now, sim::StreamName stream, double hazard_bound,
                    std::uint16_t max_weight, const Hazard& hazard, const Happens& happens) {
    for_each_event(rows, now, stream, hazard_bound, max_weight, any_status, hazard, happens);
}

}  // namespace drawdown
