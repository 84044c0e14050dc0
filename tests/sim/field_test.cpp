#include "sim/field.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "tests/catch.hpp"

using sim::Diagnostics;
using sim::Document;
using sim::Sampler;

namespace {

using Lines = std::vector<std::string>;

enum class Gait { walk, trot, run };

struct Wool {
    double length_km = 0.5;
    static constexpr auto parameters =
        sim::parameters(sim::parameter("length", &Wool::length_km, "km", sim::above(0.0), "length of the yarn"));
};

struct Mortality {
    double hazard_per_day = 1.0e-4;
    double share = 0.5;
    float weight = 1.5F;
    std::int64_t sheep = 12;
    std::uint8_t small = 3;
    bool winter = false;
    std::string name = "herd";
    std::string kind = "hill";
    Gait gait = Gait::trot;
    sim::Date since = sim::Date::of(2018, 3, 30).value();
    std::vector<double> rates = {0.1, 0.2};
    std::vector<std::string> dogs = {"Rex"};
    Wool wool{};

    static constexpr auto parameters = sim::parameters(
        sim::parameter("hazard", &Mortality::hazard_per_day, "day^-1", sim::at_least(0.0), "rate of other deaths",
                       sim::source("Cox and Oakes 1984", sim::Grade::B), sim::raises("deaths/sheep")),
        sim::parameter("share", &Mortality::share, "1", sim::between(0.0, 1.0), "share of lambs", sim::moves("flock")),
        sim::parameter("weight", &Mortality::weight, "1", sim::any_finite(), "weight of a sheep", sim::lowers("hunger")),
        sim::parameter("sheep", &Mortality::sheep, "sheep", sim::at_least(1.0), "sheep at the start"),
        sim::parameter("small", &Mortality::small, "1", sim::any_finite(), "a small number"),
        sim::parameter("winter", &Mortality::winter, "whether there is a winter"),
        sim::parameter("name", &Mortality::name, "name of the herd"),
        sim::choice("kind", &Mortality::kind, {"hill", "valley"}, "where the herd lives"),
        sim::choice("gait", &Mortality::gait, {"walk", "trot", "run"}, "how the herd moves"),
        sim::parameter("since", &Mortality::since, "first day"),
        sim::parameter("rates", &Mortality::rates, "day^-1", sim::at_least(0.0), "rates by age"),
        sim::parameter("dogs", &Mortality::dogs, "names of the dogs"), sim::group("wool", &Mortality::wool));
};

struct Start {
    std::string name;
    sim::Date first;
    double area = 0.0;
    static constexpr auto parameters = sim::parameters(
        sim::input("name", &Start::name, "name of the run"),
        sim::required(sim::parameter("first", &Start::first, "first day of the run")),
        sim::input("area", &Start::area, "km2", sim::above(0.0), "area of the farm", sim::source("map", sim::Grade::A)));
};

struct Nothing {
    static constexpr auto parameters = sim::parameters();
};

sim::Units table() {
    sim::Units units;
    units.add("sheep", "sheep", 1.0);
    return units;
}

template <class T>
struct Outcome {
    T object;
    Lines findings;
};

template <class T = Mortality>
Outcome<T> read(std::string_view text, const std::vector<std::string>& sets = {}, const Sampler& sampler = Sampler::central()) {
    Diagnostics diagnostics;
    const Document document = Document::from_text(text, "farm.toml", sets, diagnostics, table());
    Outcome<T> outcome;
    sim::read_fields(document.root().child_or_empty("mortality"), outcome.object, sampler, diagnostics);
    document.report_unknown(diagnostics);
    for (const sim::Diagnostic& finding : diagnostics.findings()) outcome.findings.push_back(finding.text());
    return outcome;
}

/// The one finding about the line "[mortality]\n" + line.
std::string finding(const std::string& line) {
    const Lines findings = read("[mortality]\n" + line + "\n").findings;
    CAPTURE(line, findings.size());
    CHECK(findings.size() == 1);
    return findings.empty() ? "" : findings.front();
}

}  // namespace

