// What the reader refuses: damaged, foreign and hostile files.

#include "sim/result_reader.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/sim/result_file_support.hpp"
#include "tests/sim/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;

std::string why_refused(const std::string& path, sim::Accept accept = sim::Accept::sealed) {
    try {
        const sim::ResultReader reader(path, accept);
        for (const sim::StoredVariable& variable : reader.variables()) {
            if (variable.type == sim::Type::text) {
                static_cast<void>(reader.read_texts(variable.name));
            } else {
                static_cast<void>(reader.read_doubles(variable.name));
            }
        }
    } catch (const sim::FileError& error) {
        REQUIRE(error.kind() == sim::FileError::Kind::cannot_read);
        REQUIRE_THAT(error.what(), Catch::Matchers::StartsWith(path));
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a file that was cut or changed anywhere is refused") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("damaged.nc");
    const std::vector<std::byte> whole = test::sample_result().finish();
    test::spill(path, whole);
    REQUIRE(why_refused(path).empty());

    const std::size_t step = whole.size() / 101;
    for (std::size_t length = 0; length < whole.size(); length += step) {
        test::spill(path, std::span(whole).first(length));
        INFO("cut to " << length);
        REQUIRE_FALSE(why_refused(path).empty());
        if (length + sim::seal_size + 4096 < whole.size()) REQUIRE_FALSE(why_refused(path, sim::Accept::any).empty());
    }
    for (std::size_t cut = 1; cut <= sim::seal_size; ++cut) {
        test::spill(path, std::span(whole).first(whole.size() - cut));
        REQUIRE_FALSE(why_refused(path).empty());
    }
    for (std::size_t at = 0; at < whole.size(); at += at + 40 < whole.size() ? 97 : 1) {
        std::vector<std::byte> flipped = whole;
        flipped[at] ^= std::byte{1} << (at % 8);
        test::spill(path, flipped);
        INFO("flipped at " << at);
        REQUIRE_FALSE(why_refused(path).empty());
    }
    std::vector<std::byte> longer = whole;
    longer.push_back(std::byte{0});
    test::spill(path, longer);
    REQUIRE_FALSE(why_refused(path).empty());
}

TEST_CASE("a damaged chunk is refused by its own checksum where the seal is gone") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("chunk.nc");
    sim::ResultWriter writer;
    writer.axis("row", 50'000);
    std::vector<std::int32_t> values(50'000);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<std::int32_t>((k * 2654435761U) >> 3U);
    writer.variable({.name = "noise", .axes = {"row"}, .values = values, .long_name = "noise", .units = "1"});
    std::vector<std::byte> bytes = writer.finish();
    bytes.erase(bytes.end() - static_cast<std::ptrdiff_t>(sim::seal_size), bytes.end());
    test::spill(path, bytes);
    REQUIRE_THAT(why_refused(path), Catch::Matchers::Contains("it was cut"));
    REQUIRE(why_refused(path, sim::Accept::any).empty());

    bytes[bytes.size() / 2] ^= std::byte{16};  // nearly all of the file is the one chunk
    test::spill(path, bytes);
    REQUIRE_THAT(why_refused(path, sim::Accept::any), Catch::Matchers::Contains("noise"));
}

TEST_CASE("files that are no results are refused") {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("odd.nc");
    REQUIRE_FALSE(why_refused(path).empty());  // not there
    REQUIRE_FALSE(why_refused(fs::path(path).parent_path().string()).empty());
    REQUIRE_FALSE(why_refused("/dev/zero").empty());
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    REQUIRE_FALSE(why_refused(path).empty());  // and does not wait for a writer
    fs::remove(path);
    test::spill(path, test::bytes_of("region,value\nBong,1\n"));
    REQUIRE_FALSE(why_refused(path, sim::Accept::any).empty());
}

TEST_CASE("hostile HDF5 is refused before it does harm") {
    struct Case {
        const char* python;
        const char* message;
    };
    const auto hostile =
        GENERATE(Case{"f['x'] = h5py.ExternalLink('/etc/passwd', '/x')", "link"}, Case{"f['x'] = h5py.SoftLink('/d')", "link"},
                 Case{"f['x'] = f['d']", "another name"}, Case{"f['g/loop'] = f['/']", "another name"},
                 Case{"f.create_dataset('x', (4,), 'f4', external=[('/etc/passwd', 0, 16)])", "other files"},
                 Case{"v = h5py.VirtualLayout((4,), 'f4'); v[:] = h5py.VirtualSource('/etc/passwd', 'd', (4,)); "
                      "f.create_virtual_dataset('x', v)",
                      "other files"},
                 Case{"f.create_dataset('x', (4,), 'f4', compression='lzf')", "filter"},
                 Case{"f.create_dataset('x', (4,), 'i4', scaleoffset=0)", "filter"},
                 Case{"f.create_dataset('x', (1 << 40,), 'f4', chunks=(1024,))", "larger than"},
                 Case{"f.create_dataset('x', (1 << 40, 1 << 40, 1 << 40), 'f4', chunks=(1, 1, 1024))", "larger than"},
                 Case{"f.create_dataset('x', (1 << 29,), 'f4', chunks=(1 << 29,))", "chunk"},
                 Case{"f['x'] = np.zeros(4, 'S3')", "type"}, Case{"f['x'] = np.zeros(4, 'u4')", "type"},
                 Case{"f['x'] = np.zeros(4, [('a', 'i4')])", "type"}, Case{"f['x'] = np.dtype('i4')", "neither"},
                 Case{"f['x'] = h5py.Empty('f4')", "shape"}, Case{"f['x'] = np.zeros(4, 'f4')", "no axes"},
                 Case{"f['x'] = np.zeros(5, 'f4'); f['x'].dims[0].attach_scale(f['d'])", "does not fit"},
                 Case{"f['a/b/c/d/e/f/g/h/i/j/k'] = np.zeros(1, 'f4')", "deep"},
                 Case{"[f.create_group(f'g{k}') for k in range(10001)]", ""});
    const test::TemporaryFolder folder;
    const std::string path = folder.path("hostile.h5");
    const std::string script = folder.path("make.py");
    test::spill(script, test::bytes_of(std::string("import h5py, numpy as np\nf = h5py.File('") + path +
                                       "', 'w')\nf['d'] = np.zeros(4, 'f4')\nf['d'].make_scale('d')\n" + hostile.python + "\n"));
    INFO(hostile.python);
    REQUIRE(std::system(("/usr/bin/python3 '" + script + "'").c_str()) == 0);
    const std::string refusal = why_refused(path, sim::Accept::any);
    REQUIRE_FALSE(refusal.empty());
    REQUIRE_THAT(refusal, Catch::Matchers::Contains(hostile.message));
}
