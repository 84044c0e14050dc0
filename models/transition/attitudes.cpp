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
    const double a = shares.short_term;
    const double g = shares.natural;
    const auto drift = [&](const Effect& effect, double level) {
        return Drift{f(a * effect.up + g * level), f(a * (effect.up + effect.down) + g)};
    };
    grievance.up += exclusion_on_grievance + hardship_on_grievance;
    Pull pull{};
    pull.grievance = drift(grievance, own * natural_grievance + neighbours_weight * at.neighbours_grievance);
    pull.fear = drift(fear, natural_fear);
    pull.trust_state = drift(trust, own * natural_trust_state + neighbours_weight * at.neighbours_trust);
    // Nobody thinks anew of a mission that has left.
    const double here = at.mission_open;
    pull.trust_mission = {f(here * drift(mission, natural_trust_mission).gain),
                          f(here * drift(mission, natural_trust_mission).loss)};
    pull.spread_own = f(g * own * personal_spread);
    pull.spread_fear = f(g * natural_fear * personal_spread);
    pull.services = at.services;
    pull.shortfall = f(a * shortfall_on_grievance);
    pull.exclusion = f(a * exclusion_on_grievance);
    pull.hardship = f(a * hardship_on_grievance);
    pull.harm = f(a * harm_on_grievance);
    pull.inclusion = f(a * inclusion_on_trust);
    pull.broken_promise = f(a * -shortfall_on_trust);
    pull.women_fear = f(a * sexual_violence_on_fear * at.sexual_violence);
    pull.women_trust = f(a * participation_on_trust * at.women_take_part);
    pull.youth_trust = f(a * participation_on_trust * at.youth_take_part);
    pull.women_mission = f(here * a * -misconduct_on_women * at.misconduct);
    pull.expectation_up = shares.expectation_up;
    pull.expectation_down = shares.expectation_down;
    return pull;
}

Attitudes::Values Attitudes::resting(const Person& person, const Pull& at) {
    const Drifts by = drifts(person, 0.0F, at);
    // Where nothing pulls, the middle of the scale is as good as any place.
    const auto rest = [](Drift drift) {
        return drift.loss > 0.0F ? std::min(std::max(drift.gain / drift.loss, 0.0F), 1.0F) : 0.5F;
    };
    return {rest(by.grievance), rest(by.fear), rest(by.trust_state), rest(by.trust_mission), at.services};
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
        at.mission_open = f(seen.all(country::mission_open)[0]);
        place.shares = shares(at.messages, now.dt_weeks);
    }
    const auto inclusion = seen.all(identity::inclusion);
    shared.inclusion.fill(0.0F);
    shared.identities = inclusion.size();
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

constexpr std::size_t lanes = 16;       // floats that the widest registers take at once
constexpr std::size_t byte_lanes = 64;  // and bytes
constexpr std::size_t block = 512;      // rows at a time: what is worked out beside them stays in the first cache

/// The columns of neighbouring persons.
struct Columns {
    float *grievance, *fear, *trust_state, *trust_mission, *expectation;
    const std::uint8_t *livelihood, *harm, *sex, *age, *identity;
    std::uint32_t key;    ///< of the community
    std::uint32_t first;  ///< place of the first of them in it

