#include "models/transition/group_decision.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "sim/math.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

constexpr std::uint8_t comply = static_cast<std::uint8_t>(Posture::comply);
constexpr std::uint8_t harass = static_cast<std::uint8_t>(Posture::harass);
constexpr std::uint8_t fight = static_cast<std::uint8_t>(Posture::fight);

/// Equal groups without drifting resolve, in one region with a mission that stays.
struct Deciding {
    test::Tiny<GroupDecision> tiny;

    explicit Deciding(std::size_t groups = 1, const GroupDecision& decision = {.resolve_sd = 0.0})
        : tiny({.regions = 1, .groups = groups}, decision) {
        tiny[region::adults][0] = 50'000;
        tiny[region::population][0] = 100'000;
        tiny[region::grievance][0] = 0.4;
        tiny[region::trust_state][0] = 0.5;
        tiny[region::security][0] = 200;
        tiny[region::former][0] = 500;
        tiny[region::resources][0] = 0.5;
        tiny[country::weeks_to_exit][0] = 520.0;
        tiny[country::mission_strength][0] = 5000.0;
        tiny[country::consent][0] = 0.8;
        test::fill(tiny[region_group::affinity], 0.5);
        test::fill(tiny[region_group::fighters], 300);
        test::fill(tiny[group::alive], 1);
        test::fill(tiny[group::seen], 1);
        test::fill(tiny[group::arms], 0.5);
        test::fill(tiny[group::signatory], 1);
        test::fill(tiny[group::cohesion], 1.0);
        test::fill(tiny[group::support], 0.5);
        test::fill(tiny[group::fighters], 300);
        test::fill(tiny[group::commitment], 0.5);
        test::fill(tiny[group::spoiler], 1);
        test::fill(tiny[group::means], 2.0);
        test::fill(tiny[group::posture_weeks], 1000.0);
    }
    double temptation() {
        tiny.run();
        return tiny[group::temptation][0];
    }
};

template <class Change>
double temptation_with(const Change& change) {
    Deciding deciding;
    change(deciding.tiny);
    return deciding.temptation();
}

/// Share of 20,000 equal groups in posture `from` that are in `to` after a week, and the temptation on which they decided.
struct Turned {
    double share, temptation;
};
Turned share_turning(std::uint8_t from, std::uint8_t to, double grievance) {
    constexpr std::size_t n = 20'000;
    Deciding deciding(n);
    test::fill(deciding.tiny[group::posture], from);
    deciding.tiny[region::grievance][0] = grievance;
    deciding.tiny.run();
    double turned = 0.0;
    for (const std::uint8_t posture : deciding.tiny[group::posture]) turned += posture == to;
    return {turned / n, deciding.tiny[group::temptation][0]};
}

}  // namespace

