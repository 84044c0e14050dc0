#include "sim/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "sim/input_file.hpp"
#include "sim/suggest.hpp"
#include "sim/units.hpp"

namespace sim {

namespace {

constexpr std::size_t max_findings = 20;  // a table with another separator would otherwise give one for every row

/// Offset of the first byte that is not UTF-8 (RFC 3629), or npos.
std::size_t first_bad_byte(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > text.size()) return at;
        for (std::size_t i = 1; i < length; ++i) {
            if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return at;
        }
        const auto second = length > 1 ? static_cast<unsigned char>(text[at + 1]) : 0;
        // Overlong forms, surrogates, and beyond U+10FFFF.
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
            (lead == 0xF4 && second > 0x8F)) {
            return at;
        }
        at += length;
    }
    return std::string_view::npos;
}

}  // namespace

/// Cuts a text into records and cells. Columns count characters, not bytes, as in other messages.
class CsvTable::Parser {
  public:
    Parser(std::string_view text, const std::string& shown, Diagnostics& diagnostics)
        : text_(text), shown_(shown), diagnostics_(diagnostics) {}

    [[nodiscard]] bool finished() const { return at_ >= text_.size(); }

    /// The next record; nothing after an error beyond which cells cannot be told apart.
    std::optional<std::vector<Cell>> record() {
        std::vector<Cell> cells;
        while (true) {
            std::optional<Cell> cell = next_cell();
            if (!cell) return std::nullopt;
            cells.push_back(std::move(*cell));
            if (finished()) break;
            const char separator = take();
            if (separator == '\n') break;
        }
        return cells;
    }

  private:
    std::optional<Cell> next_cell() {
        while (!finished() && (peek() == ' ' || peek() == '\t')) take();
        Cell cell{{}, line_, column_, !finished() && peek() == '"'};
        if (cell.was_quoted) {
            if (!take_quoted(cell)) return std::nullopt;
            while (!finished() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) take();
            if (!finished() && peek() != ',' && peek() != '\n') {
                diagnostics_.add({shown_, line_, column_}, "text after the closing quote: write a quote inside a cell twice");
                return std::nullopt;
            }
            return cell;
        }
        while (!finished() && peek() != ',' && peek() != '\n') cell.text += take();
        cell.text.erase(cell.text.find_last_not_of(" \t\r") + 1);
        return cell;
    }

    bool take_quoted(Cell& cell) {
        take();
        while (!finished()) {
            const char c = take();
            if (c != '"') {
                cell.text += c;
            } else if (!finished() && peek() == '"') {
                cell.text += take();
            } else {
                return true;
            }
        }
        diagnostics_.add({shown_, cell.line, cell.column}, "the quote that opens here is never closed");
        return false;
    }

    [[nodiscard]] char peek() const { return text_[at_]; }
    char take() {
        const char c = text_[at_++];
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {  // not a continuation byte
            ++column_;
        }
        return c;
    }

    std::string_view text_;
    const std::string& shown_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    int line_ = 1;
    int column_ = 1;
};

CsvTable CsvTable::read(const std::string& path, Diagnostics& diagnostics) {
    const std::optional<std::string> text = read_input(path, diagnostics);
    if (text) return parse(*text, path, diagnostics);
    CsvTable nothing;
    nothing.file_ = path;
    return nothing;
}

