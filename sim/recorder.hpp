#pragma once
// What a run leaves behind: chosen columns over time, aggregated over output intervals.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/clock.hpp"
#include "sim/process.hpp"
#include "sim/state.hpp"

namespace sim {

/// How the steps of an output interval become one value (CF cell_methods).
enum class Cell : std::uint8_t { point, sum, mean, maximum };

/// A column to record. Integer columns are stored as int32 unless asked otherwise, others as float32.
struct Output {
    std::string name;  ///< variable in the result file
    ColumnInfo column;
    Cell cell = Cell::point;
    bool as_float = false;  ///< an integer column whose sums may leave 32 bits
    /// Bits of the mantissa that a float keeps, the leading one included (24: all). Rounded values compress to half the size.
    int significant_bits = 24;

    [[nodiscard]] bool stored_as_integer() const;
};

template <class C>
Output record(std::string name, const C& column, Cell cell) {
    return {.name = std::move(name), .column = info_of(column), .cell = cell};
}

/// `value` rounded to `bits` (2 to 24) significant bits, ties to the larger size; zero and what is not finite stay.
[[nodiscard]] float rounded_to_bits(float value, int bits);

/// Which columns are recorded, how often. Shared by the runs of an experiment.
struct RecordPlan {
    std::vector<Output> outputs;
    std::vector<Slot> slots;          ///< one for each output
    std::vector<std::size_t> widths;  ///< rows of each output's table
    std::int32_t every_steps = 1;
    std::int32_t intervals = 0;

    /// Resolves `outputs` against a laid out state.
    static RecordPlan make(std::vector<Output> outputs, const Layout& layout, const State& state, const Clock& clock,
                           std::int32_t every_steps);
    /// Bytes that the record of one run takes.
    [[nodiscard]] std::size_t record_bytes() const;
    /// True if an output interval ends with `step`.
    [[nodiscard]] bool ends_with(std::int32_t step, const Clock& clock) const;
};

[[nodiscard]] bool is_integer(ElementType type);

/// Values of one run, `[output][interval x row]`; int32 outputs in `integers`, float32 ones in `floats`, the other one empty.
struct Record {
    std::vector<std::vector<std::int32_t>> integers;
    std::vector<std::vector<float>> floats;
};

/// Reads the state after each step; never writes it. Copyable, so that a run can branch.
class Recorder {
  public:
    explicit Recorder(const RecordPlan& plan);
    /// Takes in the state at the end of a step. Throws NumericalError on a value that is not finite or does not fit.
    void observe(const State& state, const Step& now);
    [[nodiscard]] const Record& record() const { return record_; }

  private:
    void close_interval(const Step& now);

    const RecordPlan* plan_;
    Record record_;
    std::vector<std::vector<double>> sums_;  // [output][row]
    std::int32_t steps_in_interval_ = 0;
    std::int32_t interval_ = 0;
};

}  // namespace sim
