// Parameters as they are declared, and that each of them does something.

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;

std::vector<sim::FieldInfo> declared() { return all_parameters(test::quiet_country().experiment().document()); }

/// A war with a mission that leaves by benchmarks, all types of spoilers, votes, an epidemic, trouble across the border.
test::SmallCountry war() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 130;
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    country.groups.push_back({.name = "west",
                              .identity = "river",
                              .spoiler = "limited",
                              .fighters = 40,
                              .former_fighters = 40,
                              .commitment = 0.3,
                              .regions = {"aland"}});
    // What has little weight in so small a country gets more, so that to move it shows within the run.
    country.sets.insert(country.sets.end(), {"deployment.lift_per_week=20",
                                             "activities.support_needed=0.2",
                                             "violence.police_half=20",
                                             "violence.police_on_general=2",
                                             "demography.retirement_age=40",
                                             "violence.size_cutoff=3",
                                             "violence.massacre_cutoff=3",
                                             "violence.general_size_cutoff=1",
                                             "violence.mission_size_cutoff=1",
                                             "group_conduct.on_mission_share=5",
                                             "group_conduct.one_sided_share=2",
                                             "group_conduct.disarm_rate=2",
                                             "donors.pledge=0.01",
                                             "spoilers.sure=0.25",
                                             "spoilers.evidence=0.5",
                                             "spoilers.limited_breaks=0.9",
                                             "spoilers.asks_at=0.02",
                                             "spoiler_nature.teach=0.5",
                                             "spoilers.doubt=0.2",
                                             "spoiler_nature.backlash=0.5",
                                             "group.west.signatory=false",
                                             "group.west.hired=true"});
    // Thresholds of politics stand where a short war crosses them.
    country.sets.insert(country.sets.end(),
                        {"due_diligence.suspend_at=0.01", "capacity.absorption=0.05", "politics.fear_below=0.9",
                         "popular_consent.withdrawn=0.4", "party_consent.withdrawn=0.3"});
    country.strategies = {{"plan",
                           "[strategy]\nkind = \"benchmark\"\ndeparts = 2020-06-01\n[announcement.a]\nmade = "
                           "2020-04-01\nexpected_end = 2022-01-01\n"
                           "[phase.a]\nnot_before = 2020-06-01\nnot_after = 2021-06-01\nrequires = [\"calm\"]\nheld = "
                           "4\nduration = 5\nremaining = 0.5\npause_if_lost = true\n"
                           "[phase.b]\nnot_before = 2021-03-01\nduration = 20\nremaining = 0.2\n"
                           "[follow_on]\npolitical = 0.5\n"}};
    return country;
}

/// A weak peace: groups that leave the agreement and come back to it, and a government that soon asks the mission to leave.
test::SmallCountry peace() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 130;
    country.persons_per_agent = 1;
    country.seed = 2;
    country.sets.insert(
        country.sets.end(),
        {"deployment.lift_per_week=2", "group_decision.threshold=-0.2", "group_decision.resolve_sd=0.3",
         "group_decision.resolve_half_life=10", "group_decision.relief=0.4", "group_decision.calm_rate=0.3",
         "group_decision.momentum=0.02", "consent.natural=0.1", "consent.recovery=0.2", "mobilisation.rate=0.05",
         "group_conduct.disarm_rate=2", "group_decision.dwell=4", "group.north.holds=[0.5, 0.9]", "group.old.holds=[0.1]",
         "group_life.form_rate=1", "scenario.spare_groups=30", "group.old.quiet_years=6", "group.north.quiet_years=6"});
    country.tables += "[society]\nextremism = 0.5\n";
    for (test::SmallGroup& group : country.groups) group.fighters = 150.0;
    return country;
}

