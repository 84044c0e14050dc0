#include "models/transition/handover.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using test::row;

constexpr Activity task = Activity::policing;
constexpr auto task_row = static_cast<std::size_t>(task);

HandoverPlan to_ministry() {
    HandoverPlan plan;
    plan.given = true;
    plan.successor = Successor::ministry;
    plan.funding = Funding::host;
    plan.overlap_weeks = 10.0;
    plan.ready_at = 0.3;
    plan.reach = 0.5;
    return plan;
}

/// One region of 1,000 persons under the state, whose mission sees clearly, covers 0.8 of policing and nothing else.
struct Handing {
    test::Tiny<TaskHandover> tiny;

    explicit Handing(
        const HandoverPlan& plan, const std::function<void(TaskHandover&)>& change = [](TaskHandover&) {})
        : tiny({.regions = 1}, process(plan, change)) {
        tiny[region::population][0] = 1000;
        tiny[region::state_control][0] = 1.0;
        tiny[country::sight][0] = 1.0;
        tiny[country::budget_adequacy][0] = 1.0;
        tiny[country::attention][0] = 0.5;
        tiny[country::mission_open][0] = 1;
        test::fill(tiny[region_function::capacity], 0.5);
        mission(0.8);
    }
    static TaskHandover process(const HandoverPlan& plan, const std::function<void(TaskHandover&)>& change) {
        TaskHandover made;
        made.strategy.handovers[task_row] = plan;
        change(made);
        return made;
    }
    void mission(double coverage) { tiny[region_activity::coverage][row(task)] = coverage; }
    [[nodiscard]] Handover stage() { return static_cast<Handover>(tiny[activity::handover][task_row]); }
    [[nodiscard]] double successor() { return tiny[region_activity::successor][row(task)]; }
    [[nodiscard]] int orphans() { return tiny[country::orphaned_tasks][0]; }
    [[nodiscard]] int last_cause() { return tiny.state().events().back().cause; }
    /// Coverage by the successor after 30 weeks with the mission, 30 with half of it and 100 without.
    double in_the_end() {
        tiny.run(30);
        mission(0.4);
        tiny.run(30);
        mission(0.0);
        tiny[country::mission_open][0] = 0;
        tiny.run(100);
        return successor();
    }
};

}  // namespace

TEST_CASE("an undated handover begins when the mission does less, and is complete after the overlap", "[handover]") {
    Handing handing(to_ministry());
    handing.tiny.run(30);
    CHECK(handing.stage() == Handover::mission);
    CHECK(handing.successor() == 0.0);
    handing.mission(0.7);
    handing.tiny.run();
    CHECK(handing.stage() == Handover::overlap);
    handing.tiny.run(9);
    CHECK(handing.stage() == Handover::overlap);
    CHECK(handing.successor() > 0.0);
    handing.tiny.run(2);
    CHECK(handing.stage() == Handover::successor);
    const auto& events = handing.tiny.state().events();
    REQUIRE(events.size() == 2);
    CHECK(events[0].kind == static_cast<int>(EventKind::handover_begins));
    CHECK(events[1].kind == static_cast<int>(EventKind::handover_completed));
    CHECK(events[1].value == static_cast<float>(task_row));
    CHECK(handing.orphans() == 0);
}

TEST_CASE("a dated handover begins on its day, and acts from it on only", "[handover]") {
    HandoverPlan plan = to_ministry();
    plan.has_start = true;
    plan.start = test::moment(20).date;
    Handing handing(plan);
    handing.tiny.run(20);
    CHECK(handing.stage() == Handover::mission);
    CHECK(handing.tiny[activity::readiness][task_row] == 0.0);
    handing.tiny.run();
    CHECK(handing.stage() == Handover::overlap);
}

