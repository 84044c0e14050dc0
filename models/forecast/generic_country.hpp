#pragma once
// From a row of inputs to a country that can be run.

#include <string>

#include "models/forecast/row.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// How a row becomes the start of a run: the same rules for every row, none for a country. What the row does not know is drawn
/// in each run from the distributions named here; what it knows only roughly, such as fighters from deaths, too.
struct GenericCountry {
    double fighters_per_death = 4.0;
    double network_per_million = 40.0;
    double network_per_past_death = 0.15;
    double former_per_fighter = 4.0;
    double fighters_sigma = 0.7;
    double past_half = 300.0;
    double army_per_thousand = 1.5;
    double police_per_thousand = 1.1;
    double army_per_fighter = 2.0;
    double market_income = 0.4;
    double budget_share = 0.2;
    double coarseness = 1500.0;
    double long_quiet = 6.0;

    static constexpr std::string_view name = "generic";
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "fighters_per_death", &GenericCountry::fighters_per_death, "persons", sim::between(0.1, 100.0),
            "armed men and women for each death of organised violence in the year before, where there is fighting",
            sim::source("size judged: Mali had about 10,000 armed men and 2,000 to 3,600 deaths a year", sim::Grade::C)),
        sim::parameter("network_per_million", &GenericCountry::network_per_million, "persons", sim::between(0.0, 1000.0),
                       "fighters who stay together for each million people where nobody fights any more",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("network_per_past_death", &GenericCountry::network_per_past_death, "persons", sim::between(0.0, 10.0),
                       "more of them for each death 13 to 60 months before", sim::source("assumed", sim::Grade::D)),
        sim::parameter("former_per_fighter", &GenericCountry::former_per_fighter, "1", sim::between(0.0, 50.0),
                       "former fighters for each fighter", sim::source("assumed", sim::Grade::D)),
        sim::parameter("fighters_sigma", &GenericCountry::fighters_sigma, "1", sim::between(0.05, 2.0),
                       "standard deviation of the logarithm of the number of fighters", sim::source("assumed", sim::Grade::D)),
        sim::parameter("past_half", &GenericCountry::past_half, "deaths per million", sim::above(0.0),
                       "deaths of five years for each million people at which half of the people remember harm",
                       sim::source("assumed", sim::Grade::D)),
        sim::parameter("army_per_thousand", &GenericCountry::army_per_thousand, "persons", sim::between(0.0, 50.0),
                       "soldiers for each thousand people in peace", sim::source("size judged", sim::Grade::D)),
        sim::parameter("police_per_thousand", &GenericCountry::police_per_thousand, "persons", sim::between(0.0, 50.0),
                       "police for each thousand people", sim::source("Liberia 2015 (EVIDENCE 84)", sim::Grade::C)),
        sim::parameter("army_per_fighter", &GenericCountry::army_per_fighter, "persons", sim::between(0.0, 50.0),
                       "more soldiers for each fighter in war", sim::source("size judged", sim::Grade::D)),
        sim::parameter("market_income", &GenericCountry::market_income, "1", sim::between(0.05, 2.0),
                       "output at market prices over output at purchasing power",
                       sim::source("size judged for poor countries", sim::Grade::C)),
        sim::parameter("budget_share", &GenericCountry::budget_share, "1", sim::between(0.01, 1.0),
                       "what the functions of the state need, over output", sim::source("size judged", sim::Grade::D)),
        sim::parameter("long_quiet", &GenericCountry::long_quiet, "years", sim::between(1.0, 50.0),
                       "years since the war where the row tells of none in five", sim::source("assumed", sim::Grade::D)),
        sim::parameter("agents", &GenericCountry::coarseness, "1", sim::between(100.0, 1e6),
                       "agents that stand for the people of a country; more are slower, and differ little",
                       sim::source("design", sim::Grade::D)));
};

/// The overlay, in TOML, that makes `base` (the scenario of a country without a name) the country of `row`. `base` must end five
/// years after the exit.
[[nodiscard]] std::string overlay_of(const ExitRow& row, const GenericCountry& country);

/// What the mission does, and of whom it is made: shares of the peak, and civilians for each uniformed person.
struct MissionCourse {
    std::string name = "leaves";       ///< of the variant, for files
    bool stays = false;                ///< at its peak to the end of the run; no end is announced
    bool leaves_first_region = false;  ///< stays elsewhere
    std::int32_t early_days = 0;       ///< by which it is gone before the day of the exit
    std::int32_t years_more = 0;       ///< by which the run is longer than that of the country without a name
    double military = 0.85, observers = 0.0, formed_police = 0.08, police = 0.07, civilian = 0.15;
};

/// Strength by date and region, in CSV, on the way to the exit on `exit`: a straight line down from the peak over the months of
/// the drawdown, unless the mission stays. `regions` and `shares` say where the mission is.
struct Footprint {
    std::vector<std::string> regions;
    std::vector<double> shares;
};
[[nodiscard]] std::string strength_of(const ExitRow& row, const Footprint& footprint, sim::Date start, sim::Date exit,
                                      const MissionCourse& course = {});

/// Settings for the strategy file: when the end was announced.
[[nodiscard]] std::vector<std::string> announcement_of(const ExitRow& row, sim::Date exit, const MissionCourse& course = {});

}  // namespace drawdown
