#include "models/transition/government.hpp"

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
    }
    /// After enough weeks for control to settle.
    Delivered& settle() {
        tiny.run(400);
        return *this;
    }
    double services() { return tiny[region::services][0]; }
    double security() { return tiny[region::security_level][0]; }
    double control() { return tiny[region::state_control][0]; }
    double abuse() { return tiny[region::abuse][0]; }
};

}  // namespace

TEST_CASE("mentoring and budget build capacity, neglect and crowding out wear it down", "[government]") {
    const Capacity capacity;
    const double alone = capacity.rate_of_change(0.4, 0.0, 0.5, 0.0);
    CHECK(capacity.rate_of_change(0.4, 1.0, 0.5, 0.0) > alone);
    CHECK(capacity.rate_of_change(0.4, 0.0, 1.0, 0.0) > alone);
    CHECK(capacity.rate_of_change(0.4, 0.0, 0.5, 1.0) < alone);
    CHECK(capacity.rate_of_change(0.4, 0.0, 0.0, 0.0) < 0.0);
    CHECK(capacity.rate_of_change(0.4, 0.0, 2.0, 0.0) ==
          capacity.rate_of_change(0.4, 0.0, 1.0, 0.0));         // more money than needed builds nothing
    CHECK(capacity.rate_of_change(0.9, 1.0, 1.0, 0.0) < 0.0);   // nothing grows at the ceiling
    CHECK(capacity.rate_of_change(0.0, 1.0, 0.0, 0.0) == 0.0);  // nothing comes of nothing
    const Capacity corrupt{.corruption = 1.0};
    CHECK(corrupt.rate_of_change(0.4, 0.0, 1.0, 0.0) == corrupt.rate_of_change(0.4, 0.0, 0.0, 0.0));
}

TEST_CASE("capacity is stepped by its rate; a mission that does the work crowds it out, mentors make up for it", "[government]") {
    const Capacity capacity;
    const auto police_after = [&](double policing, double mentoring) {
        test::Tiny tiny({.regions = 1}, capacity);
        test::fill(tiny[region_function::capacity], 0.4);
        tiny[country::budget_adequacy][0] = 0.8;
        tiny[region_activity::coverage][row(Activity::policing)] = policing;
        tiny[region_activity::coverage][row(Activity::mentoring)] = mentoring;
        tiny.run();
        CHECK(tiny[region_function::substitution][row(Function::police)] == policing);
        return tiny[region_function::capacity][row(Function::police)];
    };
    CHECK_THAT(police_after(0.5, 0.7), WithinAbs(0.4 + capacity.rate_of_change(0.4, 0.7, 0.8, 0.5) * 7.0 / 365.2425, 1e-15));
    CHECK(police_after(1.0, 0.0) < police_after(0.0, 0.0));
    CHECK(police_after(0.0, 1.0) > police_after(0.0, 0.0));
}

TEST_CASE("services need capacity, money, control and health; who pays gets the credit", "[government]") {
    const double usual = Delivered().settle().services();
    const auto with = [](const auto& change) {
        Delivered place;
        change(place.tiny);
        return place.settle().services();
    };
    CHECK(with([](auto& t) { t[country::budget_adequacy][0] = 0.3; }) < usual);
    CHECK(with([](auto& t) { t[region_function::capacity][row(Function::services)] = 0.2; }) < usual);
    CHECK(with([](auto& t) { t[country::epidemic][0] = 1.0; }) < usual);
    CHECK(with([](auto& t) { t[region_group::control][0] = 0.8; }) < usual);
    CHECK(with([](auto& t) { t[country::attention][0] = 1.0; }) > usual);
    Delivered aided;
    aided.tiny[region_activity::coverage][row(Activity::quick_impact)] = 1.0;
    aided.settle();
    CHECK(aided.services() > usual);
    CHECK_THAT(aided.services() * aided.tiny[region::mission_share][0], WithinAbs(Delivery{}.programme_services, 1e-12));
    CHECK(Delivered().settle().tiny[region::mission_share][0] == 0.0);
}

TEST_CASE("the state controls what it can reach and armed groups do not hold", "[government]") {
    Delivered remote;
    remote.tiny[region::remoteness][0] = 1.0;
    const double far = remote.settle().control();
    CHECK(far < 1.0);
    remote.tiny[region_group::control][0] = 0.5;
    CHECK_THAT(remote.settle().control(), WithinAbs(0.5 * far, 1e-4));
    remote.tiny[region_group::control][0] = 1.0;
    CHECK_THAT(remote.settle().control(), WithinAbs(0.0, 1e-4));
}

TEST_CASE("patrols and police make life safer, violence and tension less safe", "[government]") {
    const double usual = Delivered().settle().security();
    const auto with = [](const auto& change) {
        Delivered place;
        change(place.tiny);
        return place.settle().security();
    };
    CHECK(with([](auto& t) { t[region_activity::coverage][row(Activity::patrol)] = 0.5; }) > usual);
    CHECK(with([](auto& t) { t[region_activity::coverage][row(Activity::policing)] = 0.5; }) > usual);
    CHECK(with([](auto& t) { t[region_function::capacity][row(Function::police)] = 0.8; }) > usual);
    CHECK(with([](auto& t) { t[region::exposure][0] = 2.0; }) < usual);
    CHECK(with([](auto& t) { t[country::tension][0] = 1.0; }) < usual);
}

TEST_CASE("forces abuse more where a group fights, less where there is justice or somebody looks", "[government]") {
    const double usual = Delivered().settle().abuse();
    const auto with = [](const auto& change) {
        Delivered place;
        change(place.tiny);
        return place.settle().abuse();
    };
    CHECK(with([](auto& t) { t[region_function::capacity][row(Function::justice)] = 0.8; }) < usual);
    CHECK(with([](auto& t) { t[region_activity::coverage][row(Activity::dialogue)] = 1.0; }) < usual);
    const auto held_by = [&](Posture posture) {
        return with([&](auto& t) {
            t[region_group::control][0] = 0.5;
            t[group::posture][0] = static_cast<std::uint8_t>(posture);
        });
    };
    CHECK(held_by(Posture::fight) > usual);
    CHECK(held_by(Posture::harass) == usual);
}

TEST_CASE("legitimacy follows trust and delivery, inclusion what is implemented and never falls", "[government]") {
    test::Tiny tiny({.regions = 2, .identities = 2}, Legitimacy{});
    tiny[region::adults][0] = 3000;
    tiny[region::adults][1] = 1000;
    tiny[region::trust_state][0] = 0.8;
    tiny[region::trust_state][1] = 0.4;
    test::fill(tiny[region::services], 0.5);
    tiny[country::implementation][0] = 0.6;
    tiny[identity::inclusion][0] = 0.2;
    tiny[identity::inclusion][1] = 0.9;
    tiny.run(5000);
    CHECK_THAT(tiny[country::legitimacy][0], WithinAbs(0.7 * 0.7 + 0.3 * 0.5, 1e-9));  // mean trust is 0.7
    CHECK_THAT(tiny[identity::inclusion][0], WithinAbs(0.6, 1e-4));
    CHECK(tiny[identity::inclusion][1] == 0.9);
}
