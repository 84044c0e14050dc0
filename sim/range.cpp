#include "sim/range.hpp"

#include "sim/suggest.hpp"
#include "sim/units.hpp"

namespace sim {

std::string Range::text(std::string_view unit) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::string out;
    if (lo > -infinity) out = (open_lo ? "> " : ">= ") + with_unit(number_text(lo), unit);
    if (hi < infinity)
        out += (out.empty() ? "" : " and ") + std::string(open_hi ? "< " : "<= ") + with_unit(number_text(hi), unit);
    return out.empty() ? "finite" : out;
}

}  // namespace sim
