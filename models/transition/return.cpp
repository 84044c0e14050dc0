#include "models/transition/return.hpp"

#include <algorithm>

#include "models/transition/rare_events.hpp"

namespace drawdown {

void Return::step(sim::Rows<Return> persons, const sim::Step& now) const {
    persons.owner(community::returned) = 0;
    const double away = persons.owner(community::away);
    if (away == 0.0) return;
    count_quarter(persons, now, lives_away);
    const auto region = static_cast<std::uint8_t>(persons.owner(community::region));
    const double residents = persons.owner(community::residents);
    const Home home{persons.all(region::security_level)[region], persons.all(region::services)[region],
                    persons.owner(community::contested), residents / (residents + away), persons.all(region::mines)[region]};
    const auto aid = persons.all(region::aid);
    PersonSpans<Return> p(persons);
    const auto hazard = [&](std::size_t i) {
        if (!lives_away(p.status[i])) return 0.0;
        const bool abroad = is(p.status[i], Status::refugee);
        const double helped = abroad ? 0.0 : aid[p.location[i]];
        return (abroad ? refugee_rate : displaced_rate) * sim::logistic(utility(home, helped, 0.25 * p.away[i])) * now.dt_weeks;
    };
    const double bound = std::max(displaced_rate, refugee_rate) * sim::logistic(utility(home, 0.0, 0.0)) * now.dt_weeks;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    std::int64_t returned = 0;
    for_each_event(persons, now, name, bound, ppa, away_from_home, hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
                       const auto c = static_cast<std::size_t>(cohort(p.sex[row], p.age[row]));
                       persons.add(region_cohort::returned, region * cohort_count + c, count);
                       const Status then = p.group[row] == no_group ? Status::home : Status::former_fighter;
                       move_persons(persons, row, count, {then, region, p.group[row]}, ppa);
                       p = PersonSpans<Return>(persons);
                       returned += count;
                   });
    persons.owner(community::returned) = static_cast<std::int32_t>(returned);
    persons.add(region::returned, region, returned);
}

}  // namespace drawdown
