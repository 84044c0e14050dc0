#include "sim/result_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <utility>

#include "sim/atomic_file.hpp"
#include "sim/errors.hpp"
#include "sim/hdf5.hpp"

namespace sim {
namespace {

constexpr std::size_t most_objects = 10'000, deepest_group = 8, most_axes = 32, most_attributes = 1000;
constexpr std::size_t largest_attribute = std::size_t{1} << 20U, largest_chunk = std::size_t{1} << 30U;
constexpr std::size_t largest_variable = std::size_t{8} << 30U, most_texts = 10'000'000;

/// What is wrong with a file, before its path is added.
struct Refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void refuse_if(bool odd, const std::string& what) {
    if (odd) throw Refusal(what);
}

bool is_internal(const std::string& attribute) {
    constexpr std::array<const char*, 7> names{"CLASS",         "NAME",          "DIMENSION_LIST",     "REFERENCE_LIST",
                                               "_Netcdf4Dimid", "_NCProperties", "_Netcdf4Coordinates"};
    return std::find(names.begin(), names.end(), attribute) != names.end();
}

/// Reads an attribute of the kinds that AttributeValue holds; false for others.
bool read_attribute(hid_t attribute, AttributeValue& value) {
    const std::string what = "read an attribute";
    const h5::Handle type(H5Aget_type(attribute), H5Tclose, what);
    const h5::Handle space(H5Aget_space(attribute), H5Sclose, what);
    const auto n = static_cast<std::size_t>(h5::check(H5Sget_simple_extent_npoints(space.id()), what));
    const std::size_t size = H5Tget_size(type.id());
    const H5T_class_t kind = H5Tget_class(type.id());
    refuse_if(size == 0 || n > largest_attribute / size, "an attribute is too long");
    if (kind == H5T_STRING && n == 1 && H5Tis_variable_str(type.id()) == 0) {
        std::string text(size, '\0');
        h5::check(H5Aread(attribute, type.id(), text.data()), what);
        value = text.substr(0, text.find('\0'));
        return true;
    }
    if (n == 0 || size > 8 || (kind != H5T_INTEGER && kind != H5T_FLOAT)) return false;
    if (kind == H5T_INTEGER && n == 1) {
        std::int64_t integer = 0;
        h5::check(H5Aread(attribute, H5T_NATIVE_INT64, &integer), what);
        value = integer;
        return true;
    }
    std::vector<double> numbers(n);
    h5::check(H5Aread(attribute, H5T_NATIVE_DOUBLE, numbers.data()), what);
    if (n == 1) {
        value = numbers[0];
    } else {
        value = std::move(numbers);
    }
    return true;
}

std::vector<Attribute> read_attributes(hid_t object, bool all) {
    const std::string what = "list attributes";
    H5O_info_t info;
    h5::check(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS), what);
    refuse_if(info.num_attrs > most_attributes, "an object has too many attributes");
    std::vector<Attribute> found;
    for (hsize_t k = 0; k < info.num_attrs; ++k) {
        // By creation where the file keeps that order; one made by others may not.
        hid_t id = H5Aopen_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, k, H5P_DEFAULT, H5P_DEFAULT);
        if (id < 0) id = H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, k, H5P_DEFAULT, H5P_DEFAULT);
        const h5::Handle attribute(id, H5Aclose, what);
        const auto length = static_cast<std::size_t>(h5::check(H5Aget_name(attribute.id(), 0, nullptr), what));
        refuse_if(length > 1000, "an attribute has too long a name");
        std::string name(length + 1, '\0');
        h5::check(H5Aget_name(attribute.id(), name.size(), name.data()), what);
        name.resize(length);
        AttributeValue value;
        if ((all || !is_internal(name)) && read_attribute(attribute.id(), value)) found.push_back({name, std::move(value)});
    }
    return found;
}

const AttributeValue* find_attribute(std::span<const Attribute> attributes, std::string_view name) {
    const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == name; });
    return found == attributes.end() ? nullptr : &found->value;
}

std::string text_of(std::span<const Attribute> attributes, std::string_view name) {
    const AttributeValue* value = find_attribute(attributes, name);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? std::string() : *text;
}

