#pragma once

#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Relief: need, access, aid, its diversion, the price of food.
///
/// Need relaxes to hardship + displacement + violence + epidemic + price. Access = (1 - mines)(1 - refusal of armed
/// groups)(security
/// + escorts), less blur: the more soldiers deliver, the less aid is taken for impartial (CML 6.1). Aid meets the share of need
/// that money (donors' attention) and access allow. Groups that hold an area divert a part, more while food is dear. The price of
/// food rises with unmet need and with what the mission spends locally (speculation), and falls with aid. Need that aid leaves
/// unmet, and the price, act on livelihoods, flight and deaths (`livelihoods`, `flight`, `privation`).
struct Relief {
    double rate = 0.10;
    double hardship_need = 0.25;
    double displaced_need = 0.7;
    double violence_need = 0.2;
    double epidemic_need = 0.2;
    double price_need = 0.10;
    double inflow_need = 0.10;
    double mines_on_access = 0.5;
    double groups_on_access = 0.5;
    double escort_gain = 0.5;
    double blur = 0.3;
    double money = 0.9;
    double diversion_rate = 0.3;
    double attacks_on_access = 0.3;
    double scarcity_on_price = 0.4;
    double speculation = 1.0;
    double gdp_musd = 1000.0;
    std::vector<ShockInput> shocks;
    std::shared_ptr<const Geography> geography;

    static constexpr std::string_view name = "relief";
    static constexpr auto reads = sim::columns(
        region::population, region::displaced, region::sites, region::livelihood, region::exposure, region::mines,
        region::security_level, region_activity::reach, region_activity::coverage, region_group::control, region_violence::events,
        region_violence::deaths, country::epidemic, country::attention, country::local_spend, shock::level);
    static constexpr auto writes = sim::columns(region::need, region::access, region::aid, region::diversion, region::food_price);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Relief::rate, "week^-1", sim::between(0.0, 1.0), "speed at which need and prices follow causes",
                       sim::source("assumed: ten weeks", sim::Grade::D), sim::moves("need")),
        sim::parameter("hardship_need", &Relief::hardship_need, "1", sim::between(0.0, 1.0),
                       "share in need where nobody has a livelihood", sim::source("assumed", sim::Grade::D), sim::raises("need")),
        sim::parameter("displaced_need", &Relief::displaced_need, "1", sim::between(0.0, 1.0), "share of the displaced in need",
                       sim::source("assumed: most", sim::Grade::C), sim::raises("need")),
        sim::parameter("violence_need", &Relief::violence_need, "1", sim::between(0.0, 1.0),
                       "share in need where violence is worst", sim::source("assumed", sim::Grade::D), sim::raises("need")),
        sim::parameter("epidemic_need", &Relief::epidemic_need, "1", sim::between(0.0, 1.0),
                       "share in need at the height of an epidemic", sim::source("assumed", sim::Grade::D), sim::raises("need")),
        sim::parameter("price_need", &Relief::price_need, "1", sim::between(0.0, 1.0), "share in need for doubled food prices",
                       sim::source("assumed", sim::Grade::D), sim::raises("need")),
        sim::parameter("inflow_need", &Relief::inflow_need, "1", sim::between(0.0, 1.0),
                       "share in need by an inflow of refugees of full size", sim::source("assumed", sim::Grade::D),
                       sim::raises("need")),
        sim::parameter("mines_on_access", &Relief::mines_on_access, "1", sim::between(0.0, 1.0),
                       "access lost where mines block all routes",
                       sim::source("Considerations for Mission Leadership 6.1: mines block routes; size judged", sim::Grade::C),
                       sim::lowers("access")),
        sim::parameter("groups_on_access", &Relief::groups_on_access, "1", sim::between(0.0, 1.0),
                       "access lost where armed groups control everything", sim::source("assumed", sim::Grade::D),
                       sim::lowers("access")),
        sim::parameter("escort_gain", &Relief::escort_gain, "1", sim::between(0.0, 1.0),
                       "part of the access lost to insecurity that full escort gives back", sim::source("assumed", sim::Grade::D),
                       sim::raises("access")),
        sim::parameter("blur", &Relief::blur, "1", sim::between(0.0, 1.0),
                       "access lost when aid comes only with soldiers and mission projects",
                       sim::source("Considerations for Mission Leadership 6.1: humanitarian space; size judged", sim::Grade::C),
                       sim::lowers("access")),
        sim::parameter("money", &Relief::money, "1", sim::between(0.0, 1.0),
                       "share of need that full attention of donors pays for",
                       sim::source("appeals are funded at about a half to two thirds (from memory); size judged", sim::Grade::C),
                       sim::raises("aid")),
        sim::parameter("diversion", &Relief::diversion_rate, "1", sim::between(0.0, 1.0),
                       "share of aid diverted where armed groups control everything and food costs what it did at the start",
                       sim::source("assumed", sim::Grade::D), sim::raises("diversion")),
        sim::parameter("attacks_on_access", &Relief::attacks_on_access, "1", sim::between(0.0, 1.0),
                       "access lost in the week of an attack on aid", sim::source("assumed", sim::Grade::D),
                       sim::lowers("access")),
        sim::parameter("scarcity_on_price", &Relief::scarcity_on_price, "1", sim::between(0.0, 10.0),
                       "relative rise of food prices at full unmet need", sim::source("assumed", sim::Grade::D),
                       sim::raises("food_price")),
        sim::parameter("speculation", &Relief::speculation, "1", sim::between(0.0, 10.0),
                       "relative rise of food prices for local spending of the mission over output",
                       sim::source("Carnahan, Durch and Gilmore 2006: prices rise little; size judged", sim::Grade::C),
                       sim::raises("food_price")));

    void step(sim::View<Relief> state, const sim::Step& now) const;
};

