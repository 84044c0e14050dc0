#include "models/transition/shocks.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

sim::Date day(int weeks) { return test::moment().date + 7 * weeks; }

template <class Pulse>
Pulse pulse(int start, int peak, int end, double level) {
    Pulse made;
    made.start = day(start);
    made.peak = day(peak);
    made.end = day(end);
    made.level = level;
    return made;
}

VoteInput vote(int week, double stakes) {
    VoteInput made;
    made.date = day(week);
    made.stakes = stakes;
    return made;
}

}  // namespace

TEST_CASE("tension rises in a straight line to the vote and fades with its half-life; votes combine", "[shocks]") {
    const Shocks shocks;
    const VoteInput election = vote(0, 0.8);
    CHECK(shocks.tension_of(election, -13.0) == 0.0);
    CHECK_THAT(shocks.tension_of(election, -6.0), WithinAbs(0.4, 1e-12));
    CHECK_THAT(shocks.tension_of(election, 0.0), WithinAbs(0.8, 1e-12));
    CHECK_THAT(shocks.tension_of(election, 4.0), WithinAbs(0.4, 1e-12));
    CHECK_THAT(shocks.tension_of(election, 12.0), WithinAbs(0.1, 1e-12));

    Shocks two;
    two.votes = {vote(20, 0.5), vote(20, 0.6)};
    test::Tiny tiny({.regions = 1}, two);
    tiny.run(21);
    CHECK_THAT(tiny[country::tension][0], WithinAbs(0.8, 1e-12));
    CHECK(tiny.state().events().size() == 2);
    CHECK(tiny.state().events()[0].kind == static_cast<int>(EventKind::vote));
    CHECK(tiny.state().events()[0].step == 20);
}

TEST_CASE("a pulse rises to its peak and falls to its end, in straight lines", "[shocks]") {
    const auto wave = pulse<PulseInput>(10, 20, 40, 0.9);
    CHECK(wave.at(day(10)) == 0.0);
    CHECK_THAT(wave.at(day(15)), WithinAbs(0.45, 1e-12));
    CHECK_THAT(wave.at(day(20)), WithinAbs(0.9, 1e-12));
    CHECK_THAT(wave.at(day(30)), WithinAbs(0.45, 1e-12));
    CHECK(wave.at(day(40)) == 0.0);

    Shocks shocks;
    shocks.epidemics = {wave};
    shocks.prices = {pulse<PulseInput>(10, 20, 40, -0.4), pulse<PulseInput>(10, 20, 40, -0.8)};
    test::Tiny tiny({.regions = 1}, shocks);
    tiny.run(16);
    CHECK_THAT(tiny[country::epidemic][0], WithinAbs(0.45, 1e-12));
    CHECK_THAT(tiny[country::commodity][0], WithinAbs(0.4, 1e-12));
    tiny.run(5);
    CHECK_THAT(tiny[country::commodity][0], WithinAbs(0.05, 1e-12));  // prices never fall to nothing
    tiny.run(30);
    CHECK(tiny[country::commodity][0] == 1.0);
}

TEST_CASE("a dated shock lasts as long as it says; a coup attempt costs consent and raises tension", "[shocks]") {
    ShockInput coup;
    coup.name = "coup";
    coup.kind = "coup_attempt";
    coup.date = day(3);
    coup.size = 0.6;
    coup.duration_weeks = 10.0;
    Shocks shocks;
    shocks.shocks = {coup};
    test::Tiny tiny({.regions = 1, .shocks = 1}, shocks);
    tiny.run(3);
    CHECK(tiny[country::tension][0] == 0.0);
    tiny.run();
    CHECK(tiny[country::coup_attempts][0] == 1);
    CHECK_THAT(tiny[country::tension][0], WithinAbs(0.6, 1e-12));
    CHECK_THAT(tiny[country::consent_shock][0], WithinAbs(-shocks.coup_consent * 0.6, 1e-12));
    tiny.run();
    CHECK(tiny[country::coup_attempts][0] == 0);
    CHECK(tiny[country::consent_shock][0] == 0.0);
    CHECK_THAT(tiny[country::tension][0], WithinAbs(0.6, 1e-12));
    tiny.run(10);
    CHECK(tiny[country::tension][0] == 0.0);
}

TEST_CASE("a shock by chance comes as often as its rate says", "[shocks]") {
    ShockInput price;
    price.name = "price";
    price.kind = "price";
    price.per_year = 4.0;
    price.size = -0.1;
    price.duration_weeks = 1.0;
    Shocks shocks;
    shocks.shocks = {price};
    test::Tiny tiny({.regions = 1, .shocks = 1}, shocks);
    const int weeks = 20'000;
    tiny.run(weeks);
    // Begins with p = 1 - exp(-4 / 52.18) in a week in which none is on; the one-week duration leaves every week free.
    const double p = 1.0 - std::exp(-4.0 * 7.0 / 365.2425);
    const auto begun = static_cast<double>(tiny.state().events().size());
    CHECK_THAT(begun, WithinAbs(weeks * p, 5.0 * std::sqrt(weeks * p * (1.0 - p))));
}
