#include "sim/process.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <set>
#include <stdexcept>

#include "sim/errors.hpp"

namespace sim {

namespace {

bool share_a_column(std::span<const ColumnInfo> a, std::span<const ColumnInfo> b) {
    return std::any_of(a.begin(), a.end(), [&](const ColumnInfo& x) {
        return std::any_of(b.begin(), b.end(), [&](const ColumnInfo& y) { return x.name == y.name; });
    });
}

// True if what a row process looks at would depend on how many segments `changer` has done. What another process does to the
// same rows and their owner is not meant: that is done when the later one comes.
bool disturbs(const Process& changer, const Process& seer) { return share_a_column(seer.looks(), changer.writes()); }

// True if the process sees sums of `adder`, which show only when a pass has ended.
bool awaits(const Process& seer, const Process& adder) {
    return share_a_column(seer.looks(), adder.adds()) || share_a_column(seer.reads(), adder.adds()) ||
           share_a_column(seer.writes(), adder.adds());
}

// Calls `work` and adds the time that it takes, if anybody wants to know.
template <class Work>
void timed(ProcessTimes* times, std::size_t process, const Work& work) {
    if (times == nullptr) return work();
    using clock = std::chrono::steady_clock;
    const auto start = clock::now();
    work();
    times->add(process, std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - start).count());
}

// Asks for rows of a segment to be brought into the cache while another one is at work: columns of short segments are too many
// streams for the machine to foresee. Every `parts`-th column, from `part` on: fewer lines at once than the machine can await.
void fetch(const Table& table, std::size_t segment, std::size_t part, std::size_t parts) {
    constexpr std::size_t line = 64;
    const Segment& rows = table.segments[segment];
    for (std::size_t c = part; c < table.columns.size(); c += parts) {
        const std::size_t width = bytes(table.column_infos[c].type);
        const std::byte* const values = table.columns[c].data() + rows.begin * width;
        for (std::size_t at = 0; at < rows.count * width; at += line) __builtin_prefetch(values + at, 1, 2);
    }
}

// Rows in use that a cache near to each core holds anyway: nothing is to be gained then.
bool stays_in_cache(const Table& table) {
    constexpr std::size_t cache = std::size_t{4} << 20;
    std::size_t rows = 0;
    for (const Segment& segment : table.segments) rows += segment.count;
    std::size_t width = 0;
    for (const ColumnInfo& column : table.column_infos) width += bytes(column.type);
    return rows * width <= cache;
}

// Segments that one task takes. Part of nothing that shows in a result: segments do not see each other within a pass.
constexpr std::size_t segments_per_task = 32;

}  // namespace

void throw_segment_full(std::string_view process) {
    throw NumericalError(std::string(process), -1, "a segment has no free row left; its reserve is too small");
}

void Process::zero_sums(State& state, std::size_t threads) const {
    for (const Slot slot : sums_) {
        Table& table = state.table(slot.table);
        table.sums.resize(table.columns.size());
        Buffer& sums = table.sums[slot.column];
        const std::size_t size = threads * detail::sums_of_thread(table.rows) * sizeof(std::int64_t);
        if (sums.size() != size)
            sums = Buffer(size);
        else if (size > 0)
            std::memset(sums.data(), 0, size);
    }
}

void Process::show_sums(State& state, std::size_t threads) const {
    for (const Slot slot : sums_) {
        Table& table = state.table(slot.table);
        const auto* const sums = reinterpret_cast<const std::int64_t*>(table.sums[slot.column].data());
        auto* const shown = reinterpret_cast<std::int64_t*>(table.columns[slot.column].data());
        std::copy_n(sums, table.rows, shown);
        for (std::size_t t = 1; t < threads; ++t)
            for (std::size_t row = 0; row < table.rows; ++row) shown[row] += sums[t * detail::sums_of_thread(table.rows) + row];
    }
}

void Schedule::declare(Layout& layout) const {
    for (const auto& process : processes_)
        for (const auto list : {process->reads(), process->looks(), process->writes(), process->adds()})
            for (const ColumnInfo& column : list) layout.add(column);
}

void Schedule::bind(const Layout& layout) {
    passes_.clear();
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < processes_.size(); ++i) {
        Process& process = *processes_[i];
        if (!names.insert(process.name()).second)
            throw std::logic_error(fmt::format("two processes are named {}", process.name()));
        if (process.by_rows() && (disturbs(process, process) || awaits(process, process)))
            throw std::logic_error(fmt::format("process {} sees values of other rows while it changes them", process.name()));
        process.bind(layout);
        bool joins = process.by_rows() && !passes_.empty();
        if (joins) {
            const auto [first, last] = passes_.back();
            for (std::size_t j = first; j < last && joins; ++j) {
                const Process& earlier = *processes_[j];
                joins = earlier.table() == process.table() && !disturbs(earlier, process) && !disturbs(process, earlier) &&
                        !awaits(process, earlier) && !share_a_column(process.adds(), earlier.writes());
            }
        }
        if (joins)
            passes_.back().second = i + 1;
        else
            passes_.emplace_back(i, i + 1);
    }
}

void Schedule::run(State& state, const Step& now) const {
    for (const auto& [first, last] : passes_) {
        if (processes_[first]->by_rows())
            run_pass(first, last, state, now);
        else
            timed(times_, first, [&, process = first] {
                processes_[process]->prepare(state, now);
                processes_[process]->run(state, now);
            });
    }
}

void Schedule::run_pass(std::size_t first, std::size_t last, State& state, const Step& now) const {
    const std::size_t table = state.table_index(processes_[first]->table());
    const std::size_t segments = state.table(table).segments.size();
    const bool parallel = now.parallel && segments > segments_per_task && tbb::this_task_arena::max_concurrency() > 1;
    const std::size_t threads = parallel ? static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()) : 1;
    std::uint32_t reserve = 0;
    for (std::size_t i = first; i < last; ++i) {
        reserve += processes_[i]->reserve();  // each may use its own before the next look
        processes_[i]->zero_sums(state, threads);
    }
    if (reserve > 0) state.ensure_room(table, reserve);

    for (std::size_t i = first; i < last; ++i) timed(times_, i, [&] { processes_[i]->prepare(state, now); });
    const Table& rows = state.table(table);
    const bool fetches = !stays_in_cache(rows);
    const auto run_range = [&](std::size_t from, std::size_t to, std::uint32_t thread) {
        for (auto s = static_cast<std::uint32_t>(from); s < to; ++s)
            for (std::size_t i = first; i < last; ++i) {
                if (fetches && s + 1 < to) fetch(rows, s + 1, i - first, last - first);
                timed(times_, i, [&] { processes_[i]->run_segment(state, s, thread, now); });
            }
    };
    if (!parallel)
        run_range(0, segments, 0);
    else
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, segments, segments_per_task),
            [&](const tbb::blocked_range<std::size_t>& range) {
                run_range(range.begin(), range.end(), static_cast<std::uint32_t>(tbb::this_task_arena::current_thread_index()));
            },
            tbb::simple_partitioner());
    for (std::size_t i = first; i < last; ++i) processes_[i]->show_sums(state, threads);
}

}  // namespace sim
