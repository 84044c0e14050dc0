#pragma once
// What a result file consists of: axes, variables along them, and what is said about them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sim {

/// A named axis of a result. An unlimited one may grow when values are written; its size is what it has at the moment.
struct Axis {
    std::string name;
    std::size_t size = 0;
    bool unlimited = false;

    friend bool operator==(const Axis&, const Axis&) = default;
};

/// What a variable's values are in the file.
enum class Type : std::uint8_t { int8, int32, int64, float32, float64, text };

/// Bytes that a value takes in memory; for text, those of the reference to it.
[[nodiscard]] std::size_t bytes(Type type);

/// Values for a variable, slowest axis first, or only their type where they come later, by `write_slab`. The values are
/// looked at only during the call that they are given to.
using Values = std::variant<Type, std::span<const std::int8_t>, std::span<const std::int32_t>, std::span<const std::int64_t>,
                            std::span<const float>, std::span<const double>, std::span<const std::string>>;

[[nodiscard]] Type type_of(const Values& values);

/// What an attribute may hold.
using AttributeValue = std::variant<std::string, double, std::int64_t, std::vector<double>>;

struct Attribute {
    std::string name;
    AttributeValue value;

    friend bool operator==(const Attribute&, const Attribute&) = default;
};

/// One code of an int8 variable. Meanings become the words of `flag_meanings`, with blanks as "_".
struct Flag {
    std::int8_t value;
    std::string meaning;
};

/// One variable of a result file: what it is called, what it means, and where its values lie.
struct Variable {
    std::string name = {};               // may be "group/name": groups are made as needed
    std::vector<std::string> axes = {};  // slowest first; the names of axes are global to the file; none for one single value
    Values values = {};
    std::string long_name = {};  // required: one plain phrase
    std::string units = {};      // required for numbers that are not flags; "1" for pure ones; "day", since xarray decodes "days"
    std::string cell_methods = {};  // as in CF, e.g. "time: sum"; this and all that follows may stay empty
    std::string coordinates = {};   // names of variables that label the axes, separated by blanks
    std::string source = {};        // the process that makes the values
    std::vector<Flag> flags = {};
    std::optional<std::int64_t> missing = {};  // what stands for a missing integer; in float variables NaN does
    std::vector<std::size_t> chunk = {};       // empty: chosen by `automatic_chunk`
    std::vector<Attribute> attributes = {};    // further ones
    bool compress = true;                      // numbers: shuffle, deflate 1, Fletcher checksum; else plain
};

/// The chunk that a variable gets unless it asks for one; empty: stored in one piece, since it is small.
///
/// From three axes on, one chunk holds everything of one pair of leading indices (a strategy and a replicate), so that
/// it is compressed once, when it is written whole; several of the second index if that would be below 512 bytes. At
/// most 4 MiB. On an unlimited axis 4,096 rows, or what 1 MiB holds.
[[nodiscard]] std::vector<std::size_t> automatic_chunk(std::span<const std::size_t> shape, bool unlimited,
                                                       std::size_t value_bytes);

/// A time axis's coordinate variable: `days` since `origin` (a date like "1970-01-01") in the proleptic Gregorian calendar.
/// `bounds` names the variable [time x 2] of each step's begin and end, if there is one.
[[nodiscard]] Variable time_coordinate(std::string axis, std::span<const double> days, std::string_view origin,
                                       std::string_view bounds = "");

}  // namespace sim