/// An exit region by region, under a ceiling, with every kind of announcement and successor, and a follow-on.
test::SmallCountry leaving() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 130;
    country.sets.push_back("youth_jobs.support=0.01");  // so that a large support does not busy all at once
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    // Tasks that the mission does only for some.
    country.sets.insert(country.sets.end(), {"activities.participation_reference=0.5", "activities.civil_society_reference=0.3",
                                             "due_diligence.suspend_at=0.05"});
    country.sets.push_back("group.old.holds=[0.95]");
    country.strategies = {{"plan", R"(
[strategy]
kind = "regional"
departs = 2020-03-02
[announcement.a]
made = 2020-02-01
expected_end = 2021-06-01
certainty = "ambiguous"
[announcement.b]
made = 2020-06-01
expected_end = 2021-05-01
certainty = "conditional"
[announcement.c]
made = 2020-10-01
expected_end = 2021-03-01
[phase.a]
not_before = 2020-03-02
duration = 16
remaining = 0.5
order = "safest"
share_of_regions = 0.5
[phase.b]
not_before = 2020-07-06
duration = 10
order = "hardest"
share_of_regions = 0.5
[phase.c]
not_before = 2020-10-05
duration = 20
[ceiling.a]
from = 2020-12-07
budget = 0.1
[handover.patrol]
successor = "regional_force"
funding = "voluntary"
ready_at = 0.05
overlap = 4
[handover.policing]
successor = "ministry"
funding = "host"
ready_at = 0.2
overlap = 8
[handover.dialogue]
successor = "ministry"
funding = "programme"
ready_at = 0.2
overlap = 8
start = 2020-04-06
[handover.quick_impact]
successor = "country_team"
funding = "voluntary"
ready_at = 0.2
overlap = 20
[follow_on]
economic = 20
political = 0.5
force = 500
guarantee_years = 0.5
credibility = 1
)"}};
    return country;
}

/// Disorder: unpaid groups that split, merge, form and extort; coups, mutinies, extremists, refugees from abroad; contested
/// votes; protection sites; a group that nobody may talk to.
test::SmallCountry disorder() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 156;
    country.persons_per_agent = 1;
    country.seed = 3;
    for (test::SmallGroup& group : country.groups) {
        group.fighters = 120.0;
        group.wealth_musd = 0.0;
    }
    country.sets.insert(country.sets.end(),
                        {"group_life.split_rate=0.5",   "group_life.split_below=0.95",   "group_life.merge_rate=0.5",
                         "group_life.merge_below=0.9",  "group_life.ally_rate=0.5",      "group_life.form_rate=0.2",
                         "group_decision.united=0.9",   "group_decision.dwell=4",        "group_conduct.on_aid_share=5",
                         "violence.aid_size_cutoff=1",  "group_life.dissolve_weeks=4",   "group_life.least_fighters=3",
                         "group_conduct.extort_pull=4", "group_finance.loot=0",          "sexual_violence.rate=50",
                         "sites.opens_at=20",           "mobilisation.coercion=1",       "privation.excess=0.05",
                         "flight.hunger=0.05",          "flight.bearable=0.05",          "politics.contest=1",
                         "group.old.proscribed=true",   "group.old.spoiler=\"limited\"", "spoilers.rate=0.02",
                         "spoilers.doubt=0.2",          "spoiler_nature.backlash=0.5",   "consent.weak_from=0.6",
                         "consent.strong_from=0.7",     "popular_consent.withdrawn=0.45"});
    country.tables += R"(
[mission]
sites = true
[shock.coup]
kind = "coup_attempt"
per_year = 4
size = 0.8
duration = "2 weeks"
[donor.bank]
pledge = 1
through_government = true
[shock.end_of_status]
kind = "cessation"
date = 2021-03-01
size = 0.9
duration = 10
[vote.b]
date = 2020-07-06
stakes = 0.3
[vote.c]
date = 2020-11-02
stakes = 0.3
[vote.d]
date = 2021-03-01
stakes = 0.3
[vote.e]
date = 2021-07-05
stakes = 0.3
[vote.f]
date = 2021-11-01
stakes = 0.3
[vote.g]
date = 2022-03-07
stakes = 0.3
[vote.h]
date = 2022-08-01
stakes = 0.3
[shock.mutiny]
kind = "mutiny"
per_year = 2
size = 0.3
[shock.extremists]
kind = "extremists"
date = 2020-04-06
size = 1
[shock.inflow]
kind = "refugee_inflow"
date = 2020-03-02
size = 0.8
[shock.arms]
kind = "arms_inflow"
date = 2020-03-02
size = 0.8
)";
    return country;
}

