#include "models/transition/civil_society.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// Middling organisations under a free press and an open government, which never represses them.
struct Organisations {
    test::Tiny<CivilSociety> tiny;

    explicit Organisations(const CivilSociety& process = {}) : tiny({.regions = 2}, process) {
        test::fill(tiny[region::civil_society], 0.4);
        test::fill(tiny[region::civil_independence], 0.5);
        tiny[country::press_freedom][0] = 1.0;
        tiny[country::inclusiveness][0] = 1.0;
    }
    template <class Set>
    Organisations(const CivilSociety& process, const Set& set) : Organisations(process) {
        set(tiny);
    }
    double strength(int weeks = 10) {
        tiny.run(weeks);
        return tiny[region::civil_society][0];
    }
    double independence(int weeks = 10) {
        tiny.run(weeks);
        return tiny[region::civil_independence][0];
    }
};

template <class Set>
Organisations organisations(const Set& set) {
    return Organisations(CivilSociety{}, set);
}

/// One region where two identity groups live side by side in one community.
struct Neighbourhood {
    test::Tiny<LocalDialogue> tiny;

    explicit Neighbourhood(double relation = 0.0, LocalDialogue process = {})
        : tiny({.regions = 1, .identities = 2, .communities = {1}}, mixed(process, relation)) {
        tiny[region::population][0] = 1000;
        tiny[community::residents][0] = 1000;
        tiny[region::civil_society][0] = 0.5;
        tiny[region::civil_independence][0] = 0.8;
        test::fill(tiny[identity_pair::relation], relation);
    }
    static LocalDialogue mixed(LocalDialogue process, double relation) {
        process.shares = {{0.6, 0.4}};
        process.relations = {{1.0, relation}, {relation, 1.0}};
        return process;
    }
    double dialogue() { return tiny[community::dialogue][0]; }
    double fear() { return tiny[region::inter_group_fear][0]; }
    double friction() { return tiny[region::friction][0]; }
};

}  // namespace

TEST_CASE("money makes civil society stronger and less independent", "[civil society]") {
    const double strength = Organisations().strength();
    const double independence = Organisations().independence();
    const auto reached = [](auto& t) { test::fill(t[region_activity::reach], 0.8); };
    CHECK(organisations(reached).strength() > strength);
    CHECK(organisations(reached).independence() < independence);
    const auto courted = [](auto& t) { t[country::attention][0] = 1.0; };
    CHECK(organisations(courted).strength() > strength);
    CHECK(organisations(courted).independence() < independence);
    // After the exit it lapses, and wins back its independence.
    Organisations left = organisations(reached);
    const double with_mission = left.strength(500);
    const double bought = left.tiny[region::civil_independence][0];
    test::fill(left.tiny[region_activity::reach], 0.0);
    CHECK(left.strength(500) < with_mission);
    CHECK(left.tiny[region::civil_independence][0] > bought);
}

TEST_CASE("members make it stronger, patronage captures it", "[civil society]") {
    CHECK(organisations([](auto& t) { test::fill(t[region::women_participation], 0.5); }).strength() >
          Organisations().strength());
    CHECK(organisations([](auto& t) { t[country::patronage][0] = 0.8; }).independence() < Organisations().independence());
    CHECK(organisations([](auto& t) { t[country::press_freedom][0] = 0.2; }).independence() < Organisations().independence());
}

TEST_CASE("a closed government represses strong and independent organisations where the press is not free, soldiers more",
          "[civil society]") {
    const auto waves = [](double inclusiveness, double freedom, double strength, double soldiers = 0.0) {
        CivilSociety process;
        process.struck = 0.0;
        process.repression = 0.5;
        Organisations all(process);
        for (int week = 0; week < 400; ++week) {
            all.tiny[country::inclusiveness][0] = inclusiveness;
            all.tiny[country::complicity][0] = 0.8;
            all.tiny[country::military_rule][0] = soldiers;
            all.tiny[country::press_freedom][0] = freedom;
            test::fill(all.tiny[region::civil_society], strength);
            test::fill(all.tiny[region::civil_independence], 1.0);
            all.tiny.run(1);
        }
        int count = 0;
        for (const auto& event : all.tiny.state().events())
            count += event.kind == static_cast<int>(EventKind::civil_society_repressed) ? 1 : 0;
        return count;
    };
    CHECK(waves(1.0, 0.2, 0.8) == 0);
    CHECK(waves(0.2, 1.0, 0.8) == 0);
    CHECK(waves(0.2, 0.2, 0.0) < waves(0.2, 0.2, 0.8));
    CHECK(waves(0.2, 0.2, 0.8) > 20);
    CHECK(waves(0.2, 0.2, 0.8, 0.5) > waves(0.2, 0.2, 0.8));
    CHECK(waves(1.0, 0.2, 0.8, 0.5) > 20);
    CivilSociety harsh;
    harsh.repression = 1.0;
    Organisations struck(harsh);
    struck.tiny[country::inclusiveness][0] = 0.0;
    struck.tiny[country::complicity][0] = 1.0;
    struck.tiny[country::press_freedom][0] = 0.0;
    CHECK(struck.strength(60) < Organisations().strength(60));
}

