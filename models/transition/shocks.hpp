#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Scheduled shocks: votes, epidemics, export prices, instability next door. What a scenario dates happens on its date.
///
/// Tension of a vote rises in a straight line over `lead` weeks to its stakes, then fades with a half-life; several votes combine
/// as 1 - prod(1 - t). Elections as a scheduled test with a window of tension: Collier, Hoeffler and Soderbom (2008) find no
/// systematic effect on war, so tension acts on mob violence and consent, and only weakly on armed groups.
struct Shocks {
    double lead_weeks = 12.0;
    double half_life_weeks = 4.0;
    std::vector<VoteInput> votes;
    std::vector<PulseInput> epidemics;
    std::vector<SpilloverInput> spillovers;
    std::vector<PulseInput> prices;
    std::vector<std::vector<std::string>> neighbours_abroad;  ///< by region

    static constexpr std::string_view name = "shocks";
    static constexpr auto writes =
        sim::columns(country::tension, country::epidemic, country::commodity, country::spillover, region::spillover);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("lead", &Shocks::lead_weeks, "weeks", sim::between(0.5, 104.0),
                       "time before a vote over which tension rises",
                       sim::source("assumed: a campaign of about three months", sim::Grade::D), sim::raises("tension")),
        sim::parameter(
            "half_life", &Shocks::half_life_weeks, "weeks", sim::between(0.1, 104.0), "half-life of tension after a vote",
            sim::source("assumed; Smidt et al. 2021: spikes within the month", sim::Grade::C), sim::raises("tension")));

    void step(sim::View<Shocks> state, const sim::Step& now) const;
    /// Tension on a day that is `weeks_after` after a vote (negative: before it).
    [[nodiscard]] double tension_of(const VoteInput& vote, double weeks_after) const;
};

}  // namespace drawdown
