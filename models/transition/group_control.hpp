#pragma once

#include <cstdint>
#include <vector>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Who controls what: in a region the control of a group that is out of the agreement follows its share of the force there,
/// counted in full only above half (hysteresis, JPL Athena); a group that complies loses what it held.
///
/// Who holds a region goes by the shares in all control there: an actor takes it with more than one half and a margin; who held
/// it loses it to nobody once it is overtaken or falls below one half less the margin. Controlled by nobody is a state of its own
/// (JPL Athena, support and control).
struct GroupControl {
    double rate = 0.05;
    double foothold = 0.3;
    double mission_power = 0.5;
    double margin = 0.05;

    static constexpr std::string_view name = "group_control";
    static constexpr auto reads =
        sim::columns(region_group::fighters, group::alive, group::posture, group::arms, region::security, region::state_control,
                     region_function::capacity, region_component::strength);
    static constexpr auto writes = sim::columns(region_group::control, region::holder);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &GroupControl::rate, "week^-1", sim::between(0.0, 1.0), "speed at which control follows force",
                       sim::source("assumed: five months", sim::Grade::D), sim::raises("group_control")),
        sim::parameter("foothold", &GroupControl::foothold, "1", sim::between(0.0, 1.0),
                       "control per share of force below one half",
                       sim::source("JPL Athena: control flips above half", sim::Grade::B), sim::raises("group_control")),
        sim::parameter("mission_power", &GroupControl::mission_power, "1", sim::between(0.0, 2.0),
                       "weight of a peacekeeper against a soldier of the state",
                       sim::source("assumed: mandate limits use of force", sim::Grade::D), sim::lowers("group_control")),
        sim::parameter("margin", &GroupControl::margin, "1", sim::between(0.0, 0.5),
                       "share of control beyond one half that it takes to take a region, and below it to lose one",
                       sim::source("JPL Athena: hysteresis; size judged", sim::Grade::C), sim::moves("region_holder")));

    void step(sim::View<GroupControl> state, const sim::Step& now) const;
    /// Who holds a region next, given who held it and the shares in control: of the state, then of each group.
    [[nodiscard]] std::uint8_t next_holder(std::uint8_t holder, const std::vector<double>& shares) const;
};

}  // namespace drawdown
