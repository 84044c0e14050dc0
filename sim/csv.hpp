#pragma once
// Tables from CSV files (RFC 4180), with a place for every cell.

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/date.hpp"
#include "sim/errors.hpp"
#include "sim/range.hpp"

namespace sim {

/// A CSV table: comma-separated, the first record names the columns, quotes as in RFC 4180, UTF-8, LF or CRLF. Blanks around
/// unquoted cells do not count, empty lines are skipped. Every row has a cell for every column.
class CsvTable {
  public:
    /// Reads a file. What is wrong with it goes to `diagnostics`, and the rows concerned are left out. Throws FileError if it
    /// cannot be read.
    [[nodiscard]] static CsvTable read(const std::string& path, Diagnostics& diagnostics);
    /// The same for a text whose places bear the name `shown`.
    [[nodiscard]] static CsvTable parse(std::string_view text, const std::string& shown, Diagnostics& diagnostics);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
    [[nodiscard]] bool has(std::string_view column) const { return index(column).has_value(); }
    /// True if the cell, or the whole column, is not there. `row` < rows().
    [[nodiscard]] bool empty(std::size_t row, std::string_view column) const;

    /// The cell as a number, text or date; nothing after a finding: no such column (told once), an empty cell, not a value of
    /// that type, or a number out of `range`. `row` < rows().
    [[nodiscard]] std::optional<double> number(std::size_t row, std::string_view column, Diagnostics& diagnostics,
                                               Range range = any_finite()) const;
    [[nodiscard]] std::optional<std::string> text(std::size_t row, std::string_view column, Diagnostics& diagnostics) const;
    [[nodiscard]] std::optional<Date> date(std::size_t row, std::string_view column, Diagnostics& diagnostics) const;

    /// Where the cell stands; the start of the table if there is no such column.
    [[nodiscard]] Place place(std::size_t row, std::string_view column) const;

  private:
    struct Cell {
        std::string text;
        int line = 0;
        int column = 0;
        bool was_quoted = false;
    };
    class Parser;

    [[nodiscard]] std::optional<std::size_t> index(std::string_view column) const;
    /// The cell, unless there is no such column or it is empty: findings.
    [[nodiscard]] const Cell* filled(std::size_t row, std::string_view column, Diagnostics& diagnostics) const;
    [[nodiscard]] Place place_of(const Cell& cell) const { return {file_, cell.line, cell.column}; }

    std::string file_;
    std::vector<std::string> columns_;
    std::vector<Cell> cells_;  ///< [rows x columns]
    std::size_t rows_ = 0;
    mutable std::set<std::string, std::less<>> missing_;  ///< columns reported as missing, so that each is reported once
};

}  // namespace sim
