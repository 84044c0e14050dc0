#pragma once
// Names of kinds, as scenario files, result files and tables spell them.

#include <span>
#include <string_view>

#include "models/transition/columns/kinds.hpp"

namespace drawdown {

[[nodiscard]] std::span<const std::string_view> component_names();
[[nodiscard]] std::span<const std::string_view> activity_names();
[[nodiscard]] std::span<const std::string_view> function_names();
[[nodiscard]] std::span<const std::string_view> violence_names();
[[nodiscard]] std::span<const std::string_view> spoiler_names();
[[nodiscard]] std::span<const std::string_view> provision_names();
[[nodiscard]] std::span<const std::string_view> fund_names();
[[nodiscard]] std::span<const std::string_view> stock_names();
[[nodiscard]] std::span<const std::string_view> cohort_names();

}  // namespace drawdown
