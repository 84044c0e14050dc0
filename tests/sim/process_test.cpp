#include "sim/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/sim/temporary_folder.hpp"
#include "tests/sim/toy_engine.hpp"

namespace {

namespace bug {
constexpr sim::Column<"bug.id", std::uint32_t> id{"1", "never used twice"};
constexpr sim::Column<"bug.energy", double> energy{"J", "reserves"};
constexpr sim::Column<"bug.colour", std::uint8_t> colour{"1", "colour"};
}  // namespace bug
namespace site {
constexpr sim::Column<"site.level", double> level{"1", "level"};
constexpr sim::Column<"site.seen", double> seen{"1", "what a row process saw of all levels"};
}  // namespace site
namespace world {
constexpr sim::Column<"world.total", std::int64_t> total{"1", "sum over all bugs"};
constexpr sim::Column<"world.heat", double> heat{"1", "heat"};
}  // namespace world
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
    return test::ToyEngine(processes...).schedule().passes();
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
    CHECK(passes(Declared<"a", none, total, seen, none>{}, Declared<"b", none, none, none, total>{}) == apart);
}

TEST_CASE("a pass never has a sum and one who reads it", "[process]") {
    constexpr static sim::Column<"site.sum", std::int64_t> sum{"1", "sum over any bugs"};
    constexpr static auto sums = sim::columns(sum);
    CHECK(passes(Declared<"a", none, none, none, sums>{}, Declared<"b", sums, none, energy, none>{}) == apart);
    CHECK(passes(Declared<"a", none, none, none, sums>{}, Declared<"b", none, none, sums, none>{}) == apart);
    CHECK(passes(Declared<"a", sums, none, energy, none>{}, Declared<"b", none, none, none, sums>{}) == apart);
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
    const test::ToyEngine engine(Declared<"a", energy, heat, colour, total>{}, OfAll{});
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

/// Notes the sum of all levels in the owner of each segment.
struct Look {
    static constexpr std::string_view name = "look";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto looks = sim::columns(site::level);
    static constexpr auto writes = sim::columns(site::seen);
    void step(sim::Rows<Look> rows, const sim::Step& /*now*/) const {
        const auto levels = rows.all(site::level);
        rows.owner(site::seen) = std::accumulate(levels.begin(), levels.end(), 0.0);
    }
};

/// Puts every level up by one.
struct Rise {
    static constexpr std::string_view name = "rise";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto writes = sim::columns(site::level, bug::energy);
    void step(sim::Rows<Rise> rows, const sim::Step& /*now*/) const { rows.owner(site::level) += 1.0; }
};

}  // namespace

TEST_CASE("looks show whole columns as they are before or after a process, never in between", "[process]") {
    const auto seen_in = [](test::ToyEngine& engine) {
        engine.state().set_rows("site", 8, {});
        engine.state().set_segments("bug", test::equal_segments(8, 2));
        engine.run(1, {});
        return std::vector<double>(engine.state().of(site::seen).begin(), engine.state().of(site::seen).end());
    };
    test::ToyEngine look_first(Look{}, Rise{});
    CHECK(seen_in(look_first) == std::vector<double>(8, 0.0));
    test::ToyEngine rise_first(Rise{}, Look{});
    CHECK(seen_in(rise_first) == std::vector<double>(8, 8.0));
}

namespace {

struct Note {
    static constexpr std::string_view name = "note";
    static constexpr auto reads = sim::columns(bug::colour, site::level);
    static constexpr auto writes = sim::columns(bug::energy, world::heat);
    void step(sim::View<Note> view, const sim::Step& now) const {
        for (const sim::Segment& segment : view.segments(bug::energy))
            for (std::size_t i = segment.begin; i < segment.begin + segment.count; ++i)
                view[bug::energy][i] = view[bug::colour][i] + 0.5 * segment.key;
        view[world::heat][0] = static_cast<double>(view.rows(site::level));
        view.log(7, 2, -1, 1.5 * now.index, now.index + 4);
        if (now.index == 2) view.log(8, -1, 3, 0.0);
    }
};

}  // namespace

TEST_CASE("a whole process sees whole tables with their segments, and logs events", "[process]") {
    test::ToyEngine engine(Note{});
    sim::State& state = engine.state();
    state.set_rows("site", 2, {});
    state.set_rows("world", 1, {});
    state.set_segments("bug", {{0, 1, 3, 10}, {0, 2, 2, 20}});
    std::ranges::fill(state.of(bug::colour), std::uint8_t{4});
    engine.run(3, {});

    const auto energies = state.of(bug::energy);
    CHECK(std::vector<double>(energies.begin(), energies.end()) == std::vector<double>{9.0, 0.0, 0.0, 14.0, 14.0});
    CHECK(state.of(world::heat)[0] == 2.0);
    REQUIRE(state.events().size() == 4);
    CHECK(state.events()[2].step == 2);
    CHECK(state.events()[2].kind == 7);
    CHECK(state.events()[2].row == 2);
    CHECK(state.events()[2].actor == -1);
    CHECK(state.events()[2].value == 3.0F);
    CHECK(state.events()[2].cause == 6);
    CHECK(state.events()[3].cause == -1);
}

