#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Takes the dead of the step out of the population, person by person: fighters of the group that lost them, where they are,
/// members of the state's forces, and civilians: of communities drawn by their people, or displaced persons in camps and
/// protection sites there. Men of 15 to 59 die more often than others, by kind of violence. Victims leave a memory in their
/// community. Who could not be found is taken off the kinds of violence that asked for such a person.
struct Casualties {
    double men_exposure = 3.0;
    double men_exposure_one_sided = 2.0;
    double men_exposure_general = 3.0;
    double camp_exposure = 1.0;
    double memory = 0.10;
    double community_half_life = 6.0;

    static constexpr std::string_view name = "casualties";
    static constexpr auto reads =
        sim::columns(person::status, person::location, person::group, person::sex, person::age, community::region,
                     community::residents, community::away, community::fighters, group::pay, region::displaced, region::sites);
    static constexpr auto writes = sim::columns(
        person::weight, person::harm, community::violence, region_group::losses, region::civilian_toll, region::security_toll,
        region_cohort::deaths, region_violence::deaths, region_violence::fighters_dead, region_violence::forces_dead,
        country::battle_deaths_year, country::violent_deaths, country::killed_fighters);
    static constexpr auto streams = sim::streams({"casualties", "casualties_memory"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("men_exposure", &Casualties::men_exposure, "1", sim::between(0.0, 50.0),
                       "risk of men of 15 to 59 in fighting, relative to others",
                       sim::source("Ormhaug, Meier and Hernes 2009: most direct deaths are men", sim::Grade::B),
                       sim::moves("deaths_cohort/men_15_29")),
        sim::parameter("men_exposure_one_sided", &Casualties::men_exposure_one_sided, "1", sim::between(0.0, 50.0),
                       "their risk in one-sided violence",
                       sim::source("as in fighting, less, since whole families are attacked; size judged", sim::Grade::C),
                       sim::moves("deaths_cohort/men_15_29")),
        sim::parameter("men_exposure_general", &Casualties::men_exposure_general, "1", sim::between(0.0, 50.0),
                       "their risk in communal and mob violence", sim::source("assumed: as in fighting", sim::Grade::D),
                       sim::moves("deaths_cohort/men_15_29")),
        sim::parameter("camp_exposure", &Casualties::camp_exposure, "1", sim::between(0.0, 50.0),
                       "risk of displaced persons in camps and sites, relative to people at home",
                       sim::source("assumed: the same", sim::Grade::D), sim::moves("deaths_cohort")),
        sim::parameter("memory", &Casualties::memory, "1", sim::between(0.0, 1.0),
                       "memory of victimisation that one death per 1,000 people leaves in a community",
                       sim::source("assumed", sim::Grade::D), sim::raises("grievance")),
        sim::parameter("community_half_life", &Casualties::community_half_life, "weeks", sim::above(0.0),
                       "half-life of recent violence in a community",
                       sim::source("assumed: as for a region, a little longer", sim::Grade::D), sim::raises("newly_displaced")));

    void step(sim::View<Casualties> state, const sim::Step& now) const;
    /// Risk of men of 15 to 59 in a kind of violence, relative to others.
    [[nodiscard]] double exposure_of_men(Violence kind) const;
};

}  // namespace drawdown
