#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Deaths for want of relief: where many are in need and aid does not reach them, more die than otherwise.
///
/// Hazard of a person in the country: h = excess u^3 a, with u = need (1 - aid) in the region where the person is, and
/// a = `children` below 5 years, 1 above. The cube: hardship is shared while it is small, and
/// famine kills where nearly everybody goes without. Fighters and forces feed themselves
/// first; abroad the model sees no need. The deaths count among those that are not by violence.
struct Privation {
    double excess = 0.0005;
    double children = 2.0;
    std::int64_t persons_per_agent = 1;

    static constexpr std::string_view name = "privation";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(person::status, person::location, person::sex, person::age);
    static constexpr auto looks = sim::columns(region::need, region::aid);
    static constexpr auto writes = sim::columns(person::weight);
    static constexpr auto adds = sim::columns(country::natural_deaths, region_cohort::deaths_of_need);
    static constexpr auto streams = sim::streams({"privation"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "excess", &Privation::excess, "week^-1", sim::between(0.0, 0.1),
            "hazard of death added where everybody is in need and nobody gets aid",
            sim::source("emergency threshold of 1 death per 10,000 a day, less the usual mortality (from memory)", sim::Grade::D),
            sim::raises("deaths_of_need")),
        sim::parameter("children", &Privation::children, "1", sim::between(1.0, 10.0),
                       "hazard of children under 5 relative to others",
                       sim::source("emergency threshold for children under 5 is twice that for all (from memory)", sim::Grade::C),
                       sim::raises("deaths_of_need")));

    void step(sim::Rows<Privation> persons, const sim::Step& now) const;
};

}  // namespace drawdown
