#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/strategy.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What is left behind: economic support, political oversight, a security guarantee by a force over the horizon.
///
/// It begins in the first week without a mission, and each part ends after its years. The guarantee counts from its announcement,
/// since parties who decide today ask what will hold after the exit (Walter 1997):
///     guarantee = credibility · force / (force + half) · exp(-response / delay) · min(1, time left / horizon),
/// its time left being all its years until it begins.
struct FollowOnPresence {
    double half = 400.0;
    double delay_weeks = 8.0;
    double horizon_weeks = 52.0;
    Strategy strategy;

    static constexpr std::string_view name = "follow_on_presence";
    static constexpr auto reads = sim::columns(country::mission_open, country::weeks_since_exit);
    static constexpr auto writes =
        sim::columns(country::guarantee_after, country::economic_support, country::political_oversight, country::follow_on_weeks);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("half", &FollowOnPresence::half, "persons", sim::between(1.0, 1e6),
                                       "force that gives half of the guarantee that a boundless one would",
                                       sim::source("assumed", sim::Grade::D), sim::lowers("guarantee_after")),
                        sim::parameter("delay", &FollowOnPresence::delay_weeks, "weeks", sim::between(0.1, 520.0),
                                       "response time at which 37 % of the guarantee of a force on the spot is left",
                                       sim::source("assumed: a crisis is decided within some weeks", sim::Grade::D),
                                       sim::raises("guarantee_after")),
                        sim::parameter("horizon", &FollowOnPresence::horizon_weeks, "weeks", sim::between(1.0, 520.0),
                                       "how far the parties look ahead: a guarantee that ends sooner is worth less",
                                       sim::source("assumed: a year", sim::Grade::D), sim::lowers("guarantee_after")));

    void step(sim::View<FollowOnPresence> state, const sim::Step& now) const;
    /// Guarantee [0, 1] of a force, with `weeks_left` >= 0 of it to come.
    [[nodiscard]] double guarantee(const FollowOnPlan& plan, double weeks_left) const;
};

}  // namespace drawdown
