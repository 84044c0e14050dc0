#include "models/transition/tally.hpp"

#include <array>

namespace drawdown {

namespace {

struct Sums {
    std::int64_t adults = 0, grievance = 0, fear = 0, trust_state = 0, trust_mission = 0, expectation = 0, livelihood = 0;
};

std::int32_t fixed(float value) { return static_cast<std::int32_t>(value * static_cast<float>(fixed_one)); }

float mean(std::int64_t sum, std::int64_t persons, float otherwise) {
    return persons > 0 ? static_cast<float>(static_cast<double>(sum) / (fixed_one * static_cast<double>(persons))) : otherwise;
}

}  // namespace

void Tally::step(sim::Rows<Tally> persons, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const std::size_t groups = persons.all(group::pay).size();
    const std::uint16_t* __restrict const weight = persons[person::weight].data();
    const std::uint8_t* const status = persons[person::status].data();
    const std::uint8_t* const age = persons[person::age].data();
    const float* const grievance = persons[person::grievance].data();
    const float* const fear = persons[person::fear].data();
    const float* const trust_state = persons[person::trust_state].data();
    const float* const trust_mission = persons[person::trust_mission].data();
    const float* const expectation = persons[person::expectation].data();
    const std::uint8_t* const livelihood = persons[person::livelihood].data();
    const std::size_t n = persons.size();

    Sums sums;
    std::int64_t total = 0;
    std::int64_t at_home = 0;
    std::int64_t others = 0;               // rows that need a second look
    for (std::size_t i = 0; i < n; ++i) {  // no branch, so that it vectorises
        const std::int32_t home_weight =
            weight[i] * static_cast<std::int32_t>(status[i] <= static_cast<std::uint8_t>(Status::reintegrated));
        const std::int32_t adult_weight = home_weight * static_cast<std::int32_t>(age[i] >= 15);
        total += weight[i];
        at_home += home_weight;
        others += static_cast<std::int32_t>(status[i] != 0);
        sums.adults += adult_weight;
        sums.grievance += adult_weight * fixed(grievance[i]);
        sums.fear += adult_weight * fixed(fear[i]);
        sums.trust_state += adult_weight * fixed(trust_state[i]);
        sums.trust_mission += adult_weight * fixed(trust_mission[i]);
        sums.expectation += adult_weight * fixed(expectation[i]);
        sums.livelihood += adult_weight * livelihood[i];
    }
    std::array<std::int64_t, status_count> in{};  // persons by status
    for (std::size_t i = 0; i < n && others > 0; ++i) {
        const std::int64_t w = weight[i];
        if (status[i] == 0 || w == 0) continue;
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
    persons.add(region::population, home, at_home);
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
    persons.add(country::population, 0, total);

    persons.owner(community::grievance) = mean(sums.grievance, sums.adults, persons.owner(community::grievance));
    persons.owner(community::trust_state) = mean(sums.trust_state, sums.adults, persons.owner(community::trust_state));
    persons.owner(community::residents) = static_cast<std::int32_t>(at_home);
    const std::int64_t away = number(Status::displaced) + number(Status::site) + number(Status::refugee);
    persons.owner(community::away) = static_cast<std::int32_t>(away);
    persons.owner(community::fighters) = static_cast<std::int32_t>(number(Status::fighter));
    persons.owner(community::former) = static_cast<std::int32_t>(number(Status::former_fighter));
    persons.owner(community::cantoned) = static_cast<std::int32_t>(number(Status::canton));
    persons.owner(community::in_programme) = static_cast<std::int32_t>(number(Status::programme));
}

void Census::step(sim::Rows<Census> persons, const sim::Step& now) const {
    if (!now.recorded) return;
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const auto sex = persons[person::sex];
    const auto age = persons[person::age];
    const auto livelihood = persons[person::livelihood];
    const auto as_byte = [](double level) { return static_cast<std::int64_t>(255.0 * level + 0.5); };
    // Most persons are where most of their community is: small counts for that region, single additions for the rest.
    std::array<std::int64_t, cohort_count> here{};
    std::array<std::int64_t, cohort_count> livelihoods{};
    const std::size_t usual = persons.owner(community::region);
    const std::int64_t services = as_byte(persons.all(region::services)[usual]);
    for (std::size_t i = 0; i < persons.size(); ++i) {
        if (weight[i] == 0 || is(status[i], Status::refugee)) continue;
        const auto c = static_cast<std::size_t>(cohort(sex[i], age[i]));
        if (location[i] == usual && !lives_away(status[i])) {
            here[c] += weight[i];
            livelihoods[c] += weight[i] * livelihood[i];
            continue;
        }
        const std::size_t row = location[i] * cohort_count + c;
        const bool away = lives_away(status[i]);
        const std::int64_t served = as_byte((away ? persons.all(region::aid) : persons.all(region::services))[location[i]]);
        persons.add(region_cohort::population, row, weight[i]);
        persons.add(region_cohort::welfare_sum, row, weight[i] * (livelihood[i] + served));
        if (away) persons.add(region_cohort::displaced, row, weight[i]);
    }
    for (std::size_t c = 0; c < cohort_count; ++c) {
        persons.add(region_cohort::population, usual * cohort_count + c, here[c]);
        persons.add(region_cohort::welfare_sum, usual * cohort_count + c, livelihoods[c] + services * here[c]);
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
