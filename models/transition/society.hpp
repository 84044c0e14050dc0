#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Livelihoods follow the region's economy: in one week of each quarter a person's livelihood moves a third of the way to
/// base x economy x relief + what sets the person apart (from a hash of the id), with
/// relief = (1 - food_share (1 - 1 / price of food)) (1 - sold need (1 - aid)): what food takes from an income, and what people
/// sell of what they live by while nobody helps them.
struct Livelihoods {
    double base = 0.40;
    double spread = 0.5;
    double closing = 0.33;
    double food_share = 0.5;
    double sold = 0.3;

    static constexpr std::string_view name = "livelihoods";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region);
    static constexpr auto looks = sim::columns(region::economy, region::need, region::aid, region::food_price);
    static constexpr auto writes = sim::columns(person::livelihood);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("base", &Livelihoods::base, "1", sim::between(0.0, 1.0),
                       "mean livelihood security in the economy of the start",
                       sim::source("Liberia 2010: 78 % in vulnerable employment, 51 % poor", sim::Grade::C)),
        sim::parameter("spread", &Livelihoods::spread, "1", sim::between(0.0, 1.0), "width of the spread between persons",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("closing", &Livelihoods::closing, "1", sim::between(0.0, 1.0), "part of the gap that closes in a quarter",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("food_share", &Livelihoods::food_share, "1", sim::between(0.0, 1.0),
                       "share of an income that food takes at the prices of the start",
                       sim::source("poor households spend about half on food (from memory)", sim::Grade::C),
                       sim::lowers("livelihood")),
        sim::parameter("sold", &Livelihoods::sold, "1", sim::between(0.0, 1.0),
                       "part of livelihood lost where everybody is in need and nobody gets aid",
                       sim::source("assumed: tools and animals are sold in need", sim::Grade::D), sim::lowers("livelihood")));

    /// What price of food, need and aid leave of a livelihood, 0 to 1 and more where food is cheaper than at the start.
    [[nodiscard]] double relief(double food_price, double need, double aid) const {
        return (1.0 - food_share * (1.0 - 1.0 / food_price)) * (1.0 - sold * need * (1.0 - aid));
    }
    void step(sim::Rows<Livelihoods> persons, const sim::Step& now) const;
};

/// Means of attitudes by region from the exact sums, totals of the country, and the balance of persons and fighters.
///
/// Every week:  population = before + births - deaths - emigrated = sum over what persons do;  fighters = before + recruits +
/// rearmed - deserters - disarmed - killed - otherwise dead;  each fund's balance = received - spent, and the country's books are
/// the sum of the funds'. Throws NumericalError when one person or dollar is missing or too many.
struct Totals {
    static constexpr std::string_view name = "totals";
    static constexpr auto reads = sim::columns(
        region::grievance_sum, region::fear_sum, region::trust_state_sum, region::trust_mission_sum, region::expectation_sum,
        region::livelihood_sum, region::adults, region::displaced, region::refugees, region::recruits, region::deserters,
        region::disarmed, region::rearmed, region::cantoned, region::security, community::residents, region_group::fighters,
        country::population, country::births, country::natural_deaths, country::emigrated, country::violent_deaths,
        country::killed_fighters, country::fighters_died, country::received, country::spent, country::treasury, fund::received,
        fund::spent, fund::balance, region::population);
    static constexpr auto writes =
        sim::columns(region::grievance, region::fear, region::trust_state, region::trust_mission, region::expectation,
                     region::livelihood, group::fighters, country::refugees, country::displaced, country::fighters,
                     country::population_before, country::fighters_before);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<Totals> state, const sim::Step& now) const;
};

}  // namespace drawdown
