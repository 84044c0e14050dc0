// Exact laws of small systems, run through the engine: row processes over segments, with the draws that steps name. Each check
// has as many observations as put a bias of 2 % ten standard errors away, and must fail once that bias is planted.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/rare_events.hpp"
#include "sim/math.hpp"
#include "sim/process.hpp"
#include "tests/catch.hpp"
#include "tests/engine_support.hpp"

namespace {

constexpr double planted = 1.02;

/// Mean and variance of one observation.
struct Law {
    double mean;
    double variance;
};

/// Observations of equal law.
struct Sample {
    double n = 0.0;
    double sum = 0.0;
    void add(double value) {
        n += 1.0;
        sum += value;
    }
};

/// Observations after which the mean under `biased` lies 10 standard errors from that of `law`, so that a limit of 5 is crossed
/// by chance once in 1.7 million times, and kept to despite the bias as seldom.
std::size_t observations(const Law& law, const Law& biased) {
    const double shift = biased.mean - law.mean;
    return static_cast<std::size_t>(std::ceil(100.0 * law.variance / (shift * shift)));
}

bool agrees(const Sample& sample, const Law& law) {
    return std::abs(sample.sum / sample.n - law.mean) < 5.0 * std::sqrt(law.variance / sample.n);
}

Law share(double p) { return {p, p * (1.0 - p)}; }

sim::Step moment(double dt_weeks) {
    const char* fresh = std::getenv("DRAWDOWN_TEST_SEED");
    sim::Step now;
    now.seed = fresh != nullptr ? std::strtoull(fresh, nullptr, 10) : 19'480'530;
    now.dt_weeks = dt_weeks;
    now.parallel = true;
    return now;
}

/// Segments of `rows` rows for `n` rows or a few more.
std::vector<sim::Segment> segments_for(std::size_t n, std::uint32_t rows) {
    return test::equal_segments((n + rows - 1) / rows, rows);
}

namespace grazer {
constexpr sim::Column<"grazer.state", std::uint8_t> state{"1", "0 or 1"};
}  // namespace grazer
namespace meadow {
constexpr sim::Column<"meadow.changed", std::int64_t> changed{"1", "grazers that changed in the step"};
constexpr sim::Column<"meadow.share", double> share{"1", "share of grazers in state 1"};
}  // namespace meadow

/// The share of rows in state 1.
Sample share_of_ones(sim::State& state) {
    const auto values = state.of(grazer::state);
    return {static_cast<double>(values.size()), static_cast<double>(std::ranges::count(values, std::uint8_t{1}))};
}

/// Every grazer in state 1 leaves it at a constant hazard.
struct Mortality {
    double hazard_per_week;

    static constexpr std::string_view name = "mortality";
    static constexpr std::string_view table = "grazer";
    static constexpr std::string_view owner = "patch";
    static constexpr auto writes = sim::columns(grazer::state);
    void step(sim::Rows<Mortality> rows, const sim::Step& now) const {
        const double p = -sim::expm1(-hazard_per_week * now.dt_weeks);
        const auto alive = rows[grazer::state];
        for (std::size_t i = 0; i < alive.size(); ++i) {
            if (alive[i] == 0) continue;
            sim::Rng rng = now.rng(name, {rows.key(), static_cast<std::uint32_t>(i)});
            if (rng.bernoulli(p)) alive[i] = 0;
        }
    }
};

}  // namespace

TEST_CASE("a constant hazard leaves exp(-hazard t) alive, whatever the step", "[verification]") {
    constexpr double hazard = 0.02;
    constexpr double weeks = 50.0;
    const auto law = [](double factor) { return share(std::exp(-hazard * factor * weeks)); };
    const double dt_weeks = GENERATE(1.0, 5.0, 50.0);
    const auto alive = [&](double factor) {
        test::Engine engine(Mortality{hazard * factor});
        engine.state().set_segments("grazer", segments_for(observations(law(1.0), law(planted)), 1000));
        std::ranges::fill(engine.state().of(grazer::state), std::uint8_t{1});
        engine.run(static_cast<int>(weeks / dt_weeks), moment(dt_weeks));
        return share_of_ones(engine.state());
    };
    CHECK(agrees(alive(1.0), law(1.0)));
    CHECK_FALSE(agrees(alive(planted), law(1.0)));
}

namespace {

constexpr sim::Column<"community.struck", std::int64_t> struck{"persons", "persons to whom the event happened in the step"};

/// An event at hazard `hazard` for the persons of even rows, and a quarter of it for those of odd ones.
struct Strike {
    double hazard;
    double bound;
    std::uint16_t max_weight;

