#pragma once
// Input documents: TOML files laid over one another, read as sections that remember what was asked of them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/errors.hpp"
#include "sim/node.hpp"
#include "sim/units.hpp"

namespace sim {

namespace detail {
struct DocumentState;
}

struct NamedSection;

/// A view of one table of a document, which stays valid after the document is gone. Whatever key is asked for, present or not, is
/// remembered as known. A section that stands for an absent table has no keys, so that defaults and missing keys are found alike.
/// Safe to use from several threads at once.
class Section {
  public:
    /// Dotted path, "mortality.young"; empty for the root.
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Where the table stands; for an absent one, the nearest table around it.
    [[nodiscard]] const Place& place() const { return place_; }
    [[nodiscard]] bool exists() const { return node_ != nullptr; }
    [[nodiscard]] const Units& units() const;

    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    /// The value of `key`, or nullptr. Owned by the document's state, which this section keeps alive.
    [[nodiscard]] const Node* find(std::string_view key) const;

    /// The table `name`, if it is there. A value that stands in its place is a finding of `Document::report_unknown`.
    [[nodiscard]] std::optional<Section> child(std::string_view name) const;
    /// The table `name`, or an absent section of that name.
    [[nodiscard]] Section child_or_empty(std::string_view name) const;
    /// All tables directly below, sorted by name: for tables that a user names. Distributions are values and no tables.
    [[nodiscard]] std::vector<NamedSection> children() const;
    /// The tables of a list of tables ("[[exit]]"), in their order; their paths are "exit[0]", "exit[1]", ...
    [[nodiscard]] std::vector<Section> items(std::string_view name) const;

    /// Path of the file that the text at `key` names, relative to the file in which the key stands (to the first file for a
    /// setting of the command line), under the rules of `resolve_input`. Nothing if the key is absent or a finding was added.
    [[nodiscard]] std::optional<std::string> file(std::string_view key, Diagnostics& diagnostics) const;

  private:
    friend class Document;
    Section(std::shared_ptr<detail::DocumentState> state, const Node* node, std::string path, Place place)
        : state_(std::move(state)), node_(node), path_(std::move(path)), place_(std::move(place)) {}

    std::shared_ptr<detail::DocumentState> state_;
    const Node* node_;
    std::string path_;
    Place place_;
};

struct NamedSection {
    std::string name;
    Section section;
};

/// A value of the document and where it comes from.
struct Origin {
    std::string key;    ///< dotted
    std::string value;  ///< in TOML
    Place place;
};

/// The merged input of a run. Later layers win: bases named by `extends` < the file < overlays, in order < settings, in order.
/// Tables merge; scalars, lists and distributions replace; a table never replaces a value, nor a value a table.
class Document {
  public:
    /// Reads `path`, lays `overlays` (files) and `sets` ("table.key=value") over it. A file may begin with
    /// `extends = ["base.toml"]`, up to 8 deep and 64 files in all; such paths obey `resolve_input`, within the folder of `path`,
    /// or of the overlay if that lies elsewhere. Findings go to `diagnostics`; the document then holds what could be read. Throws
    /// FileError if `path` or an overlay cannot be read.
    [[nodiscard]] static Document read(const std::string& path, const std::vector<std::string>& overlays,
                                       const std::vector<std::string>& sets, Diagnostics& diagnostics, Units units = {});

    /// The same for a text whose places bear the name `shown`. It may not extend files, and names files relative to `shown`.
    [[nodiscard]] static Document from_text(std::string_view text, const std::string& shown, const std::vector<std::string>& sets,
                                            Diagnostics& diagnostics, Units units = {});

    [[nodiscard]] Section root() const;
    [[nodiscard]] const Units& units() const;

    /// Adds a finding for every key and table that no section was asked for, once at the top of a subtree, with the nearest of
    /// the names asked for in the same table; and for every value that stands where a table was asked for.
    void report_unknown(Diagnostics& diagnostics) const;

    /// The merged document in TOML: keys sorted, numbers in their shortest form; reads back as the same document.
    [[nodiscard]] std::string to_toml() const;
    /// The same as JSON; dates and distributions as in TOML, dates as texts.
    [[nodiscard]] std::string to_json() const;
    /// Every value, sorted by key as in `to_toml`.
    [[nodiscard]] std::vector<Origin> origins() const;
    /// The files that were read, each once, in the order of reading.
    [[nodiscard]] const std::vector<std::string>& files() const;

  private:
    explicit Document(std::shared_ptr<detail::DocumentState> state) : state_(std::move(state)) {}
    std::shared_ptr<detail::DocumentState> state_;
};

}  // namespace sim
