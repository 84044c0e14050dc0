#include "sim/state.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/random.hpp"
#include "tests/catch.hpp"

namespace {

constexpr sim::Column<"cell.size", double> size{"m", "width of the cell"};
constexpr sim::Column<"cell.size", float> narrow_size{"m", "width of the cell"};
constexpr sim::Column<"cell.size", double> size_in_km{"km", "width of the cell"};
constexpr sim::Column<"cell.kind", std::uint8_t> kind{"1", "what the cell is"};
constexpr sim::Column<"bug.energy", double> energy{"J", "reserves"};
constexpr sim::Column<"bug.age", std::uint8_t> age{"1", "steps lived"};
constexpr sim::Column<"bug.debt", std::int64_t> debt{"1", "what it owes"};
constexpr sim::Column<"bug.mass", std::uint16_t> mass{"g", "mass"};

sim::Layout layout() {
    sim::Layout columns;
    for (const sim::ColumnInfo& column : sim::columns(size, kind, energy, age, debt, mass).infos) columns.add(column);
    return columns;
}

/// Segments of uneven length, some empty, some full.
std::vector<sim::Segment> segments(std::uint32_t more_room = 0) {
    std::vector<sim::Segment> list;
    for (std::uint32_t s = 0; s < 12; ++s) list.push_back({0, s % 4 * 3, s % 4 * 3 + s % 3 + more_room, 100 + s});
    return list;
}

/// Every used row of "bug" gets values that name its segment and place, so that none can be taken for another.
void mark(sim::State& state) {
    for (std::uint32_t s = 0; const sim::Segment& segment : state.table("bug").segments) {
        for (std::uint32_t i = 0; i < segment.count; ++i) {
            const std::size_t row = segment.begin + i;
            state.of(energy)[row] = 1000.0 * s + i + 0.5;
            state.of(age)[row] = static_cast<std::uint8_t>(17 * s + i + 1);
            state.of(debt)[row] = -static_cast<std::int64_t>(1'000'000'000'000 + 1000 * s + i);
            state.of(mass)[row] = static_cast<std::uint16_t>(1000 * s + i + 1);
        }
        ++s;
    }
}

bool is_marked(const sim::State& state) {
    sim::State other(state);
    mark(other);
    return std::ranges::equal(other.of(energy), state.of(energy)) && std::ranges::equal(other.of(age), state.of(age)) &&
           std::ranges::equal(other.of(debt), state.of(debt)) && std::ranges::equal(other.of(mass), state.of(mass));
}

sim::State marked_state(std::uint32_t more_room = 0) {
    sim::State state(layout());
    state.set_rows("cell", 5, {"cell"});
    state.set_segments("bug", segments(more_room));
    mark(state);
    for (std::size_t i = 0; i < 5; ++i) state.of(size)[i] = 1.0 + static_cast<double>(i);
    return state;
}

}  // namespace

TEST_CASE("a layout gathers columns by table, each once", "[state]") {
    sim::Layout columns = layout();
    columns.add(sim::info_of(energy));
    REQUIRE(columns.tables().size() == 2);
    CHECK(columns.tables()[0].name == "cell");
    CHECK(columns.tables()[1].name == "bug");
    CHECK(columns.tables()[1].column_infos.size() == 4);
    CHECK(columns.slot("bug.debt").table == 1);
    CHECK(columns.slot("bug.debt").column == 2);
    CHECK(columns.row_bytes("bug") == 8 + 1 + 8 + 2);
    CHECK(columns.row_bytes("no such table") == 0);
}

TEST_CASE("a layout refuses a column that is declared twice, differently", "[state]") {
    sim::Layout columns = layout();
    CHECK_THROWS_WITH(columns.add(sim::info_of(narrow_size)), "column cell.size is declared twice, differently");
    CHECK_THROWS_WITH(columns.add(sim::info_of(size_in_km)), "column cell.size is declared twice, differently");
    CHECK_NOTHROW(columns.add(sim::info_of(size)));
}

