#pragma once
// A folder of files for one test, removed at its end.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace test {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        static int count = 0;
        path_ =
            std::filesystem::temp_directory_path() / ("sim_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count));
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;  // a folder left behind does not make a test wrong
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// Writes a file, with the folders above it; returns its path.
    std::string write(const std::string& name, std::string_view text) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
        return file.string();
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
    /// Number of files in it.
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
    }
    /// `text` with the path of this folder taken out, so that tests can state messages.
    [[nodiscard]] std::string relative(std::string text) const {
        const std::string prefix = path_.string() + "/";
        for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) text.erase(at, prefix.size());
        return text;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace test
