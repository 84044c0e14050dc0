#include "sim/result_file.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "sim/errors.hpp"
#include "sim/result_reader.hpp"
#include "tests/catch.hpp"
#include "tests/sim/result_file_support.hpp"
#include "tests/sim/temporary_folder.hpp"

using sim::FileError;
namespace fs = std::filesystem;

TEST_CASE("a result that is written reads back as it was") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("sample.nc");
    test::sample_result().write(path);
    REQUIRE(folder.files() == 1);

    const sim::ResultReader file(path);
    REQUIRE(file.axes() == std::vector<sim::Axis>{{"strategy", 2, false},
                                                  {"replicate", 3, false},
                                                  {"time", 5, false},
                                                  {"region", 4, false},
                                                  {"bnds", 2, false},
                                                  {"parameter", 2, false},
                                                  {"event", 6, true},
                                                  {"scenario_line", 3, false}});
    REQUIRE(file.variables().size() == 15);
    REQUIRE(file.variables().front().name == "replicate");
    REQUIRE(file.variables().back().name == "provenance/schema");
    REQUIRE(file.attributes() ==
            std::vector<sim::Attribute>{
                {"Conventions", "CF-1.10"}, {"title", "a sample"}, {"seed", std::int64_t{1} << 60U}, {"fraction", 0.125}});

    const std::vector<float> level = test::sample_levels();
    const std::vector<double> read = file.read_doubles("level");
    REQUIRE(read.size() == level.size());
    for (std::size_t k = 0; k < read.size(); ++k) {
        REQUIRE((read[k] == static_cast<double>(level[k]) || (std::isnan(read[k]) && std::isnan(level[k]))));
    }
    const sim::StoredVariable& about = file.variable("level");
    REQUIRE(about.axes == std::vector<std::string>{"strategy", "replicate", "time", "region"});
    REQUIRE(about.type == sim::Type::float32);
    REQUIRE(about.text("long_name") == "level, in °");
    REQUIRE(about.text("coordinates") == "strategy_name region_name");
    REQUIRE(about.text("absent").empty());

    const std::vector<std::size_t> offset{1, 2, 4, 1}, count{1, 1, 1, 3};
    REQUIRE(file.read_doubles("arrivals", offset, count) == std::vector<double>{117 * 117, 118 * 118, 119 * 119});
    REQUIRE(file.read_integers("summary/ends") == std::vector<std::int64_t>{1, -1, 3, 4, 5, std::int64_t{1} << 60U});
    REQUIRE(file.read_doubles("events/week") == std::vector<double>{1, 1, 2, 3, 5, 8});
    REQUIRE(file.variable("events/kind").text("flag_meanings") == "start hand_over end");
    REQUIRE(file.read_texts("region_name") == std::vector<std::string>{"Río", "Bong", "Łódź", ""});
    REQUIRE(file.read_texts("provenance/scenario") == std::vector<std::string>{"[scenario]", "", "name = \"sample\""});
    REQUIRE(file.read_doubles("provenance/schema") == std::vector<double>{1.0});
    REQUIRE(file.contains("replicate"));
    REQUIRE_FALSE(file.contains("strategy"));  // an axis without coordinates
    REQUIRE_THROWS_AS(file.variable("strategy"), FileError);
    REQUIRE_THROWS_AS(file.read_doubles("region_name"), FileError);
    REQUIRE_THROWS_AS(file.read_texts("level"), FileError);
    REQUIRE_THROWS_AS(file.read_integers("level"), FileError);
    REQUIRE_THROWS_AS(file.read_doubles("arrivals", offset, std::vector<std::size_t>{1, 2, 1, 1}), FileError);
}

TEST_CASE("the same calls make the same bytes, in this process and in another") {
    REQUIRE(test::sample_result().finish() == test::sample_result().finish());

    // Fresh memory is filled with another pattern there: bytes that nobody set would show.
    const test::TemporaryFolder folder;
    const std::string program = fs::read_symlink("/proc/self/exe").string();
    const std::string path = folder.path("other.nc");
    const std::string command = "SAMPLE_FILE='" + path + "' MALLOC_PERTURB_=165 '" + program + "' 'write the sample' > /dev/null";
    REQUIRE(std::system(command.c_str()) == 0);
    REQUIRE(test::slurp(path) == test::sample_result().finish());
}

TEST_CASE("write the sample", "[.]") {  // for the test above, and for tests/cli/result_readers.py
    if (const char* path = std::getenv("SAMPLE_FILE")) test::sample_result().write(path);
}

TEST_CASE("a result opens in every reader") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("sample.nc");
    test::sample_result().write(path);
    REQUIRE(std::system(("/usr/bin/python3 " SOURCE_DIR "/tests/cli/result_readers.py '" + path + "' > /dev/null").c_str()) == 0);
}

