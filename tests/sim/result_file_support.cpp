#include "tests/sim/result_file_support.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>

namespace test {

namespace {

constexpr std::size_t n_strategies = 2, n_replicates = 3, n_times = 5, n_regions = 4;
constexpr std::size_t n_cells = n_strategies * n_replicates;

}  // namespace

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

std::vector<float> sample_levels() {
    std::vector<float> values(n_cells * n_times * n_regions);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<float>(k) * 0.25F;
    values[7] = std::numeric_limits<float>::quiet_NaN();
    return values;
}

sim::ResultWriter sample_result() {
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
    const std::vector<float> level = sample_levels();
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

}  // namespace test
