#include "models/transition/strategy.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "models/transition/inputs.hpp"
#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::Contains;

/// Three regions amber, birch, cedar; the benchmark calm; the vote poll on 2021-03-01; a mission until 2021-12-06.
const Inputs& inputs() {
    static const TransitionExperiment experiment = [] {
        test::SmallCountry country = test::quiet_country();
        for (test::SmallRegion& region : country.regions) region.strength = {100.0, 10.0, 10.0, 10.0};
        country.history = {{"2020-01-06", 1.0}, {"2021-06-07", 1.0}, {"2021-12-06", 0.0}};
        country.tables =
            "[benchmark.calm]\nindicator = \"security\"\nat_least = 0.5\n[vote.poll]\ndate = 2021-03-01\nstakes = 0.3\n";
        return country.experiment();
    }();
    return experiment.inputs();
}

/// A strategy, and what was found wrong with it, one finding a line.
struct Read {
    Strategy strategy;
    std::string findings;
};

Read read(const std::string& text) {
    Read result;
    sim::Diagnostics diagnostics;
    const sim::Document document = sim::Document::from_text(text, "plan.toml", {}, diagnostics, scenario_units());
    result.strategy = read_strategy("plan", document, inputs(), diagnostics);
    document.report_unknown(diagnostics);
    for (const sim::Diagnostic& finding : diagnostics.findings()) result.findings += finding.text() + "\n";
    return result;
}

std::string of_kind(const std::string& kind, const std::string& rest = "") {
    return fmt::format("[strategy]\nkind = \"{}\"\ndeparts = 2020-06-01\n{}", kind, rest);
}

sim::Date date(const char* text) { return sim::Date::parse(text).value(); }

constexpr const char* plain_phase = "[phase.a]\nnot_before = 2020-06-01\nduration = 20\n";

}  // namespace

