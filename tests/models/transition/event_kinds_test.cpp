#include "models/transition/event_kinds.hpp"

#include <set>
#include <string>

#include "tests/catch.hpp"

using namespace drawdown;

TEST_CASE("kinds and causes stand in the order of their numbers, under names of their own", "[events]") {
    std::set<std::string_view> names, titles, cause_set;
    for (std::size_t i = 0; i < event_kinds().size(); ++i) {
        CHECK(static_cast<std::size_t>(event_kinds()[i].kind) == i);
        CHECK(names.insert(event_kinds()[i].name).second);
        CHECK(titles.insert(event_kinds()[i].title).second);
    }
    for (std::size_t i = 0; i < causes().size(); ++i) {
        CHECK(static_cast<std::size_t>(causes()[i].cause) == i);
        CHECK(cause_set.insert(causes()[i].name).second);
        CHECK_FALSE(causes()[i].phrase.empty());
    }
    CHECK(event_kinds().back().kind == EventKind::government_falls);
    CHECK(causes().back().cause == Cause::strain_passes);
    CHECK(event_kind_names().size() == event_kinds().size());
    CHECK(event_kind_names()[13] == "riot");
    CHECK(cause_names()[0] == "schedule");
    CHECK(event_kinds().size() <= 127);   // a result file stores them in a byte
    CHECK(cause_set.count("none") == 0);  // the name of no cause
}

TEST_CASE("every kind is told in a sentence that holds its value and its cause", "[events]") {
    for (const EventKindInfo& info : event_kinds()) {
        CAPTURE(info.name);
        const std::string bare = event_sentence(info.kind, "Nimba", "the Front", "VALUE", -1);
        CHECK(bare.find('{') == std::string::npos);
        CHECK(bare.find(',', bare.size() - 1) == std::string::npos);
        if (info.measure != Measure::nothing && info.kind != EventKind::joins_agreement)
            CHECK(bare.find("VALUE") != std::string::npos);
        const std::string caused = event_sentence(info.kind, "Nimba", "the Front", "VALUE", static_cast<int>(Cause::rumour));
        CHECK(caused == bare + ", set off by a rumour");
    }
    CHECK(event_sentence(EventKind::battle, "Nimba", "the Front", "3 deaths", static_cast<int>(Cause::spoils)) ==
          "The Front fought the state: 3 deaths, over spoils");
    CHECK(event_sentence(EventKind::battle, "", "", "1 death", -1) == "An armed group fought the state: 1 death");
}

TEST_CASE("values are told in the words of their measure", "[events]") {
    CHECK(value_text(Measure::deaths, 1.0) == "1 death");
    CHECK(value_text(Measure::deaths, 1234567.0) == "1,234,567 deaths");
    CHECK(value_text(Measure::persons, 0.0) == "0 persons");
    CHECK(value_text(Measure::share, 0.354) == "35 %");
    CHECK(value_text(Measure::consent, 0.354) == "0.35");
    CHECK(value_text(Measure::usd, 999.0) == "999 USD");
    CHECK(value_text(Measure::usd, 12.5e6) == "12.5 million USD");
    CHECK(value_text(Measure::phase, 0.0) == "phase 1");
    CHECK(grouped(-1234.0) == "-1,234");
    CHECK(grouped(100.0) == "100");
}
