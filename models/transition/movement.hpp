#pragma once

#include <memory>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Persons flee violence: to a neighbouring region, or abroad from a region at a border.
///
/// Hazard of a person at home: h = rate v (1 + fear_effect fear), with v = x^2 / (x^2 + scale^2), x = community violence +
/// region_weight exposure: a single death moves few, a war nearly all. The destination is drawn with weights (1 / distance)
/// exp(-avoidance exposure there); abroad has the weight `abroad_weight` where the region has a border. Location score by
/// conflict and distance: Flee (Suleimenova, Bell and Groen 2017); 1 % of the people per unit of conflict intensity is Flee's
/// default.
struct Flight {
    double rate = 0.05;
    double fear_effect = 1.0;
    double scale = 50.0;
    double region_weight = 0.10;
    double avoidance = 0.5;
    double abroad_weight = 0.01;
    std::shared_ptr<const Geography> geography;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "flight";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::violence);
    static constexpr auto looks = sim::columns(region::exposure);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::newly_displaced);
    static constexpr auto streams = sim::streams({"flight"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Flight::rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard of fleeing at the greatest violence without fear",
                       sim::source("Flee: 1 % of the people a day at full intensity", sim::Grade::B)),
        sim::parameter("fear_effect", &Flight::fear_effect, "1", sim::between(0.0, 10.0),
                       "relative increase of the hazard at full fear", sim::source("assumed", sim::Grade::D)),
        sim::parameter("scale", &Flight::scale, "1", sim::above(0.0),
                       "violence (deaths per 100,000, fading) at which half of the hazard is reached",
                       sim::source("Lofa 2003: most people fled at about 8 deaths per 100,000 a week; judged", sim::Grade::C)),
        sim::parameter("region_weight", &Flight::region_weight, "1", sim::between(0.0, 10.0),
                       "weight of violence elsewhere in the region",
                       sim::source("JPL Athena: effect falls with distance; size judged", sim::Grade::C)),
        sim::parameter("avoidance", &Flight::avoidance, "1", sim::between(0.0, 10.0),
                       "how strongly destinations with violence are avoided",
                       sim::source("Flee: conflict weight; form changed", sim::Grade::C)),
        sim::parameter("abroad_weight", &Flight::abroad_weight, "km^-1", sim::between(0.0, 1.0),
                       "weight of crossing the border, to compare with 1 / distance",
                       sim::source("assumed: a border 100 km away", sim::Grade::D)));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Flight> persons, const sim::Step& now) const;
};

/// Displaced persons and refugees come home of their own will.
///
/// Hazard: h = rate L((security at home - security_needed) / width) (0.5 + services at home), with the rates of the displaced and
/// of refugees apart: the stock of refugees halves in about three years after a settlement, displaced persons go home faster
/// (UNHCR).
struct Return {
    double displaced_rate = 0.03;
    double refugee_rate = 0.006;
    double security_needed = 0.5;
    double width = 0.08;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "return";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::away);
    static constexpr auto looks = sim::columns(region::security_level, region::services);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::returned);
    static constexpr auto streams = sim::streams({"return"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "displaced_rate", &Return::displaced_rate, "week^-1", sim::between(0.0, 1.0),
            "hazard of return of a displaced person to a safe home with middling services",
            sim::source("UNHCR: Liberia 531,616 displaced in 2003, 0 in 2006; Cote d'Ivoire -91 % in two years", sim::Grade::A)),
        sim::parameter("refugee_rate", &Return::refugee_rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard of return of a refugee to a safe home with middling services",
                       sim::source("UNHCR: median half-life of the stock about 3 years", sim::Grade::A)),
        sim::parameter("security_needed", &Return::security_needed, "1", sim::between(0.0, 1.0),
                       "security at home at which half return", sim::source("assumed", sim::Grade::D)),
        sim::parameter("width", &Return::width, "1", sim::between(0.01, 1.0), "width of that threshold",
                       sim::source("assumed", sim::Grade::D)));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Return> persons, const sim::Step& now) const;
};

}  // namespace drawdown
