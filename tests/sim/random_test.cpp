#include "sim/random.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/math/distributions.hpp>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "sim/errors.hpp"
#include "sim/kernel.hpp"
#include "tests/catch.hpp"

namespace {

/// Fixed, unless a nightly run asks for a fresh one: the limits below then fail for one seed in a million.
std::uint64_t seed() {
    const char* fresh = std::getenv("DRAWDOWN_TEST_SEED");
    return fresh != nullptr ? std::strtoull(fresh, nullptr, 10) : 20'060'331;
}

constexpr double alpha = 1e-6;

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, sim::StreamKey key) {
    const r123::Philox4x32::ctr_type c{{counter[0], counter[1], counter[2], counter[3]}};
    const r123::Philox4x32::key_type k{{key.k0, key.k1}};
    const r123::Philox4x32::ctr_type words = r123::Philox4x32{}(c, k);
    return {words[0], words[1], words[2], words[3]};
}

/// A distribution as drawn and as known: `parameter` is what a planted bias moves.
struct Law {
    std::string name;
    double parameter;
    std::function<double(sim::Rng&, double parameter)> draw;
    std::function<double(double x, double parameter)> cdf;
    std::vector<double> places;  // where a cell may end
};

std::vector<double> integers(int first, int last) {
    std::vector<double> places(static_cast<std::size_t>(last - first + 1));
    std::iota(places.begin(), places.end(), first);
    return places;
}

std::vector<double> grid(double low, double high) {
    std::vector<double> places(4001);
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = low + (high - low) * static_cast<double>(i) / 4000.0;
    return places;
}

/// Ends of cells of at least 1/24 of the mass each; the last cell is open.
std::vector<double> cell_ends(const Law& law) {
    std::vector<double> ends;
    double passed = 0.0;
    for (const double place : law.places) {
        const double below = law.cdf(place, law.parameter);
        if (below - passed < 1.0 / 24.0 || 1.0 - below < 1.0 / 48.0) continue;
        ends.push_back(place);
        passed = below;
    }
    return ends;
}

std::vector<double> cell_masses(const Law& law, const std::vector<double>& ends, double parameter) {
    std::vector<double> masses;
    double passed = 0.0;
    for (const double end : ends) {
        masses.push_back(law.cdf(end, parameter) - passed);
        passed += masses.back();
    }
    masses.push_back(1.0 - passed);
    return masses;
}

/// Whether draws under `drawn_with` pass a chi-square test against the law, with as many draws as show a bias of 2 %: then the
/// statistic exceeds its limit by more than 5 standard deviations.
bool agrees(const Law& law, double drawn_with) {
    const std::vector<double> ends = cell_ends(law);
    const std::vector<double> expected = cell_masses(law, ends, law.parameter);
    const std::vector<double> biased = cell_masses(law, ends, 1.02 * law.parameter);
    double distance = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        distance += (biased[i] - expected[i]) * (biased[i] - expected[i]) / expected[i];
    const auto n = static_cast<std::uint32_t>(std::ceil(200.0 / distance));

    std::vector<double> counts(expected.size(), 0.0);
    const sim::StreamKey stream = sim::stream_key(seed(), law.name);
    for (std::uint32_t i = 0; i < n; ++i) {
        sim::Rng rng(stream, 0, {7, i}, 11);
        const double x = law.draw(rng, drawn_with);
        ++counts[static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), x) - ends.begin())];
    }
    double statistic = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = counts[i] - n * expected[i];
        statistic += difference * difference / (n * expected[i]);
    }
    const boost::math::chi_squared law_of_statistic(static_cast<double>(expected.size() - 1));
    return statistic < boost::math::quantile(boost::math::complement(law_of_statistic, alpha));
}

