#include "models/transition/activities.hpp"

#include <array>
#include <numeric>

#include "models/transition/effects.hpp"
#include "models/transition/integration.hpp"
#include "models/transition/staffing.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::row;

using Mission = test::Tiny<Staffing, Activities>;

/// A mission of all components in a region of 100,000 people with full consent, security, money and integration.
struct Present {
    Mission tiny;

    explicit Present(Activities activities = {}, Staffing staffing = {}, std::size_t groups = 1)
        : tiny({.regions = 1, .groups = groups}, staffing, activities) {
        const auto strength = tiny[region_component::strength];
        test::fill(strength, 5.0);
        strength[row(Component::military)] = 1000.0;
        strength[row(Component::formed_police)] = 200.0;
        strength[row(Component::police)] = 100.0;
        strength[row(Component::political)] = 20.0;
        strength[row(Component::support)] = 200.0;
        tiny[region::population][0] = 100'000;
        tiny[region::consent][0] = 1.0;
        tiny[region::security_level][0] = 1.0;
        tiny[country::consent][0] = 1.0;
        tiny[country::consent_level][0] = 3;
        tiny[country::integration][0] = 1.0;
        test::fill(tiny[activity::paid], 1.0);
    }
    std::vector<double> coverage() {
        tiny.run();
        const auto covered = tiny[region_activity::coverage];
        return {covered.begin(), covered.end()};
    }
};

template <class Change>
std::vector<double> coverage_with(const Change& change, Activities activities = {}) {
    Present present(activities);
    change(present.tiny);
    return present.coverage();
}

const auto nothing = [](Mission&) {};
const auto no_consent = [](Mission& m) { m[country::consent][0] = m[region::consent][0] = 0.0; };

double staff_of(Mission& mission, Activity activity) { return mission[region_activity::staff][row(activity)]; }

}  // namespace

TEST_CASE("coverage reaches two thirds at the reference, and each further person adds less", "[activities]") {
    CHECK_THAT(coverage(25.0, 1000.0, 25.0), WithinRel(2.0 / 3.0, 1e-12));
    CHECK(coverage(0.0, 1000.0, 25.0) == 0.0);
    CHECK(coverage(10.0, 0.0, 25.0) == 0.0);
    double last_gain = 1.0;
    for (double staff = 0.0; staff < 200.0; staff += 10.0) {
        const double gain = coverage(staff + 10.0, 1000.0, 25.0) - coverage(staff, 1000.0, 25.0);
        CHECK(gain > 0.0);
        CHECK(gain < last_gain);
        last_gain = gain;
    }
}

TEST_CASE("no component works more than its time, and every activity has somebody who does it", "[activities]") {
    const Staffing staffing;
    std::array<double, activity_count> all{};
    for (std::size_t c = 0; c < component_count; ++c) {
        const auto shares = staffing.usual_shares(static_cast<Component>(c));
        CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) <= 1.0 - staffing.other_duties + 1e-12);
        for (std::size_t a = 0; a < activity_count; ++a) {
            CHECK(shares[a] >= 0.0);
            all[a] += shares[a];
        }
    }
    for (const double share : all) CHECK(share > 0.0);
}

TEST_CASE("what one activity gains by priority the others lose", "[activities]") {
    Present usual;
    usual.tiny.run();
    for (std::size_t a = 0; a < activity_count; ++a) {
        Present present;
        test::fill(present.tiny[activity::weight], 1.0);
        present.tiny[activity::weight][a] = 3.0;
        present.tiny.run();
        double all = 0.0;
        for (std::size_t b = 0; b < activity_count; ++b) {
            const double now = present.tiny[region_activity::staff][b];
            const double before = usual.tiny[region_activity::staff][b];
            all += now;
            if (b == a)
                CHECK(now > before);
            else
                CHECK(now <= before + 1e-12);
        }
        CHECK(all <= std::accumulate(present.tiny[region_component::strength].begin(),
                                     present.tiny[region_component::strength].end(), 0.0));
    }
    Present abandoned;
    test::fill(abandoned.tiny[activity::weight], 1.0);
    abandoned.tiny[activity::weight][row(Activity::dialogue)] = 0.0;
    abandoned.tiny.run();
    CHECK(staff_of(abandoned.tiny, Activity::dialogue) == 0.0);
    CHECK(staff_of(abandoned.tiny, Activity::good_offices) > staff_of(usual.tiny, Activity::good_offices));
}

TEST_CASE("more of a component never covers less", "[activities]") {
    const auto usual = coverage_with(nothing);
    for (std::size_t c = 0; c < component_count; ++c) {
        const auto more = coverage_with([&](Mission& m) {
            m[region_component::strength][c] *= 2.0;
            m[region_component::strength][row(Component::support)] = 400.0;
        });
        for (std::size_t a = 0; a < activity_count; ++a) CHECK(more[a] >= usual[a] - 1e-12);
    }
}

