// Relations between runs: what must stay the same, to the bit or in the mean, when something that should not matter changes.

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "models/transition/person_rows.hpp"
#include "sim/ensemble.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

/// What a replicate of the stressed country comes to.
struct Figures {
    std::vector<double> population, natural_deaths, mob_deaths, battle_deaths, recruits, fled, grievance;

    void take(const TransitionExperiment& experiment, std::uint32_t replicate) {
        test::Run run(experiment, replicate);
        double mob = 0.0;
        double battle = 0.0;
        run.to_end([&](sim::State& state, const sim::Step&) {
            for (std::size_t r = 0; r < state.table("region").rows; ++r) {
                mob += state.of(region_violence::deaths)[test::row(Violence::mob, r)];
                battle += state.of(region_violence::deaths)[test::row(Violence::state_based, r)];
            }
        });
        population.push_back(static_cast<double>(run.state().of(country::population)[0]));
        natural_deaths.push_back(test::recorded_sum(experiment, run.record(), "natural_deaths"));
        mob_deaths.push_back(mob);
        battle_deaths.push_back(battle);
        recruits.push_back(test::recorded_sum(experiment, run.record(), "recruits"));
        fled.push_back(test::recorded_sum(experiment, run.record(), "newly_displaced"));
        grievance.push_back(test::recorded_last(experiment, run.record(), "grievance") /
                            static_cast<double>(run.state().table("region").rows));
    }
};

Figures figures_of(const test::SmallCountry& country, std::uint32_t replicates) {
    const auto experiment = country.experiment();
    Figures figures;
    for (std::uint32_t r = 0; r < replicates; ++r) figures.take(experiment, r);
    return figures;
}

/// Means agree within five standard errors of their difference, and `bias` of the mean itself.
void check_means(const char* what, const std::vector<double>& a, const std::vector<double>& b, double bias) {
    const auto n = static_cast<double>(a.size());
    const double error = std::sqrt((std::pow(sim::sample_sd(a), 2.0) + std::pow(sim::sample_sd(b), 2.0)) / n);
    INFO(fmt::format("{}: {:.3f} and {:.3f}, standard error of the difference {:.3f}", what, sim::mean(a), sim::mean(b), error));
    CHECK_THAT(sim::mean(b), WithinAbs(sim::mean(a), 5.0 * error + bias * std::abs(sim::mean(a))));
}

void check_same(const Figures& a, const Figures& b, double bias, double bias_of_natural_deaths) {
    check_means("population", a.population, b.population, bias);
    check_means("natural deaths", a.natural_deaths, b.natural_deaths, bias_of_natural_deaths);
    check_means("mob deaths", a.mob_deaths, b.mob_deaths, bias);
    check_means("battle deaths", a.battle_deaths, b.battle_deaths, bias);
    check_means("recruits", a.recruits, b.recruits, bias);
    check_means("fled", a.fled, b.fled, bias);
    check_means("grievance", a.grievance, b.grievance, bias);
}

/// The stressed country with its groups at war all the time: the course of a war that may or may not break out has too wide a
/// spread to see a difference in.
test::SmallCountry steady_war() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 52;
    country.sets.insert(country.sets.end(), {"group_decision.threshold=-2", "group_decision.rate=1", "violence.triggered=0.2",
                                             "group_conduct.battle_rate=0.1"});
    return country;
}

/// Traits of the first `count` persons of the community with `key`, which its draws decide.
std::vector<std::array<int, 7>> traits(sim::State& state, std::uint32_t key, std::size_t count) {
    std::vector<std::array<int, 7>> list;
    for (const sim::Segment& s : state.table("person").segments) {
        if (s.key != key) continue;
        for (std::size_t i = s.begin; i < s.begin + std::min<std::size_t>(count, s.count); ++i)
            list.push_back({state.of(person::sex)[i], state.of(person::age)[i], state.of(person::identity)[i],
                            state.of(person::livelihood)[i], state.of(person::harm)[i], state.of(person::status)[i],
                            state.of(person::weight)[i]});
    }
    return list;
}

/// Every byte of the persons of one community.
std::vector<std::byte> bytes_of(sim::State& state, const sim::Segment& segment) {
    std::vector<std::byte> all;
    const sim::Table& table = state.table("person");
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::size_t width = sim::bytes(table.column_infos[c].type);
        const std::byte* data = table.columns[c].data();
        all.insert(all.end(), data + segment.begin * width, data + (segment.begin + segment.count) * width);
    }
    return all;
}

