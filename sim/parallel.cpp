#include "sim/parallel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace sim {

void for_each_task(std::size_t tasks, bool parallel, const std::function<void(std::size_t)>& task) {
    if (!parallel || tasks < 2) {
        for (std::size_t i = 0; i < tasks; ++i) task(i);
        return;
    }
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, tasks, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i) task(i);
        },
        tbb::simple_partitioner());
}

void for_each_piece(std::size_t rows, bool parallel, const std::function<void(std::size_t, std::size_t)>& run) {
    constexpr std::size_t piece = 1024;
    for_each_task((rows + piece - 1) / piece, parallel, [&](std::size_t i) { run(i * piece, std::min(rows, (i + 1) * piece)); });
}

void on_threads(int threads, const std::function<void()>& work) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute(work);
}

}  // namespace sim
