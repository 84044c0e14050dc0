#include "models/transition/politics.hpp"

#include <cmath>

#include "models/transition/due_diligence.hpp"
#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// A regime at rest: what the agreement has carried out is as inclusive as the government.
struct Governed {
    test::Tiny<Politics> tiny;

    explicit Governed(const Politics& politics = {}) : tiny({.regions = 1, .identities = 2}, politics) {
        tiny[region::adults][0] = 1000;
        tiny[region::trust_state][0] = 0.5;
        tiny[region::services][0] = 0.5;
        tiny[country::legitimacy][0] = 0.5;
        tiny[country::inclusiveness][0] = 0.5;
        tiny[country::patronage][0] = 0.3;
        tiny[country::complicity][0] = 0.3;
        tiny[country::press_freedom][0] = 0.5;
        tiny[country::implementation][0] = 0.5;
        test::fill(tiny[identity::inclusion], 0.5);
    }
    template <class C>
    double rests(const C& column) {
        tiny.run(5000);
        return tiny[column][0];
    }
};

/// Where a column comes to rest after a change.
template <class C, class Change>
double rest(const C& column, const Change& change, const Politics& politics = {}) {
    Governed place(politics);
    change(place.tiny);
    return place.rests(column);
}

const auto nothing = [](auto&) {};

Politics with_vote(Politics politics = {}, double stakes = 0.8) {
    VoteInput vote;
    vote.date = test::moment().date + 7;
    vote.stakes = stakes;
    politics.votes = {vote};
    return politics;
}

Politics always(bool contested) { return with_vote({.contest = contested ? 10.0 : -10.0}); }

}  // namespace

TEST_CASE("a regime that nothing changes stays as it is", "[politics]") {
    Governed place;
    place.tiny.run(1000);
    CHECK_THAT(place.tiny[country::legitimacy][0], WithinAbs(0.5, 1e-12));
    CHECK_THAT(place.tiny[country::inclusiveness][0], WithinAbs(0.5, 1e-12));
    CHECK_THAT(place.tiny[country::patronage][0], WithinAbs(0.3, 1e-12));
    CHECK_THAT(place.tiny[country::complicity][0], WithinAbs(0.3, 1e-12));
    CHECK_THAT(place.tiny[country::press_freedom][0], WithinAbs(0.5, 1e-12));
    CHECK_THAT(place.tiny[identity::inclusion][1], WithinAbs(0.5, 1e-12));
}

TEST_CASE("legitimacy follows trust and delivery, weighted with people", "[politics]") {
    test::Tiny tiny({.regions = 2, .identities = 1}, Politics{});
    tiny[region::adults][0] = 3000;
    tiny[region::adults][1] = 1000;
    tiny[region::trust_state][0] = 0.8;
    tiny[region::trust_state][1] = 0.4;
    test::fill(tiny[region::services], 0.5);
    tiny.run(5000);
    CHECK_THAT(tiny[country::legitimacy][0], WithinAbs(0.7 * 0.7 + 0.3 * 0.5, 1e-9));  // mean trust is 0.7
}

