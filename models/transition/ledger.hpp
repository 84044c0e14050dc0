#pragma once
// The causal ledger: which cause has brought a stock to where it is.

#include <cstdint>
#include <span>
#include <string_view>

#include "models/transition/columns/kinds.hpp"

namespace drawdown {

/// What a change of a stock is booked to.
enum class LedgerCause : std::uint8_t {
    start,
    government,
    sponsors,
    dialogue,
    good_offices,
    tension,
    sovereignty,
    abuse_reports,
    unmet_expectations,
    misconduct,
    failure_to_protect,
    rumour,
    fatigue,
    chance,
    outside_events,
    ownership,
    process_support,
    participation,
    disputes,
    fading,
    fighting,
    mentoring,
    due_diligence,
    own_budget,
    patronage,
    dependency,
    premature_load,
    movements,
    trust,
    services,
    state_capacity,
    lost_control,
    disobedience,
    epidemic,
    donors,
    programmes,
    successors,
    contested_votes,
    clean_votes,
    coups,
    power,
    grievance,
    spoils,
    demands,
    spillover,
    momentum,
    weariness,
    state_forces,
    pressure,
    mission_presence,
    missing_consent,
    expected_exit,
    later_guarantee,
    inducement,
    agreement,
    inertia,
    limits,
    natural_level,
    neighbours,
    abuse,
    property,
    exclusion,
    hardship,
    victimisation,
    credit_to_mission,
    geography,
    armed_groups,
    baseline,
    fighters,
    mission_police,
    withdrawal,
    people,
    friction
};
inline constexpr int ledger_cause_count = static_cast<int>(LedgerCause::friction) + 1;

[[nodiscard]] std::span<const std::string_view> ledger_cause_names();
/// What a planner calls each cause.
[[nodiscard]] std::span<const std::string_view> ledger_cause_titles();
/// What a planner calls each stock.
[[nodiscard]] std::span<const std::string_view> stock_titles();

/// The page of the ledger for one stock, through one step of the process that moves it:
///
///     open(value before); fade, add as the process goes; close(value after)
///
/// For x' = sum of terms - leak x every term is added to its cause, and what was booked before fades with the leak, so that the
/// amounts sum to the stock after every step, but for rounding. What no cause was booked for, such as the rest where a value
/// meets its bounds, goes to `limits`. Stocks that count the dead have no leak: what is booked to them adds up to all deaths
/// since the start. The idea: JPL Athena's ledger of drivers (Analyst's Guide); the leak and the exact sum are ours.
class Ledger {
  public:
    /// `amounts`: column ledger.amount, stocks x causes.
    Ledger(std::span<double> amounts, Stock stock);

    /// The stock before the step. What differs from the books is what happened between the steps, and goes to `since`; all of it
    /// is the start on an empty page.
    void open(double value, LedgerCause since = LedgerCause::limits);
    /// Leaves a share of all that is booked.
    void fade(double share);
    void add(LedgerCause cause, double change);
    /// The stock after the step.
    void close(double value);
    /// Sum of all that is booked.
    [[nodiscard]] double sum() const;

  private:
    std::span<double> page_;
};

}  // namespace drawdown
