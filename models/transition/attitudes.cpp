#include "models/transition/attitudes.hpp"

#include <array>

namespace drawdown {

namespace {

/// Sum of the effects of several causes; each saturates towards its end of the scale.
struct Effect {
    float up = 0.0F;    // causes that raise the attitude
    float down = 0.0F;  // causes that lower it, as positive numbers
    void add(float m) {
        up += std::max(m, 0.0F);
        down += std::max(-m, 0.0F);
    }
    [[nodiscard]] float on(float x) const { return (1.0F - x) * up - x * down; }
};

struct Effects {
    Effect grievance, fear, trust_state, trust_mission;
};

float f(double x) { return static_cast<float>(x); }

Effects effects_on(const Attitudes& a, float expectation, const Attitudes::Person& person, const Surroundings& at) {
    Effects e;
    const float shortfall = std::max(expectation - at.services, 0.0F);
    e.grievance.add(f(a.abuse_on_grievance) * at.abuse);
    e.grievance.add(f(a.shortfall_on_grievance) * shortfall);
    e.grievance.add(f(a.exclusion_on_grievance) * (1.0F - person.inclusion));
    e.grievance.add(f(a.hardship_on_grievance) * (1.0F - person.livelihood));
    e.grievance.add(f(a.harm_on_grievance) * person.harm);
    e.grievance.add(f(a.rumour_on_grievance) * at.rumour);
    e.grievance.add(f(a.dialogue_on_grievance) * at.dialogue);
    e.fear.add(f(a.violence_on_fear) * at.violence);
    e.fear.add(f(a.protection_on_fear) * at.protection);
    e.trust_state.add(f(a.services_on_trust) * (at.services - at.mission_services));
    e.trust_state.add(f(a.credit_lost_to_mission) * at.mission_services);
    e.trust_state.add(f(a.abuse_on_trust) * at.abuse);
    e.trust_state.add(f(a.inclusion_on_trust) * person.inclusion);
    e.trust_mission.add(f(a.presence_on_mission_trust) * at.presence);
    e.trust_mission.add(f(a.services_on_mission_trust) * at.mission_services);
    e.trust_mission.add(f(a.misconduct_on_mission_trust) * at.misconduct);
    e.trust_mission.add(f(a.failure_on_mission_trust) * at.violence * at.presence);
    e.trust_mission.add(f(a.rumour_on_mission_trust) * at.rumour);
    return e;
}

struct NaturalLevels {
    float grievance, fear, trust_state, trust_mission;
};

NaturalLevels natural_levels(const Attitudes& a, float deviation, const Surroundings& at) {
    const float own = 1.0F - f(a.neighbours_weight);
    const float shift = f(a.personal_spread) * deviation;
    return {own * (f(a.natural_grievance) + shift) + f(a.neighbours_weight) * at.neighbours_grievance,
            f(a.natural_fear) + 0.5F * shift * f(a.natural_fear),
            own * (f(a.natural_trust_state) - shift) + f(a.neighbours_weight) * at.neighbours_trust, f(a.natural_trust_mission)};
}

float clamp01(float x) { return std::min(std::max(x, 0.0F), 1.0F); }

}  // namespace

Attitudes::Values Attitudes::updated(const Values& x, const Person& person, const Surroundings& at, float short_term, float natural) const {
    const Effects e = effects_on(*this, x.expectation, person, at);
    const NaturalLevels c = natural_levels(*this, person.deviation, at);
    const auto next = [&](float value, const Effect& effect, float level) {
        return clamp01(value + short_term * effect.on(value) + natural * (level - value));
    };
    const float gap = at.services - x.expectation;
    const float weeks = short_term / f(to_short_term);
    const float rate = weeks * (gap > 0.0F ? f(expectation_up) : f(expectation_down));
    return {next(x.grievance, e.grievance, c.grievance), next(x.fear, e.fear, c.fear), next(x.trust_state, e.trust_state, c.trust_state),
            next(x.trust_mission, e.trust_mission, c.trust_mission), clamp01(x.expectation + rate * gap)};
}

Attitudes::Values Attitudes::resting(const Person& person, const Surroundings& at) const {
    const Effects e = effects_on(*this, at.services, person, at);
    const NaturalLevels c = natural_levels(*this, person.deviation, at);
    const float a = f(to_short_term);
    const float g = f(to_natural);
    const auto rest = [&](const Effect& effect, float level) { return clamp01((a * effect.up + g * level) / (a * (effect.up + effect.down) + g)); };
    return {rest(e.grievance, c.grievance), rest(e.fear, c.fear), rest(e.trust_state, c.trust_state), rest(e.trust_mission, c.trust_mission),
            at.services};
}

template <class P>
Surroundings Attitudes::surroundings(const sim::Rows<P>& persons, std::size_t region, float community_violence) const {
    const auto exposure = persons.all(region::exposure);
    double elsewhere = 0.0;
    for (const double x : exposure) elsewhere += x;
    elsewhere /= static_cast<double>(exposure.size());
    const double felt = own_weight * community_violence + region_weight * exposure[region] + near_weight * elsewhere;

    const double services = persons.all(region::services)[region];
    const double share = persons.all(region::mission_share)[region];
    const auto covered = [&](Activity activity) {
        return persons.all(region_activity::coverage)[region * activity_count + static_cast<std::size_t>(activity)];
    };
    const double police = persons.all(region_function::capacity)[region * function_count + static_cast<std::size_t>(Function::police)];
    const double patrol = covered(Activity::patrol);
    const double policing = covered(Activity::policing);
    Surroundings at{};
    at.violence = f(1.0 - sim::exp(-felt / violence_scale));
    at.protection = f(1.0 - (1.0 - patrol) * (1.0 - policing) * (1.0 - police));
    at.services = f(services);
    at.mission_services = f(services * share);
    at.abuse = f(persons.all(region::abuse)[region]);
    at.dialogue = f(covered(Activity::dialogue));
    at.rumour = persons.owner(community::rumour);
    at.misconduct = f(std::min(1.0, persons.all(country::misconduct)[0]));
    at.presence = f(patrol);
    at.neighbours_grievance = f(0.5) * (persons.owner(community::grievance) + f(persons.all(region::grievance)[region]));
    at.neighbours_trust = f(0.5) * (persons.owner(community::trust_state) + f(persons.all(region::trust_state)[region]));
    return at;
}

void Attitudes::step(sim::Rows<Attitudes> persons, const sim::Step& now) const {
    const std::size_t n = persons.size();
    const std::size_t home = persons.owner(community::region);
    const Surroundings at_home = surroundings(persons, home, persons.owner(community::violence));
    // Rescaled to the step: the share of a gap that closes in dt weeks.
    const float short_term = f(1.0 - sim::pow(1.0 - to_short_term, now.dt_weeks));
    const float natural = f(1.0 - sim::pow(1.0 - to_natural, now.dt_weeks));

    const auto inclusion_of = persons.all(identity::inclusion);
    std::array<float, 256> inclusion{};
    for (std::size_t i = 0; i < inclusion_of.size(); ++i) inclusion[i] = f(inclusion_of[i]);

    float* const grievance = persons[person::grievance].data();
    float* const fear = persons[person::fear].data();
    float* const trust_state = persons[person::trust_state].data();
    float* const trust_mission = persons[person::trust_mission].data();
    float* const expectation = persons[person::expectation].data();
    const std::uint8_t* const identity = persons[person::identity].data();
    const std::uint8_t* const livelihood = persons[person::livelihood].data();
    const std::uint8_t* const harm = persons[person::harm].data();
    const std::uint32_t key = persons.key();

    const auto person_at = [&](std::size_t i) {
        return Person{inclusion[identity[i]], f(1.0 / 255.0) * static_cast<float>(livelihood[i]), f(1.0 / 255.0) * static_cast<float>(harm[i]),
                      deviation(key, static_cast<std::uint32_t>(i))};
    };
    const auto put = [&](std::size_t i, const Values& v) {
        grievance[i] = v.grievance;
        fear[i] = v.fear;
        trust_state[i] = v.trust_state;
        trust_mission[i] = v.trust_mission;
        expectation[i] = v.expectation;
    };
    const auto values_at = [&](std::size_t i) { return Values{grievance[i], fear[i], trust_state[i], trust_mission[i], expectation[i]}; };

    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const bool some_elsewhere = persons.owner(community::away) > 0;
    if (!some_elsewhere) {
        for (std::size_t i = 0; i < n; ++i) put(i, updated(values_at(i), person_at(i), at_home, short_term, natural));
        return;
    }
    // People elsewhere live in other surroundings; those abroad keep their attitudes.
    std::size_t cached = home;
    Surroundings there = at_home;
    for (std::size_t i = 0; i < n; ++i) {
        if (is(status[i], Status::refugee)) continue;
        const std::size_t region = location[i];
        if (region != cached) {
            there = region == home ? at_home : surroundings(persons, region, 0.0F);
            cached = region;
        }
        put(i, updated(values_at(i), person_at(i), there, short_term, natural));
    }
}

void SettleAttitudes::step(sim::Rows<SettleAttitudes> persons, const sim::Step& /*now*/) const {
    const Surroundings at = attitudes.surroundings(persons, persons.owner(community::region), persons.owner(community::violence));
    for (std::size_t i = 0; i < persons.size(); ++i) {
        const Attitudes::Person person{f(persons.all(identity::inclusion)[persons[person::identity][i]]),
                                       f(1.0 / 255.0) * static_cast<float>(persons[person::livelihood][i]),
                                       f(1.0 / 255.0) * static_cast<float>(persons[person::harm][i]),
                                       Attitudes::deviation(persons.key(), static_cast<std::uint32_t>(i))};
        const Attitudes::Values x = attitudes.resting(person, at);
        persons[person::grievance][i] = x.grievance;
        persons[person::fear][i] = x.fear;
        persons[person::trust_state][i] = x.trust_state;
        persons[person::trust_mission][i] = x.trust_mission;
        persons[person::expectation][i] = x.expectation;
    }
}

}  // namespace drawdown
