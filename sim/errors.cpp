#include "sim/errors.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace sim {

namespace {

std::string all_lines(const std::vector<Diagnostic>& findings) {
    std::string text;
    for (const Diagnostic& finding : findings) text += finding.text() + "\n";
    if (!text.empty()) text.pop_back();
    return text;
}

}  // namespace

std::string Place::text() const {
    if (line == 0) return file;
    if (column == 0) return fmt::format("{}:{}", file, line);
    return fmt::format("{}:{}:{}", file, line, column);
}

std::string Diagnostic::text() const {
    const std::string where = place.text();
    return where.empty() ? message : where + ": " + message;
}

InputError::InputError(std::vector<Diagnostic> findings)
    : std::runtime_error(all_lines(findings)), findings_(std::move(findings)) {}

FileError::FileError(Kind kind, const std::string& path, const std::string& why)
    : std::runtime_error(fmt::format("{}: {}: {}", path,
                                     kind == Kind::cannot_read     ? "cannot be read"
                                     : kind == Kind::cannot_create ? "cannot be created"
                                                                   : "cannot be written",
                                     why)),
      kind_(kind) {}

NumericalError::NumericalError(const std::string& process, std::int64_t step, const std::string& what)
    : std::runtime_error(fmt::format("process {}, step {}: {}", process, step, what)) {}

void Diagnostics::add(Place place, std::string message) { findings_.push_back({std::move(place), std::move(message)}); }

void Diagnostics::throw_if_any() const {
    if (findings_.empty()) return;
    std::vector<Diagnostic> ordered = findings_;
    const auto key = [](const Diagnostic& d) { return std::tie(d.place.file, d.place.line, d.place.column); };
    std::stable_sort(ordered.begin(), ordered.end(), [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    std::set<std::string> told;
    std::erase_if(ordered, [&](const Diagnostic& d) { return !told.insert(d.text()).second; });
    throw InputError(std::move(ordered));
}

}  // namespace sim
