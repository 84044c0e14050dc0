#include "sim/result_file.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>
#include <type_traits>

#include "sim/errors.hpp"
#include "sim/hdf5.hpp"

namespace sim {
namespace {

constexpr std::size_t longest_attribute = 60'000;  // HDF5 keeps an attribute in one message of at most 64 kB

[[noreturn]] void misuse(const std::string& what) { throw std::invalid_argument(what); }

void require(bool holds, const std::string& what) {
    if (!holds) misuse(what);
}

std::size_t product(std::span<const std::size_t> factors) {
    return std::accumulate(factors.begin(), factors.end(), std::size_t{1}, std::multiplies<>{});
}

/// Letters, digits and "_", a letter first: what every reader takes as a name, R and MATLAB included.
void check_name(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const bool fits = !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
    });
    require(fits, fmt::format("\"{}\" is no name for a part of a result file: letters, digits and _ only, a letter first", name));
}

hid_t file_type(Type type) {
    switch (type) {
        case Type::int8:
            return H5T_STD_I8LE;
        case Type::int32:
            return H5T_STD_I32LE;
        case Type::int64:
            return H5T_STD_I64LE;
        case Type::float32:
            return H5T_IEEE_F32LE;
        case Type::float64:
            return H5T_IEEE_F64LE;
        case Type::text:
            break;
    }
    misuse("text has no numeric type");
}

hid_t memory_type(Type type) {
    switch (type) {
        case Type::int8:
            return H5T_NATIVE_INT8;
        case Type::int32:
            return H5T_NATIVE_INT32;
        case Type::int64:
            return H5T_NATIVE_INT64;
        case Type::float32:
            return H5T_NATIVE_FLOAT;
        case Type::float64:
            return H5T_NATIVE_DOUBLE;
        case Type::text:
            break;
    }
    misuse("text has no numeric type");
}

bool is_float(Type type) { return type == Type::float32 || type == Type::float64; }

std::vector<hsize_t> hdf5_sizes(std::span<const std::size_t> sizes) { return {sizes.begin(), sizes.end()}; }

void write_attribute(hid_t object, const Attribute& attribute) {
    check_name(attribute.name);
    std::visit(
        [&]<class T>(const T& value) {
            if constexpr (std::is_same_v<T, std::string>) {
                require(value.size() < longest_attribute,
                        fmt::format("attribute {} is too long: store it as text", attribute.name));
                require(h5::is_plain_utf8(value), fmt::format("attribute {} is not UTF-8 text", attribute.name));
                h5::write_text(object, attribute.name, value);
            } else if constexpr (std::is_same_v<T, double>) {
                h5::write_numbers(object, attribute.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value, 0);
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                h5::write_numbers(object, attribute.name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value, 0);
            } else {
                require(!value.empty() && value.size() * sizeof(double) < longest_attribute,
                        fmt::format("attribute {} is empty or too long", attribute.name));
                h5::write_numbers(object, attribute.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, value.data(), value.size());
            }
        },
        attribute.value);
}

void write_flags(hid_t dataset, std::span<const Flag> flags) {
    if (flags.empty()) return;
    std::vector<std::int8_t> values;
    std::string meanings;
    for (const Flag& flag : flags) {
        values.push_back(flag.value);
        if (!meanings.empty()) meanings += ' ';
        meanings += flag.meaning;
        std::replace(meanings.end() - static_cast<std::ptrdiff_t>(flag.meaning.size()), meanings.end(), ' ', '_');
    }
    h5::write_numbers(dataset, "flag_values", H5T_STD_I8LE, H5T_NATIVE_INT8, values.data(), values.size());
    write_attribute(dataset, {"flag_meanings", meanings});
}

/// What stands for "no value" in the file, both as HDF5's fill value and as CF's attribute.
struct Fill {
    Type type;
    double real = std::numeric_limits<double>::quiet_NaN();
    std::int64_t integer = 0;

    [[nodiscard]] hid_t memory() const { return is_float(type) ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64; }
    [[nodiscard]] const void* value() const {
        return is_float(type) ? static_cast<const void*>(&real) : static_cast<const void*>(&integer);
    }
};

