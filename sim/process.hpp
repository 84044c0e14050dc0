#pragma once
// Processes: what they may touch, and how the engine calls them.
//
// A whole process has `step(sim::View<P>, const sim::Step&) const` and sees whole tables, alone.
// A row process has `step(sim::Rows<P>, const sim::Step&) const` and a `table`: it is called once for each segment of that
// table, on any thread, and touches only the segment's rows, the row that owns the segment, and shared integer sums.
//
//   name     stands before its parameters and streams
//   reads    columns it reads              writes   columns it writes (and may read)
//   looks    (row processes) whole columns of other tables, as they were when the pass began
//   adds     (row processes) int64 columns of other tables that the pass sums up anew, exactly in any order; until it ends they
//            show the sums of the last one
//   streams  names of its random streams   parameters   see sim/field.hpp
//
// What is the same for all segments, a row process works out once before each pass: it declares a type `Shared` and
// `prepare(sim::Looks<P>, const sim::Step&, Shared&) const`, and its step is `step(sim::Rows<P>, const Shared&, const
// sim::Step&)`.

#include <array>
#include <atomic>
#include <cassert>
#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/clock.hpp"
#include "sim/column.hpp"
#include "sim/state.hpp"

namespace sim {

namespace detail {

template <class P>
consteval auto reads_of() {
    if constexpr (requires { P::reads; })
        return P::reads;
    else
        return ColumnList<>{};
}
template <class P>
consteval auto looks_of() {
    if constexpr (requires { P::looks; })
        return P::looks;
    else
        return ColumnList<>{};
}
template <class P>
consteval auto writes_of() {
    if constexpr (requires { P::writes; })
        return P::writes;
    else
        return ColumnList<>{};
}
template <class P>
consteval auto adds_of() {
    if constexpr (requires { P::adds; })
        return P::adds;
    else
        return ColumnList<>{};
}

/// Slots of all columns of P, in the order reads, looks, writes, adds.
template <class P>
struct Slots {
    using Reads = decltype(reads_of<P>());
    using Looks = decltype(looks_of<P>());
    using Writes = decltype(writes_of<P>());
    using Adds = decltype(adds_of<P>());
    static constexpr std::size_t size = Reads::size + Looks::size + Writes::size + Adds::size;

    /// A column of the state in which the process is about to run.
    struct Place {
        std::byte* values = nullptr;
        std::size_t rows = 0;
    };
    std::array<Slot, (size > 0 ? size : 1)> slots{};
    std::array<Place, (size > 0 ? size : 1)> places{};

    template <class C>
    static constexpr std::size_t position() {
        if constexpr (Reads::template contains<C>)
            return Reads::template position<C>();
        else if constexpr (Looks::template contains<C>)
            return Reads::size + Looks::template position<C>();
        else if constexpr (Writes::template contains<C>)
            return Reads::size + Looks::size + Writes::template position<C>();
        else
            return Reads::size + Looks::size + Writes::size + Adds::template position<C>();
    }
    template <class C>
    [[nodiscard]] Slot of() const {
        return slots[position<C>()];
    }
    template <class C>
    [[nodiscard]] typename C::value_type* data() const {
        return reinterpret_cast<typename C::value_type*>(places[position<C>()].values);
    }
    /// Rows of the table in which a column stands, room for more included.
    template <class C>
    [[nodiscard]] std::size_t rows() const {
        return places[position<C>()].rows;
    }

    /// Finds the columns in `state`, and the sums in the making; they stay there until a table gets more room.
    void look_up(State& state) {
        constexpr std::size_t sums = Reads::size + Looks::size + Writes::size;
        for (std::size_t i = 0; i < size; ++i) {
            Table& table = state.table(slots[i].table);
            std::vector<Buffer>& columns = i < sums ? table.columns : table.sums;
            places[i] = {columns[slots[i].column].data(), table.rows};
        }
    }
    void bind(const Layout& layout) {
        std::size_t at = 0;
        const auto bind_list = [&](const auto& list) {
            for (const ColumnInfo& info : list.infos) slots[at++] = layout.slot(info.name);
        };
        bind_list(reads_of<P>());
        bind_list(looks_of<P>());
        bind_list(writes_of<P>());
        bind_list(adds_of<P>());
    }
};

/// Places from one thread's sums of a column with `rows` rows to the next one's: whole cache lines, so that they share none.
[[nodiscard]] constexpr std::size_t sums_of_thread(std::size_t rows) { return (rows + 7) / 8 * 8; }

/// What a row process prepares for all its segments; nothing if it prepares nothing.
template <class P>
struct SharedOf {
    struct type {};
};
template <class P>
requires requires { typename P::Shared; }
struct SharedOf<P> {
    using type = typename P::Shared;
};

}  // namespace detail

/// Whole tables, as a whole process sees them.
template <class P>
class View {
  public:
    View(State& state, const detail::Slots<P>& slots, std::int32_t step) : state_(&state), slots_(&slots), step_(step) {}

