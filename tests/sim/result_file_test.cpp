#include "sim/result_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "sim/errors.hpp"
#include "sim/result_reader.hpp"
#include "tests/catch.hpp"

namespace {

using sim::FileError;
namespace fs = std::filesystem;

/// A folder that goes when the test does.
class Folder {
  public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "result_file_XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t n_files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

  private:
    fs::path path_;
};

std::vector<std::byte> slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

void spill(const std::string& path, std::span<const std::byte> bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

constexpr std::size_t n_strategies = 2, n_replicates = 3, n_times = 5, n_regions = 4, n_events = 6;
constexpr std::size_t n_cells = n_strategies * n_replicates;

std::vector<float> levels() {
    std::vector<float> values(n_cells * n_times * n_regions);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<float>(k) * 0.25F;
    values[7] = std::numeric_limits<float>::quiet_NaN();
    return values;
}

/// A small result with everything that a real one has.
sim::ResultWriter sample() {
    using Texts = std::vector<std::string>;
    sim::ResultWriter file;
    file.attribute("title", "a sample");
    file.attribute("seed", std::int64_t{1} << 60U);
    file.attribute("fraction", 0.125);
    file.axis("strategy", n_strategies);
    file.axis("replicate", n_replicates);
    file.axis("time", n_times);
    file.axis("region", n_regions);
    file.axis("bnds", 2);
    file.axis("parameter", 2);
    file.unlimited_axis("event");

    file.variable({.name = "replicate",
                   .axes = {"replicate"},
                   .values = std::vector<std::int32_t>{10, 11, 12},
                   .long_name = "id of the replicate",
                   .units = "1"});
    file.variable(sim::time_coordinate("time", std::vector<double>{0, 7, 14, 21, 28}, "2003-08-18", "time_bnds"));
    file.variable({.name = "time_bnds",
                   .axes = {"time", "bnds"},
                   .values = std::vector<double>{-7, 0, 0, 7, 7, 14, 14, 21, 21, 28},
                   .long_name = "begin and end of the step",
                   .units = "days since 2003-08-18",
                   .attributes = {{"calendar", "proleptic_gregorian"}}});
    file.variable({.name = "strategy_name", .axes = {"strategy"}, .values = Texts{"none", "draw down"}, .long_name = "strategy"});
    file.variable({.name = "region_name",
                   .axes = {"region"},
                   .values = Texts{"Río", "Bong", "Łódź", ""},
                   .long_name = "name of the region"});

    const std::string labels = "strategy_name region_name";
    std::vector<std::int32_t> counts(n_cells * n_times * n_regions);
    for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = static_cast<std::int32_t>(k * k);
    file.variable({.name = "arrivals",
                   .axes = {"strategy", "replicate", "time", "region"},
                   .values = counts,
                   .long_name = "arrivals in the step",
                   .units = "1",
                   .cell_methods = "time: sum",
                   .coordinates = labels,
                   .source = "arrival"});
    file.variable({.name = "level",
                   .axes = {"strategy", "replicate", "time", "region"},
                   .values = sim::Type::float32,
                   .long_name = "level, in °",
                   .units = "degree",
                   .coordinates = labels});
    const std::vector<float> level = levels();
    const std::vector<std::size_t> count{1, 1, n_times, n_regions};
    for (std::size_t cell = n_cells; cell-- > 0;) {  // replicates end in any order
        const std::vector<std::size_t> offset{cell / n_replicates, cell % n_replicates, 0, 0};
        file.write_slab("level", offset, count, std::span(level).subspan(cell * n_times * n_regions, n_times * n_regions));
    }
    file.variable({.name = "summary/ends",
                   .axes = {"strategy", "replicate"},
                   .values = std::vector<std::int64_t>{1, -1, 3, 4, 5, std::int64_t{1} << 60U},
                   .long_name = "last step with a change",
                   .units = "1",
                   .missing = -1});

    file.variable({.name = "events/week", .axes = {"event"}, .values = sim::Type::int32, .long_name = "step", .units = "1"});
    file.variable({.name = "events/size",
                   .axes = {"event"},
                   .values = std::vector<double>{1, 2, 3, 4, 5, 6},
                   .long_name = "size",
                   .units = "1"});
    file.write_slab("events/week", std::vector<std::size_t>{0}, std::vector<std::size_t>{4},
                    std::vector<std::int32_t>{1, 1, 2, 3});
    file.write_slab("events/week", std::vector<std::size_t>{4}, std::vector<std::size_t>{2}, std::vector<std::int32_t>{5, 8});
    file.variable({.name = "events/kind",
                   .axes = {"event"},
                   .values = std::vector<std::int8_t>{0, 1, 1, 0, 2, 2},
                   .long_name = "kind of event",
                   .flags = {{0, "start"}, {1, "hand over"}, {2, "end"}}});

    file.variable({.name = "parameters/name",
                   .axes = {"parameter"},
                   .values = Texts{"decay.rate", "decay.delay"},
                   .long_name = "key of the parameter"});
    file.variable({.name = "parameters/value",
                   .axes = {"replicate", "parameter"},
                   .values = std::vector<double>{1, 2, 3, 4, 5, 6},
                   .long_name = "value drawn for the replicate",
                   .units = "1",
                   .coordinates = "name"});
    file.text("provenance/scenario", "[scenario]\n\nname = \"sample\"\n", "effective scenario");
    const double version = 1.0;
    file.variable(
        {.name = "provenance/schema", .values = std::span(&version, 1), .long_name = "version of the layout", .units = "1"});
    return file;
}

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
    } catch (const FileError& error) {
        REQUIRE(error.kind() == FileError::Kind::cannot_read);
        REQUIRE_THAT(error.what(), Catch::Matchers::StartsWith(path));
        return error.what();
    }
    return "";
}

