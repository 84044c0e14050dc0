#include "models/transition/humanitarian.hpp"

#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "models/transition/sites.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// A region of 100,000 with a middling life, full attention of donors.
struct Needy {
    test::Tiny<Relief> tiny;
    explicit Needy(Relief relief = {}) : tiny({.regions = 1}, relief) {
        tiny[region::population][0] = 100'000;
        tiny[region::livelihood][0] = 0.4;
        tiny[region::security_level][0] = 0.6;
        tiny[country::attention][0] = 1.0;
        tiny[region::food_price][0] = 1.0;
    }
    Needy& after(int weeks) {
        tiny.run(weeks);
        return *this;
    }
};

}  // namespace

TEST_CASE("need rests at the sum of its causes", "[humanitarian]") {
    Needy at;
    at.tiny[region::displaced][0] = 20'000;
    at.tiny[country::epidemic][0] = 0.5;
    at.after(400);
    const Relief relief;
    const double dear = at.tiny[region::food_price][0] - 1.0;
    CHECK_THAT(at.tiny[region::need][0], WithinAbs(relief.hardship_need * 0.6 + relief.displaced_need * 0.2 +
                                                       relief.epidemic_need * 0.5 + relief.price_need * dear,
                                                   1e-6));
}

TEST_CASE("access falls with mines, armed groups, insecurity, attacks and blur, and rises with escorts", "[humanitarian]") {
    const auto access = [](const auto& change) {
        Needy at;
        change(at.tiny);
        return at.after(1).tiny[region::access][0];
    };
    const double usual = access([](auto&) {});
    CHECK(access([](auto& t) { t[region::mines][0] = 0.5; }) < usual);
    CHECK(access([](auto& t) { t[region_group::control][0] = 0.5; }) < usual);
    CHECK(access([](auto& t) { t[region::security_level][0] = 0.3; }) < usual);
    CHECK(access([](auto& t) { t[region_violence::events][row(Violence::against_aid)] = 1; }) < usual);
    CHECK(access([](auto& t) { t[region_activity::coverage][row(Activity::quick_impact)] = 1.0; }) < usual);
    CHECK(access([](auto& t) { t[region_activity::reach][row(Activity::escort)] = 1.0; }) > usual);
}

TEST_CASE("aid needs money and access, and groups divert their part", "[humanitarian]") {
    const auto aid = [](double attention, double control) {
        Needy at;
        at.tiny[country::attention][0] = attention;
        at.tiny[region_group::control][0] = control;
        at.after(1);
        return at.tiny[region::aid][0];
    };
    CHECK_THAT(aid(0.5, 0.0), WithinAbs(0.5 * aid(1.0, 0.0), 1e-12));
    const Relief relief;
    CHECK_THAT(aid(1.0, 1.0), WithinAbs(aid(1.0, 0.0) * (1.0 - relief.groups_on_access) * (1.0 - relief.diversion_rate), 1e-12));
}

TEST_CASE("more aid is diverted while food is dear", "[humanitarian]") {
    const auto diverted = [](double price) {
        Needy at;
        at.tiny[region_group::control][0] = 0.5;
        at.tiny[region::food_price][0] = price;
        return at.after(1).tiny[region::diversion][0];
    };
    CHECK_THAT(diverted(1.5), WithinAbs(1.5 * diverted(1.0), 1e-12));
    CHECK(diverted(100.0) == 1.0);
}

TEST_CASE("an attack on a convoy is logged with its dead", "[humanitarian]") {
    Needy at;
    at.tiny[region_violence::events][row(Violence::against_aid)] = 2;
    at.tiny[region_violence::deaths][row(Violence::against_aid)] = 5;
    at.after(1);
    REQUIRE(at.tiny.state().events().size() == 1);
    CHECK(at.tiny.state().events().front().value == 5.0F);
}

TEST_CASE("food is dearer where needs go unmet and where the mission spends", "[humanitarian]") {
    const auto price = [](double attention, std::int64_t spending) {
        Needy at;
        at.tiny[country::attention][0] = attention;
        at.tiny[country::local_spend][0] = spending;
        return at.after(200).tiny[region::food_price][0];
    };
    CHECK(price(0.0, 0) > price(1.0, 0));
    CHECK(price(1.0, 2'000'000) > price(1.0, 0));
}

TEST_CASE("mines are laid where groups hold ground and fight, and cleared by mine action", "[humanitarian]") {
    const auto mines = [](double control, double exposure, double clearance) {
        test::Tiny tiny({.regions = 1}, Mines{});
        tiny[region::mines][0] = 0.2;
        tiny[region_group::control][0] = control;
        tiny[region::exposure][0] = exposure;
        tiny[region_activity::reach][row(Activity::mine_action)] = clearance;
        tiny.run(52);
        return tiny[region::mines][0];
    };
    CHECK(mines(0.0, 50.0, 0.0) == 0.2);
    CHECK(mines(0.5, 0.0, 0.0) == 0.2);  // nobody fights
    CHECK(mines(0.5, 50.0, 0.0) > 0.2);
    CHECK(mines(0.0, 0.0, 1.0) < 0.15);
}