TEST_CASE("a strategy file says all that it can", "[strategy]") {
    const auto [s, findings] = read(of_kind("benchmark", R"(
[announcement.first]
made = 2020-05-01
expected_end = 2022-01-01
certainty = "ambiguous"
[phase.a]
not_before = 2020-06-01
not_after = 2021-06-01
requires = ["calm"]
held = "8 weeks"
duration = "52 weeks"
remaining = 0.5
reverse_if_lost = true
regions = ["cedar", "amber"]
order = "safest"
share_of_regions = 0.5
[phase.b]
not_before = 2020-12-01
after_vote = "poll"
weeks_after_vote = 10
components = ["military", "civilian"]
[reentry]
benchmark = "calm"
below = 0.2
strength = 0.4
[ceiling.cut]
from = 2021-01-01
budget = "200 million USD/year"
[host_request]
date = 2021-02-01
notice = "10 weeks"
forced = 0.3
[priority.late]
from = 2021-01-01
escort = 3
[handover.ddr]
successor = "ministry"
overlap = "40 weeks"
ready_at = 0.2
funding = "programme"
reach = 0.7
[follow_on]
economic = "20 million USD/year"
force = "500 persons"
response = "2 weeks"
)"));
    CHECK(findings.empty());
    CHECK(s.announcements.at(0).certainty == Certainty::ambiguous);
    REQUIRE(s.phases.size() == 2);
    CHECK(s.phases[0].region_rows == std::vector<std::size_t>{2, 0});
    CHECK(s.phases[0].order == RegionOrder::safest);
    CHECK(s.phases[0].reverse_if_lost);
    CHECK(s.phases[1].region_rows.size() == 3);
    CHECK(s.phases[1].takes_component[static_cast<std::size_t>(Component::ddr)]);
    CHECK(!s.phases[1].takes_component[static_cast<std::size_t>(Component::police)]);
    CHECK(s.phases[1].not_before == date("2021-05-10"));  // ten weeks after the vote
    CHECK(s.phases[1].not_after == s.phases[1].not_before);
    REQUIRE(s.reentry);
    CHECK(s.reentry->strength == 0.4);
    CHECK(s.ceiling(date("2021-01-01"))->budget_musd == 200.0);
    CHECK(s.ceiling(date("2020-12-31")) == nullptr);
    REQUIRE(s.request);
    CHECK(s.request->forced == 0.3);
    CHECK(s.priority(date("2021-01-01"))->weights()[static_cast<std::size_t>(Activity::escort)] == 3.0);
    const HandoverPlan& ddr = s.handovers[static_cast<std::size_t>(Activity::ddr)];
    CHECK(ddr.given);
    CHECK(ddr.successor == Successor::ministry);
    CHECK(ddr.funding == Funding::programme);
    CHECK(ddr.overlap_weeks == 40.0);
    REQUIRE(s.follow_on);
    CHECK(s.follow_on->force == 500.0);
    CHECK(s.follow_on->announced == date("2020-06-01"));
}

TEST_CASE("each kind is accepted with what makes it one, and refused without, with place and hint", "[strategy]") {
    struct Kind {
        const char* name;
        const char* with;
        const char* without;
        const char* hint;
    };
    const Kind kind = GENERATE(values<Kind>({
        {"calendar", plain_phase, "[phase.a]\nnot_before = 2020-06-01\nrequires = [\"calm\"]\n", "kind = \"benchmark\""},
        {"benchmark", "[phase.a]\nnot_before = 2020-06-01\nrequires = [\"calm\"]\n", plain_phase, "requires"},
        {"regional", "[phase.a]\nnot_before = 2020-06-01\nregions = [\"birch\"]\n", plain_phase, "share_of_regions"},
        {"regional", "[phase.a]\nnot_before = 2020-06-01\norder = \"hardest\"\nshare_of_regions = 0.4\n", plain_phase, "order"},
        {"consent_driven", "", plain_phase, "[host_request]"},
        {"abrupt", plain_phase, "[phase.a]\nnot_before = 2020-06-01\nduration = 40\n", "within 26 weeks"},
        {"budget_driven", "[ceiling.a]\nfrom = 2020-06-01\nbudget = 1\n[phase.a]\nnot_before = 2020-06-01\n", plain_phase,
         "[ceiling.NAME]"},
        {"election_gated", "[phase.a]\nnot_before = 2020-06-01\nafter_vote = \"poll\"\n", plain_phase, "after_vote"},
        {"police_heavy",
         "[phase.a]\nnot_before = 2020-06-01\ncomponents = [\"police\"]\nremaining = 2\n[phase.b]\nnot_before = 2020-06-01\n",
         plain_phase, "police"},
        {"extended", "[phase.a]\nnot_before = 2022-06-01\n", plain_phase, "not after history on 2021-12-06"},
    }));
    CAPTURE(kind.name);
    CHECK(read(of_kind(kind.name, kind.with)).findings.empty());
    const std::string refused = read(of_kind(kind.name, kind.without)).findings;
    CHECK_THAT(refused, Contains("plan.toml:2:8: strategy.kind"));
    CHECK_THAT(refused, Contains(kind.hint));
}

TEST_CASE("history has no phases of its own", "[strategy]") {
    CHECK(read("[strategy]\nkind = \"historical\"\n").findings.empty());
    CHECK_THAT(read(of_kind("historical", plain_phase)).findings, Contains("as it was"));
}

TEST_CASE("what a strategy file gets wrong is told with its place and a hint", "[strategy]") {
    struct Fault {
        std::string text;
        const char* place;
        const char* hint;
    };
    const Fault fault = GENERATE(values<Fault>({
        {"[strategy]\nkind = \"regionl\"\n", "plan.toml:2:8", "did you mean regional"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nregions = [\"ambr\"]\n"), "plan.toml:6:11",
         "did you mean amber"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nafter_vote = \"pol\"\n"), "plan.toml:6:14",
         "did you mean poll"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nweeks_after_vote = 3\n"), "plan.toml:6:20", "after_vote"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nnot_after = 2021-01-01\nafter_vote = \"poll\"\n"),
         "plan.toml:6:13", "counted from its vote"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nremaining = 21\n"), "plan.toml:6:13", "20"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\npause_if_lost = true\n"), "plan.toml:6:17", "requires"},
        {of_kind("benchmark",
                 "[phase.a]\nnot_before = 2020-06-01\nrequires = [\"calm\"]\npause_if_lost = true\nreverse_if_lost = true\n"),
         "plan.toml:8:19", "exclude each other"},
        {of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\norder = \"safest\"\n"), "plan.toml:6:9", "share_of_regions"},
        {of_kind("calendar", std::string(plain_phase) + "[handover.polcing]\nsuccessor = \"ministry\"\n"),
         "plan.toml:7:", "did you mean policing"},
        {of_kind("calendar", std::string(plain_phase) + "[handover.policing]\nsuccessor = \"minstry\"\n"), "plan.toml:8:13",
         "ministry"},
        {of_kind("calendar", std::string(plain_phase) + "[reentry]\nbenchmark = \"clam\"\n"), "plan.toml:8:13",
         "did you mean calm"},
        {"[strategy]\nkind = \"historical\"\n[reentry]\nbenchmark = \"calm\"\n", "plan.toml:3:", "departs"},
        {of_kind("calendar", std::string(plain_phase) + "[ceiling.a]\nfrom = 2020-06-01\n"), "plan.toml:7:", "budget"},
        {of_kind("calendar", std::string(plain_phase) + "[host_request]\nnotice = 4\n"), "plan.toml:7:", "date"},
        {of_kind("calendar", std::string(plain_phase) + "[priority.a]\nfrom = 2020-06-01\nescort = 6\n"), "plan.toml:9:10", "5"},
        {of_kind("calendar", std::string(plain_phase) + "[follow_on]\npolitical_years = 2\n"), "plan.toml:7:", "gives nothing"},
        {"[strategy]\nkind = \"historical\"\n[follow_on]\npolitical = 0.5\n", "plan.toml:3:", "announced"},
        {of_kind("calendar"), "plan.toml:1:", "[phase.NAME]"},
    }));
    CAPTURE(fault.text);
    const std::string findings = read(fault.text).findings;
    CHECK_THAT(findings, Contains(fault.place));
    CHECK_THAT(findings, Contains(fault.hint));
    CHECK(std::count(findings.begin(), findings.end(), '\n') == 1);
}

TEST_CASE("the last day of a mission follows from its phases, a request or history", "[strategy]") {
    const StrengthSeries& history = *inputs().history;
    const auto last = [&](const std::string& text) { return read(text).strategy.last_day(history); };
    CHECK(last("[strategy]\nkind = \"historical\"\n") == date("2021-12-06"));
    CHECK(last(of_kind("calendar", plain_phase)) == date("2020-10-19"));
    CHECK(last(of_kind("calendar", "[phase.a]\nnot_before = 2020-06-01\nremaining = 0.2\n")) == std::nullopt);
    CHECK(last(of_kind("consent_driven")) == std::nullopt);
    CHECK(last(of_kind("consent_driven", "[host_request]\ndate = 2020-06-01\nnotice = 20\nforced = 0.5\n")) ==
          date("2020-08-10"));
    CHECK(last(of_kind("regional", std::string("[phase.a]\nnot_before = 2020-06-01\nduration = 10\norder = \"safest\"\n") +
                                       "share_of_regions = 0.5\n[phase.b]\nnot_before = 2020-06-01\nduration = 10\n")) ==
          date("2020-10-19"));
}