/// Keeps a dataset's values in `chunk`s, through the filters that every build of HDF5 has.
void set_storage(hid_t creation, std::span<const std::size_t> chunk, bool filters) {
    if (chunk.empty()) return;
    const std::vector<hsize_t> sizes = hdf5_sizes(chunk);
    h5::check(H5Pset_chunk(creation, static_cast<int>(sizes.size()), sizes.data()), "set chunks");
    if (!filters) return;
    h5::check(H5Pset_shuffle(creation), "set the shuffle filter");
    h5::check(H5Pset_deflate(creation, 1), "set compression");
    h5::check(H5Pset_fletcher32(creation), "set checksums");
}

}  // namespace

struct ResultWriter::State {
    struct Stored {
        std::string name;
        Type type;
        std::vector<std::size_t> axes = {};  // indices
        std::vector<std::size_t> shape = {};
        std::size_t written = 0;  // entries
        bool may_miss = false;
        std::string coordinates;
        h5::Handle dataset = {};
    };

    h5::Handle file;
    std::vector<Axis> axes;
    std::vector<Stored> variables;
    std::set<std::string> groups;

    State();
    [[nodiscard]] hid_t open_file() const;
    [[nodiscard]] std::size_t find_axis(const std::string& name) const;
    [[nodiscard]] Stored* find(const std::string& name);
    void add_axis(Axis axis);
    void make_groups(const std::string& name);
    void create(const Variable& variable);
    void describe(const Stored& stored, const Variable& variable, const Fill& fill) const;
    void write(Stored& stored, std::span<const std::size_t> offset, std::span<const std::size_t> count, const Values& values);
    void grow(Stored& stored, std::size_t size);
    void check_complete();
    void attach_axes();
    [[nodiscard]] std::vector<std::byte> image();
};

ResultWriter::State::State() {
    h5::start();
    const h5::Handle access = h5::properties(H5P_FILE_ACCESS);
    h5::check(H5Pset_fapl_core(access.id(), std::size_t{1} << 20U, false), "keep a file in memory");
    h5::check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "set how a file closes");
    const h5::Handle creation = h5::properties(H5P_FILE_CREATE);
    file = {H5Fcreate("result", H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose, "make a file in memory"};
    write_attribute(file.id(), {"Conventions", "CF-1.10"});
}

hid_t ResultWriter::State::open_file() const {
    require(file.id() >= 0, "this result is finished: nothing can be added");
    return file.id();
}

std::size_t ResultWriter::State::find_axis(const std::string& name) const {
    const auto found = std::find_if(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == name; });
    require(found != axes.end(), fmt::format("axis {} has not been declared", name));
    return static_cast<std::size_t>(found - axes.begin());
}

ResultWriter::State::Stored* ResultWriter::State::find(const std::string& name) {
    const auto found =
        std::find_if(variables.begin(), variables.end(), [&](const Stored& stored) { return stored.name == name; });
    return found == variables.end() ? nullptr : &*found;
}

void ResultWriter::State::add_axis(Axis axis) {
    static_cast<void>(open_file());
    check_name(axis.name);
    const bool taken = find(axis.name) != nullptr || groups.contains(axis.name) ||
                       std::any_of(axes.begin(), axes.end(), [&](const Axis& other) { return other.name == axis.name; });
    require(!taken, fmt::format("axis {} is declared twice, or after something of that name", axis.name));
    axes.push_back(std::move(axis));
}

void ResultWriter::State::make_groups(const std::string& name) {
    for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
        const std::string group = name.substr(0, slash);
        if (groups.contains(group)) continue;
        const bool is_axis = std::any_of(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == group; });
        require(!is_axis && find(group) == nullptr, fmt::format("group {} has the name of an axis or a variable", group));
        const h5::Handle creation = h5::properties(H5P_GROUP_CREATE);
        const h5::Handle made(H5Gcreate2(file.id(), group.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose,
                              fmt::format("make group {}", group));
        groups.insert(group);
    }
}

