#include "sim/parameter_sample.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "sim/csv.hpp"
#include "sim/input_file.hpp"

namespace sim {

namespace {

/// The text with its first lines emptied where they begin with #, so that lines keep their numbers.
std::string without_comments(std::string text) {
    std::size_t at = 0;
    while (at < text.size() && text[at] == '#') {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        text.erase(at, end - at);
        ++at;
    }
    return text;
}

std::vector<double> sums(const std::vector<double>& weights) {
    std::vector<double> cumulative;
    double sum = 0.0;
    for (const double weight : weights) cumulative.push_back(sum += weight);
    return cumulative;
}

}  // namespace

ParameterSample::ParameterSample(std::vector<std::string> keys, std::vector<std::vector<double>> rows)
    : keys_(std::move(keys)), rows_(std::move(rows)), cumulative_(sums(std::vector<double>(rows_.size(), 1.0))) {
    for (std::size_t k = 0; k < keys_.size(); ++k) index_[keys_[k]] = k;
    assert(std::all_of(rows_.begin(), rows_.end(), [&](const auto& row) { return row.size() == keys_.size(); }));
}

ParameterSample ParameterSample::read(const std::string& path, Diagnostics& diagnostics) {
    std::vector<std::string> keys, weights;
    std::vector<std::vector<double>> rows;
    std::map<std::string, std::vector<double>> columns;
    if (const auto text = read_input(path, diagnostics)) {
        const CsvTable table = CsvTable::parse(without_comments(*text), path, diagnostics);
        for (const std::string& column : table.columns())
            (column.find('.') == std::string::npos ? weights : keys).push_back(column);
        for (std::size_t i = 0; i < table.rows(); ++i) {
            std::vector<double>& row = rows.emplace_back();
            for (const std::string& key : keys) row.push_back(table.number(i, key, diagnostics).value_or(0.0));
            for (const std::string& name : weights)
                columns[name].push_back(table.number(i, name, diagnostics, at_least(0.0)).value_or(0.0));
        }
        if (rows.empty() || keys.empty()) diagnostics.add({path, 1, 1}, "holds no draws of parameters");
        for (const auto& [name, column] : columns)
            if (sums(column).back() <= 0.0) diagnostics.add({path, 1, 1}, name + ": one weight at least must be above 0");
    }
    ParameterSample sample(std::move(keys), std::move(rows));
    sample.weights_ = std::move(columns);
    sample.weigh_by("weight");
    return sample;
}

std::optional<double> ParameterSample::value(std::size_t row, std::string_view key) const {
    const auto found = index_.find(key);
    return found == index_.end() ? std::nullopt : std::optional(rows_[row][found->second]);
}

bool ParameterSample::weigh_by(const std::string& column) {
    const auto found = weights_.find(column);
    if (found == weights_.end()) return false;
    cumulative_ = sums(found->second);
    return true;
}

std::size_t ParameterSample::row_at(double u) const {
    const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), u * cumulative_.back());
    return std::min(static_cast<std::size_t>(found - cumulative_.begin()), rows_.size() - 1);
}

std::uint64_t ParameterSample::fingerprint() const {
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&](std::uint64_t word) { hash = (hash ^ word) * 0x100000001b3 + (hash >> 29); };
    for (const std::string& key : keys_)
        for (const char c : key) add(static_cast<unsigned char>(c));
    for (const auto& row : rows_)
        for (const double value : row) add(std::bit_cast<std::uint64_t>(value));
    for (const double sum : cumulative_) add(std::bit_cast<std::uint64_t>(sum));
    return hash;
}

}  // namespace sim
