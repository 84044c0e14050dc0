#pragma once
// Civil dates: whole days of the Gregorian calendar, without time zones.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sim {

/// A day of the (proleptic) Gregorian calendar, kept as the number of days since 1970-01-01. Four bytes, copied freely.
class Date {
  public:
    /// 1970-01-01.
    constexpr Date() = default;
    constexpr explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}

    /// The day so named, or nothing when there is no such day (30 February). Years 1 to 9999.
    [[nodiscard]] static std::optional<Date> of(int year, int month, int day);
    /// Reads exactly "YYYY-MM-DD"; nothing for any other text or a day that does not exist.
    [[nodiscard]] static std::optional<Date> parse(std::string_view text);

    [[nodiscard]] constexpr std::int32_t days_since_1970() const { return days_; }
    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;  ///< 1 to 12
    [[nodiscard]] int day() const;    ///< 1 to 31
    /// "YYYY-MM-DD".
    [[nodiscard]] std::string text() const;

    /// The same day of the month, `months` calendar months later (earlier if negative); the last day of that month when it is
    /// shorter: 31 January and one month is 28 or 29 February.
    [[nodiscard]] Date add_months(int months) const;

    friend constexpr auto operator<=>(Date, Date) = default;
    friend constexpr Date operator+(Date date, std::int32_t days) { return Date(date.days_ + days); }
    friend constexpr Date operator-(Date date, std::int32_t days) { return Date(date.days_ - days); }
    /// Days from `from` to `to`.
    friend constexpr std::int32_t operator-(Date to, Date from) { return to.days_ - from.days_; }
    constexpr Date& operator+=(std::int32_t days) {
        days_ += days;
        return *this;
    }

  private:
    std::int32_t days_ = 0;
};

}  // namespace sim
