#include "models/transition/ledger.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "models/transition/capacity.hpp"
#include "models/transition/consent.hpp"
#include "models/transition/death_books.hpp"
#include "models/transition/peace_process.hpp"
#include "models/transition/politics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

using namespace drawdown;
using Catch::Matchers::WithinAbs;

namespace {

constexpr std::array booked = {Stock::consent,    Stock::implementation, Stock::capacity,
                               Stock::legitimacy, Stock::temptation,     Stock::services};
constexpr std::array attitudes = {Stock::grievance, Stock::trust_state, Stock::trust_mission};

double amount(sim::State& state, Stock stock, LedgerCause cause) {
    return state.of(ledger::amount)[static_cast<std::size_t>(stock) * ledger_cause_count + static_cast<std::size_t>(cause)];
}

double booked_sum(sim::State& state, Stock stock) { return Ledger(state.of(ledger::amount), stock).sum(); }

/// Mean of services over the people who were there in the step.
double mean_services(sim::State& state, const std::vector<std::int64_t>& people) {
    double sum = 0.0;
    double everybody = 0.0;
    for (std::size_t r = 0; r < people.size(); ++r) {
        sum += static_cast<double>(people[r]) * state.of(region::services)[r];
        everybody += static_cast<double>(people[r]);
    }
    return sum / everybody;
}

/// Mean of a region's column over people or adults, as they are now.
template <class Column, class Weight>
double mean_over(sim::State& state, const Column& column, const Weight& weight) {
    double sum = 0.0;
    double all = 0.0;
    for (std::size_t r = 0; r < state.of(column).size(); ++r) {
        sum += static_cast<double>(state.of(weight)[r]) * state.of(column)[r];
        all += static_cast<double>(state.of(weight)[r]);
    }
    return sum / all;
}

/// Sum of the sizes of all that is booked to a stock.
double gross(sim::State& state, Stock stock) {
    double sum = 0.0;
    for (int c = 0; c < ledger_cause_count; ++c) sum += std::abs(amount(state, stock, static_cast<LedgerCause>(c)));
    return sum;
}

/// Mean of capacity over functions and the people who were there in the step.
double mean_capacity(sim::State& state, const std::vector<std::int64_t>& people) {
    double sum = 0.0;
    double everybody = 0.0;
    for (std::size_t r = 0; r < people.size(); ++r)
        for (std::size_t f = 0; f < function_count; ++f) {
            sum += static_cast<double>(people[r]) * state.of(region_function::capacity)[r * function_count + f];
            everybody += static_cast<double>(people[r]);
        }
    return sum / everybody;
}

}  // namespace

TEST_CASE("a page of the ledger sums to its stock, and what is booked fades as told", "[ledger]") {
    std::vector<double> amounts(static_cast<std::size_t>(stock_count) * ledger_cause_count, 0.0);
    const auto of = [&](LedgerCause cause) {
        return amounts[static_cast<std::size_t>(Stock::capacity) * ledger_cause_count + static_cast<std::size_t>(cause)];
    };
    Ledger page(amounts, Stock::capacity);
    page.open(0.5);
    REQUIRE(of(LedgerCause::start) == 0.5);
    page.fade(0.75);
    page.add(LedgerCause::mentoring, 0.25);
    page.close(0.5);  // 0.125 less than the books say
    REQUIRE(of(LedgerCause::start) == 0.375);
    REQUIRE(of(LedgerCause::mentoring) == 0.25);
    REQUIRE(of(LedgerCause::limits) == -0.125);
    REQUIRE(page.sum() == 0.5);

    page.open(0.625, LedgerCause::movements);  // the start is booked once
    page.fade(0.5);
    page.close(0.3125);
    REQUIRE(of(LedgerCause::movements) == 0.0625);
    REQUIRE(of(LedgerCause::start) == 0.1875);
    REQUIRE(of(LedgerCause::mentoring) == 0.125);
    REQUIRE(page.sum() == 0.3125);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const bool own = i / ledger_cause_count == static_cast<std::size_t>(Stock::capacity);
        REQUIRE((own || amounts[i] == 0.0));
    }
}