/// A turn: consent comes back from nothing while unpaid soldiers grasp at power, and a large army takes ground back from groups
/// that fall apart; then the mission, which sees little, leaves region by region, and its successor is never ready.
test::SmallCountry turning() {
    test::SmallCountry country = test::stressed_country();
    country.steps = 130;
    country.persons_per_agent = 10;
    country.agents_per_community = 100;
    country.army = 600.0;
    country.budget_musd = 0.5;
    for (test::SmallRegion& region : country.regions) region.observers = 0.0;
    country.sets.insert(country.sets.end(), {"state.consent=0.05",
                                             "consent.natural=1",
                                             "consent.recovery=0.1",
                                             "consent.patience=104",
                                             "popular_consent.withdrawn=0.6",
                                             "popular_consent.dialogue=0.05",
                                             "popular_consent.projects=0.05",
                                             "coups.odds=-2",
                                             "due_diligence.hearing=0.5",
                                             "due_diligence.forgetting=0.5",
                                             "due_diligence.suspend_at=0.06",
                                             "economy.gap_at_start=0.9",
                                             "economy.gifts_in_budget=0",
                                             "exit_plan.security_error=0.1",
                                             "group_control.advance=1",
                                             "group_control.interposition=4",
                                             "group_life.split_rate=1",
                                             "group_life.split_below=1",
                                             "group_life.least_fighters=3",
                                             "group.east.holds=[0.9, 0.9]",
                                             "group.north.holds=[0.4, 0.9]",
                                             "task_handover.patience=10"});
    country.tables += "[shock.coup]\nkind = \"coup_attempt\"\nper_year = 6\nsize = 0.9\nduration = \"2 weeks\"\n";
    country.strategies = {{"plan", R"(
[strategy]
kind = "regional"
departs = 2021-01-04
[announcement.a]
made = 2020-12-01
expected_end = 2021-10-01
[phase.a]
not_before = 2021-01-04
duration = 8
order = "safest"
share_of_regions = 0.25
[phase.b]
not_before = 2021-03-01
duration = 8
order = "hardest"
share_of_regions = 0.3
[phase.c]
not_before = 2021-05-03
duration = 8
order = "safest"
share_of_regions = 0.5
[phase.d]
not_before = 2021-07-05
duration = 8
[handover.policing]
successor = "ministry"
funding = "host"
ready_at = 1
overlap = 4
)"}};
    return country;
}

/// What a run leaves: the hash of its last state, and its record.
struct Outcome {
    std::uint64_t hash = 0;
    sim::Record record;
    friend bool operator==(const Outcome& a, const Outcome& b) {
        return a.hash == b.hash && a.record.integers == b.record.integers && a.record.floats == b.record.floats;
    }
};

Outcome outcome(const test::SmallCountry& country, std::uint32_t replicate = 0) {
    const auto experiment = country.experiment();
    test::Run run(experiment, replicate);
    run.to_end();
    return {run.state().hash(), run.record()};
}

Outcome outcome_with(test::SmallCountry country, const std::string& set, std::uint32_t replicate = 0) {
    country.sets.push_back(set);
    return outcome(country, replicate);
}

/// A value well inside the range, 30 % of the way to its farther end; half as much again where there is no end.
double moved(const sim::FieldInfo& parameter, double from) {
    const double up = parameter.limits.hi - from;
    const double down = from - parameter.limits.lo;
    double value = 0.0;
    if (std::isfinite(up) && (down <= up || !std::isfinite(down)))
        value = from + 0.3 * up;
    else if (std::isfinite(down) && std::isfinite(up))
        value = from - 0.3 * down;
    else
        value = from != 0.0 ? 1.5 * from : 1.0;
    return parameter.type == "integer" ? std::round(value) : value;
}

/// The value that a country gives a parameter, or its default.
double value_in(const test::SmallCountry& country, const sim::FieldInfo& parameter) {
    double value = *parameter.default_number;
    for (const std::string& set : country.sets)  // the last one holds
        if (set.starts_with(parameter.key + "=")) value = sim::parse_number(set.substr(parameter.key.size() + 1)).value();
    return value;
}

}  // namespace