FileError::Kind kind_of_failure(const std::string& path, const sim::FileCalls& calls = sim::FileCalls::system()) {
    try {
        sim::write_atomically(path, bytes_of("new"), calls);
    } catch (const FileError& error) {
        return error.kind();
    }
    FAIL("no error");
    return FileError::Kind::cannot_read;
}

}  // namespace

TEST_CASE("a result that is written reads back as it was") {
    const Folder folder;
    const std::string path = folder.file("sample.nc");
    sample().write(path);
    REQUIRE(folder.n_files() == 1);

    const sim::ResultReader file(path);
    REQUIRE(file.axes() == std::vector<sim::Axis>{{"strategy", 2, false},
                                                  {"replicate", 3, false},
                                                  {"time", 5, false},
                                                  {"region", 4, false},
                                                  {"bnds", 2, false},
                                                  {"parameter", 2, false},
                                                  {"event", 6, true},
                                                  {"scenario_line", 3, false}});
    REQUIRE(file.variables().size() == 15);
    REQUIRE(file.variables().front().name == "replicate");
    REQUIRE(file.variables().back().name == "provenance/schema");
    REQUIRE(file.attributes() ==
            std::vector<sim::Attribute>{
                {"Conventions", "CF-1.10"}, {"title", "a sample"}, {"seed", std::int64_t{1} << 60U}, {"fraction", 0.125}});

    const std::vector<float> level = levels();
    const std::vector<double> read = file.read_doubles("level");
    REQUIRE(read.size() == level.size());
    for (std::size_t k = 0; k < read.size(); ++k) {
        REQUIRE((read[k] == static_cast<double>(level[k]) || (std::isnan(read[k]) && std::isnan(level[k]))));
    }
    const sim::StoredVariable& about = file.variable("level");
    REQUIRE(about.axes == std::vector<std::string>{"strategy", "replicate", "time", "region"});
    REQUIRE(about.type == sim::Type::float32);
    REQUIRE(about.text("long_name") == "level, in °");
    REQUIRE(about.text("coordinates") == "strategy_name region_name");
    REQUIRE(about.text("absent").empty());

    const std::vector<std::size_t> offset{1, 2, 4, 1}, count{1, 1, 1, 3};
    REQUIRE(file.read_doubles("arrivals", offset, count) == std::vector<double>{117 * 117, 118 * 118, 119 * 119});
    REQUIRE(file.read_integers("summary/ends") == std::vector<std::int64_t>{1, -1, 3, 4, 5, std::int64_t{1} << 60U});
    REQUIRE(file.read_doubles("events/week") == std::vector<double>{1, 1, 2, 3, 5, 8});
    REQUIRE(file.variable("events/kind").text("flag_meanings") == "start hand_over end");
    REQUIRE(file.read_texts("region_name") == std::vector<std::string>{"Río", "Bong", "Łódź", ""});
    REQUIRE(file.read_texts("provenance/scenario") == std::vector<std::string>{"[scenario]", "", "name = \"sample\""});
    REQUIRE(file.read_doubles("provenance/schema") == std::vector<double>{1.0});
    REQUIRE(file.contains("replicate"));
    REQUIRE_FALSE(file.contains("strategy"));  // an axis without coordinates
    REQUIRE_THROWS_AS(file.variable("strategy"), FileError);
    REQUIRE_THROWS_AS(file.read_doubles("region_name"), FileError);
    REQUIRE_THROWS_AS(file.read_texts("level"), FileError);
    REQUIRE_THROWS_AS(file.read_integers("level"), FileError);
    REQUIRE_THROWS_AS(file.read_doubles("arrivals", offset, std::vector<std::size_t>{1, 2, 1, 1}), FileError);
}

