#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Rumours spread within and between communities, and are countered.
///
///     r' = spread (own (1 - link) + linked link)(1 - r) - forget r - counter coverage r + seed tension (1 - r)
/// A community is linked to a few others anywhere in the country, by a hash of its place, so that no list of ties is stored.
/// Form: the SIR-like rumour of Daley and Kendall (1964) with forgetting; mission information counters it and ends with the
/// mission (CML 6.7).
struct Rumours {
    double spread = 0.05;
    double forget = 0.08;
    double counter = 0.10;
    double seed = 0.01;
    double link = 0.2;

    static constexpr std::string_view name = "rumours";
    static constexpr auto reads = sim::columns(community::region, region_activity::coverage, country::tension, country::epidemic);
    static constexpr auto writes = sim::columns(community::rumour);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("spread", &Rumours::spread, "week^-1", sim::between(0.0, 2.0), "rate at which believers convince others",
                       sim::source("Daley and Kendall 1964: form; speed judged", sim::Grade::C)),
        sim::parameter("forget", &Rumours::forget, "week^-1", sim::between(0.0, 2.0), "rate of forgetting",
                       sim::source("assumed: about three months", sim::Grade::D)),
        sim::parameter("counter", &Rumours::counter, "week^-1", sim::between(0.0, 2.0),
                       "rate at which full information coverage convinces believers", sim::source("assumed", sim::Grade::D)),
        sim::parameter("seed", &Rumours::seed, "week^-1", sim::between(0.0, 2.0), "new believers at full tension or epidemic",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("link", &Rumours::link, "1", sim::between(0.0, 1.0), "weight of linked communities against the own one",
                       sim::source("assumed: a few long ties", sim::Grade::D)));

    void step(sim::View<Rumours> state, const sim::Step& now) const;
};

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
/// Every week:  population = before + births - deaths = sum over what persons do;  fighters = before + recruits + rearmed -
/// deserters - disarmed - killed - otherwise dead.
/// Throws NumericalError when one person is missing or too many.
struct Totals {
    static constexpr std::string_view name = "totals";
    static constexpr auto reads = sim::columns(
        region::grievance_sum, region::fear_sum, region::trust_state_sum, region::trust_mission_sum, region::expectation_sum,
        region::livelihood_sum, region::adults, region::displaced, region::refugees, region::recruits, region::deserters,
        region::disarmed, region::rearmed, region::cantoned, region::security, community::residents, region_group::fighters,
        country::population, country::births, country::natural_deaths, country::violent_deaths, country::killed_fighters,
        country::fighters_died, country::received, country::spent, country::treasury, region::population);
    static constexpr auto writes =
        sim::columns(region::grievance, region::fear, region::trust_state, region::trust_mission, region::expectation,
                     region::livelihood, group::fighters, country::refugees, country::displaced, country::fighters,
                     country::population_before, country::fighters_before);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<Totals> state, const sim::Step& now) const;
};

/// Consent to the mission at three levels: host government, armed parties, population by region.
///
///     c' = recovery (natural - c) + dialogue d - tension t - size S - reporting a d - misconduct m - failure v - fatigue years
/// plus noise, for the government while the mission is there (Stimson 2018, 2023: triggers; the equation is ours); people's
/// consent follows their trust in the mission, the parties' what they have committed to. Below `withdrawn` for `patience` the
/// government asks the mission to leave.
struct Consent {
    double recovery = 0.02;
    double natural = 0.80;
    double dialogue = 0.004;
    double tension = 0.010;
    double size = 0.0003;
    double reporting = 0.010;
    double misconduct = 0.004;
    double failure = 0.010;
    double fatigue = 0.0002;
    double shock_sd = 0.006;
    double withdrawn = 0.20;
    double patience_weeks = 13.0;
    double popular_rate = 0.05;
    double party_rate = 0.05;

    static constexpr std::string_view name = "consent";
    static constexpr auto reads = sim::columns(region_activity::coverage, region::adults, region::abuse, region::trust_mission,
                                               region::exposure, group::commitment, group::alive, country::tension,
                                               country::mission_strength, country::misconduct, country::mission_open);
    static constexpr auto writes = sim::columns(country::consent, country::party_consent, country::weeks_withdrawn,
                                                country::asked_to_leave, country::notice_weeks, region::consent);
    static constexpr auto streams = sim::streams({"consent"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("recovery", &Consent::recovery, "week^-1", sim::between(0.0, 1.0), "pull towards the natural level",
                       sim::source("assumed; no published rates (EVIDENCE 3.5)", sim::Grade::D)),
        sim::parameter("natural", &Consent::natural, "1", sim::between(0.0, 1.0), "consent of a government that nothing disturbs",
                       sim::source("scenario; assumed", sim::Grade::D)),
        sim::parameter("dialogue", &Consent::dialogue, "week^-1", sim::between(0.0, 1.0), "gain by full dialogue coverage",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("tension", &Consent::tension, "week^-1", sim::between(0.0, 1.0), "loss at full tension around a vote",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D)),
        sim::parameter("size", &Consent::size, "week^-1", sim::between(0.0, 1.0), "loss per 1,000 uniformed: sovereignty",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D)),
        sim::parameter("reporting", &Consent::reporting, "week^-1", sim::between(0.0, 1.0),
                       "loss by reports on abuses, at full abuse and coverage",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D)),
        sim::parameter("misconduct", &Consent::misconduct, "week^-1", sim::between(0.0, 1.0), "loss by the worst misconduct",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D)),
        sim::parameter("failure", &Consent::failure, "week^-1", sim::between(0.0, 1.0), "loss by violence in the mission's time",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D)),
        sim::parameter("fatigue", &Consent::fatigue, "week^-1", sim::between(0.0, 1.0), "loss for each year since the run began",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("shock_sd", &Consent::shock_sd, "1", sim::between(0.0, 1.0),
                       "standard deviation of what politics adds, per square root of a week",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("withdrawn", &Consent::withdrawn, "1", sim::between(0.0, 1.0),
                       "consent below which it counts as withdrawn",
                       sim::source("Stimson 2018: ladder; level assumed", sim::Grade::D)),
        sim::parameter("patience", &Consent::patience_weeks, "weeks", sim::at_least(0.0),
                       "time after which the mission is asked to leave", sim::source("assumed", sim::Grade::D)),
        sim::parameter("popular_rate", &Consent::popular_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which people's consent follows their trust", sim::source("assumed", sim::Grade::D)),
        sim::parameter("party_rate", &Consent::party_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the parties' consent follows their commitment", sim::source("assumed", sim::Grade::D)));

    void step(sim::View<Consent> state, const sim::Step& now) const;
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
