#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "models/forecast/forecast.hpp"
#include "models/forecast/generic_country.hpp"
#include "models/forecast/scores.hpp"
#include "models/transition/inputs.hpp"
#include "tests/catch.hpp"

namespace drawdown {
namespace {

constexpr const char* header =
    "id,population_m,gdppc_rounded,trigger,drawdown_months,mission_months,deaths_12m_before,"
    "deaths_13_24m_before,deaths_25_60m_before,deaths_monthly_60_to_1_before\n";

std::vector<ExitRow> read(const std::string& lines, sim::Diagnostics& findings) {
    const auto path = std::filesystem::temp_directory_path() / "drawdown_exits_test.csv";
    std::ofstream(path) << header << lines;
    return read_exits(path.string(), findings);
}

std::string message_for(const std::string& lines) {
    sim::Diagnostics findings;
    (void)read(lines, findings);
    REQUIRE_FALSE(findings.empty());
    return findings.findings().front().message;
}

Member member(double before, double after) {
    Member m;
    m.deaths_before = before;
    m.deaths.fill(after);
    return m;
}

TEST_CASE("what a row of exits leaves empty is unknown, and its months add up to what it leaves empty", "[forecast]") {
    sim::Diagnostics findings;
    const auto rows = read("A,2.5,,consent-loss,,,,,,NA 7 0 0 0 0 0 0 0 0 0 0 5 1\n", findings);
    REQUIRE(findings.empty());
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].population == 2.5e6);
    CHECK_FALSE(rows[0].income);
    CHECK(rows[0].trigger == Trigger::host);
    CHECK(rows[0].deaths[0] == 6.0);  // the last twelve months
    CHECK_FALSE(rows[0].deaths[1]);   // a year of which only two months are told
}

TEST_CASE("absurd rows of exits are refused with the value and what is allowed", "[forecast]") {
    using Catch::Matchers::Contains;
    CHECK_THAT(message_for("A,-3,,,,,,,,\n"), Contains("population_m") && Contains("0.1"));
    CHECK_THAT(message_for("A,3,1e9,,,,,,,\n"), Contains("gdppc_rounded"));
    CHECK_THAT(message_for("A,3,,,,,-1,,,\n"), Contains("deaths_12m_before"));
    CHECK_THAT(message_for("A,3,,,,,,,,1 2 many\n"), Contains("many"));
    CHECK_THAT(message_for("A,3,,,30,20,,,,\n"), Contains("longer than mission_months"));
    CHECK_THAT(message_for("A,3,,,,,,,,\nA,3,,,,,,,,\n"), Contains("stands twice"));
    CHECK_THAT(message_for("A,3,,,,,9,,,0 0 0 0 0 0 0 0 0 0 0 0 1 1\n"), Contains("add up to 2"));
}

TEST_CASE("the members kept are those whose year before comes nearest to what was seen", "[forecast]") {
    const std::vector<Member> candidates = {member(0, 1), member(100, 2), member(90, 3), member(1000, 4)};
    const auto kept = nearest(candidates, 95.0, 2);
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].deaths[0] + kept[1].deaths[0] == 5.0);
    CHECK(nearest(candidates, std::nullopt, 2)[0].deaths[0] == 1.0);
}

TEST_CASE("the CRPS of one member is its distance, of a wide ensemble less than that of a wrong one", "[forecast]") {
    CHECK(crps({2.0}, 5.0) == 3.0);
    // Two members 0 and 1, observation 0: mean distance 1/2, half the mean distance between members 1/4.
    CHECK(crps({0.0, 1.0}, 0.0) == 0.25);
    CHECK(crps({0.0, 1.0, 2.0}, 1.0) < crps({3.0, 4.0, 5.0}, 1.0));
}

