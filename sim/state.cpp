#include "sim/state.hpp"

#include <sys/mman.h>

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <utility>

namespace sim {

namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
    hash ^= word;
    hash *= 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

std::uint64_t hash_bytes(std::uint64_t hash, const std::byte* data, std::size_t size) {
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, 8);
        hash = mix(hash, word);
    }
    std::uint64_t tail = 0;
    if (i < size) std::memcpy(&tail, data + i, size - i);
    return mix(hash, tail);
}

}  // namespace

std::string_view text(ElementType type) {
    switch (type) {
        case ElementType::uint8:
            return "uint8";
        case ElementType::uint16:
            return "uint16";
        case ElementType::int32:
            return "int32";
        case ElementType::uint32:
            return "uint32";
        case ElementType::int64:
            return "int64";
        case ElementType::float32:
            return "float32";
        case ElementType::float64:
            return "float64";
    }
    return "?";
}

std::size_t bytes(ElementType type) {
    switch (type) {
        case ElementType::uint8:
            return 1;
        case ElementType::uint16:
            return 2;
        case ElementType::int32:
        case ElementType::uint32:
        case ElementType::float32:
            return 4;
        case ElementType::int64:
        case ElementType::float64:
            return 8;
    }
    return 0;
}

namespace {

/// A map of `bytes` zeroes, a multiple of the huge pages on whose border it begins.
std::byte* huge_pages(std::size_t bytes) {
    const std::size_t more = bytes + huge_page_bytes;
    void* const map = mmap(nullptr, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED) throw std::bad_alloc();
    auto* const begin = static_cast<std::byte*>(map);
    const std::size_t before = (huge_page_bytes - reinterpret_cast<std::uintptr_t>(begin) % huge_page_bytes) % huge_page_bytes;
    if (before > 0) munmap(begin, before);
    munmap(begin + before + bytes, huge_page_bytes - before);
    madvise(begin + before, bytes, MADV_HUGEPAGE);  // a hint: refusal costs speed only
    return begin + before;
}

/// Memory for `size_bytes`; zeroed if it is a map of its own.
std::unique_ptr<std::byte, detail::Unmap> memory_of(std::size_t size_bytes) {
    if (size_bytes == 0) return {};
    const bool large = size_bytes >= 2 * huge_page_bytes;
    const std::size_t alignment = large ? huge_page_bytes : 64;
    const std::size_t padded = (size_bytes + alignment - 1) / alignment * alignment;
    if (large) return {huge_pages(padded), detail::Unmap{padded}};
    auto* const memory = static_cast<std::byte*>(std::aligned_alloc(alignment, padded));
    if (memory == nullptr) throw std::bad_alloc();
    return {memory, detail::Unmap{}};
}

}  // namespace

Buffer::Buffer(std::size_t size_bytes) : bytes_(memory_of(size_bytes)), size_(size_bytes) {
    if (size_ > 0 && bytes_.get_deleter().mapped == 0) std::memset(data(), 0, size_);
}

void detail::Unmap::operator()(std::byte* memory) const {
    if (mapped > 0)
        munmap(memory, mapped);
    else
        std::free(memory);
}

Buffer::Buffer(const Buffer& other) : bytes_(memory_of(other.size_)), size_(other.size_) {
    if (size_ > 0) std::memcpy(data(), other.data(), size_);
}

Buffer& Buffer::operator=(const Buffer& other) {
    if (this == &other) return *this;
    if (size_ == other.size_) {
        if (size_ > 0) std::memcpy(data(), other.data(), size_);
        return *this;
    }
    return *this = Buffer(other);
}

void Layout::add(const ColumnInfo& column) {
    auto table = std::find_if(tables_.begin(), tables_.end(), [&](const Table& t) { return t.name == column.table; });
    if (table == tables_.end()) table = tables_.insert(tables_.end(), Table{.name = std::string(column.table)});
    for (const ColumnInfo& known : table->column_infos) {
        if (known.name != column.name) continue;
        if (known.type != column.type || known.unit != column.unit)
            throw std::logic_error(fmt::format("column {} is declared twice, differently", column.name));
        return;
    }
    table->column_infos.push_back(column);
    table->columns.emplace_back();
}

