#include "models/transition/levers.hpp"

#include <atomic>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/transition/result.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

using namespace drawdown;

namespace {

using Ends = std::pair<std::string, std::string>;

sim::FieldInfo number(double standard, sim::Range range, const char* type = "number") {
    sim::FieldInfo info;
    info.type = type;
    info.default_number = standard;
    info.number = standard;
    info.limits = range;
    return info;
}

std::vector<LeverResult> run(const test::SmallCountry& country, const std::vector<Lever>& levers, int threads) {
    const auto base = country.experiment();
    LeverExperiment experiment(base, levers, 3, 4, [&](const Lever& lever, const std::string& value) {
        test::SmallCountry moved = country;
        moved.sets.push_back(lever.key + "=" + value);
        return moved.experiment();
    });
    sim::EnsembleOptions options;
    options.replicates = experiment.runs();
    options.threads = threads;
    options.branching = false;
    sim::Progress progress;
    const std::atomic<bool> stop{false};
    sim::run_ensemble(experiment, options, progress, stop, [&](const std::vector<sim::RunResult>& runs) {
        for (const sim::RunResult& one : runs) experiment.take(one);
    });
    return experiment.results();
}

}  // namespace

TEST_CASE("a lever goes from one end of its range to the other, or from a quarter to four times its default", "[levers]") {
    CHECK(lever_ends(number(0.3, sim::between(0.0, 1.0))) == Ends{"0", "1"});
    CHECK(lever_ends(number(60, sim::between(30, 120), "integer")) == Ends{"30", "120"});
    CHECK(lever_ends(number(2.0, sim::at_least(0.0))) == Ends{"0.5", "8"});
    CHECK(lever_ends(number(2.0, sim::at_least(1.0))) == Ends{"1", "8"});
    CHECK(lever_ends(number(-2.0, sim::any_finite())) == Ends{"-8", "-0.5"});
    CHECK(lever_ends(number(0.0, sim::at_least(0.0))) == Ends{"0", "1"});
    CHECK(lever_ends(number(0.0, sim::at_least(-3.0))) == Ends{"-3", "-2"});
    sim::FieldInfo text;
    text.type = "text";
    CHECK(lever_ends(text) == Ends{"", ""});
    sim::FieldInfo choice;
    choice.type = "choice";
    choice.choices = {"none", "some", "all"};
    CHECK(lever_ends(choice) == Ends{"\"none\"", "\"all\""});
}

TEST_CASE("a pattern is a part of a key, or the whole of it with stars", "[levers]") {
    CHECK(fits("demography.fertility", "fert"));
    CHECK(fits("demography.fertility", "demography.*"));
    CHECK(fits("demography.fertility", "*.fertility"));
    CHECK(fits("demography.fertility", "demo*.f*y"));
    CHECK(fits("demography.fertility", "*"));
    CHECK_FALSE(fits("demography.fertility", "fertility.*"));
    CHECK_FALSE(fits("demography.fertility", "demo*graph"));
    CHECK_FALSE(fits("abc", "ab*bc"));
}

TEST_CASE("a verdict needs the whole interval on one side", "[levers]") {
    CHECK(judge({1.0, {0.5, 1.5}}, 1) == Verdict::as_expected);
    CHECK(judge({1.0, {0.5, 1.5}}, -1) == Verdict::against);
    CHECK(judge({-1.0, {-1.5, -0.5}}, -1) == Verdict::as_expected);
    CHECK(judge({-1.0, {-1.5, -0.5}}, 0) == Verdict::differs);
    CHECK(judge({1.0, {-0.5, 2.5}}, 1) == Verdict::no_effect);
    CHECK(judge({0.0, {0.0, 0.0}}, 1) == Verdict::no_effect);
}

