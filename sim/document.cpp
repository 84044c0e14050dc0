#include "sim/document.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/document_state.hpp"
#include "sim/input_file.hpp"
#include "sim/suggest.hpp"

namespace sim {

namespace detail {

void DocumentState::note_asked(const std::string& path, std::string_view key) {
    const std::scoped_lock lock(mutex);
    Names& names = asked[path];
    if (!names.contains(key)) names.emplace(key);
}

void DocumentState::note_opened(const std::string& path) {
    const std::scoped_lock lock(mutex);
    asked.try_emplace(path);
}

void DocumentState::note_misfit(const std::string& path, const Node& node, std::string_view expected) {
    const std::scoped_lock lock(mutex);
    misfits.try_emplace(path, Diagnostic{node.place, fmt::format("{} is {}: expected {}", path, node.kind_text(), expected)});
}

}  // namespace detail

namespace {

using detail::DocumentState;

/// A node as JSON. TOML's basic strings are JSON's.
std::string json(const Node& node) {
    std::string out;
    if (node.kind == Node::Kind::table) {
        for (const auto& [key, member] : node.members)
            out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", quoted(key), json(member));
        return "{" + out + "}";
    }
    if (node.kind == Node::Kind::array) {
        for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + json(item);
        return "[" + out + "]";
    }
    if (node.kind == Node::Kind::date) return quoted(node.date.text());
    return node.value_text();
}

std::string item_path(const std::string& path, std::size_t index) { return fmt::format("{}[{}]", path, index); }

/// Walks the tree beside the record of what was asked for.
class UnknownFinder {
  public:
    UnknownFinder(const DocumentState& state, Diagnostics& diagnostics) : state_(state), diagnostics_(diagnostics) {}

    void visit(const Node& table, const std::string& path) {
        const auto asked = state_.asked.find(path);
        for (const auto& [key, node] : table.members) {
            const std::string full = join_path(path, key);
            if (asked == state_.asked.end() || !asked->second.contains(key)) {
                report(node, path, key);
            } else if (node.is_section()) {
                visit_table(node, path, key);
            } else if (node.kind == Node::Kind::array) {
                visit_items(node, full);
            }
        }
    }

  private:
    void visit_table(const Node& node, const std::string& path, const std::string& key) {
        const std::string full = join_path(path, key);
        // A table that was asked for and never opened was found where a value belongs, and reported by who asked.
        if (state_.asked.contains(full)) visit(node, full);
    }

    void visit_items(const Node& array, const std::string& path) {
        for (std::size_t i = 0; i < array.items.size(); ++i) {
            const std::string full = item_path(path, i);
            if (array.items[i].is_section() && state_.asked.contains(full)) visit(array.items[i], full);
        }
    }

    void report(const Node& node, const std::string& path, const std::string& key) {
        const std::string full = join_path(path, key);
        diagnostics_.add(node.key_place,
                         fmt::format("unknown {} {}{}", node.is_section() ? "table" : "key", full, hint(path, key)));
    }

    [[nodiscard]] std::string hint(const std::string& path, const std::string& key) const {
        std::vector<std::string> known;
        if (const auto asked = state_.asked.find(path); asked != state_.asked.end()) {
            known.assign(asked->second.begin(), asked->second.end());
        }
        std::erase(known, key);
        const std::string near = closest(key, known);
        if (!near.empty()) return fmt::format(": did you mean {}?", join_path(path, near));
        // A key that stands in the wrong table, if only one other table knows it.
        std::vector<std::string> elsewhere;
        for (const auto& [table, names] : state_.asked) {
            if (table != path && names.contains(key)) elsewhere.push_back(join_path(table, key));
        }
        return elsewhere.size() == 1 ? fmt::format(": did you mean {}?", elsewhere.front()) : std::string{};
    }

