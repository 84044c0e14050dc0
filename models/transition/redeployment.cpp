#include "models/transition/redeployment.hpp"

#include <algorithm>

#include "models/transition/rare_events.hpp"

namespace drawdown {

namespace {

Redeployment::Imbalance imbalance(std::span<const double> wanted, std::span<const std::int64_t> fighters, std::size_t group,
                                  std::size_t groups) {
    const std::size_t regions = wanted.size() / groups;
    double sum = 0.0;
    double all = 0.0;
    for (std::size_t r = 0; r < regions; ++r) {
        sum += std::max(0.0, wanted[r * groups + group]);
        all += static_cast<double>(fighters[r * groups + group]);
    }
    Redeployment::Imbalance result;
    if (sum <= 0.0 || all <= 0.0) return result;
    for (std::size_t r = 0; r < regions; ++r) {
        const double have = static_cast<double>(fighters[r * groups + group]) / all;
        const double want = std::max(0.0, wanted[r * groups + group]) / sum;
        result.leaving.push_back(have > want ? (have - want) / have : 0.0);
        result.missing.push_back(std::max(0.0, want - have));
        result.short_somewhere = result.short_somewhere || want > have;
    }
    return result;
}

}  // namespace

void Redeployment::prepare(sim::Looks<Redeployment> seen, const sim::Step& /*now*/, Shared& imbalances) const {
    imbalances.clear();
    const auto wanted = seen.all(region_group::wanted_share);
    if (std::all_of(wanted.begin(), wanted.end(), [](double w) { return w <= 0.0; })) return;
    const std::size_t groups = seen.all(group::pay).size();
    for (std::size_t g = 0; g < groups; ++g) imbalances.push_back(imbalance(wanted, seen.all(region_group::fighters), g, groups));
}

void Redeployment::step(sim::Rows<Redeployment> persons, const Shared& imbalances, const sim::Step& now) const {
    if (imbalances.empty() || persons.owner(community::fighters) == 0) return;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Redeployment> p(persons);
    const auto hazard = [&](std::size_t i) {
        const Imbalance& own = imbalances[p.group[i]];
        return own.short_somewhere ? rate * own.leaving[p.location[i]] * now.dt_weeks : 0.0;
    };
    for_each_event(persons, now, name, rate * now.dt_weeks, ppa, only(Status::fighter), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
                       const std::uint8_t from = p.location[row];
                       const std::size_t goal = rng.pick(imbalances[p.group[row]].missing);
                       const std::uint8_t to = routes->towards(from, goal);
                       if (to == Routes::none || to == from) return;
                       move_persons(persons, row, count, {Status::fighter, to, p.group[row]}, ppa);
                       p = PersonSpans<Redeployment>(persons);
                       persons.add(region::moved_fighters, from, count);
                   });
}

}  // namespace drawdown
