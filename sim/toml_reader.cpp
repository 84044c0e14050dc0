#include "sim/toml_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/input_file.hpp"
#include "sim/suggest.hpp"

namespace sim {

namespace {

/// Counts nesting, dotted keys and values before the parser sees the text: toml++ 3.3 recurses without bound over dotted keys.
/// Follows strings and comments as the parser does, so both agree up to the first error, where the parser stops.
class SizeGuard {
  public:
    explicit SizeGuard(std::string_view text) : text_(text) {}

    /// What is too large, with its line; nothing if the parser may have the text.
    struct Excess {
        int line;
        std::string what;
    };
    std::optional<Excess> find() {
        while (at_ < text_.size()) {
            step();
            if (dots_ >= max_nesting) return Excess{line_, fmt::format("a key of more than {} parts", max_nesting)};
            if (depth_ > max_nesting) return Excess{line_, fmt::format("values nested deeper than {} levels", max_nesting)};
            if (values_ > max_values) return Excess{line_, fmt::format("more than {} values", max_values)};
        }
        return std::nullopt;
    }

  private:
    void step() {
        const char c = text_[at_];
        if (c == '"' || c == '\'') return skip_string(c);
        ++at_;
        switch (c) {
            case '#':
                at_ = std::min(text_.find('\n', at_), text_.size());
                break;
            case '.':
                ++dots_;
                break;
            case '[':
            case '{':
                ++depth_;
                dots_ = 0;
                break;
            case ']':
            case '}':
                depth_ = std::max(0, depth_ - 1);
                dots_ = 0;
                break;
            case '\n':
                ++line_;
                [[fallthrough]];
            case '=':
            case ',':
                dots_ = 0;
                values_ += c == '\n' ? 0 : 1;
                break;
            default:
                break;
        }
    }

    void skip_string(char quote) {
        const std::string triple(3, quote);
        const bool multiline = text_.substr(at_).starts_with(triple);
        at_ += multiline ? 3 : 1;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n') {
                if (!multiline) return;
                ++line_;
            }
            if (c == '\\' && quote == '"') {
                ++at_;  // the escaped character; a newline after it is counted below, by not skipping it
                if (at_ < text_.size() && text_[at_] != '\n') ++at_;
                continue;
            }
            if (multiline ? text_.substr(at_).starts_with(triple) : c == quote) {
                at_ += multiline ? 3 : 1;
                // Up to two quotes may stand directly before the closing three.
                for (int extra = 0; multiline && extra < 2 && at_ < text_.size() && text_[at_] == quote; ++extra) ++at_;
                return;
            }
            ++at_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    int depth_ = 0;
    int dots_ = 0;
    int values_ = 0;
};

/// Turns toml++'s tree into ours.
class Converter {
  public:
    using PlaceOf = std::function<Place(const toml::source_region&)>;

    Converter(PlaceOf place_of, Diagnostics& diagnostics) : place_of_(std::move(place_of)), diagnostics_(diagnostics) {}

    /// Nothing for a value that has been found bad.
    std::optional<Node> convert(const toml::node& source, const Place& fallback, int depth) {
        Node node;
        node.place = source.source().begin ? place_of_(source.source()) : fallback;
        node.key_place = node.place;
        if (depth > max_nesting) {
            diagnostics_.add(node.place, fmt::format("values nested deeper than {} levels", max_nesting));
            return std::nullopt;
        }
        if (const auto* table = source.as_table()) return convert_table(*table, std::move(node), depth);
        if (const auto* array = source.as_array()) return convert_array(*array, std::move(node), depth);
        return convert_scalar(source, std::move(node));
    }

  private:
    std::optional<Node> convert_table(const toml::table& table, Node node, int depth) {
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : table) {
            const Place key_place = key.source().begin ? place_of_(key.source()) : node.place;
            const std::string outside = std::exchange(path_, join_path(path_, key.str()));
            std::optional<Node> member = convert(value, key_place, depth + 1);
            path_ = outside;
            if (!member) continue;
            member->key_place = key_place;
            node.members.emplace(key.str(), std::move(*member));
        }
        return node;
    }

    std::optional<Node> convert_array(const toml::array& array, Node node, int depth) {
        node.kind = Node::Kind::array;
        node.items.reserve(array.size());
        for (const toml::node& value : array) {
            std::optional<Node> item = convert(value, node.place, depth + 1);
            if (item) node.items.push_back(std::move(*item));
        }
        return node;
    }

