#include "models/cli/output_place.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <cerrno>
#include <cstring>

#include "sim/errors.hpp"

namespace drawdown {

namespace fs = std::filesystem;

std::vector<fs::path> prepare_place(const std::string& path) {
    std::vector<fs::path> made;
    const fs::path folder = fs::path(path).parent_path();
    std::error_code error;
    for (fs::path part = folder; !part.empty() && !fs::exists(part, error); part = part.parent_path()) made.push_back(part);
    if (!made.empty() && !fs::create_directories(folder, error) && error)
        throw sim::FileError(sim::FileError::Kind::cannot_create, folder.string(), error.message());
    if (fs::is_directory(path, error))
        throw sim::FileError(sim::FileError::Kind::cannot_create, path, "it is a folder; name a file in it");
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return made;  // a device takes what it takes
    const std::string trial = path + fmt::format(".{}.trial", getpid());
    const int file = open(trial.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw sim::FileError(sim::FileError::Kind::cannot_create, path, std::strerror(errno));
    close(file);
    unlink(trial.c_str());
    return made;
}

}  // namespace drawdown