TEST_CASE("what is not in a layout or state is a programming mistake", "[state]") {
    constexpr sim::Column<"cell.colour", double> colour{"1", "not in the layout"};
    sim::State state(layout());
    CHECK_THROWS_AS(layout().slot("cell.colour"), std::logic_error);
    CHECK_THROWS_AS(state.of(colour), std::logic_error);
    CHECK_THROWS_AS(state.table("tree"), std::logic_error);
    CHECK_FALSE(state.has_table("tree"));
    CHECK(state.has_table("cell"));
}

TEST_CASE("element types have the width of their C++ type", "[state]") {
    CHECK(sim::bytes(sim::element_type<std::uint8_t>()) == sizeof(std::uint8_t));
    CHECK(sim::bytes(sim::element_type<std::uint16_t>()) == sizeof(std::uint16_t));
    CHECK(sim::bytes(sim::element_type<std::int32_t>()) == sizeof(std::int32_t));
    CHECK(sim::bytes(sim::element_type<std::uint32_t>()) == sizeof(std::uint32_t));
    CHECK(sim::bytes(sim::element_type<std::int64_t>()) == sizeof(std::int64_t));
    CHECK(sim::bytes(sim::element_type<float>()) == sizeof(float));
    CHECK(sim::bytes(sim::element_type<double>()) == sizeof(double));
    CHECK(sim::text(sim::element_type<std::uint16_t>()) == "uint16");
}

TEST_CASE("rows begin as zeros, aligned, with their axes", "[state]") {
    // The second takes 8 MB a column, which comes from another allocation than small ones.
    const std::size_t rows = GENERATE(std::size_t{37}, std::size_t{1'000'000});
    sim::State state(layout());
    state.set_rows("cell", rows, {"y", "x"});
    const auto sizes = state.of(size);
    CHECK(sizes.size() == rows);
    CHECK(std::ranges::all_of(sizes, [](double value) { return value == 0.0; }));
    CHECK(reinterpret_cast<std::uintptr_t>(sizes.data()) % 64 == 0);
    CHECK(state.table("cell").axes == std::vector<std::string>{"y", "x"});
    CHECK(state.size_bytes() == rows * 9);

    sizes[3] = 1.0;
    state.set_rows("cell", rows, {"y", "x"});
    CHECK(state.of(size)[3] == 0.0);
}

TEST_CASE("segments lie behind each other, each with its room", "[state]") {
    sim::State state(layout());
    state.set_segments("bug", segments(2));
    const sim::Table& bugs = state.table("bug");
    std::uint32_t begin = 0;
    for (std::size_t s = 0; s < bugs.segments.size(); ++s) {
        CHECK(bugs.segments[s].begin == begin);
        CHECK(bugs.segments[s].key == 100 + s);
        begin += bugs.segments[s].capacity;
    }
    CHECK(bugs.rows == begin);
    CHECK(state.of(mass).size() == begin);

    CHECK_THROWS_AS(state.set_segments("bug", {{0, 3, 2, 0}}), std::logic_error);
    state.set_rows("bug", 4, {});
    CHECK(state.table("bug").segments.empty());
}

TEST_CASE("a table that is laid out anew keeps every value and has the room asked for", "[state]") {
    const std::uint32_t reserve = GENERATE(1U, 2U, 7U, 100U);
    sim::State state = marked_state();
    for (std::byte* gap = state.table("bug").columns[3].data(); const sim::Segment& s : state.table("bug").segments)
        std::memset(gap + 2 * (s.begin + s.count), 0xAB, 2 * (s.capacity - s.count));  // must not reach the new room
    const auto before = state.table("bug").segments;
    const std::uint64_t hash = state.hash();

    REQUIRE(state.ensure_room(state.table_index("bug"), reserve));

    const sim::Table& bugs = state.table("bug");
    std::uint32_t begin = 0;
    for (std::size_t s = 0; s < bugs.segments.size(); ++s) {
        const sim::Segment& segment = bugs.segments[s];
        CHECK(segment.begin == begin);
        CHECK(segment.count == before[s].count);
        CHECK(segment.key == before[s].key);
        CHECK(segment.capacity >= segment.count + reserve);
        const auto room = state.of(mass).subspan(segment.begin + segment.count, segment.capacity - segment.count);
        CHECK(std::ranges::all_of(room, [](std::uint16_t value) { return value == 0; }));
        begin += segment.capacity;
    }
    CHECK(bugs.rows == begin);
    CHECK(is_marked(state));
    CHECK(state.hash() == hash);

    const auto* place = state.of(mass).data();
    CHECK_FALSE(state.ensure_room(state.table_index("bug"), reserve));
    CHECK(state.of(mass).data() == place);
}

