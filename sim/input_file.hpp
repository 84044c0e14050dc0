#pragma once
// Reading input files with care: only regular files of a bounded size, and from inside a file only paths that stay in its folder.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/errors.hpp"

namespace sim {

/// Bounds on an input file, checked before anything is parsed.
struct InputLimits {
    std::size_t bytes = std::size_t{4} << 20;
    std::size_t line_bytes = std::size_t{64} << 10;
};

/// The whole text of the file at `path`, without a UTF-8 byte order mark. A file beyond the limits is a finding (and nothing
/// comes back). Throws FileError if there is no such file, it cannot be read, or it is a folder, device, pipe or socket.
[[nodiscard]] std::optional<std::string> read_input(const std::string& path, Diagnostics& diagnostics, InputLimits limits = {});

/// The same checks of length for a text that does not come from a file. True if it is within the limits.
bool check_limits(std::string_view text, const std::string& shown, Diagnostics& diagnostics, InputLimits limits = {});

/// Path of the file that `named` means where it is written inside the file `holder`: relative to the holder's folder. It must not
/// be absolute, must stay inside the folder `bounds`, pass no symbolic link below `bounds`, and be a regular file; otherwise a
/// finding at `place`, and nothing comes back.
[[nodiscard]] std::optional<std::string> resolve_input(const std::string& named, const std::string& holder,
                                                       const std::string& bounds, const Place& place, Diagnostics& diagnostics);

/// Folder part of a path: "." for a bare file name.
[[nodiscard]] std::string folder_of(const std::string& path);

/// True if the folder `inner` is `outer` or lies below it, links resolved.
[[nodiscard]] bool lies_within(const std::string& inner, const std::string& outer);

}  // namespace sim