Type type_of_dataset(hid_t dataset, const std::string& name) {
    const h5::Handle type(H5Dget_type(dataset), H5Tclose, "look at a type");
    const std::size_t size = H5Tget_size(type.id());
    switch (H5Tget_class(type.id())) {
        case H5T_INTEGER:
            if (H5Tget_sign(type.id()) != H5T_SGN_2) break;
            if (size == 1) return Type::int8;
            if (size == 4) return Type::int32;
            if (size == 8) return Type::int64;
            break;
        case H5T_FLOAT:
            if (size == 4) return Type::float32;
            if (size == 8) return Type::float64;
            break;
        case H5T_STRING:
            if (H5Tis_variable_str(type.id()) > 0) return Type::text;
            break;
        default:
            break;
    }
    throw Refusal(fmt::format("variable {} is of a type that results do not have", name));
}

/// Looks at how a dataset is stored before anything else touches it: opening the extent of a virtual one opens other files.
std::vector<std::size_t> check_storage(hid_t dataset, const std::string& name) {
    const std::string what = fmt::format("look at how {} is stored", name);
    const h5::Handle creation(H5Dget_create_plist(dataset), H5Pclose, what);
    const H5D_layout_t layout = h5::check(H5Pget_layout(creation.id()), what);
    refuse_if(layout == H5D_VIRTUAL, fmt::format("variable {} lies in other files", name));
    refuse_if(h5::check(H5Pget_external_count(creation.id()), what) > 0, fmt::format("variable {} lies in other files", name));
    const int n_filters = h5::check(H5Pget_nfilters(creation.id()), what);
    for (int k = 0; k < n_filters; ++k) {
        unsigned flags = 0;
        std::size_t n_values = 0;
        const H5Z_filter_t filter = h5::check(
            H5Pget_filter2(creation.id(), static_cast<unsigned>(k), &flags, &n_values, nullptr, 0, nullptr, nullptr), what);
        refuse_if(filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32,
                  fmt::format("variable {} uses a filter that results do not have", name));
    }
    if (layout != H5D_CHUNKED) return {};
    std::array<hsize_t, H5S_MAX_RANK> sizes{};
    const int rank = h5::check(H5Pget_chunk(creation.id(), H5S_MAX_RANK, sizes.data()), what);
    return {sizes.begin(), sizes.begin() + rank};
}

std::vector<hsize_t> shape_of(hid_t dataset, const std::string& name, std::vector<hsize_t>& limits) {
    const std::string what = fmt::format("look at the shape of {}", name);
    const h5::Handle space(H5Dget_space(dataset), H5Sclose, what);
    const H5S_class_t kind = H5Sget_simple_extent_type(space.id());
    refuse_if(kind != H5S_SIMPLE && kind != H5S_SCALAR, fmt::format("variable {} has no shape", name));
    std::vector<hsize_t> shape(static_cast<std::size_t>(h5::check(H5Sget_simple_extent_ndims(space.id()), what)));
    refuse_if(shape.size() > most_axes, fmt::format("variable {} has too many axes", name));
    limits.resize(shape.size());
    if (!shape.empty()) h5::check(H5Sget_simple_extent_dims(space.id(), shape.data(), limits.data()), what);
    return shape;
}

void check_size(std::span<const hsize_t> sizes, std::size_t value_bytes, std::size_t most, const std::string& what) {
    std::size_t size = value_bytes;
    for (const hsize_t n : sizes) {
        if (n == 0) return;
        refuse_if(size > most / n, fmt::format("{} is larger than {} bytes", what, most));
        size *= n;
    }
}

/// The addresses of the scales on each axis of a dataset, as its DIMENSION_LIST tells; empty if it has none.
std::vector<std::vector<haddr_t>> scales_of(hid_t dataset, std::size_t rank, const std::string& name) {
    const std::string what = fmt::format("read the axes of {}", name);
    if (rank == 0 || h5::check(H5Aexists(dataset, "DIMENSION_LIST"), what) == 0) return {};
    const h5::Handle attribute(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), H5Aclose, what);
    const h5::Handle stored(H5Aget_type(attribute.id()), H5Tclose, what);
    const h5::Handle space(H5Aget_space(attribute.id()), H5Sclose, what);
    const h5::Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, what);
    refuse_if(H5Tequal(stored.id(), type.id()) <= 0 || H5Sget_simple_extent_npoints(space.id()) != static_cast<hssize_t>(rank),
              fmt::format("variable {} has a damaged list of axes", name));
    std::vector<hvl_t> lists(rank, hvl_t{0, nullptr});
    h5::check(H5Aread(attribute.id(), type.id(), lists.data()), what);
    std::vector<std::vector<haddr_t>> scales(rank);
    for (std::size_t k = 0; k < rank; ++k) {
        const auto* references = static_cast<const hobj_ref_t*>(lists[k].p);
        scales[k].assign(references, references + (references == nullptr ? 0 : lists[k].len));
    }
    h5::check(H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, lists.data()), what);
    return scales;
}