TEST_CASE("every cause and every stock has a name of its own and words for people", "[ledger]") {
    const auto distinct = [](std::span<const std::string_view> words) {
        std::vector<std::string_view> sorted(words.begin(), words.end());
        std::sort(sorted.begin(), sorted.end());
        return !sorted.front().empty() && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
    };
    REQUIRE(distinct(ledger_cause_names()));
    REQUIRE(distinct(ledger_cause_titles()));
    REQUIRE(distinct(stock_titles()));
}

TEST_CASE("after every week of a stressed country the causes sum to the stocks", "[ledger]") {
    test::SmallCountry country = test::stressed_country();
    const TransitionExperiment experiment = country.experiment();
    test::Run run(experiment);
    std::vector<std::int64_t> people;
    const auto remember = [&](sim::State& state) {
        const auto now = state.of(region::population);
        people.assign(now.begin(), now.end());
    };
    remember(run.state());
    std::array<bool, ledger_cause_count> seen{};
    double worst = 0.0;
    double greatest_limit = 0.0;
    while (!run.finished()) {
        run.step();
        sim::State& state = run.state();
        const auto gap = [&](Stock stock, double value) { worst = std::max(worst, std::abs(booked_sum(state, stock) - value)); };
        gap(Stock::consent, state.of(country::consent)[0]);
        gap(Stock::implementation, state.of(country::implementation)[0]);
        gap(Stock::legitimacy, state.of(country::legitimacy)[0]);
        gap(Stock::capacity, mean_capacity(state, people));
        gap(Stock::services, mean_services(state, people));
        remember(state);
        for (const Stock stock : booked)
            for (int c = 0; c < ledger_cause_count; ++c)
                if (amount(state, stock, static_cast<LedgerCause>(c)) != 0.0) seen[static_cast<std::size_t>(c)] = true;
        for (const Stock stock : {Stock::implementation, Stock::capacity, Stock::temptation})
            greatest_limit = std::max(greatest_limit, std::abs(amount(state, stock, LedgerCause::limits)));
    }
    REQUIRE(worst < 1e-12);
    // The integrals over a step are exact and nothing meets a bound, so that nothing is left without a cause but rounding.
    REQUIRE(greatest_limit < 1e-9);
    REQUIRE(std::count(seen.begin(), seen.end(), true) > 30);
}

TEST_CASE("causes of grievance and trust sum to their means, and those who move leave next to nothing to book in peace",
          "[ledger]") {
    // Nobody flees, dies or is born, so that all that moves the means has a cause of its own; a sample of all persons.
    test::SmallCountry country = test::quiet_country();
    country.steps = 104;
    country.persons_per_agent = 10;
    country.sets = {"demography.fertility=0",  "demography.background_mortality=0",
                    "demography.senescence=0", "demography.infant_mortality=0",
                    "privation.excess=0",      "politics.rate=0"};
    country.tables += "[vote.first]\ndate = 2020-06-01\nstakes = 0.8\n";
    const TransitionExperiment experiment = country.experiment();
    test::Run run(experiment);
    run.to_end([&](sim::State& state, const sim::Step&) {
        REQUIRE_THAT(booked_sum(state, Stock::grievance), WithinAbs(mean_over(state, region::grievance, region::adults), 1e-12));
        REQUIRE_THAT(booked_sum(state, Stock::trust_state),
                     WithinAbs(mean_over(state, region::trust_state, region::adults), 1e-12));
        REQUIRE_THAT(booked_sum(state, Stock::trust_mission),
                     WithinAbs(mean_over(state, region::trust_mission, region::adults), 1e-12));
    });
    for (const Stock stock : attitudes) {
        INFO(static_cast<int>(stock));
        CHECK(std::abs(amount(run.state(), stock, LedgerCause::movements)) < 0.01 * gross(run.state(), stock));
    }
    CHECK(amount(run.state(), Stock::grievance, LedgerCause::hardship) > 0.0);
    CHECK(amount(run.state(), Stock::trust_state, LedgerCause::services) > 0.0);
}

