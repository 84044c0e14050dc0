// Compiles: every access is declared. The control for undeclared.cpp.
#include "tests/sim/compile_fail/toy.hpp"

void ByRows::step(sim::Rows<ByRows> rows, const sim::Step& /*now*/) const {
    const double sum = rows[bug::read][0] + rows.owner(site::read) + rows.all(world::looked_at)[0];
    rows[bug::written][0] = sum + rows[bug::written][1];
    rows.owner(site::written) = sum + rows.owner(site::written);
    rows.add(world::added_to, 0, 1);
}

void Whole::step(sim::View<Whole> view, const sim::Step& /*now*/) const { view[bug::written][0] = view[bug::read][0]; }

void run(sim::Schedule& schedule) {
    schedule.add(ByRows{});
    schedule.add(Whole{});
}