TEST_CASE("inclusiveness, patronage and complicity pull each other along", "[politics]") {
    const auto implemented = [](auto& t) { t[country::implementation][0] = 0.9; };
    const auto provided = [](auto& t) { t[provision::implementation][static_cast<std::size_t>(Provision::inclusion)] = 0.9; };
    const auto abandoned = [](auto& t) { t[country::implementation][0] = 0.1; };
    const auto fought = [](auto& t) { t[region::exposure][0] = 20.0; };
    CHECK(rest(country::inclusiveness, implemented) > 0.5);
    CHECK_THAT(rest(country::inclusiveness, provided), WithinAbs(rest(country::inclusiveness, implemented), 1e-12));
    CHECK(rest(country::inclusiveness, abandoned) < 0.5);
    CHECK(rest(country::patronage, abandoned) > 0.3);
    CHECK(rest(country::complicity, abandoned) > 0.3);
    CHECK(rest(country::patronage, abandoned, {.capture = 0.0}) == 0.3);
    CHECK(rest(country::complicity, abandoned, {.exclusion = 0.0}) == 0.3);
    CHECK_THAT(rest(country::complicity, fought), WithinAbs(0.3 + 0.3 * (1.0 - std::exp(-2.0)), 1e-6));
    CHECK_THAT(rest(country::complicity, [](auto& t) { t[country::political_oversight][0] = 1.0; }), WithinAbs(0.1, 1e-6));
    // A government that buys its followers keeps others out.
    const auto bought = [](double weight) {
        return rest(country::inclusiveness, [](auto& t) { t[country::patronage][0] = 0.6; },
                    {.drift = 0.01, .by_patronage = weight, .capture = 0.0, .regime = {.patronage = 0.3}});
    };
    CHECK_THAT(bought(0.5), WithinAbs(0.5, 1e-6));  // once patronage is down at its own level
    const auto while_bought = [](double weight) {
        Governed place({.by_patronage = weight});
        place.tiny[country::patronage][0] = 0.6;
        place.tiny.run(52);
        return place.tiny[country::inclusiveness][0];
    };
    CHECK(while_bought(0.5) < while_bought(0.2));
}

TEST_CASE("a government without legitimacy represses the press, and patronage thrives unseen", "[politics]") {
    const auto hated = [](auto& t) {
        t[region::trust_state][0] = 0.1;
        t[region::services][0] = 0.1;
    };
    const Politics p;
    CHECK_THAT(rest(country::press_freedom, hated), WithinAbs(0.5 * (1.0 - p.repression * (1.0 - 0.1 / p.fear_below)), 1e-6));
    CHECK(rest(country::press_freedom, hated, {.fear_below = 0.2}) > rest(country::press_freedom, hated));
    CHECK(rest(country::patronage, hated) > 0.3);
    CHECK_THAT(rest(country::patronage, hated, {.scrutiny = 0.0}), WithinAbs(0.3, 1e-9));
}

TEST_CASE("the inclusion of a group rises and falls with the government and the agreement", "[politics]") {
    const auto inclusion = [](double government, double agreement, double stood, double standing) {
        Politics politics{.drift = 0.0, .standing = standing};
        politics.regime.standing = {stood, stood};
        return rest(
            identity::inclusion,
            [&](auto& t) {
                t[country::inclusiveness][0] = government;
                t[country::implementation][0] = agreement;
            },
            politics);
    };
    CHECK_THAT(inclusion(0.8, 0.6, 0.5, 0.0), WithinAbs(0.7, 1e-4));
    CHECK_THAT(inclusion(0.2, 0.1, 0.5, 0.0), WithinAbs(0.15, 1e-4));
    CHECK_THAT(inclusion(0.2, 0.1, 0.9, 1.0), WithinAbs(0.9, 1e-4));
    CHECK(inclusion(0.5, 0.5, 0.3, 0.5) < inclusion(0.5, 0.5, 0.6, 0.5));
}

TEST_CASE("a vote is more likely to be contested in tension, less under a legitimate government with a free press and referee",
          "[politics]") {
    const Politics politics;
    const Politics::Scene usual{.tension = 0.5, .legitimacy = 0.5, .press_freedom = 0.5, .courts = 0.3, .impartial = 0.3};
    const auto with = [&](const auto& change) {
        Politics::Scene scene = usual;
        change(scene);
        return politics.contest_probability(scene);
    };
    const double p = politics.contest_probability(usual);
    CHECK(p > 0.0);
    CHECK(p < 1.0);
    CHECK(with([](auto& on) { on.tension = 0.9; }) > p);
    CHECK(with([](auto& on) { on.legitimacy = 0.9; }) < p);
    CHECK(with([](auto& on) { on.press_freedom = 0.9; }) < p);
    CHECK(with([](auto& on) { on.courts = 0.6; }) < p);
    CHECK(with([](auto& on) { on.impartial = 0.6; }) < p);
    CHECK(Politics{.contest = 1.0}.contest_probability(usual) > p);
}