/// Mines and explosive remnants: laid where groups hold ground and fight, cleared by mine action and, slowly, by the state.
///     M' = laying held violence (1 + extremism)(1 - M) - (clearance reach + state_clearance administration) M
/// At the start M is the input times the region's share of the past violence over the mean share: land is mined, not people.
struct Mines {
    double laying = 0.02;
    double clearance = 0.012;
    double state_clearance = 0.002;

    static constexpr std::string_view name = "mines";
    static constexpr auto reads = sim::columns(region_activity::reach, region_function::capacity, region_group::control,
                                               region::exposure, region::extremism);
    static constexpr auto writes = sim::columns(region::mines);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("laying", &Mines::laying, "week^-1", sim::between(0.0, 1.0),
                                       "rate at which routes are mined under the worst violence",
                                       sim::source("assumed: a year", sim::Grade::D), sim::raises("mines")),
                        sim::parameter("clearance", &Mines::clearance, "week^-1", sim::between(0.0, 1.0),
                                       "rate at which mine action that reaches all clears",
                                       sim::source("assumed: a year and a half", sim::Grade::D), sim::lowers("mines")),
                        sim::parameter("state_clearance", &Mines::state_clearance, "week^-1", sim::between(0.0, 1.0),
                                       "rate at which an able administration clears",
                                       sim::source("assumed: ten years", sim::Grade::D), sim::lowers("mines")));

    void step(sim::View<Mines> state, const sim::Step& now) const;
};

/// Jobs and learning for the young: share of those of 15 to 29 whom economy and programmes occupy, relaxing to base x economy +
/// programmes (youth programmes, quick-impact projects, economic support after the exit) (CML 6.3).
struct YouthJobs {
    double rate = 0.02;
    double base = 0.45;
    double programmes = 0.15;
    double support = 0.5;
    double gdp_musd = 1000.0;

    static constexpr std::string_view name = "youth_jobs";
    static constexpr auto reads =
        sim::columns(region::economy, region_activity::reach, country::economic_support, region::youth_participation);
    static constexpr auto writes = sim::columns(region::youth_jobs);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &YouthJobs::rate, "week^-1", sim::between(0.0, 1.0), "speed at which jobs follow",
                       sim::source("assumed: a year", sim::Grade::D), sim::moves("youth_jobs")),
        sim::parameter("base", &YouthJobs::base, "1", sim::between(0.0, 1.0), "share occupied in the economy of the start",
                       sim::source("scenario; assumed below the adults' share", sim::Grade::D), sim::raises("youth_jobs")),
        sim::parameter("programmes", &YouthJobs::programmes, "1", sim::between(0.0, 1.0),
                       "share occupied by programmes that reach all youth",
                       sim::source("Blattman and Annan 2016: programmes keep some busy; size judged", sim::Grade::C),
                       sim::raises("youth_jobs")),
        sim::parameter("support", &YouthJobs::support, "1", sim::between(0.0, 10.0),
                       "share occupied by economic support as large as output", sim::source("assumed", sim::Grade::D),
                       sim::raises("youth_jobs")));

    void step(sim::View<YouthJobs> state, const sim::Step& now) const;
};

/// Mines and prices at the start.
void start_humanitarian(sim::State& state, const Inputs& in);

}  // namespace drawdown
