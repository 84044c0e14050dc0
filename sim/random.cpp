#include "sim/random.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "sim/distribution.hpp"
#include "sim/errors.hpp"
#include "sim/kernel.hpp"
#include "sim/math.hpp"

namespace sim {

namespace {

/// log(k!) - log(sqrt(2 pi k) (k / e)^k) for an integer k >= 1, to about 1e-16: the error of Stirling's formula.
double stirling_error(double k) {
    static constexpr double small[] = {0.0,  // not used
                                       0.08106146679532726,
                                       0.0413406959554093,
                                       0.02767792568499834,
                                       0.020790672103765093,
                                       0.016644691189821193,
                                       0.013876128823070748,
                                       0.01189670994589177,
                                       0.010411265261972096,
                                       0.009255462182712733,
                                       0.00833056343336287,
                                       0.007573675487951841,
                                       0.00694284010720953,
                                       0.006408994188004207,
                                       0.0059513701127588475,
                                       0.005554733551962801};
    if (k < 16.0) return small[static_cast<std::size_t>(k)];
    const double k2 = k * k;
    return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * k2)) / k2) / k2) / k2) / k;
}

/// x log(x / m) + m - x for x, m > 0, without the loss of digits near x = m (Loader 2000, "Fast and accurate computation of
/// binomial probabilities").
double deviance(double x, double m) {
    const double difference = x - m;
    if (std::abs(difference) < 0.1 * (x + m)) {
        const double v = difference / (x + m);
        const double v2 = v * v;
        double sum = difference * v;
        double term = 2.0 * x * v;
        for (double odd = 3.0; odd < 40.0; odd += 2.0) {
            term *= v2;
            const double next = sum + term / odd;
            if (next == sum) break;
            sum = next;
        }
        return sum;
    }
    return x * sim::log(x / m) + m - x;
}

constexpr double half_log_two_pi = 0.9189385332046728;

/// Log of the Poisson probability of k >= 0.
double log_poisson(double k, double mean) {
    if (k == 0.0) return -mean;
    return -stirling_error(k) - deviance(k, mean) - half_log_two_pi - 0.5 * sim::log(k);
}

/// Log of the binomial probability of k in 0 .. n, for 0 < p < 1.
double log_binomial(double k, double n, double p) {
    if (k == 0.0) return n * sim::log1p(-p);
    if (k == n) return n * sim::log(p);
    return stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * (1.0 - p)) -
           half_log_two_pi - 0.5 * sim::log(k * ((n - k) / n));
}

/// Counts up from 0 until the probabilities passed exceed u; ratio(k) is P(k) / P(k - 1).
template <class Ratio>
std::uint64_t counted_up(double u, double p_zero, const Ratio& ratio) {
    std::uint64_t k = 0;
    double left = u;
    double p = p_zero;
    while (left > p) {
        left -= p;
        ++k;
        const double step = ratio(static_cast<double>(k));
        p *= step;
        // Past the mode and below the grain of u, what is left is rounding: the loop would go on for ever.
        if (step < 1.0 && p < 0x1p-60) break;
    }
    return k;
}

}  // namespace

namespace {

/// One round of Philox4x32 on the words of a counter.
struct Counter {
    std::uint32_t x0, x1, x2, x3;
    void round(std::uint32_t k0, std::uint32_t k1) {
        const std::uint64_t first = std::uint64_t{x0} * 0xD2511F53U;
        const std::uint64_t second = std::uint64_t{x2} * 0xCD9E8D57U;
        *this = {static_cast<std::uint32_t>(second >> 32) ^ x1 ^ k0, static_cast<std::uint32_t>(second),
                 static_cast<std::uint32_t>(first >> 32) ^ x3 ^ k1, static_cast<std::uint32_t>(first)};
    }
    template <std::uint32_t... Rounds>
    void rounds(StreamKey key, std::integer_sequence<std::uint32_t, Rounds...> /*of*/) {
        (round(key.k0 + Rounds * 0x9E3779B9U, key.k1 + Rounds * 0xBB67AE85U), ...);
    }
};

}  // namespace

RngBatch::RngBatch(StreamKey stream, std::uint32_t replicate, std::uint32_t hi, std::uint32_t step,
                   std::span<const std::uint32_t> lo)
    : front_(stream, replicate, {hi, 0}, step) {
    std::copy_n(lo.begin(), std::min(lo.size(), most), lo_.begin());
    RngBatch* const to = this;
    vectorised([=] {
        for (std::size_t i = 0; i < most; ++i) {
            Counter counter{to->lo_[i], hi, step << 12, replicate};
            counter.rounds(stream, std::make_integer_sequence<std::uint32_t, 10>{});
            to->words_[0][i] = counter.x0;
            to->words_[1][i] = counter.x1;
            to->words_[2][i] = counter.x2;
            to->words_[3][i] = counter.x3;
        }
    });
}

StreamKey bulk_key(StreamKey stream) {
    const std::uint64_t bits = std::uint64_t{stream.k1} << 32 | stream.k0;
    return detail::key_of(scrambled(bits + 0xd1b54a32d192ed03));
}

