#include "models/transition/demography.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "models/transition/effects.hpp"
#include "models/transition/rare_events.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

/// Adds at most an agent's worth of children of one sex to the mother's community: to an agent of newborns with room, else to a
/// new one. `p` holds the columns, made anew where a row is appended.
void add_agent(const sim::Rows<Demography>& persons, PersonSpans<Demography>& p, std::size_t mother, std::uint16_t children,
               std::uint8_t sex, std::uint16_t persons_per_agent) {
    const bool away = lives_away(p.status[mother]);
    const auto status = away ? p.status[mother] : static_cast<std::uint8_t>(Status::home);
    const auto location = away ? p.location[mother] : static_cast<std::uint8_t>(persons.owner(community::region));
    const auto become = [&](std::size_t i) {
        p.status[i] = status;
        p.location[i] = location;
        p.group[i] = no_group;
        p.sex[i] = sex;
        p.age[i] = 0;
        p.harm[i] = 0;
        p.away[i] = away ? p.away[mother] : std::uint8_t{0};
    };
    // One-to-one nobody has room, and rows of the dead are kept for those who need them more.
    std::size_t empty = persons.size();
    if (persons_per_agent > 1) {
        const std::array<sim::ByteTest, 5> same{{{p.age.data(), just(0)},
                                                 {p.sex.data(), just(sex)},
                                                 {p.status.data(), just(status)},
                                                 {p.location.data(), just(location)},
                                                 {p.identity.data(), just(p.identity[mother])}}};
        // From the end, where the youngest are.
        for (std::size_t i = sim::last_where(same, empty); i != sim::no_row; i = sim::last_where(same, i)) {
            if (p.weight[i] == 0 || p.weight[i] + children > persons_per_agent) continue;
            p.weight[i] = static_cast<std::uint16_t>(p.weight[i] + children);
            return;
        }
        empty = sim::first_zero(p.weight);
    }
    if (empty == persons.size()) {
        empty = persons.append();
        p = PersonSpans<Demography>(persons);
    }
    p.copy(mother, empty);
    become(empty);
    p.weight[empty] = children;
}

void add_children(const sim::Rows<Demography>& persons, PersonSpans<Demography>& p, std::size_t mother, std::uint64_t children,
                  std::uint8_t sex, std::uint16_t persons_per_agent) {
    while (children > 0) {
        const auto some = static_cast<std::uint16_t>(std::min<std::uint64_t>(children, persons_per_agent));
        add_agent(persons, p, mother, some, sex, persons_per_agent);
        children -= some;
    }
}

}  // namespace

double Demography::yearly_mortality(std::uint8_t age_years) const {
    if (age_years == 0) return infant_mortality;
    return std::min(1.0, background_mortality + senescence * sim::exp(senescence_slope * age_years));
}

void Demography::prepare(sim::Looks<Demography> /*seen*/, const sim::Step& now, Shared& shared) const {
    if (shared.dt_weeks == now.dt_weeks) return;
    shared.dt_weeks = now.dt_weeks;
    shared.steps_a_year = static_cast<std::size_t>(std::max(1L, std::lround(weeks_a_year / now.dt_weeks)));
    shared.years = static_cast<double>(shared.steps_a_year) * now.dt_weeks / weeks_a_year;
    shared.kept = sim::pow(1.0 - memory_fade, shared.years);
    for (std::size_t age = 0; age < shared.mortality.size(); ++age)
        shared.mortality[age] = 1.0 - sim::pow(1.0 - yearly_mortality(static_cast<std::uint8_t>(age)), shared.years);
}

void Demography::step(sim::Rows<Demography> persons, const Shared& shared, const sim::Step& now) const {
    PersonSpans<Demography> p(persons);
    const std::size_t n = persons.size();
    const auto ppa = static_cast<std::uint16_t>(persons_per_agent);
    std::int64_t births = 0;
    std::int64_t deaths = 0;
    std::int64_t fighters = 0;
    const auto take = [&](std::size_t row, std::uint16_t count) {
        p.weight[row] = static_cast<std::uint16_t>(p.weight[row] - count);
        deaths += count;
        if (is(p.status[row], Status::fighter)) fighters += count;
    };

    // The community's key shifts its weeks, so that children, whose rows follow each other, have theirs in all parts of the year.
    const std::size_t shift = persons.key() % shared.steps_a_year;
    // Rows have their weeks in falling order. A new agent of newborns mostly stands right behind the last one, which has just
    // had its week; its own is then nearly a year away, in which the newborns of the year join it, as they would be spread.
    const std::size_t week = (static_cast<std::size_t>(now.index) + shift) % shared.steps_a_year;
    const auto live_a_year = [&](std::size_t i, sim::Rng rng) {
        const auto died = static_cast<std::uint16_t>(rng.binomial(p.weight[i], shared.mortality[p.age[i]]));
        take(i, died);
        const bool bears = p.sex[i] == 1 && p.age[i] >= 15 && p.age[i] < 50;
        if (p.age[i] < 120) ++p.age[i];
        if (is(p.status[i], Status::security) && p.age[i] >= retirement_age)
            p.status[i] = static_cast<std::uint8_t>(Status::home);
        p.harm[i] = static_cast<std::uint8_t>(p.harm[i] * shared.kept);
        if (bears && p.weight[i] > 0) {
            const std::uint64_t born = rng.poisson(fertility * shared.years * p.weight[i]);
            const std::uint64_t girls = rng.binomial(born, 0.4878);  // 105 boys for 100 girls
            add_children(persons, p, i, girls, 1, ppa);
            add_children(persons, p, i, born - girls, 0, ppa);
            births += static_cast<std::int64_t>(born);
        }
        if (ppa > 1) dissolve_light_agent(p, i, ppa, rng.uniform());
    };
    for (std::size_t i = shared.steps_a_year - 1 - week; i < n;) {
        std::array<std::uint32_t, sim::RngBatch::most> rows;
        std::size_t count = 0;
        for (; i < n && count < rows.size(); i += shared.steps_a_year) rows[count++] = static_cast<std::uint32_t>(i);
        const sim::RngBatch rngs = now.rngs_of(name, persons.key(), std::span(rows).first(count));
        for (std::size_t k = 0; k < count; ++k)
            if (p.weight[rows[k]] > 0) live_a_year(rows[k], rngs[k]);
    }

    const double epidemic = epidemic_excess * persons.all(country::epidemic)[0] * now.dt_weeks;
    for_each_event(
        persons, now, "epidemic", epidemic, ppa, [&](std::size_t) { return epidemic; },
        [&](std::size_t row, std::uint16_t count, sim::Rng& /*rng*/) { take(row, count); });
    persons.add(country::births, 0, births);
    persons.add(country::natural_deaths, 0, deaths);
    persons.add(country::fighters_died, 0, fighters);
}

}  // namespace drawdown
