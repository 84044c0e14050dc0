#include "sim/hdf5.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sim::h5 {
namespace {

// Called from C: must not throw. Keeps the first message, which is the innermost one.
herr_t keep_first(unsigned position, const H5E_error2_t* error, void* kept) {
    if (position == 0 && error->desc != nullptr) {
        try {
            *static_cast<std::string*>(kept) = error->desc;
        } catch (...) {
            return -1;
        }
    }
    return 0;
}

}  // namespace

void start() {
    static const bool started = [] {
        check(H5open(), "start HDF5");
        check(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), "silence HDF5");
        check(H5PLset_loading_state(0), "switch off HDF5 plugins");
        return true;
    }();
    static_cast<void>(started);
}

void fail(std::string_view what) {
    std::string why;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &why);
    throw Error(fmt::format("HDF5 cannot {}: {}", what, why.empty() ? "no reason given" : why));
}

Handle properties(hid_t list_class) {
    Handle list(H5Pcreate(list_class), H5Pclose, "make a property list");
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if (check(H5Pisa_class(list.id(), H5P_OBJECT_CREATE), "look at a property list") > 0) {
        check(H5Pset_obj_track_times(list.id(), false), "leave out times");
        check(H5Pset_attr_creation_order(list.id(), order), "keep the order of attributes");
    }
    if (check(H5Pisa_class(list.id(), H5P_GROUP_CREATE), "look at a property list") > 0) {
        check(H5Pset_link_creation_order(list.id(), order), "keep the order of variables");
    }
    return list;
}

Handle space(std::span<const hsize_t> shape, std::span<const hsize_t> limits) {
    if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar data space"};
    return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), limits.empty() ? nullptr : limits.data()), H5Sclose,
            "make a data space"};
}

Handle fixed_text_type(std::size_t size, bool utf8) {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
    check(H5Tset_size(type.id(), std::max<std::size_t>(size, 1)), "size a text type");
    check(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), "pad a text type");
    check(H5Tset_cset(type.id(), utf8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII), "encode a text type");
    return type;
}

Handle text_type() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
    check(H5Tset_size(type.id(), H5T_VARIABLE), "size a text type");
    check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "encode a text type");
    return type;
}

bool is_plain_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead == 0) return false;
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || length > text.size() - at) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[at + k]) & 0xC0U) != 0x80U) return false;
        }
        if (length > 2) {  // overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte
            const auto second = static_cast<unsigned char>(text[at + 1]);
            if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return false;
            if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return false;
        }
        at += length;
    }
    return true;
}

void write_text(hid_t object, const std::string& name, std::string_view text) {
    const bool utf8 = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const Handle type = fixed_text_type(text.size(), utf8);
    const std::string bytes(text.empty() ? std::string_view("\0", 1) : text);
    write_numbers(object, name, type.id(), type.id(), bytes.data(), 0);
}

void write_numbers(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type, const void* values,
                   std::size_t count) {
    const std::string what = fmt::format("write attribute {}", name);
    const std::array<hsize_t, 1> shape{count};
    const Handle extent = space(count == 0 ? std::span<const hsize_t>{} : shape);
    Handle attribute(H5Acreate2(object, name.c_str(), file_type, extent.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose, what);
    check(H5Awrite(attribute.id(), memory_type, values), what);
    attribute.close(what);
}

haddr_t address(hid_t object) {
    H5O_info_t info;
    check(H5Oget_info2(object, &info, H5O_INFO_BASIC), "look at an object");
    return info.addr;
}

}  // namespace sim::h5