/// One name in a group, as H5Literate tells it.
struct Link {
    std::string name;
    bool hard;
};

herr_t collect_link(hid_t /*group*/, const char* name, const H5L_info_t* info, void* links) {
    auto& found = *static_cast<std::vector<Link>*>(links);
    try {
        found.push_back({name, info->type == H5L_TYPE_HARD});
    } catch (...) {
        return -1;
    }
    return found.size() > most_objects ? -1 : 0;
}

std::vector<Link> links_of(hid_t group) {
    const h5::Handle creation(H5Gget_create_plist(group), H5Pclose, "look at a group");
    unsigned order = 0;
    h5::check(H5Pget_link_creation_order(creation.id(), &order), "look at a group");
    std::vector<Link> links;
    const H5_index_t index = (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
    h5::check(H5Literate(group, index, H5_ITER_INC, nullptr, collect_link, &links), "list a group");
    return links;
}

}  // namespace

struct ResultReader::State {
    std::string path;
    h5::Handle file;
    std::vector<Axis> axes;
    std::vector<StoredVariable> variables;
    std::vector<Attribute> attributes;

    // Only while the file is taken in:
    struct Scale {
        Axis axis;
        std::int64_t order;
    };
    std::map<haddr_t, Scale> scales;
    std::vector<std::vector<std::vector<haddr_t>>> scales_of_variables;
    std::set<haddr_t> seen;

    void open();
    void walk(hid_t group, const std::string& prefix, std::size_t depth);
    void take_dataset(hid_t dataset, const std::string& name);
    void name_axes();

    /// Runs `work`, giving what goes wrong the file's path.
    template <class Work>
    auto guarded(const Work& work) const {
        try {
            return work();
        } catch (const Refusal& refusal) {
            throw FileError(FileError::Kind::cannot_read, path, refusal.what());
        } catch (const h5::Error& error) {
            throw FileError(FileError::Kind::cannot_read, path, error.what());
        } catch (const std::bad_alloc&) {
            throw FileError(FileError::Kind::cannot_read, path, "it does not fit into memory");
        }
    }

    template <class Number>
    std::vector<Number> read_numbers(const StoredVariable& variable, std::span<const std::size_t> offset,
                                     std::span<const std::size_t> count, hid_t memory_type) const;
};

void ResultReader::State::open() {
    h5::start();
    const h5::Handle access = h5::properties(H5P_FILE_ACCESS);
    h5::check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "set how a file closes");
    // Nobody writes into a result; and locks fail on some network file systems.
    h5::check(H5Pset_file_locking(access.id(), false, true), "do without locks");
    file = {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, "open the file"};
    const h5::Handle root(H5Gopen2(file.id(), "/", H5P_DEFAULT), H5Gclose, "open the root group");
    attributes = read_attributes(root.id(), false);
    walk(root.id(), "", 0);
    name_axes();
}

void ResultReader::State::walk(hid_t group, const std::string& prefix, std::size_t depth) {
    refuse_if(depth > deepest_group, "its groups are nested too deeply");
    std::vector<Link> groups;  // after the variables of this one
    for (const Link& link : links_of(group)) {
        const std::string name = prefix + link.name;
        refuse_if(!link.hard, fmt::format("{} is a link", name));
        const h5::Handle object(H5Oopen(group, link.name.c_str(), H5P_DEFAULT), H5Oclose, fmt::format("open {}", name));
        refuse_if(!seen.insert(h5::address(object.id())).second, fmt::format("{} has another name too", name));
        refuse_if(seen.size() > most_objects, fmt::format("it has more than {} objects", most_objects));
        const H5I_type_t kind = H5Iget_type(object.id());
        refuse_if(kind != H5I_GROUP && kind != H5I_DATASET, fmt::format("{} is neither a group nor a variable", name));
        if (kind == H5I_GROUP) {
            groups.push_back(link);
        } else {
            take_dataset(object.id(), name);
        }
    }
    for (const Link& link : groups) {
        const h5::Handle inner(H5Gopen2(group, link.name.c_str(), H5P_DEFAULT), H5Gclose, fmt::format("open {}", link.name));
        walk(inner.id(), prefix + link.name + "/", depth + 1);
    }
}

