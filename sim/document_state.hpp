#pragma once
// What documents and their sections share. Private to sim/document*.cpp.

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sim/errors.hpp"
#include "sim/node.hpp"
#include "sim/units.hpp"

namespace sim::detail {

struct DocumentState {
    using Names = std::set<std::string, std::less<>>;

    Node root;  ///< never changed once sections exist
    Units units;
    std::string first_file;                     ///< settings name files relative to it
    std::vector<std::string> files;             ///< as read, each once
    std::map<std::string, std::string> bounds;  ///< file -> folder that the paths in it must not leave

    std::mutex mutex;  ///< guards what sections note below; replicates read parameters at the same time
    std::map<std::string, Names, std::less<>> asked;  ///< path of a table -> keys asked for in it
    std::map<std::string, Diagnostic> misfits;        ///< path -> a value that stands where a table was asked for

    void note_asked(const std::string& path, std::string_view key);
    void note_opened(const std::string& path);
    void note_misfit(const std::string& path, const Node& node, std::string_view expected);
};

/// Reads files, their bases and settings into `state.root`.
class DocumentReader {
  public:
    DocumentReader(DocumentState& state, Diagnostics& diagnostics) : state_(state), diagnostics_(diagnostics) {}

    /// A file that the user named. Throws FileError.
    void add_file(const std::string& path);
    void add_setting(const std::string& setting);
    /// A text in place of a file.
    void add_text(std::string_view text, const std::string& shown);

  private:
    Node load(const std::string& path, const std::string& bounds, int depth);
    /// Removes `extends` from `node` and returns the layers that it names, merged.
    Node load_bases(Node& node, const std::string& path, const std::string& bounds, int depth);
    void load_base(Node& merged, const Node& name, const std::string& path, const std::string& bounds, int depth);
    void merge(Node& under, Node over, const std::string& path);

    DocumentState& state_;
    Diagnostics& diagnostics_;
    std::vector<std::string> open_;  ///< files being read, outermost first: one that returns is a cycle
    int loaded_ = 0;
};

}  // namespace sim::detail
