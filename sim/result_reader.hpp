#pragma once
// Reading result files back, distrusting them: a file may be cut, damaged, or made by somebody else.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result_variable.hpp"

namespace sim {

/// What a file tells about one of its variables.
struct StoredVariable {
    std::string name = {};               // "group/name"
    std::vector<std::string> axes = {};  // slowest first
    std::vector<std::size_t> shape = {};
    std::vector<std::size_t> chunk = {};  // empty if stored in one piece
    Type type = Type::float64;
    std::vector<Attribute> attributes = {};  // those that netCDF readers show; other kinds than AttributeValue holds are left out

    /// The text of an attribute, empty if there is none.
    [[nodiscard]] std::string text(std::string_view attribute) const;
};

/// Which files a reader takes: those that this program wrote and nobody touched, or also others without a seal. A seal that
/// does not fit is refused either way.
enum class Accept { sealed, any };

/// Opens a result file for reading.
///
/// Refused, with FileError (cannot_read) naming the path: files that are not regular, not HDF5, cut or damaged; links other
/// than hard ones, objects with several names, external or virtual storage, filters other than shuffle, deflate and
/// Fletcher, element types other than ours, axes without a scale, more than 10,000 objects, eight levels of groups,
/// 32 axes, 1 GiB a chunk or 8 GiB a variable.
class ResultReader {
  public:
    explicit ResultReader(const std::string& path, Accept accept = Accept::sealed);
    ResultReader(ResultReader&&) noexcept;
    ResultReader& operator=(ResultReader&&) noexcept;
    ~ResultReader();

    [[nodiscard]] const std::string& path() const;
    /// In the order in which they were declared.
    [[nodiscard]] const std::vector<Axis>& axes() const;
    /// In the order in which they were added, group by group; coordinates of axes among them.
    [[nodiscard]] const std::vector<StoredVariable>& variables() const;
    /// Global attributes.
    [[nodiscard]] const std::vector<Attribute>& attributes() const;
    [[nodiscard]] bool contains(std::string_view name) const;
    /// Throws FileError if there is none of that name, as all that follow do.
    [[nodiscard]] const StoredVariable& variable(std::string_view name) const;

    /// All values of a numeric variable, slowest axis first, `missing` integers as they stand. Throws FileError if they
    /// are text or cannot be read (a checksum that fails).
    [[nodiscard]] std::vector<double> read_doubles(std::string_view name) const;
    /// A part of them: `count` entries from `offset` on, along each axis.
    [[nodiscard]] std::vector<double> read_doubles(std::string_view name, std::span<const std::size_t> offset,
                                                   std::span<const std::size_t> count) const;
    /// The same for integer variables, exact over all 64 bits.
    [[nodiscard]] std::vector<std::int64_t> read_integers(std::string_view name) const;
    [[nodiscard]] std::vector<std::int64_t> read_integers(std::string_view name, std::span<const std::size_t> offset,
                                                          std::span<const std::size_t> count) const;
    /// All values of a text variable.
    [[nodiscard]] std::vector<std::string> read_texts(std::string_view name) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sim