void ResultWriter::State::create(const Variable& variable) {
    static_cast<void>(open_file());
    for (std::size_t at = 0; at != std::string::npos;) {
        const std::size_t slash = variable.name.find('/', at);
        check_name(std::string_view(variable.name).substr(at, slash - at));
        at = slash == std::string::npos ? slash : slash + 1;
    }
    const auto fits = [&](bool holds, std::string_view what) {
        require(holds, fmt::format("variable {}: {}", variable.name, what));
    };
    fits(find(variable.name) == nullptr && !groups.contains(variable.name), "the name is taken");

    Stored stored{.name = variable.name, .type = type_of(variable.values), .coordinates = variable.coordinates};
    for (const std::string& axis : variable.axes) {
        stored.axes.push_back(find_axis(axis));
        stored.shape.push_back(axes[stored.axes.back()].size);
    }
    const bool unlimited = !stored.axes.empty() && axes[stored.axes[0]].unlimited;
    for (std::size_t k = 1; k < stored.axes.size(); ++k) fits(!axes[stored.axes[k]].unlimited, "an unlimited axis comes first");
    if (unlimited) stored.shape[0] = 0;
    const bool text = stored.type == Type::text;
    const bool has_axis_name =
        std::any_of(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == variable.name; });
    if (has_axis_name) fits(!text && variable.axes == std::vector{variable.name}, "coordinates are numbers along their own axis");
    fits(!variable.long_name.empty(), "it needs a long_name");
    fits(text || !variable.flags.empty() || !variable.units.empty(), "it needs units");
    fits(variable.flags.empty() || stored.type == Type::int8, "flags are int8");
    fits(!variable.missing || (!text && !is_float(stored.type)), "missing is for integers; in floats it is NaN");
    for (const std::string_view decoded : {"days", "hours", "minutes", "seconds"}) {
        fits(variable.units != decoded, "xarray takes such units for a time difference: write them in the singular");
    }
    stored.may_miss = !has_axis_name && (is_float(stored.type) || variable.missing);

    make_groups(variable.name);
    std::vector<std::size_t> chunk = variable.chunk;
    fits(chunk.empty() || chunk.size() == stored.shape.size(), "a chunk has one size per axis");
    if (chunk.empty() && (unlimited || (variable.compress && !text))) {
        chunk = automatic_chunk(stored.shape, unlimited, bytes(stored.type));
    }
    for (std::size_t k = unlimited ? 1 : 0; k < chunk.size(); ++k) chunk[k] = std::min(chunk[k], stored.shape[k]);
    const h5::Handle creation = h5::properties(H5P_DATASET_CREATE);
    set_storage(creation.id(), chunk, variable.compress && !text);
    const Fill fill{.type = stored.type, .integer = variable.missing.value_or(0)};
    if (stored.may_miss) h5::check(H5Pset_fill_value(creation.id(), fill.memory(), fill.value()), "set a fill value");
    const h5::Handle access = h5::properties(H5P_DATASET_ACCESS);
    const std::size_t cache = std::max<std::size_t>(std::size_t{1} << 20U, product(chunk) * bytes(stored.type) + 1);
    h5::check(H5Pset_chunk_cache(access.id(), H5D_CHUNK_CACHE_NSLOTS_DEFAULT, cache, 1.0), "size the chunk cache");

    const std::vector<hsize_t> shape = hdf5_sizes(stored.shape);
    std::vector<hsize_t> limits = shape;
    if (unlimited) limits[0] = H5S_UNLIMITED;
    const h5::Handle extent = h5::space(shape, limits);
    const h5::Handle text_type = h5::text_type();
    stored.dataset = {H5Dcreate2(file.id(), variable.name.c_str(), text ? text_type.id() : file_type(stored.type), extent.id(),
                                 H5P_DEFAULT, creation.id(), access.id()),
                      H5Dclose, fmt::format("make variable {}", variable.name)};
    describe(stored, variable, fill);
    variables.push_back(std::move(stored));
}

void ResultWriter::State::describe(const Stored& stored, const Variable& variable, const Fill& fill) const {
    const hid_t dataset = stored.dataset.id();
    if (stored.may_miss) h5::write_numbers(dataset, "_FillValue", file_type(stored.type), fill.memory(), fill.value(), 1);
    write_attribute(dataset, {"long_name", variable.long_name});
    const std::array<std::pair<const char*, const std::string*>, 4> optional{{{"units", &variable.units},
                                                                              {"cell_methods", &variable.cell_methods},
                                                                              {"coordinates", &variable.coordinates},
                                                                              {"source", &variable.source}}};
    for (const auto& [name, text] : optional) {
        if (!text->empty()) write_attribute(dataset, {name, *text});
    }
    write_flags(dataset, variable.flags);
    for (const Attribute& attribute : variable.attributes) write_attribute(dataset, attribute);
}

void ResultWriter::State::grow(Stored& stored, std::size_t size) {
    if (size <= stored.shape[0]) return;
    stored.shape[0] = size;
    Axis& axis = axes[stored.axes[0]];
    axis.size = std::max(axis.size, size);
    h5::check(H5Dset_extent(stored.dataset.id(), hdf5_sizes(stored.shape).data()), fmt::format("let {} grow", stored.name));
}

