#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/ledger.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// The regime as the scenario finds it: where the slow stocks of politics rest when nothing changes.
struct Regime {
    double inclusiveness = 0.5;
    double patronage = 0.3;
    double complicity = 0.3;
    double press_freedom = 0.5;
    std::vector<double> standing{};  ///< inclusion of each identity group at the start; empty: as the government is inclusive
};

/// Politics of the host government: legitimacy L, inclusiveness I, patronage P, complicity C, freedom of the press F, the
/// inclusion of each identity group, and what votes do to them. Index 0: at the start; impl: the inclusion provision.
///
///     L' = rate (trust_weight trust + (1 - trust_weight) services - L)
///     I' = drift ((1 - M)(I_0 + by_provision (impl - I_0) - by_patronage (P - P_0)) - I)
///     P' = drift (P_0 + capture (I_0 - I) - scrutiny (F - F_0) - P)
///     C' = drift (C_0 + exclusion (I_0 - I) + war violence - oversight (political oversight after exit) - C)
///     F' = press_rate ((1 - M) F_0 (1 - repression max(0, 1 - L / fear_below)) - F)
///     inclusion_i' = inclusion_rate (standing inclusion_i0 + (1 - standing)(I + impl) / 2 - inclusion_i)
///
/// with M the rule of soldiers after a coup. A vote is a test on the day of its last round: the loser contests it with
/// probability
///     logistic(contest + by_tension tension - by_legitimacy L - by_press F - by_courts K - by_impartial R),
/// K the mean capacity of justice: complaints are settled in court where there are courts; R the referees,
///     R = 1 - (1 - trust x civic reach)(1 - trust x good offices)(1 - political oversight of a follow-on),
/// trust in the mission. Rounds of one vote are one test, not several chances.
/// A contested vote takes legitimacy and inclusiveness, and tension stays (`country.contest`, which fades, faster with good
/// offices); a clean one gives legitimacy. A coup attempt takes legitimacy. Votes as scheduled tests: MODEL, Host government;
/// missions trusted as impartial lower rioting: Smidt 2020.
struct Politics {
    double rate = 0.01;
    double trust_weight = 0.7;
    double drift = 0.004;
    double by_provision = 0.3;
    double by_patronage = 0.5;
    double capture = 0.5;
    double scrutiny = 0.3;
    double exclusion = 0.5;
    double war = 0.3;
    double violence_scale = 10.0;
    double oversight = 0.2;
    double press_rate = 0.02;
    double repression = 0.8;
    double fear_below = 0.35;
    double inclusion_rate = 0.002;
    double standing = 0.5;
    double contest = -0.3;
    double contest_by_tension = 3.0;
    double contest_by_legitimacy = 4.0;
    double contest_by_press = 2.0;
    double contest_by_courts = 4.0;
    double contest_by_impartial = 2.0;
    double contested_legitimacy = 0.15;
    double contested_inclusiveness = 0.10;
    double clean_legitimacy = 0.10;
    double coup_legitimacy = 0.10;
    double contest_half_life = 26.0;
    double mediation = 2.0;
    Regime regime{};
    std::vector<VoteInput> votes{};

