#include "sim/date.hpp"

#include <fmt/format.h>

#include <chrono>

namespace sim {

namespace {

namespace chrono = std::chrono;

chrono::year_month_day civil(Date date) { return chrono::year_month_day{chrono::sys_days{chrono::days{date.days_since_1970()}}}; }

Date from_civil(chrono::year_month_day day) {
    return Date(static_cast<std::int32_t>(chrono::sys_days{day}.time_since_epoch().count()));
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = 10 * value + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const chrono::year_month_day named{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                       chrono::day{static_cast<unsigned>(day)}};
    if (!named.ok()) return std::nullopt;
    return from_civil(named);
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return of(*year, *month, *day);
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

std::string Date::text() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }

Date Date::add_months(int months) const {
    chrono::year_month_day moved = civil(*this) + chrono::months{months};
    if (!moved.ok()) moved = moved.year() / moved.month() / chrono::last;
    return from_civil(moved);
}

}  // namespace sim
