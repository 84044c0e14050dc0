#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace drawdown {

/// Makes the folder of `path` and tries a file there, so that a run is not lost for want of a place. Returns the folders it
/// made. Throws sim::FileError.
std::vector<std::filesystem::path> prepare_place(const std::string& path);

}  // namespace drawdown
