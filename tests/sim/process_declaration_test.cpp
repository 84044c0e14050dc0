// What processes declare: which of them share a pass, and which access compiles.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/process.hpp"
#include "tests/catch.hpp"
#include "tests/engine_support.hpp"
#include "tests/sim/temporary_folder.hpp"
#include "tests/sim/toy_columns.hpp"

namespace {

namespace bug = test::bug;
namespace site = test::site;
namespace world = test::world;

constexpr sim::Column<"tree.height", double> height{"m", "height"};

// Lists of columns for processes that do nothing but declare.

constexpr auto none = sim::columns();
constexpr auto energy = sim::columns(bug::energy);
constexpr auto colour = sim::columns(bug::colour);
constexpr auto level = sim::columns(site::level);
constexpr auto seen = sim::columns(site::seen);
constexpr auto total = sim::columns(world::total);
constexpr auto heat = sim::columns(world::heat);

template <sim::Name ProcessName, const auto& Reads, const auto& Looks, const auto& Writes, const auto& Adds>
struct Declared {
    static constexpr std::string_view name = ProcessName.view();
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = Reads;
    static constexpr auto looks = Looks;
    static constexpr auto writes = Writes;
    static constexpr auto adds = Adds;
    void step(sim::Rows<Declared> /*rows*/, const sim::Step& /*now*/) const {}
};

struct OfTrees {
    static constexpr std::string_view name = "of_trees";
    static constexpr std::string_view table = "tree";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(height);
    void step(sim::Rows<OfTrees> /*rows*/, const sim::Step& /*now*/) const {}
};

struct OfAll {
    static constexpr std::string_view name = "of_all";
    static constexpr auto writes = sim::columns(world::heat);
    void step(sim::View<OfAll> /*view*/, const sim::Step& /*now*/) const {}
};

using Passes = std::vector<std::pair<std::size_t, std::size_t>>;

template <class... Ps>
Passes passes(Ps... processes) {
    return test::Engine(processes...).schedule().passes();
}

const Passes together{{0, 2}};
const Passes apart{{0, 1}, {1, 2}};

}  // namespace

TEST_CASE("row processes that see nothing of each other's other rows share a pass", "[process]") {
    CHECK(passes(Declared<"a", energy, heat, colour, total>{}, Declared<"b", colour, heat, energy, none>{},
                 Declared<"c", level, none, energy, none>{}) == Passes{{0, 3}});
    // What an earlier process does to the same rows and to their owner is done when the next one comes.
    CHECK(passes(Declared<"a", none, none, energy, none>{}, Declared<"b", energy, none, energy, none>{}) == together);
    CHECK(passes(Declared<"a", none, none, level, none>{}, Declared<"b", level, none, level, none>{}) == together);
    CHECK(passes(Declared<"a", none, none, none, total>{}, Declared<"b", none, none, none, total>{}) == together);
}

TEST_CASE("a pass ends before a process that looks at what an earlier one changes", "[process]") {
    CHECK(passes(Declared<"a", none, none, level, none>{}, Declared<"b", none, level, seen, none>{}) == apart);
    CHECK(passes(Declared<"a", none, none, none, total>{}, Declared<"b", none, total, energy, none>{}) == apart);
    // Not the neighbour, but the first of the pass stands in the way.
    CHECK(passes(Declared<"a", none, none, level, none>{}, Declared<"b", energy, none, none, none>{},
                 Declared<"c", none, level, none, none>{}, Declared<"d", none, level, energy, none>{}) == Passes{{0, 2}, {2, 4}});
}

TEST_CASE("a pass ends before a process that changes what an earlier one looks at", "[process]") {
    CHECK(passes(Declared<"a", none, level, seen, none>{}, Declared<"b", none, none, level, none>{}) == apart);
    // Sums show when the pass has ended: until then whoever looks sees those of the last one.
    CHECK(passes(Declared<"a", none, total, seen, none>{}, Declared<"b", none, none, none, total>{}) == together);
}

TEST_CASE("a pass never has a sum and one after it who reads it, or one who writes it", "[process]") {
    constexpr static sim::Column<"site.sum", std::int64_t> sum{"1", "sum over any bugs"};
    constexpr static auto sums = sim::columns(sum);
    CHECK(passes(Declared<"a", none, none, none, sums>{}, Declared<"b", sums, none, energy, none>{}) == apart);
    CHECK(passes(Declared<"a", none, none, none, sums>{}, Declared<"b", none, none, sums, none>{}) == apart);
    CHECK(passes(Declared<"a", none, none, sums, none>{}, Declared<"b", none, none, none, sums>{}) == apart);
    CHECK(passes(Declared<"a", sums, none, energy, none>{}, Declared<"b", none, none, none, sums>{}) == together);
}

