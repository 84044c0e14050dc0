#pragma once
// What was known before an exit: one row of a table of exits without names.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/errors.hpp"

namespace drawdown {

/// Why a mission leaves, as far as it changes what the forecast begins with.
enum class Trigger : unsigned char { unknown = 0, planned = 1, host = 2, war = 3, council = 4 };

/// One exit. What is empty in the table is unknown, and drawn by the generic country.
struct ExitRow {
    std::string id;
    double population = 0.0;               ///< persons at the exit
    std::optional<double> income;          ///< GDP per head, constant PPP dollars
    std::optional<double> effectiveness;   ///< WGI government effectiveness, -2.5 to 2.5
    std::optional<double> polyarchy;       ///< V-Dem, 0 to 1
    std::optional<double> peak_uniformed;  ///< persons
    Trigger trigger = Trigger::unknown;
    std::optional<bool> follow_on;          ///< a follow-on presence
    std::optional<double> drawdown_months;  ///< from the first cut to the exit
    std::optional<double> mission_months;   ///< from the start to the exit
    std::optional<double> refugees;         ///< persons abroad in the year of the exit
    std::optional<double> displaced;        ///< persons inside the country
    /// Deaths by organised violence of all types 1-12, 13-24 and 25-60 months before the exit.
    std::array<std::optional<double>, 3> deaths;
    std::vector<std::optional<double>> monthly;  ///< deaths a month, oldest first, at most 60 up to the exit; may be empty
    std::vector<std::string> notes;              ///< what to tell of how the row was read
};

/// Reads a table of exits: columns `id`, `population_m`, and what else is known of `gdppc_rounded`, `wgi_gov_eff`, `polyarchy`,
/// `peak_uniformed`, `trigger`, `follow_on_presence`, `drawdown_months`, `mission_months`, `refugees_from`, `idps`,
/// `deaths_12m_before`, `deaths_13_24m_before`, `deaths_25_60m_before`, `deaths_monthly_60_to_1_before`. Other columns, among
/// them a name, are not read. Findings go to `diagnostics`; throws sim::FileError.
[[nodiscard]] std::vector<ExitRow> read_exits(const std::string& path, sim::Diagnostics& diagnostics);

}  // namespace drawdown