    [[nodiscard]] Columns from(std::size_t row) const {
        return {grievance + row,
                fear + row,
                trust_state + row,
                trust_mission + row,
                expectation + row,
                livelihood + row,
                harm + row,
                sex + row,
                age + row,
                identity + row,
                key,
                first + static_cast<std::uint32_t>(row)};
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
Columns columns_of(const sim::Rows<P>& persons) {
    const auto at = [&](const auto& column) { return persons[column].data(); };
    return {at(person::grievance),   at(person::fear),       at(person::trust_state), at(person::trust_mission),
            at(person::expectation), at(person::livelihood), at(person::harm),        at(person::sex),
            at(person::age),         at(person::identity),   persons.key(),           0};
}

/// What differs between the persons of a block, as floats. Made in loops of their own: a loop that widens bytes and does much
/// arithmetic besides needs more registers than there are.
struct Traits {
    std::array<float, block> inclusion, livelihood, harm, woman, young;

    /// All but the inclusion.
    void read(const Columns& people, std::size_t n) {
        if (n < byte_lanes) return read(people, 0, n);
        for (std::size_t i = 0; i + byte_lanes <= n; i += byte_lanes) read(people, i, byte_lanes);
        read(people, n - byte_lanes, byte_lanes);  // overlaps with what was read before
    }
    void read(const Columns& people, std::size_t first, std::size_t n) {
        constexpr float byte = 1.0F / 255.0F;
        const std::size_t end = first + n;
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) livelihood[i] = byte * static_cast<float>(people.livelihood[i]);
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) harm[i] = byte * static_cast<float>(people.harm[i]);
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) woman[i] = static_cast<float>(people.sex[i]);
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) young[i] = drawdown::young(people.age[i]);
    }
    [[nodiscard]] Attitudes::Person person(const Columns& people, std::size_t i) const {
        const float deviation = personal_deviation(people.key, people.first + static_cast<std::uint32_t>(i));
        return {inclusion[i], livelihood[i], harm[i], deviation, woman[i], young[i]};
    }
};

/// Sets the attitudes of the `n` persons of a block to next(values, person).
template <class Next>
void update(const Columns& people, std::size_t n, Traits& traits, const Attitudes::Shared& shared, const Next& next) {
    sim::look_up({people.identity, n}, shared.inclusion.data(), shared.identities, traits.inclusion.data());
    Traits* const to = &traits;
    sim::vectorised([=] {
        to->read(people, n);
        const Traits& who = *to;
        if (n < lanes) {
            for (std::size_t i = 0; i < n; ++i) people.put(i, next(people.values(i), who.person(people, i)));
            return;
        }
        // Whole registers only. The last one overlaps with those before, and so is worked out first and written last.
        const std::size_t whole = n / lanes * lanes;
        std::array<std::array<float, lanes>, 5> last;
        for (std::size_t k = 0; k < lanes; ++k) {
            const Attitudes::Values v = next(people.values(n - lanes + k), who.person(people, n - lanes + k));
            last[0][k] = v.grievance;
            last[1][k] = v.fear;
            last[2][k] = v.trust_state;
            last[3][k] = v.trust_mission;
            last[4][k] = v.expectation;
        }
#pragma GCC ivdep
        for (std::size_t i = 0; i < whole; ++i) people.put(i, next(people.values(i), who.person(people, i)));
        for (std::size_t k = lanes - (n - whole); k < lanes; ++k)
            people.put(n - lanes + k, {last[0][k], last[1][k], last[2][k], last[3][k], last[4][k]});
    });
}

/// People of a block who live elsewhere, side by side.
class Apart {
  public:
    /// Keeps the attitudes of row i.
    void keep(const Columns& people, std::size_t i) {
        row_[count_] = i;
        const Attitudes::Values v = people.values(i);
        grievance_[count_] = v.grievance;
        fear_[count_] = v.fear;
        trust_state_[count_] = v.trust_state;
        trust_mission_[count_] = v.trust_mission;
        expectation_[count_++] = v.expectation;
    }
    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] std::size_t row(std::size_t k) const { return row_[k]; }
    [[nodiscard]] Attitudes::Values before(std::size_t k) const {
        return {grievance_[k], fear_[k], trust_state_[k], trust_mission_[k], expectation_[k]};
    }

    /// Gives the kept people `first` to `last` the attitudes that `at` leads to from what they were.
    void update(std::size_t first, std::size_t last, const Columns& people, const Traits& traits,
                const Attitudes::Pull& at) const {
        for (; first + lanes <= last; first += lanes) update_register(first, people, traits, at);
        for (std::size_t k = first; k < last; ++k)
            people.put(row_[k], Attitudes::updated(before(k), traits.person(people, row_[k]), at));
    }

  private:
    void update_register(std::size_t first, const Columns& people, const Traits& traits, const Attitudes::Pull& at) const {
        using Register = std::array<float, lanes>;
        struct Registers {
            Register inclusion, livelihood, harm, deviation, woman, young;
            Register grievance, fear, trust_state, trust_mission, expectation;
        } some;
        for (std::size_t j = 0; j < lanes; ++j) {
            const Attitudes::Person who = traits.person(people, row_[first + j]);
            some.inclusion[j] = who.inclusion;
            some.livelihood[j] = who.livelihood;
            some.harm[j] = who.harm;
            some.deviation[j] = who.deviation;
            some.woman[j] = who.woman;
            some.young[j] = who.young;
        }
        const Apart* const from = this;
        Registers* const to = &some;
        sim::vectorised([=] {
#pragma GCC ivdep
            for (std::size_t j = 0; j < lanes; ++j) {
                const Attitudes::Person who{to->inclusion[j], to->livelihood[j], to->harm[j],
                                            to->deviation[j], to->woman[j],      to->young[j]};
                const Attitudes::Values v = Attitudes::updated(from->before(first + j), who, at);
                to->grievance[j] = v.grievance;
                to->fear[j] = v.fear;
                to->trust_state[j] = v.trust_state;
                to->trust_mission[j] = v.trust_mission;
                to->expectation[j] = v.expectation;
            }
        });
        for (std::size_t j = 0; j < lanes; ++j)
            people.put(row_[first + j],
                       {some.grievance[j], some.fear[j], some.trust_state[j], some.trust_mission[j], some.expectation[j]});
    }

    std::size_t count_ = 0;
    std::array<std::size_t, block> row_;
    std::array<float, block> grievance_, fear_, trust_state_, trust_mission_, expectation_;
};

