#pragma once
// A row process and a whole process with one column for each role, and steps that each snippet writes.

#include "sim/process.hpp"

namespace bug {
inline constexpr sim::Column<"bug.read", double> read{"1", "read"};
inline constexpr sim::Column<"bug.written", double> written{"1", "written"};
inline constexpr sim::Column<"bug.other", double> other{"1", "named by no process"};
}  // namespace bug

namespace site {
inline constexpr sim::Column<"site.read", double> read{"1", "read"};
inline constexpr sim::Column<"site.written", double> written{"1", "written"};
inline constexpr sim::Column<"site.other", double> other{"1", "named by no process"};
}  // namespace site

namespace world {
inline constexpr sim::Column<"world.looked_at", double> looked_at{"1", "looked at"};
inline constexpr sim::Column<"world.added_to", std::int64_t> added_to{"1", "added to"};
inline constexpr sim::Column<"world.added_real", double> added_real{"1", "added to, of a type that has no exact sum"};
inline constexpr sim::Column<"world.other", std::int64_t> other{"1", "named by no process"};
}  // namespace world

struct ByRows {
    static constexpr std::string_view name = "by_rows";
    static constexpr std::string_view table = "bug";
    static constexpr std::string_view owner = "site";
    static constexpr auto reads = sim::columns(bug::read, site::read);
    static constexpr auto looks = sim::columns(world::looked_at);
    static constexpr auto writes = sim::columns(bug::written, site::written);
    static constexpr auto adds = sim::columns(world::added_to, world::added_real);

    void step(sim::Rows<ByRows> rows, const sim::Step& now) const;
};

struct Whole {
    static constexpr std::string_view name = "whole";
    static constexpr auto reads = sim::columns(bug::read);
    static constexpr auto writes = sim::columns(bug::written);

    void step(sim::View<Whole> view, const sim::Step& now) const;
};
