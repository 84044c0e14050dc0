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

/// Generators of the rows in a range of status, made ahead of the loop that tries them in rising order.
template <class P>
class RngsAhead {
  public:
    RngsAhead(const sim::Rows<P>& rows, const sim::Step& now, sim::StreamName stream, sim::ByteRange who)
        : rows_(&rows), now_(&now), stream_(stream), who_(who) {}

    /// That of `row`, which is in the range.
    [[nodiscard]] sim::Rng of(std::uint32_t row) {
        if (count_ == 0 || row > ahead_[count_ - 1]) look_ahead(row);
        while (ahead_[next_] < row) ++next_;
        if (batch_.has_value() && ahead_[next_] == row) return (*batch_)[next_];
        return now_->rng_of(stream_, {rows_->key(), row});  // a row that was not in the range when we looked, or one of few
    }

  private:
    void look_ahead(std::uint32_t row) {
        constexpr std::size_t worth_it = 3;
        next_ = count_ = 0;
        const auto status = (*rows_)[person::status];
        for (std::size_t i = row; i < status.size() && count_ < ahead_.size(); i = sim::next_in(status, i + 1, who_))
            ahead_[count_++] = static_cast<std::uint32_t>(i);
        batch_.reset();
        if (count_ >= worth_it) batch_ = now_->rngs_of(stream_, rows_->key(), std::span(ahead_).first(count_));
    }

    const sim::Rows<P>* rows_;
    const sim::Step* now_;
    sim::StreamName stream_;
    sim::ByteRange who_;
    std::array<std::uint32_t, sim::RngBatch::most> ahead_{};
    std::size_t count_ = 0, next_ = 0;
    std::optional<sim::RngBatch> batch_;
};

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
        if (drawn >= std::min(p_bound, no_less_than_probability(hazard_bound * weight))) return;
        const double rate = hazard(row);
        assert(rate <= hazard_bound * (1.0 + 1e-9));
        if (rate <= 0.0 || drawn >= no_less_than_probability(rate * weight)) return;
        const double p_any = -sim::expm1(-rate * weight);
        if (drawn >= p_any) return;
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
    };
    if constexpr (by_status) {
        if (all) {
            RngsAhead<P> rngs(rows, now, stream, who);
            const auto next = [&](std::size_t from) { return sim::next_in(rows[person::status].first(n), from, who); };
            for (std::size_t row = next(0); row < n; row = next(row + 1))
                if (const std::uint16_t weight = rows[person::weight][row]; weight > 0)
                    try_row(row, rngs.of(static_cast<std::uint32_t>(row)), weight);
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
