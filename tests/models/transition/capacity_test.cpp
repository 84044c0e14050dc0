#include "models/transition/capacity.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

constexpr double weeks_a_year = 365.2425 / 7.0;

/// One region with middling capacity, a regime as by default, and all support let through.
struct Building {
    test::Tiny<Capacity> tiny;

    explicit Building(const Capacity& capacity = {}, std::size_t regions = 1) : tiny({.regions = regions}, capacity) {
        test::fill(tiny[region_function::capacity], 0.3);
        tiny[country::budget_adequacy][0] = 0.9;
        tiny[country::patronage][0] = 0.3;
        tiny[country::inclusiveness][0] = 0.5;
        tiny[country::support_to_forces][0] = 1.0;
    }
    Building& cover(Activity activity, double share) {
        tiny[region_activity::coverage][row(activity)] = share;
        return *this;
    }
    double after(int weeks, Function function, std::size_t region = 0) {
        tiny.run(weeks);
        return tiny[region_function::capacity][row(function, region)];
    }
};

/// Conditions under which every term acts.
Capacity::Conditions usual() {
    return {.capacity = 0.3, .greatest = 0.75, .mentored = 0.5, .own_budget = 0.6, .substitution = 0.2, .dependency = 0.7};
}

/// Police capacity five years after a mission of full policing and mentoring left that stayed for `years` (none if 0), from the
/// weak state that a war leaves.
double capacity_after(const Capacity& capacity, double years, double mission) {
    Building place(capacity);
    test::fill(place.tiny[region_function::capacity], 0.15);
    place.cover(Activity::policing, 0.8 * mission).cover(Activity::mentoring, 0.9 * mission);
    place.tiny.run(static_cast<int>(years * weeks_a_year));
    place.cover(Activity::policing, 0.0).cover(Activity::mentoring, 0.0);
    return place.after(static_cast<int>(5.0 * weeks_a_year), Function::police);
}

/// What such a mission leaves behind: against the same country without one, at the same time.
double left_behind(const Capacity& capacity, double years) {
    return capacity_after(capacity, years, 1.0) - capacity_after(capacity, years, 0.0);
}

}  // namespace

TEST_CASE("every term of capacity has its sign and its law", "[capacity]") {
    const Capacity capacity;
    const auto with = [&](const auto& change) {
        Capacity::Conditions at = usual();
        change(at);
        return capacity.terms(at);
    };
    const Capacity::Terms here = with([](auto&) {});
    CHECK_THAT(here.mentored, WithinAbs(capacity.mentoring * 0.5 * 0.3 * (1.0 - 0.3 / 0.75), 1e-15));
    CHECK_THAT(here.funded, WithinAbs(capacity.upkeep * 0.6 * 0.45, 1e-15));
    CHECK_THAT(here.decayed, WithinAbs(-capacity.decay_rate * 0.3, 1e-15));
    CHECK_THAT(here.crowded_out, WithinAbs(-capacity.crowding * 0.2 * 0.3, 1e-15));
    CHECK_THAT(here.overloaded, WithinAbs(-capacity.overload * (0.7 - 0.2 - capacity.absorption * 0.3) * 0.3, 1e-15));
    CHECK_THAT(here.sum(), WithinAbs(here.mentored + here.funded + here.decayed + here.crowded_out + here.overloaded, 1e-15));
    // What the mission does, but nobody has come to leave to it, withers nothing; nor does what is no longer done.
    CHECK(with([](auto& at) { at.dependency = 0.0; }).crowded_out == 0.0);
    CHECK(with([](auto& at) { at.substitution = 0.0; }).crowded_out == 0.0);
    // A successor, or capacity enough, takes the load off.
    CHECK(with([](auto& at) { at.successor = 0.45; }).overloaded == 0.0);
    CHECK(with([](auto& at) {
              at.capacity = 0.7;
              at.dependency = 0.4;
          }).overloaded == 0.0);
    CHECK(with([](auto& at) { at.substitution = 0.7; }).overloaded == 0.0);
    CHECK(with([](auto& at) { at.capacity = 0.75; }).mentored == 0.0);  // nothing grows at the ceiling
    CHECK(with([](auto& at) { at.capacity = 0.0; }).mentored == 0.0);   // nothing comes of nothing
}