TEST_CASE("mines lie at the start where the war was, however few live there", "[humanitarian]") {
    test::SmallCountry country = test::stressed_country();
    country.regions[0].past_violence = 0.75;
    country.regions[1].past_violence = 0.25;
    country.regions[2].past_violence = country.regions[3].past_violence = 0.0;
    country.regions[0].population = 1000;
    country.tables += "[society]\nmines = 0.1\n";
    const auto experiment = country.experiment();
    test::Run run(experiment);
    const auto mines = run.state().of(region::mines);
    CHECK_THAT(mines[0], WithinAbs(0.3, 1e-12));
    CHECK_THAT(mines[1], WithinAbs(0.1, 1e-12));
    CHECK(mines[2] == 0.0);
}

TEST_CASE("a site opens beside troops under violence, and closes when it is calm and empty", "[humanitarian]") {
    Sites process;
    process.mission.sites = true;
    test::Tiny tiny({.regions = 1}, process);
    tiny[region::population][0] = 100'000;
    tiny[region::exposure][0] = 10.0;
    tiny.run();
    CHECK(tiny[region::site_capacity][0] == 0.0);  // nobody there to guard it
    tiny[region_component::strength][row(Component::military)] = 100.0;
    tiny.run();
    CHECK_THAT(tiny[region::site_capacity][0], WithinAbs(100.0 * Sites().room_per_soldier, 1e-12));
    tiny[region::exposure][0] = 0.0;
    tiny[region::sites][0] = 500;
    tiny.run();
    CHECK(tiny[region::site_capacity][0] > 0.0);  // people are still there
    tiny[region::sites][0] = 0;
    tiny.run();
    CHECK(tiny[region::site_capacity][0] == 0.0);
    CHECK(tiny.state().events().size() == 2);
}

TEST_CASE("a siege is logged when it begins, and again only after a quarter without attack", "[humanitarian]") {
    Sites process;
    process.mission.sites = true;
    test::Tiny tiny({.regions = 1}, process);
    tiny[region::population][0] = 100'000;
    tiny[region::exposure][0] = 10.0;
    tiny[region::sites][0] = 500;
    tiny[region_component::strength][row(Component::military)] = 100.0;
    tiny[region_group::fighters][0] = 300;
    const auto sieges = [&](double attacks, int weeks) {
        tiny[region_group::on_civilians][0] = attacks;
        const std::size_t before = tiny.state().events().size();
        tiny.run(weeks);
        std::size_t count = 0;
        for (std::size_t i = before; i < tiny.state().events().size(); ++i)
            count += tiny.state().events()[i].kind == static_cast<int>(EventKind::site_besieged) ? 1 : 0;
        return count;
    };
    CHECK(sieges(1.0, 30) == 1);
    CHECK(sieges(0.0, 12) == 0);
    CHECK(sieges(1.0, 1) == 0);  // the same siege
    CHECK(sieges(0.0, 13) == 0);
    CHECK(sieges(1.0, 1) == 1);
    tiny[region_component::strength][row(Component::military)] = 0.0;
    CHECK(sieges(1.0, 5) == 0);  // the site is closed
    CHECK(tiny[region::siege_weeks][0] == 0.0);
}

TEST_CASE("camps come under the sway of fighters where nobody patrols", "[humanitarian]") {
    const auto sway = [](std::int64_t fighters, double patrol, std::int64_t displaced) {
        test::Tiny tiny({.regions = 1}, Sites{});
        tiny[region::population][0] = 100'000;
        tiny[region::displaced][0] = displaced;
        tiny[region_group::fighters][0] = fighters;
        tiny[region_activity::reach][row(Activity::patrol)] = patrol;
        tiny.run(200);
        return tiny[region::camp_militarised][0];
    };
    CHECK_THAT(sway(200, 0.0, 5000), WithinAbs(0.5, 1e-3));
    CHECK(sway(200, 0.8, 5000) < 0.2);
    CHECK(sway(200, 0.0, 0) == 0.0);
}

TEST_CASE("the young find work in the economy and in programmes, more where they are heard", "[humanitarian]") {
    const auto jobs = [](double economy, double reach, double heard, double support) {
        test::Tiny tiny({.regions = 1}, YouthJobs{});
        tiny[region::economy][0] = economy;
        tiny[region_activity::reach][row(Activity::participation)] = reach;
        tiny[region::youth_participation][0] = heard;
        tiny[country::economic_support][0] = support;
        tiny.run(1000);
        return tiny[region::youth_jobs][0];
    };
    CHECK_THAT(jobs(1.0, 0.0, 0.0, 0.0), WithinAbs(YouthJobs().base, 1e-6));
    CHECK(jobs(0.7, 0.0, 0.0, 0.0) < YouthJobs().base);
    CHECK(jobs(1.0, 1.0, 0.0, 0.0) > YouthJobs().base);
    CHECK(jobs(1.0, 1.0, 0.5, 0.0) > jobs(1.0, 1.0, 0.0, 0.0));
    CHECK(jobs(1.0, 0.0, 0.0, 1e6) > YouthJobs().base);
}
