#include "models/transition/delivery.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// One region that the state holds, with middling capacity and a full budget, in peace.
struct Delivered {
    test::Tiny<Delivery> tiny;

    explicit Delivered(const Delivery& delivery = {}) : tiny({.regions = 1}, delivery) {
        test::fill(tiny[region_function::capacity], 0.4);
        tiny[region::state_control][0] = 1.0;
        tiny[country::budget_adequacy][0] = 1.0;
        tiny[country::legitimacy][0] = 0.5;
        tiny[country::complicity][0] = 0.3;
        tiny[country::support_to_forces][0] = 1.0;
        tiny[country::mission_open][0] = 1;
    }
    /// After enough weeks for control and conduct to settle.
    Delivered& settle() {
        tiny.run(400);
        return *this;
    }
    double services() { return tiny[region::services][0]; }
    double security() { return tiny[region::security_level][0]; }
    double control() { return tiny[region::state_control][0]; }
    double abuse() { return tiny[region::abuse][0]; }
};

/// What `look` sees once a change has settled.
template <class Look, class Change>
double settled(Look look, const Change& change, const Delivery& delivery = {}) {
    Delivered place(delivery);
    change(place.tiny);
    return (place.settle().*look)();
}

const auto nothing = [](auto&) {};

}  // namespace

TEST_CASE("services need capacity, money, control, legitimacy and health", "[delivery]") {
    const double usual = settled(&Delivered::services, nothing);
    const auto with = [](const auto& change) { return settled(&Delivered::services, change); };
    CHECK(with([](auto& t) { t[country::budget_adequacy][0] = 0.3; }) < usual);
    CHECK(with([](auto& t) { t[region_function::capacity][row(Function::services)] = 0.2; }) < usual);
    CHECK(with([](auto& t) { t[country::epidemic][0] = 1.0; }) < usual);
    CHECK(with([](auto& t) { t[country::legitimacy][0] = 0.2; }) < usual);
    CHECK(with([](auto& t) { t[region_group::control][0] = 0.8; }) < usual);
    CHECK(with([](auto& t) { t[country::attention][0] = 1.0; }) > usual);
    const auto followed_up = [&](double support) {
        return with([support](auto& t) {
            t[country::attention][0] = 0.5;
            t[country::pledged][0] = 1e6;
            t[country::economic_support][0] = support;
        });
    };
    CHECK_THAT(followed_up(5e5) - followed_up(0.0), WithinAbs(0.5 * Delivery{}.donor_services * 0.5, 1e-9));
    CHECK(settled(&Delivered::services, nothing, {.compliance_lost = 0.5}) < usual);
    CHECK(with([](auto& t) { t[country::host_programmes][0] = 0.4; }) > usual);
}

TEST_CASE("who pays gets the credit: the mission for its programmes, the state for what it has taken over", "[delivery]") {
    Delivered aided;
    aided.tiny[region_activity::coverage][row(Activity::quick_impact)] = 0.8;
    aided.settle();
    CHECK_THAT(aided.services() * aided.tiny[region::mission_share][0], WithinAbs(0.8 * Delivery{}.programme_services, 1e-12));
    Delivered handed_over;
    handed_over.tiny[region_activity::successor][row(Activity::quick_impact)] = 0.8;
    handed_over.settle();
    CHECK_THAT(handed_over.services(), WithinAbs(aided.services(), 1e-12));
    CHECK(handed_over.tiny[region::mission_share][0] == 0.0);
    Delivered both;  // side by side they reach more, not twice as much
    both.tiny[region_activity::coverage][row(Activity::quick_impact)] = 0.8;
    both.tiny[region_activity::successor][row(Activity::quick_impact)] = 0.5;
    both.settle();
    CHECK_THAT(both.services() - Delivered().settle().services(), WithinAbs(0.9 * Delivery{}.programme_services, 1e-12));
    CHECK_THAT(both.services() * both.tiny[region::mission_share][0], WithinAbs(0.8 * Delivery{}.programme_services, 1e-12));
    CHECK(Delivered().settle().tiny[region::mission_share][0] == 0.0);
}

TEST_CASE("the state controls what it can reach and armed groups do not hold", "[delivery]") {
    Delivered remote;
    remote.tiny[region::remoteness][0] = 1.0;
    const double far = remote.settle().control();
    CHECK(far < 1.0);
    remote.tiny[region_group::control][0] = 0.5;
    CHECK_THAT(remote.settle().control(), WithinAbs(0.5 * far, 1e-4));
    remote.tiny[region_group::control][0] = 1.0;
    CHECK_THAT(remote.settle().control(), WithinAbs(0.0, 1e-4));
}