TEST_CASE("the leverage that groups expect falls when the exit nears, the mission shrinks or the host's consent is lost",
          "[group decision]") {
    const GroupDecision decision;
    CHECK(decision.expected_leverage(5000.0, 0.0, 1.0) == 0.0);
    CHECK(decision.expected_leverage(0.0, 520.0, 1.0) == 0.0);
    double last = 0.0;
    for (const double weeks : {4.0, 26.0, 52.0, 104.0, 520.0}) {
        const double leverage = decision.expected_leverage(5000.0, weeks, 0.8);
        CHECK(leverage > last);
        last = leverage;
    }
    CHECK(last < 1.0);
    CHECK(decision.expected_leverage(5000.0, 104.0, 0.2) < decision.expected_leverage(5000.0, 104.0, 0.8));
    // More troops, more leverage, but ever less for each thousand.
    const auto gain = [&](double strength) {
        return decision.expected_leverage(strength + 1000.0, 520.0, 1.0) - decision.expected_leverage(strength, 520.0, 1.0);
    };
    CHECK(gain(0.0) > gain(5000.0));
    CHECK(gain(5000.0) > gain(10'000.0));
    CHECK(gain(10'000.0) > 0.0);
    CHECK_THAT(decision.expected_leverage(1e12, decision.horizon_weeks, 1.0), WithinRel(1.0 - std::exp(-1.0), 1e-6));
    // An end that is doubted takes less away; one of which nothing is said is not doubted.
    CHECK(decision.expected_leverage(5000.0, 26.0, 0.8, 0.3) > decision.expected_leverage(5000.0, 26.0, 0.8, 1.0));
    CHECK(decision.expected_leverage(5000.0, 26.0, 0.8, 0.0) == decision.expected_leverage(5000.0, 26.0, 0.8, 1.0));
    // A guarantee lasts beyond the exit, and counts the more the nearer that is.
    CHECK(decision.expected_leverage(0.0, 0.0, 0.0, 1.0, 0.4) == 0.4);
    const auto guaranteed = [&](double weeks) {
        return decision.expected_leverage(5000.0, weeks, 0.8, 1.0, 0.4) - decision.expected_leverage(5000.0, weeks, 0.8);
    };
    CHECK(guaranteed(4.0) > guaranteed(52.0));
    CHECK(guaranteed(52.0) > 0.0);
    CHECK(decision.expected_leverage(1e12, 0.1, 1.0, 1.0, 1.0) <= 1.0);
}

TEST_CASE("what tempts a group out of the agreement, and what holds it back", "[group decision]") {
    const double usual = Deciding().temptation();
    CHECK(temptation_with([](auto& t) { t[region::grievance][0] = 0.8; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::resources][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[group::fighters][0] = 1000; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::former][0] = 5000; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::spillover][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[country::tension][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region::security][0] = 1000; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::commitment][0] = 1.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[country::mission_strength][0] = 15'000.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[country::weeks_to_exit][0] = 10.0; }) >
          usual);  // the announcement acts before the exit
    CHECK(temptation_with([](auto& t) { t[country::consent][0] = 0.1; }) > usual);
    CHECK(temptation_with([](auto& t) { t[country::weeks_to_exit][0] = 10.0, t[country::guarantee_after][0] = 0.5; }) <
          temptation_with([](auto& t) { t[country::weeks_to_exit][0] = 10.0; }));
    CHECK(temptation_with([](auto& t) { t[group::inducement][0] = 1.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::pressure][0] = 1.0; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::demands][0] = 1.0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[group::signatory][0] = 0; }) > usual);
    CHECK(temptation_with([](auto& t) { t[group::weariness][0] = 0.5; }) < usual);
    CHECK(temptation_with([](auto& t) { t[group::posture][0] = harass; }) > usual);  // momentum
    CHECK(temptation_with([](auto& t) { t[group::encroached][0] = 0.8; }) > usual);
    // Who fights for hire stops when nobody pays; others do not ask.
    const auto hired = [&](double usd) {
        return temptation_with([usd](auto& t) {
            t[group::hired][0] = 1;
            t[group::sponsorship][0] = usd;
        });
    };
    CHECK_THAT(hired(1000.0) - hired(0.0), WithinAbs(GroupDecision{}.hire, 1e-9));
    CHECK(temptation_with([](auto& t) { t[group::sponsorship][0] = 1000.0; }) == usual);
    // A force over the horizon deters those who have signed nothing, too.
    const auto unsigned_under = [&](double guaranteed) {
        return temptation_with([guaranteed](auto& t) {
            t[group::signatory][0] = 0;
            t[country::guarantee_after][0] = guaranteed;
        });
    };
    CHECK_THAT(unsigned_under(0.0) - unsigned_under(0.5), WithinAbs(0.5 * GroupDecision{}.deterrence, 1e-9));
    // A mission that cannot move where the group's people live holds back less; one in their midst more.
    CHECK(temptation_with([](auto& t) { t[region_activity::obstruction][row(Activity::patrol)] = 0.9; }) > usual);
    CHECK(temptation_with([](auto& t) { t[region_component::strength][row(Component::military)] = 5000.0; }) < usual);
    // It guarantees nothing to those who have not signed.
    const auto outside = [](double strength) {
        return temptation_with([&](auto& t) { t[group::signatory][0] = 0, t[country::mission_strength][0] = strength; });
    };
    CHECK(outside(0.0) == outside(15'000.0));
}

TEST_CASE("total spoilers are tempted most, groups without intent to spoil least", "[group decision]") {
    std::vector<double> by_type;
    for (const int type : {0, 1, 2, 3})
        by_type.push_back(temptation_with([&](auto& t) { t[group::spoiler][0] = static_cast<std::uint8_t>(type); }));
    CHECK(by_type[0] < by_type[1]);
    CHECK(by_type[1] < by_type[2]);
    CHECK(by_type[2] < by_type[3]);
}

TEST_CASE("inducement works on limited spoilers, less on greedy ones, not on total ones", "[group decision]") {
    const auto relief = [](int type) {
        const auto with = [&](double inducement) {
            return temptation_with([&](auto& t) {
                t[group::spoiler][0] = static_cast<std::uint8_t>(type);
                t[group::inducement][0] = inducement;
            });
        };
        return with(0.0) - with(1.0);
    };
    CHECK_THAT(relief(1), WithinAbs(GroupDecision{}.inducement_effect, 1e-12));
    CHECK(relief(2) < relief(1));
    CHECK(relief(2) > 0.0);
    CHECK(relief(3) == 0.0);
}

TEST_CASE("groups without cohesion step up less", "[group decision]") {
    const auto stepped = [](double cohesion) {
        Deciding deciding(20'000);
        test::fill(deciding.tiny[group::cohesion], cohesion);
        deciding.tiny[region::grievance][0] = 1.0;
        deciding.tiny.run();
        double n = 0.0;
        for (const std::uint8_t posture : deciding.tiny[group::posture]) n += posture == harass;
        return n;
    };
    CHECK(stepped(0.0) == 0.0);
    CHECK(stepped(0.25) < 0.75 * stepped(0.5));
    CHECK(stepped(0.5) == stepped(1.0));
}

TEST_CASE("a signatory that fights leaves the agreement; one that is content joins it", "[group decision]") {
    const auto signs = [](std::uint8_t posture, std::uint8_t signatory, const auto& change) {
        Deciding deciding(1, {.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0, .join_rate = 1.0});
        deciding.tiny[group::posture][0] = posture;
        deciding.tiny[group::signatory][0] = signatory;
        deciding.tiny[group::commitment][0] = 1.0;
        deciding.tiny[country::implementation][0] = 1.0;
        change(deciding.tiny);
        deciding.tiny.run(20);
        return deciding.tiny[group::signatory][0] != 0;
    };
    const auto nothing = [](auto&) {};
    CHECK_FALSE(signs(fight, 1, nothing));
    CHECK(signs(harass, 1, nothing));
    CHECK(signs(comply, 0, nothing));
    CHECK_FALSE(signs(harass, 0, nothing));
    CHECK_FALSE(signs(comply, 0, [](auto& t) { t[group::proscribed][0] = 1; }));
    CHECK_FALSE(signs(comply, 0, [](auto& t) { t[group::spoiler][0] = 3; }));
    CHECK_FALSE(signs(comply, 0, [](auto& t) { t[group::hired][0] = 1; }));
    CHECK_FALSE(signs(comply, 0, [](auto& t) { t[country::implementation][0] = 0.0; }));  // a dead agreement

    Deciding leaves(1, {.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0});
    leaves.tiny[group::posture][0] = fight;
    leaves.tiny.run();
    REQUIRE(leaves.tiny.state().events().size() == 1);
    CHECK(leaves.tiny.state().events()[0].kind == static_cast<int>(EventKind::leaves_agreement));
    CHECK(leaves.tiny.state().events()[0].cause >= 0);
    Deciding unheard;
    test::fill(unheard.tiny[group::seen], 0);
    test::fill(unheard.tiny[group::posture], fight);
    unheard.tiny.run();
    CHECK(unheard.tiny[group::signatory][0] == 0);
    CHECK(unheard.tiny.state().events().empty());
}

TEST_CASE("support follows grievance and distrust, and suffers from extortion", "[group decision]") {
    const auto support = [](double grievance, double trust, double extortion) {
        Deciding deciding(1, {.resolve_sd = 0.0, .support_rate = 1.0});
        deciding.tiny[region::grievance][0] = grievance;
        deciding.tiny[region::trust_state][0] = trust;
        deciding.tiny[region_group::extortion][0] = extortion;
        deciding.tiny.run(100);
        return deciding.tiny[group::support][0];
    };
    CHECK_THAT(support(0.6, 0.2, 0.0), WithinAbs(0.7, 1e-9));
    CHECK_THAT(support(0.6, 0.2, 0.5), WithinAbs(0.35, 1e-9));
}

TEST_CASE("dead groups decide nothing", "[group decision]") {
    Deciding deciding;
    deciding.tiny[group::alive][0] = 0;
    deciding.tiny[group::resolve][0] = 0.3;
    deciding.tiny.run(5);
    CHECK(deciding.tiny[group::resolve][0] == 0.3);
    CHECK(deciding.tiny[region_group::recruiting][0] == 0.0);
}

TEST_CASE("groups step up and down at the hazards of their temptation", "[group decision]") {
    const GroupDecision d;
    const double n = 20'000.0;
    for (const double grievance : {0.0, 0.5, 1.0}) {
        const Turned up = share_turning(comply, harass, grievance);
        const double p_up = -std::expm1(-d.rate * sim::logistic(up.temptation / d.width));
        CHECK_THAT(up.share, WithinAbs(p_up, 5.0 * std::sqrt(p_up * (1.0 - p_up) / n)));
        const Turned further = share_turning(harass, fight, grievance);
        const double p_further = -std::expm1(-d.rate * sim::logistic((further.temptation - d.step_to_fight) / d.width));
        CHECK_THAT(further.share, WithinAbs(p_further, 5.0 * std::sqrt(p_further * (1.0 - p_further) / n)));
        const Turned down = share_turning(fight, harass, grievance);
        const double p_down = -std::expm1(-d.calm_rate * sim::logistic((d.relief - d.step_to_fight - down.temptation) / d.width));
        CHECK_THAT(down.share, WithinAbs(p_down, 5.0 * std::sqrt(p_down * (1.0 - p_down) / n)));
    }
}

TEST_CASE("a group that rules does not take up arms", "[group decision]") {
    const auto out_after_years = [](std::uint8_t ruler) {
        Deciding deciding(1);
        deciding.tiny[country::ruler][0] = ruler;
        deciding.tiny[region::grievance][0] = 1.0;
        deciding.tiny[country::mission_strength][0] = 0.0;
        deciding.tiny.run(520);
        return deciding.tiny[group::posture][0] != comply;
    };
    CHECK(out_after_years(0));
    CHECK_FALSE(out_after_years(2));
}

TEST_CASE("weariness grows in fighting, a third as far in harassing, and fades in peace", "[group decision]") {
    GroupDecision frozen{.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0};
    const auto weariness_after = [&](std::uint8_t posture, double before, int weeks) {
        Deciding deciding(1, frozen);
        deciding.tiny[group::posture][0] = posture;
        deciding.tiny[group::weariness][0] = before;
        deciding.tiny.run(weeks);
        return deciding.tiny[group::weariness][0];
    };
    CHECK_THAT(weariness_after(fight, 0.0, 100), WithinAbs(1.0 - std::exp(-1.0), 1e-9));
    CHECK_THAT(weariness_after(harass, 0.0, 5000), WithinAbs(1.0 / 3.0, 1e-9));
    CHECK_THAT(weariness_after(comply, 0.6, 100), WithinAbs(0.6 * std::exp(-1.0), 1e-9));
}

TEST_CASE("groups start with a resolve of their own: less after quiet years, more if they are out", "[group decision]") {
    constexpr std::size_t n = 20'000;
    const auto moments = [](Posture posture, double quiet_years) {
        GroupInput like;
        like.posture = posture;
        like.quiet_years = quiet_years;
        const GroupDecision decision{.resolve_sd = 0.2, .settling = 0.1};
        Deciding deciding(n, decision);
        decision.start(deciding.tiny.state(), std::vector<GroupInput>(n, like), {});
        const auto resolve = deciding.tiny[group::resolve];
        const std::vector<double> values(resolve.begin(), resolve.end());
        return std::pair(sim::mean(values), sim::sample_sd(values));
    };
    const double error = 5.0 * 0.2 / std::sqrt(static_cast<double>(n));
    const auto [settled, spread] = moments(Posture::comply, std::exp(2.0));
    CHECK_THAT(settled, WithinAbs(-0.2, error));
    CHECK_THAT(spread, WithinRel(0.2, 0.03));
    CHECK_THAT(moments(Posture::comply, 0.5).first, WithinAbs(0.0, error));  // a year at least
    // The larger of two normal numbers has mean 1 / sqrt(pi).
    CHECK_THAT(moments(Posture::harass, 20.0).first, WithinAbs(0.2 * 0.5641896, error));
}

TEST_CASE("resolve drifts with its standard deviation and half-life, whatever the step", "[group decision]") {
    const double dt = GENERATE(1.0, 2.0);
    constexpr std::size_t n = 5000;
    Deciding deciding(n, {.rate = 0.0, .resolve_sd = 0.2, .resolve_half_life = 10.0});
    deciding.tiny.run(static_cast<int>(100.0 / dt), dt);
    const auto list = [&] {
        const auto values = deciding.tiny[group::resolve];
        return std::vector<double>(values.begin(), values.end());
    };
    const std::vector<double> before = list();
    deciding.tiny.run(static_cast<int>(10.0 / dt), dt);
    const std::vector<double> after = list();
    // sd of a sample sd is sigma / sqrt(2 n), of a correlation about (1 - r^2) / sqrt(n).
    CHECK_THAT(sim::sample_sd(after), WithinAbs(0.2, 5.0 * 0.2 / std::sqrt(2.0 * n)));
    double product = 0.0;
    for (std::size_t i = 0; i < n; ++i) product += before[i] * after[i] / n;
    CHECK_THAT(product / (0.2 * 0.2), WithinAbs(0.5, 5.0 * 1.5 / std::sqrt(static_cast<double>(n))));
}

TEST_CASE("groups that are out recruit harder; patrols and police hinder them", "[group decision]") {
    const auto pressure = [](std::uint8_t posture, double patrol, double police, double means) {
        Deciding deciding(1, {.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0});
        deciding.tiny[group::posture][0] = posture;
        deciding.tiny[group::means][0] = means;
        deciding.tiny[region_activity::coverage][row(Activity::patrol)] = patrol;
        deciding.tiny[region_function::capacity][row(Function::police)] = police;
        deciding.tiny.run();
        return deciding.tiny[region_group::recruiting][0];
    };
    CHECK(pressure(comply, 0.0, 0.0, 2.0) < pressure(harass, 0.0, 0.0, 2.0));
    CHECK(pressure(harass, 0.0, 0.0, 2.0) < pressure(fight, 0.0, 0.0, 2.0));
    CHECK(pressure(fight, 0.5, 0.0, 2.0) < pressure(fight, 0.0, 0.0, 2.0));
    CHECK(pressure(fight, 0.0, 0.5, 2.0) < pressure(fight, 0.0, 0.0, 2.0));
    CHECK(pressure(fight, 0.0, 0.0, 1.0) == 0.0);  // who can just pay those it has takes nobody
    CHECK(pressure(fight, 0.0, 0.0, 1.5) > 0.0);
    const auto preached = [](std::uint8_t proscribed, double extremism, std::int64_t fighters) {
        Deciding deciding(1, {.rate = 0.0, .calm_rate = 0.0, .resolve_sd = 0.0});
        deciding.tiny[group::posture][0] = fight;
        deciding.tiny[group::proscribed][0] = proscribed;
        deciding.tiny[region::extremism][0] = extremism;
        deciding.tiny[region_group::fighters][0] = fighters;
        deciding.tiny.run();
        return deciding.tiny[region_group::recruiting][0];
    };
    CHECK(preached(1, 0.5, 300) > preached(0, 0.5, 300));
    CHECK(preached(0, 0.5, 300) == preached(0, 0.0, 300));
    CHECK(preached(0, 0.0, 100) < preached(0, 0.0, 300));  // fewer meet them
    CHECK(preached(0, 0.0, 0) > 0.0);
}

TEST_CASE("a posture stands for months, a fight ends well below where it began, and total spoilers never rest",
          "[group decision]") {
    const auto changes = [](double weeks, std::uint8_t posture, const auto& change) {
        Deciding deciding(2000);
        test::fill(deciding.tiny[group::posture], posture);
        test::fill(deciding.tiny[group::posture_weeks], weeks);
        change(deciding.tiny);
        deciding.tiny.run();
        double n = 0.0;
        for (const std::uint8_t now : deciding.tiny[group::posture]) n += now != posture;
        return n;
    };
    const auto furious = [](auto& t) { t[region::grievance][0] = 1.0; };
    CHECK(changes(0.0, comply, furious) == 0.0);
    CHECK(changes(1000.0, comply, furious) > 0.0);
    CHECK(changes(0.0, comply, [&](auto& t) { furious(t), test::fill(t[group::encroached], 1.0); }) > 0.0);
    const auto calm = [](auto& t) { t[region::grievance][0] = 0.0; };
    CHECK(changes(1000.0, harass, calm) > 0.0);
    CHECK(changes(1000.0, harass, [&](auto& t) {
              calm(t), test::fill(t[group::spoiler], 3), test::fill(t[group::signatory], 0), t[country::tension][0] = 0.0;
              test::fill(t[group::resolve], -5.0);
          }) == 0.0);
}

TEST_CASE("a country without any force leaves a group's chance to win defined", "[group decision]") {
    const double temptation = temptation_with([](auto& t) {
        t[region::security][0] = 0;
        t[region::former][0] = 0;
        test::fill(t[group::fighters], 0);
        test::fill(t[region_group::fighters], 0);
    });
    CHECK(std::isfinite(temptation));
}