namespace {

/// Draws by segment and place, writes rows and owner, adds up, looks at the world, and has young.
struct Graze {
    static constexpr std::string_view name = "graze";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::colour);
    static constexpr auto looks = sim::columns(world::heat);
    static constexpr auto writes = sim::columns(bug::energy, bug::id, site::level);
    static constexpr auto adds = sim::columns(world::total);

    [[nodiscard]] std::uint32_t reserve_rows() const { return 4; }
    void step(sim::Rows<Graze> rows, const sim::Step& now) const {
        std::size_t young = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            sim::Rng rng = now.rng(name, {rows.key(), static_cast<std::uint32_t>(i)});
            const double found = rng.exponential() * (1.0 + rows.all(world::heat)[0]);
            rows[bug::energy][i] += found / (1.0 + rows[bug::colour][i]);
            rows.owner(site::level) += found;
            rows.add(world::total, i % rows.all(world::heat).size(), static_cast<std::int64_t>(found * 1e6));
            if (young < 4 && rng.bernoulli(0.01)) ++young;
        }
        for (std::size_t k = 0; k < young; ++k) {
            const std::size_t row = rows.append();
            rows[bug::id][row] = rows.key() << 16 | static_cast<std::uint32_t>(row);
        }
    }
};

/// In the same pass as Graze: works on what that has just done.
struct Fade {
    static constexpr std::string_view name = "fade";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::energy, site::level);
    static constexpr auto writes = sim::columns(bug::colour);
    void step(sim::Rows<Fade> rows, const sim::Step& now) const {
        sim::Rng rng = now.rng(name, {rows.key(), 0});
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[bug::colour][i] = static_cast<std::uint8_t>(rows[bug::energy][i] * rng.uniform() + rows.owner(site::level));
    }
};

struct Warm {
    static constexpr std::string_view name = "warm";
    static constexpr auto reads = sim::columns(world::total);
    static constexpr auto writes = sim::columns(world::heat);
    void step(sim::View<Warm> view, const sim::Step& /*now*/) const {
        for (std::size_t i = 0; i < view.rows(world::heat); ++i)
            view[world::heat][i] = 1e-9 * static_cast<double>(view[world::total][i]);
    }
};

/// The final state of a toy run: segments of 0 to 16 rows with `room` behind them.
std::uint64_t grazed(bool parallel, std::uint32_t room) {
    test::ToyEngine engine(Graze{}, Fade{}, Warm{});
    sim::State& state = engine.state();
    constexpr std::uint32_t sites = 300;
    state.set_rows("site", sites, {});
    state.set_rows("world", 5, {});
    std::vector<sim::Segment> segments;
    for (std::uint32_t s = 0; s < sites; ++s) segments.push_back({0, s % 17, s % 17 + room, s});
    state.set_segments("bug", segments);
    sim::Step now;
    now.parallel = parallel;
    engine.run(20, now);
    return state.hash();
}

}  // namespace

TEST_CASE("row processes give the same bits on any number of threads and with any room", "[process][metamorphic]") {
    CHECK(test::ToyEngine(Graze{}, Fade{}, Warm{}).schedule().passes() == Passes{{0, 2}, {2, 3}});
    const std::uint64_t serial = grazed(false, 4);
    CHECK(grazed(false, 0) == serial);
    CHECK(grazed(false, 90) == serial);
    for (const int threads : {1, 2, 8}) {
        INFO(threads << " threads");
        std::uint64_t hash = 0;
        test::with_threads(threads, [&] { hash = grazed(true, 4); });
        CHECK(hash == serial);
    }
}

namespace {

/// Draws by id, and looks at nothing of its segment.
struct Wander {
    static constexpr std::string_view name = "wander";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::id);
    static constexpr auto writes = sim::columns(bug::energy);
    static constexpr auto adds = sim::columns(world::total);
    void step(sim::Rows<Wander> rows, const sim::Step& now) const {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            sim::Rng rng = now.rng(name, {0, rows[bug::id][i]});
            const double step = rng.normal();
            rows[bug::energy][i] += step;
            rows.add(world::total, 0, static_cast<std::int64_t>(1e6 * step));
        }
    }
};

}  // namespace

