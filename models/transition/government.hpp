#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Capacity of the host government, function by function, region by region.
///
///     K' = mentoring m K (1 - K / K_max) + upkeep b (1 - corruption) (K_max - K) - decay K - crowding s K
/// m: mentoring coverage; b: adequacy of the own budget, at most 1; s: share of the function that the mission performs. Mentoring
/// builds, substitution breeds dependency, neglect decays. Rates are slow: government effectiveness hardly moves in ten years
/// (EVIDENCE 78-83).
struct Capacity {
    double mentoring = 0.04;
    double upkeep = 0.05;
    double decay_rate = 0.05;
    double crowding = 0.03;
    double corruption = 0.6;
    double ceiling = 0.9;
    double army_from_patrols = 0.5;

    static constexpr std::string_view name = "capacity";
    static constexpr auto reads = sim::columns(region_activity::coverage, country::budget_adequacy, region::population);
    static constexpr auto writes = sim::columns(region_function::capacity, region_function::substitution);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("mentoring", &Capacity::mentoring, "year^-1", sim::between(0.0, 5.0),
                       "growth by mentoring that reaches everything",
                       sim::source("WGI change during missions: median +0.014 a year (EVIDENCE 80)", sim::Grade::C)),
        sim::parameter("upkeep", &Capacity::upkeep, "year^-1", sim::between(0.0, 5.0), "growth by an adequate and clean budget",
                       sim::source("with decay: rests where weak states are (EVIDENCE 83)", sim::Grade::C)),
        sim::parameter("decay", &Capacity::decay_rate, "year^-1", sim::between(0.0, 5.0), "decay of neglected capacity",
                       sim::source("WGI drift after exits +0.005 a year, sd 0.043 (EVIDENCE 81)", sim::Grade::C)),
        sim::parameter("crowding", &Capacity::crowding, "year^-1", sim::between(0.0, 5.0),
                       "atrophy where the mission performs the whole function",
                       sim::source("Considerations for Mission Leadership 6: dependency; size judged", sim::Grade::D)),
        sim::parameter("corruption", &Capacity::corruption, "1", sim::between(0.0, 1.0), "share of the budget that is lost",
                       sim::source("V-Dem corruption index, Liberia 0.85: scaled down", sim::Grade::C)),
        sim::parameter("ceiling", &Capacity::ceiling, "1", sim::between(0.05, 1.0), "greatest capacity",
                       sim::source("scale", sim::Grade::D)),
        sim::parameter("army_from_patrols", &Capacity::army_from_patrols, "1", sim::between(0.0, 1.0),
                       "share of the army's function that full patrol coverage performs", sim::source("assumed", sim::Grade::D)));

    void step(sim::View<Capacity> state, const sim::Step& now) const;
    /// Change of capacity a year.
    [[nodiscard]] double rate_of_change(double capacity, double mentoring_coverage, double budget_adequacy,
                                        double substitution) const;
};

/// What the state delivers: services, control, security, and the abuses of its forces.
///
/// Services = capacity x sqrt(budget adequacy) x control, cut by an epidemic, plus programmes of the mission and of donors.
/// Credit follows who pays (JPL Athena). Control: what administration and police reach, less what armed groups hold; it relaxes
/// towards that. Security = (1 - prod(1 - protection)) (1 - violence felt). Abuses = base (1 - justice) (1 + what groups that
/// fight control), less what monitors see.
struct Delivery {
    double programme_services = 0.25;
    double donor_services = 0.10;
    double epidemic_load = 0.5;
    double control_rate = 0.03;
    double reach_lost_to_remoteness = 0.4;
    double base_security = 0.45;
    double violence_scale = 4.0;
    double tension_on_security = 0.10;
    double base_abuse = 0.20;
    double abuse_in_fighting = 1.5;
    double monitoring = 0.5;