void ResultWriter::State::write(Stored& stored, std::span<const std::size_t> offset, std::span<const std::size_t> count,
                                const Values& values) {
    const auto fits = [&](bool holds, std::string_view what) {
        require(holds, fmt::format("variable {}: {}", stored.name, what));
    };
    fits(values.index() > 0 && type_of(values) == stored.type, "the values are not of its type");
    fits(offset.size() == stored.shape.size() && count.size() == stored.shape.size(), "one offset and count per axis");
    const std::size_t n = product(count);
    const std::size_t given = std::visit(
        []<class T>(const T& span) -> std::size_t {
            if constexpr (std::is_same_v<T, Type>) {
                return 0;
            } else {
                return span.size();
            }
        },
        values);
    fits(n == given, fmt::format("{} values for {} entries", given, n));
    if (n == 0) return;
    if (!stored.axes.empty() && axes[stored.axes[0]].unlimited) grow(stored, offset[0] + count[0]);
    for (std::size_t k = 0; k < count.size(); ++k) {
        fits(offset[k] <= stored.shape[k] && count[k] <= stored.shape[k] - offset[k], "the part reaches beyond its axes");
    }
    stored.written += n;
    fits(stored.written <= product(stored.shape), "more entries are written than there are");

    const std::string what = fmt::format("write to {}", stored.name);
    const hid_t dataset = stored.dataset.id();
    const h5::Handle where(H5Dget_space(dataset), H5Sclose, what);
    const std::vector<hsize_t> start = hdf5_sizes(offset), extent = hdf5_sizes(count);
    const h5::Handle memory = h5::space(extent);
    if (!extent.empty()) {
        h5::check(H5Sselect_hyperslab(where.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), what);
    }
    std::visit(
        [&]<class T>(const T& span) {
            if constexpr (std::is_same_v<T, std::span<const std::string>>) {
                std::vector<const char*> texts;
                for (const std::string& text : span) {
                    fits(h5::is_plain_utf8(text), fmt::format("\"{}\" is not UTF-8 text", text));
                    texts.push_back(text.c_str());
                }
                const h5::Handle type = h5::text_type();
                h5::check(H5Dwrite(dataset, type.id(), memory.id(), where.id(), H5P_DEFAULT, texts.data()), what);
            } else if constexpr (!std::is_same_v<T, Type>) {
                h5::check(H5Dwrite(dataset, memory_type(stored.type), memory.id(), where.id(), H5P_DEFAULT, span.data()), what);
            }
        },
        values);
}

/// Brings all variables of an unlimited axis to its length, and refuses entries that would read as a made-up value.
void ResultWriter::State::check_complete() {
    for (Stored& stored : variables) {
        if (!stored.axes.empty() && axes[stored.axes[0]].unlimited) grow(stored, axes[stored.axes[0]].size);
        const std::size_t all = product(stored.shape);
        require(stored.may_miss || stored.written == all,
                fmt::format("variable {}: {} of {} entries were written, and it has no value for missing ones", stored.name,
                            stored.written, all));
        const std::string group = stored.name.substr(0, stored.name.rfind('/') + 1);
        for (std::size_t at = 0; at < stored.coordinates.size();) {
            const std::size_t end = std::min(stored.coordinates.find(' ', at), stored.coordinates.size());
            const std::string label = stored.coordinates.substr(at, end - at);
            require(find(label) != nullptr || find(group + label) != nullptr,
                    fmt::format("variable {}: its coordinate \"{}\" is not in the file", stored.name, label));
            at = end + 1;
        }
    }
}

