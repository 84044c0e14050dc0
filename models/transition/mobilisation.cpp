#include "models/transition/mobilisation.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/rare_events.hpp"

namespace drawdown {

void Mobilisation::step(sim::Rows<Mobilisation> persons, const sim::Step& now) const {
    const std::size_t home = persons.owner(community::region);
    const auto pay = persons.all(group::pay);
    const std::size_t groups = pay.size();
    const auto recruiting = persons.all(region_group::recruiting).subspan(home * groups, groups);
    const auto extortion = persons.all(region_group::extortion).subspan(home * groups, groups);
    double pressure = 0.0;
    double paid = 0.0;
    double extorted = 0.0;
    for (std::size_t g = 0; g < groups; ++g) {
        pressure += recruiting[g];
        paid += recruiting[g] * pay[g];
        extorted += recruiting[g] * extortion[g];
    }
    if (pressure <= 0.0) return;
    const double coerced = coercion * clamp01(extorted / pressure);

    const double people = std::max(1, persons.owner(community::residents));
    const Offer offer{paid / pressure,
                      (persons.owner(community::fighters) + former_peers * persons.owner(community::former)) / people,
                      persons.all(region::youth_jobs)[home], persons.all(region::extremism)[home]};
    const auto militarised = persons.all(region::camp_militarised);
    const double bound = rate * pressure * now.dt_weeks;
    PersonSpans<Mobilisation> p(persons);
    const auto hazard = [&](std::size_t i) {
        const bool camp = is(p.status[i], Status::displaced) || is(p.status[i], Status::site);
        if (!camp && !lives_at_home(p.status[i])) return 0.0;
        const double open = camp ? militarised[p.location[i]] : 1.0;
        const double age = at_age(p.age[i]);
        if (open * age <= 0.0) return 0.0;
        const Person who{p.grievance[i], p.fear[i], p.trust_state[i], p.livelihood[i] / 255.0, p.status[i], p.age[i]};
        const double willing = sim::logistic((score(who, offer) - threshold) / width);
        const double unwilling = (1.0 - willing) * coerced;
        const double joins = p.sex[i] == 0 ? willing + unwilling : willing_women * willing + coerced_women * unwilling;
        return bound * open * age * joins;
    };
    std::int64_t joined = 0;
    for_each_event(persons, now, name, bound, static_cast<std::uint16_t>(persons_per_agent), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
                       const auto g = static_cast<std::uint8_t>(rng.pick(recruiting));
                       const auto c = static_cast<std::size_t>(cohort(p.sex[row], p.age[row]));
                       persons.add(region_cohort::recruits, home * cohort_count + c, count);
                       move_persons(persons, row, count, {Status::fighter, p.location[row], g},
                                    static_cast<std::uint16_t>(persons_per_agent));
                       p = PersonSpans<Mobilisation>(persons);
                       joined += count;
                   });
    persons.add(region::recruits, home, joined);
}

void Desertion::step(sim::Rows<Desertion> persons, const sim::Step& now) const {
    if (persons.owner(community::fighters) == 0) return;
    const auto pay = persons.all(group::pay);
    const auto posture = persons.all(group::posture);
    const auto commitment = persons.all(group::commitment);
    const auto home = static_cast<std::uint8_t>(persons.owner(community::region));
    PersonSpans<Desertion> p(persons);
    const auto hazard = [&](std::size_t i) {
        if (!is(p.status[i], Status::fighter)) return 0.0;
        const std::size_t g = p.group[i];
        const double going = posture[g] == static_cast<std::uint8_t>(Posture::comply) ? demobilising * commitment[g] : 0.0;
        return now.dt_weeks * (base + unpaid * (1.0 - pay[g]) + fear_effect * p.fear[i] + going);
    };
    std::int64_t left = 0;
    const double bound = now.dt_weeks * (base + unpaid + fear_effect + demobilising);
    for_each_event(persons, now, name, bound, static_cast<std::uint16_t>(persons_per_agent), only(Status::fighter), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
                       move_persons(persons, row, count, {Status::former_fighter, home, p.group[row]},
                                    static_cast<std::uint16_t>(persons_per_agent));
                       p = PersonSpans<Desertion>(persons);
                       left += count;
                   });
    persons.add(region::deserters, home, left);
}

void Enlistment::step(sim::Rows<Enlistment> persons, const sim::Step& now) const {
    const auto home = static_cast<std::uint8_t>(persons.owner(community::region));
    const double wanted = persons.all(region::forces_wanted)[home] * std::min(1.0, persons.all(country::budget_adequacy)[0]);
    const double open = std::max(0.0, wanted - static_cast<double>(persons.all(region::security)[home]));
    // About a third of adults are of the age to enlist: the hazard is theirs, the posts are filled at the given rate.
    const double adults = std::max(1.0, static_cast<double>(persons.all(region::adults)[home]));
    const double enlist = std::min(1.0, 3.0 * rate * open / adults) * now.dt_weeks;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Enlistment> p(persons);
    std::int64_t joined = 0;
    for_each_event(
        persons, now, name, enlist, ppa, only(Status::home),
        [&](std::size_t i) { return is(p.status[i], Status::home) && p.age[i] >= 18 && p.age[i] < 36 ? enlist : 0.0; },
        [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
            move_persons(persons, row, count, {Status::security, home, no_group}, ppa);
            p = PersonSpans<Enlistment>(persons);
            joined += count;
        });
    persons.add(region::enlisted, home, joined);
}

}  // namespace drawdown
