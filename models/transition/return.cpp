#include "models/transition/return.hpp"

#include <algorithm>

#include "models/transition/rare_events.hpp"

namespace drawdown {

namespace {

/// Those in a site that has closed stay where they are, as displaced persons.
void leave_closed_site(const sim::Rows<Return>& persons) {
    const auto status = persons[person::status];
    for (std::uint8_t& now : status)
        if (is(now, Status::site)) now = static_cast<std::uint8_t>(Status::displaced);
}

/// Books `count` persons of agent `row` as come home, and returns what they become.
NewSituation come_home(const sim::Rows<Return>& persons, std::size_t row, std::uint16_t count) {
    const PersonSpans<Return> p(persons);
    const auto region = static_cast<std::uint8_t>(persons.owner(community::region));
    const auto c = static_cast<std::size_t>(cohort(p.sex[row], p.age[row]));
    persons.add(region_cohort::returned, region * cohort_count + c, count);
    return {p.group[row] == no_group ? Status::home : Status::former_fighter, region, p.group[row]};
}

}  // namespace

double Return::cessation(std::span<const double> levels) const {
    double hazard = 0.0;
    for (std::size_t i = 0; i < shocks.size(); ++i)
        if (shocks[i].kind == "cessation" && levels[i] > 0.0)
            hazard -= sim::log1p(-std::min(levels[i], 0.999)) / std::max(1.0, shocks[i].duration_weeks);
    return hazard;
}

void Return::end_status(const sim::Rows<Return>& persons, const sim::Step& now, std::int64_t& returned) const {
    const double ends = cessation(persons.all(shock::level)) * now.dt_weeks;
    if (ends <= 0.0) return;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    std::int64_t stayed = 0;
    const auto hazard = [&](std::size_t i) { return is(persons[person::status][i], Status::refugee) ? ends : 0.0; };
    for_each_event(persons, now, "cessation", ends, ppa, only(Status::refugee), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
                       const auto stay = static_cast<std::uint16_t>(rng.binomial(count, settled));
                       const auto weight = persons[person::weight];
                       weight[row] = static_cast<std::uint16_t>(weight[row] - stay);
                       stayed += stay;
                       if (count > stay) {
                           const auto home = static_cast<std::uint16_t>(count - stay);
                           move_persons(persons, row, home, come_home(persons, row, home), ppa);
                           returned += home;
                       }
                   });
    persons.add(country::emigrated, 0, stayed);
}

void Return::step(sim::Rows<Return> persons, const sim::Step& now) const {
    persons.owner(community::returned) = 0;
    const double away = persons.owner(community::away);
    if (away == 0.0) return;
    count_quarter(persons, now, lives_away);
    const std::size_t region = persons.owner(community::region);
    if (persons.all(region::site_capacity)[region] <= 0.0 && persons.all(region::sites)[region] > 0) leave_closed_site(persons);
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
    end_status(persons, now, returned);
    p = PersonSpans<Return>(persons);
    for_each_event(persons, now, name, bound, ppa, away_from_home, hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
                       move_persons(persons, row, count, come_home(persons, row, count), ppa);
                       p = PersonSpans<Return>(persons);
                       returned += count;
                   });
    persons.owner(community::returned) = static_cast<std::int32_t>(returned);
    persons.add(region::returned, region, returned);
}

}  // namespace drawdown
