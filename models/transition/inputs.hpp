#pragma once
// What a scenario gives the model, apart from process parameters: places, people, groups, the mission, shocks, benchmarks.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/transition/actor_inputs.hpp"
#include "models/transition/benchmark_inputs.hpp"
#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "models/transition/strategy.hpp"
#include "sim/date.hpp"
#include "sim/document.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// Table [scenario]: what is run, over which time, in which grain.
struct ScenarioInput {
    std::string name;
    std::string title;
    sim::Date start;
    sim::Date end;
    double step_weeks = 1.0;
    std::int64_t persons_per_agent = 100;
    std::int64_t agents_per_community = 300;
    sim::Date compare_from;
    std::string compare_with = "historical";
    std::int64_t output_every_steps = 4;
    std::int64_t spare_groups = 4;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("name", &ScenarioInput::name, "short name, used in file names")),
        sim::parameter("title", &ScenarioInput::title, "one line for headings"),
        sim::required(sim::parameter("start", &ScenarioInput::start, "first day of the run")),
        sim::required(sim::parameter("end", &ScenarioInput::end, "the run ends with the step in which this day lies")),
        sim::parameter("step", &ScenarioInput::step_weeks, "weeks", sim::between(1.0 / 7.0, 4.0),
                       "length of a step, in whole days", sim::source("design: a week", sim::Grade::D)),
        sim::parameter("persons_per_agent", &ScenarioInput::persons_per_agent, "persons", sim::between(1, 10000),
                       "persons that an agent stands for at the start; 1 is one-to-one", sim::source("design", sim::Grade::D)),
        sim::parameter("agents_per_community", &ScenarioInput::agents_per_community, "1", sim::between(20, 5000),
                       "agents in a community at the start", sim::source("design: a few hundred", sim::Grade::D)),
        sim::parameter("compare_from", &ScenarioInput::compare_from,
                       "day from which relapse is counted; the start if unset or outside the run"),
        sim::parameter("compare_with", &ScenarioInput::compare_with, "strategy with which the others are compared"),
        sim::parameter("output_every", &ScenarioInput::output_every_steps, "1", sim::between(1, 520),
                       "steps in an interval of the result file", sim::source("design: four weeks", sim::Grade::D)),
        sim::parameter("spare_groups", &ScenarioInput::spare_groups, "1", sim::between(0, 30),
                       "armed groups that can come into being during a run", sim::source("design", sim::Grade::D)));
};

/// Table [population]: how many, how old, how they live.
struct PopulationInput {
    double census_factor = 1.0;
    std::vector<double> age_shares_men;
    std::vector<double> age_shares_women;
    std::vector<double> age_limits;
    double livelihood_mean = 0.4;
    double harmed_share = 0.1;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("census_factor", &PopulationInput::census_factor, "1", sim::between(0.01, 100.0),
                       "population at the start over population in the regions file", sim::source("scenario", sim::Grade::A)),
        sim::required(sim::parameter("age_limits", &PopulationInput::age_limits, "years", sim::between(0.0, 120.0),
                                     "first age of each band; the last band ends at 90")),
        sim::required(sim::parameter("age_shares_men", &PopulationInput::age_shares_men, "1", sim::between(0.0, 1.0),
                                     "share of all people who are men in each band")),
        sim::required(sim::parameter("age_shares_women", &PopulationInput::age_shares_women, "1", sim::between(0.0, 1.0),
                                     "share of all people who are women in each band")),
        sim::parameter("livelihood_mean", &PopulationInput::livelihood_mean, "1", sim::between(0.0, 1.0),
                       "mean livelihood security at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("harmed_share", &PopulationInput::harmed_share, "1", sim::between(0.0, 1.0),
                       "mean memory of victimisation where past violence was average", sim::source("scenario", sim::Grade::D)));
};