TEST_CASE("every declared first outcome is recorded, and its label is one of the model's", "[levers]") {
    const auto experiment = test::stressed_country().experiment();
    std::vector<sim::FieldInfo> all = all_parameters(experiment.document());
    for (sim::FieldInfo& info : all_inputs()) all.push_back(std::move(info));
    int declared = 0;
    for (const sim::FieldInfo& info : all) {
        if (info.first_outcome.empty()) continue;
        CAPTURE(info.key, info.first_outcome);
        CHECK_FALSE(place_of(info.first_outcome, experiment).rows.empty());
        ++declared;
    }
    CHECK(declared > 0);
    CHECK(place_of("deaths/mob", experiment).rows.size() == 4);
    CHECK(place_of("deaths", experiment).rows.size() % 4 == 0);
    CHECK(place_of("deaths/mop", experiment).rows.empty());
    CHECK_THROWS_WITH(place_of("death", experiment), "no output is named death: did you mean deaths?");
}

TEST_CASE("the mean of an outcome is taken over its rows and intervals alone", "[levers]") {
    sim::Record record;
    record.integers = {{1, 10, 100, 3, 30, 300}, {}};
    record.floats = {{}, {0.5F, 1.5F}};
    CHECK(mean_outcome(record, {0, {1}}, 3) == 20.0);
    CHECK(mean_outcome(record, {0, {0, 2}}, 3) == 101.0);
    CHECK(mean_outcome(record, {1, {0}}, 1) == 1.0);
    sim::Record other = record;
    CHECK(hash_of(other) == hash_of(record));
    other.floats[1][1] = 1.25F;
    CHECK(hash_of(other) != hash_of(record));
}

TEST_CASE("planted levers are judged by what they do, the same for any number of threads", "[levers]") {
    test::SmallCountry country = test::quiet_country();
    country.steps = 40;
    country.persons_per_agent = 10;
    const std::vector<Lever> levers = {{"demography.fertility", false, "0", "0.4", "births", 1},
                                       {"demography.background_mortality", false, "0", "0.2", "natural_deaths", -1},
                                       {"demography.epidemic_excess", false, "0", "0.1", "births", 1},
                                       {"demography.fertility", false, "0", "0.4", "births", 0},
                                       {"demography.fertility", false, "-1", "0.4", "births", 0},
                                       {"demography.fertility", false, "0", "0.4", "berths", 1},
                                       {"demography.fertility", false, "0", "0.4", "deaths/mop", 1}};
    const std::vector<LeverResult> results = run(country, levers, 1);
    REQUIRE(results.size() == 7);
    CHECK(results[0].verdict == Verdict::as_expected);
    CHECK(results[0].low_mean == 0.0);
    CHECK(results[0].pairs == 4);
    CHECK_FALSE(results[0].same_bits);
    CHECK(results[1].verdict == Verdict::against);
    CHECK(results[2].verdict == Verdict::no_effect);  // no epidemic in a quiet country
    CHECK(results[2].same_bits);
    CHECK(results[2].difference.value == 0.0);  // the draws are the same at both ends
    CHECK(results[3].verdict == Verdict::differs);
    CHECK(results[4].verdict == Verdict::failed);
    CHECK(results[4].failure.find("out of range") != std::string::npos);
    CHECK(results[5].verdict == Verdict::failed);
    CHECK(results[5].failure == "no output is named berths: did you mean births?");
    CHECK(results[6].verdict == Verdict::failed);
    CHECK(results[6].failure == "the scenario has no rows of deaths/mop");
    CHECK(lever_table(results, true).find("| berths | - | + | could not be run |") != std::string::npos);
    CHECK(lever_json(results) == lever_json(run(country, levers, 4)));
    CHECK(lever_table(results, true).find("| demography.fertility | 0 | 0.4 | births |") != std::string::npos);
}

TEST_CASE("levers are found in processes, scenario tables and the strategy, but not in what sets grain and clock", "[levers]") {
    const auto experiment = test::stressed_country().experiment();
    std::set<std::string> keys;
    for (const Lever& lever : levers_of(experiment, false)) {
        CHECK(keys.insert(lever.key).second);
        CHECK(lever.low != lever.high);
    }
    CHECK(keys.count("demography.fertility") == 1);
    CHECK(keys.count("state.legitimacy") == 1);
    CHECK(keys.count("scenario.persons_per_agent") == 0);
    for (const Lever& lever : levers_of(experiment, true)) CHECK_FALSE(lever.outcome.empty());
}
