// Exact laws of small random systems, simulated with nothing but sim::Rng. Each law is checked with as many runs as show a bias
// of 2 % in one probability, and the same check must fail once that bias is planted.

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/random.hpp"
#include "tests/catch.hpp"

namespace {

constexpr double planted = 1.02;

std::uint64_t seed() {
    const char* fresh = std::getenv("DRAWDOWN_TEST_SEED");
    return fresh != nullptr ? std::strtoull(fresh, nullptr, 10) : 19'071'906;
}

/// A generator whose probabilities are all `factor` times too large; exact at factor 1.
struct Source {
    sim::Rng rng;
    double factor;

    bool bernoulli(double p) { return rng.bernoulli(p * factor); }
    std::uint64_t binomial(std::uint64_t n, double p) { return rng.binomial(n, p * factor); }
    double exponential() { return rng.exponential(); }
};

struct Moments {
    double mean;
    double variance;
};

/// A system: what one run of it yields, and the exact mean and variance of that when all probabilities are `factor` times theirs.
struct System {
    std::string name;
    std::function<double(Source&)> run;
    std::function<Moments(double factor)> exact;
};

/// Whether the mean over runs with `factor` agrees with the exact law at alpha = 1e-6. The number of runs puts the planted bias
/// at 10 standard errors, so that chance neither makes (4.9) nor hides (5.1) a finding.
bool agrees(const System& system, double factor) {
    const Moments law = system.exact(1.0);
    const double shift = system.exact(planted).mean - law.mean;
    const auto n = static_cast<std::uint32_t>(std::ceil(100.0 * law.variance / (shift * shift)));
    const sim::StreamKey stream = sim::stream_key(seed(), system.name);
    double sum = 0.0;
    for (std::uint32_t i = 0; i < n; ++i) {
        Source source{sim::Rng(stream, i, {0, 0}, 0), factor};
        sum += system.run(source);
    }
    const double z = (sum / n - law.mean) / std::sqrt(law.variance / n);
    return std::abs(z) < boost::math::quantile(boost::math::complement(boost::math::normal(), 0.5e-6));
}

Moments share(double p) { return {p, p * (1.0 - p)}; }

Moments moments(const std::map<int, double>& probabilities) {
    double mean = 0.0;
    double square = 0.0;
    for (const auto& [value, p] : probabilities) {
        mean += p * value;
        square += p * value * value;
    }
    return {mean, square - mean * mean};
}

/// A player with 4 coins wins one with probability 0.45 and loses one otherwise, until he has 10 or none. P(none) as in Feller
/// (1968), volume 1, XIV.2: ((q/p)^10 - (q/p)^4) / ((q/p)^10 - 1).
System gamblers_ruin() {
    return {"gambler's ruin",
            [](Source& source) {
                int coins = 4;
                while (coins > 0 && coins < 10) coins += source.bernoulli(0.45) ? 1 : -1;
                return coins == 0 ? 1.0 : 0.0;
            },
            [](double factor) {
                const double odds = (1.0 - 0.45 * factor) / (0.45 * factor);
                return share((std::pow(odds, 10) - std::pow(odds, 4)) / (std::pow(odds, 10) - 1.0));
            }};
}

/// Of 20 balls, all in the left urn at first, one is chosen and put into an urn by the toss of a coin, `steps` times: the number
/// in the left urn (Ehrenfest and Ehrenfest 1907, with a coin). Its mean is 10 + 10 (19/20)^steps.
System ehrenfest_urn(int steps) {
    return {"Ehrenfest urn " + std::to_string(steps),
            [steps](Source& source) {
                std::uint32_t left = 20;
                for (int i = 0; i < steps; ++i) {
                    const bool from_left = source.rng.below(20) < left;
                    const bool to_right = source.bernoulli(0.5);
                    if (from_left && to_right) --left;
                    if (!from_left && !to_right) ++left;
                }
                return static_cast<double>(left);
            },
            [steps](double factor) {
                const double to_right = 0.5 * factor;
                std::map<int, double> now{{20, 1.0}};
                for (int i = 0; i < steps; ++i) {
                    std::map<int, double> next;
                    for (const auto& [left, p] : now) {
                        const double falls = left / 20.0 * to_right;
                        const double rises = (1.0 - left / 20.0) * (1.0 - to_right);
                        next[left - 1] += p * falls;
                        next[left + 1] += p * rises;
                        next[left] += p * (1.0 - falls - rises);
                    }
                    now = next;
                }
                return moments(now);
            }};
}

double binomial_probability(int k, int n, double p) {
    return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)) * std::pow(p, k) *
           std::pow(1.0 - p, n - k);
}