TEST_CASE("every type of parameter is read from its section", "[field]") {
    const auto [herd, findings] = read(
        "[mortality]\nhazard = \"0.7 week^-1\"\nshare = \"35 %\"\nweight = 2\nsheep = 3.0\nsmall = 255\nwinter = true\nname = "
        "\"b\"\n"
        "kind = \"valley\"\ngait = \"run\"\nsince = 2020-02-29\nrates = [1, \"7 per week\"]\ndogs = []\n[mortality.wool]\nlength "
        "= 3\n");
    CHECK(findings.empty());
    CHECK(herd.hazard_per_day == Approx(0.1).epsilon(1e-15));
    CHECK(herd.share == 0.35);
    CHECK(herd.weight == 2.0F);
    CHECK(herd.sheep == 3);
    CHECK(herd.small == 255);
    CHECK(herd.winter);
    CHECK(herd.name == "b");
    CHECK(herd.kind == "valley");
    CHECK(herd.gait == Gait::run);
    CHECK(herd.since.text() == "2020-02-29");
    CHECK(herd.rates == std::vector<double>{1.0, 1.0});
    CHECK(herd.dogs.empty());
    CHECK(herd.wool.length_km == 3.0);
}

TEST_CASE("an absent key or table leaves the default", "[field]") {
    for (const char* text : {"", "[mortality]\n"}) {
        const auto [herd, findings] = read(text);
        CHECK(findings.empty());
        CHECK(herd.hazard_per_day == 1.0e-4);
        CHECK(herd.gait == Gait::trot);
        CHECK(herd.wool.length_km == 0.5);
    }
}

TEST_CASE("a number out of range is told as the style guide shows", "[field]") {
    CHECK(finding("hazard = -0.1") ==
          "farm.toml:2:10: mortality.hazard = -0.1 day^-1 is out of range: must be >= 0 day^-1 (default 0.0001)");
    CHECK(finding("share = \"350 %\"") ==
          "farm.toml:2:9: mortality.share = 3.5 (\"350 %\") is out of range: must be >= 0 and <= 1 (default 0.5)");
    CHECK(finding("wool.length = 0") ==
          "farm.toml:2:15: mortality.wool.length = 0 km is out of range: must be > 0 km (default 0.5)");
    CHECK(finding("sheep = 0") == "farm.toml:2:9: mortality.sheep = 0 sheep is out of range: must be >= 1 sheep (default 12)");
    CHECK(finding("small = 256") == "farm.toml:2:9: mortality.small = 256 is out of range: must be >= 0 and <= 255 (default 3)");
    CHECK(finding("rates = [1, -1]") == "farm.toml:2:13: mortality.rates[1] = -1 day^-1 is out of range: must be >= 0 day^-1");
    CHECK(finding("hazard = nan") == "farm.toml:2:10: mortality.hazard = nan is not a finite number");
    CHECK(finding("hazard = \"nan day^-1\"").find("is not a number") != std::string::npos);
}

