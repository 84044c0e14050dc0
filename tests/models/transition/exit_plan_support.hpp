#pragma once
// Plans of an exit for tests.

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "models/transition/event_kinds.hpp"
#include "models/transition/exit_plan.hpp"
#include "tests/models/transition/support.hpp"

namespace test {

using namespace drawdown;

inline sim::Date day(int weeks) { return moment().date + 7 * weeks; }

/// A phase of everything and everywhere, from one week to another.
inline Phase phase(int first_week, int last_week, double duration_weeks, double remaining) {
    Phase made;
    made.not_before = day(first_week);
    made.not_after = day(last_week);
    made.duration_weeks = duration_weeks;
    made.remaining = remaining;
    made.takes_component.fill(true);
    made.region_rows = {0, 1};
    return made;
}

/// Two regions with 1,000 of each component for ever, and a strategy that leaves that in week 0.
struct Planned {
    Tiny<ExitPlan> tiny;

    explicit Planned(std::vector<Phase> phases, std::vector<Announcement> announcements = {})
        : tiny({.regions = 2, .benchmarks = 2}, plan(std::move(phases), std::move(announcements))) {
        start_plan(tiny.state());
    }
    static ExitPlan plan(std::vector<Phase> phases, std::vector<Announcement> announcements) {
        auto history = std::make_shared<StrengthSeries>();
        history->dates = {day(0)};
        history->regions = 2;
        history->persons.assign(2 * component_count, 1000.0);
        ExitPlan made;
        made.strategy.leaves_history = true;
        made.strategy.departs = day(0);
        made.strategy.phases = std::move(phases);
        made.strategy.announcements = std::move(announcements);
        made.history = history;
        return made;
    }
    double target(Component c = Component::military, std::size_t region = 0) {
        return tiny[region_component::target][row(c, region)];
    }
    /// Target at the end of week `week` (from 0).
    double target_after(int week) {
        for (; weeks_ <= week; ++weeks_) tiny.run();
        return target();
    }
    int count(EventKind kind) {
        const auto& events = tiny.state().events();
        return static_cast<int>(
            std::count_if(events.begin(), events.end(), [&](const sim::Event& e) { return e.kind == static_cast<int>(kind); }));
    }

  private:
    int weeks_ = 0;
};

}  // namespace test
