#pragma once
// HDF5 with handles that close themselves and calls that throw. Only sim/*.cpp includes this: the headers of the
// result file show nothing of HDF5, so that nobody else needs its include path.

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim::h5 {

/// A call to HDF5 that failed: what was tried, and the innermost message of HDF5's own error stack.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Starts the library once: nothing is printed on errors, and no filter plugin is ever loaded from a path.
void start();

/// Throws Error for the HDF5 call that has just failed while doing `what`.
[[noreturn]] void fail(std::string_view what);

/// Passes on what an HDF5 call returned; throws Error if that is negative, which is how all of them report failure.
template <class Result>
Result check(Result result, std::string_view what) {
    if (result < 0) fail(what);
    return result;
}

/// Owns one HDF5 identifier.
class Handle {
  public:
    using Closer = herr_t (*)(hid_t);

    Handle() = default;
    /// Takes `id` over; throws Error if it is not valid.
    Handle(hid_t id, Closer closer, std::string_view what) : id_(check(id, what)), closer_(closer) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(closer_, other.closer_);
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (id_ >= 0) closer_(id_);
    }

    [[nodiscard]] hid_t id() const { return id_; }
    /// Closes now and throws Error if that fails: closing a dataset may still write.
    void close(std::string_view what) {
        if (id_ >= 0) check(closer_(std::exchange(id_, -1)), what);
    }

  private:
    hid_t id_ = -1;
    Closer closer_ = nullptr;
};

/// A property list of the class, e.g. H5P_DATASET_CREATE. Lists that create objects leave out times and keep the order
/// of attributes (and links).
[[nodiscard]] Handle properties(hid_t list_class);

/// A data space of `shape`, scalar if that is empty; `limits` as H5Screate_simple takes them, or empty.
[[nodiscard]] Handle space(std::span<const hsize_t> shape, std::span<const hsize_t> limits = {});

/// Text of exactly `size` bytes (at least 1), padded with NUL; UTF-8 where the text needs it.
[[nodiscard]] Handle fixed_text_type(std::size_t size, bool utf8);

/// UTF-8 text of any length.
[[nodiscard]] Handle text_type();

/// Whether `text` is valid UTF-8 without NUL, which would end it early.
[[nodiscard]] bool is_plain_utf8(std::string_view text);

/// Attaches a fixed-length text attribute, the form that every reader of netCDF understands.
void write_text(hid_t object, const std::string& name, std::string_view text);

/// Attaches `count` numbers of `type` (both in the file and in memory); a scalar attribute if `count` is 0.
void write_numbers(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type, const void* values,
                   std::size_t count);

/// The object's address in the file, which is also what an object reference to it holds.
[[nodiscard]] haddr_t address(hid_t object);

}  // namespace sim::h5
