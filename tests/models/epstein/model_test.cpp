// Epstein's Model I: the fast code against a plain one, its limits, and the published findings.

#include "models/epstein/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/engine_support.hpp"

namespace {

using namespace drawdown::epstein;

/// The rules as one would write them down, on plain arrays, with the draws that the fast code names. Serial order only.
struct Plain {
    struct Citizen {
        double hardship, risk_aversion;
        int site;
        bool active;
        int sentence;
    };
    Settings settings;
    std::vector<Citizen> citizens;
    std::vector<int> cops;
    std::vector<std::pair<int, int>> offsets;
    std::uint32_t step = 0;

    explicit Plain(const Settings& s, Society& start) : settings(s) {
        sim::State& state = start.state();
        for (std::size_t i = 0; i < state.table("citizen").rows; ++i)
            citizens.push_back(
                {state.of(citizen::hardship)[i], state.of(citizen::risk_aversion)[i], state.of(citizen::site)[i], false, 0});
        for (const std::int32_t site : state.of(cop::site)) cops.push_back(site);
        const int reach = static_cast<int>(s.vision);
        for (int y = -reach; y <= reach; ++y)
            for (int x = -reach; x <= reach; ++x)
                if ((x != 0 || y != 0) && x * x + y * y <= s.vision * s.vision) offsets.emplace_back(x, y);
    }

    [[nodiscard]] int there(int site, std::pair<int, int> offset) const {
        const int n = settings.size;
        return (site / n + offset.second + n) % n * n + (site % n + offset.first + n) % n;
    }
    [[nodiscard]] bool taken(int site) const {
        return std::ranges::any_of(citizens, [&](const Citizen& c) { return c.site == site; }) ||
               std::ranges::count(cops, site) != 0;
    }
    [[nodiscard]] int move(int site, sim::Rng& rng) const {
        for (int i = 0; i < 16; ++i) {
            const int to = there(site, offsets[rng.below(static_cast<std::uint32_t>(offsets.size()))]);
            if (!taken(to)) return to;
        }
        std::vector<int> vacant;
        for (const auto& offset : offsets)
            if (!taken(there(site, offset))) vacant.push_back(there(site, offset));
        return vacant.empty() ? site : vacant[rng.below(static_cast<std::uint32_t>(vacant.size()))];
    }
    void act(std::size_t i, sim::Rng rng) {
        Citizen& c = citizens[i];
        if (c.site == off_the_map) return;
        c.site = move(c.site, rng);
        int seen_cops = 0;
        int actives = 1;
        for (const auto& offset : offsets) {
            seen_cops += static_cast<int>(std::ranges::count(cops, there(c.site, offset)));
            actives += static_cast<int>(
                std::ranges::count_if(citizens, [&](const Citizen& o) { return o.active && o.site == there(c.site, offset); }));
        }
        const double ratio = settings.ratio == Ratio::floored ? std::floor(static_cast<double>(seen_cops) / actives)
                                                              : static_cast<double>(seen_cops) / actives;
        const double p = -sim::expm1(-settings.arrest_constant * ratio);
        c.active = c.hardship * (1.0 - settings.legitimacy.start) - c.risk_aversion * p > settings.threshold;
    }
    void patrol(std::size_t j, sim::Rng rng) {
        cops[j] = move(cops[j], rng);
        std::vector<std::size_t> suspects;
        for (const auto& offset : offsets)
            for (std::size_t i = 0; i < citizens.size(); ++i)
                if (citizens[i].active && citizens[i].site == there(cops[j], offset)) suspects.push_back(i);
        if (suspects.empty()) return;
        Citizen& suspect = citizens[suspects[rng.below(static_cast<std::uint32_t>(suspects.size()))]];
        suspect.active = false;
        suspect.site = off_the_map;
        suspect.sentence = static_cast<int>(rng.below(static_cast<std::uint32_t>(settings.max_sentence_steps) + 1));
    }
    void run() {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < citizens.size() + cops.size(); ++i)
            if (i >= citizens.size() || citizens[i].site != off_the_map) order.push_back(i);
        std::vector<std::uint32_t> words(order.size());
        sim::fill_words(sim::stream_key(settings.seed, "order"), 0, step, 0, 0, words, 0);
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[std::uint64_t{words[i - 1]} * i >> 32]);
        const auto rng = [&](const char* stream, std::size_t i) {
            return sim::Rng(sim::stream_key(settings.seed, stream), 0, {0, static_cast<std::uint32_t>(i)}, step);
        };
        for (const std::size_t who : order)
            who < citizens.size() ? act(who, rng("citizen", who))
                                  : patrol(who - citizens.size(), rng("cop", who - citizens.size()));
        const auto sites = static_cast<std::uint32_t>(settings.size * settings.size);
        for (std::size_t i = 0; i < citizens.size(); ++i) {
            if (citizens[i].site != off_the_map || citizens[i].sentence-- > 0) continue;
            sim::Rng draw = rng("release", i);
            int to = static_cast<int>(draw.below(sites));
            while (taken(to)) to = static_cast<int>(draw.below(sites));
            citizens[i].site = to;
        }
        ++step;
    }
};

