#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "sim/document_state.hpp"
#include "sim/input_file.hpp"
#include "sim/toml_reader.hpp"

namespace sim::detail {

namespace {

constexpr int max_extends_depth = 8;
constexpr int max_files = 64;  // without it, eight levels of long lists would be read an astronomic number of times

bool same_file(const std::string& a, const std::string& b) {
    std::error_code error;
    return std::filesystem::equivalent(a, b, error) && !error;
}

}  // namespace

void DocumentReader::add_file(const std::string& path) {
    if (state_.first_file.empty()) state_.first_file = path;
    const std::string folder = folder_of(path);
    const std::string root = folder_of(state_.first_file);
    merge(state_.root, load(path, lies_within(folder, root) ? root : folder, 0), "");
}

void DocumentReader::add_setting(const std::string& setting) {
    std::optional<Node> node = parse_setting(setting, diagnostics_);
    if (!node) return;
    if (node->members.contains("extends")) {
        diagnostics_.add(node->members.at("extends").place, "extends can only be set in a file");
        return;
    }
    merge(state_.root, std::move(*node), "");
}

void DocumentReader::add_text(std::string_view text, const std::string& shown) {
    state_.first_file = shown;
    state_.files.push_back(shown);
    state_.bounds.emplace(shown, folder_of(shown));
    std::optional<Node> node = parse_toml(text, shown, diagnostics_);
    if (!node) return;
    if (const auto extends = node->members.find("extends"); extends != node->members.end()) {
        diagnostics_.add(extends->second.key_place, "extends can only be set in a file");
        node->members.erase(extends);
    }
    merge(state_.root, std::move(*node), "");
}

Node DocumentReader::load(const std::string& path, const std::string& bounds, int depth) {
    ++loaded_;
    if (state_.bounds.emplace(path, bounds).second) state_.files.push_back(path);
    const std::optional<std::string> text = read_input(path, diagnostics_);
    if (!text) return {};
    std::optional<Node> node = parse_toml(*text, path, diagnostics_);
    if (!node) return {};
    open_.push_back(path);
    Node merged = load_bases(*node, path, bounds, depth);
    open_.pop_back();
    merge(merged, std::move(*node), "");
    return merged;
}

Node DocumentReader::load_bases(Node& node, const std::string& path, const std::string& bounds, int depth) {
    Node merged;
    merged.place = node.place;
    auto extracted = node.members.extract("extends");
    if (extracted.empty()) return merged;
    const Node& extends = extracted.mapped();
    if (extends.kind == Node::Kind::text) {
        load_base(merged, extends, path, bounds, depth);
    } else if (extends.kind == Node::Kind::array) {
        for (const Node& name : extends.items) load_base(merged, name, path, bounds, depth);
    } else {
        diagnostics_.add(extends.place, fmt::format("extends is {}: expected a list of file names, such as [\"base.toml\"]",
                                                    extends.kind_text()));
    }
    return merged;
}

void DocumentReader::load_base(Node& merged, const Node& name, const std::string& path, const std::string& bounds, int depth) {
    const auto refuse = [&](const std::string& why) { diagnostics_.add(name.place, why); };
    if (name.kind != Node::Kind::text)
        return refuse(fmt::format("extends has {} in its list: expected a file name", name.kind_text()));
    const std::optional<std::string> base = resolve_input(name.text, path, bounds, name.place, diagnostics_);
    if (!base) return;
    if (std::any_of(open_.begin(), open_.end(), [&](const std::string& open) { return same_file(open, *base); })) {
        return refuse(fmt::format("\"{}\" extends itself: {} is being read already", name.text, *base));
    }
    if (depth >= max_extends_depth) return refuse(fmt::format("files extend one another more than {} deep", max_extends_depth));
    if (loaded_ >= max_files) return refuse(fmt::format("more than {} files are read", max_files));
    try {
        merge(merged, load(*base, bounds, depth + 1), "");
    } catch (const FileError& error) {
        refuse(error.what());
    }
}

void DocumentReader::merge(Node& under, Node over, const std::string& path) {
    for (auto& [key, value] : over.members) {
        const auto found = under.members.find(key);
        if (found == under.members.end()) {
            under.members.emplace(key, std::move(value));
            continue;
        }
        Node& old = found->second;
        const std::string full = join_path(path, key);
        const bool tables = old.kind == Node::Kind::table && value.is_section();
        if (tables) {  // the older may be a distribution of which one parameter is set anew
            merge(old, std::move(value), full);
        } else if (old.is_section() != value.is_section()) {
            diagnostics_.add(value.key_place, fmt::format("{} is {} here, but {} at {}", full, value.kind_text(), old.kind_text(),
                                                          old.key_place.text()));
        } else {
            old = std::move(value);
        }
    }
}

}  // namespace sim::detail