TEST_CASE("whole processes and other tables end a pass", "[process]") {
    CHECK(passes(Declared<"a", energy, none, none, none>{}, OfAll{}, Declared<"b", energy, none, none, none>{},
                 Declared<"c", energy, none, none, none>{}, OfTrees{}) == Passes{{0, 1}, {1, 2}, {2, 4}, {4, 5}});
}

TEST_CASE("a schedule refuses two processes of one name, and one that sees its own changes in other rows", "[process]") {
    CHECK_THROWS_WITH(passes(Declared<"a", none, none, energy, none>{}, Declared<"a", none, none, colour, none>{}),
                      "two processes are named a");
    CHECK_THROWS_AS(passes(Declared<"a", none, level, level, none>{}), std::logic_error);
    CHECK_THROWS_AS(passes(Declared<"a", none, total, none, total>{}), std::logic_error);
    CHECK_THROWS_AS(passes(Declared<"a", total, none, none, total>{}), std::logic_error);
    CHECK_THROWS_AS(passes(Declared<"a", none, none, total, total>{}), std::logic_error);
}

TEST_CASE("a process tells what it declares", "[process]") {
    const test::Engine engine(Declared<"a", energy, heat, colour, total>{}, OfAll{});
    const sim::Process& by_rows = *engine.schedule().processes()[0];
    CHECK(by_rows.name() == "a");
    CHECK(by_rows.by_rows());
    CHECK(by_rows.table() == "bug");
    CHECK(by_rows.reserve() == 0);
    REQUIRE(by_rows.reads().size() == 1);
    CHECK(by_rows.reads()[0].name == "bug.energy");
    CHECK(by_rows.reads()[0].unit == "J");
    CHECK(by_rows.looks()[0].name == "world.heat");
    CHECK(by_rows.writes()[0].name == "bug.colour");
    CHECK(by_rows.adds()[0].name == "world.total");
    const sim::Process& whole = *engine.schedule().processes()[1];
    CHECK_FALSE(whole.by_rows());
    CHECK(whole.reads().empty());
}

namespace {

struct Compiled {
    int exit_code;
    std::vector<std::string> messages;
};

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

Compiled compiled(const std::string& snippet) {
    const test::TemporaryFolder folder;
    const std::string messages = folder.path("messages");
    const std::string command = "LC_ALL=C c++ -std=c++20 -fsyntax-only -I" SOURCE_DIR " " SOURCE_DIR "/tests/sim/compile_fail/" +
                                snippet + " > " + messages + " 2>&1";
    const int code = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
    return {code, lines_of(messages)};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The error that a compiler reports for line `number`: g++ names the line before the message, clang after it.
std::string error_at(const std::vector<std::string>& messages, const std::string& place) {
    const auto has_error = [](const std::string& line) { return contains(line, "error:"); };
    const auto at =
        std::find_if(messages.begin(), messages.end(), [&](const std::string& line) { return contains(line, place); });
    if (at == messages.end()) return {};
    const bool message_follows = contains(*at, "required from here");
    if (message_follows) {
        const auto error = std::find_if(at, messages.end(), has_error);
        return error == messages.end() ? "" : *error;
    }
    const auto error = std::find_if(std::make_reverse_iterator(at + 1), messages.rend(), has_error);
    return error == messages.rend() ? "" : *error;
}

}  // namespace

TEST_CASE("declared access compiles", "[process][compiler]") {
    const Compiled control = compiled("declared.cpp");
    for (const std::string& line : control.messages) UNSCOPED_INFO(line);
    CHECK(control.exit_code == 0);
}

TEST_CASE("access outside the declared columns does not compile, and the compiler says why", "[process][compiler]") {
    const std::vector<std::string> source = lines_of(SOURCE_DIR "/tests/sim/compile_fail/undeclared.cpp");
    const Compiled refused = compiled("undeclared.cpp");
    REQUIRE(refused.exit_code != 0);
    int wanted = 0;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const std::string mark = "// error: ";
        const std::size_t at = source[i].find(mark);
        if (at == std::string::npos) continue;
        ++wanted;
        std::string text = source[i].substr(at + mark.size());
        std::string other = text;  // compilers word their own errors differently: one | other
        if (const std::size_t bar = text.find(" | "); bar != std::string::npos) {
            other = text.substr(bar + 3);
            text.resize(bar);
        }
        const std::string error = error_at(refused.messages, "undeclared.cpp:" + std::to_string(i + 1) + ":");
        INFO(source[i] << "\n" << error);
        CHECK((contains(error, text) || contains(error, other)));
    }
    CHECK(wanted == 19);
}