/// One region: a row of the regions file.
struct RegionInput {
    std::string name;
    std::string label;
    std::int64_t population = 0;  ///< of the census
    std::vector<std::string> neighbours_abroad;
    double remoteness = 0.0;
    double past_violence_share = 0.0;
    double resources = 0.0;
    double police_share = 0.0;
    double army_share = 0.0;
    double former_fighter_share = 0.0;
    std::vector<double> identity_shares;
};

/// Table [identity.NAME].
struct IdentityInput {
    std::string name;
    std::string label;
    double inclusion = 0.5;
    std::vector<double> relations;  ///< to each identity group in the order of their names; empty: neutral

    static constexpr auto parameters = sim::parameters(
        sim::parameter("label", &IdentityInput::label, "name in tables and pictures"),
        sim::parameter(
            "relations", &IdentityInput::relations, "1", sim::between(-1.0, 1.0),
            "how it regards each identity group, in the order of their names, -1 hostile to 1 friendly; default 0, and 1 "
            "for itself",
            sim::source("scenario", sim::Grade::D)),
        sim::parameter("inclusion", &IdentityInput::inclusion, "1", sim::between(0.0, 1.0),
                       "inclusion of the group in politics at the start", sim::source("scenario", sim::Grade::D)));
};

/// Table [group.NAME]: an armed group or the network that one left behind.
struct GroupInput {
    std::string name;
    std::string label;
    std::string identity;
    std::string spoiler = "limited";
    double fighters = 0.0;
    double former_fighters = 0.0;
    double commitment = 0.6;
    double wealth_musd = 0.1;
    double arms = 0.5;
    Posture posture = Posture::comply;
    bool signatory = true;
    bool proscribed = false;
    double cohesion = 0.7;
    double support = 0.5;
    double sponsor_musd = 0.0;
    std::string sponsor;
    bool hired = false;
    double quiet_years = 1.0;
    std::vector<std::string> regions;
    std::vector<double> holds;  ///< by region of `regions`; empty: none