    static constexpr std::string_view name = "strike";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(drawdown::person::weight);
    static constexpr auto writes = sim::columns(struck);

    static double relative_hazard(std::size_t row) { return row % 2 == 0 ? 1.0 : 0.25; }
    void step(sim::Rows<Strike> rows, const sim::Step& now) const {
        std::int64_t sum = 0;
        drawdown::for_each_event(
            rows, now, name, bound, max_weight, [&](std::size_t row) { return hazard * relative_hazard(row); },
            [&](std::size_t row, std::uint16_t persons, sim::Rng& /*rng*/) {
                if (persons < 1 || persons > rows[drawdown::person::weight][row])
                    throw std::logic_error("an event happens to one person at least, and to no more than there are");
                sum += persons;
            });
        rows.owner(struck) = sum;
    }
};

/// Mean, variance and fourth cumulant of the persons struck in one community in one step: a sum of Binomial(weight, p), which
/// gives weight p, weight p q and weight p q (1 - 6 p q).
struct Cumulants {
    double mean = 0.0;
    double variance = 0.0;
    double fourth = 0.0;
};

Cumulants binomials(const std::vector<std::uint16_t>& weights, double p_even, double p_odd) {
    Cumulants sum;
    for (std::size_t row = 0; row < weights.size(); ++row) {
        const double p = row % 2 == 0 ? p_even : p_odd;
        const double spread = p * (1.0 - p);
        sum.mean += weights[row] * p;
        sum.variance += weights[row] * spread;
        sum.fourth += weights[row] * spread * (1.0 - 6.0 * spread);
    }
    return sum;
}

}  // namespace

TEST_CASE("rare events strike Binomial(persons, p) persons, for any weight of agents and any bound", "[verification]") {
    constexpr double hazard = 0.05;
    const std::vector<std::uint16_t> weights =
        GENERATE(std::vector<std::uint16_t>{1, 1, 1, 1}, std::vector<std::uint16_t>{10, 10, 10, 10},
                 std::vector<std::uint16_t>{100, 100, 100, 100}, std::vector<std::uint16_t>{1, 10, 0, 100});
    const double slack = GENERATE(1.0, 3.0, 1000.0);  // bound over greatest hazard; with 1000 every agent is a candidate
    const auto rows = static_cast<std::uint32_t>(weights.size());
    INFO("weights " << weights[0] << " " << weights[1] << ", bound " << slack << " times the hazard");

    // The planted bias makes the probability of a person 2 % too large, so the hazard a little more.
    const auto biased_hazard = [](double h, double factor) { return -std::log1p(std::expm1(-h) * factor); };
    const auto cumulants = [&](double factor) {
        const auto p = [&](double h) { return -std::expm1(-biased_hazard(h, factor)); };
        return binomials(weights, p(hazard), p(Strike::relative_hazard(1) * hazard));
    };
    const Cumulants fair = cumulants(1.0);
    // The second law is that of (x - mean)^2, whose variance is the fourth cumulant + 2 variance^2. It sees agents of a community
    // that are not independent, which the mean does not.
    const auto laws = [&](double factor) {
        const Cumulants is = cumulants(factor);
        const double away = is.mean - fair.mean;
        return std::vector<Law>{{is.mean, is.variance}, {is.variance + away * away, is.fourth + 2.0 * is.variance * is.variance}};
    };
    const std::vector<Law> law = laws(1.0);
    const std::vector<Law> biased = laws(planted);
    const std::size_t n = std::max(observations(law[0], biased[0]), observations(law[1], biased[1]));

    const auto samples = [&](double factor) {
        constexpr std::size_t communities = 20'000;
        const double h = biased_hazard(hazard, factor);
        test::Engine engine(Strike{h, h * slack, *std::ranges::max_element(weights)});
        sim::State& state = engine.state();
        state.set_rows("community", communities, {});
        state.set_segments("person", test::equal_segments(communities, rows));
        for (std::size_t i = 0; i < communities * rows; ++i) state.of(drawdown::person::weight)[i] = weights[i % rows];
        std::vector<Sample> both(2);
        while (both[0].n < static_cast<double>(n)) {
            engine.run(1, moment(1.0));
            for (const std::int64_t x : state.of(struck)) {
                const double away = static_cast<double>(x) - fair.mean;
                both[0].add(static_cast<double>(x));
                both[1].add(away * away);
            }
        }
        return both;
    };
    const std::vector<Sample> good = samples(1.0);
    CHECK(agrees(good[0], law[0]));
    CHECK(agrees(good[1], law[1]));
    const std::vector<Sample> bad = samples(planted);
    CHECK_FALSE(agrees(bad[0], law[0]));
    CHECK_FALSE(agrees(bad[1], law[1]));
}

