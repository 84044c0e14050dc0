#pragma once
// Random numbers named by what they are for, never by when or where they are drawn.
//
// Every word is a function of (seed, stream name, replicate, entity, step, position): Philox4x32-10 (Salmon, Moraes, Dror and
// Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11) of a counter under the stream's key. One more entity,
// stream or thread changes nobody else's draws, and two runs that share all these share their draws (common random numbers).
//
// Write one draw a statement: compilers differ in which of two draws in one call expression they evaluate first.

#include <Random123/philox.h>

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace sim {

/// Philox key of a stream.
struct StreamKey {
    std::uint32_t k0 = 0;
    std::uint32_t k1 = 0;
    friend bool operator==(const StreamKey&, const StreamKey&) = default;
};

/// Finaliser of splitmix64 (Steele, Lea and Flood 2014, OOPSLA): a bijection in which every input bit moves every output bit.
[[nodiscard]] constexpr std::uint64_t scrambled(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/// 64-bit FNV-1a hash of `text` (Fowler, Noll and Vo), or of what `hash` is the hash of followed by `text`.
[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

namespace detail {
/// The key that 64 bits make.
[[nodiscard]] constexpr StreamKey key_of(std::uint64_t bits) {
    return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
}
/// Key of the stream with a name of this hash, scrambled, under `seed`.
[[nodiscard]] constexpr StreamKey seeded_key(std::uint64_t scrambled_name, std::uint64_t seed) {
    return key_of(scrambled(scrambled_name ^ scrambled(seed + 0x9e3779b97f4a7c15)));
}
}  // namespace detail

/// Key of the stream `name` under `seed`: the hash of the name and the seed, both through the finaliser of
/// splitmix64, so that near names and near seeds have far keys. A pure function; keep it out of inner loops.
[[nodiscard]] constexpr StreamKey stream_key(std::uint64_t seed, std::string_view name) {
    return detail::seeded_key(scrambled(fnv1a(name)), seed);
}

/// Name of a stream that is known when the program is compiled, and so is hashed then.
class StreamName {
  public:
    consteval StreamName(std::string_view name) : scrambled_(scrambled(fnv1a(name))) {}  // NOLINT: stands for the name
    template <std::size_t N>
    consteval StreamName(const char (&name)[N]) : StreamName(std::string_view(name, N - 1)) {}  // NOLINT
    /// What `stream_key` gives for the name's text.
    [[nodiscard]] StreamKey key(std::uint64_t seed) const { return detail::seeded_key(scrambled_, seed); }

  private:
    std::uint64_t scrambled_;  ///< the hash of the name
};

/// Key under which `fill_words` draws from a stream. It differs from the stream's own, so that words in bulk and the words
/// of an Rng never share a counter.
[[nodiscard]] StreamKey bulk_key(StreamKey stream);

/// What owns draws: two words, such as the key of a segment and the row in it.
struct Entity {
    std::uint32_t hi = 0;
    std::uint32_t lo = 0;
};

/// Draws of one entity from one stream in one step of one replicate: as cheap to make as to copy, so it is made where it is
/// used and thrown away.
///
/// Block b of four words is Philox4x32-10 of the counter (lo, hi, step * 4096 + b, replicate). Steps lie below 2^20 (asserted);
/// more than 4096 blocks throw NumericalError. Every distribution throws NumericalError for a parameter out of its range or
/// NaN, and takes the words it needs in a fixed order. Distributions that invert their distribution function do not decrease
/// when `uniform` grows, unless said otherwise.
class Rng {
  public:
    Rng(StreamKey stream, std::uint32_t replicate, Entity entity, std::uint32_t step)
        : key_{{stream.k0, stream.k1}}, counter_{{entity.lo, entity.hi, step << 12, replicate}} {
        assert(step < max_steps);
    }

    static constexpr std::uint32_t max_steps = 1u << 20;
    static constexpr std::uint32_t max_blocks = 1u << 12;

    /// The next 32 random bits.
    [[nodiscard]] std::uint32_t word() {
        if (used_ == 4) next_block();
        return block_[used_++];
    }

    /// Uniform in (0, 1), both ends excluded: an odd multiple of 2^-53, from two words.
    [[nodiscard]] double uniform() {
        const std::uint64_t high = word();
        const std::uint64_t low = word();
        return (static_cast<double>((high << 32 | low) >> 12) + 0.5) * 0x1p-52;
    }

    /// True with probability p in [0, 1].
    [[nodiscard]] bool bernoulli(double p) {
        if (!(p >= 0.0 && p <= 1.0)) refuse("bernoulli: p", p);
        return uniform() < p;
    }

    /// Standard normal, by the inverse of its distribution function: one uniform.
    [[nodiscard]] double normal();

    /// Exponential of mean 1. Decreases as `uniform` grows.
    [[nodiscard]] double exponential();

    /// Poisson with a mean in [0, 1e15]. Up to a mean of 10 by inversion of one uniform; above, by exact rejection
    /// (Hörmann 1993, "The transformed rejection method for generating Poisson random variables", algorithm PTRS).
    [[nodiscard]] std::uint64_t poisson(double mean) {
        if (mean >= 0.0 && mean <= 1.0) {
            const double u = uniform();
            // exp(-mean) > 1 - mean: most draws of a small mean end here.
            return u <= 1.0 - mean ? 0 : poisson_by_inversion(mean, u);
        }
        return large_poisson(mean);
    }

    /// Successes in n <= 1e15 trials of probability p in [0, 1]. By inversion of one uniform while the smaller of n p and
    /// n (1 - p) is below 10 (decreasing in the uniform where p > 1/2); else by exact rejection (Hörmann 1993, "The generation
    /// of binomial random variates", algorithm BTRS).
    [[nodiscard]] std::uint64_t binomial(std::uint64_t n, double p) {
        const double mean = static_cast<double>(n) * p;
        if (p >= 0.0 && mean <= 1.0 && p <= 0.5) {
            const double u = uniform();
            return u <= 1.0 - mean ? 0 : binomial_by_inversion(static_cast<double>(n), p, u);
        }
        return large_binomial(n, p);
    }

    /// Uniform on 0 .. n - 1 for n >= 1, without bias: one word, rarely more (Lemire 2019, ACM TOMACS 29(1)).
    [[nodiscard]] std::uint32_t below(std::uint32_t n) {
        if (n == 0) refuse("below: n", 0.0);
        std::uint64_t product = std::uint64_t{word()} * n;
        if (static_cast<std::uint32_t>(product) < n) {
            const std::uint32_t unfair = (0u - n) % n;
            while (static_cast<std::uint32_t>(product) < unfair) product = std::uint64_t{word()} * n;
        }
        return static_cast<std::uint32_t>(product >> 32);
    }

    /// Index i with probability weights[i] / sum. Weights are >= 0 and finite, with a sum > 0; one of weight 0 is never picked.
    [[nodiscard]] std::size_t pick(std::span<const double> weights);

    /// What `geometric_gap` returns for "never".
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

    /// Failures before the first success in trials of probability p in [0, 1]; `never` for p = 0 or from 2^63 on. Decreases as
    /// `uniform` grows. Visiting each row that has a rare event: `row += 1 + gap`.
    [[nodiscard]] std::uint64_t geometric_gap(double p);

    /// The smaller of `geometric_gap(p)` and `most`, from the same draw. Quick where most p is small: (1 - p)^n >= 1 - n p tells
    /// that the gap is longer without a logarithm.
    [[nodiscard]] std::uint64_t geometric_gap(double p, std::uint64_t most);

    /// Gamma with a shape in (0, 1e15] and scale 1: mean and variance are the shape. May round to 0 for shapes below 0.01.
    /// Marsaglia and Tsang (2000), ACM TOMS 26(3).
    [[nodiscard]] double gamma(double shape);

    /// Negative binomial: Poisson of a gamma-distributed mean. Variance = mean + mean^2 / dispersion, for mean in [0, 1e12] and
    /// dispersion in (0, 1e15].
    [[nodiscard]] std::uint64_t negative_binomial(double mean, double dispersion);

    /// Pareto: P(X > x) = (minimum / x)^alpha for x >= minimum > 0, alpha > 0. Infinite where that exceeds the largest double.
    /// Decreases as `uniform` grows.
    [[nodiscard]] double pareto(double alpha, double minimum);

  private:
    friend class RngBatch;

    void next_block() {
        if (blocks_ == max_blocks) refuse("blocks drawn by one entity in one step", max_blocks);
        const r123::Philox4x32::ctr_type words = r123::Philox4x32{}(counter_, key_);
        for (std::size_t i = 0; i < 4; ++i) block_[i] = words[i];
        ++counter_[2];
        ++blocks_;
        used_ = 0;
    }

    static std::uint64_t poisson_by_inversion(double mean, double u);
    static std::uint64_t binomial_by_inversion(double n, double p, double u);
    std::uint64_t large_poisson(double mean);
    std::uint64_t large_binomial(std::uint64_t n, double p);
    [[noreturn]] void refuse(std::string_view what, double value) const;

    r123::Philox4x32::key_type key_;
    r123::Philox4x32::ctr_type counter_;
    std::uint32_t block_[4] = {};
    std::uint32_t used_ = 4;
    std::uint32_t blocks_ = 0;
};

/// Generators of up to `most` entities of one stream and step that differ in `lo`, their first blocks made side by side: an
/// eighth of the work that each takes alone, with the same draws.
class RngBatch {
  public:
    static constexpr std::size_t most = 16;

    /// Uses no more than `most` of `lo`.
    RngBatch(StreamKey stream, std::uint32_t replicate, std::uint32_t hi, std::uint32_t step, std::span<const std::uint32_t> lo);

    /// What Rng(stream, replicate, {hi, lo[i]}, step) is.
    [[nodiscard]] Rng operator[](std::size_t i) const {
        assert(i < most);
        Rng rng = front_;
        rng.counter_[0] = lo_[i];
        ++rng.counter_[2];
        for (std::size_t w = 0; w < 4; ++w) rng.block_[w] = words_[w][i];
        rng.used_ = 0;
        rng.blocks_ = 1;
        return rng;
    }

  private:
    Rng front_;
    std::array<std::uint32_t, most> lo_{};
    std::array<std::array<std::uint32_t, most>, 4> words_;
};

/// Fills `out` with one random word for each of the rows first_row, first_row + 1, ...: the fast way to draw for a whole column.
///
/// The word of row r is word r % 4 of Philox4x32-10 of the counter (r / 4, entity_hi, step * 4096 + slot, replicate) under
/// `bulk_key(stream)`; it does not depend on where a call begins or ends. Distinct slots (below 4096) give independent words
/// for the same row. Asserts step < 2^20, slot < 4096 and rows below 2^32.
void fill_words(StreamKey stream, std::uint32_t replicate, std::uint32_t step, std::uint32_t entity_hi, std::uint32_t first_row,
                std::span<std::uint32_t> out, std::uint32_t slot);

}  // namespace sim
