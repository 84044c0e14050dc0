#include "models/transition/movement.hpp"

#include <numeric>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/rare_events.hpp"

namespace drawdown {

void Flight::step(sim::Rows<Flight> persons, const sim::Step& now) const {
    const std::size_t home = persons.owner(community::region);
    const auto exposure = persons.all(region::exposure);
    const double felt = persons.owner(community::violence) + region_weight * exposure[home];
    const double violence = felt * felt / (felt * felt + scale * scale);
    const double bound = rate * violence * (1.0 + fear_effect) * now.dt_weeks;
    if (bound < 1e-9) return;  // less than one person of a country in a lifetime

    const auto& neighbours = geography->neighbours[home];
    std::vector<double> weights;
    for (const Geography::Neighbour& n : neighbours) weights.push_back(sim::exp(-avoidance * exposure[n.region]) / n.distance_km);
    weights.push_back(geography->at_border[home] != 0 ? abroad_weight : 0.0);
    // With nowhere to go, or violence everywhere that no weight is left of any place, people stay.
    if (std::accumulate(weights.begin(), weights.end(), 0.0) <= 0.0) return;

    PersonSpans<Flight> p(persons);
    const auto hazard = [&](std::size_t i) {
        return lives_at_home(p.status[i]) ? rate * violence * (1.0 + fear_effect * p.fear[i]) * now.dt_weeks : 0.0;
    };
    std::int64_t fled = 0;
    for_each_event(persons, now, name, bound, static_cast<std::uint16_t>(persons_per_agent), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
                       const std::size_t to = rng.pick(weights);
                       const bool abroad = to == neighbours.size();
                       const NewSituation away{abroad ? Status::refugee : Status::displaced,
                                               abroad ? static_cast<std::uint8_t>(home) : neighbours[to].region, p.group[row]};
                       move_persons(persons, row, count, away, static_cast<std::uint16_t>(persons_per_agent));
                       p = PersonSpans<Flight>(persons);
                       fled += count;
                   });
    persons.add(region::newly_displaced, home, fled);
}

void Return::step(sim::Rows<Return> persons, const sim::Step& now) const {
    if (persons.owner(community::away) == 0) return;
    const auto home = static_cast<std::uint8_t>(persons.owner(community::region));
    const double willing = sim::logistic((persons.all(region::security_level)[home] - security_needed) / width) *
                           (0.5 + persons.all(region::services)[home]) * now.dt_weeks;
    PersonSpans<Return> p(persons);
    const auto hazard = [&](std::size_t i) {
        if (is(p.status[i], Status::displaced)) return displaced_rate * willing;
        return is(p.status[i], Status::refugee) ? refugee_rate * willing : 0.0;
    };
    std::int64_t returned = 0;
    for_each_event(persons, now, name, std::max(displaced_rate, refugee_rate) * willing,
                   static_cast<std::uint16_t>(persons_per_agent), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
                       move_persons(persons, row, count,
                                    {p.group[row] == no_group ? Status::home : Status::former_fighter, home, p.group[row]},
                                    static_cast<std::uint16_t>(persons_per_agent));
                       p = PersonSpans<Return>(persons);
                       returned += count;
                   });
    persons.add(region::returned, home, returned);
}

}  // namespace drawdown
