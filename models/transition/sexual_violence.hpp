#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Cases of sexual and gender-based violence, by region: cases, not deaths. Poisson, with the mean per week and million people
///     rate (1 + armed A + abuse a + displaced d + violence X) (1 - impunity_effect J) (1 - patrol_effect P (1 + women w))
/// A: armed persons out of the agreement for 1,000 people, saturating; a: abuse by the state's forces; d: share of people who are
/// displaced; X: recent deaths by violence, saturating; J: capacity of justice; P: reach of patrols; w: share of women among
/// those who meet the people. Source: MODEL (sex and age shape exposure; women's share widens engagement); sizes assumed.
struct SexualViolence {
    double rate = 2.0;
    double armed = 3.0;
    double armed_half = 1.0;
    double abuse_effect = 1.0;
    double displaced_effect = 3.0;
    double violence_effect = 1.0;
    double violence_half = 5.0;
    double impunity_effect = 0.4;
    double patrol_effect = 0.2;
    double women_effect = 3.0;
    double women_share = 0.07;  ///< of the mission, from the scenario

    static constexpr std::string_view name = "sexual_violence";
    static constexpr auto reads =
        sim::columns(region_group::fighters, region_group::conduct, region::population, region::displaced, region::abuse,
                     region::exposure, region_function::capacity, region_activity::reach);
    static constexpr auto writes = sim::columns(region::sexual_violence);
    static constexpr auto streams = sim::streams({"sexual_violence"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &SexualViolence::rate, "week^-1", sim::between(0.0, 1000.0),
                       "reported cases per million people in peace, without patrols and justice",
                       sim::source("assumed: about a hundred a year per million", sim::Grade::D), sim::raises("sexual_violence")),
        sim::parameter("armed", &SexualViolence::armed, "1", sim::between(0.0, 100.0),
                       "relative rise where armed persons who extort or attack are many", sim::source("assumed", sim::Grade::D),
                       sim::raises("sexual_violence")),
        sim::parameter("armed_half", &SexualViolence::armed_half, "persons", sim::above(0.0),
                       "armed persons per 1,000 people at which half of that rise is reached",
                       sim::source("assumed", sim::Grade::D), sim::lowers("sexual_violence")),
        sim::parameter("abuse_effect", &SexualViolence::abuse_effect, "1", sim::between(0.0, 100.0),
                       "relative rise at full abuse by the state's forces", sim::source("assumed", sim::Grade::D),
                       sim::raises("sexual_violence")),
        sim::parameter("displaced_effect", &SexualViolence::displaced_effect, "1", sim::between(0.0, 100.0),
                       "relative rise where all people are displaced", sim::source("assumed", sim::Grade::D),
                       sim::raises("sexual_violence")),
        sim::parameter("violence_effect", &SexualViolence::violence_effect, "1", sim::between(0.0, 100.0),
                       "relative rise amid much other violence", sim::source("assumed", sim::Grade::D),
                       sim::raises("sexual_violence")),
        sim::parameter("violence_half", &SexualViolence::violence_half, "1", sim::above(0.0),
                       "recent deaths per 100,000 people at which half of that rise is reached",
                       sim::source("assumed", sim::Grade::D), sim::lowers("sexual_violence")),
        sim::parameter("impunity_effect", &SexualViolence::impunity_effect, "1", sim::between(0.0, 1.0),
                       "share of cases that full capacity of justice deters", sim::source("assumed", sim::Grade::D),
                       sim::lowers("sexual_violence")),
        sim::parameter("patrol_effect", &SexualViolence::patrol_effect, "1", sim::between(0.0, 1.0),
                       "share of cases that patrols of men everywhere prevent", sim::source("assumed", sim::Grade::D),
                       sim::lowers("sexual_violence")),
        sim::parameter("women_effect", &SexualViolence::women_effect, "1", sim::between(0.0, 20.0),
                       "relative rise of that share in patrols of women",
                       sim::source("CML 1.1 on women in peace operations, direction; size judged", sim::Grade::D),
                       sim::lowers("sexual_violence")));

    void step(sim::View<SexualViolence> state, const sim::Step& now) const;
};

}  // namespace drawdown