TEST_CASE("a task whose mission is gone is orphaned without a successor, readiness or funding, each told as cause",
          "[handover]") {
    HandoverPlan plan = to_ministry();
    auto cause = Cause::no_successor;
    double capacity = 0.5;
    double budget = 1.0;
    SECTION("nobody") { plan = HandoverPlan{}; }
    SECTION("not ready") {
        cause = Cause::not_ready;
        capacity = 0.2;
    }
    SECTION("no funding foreseen") {
        cause = Cause::no_funding;
        plan.funding = Funding::none;
    }
    SECTION("no money left") {
        cause = Cause::no_funding;
        budget = 0.2;
    }
    Handing handing(plan);
    test::fill(handing.tiny[region_function::capacity], capacity);
    handing.tiny[country::budget_adequacy][0] = budget;
    handing.tiny.run(60);
    handing.mission(0.0);
    handing.tiny.run(2);
    CHECK(handing.orphans() == 1);  // nobody does it, while the successor is waited for
    handing.tiny.run(104);
    CHECK(handing.stage() == Handover::orphaned);
    CHECK(handing.last_cause() == static_cast<int>(cause));
    CHECK(handing.orphans() == 1);
    // It is orphaned for good: who is ready and paid later does not take it on unless somebody pays for that.
    test::fill(handing.tiny[region_function::capacity], 0.5);
    handing.tiny[country::budget_adequacy][0] = 1.0;
    handing.tiny.run(60);
    CHECK(handing.stage() == Handover::orphaned);
    CHECK(handing.successor() < 0.01);
    handing.tiny[country::economic_support][0] = 1e6;
    handing.tiny.run(60);
    const bool can = cause == Cause::not_ready || budget < 1.0;
    CHECK(handing.stage() == (can ? Handover::successor : Handover::orphaned));
    CHECK((handing.successor() > 0.1) == can);
    if (can) CHECK(handing.last_cause() == static_cast<int>(Cause::donors));
}

TEST_CASE("a successor that is ready soon after the mission has left takes the task, and the handover ends once", "[handover]") {
    Handing handing(to_ministry());
    test::fill(handing.tiny[region_function::capacity], 0.2);
    handing.tiny.run(30);
    handing.mission(0.0);
    handing.tiny.run(50);
    CHECK(handing.stage() == Handover::overlap);
    CHECK(handing.orphans() == 1);
    CHECK(handing.successor() < 0.02);
    test::fill(handing.tiny[region_function::capacity], 0.5);
    handing.tiny.run(40);
    CHECK(handing.stage() == Handover::successor);
    CHECK(handing.orphans() == 0);
    CHECK(handing.successor() > 0.1);
    // A bad year is not the end of it, and nothing is told of it.
    for (int year = 0; year < 4; ++year) {
        handing.tiny[country::budget_adequacy][0] = year % 2 == 0 ? 0.1 : 1.0;
        handing.tiny.run(52);
    }
    CHECK(handing.stage() == Handover::successor);
    CHECK(handing.tiny.state().events().size() == 2);  // begun, completed
}

TEST_CASE("a successor that loses its money or its capacity gives the task up", "[handover]") {
    Handing handing(to_ministry());
    const double before = handing.in_the_end();
    CHECK(before > 0.2);
    SECTION("money") { handing.tiny[country::budget_adequacy][0] = 0.1; }
    SECTION("capacity") { test::fill(handing.tiny[region_function::capacity], 0.1); }
    handing.tiny.run(1040);  // half of the patience and 19 times the mean time after it
    CHECK(handing.stage() == Handover::orphaned);
    CHECK(handing.successor() < 0.1 * before);
}

TEST_CASE("tasks whose money ends on one day are given up one after another", "[handover]") {
    Handing handing(to_ministry(), [](TaskHandover& made) { made.strategy.handovers.fill(to_ministry()); });
    for (std::size_t t = 0; t < activity_count; ++t) handing.tiny[region_activity::coverage][t] = 0.8;
    handing.tiny.run(30);
    test::fill(handing.tiny[region_activity::coverage], 0.0);
    handing.tiny.run(10);
    handing.tiny[country::budget_adequacy][0] = 0.1;
    std::vector<int> weeks;
    for (int week = 0; week < 3000 && weeks.size() < activity_count; ++week) {
        handing.tiny.run();
        const auto stages = handing.tiny[activity::handover];
        const auto lost = std::count(stages.begin(), stages.end(), static_cast<std::uint8_t>(Handover::orphaned));
        while (weeks.size() < static_cast<std::size_t>(lost)) weeks.push_back(week);
    }
    REQUIRE(weeks.size() == activity_count);
    double mean = 0.0;
    for (const int week : weeks) mean += week / static_cast<double>(activity_count);
    const double patience = TaskHandover{}.patience_weeks;
    CHECK_THAT(mean, Catch::Matchers::WithinAbs(patience, 4.0 * 0.5 * patience / std::sqrt(activity_count)));
    CHECK(weeks.front() < weeks.back() - 26);
}

