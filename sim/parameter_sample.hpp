#pragma once
// Draws of many parameters that go together: a posterior sample, or the points of a design.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/errors.hpp"

namespace sim {

/// Rows of parameter values. In a file: CSV, lines of provenance that begin with # before the header, a column for each dotted
/// key, and columns of weights, whose names have no dot. Rows are drawn with chances proportional to the weights in use.
class ParameterSample {
  public:
    /// Rows as they are, each equally likely. Every row has a value for every key (asserted).
    ParameterSample(std::vector<std::string> keys, std::vector<std::vector<double>> rows);
    /// Reads a file. What is wrong with it goes to `diagnostics`. Throws FileError.
    [[nodiscard]] static ParameterSample read(const std::string& path, Diagnostics& diagnostics);

    [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] const std::vector<double>& row(std::size_t index) const { return rows_[index]; }
    /// The value of `key` in a row; none if the sample does not have that key.
    [[nodiscard]] std::optional<double> value(std::size_t row, std::string_view key) const;

    /// Takes the weights of a column; false, and no change, if there is none of that name.
    bool weigh_by(const std::string& column);
    /// The row below which a share `u` in (0, 1) of the weight lies.
    [[nodiscard]] std::size_t row_at(double u) const;
    /// Uses rows in order, for replicates 0, 1, ..., and not at random.
    void in_order() { in_order_ = true; }
    [[nodiscard]] bool is_in_order() const { return in_order_; }

    /// Hash of all values and of the weights in use.
    [[nodiscard]] std::uint64_t fingerprint() const;

  private:
    std::vector<std::string> keys_;
    std::map<std::string, std::size_t, std::less<>> index_;
    std::vector<std::vector<double>> rows_;
    std::map<std::string, std::vector<double>> weights_;
    std::vector<double> cumulative_;
    bool in_order_ = false;
};

}  // namespace sim