std::vector<Law> laws() {
    namespace bm = boost::math;
    std::vector<Law> all;
    all.push_back({"uniform", 1.0, [](sim::Rng& rng, double p) { return p * rng.uniform(); },
                   [](double x, double p) { return std::clamp(x / p, 0.0, 1.0); }, grid(0.0, 1.0)});
    all.push_back({"normal", 1.0, [](sim::Rng& rng, double p) { return p * rng.normal(); },
                   [](double x, double p) { return bm::cdf(bm::normal(0.0, p), x); }, grid(-5.0, 5.0)});
    all.push_back({"exponential", 1.0, [](sim::Rng& rng, double p) { return p * rng.exponential(); },
                   [](double x, double p) { return bm::cdf(bm::exponential(1.0 / p), x); }, grid(0.0, 20.0)});
    for (const double mean : {0.1, 0.9, 4.0, 9.9, 10.0, 37.5, 1000.3}) {
        const int far = static_cast<int>(10.0 * std::sqrt(mean)) + 10;
        all.push_back({"poisson " + std::to_string(mean), mean,
                       [](sim::Rng& rng, double p) { return static_cast<double>(rng.poisson(p)); },
                       [](double x, double p) { return bm::cdf(bm::poisson(p), x); },
                       integers(std::max(0, static_cast<int>(mean) - far), static_cast<int>(mean) + far)});
    }
    struct Trials {
        int n;
        double p;
    };
    for (const Trials trials :
         {Trials{1, 0.3}, {7, 0.1}, {40, 0.2}, {40, 0.25}, {100, 0.5}, {100, 0.62}, {1000, 0.3}, {100'000, 0.0004}}) {
        all.push_back({"binomial " + std::to_string(trials.n) + " " + std::to_string(trials.p), trials.p,
                       [trials](sim::Rng& rng, double p) {
                           return static_cast<double>(rng.binomial(static_cast<std::uint64_t>(trials.n), p));
                       },
                       [trials](double x, double p) { return bm::cdf(bm::binomial(trials.n, p), x); },
                       integers(0, std::min(trials.n - 1, 2000))});
    }
    all.push_back({"bernoulli", 0.4, [](sim::Rng& rng, double p) { return rng.bernoulli(p) ? 1.0 : 0.0; },
                   [](double, double p) { return 1.0 - p; }, integers(0, 0)});
    all.push_back({"below", 3000.0, [](sim::Rng& rng, double p) { return rng.below(static_cast<std::uint32_t>(std::lround(p))); },
                   [](double x, double p) { return std::min(1.0, (x + 1.0) / static_cast<double>(std::lround(p))); },
                   integers(0, 2998)});
    all.push_back({"pick", 2.0,
                   [](sim::Rng& rng, double p) {
                       const std::array<double, 5> weights{1.0, p, 0.0, 3.0, 0.5};
                       return static_cast<double>(rng.pick(weights));
                   },
                   [](double x, double p) {
                       const std::array<double, 5> passed{1.0, 1.0 + p, 1.0 + p, 4.0 + p, 4.5 + p};
                       return passed[static_cast<std::size_t>(x)] / passed[4];
                   },
                   integers(0, 3)});
    for (const double p_success : {0.002, 0.3}) {
        all.push_back({"geometric " + std::to_string(p_success), p_success,
                       [](sim::Rng& rng, double p) { return static_cast<double>(rng.geometric_gap(p)); },
                       [](double x, double p) { return bm::cdf(bm::geometric(p), x); }, integers(0, 4000)});
    }
    for (const double shape : {0.3, 1.0, 2.5, 60.0}) {
        all.push_back({"gamma " + std::to_string(shape), shape, [](sim::Rng& rng, double p) { return rng.gamma(p); },
                       [](double x, double p) { return bm::cdf(bm::gamma_distribution<>(p), x); }, grid(0.0, 5.0 + 2.0 * shape)});
    }
    all.push_back({"negative binomial", 6.0,
                   [](sim::Rng& rng, double p) { return static_cast<double>(rng.negative_binomial(p, 1.5)); },
                   [](double x, double p) { return bm::cdf(bm::negative_binomial(1.5, 1.5 / (1.5 + p)), x); }, integers(0, 100)});
    all.push_back({"pareto", 1.5, [](sim::Rng& rng, double p) { return rng.pareto(p, 2.0); },
                   [](double x, double p) { return x <= 2.0 ? 0.0 : bm::cdf(bm::pareto(2.0, p), x); }, grid(2.0, 40.0)});
    return all;
}

/// Whether pairs (x, y) of uniform numbers are uncorrelated: their product, centred, has mean 0 and variance 1/144.
bool uncorrelated(const std::function<std::array<double, 2>(std::uint32_t)>& pair) {
    constexpr std::uint32_t n = 250'000;  // (10 / 0.02)^2: a correlation of 2 % stands at 10 standard errors, the limit at 4.9
    double sum = 0.0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto [x, y] = pair(i);
        sum += (x - 0.5) * (y - 0.5);
    }
    const double z = sum * 12.0 / std::sqrt(static_cast<double>(n));
    return std::abs(z) < boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2.0));
}