TEST_CASE("a mission that comes back takes an orphaned task up again", "[handover]") {
    Handing handing(HandoverPlan{});
    handing.tiny.run();
    handing.mission(0.0);
    handing.tiny.run();
    CHECK(handing.stage() == Handover::orphaned);
    handing.mission(0.3);
    handing.tiny.run();
    CHECK(handing.stage() == Handover::mission);
    CHECK(handing.orphans() == 0);
}

TEST_CASE("nobody misses a task that the mission never did", "[handover]") {
    Handing handing(HandoverPlan{});
    handing.mission(0.0);
    handing.tiny.run(10);
    CHECK(handing.stage() == Handover::mission);
    CHECK(handing.orphans() == 0);
}

TEST_CASE("what a successor gives grows with reach, capacity, money, control and time side by side", "[handover]") {
    const double usual = Handing(to_ministry()).in_the_end();
    CHECK(usual > 0.0);
    CHECK(usual <= 0.5 * 0.8);
    const auto with = [](const std::function<void(HandoverPlan&)>& plan, const std::function<void(Handing&)>& state) {
        HandoverPlan other = to_ministry();
        plan(other);
        Handing handing(other);
        state(handing);
        return handing.in_the_end();
    };
    const auto same = [](HandoverPlan&) {};
    const auto no_change = [](Handing&) {};
    CHECK(with([](HandoverPlan& p) { p.reach = 0.9; }, no_change) > usual);
    CHECK(with([](HandoverPlan& p) { p.overlap_weeks = 30.0; }, no_change) > usual);
    CHECK(with(same, [](Handing& h) { test::fill(h.tiny[region_function::capacity], 0.35); }) < usual);
    CHECK(with(same, [](Handing& h) { h.tiny[region::state_control][0] = 0.5; }) < usual);
    CHECK(with(same, [](Handing& h) { h.tiny[country::budget_adequacy][0] = 0.6; }) < usual);
    CHECK(with(same, [](Handing& h) { h.tiny[country::exit_disorder][0] = 0.8; }) < usual);
}

TEST_CASE("economic support pays a programme that the mission leaves without money", "[handover]") {
    HandoverPlan plan = to_ministry();
    plan.funding = Funding::programme;
    Handing bare(plan);
    CHECK(bare.in_the_end() < 0.01);
    Handing supported(plan);
    supported.tiny[country::economic_support][0] = 2e6;  // a week
    CHECK(supported.in_the_end() > 0.2);
}

TEST_CASE("economic support makes a country team able that donors have forgotten", "[handover]") {
    HandoverPlan plan = to_ministry();
    plan.successor = Successor::country_team;
    plan.funding = Funding::voluntary;
    plan.ready_at = 0.2;
    const auto kept = [&](double support_usd) {
        Handing handing(plan);
        handing.tiny[country::integration][0] = 1.0;
        handing.tiny[country::attention][0] = 0.1;
        handing.tiny[country::economic_support][0] = support_usd;
        return handing.in_the_end();
    };
    CHECK(kept(0.0) < 0.01);
    CHECK(kept(1e6) > 0.1);
}

