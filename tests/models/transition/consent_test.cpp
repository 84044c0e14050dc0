#include "models/transition/consent.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "models/transition/local_consent.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

/// A country whose government consents at its natural level, with a mission and dialogue, without luck.
struct Consenting {
    test::Tiny<Consent> tiny;

    explicit Consenting(Consent consent = {.shock_sd = 0.0}) : tiny({.regions = 1, .communities = {10}}, consent) {
        tiny[region::adults][0] = 1000;
        tiny[country::inclusiveness][0] = 0.5;
        tiny[country::complicity][0] = 0.3;
        tiny[country::consent][0] = consent.natural_level(0.5, 0.3, 0.0, 0.0);
        tiny[country::mission_open][0] = 1;
        tiny[community::residents][0] = 1000;
        tiny[region_activity::coverage][row(Activity::dialogue)] = 0.5;
        consent.start(tiny.state());
    }
    double after(int weeks) {
        tiny.run(weeks);
        return tiny[country::consent][0];
    }
    std::vector<sim::Event> events(EventKind kind) {
        std::vector<sim::Event> found;
        for (const sim::Event& event : tiny.state().events())
            if (event.kind == static_cast<int>(kind)) found.push_back(event);
        return found;
    }
};

template <class Change>
double consent_with(const Change& change, const Consent& consent = {.shock_sd = 0.0}) {
    Consenting consenting(consent);
    change(consenting.tiny);
    return consenting.after(10);
}

struct Regional {
    test::Tiny<PopularConsent> tiny;

    explicit Regional(const PopularConsent& consent = {}) : tiny({.regions = 2, .communities = {10, 10}}, consent) {
        tiny[community::region][1] = 1;
        test::fill(tiny[community::residents], 500);
        test::fill(tiny[region::trust_mission], 0.5);
        test::fill(tiny[region::consent], 0.5);
        tiny[country::mission_open][0] = 1;
    }
};

}  // namespace

