#include "sim/atomic_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/sim/result_file_support.hpp"
#include "tests/sim/temporary_folder.hpp"

namespace {

using sim::FileError;
namespace fs = std::filesystem;

FileError::Kind kind_of_failure(const std::string& path, const sim::FileCalls& calls = sim::FileCalls::system()) {
    try {
        sim::write_atomically(path, test::bytes_of("new"), calls);
    } catch (const FileError& error) {
        return error.kind();
    }
    FAIL("no error");
    return FileError::Kind::cannot_read;
}

}  // namespace

TEST_CASE("a file takes its place whole, or leaves what was there") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("old.txt");
    test::spill(path, test::bytes_of("old"));
    sim::FileCalls calls = sim::FileCalls::system();

    SECTION("a full disk after some bytes") {
        calls.write = [n = 0](int to, const void* bytes, std::size_t) mutable -> ssize_t {
            if (n++ == 0) return ::write(to, bytes, 1);
            errno = ENOSPC;
            return -1;
        };
        REQUIRE(kind_of_failure(path, calls) == FileError::Kind::cannot_write);
    }
    SECTION("a broken disk that shows only in the sync") {
        calls.sync = [](int) { return errno = EIO, -1; };
        REQUIRE(kind_of_failure(path, calls) == FileError::Kind::cannot_write);
    }
    SECTION("a quota that shows only in the close") {
        calls.close = [](int descriptor) { return ::close(descriptor), errno = EDQUOT, -1; };
        REQUIRE(kind_of_failure(path, calls) == FileError::Kind::cannot_write);
    }
    SECTION("a rename that fails") {
        calls.rename = [](const char*, const char*) { return errno = EACCES, -1; };
        REQUIRE(kind_of_failure(path, calls) == FileError::Kind::cannot_create);
    }
    SECTION("a result whose disk is full") {
        calls.write = [](int, const void*, std::size_t) -> ssize_t { return errno = ENOSPC, -1; };
        REQUIRE_THROWS_AS(test::sample_result().write(path, calls), FileError);
    }
    SECTION("given up before it is whole") {
        sim::AtomicFile file(path);
        file.write(test::bytes_of("new"));
    }
    REQUIRE(test::slurp(path) == std::vector<std::byte>(test::bytes_of("old").begin(), test::bytes_of("old").end()));
    REQUIRE(folder.files() == 1);
}

TEST_CASE("short and interrupted writes are carried on with") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("new.txt");
    sim::FileCalls calls = sim::FileCalls::system();
    calls.write = [n = 0](int to, const void* bytes, std::size_t count) mutable -> ssize_t {
        if (n++ % 2 == 0) return errno = EINTR, -1;
        return ::write(to, bytes, std::min<std::size_t>(count, 2));
    };
    sim::write_atomically(path, test::bytes_of("seven b"), calls);
    REQUIRE(test::slurp(path).size() == 7);
    REQUIRE(folder.files() == 1);

    fs::create_symlink(path, folder.path("link"));
    sim::write_atomically(folder.path("link"), test::bytes_of("12345678"));
    REQUIRE(fs::is_symlink(folder.path("link")));
    REQUIRE(test::slurp(path).size() == 8);
}

TEST_CASE("a name that cannot be had and a disk that is full are told apart") {
    const test::TemporaryFolder folder;
    REQUIRE(kind_of_failure(folder.path("absent/new.txt")) == FileError::Kind::cannot_create);
    REQUIRE(kind_of_failure(folder.path("")) == FileError::Kind::cannot_create);  // the folder itself
    test::spill(folder.path("plain"), test::bytes_of("x"));
    REQUIRE(kind_of_failure(folder.path("plain/new.txt")) == FileError::Kind::cannot_create);
    if (fs::exists("/dev/full")) {
        REQUIRE(kind_of_failure("/dev/full") == FileError::Kind::cannot_write);
        REQUIRE(fs::is_character_file("/dev/full"));
    }
}
