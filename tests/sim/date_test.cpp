#include "sim/date.hpp"

#include "tests/catch.hpp"

using sim::Date;

TEST_CASE("a date knows its civil day", "[date]") {
    CHECK(Date().text() == "1970-01-01");
    CHECK(Date::parse("2018-03-30").value().text() == "2018-03-30");
    CHECK(Date::of(2000, 3, 1).value() - Date::of(2000, 2, 28).value() == 2);
    CHECK(Date::of(1900, 3, 1).value() - Date::of(1900, 2, 28).value() == 1);
    CHECK(Date::of(2018, 3, 30).value().days_since_1970() == 17620);  // date -d 2018-03-30 +%s / 86400
    const Date day = Date::of(1969, 12, 31).value();
    CHECK(day.days_since_1970() == -1);
    CHECK(day.year() == 1969);
    CHECK(day.month() == 12);
    CHECK(day.day() == 31);
    CHECK(Date::parse("0001-01-01").value().text() == "0001-01-01");
}

TEST_CASE("every day of four centuries is written and read back", "[date]") {
    Date day = Date::of(1800, 1, 1).value();
    for (int i = 0; i < 146'097; ++i, day += 1) {
        REQUIRE(Date::parse(day.text()) == day);
        REQUIRE(Date::of(day.year(), day.month(), day.day()) == day);
    }
    CHECK(day.text() == "2200-01-01");
}

TEST_CASE("what is no date is not read", "[date]") {
    const auto* text = GENERATE("", "2018-3-30", "2018-02-30", "2019-02-29", "2018-13-01", "2018-00-10", "2018-01-00",
                                "0000-01-01", "2018-03-30 ", "18-03-30", "2018/03/30", "-018-03-30", "2018-03-3x", "20180330");
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text).has_value());
}

TEST_CASE("months are calendar months and stop at the end of a shorter one", "[date]") {
    const Date day = Date::of(2020, 1, 31).value();
    CHECK(day.add_months(1).text() == "2020-02-29");
    CHECK(day.add_months(13).text() == "2021-02-28");
    CHECK(day.add_months(3).text() == "2020-04-30");
    CHECK(day.add_months(12).text() == "2021-01-31");
    CHECK(day.add_months(-2).text() == "2019-11-30");
    CHECK(day.add_months(0) == day);
}

TEST_CASE("dates are ordered and moved by days", "[date]") {
    const Date day = Date::of(2018, 12, 31).value();
    CHECK(day < day + 1);
    CHECK((day + 1).text() == "2019-01-01");
    CHECK((day - 365).text() == "2017-12-31");
    CHECK((day + 7) - day == 7);
}
