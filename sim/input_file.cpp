#include "sim/input_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace sim {

namespace {

namespace fs = std::filesystem;

/// An open file descriptor, closed at the end of its scope.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

[[noreturn]] void cannot_read(const std::string& path, const std::string& why) {
    throw FileError(FileError::Kind::cannot_read, path, why);
}

std::string system_message(int error) { return std::generic_category().message(error); }

/// `target` relative to the folder `outer`, or nothing if it is not inside. Both absolute and free of links.
std::optional<fs::path> inside(const fs::path& target, const fs::path& outer) {
    const fs::path relative = target.lexically_relative(outer);
    if (relative.empty() || *relative.begin() == "..") return std::nullopt;
    return relative;
}

/// Why the file `relative` below `root` must not be read, or an empty text.
std::string objection(const fs::path& root, const fs::path& relative) {
    fs::path walked = root;
    fs::file_status status;
    for (const fs::path& part : relative) {
        walked /= part;
        std::error_code error;
        status = fs::symlink_status(walked, error);
        if (status.type() == fs::file_type::not_found) return "there is no such file";
        if (error) return error.message();
        if (status.type() == fs::file_type::symlink) return "it is, or passes through, a symbolic link";
    }
    return status.type() == fs::file_type::regular ? "" : "it is not a regular file";
}

}  // namespace

std::optional<std::string> read_input(const std::string& path, Diagnostics& diagnostics, InputLimits limits) {
    // Without O_NONBLOCK, opening a pipe would wait for a writer before it could be refused.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) cannot_read(path, system_message(errno));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) cannot_read(path, system_message(errno));
    if (!S_ISREG(status.st_mode)) cannot_read(path, "it is not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limits.bytes) {
        diagnostics.add({path, 0, 0}, fmt::format("the file has {} bytes: at most {} are read", size, limits.bytes));
        return std::nullopt;
    }
    std::string text(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::read(file.get(), text.data() + filled, size - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) cannot_read(path, system_message(errno));
        if (got == 0) break;  // cut while we read
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (!check_limits(text, path, diagnostics, limits)) return std::nullopt;
    return text;
}

bool check_limits(std::string_view text, const std::string& shown, Diagnostics& diagnostics, InputLimits limits) {
    if (text.size() > limits.bytes) {
        diagnostics.add({shown, 0, 0}, fmt::format("{} bytes: at most {} are read", text.size(), limits.bytes));
        return false;
    }
    int line = 1;
    for (std::size_t start = 0; start < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (end - start > limits.line_bytes) {
            diagnostics.add({shown, line, 1},
                            fmt::format("the line has {} bytes: at most {} are read", end - start, limits.line_bytes));
            return false;
        }
        start = end + 1;
    }
    return true;
}

std::optional<std::string> resolve_input(const std::string& named, const std::string& holder, const std::string& bounds,
                                         const Place& place, Diagnostics& diagnostics) {
    const auto refuse = [&](const std::string& why) {
        diagnostics.add(place, fmt::format("\"{}\" cannot be used: {}", named, why));
        return std::nullopt;
    };
    if (named.empty() || named.find('\0') != std::string::npos) return refuse("it is not a path");
    if (fs::path(named).is_absolute()) return refuse("an absolute path; name it relative to this file");
    std::error_code error;
    const fs::path root = fs::canonical(bounds, error);
    if (error) return refuse(error.message());
    const fs::path base = fs::canonical(folder_of(holder), error);
    if (error) return refuse(error.message());
    const fs::path target = (base / named).lexically_normal();
    const std::optional<fs::path> relative = inside(target, root);
    if (!relative) return refuse(fmt::format("it leaves the folder {}", bounds));
    const std::string why = objection(root, *relative);
    if (!why.empty()) return refuse(why);
    // The short path reads better in messages; after ".." behind a link it may mean another file.
    const fs::path shown = (fs::path(folder_of(holder)) / named).lexically_normal();
    return fs::equivalent(shown, target, error) && !error ? shown.string() : target.string();
}

std::string folder_of(const std::string& path) {
    const fs::path folder = fs::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

bool lies_within(const std::string& inner, const std::string& outer) {
    std::error_code error;
    const fs::path deep = fs::canonical(inner, error);
    if (error) return false;
    const fs::path wide = fs::canonical(outer, error);
    return !error && inside(deep, wide).has_value();
}

}  // namespace sim