TEST_CASE("rows whose draws are keyed by id do not notice how they are cut into segments", "[process][metamorphic]") {
    constexpr std::uint32_t bugs = 1200;
    const auto run = [](std::uint32_t rows, std::uint32_t room) {
        test::ToyEngine engine(Wander{});
        sim::State& state = engine.state();
        state.set_rows("world", 1, {});
        state.set_segments("bug", test::equal_segments(bugs / rows, rows, room));
        std::uint32_t next = 0;
        for (const sim::Segment& s : state.table("bug").segments)
            for (std::uint32_t i = 0; i < s.count; ++i) state.of(bug::id)[s.begin + i] = next++;
        sim::Step now;
        now.parallel = true;
        engine.run(10, now);
        std::vector<double> energies;
        for (const sim::Segment& s : state.table("bug").segments)
            for (std::uint32_t i = 0; i < s.count; ++i) energies.push_back(state.of(bug::energy)[s.begin + i]);
        return std::pair(energies, state.of(world::total)[0]);
    };
    const auto whole = run(bugs, 0);
    CHECK(whole.first.size() == bugs);
    for (const std::uint32_t rows : {1U, 8U, 100U, 600U}) CHECK(run(rows, rows % 3) == whole);
}

namespace {

/// Adds large numbers of both signs to many rows.
struct Count {
    static constexpr std::string_view name = "count";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::id);
    static constexpr auto adds = sim::columns(world::total);

    static std::int64_t amount(std::uint32_t id) { return (std::int64_t{1} << 40) * (id % 5 - std::int64_t{1}) + id; }
    void step(sim::Rows<Count> rows, const sim::Step& /*now*/) const {
        for (const std::uint32_t id : rows[bug::id]) rows.add(world::total, id % 3, amount(id));
    }
};

}  // namespace

TEST_CASE("sums begin at zero in every step and are exact", "[process]") {
    test::ToyEngine engine(Count{});
    sim::State& state = engine.state();
    state.set_rows("world", 3, {});
    state.set_segments("bug", test::equal_segments(500, 20, 1));
    std::vector<std::int64_t> expected(3, 0);
    for (const sim::Segment& s : state.table("bug").segments) {
        for (std::uint32_t i = 0; i < s.count; ++i) {
            const std::uint32_t id = 977 * s.begin + 13 * i;
            state.of(bug::id)[s.begin + i] = id;
            expected[id % 3] += Count::amount(id);
        }
    }
    const bool parallel = GENERATE(false, true);
    std::ranges::fill(state.of(world::total), std::int64_t{-77});
    sim::Step now;
    now.parallel = parallel;
    for (int step = 0; step < 3; ++step) {
        test::with_threads(8, [&] { engine.run(1, now); });
        CHECK(std::vector<std::int64_t>(state.of(world::total).begin(), state.of(world::total).end()) == expected);
    }
}

namespace {

/// Appends `young` rows to each segment in each step, and says that it needs `reserve`.
struct Breed {
    std::uint32_t young = 1;
    std::uint32_t reserve = 1;

    static constexpr std::string_view name = "breed";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto writes = sim::columns(bug::id, bug::energy, bug::colour);
    [[nodiscard]] std::uint32_t reserve_rows() const { return reserve; }
    void step(sim::Rows<Breed> rows, const sim::Step& now) const {
        for (std::uint32_t k = 0; k < young; ++k) {
            const std::size_t row = rows.append();
            if (row + 1 != rows.size() || rows[bug::energy].size() != rows.size() || rows[bug::energy][row] != 0.0 ||
                rows[bug::colour][row] != 0)
                throw std::logic_error("a new row is the last one, and zero");
            rows[bug::id][row] = 1000 * rows.key() + static_cast<std::uint32_t>(row);
            rows[bug::energy][row] = now.index + 1.0;
        }
    }
};

}  // namespace

TEST_CASE("segments grow as rows are appended, and keep what they have", "[process]") {
    const std::uint32_t young = GENERATE(1U, 3U, 40U);
    test::ToyEngine engine(Breed{.young = young, .reserve = young});
    sim::State& state = engine.state();
    constexpr std::uint32_t segments = 50;
    constexpr std::uint32_t steps = 30;
    state.set_segments("bug", test::equal_segments(segments, 0));
    sim::Step now;
    now.parallel = true;
    engine.run(steps, now);
    bool good = true;
    for (const sim::Segment& s : state.table("bug").segments) {
        CHECK(s.count == young * steps);
        for (std::uint32_t i = 0; i < s.count; ++i)
            good = good && state.of(bug::id)[s.begin + i] == 1000 * s.key + i &&
                   state.of(bug::energy)[s.begin + i] == i / young + 1.0;
    }
    CHECK(good);
}

TEST_CASE("a full segment is an error, not an overwritten neighbour", "[process]") {
    test::ToyEngine engine(Breed{.young = 5, .reserve = 1});
    sim::State& state = engine.state();
    state.set_segments("bug", test::equal_segments(2, 1, 4));
    state.of(bug::id)[state.table("bug").segments[1].begin] = 4711;
    REQUIRE_THROWS_AS(engine.run(1, {}), sim::NumericalError);
    CHECK(state.of(bug::id)[state.table("bug").segments[1].begin] == 4711);
    CHECK_THROWS_WITH(engine.run(1, {}), Catch::Matchers::Contains("process breed") && Catch::Matchers::Contains("no free row"));
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
