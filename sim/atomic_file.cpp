#include "sim/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "sim/errors.hpp"

namespace sim {
namespace {

static_assert(std::endian::native == std::endian::little, "the seal and the checksum are those of little-endian machines");

/// A file's name cannot be had, in contrast to its bytes not finding room.
bool is_about_the_name(int error) {
    constexpr std::array errors{ENOENT, EACCES, EPERM, EROFS, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG, ETXTBSY, EEXIST, ENXIO};
    return std::find(errors.begin(), errors.end(), error) != errors.end();
}

std::string reason(const char* what, int error) { return fmt::format("{}: {}", what, std::strerror(error)); }

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// The path with links followed, or itself where they lead nowhere.
std::string resolved(const std::string& path) {
    std::error_code ignored;
    const auto target = std::filesystem::canonical(path, ignored);
    return ignored ? path : target.string();
}

using SealWords = std::array<std::uint64_t, 4>;  // mark, version, length, checksum
static_assert(sizeof(SealWords) == seal_size);
constexpr std::uint64_t seal_mark = 0x6C6165732D6D6973U;  // "sim-seal" in a file
constexpr std::uint64_t seal_version = 1;

/// Owns a descriptor that is only read from.
struct Descriptor {
    int number;
    explicit Descriptor(int opened) : number(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

/// Fills `into` from the file; false if it ends early.
bool read_fully(int descriptor, std::span<std::byte> into, const std::string& path) {
    while (!into.empty()) {
        const ssize_t got = ::read(descriptor, into.data(), into.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw FileError(FileError::Kind::cannot_read, path, std::strerror(errno));
        if (got == 0) return false;
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

}  // namespace

FileCalls FileCalls::system() {
    return {.write = [](int descriptor, const void* bytes, std::size_t count) { return ::write(descriptor, bytes, count); },
            .sync = [](int descriptor) { return ::fsync(descriptor); },
            .close = [](int descriptor) { return ::close(descriptor); },
            .rename = [](const char* from, const char* to) { return std::rename(from, to); }};
}

AtomicFile::AtomicFile(std::string path, FileCalls calls)
    : path_(std::move(path)), target_(resolved(path_)), calls_(std::move(calls)) {
    struct stat found {};
    const bool exists = ::stat(target_.c_str(), &found) == 0;
    if (exists && S_ISDIR(found.st_mode)) throw FileError(FileError::Kind::cannot_create, path_, "it is a folder");
    if (exists && !S_ISREG(found.st_mode)) {  // renaming onto /dev/null would replace the device for everyone
        descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor_ < 0) fail("open", errno);
        return;
    }
    // Several tasks on several machines may write the same file: the name must be free, not only likely to be.
    const std::string base = std::filesystem::path(target_).filename().string().substr(0, 100);
    for (int attempt = 0; descriptor_ < 0; ++attempt) {
        temporary_ = fmt::format("{}/.{}.{}.{}.part", folder_of(target_), base, ::getpid(), attempt);
        descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ < 0 && (errno != EEXIST || attempt == 1000)) {
            const int error = errno;
            temporary_.clear();  // it is not ours to remove
            fail("open a file in its folder", error);
        }
    }
}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::fail(const char* what, int error) const {
    throw FileError(is_about_the_name(error) ? FileError::Kind::cannot_create : FileError::Kind::cannot_write, path_,
                    reason(what, error));
}

void AtomicFile::sync(int descriptor, const char* what) const {
    while (calls_.sync(descriptor) != 0) {
        if (errno == EINVAL || errno == ENOTSUP) return;  // a pipe, or a file system that does not sync folders
        if (errno != EINTR) throw FileError(FileError::Kind::cannot_write, path_, reason(what, errno));
    }
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    constexpr std::size_t most_per_call = std::size_t{1} << 30U;  // Linux writes at most 2 GiB a call
    while (!bytes.empty()) {
        const ssize_t written = calls_.write(descriptor_, bytes.data(), std::min(bytes.size(), most_per_call));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw FileError(FileError::Kind::cannot_write, path_, reason("write", errno));
        if (written == 0) throw FileError(FileError::Kind::cannot_write, path_, "write: nothing is taken any more");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::commit() {
    sync(descriptor_, "sync");
    const int closing = std::exchange(descriptor_, -1);
    if (calls_.close(closing) != 0 && errno != EINTR) {  // after EINTR Linux has closed it all the same
        throw FileError(FileError::Kind::cannot_write, path_, reason("close", errno));
    }
    if (temporary_.empty()) return;
    if (calls_.rename(temporary_.c_str(), target_.c_str()) != 0) fail("rename", errno);
    temporary_.clear();
    const Descriptor folder(::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number < 0) {
        if (errno == EACCES) return;  // a folder one may write in but not list cannot be synced
        throw FileError(FileError::Kind::cannot_write, path_, reason("open its folder", errno));
    }
    sync(folder.number, "sync its folder");
}

void write_atomically(const std::string& path, std::span<const std::byte> bytes, const FileCalls& calls) {
    AtomicFile file(path, calls);
    file.write(bytes);
    file.commit();
}

void Checksum::add(std::span<const std::byte> bytes) {
    const auto mixed = [](std::uint64_t state, const std::byte* from, std::size_t count) {
        std::uint64_t word = 0;
        std::memcpy(&word, from, count);
        state = (state ^ word) * 0xD6E8FEB86659FD93U;  // odd, so that the product can be undone
        return state ^ (state >> 32U);
    };
    std::uint64_t state = state_;
    std::size_t at = 0;
    for (; at + sizeof state <= bytes.size(); at += sizeof state) state = mixed(state, bytes.data() + at, sizeof state);
    if (at < bytes.size()) state = mixed(state, bytes.data() + at, bytes.size() - at);
    state_ = state;
}

void append_seal(std::vector<std::byte>& bytes) {
    Checksum checksum;
    checksum.add(bytes);
    const SealWords words{seal_mark, seal_version, bytes.size(), checksum.value()};
    const auto seal = std::as_bytes(std::span(words));
    bytes.insert(bytes.end(), seal.begin(), seal.end());
}

Seal check_seal(const std::string& path) {
    const auto refuse = [&](const std::string& why) { throw FileError(FileError::Kind::cannot_read, path, why); };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a pipe must not hold us up
    if (file.number < 0) refuse(std::strerror(errno));
    struct stat found {};
    if (::fstat(file.number, &found) != 0) refuse(std::strerror(errno));
    if (!S_ISREG(found.st_mode)) refuse("it is not a regular file");
    const auto size = static_cast<std::size_t>(found.st_size);
    if (size < seal_size) return Seal::absent;

    SealWords words{};
    const std::size_t length = size - seal_size;
    if (::lseek(file.number, static_cast<off_t>(length), SEEK_SET) < 0) refuse(std::strerror(errno));
    if (!read_fully(file.number, std::as_writable_bytes(std::span(words)), path)) refuse("it shrinks while it is read");
    if (words[0] != seal_mark) return Seal::absent;
    if (words[1] != seal_version || words[2] != length) refuse("it is damaged: its seal tells of another length or version");

    if (::lseek(file.number, 0, SEEK_SET) < 0) refuse(std::strerror(errno));
    Checksum checksum;
    std::vector<std::byte> block(std::size_t{1} << 20U);
    for (std::size_t at = 0; at < length; at += block.size()) {
        const std::span part(block.data(), std::min(block.size(), length - at));
        if (!read_fully(file.number, part, path)) refuse("it shrinks while it is read");
        checksum.add(part);
    }
    if (checksum.value() != words[3]) refuse("it is damaged: its bytes are not those that were written");
    return Seal::intact;
}

void write_atomically(const std::string& path, std::string_view text) { write_atomically(path, std::as_bytes(std::span(text))); }

}  // namespace sim