TEST_CASE("a value of another type says what was expected and what was found", "[field]") {
    CHECK(finding("hazard = true") == "farm.toml:2:10: mortality.hazard is true or false: expected a number in day^-1");
    CHECK(finding("hazard = \"often\"") ==
          "farm.toml:2:10: mortality.hazard = \"often\" is not a number: expected a number in day^-1");
    CHECK(finding("hazard = \"3 sheep\"") ==
          "farm.toml:2:10: mortality.hazard = \"3 sheep\": sheep [sheep] where day^-1 [time^-1] is needed");
    CHECK(finding("hazard = \"3 per wek\"") ==
          "farm.toml:2:10: mortality.hazard = \"3 per wek\": unknown unit wek: did you mean week?");
    CHECK(finding("hazard = [1]") == "farm.toml:2:10: mortality.hazard is a list: expected a number in day^-1");
    CHECK(finding("hazard = { a = 1 }") == "farm.toml:2:10: mortality.hazard is a table: expected a number in day^-1");
    CHECK(finding("share = 2018-03-30") == "farm.toml:2:9: mortality.share is a date: expected a number");
    CHECK(finding("sheep = 1.5") == "farm.toml:2:9: mortality.sheep = 1.5 sheep is not a whole number (default 12)");
    CHECK(finding("sheep = 9007199254740993") == "farm.toml:2:9: mortality.sheep = 9007199254740993 is beyond 2^53");
    CHECK(finding("winter = 1") == "farm.toml:2:10: mortality.winter = 1 is an integer: expected true or false");
    CHECK(finding("name = 1") == "farm.toml:2:8: mortality.name = 1 is an integer: expected a text in quotes");
    CHECK(finding("since = \"soon\"") ==
          "farm.toml:2:9: mortality.since = \"soon\" is a text: expected a date, such as 2018-03-30");
    CHECK(finding("since = []") == "farm.toml:2:9: mortality.since is a list: expected a date, such as 2018-03-30");
    CHECK(finding("kind = \"vally\"") ==
          "farm.toml:2:8: mortality.kind = \"vally\" is none of hill, valley: did you mean valley? (default hill)");
    CHECK(finding("gait = \"fly\"") == "farm.toml:2:8: mortality.gait = \"fly\" is none of walk, trot, run (default trot)");
    CHECK(finding("rates = 1") ==
          "farm.toml:2:9: mortality.rates = 1 is an integer: expected a list, each of it a number in day^-1");
    CHECK(finding("dogs = \"Rex\"") == "farm.toml:2:8: mortality.dogs = \"Rex\" is a text: expected a list of texts");
    CHECK(finding("dogs = [\"Rex\", 1]") == "farm.toml:2:16: mortality.dogs[1] = 1 is an integer: expected a text in quotes");
    CHECK(finding("wool = 1") == "farm.toml:2:8: mortality.wool is an integer: expected a table");
    CHECK(finding("hazrd = 1") == "farm.toml:2:1: unknown key mortality.hazrd: did you mean mortality.hazard?");
    CHECK(finding("wool.lenght = 1") == "farm.toml:2:6: unknown key mortality.wool.lenght: did you mean mortality.wool.length?");
}

TEST_CASE("all errors are found at once and thrown in order", "[field]") {
    const Lines findings = read("[mortality]\nhazard = -1\nshare = 2\nhazrd = 3\n[mortalty]\n").findings;
    CHECK(findings.size() == 4);
    CHECK(read("", {"mortality.hazard=-1", "mortality.shar=1"}).findings ==
          Lines{"--set mortality.hazard=-1: mortality.hazard = -1 day^-1 is out of range: must be >= 0 day^-1 (default 0.0001)",
                "--set mortality.shar=1: unknown key mortality.shar: did you mean mortality.share?"});
    CHECK(read("", {"mortality.name=2018"}).object.name == "2018");
    CHECK(read("", {"mortality.hazard=7 per week"}).object.hazard_per_day == 1.0);
}

TEST_CASE("a key that must stand in the file is missed at its table", "[field]") {
    CHECK(read<Start>("x = 1\n\n[mortality]\nname = \"a\"\n").findings ==
          Lines{"farm.toml:3:1: mortality.first is missing: first day of the run",
                "farm.toml:3:1: mortality.area is missing: area of the farm [km2]", "farm.toml:1:1: unknown key x"});
    CHECK(read<Start>("").findings.size() == 3);
    const auto [start, findings] = read<Start>("[mortality]\nname = \"a\"\nfirst = \"2018-03-30\"\narea = \"5 km^2\"\n");
    CHECK(findings.empty());
    CHECK(start.first.text() == "2018-03-30");
    CHECK(start.area == 5.0);
    CHECK(read<Start>("[mortality]\nname = \"a\"\nfirst = 2018-03-30\narea = 0\n").findings ==
          Lines{"farm.toml:4:8: mortality.area = 0 km2 is out of range: must be > 0 km2"});
}

