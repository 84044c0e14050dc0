#include "sim/result_variable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace sim {
namespace {

std::size_t product(std::span<const std::size_t> factors) {
    return std::accumulate(factors.begin(), factors.end(), std::size_t{1}, std::multiplies<>{});
}

}  // namespace

std::size_t bytes(Type type) {
    switch (type) {
        case Type::int8:
            return 1;
        case Type::int32:
        case Type::float32:
            return 4;
        case Type::int64:
        case Type::float64:
            return 8;
        case Type::text:
            break;
    }
    return 16;
}

Type type_of(const Values& values) {
    if (const Type* type = std::get_if<Type>(&values)) return *type;
    return static_cast<Type>(values.index() - 1);  // the spans stand in the order of the types
}

std::vector<std::size_t> automatic_chunk(std::span<const std::size_t> shape, bool unlimited, std::size_t value_bytes) {
    constexpr std::size_t small = 4096, least = 512, most = std::size_t{4} << 20U, row_block = std::size_t{1} << 20U;
    if (shape.empty()) return {};
    std::vector<std::size_t> chunk(shape.begin(), shape.end());
    if (unlimited) {
        const std::size_t row_bytes = product(shape.subspan(1)) * value_bytes;
        chunk[0] = std::clamp<std::size_t>(row_block / row_bytes, 1, 4096);
    } else if (shape.size() < 3) {
        if (product(shape) * value_bytes <= small) return {};
    } else {
        const std::size_t cell_bytes = product(shape.subspan(2)) * value_bytes;
        chunk[0] = 1;
        chunk[1] = cell_bytes < least ? std::min(shape[1], small / cell_bytes) : 1;
    }
    for (std::size_t k = 0; k < chunk.size();) {
        if (product(chunk) * value_bytes <= most) break;
        if (chunk[k] == 1) {
            ++k;
        } else {
            chunk[k] = (chunk[k] + 1) / 2;
        }
    }
    return chunk;
}

Variable time_coordinate(std::string axis, std::span<const double> days, std::string_view origin, std::string_view bounds) {
    Variable time{
        .name = axis, .axes = {axis}, .values = days, .long_name = "time", .units = fmt::format("days since {}", origin)};
    time.attributes = {{"standard_name", "time"}, {"calendar", "proleptic_gregorian"}, {"axis", "T"}};
    if (!bounds.empty()) time.attributes.push_back({"bounds", std::string(bounds)});
    return time;
}

}  // namespace sim