namespace {

/// Grazers come at a constant rate and leave at a constant hazard: the queue M/M/infinity.
///
/// Of those who come within a step, Poisson(arrivals / hazard (1 - exp(-hazard dt))) are there at its end: exact for any dt.
struct Pasture {
    double arrivals_per_week;
    double hazard_per_week;

    static constexpr std::string_view name = "pasture";
    static constexpr std::string_view table = "grazer";
    static constexpr std::string_view owner = "patch";
    static constexpr auto writes = sim::columns(grazer::state);

    [[nodiscard]] std::uint32_t reserve_rows() const { return 48; }
    void step(sim::Rows<Pasture> rows, const sim::Step& now) const {
        const double p = -sim::expm1(-hazard_per_week * now.dt_weeks);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[grazer::state][i] == 0) continue;
            sim::Rng rng = now.rng("leaving", {rows.key(), static_cast<std::uint32_t>(i)});
            if (rng.bernoulli(p)) rows[grazer::state][i] = 0;
        }
        sim::Rng rng = now.rng("coming", {rows.key(), 0});
        for (std::uint64_t k = rng.poisson(arrivals_per_week / hazard_per_week * p); k > 0; --k) {
            const std::size_t row = rows.append();
            rows[grazer::state][row] = 1;
        }
    }
};

}  // namespace

TEST_CASE("arrivals and departures at constant rates leave a Poisson number, whatever the step", "[verification]") {
    constexpr double arrivals = 1.0;
    constexpr double hazard = 0.2;
    constexpr double weeks = 10.0;
    // Empty at first: mean arrivals / hazard (1 - exp(-hazard t)); Takács (1962), Introduction to the theory of queues,
    // chapter 3.
    const auto law = [](double factor) {
        const double mean = arrivals * factor / hazard * -std::expm1(-hazard * weeks);
        return Law{mean, mean};
    };
    const double dt_weeks = GENERATE(0.5, 2.0, 10.0);
    const auto present = [&](double factor) {
        test::Engine engine(Pasture{arrivals * factor, hazard});
        sim::State& state = engine.state();
        state.set_segments("grazer", test::equal_segments(observations(law(1.0), law(planted)), 0));
        engine.run(static_cast<int>(weeks / dt_weeks), moment(dt_weeks));
        Sample sample;
        for (const sim::Segment& s : state.table("grazer").segments)
            sample.add(
                static_cast<double>(std::ranges::count(state.of(grazer::state).subspan(s.begin, s.count), std::uint8_t{1})));
        return sample;
    };
    CHECK(agrees(present(1.0), law(1.0)));
    CHECK_FALSE(agrees(present(planted), law(1.0)));
}

namespace {

/// A Markov chain in continuous time between state 0 and 1, by its exact transition probabilities.
struct Switch {
    double up_per_week;
    double down_per_week;

    static constexpr std::string_view name = "switch";
    static constexpr std::string_view table = "grazer";
    static constexpr std::string_view owner = "patch";
    static constexpr auto writes = sim::columns(grazer::state);
    void step(sim::Rows<Switch> rows, const sim::Step& now) const {
        const double both = up_per_week + down_per_week;
        const double mixed = -sim::expm1(-both * now.dt_weeks);
        const double p_up = up_per_week / both * mixed;
        const double p_down = down_per_week / both * mixed;
        const auto state = rows[grazer::state];
        for (std::size_t i = 0; i < state.size(); ++i) {
            sim::Rng rng = now.rng(name, {rows.key(), static_cast<std::uint32_t>(i)});
            if (rng.bernoulli(state[i] == 0 ? p_up : p_down)) state[i] ^= 1;
        }
    }
};

}  // namespace

TEST_CASE("a chain of two states comes to its stationary share, whatever the step", "[verification]") {
    constexpr double up = 0.15;
    constexpr double down = 0.35;
    constexpr double weeks = 20.0;
    const auto law = [](double factor) {
        const double both = up * factor + down;
        return share(up * factor / both * -std::expm1(-both * weeks));
    };
    CHECK(law(1.0).mean == Approx(up / (up + down)).epsilon(1e-4));
    const double dt_weeks = GENERATE(2.0, 5.0, 20.0);
    const auto in_one = [&](double factor) {
        test::Engine engine(Switch{up * factor, down});
        engine.state().set_segments("grazer", segments_for(observations(law(1.0), law(planted)), 1000));
        engine.run(static_cast<int>(weeks / dt_weeks), moment(dt_weeks));
        return share_of_ones(engine.state());
    };
    CHECK(agrees(in_one(1.0), law(1.0)));
    CHECK_FALSE(agrees(in_one(planted), law(1.0)));
}