    const DocumentState& state_;
    Diagnostics& diagnostics_;
};

/// Writes tables as headers with sorted keys: values first, then tables, as TOML wants.
void write_table(const Node& table, const std::string& path, std::string& out) {
    bool any = false;
    for (const auto& [key, node] : table.members) {
        if (node.is_section()) continue;
        if (!any && !path.empty()) out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", path);
        any = true;
        out += fmt::format("{} = {}\n", key_text(key), node.value_text());
    }
    if (table.members.empty() && !path.empty()) out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", path);
    for (const auto& [key, node] : table.members) {
        if (node.is_section()) write_table(node, join_path(path, key), out);
    }
}

void list_origins(const Node& table, const std::string& path, std::vector<Origin>& out) {
    for (const auto& [key, node] : table.members) {
        if (!node.is_section()) out.push_back({join_path(path, key), node.value_text(), node.place});
    }
    for (const auto& [key, node] : table.members) {
        if (node.is_section()) list_origins(node, join_path(path, key), out);
    }
}

}  // namespace

const Units& Section::units() const { return state_->units; }

const Node* Section::find(std::string_view key) const {
    state_->note_asked(path_, key);
    if (node_ == nullptr) return nullptr;
    const auto found = node_->members.find(key);
    return found == node_->members.end() ? nullptr : &found->second;
}

std::optional<Section> Section::child(std::string_view name) const {
    Section section = child_or_empty(name);
    if (!section.exists()) return std::nullopt;
    return section;
}

Section Section::child_or_empty(std::string_view name) const {
    const Node* node = find(name);
    const std::string full = join_path(path_, name);
    if (node != nullptr && !node->is_section()) {
        state_->note_misfit(full, *node, "a table");
        node = nullptr;
    }
    if (node != nullptr) state_->note_opened(full);
    return {state_, node, full, node != nullptr ? node->place : place_};
}

std::vector<NamedSection> Section::children() const {
    std::vector<NamedSection> all;
    if (node_ == nullptr) return all;
    for (const auto& [name, node] : node_->members) {
        if (node.is_section()) all.push_back({name, child_or_empty(name)});
    }
    return all;
}

std::vector<Section> Section::items(std::string_view name) const {
    std::vector<Section> all;
    const Node* array = find(name);
    if (array == nullptr) return all;
    const std::string full = join_path(path_, name);
    if (array->kind != Node::Kind::array) {
        state_->note_misfit(full, *array, "a list of tables");
        return all;
    }
    for (std::size_t i = 0; i < array->items.size(); ++i) {
        const Node& item = array->items[i];
        const std::string item_name = item_path(full, i);
        if (item.is_section()) {
            state_->note_opened(item_name);
            all.push_back({state_, &item, item_name, item.place});
        } else {
            state_->note_misfit(item_name, item, "a table");
        }
    }
    return all;
}

std::optional<std::string> Section::file(std::string_view key, Diagnostics& diagnostics) const {
    const Node* node = find(key);
    if (node == nullptr) return std::nullopt;
    if (node->kind != Node::Kind::text) {
        diagnostics.add(node->place,
                        fmt::format("{} is {}: expected the name of a file", join_path(path_, key), node->kind_text()));
        return std::nullopt;
    }
    const auto bounds = state_->bounds.find(node->place.file);
    const std::string& holder = bounds == state_->bounds.end() ? state_->first_file : node->place.file;
    const std::string folder = bounds == state_->bounds.end() ? folder_of(holder) : bounds->second;
    return resolve_input(node->text, holder, folder, node->place, diagnostics);
}

Document Document::read(const std::string& path, const std::vector<std::string>& overlays, const std::vector<std::string>& sets,
                        Diagnostics& diagnostics, Units units) {
    auto state = std::make_shared<DocumentState>();
    state->units = std::move(units);
    detail::DocumentReader reader(*state, diagnostics);
    reader.add_file(path);
    for (const std::string& overlay : overlays) reader.add_file(overlay);
    for (const std::string& setting : sets) reader.add_setting(setting);
    return Document(std::move(state));
}

Document Document::from_text(std::string_view text, const std::string& shown, const std::vector<std::string>& sets,
                             Diagnostics& diagnostics, Units units) {
    auto state = std::make_shared<DocumentState>();
    state->units = std::move(units);
    detail::DocumentReader reader(*state, diagnostics);
    reader.add_text(text, shown);
    for (const std::string& setting : sets) reader.add_setting(setting);
    return Document(std::move(state));
}

Section Document::root() const { return {state_, &state_->root, "", Place{state_->first_file, 1, 1}}; }

const Units& Document::units() const { return state_->units; }

void Document::report_unknown(Diagnostics& diagnostics) const {
    const std::scoped_lock lock(state_->mutex);
    for (const auto& [path, misfit] : state_->misfits) diagnostics.add(misfit.place, misfit.message);
    UnknownFinder(*state_, diagnostics).visit(state_->root, "");
}

std::string Document::to_toml() const {
    std::string out;
    write_table(state_->root, "", out);
    return out;
}

std::string Document::to_json() const { return json(state_->root); }

std::vector<Origin> Document::origins() const {
    std::vector<Origin> all;
    list_origins(state_->root, "", all);
    return all;
}

const std::vector<std::string>& Document::files() const { return state_->files; }

}  // namespace sim