double uniform_of(std::string_view stream, std::uint32_t replicate, sim::Entity entity, std::uint32_t step) {
    return sim::Rng(sim::stream_key(seed(), stream), replicate, entity, step).uniform();
}

}  // namespace

TEST_CASE("Philox gives the known answers that Random123 publishes", "[random]") {
    // Random123, tests/kat_vectors, the lines "philox4x32 10": counter, key, words.
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("the words of a generator are Philox of its counter", "[random]") {
    const sim::StreamKey key = sim::stream_key(5, "words");
    sim::Rng rng(key, 9, {3, 4}, 17);
    for (std::uint32_t block = 0; block < 3; ++block) {
        for (const std::uint32_t expected : philox({4, 3, 17u << 12 | block, 9}, key)) CHECK(rng.word() == expected);
    }
}

TEST_CASE("words in bulk are Philox of their rows, wherever a call begins or ends", "[random]") {
    const sim::StreamKey stream = sim::stream_key(5, "bulk");
    const sim::StreamKey key = sim::bulk_key(stream);
    CHECK_FALSE(key == stream);
    bool equal = true;
    for (const std::uint32_t first : {0u, 1u, 3u, 4u, 62u, 1'000'003u, 0xffffff00u}) {
        for (const std::size_t size : {0u, 1u, 2u, 5u, 15u, 16u, 31u, 32u, 33u, 64u, 67u, 200u}) {
            std::vector<std::uint32_t> words(size + 1, 0xabcdef01u);
            sim::fill_words(stream, 2, 1023, 77, first, std::span(words).first(size), 5);
            for (std::uint32_t i = 0; i < size; ++i) {
                const std::uint32_t row = first + i;
                equal = equal && words[i] == philox({row / 4, 77, 1023u << 12 | 5, 2}, key)[row % 4];
            }
            equal = equal && words[size] == 0xabcdef01u;
        }
    }
    CHECK(equal);
}

TEST_CASE("generators made side by side draw what each draws alone, at every level of instructions", "[random]") {
    const std::uint32_t step = 7, replicate = 3, hi = 12;
    const sim::StreamKey key = sim::stream_key(seed(), "batch");
    const auto before = sim::instructions();
    for (const auto level : {sim::Instructions::v2, sim::Instructions::v3, sim::Instructions::v4}) {
        sim::use_instructions(level);
        for (const std::size_t n : {std::size_t{1}, std::size_t{5}, sim::RngBatch::most}) {
            std::vector<std::uint32_t> lo(n);
            for (std::size_t i = 0; i < n; ++i) lo[i] = static_cast<std::uint32_t>(i * i * 0x10001U);
            const sim::RngBatch batch(key, replicate, hi, step, lo);
            for (std::size_t i = 0; i < n; ++i) {
                sim::Rng alone(key, replicate, {hi, lo[i]}, step);
                sim::Rng of_batch = batch[i];
                for (int word = 0; word < 11; ++word) REQUIRE(of_batch.word() == alone.word());
            }
        }
    }
    sim::use_instructions(before);
}

TEST_CASE("each bit of the words in bulk is set half of the time", "[random]") {
    constexpr std::size_t n = 160'000;
    std::vector<std::uint32_t> words(n);
    sim::fill_words(sim::stream_key(seed(), "bits"), 0, 1, 2, 0, words, 0);
    for (int bit = 0; bit < 32; ++bit) {
        const auto set = std::count_if(words.begin(), words.end(), [bit](std::uint32_t word) { return (word >> bit & 1u) != 0; });
        CHECK(std::abs(static_cast<double>(set) - n / 2.0) < 5.5 * std::sqrt(n / 4.0));  // 32 bits: 1e-6 in all
    }
}

TEST_CASE("near seeds and near names have far keys", "[random]") {
    const auto bits_apart = [](sim::StreamKey a, sim::StreamKey b) {
        return std::popcount(a.k0 ^ b.k0) + std::popcount(a.k1 ^ b.k1);
    };
    // Of 64 bits half differ, with sd 4.
    CHECK(std::abs(bits_apart(sim::stream_key(1, "births"), sim::stream_key(2, "births")) - 32) < 20);
    CHECK(std::abs(bits_apart(sim::stream_key(1, "births"), sim::stream_key(1, "birth")) - 32) < 20);
    CHECK(std::abs(bits_apart(sim::stream_key(0, ""), sim::stream_key(0, "a")) - 32) < 20);
    CHECK(sim::stream_key(1, "births") == sim::stream_key(1, "births"));
}

TEST_CASE("one more entity changes nobody else's draws", "[random][metamorphic]") {
    const sim::StreamKey key = sim::stream_key(seed(), "entities");
    const auto draws = [&](std::uint32_t n, bool backwards) {
        std::vector<double> drawn(n);
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::uint32_t row = backwards ? n - 1 - i : i;
            sim::Rng rng(key, 0, {1, row}, 3);
            const double first = rng.normal();
            const double second = rng.gamma(0.5);
            drawn[row] = first + second;
        }
        return drawn;
    };
    const std::vector<double> few = draws(100, false);
    const std::vector<double> more = draws(101, true);
    CHECK(std::equal(few.begin(), few.end(), more.begin()));
}

