#pragma once
// Result files: HDF5 that is also netCDF-4 with the CF conventions. A file is put together in memory and goes to disk
// whole and sealed; the same calls give the same bytes, in any process and at any time.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/atomic_file.hpp"
#include "sim/result_variable.hpp"

namespace sim {

/// Puts a result file together in memory. Misuse (an axis that was not declared, a value count that does not fit, a
/// missing unit) throws std::invalid_argument; HDF5 failing, which can only be for memory, h5::Error, a std::runtime_error.
class ResultWriter {
  public:
    ResultWriter();
    ResultWriter(ResultWriter&&) noexcept;
    ResultWriter& operator=(ResultWriter&&) noexcept;
    ~ResultWriter();

    /// Declares an axis of at least one entry. It gets coordinates if a numeric variable of its name stands on it alone.
    void axis(const std::string& name, std::size_t size);
    /// Declares an axis that grows with what is written; it may stay empty. It can only be a variable's first.
    void unlimited_axis(const std::string& name);

    /// Adds a variable, with its values if it brings them.
    void variable(const Variable& variable);
    /// Fills a part of a variable: `count` entries from `offset` on, along each axis. No entry may be written twice.
    void write_slab(const std::string& name, std::span<const std::size_t> offset, std::span<const std::size_t> count,
                    const Values& values);
    /// Stores a long text line by line, along an axis of its own called like the variable, with "_line" after it.
    void text(const std::string& name, std::string_view text, const std::string& long_name);
    /// Adds a global attribute, of less than 60 kB. `Conventions` is there already.
    void attribute(const std::string& name, const AttributeValue& value);

    /// Closes the file and hands out its bytes, sealed. Nothing can be added afterwards. Entries that were never written
    /// are NaN or `missing`; where there is neither (text, plain integers), std::invalid_argument is thrown.
    [[nodiscard]] std::vector<std::byte> finish();
    /// Finishes, and puts the file at `path`: whole, or not at all. Throws FileError.
    void write(const std::string& path, const FileCalls& calls = FileCalls::system());

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sim
