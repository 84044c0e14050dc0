#include "sim/recorder.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/errors.hpp"

namespace sim {

namespace {

template <class T>
const T* values(const State& state, Slot slot) {
    return reinterpret_cast<const T*>(state.table(slot.table).columns[slot.column].data());
}

// Calls use(value) for each of the first `rows` values of a column, as double.
template <class Use>
void for_each_value(const State& state, Slot slot, ElementType type, std::size_t rows, const Use& use) {
    const auto run = [&](const auto* data) {
        for (std::size_t i = 0; i < rows; ++i) use(i, static_cast<double>(data[i]));
    };
    switch (type) {
        case ElementType::uint8:
            return run(values<std::uint8_t>(state, slot));
        case ElementType::uint16:
            return run(values<std::uint16_t>(state, slot));
        case ElementType::int32:
            return run(values<std::int32_t>(state, slot));
        case ElementType::uint32:
            return run(values<std::uint32_t>(state, slot));
        case ElementType::int64:
            return run(values<std::int64_t>(state, slot));
        case ElementType::float32:
            return run(values<float>(state, slot));
        case ElementType::float64:
            return run(values<double>(state, slot));
    }
}

}  // namespace

bool is_integer(ElementType type) { return type != ElementType::float32 && type != ElementType::float64; }

bool Output::stored_as_integer() const { return is_integer(column.type) && !as_float; }

float rounded_to_bits(float value, int bits) {
    if (bits >= 24 || !std::isfinite(value)) return value;
    const auto dropped = static_cast<unsigned>(24 - bits);
    const std::uint32_t half = 1U << (dropped - 1U);
    const auto word = std::bit_cast<std::uint32_t>(value);
    return std::bit_cast<float>((word + half) & ~((1U << dropped) - 1U));
}

RecordPlan RecordPlan::make(std::vector<Output> outputs, const Layout& layout, const State& state, const Clock& clock,
                            std::int32_t every_steps) {
    RecordPlan plan;
    plan.outputs = std::move(outputs);
    plan.every_steps = every_steps;
    plan.intervals = (clock.steps() + every_steps - 1) / every_steps;
    for (const Output& output : plan.outputs) {
        plan.slots.push_back(layout.slot(output.column.name));
        plan.widths.push_back(state.table(plan.slots.back().table).rows);
    }
    return plan;
}

std::size_t RecordPlan::record_bytes() const {
    std::size_t values = 0;
    for (const std::size_t width : widths) values += width * static_cast<std::size_t>(intervals);
    return 4 * values;
}

bool RecordPlan::ends_with(std::int32_t step, const Clock& clock) const {
    return (step + 1) % every_steps == 0 || step + 1 == clock.steps();
}

Recorder::Recorder(const RecordPlan& plan) : plan_(&plan) {
    const std::size_t n = plan.outputs.size();
    record_.integers.resize(n);
    record_.floats.resize(n);
    sums_.resize(n);
    for (std::size_t o = 0; o < n; ++o) {
        const std::size_t size = plan.widths[o] * static_cast<std::size_t>(plan.intervals);
        if (plan.outputs[o].stored_as_integer())
            record_.integers[o].assign(size, 0);
        else
            record_.floats[o].assign(size, std::numeric_limits<float>::quiet_NaN());
        sums_[o].assign(plan.widths[o], 0.0);
    }
}

void Recorder::observe(const State& state, const Step& now) {
    ++steps_in_interval_;
    for (std::size_t o = 0; o < plan_->outputs.size(); ++o) {
        const Output& output = plan_->outputs[o];
        if (output.cell == Cell::point && !now.recorded) continue;
        std::vector<double>& sums = sums_[o];
        for_each_value(state, plan_->slots[o], output.column.type, plan_->widths[o], [&](std::size_t row, double value) {
            if (!std::isfinite(value))
                throw NumericalError("recorder", now.index, fmt::format("{} is {} in row {}", output.column.name, value, row));
            switch (output.cell) {
                case Cell::point:
                    sums[row] = value;
                    break;
                case Cell::sum:
                case Cell::mean:
                    sums[row] += value;
                    break;
                case Cell::maximum:
                    sums[row] = steps_in_interval_ == 1 ? value : std::max(sums[row], value);
                    break;
            }
        });
    }
    if (now.recorded) close_interval(now);
}

void Recorder::close_interval(const Step& now) {
    for (std::size_t o = 0; o < plan_->outputs.size(); ++o) {
        const std::size_t width = plan_->widths[o];
        const std::size_t first = static_cast<std::size_t>(interval_) * width;
        for (std::size_t row = 0; row < width; ++row) {
            double value = sums_[o][row];
            if (plan_->outputs[o].cell == Cell::mean) value /= steps_in_interval_;
            const double limit = record_.floats[o].empty() ? double{std::numeric_limits<std::int32_t>::max()}
                                                           : double{std::numeric_limits<float>::max()};
            if (!(std::abs(value) <= limit))
                throw NumericalError("recorder", now.index,
                                     fmt::format("{} = {} does not fit in 32 bits", plan_->outputs[o].name, value));
            if (record_.floats[o].empty()) {
                record_.integers[o][first + row] = static_cast<std::int32_t>(std::llround(value));
            } else {
                record_.floats[o][first + row] = rounded_to_bits(static_cast<float>(value), plan_->outputs[o].significant_bits);
            }
            sums_[o][row] = 0.0;
        }
    }
    steps_in_interval_ = 0;
    ++interval_;
}

}  // namespace sim