Slot Layout::slot(std::string_view column_name) const {
    for (std::size_t t = 0; t < tables_.size(); ++t)
        for (std::size_t c = 0; c < tables_[t].column_infos.size(); ++c)
            if (tables_[t].column_infos[c].name == column_name)
                return {static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(c)};
    throw std::logic_error(fmt::format("no column {} in the layout", column_name));
}

std::size_t Layout::row_bytes(std::string_view table) const {
    std::size_t sum = 0;
    for (const Table& t : tables_)
        if (t.name == table)
            for (const ColumnInfo& column : t.column_infos) sum += bytes(column.type);
    return sum;
}

void State::set_rows(std::string_view name, std::size_t rows, std::vector<std::string> axes) {
    Table& t = table(name);
    t.rows = rows;
    t.axes = std::move(axes);
    t.segments.clear();
    for (std::size_t c = 0; c < t.columns.size(); ++c) t.columns[c] = Buffer(rows * bytes(t.column_infos[c].type));
}

void State::set_segments(std::string_view name, std::vector<Segment> segments) {
    std::uint32_t begin = 0;
    for (Segment& segment : segments) {
        if (segment.count > segment.capacity)
            throw std::logic_error(
                fmt::format("a segment of {} has {} rows and room for {}", name, segment.count, segment.capacity));
        segment.begin = begin;
        begin += segment.capacity;
    }
    set_rows(name, begin, {});
    table(name).segments = std::move(segments);
}

bool State::ensure_room(std::size_t index, std::uint32_t reserve) {
    Table& t = tables_[index];
    const bool enough =
        std::all_of(t.segments.begin(), t.segments.end(), [&](const Segment& s) { return s.capacity - s.count >= reserve; });
    if (enough) return false;
    std::vector<Segment> wider = t.segments;
    std::uint32_t begin = 0;
    for (Segment& segment : wider) {
        segment.begin = begin;
        // An eighth as much again as is in use, so that this happens seldom, and memory grows no faster than the rows.
        if (segment.capacity - segment.count < 2 * reserve) segment.capacity = segment.count + segment.count / 8 + 2 * reserve;
        begin += segment.capacity;
    }
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
        const std::size_t width = bytes(t.column_infos[c].type);
        Buffer moved(begin * width);
        for (std::size_t s = 0; s < wider.size(); ++s) {
            if (wider[s].count == 0) continue;
            std::memcpy(moved.data() + wider[s].begin * width, t.columns[c].data() + t.segments[s].begin * width,
                        wider[s].count * width);
        }
        t.columns[c] = std::move(moved);
    }
    t.segments = std::move(wider);
    t.rows = begin;
    return true;
}

bool State::has_table(std::string_view name) const {
    return std::any_of(tables_.begin(), tables_.end(), [&](const Table& t) { return t.name == name; });
}

std::size_t State::table_index(std::string_view name) const {
    for (std::size_t i = 0; i < tables_.size(); ++i)
        if (tables_[i].name == name) return i;
    throw std::logic_error(fmt::format("no table {} in the state", name));
}

Table& State::table(std::string_view name) { return tables_[table_index(name)]; }
const Table& State::table(std::string_view name) const { return tables_[table_index(name)]; }

std::size_t State::size_bytes() const {
    std::size_t sum = 0;
    for (const Table& t : tables_)
        for (const Buffer& column : t.columns) sum += column.size();
    return sum;
}

std::uint64_t State::hash() const {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const Table& t : tables_) {
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            const std::size_t width = bytes(t.column_infos[c].type);
            if (t.segments.empty()) {
                hash = hash_bytes(mix(hash, t.rows), t.columns[c].data(), t.rows * width);
                continue;
            }
            // With the counts: rows of zeros would leave no trace otherwise.
            for (const Segment& s : t.segments)
                hash = hash_bytes(mix(hash, s.count), t.columns[c].data() + s.begin * width, s.count * width);
        }
    }
    return hash;
}

void State::missing(std::string_view column) { throw std::logic_error(fmt::format("no column {} in the state", column)); }

}  // namespace sim
