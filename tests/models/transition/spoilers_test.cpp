#include "models/transition/spoilers.hpp"

#include <algorithm>
#include <numeric>

#include "sim/random.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Belief = std::array<double, spoiler_count>;

constexpr Belief uniform = {0.25, 0.25, 0.25, 0.25};

/// One group under a mission that is fully at work, without chance.
struct Watched {
    test::Tiny<Spoilers> tiny;

    explicit Watched(const Spoilers& process = {}) : tiny({.groups = 2}, process) {
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group_type::belief], 0.25);
        tiny[country::process_support][0] = 1.0;
        test::fill(tiny[region_group::fighters], 100);
        tiny[region_activity::coverage][test::row(Activity::patrol)] = 0.6;
    }
    void believe(std::size_t type) {
        test::fill(tiny[group_type::belief], 0.0);
        for (std::size_t g = 0; g < 2; ++g) tiny[group_type::belief][g * spoiler_count + type] = 1.0;
    }
};

/// Demands of a group of a type after some weeks of what the mission does.
double demands(int type, double inducement, double pressure, Response response = Response::nothing) {
    test::Tiny<SpoilerNature> tiny({.groups = 1}, SpoilerNature{});
    tiny[group::alive][0] = 1;
    tiny[group::spoiler][0] = static_cast<std::uint8_t>(type);
    tiny[group::inducement][0] = inducement;
    tiny[group::pressure][0] = pressure;
    tiny[group::response][0] = static_cast<std::uint8_t>(response);
    tiny[group::demands][0] = 0.4;
    tiny[country::process_support][0] = 1.0;
    tiny.run(10);
    return tiny[group::demands][0];
}

}  // namespace

TEST_CASE("the mission never reads a group's true type", "[spoilers]") {
    for (const sim::ColumnInfo& info : Spoilers::reads.infos) CHECK(info.name != group::spoiler.name);
    for (const sim::ColumnInfo& info : Spoilers::writes.infos) CHECK(info.name != group::spoiler.name);
    bool read_by_nature = false;
    for (const sim::ColumnInfo& info : SpoilerNature::reads.infos) read_by_nature |= info.name == group::spoiler.name;
    CHECK(read_by_nature);
}

TEST_CASE("belief comes to the true type under its own likelihoods", "[spoilers]") {
    Spoilers process;
    process.evidence = 1.0;
    process.doubt = 0.0;
    const double inducement = GENERATE(0.0, 0.6);
    for (std::size_t truth = 0; truth < spoiler_count; ++truth) {
        Belief belief = uniform;
        for (int week = 0; week < 3000; ++week) {
            sim::Rng rng(sim::stream_key(1, "spoilers_test"), 0, {0, static_cast<std::uint32_t>(truth)},
                         static_cast<std::uint32_t>(week));
            Spoilers::Sign sign{.inducement = inducement};
            // Conduct and demands as the type has them, by their likelihoods.
            std::array<double, 6> weights{};
            for (std::size_t k = 0; k < 6; ++k)
                weights[k] = process.likelihood({static_cast<int>(k / 2), k % 2 == 1, inducement, 0.0}, truth) *
                             (inducement == 0.0 ? 0.5 : 1.0);
            CHECK_THAT(std::accumulate(weights.begin(), weights.end(), 0.0), WithinAbs(1.0, 1e-12));
            const std::size_t k = rng.pick(weights);
            sign.conduct = static_cast<int>(k / 2);
            sign.asks = k % 2 == 1;
            belief = process.updated(belief, sign, 1.0);
        }
        INFO(truth);
        CHECK(belief[truth] > 0.95);
        CHECK_THAT(std::accumulate(belief.begin(), belief.end(), 0.0), WithinAbs(1.0, 1e-12));
    }
}

TEST_CASE("two half weeks teach as much as one", "[spoilers]") {
    Spoilers process;
    process.doubt = 0.0;
    const Spoilers::Sign sign{.conduct = 1, .inducement = 0.5};
    const Belief whole = process.updated(uniform, sign, 1.0);
    const Belief halves = process.updated(process.updated(uniform, sign, 0.5), sign, 0.5);
    for (std::size_t t = 0; t < spoiler_count; ++t) CHECK_THAT(whole[t], WithinAbs(halves[t], 1e-12));
}

TEST_CASE("without evidence, doubt leads back to uniform beliefs", "[spoilers]") {
    Spoilers process;
    process.evidence = 0.0;
    process.doubt = 0.1;
    Belief belief = {1.0, 0.0, 0.0, 0.0};
    for (int week = 0; week < 200; ++week) belief = process.updated(belief, {}, 1.0);
    for (const double b : belief) CHECK_THAT(b, WithinAbs(0.25, 1e-6));
}

