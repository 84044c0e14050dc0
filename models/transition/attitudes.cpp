#include "models/transition/attitudes.hpp"

#include <array>

#include "models/transition/rare_events.hpp"
#include "sim/kernel.hpp"

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

Attitudes::Shares Attitudes::shares(double messages, double dt_weeks) const {
    // Rescaled to the step: the share of a gap that closes in dt weeks.
    const auto in_step = [dt_weeks](double a_week) { return f(1.0 - sim::pow(1.0 - a_week, dt_weeks)); };
    return {in_step(to_short_term), in_step(to_natural), in_step(expectation_up * (1.0 - messages_on_expectation * messages)),
            in_step(expectation_down)};
}

Attitudes::Pull Attitudes::pull(const Surroundings& at, const Shares& shares) const {
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
    pull.short_term = shares.short_term;
    pull.natural = shares.natural;
    pull.expectation_up = shares.expectation_up;
    pull.expectation_down = shares.expectation_down;
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
void Attitudes::share(const sim::Looks<P>& seen, const sim::Step& now, Shared& shared) const {
    const auto exposure = seen.all(region::exposure);
    double elsewhere = 0.0;
    for (const double x : exposure) elsewhere += x;
    elsewhere /= static_cast<double>(exposure.size());
    shared.places.resize(exposure.size());
    for (std::size_t r = 0; r < exposure.size(); ++r) {
        const double services = seen.all(region::services)[r];
        const double share = seen.all(region::mission_share)[r];
        // Whoever patrols protects; the mission that is seen earns the trust.
        const auto reached = [&](Activity activity) {
            return std::max(seen.all(region_activity::coverage)[row_of(r, activity)],
                            seen.all(region_activity::reach)[row_of(r, activity)]);
        };
        const double police = seen.all(region_function::capacity)[row_of(r, Function::police)];
        const double patrol = reached(Activity::patrol);
        const double policing = reached(Activity::policing);
        const double adults = std::max(1.0, static_cast<double>(seen.all(region::adults)[r]));
        const double cases = 1e5 * seen.all(region::sexual_violence)[r] / (adults * now.dt_weeks);
        Shared::Place& place = shared.places[r];
        place.violence_near = region_weight * exposure[r];
        place.violence_far = near_weight * elsewhere;
        Surroundings& at = place.at;
        at.violence = f(1.0 - sim::exp(-(place.violence_near + place.violence_far) / violence_scale));
        at.protection = f(1.0 - (1.0 - patrol) * (1.0 - policing) * (1.0 - police));
        at.services = f(services);
        at.mission_services = f(services * share);
        at.abuse = f(seen.all(region::abuse)[r]);
        at.disputes = f(seen.all(region::property_disputes)[r]);
        at.messages = f(seen.all(region::messages)[r]);
        at.sexual_violence = f(1.0 - sim::exp(-cases / sexual_violence_scale));
        at.women_take_part = f(seen.all(region::women_participation)[r]);
        at.youth_take_part = f(seen.all(region::youth_participation)[r]);
        at.misconduct = f(std::min(1.0, seen.all(country::misconduct)[0]));
        at.presence = f(seen.all(region_activity::coverage)[row_of(r, Activity::patrol)]);
        at.neighbours_grievance = f(seen.all(region::grievance)[r]);
        at.neighbours_trust = f(seen.all(region::trust_state)[r]);
        place.shares = shares(at.messages, now.dt_weeks);
    }
    const auto inclusion = seen.all(identity::inclusion);
    shared.inclusion.fill(0.0F);
    for (std::size_t i = 0; i < inclusion.size(); ++i) shared.inclusion[i] = f(inclusion[i]);
}

template <class P>
Surroundings Attitudes::surroundings(const sim::Rows<P>& persons, std::size_t region, const Shared::Place& place,
                                     float community_violence) const {
    Surroundings at = place.at;
    if (community_violence != 0.0F) {
        const double felt = own_weight * community_violence + place.violence_near + place.violence_far;
        at.violence = f(1.0 - sim::exp(-felt / violence_scale));
    }
    if (region == persons.owner(community::region)) at.disputes = persons.owner(community::disputes);
    at.dialogue = persons.owner(community::dialogue);
    at.rumour = persons.owner(community::rumour);
    at.neighbours_grievance = f(0.5) * (persons.owner(community::grievance) + at.neighbours_grievance);
    at.neighbours_trust = f(0.5) * (persons.owner(community::trust_state) + at.neighbours_trust);
    return at;
}

namespace {

/// Rows that the widest registers take at once. Loops over whole numbers of them have no slow remainder.
constexpr std::size_t lanes = 64;
constexpr std::size_t block = 8 * lanes;  // rows at a time: what is kept aside of them fits on the stack

/// The columns of neighbouring persons.
struct Columns {
    float *grievance, *fear, *trust_state, *trust_mission, *expectation;
    const std::uint8_t *livelihood, *harm, *sex, *age, *identity;
    std::uint32_t key;    ///< of the community
    std::uint32_t first;  ///< place of the first of them in it

    [[nodiscard]] Attitudes::Person person(std::size_t i, float inclusion) const {
        constexpr float byte = 1.0F / 255.0F;
        return {inclusion,
                byte * static_cast<float>(livelihood[i]),
                byte * static_cast<float>(harm[i]),
                personal_deviation(key, first + static_cast<std::uint32_t>(i)),
                static_cast<float>(sex[i]),
                young(age[i])};
    }
    [[nodiscard]] Attitudes::Values values(std::size_t i) const {
        return {grievance[i], fear[i], trust_state[i], trust_mission[i], expectation[i]};
    }
    void put(std::size_t i, const Attitudes::Values& v) const {
        grievance[i] = v.grievance;
        fear[i] = v.fear;
        trust_state[i] = v.trust_state;
        trust_mission[i] = v.trust_mission;
        expectation[i] = v.expectation;
    }
};

template <class P>
Columns columns_of(const sim::Rows<P>& persons, std::size_t from) {
    const auto at = [&](const auto& column) { return persons[column].data() + from; };
    return {at(person::grievance),   at(person::fear),       at(person::trust_state), at(person::trust_mission),
            at(person::expectation), at(person::livelihood), at(person::harm),        at(person::sex),
            at(person::age),         at(person::identity),   persons.key(),           static_cast<std::uint32_t>(from)};
}

/// Less than a full register of persons, copied to where the rest may be filled up.
struct Remainder {
    std::array<std::array<float, lanes>, 5> attitudes{};
    std::array<std::array<std::uint8_t, lanes>, 5> traits{};

    Remainder(const Columns& from, std::size_t n) {
        const float* const all[] = {from.grievance, from.fear, from.trust_state, from.trust_mission, from.expectation};
        const std::uint8_t* const traits_of[] = {from.livelihood, from.harm, from.sex, from.age, from.identity};
        for (std::size_t k = 0; k < 5; ++k) {
            std::copy_n(all[k], n, attitudes[k].begin());
            std::copy_n(traits_of[k], n, traits[k].begin());
        }
    }
    [[nodiscard]] Columns columns(const Columns& like) {
        return {attitudes[0].data(),
                attitudes[1].data(),
                attitudes[2].data(),
                attitudes[3].data(),
                attitudes[4].data(),
                traits[0].data(),
                traits[1].data(),
                traits[2].data(),
                traits[3].data(),
                traits[4].data(),
                like.key,
                like.first};
    }
    void put_back(const Columns& to, std::size_t n) const {
        float* const all[] = {to.grievance, to.fear, to.trust_state, to.trust_mission, to.expectation};
        for (std::size_t k = 0; k < 5; ++k) std::copy_n(attitudes[k].begin(), n, all[k]);
    }
};

/// Sets the attitudes of at most `block` persons to next(values, person), in registers.
template <class Next>
void update(const Columns& people, std::size_t n, const std::array<float, 256>& inclusion, const Next& next) {
    const float* const inclusion_of = inclusion.data();
    const auto run = [&](const Columns& columns, std::size_t rows) {
        std::array<float, block> included;  // looked up in a loop of its own: the loop over attitudes then vectorises
        float* const own = included.data();
        sim::vectorised([=] {
#pragma GCC ivdep
            for (std::size_t i = 0; i < rows; ++i) own[i] = inclusion_of[columns.identity[i]];
#pragma GCC ivdep
            for (std::size_t i = 0; i < rows; ++i) columns.put(i, next(columns.values(i), columns.person(i, own[i])));
        });
    };
    const std::size_t whole = n / lanes * lanes;
    if (whole > 0) run(people, whole);
    if (whole == n) return;
    Columns rest = people;
    for (float** column : {&rest.grievance, &rest.fear, &rest.trust_state, &rest.trust_mission, &rest.expectation})
        *column += whole;
    for (const std::uint8_t** column : {&rest.livelihood, &rest.harm, &rest.sex, &rest.age, &rest.identity}) *column += whole;
    rest.first += static_cast<std::uint32_t>(whole);
    Remainder remainder(rest, n - whole);
    run(remainder.columns(rest), lanes);
    remainder.put_back(rest, n - whole);
}

}  // namespace

void Attitudes::step(sim::Rows<Attitudes> persons, const Shared& shared, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const auto pull_in = [&](std::size_t region, float community_violence) {
        const Shared::Place& place = shared.places[region];
        return pull(surroundings(persons, region, place, community_violence), place.shares);
    };
    const Pull at = pull_in(home, persons.owner(community::violence));
    const auto status = persons[person::status];
    const bool some_away = persons.owner(community::away) > 0;
    std::size_t cached = home;
    Pull there = at;
    for (std::size_t first = 0; first < persons.size(); first += block) {
        const std::size_t n = std::min(block, persons.size() - first);
        const Columns columns = columns_of(persons, first);
        const auto status_of = status.subspan(first, n);
        // People elsewhere live in other surroundings: their values are kept aside, and mended after the loop over all.
        struct Elsewhere {
            std::size_t row;
            Values before;
        };
        std::array<Elsewhere, block> elsewhere;
        std::size_t away = 0;
        if (some_away)
            for (std::size_t i = sim::next_in(status_of, 0, away_from_home); i < n;
                 i = sim::next_in(status_of, i + 1, away_from_home))
                elsewhere[away++] = {i, columns.values(i)};
        update(columns, n, shared.inclusion, [at](const Values& x, const Person& who) { return updated(x, who, at); });
        for (std::size_t k = 0; k < away; ++k) {
            const auto& [row, before] = elsewhere[k];
            if (is(status_of[row], Status::refugee)) {
                columns.put(row, before);  // abroad the model sees nothing that would change them
                continue;
            }
            const std::size_t region = persons[person::location][first + row];
            if (region != home && region != cached) {
                there = pull_in(region, 0.0F);
                cached = region;
            }
            const Person who = columns.person(row, shared.inclusion[columns.identity[row]]);
            columns.put(row, updated(before, who, region == home ? at : there));
        }
    }
}

void Attitudes::prepare(sim::Looks<Attitudes> seen, const sim::Step& now, Shared& shared) const { share(seen, now, shared); }

void SettleAttitudes::prepare(sim::Looks<SettleAttitudes> seen, const sim::Step& now, Shared& shared) const {
    attitudes.share(seen, now, shared);
}

void SettleAttitudes::step(sim::Rows<SettleAttitudes> persons, const Shared& shared, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const Attitudes::Shared::Place& place = shared.places[home];
    const Attitudes::Pull at =
        attitudes.pull(attitudes.surroundings(persons, home, place, persons.owner(community::violence)), place.shares);
    for (std::size_t first = 0; first < persons.size(); first += block)
        update(columns_of(persons, first), std::min(block, persons.size() - first), shared.inclusion,
               [at](const Attitudes::Values& /*x*/, const Attitudes::Person& who) { return Attitudes::resting(who, at); });
}

}  // namespace drawdown
