#pragma once

#include <span>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Misconduct by personnel of the mission: sexual exploitation and abuse, and other cases that become known (CML 1.1.4).
///
/// Cases in a step ~ Poisson(dt (1 - oversight) sum over components of rate x persons). Oversight = 1 - (1 - leadership)
/// (1 - civilian_oversight min(1, civilians / (full_oversight uniformed))). The memory of misconduct decays with a half-life; a
/// case adds `memory_per_case`, and when `scandal_cases` come in one step they are a scandal, each remembered
/// `scandal_weight` times more.
struct Misconduct {
    double troops = 0.00004;
    double formed_police = 0.00004;
    double police = 0.00004;
    double civilians = 0.00004;
    double leadership = 0.2;
    double civilian_oversight = 0.375;
    double full_oversight = 0.2;
    double half_life_weeks = 52.0;
    double memory_per_case = 0.02;
    double scandal_cases = 3.0;
    double scandal_weight = 1.0;

    static constexpr std::string_view name = "misconduct";
    static constexpr auto reads = sim::columns(region_component::strength);
    static constexpr auto writes = sim::columns(country::misconduct, country::misconduct_cases, country::oversight);
    static constexpr auto streams = sim::streams({"misconduct"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("troops", &Misconduct::troops, "week^-1", sim::between(0.0, 1.0),
                       "cases of misconduct per soldier or observer without oversight",
                       sim::source("about 10 to 20 reported cases a year in UNMIL, most unreported", sim::Grade::C),
                       sim::raises("misconduct_cases")),
        sim::parameter("formed_police", &Misconduct::formed_police, "week^-1", sim::between(0.0, 1.0),
                       "cases of misconduct per member of formed police without oversight",
                       sim::source("assumed: as for troops", sim::Grade::D), sim::raises("misconduct_cases")),
        sim::parameter("police", &Misconduct::police, "week^-1", sim::between(0.0, 1.0),
                       "cases of misconduct per individual police without oversight",
                       sim::source("assumed: as for troops", sim::Grade::D), sim::raises("misconduct_cases")),
        sim::parameter("civilians", &Misconduct::civilians, "week^-1", sim::between(0.0, 1.0),
                       "cases of misconduct per civilian without oversight", sim::source("assumed: as for troops", sim::Grade::D),
                       sim::raises("misconduct_cases")),
        sim::parameter("leadership", &Misconduct::leadership, "1", sim::between(0.0, 1.0),
                       "share of misconduct that leaders and contingent commanders prevent",
                       sim::source("CML 1.1.4: sign; size assumed", sim::Grade::D), sim::lowers("misconduct_cases")),
        sim::parameter("civilian_oversight", &Misconduct::civilian_oversight, "1", sim::between(0.0, 1.0),
                       "share of the rest that full civilian oversight prevents", sim::source("assumed", sim::Grade::D),
                       sim::lowers("misconduct_cases")),
        sim::parameter("full_oversight", &Misconduct::full_oversight, "1", sim::above(0.0),
                       "civilians for each uniformed person that are full oversight",
                       sim::source("assumed: UNMIL had about one to five", sim::Grade::D), sim::raises("misconduct_cases")),
        sim::parameter("half_life", &Misconduct::half_life_weeks, "weeks", sim::above(0.0),
                       "half-life of the memory of misconduct", sim::source("assumed", sim::Grade::D), sim::raises("misconduct")),
        sim::parameter("memory_per_case", &Misconduct::memory_per_case, "1", sim::between(0.0, 1.0),
                       "part of the scale that one remembered case fills", sim::source("assumed: fifty fill it", sim::Grade::D),
                       sim::raises("misconduct")),
        sim::parameter("scandal_cases", &Misconduct::scandal_cases, "1", sim::between(1.0, 50.0),
                       "cases that become known in one step and make a scandal", sim::source("assumed", sim::Grade::D),
                       sim::lowers("misconduct")),
        sim::parameter("scandal_weight", &Misconduct::scandal_weight, "1", sim::between(0.0, 20.0),
                       "what a case in a scandal adds to memory on top of another case", sim::source("assumed", sim::Grade::D),
                       sim::raises("misconduct")));

    /// Persons of a mission as conduct counts them.
    struct Personnel {
        double troops = 0.0, formed_police = 0.0, police = 0.0, civilians = 0.0;
    };
    [[nodiscard]] static Personnel personnel(std::span<const double> strength);

    /// Share of misconduct that oversight prevents.
    [[nodiscard]] double oversight(const Personnel& persons) const;
    /// Cases of misconduct expected in a week.
    [[nodiscard]] double cases_per_week(const Personnel& persons) const;
    /// Memory of misconduct that such a mission holds in the long run in steps of a week; where a run starts.
    [[nodiscard]] double resting_memory(const Personnel& persons) const;

    void step(sim::View<Misconduct> state, const sim::Step& now) const;
};

}  // namespace drawdown
