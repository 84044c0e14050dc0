#include "models/epstein/activation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace drawdown::epstein {

namespace {

using Point = Lattice::Point;

/// Tries at a random site within vision before the vacant ones are counted; the site is uniform among the vacant either way.
constexpr int tries = 16;

/// Activations for which memory is asked in advance.
constexpr std::size_t fetched_ahead = 8;

/// Everything that an activation touches, and the streams' keys, which are too dear to make anew for each.
struct Board {
    const Activation& rules;
    const Lattice& lattice;
    std::span<const double> hardship, risk_aversion;
    std::span<std::int32_t> citizen_site, cop_site, sentence, citizen_at;
    std::span<std::uint8_t> active, taken, actives, cops;
    double legitimacy;
    sim::StreamKey citizen_key, cop_key;
    std::uint32_t replicate, step;

    /// Rule M; returns the site after it.
    std::int32_t destination(Point from, std::int32_t site, sim::Rng& rng) const {
        for (int i = 0; i < tries; ++i) {
            const std::int32_t to = lattice.neighbour(from, rng.below(lattice.neighbours()));
            if (!lattice.has(taken, lattice.point(to))) return to;
        }
        const std::int32_t vacant = static_cast<std::int32_t>(lattice.neighbours()) + 1 - lattice.count(taken, from);
        if (vacant == 0) return site;
        return lattice.find(taken, from, rng.below(static_cast<std::uint32_t>(vacant)), false);
    }

    void activate_citizen(std::uint32_t i) const {
        const std::int32_t site = citizen_site[i];
        if (site == off_the_map) return;
        sim::Rng rng(citizen_key, replicate, {0, i}, step);
        const Point from = lattice.point(site);
        const std::int32_t to = destination(from, site, rng);
        const Point at = lattice.point(to);
        if (active[i] != 0) lattice.set(actives, from, false);
        lattice.set(taken, from, false);
        lattice.set(taken, at, true);
        citizen_at[static_cast<std::size_t>(site)] = 0;
        citizen_at[static_cast<std::size_t>(to)] = static_cast<std::int32_t>(i) + 1;
        citizen_site[i] = to;
        active[i] = rebels(i, at) ? 1 : 0;
        if (active[i] != 0) lattice.set(actives, at, true);
    }

    /// Rule A, the citizen's own bit not being in the map.
    bool rebels(std::uint32_t i, Point at) const {
        const double grievance = hardship[i] * (1.0 - legitimacy);
        if (!(grievance > rules.threshold)) return false;  // whatever the risk
        const std::int32_t c = lattice.count(cops, at);
        if (c == 0) return true;
        const double p = rules.arrest_probability(c, 1 + lattice.count(actives, at));
        return grievance - risk_aversion[i] * p > rules.threshold;
    }

    void activate_cop(std::uint32_t j) const {
        sim::Rng rng(cop_key, replicate, {0, j}, step);
        const std::int32_t site = cop_site[j];
        const Point from = lattice.point(site);
        const std::int32_t to = destination(from, site, rng);
        const Point at = lattice.point(to);
        lattice.set(taken, from, false);
        lattice.set(cops, from, false);
        lattice.set(taken, at, true);
        lattice.set(cops, at, true);
        cop_site[j] = to;
        const std::int32_t seen = lattice.count(actives, at);
        if (seen == 0) return;
        const std::int32_t suspect_site = lattice.find(actives, at, rng.below(static_cast<std::uint32_t>(seen)), true);
        const auto suspect = static_cast<std::size_t>(citizen_at[static_cast<std::size_t>(suspect_site)] - 1);
        sentence[suspect] = static_cast<std::int32_t>(rng.below(static_cast<std::uint32_t>(rules.max_sentence_steps) + 1));
        arrest(suspect, suspect_site);
    }

    void arrest(std::size_t suspect, std::int32_t site) const {
        const Point at = lattice.point(site);
        active[suspect] = 0;
        citizen_site[suspect] = off_the_map;
        citizen_at[static_cast<std::size_t>(site)] = 0;
        lattice.set(taken, at, false);
        lattice.set(actives, at, false);
    }