TEST_CASE("the same calls make the same bytes, in this process and in another") {
    REQUIRE(sample().finish() == sample().finish());

    // Fresh memory is filled with another pattern there: bytes that nobody set would show.
    const Folder folder;
    const std::string program = fs::read_symlink("/proc/self/exe").string();
    const std::string path = folder.file("other.nc");
    const std::string command = "SAMPLE_FILE='" + path + "' MALLOC_PERTURB_=165 '" + program + "' 'write the sample' > /dev/null";
    REQUIRE(std::system(command.c_str()) == 0);
    REQUIRE(slurp(path) == sample().finish());
}

TEST_CASE("write the sample", "[.]") {  // for the test above, and for tests/cli/result_readers.py
    if (const char* path = std::getenv("SAMPLE_FILE")) sample().write(path);
}

TEST_CASE("a result opens in every reader") {
    const Folder folder;
    const std::string path = folder.file("sample.nc");
    sample().write(path);
    REQUIRE(std::system(("/usr/bin/python3 " SOURCE_DIR "/tests/cli/result_readers.py '" + path + "' > /dev/null").c_str()) == 0);
}

TEST_CASE("an unlimited axis may stay empty, and gaps are missing values") {
    const Folder folder;
    const std::string path = folder.file("gaps.nc");
    sim::ResultWriter writer;
    writer.axis("replicate", 3);
    writer.unlimited_axis("event");
    writer.variable(
        {.name = "events/week", .axes = {"event"}, .values = std::span<const std::int32_t>{}, .long_name = "step", .units = "1"});
    writer.variable({.name = "level", .axes = {"replicate"}, .values = sim::Type::float32, .long_name = "level", .units = "1"});
    writer.variable(
        {.name = "count", .axes = {"replicate"}, .values = sim::Type::int32, .long_name = "count", .units = "1", .missing = -9});
    writer.write_slab("level", std::vector<std::size_t>{1}, std::vector<std::size_t>{1}, std::vector<float>{2.5F});
    writer.write_slab("count", std::vector<std::size_t>{2}, std::vector<std::size_t>{1}, std::vector<std::int32_t>{7});
    writer.write(path);

    const sim::ResultReader file(path);
    REQUIRE(file.axes().back() == sim::Axis{"event", 0, true});
    REQUIRE(file.read_doubles("events/week").empty());
    const std::vector<double> level = file.read_doubles("level");
    REQUIRE((std::isnan(level[0]) && level[1] == 2.5 && std::isnan(level[2])));
    REQUIRE(file.read_integers("count") == std::vector<std::int64_t>{-9, -9, 7});
    REQUIRE(std::system(("/usr/bin/python3 " SOURCE_DIR "/tests/cli/result_readers.py '" + path + "' > /dev/null").c_str()) == 0);
}

