#pragma once

#include <algorithm>

#include "models/transition/columns.hpp"
#include "models/transition/effects.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What the state delivers: services, control, security, and the abuses of its forces.
///
/// Services = K sqrt(budget adequacy) control (1 - compliance_lost (1 - legitimacy)), cut by an epidemic, plus programmes of the
/// mission, of its successors, and of donors: donor_services (attention + what a follow-on adds to pledges + the part of
/// the rest that the host has taken over). Credit follows who
/// pays (JPL Athena): what a successor has taken over is the state's. Control relaxes towards
///     (1 - d (1 - A)(1 - F)(1 - M)) (1 - held by groups),   d = reach_lost_to_remoteness remoteness
/// A: administration that is paid and obeyed, K sqrt(budget adequacy)(1 - compliance_lost (1 - legitimacy)); F: coverage by
/// soldiers and police, as able as they are; M: order_by_mission of what patrols and policing of the mission or a successor
/// reach, who open the roads for the state. Security = (1 - prod(1 - protection by mission or successor)) (1 - violence felt).
/// Abuses relax towards
///     base (1 - justice) (1 + fighting f) (1 + complicity C) (1 - monitoring h) (1 - reform x) (1 - conditions w)
/// f: share of the region held by groups that fight; h, x: reach of human-rights monitors and of security-sector reform; w:
/// support to the forces that due diligence withholds.
struct Delivery {
    double programme_services = 0.12;
    double donor_services = 0.10;
    double compliance_lost = 0.2;
    double epidemic_load = 0.5;
    double control_rate = 0.03;
    double reach_lost_to_remoteness = 0.7;
    double forces_reference = 2.5;
    double order_by_mission = 0.6;
    double base_security = 0.45;
    double violence_scale = 4.0;
    double tension_on_security = 0.10;
    double base_abuse = 0.16;
    double abuse_in_fighting = 1.5;
    double abuse_by_complicity = 1.0;
    double monitoring = 0.5;
    double reform = 0.3;
    double conditions = 0.3;
    double abuse_rate = 0.05;