TEST_CASE("patronage and exclusion lower what a state can reach", "[capacity]") {
    const Capacity capacity;
    CHECK(capacity.greatest(0.0, 1.0) == capacity.ceiling);
    CHECK_THAT(capacity.greatest(1.0, 0.0), WithinAbs(capacity.ceiling * (1.0 - capacity.politicisation), 1e-15));
    CHECK(capacity.greatest(0.5, 0.5) < capacity.greatest(0.3, 0.5));
    CHECK(capacity.greatest(0.3, 0.4) < capacity.greatest(0.3, 0.5));
    const auto rests_with = [](double patronage) {
        Building place;
        place.tiny[country::patronage][0] = patronage;
        return place.after(520, Function::justice);
    };
    CHECK(rests_with(0.6) < rests_with(0.3));
}

TEST_CASE("each function is mentored by those whose work it is", "[capacity]") {
    const auto gains = [](Activity activity, Function function) {
        return Building().cover(activity, 0.5).after(1, function) > Building().after(1, function);
    };
    CHECK(gains(Activity::mentoring, Function::police));
    CHECK(gains(Activity::mentoring, Function::justice));
    CHECK(gains(Activity::mentoring, Function::administration));
    CHECK_FALSE(gains(Activity::mentoring, Function::army));
    CHECK(gains(Activity::security_reform, Function::army));
    CHECK_FALSE(gains(Activity::security_reform, Function::police));
    const auto mentored = [](Function function) { return Building().cover(Activity::mentoring, 0.5).after(1, function); };
    CHECK(mentored(Function::administration) < mentored(Function::justice));
    const auto joint = [](double worth) {
        return Building(Capacity{.joint_operations = worth}).cover(Activity::policing, 0.5).after(52, Function::police);
    };
    CHECK(joint(0.5) > joint(0.0));
}

TEST_CASE("due diligence stops the mentoring of army and police, not of judges", "[capacity]") {
    const auto withheld = [](Activity activity, Function function, double support) {
        Building place;
        place.cover(activity, 0.8).tiny[country::support_to_forces][0] = support;
        return place.after(52, function);
    };
    CHECK(withheld(Activity::mentoring, Function::police, 0.4) < withheld(Activity::mentoring, Function::police, 1.0));
    CHECK(withheld(Activity::security_reform, Function::army, 0.4) < withheld(Activity::security_reform, Function::army, 1.0));
    CHECK(withheld(Activity::mentoring, Function::justice, 0.4) == withheld(Activity::mentoring, Function::justice, 1.0));
}

TEST_CASE("money comes to the capital first, and more of it builds more", "[capacity]") {
    Building far({}, 2);
    far.tiny[region::remoteness][1] = 1.0;
    far.tiny.run(52);
    CHECK(far.after(0, Function::services, 1) < far.after(0, Function::services, 0));
    Building even({.budget_lost_to_remoteness = 0.0}, 2);
    even.tiny[region::remoteness][1] = 1.0;
    even.tiny.run(52);
    CHECK(even.after(0, Function::services, 1) == even.after(0, Function::services, 0));
    const auto with_budget = [](double adequacy) {
        Building place;
        place.tiny[country::budget_adequacy][0] = adequacy;
        return place.after(52, Function::services);
    };
    CHECK(with_budget(0.5) < with_budget(1.0));
    CHECK(with_budget(2.0) > with_budget(1.0));
}

