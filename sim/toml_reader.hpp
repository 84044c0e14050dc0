#pragma once
// TOML text to nodes. The only place that knows toml++.

#include <optional>
#include <string>
#include <string_view>

#include "sim/errors.hpp"
#include "sim/node.hpp"

namespace sim {

/// Deepest nesting of tables and arrays, and most parts of a dotted key, that are read.
inline constexpr int max_nesting = 32;
/// Most values in one file.
inline constexpr int max_values = 200'000;

/// The root table of a TOML document whose places bear the file name `shown`. Refuses what is not TOML 1.0, texts beyond the
/// limits of InputLimits, `max_nesting` and `max_values`, and times of day; numbers must be finite. Nothing comes back when the
/// text cannot be parsed; other findings leave out the value that they are about.
[[nodiscard]] std::optional<Node> parse_toml(std::string_view text, const std::string& shown, Diagnostics& diagnostics);

/// The root table made by one setting "table.key=value" of a command line. The value is TOML; what is not TOML and does not begin
/// like a quoted text, list or table is taken as a text ("18 months"). All places are "--set table.key=value".
[[nodiscard]] std::optional<Node> parse_setting(const std::string& setting, Diagnostics& diagnostics);

}  // namespace sim