    static constexpr std::string_view name = "delivery";
    static constexpr auto reads = sim::columns(
        region_function::capacity, region_activity::coverage, region_activity::successor, region::remoteness, region::exposure,
        region_group::control, group::posture, country::budget_adequacy, country::epidemic, country::tension, country::attention,
        country::legitimacy, country::complicity, country::support_to_forces, country::mission_open, country::economic_support,
        country::pledged, country::host_programmes, region::population, region::security);
    static constexpr auto writes = sim::columns(region::services, region::mission_share, region::state_control,
                                                region::security_level, region::abuse, ledger::amount);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("programme_services", &Delivery::programme_services, "1", sim::between(0.0, 1.0),
                       "services delivered by programmes of the mission or its successor that reach everybody",
                       sim::source("assumed: small projects", sim::Grade::D), sim::raises("services")),
        sim::parameter("donor_services", &Delivery::donor_services, "1", sim::between(0.0, 1.0),
                       "services delivered through donors at full attention",
                       sim::source("Liberia: most of health spending was aid", sim::Grade::C), sim::raises("services")),
        sim::parameter("compliance_lost", &Delivery::compliance_lost, "1", sim::between(0.0, 1.0),
                       "share of the state's services that are lost without legitimacy",
                       sim::source("delivery needs legitimacy beside capacity (CML 6); size judged", sim::Grade::D),
                       sim::lowers("services")),
        sim::parameter("epidemic_load", &Delivery::epidemic_load, "1", sim::between(0.0, 1.0),
                       "share of services lost at the height of an epidemic",
                       sim::source("Liberia 2014: most clinics closed for months", sim::Grade::C), sim::lowers("services")),
        sim::parameter("control_rate", &Delivery::control_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which control follows force", sim::source("assumed: half a year", sim::Grade::D),
                       sim::moves("state_control")),
        sim::parameter("reach_lost_to_remoteness", &Delivery::reach_lost_to_remoteness, "1", sim::between(0.0, 1.0),
                       "control lost in the remotest region without administration, forces and mission",
                       sim::source("Herbst 2000: states broadcast power unevenly; size judged", sim::Grade::C),
                       sim::lowers("state_control")),
        sim::parameter(
            "forces_reference", &Delivery::forces_reference, "1", sim::above(0.0),
            "soldiers and police of half capacity per 1,000 people who bring state control to two thirds of the remotest",
            sim::source("calm societies have 1 to 4 police per 1,000 (Quinlivan 1995, EVIDENCE 53)", sim::Grade::C),
            sim::lowers("state_control")),
        sim::parameter("order_by_mission", &Delivery::order_by_mission, "1", sim::between(0.0, 1.0),
                       "state control that patrols and policing which reach everybody bring to the remotest",
                       sim::source("Liberia: contact with the mission raised use of state law (Blair 2019, EVIDENCE 51); size "
                                   "judged",
                                   sim::Grade::C),
                       sim::raises("state_control")),
        sim::parameter("base_security", &Delivery::base_security, "1", sim::between(0.0, 1.0),
                       "protection that communities give themselves", sim::source("assumed", sim::Grade::D),
                       sim::raises("security_level")),
        sim::parameter("violence_scale", &Delivery::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of security are gone",
                       sim::source("assumed", sim::Grade::D), sim::raises("security_level")),
        sim::parameter("tension_on_security", &Delivery::tension_on_security, "1", sim::between(0.0, 1.0),
                       "security lost at full tension", sim::source("assumed", sim::Grade::D), sim::lowers("security_level")),
        sim::parameter("base_abuse", &Delivery::base_abuse, "1", sim::between(0.0, 1.0),
                       "abuses of forces without justice in peace, under a government that takes no part in them",
                       sim::source("assumed", sim::Grade::D), sim::raises("abuse")),
        sim::parameter("abuse_in_fighting", &Delivery::abuse_in_fighting, "1", sim::between(0.0, 10.0),
                       "relative rise of abuses where a group fights",
                       sim::source("one-sided violence by governments rises in war (UCDP); size judged", sim::Grade::C),
                       sim::raises("abuse")),
        sim::parameter("abuse_by_complicity", &Delivery::abuse_by_complicity, "1", sim::between(0.0, 10.0),
                       "relative rise of abuses under a wholly complicit government", sim::source("assumed", sim::Grade::D),
                       sim::raises("abuse")),
        sim::parameter("monitoring", &Delivery::monitoring, "1", sim::between(0.0, 1.0),
                       "share of abuses that human-rights monitors who reach everybody prevent",
                       sim::source("Considerations for Mission Leadership 1.1.2; size judged", sim::Grade::C),
                       sim::lowers("abuse")),
        sim::parameter("reform", &Delivery::reform, "1", sim::between(0.0, 1.0),
                       "share of abuses that full security-sector reform prevents", sim::source("assumed", sim::Grade::D),
                       sim::lowers("abuse")),
        sim::parameter("conditions", &Delivery::conditions, "1", sim::between(0.0, 1.0),
                       "share of abuses that forces give up when all support is withheld",
                       sim::source("due-diligence policy (CML 1.1.2); size judged", sim::Grade::D), sim::lowers("abuse")),
        sim::parameter("abuse_rate", &Delivery::abuse_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the conduct of forces changes", sim::source("assumed: five months", sim::Grade::D),
                       sim::moves("abuse")));

    /// What brings a region under the state's control, each as the share of what the others before it leave.
    struct Grip {
        double far = 0.0;             ///< d: share of people who are out of reach without any of these
        double administration = 0.0;  ///< A
        double forces = 0.0;          ///< F
        double mission = 0.0;         ///< M without successors
        double order = 0.0;           ///< M
        [[nodiscard]] double reached() const { return 1.0 - far * (1.0 - administration) * (1.0 - forces) * (1.0 - order); }
    };
    /// Grip on region `r`; `paid_and_obeyed`: share of the administration's capacity that works.
    template <class State>
    [[nodiscard]] Grip grip(const State& state, std::size_t r, double paid_and_obeyed) const {
        const auto able = [&](Function f) { return state[region_function::capacity][row_of(r, f)]; };
        const auto covered = [&](Activity a) { return state[region_activity::coverage][row_of(r, a)]; };
        const auto missed = [&](Activity a) {
            return (1.0 - covered(a)) * (1.0 - state[region_activity::successor][row_of(r, a)]);
        };
        const double forces = static_cast<double>(state[region::security][r]) * (0.5 + able(Function::police));
        return {reach_lost_to_remoteness * state[region::remoteness][r], paid_and_obeyed * able(Function::administration),
                coverage(forces, static_cast<double>(state[region::population][r]), forces_reference),
                order_by_mission * (1.0 - (1.0 - covered(Activity::patrol)) * (1.0 - covered(Activity::policing))),
                order_by_mission * (1.0 - missed(Activity::patrol) * missed(Activity::policing))};
    }
    /// Share of the administration that works under a budget and a legitimacy.
    template <class State>
    [[nodiscard]] double paid_and_obeyed(const State& state) const {
        return budgeted(state[country::budget_adequacy][0]) * (1.0 - compliance_lost * (1.0 - state[country::legitimacy][0]));
    }
    /// Share of capacity that a budget pays for: sqrt(adequacy).
    [[nodiscard]] static double budgeted(double adequacy) { return sim::sqrt(std::max(0.0, adequacy)); }

    void step(sim::View<Delivery> state, const sim::Step& now) const;
};

}  // namespace drawdown
