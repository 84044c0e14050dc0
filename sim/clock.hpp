#pragma once
// Simulation time: an integer step with civil dates at its ends.

#include <cstdint>
#include <string_view>

#include "sim/date.hpp"
#include "sim/random.hpp"

namespace sim {

/// What a process knows of the moment: which step, which dates, which run. Copied freely.
struct Step {
    std::int32_t index = 0;  ///< from 0
    double dt_weeks = 1.0;   ///< length of the step
    Date date;               ///< first day of the step
    Date next;               ///< first day after the step
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;
    bool recorded = false;  ///< an interval of the output ends with this step
    bool initial = false;   ///< not a step of the run: the state is being set up
    bool parallel = false;  ///< row processes may use several threads

    /// True if `day` lies in this step.
    [[nodiscard]] bool contains(Date day) const { return date <= day && day < next; }

    /// Generator of one entity's draws from the stream `name` in this step. The same for any thread count and order.
    [[nodiscard]] Rng rng(std::string_view name, Entity entity) const {
        return Rng(stream_key(seed, name), replicate, entity, static_cast<std::uint32_t>(index));
    }
    /// The same for a name hashed by the compiler, and quicker.
    [[nodiscard]] Rng rng_of(StreamName name, Entity entity) const {
        return Rng(name.key(seed), replicate, entity, static_cast<std::uint32_t>(index));
    }
    /// Those of several entities {hi, lo[i]}.
    [[nodiscard]] RngBatch rngs_of(StreamName name, std::uint32_t hi, std::span<const std::uint32_t> lo) const {
        return {name.key(seed), replicate, hi, static_cast<std::uint32_t>(index), lo};
    }
};

/// Steps of equal length from a first day; the last step may end after `end`.
class Clock {
  public:
    /// Throws std::logic_error unless start < end and step_days >= 1.
    Clock(Date start, Date end, int step_days);

    [[nodiscard]] std::int32_t steps() const { return steps_; }
    [[nodiscard]] int step_days() const { return step_days_; }
    [[nodiscard]] Date start() const { return start_; }
    [[nodiscard]] Date date(std::int32_t step) const { return start_ + step * step_days_; }
    /// The step in which `day` lies, or `steps()` when it is later, 0 when it is earlier.
    [[nodiscard]] std::int32_t step_of(Date day) const;
    [[nodiscard]] double dt_weeks() const { return step_days_ / 7.0; }

  private:
    Date start_;
    int step_days_;
    std::int32_t steps_;
};

}  // namespace sim
