#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Livelihoods follow the region's economy: in one week of each quarter a person's livelihood moves a third of the way to
/// base x economy + what sets the person apart (from a hash of the id).
struct Livelihoods {
    double base = 0.40;
    double spread = 0.5;
    double closing = 0.33;

    static constexpr std::string_view name = "livelihoods";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region);
    static constexpr auto looks = sim::columns(region::economy);
    static constexpr auto writes = sim::columns(person::livelihood);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("base", &Livelihoods::base, "1", sim::between(0.0, 1.0),
                                       "mean livelihood security in the economy of the start",
                                       sim::source("Liberia 2010: 78 % in vulnerable employment, 51 % poor", sim::Grade::C)),
                        sim::parameter("spread", &Livelihoods::spread, "1", sim::between(0.0, 1.0),
                                       "width of the spread between persons", sim::source("assumed", sim::Grade::D)),
                        sim::parameter("closing", &Livelihoods::closing, "1", sim::between(0.0, 1.0),
                                       "part of the gap that closes in a quarter", sim::source("assumed", sim::Grade::D)));

    void step(sim::Rows<Livelihoods> persons, const sim::Step& now) const;
};

/// Means of attitudes by region from the exact sums, totals of the country, and the balance of persons and fighters.
///
/// Every week:  population = before + births - deaths;  fighters = before + recruits - deserters - killed - otherwise dead.
/// Throws NumericalError when one person is missing or too many.
struct Totals {
    static constexpr std::string_view name = "totals";
    static constexpr auto reads =
        sim::columns(region::grievance_sum, region::fear_sum, region::trust_state_sum, region::trust_mission_sum,
                     region::expectation_sum, region::livelihood_sum, region::adults, region::displaced, region::refugees,
                     region::recruits, region::deserters, region_group::fighters, country::population, country::births,
                     country::natural_deaths, country::violent_deaths, country::killed_fighters, country::fighters_died,
                     country::received, country::spent, country::treasury, region::population);
    static constexpr auto writes =
        sim::columns(region::grievance, region::fear, region::trust_state, region::trust_mission, region::expectation,
                     region::livelihood, group::fighters, country::refugees, country::displaced, country::fighters,
                     country::population_before, country::fighters_before);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<Totals> state, const sim::Step& now) const;
};

/// Economy, host budget and donors.
///
/// Economy of a region relaxes to  price^exports (1 - epidemic loss)(1 - violence loss)(1 + multiplier local spending of the
/// mission / output) relative to the start: the peacekeeping economy, which ends with the mission (Carnahan et al. 2006; Beber et
/// al. 2019). Revenue = share of output x capacity to collect x control. Donors' attention is high while the mission is large,
/// and fades with a time constant of about two years after the exit: the financial cliff.
struct Economy {
    double rate = 0.04;
    double exports = 0.25;
    double epidemic_loss = 0.15;
    double violence_loss = 0.30;
    double violence_scale = 10.0;
    double local_share = 0.04;
    double multiplier = 1.5;
    double trend = 0.035;
    double attention_rate = 0.01;
    double attention_floor = 0.3;
    double attention_half = 3000.0;
    double voluntary_musd = 40.0;
    double gap_at_start = 0.1;
    double gifts_in_budget = 0.5;
    double gdp_musd = 1000.0;
    double need_musd = 100.0;

    static constexpr std::string_view name = "economy";
    static constexpr auto reads = sim::columns(country::commodity, country::epidemic, country::assessed_cost,
                                               country::mission_strength, country::collection_at_start, region::exposure,
                                               region::state_control, region::population, region_function::capacity);
    static constexpr auto writes =
        sim::columns(region::economy, country::gdp, country::revenue, country::budget_adequacy, country::treasury,
                     country::attention, country::voluntary_cost, country::host_cost, country::received, country::spent);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Economy::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a region's economy follows its conditions",
                       sim::source("assumed: half a year", sim::Grade::D)),
        sim::parameter("exports", &Economy::exports, "1", sim::between(0.0, 2.0), "elasticity of output to the price of exports",
                       sim::source("Liberia: iron ore and rubber about a quarter of output", sim::Grade::C)),
        sim::parameter("epidemic_loss", &Economy::epidemic_loss, "1", sim::between(0.0, 1.0),
                       "output lost at the height of an epidemic",
                       sim::source("Liberia 2014: growth forecast 5.9 %, outcome about 0", sim::Grade::B)),
        sim::parameter("violence_loss", &Economy::violence_loss, "1", sim::between(0.0, 1.0),
                       "output lost at the greatest violence",
                       sim::source("Collier 1999: about 2 % a year of war; accumulated", sim::Grade::C)),
        sim::parameter("violence_scale", &Economy::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of that are lost", sim::source("assumed", sim::Grade::D)),
        sim::parameter("local_share", &Economy::local_share, "1", sim::between(0.0, 1.0),
                       "share of the mission's cost that is spent in the country",
                       sim::source("Carnahan, Durch and Gilmore 2006: UNMIL 4.0 %", sim::Grade::A)),
        sim::parameter("multiplier", &Economy::multiplier, "1", sim::between(0.0, 5.0), "output for each dollar spent locally",
                       sim::source("Carnahan, Durch and Gilmore 2006 use 1.5", sim::Grade::B)),
        sim::parameter("trend", &Economy::trend, "year^-1", sim::between(-0.2, 0.3), "growth of output that nothing disturbs",
                       sim::source("Liberia 2012-22, panel: about 3 to 4 %", sim::Grade::B)),
        sim::parameter("attention_rate", &Economy::attention_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which donors' attention follows",
                       sim::source("aid peaks within two years, then falls (EVIDENCE 19)", sim::Grade::B)),
        sim::parameter("attention_floor", &Economy::attention_floor, "1", sim::between(0.0, 1.0),
                       "attention that stays without a mission",
                       sim::source("aid to Sierra Leone and Guinea-Bissau fell to about half (EVIDENCE 19)", sim::Grade::C)),
        sim::parameter("attention_half", &Economy::attention_half, "persons", sim::above(0.0),
                       "mission strength at which half of the rest is given", sim::source("assumed", sim::Grade::D)),
        sim::parameter("voluntary", &Economy::voluntary_musd, "million USD year^-1", sim::at_least(0.0),
                       "voluntary money at full attention",
                       sim::source("assumed: part of aid that supports the transition", sim::Grade::D)),
        sim::parameter("gap_at_start", &Economy::gap_at_start, "1", sim::between(0.0, 1.0),
                       "share of what the state's functions need that revenue does not cover at the start",
                       sim::source("Liberia: budgets were executed at 85 to 95 %", sim::Grade::C)),
        sim::parameter("gifts_in_budget", &Economy::gifts_in_budget, "1", sim::between(0.0, 1.0),
                       "part of voluntary money that does the work of the host budget", sim::source("assumed", sim::Grade::D)));

    void step(sim::View<Economy> state, const sim::Step& now) const;
    /// Budget relative to need in the first week, at full attention.
    [[nodiscard]] double adequacy_at_start() const { return 1.0 - gap_at_start + gifts_in_budget * voluntary_musd / need_musd; }
};

}  // namespace drawdown