TEST_CASE("a distribution gives its centre or the draw of its key", "[field]") {
    const std::string text =
        "[mortality]\nhazard = { dist = \"uniform\", min = \"7 per week\", max = 3 }\n"
        "sheep = { dist = \"triangular\", min = 1, mode = 10, max = 20 }\nrates = [1, { dist = \"constant\", value = 2 }]\n";
    CHECK(read(text).object.hazard_per_day == 2.0);
    CHECK(read(text).object.sheep == 10);

    Lines keys;
    const Sampler sampler([&](std::string_view key) {
        keys.emplace_back(key);
        return key == "mortality.hazard" ? 0.25 : 0.5;
    });
    const auto [herd, findings] = read(text, {}, sampler);
    CHECK(findings.empty());
    CHECK(keys == Lines{"mortality.hazard", "mortality.sheep", "mortality.rates[1]"});
    CHECK(herd.hazard_per_day == 1.5);
    CHECK(herd.rates == std::vector<double>{1.0, 2.0});
    REQUIRE(sampler.draws().size() == 3);
    CHECK(sampler.draws()[0].key == "mortality.hazard");
    CHECK(sampler.draws()[0].unit == "day^-1");
    CHECK(sampler.draws()[0].value == 1.5);
    CHECK(sampler.draws()[1].value == static_cast<double>(herd.sheep));
    (void)read(text, {}, sampler);
    CHECK(sampler.draws().size() == 3);
}

TEST_CASE("every kind of distribution is read", "[field]") {
    const auto centre = [](const std::string& value) {
        const auto [herd, findings] = read("[mortality]\nhazard = " + value + "\n");
        CHECK(findings.empty());
        return herd.hazard_per_day;
    };
    CHECK(centre("{ dist = \"constant\", value = 4 }") == 4.0);
    CHECK(centre("{ dist = \"loguniform\", min = 1, max = 4 }") == 2.0);
    CHECK(centre("{ dist = \"normal\", mean = 4, sd = \"7 per week\", min = 0 }") == 4.0);
    CHECK(centre("{ dist = \"lognormal\", median = 4, sigma = 1 }") == 4.0);
    CHECK(centre("{ dist = \"discrete\", values = [4, \"14 per week\"], weights = [1, \"200 %\"] }") == 2.0);
}

TEST_CASE("bad distributions are told at the parameter", "[field]") {
    CHECK(finding("hazard = { dist = \"unifrm\", min = 0, max = 1 }") ==
          "farm.toml:2:19: mortality.hazard.dist = \"unifrm\" is none of constant, discrete, lognormal, loguniform, normal, "
          "triangular, uniform: did you mean uniform?");
    CHECK(finding("hazard = { dist = 3 }").starts_with("farm.toml:2:19: mortality.hazard.dist = \"3\" is none of"));
    CHECK(finding("hazard = { dist = \"uniform\", min = 1, max = 0.5 }") ==
          "farm.toml:2:45: mortality.hazard.max = 0.5: must be above min = 1");
    CHECK(finding("hazard = { dist = \"triangular\", min = 0, mode = 2, max = 1 }") ==
          "farm.toml:2:49: mortality.hazard.mode = 2: must lie between min = 0 and max = 1");
    CHECK(finding("hazard = { dist = \"normal\", mean = 1, sd = 0, min = 0 }") ==
          "farm.toml:2:44: mortality.hazard.sd = 0: must be > 0");
    CHECK(finding("hazard = { dist = \"uniform\", min = 1 }") ==
          "farm.toml:2:10: mortality.hazard.max is missing: the distribution needs it");
    CHECK(finding("hazard = { dist = \"uniform\", min = 0, max = 1, mod = 3 }") ==
          "farm.toml:2:48: unknown key mortality.hazard.mod");
    CHECK(finding("hazard = { dist = \"uniform\", min = \"0 km\", max = 1 }") ==
          "farm.toml:2:36: mortality.hazard.min = \"0 km\": km [length] where day^-1 [time^-1] is needed");
    CHECK(finding("hazard = { dist = \"lognormal\", median = 1, sigma = \"1 day^-1\" }") ==
          "farm.toml:2:52: mortality.hazard.sigma = \"1 day^-1\": day^-1 [time^-1] where a pure number [1] is needed");
    CHECK(finding("hazard = { dist = \"discrete\", values = 1, weights = [1] }") ==
          "farm.toml:2:40: mortality.hazard.values is an integer: expected a list of numbers");
    CHECK(finding("hazard = { dist = \"normal\", mean = 1, sd = 1 }") ==
          "farm.toml:2:10: mortality.hazard reaches from minus infinity to infinity, out of range: must be >= 0 day^-1 (default "
          "0.0001): "
          "restrict it by min and max");
    CHECK(finding("share = { dist = \"uniform\", min = 0.5, max = 1.5 }") ==
          "farm.toml:2:9: mortality.share reaches from 0.5 to 1.5, out of range: must be >= 0 and <= 1 (default 0.5): "
          "restrict it by min and max");
    CHECK(finding("wool.length = { dist = \"uniform\", min = 0, max = 1 }").find("reaches from 0 km to 1 km") !=
          std::string::npos);
    CHECK(read("[mortality]\nwool.length = { dist = \"lognormal\", median = 1, sigma = 1 }\n").findings.empty());
    CHECK(finding("name = { dist = \"constant\", value = 1 }") ==
          "farm.toml:2:8: mortality.name is a distribution: expected a text in quotes");
}