TEST_CASE("contested votes happen as often as they are likely, and a trusted mission makes them rarer", "[politics]") {
    const auto contested = [](double trust) {
        Politics politics{.rate = 0.0, .contested_legitimacy = 0.0, .contested_inclusiveness = 0.0, .clean_legitimacy = 0.0};
        constexpr int votes = 2000;
        politics.contest = 1.0;
        for (int week = 0; week < votes; ++week) {
            VoteInput vote;
            vote.date = test::moment().date + 7 * week;
            politics.votes.push_back(vote);
        }
        Governed place(politics);
        place.tiny[country::tension][0] = 0.5;
        place.tiny[country::mission_open][0] = 1;
        place.tiny[region_activity::coverage][row(Activity::dialogue)] = 1.0;
        place.tiny[region::trust_mission][0] = trust;
        place.tiny.run(votes);
        const double share = static_cast<double>(place.tiny.state().events().size()) / votes;
        const double p = politics.contest_probability(
            {.tension = 0.5, .legitimacy = 0.5, .press_freedom = 0.5, .courts = 0.0, .impartial = trust});
        CHECK_THAT(share, WithinAbs(p, 5.0 * std::sqrt(p * (1.0 - p) / votes)));
        return share;
    };
    CHECK(contested(1.0) < contested(0.0));
}

TEST_CASE("a contested vote takes legitimacy and inclusiveness and leaves tension; a clean one gives legitimacy", "[politics]") {
    Governed lost(always(true));
    lost.tiny.run(2);
    CHECK_THAT(lost.tiny[country::legitimacy][0], WithinAbs(0.5 - 0.15 * 0.8, 1e-9));
    CHECK_THAT(lost.tiny[country::inclusiveness][0], WithinAbs(0.5 - 0.10 * 0.8, 1e-9));
    CHECK(lost.tiny[country::contest][0] == 0.8);
    REQUIRE(lost.tiny.state().events().size() == 1);
    CHECK(lost.tiny.state().events()[0].kind == static_cast<int>(EventKind::contested_vote));
    CHECK(lost.tiny.state().events()[0].cause == static_cast<int>(Cause::weak_state));
    lost.tiny.run(26);
    CHECK_THAT(lost.tiny[country::contest][0], WithinAbs(0.4, 1e-9));
    Governed mediated(always(true));
    mediated.tiny[region_activity::coverage][row(Activity::good_offices)] = 1.0;
    mediated.tiny.run(28);
    CHECK_THAT(mediated.tiny[country::contest][0], WithinAbs(0.1, 1e-9));  // three half-lives, with mediation of 2

    Governed won(always(false));
    won.tiny.run(2);
    CHECK_THAT(won.tiny[country::legitimacy][0], WithinAbs(0.5 + 0.10 * 0.8 * 0.5, 1e-9));
    CHECK(won.tiny[country::inclusiveness][0] == 0.5);
    CHECK(won.tiny[country::contest][0] == 0.0);
    CHECK(won.tiny.state().events().empty());
}

TEST_CASE("rounds of one vote are one test, on the day of the last", "[politics]") {
    Politics politics = always(true);
    politics.votes[0].name = "first";
    VoteInput second;
    second.name = "second";
    second.date = test::moment().date + 7 * 6;
    second.stakes = 0.8;
    second.round_of = "first";
    politics.votes.push_back(second);
    Governed place(politics);
    place.tiny.run(5);
    CHECK(place.tiny.state().events().empty());
    CHECK(place.tiny[country::contest][0] == 0.0);
    place.tiny.run(3);
    CHECK(place.tiny.state().events().size() == 1);
}