    static constexpr std::string_view name = "politics";
    static constexpr auto reads = sim::columns(
        region::trust_state, region::trust_mission, region::services, region::adults, region::exposure, region_activity::coverage,
        region_function::capacity, country::military_rule, provision::implementation, country::implementation, country::tension,
        country::political_oversight, country::coup_attempts, country::mission_open);
    static constexpr auto writes =
        sim::columns(country::legitimacy, country::inclusiveness, country::patronage, country::complicity, country::press_freedom,
                     country::contest, identity::inclusion, ledger::amount);
    static constexpr auto streams = sim::streams({"vote"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Politics::rate, "week^-1", sim::between(0.0, 1.0), "speed at which legitimacy follows trust",
                       sim::source("assumed: about a year and a half", sim::Grade::D), sim::moves("legitimacy")),
        sim::parameter("trust_weight", &Politics::trust_weight, "1", sim::between(0.0, 1.0), "weight of trust against delivery",
                       sim::source("assumed", sim::Grade::D), sim::moves("legitimacy")),
        sim::parameter("drift", &Politics::drift, "week^-1", sim::between(0.0, 1.0),
                       "speed of inclusiveness, patronage and complicity",
                       sim::source("assumed: five years; corruption takes the fastest reformers 27 (EVIDENCE 79)", sim::Grade::C),
                       sim::moves("patronage")),
        sim::parameter("by_provision", &Politics::by_provision, "1", sim::between(0.0, 1.0),
                       "weight of the inclusion provision in what inclusiveness tends to", sim::source("assumed", sim::Grade::D),
                       sim::moves("inclusiveness")),
        sim::parameter("by_patronage", &Politics::by_patronage, "1", sim::between(0.0, 1.0),
                       "inclusiveness lost for each rise of patronage", sim::source("assumed", sim::Grade::D),
                       sim::moves("inclusiveness")),
        sim::parameter("capture", &Politics::capture, "1", sim::between(0.0, 1.0),
                       "patronage gained for each loss of inclusiveness", sim::source("assumed", sim::Grade::D),
                       sim::moves("patronage")),
        sim::parameter("scrutiny", &Politics::scrutiny, "1", sim::between(0.0, 1.0),
                       "patronage gained for each loss of press freedom",
                       sim::source("a free press lowers corruption; size assumed", sim::Grade::D), sim::moves("patronage")),
        sim::parameter("exclusion", &Politics::exclusion, "1", sim::between(0.0, 1.0),
                       "complicity gained for each loss of inclusiveness", sim::source("assumed", sim::Grade::D),
                       sim::moves("complicity")),
        sim::parameter("war", &Politics::war, "1", sim::between(0.0, 1.0), "complicity that the greatest violence brings",
                       sim::source("assumed", sim::Grade::D), sim::raises("complicity")),
        sim::parameter("violence_scale", &Politics::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of that are reached", sim::source("assumed", sim::Grade::D),
                       sim::lowers("complicity")),
        sim::parameter("oversight", &Politics::oversight, "1", sim::between(0.0, 1.0),
                       "complicity that full political oversight after the exit prevents", sim::source("assumed", sim::Grade::D),
                       sim::lowers("complicity")),
        sim::parameter("press_rate", &Politics::press_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed of repression and of its end", sim::source("assumed: a year", sim::Grade::D),
                       sim::moves("press_freedom")),
        sim::parameter("repression", &Politics::repression, "1", sim::between(0.0, 1.0),
                       "share of press freedom that a government without legitimacy takes", sim::source("assumed", sim::Grade::D),
                       sim::lowers("press_freedom")),
        sim::parameter("fear_below", &Politics::fear_below, "1", sim::between(0.01, 1.0),
                       "legitimacy below which a government represses", sim::source("assumed", sim::Grade::D),
                       sim::lowers("press_freedom")),
        sim::parameter("inclusion_rate", &Politics::inclusion_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the inclusion of identity groups follows", sim::source("assumed: a decade", sim::Grade::D),
                       sim::moves("inclusion")),
        sim::parameter("standing", &Politics::standing, "1", sim::between(0.0, 1.0),
                       "weight of a group's standing at the start in what its inclusion tends to",
                       sim::source("assumed", sim::Grade::D), sim::moves("inclusion")),
        sim::parameter("contest", &Politics::contest, "1", sim::between(-10.0, 10.0),
                       "log odds that a calm vote of a government without legitimacy is contested",
                       sim::source("assumed", sim::Grade::D), sim::lowers("legitimacy")),
        sim::parameter("contest_by_tension", &Politics::contest_by_tension, "1", sim::between(0.0, 20.0),
                       "log odds added by full tension", sim::source("assumed", sim::Grade::D), sim::lowers("legitimacy")),
        sim::parameter("contest_by_legitimacy", &Politics::contest_by_legitimacy, "1", sim::between(0.0, 20.0),
                       "log odds taken by full legitimacy", sim::source("assumed", sim::Grade::D), sim::raises("legitimacy")),
        sim::parameter("contest_by_press", &Politics::contest_by_press, "1", sim::between(0.0, 20.0),
                       "log odds taken by a free press", sim::source("assumed", sim::Grade::D), sim::raises("legitimacy")),
        sim::parameter("contest_by_courts", &Politics::contest_by_courts, "1", sim::between(0.0, 20.0),
                       "log odds taken by courts that can settle every complaint",
                       sim::source("Liberia 2017: contested in court and not in the streets; size judged", sim::Grade::D),
                       sim::raises("legitimacy")),
        sim::parameter("contest_by_impartial", &Politics::contest_by_impartial, "1", sim::between(0.0, 20.0),
                       "log odds taken by a wholly trusted mission that reaches everybody, or by full oversight after it",
                       sim::source("Smidt 2020: less rioting where the mission is seen as impartial; size judged", sim::Grade::C),
                       sim::raises("legitimacy")),
        sim::parameter("contested_legitimacy", &Politics::contested_legitimacy, "1", sim::between(0.0, 1.0),
                       "legitimacy lost by a contested vote of full stakes", sim::source("assumed", sim::Grade::D),
                       sim::lowers("legitimacy")),
        sim::parameter("contested_inclusiveness", &Politics::contested_inclusiveness, "1", sim::between(0.0, 1.0),
                       "inclusiveness lost by a contested vote of full stakes", sim::source("assumed", sim::Grade::D),
                       sim::lowers("inclusiveness")),
        sim::parameter("clean_legitimacy", &Politics::clean_legitimacy, "1", sim::between(0.0, 1.0),
                       "share of the legitimacy missing that a clean vote of full stakes gives",
                       sim::source("assumed", sim::Grade::D), sim::raises("legitimacy")),
        sim::parameter("coup_legitimacy", &Politics::coup_legitimacy, "1", sim::between(0.0, 1.0),
                       "legitimacy lost by a coup attempt", sim::source("assumed", sim::Grade::D), sim::lowers("legitimacy")),
        sim::parameter("contest_half_life", &Politics::contest_half_life, "weeks", sim::above(0.0),
                       "half-life of the tension that a contested vote leaves", sim::source("assumed", sim::Grade::D),
                       sim::raises("tension")),
        sim::parameter("mediation", &Politics::mediation, "1", sim::between(0.0, 20.0),
                       "relative rise of the speed at which that tension fades under full good offices",
                       sim::source("assumed", sim::Grade::D), sim::lowers("tension")));

    void step(sim::View<Politics> state, const sim::Step& now) const;
    /// What a vote meets on its day.
    struct Scene {
        double tension = 0.0;
        double legitimacy = 0.0;
        double press_freedom = 0.0;
        double courts = 0.0;     ///< capacity of justice
        double impartial = 0.0;  ///< referees: mission as far as it is trusted, and its follow-on
    };
    /// Probability that the loser contests a vote.
    [[nodiscard]] double contest_probability(const Scene& on) const;

  private:
    /// Means over adults of what politics follows.
    struct Country {
        double trust = 0.0, services = 0.0, violence = 0.0, impartial = 0.0, offices = 0.0, courts = 0.0, people = 0.0;
    };
    [[nodiscard]] Country look(const sim::View<Politics>& state) const;
    /// Whether a vote is the last round of its election.
    [[nodiscard]] bool decides(const VoteInput& vote) const;
    void hold_votes(const sim::View<Politics>& state, const sim::Step& now, const Country& mean, Ledger& page) const;
};

/// Politics before the first week, as the scenario says.
void start_politics(sim::State& state, const Inputs& in);

}  // namespace drawdown