TEST_CASE("one declaration describes a parameter", "[field]") {
    const std::vector<sim::FieldInfo> all = sim::describe<Mortality>("mortality");
    REQUIRE(all.size() == 13);
    CHECK(all[0].key == "mortality.hazard");
    CHECK(all[0].type == "number");
    CHECK(all[0].unit == "day^-1");
    CHECK(all[0].range == ">= 0");
    CHECK(all[0].meaning == "rate of other deaths");
    CHECK(all[0].source == "Cox and Oakes 1984");
    CHECK(all[0].grade == 'B');
    CHECK(all[0].default_value == "0.0001");
    CHECK(all[0].default_number == 1.0e-4);
    CHECK_FALSE(all[0].required);
    CHECK(all[1].grade == 'D');
    CHECK(all[0].first_outcome == "deaths/sheep");
    CHECK(all[0].sign == 1);
    CHECK(all[0].effect_text() == "+ deaths/sheep");
    CHECK(all[1].sign == 0);
    CHECK(all[1].effect_text() == "~ flock");
    CHECK(all[2].sign == -1);
    CHECK(all[2].effect_text() == "- hunger");
    CHECK(all[3].first_outcome.empty());
    CHECK(all[3].effect_text().empty());
    CHECK(all[3].type == "integer");
    CHECK(all[7].range == "hill, valley");
    CHECK(all[8].type == "choice");
    CHECK(all[8].default_value == "\"trot\"");
    CHECK(all[9].default_value == "2018-03-30");
    CHECK(all[10].default_value == "[0.1, 0.2]");
    CHECK(all[11].default_value == "[\"Rex\"]");
    CHECK(all[12].key == "mortality.wool.length");
    CHECK(sim::describe("m", Mortality{.hazard_per_day = 3.0})[0].value == "3.0");
    CHECK(sim::describe<Start>("s")[2].required);
    CHECK(sim::describe<Start>("s")[2].default_value.empty());
    CHECK(sim::describe<Nothing>("n").empty());
    CHECK(sim::faults(all, table()).empty());
    CHECK(sim::faults(all, sim::Units()) == Lines{"mortality.sheep: unknown unit sheep"});
}

TEST_CASE("the values of an object, written as a file, read back as the same object", "[field]") {
    const auto [herd, ignored] = read("[mortality]\nhazard = 0.3333333333333333\ngait = \"walk\"\nwool.length = 1e-17\n");
    std::string text;
    for (const sim::FieldInfo& field : sim::describe("mortality", herd)) text += field.key + " = " + field.value + "\n";
    const auto [again, findings] = read(text);
    CHECK(findings.empty());
    CHECK(again.hazard_per_day == herd.hazard_per_day);
    CHECK(again.gait == herd.gait);
    CHECK(again.wool.length_km == herd.wool.length_km);
    CHECK(again.since == herd.since);
}