TEST_CASE("signs tell types apart", "[spoilers]") {
    const Spoilers process;
    const auto after = [&](const Spoilers::Sign& sign) {
        Belief belief = uniform;
        for (int week = 0; week < 20; ++week) belief = process.updated(belief, sign, 1.0);
        return belief;
    };
    const Belief quiet = after({.conduct = 0});
    CHECK(quiet[0] > quiet[3]);
    const Belief fights = after({.conduct = 2});
    CHECK(*std::max_element(fights.begin(), fights.end()) == fights[3]);
    // Calm under inducement speaks for a limited spoiler against a greedy one, asking for more the other way round.
    const Belief calmed = after({.conduct = 0, .asks = false, .inducement = 1.0});
    CHECK(calmed[1] > calmed[2]);
    const Belief asking = after({.conduct = 1, .asks = true, .inducement = 1.0});
    CHECK(asking[2] > asking[1]);
}

TEST_CASE("the response is to the likeliest type, if it is likely enough and may be talked to", "[spoilers]") {
    const Spoilers process;
    CHECK(process.answer(uniform, false) == Response::nothing);
    CHECK(process.answer({0.9, 0.1, 0.0, 0.0}, false) == Response::nothing);
    CHECK(process.answer({0.1, 0.9, 0.0, 0.0}, false) == Response::inducement);
    CHECK(process.answer({0.1, 0.0, 0.9, 0.0}, false) == Response::socialisation);
    CHECK(process.answer({0.1, 0.0, 0.0, 0.9}, false) == Response::coercion);
    CHECK(process.answer({0.1, 0.9, 0.0, 0.0}, true) == Response::nothing);
    CHECK(process.answer({0.1, 0.0, 0.0, 0.9}, true) == Response::coercion);
}

TEST_CASE("inducement needs political support, pressure patrols that reach the group, and both end with the mission",
          "[spoilers]") {
    Watched induced;
    induced.believe(1);
    induced.tiny[group::proscribed][1] = 1;
    induced.tiny.run(20);
    CHECK(induced.tiny[group::inducement][0] > 0.8);
    CHECK(induced.tiny[group::inducement][1] == 0.0);
    CHECK(induced.tiny[group::pressure][0] == 0.0);
    Watched coerced;
    coerced.believe(3);
    coerced.tiny.run(1);
    CHECK(coerced.tiny[group::response][0] == 3);
    const double pressure = coerced.tiny[group::pressure][0];
    CHECK(pressure > 0.0);
    Watched unwanted;
    unwanted.believe(3);
    unwanted.tiny[region_activity::coverage][test::row(Activity::patrol)] = 0.18;  // low consent, no roads, few patrols
    unwanted.tiny.run(1);
    CHECK_THAT(unwanted.tiny[group::pressure][0], WithinAbs(0.3 * pressure, 1e-12));
    coerced.tiny[country::process_support][0] = 0.0;
    coerced.tiny[region_activity::coverage][test::row(Activity::patrol)] = 0.0;
    coerced.tiny.run(100);
    CHECK(coerced.tiny[group::response][0] == 0);
    CHECK(coerced.tiny[group::pressure][0] < 1e-4);
}

TEST_CASE("violations that verification does not see teach nothing", "[spoilers]") {
    const auto believed_quiet = [](double verification, int violations) {
        Watched watched;
        watched.tiny[country::verification][0] = verification;
        test::fill(watched.tiny[group::violations], violations);
        watched.tiny.run(20);
        return watched.tiny[group_type::belief][0];
    };
    CHECK(believed_quiet(0.0, 2) == believed_quiet(0.0, 0));
    CHECK(believed_quiet(1.0, 2) < believed_quiet(0.0, 2));
    CHECK(believed_quiet(0.5, 2) > believed_quiet(1.0, 2));
}

TEST_CASE("of a group that does not exist nothing is believed or done", "[spoilers]") {
    Watched watched;
    watched.believe(3);
    watched.tiny[group::alive][1] = 0;
    watched.tiny.run(1);
    for (std::size_t t = 0; t < spoiler_count; ++t) CHECK(watched.tiny[group_type::belief][spoiler_count + t] == 0.25);
    CHECK(watched.tiny[group::response][1] == 0);
}

TEST_CASE("what the mission does works by the true type, and a wrong belief has its price", "[spoilers]") {
    constexpr int none = 0, limited = 1, greedy = 2, total = 3;
    const double left_alone = demands(limited, 0.0, 0.0);
    CHECK(left_alone < 0.4);
    CHECK(demands(limited, 1.0, 0.0) < left_alone);
    CHECK(demands(greedy, 1.0, 0.0) > left_alone);
    CHECK(demands(greedy, 0.0, 0.0, Response::socialisation) < left_alone);
    CHECK(demands(greedy, 0.0, 1.0) < left_alone);
    CHECK(demands(total, 0.0, 1.0) < left_alone);
    // Inducing a total one, coercing a limited one or one that is no spoiler.
    CHECK(demands(total, 1.0, 0.0) > 0.4);
    CHECK(demands(limited, 0.0, 1.0) > 0.4);
    CHECK(demands(none, 0.0, 1.0) > 0.4);
    CHECK(demands(none, 1.0, 0.0) == left_alone);
}
