#pragma once
// Hints for misspelt names, and how numbers and texts are written in messages and files.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// Least number of single-character insertions, deletions and replacements that turn `a` into `b` (Levenshtein 1966).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `name` was probably meant to be: the nearest within two edits, else one that begins with `name` or that
/// `name` begins with (three characters at least). Empty if none is near. Ties go to the earlier candidate.
[[nodiscard]] std::string closest(std::string_view name, const std::vector<std::string>& candidates);

/// ": did you mean X?" for the closest candidate, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

/// The shortest decimal text that reads back as the same double, in any locale.
[[nodiscard]] std::string number_text(double value);

/// A TOML basic string with its quotes: quotes, backslashes and control characters escaped.
[[nodiscard]] std::string quoted(std::string_view text);

/// A key as it stands in TOML: bare when it may, quoted otherwise.
[[nodiscard]] std::string key_text(std::string_view key);

}  // namespace sim