void ResultReader::State::take_dataset(hid_t dataset, const std::string& name) {
    StoredVariable variable{.name = name};
    variable.chunk = check_storage(dataset, name);
    variable.type = type_of_dataset(dataset, name);
    std::vector<hsize_t> limits;
    const std::vector<hsize_t> shape = shape_of(dataset, name, limits);
    variable.shape.assign(shape.begin(), shape.end());
    check_size(shape, bytes(variable.type), largest_variable, fmt::format("variable {}", name));
    check_size(std::vector<hsize_t>(variable.chunk.begin(), variable.chunk.end()), bytes(variable.type), largest_chunk,
               fmt::format("a chunk of {}", name));
    const std::vector<Attribute> all = read_attributes(dataset, true);
    const bool is_scale = text_of(all, "CLASS") == "DIMENSION_SCALE";
    if (is_scale) {
        refuse_if(shape.size() != 1, fmt::format("axis {} is not one-dimensional", name));
        const AttributeValue* order = find_attribute(all, "_Netcdf4Dimid");
        const auto* number = order == nullptr ? nullptr : std::get_if<std::int64_t>(order);
        scales[h5::address(dataset)] = {{name, variable.shape[0], limits[0] == H5S_UNLIMITED},
                                        number == nullptr ? static_cast<std::int64_t>(scales.size()) : *number};
        if (text_of(all, "NAME").starts_with("This is a netCDF dimension but not a netCDF variable")) return;
        variable.axes = {name};
    }
    for (const Attribute& attribute : all) {
        if (!is_internal(attribute.name)) variable.attributes.push_back(attribute);
    }
    scales_of_variables.push_back(is_scale ? std::vector<std::vector<haddr_t>>{} : scales_of(dataset, shape.size(), name));
    variables.push_back(std::move(variable));
}

void ResultReader::State::name_axes() {
    for (std::size_t k = 0; k < variables.size(); ++k) {
        StoredVariable& variable = variables[k];
        if (!variable.axes.empty() || variable.shape.empty()) continue;
        refuse_if(scales_of_variables[k].empty(), fmt::format("variable {} has no axes", variable.name));
        for (std::size_t at = 0; at < variable.shape.size(); ++at) {
            const auto& found = scales_of_variables[k][at];
            refuse_if(found.size() != 1 || !scales.contains(found[0]), fmt::format("variable {} lacks an axis", variable.name));
            const Axis& axis = scales.at(found[0]).axis;
            refuse_if(axis.size != variable.shape[at], fmt::format("variable {} does not fit axis {}", variable.name, axis.name));
            variable.axes.push_back(axis.name);
        }
    }
    std::vector<Scale> ordered;
    for (const auto& [address, scale] : scales) ordered.push_back(scale);
    std::stable_sort(ordered.begin(), ordered.end(), [](const Scale& a, const Scale& b) { return a.order < b.order; });
    for (Scale& scale : ordered) axes.push_back(std::move(scale.axis));
    scales.clear();
    scales_of_variables.clear();
    seen.clear();
}

template <class Number>
std::vector<Number> ResultReader::State::read_numbers(const StoredVariable& variable, std::span<const std::size_t> offset,
                                                      std::span<const std::size_t> count, hid_t memory_type) const {
    const std::string what = fmt::format("read {}", variable.name);
    refuse_if(variable.type == Type::text, fmt::format("variable {} is text, not numbers", variable.name));
    refuse_if(offset.size() != variable.shape.size() || count.size() != variable.shape.size(),
              fmt::format("variable {} has {} axes", variable.name, variable.shape.size()));
    std::size_t n = 1;
    for (std::size_t k = 0; k < count.size(); ++k) {
        refuse_if(offset[k] > variable.shape[k] || count[k] > variable.shape[k] - offset[k],
                  fmt::format("variable {} ends before the part asked for", variable.name));
        n *= count[k];
    }
    std::vector<Number> values(n);
    if (n == 0) return values;
    const h5::Handle dataset(H5Dopen2(file.id(), variable.name.c_str(), H5P_DEFAULT), H5Dclose, what);
    const h5::Handle where(H5Dget_space(dataset.id()), H5Sclose, what);
    const std::vector<hsize_t> start(offset.begin(), offset.end()), extent(count.begin(), count.end());
    const h5::Handle memory = h5::space(extent);
    if (!extent.empty()) {
        h5::check(H5Sselect_hyperslab(where.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), what);
    }
    h5::check(H5Dread(dataset.id(), memory_type, memory.id(), where.id(), H5P_DEFAULT, values.data()), what);
    return values;
}