TEST_CASE("parameters and inputs are declared without faults", "[parameters]") {
    const sim::Units units = scenario_units();
    for (const std::string& fault : sim::faults(declared(), units)) FAIL_CHECK(fault);
    for (const std::string& fault : sim::faults(all_inputs(), units)) FAIL_CHECK(fault);
    CHECK(declared().size() > 150);
}

TEST_CASE("every number says where it comes from", "[parameters]") {
    for (const sim::FieldInfo& parameter : declared())
        if (parameter.default_number) CHECK_FALSE((parameter.source.empty() ? parameter.key : std::string()) == parameter.key);
    for (const sim::FieldInfo& input : all_inputs())
        if (input.default_number) CHECK_FALSE((input.source.empty() ? input.key : std::string()) == input.key);
}

TEST_CASE("every process parameter changes one of five small countries when it moves", "[parameters]") {
    const std::array countries = {war(), peace(), leaving(), disorder(), turning()};
    // A rate of rare events may move without moving any event: then other replicates are asked.
    constexpr std::uint32_t replicates = 3;
    std::vector<Outcome> usual;
    for (std::uint32_t r = 0; r < replicates; ++r)
        for (const test::SmallCountry& country : countries) usual.push_back(outcome(country, r));
    for (const sim::FieldInfo& parameter : declared()) {
        if (!parameter.default_number) continue;
        bool alive = false;
        for (std::size_t i = 0; i < usual.size() && !alive; ++i) {
            const test::SmallCountry& country = countries[i % countries.size()];
            const std::string set = fmt::format("{}={}", parameter.key, moved(parameter, value_in(country, parameter)));
            INFO(set);
            try {
                alive = !(outcome_with(country, set, static_cast<std::uint32_t>(i / countries.size())) == usual[i]);
            } catch (const sim::NumericalError& error) {
                FAIL_CHECK(error.what());
                alive = true;
            }
        }
        INFO(parameter.key);
        CHECK(alive);
    }
}

TEST_CASE("every number of a scenario changes a run when it moves", "[parameters]") {
    const test::SmallCountry country = war();
    const Outcome usual = outcome(country);
    CHECK(outcome(country) == usual);
    for (const char* set : {"state.army=70",
                            "state.military_rule=0.3",
                            "state.police=50",
                            "state.gdp=11",
                            "state.budget=3",
                            "state.legitimacy=0.6",
                            "state.consent=0.6",
                            "state.implementation=0.6",
                            "state.periphery_loss=0.6",
                            "state.capacity=[0.4, 0.34, 0.28, 0.32, 0.32, 0.30]",
                            "population.livelihood_mean=0.5",
                            "population.harmed_share=0.2",
                            "population.census_factor=1.01",
                            "identity.hill.inclusion=0.6",
                            "group.east.fighters=90",
                            "group.east.former_fighters=70",
                            "group.east.commitment=0.2",
                            "group.east.wealth=0.06",
                            "group.east.arms=0.9",
                            "group.old.spoiler=\"greedy\"",
                            "group.old.identity=\"river\"",
                            "vote.first.stakes=0.7",
                            "vote.first.date=2020-06-09",
                            "epidemic.fever.level=0.9",
                            "epidemic.fever.peak=2020-11-09",
                            "spillover.next_door.level=0.9",
                            "price.ore.level=-0.4",
                            "benchmark.calm.at_least=0.9",
                            "benchmark.calm.error_sd=0.05",
                            "benchmark.calm.delay=20"}) {
        INFO(set);
        CHECK_FALSE(outcome_with(country, set) == usual);
    }
}