    std::optional<Node> convert_scalar(const toml::node& source, Node node) {
        if (const auto* boolean = source.as_boolean()) {
            node.kind = Node::Kind::boolean;
            node.boolean = boolean->get();
        } else if (const auto* integer = source.as_integer()) {
            node.kind = Node::Kind::integer;
            node.integer = integer->get();
        } else if (const auto* real = source.as_floating_point()) {
            node.kind = Node::Kind::real;
            node.real = real->get();
            if (!std::isfinite(node.real))
                return refuse(node, fmt::format("{}{}{} is not a finite number", path_, path_.empty() ? "" : " = ",
                                                number_text(node.real)));
        } else if (const auto* text = source.as_string()) {
            node.kind = Node::Kind::text;
            node.text = text->get();
        } else if (const auto* day = source.as_date()) {
            node.kind = Node::Kind::date;
            const auto date = Date::of(day->get().year, day->get().month, day->get().day);
            if (!date) return refuse(node, "there is no such day");
            node.date = *date;
        } else {
            return refuse(node, "a time of day is not used here: write a date, such as 2018-03-30");
        }
        return node;
    }

    std::optional<Node> refuse(const Node& node, const std::string& why) {
        diagnostics_.add(node.place, why);
        return std::nullopt;
    }

    std::string path_;  ///< dotted, of the value that is being converted
    PlaceOf place_of_;
    Diagnostics& diagnostics_;
};

/// The TOML document that a setting stands for, or nothing when its key is no TOML key.
std::optional<toml::table> parse_quietly(const std::string& text) {
    try {
        return toml::parse(std::string_view(text));
    } catch (const toml::parse_error&) {
        return std::nullopt;
    }
}

/// How many parts the key of the document "key = 0" has; 0 if it holds anything but such a key.
int parts_of_key(const toml::table& document) {
    int parts = 0;
    const toml::node* walked = &document;
    while (const toml::table* table = walked->as_table()) {
        if (table->size() != 1) return 0;
        walked = &table->begin()->second;
        ++parts;
    }
    return parts;
}

/// Place of the first '=' outside quotes.
std::size_t equals_sign(std::string_view setting) {
    char quote = '\0';
    for (std::size_t i = 0; i < setting.size(); ++i) {
        const char c = setting[i];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '=') {
            return i;
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::optional<Node> parse_toml(std::string_view text, const std::string& shown, Diagnostics& diagnostics) {
    if (!check_limits(text, shown, diagnostics)) return std::nullopt;
    if (const auto excess = SizeGuard(text).find()) {
        diagnostics.add({shown, excess->line, 1}, excess->what);
        return std::nullopt;
    }
    const auto place_of = [&](const toml::source_region& region) {
        return Place{shown, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
    };
    try {
        const toml::table root = toml::parse(text);
        return Converter(place_of, diagnostics).convert(root, Place{shown, 1, 1}, 0);
    } catch (const toml::parse_error& error) {
        diagnostics.add(place_of(error.source()), std::string(error.description()));
        return std::nullopt;
    }
}

std::optional<Node> parse_setting(const std::string& setting, Diagnostics& diagnostics) {
    const Place place{"--set " + setting, 0, 0};
    const auto refuse = [&](const std::string& why) {
        diagnostics.add(place, why);
        return std::nullopt;
    };
    if (!check_limits(setting, place.file, diagnostics)) return std::nullopt;
    // A line break would let one setting smuggle in a second.
    const bool one_line =
        std::none_of(setting.begin(), setting.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!one_line) return refuse("a setting is one line without control characters");
    const std::size_t split = equals_sign(setting);
    if (split == std::string::npos) return refuse("a setting is written table.key=value");
    const std::string key = setting.substr(0, split);
    const std::size_t start = setting.find_first_not_of(' ', split + 1);
    if (start == std::string::npos) return refuse("there is no value after the =");
    const std::string value = setting.substr(start, setting.find_last_not_of(' ') - start + 1);
    if (const auto excess = SizeGuard(setting).find()) return refuse(excess->what);
    const std::optional<toml::table> key_alone = parse_quietly(key + " = 0");
    const int parts = key_alone ? parts_of_key(*key_alone) : 0;
    if (parts == 0) return refuse("the key is written table.key, of letters, digits, _ and -");

    std::optional<toml::table> root = parse_quietly(key + " = " + value);
    if (!root && std::string_view("\"'[{").find(value.front()) != std::string_view::npos) {
        return refuse(fmt::format("{} is not a TOML value", value));
    }
    if (!root) root = parse_quietly(key + " = " + quoted(value));
    if (!root) return refuse("the value is not UTF-8 text");
    std::optional<Node> node = Converter([&](const toml::source_region&) { return place; }, diagnostics).convert(*root, place, 0);
    if (!node) return std::nullopt;
    Node* leaf = &*node;
    for (int i = 0; i < parts; ++i) {
        if (leaf->members.empty()) return std::nullopt;  // the value has been refused
        leaf = &leaf->members.begin()->second;
    }
    leaf->typed = value;
    return node;
}

}  // namespace sim