void Rng::refuse(std::string_view what, double value) const {
    throw NumericalError("random draws", counter_[2] >> 12, fmt::format("{} = {} is out of range", what, value));
}

double Rng::normal() { return normal_quantile(uniform()); }

double Rng::exponential() { return -sim::log(uniform()); }

std::uint64_t Rng::poisson_by_inversion(double mean, double u) {
    return counted_up(u, sim::exp(-mean), [mean](double k) { return mean / k; });
}

std::uint64_t Rng::large_poisson(double mean) {
    if (!(mean >= 0.0 && mean <= 1e15)) refuse("poisson: mean", mean);
    if (mean < 10.0) return poisson_by_inversion(mean, uniform());
    const double b = 0.931 + 2.53 * sim::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double sure_below = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        const double u = uniform() - 0.5;
        const double v = uniform();
        const double to_edge = 0.5 - std::abs(u);
        const double k = std::floor((2.0 * a / to_edge + b) * u + mean + 0.43);
        if (to_edge >= 0.07 && v <= sure_below) return static_cast<std::uint64_t>(k);
        if (k < 0.0 || (to_edge < 0.013 && v > to_edge)) continue;
        if (sim::log(v * inverse_alpha / (a / (to_edge * to_edge) + b)) <= log_poisson(k, mean))
            return static_cast<std::uint64_t>(k);
    }
}

std::uint64_t Rng::binomial_by_inversion(double n, double p, double u) {
    const double odds = p / (1.0 - p);
    return counted_up(u, sim::exp(n * sim::log1p(-p)), [=](double k) { return (n - k + 1.0) / k * odds; });
}

std::uint64_t Rng::large_binomial(std::uint64_t n, double p) {
    if (!(p >= 0.0 && p <= 1.0)) refuse("binomial: p", p);
    const double trials = static_cast<double>(n);
    if (trials > 1e15) refuse("binomial: n", trials);
    if (p > 0.5) return n - binomial(n, 1.0 - p);
    if (trials * p < 10.0) return binomial_by_inversion(trials, p, uniform());
    const double spread = sim::sqrt(trials * p * (1.0 - p));
    const double b = 1.15 + 2.53 * spread;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double centre = trials * p + 0.5;
    const double sure_below = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * spread;
    const double at_mode = log_binomial(std::floor((trials + 1.0) * p), trials, p);
    for (;;) {
        const double u = uniform() - 0.5;
        const double v = uniform();
        const double to_edge = 0.5 - std::abs(u);
        const double k = std::floor((2.0 * a / to_edge + b) * u + centre);
        if (k < 0.0 || k > trials) continue;
        if (to_edge >= 0.07 && v <= sure_below) return static_cast<std::uint64_t>(k);
        if (sim::log(v * alpha / (a / (to_edge * to_edge) + b)) <= log_binomial(k, trials, p) - at_mode) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

std::size_t Rng::pick(std::span<const double> weights) {
    double sum = 0.0;
    for (const double weight : weights) {
        if (!(weight >= 0.0)) refuse("pick: weight", weight);
        sum += weight;
    }
    if (!(sum > 0.0 && sum <= std::numeric_limits<double>::max())) refuse("pick: sum of weights", sum);
    const double target = uniform() * sum;
    double passed = 0.0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0.0) continue;
        passed += weights[i];
        last = i;
        if (target < passed) break;
    }
    return last;
}

std::uint64_t Rng::geometric_gap(double p) { return geometric_gap(p, never); }

std::uint64_t Rng::geometric_gap(double p, std::uint64_t most) {
    if (!(p >= 0.0 && p <= 1.0)) refuse("geometric_gap: p", p);
    const double u = uniform();
    if (u < 1.0 - static_cast<double>(most) * p - 1e-9) return most;  // with a margin for what the logarithms round
    if (p == 0.0) return most;
    if (p == 1.0) return 0;
    const double gap = std::floor(sim::log(u) / sim::log1p(-p));
    return gap < 0x1p63 ? std::min(static_cast<std::uint64_t>(gap), most) : most;
}

