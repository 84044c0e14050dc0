// What must hold of the whole model beside metamorphic_test.cpp: strategies that do nothing or nothing yet; and the list of these
// properties in the ODD.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;

const std::string history = "[strategy]\nkind = \"historical\"\n";
const std::string announced = "[strategy]\n[announcement.a]\nmade = 2020-09-01\nexpected_end = 2020-12-01\n";

/// The hash of the state after each week of a strategy.
std::vector<std::uint64_t> hashes(const TransitionExperiment& experiment, std::size_t strategy) {
    test::Run run(experiment, 0, strategy);
    std::vector<std::uint64_t> all;
    run.to_end([&](sim::State& state, const sim::Step&) { all.push_back(state.hash()); });
    return all;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a strategy that changes nothing gives the same bits every week, whatever its name", "[metamorphic]") {
    test::SmallCountry country = test::stressed_country();
    country.persons_per_agent = 5;
    country.steps = 60;
    country.strategies = {{"historical", history}, {"a_copy", history}};
    const auto experiment = country.experiment();
    CHECK(hashes(experiment, 0) == hashes(experiment, 1));
}

TEST_CASE("two strategies are the same to the bit until the first week in which they differ, and not in that week",
          "[metamorphic]") {
    test::SmallCountry country = test::stressed_country();
    country.persons_per_agent = 5;
    country.steps = 60;
    // The plan that is announced is also known to all who look ahead from then on, and to nobody before.
    country.strategies = {{"silent", "[strategy]\n"}, {"announced", announced}};
    const auto experiment = country.experiment();
    const auto silent = hashes(experiment, 0);
    const auto told = hashes(experiment, 1);
    const auto first = std::mismatch(silent.begin(), silent.end(), told.begin()).first - silent.begin();
    CHECK(first == 35);  // the first week that begins after the announcement
    for (std::size_t week = 35; week < silent.size(); ++week) REQUIRE(silent[week] != told[week]);
}

TEST_CASE("every test that the ODD names for a property exists", "[odd]") {
    const std::filesystem::path root(SOURCE_DIR);
    std::string tests;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "tests"))
        if (entry.path().extension() == ".cpp") tests += text_of(entry.path());
    const std::string odd = text_of(root / "docs" / "ODD.md");
    const std::size_t from = odd.find("\n### 7.64 ");
    REQUIRE(from != std::string::npos);
    const std::string section = odd.substr(from, odd.find("\n## 8", from) - from);
    int named = 0;
    // Names of tests stand in typographic quotes, which nothing else there uses.
    for (std::size_t at = section.find("\xE2\x80\x9C"); at != std::string::npos; at = section.find("\xE2\x80\x9C", at + 1)) {
        const std::string name = section.substr(at + 3, section.find("\xE2\x80\x9D", at) - at - 3);
        INFO(name);
        CHECK(tests.find("TEST_CASE(\"" + name + "\"") != std::string::npos);
        ++named;
    }
    CHECK(named >= 20);
}
