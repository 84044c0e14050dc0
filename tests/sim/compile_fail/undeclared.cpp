// Each line that ends in "error:" must not compile, with that message.
#include "tests/sim/compile_fail/toy.hpp"

void ByRows::step(sim::Rows<ByRows> rows, const sim::Step& /*now*/) const {
    (void)rows[bug::other];               // error: the process names this column neither in reads nor in writes
    (void)rows[site::read];               // error: a column of another table: use owner, all or add
    (void)rows[world::looked_at];         // error: a column of another table: use owner, all or add
    rows[bug::read][0] = 1.0;             // error: assignment of read-only location | cannot assign to return value
    (void)rows.owner(site::other);        // error: the process names this column neither in reads nor in writes
    (void)rows.owner(bug::read);          // error: a column of the owning table is expected
    rows.owner(site::read) = 1.0;         // error: assignment of read-only location | cannot assign to return value
    (void)rows.all(world::other);         // error: the process does not name this column in looks
    (void)rows.all(world::added_to);      // error: the process does not name this column in looks
    (void)rows.all(site::written);        // error: the process does not name this column in looks
    rows.all(world::looked_at)[0] = 1.0;  // error: assignment of read-only location | cannot assign to return value
    rows.add(world::other, 0, 1);         // error: the process does not name this column in adds
    rows.add(world::looked_at, 0, 1);     // error: the process does not name this column in adds
    rows.add(world::added_real, 0, 1);    // error: sums are kept in int64
}

void Whole::step(sim::View<Whole> view, const sim::Step& /*now*/) const {
    (void)view[bug::other];    // error: the process names this column neither in reads nor in writes
    (void)view[site::read];    // error: the process names this column neither in reads nor in writes
    view[bug::read][0] = 1.0;  // error: assignment of read-only location | cannot assign to return value
}

struct Idle {
    static constexpr std::string_view name = "idle";
};
void run(sim::Schedule& schedule) {
    schedule.add(Idle{});  // error: a process has step(View<P>, Step) or step(Rows<P>, Step), const
}

constexpr sim::Column<"size", double> size{"1", "of no table"};  // error: a column is named table.variable
