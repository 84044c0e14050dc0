#pragma once
// The state: tables of columns (structure of arrays), copyable as a whole so that a run can branch.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/column.hpp"

namespace sim {

namespace detail {

/// Gives memory back.
struct Unmap {
    std::size_t mapped = 0;  ///< bytes of a map of its own; 0 for memory of the heap
    void operator()(std::byte* memory) const;
};

}  // namespace detail

/// Zeroed, 64-byte aligned bytes; large ones lie on huge pages where the system grants them, and take memory only when they are
/// first touched: by the thread that fills them.
class Buffer {
  public:
    Buffer() = default;
    explicit Buffer(std::size_t size_bytes);
    Buffer(const Buffer& other);
    Buffer& operator=(const Buffer& other);
    Buffer(Buffer&&) noexcept = default;
    Buffer& operator=(Buffer&&) noexcept = default;

    [[nodiscard]] std::byte* data() const { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    std::unique_ptr<std::byte, detail::Unmap> bytes_;
    std::size_t size_ = 0;
};

/// A run of neighbouring rows that belong to one row of the owning table, with room behind them for rows to come.
/// `key` names the segment in random streams: it depends on what the segment is, not on where it stands.
struct Segment {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t capacity = 0;
    std::uint32_t key = 0;
};

/// Where a column lies: its table, and its place in the table.
struct Slot {
    std::uint16_t table = 0;
    std::uint16_t column = 0;
};

/// What happened: written by processes that run alone, in their order, so that the log is the same for any thread count.
struct Event {
    std::int32_t step = 0;
    std::int16_t kind = 0;    ///< index into the model's list of event kinds
    std::int16_t row = -1;    ///< row of the place table, -1 for none
    std::int16_t actor = -1;  ///< row of the actor table, -1 for none
    std::int16_t cause = -1;  ///< index into the model's list of causes, -1 for none
    float value = 0.0F;       ///< size of the event, in the unit of its kind
};

/// Rows and columns of one kind of entity.
struct Table {
    std::string name;
    std::size_t rows = 0;             ///< rows in use; for a segmented table the rows laid out, gaps included
    std::vector<std::string> axes{};  ///< axes of the rows in a result, slowest first; their sizes multiply to `rows`
    std::vector<ColumnInfo> column_infos{};
    std::vector<Buffer> columns{};
    std::vector<Segment> segments{};  ///< empty unless the table is cut into segments
    std::vector<Buffer> sums{};       ///< by column: what the pass that is going on has added up so far
};

/// The columns that a set of processes names, by table, before any row exists.
class Layout {
  public:
    /// Adds a column; the same name must come with the same type and unit. Throws std::logic_error otherwise (a programming
    /// mistake).
    void add(const ColumnInfo& column);
    [[nodiscard]] Slot slot(std::string_view column_name) const;
    [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }
    /// Bytes that one row of `table` takes.
    [[nodiscard]] std::size_t row_bytes(std::string_view table) const;

  private:
    std::vector<Table> tables_;
};

class State {
  public:
    explicit State(const Layout& layout) : tables_(layout.tables()) {}

    /// Gives `table` its rows, all zero and without segments. `axes` name the axes of the rows in results.
    void set_rows(std::string_view table, std::size_t rows, std::vector<std::string> axes);
    /// Gives `table` segments, all values zero; begins follow from capacities. Throws std::logic_error if a count exceeds its
    /// capacity.
    void set_segments(std::string_view table, std::vector<Segment> segments);
    /// Lays a segmented table out anew when a segment has fewer than `reserve` free rows; true if it did.
    bool ensure_room(std::size_t table, std::uint32_t reserve);

    [[nodiscard]] bool has_table(std::string_view name) const;
    [[nodiscard]] Table& table(std::string_view name);
    [[nodiscard]] const Table& table(std::string_view name) const;
    [[nodiscard]] Table& table(std::size_t index) { return tables_[index]; }
    [[nodiscard]] const Table& table(std::size_t index) const { return tables_[index]; }
    [[nodiscard]] std::size_t table_index(std::string_view name) const;
    [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }

    /// Values of a column, `[rows]`.
    template <class C>
    [[nodiscard]] std::span<typename C::value_type> of(const C& /*column*/) {
        Table& owner = table(C::table);
        for (std::size_t i = 0; i < owner.column_infos.size(); ++i)
            if (owner.column_infos[i].name == C::name)
                return {reinterpret_cast<typename C::value_type*>(owner.columns[i].data()), owner.rows};
        missing(C::name);
    }
    template <class C>
    [[nodiscard]] std::span<const typename C::value_type> of(const C& column) const {
        return const_cast<State*>(this)->of(column);
    }

    [[nodiscard]] std::vector<Event>& events() { return events_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }

    /// Bytes held by all columns.
    [[nodiscard]] std::size_t size_bytes() const;
    /// 64-bit hash of every value in use, in a fixed order: equal states have equal hashes.
    [[nodiscard]] std::uint64_t hash() const;

  private:
    [[noreturn]] static void missing(std::string_view column);

    std::vector<Table> tables_;
    std::vector<Event> events_;
};

}  // namespace sim