TEST_CASE("good offices that are trusted and oversight after the mission are referees too", "[politics]") {
    const auto contested = [](const auto& change) {
        Politics politics{
            .rate = 0.0, .contest = 1.0, .contested_legitimacy = 0.0, .contested_inclusiveness = 0.0, .clean_legitimacy = 0.0};
        for (int week = 0; week < 1000; ++week) {
            VoteInput vote;
            vote.date = test::moment().date + 7 * week;
            politics.votes.push_back(vote);
        }
        Governed place(politics);
        place.tiny[country::tension][0] = 0.5;
        change(place.tiny);
        place.tiny.run(1000);
        return place.tiny.state().events().size();
    };
    const auto alone = contested(nothing);
    CHECK(contested([](auto& t) { t[country::political_oversight][0] = 0.6; }) < alone);
    CHECK(contested([](auto& t) { test::fill(t[region_function::capacity], 0.5); }) < alone);
    const auto offered = [](double trust) {
        return [trust](auto& t) {
            t[country::mission_open][0] = 1;
            t[region::trust_mission][0] = trust;
            t[region_activity::coverage][row(Activity::good_offices)] = 0.9;
        };
    };
    CHECK(contested(offered(0.8)) < alone);
    CHECK(contested(offered(0.0)) == alone);  // nobody trusts it
}

TEST_CASE("soldiers in power keep government and press closed until their rule fades", "[politics]") {
    const auto ruled = [](auto& t) { t[country::military_rule][0] = 0.5; };
    CHECK_THAT(rest(country::inclusiveness, ruled, {.by_patronage = 0.0}), WithinAbs(0.25, 1e-6));
    CHECK_THAT(rest(country::press_freedom, ruled), WithinAbs(0.25, 1e-6));
    CHECK(rest(country::complicity, ruled) > 0.3);
}

TEST_CASE("a coup attempt takes legitimacy", "[politics]") {
    Governed struck({.rate = 0.0});
    struck.tiny[country::coup_attempts][0] = 1;
    struck.tiny.run();
    CHECK_THAT(struck.tiny[country::legitimacy][0], WithinAbs(0.5 - Politics{}.coup_legitimacy, 1e-12));
}

TEST_CASE("support is suspended by the record that monitors see, and resumed when it has faded", "[politics]") {
    const auto watched = [](double monitors, const DueDiligence& policy = {}) {
        test::Tiny<DueDiligence> tiny({.regions = 1}, policy);
        tiny[region::population][0] = 1000;
        tiny[country::mission_open][0] = 1;
        tiny[country::support_to_forces][0] = 1.0;
        tiny[region::abuse][0] = 0.4;
        tiny[region_activity::coverage][row(Activity::human_rights)] = monitors;
        std::vector<int> kinds;
        tiny.run(52);
        const double record = tiny[country::abuse_record][0];
        const double support = tiny[country::support_to_forces][0];
        tiny[region::abuse][0] = 0.05;
        tiny.run(200);
        for (const sim::Event& event : tiny.state().events()) kinds.push_back(event.kind);
        return std::tuple(record, support, tiny[country::support_to_forces][0], kinds);
    };
    const std::vector<int> both = {static_cast<int>(EventKind::support_suspended), static_cast<int>(EventKind::support_resumed)};
    const auto [record, support, later, kinds] = watched(0.8);
    CHECK_THAT(record, WithinAbs(0.4 * (1.0 - std::exp(-DueDiligence{}.hearing * 0.8 * 52.0)), 1e-9));
    // Few monitors hear of the same abuses, later.
    CHECK_THAT(std::get<0>(watched(0.01)), WithinAbs(0.4 * (1.0 - std::exp(-DueDiligence{}.hearing * 0.01 * 52.0)), 1e-9));
    CHECK(support == DueDiligence{}.mitigation);
    CHECK(later == 1.0);
    CHECK(kinds == both);
    CHECK(std::get<1>(watched(0.005)) == 1.0);  // in a year
    CHECK(std::get<0>(watched(0.0)) == 0.0);
    CHECK(std::get<1>(watched(0.8, {.suspend_at = 1.0})) == 1.0);
    CHECK(std::get<2>(watched(0.8, {.resume_share = 0.2})) < 1.0);  // 0.05 is above 0.2 x 0.15
    CHECK(std::get<0>(watched(0.8, {.hearing = 0.01})) < record);
}
