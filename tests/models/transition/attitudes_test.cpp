#include "models/transition/attitudes.hpp"

#include <array>
#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Values = Attitudes::Values;
using Catch::Matchers::WithinAbs;

/// A place in the middle of everything, without cause for hope or fear.
Surroundings plain_surroundings() {
    return {.violence = 0.0F,
            .protection = 0.0F,
            .services = 0.4F,
            .mission_services = 0.0F,
            .abuse = 0.0F,
            .dialogue = 0.0F,
            .rumour = 0.0F,
            .misconduct = 0.0F,
            .presence = 0.0F,
            .messages = 0.0F,
            .disputes = 0.0F,
            .sexual_violence = 0.0F,
            .women_take_part = 0.0F,
            .youth_take_part = 0.0F,
            .neighbours_grievance = 0.25F,
            .neighbours_trust = 0.35F,
            .mission_open = 1.0F};
}

Attitudes::Person plain_person() {
    return {.inclusion = 0.5F, .livelihood = 0.5F, .harm = 0.0F, .deviation = 0.0F, .woman = 0.0F, .young = 0.0F};
}

/// Where a plain person's attitudes come to rest.
Values resting(const Surroundings& at, const Attitudes::Person& person = plain_person()) {
    return Attitudes::resting(person, Attitudes{}.pull(at, 1.0));
}

std::array<float, 5> list(const Values& x) { return {x.grievance, x.fear, x.trust_state, x.trust_mission, x.expectation}; }

}  // namespace

TEST_CASE("attitudes at rest stay where they are, whatever the surroundings", "[attitudes]") {
    for (int i = 0; i < 500; ++i) {
        sim::Rng rng(sim::stream_key(1, "surroundings"), 0, {0, static_cast<std::uint32_t>(i)}, 0);
        const auto any = [&] { return static_cast<float>(rng.uniform()); };
        Surroundings at{any(), any(), any(), 0.0F,  any(), any(), any(), any(), any(),
                        any(), any(), any(), any(), any(), any(), any(), 1.0F};
        at.mission_services = at.services * any();
        const Attitudes::Person person{
            any(), any(), any(), any() - 0.5F, static_cast<float>(i % 2), static_cast<float>(i / 2 % 2)};
        const Attitudes::Pull pull = Attitudes{}.pull(at, 1.0);
        const Values rest = Attitudes::resting(person, pull);
        const Values next = Attitudes::updated(rest, person, pull);
        // A few roundings of single precision.
        for (std::size_t k = 0; k < 5; ++k) REQUIRE_THAT(list(next)[k], WithinAbs(list(rest)[k], 5e-7));
    }
}

TEST_CASE("without other causes an attitude halves its distance to the natural level in about 35 weeks", "[attitudes]") {
    const Attitudes attitudes;
    Surroundings at = plain_surroundings();
    const Attitudes::Pull pull = attitudes.pull(at, 1.0);
    float trust = 1.0F;  // in the mission: no effect is at work on it
    int weeks = 0;
    for (; trust - attitudes.natural_trust_mission > 0.25; ++weeks) trust = Attitudes::next(trust, pull.trust_mission);
    // (1 - 0.02)^n = 1/2 for n = 34.3
    CHECK(weeks == 35);
}

TEST_CASE("trust in a mission that has left stays as it was", "[attitudes]") {
    Surroundings at = plain_surroundings();
    at.misconduct = at.rumour = 0.7F;
    const Values x{0.6F, 0.6F, 0.6F, 0.8F, 0.4F};
    Attitudes::Person woman = plain_person();
    woman.woman = 1.0F;
    CHECK(Attitudes::updated(x, woman, Attitudes{}.pull(at, 1.0)).trust_mission < 0.8F);
    at.mission_open = 0.0F;
    const Values later = Attitudes::updated(x, woman, Attitudes{}.pull(at, 1.0));
    CHECK(later.trust_mission == 0.8F);
    CHECK(later.grievance != 0.6F);
}

TEST_CASE("two half steps without other causes are one whole step", "[attitudes]") {
    const Surroundings at = plain_surroundings();
    const Attitudes attitudes;
    const auto after = [&](double dt, int steps) {
        const Attitudes::Pull pull = attitudes.pull(at, dt);
        Values x{0.9F, 0.9F, 0.9F, 0.9F, 0.9F};
        for (int i = 0; i < steps; ++i) {
            x.fear = Attitudes::next(x.fear, pull.fear);
            x.expectation = Attitudes::updated(x, plain_person(), pull).expectation;
        }
        return x;
    };
    CHECK_THAT(after(1.0, 8).fear, WithinAbs(after(4.0, 2).fear, 1e-6));
    CHECK_THAT(after(1.0, 8).expectation, WithinAbs(after(4.0, 2).expectation, 1e-6));
}

