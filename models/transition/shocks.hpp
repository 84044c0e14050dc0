#pragma once

#include <cstddef>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Scheduled and random shocks: votes, epidemics, export prices, coups, mutinies, outside pressure on consent. What a scenario
/// dates happens on its date, what it gives a rate happens by chance, and lasts as long as it says.
///
/// Tension of a vote rises in a straight line over `lead` weeks to its stakes, then fades with a half-life; several sources of
/// tension combine as 1 - prod(1 - t). Elections as a scheduled test with a window of tension: Collier, Hoeffler and Soderbom
/// (2008) find no systematic effect on war, so tension acts on mob violence and consent, and only weakly on armed groups. A shock
/// that has no date begins with probability 1 - exp(-per_year dt) in a step in which it is not on.
struct Shocks {
    double lead_weeks = 12.0;
    double half_life_weeks = 4.0;
    double coup_consent = 0.3;
    std::vector<VoteInput> votes;
    std::vector<PulseInput> epidemics;
    std::vector<PulseInput> prices;
    std::vector<ShockInput> shocks;

    static constexpr std::string_view name = "shocks";
    static constexpr auto reads = sim::columns(country::contest);
    static constexpr auto writes = sim::columns(country::tension, country::epidemic, country::commodity, country::coup_attempts,
                                                country::coup_strength, country::consent_shock, shock::level, shock::weeks_left);
    static constexpr auto streams = sim::streams({"shocks"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("lead", &Shocks::lead_weeks, "weeks", sim::between(0.5, 104.0),
                       "time before a vote over which tension rises",
                       sim::source("assumed: a campaign of about three months", sim::Grade::D), sim::raises("tension")),
        sim::parameter("half_life", &Shocks::half_life_weeks, "weeks", sim::between(0.1, 104.0),
                       "half-life of tension after a vote",
                       sim::source("assumed; Smidt et al. 2021: spikes within the month", sim::Grade::C), sim::raises("tension")),
        sim::parameter("coup_consent", &Shocks::coup_consent, "1", sim::between(0.0, 1.0),
                       "host consent that a coup attempt of full size costs",
                       sim::source("Mali 2020-23: relations with the mission soured after coups; size judged", sim::Grade::C),
                       sim::lowers("consent_host")));

    void step(sim::View<Shocks> state, const sim::Step& now) const;
    /// Tension on a day that is `weeks_after` after a vote (negative: before it).
    [[nodiscard]] double tension_of(const VoteInput& vote, double weeks_after) const;

  private:
    /// Begins and ends shocks; logs those that begin.
    void advance(sim::View<Shocks> state, const sim::Step& now) const;
    /// Sum of the levels of all shocks of a kind that are on.
    [[nodiscard]] double level_of(sim::View<Shocks> state, std::string_view kind) const;
};

}  // namespace drawdown