    /// Values of a column, `[rows]`; mutable only if the process writes it.
    template <class C>
    [[nodiscard]] auto operator[](const C& /*column*/) const {
        using S = detail::Slots<P>;
        static_assert(S::Reads::template contains<C> || S::Writes::template contains<C>,
                      "the process names this column neither in reads nor in writes");
        auto* values = slots_->template data<C>();
        const std::size_t rows = slots_->template rows<C>();
        if constexpr (S::Writes::template contains<C>)
            return std::span<typename C::value_type>(values, rows);
        else
            return std::span<const typename C::value_type>(values, rows);
    }

    /// Number of rows of the table in which a column of this process stands.
    template <class C>
    [[nodiscard]] std::size_t rows(const C& /*column*/) const {
        return slots_->template rows<C>();
    }

    /// Segments of the table in which a column of this process stands.
    template <class C>
    [[nodiscard]] std::span<const Segment> segments(const C& /*column*/) const {
        return state_->table(slots_->template of<C>().table).segments;
    }

    /// Writes an event into the log of the run; -1 for no row, no actor, no known cause.
    void log(int kind, int row, int actor, double value, int cause = -1) const {
        state_->events().push_back({step_, static_cast<std::int16_t>(kind), static_cast<std::int16_t>(row),
                                    static_cast<std::int16_t>(actor), static_cast<std::int16_t>(cause),
                                    static_cast<float>(value)});
    }

  private:
    State* state_;
    const detail::Slots<P>* slots_;
    std::int32_t step_;
};

/// The columns at which a row process looks, before any segment is touched.
template <class P>
class Looks {
  public:
    explicit Looks(const detail::Slots<P>& slots) : slots_(&slots) {}

    /// Values of a whole column, `[rows]`.
    template <class C>
    [[nodiscard]] std::span<const typename C::value_type> all(const C& /*column*/) const {
        static_assert(detail::Slots<P>::Looks::template contains<C>, "the process does not name this column in looks");
        return {slots_->template data<C>(), slots_->template rows<C>()};
    }

  private:
    const detail::Slots<P>* slots_;
};

/// One segment of a table, as a row process sees it.
template <class P>
class Rows {
  public:
    /// `thread` tells threads that are at work at the same time apart: each adds up its own sums.
    Rows(State& state, const detail::Slots<P>& slots, std::uint16_t table, std::uint32_t segment, std::uint32_t thread)
        : slots_(&slots), rows_(&state.table(table).segments[segment]), segment_(segment), thread_(thread) {}

    /// True if the process reads or writes a column of type C.
    template <class C>
    static constexpr bool sees = detail::Slots<P>::Reads::template contains<C> || detail::Slots<P>::Writes::template contains<C>;

    /// Rows of this segment in use.
    [[nodiscard]] std::size_t size() const { return rows_->count; }
    /// Row of the owning table.
    [[nodiscard]] std::uint32_t segment() const { return segment_; }
    /// Names the segment in random streams.
    [[nodiscard]] std::uint32_t key() const { return rows_->key; }

    /// Values of a column of this table, `[size()]`; mutable only if the process writes it.
    template <class C>
    [[nodiscard]] auto operator[](const C& /*column*/) const {
        using S = detail::Slots<P>;
        static_assert(C::table == P::table, "a column of another table: use owner, all or add");
        static_assert(S::Reads::template contains<C> || S::Writes::template contains<C>,
                      "the process names this column neither in reads nor in writes");
        auto* values = slots_->template data<C>() + rows_->begin;
        if constexpr (S::Writes::template contains<C>)
            return std::span<typename C::value_type>(values, size());
        else
            return std::span<const typename C::value_type>(values, size());
    }

