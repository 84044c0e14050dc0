// The vectorised passes over persons and their plain twins: the same bits at every level of instructions.

#include <vector>

#include "models/transition/attitudes.hpp"
#include "models/transition/tally.hpp"
#include "sim/kernel.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;

constexpr auto levels = {sim::Instructions::v2, sim::Instructions::v3, sim::Instructions::v4};

/// Persons of all kinds at home in one large community.
void mix_persons(sim::State& state, std::uint16_t heaviest) {
    const sim::Segment people = state.table("person").segments.front();
    for (std::uint32_t i = 0; i < people.count; ++i) {
        sim::Rng rng(sim::stream_key(3, "mix"), 0, {i, heaviest}, 0);
        const auto byte = [&](std::uint32_t below) { return static_cast<std::uint8_t>(rng.below(below)); };
        for (const auto column : {state.of(person::grievance), state.of(person::fear), state.of(person::trust_state),
                                  state.of(person::trust_mission), state.of(person::expectation)})
            column[i] = static_cast<float>(rng.uniform());
        const auto set = [&](const auto& column, std::uint8_t value) {
            for (const auto& info : state.table("person").column_infos)
                if (info.name == sim::info_of(column).name) state.of(column)[i] = value;
        };
        set(person::identity, byte(2));
        set(person::sex, byte(2));
        set(person::age, byte(90));
        set(person::livelihood, byte(255));
        set(person::harm, byte(255));
    }
}

}  // namespace

TEST_CASE("the loop over attitudes gives what one person after the other gives", "[kernel][attitudes]") {
    const auto before = sim::instructions();
    for (const auto level : levels) {
        sim::use_instructions(level);
        test::Tiny tiny({.identities = 2, .communities = {1100}}, Attitudes{});
        mix_persons(tiny.state(), 1);
        tiny[region::services][0] = 0.3;
        tiny[region::abuse][0] = 0.2;
        tiny[region::exposure][0] = 0.5;
        tiny[community::violence][0] = 0.7F;
        tiny[community::rumour][0] = 0.1F;
        tiny[identity::inclusion][1] = 0.6;
        Surroundings at{};
        at.services = 0.3F;
        at.abuse = 0.2F;
        at.rumour = 0.1F;
        const Attitudes process;
        const double felt = process.own_weight * 0.7F + process.region_weight * 0.5 + process.near_weight * 0.5;
        at.violence = static_cast<float>(1.0 - sim::exp(-felt / process.violence_scale));
        const Attitudes::Pull pull = process.pull(at, 1.0);

        std::vector<Attitudes::Values> plain;
        for (std::uint32_t i = 0; i < 1100; ++i) {
            const std::uint8_t age = tiny[person::age][i];
            const Attitudes::Person who{static_cast<float>(tiny[identity::inclusion][tiny[person::identity][i]]),
                                        1.0F / 255.0F * static_cast<float>(tiny[person::livelihood][i]),
                                        1.0F / 255.0F * static_cast<float>(tiny[person::harm][i]),
                                        personal_deviation(1, i),
                                        static_cast<float>(tiny[person::sex][i]),
                                        age >= 15 && age < 30 ? 1.0F : 0.0F};
            const Attitudes::Values x{tiny[person::grievance][i], tiny[person::fear][i], tiny[person::trust_state][i],
                                      tiny[person::trust_mission][i], tiny[person::expectation][i]};
            plain.push_back(Attitudes::updated(x, who, pull));
        }
        tiny.run();
        for (std::uint32_t i = 0; i < 1100; ++i) {
            REQUIRE(tiny[person::grievance][i] == plain[i].grievance);
            REQUIRE(tiny[person::fear][i] == plain[i].fear);
            REQUIRE(tiny[person::trust_state][i] == plain[i].trust_state);
            REQUIRE(tiny[person::trust_mission][i] == plain[i].trust_mission);
            REQUIRE(tiny[person::expectation][i] == plain[i].expectation);
        }
    }
    sim::use_instructions(before);
}