/// The run with outbursts, from another seed.
Settings outburst_run(std::uint64_t seed) {
    Settings settings;
    settings.seed = seed;
    settings.steps = 1500;
    return settings;
}

/// Largest share active in a run of legitimacy from 0.9 to `end` over `fall_steps` steps.
double peak_of_fall(double end, std::int32_t fall_steps, std::uint64_t seed) {
    Settings settings;
    settings.seed = seed;
    settings.legitimacy = {0.9, end, 77, fall_steps};
    settings.steps = 77 + fall_steps + 20;
    return outbursts(run(settings)).peak_active;
}

std::vector<std::int64_t> actives(const std::vector<Reading>& readings) {
    std::vector<std::int64_t> list;
    for (const Reading& reading : readings) list.push_back(reading.active * 1'000'000 + reading.jailed);
    return list;
}

}  // namespace

TEST_CASE("bit maps of a torus count and find what a scan finds", "[epstein]") {
    const double vision = GENERATE(1.0, 1.7, 3.5, 7.0, 28.0);
    const std::int32_t size = GENERATE(57, 64, 83);
    const Lattice lattice(size, vision);
    std::vector<std::uint8_t> map(lattice.map_bytes());
    sim::Rng rng(sim::stream_key(1, "scan"), 0, {0, static_cast<std::uint32_t>(size)}, 0);
    for (int i = 0; i < size * size / 3; ++i)
        lattice.set(map, lattice.point(static_cast<std::int32_t>(rng.below(static_cast<std::uint32_t>(size * size)))), true);
    for (int i = 0; i < size * size / 9; ++i)
        lattice.set(map, lattice.point(static_cast<std::int32_t>(rng.below(static_cast<std::uint32_t>(size * size)))), false);
    for (std::int32_t site = 0; site < size * size; site += 7) {
        const Lattice::Point at = lattice.point(site);
        std::vector<std::int32_t> set;
        std::vector<std::int32_t> clear;
        for (std::int32_t y = -lattice.reach(); y <= lattice.reach(); ++y)
            for (std::int32_t x = -lattice.reach(); x <= lattice.reach(); ++x) {
                if (x * x + y * y > vision * vision) continue;
                const std::int32_t there = (at.y + y + size) % size * size + (at.x + x + size) % size;
                (lattice.has(map, lattice.point(there)) ? set : clear).push_back(there);
            }
        REQUIRE(lattice.count(map, at) == static_cast<std::int32_t>(set.size()));
        REQUIRE(set.size() + clear.size() == lattice.neighbours() + 1);
        for (std::uint32_t k = 0; k < set.size(); k += 5) REQUIRE(lattice.find(map, at, k, true) == set[k]);
        for (std::uint32_t k = 0; k < clear.size(); k += 5) REQUIRE(lattice.find(map, at, k, false) == clear[k]);
    }
}

