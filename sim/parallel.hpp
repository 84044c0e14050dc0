#pragma once
// Independent tasks on several threads, for whole processes that cut their own work.

#include <cstddef>
#include <functional>

namespace sim {

/// Calls task(0) ... task(tasks - 1), each once, on any thread if `parallel`. Tasks must not touch what another one touches:
/// then the result is the same for any number of threads.
void for_each_task(std::size_t tasks, bool parallel, const std::function<void(std::size_t)>& task);

/// Calls run(begin, end) for pieces that make up the rows from 0 to `rows`, on any thread if `parallel`.
void for_each_piece(std::size_t rows, bool parallel, const std::function<void(std::size_t, std::size_t)>& run);

/// Calls `work`; tasks inside it use at most `threads` threads.
void on_threads(int threads, const std::function<void()>& work);

}  // namespace sim
