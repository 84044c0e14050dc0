#pragma once
// Columns: the typed state variables of tables. A process names the columns that it touches; any other does not compile.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace sim {

/// Text that can be a template argument.
template <std::size_t N>
struct Name {
    char text[N]{};
    consteval Name(const char (&literal)[N]) {  // NOLINT(google-explicit-constructor): written as a literal in a declaration
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
    /// Place of the first `c`, or the length. Not string_view::find: g++ 12 takes that for no constant under
    /// -fsanitize=undefined.
    [[nodiscard]] consteval std::size_t find(char c) const {
        std::size_t at = 0;
        while (at < N - 1 && text[at] != c) ++at;
        return at;
    }
};

enum class ElementType : std::uint8_t { uint8, uint16, int32, uint32, int64, float32, float64 };

template <class T>
consteval ElementType element_type() {
    if constexpr (std::is_same_v<T, std::uint8_t>) return ElementType::uint8;
    if constexpr (std::is_same_v<T, std::uint16_t>) return ElementType::uint16;
    if constexpr (std::is_same_v<T, std::int32_t>) return ElementType::int32;
    if constexpr (std::is_same_v<T, std::uint32_t>) return ElementType::uint32;
    if constexpr (std::is_same_v<T, std::int64_t>) return ElementType::int64;
    if constexpr (std::is_same_v<T, float>) return ElementType::float32;
    if constexpr (std::is_same_v<T, double>) return ElementType::float64;
}

[[nodiscard]] std::string_view text(ElementType type);
[[nodiscard]] std::size_t bytes(ElementType type);

/// A state variable. The part of its name before the dot is the table that it stands in: "grazer.energy" is in "grazer".
/// `unit` as in UDUNITS ("1" for a pure number); `meaning` is one plain sentence part, for tables and files.
template <Name ColumnName, class T>
struct Column {
    using value_type = T;
    static constexpr std::string_view name = ColumnName.view();
    static constexpr std::string_view table{ColumnName.text, ColumnName.find('.')};
    static_assert(ColumnName.find('.') < name.size(), "a column is named table.variable");

    std::string_view unit;
    std::string_view meaning;
};

/// What is known of a column at run time.
struct ColumnInfo {
    std::string_view name;
    std::string_view table;
    ElementType type;
    std::string_view unit;
    std::string_view meaning;
};

template <class C>
constexpr ColumnInfo info_of(const C& column) {
    return {C::name, C::table, element_type<typename C::value_type>(), column.unit, column.meaning};
}

/// The columns that a process names in one role, such as the ones that it reads.
template <class... Cs>
struct ColumnList {
    std::array<ColumnInfo, sizeof...(Cs)> infos;
    static constexpr std::size_t size = sizeof...(Cs);

    template <class C>
    static constexpr bool contains = (std::is_same_v<C, Cs> || ...);

    /// Position of column C in this list.
    template <class C>
    static consteval std::size_t position() {
        std::size_t at = 0;
        std::size_t found = size;
        ((std::is_same_v<C, Cs> ? void(found = at++) : void(++at)), ...);
        return found;
    }
};

template <class... Cs>
constexpr auto columns(const Cs&... list) {
    return ColumnList<std::remove_cvref_t<Cs>...>{{info_of(list)...}};
}

/// The columns of both lists.
template <class... As, class... Bs>
constexpr auto join(const ColumnList<As...>& a, const ColumnList<Bs...>& b) {
    ColumnList<As..., Bs...> both{};
    std::size_t at = 0;
    for (const ColumnInfo& info : a.infos) both.infos[at++] = info;
    for (const ColumnInfo& info : b.infos) both.infos[at++] = info;
    return both;
}

/// A named stream of random draws; a process lists those that it uses.
template <std::size_t N>
constexpr std::array<std::string_view, N> streams(const std::string_view (&names)[N]) {
    std::array<std::string_view, N> list{};
    for (std::size_t i = 0; i < N; ++i) list[i] = names[i];
    return list;
}

}  // namespace sim
