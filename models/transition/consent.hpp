#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/ledger.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Rungs of the ladder of consent (Stimson 2018).
enum class ConsentLevel : std::uint8_t { withdrawn = 0, compromised = 1, weak = 2, strong = 3 };

/// Consent of the host government to the mission.
///
///     c' = recovery (c_nat - c) + dialogue d + good_offices g - tension t - size S - reporting a h - expectations u - misconduct
///     m
///          - failure v - misinformation b - fatigue years,  plus noise and outside events,
///     c_nat = natural + inclusive I - complicit C - sponsors s - soldiers M
/// while the mission is there; without one only the pull to c_nat stays. d, g, h: coverage of dialogue, good offices and
/// human-rights monitors; t: tension around votes; S: uniformed personnel in thousands (sovereignty); a: abuses; u: services
/// expected and not there; m: misconduct; v: violence felt (failure to protect); b: believers of rumours; I, C, s: inclusiveness,
/// complicity, stance of sponsors, rule of soldiers after a coup. All but noise are means over people. Triggers: Stimson 2018,
/// 2023; Sebastian and Gorur 2018 (EVIDENCE 72); the equation is ours, as are all sizes: none is published.
///
/// The ladder strong, weak, compromised, withdrawn goes down at its thresholds and up only `hysteresis` above them. Withdrawn for
/// longer than `patience`, if the plan hears it, or by a dated request of the plan, the government asks the mission to leave.
struct Consent {
    double recovery = 0.02;
    double natural = 0.76;
    double inclusive = 0.2;
    double complicit = 0.2;
    double sponsors = 0.1;
    double soldiers = 0.5;
    double dialogue = 0.002;
    double good_offices = 0.003;
    double tension = 0.010;
    double size = 0.0003;
    double reporting = 0.010;
    double expectations = 0.004;
    double misconduct = 0.004;
    double failure = 0.010;
    double violence_scale = 10.0;
    double misinformation = 0.004;
    double fatigue = 0.0002;
    double shock_sd = 0.006;
    double strong_from = 0.65;
    double weak_from = 0.45;
    double withdrawn = 0.20;
    double hysteresis = 0.05;
    double patience_weeks = 13.0;

