#include "models/transition/flight.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/transition/effects.hpp"
#include "models/transition/rare_events.hpp"

namespace drawdown {

namespace {

constexpr double reference_km = 100.0;

bool slow(std::uint8_t sex, std::uint8_t age_years) { return sex != 0 || age_years < 15 || age_years >= 60; }

}  // namespace

Flight::Choices Flight::choices(const sim::Rows<Flight>& persons, std::size_t home, const sim::Step& now) const {
    const auto exposure = persons.all(region::exposure);
    const auto aid = persons.all(region::aid);
    const auto hosting = persons.all(neighbour::hosting);
    const auto& neighbours = geography->neighbours[home];

    double abroad = geography->at_border[home] != 0 ? 1.0 : 0.0;
    if (!hosts.empty() && !hosts[home].empty()) {
        abroad = 0.0;
        for (const std::size_t host : hosts[home]) abroad = std::max(abroad, 2.0 * hosting[host]);
    }
    const double capacity = persons.all(region::site_capacity)[home];
    const double room = std::max(0.0, capacity - static_cast<double>(persons.all(region::sites)[home]));

    // Relative to the calmest choice, so that there is a way out where violence is everywhere.
    double calmest = abroad > 0.0 || room > 0.0 ? 0.0 : 1e300;
    for (const Geography::Neighbour& n : neighbours) calmest = std::min(calmest, exposure[n.region]);
    Choices result;
    const auto put = [&](double km, double exposed, double open) {
        const double calm = open > 0.0 ? open * sim::exp(-avoidance * (exposed - calmest)) : 0.0;
        result.usual.push_back(calm * reference_km / km);
        result.slow.push_back(calm * sim::pow(reference_km / km, slow_reach));
    };
    for (const Geography::Neighbour& n : neighbours) put(n.distance_km, exposure[n.region], 1.0 + aid_pull * aid[n.region]);
    double apart = 0.0;
    for (const Geography::Neighbour& n : neighbours) apart += n.distance_km / static_cast<double>(neighbours.size());
    put(border * (neighbours.empty() ? reference_km : apart), 0.0, abroad);
    put(site_km, 0.0, capacity > 0.0 ? std::min(1.0, room / capacity) : 0.0);
    if (room > 0.0) {
        const double people = std::max(1.0, static_cast<double>(persons.all(region::population)[home]));
        const double places = room * std::max(0, persons.owner(community::residents)) / people;
        const double whole = std::floor(places);
        sim::Rng rng = now.rng("flight_places", {persons.key(), 0});
        result.places = static_cast<std::int64_t>(whole) + (rng.uniform() < places - whole ? 1 : 0);
    }
    return result;
}

void Flight::step(sim::Rows<Flight> persons, const sim::Step& now) const {
    const std::size_t home = persons.owner(community::region);
    const double felt = persons.owner(community::violence) + region_weight * persons.all(region::exposure)[home];
    const double violence = felt * felt / (felt * felt + scale * scale);
    const double greatest = rate * violence * now.dt_weeks;
    const double unmet = persons.all(region::need)[home] * (1.0 - persons.all(region::aid)[home]);
    const double hungry = hunger * std::max(0.0, unmet - bearable) * now.dt_weeks;
    const double bound = (greatest * (1.0 + fear_effect) + hungry) * std::max(1.0, slow_rate);
    if (bound < 1e-9) return;  // less than one person of a country in a lifetime
    Choices to = choices(persons, home, now);
    if (std::accumulate(to.usual.begin(), to.usual.end(), 0.0) <= 0.0) return;  // nowhere to go

    const auto& neighbours = geography->neighbours[home];
    const std::size_t abroad = neighbours.size();
    const std::size_t site = abroad + 1;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Flight> p(persons);
    const auto hazard = [&](std::size_t i) {
        if (!lives_at_home(p.status[i])) return 0.0;
        return (greatest * (1.0 + fear_effect * p.fear[i]) + hungry) * (slow(p.sex[i], p.age[i]) ? slow_rate : 1.0);
    };
    std::int64_t fled = 0;
    const auto flee = [&](std::size_t row, std::uint16_t count, NewSituation situation) {
        move_persons(persons, row, count, situation, ppa);
        p = PersonSpans<Flight>(persons);
        fled += count;
    };
    for_each_event(persons, now, name, bound, ppa, at_home, hazard, [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
        if (to.places <= 0) to.usual[site] = to.slow[site] = 0.0;
        const auto& weights = slow(p.sex[row], p.age[row]) ? to.slow : to.usual;
        if (std::accumulate(weights.begin(), weights.end(), 0.0) <= 0.0) return;  // the site was the only way and is full
        const std::size_t goal = rng.pick(weights);
        const auto here = static_cast<std::uint8_t>(home);
        const std::uint8_t group = p.group[row];
        if (goal == abroad) {
            flee(row, count, {Status::refugee, here, group});
        } else if (goal == site) {
            const auto taken = static_cast<std::uint16_t>(std::min<std::int64_t>(count, to.places));
            to.places -= taken;
            flee(row, taken, {Status::site, here, group});
        } else {
            flee(row, count, {Status::displaced, neighbours[goal].region, group});
        }
    });
    persons.add(region::newly_displaced, home, fled);
}

}  // namespace drawdown