namespace {

/// Each grazer in state 0 meets others at rate `contacts_per_week` and takes over state 1 from those who have it.
struct Spread {
    double contacts_per_week;

    static constexpr std::string_view name = "spread";
    static constexpr std::string_view table = "grazer";
    static constexpr std::string_view owner = "patch";
    static constexpr auto looks = sim::columns(meadow::share);
    static constexpr auto writes = sim::columns(grazer::state);
    static constexpr auto adds = sim::columns(meadow::changed);
    void step(sim::Rows<Spread> rows, const sim::Step& now) const {
        const double p = -sim::expm1(-contacts_per_week * rows.all(meadow::share)[0] * now.dt_weeks);
        const auto state = rows[grazer::state];
        std::int64_t changed = 0;
        for (std::size_t i = 0; i < state.size(); ++i) {
            if (state[i] == 1) continue;
            sim::Rng rng = now.rng(name, {rows.key(), static_cast<std::uint32_t>(i)});
            if (!rng.bernoulli(p)) continue;
            state[i] = 1;
            ++changed;
        }
        rows.add(meadow::changed, 0, changed);
    }
};

struct Share {
    double rows;

    static constexpr std::string_view name = "share";
    static constexpr auto reads = sim::columns(meadow::changed);
    static constexpr auto writes = sim::columns(meadow::share);
    void step(sim::View<Share> view, const sim::Step& /*now*/) const {
        view[meadow::share][0] += static_cast<double>(view[meadow::changed][0]) / rows;
    }
};

/// Mean and variance (times the number of grazers) of the share in state 1, in the limit of many: the mean-field map
/// x' = x + (1 - x) p with p = 1 - exp(-contacts x dt), and noise (1 - x) p (1 - p) that the slope of the map carries on.
Law mean_field(double share, double contacts, double weeks, double dt_weeks) {
    double variance = 0.0;
    for (int step = 0; step < std::lround(weeks / dt_weeks); ++step) {
        const double stays = std::exp(-contacts * share * dt_weeks);
        const double slope = stays * (1.0 + (1.0 - share) * contacts * dt_weeks);
        variance = slope * slope * variance + (1.0 - share) * (1.0 - stays) * stays;
        share += (1.0 - share) * (1.0 - stays);
    }
    return {share, variance};
}

constexpr double contacts = 0.5;
constexpr double spread_weeks = 8.0;
constexpr double first_share = 0.05;

}  // namespace

TEST_CASE("what spreads by contact follows its mean field", "[verification]") {
    const double dt_weeks = GENERATE(0.5, 1.0);
    const auto law = [&](double factor) { return mean_field(first_share, contacts * factor, spread_weeks, dt_weeks); };
    const auto reached = [&](double factor) {
        const std::vector<sim::Segment> segments = segments_for(observations(law(1.0), law(planted)), 1000);
        const double rows = 1000.0 * static_cast<double>(segments.size());
        test::Engine engine(Spread{contacts * factor}, Share{rows});
        sim::State& state = engine.state();
        state.set_rows("meadow", 1, {});
        state.of(meadow::share)[0] = first_share;
        state.set_segments("grazer", segments);
        const auto first = static_cast<std::size_t>(first_share * 1000.0);
        for (const sim::Segment& s : state.table("grazer").segments)
            std::ranges::fill(state.of(grazer::state).subspan(s.begin, first), std::uint8_t{1});
        engine.run(static_cast<int>(spread_weeks / dt_weeks), moment(dt_weeks));
        const Sample ones = share_of_ones(state);
        CHECK(ones.sum / ones.n == Approx(state.of(meadow::share)[0]).epsilon(1e-9));
        return ones;
    };
    CHECK(agrees(reached(1.0), law(1.0)));
    CHECK_FALSE(agrees(reached(planted), law(1.0)));
}

TEST_CASE("the mean field of spreading by contact tends to logistic growth, in the first order of the step", "[verification]") {
    const double logistic = 1.0 / (1.0 + (1.0 / first_share - 1.0) * std::exp(-contacts * spread_weeks));
    const auto error = [&](double dt_weeks) { return mean_field(first_share, contacts, spread_weeks, dt_weeks).mean - logistic; };
    for (const double dt_weeks : {0.125, 0.0625, 0.03125}) {
        // The next term of the error is of second order, so the ratio is 2 up to a few steps.
        CHECK(error(dt_weeks) / error(dt_weeks / 2.0) == Approx(2.0).margin(dt_weeks));
    }
}