TEST_CASE("in a war, too, the causes of grievance and trust are told but for a few hundredths", "[ledger]") {
    const TransitionExperiment experiment = test::stressed_country().experiment();
    test::Run run(experiment);
    run.to_end();
    for (const Stock stock : attitudes) {
        INFO(static_cast<int>(stock));
        CHECK(std::abs(amount(run.state(), stock, LedgerCause::movements)) < 0.05 * gross(run.state(), stock));
    }
}

TEST_CASE("state control is booked to distance, capacity and ground that groups hold", "[ledger]") {
    const TransitionExperiment experiment = test::stressed_country().experiment();
    test::Run run(experiment);
    std::vector<std::int64_t> people;
    while (!run.finished()) {
        const auto now = run.state().of(region::population);
        people.assign(now.begin(), now.end());
        run.step();
        double sum = 0.0;
        double all = 0.0;
        for (std::size_t r = 0; r < people.size(); ++r) {
            sum += static_cast<double>(people[r]) * run.state().of(region::state_control)[r];
            all += static_cast<double>(people[r]);
        }
        REQUIRE_THAT(booked_sum(run.state(), Stock::state_control), WithinAbs(sum / all, 1e-9));
    }
    CHECK(amount(run.state(), Stock::state_control, LedgerCause::armed_groups) < 0.0);
    CHECK(amount(run.state(), Stock::state_control, LedgerCause::geography) > 0.0);
}

TEST_CASE("what drives violence adds up to all deaths by kind", "[ledger]") {
    const TransitionExperiment experiment = test::stressed_country().experiment();
    test::Run run(experiment);
    std::array<double, violence_count> dead{};
    run.to_end([&](sim::State& state, const sim::Step&) {
        for (std::size_t i = 0; i < state.of(region_violence::deaths).size(); ++i)
            dead[i % violence_count] += state.of(region_violence::deaths)[i];
    });
    const auto of = [&](std::initializer_list<Violence> kinds) {
        double sum = 0.0;
        for (const Violence kind : kinds) sum += dead[static_cast<std::size_t>(kind)];
        return sum;
    };
    CHECK_THAT(booked_sum(run.state(), Stock::battle_deaths),
               WithinAbs(of({Violence::state_based, Violence::between_groups, Violence::against_aid}), 1e-6));
    CHECK_THAT(booked_sum(run.state(), Stock::one_sided_deaths),
               WithinAbs(of({Violence::one_sided_group, Violence::one_sided_state}), 1e-6));
    CHECK_THAT(booked_sum(run.state(), Stock::communal_deaths), WithinAbs(of({Violence::communal}), 1e-6));
    CHECK_THAT(booked_sum(run.state(), Stock::mob_deaths), WithinAbs(of({Violence::mob}), 1e-6));
    CHECK(of({Violence::mob}) > 0.0);
    // A vote makes the country tense, so that tension carries deaths.
    CHECK(amount(run.state(), Stock::mob_deaths, LedgerCause::tension) > 0.0);
}

TEST_CASE("deaths under the drivers of the start have no cause but the start and chance", "[ledger]") {
    test::Tiny tiny({.regions = 1}, DeathBooks{});
    tiny[region::population][0] = 100'000;
    tiny[region_violence::deaths][test::row(Violence::mob)] = 6;
    tiny.run();
    CHECK_THAT(amount(tiny.state(), Stock::mob_deaths, LedgerCause::baseline), WithinAbs(6.0, 1e-12));
    // Tension that doubles the rate: 6 dead would have been 3, and the 3 more are tension's.
    tiny[country::tension][0] = 1.0 / ViolenceEvents().tension_effect;
    tiny.run();
    CHECK_THAT(amount(tiny.state(), Stock::mob_deaths, LedgerCause::baseline), WithinAbs(9.0, 1e-9));
    CHECK_THAT(amount(tiny.state(), Stock::mob_deaths, LedgerCause::tension), WithinAbs(3.0, 1e-9));
}

