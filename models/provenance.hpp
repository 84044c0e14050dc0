#pragma once

#include <string>

namespace drawdown {

/// Version of the program, such as "0.1.0".
[[nodiscard]] std::string version();
/// Commit it was configured from, "unknown" outside a checkout.
[[nodiscard]] std::string commit();
/// Version of the layout of result files; changes when a reader must.
inline constexpr int result_schema = 1;

}  // namespace drawdown
