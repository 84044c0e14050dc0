#pragma once
// What can go wrong outside the program's own logic, and how it is told: file, line, column, value, allowed range, hint.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace sim {

/// Where in an input a value stands. `line` and `column` count from 1; 0 means that the source has none (a command line).
struct Place {
    std::string file;
    int line = 0;
    int column = 0;

    /// "file:line:column", shortened where line or column are 0.
    [[nodiscard]] std::string text() const;
};

/// One finding about an input: where it stands, and what is wrong with it, with a hint where there is one.
struct Diagnostic {
    Place place;
    std::string message;

    [[nodiscard]] std::string text() const;
};

/// Bad input. Carries every finding of a check, so that a user mends a file in one go.
class InputError : public std::runtime_error {
  public:
    explicit InputError(std::vector<Diagnostic> findings);
    [[nodiscard]] const std::vector<Diagnostic>& findings() const { return findings_; }

  private:
    std::vector<Diagnostic> findings_;
};

/// A file that cannot be read or written; `reading` tells which.
class FileError : public std::runtime_error {
  public:
    enum class Kind { cannot_read, cannot_create, cannot_write };
    FileError(Kind kind, const std::string& path, const std::string& why);
    [[nodiscard]] Kind kind() const { return kind_; }

  private:
    Kind kind_;
};

/// A state that has gone bad during a run: which process found it, in which step, in which row.
class NumericalError : public std::runtime_error {
  public:
    NumericalError(const std::string& process, std::int64_t step, const std::string& what);
};

/// Collects findings; `throw_if_any` ends a check.
class Diagnostics {
  public:
    void add(Place place, std::string message);
    [[nodiscard]] bool empty() const { return findings_.empty(); }
    [[nodiscard]] const std::vector<Diagnostic>& findings() const { return findings_; }
    /// Throws InputError with all findings, ordered by file, line and column, if there are any. What was found twice, in a file
    /// that two others extend, is told once.
    void throw_if_any() const;

  private:
    std::vector<Diagnostic> findings_;
};

}  // namespace sim