TEST_CASE("the fast code follows the plain rules to the bit", "[epstein][verification]") {
    Settings settings;
    settings.ratio = GENERATE(Ratio::floored, Ratio::continuous);
    settings.size = 17;
    settings.vision = GENERATE(1.7, 3.0);
    settings.citizens = GENERATE(0.7, 0.93);  // with 0.93 most tries at a vacant site fail
    settings.legitimacy = {0.7, 0.7, 0, 1};
    settings.max_sentence_steps = 5;
    Society society(settings);
    Plain plain(settings, society);
    std::int64_t jailed = 0;
    for (int i = 0; i < 25; ++i) {
        const Reading reading = society.step();
        plain.run();
        for (std::size_t c = 0; c < plain.citizens.size(); ++c) {
            REQUIRE(society.state().of(citizen::site)[c] == plain.citizens[c].site);
            REQUIRE(society.state().of(citizen::active)[c] == (plain.citizens[c].active ? 1 : 0));
        }
        REQUIRE(std::ranges::equal(society.state().of(cop::site), plain.cops));
        jailed += reading.jailed;
    }
    CHECK(jailed > 0);
}

TEST_CASE("everyone stands on a site of their own or is in jail, and the maps say the same", "[epstein]") {
    Settings settings;
    settings.order = GENERATE(Order::serial, Order::tiles);
    settings.size = 160;
    settings.vision = 3.0;
    Society society(settings);
    for (int i = 0; i < 10; ++i) (void)society.step();
    sim::State& state = society.state();
    const Lattice& lattice = society.lattice();
    std::vector<int> people(static_cast<std::size_t>(lattice.sites()));
    for (std::size_t i = 0; i < state.table("citizen").rows; ++i) {
        const std::int32_t site = state.of(citizen::site)[i];
        if (site == off_the_map) {
            REQUIRE(state.of(citizen::active)[i] == 0);
            continue;
        }
        ++people[static_cast<std::size_t>(site)];
        REQUIRE(state.of(site::citizen)[static_cast<std::size_t>(site)] == static_cast<std::int32_t>(i) + 1);
        REQUIRE(lattice.has(state.of(map::actives), lattice.point(site)) == (state.of(citizen::active)[i] != 0));
        REQUIRE_FALSE(lattice.has(state.of(map::cops), lattice.point(site)));
    }
    for (const std::int32_t site : state.of(cop::site)) {
        ++people[static_cast<std::size_t>(site)];
        REQUIRE(lattice.has(state.of(map::cops), lattice.point(site)));
    }
    for (std::int32_t site = 0; site < lattice.sites(); ++site) {
        REQUIRE(people[static_cast<std::size_t>(site)] <= 1);
        REQUIRE(lattice.has(state.of(map::taken), lattice.point(site)) == (people[static_cast<std::size_t>(site)] == 1));
    }
}

TEST_CASE("without cops exactly those rebel whose grievance is above the threshold; a fully legitimate regime has no rebels",
          "[epstein]") {
    Settings settings;
    settings.cops = 0.0;
    Society free(settings);
    const Reading reading = free.step();
    std::int64_t aggrieved = 0;
    for (const double hardship : free.state().of(citizen::hardship)) aggrieved += hardship * (1.0 - 0.82) > 0.1 ? 1 : 0;
    CHECK(reading.active == aggrieved);
    CHECK(aggrieved > 400);
    settings.legitimacy = {1.0, 1.0, 0, 1};
    CHECK(Society(settings).step().active == 0);
}