TEST_CASE("misuse of the writer is refused") {
    using Ints = std::vector<std::int32_t>;
    sim::ResultWriter writer;
    writer.axis("region", 2);
    writer.unlimited_axis("event");
    const auto refused = [&](const sim::Variable& variable) {
        REQUIRE_THROWS_AS(writer.variable(variable), std::invalid_argument);
    };
    REQUIRE_THROWS_AS(writer.axis("region", 3), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("empty", 0), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("two words", 1), std::invalid_argument);
    refused({.name = "a", .axes = {"regoin"}, .values = Ints{1, 2}, .long_name = "a", .units = "1"});
    refused({.name = "b", .axes = {"region"}, .values = Ints{1, 2}, .units = "1"});
    refused({.name = "c", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "c"});
    refused({.name = "d", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "d", .units = "days"});
    refused({.name = "e", .axes = {"region", "event"}, .values = Ints{1, 2}, .long_name = "e", .units = "1"});
    refused({.name = "f", .axes = {"region"}, .values = Ints{1, 2, 3}, .long_name = "f", .units = "1"});
    refused({.name = "g", .axes = {"region"}, .values = std::vector<std::string>{"caf\xE9", "b"}, .long_name = "g"});
    refused({.name = "h", .axes = {"region"}, .values = std::vector<std::string>{std::string("a\0b", 3), "b"}, .long_name = "h"});
    refused({.name = "event", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "event", .units = "1"});
    refused({.name = "a/../b", .axes = {"region"}, .values = Ints{1, 2}, .long_name = "b", .units = "1"});
    REQUIRE_THROWS_AS(writer.attribute("long", std::string(70'000, 'x')), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.write_slab("absent", {}, {}, Ints{}), std::invalid_argument);
}

TEST_CASE("a result is not finished with gaps that would read as numbers, or labels that are not there") {
    const auto finish_with = [](const sim::Variable& variable) {
        sim::ResultWriter writer;
        writer.axis("region", 2);
        writer.variable(variable);
        return writer.finish();
    };
    const std::vector<std::int32_t> two{1, 2};
    REQUIRE_THROWS_AS(finish_with({.name = "a", .axes = {"region"}, .values = sim::Type::int32, .long_name = "a", .units = "1"}),
                      std::invalid_argument);
    REQUIRE_THROWS_AS(finish_with({.name = "a", .axes = {"region"}, .values = sim::Type::text, .long_name = "a"}),
                      std::invalid_argument);
    REQUIRE_THROWS_AS(
        finish_with(
            {.name = "a", .axes = {"region"}, .values = two, .long_name = "a", .units = "1", .coordinates = "region_name"}),
        std::invalid_argument);
    sim::ResultWriter writer = sample();
    static_cast<void>(writer.finish());
    REQUIRE_THROWS_AS(writer.finish(), std::invalid_argument);
    REQUIRE_THROWS_AS(writer.axis("late", 1), std::invalid_argument);
}

TEST_CASE("chunks hold whole cells of strategy and replicate") {
    using Sizes = std::vector<std::size_t>;
    const auto chunk = [](const Sizes& shape, bool unlimited = false) { return sim::automatic_chunk(shape, unlimited, 4); };
    REQUIRE(chunk({6, 1000, 520, 15}) == Sizes{1, 1, 520, 15});
    REQUIRE(chunk({6, 1000, 15}) == Sizes{1, 68, 15});
    REQUIRE(chunk({6, 3, 15}) == Sizes{1, 3, 15});
    REQUIRE(chunk({15, 15}).empty());
    REQUIRE(chunk({6, 1000}) == Sizes{6, 1000});
    REQUIRE(chunk({0}, true) == Sizes{4096});
    REQUIRE(chunk({2, 2, 2'000'000}) == Sizes{1, 1, 1'000'000});
    REQUIRE(chunk({}).empty());
}

TEST_CASE("a file that was cut or changed anywhere is refused") {
    const Folder folder;
    const std::string path = folder.file("damaged.nc");
    const std::vector<std::byte> whole = sample().finish();
    spill(path, whole);
    REQUIRE(why_refused(path).empty());

    const std::size_t step = whole.size() / 101;
    for (std::size_t length = 0; length < whole.size(); length += step) {
        spill(path, std::span(whole).first(length));
        INFO("cut to " << length);
        REQUIRE_FALSE(why_refused(path).empty());
        if (length + sim::seal_size + 4096 < whole.size()) REQUIRE_FALSE(why_refused(path, sim::Accept::any).empty());
    }
    for (std::size_t cut = 1; cut <= sim::seal_size; ++cut) {
        spill(path, std::span(whole).first(whole.size() - cut));
        REQUIRE_FALSE(why_refused(path).empty());
    }
    for (std::size_t at = 0; at < whole.size(); at += at + 40 < whole.size() ? 97 : 1) {
        std::vector<std::byte> flipped = whole;
        flipped[at] ^= std::byte{1} << (at % 8);
        spill(path, flipped);
        INFO("flipped at " << at);
        REQUIRE_FALSE(why_refused(path).empty());
    }
    std::vector<std::byte> longer = whole;
    longer.push_back(std::byte{0});
    spill(path, longer);
    REQUIRE_FALSE(why_refused(path).empty());
}

TEST_CASE("a damaged chunk is refused by its own checksum where the seal is gone") {
    const Folder folder;
    const std::string path = folder.file("chunk.nc");
    sim::ResultWriter writer;
    writer.axis("row", 50'000);
    std::vector<std::int32_t> values(50'000);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<std::int32_t>((k * 2654435761U) >> 3U);
    writer.variable({.name = "noise", .axes = {"row"}, .values = values, .long_name = "noise", .units = "1"});
    std::vector<std::byte> bytes = writer.finish();
    bytes.erase(bytes.end() - static_cast<std::ptrdiff_t>(sim::seal_size), bytes.end());
    spill(path, bytes);
    REQUIRE_THAT(why_refused(path), Catch::Matchers::Contains("it was cut"));
    REQUIRE(why_refused(path, sim::Accept::any).empty());

    bytes[bytes.size() / 2] ^= std::byte{16};  // nearly all of the file is the one chunk
    spill(path, bytes);
    REQUIRE_THAT(why_refused(path, sim::Accept::any), Catch::Matchers::Contains("noise"));
}

TEST_CASE("files that are no results are refused") {
    const Folder folder;
    const std::string path = folder.file("odd.nc");
    REQUIRE_FALSE(why_refused(path).empty());  // not there
    REQUIRE_FALSE(why_refused(fs::path(path).parent_path().string()).empty());
    REQUIRE_FALSE(why_refused("/dev/zero").empty());
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    REQUIRE_FALSE(why_refused(path).empty());  // and does not wait for a writer
    fs::remove(path);
    spill(path, bytes_of("region,value\nBong,1\n"));
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
    const Folder folder;
    const std::string path = folder.file("hostile.h5");
    const std::string script = folder.file("make.py");
    spill(script, bytes_of(std::string("import h5py, numpy as np\nf = h5py.File('") + path +
                           "', 'w')\nf['d'] = np.zeros(4, 'f4')\nf['d'].make_scale('d')\n" + hostile.python + "\n"));
    INFO(hostile.python);
    REQUIRE(std::system(("/usr/bin/python3 '" + script + "'").c_str()) == 0);
    const std::string refusal = why_refused(path, sim::Accept::any);
    REQUIRE_FALSE(refusal.empty());
    REQUIRE_THAT(refusal, Catch::Matchers::Contains(hostile.message));
}

TEST_CASE("a file takes its place whole, or leaves what was there") {
    const Folder folder;
    const std::string path = folder.file("old.txt");
    spill(path, bytes_of("old"));
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
        REQUIRE_THROWS_AS(sample().write(path, calls), FileError);
    }
    SECTION("given up before it is whole") {
        sim::AtomicFile file(path);
        file.write(bytes_of("new"));
    }
    REQUIRE(slurp(path) == std::vector<std::byte>(bytes_of("old").begin(), bytes_of("old").end()));
    REQUIRE(folder.n_files() == 1);
}

TEST_CASE("short and interrupted writes are carried on with") {
    const Folder folder;
    const std::string path = folder.file("new.txt");
    sim::FileCalls calls = sim::FileCalls::system();
    calls.write = [n = 0](int to, const void* bytes, std::size_t count) mutable -> ssize_t {
        if (n++ % 2 == 0) return errno = EINTR, -1;
        return ::write(to, bytes, std::min<std::size_t>(count, 2));
    };
    sim::write_atomically(path, bytes_of("seven b"), calls);
    REQUIRE(slurp(path).size() == 7);
    REQUIRE(folder.n_files() == 1);

    fs::create_symlink(path, folder.file("link"));
    sim::write_atomically(folder.file("link"), bytes_of("12345678"));
    REQUIRE(fs::is_symlink(folder.file("link")));
    REQUIRE(slurp(path).size() == 8);
}

TEST_CASE("a name that cannot be had and a disk that is full are told apart") {
    const Folder folder;
    REQUIRE(kind_of_failure(folder.file("absent/new.txt")) == FileError::Kind::cannot_create);
    REQUIRE(kind_of_failure(folder.file("")) == FileError::Kind::cannot_create);  // the folder itself
    spill(folder.file("plain"), bytes_of("x"));
    REQUIRE(kind_of_failure(folder.file("plain/new.txt")) == FileError::Kind::cannot_create);
    if (fs::exists("/dev/full")) {
        REQUIRE(kind_of_failure("/dev/full") == FileError::Kind::cannot_write);
        REQUIRE(fs::is_character_file("/dev/full"));
    }
}