TEST_CASE("an unlimited axis may stay empty, and gaps are missing values") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("gaps.nc");
    sim::ResultWriter writer;
    writer.axis("replicate", 3);
    writer.unlimited_axis("event");
    writer.variable(
        {.name = "events/week", .axes = {"event"}, .values = std::span<const std::int32_t>{}, .long_name = "step", .units = "1"});
    writer.variable({.name = "level", .axes = {"replicate"}, .values = sim::Type::float32, .long_name = "level", .units = "1"});
    writer.variable(
        {.name = "count", .axes = {"replicate"}, .values = sim::Type::int32, .long_name = "count", .units = "1", .missing = -9});
    writer.write_slab("level", std::vector<std::size_t>{1}, std::vector<std::size_t>{1}, std::vector<float>{2.5F});
    writer.write_slab("count", std::vector<std::size_t>{2}, std::vector<std::size_t>{1}, std::vector<std::int32_t>{7});
    writer.write(path);

    const sim::ResultReader file(path);
    REQUIRE(file.axes().back() == sim::Axis{"event", 0, true});
    REQUIRE(file.read_doubles("events/week").empty());
    const std::vector<double> level = file.read_doubles("level");
    REQUIRE((std::isnan(level[0]) && level[1] == 2.5 && std::isnan(level[2])));
    REQUIRE(file.read_integers("count") == std::vector<std::int64_t>{-9, -9, 7});
    REQUIRE(std::system(("/usr/bin/python3 " SOURCE_DIR "/tests/cli/result_readers.py '" + path + "' > /dev/null").c_str()) == 0);
}

TEST_CASE("misuse of the writer is refused") {
    using Ints = std::vector<std::int32_t>;
    sim::ResultWriter writer;
    writer.axis("region", 2);
    writer.unlimited_axis("event");
    const auto refused = [&](const sim::Variable& variable) {
        REQUIRE_THROWS_AS(writer.variable(variable), std::invalid_argument);
    };
    REQUIRE_THROWS_AS(writer.axis("region", 3), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("empty", 0), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("two words", 1), std::invalid_argument);
    refused({.name = "a", .axes = {"regoin"}, .values = Ints{1, 2}, .long_name = "a", .units = "1"});
    refused({.name = "b", .axes = {"region"}, .values = Ints{1, 2}, .units = "1"});
    refused({.name = "c", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "c"});
    refused({.name = "d", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "d", .units = "days"});
    refused({.name = "e", .axes = {"region", "event"}, .values = Ints{1, 2}, .long_name = "e", .units = "1"});
    refused({.name = "f", .axes = {"region"}, .values = Ints{1, 2, 3}, .long_name = "f", .units = "1"});
    refused({.name = "g", .axes = {"region"}, .values = std::vector<std::string>{"caf\xE9", "b"}, .long_name = "g"});
    refused({.name = "h", .axes = {"region"}, .values = std::vector<std::string>{std::string("a\0b", 3), "b"}, .long_name = "h"});
    refused({.name = "event", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "event", .units = "1"});
    refused({.name = "a/../b", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "b", .units = "1"});
    REQUIRE_THROWS_AS(writer.attribute("long", std::string(70'000, 'x')), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.write_slab("absent", {}, {}, Ints{}), std::invalid_argument);
}

TEST_CASE("a result is not finished with gaps that would read as numbers, or labels that are not there") {
    const auto finish_with = [](const sim::Variable& variable) {
        sim::ResultWriter writer;
        writer.axis("region", 2);
        writer.variable(variable);
        return writer.finish();
    };
    const std::vector<std::int32_t> two{1, 2};
    REQUIRE_THROWS_AS(finish_with({.name = "a", .axes = {"region"}, .values = sim::Type::int32, .long_name = "a", .units = "1"}),
                      std::invalid_argument);
    REQUIRE_THROWS_AS(finish_with({.name = "a", .axes = {"region"}, .values = sim::Type::text, .long_name = "a"}),
                      std::invalid_argument);
    REQUIRE_THROWS_AS(
        finish_with(
            {.name = "a", .axes = {"region"}, .values = two, .long_name = "a", .units = "1", .coordinates = "region_name"}),
        std::invalid_argument);
    sim::ResultWriter writer = test::sample_result();
    static_cast<void>(writer.finish());
    REQUIRE_THROWS_AS(writer.finish(), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("late", 1), std::invalid_argument);
}

TEST_CASE("chunks hold whole cells of strategy and replicate") {
    using Sizes = std::vector<std::size_t>;
    const auto chunk = [](const Sizes& shape, bool unlimited = false) { return sim::automatic_chunk(shape, unlimited, 4); };
    REQUIRE(chunk({6, 1000, 520, 15}) == Sizes{1, 1, 520, 15});
    REQUIRE(chunk({6, 1000, 15}) == Sizes{1, 68, 15});
    REQUIRE(chunk({6, 3, 15}) == Sizes{1, 3, 15});
    REQUIRE(chunk({15, 15}).empty());
    REQUIRE(chunk({6, 1000}) == Sizes{6, 1000});
    REQUIRE(chunk({0}, true) == Sizes{4096});
    REQUIRE(chunk({2, 2, 2'000'000}) == Sizes{1, 1, 1'000'000});
    REQUIRE(chunk({}).empty());
}