std::string StoredVariable::text(std::string_view attribute) const { return text_of(attributes, attribute); }

ResultReader::ResultReader(const std::string& path, Accept accept) : state_(std::make_unique<State>()) {
    state_->path = path;
    state_->guarded([&] {
        refuse_if(check_seal(path) == Seal::absent && accept == Accept::sealed,
                  "it does not end as a result does: it was cut, or written or changed by another program");
        state_->open();
    });
}

ResultReader::ResultReader(ResultReader&&) noexcept = default;
ResultReader& ResultReader::operator=(ResultReader&&) noexcept = default;
ResultReader::~ResultReader() = default;

const std::string& ResultReader::path() const { return state_->path; }
const std::vector<Axis>& ResultReader::axes() const { return state_->axes; }
const std::vector<StoredVariable>& ResultReader::variables() const { return state_->variables; }
const std::vector<Attribute>& ResultReader::attributes() const { return state_->attributes; }

bool ResultReader::contains(std::string_view name) const {
    const auto& all = state_->variables;
    return std::any_of(all.begin(), all.end(), [&](const StoredVariable& v) { return v.name == name; });
}

const StoredVariable& ResultReader::variable(std::string_view name) const {
    for (const StoredVariable& variable : state_->variables) {
        if (variable.name == name) return variable;
    }
    throw FileError(FileError::Kind::cannot_read, state_->path, fmt::format("it has no variable {}", name));
}

std::vector<double> ResultReader::read_doubles(std::string_view name) const {
    const StoredVariable& stored = variable(name);
    return read_doubles(name, std::vector<std::size_t>(stored.shape.size(), 0), stored.shape);
}

std::vector<double> ResultReader::read_doubles(std::string_view name, std::span<const std::size_t> offset,
                                               std::span<const std::size_t> count) const {
    return state_->guarded([&] { return state_->read_numbers<double>(variable(name), offset, count, H5T_NATIVE_DOUBLE); });
}

std::vector<std::int64_t> ResultReader::read_integers(std::string_view name) const {
    const StoredVariable& stored = variable(name);
    return read_integers(name, std::vector<std::size_t>(stored.shape.size(), 0), stored.shape);
}

std::vector<std::int64_t> ResultReader::read_integers(std::string_view name, std::span<const std::size_t> offset,
                                                      std::span<const std::size_t> count) const {
    return state_->guarded([&] {
        const StoredVariable& stored = variable(name);
        refuse_if(stored.type == Type::float32 || stored.type == Type::float64, fmt::format("variable {} is no integer", name));
        return state_->read_numbers<std::int64_t>(stored, offset, count, H5T_NATIVE_INT64);
    });
}

std::vector<std::string> ResultReader::read_texts(std::string_view name) const {
    return state_->guarded([&] {
        const StoredVariable& stored = variable(name);
        const std::string what = fmt::format("read {}", name);
        refuse_if(stored.type != Type::text, fmt::format("variable {} is numbers, not text", name));
        std::size_t n = 1;
        for (const std::size_t size : stored.shape) n *= size;
        refuse_if(n > most_texts, fmt::format("variable {} has too many texts", name));
        std::vector<std::string> texts(n);
        if (n == 0) return texts;
        const h5::Handle dataset(H5Dopen2(state_->file.id(), stored.name.c_str(), H5P_DEFAULT), H5Dclose, what);
        const h5::Handle space(H5Dget_space(dataset.id()), H5Sclose, what);
        const h5::Handle in_file(H5Dget_type(dataset.id()), H5Tclose, what);
        const h5::Handle type = h5::text_type();
        h5::check(H5Tset_cset(type.id(), H5Tget_cset(in_file.id())), what);  // HDF5 converts between none
        std::vector<char*> pointers(n, nullptr);
        h5::check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), what);
        for (std::size_t k = 0; k < n; ++k) {
            if (pointers[k] != nullptr) texts[k] = pointers[k];
        }
        h5::check(H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data()), what);
        return texts;
    });
}

}  // namespace sim