TEST_CASE("what the state does to civilians beside a region that a mission left is booked to its withdrawal", "[ledger]") {
    DeathBooks books;
    books.law.spill = 0.5;
    auto geography = std::make_shared<Geography>();
    geography->neighbours = {{{1, 100.0, 50.0}}, {{0, 100.0, 50.0}}};
    books.geography = geography;
    test::Tiny tiny({.regions = 2}, books);
    test::fill(tiny[region::population], 100'000);
    test::fill(tiny[region::abuse], 0.5);
    tiny.run();
    tiny[region::emptied][1] = 1.0;
    tiny[region_violence::deaths][test::row(Violence::one_sided_state)] = 10;
    tiny.run();
    const double without = 10.0 * std::exp(-0.5);
    CHECK_THAT(amount(tiny.state(), Stock::one_sided_deaths, LedgerCause::baseline), WithinAbs(without, 1e-9));
    CHECK_THAT(amount(tiny.state(), Stock::one_sided_deaths, LedgerCause::withdrawal), WithinAbs(10.0 - without, 1e-9));
}

TEST_CASE("the temptation of groups is booked as their mean", "[ledger]") {
    test::SmallCountry country = test::stressed_country();
    const TransitionExperiment experiment = country.experiment();
    test::Run run(experiment);
    while (!run.finished()) {
        run.step();
        sim::State& state = run.state();
        double sum = 0.0;
        double living = 0.0;
        bool guaranteed = false;  // a mission guarantees the agreement to those who signed it
        for (std::size_t g = 0; g < state.of(group::alive).size(); ++g) {
            if (state.of(group::alive)[g] == 0) continue;
            sum += state.of(group::temptation)[g];
            living += 1.0;
            guaranteed = guaranteed || state.of(group::signatory)[g] != 0;
        }
        REQUIRE(living > 0.0);
        REQUIRE_THAT(booked_sum(state, Stock::temptation), WithinAbs(sum / living, 1e-12));
        if (guaranteed) REQUIRE(amount(state, Stock::temptation, LedgerCause::mission_presence) < 0.0);
    }
}

TEST_CASE("a cause that is switched off carries nothing", "[ledger]") {
    test::SmallCountry country = test::stressed_country();
    country.steps = 30;
    const auto at_end = [&](Stock stock, LedgerCause cause) {
        const TransitionExperiment experiment = country.experiment();
        test::Run run(experiment);
        run.to_end();
        return amount(run.state(), stock, cause);
    };
    struct Case {
        const char* off;
        Stock stock;
        LedgerCause cause;
    };
    const Case c = GENERATE(Case{"consent.dialogue=0", Stock::consent, LedgerCause::dialogue},
                            Case{"consent.size=0", Stock::consent, LedgerCause::sovereignty},
                            Case{"peace_process.push=0", Stock::implementation, LedgerCause::process_support},
                            Case{"capacity.crowding=0", Stock::capacity, LedgerCause::dependency},
                            Case{"politics.trust_weight=0", Stock::legitimacy, LedgerCause::trust},
                            Case{"delivery.donor_services=0", Stock::services, LedgerCause::donors},
                            Case{"group_decision.cost=0", Stock::temptation, LedgerCause::state_forces});
    CAPTURE(c.off);
    REQUIRE(at_end(c.stock, c.cause) != 0.0);
    country.sets.emplace_back(c.off);
    REQUIRE(at_end(c.stock, c.cause) == 0.0);
}

TEST_CASE("what consent owes to its start fades with its recovery, and the regime takes its place", "[ledger]") {
    Consent process;
    process.recovery = 0.05;
    process.shock_sd = 0.0;
    process.fatigue = 0.0;
    test::Tiny<Consent> tiny({}, process);
    tiny[country::mission_open][0] = 1;
    tiny[country::consent][0] = 0.5;
    tiny[country::inclusiveness][0] = 0.2;
    tiny.run(10);
    const double kept = std::pow(1.0 - 0.05, 10);
    const double level = process.natural + process.inclusive * 0.2;
    REQUIRE_THAT(amount(tiny.state(), Stock::consent, LedgerCause::start), WithinAbs(0.5 * kept, 1e-14));
    REQUIRE_THAT(amount(tiny.state(), Stock::consent, LedgerCause::government), WithinAbs(level * (1.0 - kept), 1e-14));
    REQUIRE_THAT(amount(tiny.state(), Stock::consent, LedgerCause::limits), WithinAbs(0.0, 1e-14));
}