TEST_CASE("draws of neighbours in any index are uncorrelated", "[random][verification]") {
    CHECK(uncorrelated([](std::uint32_t i) {
        return std::array{uniform_of("s", 0, {1, i}, 5), uniform_of("s", 0, {1, i + 1}, 5)};
    }));
    CHECK(uncorrelated([](std::uint32_t i) {
        return std::array{uniform_of("s", 0, {i, 9}, 5), uniform_of("s", 0, {i + 1, 9}, 5)};
    }));
    CHECK(uncorrelated([](std::uint32_t i) {
        return std::array{uniform_of("s", 0, {1, 9}, i), uniform_of("s", 0, {1, 9}, i + 1)};
    }));
    CHECK(uncorrelated([](std::uint32_t i) {
        return std::array{uniform_of("s", i, {1, 9}, 5), uniform_of("s", i + 1, {1, 9}, 5)};
    }));
    CHECK(uncorrelated([](std::uint32_t i) { return std::array{uniform_of("s", 0, {1, i}, 5), uniform_of("t", 0, {1, i}, 5)}; }));
    // The check itself finds a correlation of 2 %.
    CHECK_FALSE(uncorrelated([](std::uint32_t i) {
        const double x = uniform_of("s", 0, {1, i}, 5);
        const double y = uniform_of("s", 0, {1, i + 1}, 5);
        return std::array{x, i % 50 == 0 ? x : y};
    }));
}

TEST_CASE("uniform numbers are odd multiples of 2^-53, strictly inside (0, 1)", "[random][property]") {
    sim::Rng rng(sim::stream_key(seed(), "open"), 0, {0, 0}, 0);
    for (int i = 0; i < 5000; ++i) {
        const double u = rng.uniform();
        const double units = u * 0x1p53;
        REQUIRE((0.0 < u && u < 1.0));
        REQUIRE(std::fmod(units, 2.0) == 1.0);
    }
}

TEST_CASE("distributions follow their laws, and the check finds a bias of 2 %", "[random][verification]") {
    for (const Law& law : laws()) {
        INFO(law.name);
        CHECK(agrees(law, law.parameter));
        CHECK_FALSE(agrees(law, 1.02 * law.parameter));
    }
}