TEST_CASE("who has withdrawn consent shuts the roads of its own place, by the share that is blocked", "[activities]") {
    const double blocked = Activities{}.blocked;
    const auto refused = [](const auto& change) {
        Mission mission({.regions = 2, .groups = 1}, Staffing{}, Activities{.movement_obstruction = 0.0});
        test::fill(mission[region::population], 1000);
        mission[group::alive][0] = 1;
        mission[country::consent_level][0] = 3;
        change(mission);
        mission.run();
        return std::pair(mission[region::obstruction][0], mission[region::obstruction][1]);
    };
    using Pair = std::pair<double, double>;
    CHECK(refused(nothing) == Pair(0.0, 0.0));
    CHECK(refused([](Mission& m) { m[region::refuses][1] = 1; }) == Pair(0.0, blocked));
    const auto [held, free] = refused([](Mission& m) {
        m[group::refuses][0] = 1;
        m[region_group::control][0] = 0.6;
    });
    CHECK_THAT(held, WithinAbs(0.6 * blocked, 1e-12));
    CHECK(free == 0.0);
    const auto [group_held, state_held] = refused([](Mission& m) {
        m[country::consent_level][0] = 0;
        m[region_group::control][0] = 1.0;  // the group has consented
    });
    CHECK(group_held == 0.0);
    CHECK_THAT(state_held, WithinAbs(blocked, 1e-12));
    CHECK_THAT(refused([](Mission& m) { m[country::consent_level][0] = 1; }).first, WithinAbs(0.5 * blocked, 1e-12));
}

TEST_CASE("each activity has its own weight of refused consent, which lowers that activity only", "[activities]") {
    const auto usual = coverage_with(no_consent);
    const std::array<double Activities::*, activity_count> weights = {
        &Activities::patrol_obstruction,          &Activities::policing_obstruction,      &Activities::mentoring_obstruction,
        &Activities::security_reform_obstruction, &Activities::good_offices_obstruction,  &Activities::dialogue_obstruction,
        &Activities::human_rights_obstruction,    &Activities::ddr_obstruction,           &Activities::quick_impact_obstruction,
        &Activities::participation_obstruction,   &Activities::civil_society_obstruction, &Activities::information_obstruction,
        &Activities::mine_action_obstruction,     &Activities::escort_obstruction};
    for (std::size_t a = 0; a < activity_count; ++a) {
        Activities changed;
        changed.*weights[a] *= 0.5;
        const auto now = coverage_with(no_consent, changed);
        for (std::size_t b = 0; b < activity_count; ++b) {
            if (b == a)
                CHECK(now[b] > usual[b]);
            else
                CHECK(now[b] == usual[b]);
        }
        CHECK(coverage_with(nothing, changed)[a] == coverage_with(nothing)[a]);
    }
}

TEST_CASE("armed groups refuse where they hold the ground", "[activities]") {
    const auto patrol = [](double control, double consent) {
        Present present({}, {}, 2);
        present.tiny[group::alive][0] = 1;
        present.tiny[group::consent][0] = consent;
        present.tiny[region_group::control][0] = control;
        present.tiny.run();
        CHECK_THAT(present.tiny[region::obstruction][0], WithinAbs(0.4 * 0.5 * control * (1.0 - consent), 1e-12));
        return present.tiny[region_activity::coverage][row(Activity::patrol)];
    };
    CHECK(patrol(0.5, 0.0) < patrol(0.0, 0.0));
    CHECK(patrol(0.5, 0.5) > patrol(0.5, 0.0));
    CHECK(patrol(0.5, 1.0) == patrol(0.0, 0.0));
}

TEST_CASE("far regions are reached less, civilian work stops where it is not safe", "[activities]") {
    const auto near = coverage_with(nothing);
    const auto far = coverage_with([](Mission& m) { m[region::remoteness][0] = 1.0; });
    const auto unsafe = coverage_with([](Mission& m) { m[region::security_level][0] = 0.2; });
    for (std::size_t a = 0; a < activity_count; ++a) {
        CHECK(far[a] < near[a]);
        CHECK(unsafe[a] == (Activities::needs_security(static_cast<Activity>(a)) ? 0.0 : near[a]));
    }
}

TEST_CASE("without money, support, joint work or women in the teams less is reached", "[activities]") {
    const auto usual = coverage_with(nothing);
    const auto check_less = [&](const std::vector<double>& now) {
        for (std::size_t a = 0; a < activity_count; ++a) CHECK(now[a] < usual[a]);
    };
    check_less(coverage_with([](Mission& m) { test::fill(m[activity::paid], 0.5); }));
    check_less(coverage_with([](Mission& m) { m[region_component::strength][row(Component::support)] = 1.0; }));
    check_less(coverage_with([](Mission& m) { m[country::integration][0] = 0.2; }));
    Activities even;
    even.women_share = 0.3;
    const auto with_women = coverage_with(nothing, even);
    for (const Activity a : {Activity::patrol, Activity::policing, Activity::dialogue, Activity::participation})
        CHECK_THAT(with_women[row(a)] * even.engagement(a), WithinRel(with_women[row(a)], 1e-12));
    CHECK(with_women[row(Activity::dialogue)] > usual[row(Activity::dialogue)]);
    CHECK(with_women[row(Activity::mine_action)] == usual[row(Activity::mine_action)]);
    Activities men;
    men.women_share = 0.0;
    CHECK_THAT(men.engagement(Activity::patrol), WithinRel(1.0 - 0.5 * men.unreached_women, 1e-12));
}