    static constexpr std::string_view name = "delivery";
    static constexpr auto reads = sim::columns(region_function::capacity, region_activity::coverage, region::remoteness,
                                               region::exposure, region_group::control, group::posture, country::budget_adequacy,
                                               country::epidemic, country::tension, country::attention);
    static constexpr auto writes =
        sim::columns(region::services, region::mission_share, region::state_control, region::security_level, region::abuse);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("programme_services", &Delivery::programme_services, "1", sim::between(0.0, 1.0),
                       "services delivered by mission programmes that reach everybody",
                       sim::source("assumed: small projects", sim::Grade::D)),
        sim::parameter("donor_services", &Delivery::donor_services, "1", sim::between(0.0, 1.0),
                       "services delivered through donors at full attention",
                       sim::source("Liberia: most of health spending was aid", sim::Grade::C)),
        sim::parameter("epidemic_load", &Delivery::epidemic_load, "1", sim::between(0.0, 1.0),
                       "share of services lost at the height of an epidemic",
                       sim::source("Liberia 2014: most clinics closed for months", sim::Grade::C)),
        sim::parameter("control_rate", &Delivery::control_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which control follows force", sim::source("assumed: half a year", sim::Grade::D)),
        sim::parameter("reach_lost_to_remoteness", &Delivery::reach_lost_to_remoteness, "1", sim::between(0.0, 1.0),
                       "control lost in the remotest region to weak administration",
                       sim::source("Herbst 2000: states broadcast power unevenly; size judged", sim::Grade::C)),
        sim::parameter("base_security", &Delivery::base_security, "1", sim::between(0.0, 1.0),
                       "protection that communities give themselves", sim::source("assumed", sim::Grade::D)),
        sim::parameter("violence_scale", &Delivery::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of security are gone",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("tension_on_security", &Delivery::tension_on_security, "1", sim::between(0.0, 1.0),
                       "security lost at full tension", sim::source("assumed", sim::Grade::D)),
        sim::parameter("base_abuse", &Delivery::base_abuse, "1", sim::between(0.0, 1.0),
                       "abuses of forces without justice in peace", sim::source("assumed", sim::Grade::D)),
        sim::parameter("abuse_in_fighting", &Delivery::abuse_in_fighting, "1", sim::between(0.0, 10.0),
                       "relative rise of abuses where a group fights",
                       sim::source("one-sided violence by governments rises in war (UCDP); size judged", sim::Grade::C)),
        sim::parameter("monitoring", &Delivery::monitoring, "1", sim::between(0.0, 1.0),
                       "share of abuses that full dialogue and monitoring coverage prevents",
                       sim::source("Considerations for Mission Leadership 1.1.2; size judged", sim::Grade::C)));

    void step(sim::View<Delivery> state, const sim::Step& now) const;
};

/// Legitimacy of the government: a slow stock that follows trust in it and what it delivers; and inclusion, which follows the
/// peace agreement's implementation.   L' = rate (trust_weight trust + (1 - trust_weight) services - L)
struct Legitimacy {
    double rate = 0.01;
    double trust_weight = 0.7;
    double inclusion_rate = 0.002;

    static constexpr std::string_view name = "legitimacy";
    static constexpr auto reads = sim::columns(region::trust_state, region::services, region::adults, country::implementation);
    static constexpr auto writes = sim::columns(country::legitimacy, identity::inclusion);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Legitimacy::rate, "week^-1", sim::between(0.0, 1.0), "speed at which legitimacy follows trust",
                       sim::source("assumed: about a year and a half", sim::Grade::D)),
        sim::parameter("trust_weight", &Legitimacy::trust_weight, "1", sim::between(0.0, 1.0), "weight of trust against delivery",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("inclusion_rate", &Legitimacy::inclusion_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which inclusion follows the agreement's implementation",
                       sim::source("assumed: a decade", sim::Grade::D)));

    void step(sim::View<Legitimacy> state, const sim::Step& now) const;
};

}  // namespace drawdown