TEST_CASE("dialogue is built by staff and carried on by civil society, so that part outlives the mission", "[civil society]") {
    Neighbourhood served;
    served.tiny[region_activity::reach][row(Activity::dialogue)] = 1.0;
    served.tiny.run(300);
    const double at_exit = served.dialogue();
    CHECK(at_exit > 0.5);
    served.tiny[region_activity::reach][row(Activity::dialogue)] = 0.0;
    served.tiny.run(520);
    const double kept = served.dialogue();
    CHECK(kept < at_exit);
    CHECK(kept > 0.3);
    // d' = again S I d (1 - d) - fade d comes to rest at 1 - fade / (again S I).
    const LocalDialogue process;
    CHECK_THAT(kept, WithinAbs(1.0 - process.fade / (process.again * 0.4), 0.02));
    Neighbourhood weak;
    weak.tiny[region::civil_society][0] = 0.0;
    weak.tiny[community::dialogue][0] = static_cast<float>(at_exit);
    weak.tiny.run(520);
    CHECK(weak.dialogue() < 0.2 * kept);
}

TEST_CASE("violence breaks dialogue", "[civil society]") {
    Neighbourhood calm;
    calm.tiny[community::dialogue][0] = 0.5F;
    calm.tiny.run(10);
    Neighbourhood torn;
    torn.tiny[community::dialogue][0] = 0.5F;
    torn.tiny[community::violence][0] = 20.0F;
    torn.tiny.run(10);
    CHECK(torn.dialogue() < calm.dialogue());
}

TEST_CASE("dialogue prevents communal violence, warning does where somebody answers it", "[civil society]") {
    LocalDialogue still;
    still.fade = still.again = still.warning_rate = 0.0;
    Neighbourhood bare(0.0, still);
    bare.tiny.run(1);
    CHECK(bare.fear() == 1.0);
    Neighbourhood talking(0.0, still);
    talking.tiny[community::dialogue][0] = 1.0F;
    talking.tiny.run(1);
    CHECK_THAT(talking.fear(), WithinAbs(1.0 - still.prevents, 1e-12));
    Neighbourhood warned(0.0, still);
    warned.tiny[community::early_warning][0] = 1.0F;
    warned.tiny.run(1);
    CHECK(warned.fear() == 1.0);
    warned.tiny[region_activity::reach][row(Activity::patrol)] = 0.5;
    warned.tiny[region_function::capacity][row(Function::police)] = 0.5;
    warned.tiny.run(1);
    CHECK_THAT(warned.fear(), WithinAbs(1.0 - still.answers * 0.75, 1e-12));
}

TEST_CASE("early warning is civil society's and the liaison staff's", "[civil society]") {
    const LocalDialogue process;
    Neighbourhood n;
    n.tiny[region_activity::reach][row(Activity::dialogue)] = 0.6;
    n.tiny.run(500);
    const double target = 1.0 - (1.0 - process.warning_civil * 0.4) * (1.0 - process.warning_staff * 0.6);
    CHECK_THAT(static_cast<double>(n.tiny[community::early_warning][0]), WithinAbs(target, 1e-5));
}

TEST_CASE("relations fall with communal deaths and rumour, heal with dialogue, and come back", "[civil society]") {
    const auto relation = [](const auto& set, int weeks = 20) {
        Neighbourhood n(-0.2);
        set(n.tiny);
        n.tiny.run(weeks);
        CHECK(n.tiny[identity_pair::relation][1] == n.tiny[identity_pair::relation][2]);
        return n.tiny[identity_pair::relation][1];
    };
    const double usual = relation([](auto&) {});
    CHECK_THAT(usual, WithinAbs(-0.2, 1e-9));
    CHECK(relation([](auto& t) { t[region_violence::deaths][row(Violence::communal)] = 1; }) < usual);
    CHECK(relation([](auto& t) { t[community::rumour][0] = 0.5F; }) < usual);
    CHECK(relation([](auto& t) { t[community::dialogue][0] = 0.8F; }) > usual);
    // One death among 1,000 is 100 per 100,000.
    const LocalDialogue process;
    CHECK_THAT(relation([](auto& t) { t[region_violence::deaths][row(Violence::communal)] = 1; }, 1),
               WithinAbs(0.8 * std::exp(-100.0 * process.hurt) - 1.0, 1e-9));
    CHECK(relation([](auto& t) { test::fill(t[identity_pair::relation], -0.9); }, 5000) > -0.21);
}

TEST_CASE("friction is between hostile groups that live together", "[civil society]") {
    const LocalDialogue process;
    const auto friction = [](double relation) {
        Neighbourhood n(relation);
        n.tiny.run(1);
        return n.friction();
    };
    const double together = 2.0 * 0.6 * 0.4;
    CHECK_THAT(friction(0.5), WithinAbs(process.base_friction * together, 1e-9));
    CHECK_THAT(friction(-0.5), WithinAbs((process.base_friction + 0.5) * together, 1e-6));
    CHECK(friction(-1.0) > friction(-0.5));
}
