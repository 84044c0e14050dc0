#pragma once
// A small result with everything that a real one has, and files as bytes.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result_file.hpp"

namespace test {

[[nodiscard]] sim::ResultWriter sample_result();
/// Its variable "level", of which one value is missing.
[[nodiscard]] std::vector<float> sample_levels();

[[nodiscard]] std::vector<std::byte> slurp(const std::string& path);
void spill(const std::string& path, std::span<const std::byte> bytes);
[[nodiscard]] inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

}  // namespace test