    static constexpr auto parameters = sim::parameters(
        sim::parameter("label", &GroupInput::label, "name in tables and pictures"),
        sim::choice("posture", &GroupInput::posture, {"comply", "harass", "fight"}, "what it does when the run begins"),
        sim::parameter("signatory", &GroupInput::signatory, "true: a party to the agreement at the start"),
        sim::parameter("proscribed", &GroupInput::proscribed, "true: no one may talk to it"),
        sim::parameter("cohesion", &GroupInput::cohesion, "1", sim::between(0.0, 1.0), "cohesion at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("support", &GroupInput::support, "1", sim::between(0.0, 1.0), "support among its people at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("sponsorship", &GroupInput::sponsor_musd, "million USD year^-1", sim::between(0.0, 1e4),
                       "money from a sponsor abroad", sim::source("scenario", sim::Grade::D)),
        sim::parameter("sponsor", &GroupInput::sponsor,
                       "neighbour where its sponsor and bases are; empty: sponsor far away, no bases abroad"),
        sim::required(sim::parameter("identity", &GroupInput::identity, "identity group from which it draws")),
        sim::choice("spoiler", &GroupInput::spoiler, {"none", "limited", "greedy", "total"},
                    "true type, hidden from the mission (Stedman 1997)"),
        sim::parameter("fighters", &GroupInput::fighters, "persons", sim::between(0.0, 1e6), "fighters at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("former_fighters", &GroupInput::former_fighters, "persons", sim::between(0.0, 1e7),
                       "former fighters at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("commitment", &GroupInput::commitment, "1", sim::between(0.0, 1.0),
                       "commitment to the agreement at the start", sim::source("scenario", sim::Grade::D)),
        sim::parameter("wealth", &GroupInput::wealth_musd, "million USD", sim::between(0.0, 1e5), "money in hand at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("arms", &GroupInput::arms, "1", sim::between(0.0, 10.0),
                       "fighting power of a fighter relative to a soldier of the state", sim::source("scenario", sim::Grade::D)),
        sim::parameter("quiet_years", &GroupInput::quiet_years, "years", sim::between(0.0, 100.0),
                       "years since it last fought, if it complies at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("hired", &GroupInput::hired, "true: it fights for hire, and can be no party to an agreement"),
        sim::parameter("holds", &GroupInput::holds, "1", sim::between(0.0, 1.0),
                       "share of each of its regions that it holds at the start, in their order; default none",
                       sim::source("scenario", sim::Grade::D)),
        sim::required(sim::parameter("regions", &GroupInput::regions, "regions where its fighters are at the start")));
};

/// Table [state]: the host government at the start.
struct StateInput {
    double army = 0.0;
    double police = 0.0;
    double gdp_musd = 0.0;
    double budget_musd = 0.0;
    double legitimacy = 0.5;
    double consent = 0.7;
    double implementation = 0.5;
    std::vector<double> capacity;
    double periphery_loss = 0.5;
    double inclusiveness = 0.5;
    double patronage = 0.3;
    double complicity = 0.3;
    double military_rule = 0.0;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("army", &StateInput::army, "persons", sim::between(0.0, 1e7), "soldiers at the start",
                                     sim::source("scenario", sim::Grade::C))),
        sim::required(sim::parameter("police", &StateInput::police, "persons", sim::between(0.0, 1e7), "police at the start",
                                     sim::source("scenario", sim::Grade::A))),
        sim::required(sim::parameter("gdp", &StateInput::gdp_musd, "million USD year^-1", sim::between(1.0, 1e8),
                                     "output at the start", sim::source("scenario", sim::Grade::A))),
        sim::required(sim::parameter("budget", &StateInput::budget_musd, "million USD year^-1", sim::between(0.1, 1e8),
                                     "what the functions of the state need a year", sim::source("scenario", sim::Grade::A))),
        sim::parameter("legitimacy", &StateInput::legitimacy, "1", sim::between(0.0, 1.0), "legitimacy at the start",
                       sim::source("scenario", sim::Grade::C)),
        sim::parameter("consent", &StateInput::consent, "1", sim::between(0.0, 1.0), "consent to the mission at the start",
                       sim::source("scenario", sim::Grade::C)),
        sim::parameter("implementation", &StateInput::implementation, "1", sim::between(0.0, 1.0),
                       "share of the peace agreement carried out at the start", sim::source("scenario", sim::Grade::C)),
        sim::required(
            sim::parameter("capacity", &StateInput::capacity, "1", sim::between(0.0, 1.0),
                           "capacity in the capital at the start: army, police, justice, administration, services, revenue")),
        sim::parameter("inclusiveness", &StateInput::inclusiveness, "1", sim::between(0.0, 1.0),
                       "how inclusive the government is at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("patronage", &StateInput::patronage, "1", sim::between(0.0, 1.0),
                       "share of the budget that patronage and corruption take at the start",
                       sim::source("scenario; V-Dem corruption index scaled down", sim::Grade::C)),
        sim::parameter("complicity", &StateInput::complicity, "1", sim::between(0.0, 1.0),
                       "complicity of the government in abuses and obstruction at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter(
            "military_rule", &StateInput::military_rule, "1", sim::between(0.0, 0.9),
            "how far soldiers rule at the start, of the share of inclusiveness and freedom of the press that they took",
            sim::source("scenario", sim::Grade::C)),
        sim::parameter("periphery_loss", &StateInput::periphery_loss, "1", sim::between(0.0, 1.0),
                       "share of that capacity missing in the remotest region", sim::source("scenario", sim::Grade::C)));
};

/// Table [vote.NAME].
struct VoteInput {
    std::string name;
    sim::Date date;
    double stakes = 0.5;
    std::string round_of{};

    static constexpr auto parameters =
        sim::parameters(sim::required(sim::parameter("date", &VoteInput::date, "day of the vote")),
                        sim::parameter("stakes", &VoteInput::stakes, "1", sim::between(0.0, 1.0), "tension on the day",
                                       sim::source("scenario", sim::Grade::D)),
                        sim::parameter("round_of", &VoteInput::round_of,
                                       "vote of which this is the next round; only the last round can be contested"));
};

