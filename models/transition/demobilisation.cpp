#include "models/transition/demobilisation.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/rare_events.hpp"

namespace drawdown {

namespace {

constexpr double quarters_a_year = 4.0;

}  // namespace

void Disarmament::step(sim::Rows<Disarmament> persons, const sim::Step& now) const {
    if (persons.owner(community::fighters) == 0) return;
    const std::size_t groups = persons.all(group::pay).size();
    const auto rate = persons.all(region_group::joins_disarmament);
    const double bound = *std::max_element(rate.begin(), rate.end()) * now.dt_weeks;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Disarmament> p(persons);
    for_each_event(
        persons, now, name, bound, ppa, only(Status::fighter),
        [&](std::size_t i) {
            return is(p.status[i], Status::fighter) ? rate[p.location[i] * groups + p.group[i]] * now.dt_weeks : 0.0;
        },
        [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
            const std::uint8_t there = p.location[row];
            move_persons(persons, row, count, {Status::canton, there, p.group[row]}, ppa);
            p = PersonSpans<Disarmament>(persons);
            persons.add(region::disarmed, there, count);
        });
}

void Demobilisation::step(sim::Rows<Demobilisation> persons, const sim::Step& now) const {
    if (persons.owner(community::cantoned) == 0) return;
    count_quarter(persons, now, [](std::uint8_t status) { return is(status, Status::canton); });
    rearm(persons, now);
    go_home(persons, now);
}

void Demobilisation::rearm(const sim::Rows<Demobilisation>& persons, const sim::Step& now) const {
    const auto posture = persons.all(group::posture);
    const auto alive = persons.all(group::alive);
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Demobilisation> p(persons);
    double longest = 0.0;
    for (std::size_t i = 0; i < p.status.size(); ++i)
        if (is(p.status[i], Status::canton)) longest = std::max(longest, p.away[i] / quarters_a_year);
    const auto waiting = [&](double years) { return impatience * std::max(0.0, years - patience_years); };
    const auto hazard = [&](std::size_t i) {
        if (!is(p.status[i], Status::canton) || alive[p.group[i]] == 0) return 0.0;
        const bool war = posture[p.group[i]] == static_cast<std::uint8_t>(Posture::fight);
        return ((war ? to_fight : 0.0) + waiting(p.away[i] / quarters_a_year)) * now.dt_weeks;
    };
    for_each_event(persons, now, "rearming", (to_fight + waiting(longest)) * now.dt_weeks, ppa, only(Status::canton), hazard,
                   [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) {
                       const std::uint8_t there = p.location[row];
                       move_persons(persons, row, count, {Status::fighter, there, p.group[row]}, ppa);
                       p = PersonSpans<Demobilisation>(persons);
                       persons.add(region::rearmed, there, count);
                   });
}

void Demobilisation::go_home(const sim::Rows<Demobilisation>& persons, const sim::Step& now) const {
    const auto home = static_cast<std::uint8_t>(persons.owner(community::region));
    const double room = clamp01(persons.all(activity::paid)[static_cast<std::size_t>(Activity::ddr)] *
                                persons.all(region_activity::reach)[row_of(home, Activity::ddr)]);
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    const double leave = now.dt_weeks / stay_weeks;
    PersonSpans<Demobilisation> p(persons);
    for_each_event(
        persons, now, name, leave, ppa, only(Status::canton),
        [&](std::size_t i) { return is(p.status[i], Status::canton) ? leave : 0.0; },
        [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
            const auto taken = static_cast<std::uint16_t>(rng.binomial(count, room));
            const std::uint8_t group = p.group[row];
            if (taken > 0) move_persons(persons, row, taken, {Status::programme, home, group}, ppa);
            if (count > taken)
                move_persons(persons, row, static_cast<std::uint16_t>(count - taken), {Status::former_fighter, home, group}, ppa);
            p = PersonSpans<Demobilisation>(persons);
        });
}

void Reintegration::step(sim::Rows<Reintegration> persons, const sim::Step& now) const {
    if (persons.owner(community::in_programme) == 0) return;
    const auto home = static_cast<std::uint8_t>(persons.owner(community::region));
    const double paid = clamp01(persons.all(activity::paid)[static_cast<std::size_t>(Activity::ddr)]);
    const double jobs = persons.all(region::youth_jobs)[home];
    const double finish = 1.0 / duration_weeks;
    const double drop = drop_out * (1.0 - paid);
    const double leave = (finish + drop) * now.dt_weeks;
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    PersonSpans<Reintegration> p(persons);
    std::int64_t graduated = 0;
    for_each_event(
        persons, now, name, leave, ppa, only(Status::programme),
        [&](std::size_t i) { return is(p.status[i], Status::programme) ? leave : 0.0; },
        [&](std::size_t row, std::uint16_t count, sim::Rng& rng) {
            const double chance = finish / (finish + drop) * success(p.livelihood[row] / 255.0, jobs, p.age[row]);
            const auto done = static_cast<std::uint16_t>(rng.binomial(count, chance));
            const std::uint8_t group = p.group[row];
            const double before = p.livelihood[row];
            if (count > done)
                move_persons(persons, row, static_cast<std::uint16_t>(count - done), {Status::former_fighter, home, group}, ppa);
            if (done > 0) {
                const std::size_t to = move_persons(persons, row, done, {Status::reintegrated, home, group}, ppa);
                p = PersonSpans<Reintegration>(persons);
                // Those who join an agent of others lift its mean by their share.
                const double share = static_cast<double>(done) / p.weight[to];
                const double better = std::min(255.0, before + 255.0 * livelihood_gain);
                const double mean = p.livelihood[to] + share * (better - p.livelihood[to]);
                p.livelihood[to] = static_cast<std::uint8_t>(mean + 0.5);
            }
            p = PersonSpans<Reintegration>(persons);
            graduated += done;
        });
    persons.add(region::graduated, home, graduated);
}

}  // namespace drawdown
