#pragma once
// Files that are there whole or not at all, and a seal that shows whether one still is what was written.

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// The system calls that a file goes out through. Tests put failing ones in their place.
struct FileCalls {
    std::function<ssize_t(int, const void*, std::size_t)> write;
    std::function<int(int)> sync;
    std::function<int(int)> close;
    std::function<int(const char*, const char*)> rename;

    /// Those of the operating system.
    [[nodiscard]] static FileCalls system();
};

/// A file under way to `path`. It is written beside its place under a name of its own, and takes its place only in
/// `commit`; until then, whatever was at `path` stays. Without a commit nothing remains. A link is followed; a device
/// or pipe (/dev/stdout) is written directly.
class AtomicFile {
  public:
    /// Throws FileError: cannot_create where the folder is missing or closed to us or `path` is a folder, cannot_write where
    /// the disk is full or broken.
    explicit AtomicFile(std::string path, FileCalls calls = FileCalls::system());
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    /// Appends. Throws FileError (cannot_write).
    void write(std::span<const std::byte> bytes);

    /// Makes the file durable and puts it in its place: sync, close, rename, sync of the folder. Throws FileError.
    void commit();

  private:
    [[noreturn]] void fail(const char* what, int error) const;
    void sync(int descriptor, const char* what) const;

    std::string path_;       // as the user named it, for messages
    std::string target_;     // with links followed
    std::string temporary_;  // empty: written directly
    FileCalls calls_;
    int descriptor_ = -1;
};

/// Writes one whole file: see AtomicFile. Throws FileError.
void write_atomically(const std::string& path, std::span<const std::byte> bytes, const FileCalls& calls = FileCalls::system());
void write_atomically(const std::string& path, std::string_view text);

/// A 64-bit checksum against damage, not against intent. Every step is a bijection, so that a change within one aligned
/// eight-byte word (any single flipped bit) never goes unseen; others do with probability 2^-64.
class Checksum {
  public:
    /// Takes in `bytes`; all calls but the last must bring a multiple of eight.
    void add(std::span<const std::byte> bytes);
    [[nodiscard]] std::uint64_t value() const { return state_; }

  private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

/// Bytes that `append_seal` adds.
inline constexpr std::size_t seal_size = 32;

/// Appends length and checksum of `bytes`. HDF5 and netCDF readers ignore what follows the end they know of.
void append_seal(std::vector<std::byte>& bytes);

/// What `check_seal` found at the end of a file.
enum class Seal { intact, absent };

/// Reads the file once. Throws FileError (cannot_read) if `path` is not a readable regular file, or if it bears a seal that
/// does not fit: then it was cut, extended or changed.
[[nodiscard]] Seal check_seal(const std::string& path);

}  // namespace sim
