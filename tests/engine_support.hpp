#pragma once
// Processes with the layout and state that they need: what a test takes to run a small model through the engine.

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/process.hpp"

namespace test {

/// A schedule of `processes`, bound; the state has their columns, and no rows yet.
class Engine {
  public:
    template <class... Ps>
    explicit Engine(Ps... processes)
        : schedule_(schedule_of(std::move(processes)...)), layout_(layout_of(schedule_)), state_(layout_) {
        schedule_.bind(layout_);
    }
    Engine(const Engine&) = delete;  // the schedule points to the layout
    Engine& operator=(const Engine&) = delete;

    [[nodiscard]] sim::State& state() { return state_; }
    [[nodiscard]] const sim::Schedule& schedule() const { return schedule_; }

    /// Runs `steps` steps from the one after the last; `moment(index)` gives each, or `moment` all of them but the index.
    template <class Moment>
    void run(int steps, const Moment& moment) {
        for (int i = 0; i < steps; ++i) schedule_.run(state_, moment(next_++));
    }
    void run(int steps, sim::Step moment) {
        run(steps, [&](std::int32_t index) {
            moment.index = index;
            return moment;
        });
    }

  private:
    template <class... Ps>
    static sim::Schedule schedule_of(Ps... processes) {
        sim::Schedule schedule;
        (schedule.add(std::move(processes)), ...);
        return schedule;
    }
    static sim::Layout layout_of(const sim::Schedule& schedule) {
        sim::Layout layout;
        schedule.declare(layout);
        return layout;
    }

    sim::Schedule schedule_;
    sim::Layout layout_;
    sim::State state_;
    std::int32_t next_ = 0;
};

/// `number` segments of `rows` rows each, with room for `more`; the key of a segment is its place.
inline std::vector<sim::Segment> equal_segments(std::size_t number, std::uint32_t rows, std::uint32_t more = 0) {
    std::vector<sim::Segment> segments(number);
    for (std::size_t s = 0; s < number; ++s) segments[s] = {0, rows, rows + more, static_cast<std::uint32_t>(s)};
    return segments;
}

/// Calls `work` on `threads` threads, more than the machine has if need be.
template <class Work>
void with_threads(int threads, const Work& work) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute(work);
}

}  // namespace test