/// The pull of the regions that were last asked for.
class Pulls {
  public:
    template <class Make>
    const Attitudes::Pull& in(std::size_t region, const Make& make) {
        const std::size_t slot = region % slots;
        if (region_[slot] != region + 1) {
            pull_[slot] = make();
            region_[slot] = region + 1;
        }
        return pull_[slot];
    }

  private:
    static constexpr std::size_t slots = 8;
    std::array<std::size_t, slots> region_{};  ///< plus one; 0 where there is none yet
    std::array<Attitudes::Pull, slots> pull_;
};

}  // namespace

void Attitudes::step(sim::Rows<Attitudes> persons, const Shared& shared, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const auto pull_in = [&](std::size_t region, float community_violence) {
        const Shared::Place& place = shared.places[region];
        return pull(surroundings(persons, region, place, community_violence), place.shares);
    };
    const Pull at = pull_in(home, persons.owner(community::violence));
    const auto next = [at](const Values& x, const Person& who) { return updated(x, who, at); };
    const bool some_away = persons.owner(community::away) > 0;
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const Columns columns = columns_of(persons);
    Traits traits;
    Pulls pulls;
    for (std::size_t first = 0; first < persons.size(); first += block) {
        const std::size_t n = std::min(block, persons.size() - first);
        const Columns some = columns.from(first);
        const auto status_of = status.subspan(first, n);
        const auto location_of = location.subspan(first, n);
        // People elsewhere live in other surroundings: their values are kept aside, and mended after the loop over all.
        Apart apart;
        if (some_away) sim::for_each_in(status_of, away_from_home, [&](std::size_t i) { apart.keep(some, i); });
        update(some, n, traits, shared, next);
        for (std::size_t k = 0; k < apart.size();) {
            const std::size_t row = apart.row(k);
            if (is(status_of[row], Status::refugee)) {
                some.put(row, apart.before(k++));  // abroad the model sees nothing that would change them
                continue;
            }
            const std::size_t region = location_of[row];
            const auto same = [&](std::size_t i) { return !is(status_of[i], Status::refugee) && location_of[i] == region; };
            std::size_t end = k + 1;
            while (end < apart.size() && same(apart.row(end))) ++end;
            apart.update(k, end, some, traits, region == home ? at : pulls.in(region, [&] { return pull_in(region, 0.0F); }));
            k = end;
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
    const Columns columns = columns_of(persons);
    Traits traits;
    for (std::size_t first = 0; first < persons.size(); first += block)
        update(columns.from(first), std::min(block, persons.size() - first), traits, shared,
               [at](const Attitudes::Values& /*x*/, const Attitudes::Person& who) { return Attitudes::resting(who, at); });
}

}  // namespace drawdown
