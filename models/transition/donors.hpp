#pragma once

#include <vector>

#include "models/transition/actor_inputs.hpp"
#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Donors: attention, pledges and what they pay out.
///
/// A donor attends while the mission has at least `large_share` of its full personnel, and for `patience` after that: attention
/// goes to 1 at `rise`. Then it decays with the donor's half-life to its floor: the financial cliff (aid peaks within two years,
/// then falls, EVIDENCE 19). Crises elsewhere come at `diversions` a year for each donor and take `diverted` of what attention is
/// above the floor; a coup attempt takes `coup_suspends` of it from donors who pay through the government. Pledged = pledge x
/// attention; what is paid out follows it with a mean delay of `delay`. A donor pays through the host budget or through the
/// country team.
struct Donors {
    double pledge_musd = 40.0;
    double large_share = 0.25;
    double patience_weeks = 104.0;
    double rise = 0.02;
    double diversions = 0.3;
    double diverted = 0.2;
    double delay_weeks = 26.0;
    double coup_suspends = 0.5;
    double full_personnel = 1.0;  ///< persons; from the strength of the mission at the start
    std::vector<DonorInput> donors{};

    static constexpr std::string_view name = "donors";
    static constexpr auto reads = sim::columns(region_component::strength, country::coup_attempts, country::military_rule);
    static constexpr auto writes =
        sim::columns(donor::attention, donor::patience, donor::disbursed, country::attention, country::pledged);
    static constexpr auto streams = sim::streams({"diversion"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("pledge", &Donors::pledge_musd, "million USD year^-1", sim::between(0.0, 1e5),
                       "voluntary money at full attention of all donors together, where the scenario names none",
                       sim::source("assumed: part of aid that supports the transition", sim::Grade::D),
                       sim::raises("voluntary_cost")),
        sim::parameter("large_share", &Donors::large_share, "1", sim::between(0.0, 1.0),
                       "share of its full personnel below which a mission no longer holds attention",
                       sim::source("assumed", sim::Grade::D), sim::lowers("attention")),
        sim::parameter("patience", &Donors::patience_weeks, "weeks", sim::between(0.0, 1040.0),
                       "time for which attention lasts once the mission has shrunk",
                       sim::source("aid peaks within two years, then falls (EVIDENCE 19)", sim::Grade::B),
                       sim::raises("attention")),
        sim::parameter("rise", &Donors::rise, "week^-1", sim::between(0.0, 1.0),
                       "speed at which attention comes back while a mission is large", sim::source("assumed", sim::Grade::D),
                       sim::raises("attention")),
        sim::parameter("diversions", &Donors::diversions, "year^-1", sim::between(0.0, 52.0),
                       "crises elsewhere that draw a donor away", sim::source("assumed", sim::Grade::D),
                       sim::lowers("attention")),
        sim::parameter("diverted", &Donors::diverted, "1", sim::between(0.0, 1.0),
                       "share of attention above the floor that such a crisis takes", sim::source("assumed", sim::Grade::D),
                       sim::lowers("attention")),
        sim::parameter("delay", &Donors::delay_weeks, "weeks", sim::above(0.0), "mean time from pledge to payment",
                       sim::source("assumed: half a budget year", sim::Grade::D), sim::moves("voluntary_cost")),
        sim::parameter(
            "coup_suspends", &Donors::coup_suspends, "1", sim::between(0.0, 1.0),
            "share of attention above the floor that donors who pay through the government withdraw after a coup attempt",
            sim::source("assumed: aid is suspended until it is clear who governs", sim::Grade::D), sim::lowers("attention")));

    /// Pledge of a donor in USD a week at full attention.
    [[nodiscard]] double pledge_per_week(const DonorInput& donor) const;
    /// Pledges in million USD a year of those who pay through the government, or of those who do not.
    [[nodiscard]] double pledges_musd(bool through_government) const;
    /// State of donors at the start: full attention, pledges paid out in full.
    void begin(sim::State& state, double dt_weeks) const;

    void step(sim::View<Donors> state, const sim::Step& now) const;
};

}  // namespace drawdown
