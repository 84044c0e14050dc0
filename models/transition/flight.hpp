#pragma once

#include <array>
#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Persons flee violence: into a protection site nearby, to a neighbouring region, or abroad from a region at a border.
///
/// Hazard of a person at home: h = rate s v (1 + fear_effect fear), with v = x^2 / (x^2 + scale^2), x = community violence +
/// region_weight exposure: a single death moves few, a war nearly all; s is `slow_rate` for children, women and the old, 1 for
/// men of 15 to 59. Where more than `bearable` of the people are in need without aid, they also leave at the rate
/// hunger (need (1 - aid) - bearable) s. The destination is drawn with the weights
///
///     (100 km / distance)^q exp(-avoidance (exposure there - least exposure of all choices)) a,
///
/// where q is 1 for men and `slow_reach` for the others, who do not get as far; a is 1 + aid_pull x aid for a region, twice the
/// readiness to host for a country next door, `border` times as far as
/// the neighbouring regions are on average (or 100 km without any), and the share of free room for a site, at `site`
/// kilometres. Abroad and in a site the exposure counts as 0. A site takes nobody beyond its room: each community of the region
/// has its share of it in a step. Location score by conflict and distance, hazard avoided more by the weak: Flee (Suleimenova,
/// Bell and Groen 2017); 1 % of the people per unit of conflict intensity is Flee's default.
struct Flight {
    double rate = 0.05;
    double fear_effect = 1.0;
    double scale = 100.0;
    double region_weight = 0.10;
    double avoidance = 0.5;
    double border = 1.5;
    double site_km = 15.0;
    double aid_pull = 0.5;
    double slow_rate = 1.1;
    double slow_reach = 1.5;
    double hunger = 0.002;
    double bearable = 0.25;
    std::shared_ptr<const Geography> geography{};
    std::vector<std::vector<std::size_t>> hosts{};  ///< by region: rows of the neighbours across its border
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "flight";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::violence, community::residents);
    static constexpr auto looks = sim::columns(region::exposure, region::population, region::need, region::aid,
                                               region::site_capacity, region::sites, neighbour::hosting);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::newly_displaced);
    static constexpr auto streams = sim::streams({"flight", "flight_places"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "rate", &Flight::rate, "week^-1", sim::between(0.0, 1.0), "hazard of fleeing at the greatest violence without fear",
            sim::source("Flee: 1 % of the people a day at full intensity", sim::Grade::B), sim::raises("newly_displaced")),
        sim::parameter("fear_effect", &Flight::fear_effect, "1", sim::between(0.0, 10.0),
                       "relative increase of the hazard at full fear", sim::source("assumed", sim::Grade::D),
                       sim::raises("newly_displaced")),
        sim::parameter("scale", &Flight::scale, "1", sim::above(0.0),
                       "violence (deaths per 100,000, fading) at which half of the hazard is reached",
                       sim::source("Lofa 2003: most people fled at about 8 deaths per 100,000 a week; judged", sim::Grade::C),
                       sim::lowers("newly_displaced")),
        sim::parameter(
            "region_weight", &Flight::region_weight, "1", sim::between(0.0, 10.0), "weight of violence elsewhere in the region",
            sim::source("JPL Athena: effect falls with distance; size judged", sim::Grade::C), sim::raises("newly_displaced")),
        sim::parameter("avoidance", &Flight::avoidance, "1", sim::between(0.0, 10.0),
                       "how strongly destinations with violence are avoided",
                       sim::source("Flee: conflict weight; form changed", sim::Grade::C), sim::moves("displaced")),
        sim::parameter("border", &Flight::border, "1", sim::above(0.0),
                       "way across a border to a country that hosts half of those who come, relative to the way to other regions",
                       sim::source("assumed: it grows with the country", sim::Grade::D), sim::lowers("refugees")),
        sim::parameter("site", &Flight::site_km, "km", sim::above(0.0), "way to a protection site in the region",
                       sim::source("assumed: sites are at bases in towns", sim::Grade::D), sim::lowers("sites")),
        sim::parameter("aid_pull", &Flight::aid_pull, "1", sim::between(0.0, 10.0),
                       "relative weight added to a region where aid meets all need",
                       sim::source("Flee: camps weigh 1, other places less; size judged", sim::Grade::C),
                       sim::moves("displaced")),
        sim::parameter("slow_rate", &Flight::slow_rate, "1", sim::between(0.1, 10.0),
                       "hazard of children, women and the old relative to men of 15 to 59",
                       sim::source("assumed: they are sent away first", sim::Grade::D), sim::raises("newly_displaced")),
        sim::parameter("slow_reach", &Flight::slow_reach, "1", sim::between(0.1, 5.0),
                       "power of distance for children, women and the old; 1 for the others",
                       sim::source("Flee squares the score of those who avoid hazards; size judged", sim::Grade::C),
                       sim::moves("refugees")),
        sim::parameter("hunger", &Flight::hunger, "week^-1", sim::between(0.0, 1.0),
                       "hazard of leaving for each share of the people whose need is unmet beyond what is bearable",
                       sim::source("assumed: a tenth a year if nobody were helped", sim::Grade::D),
                       sim::raises("newly_displaced")),
        sim::parameter("bearable", &Flight::bearable, "1", sim::between(0.0, 1.0),
                       "share of people in need without aid at which they begin to leave", sim::source("assumed", sim::Grade::D),
                       sim::lowers("newly_displaced")));

    /// Weights of the neighbouring regions, of the way abroad and of the protection site, in this order.
    struct Choices {
        std::vector<double> usual;  ///< of men of 15 to 59
        std::vector<double> slow;   ///< of the others
        std::int64_t places = 0;    ///< persons whom the site can take from this community in the step
    };

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Flight> persons, const sim::Step& now) const;

  private:
    [[nodiscard]] Choices choices(const sim::Rows<Flight>& persons, std::size_t home, const sim::Step& now) const;
};

}  // namespace drawdown