/// Eight regions of one community each, all forces in the last one, so that the number of people decides nothing for others.
test::SmallCountry scattered(std::int64_t first_population) {
    test::SmallCountry country = test::stressed_country();
    country.regions.clear();
    country.borders.clear();
    for (std::size_t r = 0; r < 8; ++r) {
        country.regions.push_back({.name = fmt::format("r{}", r),
                                   .population = r == 0 ? first_population : 400,
                                   .past_violence = 0.125,
                                   .police_share = r == 7 ? 1.0 : 0.0,
                                   .army_share = r == 7 ? 1.0 : 0.0,
                                   .former_share = r == 7 ? 1.0 : 0.0,
                                   .abroad = r == 7 ? "XAA" : "",
                                   .identity_shares = {0.5, 0.5},
                                   .strength = {10, 2, 2, 2}});
        if (r > 0) country.borders.push_back({r - 1, r, 30.0});
    }
    country.groups = {{.name = "east", .identity = "river", .fighters = 40, .former_fighters = 20, .regions = {"r7"}}};
    country.agents_per_community = 400;
    country.steps = 10;
    return country;
}

}  // namespace

TEST_CASE("a quiet country stays as it is: nobody comes or goes, and attitudes rest", "[metamorphic]") {
    test::SmallCountry country = test::quiet_country();
    country.steps = 522;
    country.output_every = 52;
    // No births, deaths, violence or recruits; and the slow stocks held, since services that decay must move attitudes.
    country.sets = {"demography.infant_mortality=0",
                    "demography.background_mortality=0",
                    "demography.senescence=0",
                    "demography.fertility=0",
                    "demography.memory_fade=0",
                    "violence.communal_rate=0",
                    "privation.excess=0",
                    "flight.hunger=0",
                    "livelihoods.sold=0",
                    "livelihoods.food_share=0",
                    "violence.mob_rate=0",
                    "mobilisation.rate=0",
                    "enlistment.rate=0",
                    "demography.retirement_age=120",
                    "capacity.upkeep=0",
                    "capacity.decay=0",
                    "donors.pledge=0",
                    "economy.trend=0",
                    "economy.growth_sd=0",
                    "politics.inclusion_rate=0",
                    "politics.drift=0",
                    "sexual_violence.rate=0",
                    "politics.rate=0",
                    "participation.open=0",
                    "participation.custom=0",
                    "participation.jobs=0",
                    "participation.civil=0",
                    "participation.insecurity=0",
                    "participation.fear_of_violence=0",
                    "local_dialogue.build=0",
                    "local_dialogue.again=0",
                    "local_dialogue.fade=0"};
    const auto experiment = country.experiment();
    test::Run run(experiment);
    sim::State& state = run.state();
    const std::vector<std::int64_t> people(state.of(region::population).begin(), state.of(region::population).end());
    const auto means = [&] {
        std::vector<double> all;
        const auto add = [&](const auto& which) { all.insert(all.end(), state.of(which).begin(), state.of(which).end()); };
        add(region::grievance);
        add(region::fear);
        add(region::trust_state);
        add(region::trust_mission);
        add(region::expectation);
        return all;
    };
    const std::vector<double> before = means();
    run.to_end([&](sim::State& now, const sim::Step&) {
        REQUIRE(std::equal(people.begin(), people.end(), now.of(region::population).begin()));
    });
    const std::vector<double> after = means();
    // The start lets persons and the means of their neighbours settle in six rounds. A round leaves at most the neighbours'
    // weight of 0.3 of what is missing, which is at most 1; sums in fixed point lose up to 1/16384. Livelihoods are whole 255ths:
    // their rounding moves grievance by at most the effect of hardship times 1/255.
    const double bound = std::pow(0.3, 6.0) + 1.0 / fixed_one + 0.2 / 255.0;
    for (std::size_t i = 0; i < before.size(); ++i) CHECK_THAT(after[i], WithinAbs(before[i], bound));
    CHECK(test::total(state.of(country::population)) == 9000);
}

TEST_CASE("the order of regions, neighbours, identities and groups in the files does not matter", "[metamorphic]") {
    test::SmallCountry country = test::stressed_country();
    country.steps = 30;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    run.to_end();

    test::SmallCountry permuted = country;
    std::reverse(permuted.regions.begin(), permuted.regions.end());
    std::reverse(permuted.groups.begin(), permuted.groups.end());
    std::reverse(permuted.identities.begin(), permuted.identities.end());
    for (test::SmallRegion& region : permuted.regions) std::reverse(region.identity_shares.begin(), region.identity_shares.end());
    std::reverse(permuted.borders.begin(), permuted.borders.end());
    for (test::SmallBorder& border : permuted.borders) border = {3 - border.b, 3 - border.a, border.distance_km};
    const auto other = permuted.experiment();
    test::Run run_permuted(other);
    CHECK(run_permuted.state().hash() == test::Run(experiment).state().hash());
    run_permuted.to_end();
    CHECK(run_permuted.state().hash() == run.state().hash());
}

TEST_CASE("a run again is the same to the bit, another seed or replicate is not", "[metamorphic]") {
    test::SmallCountry country = test::stressed_country();
    country.steps = 30;
    const auto hash_of = [&](std::uint64_t seed, std::uint32_t replicate) {
        country.seed = seed;
        const auto experiment = country.experiment();
        test::Run run(experiment, replicate);
        run.to_end();
        return run.state().hash();
    };
    CHECK(hash_of(1, 0) == hash_of(1, 0));
    CHECK(hash_of(1, 0) != hash_of(2, 0));
    CHECK(hash_of(1, 0) != hash_of(1, 1));
}