TEST_CASE("people elsewhere live in the surroundings there, many side by side or one alone", "[kernel][attitudes]") {
    const auto before = sim::instructions();
    for (const auto level : levels) {
        sim::use_instructions(level);
        test::Tiny tiny({.regions = 3, .identities = 2, .communities = {300, 100, 100}}, Attitudes{});
        mix_persons(tiny.state(), 1);
        for (std::size_t r = 0; r < 3; ++r) tiny[region::services][r] = 0.2 + 0.3 * static_cast<double>(r);
        tiny[region::exposure][0] = 0.6;
        tiny[identity::inclusion][1] = 0.6;
        tiny[community::away][0] = 1;
        for (std::uint32_t i = 0; i < 300; ++i) {
            const bool away = (i >= 100 && i < 150) || i % 7 == 0;
            const Status status = !away ? Status::home : i % 3 == 0 && i >= 150 ? Status::refugee : Status::displaced;
            tiny[person::status][i] = static_cast<std::uint8_t>(status);
            tiny[person::location][i] = static_cast<std::uint8_t>(away ? (i < 150 ? 1 : i % 3) : 0);
        }
        const Attitudes process;
        const double elsewhere = 0.6 / 3.0;
        std::vector<Attitudes::Values> plain;
        for (std::uint32_t i = 0; i < 300; ++i) {
            const std::uint8_t age = tiny[person::age][i];
            const Attitudes::Person who{static_cast<float>(tiny[identity::inclusion][tiny[person::identity][i]]),
                                        1.0F / 255.0F * static_cast<float>(tiny[person::livelihood][i]),
                                        1.0F / 255.0F * static_cast<float>(tiny[person::harm][i]),
                                        personal_deviation(1, i),
                                        static_cast<float>(tiny[person::sex][i]),
                                        age >= 15 && age < 30 ? 1.0F : 0.0F};
            const Attitudes::Values x{tiny[person::grievance][i], tiny[person::fear][i], tiny[person::trust_state][i],
                                      tiny[person::trust_mission][i], tiny[person::expectation][i]};
            const std::size_t r = tiny[person::location][i];
            const double felt = process.region_weight * tiny[region::exposure][r] + process.near_weight * elsewhere;
            Surroundings at{};
            at.services = static_cast<float>(tiny[region::services][r]);
            at.violence = static_cast<float>(1.0 - sim::exp(-felt / process.violence_scale));
            const bool abroad = is(tiny[person::status][i], Status::refugee);
            plain.push_back(abroad ? x : Attitudes::updated(x, who, process.pull(at, 1.0)));
        }
        tiny.run();
        for (std::uint32_t i = 0; i < 300; ++i) {
            REQUIRE(tiny[person::grievance][i] == plain[i].grievance);
            REQUIRE(tiny[person::fear][i] == plain[i].fear);
            REQUIRE(tiny[person::trust_state][i] == plain[i].trust_state);
            REQUIRE(tiny[person::trust_mission][i] == plain[i].trust_mission);
            REQUIRE(tiny[person::expectation][i] == plain[i].expectation);
        }
    }
    sim::use_instructions(before);
}

TEST_CASE("sums over persons are those of a plain loop, however heavy the agents", "[kernel][tally]") {
    const auto before = sim::instructions();
    const std::uint16_t heaviest = GENERATE(std::uint16_t{1}, std::uint16_t{127}, std::uint16_t{128}, std::uint16_t{10'000});
    for (const auto level : levels) {
        sim::use_instructions(level);
        test::Tiny tiny({.groups = 2, .communities = {1100}}, Tally{});
        mix_persons(tiny.state(), heaviest);
        std::int64_t adults = 0;
        std::int64_t grievance = 0;
        std::int64_t livelihood = 0;
        std::int64_t people = 0;
        for (std::uint32_t i = 0; i < 1100; ++i) {
            sim::Rng rng(sim::stream_key(4, "weights"), 0, {i, heaviest}, 0);
            tiny[person::weight][i] = static_cast<std::uint16_t>(rng.below(heaviest + 1U));
            tiny[person::status][i] = static_cast<std::uint8_t>(rng.below(10));
            const std::int64_t weight = tiny[person::weight][i];
            people += weight;
            if (!lives_at_home(tiny[person::status][i]) || tiny[person::age][i] < 15) continue;
            adults += weight;
            grievance += weight * static_cast<std::int64_t>(tiny[person::grievance][i] * static_cast<float>(fixed_one));
            livelihood += weight * tiny[person::livelihood][i];
        }
        tiny.run();
        CHECK(tiny[country::population][0] == people);
        CHECK(tiny[region::adults][0] == adults);
        CHECK(tiny[region::grievance_sum][0] == grievance);
        CHECK(tiny[region::livelihood_sum][0] == livelihood);
    }
    sim::use_instructions(before);
}

TEST_CASE("a stressed country ends in the same state at every level", "[kernel]") {
    const auto before = sim::instructions();
    test::SmallCountry country = test::stressed_country();
    country.steps = 30;
    const auto experiment = country.experiment();
    std::vector<std::uint64_t> hashes;
    for (const auto level : levels) {
        sim::use_instructions(level);
        test::Run run(experiment);
        run.to_end();
        hashes.push_back(run.state().hash());
    }
    sim::use_instructions(before);
    CHECK(hashes[0] == hashes[1]);
    CHECK(hashes[0] == hashes[2]);
}
