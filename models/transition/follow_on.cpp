#include "models/transition/follow_on.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

/// Weeks from the beginning to the end of the part that lasts longest.
double last_week(const FollowOnPlan& plan) {
    const double economic = plan.economic_musd > 0.0 ? plan.economic_years : 0.0;
    const double political = plan.political > 0.0 ? plan.political_years : 0.0;
    const double security = plan.force > 0.0 ? plan.guarantee_years : 0.0;
    return weeks_a_year * std::max({economic, political, security});
}

}  // namespace

double FollowOnPresence::guarantee(const FollowOnPlan& plan, double weeks_left) const {
    if (plan.force <= 0.0) return 0.0;
    return plan.credibility * plan.force / (plan.force + half) * sim::exp(-plan.response_weeks / delay_weeks) *
           std::min(1.0, weeks_left / horizon_weeks);
}

void FollowOnPresence::step(sim::View<FollowOnPresence> state, const sim::Step& now) const {
    auto& support = state[country::economic_support][0];
    auto& oversight = state[country::political_oversight][0];
    auto& guaranteed = state[country::guarantee_after][0];
    support = oversight = guaranteed = 0.0;
    if (!strategy.follow_on || now.date < strategy.follow_on->announced) return;
    const FollowOnPlan& plan = *strategy.follow_on;
    auto& age = state[country::follow_on_weeks][0];
    const bool begins = age <= 0.0 && state[country::mission_open][0] == 0 && state[country::weeks_since_exit][0] > 0.0;
    if (begins)
        state.log(static_cast<int>(EventKind::followon_begins), -1, -1, plan.force, static_cast<int>(Cause::mission_leaves));
    const bool there = begins || age > 0.0;
    const auto weeks_left = [&](double years) { return std::max(0.0, weeks_a_year * years - age); };
    guaranteed = guarantee(plan, weeks_left(plan.guarantee_years));
    if (!there) return;
    // Of the week in which a part ends the money pays for the days that are left.
    support = 1e6 * plan.economic_musd / weeks_a_year * std::min(now.dt_weeks, weeks_left(plan.economic_years));
    oversight = weeks_left(plan.political_years) > 0.0 ? plan.political : 0.0;
    const double end = last_week(plan);
    const bool ends = age < end && age + now.dt_weeks >= end;
    age += now.dt_weeks;
    if (ends) state.log(static_cast<int>(EventKind::followon_ends), -1, -1, 0.0, static_cast<int>(Cause::schedule));
}

}  // namespace drawdown
