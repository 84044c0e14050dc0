#include "sim/clock.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/catch.hpp"

namespace {

sim::Date date(const char* text) { return sim::Date::parse(text).value(); }

}  // namespace

TEST_CASE("a weekly clock counts whole weeks, and one more for a rest", "[clock]") {
    const sim::Clock even(date("2005-01-03"), date("2005-01-31"), 7);
    CHECK(even.steps() == 4);
    CHECK(even.step_days() == 7);
    CHECK(even.dt_weeks() == 1.0);
    CHECK(even.date(0) == date("2005-01-03"));
    CHECK(even.date(3) == date("2005-01-24"));
    CHECK(even.date(4) == date("2005-01-31"));

    const sim::Clock rest(date("2005-01-03"), date("2005-02-01"), 7);
    CHECK(rest.steps() == 5);
    CHECK(rest.date(rest.steps()) == date("2005-02-07"));  // the last step ends after the end
}

TEST_CASE("a daily clock walks through a leap day", "[clock]") {
    const sim::Clock clock(date("2004-02-27"), date("2004-03-02"), 1);
    CHECK(clock.steps() == 4);
    CHECK(clock.dt_weeks() == 1.0 / 7.0);
    CHECK(clock.date(2) == date("2004-02-29"));
    CHECK(clock.date(3) == date("2004-03-01"));
}

TEST_CASE("every day of a clock lies in exactly one step, and step_of names it", "[clock]") {
    const int step_days = GENERATE(1, 7, 10, 400);
    const sim::Clock clock(date("2003-12-20"), date("2005-01-05"), step_days);
    int checked = 0;
    for (std::int32_t step = 0; step < clock.steps(); ++step) {
        sim::Step now;
        now.date = clock.date(step);
        now.next = clock.date(step + 1);
        CHECK(now.next - now.date == step_days);
        CHECK_FALSE(now.contains(now.date - 1));
        CHECK_FALSE(now.contains(now.next));
        for (sim::Date day = now.date; day < now.next; day += 1) {
            ++checked;
            if (!now.contains(day) || clock.step_of(day) != step) FAIL(day.text());
        }
    }
    CHECK(checked == clock.steps() * step_days);
    CHECK(clock.date(clock.steps() - 1) < date("2005-01-05"));
    CHECK(clock.date(clock.steps()) >= date("2005-01-05"));
}

TEST_CASE("days before and after a clock belong to its ends", "[clock]") {
    const sim::Clock clock(date("2005-01-03"), date("2005-01-31"), 7);
    CHECK(clock.step_of(date("1999-01-01")) == 0);
    CHECK(clock.step_of(date("2005-01-02")) == 0);
    CHECK(clock.step_of(date("2005-01-30")) == 3);
    CHECK(clock.step_of(date("2005-01-31")) == 4);
    CHECK(clock.step_of(date("2999-01-01")) == 4);
}

TEST_CASE("a clock that does not run forward is a programming mistake", "[clock]") {
    CHECK_THROWS_AS(sim::Clock(date("2005-01-03"), date("2005-01-03"), 7), std::logic_error);
    CHECK_THROWS_AS(sim::Clock(date("2005-01-03"), date("2005-01-02"), 7), std::logic_error);
    CHECK_THROWS_AS(sim::Clock(date("2005-01-03"), date("2006-01-03"), 0), std::logic_error);
}

TEST_CASE("a step's generator is named by stream, entity, step, replicate and seed", "[clock]") {
    sim::Step now;
    now.seed = 5;
    now.replicate = 3;
    now.index = 17;
    const auto first = [](const sim::Step& step, const char* stream, sim::Entity entity) {
        return step.rng(stream, entity).word();
    };
    const std::uint32_t word = first(now, "graze", {1, 2});
    CHECK(word == sim::Rng(sim::stream_key(5, "graze"), 3, {1, 2}, 17).word());
    CHECK(word == first(now, "graze", {1, 2}));
    CHECK(word != first(now, "grow", {1, 2}));
    CHECK(word != first(now, "graze", {1, 3}));
    CHECK(word != first(now, "graze", {2, 2}));
    for (const int what : {0, 1, 2}) {
        sim::Step other = now;
        if (what == 0) ++other.index;
        if (what == 1) ++other.replicate;
        if (what == 2) ++other.seed;
        CHECK(word != first(other, "graze", {1, 2}));
    }
    now.parallel = true;
    now.recorded = true;
    CHECK(word == first(now, "graze", {1, 2}));
}