TEST_CASE("large Poisson and binomial numbers keep mean and variance", "[random][verification]") {
    constexpr int n = 160'000;
    const double limit = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2.0));
    const auto check = [&](const std::function<double(sim::Rng&)>& draw, double mean, double variance) {
        double sum = 0.0;
        double squares = 0.0;
        for (std::uint32_t i = 0; i < n; ++i) {
            sim::Rng rng(sim::stream_key(seed(), "large"), 0, {0, i}, 0);
            const double z = (draw(rng) - mean) / std::sqrt(variance);
            sum += z;
            squares += z * z;
        }
        CHECK(std::abs(sum) < limit * std::sqrt(static_cast<double>(n)));
        CHECK(std::abs(squares - n) < limit * std::sqrt(2.0 * n));  // nearly normal: z^2 has variance 2
    };
    check([](sim::Rng& rng) { return static_cast<double>(rng.poisson(3e9)); }, 3e9, 3e9);
    check([](sim::Rng& rng) { return static_cast<double>(rng.binomial(10'000'000'000, 0.7)); }, 7e9, 2.1e9);
    check([](sim::Rng& rng) { return static_cast<double>(rng.binomial(5'000'000, 0.01)); }, 5e4, 4.95e4);
    check([](sim::Rng& rng) { return rng.gamma(1e7); }, 1e7, 1e7);
}

TEST_CASE("distributions at the ends of their parameters", "[random]") {
    sim::Rng rng(sim::stream_key(seed(), "ends"), 0, {0, 0}, 0);
    for (int i = 0; i < 50; ++i) {
        CHECK_FALSE(rng.bernoulli(0.0));
        CHECK(rng.bernoulli(1.0));
        CHECK(rng.poisson(0.0) == 0);
        CHECK(rng.binomial(0, 0.5) == 0);
        CHECK(rng.binomial(9, 0.0) == 0);
        CHECK(rng.binomial(9, 1.0) == 9);
        CHECK(rng.geometric_gap(1.0) == 0);
        CHECK(rng.geometric_gap(0.0) == sim::Rng::never);
        CHECK(rng.geometric_gap(1e-300) == sim::Rng::never);
        CHECK(rng.below(1) == 0);
        CHECK(rng.negative_binomial(0.0, 2.0) == 0);
        CHECK(rng.gamma(0.001) >= 0.0);
        CHECK(rng.pareto(2.0, 3.0) >= 3.0);
        const std::array<double, 3> one_possible{0.0, 1e-300, 0.0};
        CHECK(rng.pick(one_possible) == 1);
    }
}

TEST_CASE("distributions refuse impossible parameters", "[random]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    sim::Rng rng(sim::stream_key(1, "refusals"), 0, {0, 0}, 12);
    for (const double bad : {-0.1, nan, infinity}) {
        CHECK_THROWS_AS(rng.bernoulli(bad), sim::NumericalError);
        CHECK_THROWS_AS(rng.poisson(bad), sim::NumericalError);
        CHECK_THROWS_AS(rng.binomial(10, bad), sim::NumericalError);
        CHECK_THROWS_AS(rng.geometric_gap(bad), sim::NumericalError);
        CHECK_THROWS_AS(rng.gamma(bad), sim::NumericalError);
        CHECK_THROWS_AS(rng.negative_binomial(bad, 1.0), sim::NumericalError);
        CHECK_THROWS_AS(rng.negative_binomial(1.0, bad), sim::NumericalError);
        const std::array<double, 2> weights{1.0, bad};
        CHECK_THROWS_AS(rng.pick(weights), sim::NumericalError);
    }
    for (const double bad : {-1.0, 0.0, nan}) {
        CHECK_THROWS_AS(rng.pareto(bad, 1.0), sim::NumericalError);
        CHECK_THROWS_AS(rng.pareto(1.0, bad), sim::NumericalError);
    }
    CHECK_THROWS_AS(rng.binomial(10, 1.1), sim::NumericalError);
    CHECK_THROWS_AS(rng.below(0), sim::NumericalError);
    CHECK_THROWS_AS(rng.gamma(0.0), sim::NumericalError);
    const std::array<double, 2> nothing{0.0, 0.0};
    CHECK_THROWS_AS(rng.pick(nothing), sim::NumericalError);
    CHECK_THROWS_AS(rng.pick({}), sim::NumericalError);
}

TEST_CASE("an entity has 4096 blocks a step, and no more", "[random]") {
    sim::Rng rng(sim::stream_key(1, "limit"), 0, {0, 0}, 3);
    std::uint32_t last = 0;
    for (int i = 0; i < 4 * 4096; ++i) last = rng.word();
    CHECK(last == philox({0, 0, 3u << 12 | 4095u, 0}, sim::stream_key(1, "limit"))[3]);
    CHECK_THROWS_WITH(rng.word(), Catch::Contains("4096"));
}

TEST_CASE("draws give the same bits everywhere", "[random][golden]") {
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&](double value) { hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 0x100000001b3; };
    for (std::uint32_t i = 0; i < 2000; ++i) {
        sim::Rng rng(sim::stream_key(42, "golden"), i % 3, {i / 100, i}, i % 7);
        add(rng.uniform());
        add(rng.normal());
        add(rng.exponential());
        add(static_cast<double>(rng.poisson(0.02 * i)));
        add(static_cast<double>(rng.binomial(i, 0.3)));
        add(rng.below(1 + i));
        add(static_cast<double>(rng.geometric_gap(0.01)));
        add(rng.gamma(0.5 + i));
        add(static_cast<double>(rng.negative_binomial(5.0, 0.7)));
        add(rng.pareto(1.5, 2.0));
    }
    std::vector<std::uint32_t> words(1000);
    sim::fill_words(sim::stream_key(42, "golden"), 1, 2, 3, 5, words, 6);
    for (const std::uint32_t word : words) add(word);
    CHECK(hash == 0x347229e5df48d040);
}
