#pragma once
// Values of an input tree, each with the place that it was read from.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/date.hpp"
#include "sim/errors.hpp"

namespace sim {

/// One value: a scalar, an array or a table of further values. Numbers are finite.
struct Node {
    enum class Kind : std::uint8_t { boolean, integer, real, text, date, array, table };

    Kind kind = Kind::table;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0.0;
    Date date;
    std::string text;
    std::vector<Node> items;                           ///< of an array
    std::map<std::string, Node, std::less<>> members;  ///< of a table
    Place place;                                       ///< of the value
    Place key_place;                                   ///< of its key; that of the value where there is none
    std::string typed;                                 ///< of a value from the command line: as the user typed it

    /// A table with the key `dist` is a value, a distribution, and no group of further keys.
    [[nodiscard]] bool is_distribution() const { return kind == Kind::table && members.contains("dist"); }
    [[nodiscard]] bool is_section() const { return kind == Kind::table && !members.contains("dist"); }
    [[nodiscard]] bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
    /// Of an integer or real node.
    [[nodiscard]] double number() const { return kind == Kind::integer ? static_cast<double>(integer) : real; }

    /// The value in TOML on one line: deterministic, numbers in their shortest form that reads back the same.
    [[nodiscard]] std::string value_text() const;
    /// "a number", "a text", ...
    [[nodiscard]] std::string_view kind_text() const;
};

/// `path` and a key below it, with a dot between: "mortality.hazard". The root has an empty path.
[[nodiscard]] std::string join_path(std::string_view path, std::string_view key);

}  // namespace sim
