#include "models/transition/sexual_violence.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// Cases among ten million in a week.
template <class Change>
double cases(const Change& change, SexualViolence process = {}) {
    process.rate = 1000.0;
    test::Tiny tiny({.regions = 1}, process);
    tiny[region::population][0] = 10'000'000;
    change(tiny);
    tiny.run();
    return tiny[region::sexual_violence][0];
}

void check_cases(double count, double mean) { CHECK_THAT(count, WithinAbs(mean, 5.0 * std::sqrt(mean))); }

}  // namespace

TEST_CASE("armed men, abuse, camps and violence raise sexual violence; justice and patrols lower it", "[sexual violence]") {
    check_cases(cases([](auto&) {}), 10'000.0);
    const auto menaced = [](Conduct conduct) {
        return cases([&](auto& t) {
            t[region_group::fighters][0] = 10'000;
            t[region_group::conduct][0] = static_cast<std::uint8_t>(conduct);
        });
    };
    check_cases(menaced(Conduct::comply), 10'000.0);
    check_cases(menaced(Conduct::attack), 25'000.0);  // one for 1,000 people: half of three
    check_cases(cases([](auto& t) { t[region::abuse][0] = 0.5; }), 15'000.0);
    check_cases(cases([](auto& t) { t[region::displaced][0] = 1'000'000; }), 13'000.0);
    check_cases(cases([](auto& t) { t[region::exposure][0] = 5.0; }), 15'000.0);
    check_cases(cases([](auto& t) { t[region_function::capacity][row(Function::justice)] = 0.5; }), 8000.0);
    const auto patrolled = [](auto& t) { t[region_activity::reach][row(Activity::patrol)] = 1.0; };
    check_cases(cases(patrolled, {.women_share = 0.0}), 8000.0);
    check_cases(cases(patrolled, {.women_share = 0.5}), 5000.0);
    CHECK(cases([](auto& t) { t[region::population][0] = 0; }) == 0.0);
}
