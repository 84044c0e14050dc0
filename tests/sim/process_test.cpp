// Processes at work: what they see, that bits do not depend on threads, sums, and rows that are added.

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "sim/errors.hpp"
#include "sim/process.hpp"
#include "tests/catch.hpp"
#include "tests/engine_support.hpp"
#include "tests/sim/toy_columns.hpp"

namespace {

namespace bug = test::bug;
namespace site = test::site;
namespace world = test::world;

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
    const auto seen_in = [](test::Engine& engine) {
        engine.state().set_rows("site", 8, {});
        engine.state().set_segments("bug", test::equal_segments(8, 2));
        engine.run(1, {});
        return std::vector<double>(engine.state().of(site::seen).begin(), engine.state().of(site::seen).end());
    };
    test::Engine look_first(Look{}, Rise{});
    CHECK(seen_in(look_first) == std::vector<double>(8, 0.0));
    test::Engine rise_first(Rise{}, Look{});
    CHECK(seen_in(rise_first) == std::vector<double>(8, 8.0));
}

namespace {

/// Notes what it sees of the sum to which another process of the pass adds.
struct Watch {
    static constexpr std::string_view name = "watch";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto looks = sim::columns(world::total);
    static constexpr auto writes = sim::columns(site::seen);
    void step(sim::Rows<Watch> rows, const sim::Step& /*now*/) const {
        rows.owner(site::seen) = static_cast<double>(rows.all(world::total)[0]);
    }
};

/// Adds up the rows.
struct Number {
    static constexpr std::string_view name = "number";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::id);
    static constexpr auto adds = sim::columns(world::total);
    void step(sim::Rows<Number> rows, const sim::Step& /*now*/) const {
        rows.add(world::total, 0, static_cast<std::int64_t>(rows.size()));
    }
};

}  // namespace

TEST_CASE("until a pass has ended every segment sees the sums of the last one", "[process]") {
    test::Engine engine(Watch{}, Number{});
    engine.state().set_rows("site", 8, {});
    engine.state().set_rows("world", 1, {});
    engine.state().set_segments("bug", test::equal_segments(8, 2));
    engine.state().of(world::total)[0] = 5;
    CHECK(engine.schedule().passes().size() == 1);
    for (const double before : {5.0, 16.0, 16.0}) {
        engine.run(1, {});
        CHECK(std::ranges::all_of(engine.state().of(site::seen), [=](double seen) { return seen == before; }));
        CHECK(engine.state().of(world::total)[0] == 16);
    }
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
    test::Engine engine(Note{});
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
    test::Engine engine(Graze{}, Fade{}, Warm{});
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
    CHECK(test::Engine(Graze{}, Fade{}, Warm{}).schedule().passes().size() == 2);
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
        test::Engine engine(Wander{});
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
    test::Engine engine(Count{});
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
    test::Engine engine(Breed{.young = young, .reserve = young});
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
    test::Engine engine(Breed{.young = 5, .reserve = 1});
    sim::State& state = engine.state();
    state.set_segments("bug", test::equal_segments(2, 1, 4));
    state.of(bug::id)[state.table("bug").segments[1].begin] = 4711;
    REQUIRE_THROWS_AS(engine.run(1, {}), sim::NumericalError);
    CHECK(state.of(bug::id)[state.table("bug").segments[1].begin] == 4711);
    CHECK_THROWS_WITH(engine.run(1, {}), Catch::Matchers::Contains("process breed") && Catch::Matchers::Contains("no free row"));
}