/// Makes every axis a dimension scale, and hangs it on all variables that run along it.
void ResultWriter::State::attach_axes() {
    for (std::size_t k = 0; k < axes.size(); ++k) {
        const Axis& axis = axes[k];
        const std::string what = fmt::format("make {} an axis", axis.name);
        h5::Handle bare;  // the place of coordinates that nobody has given; netCDF knows it by the text
        Stored* coordinates = find(axis.name);
        if (coordinates == nullptr) {
            const h5::Handle creation = h5::properties(H5P_DATASET_CREATE);
            if (axis.unlimited) set_storage(creation.id(), std::vector<std::size_t>{4096}, false);
            const std::array<hsize_t, 1> size{axis.size}, limit{axis.unlimited ? H5S_UNLIMITED : axis.size};
            const h5::Handle extent = h5::space(size, limit);
            bare = {
                H5Dcreate2(file.id(), axis.name.c_str(), H5T_IEEE_F32BE, extent.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
                H5Dclose, what};
        }
        const std::string name = coordinates != nullptr
                                     ? axis.name
                                     : fmt::format("This is a netCDF dimension but not a netCDF variable.{:10d}", axis.size);
        const hid_t scale = coordinates != nullptr ? coordinates->dataset.id() : bare.id();
        h5::check(H5DSset_scale(scale, name.c_str()), what);
        const auto order = static_cast<std::int32_t>(k);
        h5::write_numbers(scale, "_Netcdf4Dimid", H5T_STD_I32LE, H5T_NATIVE_INT32, &order, 0);
        for (Stored& stored : variables) {
            if (&stored == coordinates) continue;
            for (std::size_t at = 0; at < stored.axes.size(); ++at) {
                if (stored.axes[at] != k) continue;
                h5::check(H5DSattach_scale(stored.dataset.id(), scale, static_cast<unsigned>(at)), what);
            }
        }
    }
}

std::vector<std::byte> ResultWriter::State::image() {
    for (Stored& stored : variables) stored.dataset.close(fmt::format("finish {}", stored.name));
    h5::check(H5Fflush(file.id(), H5F_SCOPE_GLOBAL), "finish a file");
    const auto size = static_cast<std::size_t>(h5::check(H5Fget_file_image(file.id(), nullptr, 0), "size a file in memory"));
    std::vector<std::byte> whole;
    whole.reserve(size + seal_size);
    whole.resize(size);
    h5::check(H5Fget_file_image(file.id(), whole.data(), size), "take a file out of memory");
    file.close("close a file");
    append_seal(whole);
    return whole;
}

ResultWriter::ResultWriter() : state_(std::make_unique<State>()) {}
ResultWriter::ResultWriter(ResultWriter&&) noexcept = default;
ResultWriter& ResultWriter::operator=(ResultWriter&&) noexcept = default;
ResultWriter::~ResultWriter() = default;

void ResultWriter::axis(const std::string& name, std::size_t size) {
    require(size > 0, fmt::format("axis {} has no entries: netCDF would take it for an unlimited one", name));
    state_->add_axis({name, size, false});
}

void ResultWriter::unlimited_axis(const std::string& name) { state_->add_axis({name, 0, true}); }

void ResultWriter::variable(const Variable& variable) {
    state_->create(variable);
    if (std::holds_alternative<Type>(variable.values)) return;
    State::Stored& stored = state_->variables.back();
    std::vector<std::size_t> count = stored.shape;
    if (!stored.axes.empty() && state_->axes[stored.axes[0]].unlimited) {
        const std::size_t row = product(std::span(count).subspan(1));
        std::visit(
            [&]<class T>(const T& span) {
                if constexpr (!std::is_same_v<T, Type>) count[0] = span.size() / row;
            },
            variable.values);
    }
    state_->write(stored, std::vector<std::size_t>(count.size(), 0), count, variable.values);
}

void ResultWriter::write_slab(const std::string& name, std::span<const std::size_t> offset, std::span<const std::size_t> count,
                              const Values& values) {
    static_cast<void>(state_->open_file());
    State::Stored* stored = state_->find(name);
    require(stored != nullptr, fmt::format("variable {} has not been added", name));
    state_->write(*stored, offset, count, values);
}

void ResultWriter::text(const std::string& name, std::string_view text, const std::string& long_name) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (lines.empty()) lines.emplace_back();
    const std::string line_axis = name.substr(name.rfind('/') + 1) + "_line";
    axis(line_axis, lines.size());
    variable({.name = name, .axes = {line_axis}, .values = lines, .long_name = long_name});
}

void ResultWriter::attribute(const std::string& name, const AttributeValue& value) {
    write_attribute(state_->open_file(), {name, value});
}

std::vector<std::byte> ResultWriter::finish() {
    static_cast<void>(state_->open_file());
    state_->check_complete();
    state_->attach_axes();
    return state_->image();
}

void ResultWriter::write(const std::string& path, const FileCalls& calls) {
    AtomicFile file(path, calls);  // first, so that a folder that is not there shows before the work is done
    file.write(finish());
    file.commit();
}

}  // namespace sim