    /// Asks for what an activation to come will touch: in a random order every one is somewhere else in memory.
    void fetch(std::uint32_t who) const {
        if (who >= citizen_site.size()) return;
        __builtin_prefetch(&hardship[who]);
        __builtin_prefetch(&risk_aversion[who]);
        __builtin_prefetch(&active[who]);
        __builtin_prefetch(&citizen_site[who]);
    }

    void activate(std::uint32_t who) const {
        const auto citizens = static_cast<std::uint32_t>(citizen_site.size());
        if (who < citizens)
            activate_citizen(who);
        else
            activate_cop(who - citizens);
    }
};

/// The tiles of one step.
struct Tiling {
    std::int32_t size = 1;
    std::int32_t side = 1;  ///< tiles along a side; even, or 1
    Point origin;

    /// Narrowest tile: between two of one colour lies a third. Each reaches two visions beyond itself, by moving and then by
    /// looking; bits are written by bytes and read by words, which reach up to 7 and 63 sites further.
    static std::int32_t narrowest(std::int32_t reach) { return std::max(4 * reach + 14, 2 * reach + 71); }

    [[nodiscard]] std::int32_t of(Point at) const { return part(at.y + origin.y) * side + part(at.x + origin.x); }
    [[nodiscard]] std::int32_t part(std::int32_t x) const {
        return static_cast<std::int32_t>(std::int64_t{x < size ? x : x - size} * side / size);
    }
};

Tiling tiling_of(const Activation& rules, const sim::Step& now) {
    const Lattice& lattice = *rules.lattice;
    Tiling tiling{lattice.size(), 1, {}};
    if (rules.order == Order::serial) return tiling;
    // Tiles differ by one site in width, since the sides need not divide.
    const std::int32_t side = lattice.size() / (Tiling::narrowest(lattice.reach()) + 1) / 2 * 2;
    if (side < 2) return tiling;
    tiling.side = side;
    sim::Rng rng = now.rng("tiles", {0, 0});
    tiling.origin.x = static_cast<std::int32_t>(rng.below(static_cast<std::uint32_t>(lattice.size())));
    tiling.origin.y = static_cast<std::int32_t>(rng.below(static_cast<std::uint32_t>(lattice.size())));
    return tiling;
}

/// Citizens and cops (numbered behind the citizens) by tile, in random order within each; tile t holds who[begin[t] ..
/// begin[t+1]).
struct Queue {
    std::vector<std::uint32_t> who;
    std::vector<std::size_t> begin;
};

/// Random order by Fisher and Yates, from one 32-bit word each: no place is likelier by more than n / 2^32.
void shuffle(std::span<std::uint32_t> list, std::span<const std::uint32_t> words) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[std::uint64_t{words[i - 1]} * i >> 32]);
}

Queue queue_of(const Board& board, const Tiling& tiling, const sim::Step& now) {
    const std::size_t citizens = board.citizen_site.size();
    const auto site_of = [&](std::size_t i) { return i < citizens ? board.citizen_site[i] : board.cop_site[i - citizens]; };
    const std::size_t all = citizens + board.cop_site.size();
    const auto tiles = static_cast<std::size_t>(tiling.side) * static_cast<std::size_t>(tiling.side);
    std::vector<std::uint16_t> tile_of(all);
    Queue queue{std::vector<std::uint32_t>(all), std::vector<std::size_t>(tiles + 1)};
    for (std::size_t i = 0; i < all; ++i) {
        const std::int32_t site = site_of(i);
        if (site == off_the_map) continue;
        tile_of[i] = tiling.side == 1 ? 0 : static_cast<std::uint16_t>(tiling.of(board.lattice.point(site)));
        ++queue.begin[tile_of[i] + 1U];
    }
    for (std::size_t t = 0; t < tiles; ++t) queue.begin[t + 1] += queue.begin[t];
    std::vector<std::size_t> next(queue.begin.begin(), queue.begin.end() - 1);
    for (std::size_t i = 0; i < all; ++i)
        if (site_of(i) != off_the_map) queue.who[next[tile_of[i]]++] = static_cast<std::uint32_t>(i);
    std::vector<std::uint32_t> words(queue.begin[tiles]);
    sim::fill_words(sim::stream_key(now.seed, "order"), now.replicate, static_cast<std::uint32_t>(now.index), 0, 0, words, 0);
    for (std::size_t t = 0; t < tiles; ++t) {
        const std::size_t count = queue.begin[t + 1] - queue.begin[t];
        shuffle(std::span(queue.who).subspan(queue.begin[t], count), std::span(words).subspan(queue.begin[t], count));
    }
    return queue;
}

}  // namespace

