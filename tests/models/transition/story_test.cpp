#include "models/transition/story.hpp"

#include <string>
#include <vector>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"

using namespace drawdown;

namespace {

Story names() {
    Story story;
    story.regions = {"Aland", "Beland"};
    story.groups = {"the Front", "the League"};
    story.benchmarks = {"a calm country"};
    return story;
}

StoryEvent event(EventKind kind, int month, int day, int region, double value, Cause cause = Cause::spoils) {
    StoryEvent made;
    made.day = sim::Date::of(2020, month, day).value();
    made.kind = static_cast<int>(kind);
    made.region = region;
    made.group = 0;
    made.cause = static_cast<int>(cause);
    made.value = value;
    return made;
}

std::vector<std::string> texts(const std::vector<StoryEvent>& events) {
    std::vector<std::string> all;
    for (const StoryLine& line : lines_of_year(events, names())) all.push_back(line.date + " " + line.place + ": " + line.text);
    return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a few events are told one by one, in the order of their days", "[story]") {
    CHECK(texts({event(EventKind::battle, 3, 2, 1, 4.0), event(EventKind::riot, 1, 6, 0, 1.0, Cause::rumour),
                 event(EventKind::phase_begins, 2, 3, -1, 1.0, Cause::schedule),
                 event(EventKind::benchmark_met, 2, 10, -1, 0.0, Cause::security),
                 event(EventKind::groups_merge, 4, 6, -1, 1.0, Cause::force)}) ==
          Lines{"2020-01-06 Aland: A crowd rioted: 1 death, set off by a rumour",
                "2020-02-03 country: Phase 2 of the exit began, as planned",
                "2020-02-10 country: The benchmark a calm country was met, because of security",
                "2020-03-02 Beland: The Front fought the state: 4 deaths, over spoils",
                "2020-04-06 country: The Front took in the League, by force"});
}

TEST_CASE("many events of a kind become lines by region and month, and then wider ones, with all their deaths", "[story]") {
    std::vector<StoryEvent> month;
    for (int day = 1; day <= 8; ++day)
        month.push_back(event(EventKind::battle, 5, day, 0, day, day < 4 ? Cause::chance : Cause::spoils));
    month.push_back(event(EventKind::battle, 6, 1, 1, 2.0));
    CHECK(texts(month) == Lines{"2020-05 Aland: 8 battles: 36 deaths in all, at most 8 at once, mostly over spoils",
                                "2020-06-01 Beland: The Front fought the state: 2 deaths, over spoils"});

    std::vector<StoryEvent> year;
    for (int m = 1; m <= 12; ++m)
        for (int region : {0, 1}) year.push_back(event(EventKind::battle, m, 1, region, 10.0));
    CHECK(texts(year) == Lines{"2020 Aland: 12 battles: 120 deaths in all, at most 10 at once, mostly over spoils",
                               "2020 Beland: 12 battles: 120 deaths in all, at most 10 at once, mostly over spoils"});

    std::vector<StoryEvent> everywhere;
    for (int region = 0; region < 10; ++region)
        everywhere.push_back(event(EventKind::battle, 1, 1, region, 1.0, region % 2 == 0 ? Cause::chance : Cause::spoils));
    CHECK(texts(everywhere) == Lines{"2020 10 regions: 10 battles: 10 deaths in all, at most 1 at once"});
    everywhere[1].value = 11.0;  // in Beland
    CHECK(texts(everywhere) == Lines{"2020 10 regions: 10 battles: 20 deaths in all, at most 11 at once, most in Beland"});
}