TEST_CASE("Brier and logarithmic score are smallest for the chance that was right", "[forecast]") {
    CHECK(brier_score(1.0, true) == 0.0);
    CHECK(brier_score(0.3, false) == Approx(0.09));
    CHECK(log_score(0.0, true) == Approx(-std::log(0.01)));
    CHECK(log_score(0.5, true) == Approx(std::log(2.0)));
}

TEST_CASE("coverage counts the exit-years within the bands, and apart those whose band does not begin at zero", "[forecast]") {
    std::vector<ExitRow> rows(2);
    std::vector<Outcome> outcomes(2);
    std::vector<Forecast> forecasts(2);
    for (std::size_t i = 0; i < 2; ++i) {
        rows[i].id = outcomes[i].id = forecasts[i].id = std::to_string(i);
        rows[i].population = 1e6;
        for (int k = 0; k <= 100; ++k) {
            Member member;
            // Exit A: 0 or 100 deaths, half of the members each; exit B: 100 to 200.
            member.deaths.fill(i == 0 ? (k % 2 == 0 ? 0.0 : 100.0) : 100.0 + k);
            forecasts[i].members.push_back(member);
        }
    }
    outcomes[0].deaths = {0.0, 0.0, 50.0, 100.0, std::nullopt};
    outcomes[1].deaths = {150.0, 120.0, 99.0, std::nullopt, std::nullopt};
    const Backtest seen = score(rows, forecasts, outcomes);
    CHECK(seen.years == 7);
    CHECK(seen.covered_50 == Approx(5.0 / 7.0));
    CHECK(seen.covered_90 == Approx(6.0 / 7.0));
    CHECK(seen.above_zero == 3);
    CHECK(seen.covered_50_above_zero == Approx(1.0 / 3.0));
}

TEST_CASE("rank correlation sees order alone", "[forecast]") {
    const std::vector<double> x = {1, 2, 3, 4}, up = {10, 100, 1000, 1e6}, down = {4, 3, 2, 1};
    CHECK(rank_correlation(x, up) == Approx(1.0));
    CHECK(rank_correlation(x, down) == Approx(-1.0));
}

TEST_CASE("every row becomes a country that can be read", "[forecast]") {
    sim::Diagnostics findings;
    const auto rows = read(
        "A,0.2,,,,,,,,\nB,900,900,consent-loss,3,20,5000,,,\nC,4,80000,calendar,100,120,0,0,0,\nD,8,,war,1,2,12,,,\n", findings);
    REQUIRE(findings.empty());
    const std::string folder = std::string(SOURCE_DIR) + "/scenarios/generic/";
    for (const ExitRow& row : rows) {
        INFO(row.id);
        const auto path = std::filesystem::temp_directory_path() / "drawdown_row_test.toml";
        std::ofstream(path) << overlay_of(row, {});
        const auto document = sim::Document::read(folder + "scenario.toml", {path.string()}, {}, findings, scenario_units());
        const ScenarioFiles files = read_files(document, findings);
        const Inputs in = read_inputs(document, files, sim::Sampler::central(), findings);
        CHECK(findings.empty());
        for (const auto& finding : findings.findings()) UNSCOPED_INFO(finding.text());
        CHECK(static_cast<double>(in.total_population()) == Approx(row.population).epsilon(0.001));
    }
}

TEST_CASE("strength falls in a straight line to nobody on the day of the exit", "[forecast]") {
    sim::Diagnostics findings;
    auto rows = read("A,3,,,24,60,,,,\n", findings);
    rows[0].peak_uniformed = 4000.0;
    const auto exit = *sim::Date::parse("2020-01-01");
    const std::string csv = strength_of(rows[0], {{"here"}, {1.0}}, *sim::Date::parse("2019-01-01"), exit);
    CHECK(csv.find("2019-01-01,here,1699,0,160,140,300\n") != std::string::npos);  // half way down, of 365 in 730.5 days
    CHECK(csv.find("2020-01-01,here,0,0,0,0,0\n") != std::string::npos);
}

}  // namespace
}  // namespace drawdown