    /// The value of a column in the row that owns this segment; a reference that can be changed if the process writes it.
    template <class C>
    [[nodiscard]] auto& owner(const C& /*column*/) const {
        using S = detail::Slots<P>;
        static_assert(C::table == P::owner, "a column of the owning table is expected");
        static_assert(S::Reads::template contains<C> || S::Writes::template contains<C>,
                      "the process names this column neither in reads nor in writes");
        auto* value = slots_->template data<C>() + segment_;
        if constexpr (S::Writes::template contains<C>)
            return *value;
        else
            return std::as_const(*value);
    }

    /// Values of a whole column of another table, `[rows]`, as they were when the pass began.
    template <class C>
    [[nodiscard]] std::span<const typename C::value_type> all(const C& /*column*/) const {
        using S = detail::Slots<P>;
        static_assert(S::Looks::template contains<C>, "the process does not name this column in looks");
        return {slots_->template data<C>(), slots_->template rows<C>()};
    }

    /// Adds to one value of an int64 column of another table. Integer sums are exact, so the order of the threads does not show.
    template <class C>
    void add(const C& /*column*/, std::size_t row, std::int64_t amount) const {
        using S = detail::Slots<P>;
        static_assert(S::Adds::template contains<C>, "the process does not name this column in adds");
        static_assert(std::is_same_v<typename C::value_type, std::int64_t>, "sums are kept in int64");
        const std::size_t rows = slots_->template rows<C>();
        assert(row < rows);
        slots_->template data<C>()[thread_ * detail::sums_of_thread(rows) + row] += amount;
    }

    /// Appends a zeroed row to the segment and returns its place in it. Spans taken before do not cover it.
    /// Throws NumericalError if the segment is full: the reserve of the process was too small.
    [[nodiscard]] std::size_t append() const {
        if (rows_->count == rows_->capacity) full();
        return rows_->count++;
    }

  private:
    [[noreturn]] void full() const;

    const detail::Slots<P>* slots_;
    Segment* rows_;
    std::uint32_t segment_;
    std::uint32_t thread_;
};

[[noreturn]] void throw_segment_full(std::string_view process);

template <class P>
void Rows<P>::full() const {
    throw_segment_full(P::name);
}

template <class P>
concept WholeProcess = requires(const P& p, View<P> view, const Step& now) {
    p.step(view, now);
};
template <class P>
concept Prepared = requires(const P& p, Looks<P> looks, Rows<P> rows, const Step& now, typename P::Shared& shared) {
    p.prepare(looks, now, shared);
    p.step(rows, std::as_const(shared), now);
};
template <class P>
concept RowProcess = (Prepared<P> || requires(const P& p, Rows<P> rows, const Step& now) { p.step(rows, now); }) && requires {
    { P::table } -> std::convertible_to<std::string_view>;
    { P::owner } -> std::convertible_to<std::string_view>;
};

/// A process of any type.
class Process {
  public:
    virtual ~Process() = default;

    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] bool by_rows() const { return !table_.empty(); }
    /// Table whose segments a row process runs over; empty for a whole process.
    [[nodiscard]] std::string_view table() const { return table_; }
    /// Free rows that a row process may need in a segment within one step.
    [[nodiscard]] std::uint32_t reserve() const { return reserve_; }
    [[nodiscard]] std::span<const ColumnInfo> reads() const { return reads_; }
    [[nodiscard]] std::span<const ColumnInfo> looks() const { return looks_; }
    [[nodiscard]] std::span<const ColumnInfo> writes() const { return writes_; }
    [[nodiscard]] std::span<const ColumnInfo> adds() const { return adds_; }
    [[nodiscard]] std::span<const std::string_view> streams() const { return streams_; }

    virtual void bind(const Layout& layout) = 0;
    virtual void run(State& state, const Step& now) const = 0;
    /// Before a whole process or the segments of a pass, on one thread: finds the columns, and works out what segments share.
    virtual void prepare(State& state, const Step& now) = 0;
    /// Runs a segment on one of the threads of the pass.
    virtual void run_segment(State& state, std::uint32_t segment, std::uint32_t thread, const Step& now) const = 0;
    /// Before a pass of so many threads: begins the sums of the columns in `adds` at zero.
    void zero_sums(State& state, std::size_t threads) const;
    /// After it: shows them in the columns.
    void show_sums(State& state, std::size_t threads) const;

  protected:
    Process() = default;
    std::string_view name_, table_;
    std::uint32_t reserve_ = 0;
    std::vector<ColumnInfo> reads_, looks_, writes_, adds_;
    std::vector<Slot> sums_;  ///< where the columns in `adds` stand
    std::vector<std::string_view> streams_;
};

