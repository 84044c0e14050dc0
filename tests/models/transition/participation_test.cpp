#include "models/transition/participation.hpp"

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// One safe region of 10,000 without programmes.
struct Society {
    test::Tiny<Participation> tiny;

    explicit Society(const Participation& process = {}) : tiny({.regions = 1}, process) {
        tiny[region::adults][0] = 5000;
        tiny[region::population][0] = 10'000;
        tiny[region::security_level][0] = 1.0;
        tiny[region::women_participation][0] = 0.3;
        tiny[region::youth_participation][0] = 0.3;
        tiny[country::women_in_process][0] = 0.15;
        tiny[country::youth_in_process][0] = 0.1;
        tiny[identity::inclusion][0] = 0.4;
        tiny[identity::participation][0] = 0.4;
    }
    template <class Set>
    Society(const Participation& process, const Set& set) : Society(process) {
        set(tiny);
    }
    double women(int weeks = 20) {
        tiny.run(weeks);
        return tiny[region::women_participation][0];
    }
    double youth(int weeks = 20) {
        tiny.run(weeks);
        return tiny[region::youth_participation][0];
    }
};

template <class Set>
Society with(const Set& set, const Participation& process = {}) {
    return Society(process, set);
}

}  // namespace

TEST_CASE("programmes, projects, civil society and open government raise participation", "[participation]") {
    const double women = Society().women();
    const double youth = Society().youth();
    const auto raised = [&](const auto& set) {
        CHECK(with(set).women() > women);
        CHECK(with(set).youth() > youth);
    };
    raised([](auto& t) { t[region_activity::reach][row(Activity::participation)] = 0.5; });
    raised([](auto& t) { t[region_activity::reach][row(Activity::quick_impact)] = 0.5; });
    raised([](auto& t) { t[region::civil_society][0] = 0.5; });
    raised([](auto& t) { t[country::inclusiveness][0] = 0.5; });
    CHECK(with([](auto& t) { t[region::youth_jobs][0] = 0.5; }).youth() > youth);
    CHECK(with([](auto& t) { t[region::youth_jobs][0] = 0.5; }).women() == women);
}

TEST_CASE("insecurity lowers participation, sexual violence that of women", "[participation]") {
    const double women = Society().women();
    const double youth = Society().youth();
    const auto unsafe = [](auto& t) { t[region::security_level][0] = 0.2; };
    CHECK(with(unsafe).women() < women);
    CHECK(with(unsafe).youth() < youth);
    const auto abused = [](auto& t) { t[region::sexual_violence][0] = 3; };
    CHECK(with(abused).women() < women);
    CHECK(with(abused).youth() == youth);
}

TEST_CASE("at least a share of projects is for women's empowerment", "[participation]") {
    const auto built = [](auto& t) { t[region_activity::reach][row(Activity::quick_impact)] = 1.0; };
    Participation none;
    none.women_projects = 0.0;
    CHECK(with(built, none).women() == Society().women());
    Participation half;
    half.women_projects = 0.5;
    CHECK(with(built, half).women() > with(built).women());
    CHECK(with(built, half).youth() < with(built).youth());
}

TEST_CASE("participation comes to up / (up + down), at the same speed for any step", "[participation]") {
    const Participation p;
    const auto advised = [](auto& t) { t[region_activity::reach][row(Activity::participation)] = 1.0; };
    Society society = with(advised);
    CHECK_THAT(society.women(5000), WithinAbs(p.programmes / (p.programmes + p.custom), 1e-9));
    Society halves = with(advised);
    halves.tiny.run(40, 0.5);
    CHECK_THAT(halves.tiny[region::women_participation][0], WithinAbs(with(advised).women(20), 1e-12));
}

TEST_CASE("the mission's push brings women, youth and identity groups into the process; it goes when the mission does",
          "[participation]") {
    Participation still;  // participation in the region stays
    still.custom = still.insecurity = 0.0;
    Society society(still);
    society.tiny[country::process_support][0] = 1.0;
    society.tiny[region_activity::reach][row(Activity::participation)] = 0.0;
    society.tiny.run(300);
    const double women = society.tiny[country::women_in_process][0];
    CHECK(women > 0.25);
    CHECK(society.tiny[country::youth_in_process][0] > 0.15);
    CHECK(society.tiny[identity::participation][0] > 0.5);
    society.tiny[country::process_support][0] = 0.0;
    society.tiny.run(1000);
    // What the country carries by itself stays: half of participation in the regions.
    CHECK_THAT(society.tiny[country::women_in_process][0], WithinAbs(0.15, 1e-4));
    CHECK_THAT(society.tiny[country::youth_in_process][0], WithinAbs(0.15, 1e-4));
    CHECK_THAT(society.tiny[identity::participation][0], WithinAbs(0.4, 1e-4));
    society.tiny[region::women_participation][0] = 0.8;
    society.tiny.run(1000);
    CHECK_THAT(society.tiny[country::women_in_process][0], WithinAbs(0.4, 1e-4));
}
