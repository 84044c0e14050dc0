#pragma once

#include <cstdint>
#include <vector>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Who controls what: ground is taken and lost by force, kept by those who are there, and given up by agreement.
///
/// With p the share of a group's force in all force that meets it in a region (the state's, reserves included, the mission's as
/// far as it can move, rivals' in full where they are out of the agreement and as far as they hold ground where they comply), the
/// ground c of a group that is out moves at `rate` towards the nearest value in
///     [max(foothold p, (p - holding) / (1 - holding)), p / (1 - holding)],
/// so that it takes beyond `holding`, loses below 1 - holding, and keeps what it has between (hysteresis, JPL Athena). A group
/// that complies takes nothing, is held to the same upper limit, and gives up ground at the rate
///     yield commitment D,    D disarmament as carried out;
/// one that has signed nothing and lies low gives it up at the rate `yield`. The state sends `reserve` of its forces to where
/// groups are strong.
///
/// On a region that a group holds the army advances at the hazard
///     advance (1 - M / (M + interposition)) (1 - I) max(0, 2 q - 1),    q = A / (A + N),
/// M the mission's troops there, I implementation if the group is a signatory that complies, else 0, A the state's forces with
/// half of all its reserves, N the group's. It takes the ground with chance q; the group remembers either way (`encroached`),
/// fading. So what a mission stands between can change hands when it leaves (Kidal, November 2023).
///
/// Who holds a region goes by the shares in all control there: an actor takes it with more than one half and a margin; who held
/// it loses it to nobody once it is overtaken or falls below one half less the margin. Controlled by nobody is a state of its own
/// (JPL Athena, support and control).
struct GroupControl {
    double rate = 0.05;
    double foothold = 0.3;
    double holding = 0.5;
    double mission_power = 0.5;
    double reserve = 0.2;
    double yield = 0.02;
    double advance = 0.05;
    double interposition = 300.0;
    double memory_half_life = 52.0;
    double margin = 0.05;

    static constexpr std::string_view name = "group_control";
    static constexpr auto reads =
        sim::columns(region_group::fighters, group::alive, group::posture, group::arms, group::ally, group::signatory,
                     group::commitment, region::security, region::state_control, region_activity::obstruction,
                     region_function::capacity, region_component::strength, country::implementation, provision::implementation);
    static constexpr auto writes = sim::columns(region_group::control, region::holder, group::encroached);
    static constexpr auto streams = sim::streams({"state_advances"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &GroupControl::rate, "week^-1", sim::between(0.0, 1.0), "speed at which control follows force",
                       sim::source("assumed: five months", sim::Grade::D), sim::raises("group_control")),
        sim::parameter("foothold", &GroupControl::foothold, "1", sim::between(0.0, 1.0),
                       "control per share of force that a group out of the agreement has anywhere",
                       sim::source("JPL Athena: control flips above half; size judged", sim::Grade::C),
                       sim::raises("group_control")),
        sim::parameter("holding", &GroupControl::holding, "1", sim::between(0.0, 0.9),
                       "share of force from which a group takes ground; below one less that it loses what it holds",
                       sim::source("JPL Athena: control flips above half", sim::Grade::B), sim::moves("group_control")),
        sim::parameter("mission_power", &GroupControl::mission_power, "1", sim::between(0.0, 2.0),
                       "weight of a peacekeeper who can move against a soldier of the state",
                       sim::source("assumed: mandate limits use of force", sim::Grade::D), sim::lowers("group_control")),
        sim::parameter("reserve", &GroupControl::reserve, "1", sim::between(0.0, 1.0),
                       "share of the state's forces that can be sent where groups are strong",
                       sim::source("assumed", sim::Grade::D), sim::lowers("group_control")),
        sim::parameter("yield", &GroupControl::yield, "week^-1", sim::between(0.0, 1.0),
                       "rate at which a committed signatory gives up ground once disarmament is carried out",
                       sim::source("assumed: a year", sim::Grade::D), sim::lowers("group_control")),
        sim::parameter(
            "advance", &GroupControl::advance, "week^-1", sim::between(0.0, 1.0),
            "hazard that a far stronger army advances on a region that a group holds, with no mission and no agreement",
            sim::source("Mali: Kidal was attacked within weeks of the mission's leaving (memory); size judged", sim::Grade::D),
            sim::lowers("group_control")),
        sim::parameter("interposition", &GroupControl::interposition, "persons", sim::above(0.0),
                       "troops of the mission in a region that halve that hazard", sim::source("assumed: a base", sim::Grade::D),
                       sim::lowers("group_control")),
        sim::parameter("memory_half_life", &GroupControl::memory_half_life, "weeks", sim::above(0.0),
                       "half-life of a group's memory of an advance", sim::source("assumed: a year", sim::Grade::D),
                       sim::raises("group_temptation")),
        sim::parameter("margin", &GroupControl::margin, "1", sim::between(0.0, 0.5),
                       "share of control beyond one half that it takes to take a region, and below it to lose one",
                       sim::source("JPL Athena: hysteresis; size judged", sim::Grade::C), sim::moves("region_holder")));

    void step(sim::View<GroupControl> state, const sim::Step& now) const;
    /// Who holds a region next, given who held it and the shares in control: of the state, then of each group.
    [[nodiscard]] std::uint8_t next_holder(std::uint8_t holder, const std::vector<double>& shares) const;
    /// Ground of a group out of the agreement once force has decided, given what it has and its share of force.
    [[nodiscard]] double settled(double held, double share_of_force) const;

  private:
    /// Forces in one region.
    struct Forces {
        double state = 0.0;            ///< of the state, with its share of the reserves
        double mission = 0.0;          ///< of the mission, as far as it can move
        std::vector<double> groups{};  ///< fighting power of each group
    };
    [[nodiscard]] std::vector<Forces> forces(const sim::View<GroupControl>& state) const;
    void contest(const sim::View<GroupControl>& state, std::size_t region, const Forces& here, const sim::Step& now) const;
    void advance_on(const sim::View<GroupControl>& state, std::size_t region, const Forces& here, const sim::Step& now) const;
    void settle_holder(const sim::View<GroupControl>& state, std::size_t region) const;
};

}  // namespace drawdown