/// Table [epidemic.NAME] or [price.NAME]: a level that rises from `start` to `peak` and falls to `end`.
struct PulseInput {
    std::string name;
    sim::Date start;
    sim::Date peak;
    sim::Date end;
    double level = 1.0;

    static constexpr auto parameters =
        sim::parameters(sim::required(sim::parameter("start", &PulseInput::start, "day on which it begins")),
                        sim::required(sim::parameter("peak", &PulseInput::peak, "day of the highest level")),
                        sim::required(sim::parameter("end", &PulseInput::end, "day on which it is over")),
                        sim::parameter("level", &PulseInput::level, "1", sim::between(-1.0, 1.0), "level at the peak",
                                       sim::source("scenario", sim::Grade::D)));

    /// Level on a day.
    [[nodiscard]] double at(sim::Date day) const;
};

/// Table [spillover.NAME]: instability next door.
struct SpilloverInput : PulseInput {
    std::string neighbour;

    static constexpr auto parameters = std::tuple_cat(
        PulseInput::parameters,
        sim::parameters(sim::parameter("neighbour", &SpilloverInput::neighbour,
                                       "ISO code of the neighbour across whose border it comes; empty: every border")));
};

/// Everything that a run needs of a scenario, for one replicate.
struct Inputs {
    ScenarioInput scenario;
    PopulationInput population;
    StateInput state;
    MissionInput mission;
    SocietyInput society;
    AgreementInput agreement;
    std::vector<RegionInput> regions;
    std::vector<IdentityInput> identities;
    std::vector<GroupInput> groups;
    std::vector<VoteInput> votes;
    std::vector<PulseInput> epidemics;
    std::vector<SpilloverInput> spillovers;
    std::vector<PulseInput> prices;
    std::vector<BenchmarkInput> benchmarks;  ///< the scenario's own, then those of the catalogue
    std::vector<ProvisionInput> provisions;
    std::vector<DonorInput> donors;
    std::vector<NeighbourInput> neighbours;  ///< every neighbour that a region borders or a table names, sorted
    std::vector<ShockInput> shocks;
    std::shared_ptr<const Geography> geography;
    std::shared_ptr<const StrengthSeries> history;  ///< deployment as it was
    bool regions_known = true;                      ///< false: what was read of them is too broken to look names up
    bool benchmarks_known = true;                   ///< likewise

    [[nodiscard]] int step_days() const;
    [[nodiscard]] std::int64_t total_population() const;
    /// Armed groups that a run can hold: those of the scenario, then room for new ones.
    [[nodiscard]] std::size_t group_slots() const { return groups.size() + static_cast<std::size_t>(scenario.spare_groups); }
};

/// The CSV files of a scenario, read once for all replicates.
struct ScenarioFiles {
    std::vector<RegionInput> regions;  ///< sorted by name, so that the order of the rows does not matter
    std::vector<std::string> identities;
    std::shared_ptr<const Geography> geography;
    std::shared_ptr<const StrengthSeries> history;
    bool names_known = true;        ///< false if the regions file is so broken that names cannot be looked up
    std::uint64_t fingerprint = 0;  ///< hash of the texts of all files
};

/// Units of a scenario: sim's, and what is counted here.
[[nodiscard]] sim::Units scenario_units();

/// Reads the files that the table [files] names: regions, adjacency, identities, uniformed.
[[nodiscard]] ScenarioFiles read_files(const sim::Document& document, sim::Diagnostics& diagnostics);

/// Reads a scenario. Findings go to `diagnostics`; what comes back is to be used only if there are none.
[[nodiscard]] Inputs read_inputs(const sim::Document& document, const ScenarioFiles& files, const sim::Sampler& sampler,
                                 sim::Diagnostics& diagnostics);

}  // namespace drawdown
