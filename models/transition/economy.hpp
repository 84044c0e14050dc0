#pragma once

#include <vector>

#include "models/transition/actor_inputs.hpp"
#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Economy by region, the peacekeeping economy, and the host budget.
///
/// Economy of a region relaxes to
///     (p / p*)^exports (1 - epidemic loss)(1 - violence loss)(1 + d) / (1 + d at the start),
///     d = multiplier local spending there / output there + aid_in_output attention,   p*' = adapting (p - p*)
/// relative to the start. p: price of exports, p* the price to which the economy has adapted, so that a change of price is an
/// impulse to growth that passes. Local spending = local_share of the assessed operations + programme_local of programme money,
/// where the personnel is: the peacekeeping economy, which ends with the mission, region by region (Carnahan et al. 2006; Beber
/// et al. 2019); and programme_local of voluntary money, where the people are. Aid at large follows donors' attention: the aid
/// cliff (EVIDENCE 19, 65-67).
///
/// What moves output and is not in the model (harvests, markets, investment) is a random walk of its logarithm,
///     z' = z - growth_sd^2 dt / 2 + growth_sd sqrt(dt) N(0, 1),   dt in years,
/// by whose exponential the conditions of all regions are multiplied: poor countries' growth varies more by such shocks than by
/// missions, and hard years raise the risk of conflict (Miguel, Satyanath and Sergenti 2004), here through livelihoods.
///
/// Output grows at its trend. The need of the state's functions grows with the people and, by the power `wages`, with output per
/// head; the forces that the government wants grow with the people. Revenue = share of output x capacity to collect x control;
/// donors who pay through the government add to it. The host fund pays what its functions need as far as the money goes, and
/// takes on a part of the programmes that donors leave, at the donors' cost,
///     left = taken_over pledges (a_max - a),   a: donors' attention, a_max: the greatest so far
/// and what comes in beyond goes to its functions, up to twice the need: so services grow with output per head.
struct Economy {
    double rate = 0.04;
    double exports = 0.12;
    double adapting = 0.003;
    double epidemic_loss = 0.15;
    double violence_loss = 0.30;
    double violence_scale = 10.0;
    double local_share = 0.04;
    double programme_local = 0.6;
    double multiplier = 1.5;
    double aid_in_output = 0.18;
    double wages = 0.3;
    double trend = 0.035;
    double growth_sd = 0.07;
    double gap_at_start = 0.1;
    double gifts_in_budget = 0.5;
    double taken_over = 0.5;
    double gdp_musd = 1000.0;
    double need_musd = 100.0;
    std::vector<DonorInput> donors{};  ///< from [donor.*]