TEST_CASE("the probability of arrest is 0.9 for one cop and one active; its whole part is 0 where actives outnumber cops",
          "[epstein]") {
    const Activation floored{};
    const Activation continuous{.ratio = Ratio::continuous};
    CHECK(floored.arrest_probability(1, 1) == Approx(0.9).margin(0.001));
    CHECK(continuous.arrest_probability(1, 1) == floored.arrest_probability(1, 1));
    CHECK(floored.arrest_probability(3, 4) == 0.0);
    CHECK(continuous.arrest_probability(3, 4) == Approx(1.0 - std::exp(-2.3 * 0.75)));
    CHECK(floored.arrest_probability(7, 3) == floored.arrest_probability(2, 1));
}

TEST_CASE("rebellion comes in outbursts with the whole part of C/A, and not with C/A itself", "[epstein][verification]") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Settings settings = outburst_run(seed);
        const Outbursts floored = outbursts(run(settings));
        settings.ratio = Ratio::continuous;
        const Outbursts continuous = outbursts(run(settings));
        // Punctuated equilibrium: calm most of the time, and now and then many times the mean.
        CHECK(floored.quiet_time > 0.5);
        CHECK(floored.peak_active > 0.1);
        CHECK(floored.peak_active > 5.0 * floored.mean_active);
        CHECK(floored.number >= 20);
        CHECK(floored.mean_wait_steps > 10.0);
        CHECK(continuous.number == 0);
        CHECK(continuous.peak_active < 0.05);
        CHECK(continuous.quiet_time > 0.99);
    }
}

TEST_CASE("a sudden fall of legitimacy brings out more than a slow one of the same or of greater size",
          "[epstein][verification]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const double sudden = peak_of_fall(0.7, 1, seed);
        CHECK(sudden > 0.45);
        CHECK(sudden > 1.2 * peak_of_fall(0.7, 70, seed));
        CHECK(sudden > 1.2 * peak_of_fall(0.2, 70, seed));
    }
}

TEST_CASE("more cops lower rebellion, longer sentences too", "[epstein]") {
    const auto mean_active = [](double cops, std::int32_t max_sentence) {
        Settings settings = outburst_run(5);
        settings.steps = 600;
        settings.cops = cops;
        settings.max_sentence_steps = max_sentence;
        return outbursts(run(settings)).mean_active;
    };
    const double usual = mean_active(0.04, 30);
    CHECK(mean_active(0.02, 30) > usual);
    CHECK(mean_active(0.06, 30) < usual);
    CHECK(mean_active(0.04, 10) > usual);
}

TEST_CASE("tiles give the same run for any number of threads, and the statistics of the serial order",
          "[epstein][verification]") {
    Settings settings;
    settings.size = 160;
    settings.vision = 3.0;
    settings.steps = 50;
    settings.order = Order::tiles;
    const auto usual = actives(run(settings));
    test::with_threads(4, [&] { CHECK(actives(run(settings, true)) == usual); });

    std::vector<double> serial_active, tiles_active, serial_jailed, tiles_jailed;
    for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
        settings.replicate = replicate;
        settings.order = Order::serial;
        const Outbursts serial = outbursts(run(settings));
        settings.order = Order::tiles;
        const Outbursts tiles = outbursts(run(settings));
        serial_active.push_back(serial.mean_active);
        tiles_active.push_back(tiles.mean_active);
        serial_jailed.push_back(serial.mean_jailed);
        tiles_jailed.push_back(tiles.mean_jailed);
    }
    CHECK(serial_active != tiles_active);
    const auto agree = [](const std::vector<double>& a, const std::vector<double>& b) {
        const double error = std::sqrt((std::pow(sim::sample_sd(a), 2.0) + std::pow(sim::sample_sd(b), 2.0)) / 10.0);
        INFO(sim::mean(a) << " and " << sim::mean(b) << ", standard error of the difference " << error);
        CHECK(std::abs(sim::mean(a) - sim::mean(b)) < 5.0 * error);
        CHECK(error < 0.03 * sim::mean(a));  // so that a difference of 15 % would show
    };
    agree(serial_active, tiles_active);
    agree(serial_jailed, tiles_jailed);
}