TEST_CASE("every trigger costs the host's consent; dialogue, good offices and time bring it back", "[consent]") {
    const double usual = Consenting().after(10);
    const auto covered = [](Activity activity, double share) {
        return [=](auto& t) { t[region_activity::coverage][row(activity)] = share; };
    };
    CHECK(consent_with([](auto& t) { t[country::tension][0] = 1.0; }) < usual);
    CHECK(consent_with([](auto& t) { t[country::mission_strength][0] = 15'000.0; }) < usual);
    CHECK(consent_with([](auto& t) { t[country::misconduct][0] = 1.0; }) < usual);
    CHECK(consent_with([](auto& t) { t[region::exposure][0] = 10.0; }) < usual);
    CHECK(consent_with([](auto& t) { t[region::expectation][0] = 0.5; }) < usual);
    CHECK(consent_with([](auto& t) { t[community::rumour][0] = 0.5F; }) < usual);
    CHECK(consent_with(covered(Activity::dialogue, 0.0)) < usual);
    CHECK(consent_with(covered(Activity::good_offices, 0.5)) > usual);
    CHECK(consent_with([](auto& t) { t[country::consent][0] = 0.4; }) > 0.4);
    // Abuses cost consent only where somebody reports them; services as expected disappoint nobody.
    CHECK(consent_with([](auto& t) { t[region::abuse][0] = 1.0; }) == usual);
    CHECK(consent_with([](auto& t) {
              t[region::abuse][0] = 1.0;
              t[region_activity::coverage][row(Activity::human_rights)] = 0.5;
          }) < usual);
    CHECK(consent_with([](auto& t) {
              t[region::expectation][0] = 0.5;
              t[region::services][0] = 0.6;
          }) == usual);
    // Without a mission there is nothing to take offence at.
    CHECK(consent_with([](auto& t) {
              t[country::mission_open][0] = 0;
              t[country::tension][0] = 1.0;
          }) == Consent{}.natural_level(0.5, 0.3, 0.0, 0.0));
}

TEST_CASE("each trigger has a weight of its own", "[consent]") {
    const auto everything = [](auto& t) {
        t[country::tension][0] = 0.5;
        t[country::mission_strength][0] = 10'000.0;
        t[country::misconduct][0] = 0.5;
        t[region::exposure][0] = 5.0;
        t[region::expectation][0] = 0.5;
        t[region::abuse][0] = 0.5;
        t[community::rumour][0] = 0.5F;
        test::fill(t[region_activity::coverage], 0.5);
    };
    const Consent base{.shock_sd = 0.0};
    const double usual = consent_with(everything, base);
    for (double Consent::*weight : {&Consent::tension, &Consent::size, &Consent::reporting, &Consent::expectations,
                                    &Consent::misconduct, &Consent::failure, &Consent::misinformation, &Consent::fatigue}) {
        Consent heavier = base;
        heavier.*weight *= 2.0;
        CHECK(consent_with(everything, heavier) < usual);
    }
    for (double Consent::*weight : {&Consent::dialogue, &Consent::good_offices, &Consent::violence_scale}) {
        Consent heavier = base;
        heavier.*weight *= 2.0;
        CHECK(consent_with(everything, heavier) > usual);
    }
}

TEST_CASE("consent comes naturally to an inclusive government, less to a complicit one or one that has sponsors", "[consent]") {
    const Consent consent;
    const double usual = consent.natural_level(0.5, 0.3, 0.0, 0.0);
    CHECK(consent.natural_level(0.8, 0.3, 0.0, 0.0) > usual);
    CHECK(consent.natural_level(0.5, 0.8, 0.0, 0.0) < usual);
    CHECK(consent.natural_level(0.5, 0.3, 1.0, 0.0) < usual);
    CHECK(consent.natural_level(0.5, 0.3, -1.0, 0.0) > usual);
    CHECK(consent.natural_level(0.5, 0.3, 0.0, 0.5) < usual);  // under soldiers
    Consenting turned;
    turned.tiny[region_activity::coverage][row(Activity::dialogue)] = 0.0;
    turned.tiny[country::complicity][0] = 0.8;
    CHECK_THAT(turned.after(40), WithinAbs(consent.natural_level(0.5, 0.8, 0.0, 0.0), 0.06));
}

TEST_CASE("the longer a mission stays, the less welcome it is", "[consent]") {
    Consenting consenting;
    consenting.tiny[region_activity::coverage][row(Activity::dialogue)] = 0.0;
    // The level follows natural - fatigue years / recovery, 1 / recovery weeks late.
    const Consent c;
    const double years = (522.0 - 1.0 / c.recovery) * 7.0 / 365.2425;
    CHECK_THAT(consenting.after(522), WithinAbs(c.natural_level(0.5, 0.3, 0.0, 0.0) - c.fatigue * years / c.recovery, 1e-3));
}

TEST_CASE("consent wanders with its standard deviation", "[consent]") {
    // Around the natural level: an Ornstein-Uhlenbeck process in weeks, variance s^2 / (1 - (1 - r)^2).
    Consenting consenting({.recovery = 0.2, .natural = 0.46, .fatigue = 0.0, .shock_sd = 0.02});
    std::vector<double> values;
    for (int week = 0; week < 20'000; ++week) values.push_back(consenting.after(1));
    const double sd = 0.02 / std::sqrt(1.0 - 0.8 * 0.8);
    // About 20,000 / 10 independent values: (1 + 0.64) / (1 - 0.64) weeks each for squares, rounded up.
    CHECK_THAT(sim::sample_sd(values), WithinRel(sd, 5.0 / std::sqrt(2.0 * 2000.0)));
}

TEST_CASE("the ladder of consent goes down at its thresholds and up only above them", "[consent]") {
    const Consent c;
    using L = ConsentLevel;
    CHECK(c.level_of(0.66, L::strong) == L::strong);
    CHECK(c.level_of(0.64, L::strong) == L::weak);
    CHECK(c.level_of(0.66, L::weak) == L::weak);  // not yet
    CHECK(c.level_of(0.71, L::weak) == L::strong);
    CHECK(c.level_of(0.10, L::strong) == L::withdrawn);
    CHECK(c.level_of(0.90, L::withdrawn) == L::strong);
    CHECK(c.level_of(0.22, L::withdrawn) == L::withdrawn);
    CHECK(c.level_of(0.22, L::compromised) == L::compromised);
    CHECK(Consent{.hysteresis = 0.0}.level_of(0.66, L::weak) == L::strong);
}

TEST_CASE("a change of rung is told with the trigger that weighs most", "[consent]") {
    Consenting host;
    host.tiny[country::consent][0] = 0.66;
    host.tiny[region_activity::coverage][row(Activity::dialogue)] = 0.0;
    host.tiny[country::tension][0] = 1.0;
    host.tiny[country::mission_strength][0] = 5000.0;
    host.tiny.run(15);
    const auto changes = host.events(EventKind::consent_changes);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].cause == static_cast<int>(Cause::tension));
    CHECK(host.tiny[country::consent_level][0] == static_cast<int>(ConsentLevel::weak));

    Consenting struck;
    struck.tiny[country::consent_shock][0] = -0.3;
    const double before = struck.tiny[country::consent][0];
    CHECK_THAT(struck.after(1), WithinAbs(before - 0.3, 0.01));
    REQUIRE(struck.events(EventKind::consent_changes).size() == 1);
    CHECK(struck.events(EventKind::consent_changes)[0].cause == static_cast<int>(Cause::chance));
}

TEST_CASE("a government that has withdrawn its consent asks the mission to leave when its patience ends", "[consent]") {
    const auto weeks_until_asked = [](double recovery, bool open, bool heard = true) {
        Consenting consenting({.recovery = recovery, .shock_sd = 0.0});
        consenting.tiny[country::consent][0] = 0.0;
        consenting.tiny[country::mission_open][0] = open ? 1 : 0;
        consenting.tiny[country::requests_heard][0] = heard ? 1 : 0;
        consenting.tiny[country::tension][0] = 1.0;
        for (int week = 1; week <= 60; ++week) {
            consenting.tiny.run();
            if (consenting.tiny[country::asked_to_leave][0] == 0) continue;
            CHECK(consenting.tiny[country::notice_weeks][0] == 0.0);
            consenting.tiny.run(3);
            CHECK(consenting.tiny[country::notice_weeks][0] == 3.0);
            const auto asked = consenting.events(EventKind::asked_to_leave);
            REQUIRE(asked.size() == 1);
            CHECK(asked[0].cause == static_cast<int>(Cause::tension));
            return week;
        }
        return 0;
    };
    CHECK(weeks_until_asked(0.0, true) == 14);        // more than 13
    CHECK(weeks_until_asked(0.5, true) == 0);         // it comes back before
    CHECK(weeks_until_asked(0.0, false) == 0);        // nobody there to be asked
    CHECK(weeks_until_asked(0.0, true, false) == 0);  // history is replayed
}

TEST_CASE("a dated request asks at once, whatever the consent", "[consent]") {
    Consenting host;
    host.tiny.run(3);
    CHECK(host.tiny[country::asked_to_leave][0] == 0);
    host.tiny[country::request_made][0] = 1;
    host.tiny.run(2);
    CHECK(host.tiny[country::asked_to_leave][0] == 1);
    CHECK(host.tiny[country::notice_weeks][0] == 1.0);
    REQUIRE(host.events(EventKind::asked_to_leave).size() == 1);
    CHECK(host.events(EventKind::asked_to_leave)[0].cause == static_cast<int>(Cause::request));
}

TEST_CASE("people's consent follows their trust, projects and dialogue raise it, each trigger lowers it", "[consent]") {
    const auto rests = [](const auto& change) {
        Regional people;
        change(people.tiny);
        people.tiny.run(500);
        return people.tiny[region::consent][0];
    };
    const double usual = rests([](auto&) {});
    CHECK_THAT(usual, WithinAbs(0.5, 1e-9));
    CHECK_THAT(rests([](auto& t) { t[region::trust_mission][0] = 0.8; }), WithinAbs(0.8, 1e-9));
    CHECK(rests([](auto& t) { t[region_activity::coverage][row(Activity::dialogue)] = 0.5; }) > usual);
    CHECK(rests([](auto& t) { t[region_activity::coverage][row(Activity::quick_impact)] = 0.5; }) > usual);
    CHECK(rests([](auto& t) { t[region::expectation][0] = 0.5; }) < usual);
    CHECK(rests([](auto& t) { t[region::exposure][0] = 5.0; }) < usual);
    CHECK(rests([](auto& t) { t[community::rumour][0] = 0.5F; }) < usual);
    CHECK(rests([](auto& t) { t[community::rumour][1] = 0.5F; }) == usual);  // in the other region
    CHECK(rests([](auto& t) { t[country::misconduct][0] = 0.5; }) < usual);
    CHECK_THAT(rests([](auto& t) {
                   t[region::exposure][0] = 5.0;
                   t[country::mission_open][0] = 0;
               }),
               WithinAbs(usual, 1e-9));
}

TEST_CASE("a region withdraws its consent alone, and restores it later, above where it fell", "[consent]") {
    Regional people;
    people.tiny[region::trust_mission][1] = 0.15;
    people.tiny[community::rumour][1] = 0.6F;
    people.tiny.run(100);
    CHECK(people.tiny[region::refuses][0] == 0);
    CHECK(people.tiny[region::refuses][1] == 1);
    REQUIRE(people.tiny.state().events().size() == 1);
    const sim::Event fell = people.tiny.state().events()[0];
    CHECK(fell.kind == static_cast<int>(EventKind::region_withdraws_consent));
    CHECK(fell.row == 1);
    CHECK(fell.cause == static_cast<int>(Cause::rumour));

    people.tiny[community::rumour][1] = 0.0F;
    people.tiny[region::trust_mission][1] = 0.18;  // above the threshold, not above it by the hysteresis
    people.tiny.run(300);
    CHECK(people.tiny[region::refuses][1] == 1);
    people.tiny[region_activity::coverage][row(Activity::dialogue, 1)] = 1.0;
    people.tiny.run(300);
    CHECK(people.tiny[region::refuses][1] == 0);
    REQUIRE(people.tiny.state().events().size() == 2);
    CHECK(people.tiny.state().events()[1].kind == static_cast<int>(EventKind::region_restores_consent));
    CHECK(people.tiny.state().events()[1].cause == static_cast<int>(Cause::dialogue));
}

TEST_CASE("a party's consent follows its commitment, and pressure loses it; parties count by their fighters", "[consent]") {
    test::Tiny tiny({.regions = 1, .groups = 3}, PartyConsent{});
    tiny[region::population][0] = 1000;
    tiny[country::mission_open][0] = 1;
    test::fill(tiny[group::alive], 1);
    tiny[group::alive][2] = 0;
    tiny[group::fighters][0] = 300;
    tiny[group::fighters][1] = 100;
    tiny[group::commitment][0] = 0.4;
    tiny[group::commitment][1] = 0.6;
    tiny[group::commitment][2] = 1.0;
    PartyConsent{}.start(tiny.state());
    tiny.run(500);
    CHECK_THAT(tiny[group::consent][1], WithinAbs(0.6, 1e-9));
    CHECK_THAT(tiny[country::party_consent][0], WithinAbs(0.45, 1e-9));
    CHECK(tiny[group::consent][2] == 0.0);
    CHECK(tiny.state().events().empty());

    tiny[group::pressure][0] = 1.0;
    tiny[group::proscribed][1] = 1;
    tiny.run(500);
    CHECK_THAT(tiny[group::consent][0], WithinAbs(0.1, 1e-9));
    CHECK_THAT(tiny[group::consent][1], WithinAbs(0.4, 1e-9));
    REQUIRE(tiny.state().events().size() == 1);
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::party_withdraws_consent));
    CHECK(tiny.state().events()[0].actor == 0);
    CHECK(tiny.state().events()[0].cause == static_cast<int>(Cause::force));
    tiny[region_activity::coverage][row(Activity::good_offices)] = 1.0;
    tiny[group::pressure][0] = 0.5;
    tiny.run(500);
    CHECK_THAT(tiny[group::consent][0], WithinAbs(0.35, 1e-9));
    CHECK(tiny[group::refuses][0] == 0);
    CHECK(tiny.state().events().back().kind == static_cast<int>(EventKind::party_restores_consent));
}

TEST_CASE("a new group that is committed to nothing refuses from the first, and withdraws nothing", "[consent]") {
    test::Tiny tiny({.regions = 1, .groups = 1}, PartyConsent{});
    tiny[region::population][0] = 1000;
    tiny[country::mission_open][0] = 1;
    tiny[group::alive][0] = 1;
    tiny.run();
    tiny[group::fighters][0] = 1;
    tiny.run(10);
    CHECK(tiny[group::refuses][0] == 1);
    CHECK(tiny.state().events().empty());
}
