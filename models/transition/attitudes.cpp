#include "models/transition/attitudes.hpp"

#include <array>
#include <vector>

namespace drawdown {

namespace {

float f(double x) { return static_cast<float>(x); }

/// 1 for those of 15 to 29, else 0; without a branch.
float young(std::uint8_t age_years) {
    return static_cast<float>(static_cast<int>(age_years >= 15) & static_cast<int>(age_years < 30));
}

/// Sums the effects of several causes on one attitude, those that raise it and those that lower it.
struct Effect {
    double up = 0.0;
    double down = 0.0;
    void add(double m) {
        up += std::max(m, 0.0);
        down += std::max(-m, 0.0);
    }
};

}  // namespace

Attitudes::Pull Attitudes::pull(const Surroundings& at, double dt_weeks) const {
    Effect grievance;
    grievance.add(abuse_on_grievance * at.abuse);
    grievance.add(rumour_on_grievance * at.rumour);
    grievance.add(dialogue_on_grievance * at.dialogue);
    grievance.add(disputes_on_grievance * at.disputes);
    Effect fear;
    fear.add(violence_on_fear * at.violence);
    fear.add(protection_on_fear * at.protection);
    Effect trust;
    trust.add(services_on_trust * (at.services - at.mission_services));
    trust.add(credit_lost_to_mission * at.mission_services);
    trust.add(abuse_on_trust * at.abuse);
    Effect mission;
    mission.add(presence_on_mission_trust * at.presence);
    mission.add(services_on_mission_trust * at.mission_services);
    mission.add(misconduct_on_mission_trust * at.misconduct);
    mission.add(failure_on_mission_trust * at.violence * at.presence);
    mission.add(rumour_on_mission_trust * at.rumour);

    const double own = 1.0 - neighbours_weight;
    Pull pull{};
    pull.grievance_up = f(grievance.up);
    pull.grievance_down = f(grievance.down);
    pull.fear_up = f(fear.up);
    pull.fear_down = f(fear.down);
    pull.trust_state_up = f(trust.up);
    pull.trust_state_down = f(trust.down);
    pull.trust_mission_up = f(mission.up);
    pull.trust_mission_down = f(mission.down);
    pull.natural_grievance = f(own * natural_grievance + neighbours_weight * at.neighbours_grievance);
    pull.natural_fear = f(natural_fear);
    pull.natural_trust_state = f(own * natural_trust_state + neighbours_weight * at.neighbours_trust);
    pull.natural_trust_mission = f(natural_trust_mission);
    pull.spread_own = f(own * personal_spread);
    pull.spread_fear = f(natural_fear * personal_spread);
    pull.services = at.services;
    pull.shortfall = f(shortfall_on_grievance);
    pull.exclusion = f(exclusion_on_grievance);
    pull.hardship = f(hardship_on_grievance);
    pull.harm = f(harm_on_grievance);
    pull.inclusion = f(inclusion_on_trust);
    pull.broken_promise = f(-shortfall_on_trust);
    pull.women_fear = f(sexual_violence_on_fear * at.sexual_violence);
    pull.women_trust = f(participation_on_trust * at.women_take_part);
    pull.youth_trust = f(participation_on_trust * at.youth_take_part);
    pull.women_mission = f(-misconduct_on_women * at.misconduct);
    // Rescaled to the step: the share of a gap that closes in dt weeks.
    const auto in_step = [dt_weeks](double a_week) { return f(1.0 - sim::pow(1.0 - a_week, dt_weeks)); };
    pull.short_term = in_step(to_short_term);
    pull.natural = in_step(to_natural);
    pull.expectation_up = in_step(expectation_up * (1.0 - messages_on_expectation * at.messages));
    pull.expectation_down = in_step(expectation_down);
    return pull;
}

Attitudes::Values Attitudes::resting(const Person& person, const Pull& at) {
    const auto rest = [&](float up, float down, float level) {
        const float pulls = at.short_term * (up + down) + at.natural;
        const float value = pulls > 0.0F ? (at.short_term * up + at.natural * level) / pulls : level;
        return std::min(std::max(value, 0.0F), 1.0F);
    };
    const float causes =
        at.exclusion * (1.0F - person.inclusion) + at.hardship * (1.0F - person.livelihood) + at.harm * person.harm;
    const float shift = at.spread_own * person.deviation;
    const float taking_part = at.women_trust * person.woman + at.youth_trust * person.young;
    return {rest(at.grievance_up + causes, at.grievance_down, at.natural_grievance + shift),
            rest(at.fear_up + at.women_fear * person.woman, at.fear_down, at.natural_fear + at.spread_fear * person.deviation),
            rest(at.trust_state_up + at.inclusion * person.inclusion + taking_part, at.trust_state_down,
                 at.natural_trust_state - shift),
            rest(at.trust_mission_up, at.trust_mission_down + at.women_mission * person.woman, at.natural_trust_mission),
            at.services};
}

template <class P>
Surroundings Attitudes::surroundings(const sim::Rows<P>& persons, std::size_t region, float community_violence,
                                     double dt_weeks) const {
    const auto exposure = persons.all(region::exposure);
    double elsewhere = 0.0;
    for (const double x : exposure) elsewhere += x;
    elsewhere /= static_cast<double>(exposure.size());
    const double felt = own_weight * community_violence + region_weight * exposure[region] + near_weight * elsewhere;

    const double services = persons.all(region::services)[region];
    const double share = persons.all(region::mission_share)[region];
    const double presence = persons.all(region_activity::coverage)[row_of(region, Activity::patrol)];
    // Whoever patrols protects; the mission that is seen earns the trust.
    const auto reached = [&](Activity activity) {
        return std::max(persons.all(region_activity::coverage)[row_of(region, activity)],
                        persons.all(region_activity::reach)[row_of(region, activity)]);
    };
    const double police = persons.all(region_function::capacity)[row_of(region, Function::police)];
    const double patrol = reached(Activity::patrol);
    const double policing = reached(Activity::policing);
    const double adults = std::max(1.0, static_cast<double>(persons.all(region::adults)[region]));
    const double cases = 1e5 * persons.all(region::sexual_violence)[region] / (adults * dt_weeks);
    const bool own = region == persons.owner(community::region);
    Surroundings at{};
    at.violence = f(1.0 - sim::exp(-felt / violence_scale));
    at.protection = f(1.0 - (1.0 - patrol) * (1.0 - policing) * (1.0 - police));
    at.services = f(services);
    at.mission_services = f(services * share);
    at.abuse = f(persons.all(region::abuse)[region]);
    at.dialogue = persons.owner(community::dialogue);
    at.disputes = own ? persons.owner(community::disputes) : f(persons.all(region::property_disputes)[region]);
    at.messages = f(persons.all(region::messages)[region]);
    at.sexual_violence = f(1.0 - sim::exp(-cases / sexual_violence_scale));
    at.women_take_part = f(persons.all(region::women_participation)[region]);
    at.youth_take_part = f(persons.all(region::youth_participation)[region]);
    at.rumour = persons.owner(community::rumour);
    at.misconduct = f(std::min(1.0, persons.all(country::misconduct)[0]));
    at.presence = f(presence);
    at.neighbours_grievance = f(0.5) * (persons.owner(community::grievance) + f(persons.all(region::grievance)[region]));
    at.neighbours_trust = f(0.5) * (persons.owner(community::trust_state) + f(persons.all(region::trust_state)[region]));
    return at;
}

void Attitudes::step(sim::Rows<Attitudes> persons, const sim::Step& now) const {
    const std::size_t n = persons.size();
    const std::size_t home = persons.owner(community::region);
    const Pull at_home = pull(surroundings(persons, home, persons.owner(community::violence), now.dt_weeks), now.dt_weeks);
    const auto inclusion_of = persons.all(identity::inclusion);
    std::array<float, 256> inclusion{};
    for (std::size_t i = 0; i < inclusion_of.size(); ++i) inclusion[i] = f(inclusion_of[i]);
    // Looked up in a loop of its own: the loop over attitudes then vectorises.
    thread_local std::vector<float> included;
    included.resize(std::max(included.size(), n));
    for (std::size_t i = 0; i < n; ++i) included[i] = inclusion[persons[person::identity][i]];

    float* __restrict const grievance = persons[person::grievance].data();
    float* __restrict const fear = persons[person::fear].data();
    float* __restrict const trust_state = persons[person::trust_state].data();
    float* __restrict const trust_mission = persons[person::trust_mission].data();
    float* __restrict const expectation = persons[person::expectation].data();
    const float* __restrict const own_inclusion = included.data();
    const std::uint8_t* __restrict const livelihood = persons[person::livelihood].data();
    const std::uint8_t* __restrict const harm = persons[person::harm].data();
    const std::uint8_t* __restrict const sex = persons[person::sex].data();
    const std::uint8_t* __restrict const age = persons[person::age].data();
    const std::uint32_t key = persons.key();
    constexpr float byte = 1.0F / 255.0F;

    const auto person_at = [&](std::size_t i) {
        return Person{own_inclusion[i],
                      byte * static_cast<float>(livelihood[i]),
                      byte * static_cast<float>(harm[i]),
                      personal_deviation(key, static_cast<std::uint32_t>(i)),
                      static_cast<float>(sex[i]),
                      young(age[i])};
    };
    const auto values_at = [&](std::size_t i) {
        return Values{grievance[i], fear[i], trust_state[i], trust_mission[i], expectation[i]};
    };
    const auto put = [&](std::size_t i, const Values& v) {
        grievance[i] = v.grievance;
        fear[i] = v.fear;
        trust_state[i] = v.trust_state;
        trust_mission[i] = v.trust_mission;
        expectation[i] = v.expectation;
    };

    // People elsewhere live in other surroundings: their values are kept aside, and mended after the loop over all.
    struct Elsewhere {
        std::size_t row;
        Values before;
    };
    std::vector<Elsewhere> elsewhere;
    if (persons.owner(community::away) > 0) {
        const auto status = persons[person::status];
        for (std::size_t i = 0; i < n; ++i)
            if (lives_away(status[i])) elsewhere.push_back({i, values_at(i)});
    }
    const Pull at = at_home;
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i) put(i, updated(values_at(i), person_at(i), at));