TEST_CASE("country team and regional force take on what integration, attention and a guarantee allow", "[handover]") {
    HandoverPlan team = to_ministry();
    team.successor = Successor::country_team;
    team.funding = Funding::voluntary;
    team.ready_at = 0.1;
    Handing apart(team);
    Handing together(team);
    together.tiny[country::integration][0] = 1.0;
    CHECK(together.in_the_end() > apart.in_the_end());
    HandoverPlan force = team;
    force.successor = Successor::regional_force;
    Handing none(force);
    CHECK(none.in_the_end() == 0.0);
    Handing near(force);
    near.tiny[country::guarantee_after][0] = 0.4;
    near.tiny[region::state_control][0] = 0.0;  // where the state is not, a force can be
    CHECK(near.in_the_end() > 0.1);
}

TEST_CASE("each number of a handover moves what comes of it in the direction that it says", "[handover]") {
    HandoverPlan plan = to_ministry();
    const auto with = [&](const std::function<void(TaskHandover&)>& change) {
        Handing handing(plan, change);
        test::fill(handing.tiny[region_function::capacity], 0.4);
        handing.tiny[country::budget_adequacy][0] = 0.8;
        handing.tiny[country::economic_support][0] = 1e5;
        return handing.in_the_end();
    };
    const double usual = with([](TaskHandover&) {});
    CHECK(with([](TaskHandover& p) { p.full_ability = 0.8; }) < usual);
    CHECK(with([](TaskHandover& p) { p.take_up = 0.01; }) < usual);
    CHECK(with([](TaskHandover& p) { p.unlearned = 0.9; }) < usual);
    CHECK(with([](TaskHandover& p) { p.memory_weeks = 52.0; }) < usual);
    CHECK(with([](TaskHandover& p) { p.funded_at = 0.95; }) < usual);
    CHECK(with([](TaskHandover& p) { p.support_half_musd = 300.0; }) < usual);
    plan.overlap_weeks = 100.0;
    const double longer = with([](TaskHandover&) {});
    CHECK(with([](TaskHandover& p) { p.fall = 0.9; }) < longer);  // begins late
}

TEST_CASE("a mission without sight is wrong about readiness; one with sight reads it with a delay", "[handover]") {
    Handing clear(to_ministry());
    clear.tiny.run(5);
    CHECK(clear.tiny[activity::readiness][task_row] < 0.25);
    clear.tiny.run(95);
    CHECK_THAT(clear.tiny[activity::readiness][task_row], Catch::Matchers::WithinAbs(0.5, 1e-4));
    Handing blind(to_ministry());
    blind.tiny[country::sight][0] = 0.0;
    blind.tiny.run(100);
    CHECK(std::abs(blind.tiny[activity::readiness][task_row] - 0.5) > 1e-3);
}

TEST_CASE("tasks that a strategy leaves to nobody are known before a run", "[handover]") {
    StrengthSeries history;
    history.regions = 1;
    history.dates = {test::moment().date, test::moment(100).date};
    history.persons.assign(2 * component_count, 0.0);
    history.persons[0] = 100.0;
    Strategy strategy;
    strategy.handovers[task_row] = to_ministry();
    const auto cause_of = [&](Activity which) {
        const auto orphans = foreseen_orphans(strategy, history);
        const auto found = std::find_if(orphans.begin(), orphans.end(), [&](const ForeseenOrphan& o) {
            return o.task == (which == task ? "policing" : which == Activity::escort ? "escort" : "ddr");
        });
        return found == orphans.end() ? -1 : static_cast<int>(found->cause);
    };
    CHECK(foreseen_orphans(strategy, history).size() == activity_count - 1);
    CHECK(cause_of(task) == -1);
    CHECK(cause_of(Activity::escort) == static_cast<int>(Cause::no_successor));
    strategy.handovers[task_row].funding = Funding::none;
    CHECK(cause_of(task) == static_cast<int>(Cause::no_funding));
    strategy.handovers[task_row] = to_ministry();
    strategy.handovers[task_row].has_start = true;
    strategy.handovers[task_row].start = test::moment(100).date;
    CHECK(cause_of(task) == static_cast<int>(Cause::not_ready));
    strategy.handovers[task_row].start = test::moment(90).date;
    CHECK(cause_of(task) == -1);
}
