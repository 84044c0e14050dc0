#include "models/transition/privation.hpp"

#include <algorithm>

#include "models/transition/rare_events.hpp"

namespace drawdown {

void Privation::step(sim::Rows<Privation> persons, const sim::Step& now) const {
    const auto need = persons.all(region::need);
    const auto aid = persons.all(region::aid);
    const auto hazard_in = [&](std::size_t region) {
        const double unmet = need[region] * (1.0 - aid[region]);
        return excess * unmet * unmet * unmet * now.dt_weeks;
    };
    double worst = 0.0;
    for (std::size_t r = 0; r < need.size(); ++r) worst = std::max(worst, hazard_in(r));
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const auto age = persons[person::age];
    const auto fed = [](std::uint8_t is_now) {
        return is(is_now, Status::refugee) || is(is_now, Status::fighter) || is(is_now, Status::security);
    };
    const auto hazard = [&](std::size_t i) {
        return fed(status[i]) ? 0.0 : hazard_in(location[i]) * (age[i] < 5 ? children : 1.0);
    };
    std::int64_t deaths = 0;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    for_each_event(persons, now, name, worst * children, ppa, any_status, hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng&) {
                       weight[row] = static_cast<std::uint16_t>(weight[row] - count);
                       deaths += count;
                       const auto c = static_cast<std::size_t>(cohort(persons[person::sex][row], age[row]));
                       persons.add(region_cohort::deaths_of_need, location[row] * cohort_count + c, count);
                   });
    persons.add(country::natural_deaths, 0, deaths);
}

}  // namespace drawdown
