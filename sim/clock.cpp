#include "sim/clock.hpp"

#include <algorithm>
#include <stdexcept>

namespace sim {

Clock::Clock(Date start, Date end, int step_days) : start_(start), step_days_(step_days), steps_(0) {
    if (step_days < 1 || !(start < end)) throw std::logic_error("a clock needs start < end and steps of at least a day");
    steps_ = static_cast<std::int32_t>((end - start + step_days - 1) / step_days);
}

std::int32_t Clock::step_of(Date day) const {
    if (day < start_) return 0;
    return std::min<std::int32_t>(steps_, static_cast<std::int32_t>((day - start_) / step_days_));
}

}  // namespace sim