    static constexpr std::string_view name = "consent";
    static constexpr auto reads = sim::columns(
        region_activity::coverage, region::adults, region::abuse, region::exposure, region::expectation, region::services,
        community::rumour, community::residents, country::tension, country::mission_strength, country::misconduct,
        country::mission_open, country::inclusiveness, country::complicity, country::sponsor_stance, country::consent_shock,
        country::request_made, country::requests_heard, country::military_rule);
    static constexpr auto writes = sim::columns(country::consent, country::consent_level, country::weeks_withdrawn,
                                                country::asked_to_leave, country::notice_weeks, ledger::amount);
    static constexpr auto streams = sim::streams({"consent"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("recovery", &Consent::recovery, "week^-1", sim::between(0.0, 1.0), "pull towards the natural level",
                       sim::source("assumed; no published rates (EVIDENCE 3.5)", sim::Grade::D), sim::moves("consent_host")),
        sim::parameter("natural", &Consent::natural, "1", sim::between(-1.0, 1.0),
                       "consent of an exclusive government that nothing disturbs", sim::source("assumed", sim::Grade::D),
                       sim::raises("consent_host")),
        sim::parameter("inclusive", &Consent::inclusive, "1", sim::between(0.0, 1.0), "natural consent added by inclusiveness",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_host")),
        sim::parameter("complicit", &Consent::complicit, "1", sim::between(0.0, 1.0),
                       "natural consent lost to complicity in abuses",
                       sim::source("obstruction by complicit governments (CML 3.1.5); size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("sponsors", &Consent::sponsors, "1", sim::between(-1.0, 1.0),
                       "natural consent lost where sponsors are friendly, who offer an alternative to the mission",
                       sim::source("Stimson 2023: push for other forces; size assumed", sim::Grade::D),
                       sim::moves("consent_host")),
        sim::parameter("soldiers", &Consent::soldiers, "1", sim::between(0.0, 1.0),
                       "natural consent lost where soldiers rule wholly, who look for other partners",
                       sim::source("Mali 2020-23: relations with the mission soured after coups; size judged", sim::Grade::C),
                       sim::lowers("consent_host")),
        sim::parameter("dialogue", &Consent::dialogue, "week^-1", sim::between(0.0, 1.0), "gain by full dialogue coverage",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_host")),
        sim::parameter("good_offices", &Consent::good_offices, "week^-1", sim::between(0.0, 1.0), "gain by full good offices",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_host")),
        sim::parameter("tension", &Consent::tension, "week^-1", sim::between(0.0, 1.0), "loss at full tension around a vote",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("size", &Consent::size, "week^-1", sim::between(0.0, 1.0), "loss per 1,000 uniformed: sovereignty",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("reporting", &Consent::reporting, "week^-1", sim::between(0.0, 1.0),
                       "loss by reports on abuses, at full abuse and coverage of human-rights monitors",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("expectations", &Consent::expectations, "week^-1", sim::between(0.0, 1.0),
                       "loss where nothing of what people expect is there",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("misconduct", &Consent::misconduct, "week^-1", sim::between(0.0, 1.0), "loss by the worst misconduct",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("failure", &Consent::failure, "week^-1", sim::between(0.0, 1.0), "loss by violence in the mission's time",
                       sim::source("Sebastian and Gorur 2018: trigger; size assumed", sim::Grade::D),
                       sim::lowers("consent_host")),
        sim::parameter("violence_scale", &Consent::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of the greatest violence are felt",
                       sim::source("assumed", sim::Grade::D), sim::raises("consent_host")),
        sim::parameter("misinformation", &Consent::misinformation, "week^-1", sim::between(0.0, 1.0),
                       "loss where everybody believes hostile rumours",
                       sim::source("Stimson 2023: later trigger; size assumed", sim::Grade::D), sim::lowers("consent_host")),
        sim::parameter("fatigue", &Consent::fatigue, "week^-1", sim::between(0.0, 1.0), "loss for each year since the run began",
                       sim::source("assumed", sim::Grade::D), sim::lowers("consent_host")),
        sim::parameter("shock_sd", &Consent::shock_sd, "1", sim::between(0.0, 1.0),
                       "standard deviation of what politics adds, per square root of a week",
                       sim::source("assumed", sim::Grade::D), sim::moves("consent_host")),
        sim::parameter("strong_from", &Consent::strong_from, "1", sim::between(0.0, 1.0), "consent from which it is strong",
                       sim::source("Stimson 2018: ladder; level assumed", sim::Grade::D), sim::lowers("consent_level")),
        sim::parameter("weak_from", &Consent::weak_from, "1", sim::between(0.0, 1.0),
                       "consent from which it is weak and not compromised",
                       sim::source("Stimson 2018: ladder; level assumed", sim::Grade::D), sim::lowers("consent_level")),
        sim::parameter("withdrawn", &Consent::withdrawn, "1", sim::between(0.0, 1.0),
                       "consent below which it counts as withdrawn",
                       sim::source("Stimson 2018: ladder; level assumed", sim::Grade::D), sim::lowers("consent_level")),
        sim::parameter("hysteresis", &Consent::hysteresis, "1", sim::between(0.0, 0.5),
                       "by how much a threshold must be passed on the way up", sim::source("assumed", sim::Grade::D),
                       sim::lowers("consent_level")),
        sim::parameter("patience", &Consent::patience_weeks, "weeks", sim::at_least(0.0),
                       "time after which the mission is asked to leave", sim::source("assumed", sim::Grade::D),
                       sim::lowers("asked_to_leave")));

    void step(sim::View<Consent> state, const sim::Step& now) const;

    /// What moves consent, each in 1/week; a trigger is a loss of 0 or more.
    struct Terms {
        double pull = 0.0;
        double dialogue = 0.0;
        double good_offices = 0.0;
        double tension = 0.0;
        double sovereignty = 0.0;
        double reporting = 0.0;
        double expectations = 0.0;
        double misconduct = 0.0;
        double failure = 0.0;
        double misinformation = 0.0;
        double fatigue = 0.0;
        [[nodiscard]] double sum() const;
        [[nodiscard]] Cause largest_trigger() const;
        /// What brings it up: dialogue and good offices, or that what strained it has passed.
        [[nodiscard]] Cause largest_gain() const;
    };
    [[nodiscard]] double natural_level(double inclusiveness, double complicity, double stance, double rule) const;
    /// Rung to which consent belongs, coming from a rung.
    [[nodiscard]] ConsentLevel level_of(double consent, ConsentLevel from) const;
    /// Rung before the first week.
    void start(sim::State& state) const;

  private:
    [[nodiscard]] Terms terms(const sim::View<Consent>& state, double years) const;
    /// Books the step's change to its causes, but for noise and outside events.
    void book(const sim::View<Consent>& state, const Terms& change, double dt_weeks, Ledger& page) const;
};

}  // namespace drawdown
