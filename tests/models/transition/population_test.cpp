#include "models/transition/population.hpp"

#include <cmath>
#include <numeric>

#include "models/transition/person_rows.hpp"
#include "models/transition/tally.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

/// Moves persons of the first agent of each community, as a process would.
struct Mover {
    static constexpr std::string_view name = "mover";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto writes = moved_columns;
    std::uint16_t persons = 1;
    NewSituation to{Status::fighter, 0, 0};
    std::uint16_t persons_per_agent = 10;

    [[nodiscard]] std::uint32_t reserve_rows() const { return 1; }
    void step(sim::Rows<Mover> rows, const sim::Step& /*now*/) const { move_persons(rows, 0, persons, to, persons_per_agent); }
};

constexpr auto everybody = [](std::size_t) { return true; };

}  // namespace

TEST_CASE("apportioned parts are whole, add up exactly and are within one of their share", "[population]") {
    sim::Rng rng(sim::stream_key(3, "apportion"), 0, {0, 0}, 0);
    for (int i = 0; i < 300; ++i) {
        std::vector<double> weights(1 + rng.below(12));
        for (double& w : weights) w = rng.bernoulli(0.2) ? 0.0 : rng.uniform();
        const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
        const std::int64_t whole = rng.below(100'000);
        const auto parts = apportion(whole, weights);
        if (sum > 0.0) CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == whole);
        for (std::size_t k = 0; k < parts.size() && sum > 0.0; ++k) {
            CHECK(std::abs(static_cast<double>(parts[k]) - static_cast<double>(whole) * weights[k] / sum) < 1.0 + 1e-9);
            if (weights[k] == 0.0) CHECK(parts[k] == 0);
        }
    }
    CHECK(apportion(5, std::vector{1.0, 1.0, 1.0}) == std::vector<std::int64_t>{2, 2, 1});  // ties to the earlier
    CHECK(apportion(7, std::vector{0.0, 0.0}) == std::vector<std::int64_t>{0, 0});
    CHECK(apportion(0, std::vector{1.0}) == std::vector<std::int64_t>{0});
}

TEST_CASE("the plan of a population adds up to what the scenario says, to the person", "[population]") {
    const auto experiment = test::stressed_country().experiment();
    const Inputs& inputs = experiment.inputs();
    const PopulationPlan plan = plan_population(inputs);
    std::vector<std::int64_t> by_region(inputs.regions.size(), 0);
    std::vector<std::int64_t> fighters(inputs.groups.size(), 0);
    std::vector<std::int64_t> former(inputs.groups.size(), 0);
    std::int64_t security = 0;
    for (const auto& community : plan.communities) {
        by_region[community.region] += community.persons;
        security += community.security;
        for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
            fighters[g] += community.fighters[g];
            former[g] += community.former_fighters[g];
        }
    }
    for (std::size_t r = 0; r < by_region.size(); ++r) CHECK(by_region[r] == inputs.regions[r].population);
    CHECK(security == 100);
    for (std::size_t g = 0; g < inputs.groups.size(); ++g) {
        CHECK(fighters[g] == std::llround(inputs.groups[g].fighters));
        CHECK(former[g] == std::llround(inputs.groups[g].former_fighters));
    }
}