TEST_CASE("threads and shared steps of strategies leave no trace in results", "[metamorphic]") {
    test::SmallCountry country = test::stressed_country();
    country.persons_per_agent = 5;
    country.agents_per_community = 20;  // 160 communities, so that a pass has several tasks
    country.steps = 60;
    country.strategies.emplace_back(
        "early", "[strategy]\ndeparts = 2020-06-01\n[phase.a]\nnot_before = 2020-06-01\nduration = 10\nremaining = 0.2\n");
    country.strategies.emplace_back("announced", "[strategy]\n[announcement.a]\nmade = 2020-09-01\nexpected_end = 2020-12-01\n");
    const auto experiment = country.experiment();
    const auto hashes = [&](const sim::EnsembleOptions& options) {
        std::vector<std::uint64_t> all;
        sim::Progress progress;
        sim::run_ensemble(experiment, options, progress, std::atomic<bool>(false),
                          [&](const std::vector<sim::RunResult>& results) {
                              for (const sim::RunResult& result : results) {
                                  CHECK(result.failure == "");
                                  all.push_back(result.state_hash);
                              }
                          });
        return all;
    };
    const auto usual = hashes({.replicates = 3});
    REQUIRE(usual.size() == 9);
    CHECK(usual[0] != usual[1]);
    CHECK(usual[0] != usual[2]);
    CHECK(hashes({.replicates = 3, .branching = false}) == usual);
    CHECK(hashes({.replicates = 3, .threads = 4}) == usual);
    CHECK(hashes({.replicates = 3, .threads = 4, .parallel_inside = true}) == usual);
    test::Run alone(experiment, 1, 1);
    alone.to_end();
    CHECK(alone.state().hash() == usual[4]);
}

TEST_CASE("one person more shifts nobody's draws", "[metamorphic]") {
    const auto few = scattered(400).experiment();
    const auto more = scattered(401).experiment();
    test::Run a(few);
    test::Run b(more);
    // At the start: the same persons everywhere, and in the community that has one more, the same but for the last.
    for (std::size_t c = 0; c < 8; ++c) {
        const sim::Segment s = a.state().table("person").segments[c];
        const sim::Segment t = b.state().table("person").segments[c];
        REQUIRE(s.key == t.key);
        CHECK(traits(a.state(), s.key, 400) == traits(b.state(), t.key, 400));
        CHECK(t.count == s.count + (c == 0 ? 1 : 0));
    }
    // After the first week, before sums over the country tie communities to each other: every byte of all others.
    a.step();
    b.step();
    for (std::size_t c = 1; c < 8; ++c)
        CHECK(bytes_of(a.state(), a.state().table("person").segments[c]) ==
              bytes_of(b.state(), b.state().table("person").segments[c]));
}

TEST_CASE("the grain of the population does not move the means", "[metamorphic]") {
    test::SmallCountry country = steady_war();
    constexpr std::uint32_t replicates = 60;
    const auto with_grain = [&](int persons_per_agent) {
        country.persons_per_agent = persons_per_agent;
        country.agents_per_community = 1000 / persons_per_agent;
        return figures_of(country, replicates);
    };
    const Figures single = with_grain(1);
    CHECK(sim::mean(single.fled) > 100.0);
    CHECK(sim::mean(single.battle_deaths) > 10.0);
    CHECK(sim::mean(single.mob_deaths) > 3.0);
    CHECK(sim::mean(single.recruits) > 10.0);
    // Five in a hundred for natural deaths: in one year it matters in which week each of only 16 communities looks at its
    // infants.
    check_same(single, with_grain(10), 0.0, 0.05);
    check_same(single, with_grain(50), 0.0, 0.05);
}

TEST_CASE("births and deaths of many years are the same in any grain", "[metamorphic]") {
    test::SmallCountry country = test::quiet_country();
    country.steps = 10 * 52;
    country.output_every = 52;
    const auto figures_with = [&](int persons_per_agent) {
        country.persons_per_agent = persons_per_agent;
        country.agents_per_community = 1000 / persons_per_agent;
        return figures_of(country, 30);
    };
    const Figures single = figures_with(1);
    const Figures coarse = figures_with(20);
    check_means("population", single.population, coarse.population, 0.0);
    check_means("natural deaths", single.natural_deaths, coarse.natural_deaths, 0.01);
}

TEST_CASE("the length of the step does not move the means by more than its first order", "[metamorphic]") {
    test::SmallCountry country = steady_war();
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    constexpr std::uint32_t replicates = 80;
    const auto with_step = [&](int days) {
        country.step_days = days;
        country.steps = 364 / days;
        return figures_of(country, replicates);
    };
    const Figures week = with_step(7);
    // What happens in a step feeds back in the next: of memories with half-lives of 3 weeks and more, a week more of delay moves
    // few per cent.
    check_same(week, with_step(14), 0.05, 0.05);
}
