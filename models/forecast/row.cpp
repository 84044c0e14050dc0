#include "models/forecast/row.hpp"

#include <fmt/format.h>
#include <charconv>
#include <cmath>
#include <set>

#include "sim/csv.hpp"

namespace drawdown {

namespace {

constexpr double persons_per_million = 1e6;
constexpr std::size_t most_months = 60;

/// Cells of one row; an empty cell, "NA" and a column that is not there are unknown.
class Cells {
  public:
    Cells(const sim::CsvTable& table, std::size_t row, sim::Diagnostics& diagnostics)
        : table_(table), row_(row), diagnostics_(diagnostics) {}

    [[nodiscard]] bool known(const char* column) const {
        if (!table_.has(column) || table_.empty(row_, column)) return false;
        sim::Diagnostics ignored;
        const auto text = table_.text(row_, column, ignored);
        return !text || *text != "NA";
    }
    [[nodiscard]] std::optional<double> number(const char* column, sim::Range range) const {
        if (!known(column)) return std::nullopt;
        return table_.number(row_, column, diagnostics_, range);
    }
    [[nodiscard]] std::string text(const char* column) const {
        if (!known(column)) return {};
        return table_.text(row_, column, diagnostics_).value_or("");
    }
    void find(const char* column, const std::string& message) const { diagnostics_.add(table_.place(row_, column), message); }

  private:
    const sim::CsvTable& table_;
    std::size_t row_;
    sim::Diagnostics& diagnostics_;
};

/// The trigger by its words: tables of exits spell them in many ways.
Trigger trigger_of(const std::string& text) {
    const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
    if (has("war") || has("collapse")) return Trigger::war;
    if (has("consent") || has("host") || has("government")) return Trigger::host;
    if (has("veto") || has("council")) return Trigger::council;
    if (has("benchmark") || has("calendar") || has("process") || has("complete") || has("vote") || has("election"))
        return Trigger::planned;
    return Trigger::unknown;
}

std::vector<std::optional<double>> months_of(const Cells& cells) {
    constexpr const char* column = "deaths_monthly_60_to_1_before";
    std::vector<std::optional<double>> months;
    const std::string text = cells.text(column);
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t to = std::min(text.find(' ', from), text.size());
        const std::string word = text.substr(from, to - from);
        from = to + 1;
        if (word.empty()) continue;
        if (word == "NA") {
            months.emplace_back();
            continue;
        }
        double deaths = 0.0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), deaths);
        if (error != std::errc() || end != word.data() + word.size() || !(deaths >= 0.0 && deaths <= 1e7)) {
            cells.find(column, fmt::format("{} = \"{}\": expected deaths of a month, 0 to 10000000, or NA", column, word));
            return {};
        }
        months.emplace_back(deaths);
    }
    if (months.size() > most_months)
        cells.find(column, fmt::format("{} holds {} months; at most {} up to the exit are meant, oldest first", column,
                                       months.size(), most_months));
    return months;
}

/// Sum of the months from `newest` to `oldest` before the exit; unknown if one of them is.
std::optional<double> sum_of(const std::vector<std::optional<double>>& months, std::size_t newest, std::size_t oldest) {
    if (months.size() < oldest) return std::nullopt;
    double sum = 0.0;
    for (std::size_t m = newest; m <= oldest; ++m) {
        const auto& deaths = months[months.size() - m];
        if (!deaths) return std::nullopt;
        sum += *deaths;
    }
    return sum;
}

void read_deaths(const Cells& cells, ExitRow& row) {
    constexpr std::array<const char*, 3> columns = {"deaths_12m_before", "deaths_13_24m_before", "deaths_25_60m_before"};
    constexpr std::array<std::size_t, 3> newest = {1, 13, 25};
    constexpr std::array<std::size_t, 3> oldest = {12, 24, 60};
    row.monthly = months_of(cells);
    for (std::size_t k = 0; k < columns.size(); ++k) {
        row.deaths[k] = cells.number(columns[k], sim::between(0.0, 1e8));
        const auto sum = sum_of(row.monthly, newest[k], oldest[k]);
        if (row.deaths[k] && sum && std::abs(*row.deaths[k] - *sum) > 0.5)
            cells.find(columns[k],
                       fmt::format("{} = {} but the same months of deaths_monthly_60_to_1_before add up to {}; which of "
                                   "the two is right?",
                                   columns[k], *row.deaths[k], *sum));
        if (!row.deaths[k]) row.deaths[k] = sum;
    }
}

}  // namespace

std::vector<ExitRow> read_exits(const std::string& path, sim::Diagnostics& diagnostics) {
    const sim::CsvTable table = sim::CsvTable::read(path, diagnostics);
    std::vector<ExitRow> rows;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const Cells cells(table, i, diagnostics);
        ExitRow row;
        row.id = table.text(i, "id", diagnostics).value_or("");
        if (!row.id.empty() && !ids.insert(row.id).second) cells.find("id", fmt::format("id {} stands twice", row.id));
        row.population =
            persons_per_million * table.number(i, "population_m", diagnostics, sim::between(0.1, 1000.0)).value_or(1.0);
        row.income = cells.number("gdppc_rounded", sim::between(50.0, 2e5));
        row.effectiveness = cells.number("wgi_gov_eff", sim::between(-2.5, 2.5));
        row.polyarchy = cells.number("polyarchy", sim::between(0.0, 1.0));
        row.peak_uniformed = cells.number("peak_uniformed", sim::between(0.0, 1e6));
        const std::string trigger = cells.text("trigger");
        row.trigger = trigger_of(trigger);
        if (row.trigger == Trigger::unknown && !trigger.empty())
            row.notes.push_back(
                fmt::format("{}:{}: trigger \"{}\" says none of war, collapse, consent, host, government, veto, council, "
                            "benchmark, calendar, "
                            "process, complete, vote, election; it counts as unknown",
                            path, i + 2, trigger));
        if (const auto present = cells.number("follow_on_presence", sim::between(0.0, 1.0))) row.follow_on = *present >= 0.5;
        row.drawdown_months = cells.number("drawdown_months", sim::between(0.0, 1200.0));
        row.mission_months = cells.number("mission_months", sim::between(0.0, 1200.0));
        if (row.drawdown_months && row.mission_months && *row.drawdown_months > *row.mission_months)
            cells.find("drawdown_months", fmt::format("drawdown_months = {} is longer than mission_months = {}",
                                                      *row.drawdown_months, *row.mission_months));
        row.refugees = cells.number("refugees_from", sim::between(0.0, row.population));
        row.displaced = cells.number("idps", sim::between(0.0, row.population));
        read_deaths(cells, row);
        rows.push_back(std::move(row));
    }
    if (rows.empty() && diagnostics.empty()) diagnostics.add({path, 1, 1}, "no row");
    return rows;
}

}  // namespace drawdown
