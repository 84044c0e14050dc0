#include "sim/node.hpp"

#include "sim/suggest.hpp"

namespace sim {

namespace {

/// A real number that TOML reads back as one: 5.0 and not 5, which is an integer.
std::string real_text(double value) {
    std::string text = number_text(value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

}  // namespace

std::string Node::value_text() const {
    switch (kind) {
        case Kind::boolean:
            return boolean ? "true" : "false";
        case Kind::integer:
            return std::to_string(integer);
        case Kind::real:
            return real_text(real);
        case Kind::text:
            return quoted(text);
        case Kind::date:
            return date.text();
        case Kind::array: {
            std::string list;
            for (const Node& item : items) list += (list.empty() ? "" : ", ") + item.value_text();
            return "[" + list + "]";
        }
        case Kind::table:
            break;
    }
    std::string list;
    for (const auto& [key, value] : members) list += (list.empty() ? "" : ", ") + key_text(key) + " = " + value.value_text();
    return list.empty() ? "{}" : "{ " + list + " }";
}

std::string_view Node::kind_text() const {
    switch (kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer:
            return "an integer";
        case Kind::real:
            return "a number";
        case Kind::text:
            return "a text";
        case Kind::date:
            return "a date";
        case Kind::array:
            return "a list";
        case Kind::table:
            break;
    }
    return is_distribution() ? "a distribution" : "a table";
}

std::string join_path(std::string_view path, std::string_view key) {
    if (path.empty()) return key_text(key);
    return std::string(path) + "." + key_text(key);
}

}  // namespace sim
