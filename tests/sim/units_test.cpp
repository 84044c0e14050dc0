#include "sim/units.hpp"

#include <cmath>
#include <stdexcept>

#include "sim/suggest.hpp"
#include "tests/catch.hpp"

namespace {

sim::Units table() {
    sim::Units units;
    units.add("sheep", "sheep", 1.0);
    units.add("flocks", "sheep", 50.0);
    units.add("EUR", "EUR", 1.0);
    return units;
}

}  // namespace

TEST_CASE("quantities are expressed in the unit of the field", "[units]") {
    const sim::Units units = table();
    const auto in = [&](const char* text, const char* unit) { return units.quantity(text, unit).value.value(); };
    CHECK(in("18 months", "days") == 18 * 30.4375);
    CHECK(in("18 months", "years") == Approx(1.5).epsilon(1e-15));
    CHECK(in("2 weeks", "days") == 14.0);
    CHECK(in("36 hours", "day") == 1.5);
    CHECK(in("12000 sheep", "sheep") == 12000.0);
    CHECK(in("3 flocks", "sheep") == 150.0);
    CHECK(in("239 million EUR/year", "EUR year^-1") == 239e6);
    CHECK(in("239 million EUR per year", "million EUR/year") == 239.0);
    CHECK(in("0.7 week^-1", "day^-1") == Approx(0.1).epsilon(1e-15));
    CHECK(in("0.7 per week", "day^-1") == Approx(0.1).epsilon(1e-15));
    CHECK(in("1500 km", "km") == 1500.0);
    CHECK(in("10 sheep/km2", "sheep km^-2") == 10.0);
    CHECK(in("10 km^2", "km2") == 10.0);
    CHECK(in("6 EUR/sheep/week", "EUR sheep^-1 week^-1") == 6.0);
    CHECK(in("6 EUR*sheep", "sheep EUR") == 6.0);
    CHECK(in("-1.5e3 EUR", "EUR") == -1500.0);
    CHECK(in("+2 EUR", "EUR") == 2.0);
    CHECK(in("  2 EUR  ", "EUR") == 2.0);
}

TEST_CASE("shares are the doubles nearest to their decimal value", "[units]") {
    const sim::Units units = table();
    for (int percent = 0; percent <= 100; ++percent) {
        REQUIRE(units.quantity(std::to_string(percent) + " %", "1").value.value() == percent / 100.0);
        REQUIRE(units.quantity(std::to_string(percent) + "%", "").value.value() == percent / 100.0);
    }
    CHECK(units.quantity("35 %", "%").value.value() == 35.0);
    CHECK(units.quantity("3 permille", "-").value.value() == 0.003);
    CHECK(units.quantity("0.1 %", "%").value.value() == 0.1);
}

TEST_CASE("what cannot be read as a quantity says why", "[units]") {
    const sim::Units units = table();
    const auto problem = [&](const char* text, const char* unit) {
        const auto reading = units.quantity(text, unit);
        CHECK_FALSE(reading.value.has_value());
        return reading.problem;
    };
    CHECK(problem("12000 EUR", "sheep") == "EUR [EUR] where sheep [sheep] is needed");
    CHECK(problem("3 weeks", "week^-1") == "weeks [time] where week^-1 [time^-1] is needed");
    CHECK(problem("3 weeks", "1") == "weeks [time] where a pure number [1] is needed");
    CHECK(problem("35 %", "day^-1") == "% [1] where day^-1 [time^-1] is needed");
    CHECK(problem("3 wekks", "days") == "unknown unit wekks: did you mean weeks?");
    CHECK(problem("3 furlongs", "km") == "unknown unit furlongs");
    CHECK(problem("3 EUR//year", "EUR/year") == "\"EUR//year\" is not a unit: write names with powers, such as day^-1 or km/day");
    CHECK(problem("3 week^", "week").find("is not a unit") != std::string::npos);
    CHECK(problem("3 week^0", "1").find("is not a unit") != std::string::npos);
    CHECK(problem("3 week^99", "week").find("is not a unit") != std::string::npos);
    CHECK(problem("3 EUR/", "EUR").find("is not a unit") != std::string::npos);
    CHECK(problem("many sheep", "sheep") == "is not a number");
    CHECK(problem("", "sheep") == "is not a number");
    CHECK(problem("nan sheep", "sheep") == "is not a number");
    CHECK(problem("inf sheep", "sheep") == "is not a number");
    CHECK(problem("-inf sheep", "sheep") == "is not a number");
    CHECK(problem("1e999 sheep", "sheep") == "is not a number");
    CHECK(problem("12", "sheep").starts_with("is a text without a unit"));
    CHECK(problem(("3 " + std::string(300, 'x')).c_str(), "1") == "a unit of more than 200 characters");
}

TEST_CASE("a unit is added once, under a proper name", "[units]") {
    sim::Units units = table();
    CHECK_THROWS_AS(units.add("sheep", "sheep", 1.0), std::logic_error);
    CHECK_THROWS_AS(units.add("days", "sheep", 1.0), std::logic_error);
    CHECK_THROWS_AS(units.add("2x", "sheep", 1.0), std::logic_error);
    CHECK_THROWS_AS(units.add("a b", "sheep", 1.0), std::logic_error);
    CHECK_THROWS_AS(units.add("per", "sheep", 1.0), std::logic_error);
    CHECK_THROWS_AS(units.add("lambs", "sheep", 0.0), std::logic_error);
    CHECK_THROWS_AS(units.add("lambs", "sheep", std::nan("")), std::logic_error);
}

TEST_CASE("the nearest name within two edits is suggested, or a beginning", "[units]") {
    CHECK(sim::edit_distance("kitten", "sitting") == 3);
    CHECK(sim::edit_distance("", "abc") == 3);
    CHECK(sim::closest("hazrd", {"hazards", "hazard"}) == "hazard");
    CHECK(sim::closest("hazard_per", {"energy", "hazard_per_day_and_head"}) == "hazard_per_day_and_head");
    CHECK(sim::closest("ab", {"cd", "xy"}).empty());
    CHECK(sim::closest("energy", {"hazard"}).empty());
    CHECK(sim::did_you_mean("energi", {"energy"}) == ": did you mean energy?");
}

TEST_CASE("numbers are read whole or not at all", "[units]") {
    CHECK(sim::parse_number("0.25").value() == 0.25);
    CHECK(sim::parse_number("-3e2").value() == -300.0);
    CHECK(sim::parse_number("+3").value() == 3.0);
    for (const char* text : {"", "-", "+", "+-3", "1,5", "1 ", "0x10", "nan", "inf", "1e999", "abc", "1e"}) {
        CAPTURE(text);
        CHECK_FALSE(sim::parse_number(text).has_value());
    }
}