double Activation::arrest_probability(std::int32_t cops_seen, std::int32_t actives_seen) const {
    const double c_over_a = ratio == Ratio::floored ? static_cast<double>(cops_seen / actives_seen)
                                                    : static_cast<double>(cops_seen) / static_cast<double>(actives_seen);
    return c_over_a > 0.0 ? -sim::expm1(-arrest_constant * c_over_a) : 0.0;
}

void Activation::step(sim::View<Activation> state, const sim::Step& now) const {
    const Board board{*this,
                      *lattice,
                      state[citizen::hardship],
                      state[citizen::risk_aversion],
                      state[citizen::site],
                      state[cop::site],
                      state[citizen::sentence],
                      state[site::citizen],
                      state[citizen::active],
                      state[map::taken],
                      state[map::actives],
                      state[map::cops],
                      state[society::legitimacy][0],
                      sim::stream_key(now.seed, "citizen"),
                      sim::stream_key(now.seed, "cop"),
                      now.replicate,
                      static_cast<std::uint32_t>(now.index)};
    const Tiling tiling = tiling_of(*this, now);
    const Queue queue = queue_of(board, tiling, now);
    const auto run_tile = [&](std::size_t tile) {
        const std::size_t end = queue.begin[tile + 1];
        for (std::size_t i = queue.begin[tile]; i < end; ++i) {
            board.fetch(queue.who[std::min(i + fetched_ahead, end - 1)]);
            board.activate(queue.who[i]);
        }
    };
    if (tiling.side == 1) return run_tile(0);
    std::array<std::uint32_t, 4> colours = {0, 1, 2, 3};
    std::array<std::uint32_t, 4> words{};
    sim::fill_words(sim::stream_key(now.seed, "tiles"), now.replicate, static_cast<std::uint32_t>(now.index), 0, 0, words, 0);
    shuffle(colours, words);
    const auto half = static_cast<std::size_t>(tiling.side) / 2;
    for (const std::uint32_t colour : colours)
        sim::for_each_task(half * half, now.parallel, [&](std::size_t task) {
            const std::size_t y = task / half * 2 + colour / 2;
            const std::size_t x = task % half * 2 + colour % 2;
            run_tile(y * static_cast<std::size_t>(tiling.side) + x);
        });
}

void Release::step(sim::View<Release> state, const sim::Step& now) const {
    const auto sites = state[citizen::site];
    const auto sentence = state[citizen::sentence];
    const auto taken = state[map::taken];
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (sites[i] != off_the_map || sentence[i]-- > 0) continue;
        sentence[i] = 0;
        sim::Rng rng = now.rng("release", {0, static_cast<std::uint32_t>(i)});
        const auto all = static_cast<std::uint32_t>(lattice->sites());
        std::int32_t to = static_cast<std::int32_t>(rng.below(all));
        for (int tried = 1; lattice->has(taken, lattice->point(to)); ++tried)  // a full map has a vacant site: the citizen's own
            to = tried < 1000 ? static_cast<std::int32_t>(rng.below(all)) : (to + 1) % lattice->sites();
        sites[i] = to;
        state[site::citizen][static_cast<std::size_t>(to)] = static_cast<std::int32_t>(i) + 1;
        lattice->set(taken, lattice->point(to), true);
    }
}

void Count::step(sim::View<Count> state, const sim::Step& /*now*/) const {
    std::int64_t active = 0;
    for (const std::uint8_t a : state[citizen::active]) active += a;
    state[society::active][0] = active;
    state[society::jailed][0] = std::ranges::count(state[citizen::site], off_the_map);
}

double Legitimacy::at(std::int32_t step) const {
    const double done = static_cast<double>(step - fall_at + 1) / fall_steps;
    return start + (end - start) * std::clamp(done, 0.0, 1.0);
}

}  // namespace drawdown::epstein