TEST_CASE("each cause moves attitudes in its direction", "[attitudes]") {
    const Values calm = resting(plain_surroundings());
    const auto with = [&](float Surroundings::*cause, float value) {
        Surroundings at = plain_surroundings();
        at.*cause = value;
        return resting(at);
    };
    CHECK(with(&Surroundings::violence, 0.5F).fear > calm.fear);
    CHECK(with(&Surroundings::protection, 0.5F).fear < calm.fear);
    CHECK(with(&Surroundings::abuse, 0.5F).grievance > calm.grievance);
    CHECK(with(&Surroundings::abuse, 0.5F).trust_state < calm.trust_state);
    CHECK(with(&Surroundings::rumour, 0.5F).grievance > calm.grievance);
    CHECK(with(&Surroundings::rumour, 0.5F).trust_mission < calm.trust_mission);
    CHECK(with(&Surroundings::dialogue, 0.5F).grievance < calm.grievance);
    CHECK(with(&Surroundings::services, 0.8F).trust_state > calm.trust_state);
    CHECK(with(&Surroundings::mission_services, 0.2F).trust_state < calm.trust_state);  // credit goes to who pays
    CHECK(with(&Surroundings::mission_services, 0.2F).trust_mission > calm.trust_mission);
    CHECK(with(&Surroundings::misconduct, 0.5F).trust_mission < calm.trust_mission);
    CHECK(with(&Surroundings::presence, 0.5F).trust_mission > calm.trust_mission);
    CHECK(with(&Surroundings::neighbours_grievance, 0.9F).grievance > calm.grievance);
    CHECK(with(&Surroundings::neighbours_trust, 0.9F).trust_state > calm.trust_state);
    CHECK(with(&Surroundings::disputes, 0.2F).grievance > calm.grievance);

    const auto person_with = [&](float Attitudes::Person::*trait, float value) {
        Attitudes::Person person = plain_person();
        person.*trait = value;
        return resting(plain_surroundings(), person);
    };
    CHECK(person_with(&Attitudes::Person::inclusion, 1.0F).grievance < calm.grievance);
    CHECK(person_with(&Attitudes::Person::inclusion, 1.0F).trust_state > calm.trust_state);
    CHECK(person_with(&Attitudes::Person::livelihood, 1.0F).grievance < calm.grievance);
    CHECK(person_with(&Attitudes::Person::harm, 1.0F).grievance > calm.grievance);
}

TEST_CASE("women feel sexual violence and misconduct more than men; women and youth trust a state in which they take part",
          "[attitudes]") {
    const auto kind = [](float woman, float young) {
        Attitudes::Person person = plain_person();
        person.woman = woman;
        person.young = young;
        return person;
    };
    Surroundings at = plain_surroundings();
    at.sexual_violence = 0.5F;
    at.misconduct = 0.5F;
    at.women_take_part = 0.6F;
    const Values man = resting(at);
    const Values woman = resting(at, kind(1.0F, 0.0F));
    CHECK(man.fear == resting(plain_surroundings()).fear);
    CHECK(woman.fear > man.fear);
    CHECK(woman.trust_mission < man.trust_mission);
    CHECK(woman.trust_state > man.trust_state);
    at.youth_take_part = 0.6F;
    CHECK(resting(at, kind(0.0F, 1.0F)).trust_state > man.trust_state);
    CHECK(resting(at).trust_state == man.trust_state);
}

TEST_CASE("promises that are not kept cost trust in the government, what was never promised costs none", "[attitudes]") {
    const Attitudes::Pull pull = Attitudes{}.pull(plain_surroundings(), 1.0);
    Values x = Attitudes::resting(plain_person(), pull);
    const float rest = x.trust_state;
    x.expectation = pull.services + 0.3F;
    CHECK(Attitudes::updated(x, plain_person(), pull).trust_state < rest - 1e-3F);
    x.expectation = pull.services - 0.3F;
    CHECK_THAT(Attitudes::updated(x, plain_person(), pull).trust_state, WithinAbs(rest, 1e-6));
}

TEST_CASE("messages slow the rise of expectation, not its fall", "[attitudes]") {
    Surroundings managed = plain_surroundings();
    managed.messages = 1.0F;
    const Attitudes::Pull plain = Attitudes{}.pull(plain_surroundings(), 1.0);
    const Attitudes::Pull slow = Attitudes{}.pull(managed, 1.0);
    CHECK_THAT(slow.expectation_up, WithinAbs(plain.expectation_up * (1.0 - Attitudes{}.messages_on_expectation), 1e-7));
    CHECK(slow.expectation_down == plain.expectation_down);
}

TEST_CASE("services that the mission pays for cost the government trust beyond what its own would have earned", "[attitudes]") {
    Surroundings at = plain_surroundings();
    at.mission_services = 0.2F;
    const float without_loss =
        Attitudes::resting(plain_person(), Attitudes{.credit_lost_to_mission = 0.0}.pull(at, 1.0)).trust_state;
    CHECK(resting(at).trust_state < without_loss);
    CHECK(without_loss < resting(plain_surroundings()).trust_state);
}

