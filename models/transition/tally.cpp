#include "models/transition/tally.hpp"

#include <algorithm>
#include <array>

#include "models/transition/rare_events.hpp"
#include "sim/kernel.hpp"

namespace drawdown {

namespace {

struct Sums {
    std::int64_t total = 0;    ///< persons
    std::int64_t at_home = 0;  ///< of them at home
    std::int64_t adults = 0;   ///< of them adults; what follows sums over these
    std::int64_t grievance = 0, fear = 0, trust_state = 0, trust_mission = 0, expectation = 0, livelihood = 0;
};

std::int32_t fixed(float value) { return static_cast<std::int32_t>(value * static_cast<float>(fixed_one)); }

/// Rows whose sums surely fit in 32 bits, if none weighs more than `heaviest`: attitudes in fixed point are at most 2^14.
std::size_t rows_that_fit(std::uint16_t heaviest) { return 131000U / std::max<std::size_t>(1, heaviest); }

std::uint16_t heaviest_of(const std::uint16_t* weight, std::size_t n) {
    std::uint16_t heaviest = 0;
    sim::vectorised([=, &heaviest] {
        std::uint16_t most = 0;
        for (std::size_t i = 0; i < n; ++i) most = std::max(most, weight[i]);
        heaviest = most;
    });
    return heaviest;
}

/// The columns of neighbouring persons.
struct Columns {
    const std::uint16_t* weight;
    const std::uint8_t *status, *age, *livelihood;
    const float *grievance, *fear, *trust_state, *trust_mission, *expectation;
};

/// Adds `n` persons, whose sums fit in 32 bits: these vectorise twice as wide as 64.
void add_to(Sums& sums, const Columns& p, std::size_t n) {
    Sums* const to = &sums;
    sim::vectorised([=] {
        std::int32_t all = 0, home = 0, adults = 0, g = 0, f = 0, s = 0, m = 0, e = 0, l = 0;
        for (std::size_t i = 0; i < n; ++i) {  // no branch, so that it vectorises
            const std::int32_t w = p.weight[i];
            const std::int32_t home_weight =
                w * static_cast<std::int32_t>(p.status[i] <= static_cast<std::uint8_t>(Status::reintegrated));
            const std::int32_t adult_weight = home_weight * static_cast<std::int32_t>(p.age[i] >= 15);
            all += w;
            home += home_weight;
            adults += adult_weight;
            g += adult_weight * fixed(p.grievance[i]);
            f += adult_weight * fixed(p.fear[i]);
            s += adult_weight * fixed(p.trust_state[i]);
            m += adult_weight * fixed(p.trust_mission[i]);
            e += adult_weight * fixed(p.expectation[i]);
            l += adult_weight * p.livelihood[i];
        }
        to->total += all;
        to->at_home += home;
        to->adults += adults;
        to->grievance += g;
        to->fear += f;
        to->trust_state += s;
        to->trust_mission += m;
        to->expectation += e;
        to->livelihood += l;
    });
}

/// Rows that the widest registers take at once.
constexpr std::size_t lanes = 64;

/// Adds less than a full register of persons, filled up with persons without weight.
void add_remainder(Sums& sums, const Columns& p, std::size_t n) {
    std::array<std::uint16_t, lanes> weight{};
    std::array<std::array<std::uint8_t, lanes>, 3> bytes{};
    std::array<std::array<float, lanes>, 5> attitudes{};
    std::copy_n(p.weight, n, weight.begin());
    const std::uint8_t* const bytes_of[] = {p.status, p.age, p.livelihood};
    for (std::size_t k = 0; k < 3; ++k) std::copy_n(bytes_of[k], n, bytes[k].begin());
    const float* const attitudes_of[] = {p.grievance, p.fear, p.trust_state, p.trust_mission, p.expectation};
    for (std::size_t k = 0; k < 5; ++k) std::copy_n(attitudes_of[k], n, attitudes[k].begin());
    add_to(sums,
           {weight.data(), bytes[0].data(), bytes[1].data(), bytes[2].data(), attitudes[0].data(), attitudes[1].data(),
            attitudes[2].data(), attitudes[3].data(), attitudes[4].data()},
           lanes);
}

/// Sums over all persons and over those at home, in runs whose sums fit in 32 bits.
Sums sums_of(const sim::Rows<Tally>& persons) {
    const std::size_t n = persons.size();
    const std::size_t fit = rows_that_fit(heaviest_of(persons[person::weight].data(), n));
    const std::size_t run = fit >= lanes ? fit / lanes * lanes : fit;
    Sums sums;
    for (std::size_t first = 0; first < n; first += run) {
        const auto columns = [&](std::size_t from) {
            const auto at = [&](const auto& column) { return persons[column].data() + from; };
            return Columns{at(person::weight),      at(person::status),        at(person::age),
                           at(person::livelihood),  at(person::grievance),     at(person::fear),
                           at(person::trust_state), at(person::trust_mission), at(person::expectation)};
        };
        const std::size_t rows = std::min(run, n - first);
        const std::size_t whole = rows / lanes * lanes;
        if (whole > 0) add_to(sums, columns(first), whole);
        if (rows > whole) add_remainder(sums, columns(first + whole), rows - whole);
    }
    return sums;
}

float mean(std::int64_t sum, std::int64_t persons, float otherwise) {
    return persons > 0 ? static_cast<float>(static_cast<double>(sum) / (fixed_one * static_cast<double>(persons))) : otherwise;
}

}  // namespace

void Tally::step(sim::Rows<Tally> persons, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const std::size_t groups = persons.all(group::pay).size();
    const Sums sums = sums_of(persons);
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    std::array<std::int64_t, status_count> in{};  // persons by status
    constexpr sim::ByteRange not_at_home{1, 255};
    for (std::size_t i = sim::next_in(status, 0, not_at_home); i < status.size(); i = sim::next_in(status, i + 1, not_at_home)) {
        const std::int64_t w = weight[i];
        if (w == 0) continue;
        in[status[i]] += w;
        if (lives_at_home(status[i])) continue;
        const auto location = persons[person::location][i];
        if (!is(status[i], Status::refugee)) persons.add(region::population, location, w);
        switch (static_cast<Status>(status[i])) {
            case Status::site:
                persons.add(region::sites, location, w);
                persons.add(region::displaced, location, w);
                break;
            case Status::displaced:
                persons.add(region::displaced, location, w);
                break;
            case Status::canton:
                persons.add(region::cantoned, location, w);
                break;
            case Status::fighter:
                persons.add(region_group::fighters, location * groups + persons[person::group][i], w);
                break;
            case Status::security:
                persons.add(region::security, location, w);
                break;
            default:
                break;
        }
    }
    const auto number = [&](Status which) { return in[static_cast<std::size_t>(which)]; };
    persons.add(region::population, home, sums.at_home);
    persons.add(region::former, home, number(Status::former_fighter));
    persons.add(region::in_programme, home, number(Status::programme));
    persons.add(region::reintegrated, home, number(Status::reintegrated));
    persons.add(region::refugees, home, number(Status::refugee));
    persons.add(region::adults, home, sums.adults);
    persons.add(region::grievance_sum, home, sums.grievance);
    persons.add(region::fear_sum, home, sums.fear);
    persons.add(region::trust_state_sum, home, sums.trust_state);
    persons.add(region::trust_mission_sum, home, sums.trust_mission);
    persons.add(region::expectation_sum, home, sums.expectation);
    persons.add(region::livelihood_sum, home, sums.livelihood);
    persons.add(country::population, 0, sums.total);

    persons.owner(community::grievance) = mean(sums.grievance, sums.adults, persons.owner(community::grievance));
    persons.owner(community::trust_state) = mean(sums.trust_state, sums.adults, persons.owner(community::trust_state));
    persons.owner(community::residents) = static_cast<std::int32_t>(sums.at_home);
    const std::int64_t away = number(Status::displaced) + number(Status::site) + number(Status::refugee);
    persons.owner(community::away) = static_cast<std::int32_t>(away);
    persons.owner(community::fighters) = static_cast<std::int32_t>(number(Status::fighter));
    persons.owner(community::former) = static_cast<std::int32_t>(number(Status::former_fighter));
    persons.owner(community::cantoned) = static_cast<std::int32_t>(number(Status::canton));
    persons.owner(community::in_programme) = static_cast<std::int32_t>(number(Status::programme));
}

namespace {

/// Neither away nor anywhere but in the community's region; without a branch.
bool is_here(std::uint8_t status, std::uint8_t location, std::uint8_t usual) {
    const bool away = static_cast<std::uint8_t>(status - away_from_home.first) <= away_from_home.last - away_from_home.first;
    return static_cast<bool>(static_cast<int>(location == usual) & static_cast<int>(!away));
}

/// Persons in their community's region, where most are, and what they live on.
struct Here {
    std::array<std::int64_t, cohort_count> persons{};
    std::array<std::int64_t, cohort_count> livelihoods{};
    std::int64_t elsewhere = 0;  ///< rows that are not here
};

Here count_here(const sim::Rows<Census>& persons, std::uint8_t usual) {
    const std::uint16_t* const weight = persons[person::weight].data();
    const std::uint8_t* const status = persons[person::status].data();
    const std::uint8_t* const location = persons[person::location].data();
    const std::uint8_t* const sex = persons[person::sex].data();
    const std::uint8_t* const age = persons[person::age].data();
    const std::uint8_t* const livelihood = persons[person::livelihood].data();
    const std::size_t n = persons.size();
    constexpr std::size_t run = 128;  // rows whose sums fit in 32 bits: 2^7 2^16 2^8
    Here here;
    Here* const to = &here;
    sim::vectorised([=] {
        for (std::size_t first = 0; first < n; first += run) {
            const std::size_t last = std::min(n, first + run);
            std::uint8_t cohorts[run];
            std::uint32_t weights[run];
            std::int32_t there = 0;
            for (std::size_t i = first; i < last; ++i) {
                const bool counts = is_here(status[i], location[i], usual);
                const int band = static_cast<int>(age[i] >= 15) + static_cast<int>(age[i] >= 30) + static_cast<int>(age[i] >= 60);
                cohorts[i - first] = static_cast<std::uint8_t>(sex[i] * age_band_count + band);
                weights[i - first] = static_cast<std::uint32_t>(counts) * weight[i];
                there += static_cast<std::int32_t>(counts);
            }
            to->elsewhere += static_cast<std::int64_t>(last - first) - there;
            for (std::uint8_t c = 0; c < cohort_count; ++c) {
                std::uint32_t people = 0;
                std::uint32_t lived = 0;
                for (std::size_t i = first; i < last; ++i) {
                    const std::uint32_t w = static_cast<std::uint32_t>(cohorts[i - first] == c) * weights[i - first];
                    people += w;
                    lived += w * livelihood[i];
                }
                to->persons[c] += people;
                to->livelihoods[c] += lived;
            }
        }
    });
    return here;
}

}  // namespace

void Census::step(sim::Rows<Census> persons, const sim::Step& now) const {
    if (!now.recorded) return;
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const auto sex = persons[person::sex];
    const auto age = persons[person::age];
    const auto livelihood = persons[person::livelihood];
    const auto as_byte = [](double level) { return static_cast<std::int64_t>(255.0 * level + 0.5); };
    const auto usual = static_cast<std::uint8_t>(persons.owner(community::region));
    const std::int64_t services = as_byte(persons.all(region::services)[usual]);
    const Here here = count_here(persons, usual);
    for (std::size_t i = 0; i < persons.size() && here.elsewhere > 0; ++i) {
        if (is_here(status[i], location[i], usual) || weight[i] == 0 || is(status[i], Status::refugee)) continue;
        const std::size_t row = location[i] * cohort_count + static_cast<std::size_t>(cohort(sex[i], age[i]));
        const bool away = lives_away(status[i]);
        const std::int64_t served = as_byte((away ? persons.all(region::aid) : persons.all(region::services))[location[i]]);
        persons.add(region_cohort::population, row, weight[i]);
        persons.add(region_cohort::welfare_sum, row, weight[i] * (livelihood[i] + served));
        if (away) persons.add(region_cohort::displaced, row, weight[i]);
    }
    for (std::size_t c = 0; c < cohort_count; ++c) {
        persons.add(region_cohort::population, usual * cohort_count + c, here.persons[c]);
        persons.add(region_cohort::welfare_sum, usual * cohort_count + c, here.livelihoods[c] + services * here.persons[c]);
    }
}

void Welfare::step(sim::View<Welfare> state, const sim::Step& now) const {
    if (!now.recorded) return;
    const auto people = state[region_cohort::population];
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i] > 0)
            state[region_cohort::welfare][i] =
                static_cast<double>(state[region_cohort::welfare_sum][i]) / (2.0 * 255.0 * static_cast<double>(people[i]));
}

}  // namespace drawdown