    std::size_t cached = home;
    Pull there = at_home;
    for (const Elsewhere& person : elsewhere) {
        const std::size_t region = persons[person::location][person.row];
        if (is(persons[person::status][person.row], Status::refugee)) {
            put(person.row, person.before);  // abroad the model sees nothing that would change them
            continue;
        }
        if (region != cached) {
            there = pull(surroundings(persons, region, 0.0F, now.dt_weeks), now.dt_weeks);
            cached = region;
        }
        put(person.row, updated(person.before, person_at(person.row), there));
    }
}

void SettleAttitudes::step(sim::Rows<SettleAttitudes> persons, const sim::Step& now) const {
    const Attitudes::Pull at = attitudes.pull(
        attitudes.surroundings(persons, persons.owner(community::region), persons.owner(community::violence), now.dt_weeks),
        now.dt_weeks);
    for (std::size_t i = 0; i < persons.size(); ++i) {
        const Attitudes::Person person{f(persons.all(identity::inclusion)[persons[person::identity][i]]),
                                       f(1.0 / 255.0) * static_cast<float>(persons[person::livelihood][i]),
                                       f(1.0 / 255.0) * static_cast<float>(persons[person::harm][i]),
                                       personal_deviation(persons.key(), static_cast<std::uint32_t>(i)),
                                       static_cast<float>(persons[person::sex][i]),
                                       young(persons[person::age][i])};
        const Attitudes::Values x = Attitudes::resting(person, at);
        persons[person::grievance][i] = x.grievance;
        persons[person::fear][i] = x.fear;
        persons[person::trust_state][i] = x.trust_state;
        persons[person::trust_mission][i] = x.trust_mission;
        persons[person::expectation][i] = x.expectation;
    }
}

}  // namespace drawdown
