#pragma once

#include <array>

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Births, deaths other than by violence, ageing.
///
/// Each agent has one week of the year, by its place in the community, in which its persons grow a year older, die with the
/// yearly probability of their age, m(a) = infant for a = 0, else background + senescence exp(slope a) (Makeham 1860), and women
/// of 15 to 49 bear children at a constant rate; memories of victimisation fade, and members of the forces retire. In an epidemic
/// the hazard of death rises by excess x intensity in every week for everybody.
struct Demography {
    double infant_mortality = 0.070;
    double background_mortality = 0.0045;
    double senescence = 0.00006;
    double senescence_slope = 0.088;
    double fertility = 0.155;
    double epidemic_excess = 0.0000255;
    double memory_fade = 0.10;
    std::int64_t retirement_age = 60;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "demography";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region);
    static constexpr auto looks = sim::columns(country::epidemic);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(country::births, country::natural_deaths, country::fighters_died);
    static constexpr auto streams = sim::streams({"demography", "epidemic"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("infant_mortality", &Demography::infant_mortality, "year^-1", sim::between(0.0, 1.0),
                       "probability of death in the first year",
                       sim::source("World Bank, Liberia 2012: 68 per 1,000 births", sim::Grade::A),
                       sim::raises("natural_deaths")),
        sim::parameter("background_mortality", &Demography::background_mortality, "year^-1", sim::between(0.0, 1.0),
                       "yearly probability of death that does not depend on age",
                       sim::source("set with the next two to a crude death rate of about 9 per 1,000", sim::Grade::C),
                       sim::raises("natural_deaths")),
        sim::parameter("senescence", &Demography::senescence, "year^-1", sim::between(0.0, 0.01),
                       "yearly probability of death by ageing, at birth",
                       sim::source("Makeham's law, values judged", sim::Grade::C), sim::raises("natural_deaths")),
        sim::parameter("senescence_slope", &Demography::senescence_slope, "year^-1", sim::between(0.0, 0.2),
                       "growth of mortality with age", sim::source("Gompertz slopes lie between 0.08 and 0.10", sim::Grade::B),
                       sim::raises("natural_deaths")),
        sim::parameter("fertility", &Demography::fertility, "year^-1", sim::between(0.0, 0.5),
                       "births a year to a woman of 15 to 49",
                       sim::source("set to a crude birth rate of about 35 per 1,000", sim::Grade::C), sim::raises("births")),
        sim::parameter("epidemic_excess", &Demography::epidemic_excess, "week^-1", sim::between(0.0, 0.1),
                       "hazard of death added at epidemic intensity 1",
                       sim::source("Ebola in Liberia 2014-15: about 4,800 deaths among 4.5 million", sim::Grade::A),
                       sim::raises("natural_deaths")),
        sim::parameter("memory_fade", &Demography::memory_fade, "year^-1", sim::between(0.0, 1.0),
                       "share of a memory of victimisation that fades in a year", sim::source("assumed: a decade", sim::Grade::D),
                       sim::lowers("grievance")),
        sim::parameter("retirement_age", &Demography::retirement_age, "years", sim::between(30.0, 120.0),
                       "birthday on which members of the army and police go home",
                       sim::source("civil-service rules of Liberia, from memory", sim::Grade::C),
                       sim::raises("security_forces")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_births(persons_per_agent, agents_per_community); }
    /// Yearly probability of death at an age, at most 1.
    [[nodiscard]] double yearly_mortality(std::uint8_t age_years) const;

    /// What a step has for everybody.
    struct Shared {
        double dt_weeks;  ///< for which the rest was worked out
        std::size_t steps_a_year;
        double years;                       ///< between two of an agent's weeks
        double kept;                        ///< share of a memory that is left after them
        std::array<double, 256> mortality;  ///< probability of death within them, by age
    };
    void prepare(sim::Looks<Demography> seen, const sim::Step& now, Shared& shared) const;
    void step(sim::Rows<Demography> persons, const Shared& shared, const sim::Step& now) const;
};

}  // namespace drawdown