TEST_CASE("services short of what is expected raise grievance, better ones do not lower it", "[attitudes]") {
    const Attitudes::Pull pull = Attitudes{}.pull(plain_surroundings(), 1.0);
    Values x = Attitudes::resting(plain_person(), pull);
    const float rest = x.grievance;
    x.expectation = pull.services + 0.3F;
    CHECK(Attitudes::updated(x, plain_person(), pull).grievance > rest + 1e-3F);
    x.expectation = pull.services - 0.3F;
    CHECK_THAT(Attitudes::updated(x, plain_person(), pull).grievance, WithinAbs(rest, 1e-6));
}

TEST_CASE("expectation follows the service level, faster upwards than down", "[attitudes]") {
    const Attitudes::Pull pull = Attitudes{}.pull(plain_surroundings(), 1.0);
    Values low{0.3F, 0.1F, 0.3F, 0.5F, 0.3F};
    Values high = low;
    high.expectation = 0.5F;
    const float up = Attitudes::updated(low, plain_person(), pull).expectation - low.expectation;
    const float down = high.expectation - Attitudes::updated(high, plain_person(), pull).expectation;
    CHECK(down > 0.0F);
    CHECK_THAT(up, WithinAbs(2.0 * down, 1e-6));
}

TEST_CASE("the displaced live in the surroundings of their host region, refugees in none", "[attitudes]") {
    test::Tiny tiny({.regions = 2, .communities = {3}}, Attitudes{});
    test::settle_persons(tiny.state());
    tiny[person::status][1] = static_cast<std::uint8_t>(Status::displaced);
    tiny[person::location][1] = 1;
    tiny[person::status][2] = static_cast<std::uint8_t>(Status::refugee);
    tiny[community::away][0] = 2;
    tiny[region::abuse][1] = 1.0;  // only where the displaced person is

    tiny.run();
    CHECK(tiny[person::grievance][1] > tiny[person::grievance][0] + 0.002F);
    CHECK(tiny[person::trust_state][1] < tiny[person::trust_state][0]);
    CHECK(tiny[person::grievance][2] == 0.5F);
    CHECK(tiny[person::trust_mission][2] == 0.5F);
    CHECK(tiny[person::grievance][0] != 0.5F);
}

TEST_CASE("violence is felt most in the own community, less in the region, least elsewhere", "[attitudes]") {
    const auto fear_after = [](double community, double own_region, double elsewhere) {
        test::Tiny tiny({.regions = 2, .communities = {1}}, Attitudes{});
        test::settle_persons(tiny.state());
        tiny[community::violence][0] = static_cast<float>(community);
        tiny[region::exposure][0] = own_region;
        tiny[region::exposure][1] = elsewhere;
        tiny.run();
        return tiny[person::fear][0];
    };
    const float calm = fear_after(0.0, 0.0, 0.0);
    CHECK(fear_after(1.0, 0.0, 0.0) > fear_after(0.0, 1.0, 0.0));
    CHECK(fear_after(0.0, 1.0, 0.0) > fear_after(0.0, 0.0, 1.0));
    CHECK(fear_after(0.0, 0.0, 1.0) > calm);
}

TEST_CASE("attitudes that nothing pulls have a place to rest", "[attitudes]") {
    // Both rates may be 0, and so may all effects on trust in the mission where there is none.
    const Attitudes frozen{.to_short_term = 0.0, .to_natural = 0.0};
    for (const float x : list(Attitudes::resting(plain_person(), frozen.pull(plain_surroundings(), 1.0))))
        CHECK(std::isfinite(x));
    const Attitudes unbound{.to_natural = 0.0};
    for (const float x : list(Attitudes::resting(plain_person(), unbound.pull(plain_surroundings(), 1.0))))
        CHECK(std::isfinite(x));
}

TEST_CASE("a successor's patrols calm people as the mission's do, and earn the mission no trust", "[attitudes]") {
    const auto after = [](double coverage, double reach) {
        test::Tiny tiny({.regions = 1, .communities = {1}}, Attitudes{});
        test::settle_persons(tiny.state());
        tiny[region_activity::coverage][test::row(Activity::patrol)] = coverage;
        tiny[region_activity::reach][test::row(Activity::patrol)] = reach;
        tiny[country::mission_open][0] = 1;
        tiny.run();
        return std::pair{tiny[person::fear][0], tiny[person::trust_mission][0]};
    };
    const auto nobody = after(0.0, 0.0);
    const auto mission = after(0.6, 0.6);
    const auto successor = after(0.0, 0.6);
    CHECK(mission.first < nobody.first);
    CHECK(successor.first == mission.first);
    CHECK(mission.second > nobody.second);
    CHECK(successor.second == nobody.second);
}