TEST_CASE("state control follows who is present: officials who are paid and obeyed, forces, and those who open the roads",
          "[delivery]") {
    const auto far = [](const auto& change) {
        return settled(&Delivered::control, [&](auto& t) {
            t[region::remoteness][0] = 1.0;
            t[region::population][0] = 100'000;
            t[region::security][0] = 100;
            change(t);
        });
    };
    const Delivery d;
    const double usual = far(nothing);
    const double works = 1.0 - d.compliance_lost * 0.5;
    const double forces = 1.0 - std::exp(-std::log(3.0) * 0.9 / d.forces_reference);
    CHECK_THAT(usual, WithinAbs(1.0 - d.reach_lost_to_remoteness * (1.0 - 0.4 * works) * (1.0 - forces), 1e-4));
    CHECK(far([](auto& t) { t[region::security][0] = 300; }) > usual);
    CHECK(far([](auto& t) { t[country::budget_adequacy][0] = 0.3; }) < usual);
    CHECK(far([](auto& t) { t[country::legitimacy][0] = 0.2; }) < usual);
    CHECK(far([](auto& t) { t[region_function::capacity][row(Function::police)] = 0.8; }) > usual);
    const double patrolled = far([](auto& t) { t[region_activity::coverage][row(Activity::patrol)] = 0.5; });
    CHECK_THAT(1.0 - patrolled, WithinAbs((1.0 - usual) * (1.0 - 0.5 * d.order_by_mission), 1e-4));
    CHECK_THAT(far([](auto& t) { t[region_activity::successor][row(Activity::policing)] = 0.5; }), WithinAbs(patrolled, 1e-9));
}

TEST_CASE("patrols and police make life safer, be they the mission's or a successor's; violence and tension less safe",
          "[delivery]") {
    const double usual = settled(&Delivered::security, nothing);
    const auto with = [](const auto& change) { return settled(&Delivered::security, change); };
    const double patrolled = with([](auto& t) { t[region_activity::coverage][row(Activity::patrol)] = 0.5; });
    CHECK(patrolled > usual);
    CHECK_THAT(with([](auto& t) { t[region_activity::successor][row(Activity::patrol)] = 0.5; }), WithinAbs(patrolled, 1e-12));
    CHECK(with([](auto& t) { t[region_activity::coverage][row(Activity::policing)] = 0.5; }) > usual);
    CHECK(with([](auto& t) { t[region_function::capacity][row(Function::police)] = 0.8; }) > usual);
    CHECK(with([](auto& t) { t[region::exposure][0] = 2.0; }) < usual);
    CHECK(with([](auto& t) { t[country::tension][0] = 1.0; }) < usual);
}

TEST_CASE("forces abuse by the law: less where there is justice, monitors, reform and conditions", "[delivery]") {
    const Delivery d;
    const double usual = settled(&Delivered::abuse, nothing);
    CHECK_THAT(usual, WithinAbs(d.base_abuse * 0.6 * (1.0 + d.abuse_by_complicity * 0.3), 1e-6));
    const auto ratio = [&](const auto& change) { return settled(&Delivered::abuse, change) / usual; };
    CHECK_THAT(ratio([](auto& t) { t[region_function::capacity][row(Function::justice)] = 0.8; }), WithinAbs(0.2 / 0.6, 1e-5));
    CHECK_THAT(ratio([](auto& t) { t[country::complicity][0] = 0.8; }), WithinAbs(1.8 / 1.3, 1e-5));
    CHECK_THAT(ratio([](auto& t) { t[region_activity::coverage][row(Activity::human_rights)] = 1.0; }),
               WithinAbs(1.0 - d.monitoring, 1e-5));
    CHECK_THAT(ratio([](auto& t) { t[region_activity::successor][row(Activity::human_rights)] = 1.0; }),
               WithinAbs(1.0 - d.monitoring, 1e-5));
    CHECK_THAT(ratio([](auto& t) { t[region_activity::coverage][row(Activity::security_reform)] = 1.0; }),
               WithinAbs(1.0 - d.reform, 1e-5));
    CHECK_THAT(ratio([](auto& t) { t[country::support_to_forces][0] = 0.4; }), WithinAbs(1.0 - 0.6 * d.conditions, 1e-5));
    CHECK(ratio([](auto& t) { t[region_activity::coverage][row(Activity::dialogue)] = 1.0; }) == 1.0);
    // Who has nothing to give has nothing to withhold.
    CHECK(ratio([](auto& t) {
              t[country::support_to_forces][0] = 0.4;
              t[country::mission_open][0] = 0;
          }) == 1.0);
    const auto held_by = [&](Posture posture) {
        return ratio([&](auto& t) {
            t[region_group::control][0] = 0.5;
            t[group::posture][0] = static_cast<std::uint8_t>(posture);
        });
    };
    CHECK_THAT(held_by(Posture::fight), WithinAbs(1.0 + 0.5 * d.abuse_in_fighting, 1e-5));
    CHECK(held_by(Posture::harass) == 1.0);
}

TEST_CASE("the conduct of forces changes at its own speed", "[delivery]") {
    Delivered place;
    place.tiny.run(10);
    const double rests = Delivered().settle().abuse();
    CHECK_THAT(place.abuse(), WithinAbs(rests * (1.0 - std::exp(-Delivery{}.abuse_rate * 10.0)), 1e-6));
}