/// One infects: each of 12 is infected in a generation with probability 1 - 0.88^(infectious), and then infectious for one
/// generation. The number ever infected (Reed and Frost; Abbey 1952, Human Biology 24), by enumeration of all chains.
System reed_frost() {
    const auto risk = [](int infectious) { return 1.0 - std::pow(0.88, infectious); };
    return {"Reed-Frost",
            [risk](Source& source) {
                int susceptible = 12;
                int infectious = 1;
                while (infectious > 0) {
                    infectious = static_cast<int>(source.binomial(static_cast<std::uint64_t>(susceptible), risk(infectious)));
                    susceptible -= infectious;
                }
                return 12.0 - susceptible;
            },
            [risk](double factor) {
                std::map<std::pair<int, int>, double> now{{{12, 1}, 1.0}};
                std::map<int, double> final_sizes;
                while (!now.empty()) {
                    std::map<std::pair<int, int>, double> next;
                    for (const auto& [state, p] : now) {
                        const auto [susceptible, infectious] = state;
                        if (infectious == 0) {
                            final_sizes[12 - susceptible] += p;
                            continue;
                        }
                        for (int k = 0; k <= susceptible; ++k) {
                            next[{susceptible - k, k}] += p * binomial_probability(k, susceptible, factor * risk(infectious));
                        }
                    }
                    now = next;
                }
                return moments(final_sizes);
            }};
}

/// Each of 2 splits at rate 0.9 and dies at rate 1.1 (planted bias: of the events, too many are births): whether none is left at
/// time 3. For one ancestor P = d (e - 1) / (b e - d) with e = exp((b - d) time); two lines are independent. Bailey (1964), "The
/// elements of stochastic processes", section 8.6.
System birth_death() {
    constexpr double events = 2.0;
    constexpr double births = 0.45;
    constexpr double horizon = 3.0;
    return {"birth and death",
            [](Source& source) {
                int alive = 2;
                double time = 0.0;
                while (alive > 0) {
                    time += source.exponential() / (events * alive);
                    if (time > horizon) return 0.0;
                    alive += source.bernoulli(births) ? 1 : -1;
                }
                return 1.0;
            },
            [](double factor) {
                const double b = events * births * factor;
                const double d = events - b;
                const double e = std::exp((b - d) * horizon);
                const double one_line_dead = d * (e - 1.0) / (b * e - d);
                return share(one_line_dead * one_line_dead);
            }};
}

}  // namespace

TEST_CASE("small systems follow their exact laws, and the check finds a bias of 2 %", "[random][verification]") {
    for (const System& system : {gamblers_ruin(), ehrenfest_urn(5), ehrenfest_urn(30), reed_frost(), birth_death()}) {
        INFO(system.name);
        CHECK(agrees(system, 1.0));
        CHECK_FALSE(agrees(system, planted));
    }
}

TEST_CASE("the enumerated urn has the mean that is known in closed form", "[random][verification]") {
    for (const int steps : {1, 5, 30}) {
        INFO(steps);
        CHECK(ehrenfest_urn(steps).exact(1.0).mean == Approx(10.0 + 10.0 * std::pow(0.95, steps)).epsilon(1e-12));
    }
}