TEST_CASE("a population begins with the persons, fighters and forces of its scenario, in any grain", "[population]") {
    const int persons_per_agent = GENERATE(1, 7, 100);
    test::SmallCountry country = test::stressed_country();
    country.persons_per_agent = persons_per_agent;
    country.agents_per_community = std::max(20, 1000 / persons_per_agent);
    const auto experiment = country.experiment();
    test::Run run(experiment);
    CHECK(run.state().of(country::population)[0] == 16'000);
    CHECK(test::count_persons(run.state(), everybody) == 16'000);
    CHECK(test::count_persons(run.state(), Status::security) == 100);
    CHECK(test::count_persons(run.state(), Status::fighter) == 160);
    CHECK(test::count_persons(run.state(), Status::former_fighter) == 200);
    for (std::size_t r = 0; r < 4; ++r) CHECK(run.state().of(region::population)[r] == 4000);
}

TEST_CASE("refugees and displaced persons of the scenario are away from the start, by past violence, at any grain",
          "[population]") {
    const int persons_per_agent = GENERATE(1, 100);
    test::SmallCountry country = test::quiet_country();
    country.persons_per_agent = persons_per_agent;
    country.agents_per_community = std::max(20, 1000 / persons_per_agent);
    country.regions[0].past_violence = 0.6;
    country.regions[1].past_violence = 0.0;
    country.regions[2].past_violence = 0.4;
    country.tables += "[society]\nrefugees_abroad = 300\ndisplaced = 200\nyears_away = 5\n";
    const auto experiment = country.experiment();
    test::Run run(experiment);
    sim::State& state = run.state();
    CHECK(test::count_persons(state, Status::refugee) == 300);
    CHECK(test::count_persons(state, Status::displaced) == 200);
    CHECK(state.of(region::refugees)[1] == 0);
    CHECK(state.of(region::refugees)[0] > state.of(region::refugees)[2]);  // 0.6 against 0.4 of past violence
    CHECK(state.of(region::displaced)[1] == 200);                          // it borders both
    const auto status = state.of(person::status);
    const auto age = state.of(person::age);
    const auto away = state.of(person::away);
    CHECK(test::count_persons(state, [&](std::size_t i) { return lives_away(status[i]) && away[i] == 20; }) == 500);
    CHECK(test::count_persons(state, [&](std::size_t i) { return lives_away(status[i]) && age[i] < 15; }) > 100);
    CHECK(test::count_persons(state, everybody) == 9000);
}

TEST_CASE("forces that outnumber the adults who could serve are refused or raised in full", "[population]") {
    test::SmallCountry country = test::quiet_country();
    country.army = 6000.0;  // of 9,000 persons, 42 % of them children
    country.steps = 1;
    const auto set_up = [&] {
        const auto experiment = country.experiment();
        test::Run run(experiment);
        return test::count_persons(run.state(), Status::security);
    };
    bool refused = false;
    std::int64_t raised = 0;
    try {
        raised = set_up();
    } catch (const sim::InputError&) {
        refused = true;
    }
    CHECK((refused || raised == 6020));
}

TEST_CASE("a coarse population raises the forces that a one-to-one population raises", "[population]") {
    // Nearly a fifth of all people: as many as there are men of 18 to 50.
    const int persons_per_agent = GENERATE(1, 100);
    test::SmallCountry country = test::quiet_country();
    country.persons_per_agent = persons_per_agent;
    country.agents_per_community = std::max(20, 1000 / persons_per_agent);
    country.army = 1750.0;
    country.police = 0.0;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    CHECK(test::count_persons(run.state(), Status::security) == 1750);
}

TEST_CASE("ages, sexes and identities are drawn with the scenario's shares", "[population]") {
    test::SmallCountry country = test::quiet_country();
    for (auto& region : country.regions) region.population = 20'000;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    const auto age = run.state().of(person::age);
    const auto sex = run.state().of(person::sex);
    const auto identity = run.state().of(person::identity);
    const double n = 60'000.0;
    const auto check_share = [&](const auto& which, double p) {
        CHECK_THAT(static_cast<double>(test::count_persons(run.state(), which)),
                   WithinAbs(n * p, 5.0 * std::sqrt(n * p * (1.0 - p))));
    };
    check_share([&](std::size_t i) { return sex[i] == 0 && age[i] < 15; }, 0.2116);
    check_share([&](std::size_t i) { return sex[i] == 1 && age[i] >= 25 && age[i] < 45; }, 0.1302);
    check_share([&](std::size_t i) { return age[i] >= 65; }, 0.0160 + 0.0170);
    CHECK(test::count_persons(run.state(), [&](std::size_t i) { return age[i] > 90; }) == 0);
    // Communities go to identities in whole numbers (67 a region), and nine in ten persons are of their community's.
    const double hill =
        static_cast<double>(test::count_persons(run.state(), [&](std::size_t i) { return identity[i] == 0; })) / n;
    CHECK_THAT(hill, WithinAbs((0.7 + 0.5 + 0.2) / 3.0, 0.02));
}

TEST_CASE("persons who move are split off in whole numbers, and join others of their kind", "[population]") {
    test::Tiny tiny({.regions = 2, .communities = {2}, .free_rows = 4}, Mover{.persons = 3, .to = {Status::fighter, 1, 0}});
    test::settle_persons(tiny.state());
    test::fill(tiny[person::weight].first(2), 10);
    tiny[person::grievance][0] = 0.9F;
    const auto rows = [&] { return tiny.state().table("person").segments[0].count; };

    tiny.run();  // three become fighters: a new agent
    CHECK(rows() == 3);
    CHECK(tiny[person::weight][0] == 7);
    CHECK(tiny[person::weight][2] == 3);
    CHECK(tiny[person::status][2] == static_cast<int>(Status::fighter));
    CHECK(tiny[person::location][2] == 1);
    CHECK(tiny[person::grievance][2] == 0.9F);

    tiny[person::grievance][0] = 0.3F;
    tiny.run();  // three more join them, attitudes blend
    CHECK(rows() == 3);
    CHECK(tiny[person::weight][2] == 6);
    CHECK_THAT(tiny[person::grievance][2], WithinAbs(0.6, 1e-6));
    tiny.run();
    CHECK(tiny[person::weight][2] == 9);
    CHECK(tiny[person::weight][0] == 1);
    CHECK(test::count_persons(tiny.state(), everybody) == 20);

    tiny[person::weight][0] = 6;
    tiny[person::weight][1] = 0;
    tiny.run();  // no room among ten: the row of the dead is taken
    CHECK(rows() == 3);
    CHECK(tiny[person::weight][1] == 3);
    CHECK(tiny[person::status][1] == static_cast<int>(Status::fighter));
    CHECK(tiny[person::weight][0] == 3);
    tiny.run();  // all that are left: the agent changes as a whole
    CHECK(rows() == 3);
    CHECK(tiny[person::weight][0] == 3);
    CHECK(tiny[person::status][0] == static_cast<int>(Status::fighter));
}

TEST_CASE("persons of another sex, age band or identity do not blend", "[population]") {
    for (int trait = 0; trait < 4; ++trait) {
        test::Tiny tiny({.regions = 2, .communities = {2}, .free_rows = 4}, Mover{.persons = 3, .to = {Status::fighter, 1, 0}});
        test::settle_persons(tiny.state());
        test::fill(tiny[person::weight].first(2), 5);
        tiny[person::status][1] = static_cast<std::uint8_t>(Status::fighter);
        tiny[person::location][1] = 1;
        tiny[person::group][1] = 0;
        if (trait == 1) tiny[person::sex][1] = 1;
        if (trait == 2) tiny[person::age][1] = 61;
        if (trait == 3) tiny[person::identity][1] = 1;
        tiny.run();
        CHECK(tiny[person::weight][1] == (trait == 0 ? 8 : 5));
        CHECK(tiny.state().table("person").segments[0].count == (trait == 0 ? 2 : 3));
    }
}

TEST_CASE("who moves joins only those of about the same age", "[population]") {
    const auto joined = [](std::uint8_t there, std::uint8_t comes) {
        test::Tiny tiny({.regions = 2, .communities = {2}, .free_rows = 4}, Mover{.persons = 3, .to = {Status::displaced, 1, 0}});
        test::settle_persons(tiny.state());
        test::fill(tiny[person::weight].first(2), 5);
        tiny[person::status][1] = static_cast<std::uint8_t>(Status::displaced);
        tiny[person::location][1] = 1;
        tiny[person::group][1] = 0;
        tiny[person::age][0] = comes;
        tiny[person::age][1] = there;
        tiny[person::harm][0] = 200;
        tiny[person::harm][1] = 40;
        tiny.run();
        if (tiny[person::weight][1] != 8) return false;
        CHECK(tiny[person::harm][1] == 100);  // (5 x 40 + 3 x 200) / 8: memories go along
        return true;
    };
    CHECK(joined(40, 40));
    CHECK(joined(40, 43));
    CHECK_FALSE(joined(40, 44));
    CHECK_FALSE(joined(1, 12));  // a child who comes home does not become an infant
    CHECK_FALSE(joined(0, 1));
    CHECK_FALSE(joined(29, 30));  // age bands are counted apart
}

TEST_CASE("few agents differ from each other as many do", "[population]") {
    for (const std::uint32_t trait : {0U, livelihood_trait}) {
        double mean_square = 0.0;  // of the mean of twenty rows, over communities
        double spread_square = 0.0;
        constexpr std::uint32_t communities = 200;
        for (std::uint32_t key = 0; key < communities; ++key) {
            double sum = 0.0;
            double squares = 0.0;
            for (std::uint32_t row = 0; row < 20; ++row) {
                const double x = personal_deviation(key, row, trait);
                REQUIRE((x >= -0.5 && x <= 0.5));
                sum += x / 20.0;
                squares += x * x / 20.0;
            }
            mean_square += sum * sum / communities;
            spread_square += (squares - 1.0 / 12.0) * (squares - 1.0 / 12.0) / communities;
        }
        // Independent draws would leave 0.065 and 0.017.
        CHECK(std::sqrt(mean_square) < 0.05);
        CHECK(std::sqrt(spread_square) < 0.006);
    }
    // The two traits of a person have nothing to do with each other.
    double product = 0.0;
    for (std::uint32_t row = 0; row < 2000; ++row)
        product += personal_deviation(7, row) * personal_deviation(7, row, livelihood_trait) / 2000.0;
    CHECK_THAT(product, WithinAbs(0.0, 0.005));
}

TEST_CASE("the tally counts every person once, by place and situation, and means of adults at home", "[population]") {
    auto country = test::stressed_country();
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    country.steps = 60;
    const auto experiment = country.experiment();
    test::Run run(experiment);
    run.to_end();
    sim::State& state = run.state();
    const auto status = state.of(person::status);
    const auto location = state.of(person::location);
    const auto age = state.of(person::age);
    const auto communities = state.table("person").segments;
    double grievance = 0.0;
    double adults = 0.0;
    for (std::size_t c = 0; c < communities.size(); ++c) {
        if (state.of(community::region)[c] != 2) continue;
        for (std::size_t i = communities[c].begin; i < communities[c].begin + communities[c].count; ++i) {
            if (!lives_at_home(status[i]) || age[i] < 15) continue;
            adults += state.of(person::weight)[i];
            grievance += state.of(person::weight)[i] * static_cast<double>(state.of(person::grievance)[i]);
        }
    }
    CHECK(static_cast<double>(state.of(region::adults)[2]) == adults);
    CHECK_THAT(state.of(region::grievance)[2], WithinAbs(grievance / adults, 1.0 / fixed_one));  // fixed point, rounded down
    const std::int64_t sites = test::count_persons(state, Status::site);
    CHECK(test::total(state.of(region::sites)) == sites);
    CHECK(test::total(state.of(region::displaced)) == test::count_persons(state, Status::displaced) + sites);
    CHECK(test::total(state.of(region::cantoned)) == test::count_persons(state, Status::canton));
    CHECK(test::total(state.of(region::in_programme)) == test::count_persons(state, Status::programme));
    CHECK(test::total(state.of(region::reintegrated)) == test::count_persons(state, Status::reintegrated));
    CHECK(test::total(state.of(region::refugees)) == test::count_persons(state, Status::refugee));
    CHECK(test::total(state.of(region::former)) == test::count_persons(state, Status::former_fighter));
    CHECK(test::total(state.of(region::security)) == test::count_persons(state, Status::security));
    CHECK(test::total(state.of(region_group::fighters)) == test::count_persons(state, Status::fighter));
    CHECK(state.of(region::population)[2] == test::count_persons(state, [&](std::size_t i) {
              return location[i] == 2 && status[i] != static_cast<int>(Status::refugee);
          }));
    // The census of a recorded week agrees with the tally.
    for (std::size_t r = 0; r < 4; ++r) {
        std::int64_t counted = 0;
        std::int64_t displaced = 0;
        for (std::size_t k = 0; k < cohort_count; ++k) {
            counted += state.of(region_cohort::population)[r * cohort_count + k];
            displaced += state.of(region_cohort::displaced)[r * cohort_count + k];
        }
        CHECK(counted == state.of(region::population)[r]);
        CHECK(displaced == state.of(region::displaced)[r]);
    }
    CHECK(state.of(country::displaced)[0] > 0);
}