double Rng::gamma(double shape) {
    if (!(shape > 0.0 && shape <= 1e15)) refuse("gamma: shape", shape);
    // A shape below 1: X of shape + 1 times U^(1 / shape).
    double factor = 1.0;
    if (shape < 1.0) {
        factor = sim::exp(sim::log(uniform()) / shape);
        shape += 1.0;
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / sim::sqrt(9.0 * d);
    for (;;) {
        const double x = normal();
        const double u = uniform();
        const double root = 1.0 + c * x;
        if (root <= 0.0) continue;
        const double v = root * root * root;
        const double x2 = x * x;
        if (u < 1.0 - 0.0331 * x2 * x2) return factor * d * v;
        if (sim::log(u) < 0.5 * x2 + d * (1.0 - v + sim::log(v))) return factor * d * v;
    }
}

std::uint64_t Rng::negative_binomial(double mean, double dispersion) {
    if (!(mean >= 0.0 && mean <= 1e12)) refuse("negative_binomial: mean", mean);
    if (!(dispersion > 0.0 && dispersion <= 1e15)) refuse("negative_binomial: dispersion", dispersion);
    const double drawn = gamma(dispersion) / dispersion * mean;
    return poisson(drawn);
}

double Rng::pareto(double alpha, double minimum) {
    if (!(alpha > 0.0)) refuse("pareto: alpha", alpha);
    if (!(minimum > 0.0)) refuse("pareto: minimum", minimum);
    return minimum * sim::exp(-sim::log(uniform()) / alpha);
}

namespace {

#ifdef __AVX2__
constexpr std::size_t lanes = 4;
#else
constexpr std::size_t lanes = 2;
#endif

/// One word of several Philox blocks, each in the low half of 64 bits. The high halves may hold anything: the multiplication
/// leaves them out, and so no masking is needed until the end. Twice as fast as what g++ 12 makes of plain loops.
typedef std::uint64_t Words __attribute__((vector_size(8 * lanes)));

/// The 64-bit products of the low halves with `factor`.
[[gnu::always_inline]] inline Words low_half_times(Words words, std::uint32_t factor) {
#ifdef __AVX2__
    return reinterpret_cast<Words>(_mm256_mul_epu32(reinterpret_cast<__m256i>(words), _mm256_set1_epi64x(factor)));
#else
    return reinterpret_cast<Words>(_mm_mul_epu32(reinterpret_cast<__m128i>(words), _mm_set1_epi64x(factor)));
#endif
}

constexpr std::size_t vectors = 2;  // in flight at once, to hide the latency of the multiplication
constexpr std::size_t blocks_per_tile = lanes * vectors;
constexpr std::size_t tile_words = 4 * blocks_per_tile;

/// The keys of the ten rounds, spread over the lanes.
struct RoundKeys {
    Words k0[10];
    Words k1[10];

    explicit RoundKeys(StreamKey key) {
        for (std::size_t round = 0; round < 10; ++round) {
            k0[round] = Words{} + key.k0;
            k1[round] = Words{} + key.k1;
            key.k0 += 0x9E3779B9u;
            key.k1 += 0xBB67AE85u;
        }
    }
};

/// The words of the counters (first_block + i, c1, c2, c3) with i = 0 .. blocks_per_tile - 1, block after block.
void philox_tile(const RoundKeys& keys, std::uint32_t first_block, std::uint32_t c1, std::uint32_t c2, std::uint32_t c3,
                 std::uint32_t* out) {
    Words x0[vectors];
    Words x1[vectors];
    Words x2[vectors];
    Words x3[vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
        for (std::size_t lane = 0; lane < lanes; ++lane) x0[v][lane] = first_block + v * lanes + lane;
        x1[v] = Words{} + c1;
        x2[v] = Words{} + c2;
        x3[v] = Words{} + c3;
    }
#pragma GCC unroll 10
    for (std::size_t round = 0; round < 10; ++round) {
#pragma GCC unroll 2
        for (std::size_t v = 0; v < vectors; ++v) {
            const Words first = low_half_times(x0[v], 0xD2511F53u);
            const Words second = low_half_times(x2[v], 0xCD9E8D57u);
            x0[v] = (second >> 32) ^ x1[v] ^ keys.k0[round];
            x1[v] = second;
            x2[v] = (first >> 32) ^ x3[v] ^ keys.k1[round];
            x3[v] = first;
        }
    }
    for (std::size_t v = 0; v < vectors; ++v) {
        const Words front = (x0[v] & 0xffffffffu) | (x1[v] << 32);
        const Words back = (x2[v] & 0xffffffffu) | (x3[v] << 32);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::uint64_t block[2] = {front[lane], back[lane]};
            std::memcpy(out + 4 * (v * lanes + lane), block, sizeof block);
        }
    }
}

}  // namespace

void fill_words(StreamKey stream, std::uint32_t replicate, std::uint32_t step, std::uint32_t entity_hi, std::uint32_t first_row,
                std::span<std::uint32_t> out, std::uint32_t slot) {
    assert(step < Rng::max_steps && slot < Rng::max_blocks && out.size() <= (std::uint64_t{1} << 32) - first_row);
    const RoundKeys keys(bulk_key(stream));
    const std::uint32_t c2 = step << 12 | slot;
    std::size_t done = 0;
    while (done < out.size()) {
        const std::uint32_t row = first_row + static_cast<std::uint32_t>(done);
        const std::size_t skip = row % 4;
        const std::size_t left = out.size() - done;
        if (skip == 0 && left >= tile_words) {
            philox_tile(keys, row / 4, entity_hi, c2, replicate, out.data() + done);
            done += tile_words;
        } else {
            std::uint32_t tile[tile_words];
            philox_tile(keys, row / 4, entity_hi, c2, replicate, tile);
            const std::size_t count = std::min(left, tile_words - skip);
            std::copy_n(tile + skip, count, out.data() + done);
            done += count;
        }
    }
}

}  // namespace sim