TEST_CASE("institutions come to rely on a mission at their own pace, and successors do not crowd them out", "[capacity]") {
    const Capacity capacity;
    Building place;
    place.cover(Activity::policing, 0.6).tiny.run();
    const double share = Capacity::performed(0.6, 0.3);
    CHECK_THAT(share, WithinAbs(2.0 / 3.0, 1e-15));  // it does twice what the state can
    CHECK(Capacity::performed(0.0, 0.0) == 0.0);
    CHECK(place.tiny[region_function::substitution][row(Function::police)] == share);
    CHECK_THAT(place.tiny[region_function::dependency][row(Function::police)],
               WithinAbs(share * (1.0 - std::exp(-capacity.dependence)), 1e-12));
    Building served;
    served.tiny[region_activity::successor][row(Activity::policing)] = 0.6;
    CHECK(served.after(100, Function::police) == Building().after(100, Function::police));
    CHECK(served.tiny[region_function::substitution][row(Function::police)] == 0.0);

    Building begun;
    begun.cover(Activity::policing, 0.6).cover(Activity::patrol, 0.4);
    capacity.start(begun.tiny.state());
    CHECK_THAT(begun.tiny[region_function::dependency][row(Function::police)], WithinAbs(0.8 * share, 1e-15));
    CHECK_THAT(begun.tiny[region_function::dependency][row(Function::army)],
               WithinAbs(0.8 * Capacity::performed(0.5 * 0.4, 0.3), 1e-15));
}

TEST_CASE("mentors of a successor build capacity as the mission's do", "[capacity]") {
    Building mentored;
    mentored.cover(Activity::mentoring, 0.4);
    Building handed_over;
    handed_over.tiny[region_activity::successor][row(Activity::mentoring)] = 0.4;
    CHECK(handed_over.after(100, Function::justice) == mentored.after(100, Function::justice));
    CHECK(handed_over.after(0, Function::justice) > Building().after(100, Function::justice));
}

TEST_CASE("a mission that leaves overnight costs capacity that a slow one keeps, and a successor saves", "[capacity]") {
    const auto left = [](int weeks_to_leave, double successor) {
        Building place;
        place.cover(Activity::policing, 0.8);
        Capacity{.dependence_at_start = 1.0}.start(place.tiny.state());
        for (int week = 0; week < 260; ++week) {
            const double gone = weeks_to_leave > 0 ? std::min(1.0, static_cast<double>(week) / weeks_to_leave) : 1.0;
            place.cover(Activity::policing, 0.8 * (1.0 - gone));
            place.tiny[region_activity::successor][row(Activity::policing)] = successor * gone;
            place.tiny.run();
        }
        return place.after(1, Function::police);
    };
    CHECK(left(0, 0.0) < left(200, 0.0));
    CHECK(left(0, 0.8) > left(0, 0.0));
}

TEST_CASE("there is a window for leaving: too early loses gains and loads weak bodies, too late lets them wither", "[capacity]") {
    // Every parameter that shapes the window, at its default and across the plausible range around it.
    const auto capacity =
        GENERATE(Capacity{}, Capacity{.mentoring = 0.4}, Capacity{.crowding = 0.14}, Capacity{.dependence = 0.005},
                 Capacity{.absorption = 0.5}, Capacity{.overload = 0.35}, Capacity{.mentoring = 0.4, .overload = 0.5});
    std::vector<double> left;
    for (int years = 1; years <= 20; ++years) left.push_back(left_behind(capacity, years));
    const auto best = static_cast<std::size_t>(std::max_element(left.begin(), left.end()) - left.begin());
    INFO("best after " << best + 1 << " years: " << left[best] << "; after 1: " << left.front() << ", 20: " << left.back());
    CHECK(best > 0);
    CHECK(best + 1 < left.size());
    CHECK(left[best] > left.front() + 2e-3);
    CHECK(left[best] > left.back() + 2e-3);
}

TEST_CASE("what shapes the window for leaving shifts it as it should", "[capacity]") {
    const double usual = left_behind({}, 10.0);
    CHECK(left_behind({.mentoring = 0.5}, 10.0) > usual);
    CHECK(left_behind({.crowding = 0.2}, 10.0) < usual);
    CHECK(left_behind({.absorption = 1.0}, 10.0) > usual);
    CHECK(left_behind({.overload = 1.6}, 10.0) < usual);
    CHECK(left_behind({.dependence = 0.006}, 2.0) < left_behind({}, 2.0));  // sooner dependent
    CHECK(left_behind({.army_from_patrols = 1.0}, 10.0) == usual);
}