TEST_CASE("joint work takes uniformed and civilians in the same place", "[activities]") {
    const auto joint = [](const auto& change) {
        Present present;
        change(present.tiny);
        present.tiny.run();
        return present.tiny[region::joint][0];
    };
    CHECK(joint(nothing) > 0.9);
    CHECK(joint([](Mission& m) { test::fill(m[region_component::strength].first(first_civilian), 0.0); }) == 0.0);
    CHECK(joint([](Mission& m) { test::fill(m[region_component::strength].subspan(first_civilian), 0.0); }) == 0.0);
}

TEST_CASE("protection sites take troops off patrol", "[activities]") {
    Present none;
    Present sheltering;
    sheltering.tiny[region::sites][0] = 10'000;
    none.tiny.run();
    sheltering.tiny.run();
    const double tied = staff_of(none.tiny, Activity::patrol) - staff_of(sheltering.tiny, Activity::patrol);
    CHECK_THAT(tied, WithinAbs(200.0, 1e-9));
    CHECK_THAT(staff_of(sheltering.tiny, Activity::escort) - staff_of(none.tiny, Activity::escort), WithinAbs(tied, 1e-9));
    sheltering.tiny[region::sites][0] = 10'000'000;  // more than there are troops: formed police go on
    sheltering.tiny.run();
    CHECK_THAT(staff_of(sheltering.tiny, Activity::patrol), WithinRel(200.0 * 0.95 * 0.5, 1e-12));
}

TEST_CASE("what mission and successor reach does not add up to more than all", "[activities]") {
    Present present;
    test::fill(present.tiny[region_activity::successor], 0.5);
    const auto covered = present.coverage();
    for (std::size_t a = 0; a < activity_count; ++a)
        CHECK_THAT(present.tiny[region_activity::reach][a], WithinRel(1.0 - 0.5 * (1.0 - covered[a]), 1e-12));
}

TEST_CASE("a mission without personnel reaches nobody", "[activities]") {
    for (const double c : coverage_with([](Mission& m) { test::fill(m[region_component::strength], 0.0); })) CHECK(c == 0.0);
}

TEST_CASE("the mission sees by observers, liaison, patrols and warnings, and better when it works as one", "[activities]") {
    const auto sight = [](const auto& change) {
        test::Tiny tiny({.regions = 1, .communities = {10, 10}}, Integration{.rate = 0.0});
        tiny[region::population][0] = 100'000;
        tiny[country::mission_open][0] = 1;
        tiny[country::integration][0] = 0.5;
        change(tiny);
        tiny.run();
        return tiny[country::sight][0];
    };
    const double blind = sight([](auto&) {});
    CHECK_THAT(blind, WithinAbs(Integration{}.sight_floor, 1e-12));
    const auto observed = [](auto& t) { t[region_component::strength][row(Component::observers)] = 5.0; };
    CHECK(sight(observed) > blind);
    CHECK(sight([](auto& t) { t[region_activity::coverage][row(Activity::dialogue)] = 0.3; }) > blind);
    CHECK(sight([](auto& t) { t[region_activity::coverage][row(Activity::patrol)] = 0.3; }) > blind);
    CHECK(sight([](auto& t) { test::fill(t[community::early_warning], 0.5F); }) > blind);
    CHECK(sight([&](auto& t) {
              observed(t);
              t[country::integration][0] = 1.0;
          }) > sight(observed));
    CHECK(sight([&](auto& t) {
              observed(t);
              t[region::obstruction][0] = 0.8;
          }) < sight(observed));
}

TEST_CASE("integration goes with civilian staff and support, and fades after the exit", "[activities]") {
    const Integration integration;
    CHECK(integration.sustained(0.0, 0.0) == 0.0);
    CHECK(integration.sustained(1000.0, 400.0) > integration.sustained(50.0, 20.0));
    CHECK(integration.sustained(50.0, 20.0) > integration.sustained(50.0, 0.0));
    test::Tiny tiny({.regions = 1, .communities = {10}}, integration);
    tiny[region::population][0] = 1000;
    tiny[country::mission_open][0] = 1;
    tiny[region_component::strength][row(Component::support)] = 500.0;
    tiny.run(400);
    CHECK_THAT(tiny[country::integration][0], WithinAbs(integration.sustained(500.0, 500.0), 1e-6));
    const double before = tiny[country::integration][0];
    tiny[country::mission_open][0] = 0;
    tiny.run(25);
    CHECK_THAT(tiny[country::integration][0], WithinRel(before * 0.36787944, 1e-6));
}