CsvTable CsvTable::parse(std::string_view text, const std::string& shown, Diagnostics& diagnostics) {
    CsvTable table;
    table.file_ = shown;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!check_limits(text, shown, diagnostics)) return table;
    if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
        diagnostics.add({shown, static_cast<int>(line), 1}, "the line is not UTF-8 text");
        return table;
    }
    Parser parser(text, shown, diagnostics);
    std::size_t findings = 0;
    bool header = true;
    std::vector<bool> named;  // cells of the header
    while (!parser.finished() && findings < max_findings) {
        std::optional<std::vector<Cell>> cells = parser.record();
        if (!cells) break;
        const Cell& first = cells->front();
        if (cells->size() == 1 && first.text.empty() && !first.was_quoted) continue;
        if (header) {
            header = false;
            for (const Cell& cell : *cells) {
                named.push_back(!cell.text.empty());
                if (!named.back()) {
                    diagnostics.add(table.place_of(cell), "a column without a name");
                    continue;
                }
                if (table.has(cell.text)) diagnostics.add(table.place_of(cell), fmt::format("column {} stands twice", cell.text));
                table.columns_.push_back(cell.text);
            }
        } else if (cells->size() == named.size()) {
            for (std::size_t i = 0; i < named.size(); ++i)
                if (named[i]) table.cells_.push_back(std::move((*cells)[i]));
            ++table.rows_;
        } else if (cells->size() == table.columns_.size()) {  // the comma too many stands in the header alone, and was told
            std::move(cells->begin(), cells->end(), std::back_inserter(table.cells_));
            ++table.rows_;
        } else {
            ++findings;
            diagnostics.add(table.place_of(first),
                            fmt::format("the row has {} cells: the header has {}", cells->size(), named.size()));
        }
    }
    if (header && diagnostics.empty()) diagnostics.add({shown, 1, 1}, "the table is empty: expected a row of column names");
    return table;
}

std::optional<std::size_t> CsvTable::index(std::string_view column) const {
    const auto found = std::find(columns_.begin(), columns_.end(), column);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

bool CsvTable::empty(std::size_t row, std::string_view column) const {
    assert(row < rows_);
    const auto at = index(column);
    return !at || cells_[row * columns_.size() + *at].text.empty();
}

Place CsvTable::place(std::size_t row, std::string_view column) const {
    assert(row < rows_);
    const auto at = index(column);
    return at ? place_of(cells_[row * columns_.size() + *at]) : Place{file_, 1, 1};
}

const CsvTable::Cell* CsvTable::filled(std::size_t row, std::string_view column, Diagnostics& diagnostics) const {
    assert(row < rows_);
    const auto at = index(column);
    if (!at) {
        if (missing_.emplace(column).second) {
            diagnostics.add({file_, 1, 1}, fmt::format("there is no column {}{}", column, did_you_mean(column, columns_)));
        }
        return nullptr;
    }
    const Cell& cell = cells_[row * columns_.size() + *at];
    if (!cell.text.empty()) return &cell;
    diagnostics.add(place_of(cell), fmt::format("{} is empty", column));
    return nullptr;
}

std::optional<double> CsvTable::number(std::size_t row, std::string_view column, Diagnostics& diagnostics, Range range) const {
    const Cell* cell = filled(row, column, diagnostics);
    if (cell == nullptr) return std::nullopt;
    const std::optional<double> value = parse_number(cell->text);
    if (!value) {
        diagnostics.add(place_of(*cell), fmt::format("{} = {} is not a finite number", column, quoted(cell->text)));
    } else if (!range.contains(*value)) {
        diagnostics.add(place_of(*cell), fmt::format("{} = {} is out of range: must be {}", column, cell->text, range.text()));
        return std::nullopt;
    }
    return value;
}

std::optional<std::string> CsvTable::text(std::size_t row, std::string_view column, Diagnostics& diagnostics) const {
    const Cell* cell = filled(row, column, diagnostics);
    if (cell == nullptr) return std::nullopt;
    return cell->text;
}

std::optional<Date> CsvTable::date(std::size_t row, std::string_view column, Diagnostics& diagnostics) const {
    const Cell* cell = filled(row, column, diagnostics);
    if (cell == nullptr) return std::nullopt;
    const std::optional<Date> value = Date::parse(cell->text);
    if (!value)
        diagnostics.add(place_of(*cell), fmt::format("{} = {} is not a date, such as 2018-03-30", column, quoted(cell->text)));
    return value;
}

}  // namespace sim
