#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Consent of the people of each region to the mission.
///
///     c' = rate (trust in the mission - c) + dialogue d + projects q - expectations u - failure v - misinformation b -
///     misconduct m
/// each in the region (d, q: coverage; u: services expected and not there; v: violence felt; b: believers of rumours), while the
/// mission is there. Below `withdrawn` a region refuses the mission on its own, until consent is `hysteresis` above that.
struct PopularConsent {
    double rate = 0.05;
    double dialogue = 0.004;
    double projects = 0.004;
    double expectations = 0.006;
    double failure = 0.010;
    double misinformation = 0.006;
    double misconduct = 0.004;
    double violence_scale = 10.0;
    double withdrawn = 0.15;
    double hysteresis = 0.05;

    static constexpr std::string_view name = "popular_consent";
    static constexpr auto reads =
        sim::columns(region_activity::coverage, region::trust_mission, region::exposure, region::expectation, region::services,
                     community::region, community::rumour, community::residents, country::misconduct, country::mission_open);
    static constexpr auto writes = sim::columns(region::consent, region::refuses);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &PopularConsent::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which people's consent follows their trust", sim::source("assumed", sim::Grade::D),
                       sim::moves("consent_popular")),
        sim::parameter("dialogue", &PopularConsent::dialogue, "week^-1", sim::between(0.0, 1.0), "gain by full dialogue coverage",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_popular")),
        sim::parameter("projects", &PopularConsent::projects, "week^-1", sim::between(0.0, 1.0),
                       "gain by quick-impact projects that reach everybody",
                       sim::source("purpose of such projects (CML 6.2); size assumed", sim::Grade::D),
                       sim::raises("consent_popular")),
        sim::parameter("expectations", &PopularConsent::expectations, "week^-1", sim::between(0.0, 1.0),
                       "loss where nothing of what people expect is there",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_popular")),
        sim::parameter("failure", &PopularConsent::failure, "week^-1", sim::between(0.0, 1.0),
                       "loss by the greatest violence: failure to protect",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_popular")),
        sim::parameter("misinformation", &PopularConsent::misinformation, "week^-1", sim::between(0.0, 1.0),
                       "loss where everybody believes hostile rumours",
                       sim::source("Stimson 2023: later trigger; size assumed", sim::Grade::D), sim::lowers("consent_popular")),
        sim::parameter("misconduct", &PopularConsent::misconduct, "week^-1", sim::between(0.0, 1.0),
                       "loss by the worst misconduct",
                       sim::source("Considerations for Mission Leadership 1.1.4; size assumed", sim::Grade::D),
                       sim::lowers("consent_popular")),
        sim::parameter("violence_scale", &PopularConsent::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of the greatest violence are felt",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_popular")),
        sim::parameter("withdrawn", &PopularConsent::withdrawn, "1", sim::between(0.0, 1.0),
                       "consent below which a region refuses the mission", sim::source("assumed", sim::Grade::D),
                       sim::raises("region_refuses")),
        sim::parameter("hysteresis", &PopularConsent::hysteresis, "1", sim::between(0.0, 0.5),
                       "by how much consent must pass that for the region to accept the mission again",
                       sim::source("assumed", sim::Grade::D), sim::raises("region_refuses")));

    void step(sim::View<PopularConsent> state, const sim::Step& now) const;
    /// Consent of each region before the first week: people's trust in the mission.
    void start(sim::State& state) const;
};

/// Consent of each armed group to the mission, and of the parties together: the mean over groups, weighted with fighters.
///
///     c_g' = rate (commitment + offices g - coercion pressure - proscription proscribed - c_g)
/// Good offices win the parties, pressure and proscription lose them. Below `withdrawn` a party refuses the mission, until its
/// consent is `hysteresis` above that.
struct PartyConsent {
    double rate = 0.05;
    double offices = 0.1;
    double coercion = 0.3;
    double proscription = 0.2;
    double withdrawn = 0.15;
    double hysteresis = 0.05;

    static constexpr std::string_view name = "party_consent";
    static constexpr auto reads = sim::columns(region_activity::coverage, region::population, group::alive, group::fighters,
                                               group::commitment, group::pressure, group::proscribed, country::mission_open);
    static constexpr auto writes = sim::columns(group::consent, group::refuses, country::party_consent);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &PartyConsent::rate, "week^-1", sim::between(0.0, 1.0), "speed at which a party's consent follows",
                       sim::source("assumed", sim::Grade::D), sim::moves("consent_parties")),
        sim::parameter("offices", &PartyConsent::offices, "1", sim::between(0.0, 1.0), "consent won by full good offices",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_parties")),
        sim::parameter("coercion", &PartyConsent::coercion, "1", sim::between(0.0, 1.0), "consent lost under full pressure",
                       sim::source("assumed", sim::Grade::D), sim::lowers("consent_parties")),
        sim::parameter("proscription", &PartyConsent::proscription, "1", sim::between(0.0, 1.0),
                       "consent lost by a group to which no one may talk", sim::source("assumed", sim::Grade::D),
                       sim::lowers("consent_parties")),
        sim::parameter("withdrawn", &PartyConsent::withdrawn, "1", sim::between(0.0, 1.0),
                       "consent below which a party refuses the mission", sim::source("assumed", sim::Grade::D),
                       sim::raises("group_refuses")),
        sim::parameter("hysteresis", &PartyConsent::hysteresis, "1", sim::between(0.0, 0.5),
                       "by how much consent must pass that for the party to accept the mission again",
                       sim::source("assumed", sim::Grade::D), sim::raises("group_refuses")));

    void step(sim::View<PartyConsent> state, const sim::Step& now) const;
    /// Consent of each group before the first week: what it has committed to.
    void start(sim::State& state) const;
};

}  // namespace drawdown