/// A process of type P, with its parameter values.
template <class P>
class ProcessOf final : public Process {
    static_assert(WholeProcess<P> || RowProcess<P>, "a process has step(View<P>, Step) or step(Rows<P>, Step), const");

  public:
    explicit ProcessOf(P process) : process_(std::move(process)) {
        name_ = P::name;
        const auto copy = [](const auto& list) { return std::vector<ColumnInfo>(list.infos.begin(), list.infos.end()); };
        reads_ = copy(detail::reads_of<P>());
        looks_ = copy(detail::looks_of<P>());
        writes_ = copy(detail::writes_of<P>());
        adds_ = copy(detail::adds_of<P>());
        if constexpr (requires { P::streams; }) streams_.assign(P::streams.begin(), P::streams.end());
        if constexpr (RowProcess<P>) table_ = P::table;
        if constexpr (requires { process_.reserve_rows(); }) reserve_ = process_.reserve_rows();
    }

    void bind(const Layout& layout) override {
        slots_.bind(layout);
        sums_.clear();
        for (const ColumnInfo& column : adds_) sums_.push_back(layout.slot(column.name));
        if constexpr (RowProcess<P>) {
            for (std::size_t t = 0; t < layout.tables().size(); ++t)
                if (layout.tables()[t].name == P::table) table_index_ = static_cast<std::uint16_t>(t);
        }
    }
    void run(State& state, const Step& now) const override {
        if constexpr (WholeProcess<P>) process_.step(View<P>(state, slots_, now.index), now);
    }
    void prepare(State& state, const Step& now) override {
        slots_.look_up(state);
        if constexpr (Prepared<P>) process_.prepare(Looks<P>(slots_), now, shared_);
    }
    void run_segment(State& state, std::uint32_t segment, std::uint32_t thread, const Step& now) const override {
        if constexpr (Prepared<P>)
            process_.step(Rows<P>(state, slots_, table_index_, segment, thread), shared_, now);
        else if constexpr (RowProcess<P>)
            process_.step(Rows<P>(state, slots_, table_index_, segment, thread), now);
    }

  private:
    P process_;
    typename detail::SharedOf<P>::type shared_{};  // kept between steps, so that its memory is
    detail::Slots<P> slots_;
    std::uint16_t table_index_ = 0;
};

/// Time that each process of a schedule took, over all threads and runs.
class ProcessTimes {
  public:
    explicit ProcessTimes(std::size_t processes) : nanoseconds_(processes) {}
    void add(std::size_t process, std::int64_t nanoseconds) {
        nanoseconds_[process].fetch_add(nanoseconds, std::memory_order_relaxed);
    }
    [[nodiscard]] double seconds(std::size_t process) const { return 1e-9 * static_cast<double>(nanoseconds_[process].load()); }

  private:
    std::vector<std::atomic<std::int64_t>> nanoseconds_;
};

/// The processes of a run, in their order. Neighbouring row processes of one table form a pass: each segment goes through all
/// of them while it is in the cache. A pass ends before a process that cannot join it: one of the two looks at a column that the
/// other changes, or reads or writes a column to which the other adds.
class Schedule {
  public:
    template <class P>
    void add(P process) {
        processes_.push_back(std::make_unique<ProcessOf<P>>(std::move(process)));
    }

    [[nodiscard]] const std::vector<std::unique_ptr<Process>>& processes() const { return processes_; }
    /// Adds the columns of every process to `layout`.
    void declare(Layout& layout) const;
    /// Resolves the columns and forms the passes. Throws std::logic_error if a process name
    /// occurs twice, or a row process looks at what it changes or reads or writes what it adds to.
    void bind(const Layout& layout);
    /// Takes the time of each process from now on; `times` must outlive the schedule. Costs a tenth of the speed.
    void time_into(ProcessTimes& times) { times_ = &times; }
    /// Runs one step.
    void run(State& state, const Step& now) const;
    /// Index of the first process of each pass or whole process.
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& passes() const { return passes_; }

  private:
    void run_pass(std::size_t first, std::size_t last, State& state, const Step& now) const;

    std::vector<std::unique_ptr<Process>> processes_;
    std::vector<std::pair<std::size_t, std::size_t>> passes_;
    ProcessTimes* times_ = nullptr;
};

}  // namespace sim