    static constexpr std::string_view name = "economy";
    static constexpr auto reads = sim::columns(
        country::commodity, country::epidemic, country::voluntary_cost, country::attention, country::pledged,
        country::collection_at_start, country::people_at_start, region::demand_at_start, region::exposure, region::state_control,
        region::population, region_function::capacity, region_component::strength, donor::disbursed);
    static constexpr auto writes =
        sim::columns(region::economy, region::forces_wanted, country::people_relative, country::price_adapted, country::fortune,
                     country::gdp, country::revenue, country::budget_adequacy, country::attention_usual, country::host_programmes,
                     country::treasury, country::host_cost, country::local_spend, country::received, country::spent, fund::income,
                     fund::expense, fund::balance, fund::received, fund::spent);
    static constexpr auto streams = sim::streams({"economy"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Economy::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a region's economy follows its conditions",
                       sim::source("assumed: half a year", sim::Grade::D), sim::moves("economy")),
        sim::parameter(
            "exports", &Economy::exports, "1", sim::between(0.0, 2.0), "elasticity of output to the price of exports",
            sim::source("Liberia: iron ore and rubber a quarter of output fell by two thirds in 2013-15, and output grew on",
                        sim::Grade::C),
            sim::moves("economy")),
        sim::parameter("adapting", &Economy::adapting, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the economy adapts to a price that lasts",
                       sim::source("assumed: half of it in four to five years", sim::Grade::D), sim::moves("economy")),
        sim::parameter(
            "epidemic_loss", &Economy::epidemic_loss, "1", sim::between(0.0, 1.0), "output lost at the height of an epidemic",
            sim::source("Liberia 2014: growth forecast 5.9 %, outcome about 0", sim::Grade::B), sim::lowers("economy")),
        sim::parameter("violence_loss", &Economy::violence_loss, "1", sim::between(0.0, 1.0),
                       "output lost at the greatest violence",
                       sim::source("Collier 1999: about 2 % a year of war; accumulated", sim::Grade::C), sim::lowers("economy")),
        sim::parameter("violence_scale", &Economy::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of that are lost", sim::source("assumed", sim::Grade::D),
                       sim::raises("economy")),
        sim::parameter("local_share", &Economy::local_share, "1", sim::between(0.0, 1.0),
                       "share of the mission's operations that is spent in the country",
                       sim::source("Carnahan, Durch and Gilmore 2006: UNMIL 4.0 %", sim::Grade::A), sim::raises("local_spend"),
                       sim::uncertain_factor(0.5)),
        sim::parameter("programme_local", &Economy::programme_local, "1", sim::between(0.0, 1.0),
                       "share of programme money that is spent in the country",
                       sim::source("assumed: local contractors and wages", sim::Grade::D), sim::raises("local_spend")),
        sim::parameter("multiplier", &Economy::multiplier, "1", sim::between(0.0, 5.0), "output for each dollar spent locally",
                       sim::source("Carnahan, Durch and Gilmore 2006 use 1.5", sim::Grade::B), sim::moves("economy"),
                       sim::uncertain_factor(0.3)),
        sim::parameter("aid_in_output", &Economy::aid_in_output, "1", sim::between(0.0, 1.0),
                       "output that aid at full attention adds, relative to output without it",
                       sim::source("aid to Liberia and Sierra Leone was a third of income or more, part of it spent there "
                                   "(EVIDENCE 19, 66-67); size judged",
                                   sim::Grade::C),
                       sim::moves("economy"), sim::uncertain_factor(0.5)),
        sim::parameter("wages", &Economy::wages, "1", sim::between(0.0, 2.0),
                       "elasticity of what the state's functions need a head to output a head",
                       sim::source("assumed: half of it is pay, which follows incomes", sim::Grade::D),
                       sim::moves("budget_adequacy")),
        sim::parameter("trend", &Economy::trend, "year^-1", sim::between(-0.2, 0.3), "growth of output that nothing disturbs",
                       sim::source("Liberia 2012-22, panel: about 3 to 4 %", sim::Grade::B), sim::raises("gdp"),
                       sim::uncertain_by(0.015)),
        sim::parameter(
            "growth_sd", &Economy::growth_sd, "1", sim::between(0.0, 0.3),
            "standard deviation of the growth of a year by what is not in the model",
            sim::source("the change of growth around ten peaceful exits (EVIDENCE 67: -7.8 to +5.5 points) scatters "
                        "by about 4 points, which is 0.76 of a year's if three years are set against four; two thirds of "
                        "this reach output, which follows slowly",
                        sim::Grade::B),
            sim::moves("gdp"), sim::uncertain_factor(0.25)),
        sim::parameter("gap_at_start", &Economy::gap_at_start, "1", sim::between(0.0, 1.0),
                       "share of what the state's functions need that revenue does not cover at the start",
                       sim::source("Liberia: budgets were executed at 85 to 95 %", sim::Grade::C),
                       sim::lowers("budget_adequacy")),
        sim::parameter("gifts_in_budget", &Economy::gifts_in_budget, "1", sim::between(0.0, 1.0),
                       "part of the country team's voluntary money that does the work of the host budget",
                       sim::source("assumed", sim::Grade::D), sim::raises("budget_adequacy")),
        sim::parameter(
            "taken_over", &Economy::taken_over, "1", sim::between(0.0, 1.0),
            "part of what donors no longer pay for that the host takes on, at the same cost, as far as its budget goes",
            sim::source("assumed: half", sim::Grade::D), sim::raises("services")));

    void step(sim::View<Economy> state, const sim::Step& now) const;
    /// Budget relative to need in the first week, at full attention: pledges in million USD a year through the country team and
    /// through the government.
    [[nodiscard]] double adequacy_at_start(double team_musd, double government_musd) const;
    /// Money in USD a year that mission and country team spend at the start.
    struct Spending {
        double assessed = 0.0, programme = 0.0, voluntary = 0.0;
    };
    /// Economy before the first week, with the persons of each region and the mission's strength known.
    void start(sim::State& state, const Spending& yearly) const;

  private:
    /// Demand by mission and aid in a region relative to output there without them; `personnel` and `people` are the region's
    /// shares of the mission's personnel and of the people, `landed` and `aid` USD over output of the country.
    [[nodiscard]] double demand(double personnel, double people, double landed, double aid, double attention) const {
        const double mission = people > 0.0 ? multiplier * landed * personnel / people : 0.0;
        return mission + multiplier * aid + aid_in_output * attention;
    }
};

}  // namespace drawdown
