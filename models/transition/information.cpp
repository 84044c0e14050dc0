#include "models/transition/information.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "sim/parallel.hpp"

namespace drawdown {

namespace {

constexpr std::uint64_t ties = 3;

/// Hash of a community's key and the number of its tie: the finaliser of splitmix64.
std::uint64_t tie(std::uint64_t key, std::uint64_t number) {
    std::uint64_t h = (key + 1) * 0x9E3779B97F4A7C15ULL + number * 0xD1B54A32D192ED03ULL;
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ULL;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBULL;
    return h ^ (h >> 31);
}

/// Communities in the order of their keys, so that ties depend on who there is and not on the order of the tables. Sorted byte by
/// byte, from the lowest on: a large country has them by the hundred thousand, each week.
std::vector<std::uint32_t> by_key(std::span<const sim::Segment> communities) {
    std::vector<std::uint32_t> order(communities.size());
    std::vector<std::uint32_t> next(communities.size());
    std::iota(order.begin(), order.end(), 0U);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        const auto byte_of = [&](std::uint32_t c) { return communities[c].key >> shift & 0xFFU; };
        std::array<std::uint32_t, 257> begin{};
        for (const std::uint32_t c : order) ++begin[byte_of(c) + 1];
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        for (const std::uint32_t c : order) next[begin[byte_of(c)]++] = c;
        order.swap(next);
    }
    return order;
}

constexpr double heard = 0.02;  // audience below which nobody misses a radio

}  // namespace

void Media::step(sim::View<Media> state, const sim::Step& now) const {
    const auto radio = state[region::radio];
    const auto media = state[region::media];
    const double freedom = society.press_freedom > 0.0 ? state[country::press_freedom][0] / society.press_freedom : 1.0;
    const double joint = 1.0 - one_voice * (1.0 - state[country::integration][0]);
    double audience = 0.0;
    double followed = 0.0;
    for (std::size_t r = 0; r < radio.size(); ++r) {
        const double reach = 1.0 - lost_to_remoteness * state[region::remoteness][r];
        const double target = clamp01(society.media * freedom * reach * state[region::economy][r]);
        media[r] = relaxed(media[r], target, rate, now.dt_weeks);
        const std::size_t row = row_of(r, Activity::information);
        const double covered = state[region_activity::coverage][row];
        const double goes_on = state[region_activity::successor][row];
        const double full = std::max(state[region_activity::usual][row], covered);
        const auto of_full = [full](double x) { return full > 0.0 ? std::min(1.0, x / full) : 0.0; };
        const double on_air = 1.0 - (1.0 - of_full(covered)) * (1.0 - of_full(goes_on));
        radio[r] = relaxed(radio[r], mission.radio_reach * on_air, radio_rate, now.dt_weeks);
        audience += radio[r] / static_cast<double>(radio.size());
        followed += mission.radio_reach * of_full(goes_on) / static_cast<double>(radio.size());
        state[region::messages][r] = covered * (1.0 - state[region::rumour][r]) * joint;
    }
    const double since = state[country::weeks_since_exit][0];
    const bool closes = since > 0.0 && since <= now.dt_weeks;  // the mission, in this step
    if (!closes || now.initial || std::max(audience, followed) < heard) return;
    if (followed >= heard)
        state.log(static_cast<int>(EventKind::radio_handed_over), -1, -1, followed, static_cast<int>(Cause::mission_leaves));
    else
        state.log(static_cast<int>(EventKind::radio_closes), -1, -1, 0.0, static_cast<int>(Cause::mission_leaves));
}

void Rumours::step(sim::View<Rumours> state, const sim::Step& now) const {
    const auto region = state[community::region];
    const auto rumour = state[community::rumour];
    const std::vector<float> before(rumour.begin(), rumour.end());
    std::vector<double> people(state[region::rumour].size(), 0.0);
    std::vector<double> believers(people.size(), 0.0);
    const double restricted = 1.0 - state[country::press_freedom][0];
    const double fuel = seed * std::max(state[country::tension][0], state[country::epidemic][0]);
    const auto communities = state.segments(person::weight);
    const std::vector<std::uint32_t> order = by_key(communities);
    sim::for_each_piece(rumour.size(), now.parallel, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            double linked = 0.0;
            for (std::uint64_t k = 0; k < ties; ++k) linked += before[order[tie(communities[c].key, k) % order.size()]];
            const double near = (1.0 - link) * before[c] + link * linked / static_cast<double>(ties);
            const std::size_t r = region[c];
            const double police = state[region_function::capacity][row_of(r, Function::police)];
            const double informed = clamp01(state[region::radio][r] + media_counter * state[region::media][r]);
            const double b = before[c];
            const double change = spread * (1.0 - regulation * police * restricted) * near * (1.0 - b) -
                                  (forget + counter * informed) * b + fuel * (1.0 - b);
            rumour[c] = static_cast<float>(clamp01(b + change * now.dt_weeks));
        }
    });
    for (std::size_t c = 0; c < rumour.size(); ++c) {
        people[region[c]] += state[community::residents][c];
        believers[region[c]] += static_cast<double>(rumour[c]) * state[community::residents][c];
    }
    for (std::size_t r = 0; r < people.size(); ++r)
        if (people[r] > 0.0) state[region::rumour][r] = believers[r] / people[r];
}

}  // namespace drawdown