TEST_CASE("a copy of a state shares nothing with it", "[state]") {
    sim::State state = marked_state();
    state.events().push_back({.step = 1, .kind = 2, .value = 3.0F});
    const std::uint64_t hash = state.hash();

    sim::State copy(state);
    CHECK(copy.hash() == hash);
    copy.of(size)[2] = 99.0;
    copy.of(mass)[0] = 7;
    copy.events().clear();
    copy.ensure_room(copy.table_index("bug"), 50);
    CHECK(state.hash() == hash);
    CHECK(state.events().size() == 1);
    CHECK(is_marked(state));

    SECTION("assigned to a state of the same size") {
        sim::State other = marked_state();
        other.of(mass)[0] = 1;
        other = state;
        CHECK(other.hash() == hash);
        other.of(mass)[0] = 2;
        CHECK(state.hash() == hash);
    }
    SECTION("assigned to a state of another size") {
        copy = state;
        CHECK(copy.hash() == hash);
        copy.of(mass)[0] = 2;
        CHECK(state.hash() == hash);
        CHECK(copy.table("bug").rows == state.table("bug").rows);
    }
}

TEST_CASE("the hash of a state depends on every bit of every used value", "[state]") {
    sim::State state = marked_state(2);
    const std::uint64_t hash = state.hash();
    std::vector<std::uint64_t> seen{hash};
    for (std::size_t t = 0; t < state.tables().size(); ++t) {
        sim::Table& table = state.table(t);
        auto used = table.segments;
        if (used.empty()) used = {{0, static_cast<std::uint32_t>(table.rows), 0, 0}};
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::size_t width = sim::bytes(table.column_infos[c].type);
            for (const sim::Segment& segment : used) {
                for (std::size_t i = segment.begin * width; i < (segment.begin + segment.count) * width; ++i) {
                    for (int bit = 0; bit < 8; ++bit) {
                        std::byte& value = table.columns[c].data()[i];
                        value ^= std::byte{1} << bit;
                        seen.push_back(state.hash());
                        value ^= std::byte{1} << bit;
                    }
                }
            }
        }
    }
    CHECK(seen.size() > 5000);
    std::ranges::sort(seen);
    CHECK(std::ranges::adjacent_find(seen) == seen.end());
    CHECK(state.hash() == hash);
}

TEST_CASE("the hash of a state does not depend on gaps and where segments stand", "[state]") {
    sim::State state = marked_state(3);
    CHECK(state.hash() == marked_state(0).hash());
    CHECK(state.hash() == marked_state(11).hash());
    const std::uint64_t hash = state.hash();
    for (const sim::Segment& segment : state.table("bug").segments) {
        state.of(energy)[segment.begin + segment.count] = 1.0;
        state.of(age)[segment.begin + segment.capacity - 1] = 1;
    }
    CHECK(state.hash() == hash);
}

TEST_CASE("a row of zeros shows in the hash", "[state]") {
    sim::Layout one_column;
    one_column.add(sim::info_of(age));
    sim::State state(one_column);
    state.set_segments("bug", {{0, 2, 5, 0}, {0, 1, 5, 1}});
    const std::uint64_t hash = state.hash();
    ++state.table("bug").segments[0].count;
    CHECK(state.hash() != hash);
    --state.table("bug").segments[0].count;
    ++state.table("bug").segments[1].count;
    CHECK(state.hash() != hash);

    state.set_rows("bug", 3, {});
    const std::uint64_t three = state.hash();
    state.set_rows("bug", 4, {});
    CHECK(state.hash() != three);
}
