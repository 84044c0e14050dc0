#pragma once
// Units of measurement: a closed table, and quantities written as text ("18 months", "35 %", "12 million litres/year").

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// A product of powers of base dimensions with a scale. The scale is a fraction of two numbers because percent and week are
/// exact as fractions: 35 % is then the double nearest to 0.35, which 35 times 0.01 is not.
struct Unit {
    std::map<std::string, int, std::less<>> powers;  ///< base dimension -> exponent, never 0
    double numerator = 1.0;
    double denominator = 1.0;

    /// "sheep year^-1" in base dimensions, "1" for a pure number.
    [[nodiscard]] std::string dimension() const;
};

/// What came of reading a quantity or a unit: a value, or else what is wrong with the text.
template <class T>
struct Reading {
    std::optional<T> value;
    std::string problem;  ///< a message, when there is no value
};

/// The closed table of units. From the start it knows time (hour, day, week, month of 365.25/12 days, year of 365.25 days; also
/// in the plural), length and area (km, km2), pure numbers (1, -, %, percent, permille) and multipliers (thousand, million,
/// billion). What else is counted is added by the caller.
class Units {
  public:
    Units();

    /// Adds a unit worth `factor` base units of `dimension`, such as add("dozen", "eggs", 12). Names are letters, digits and
    /// underscores and do not begin with a digit. Throws std::logic_error for a bad or taken name or a factor that is not > 0.
    void add(std::string_view name, std::string_view dimension, double factor);

    /// Reads a unit expression: names with optional integer powers ("year^-1"), joined by spaces, "*", "/" or "per". A division
    /// holds for the next name only.
    [[nodiscard]] Reading<Unit> parse(std::string_view text) const;

    /// `value` in unit `from`, expressed in unit `to`. The same unit gives back the same bits.
    [[nodiscard]] Reading<double> convert(double value, std::string_view from, std::string_view to) const;

    /// Reads "number unit" and expresses it in unit `to`. The number must be finite and have a unit.
    [[nodiscard]] Reading<double> quantity(std::string_view text, std::string_view to) const;

    /// All names in the table, sorted.
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    std::map<std::string, Unit, std::less<>> table_;
};

/// True if `unit` says that a number is pure ("1", "-" or empty), so that messages leave it out.
[[nodiscard]] constexpr bool is_pure(std::string_view unit) { return unit.empty() || unit == "1" || unit == "-"; }

/// `text` and its unit as written in messages: "0.5 day^-1", or only "0.5" for a pure number.
[[nodiscard]] std::string with_unit(std::string text, std::string_view unit);

/// Reads a finite decimal number that takes up the whole text (a leading + is allowed).
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

}  // namespace sim
