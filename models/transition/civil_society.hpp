#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Civil-society organisations of a region: how strong they are, and how independent.
///
///     S' = (grow + build m + joined P)(1 - S) - wither S
///     I' = free F (1 - I) - (buy m + capture patronage) I
/// m = 1 - (1 - reach)(1 - by_donors attention): money from mission, its successor and donors, which makes organisations stronger
/// and beholden; P participation of women and youth; F freedom of the press, by which organisations stand for what they think;
/// patronage draws them into parties and elites. A wave of repression comes with hazard
/// repression (1 - (1 - C (1 - E))(1 - M)) (1 - F) (mean S I), C complicity and E inclusiveness of the government, M the rule of
/// soldiers: a closed government strikes at those who are strong and independent, not a weak one; it takes `struck` of strength
/// and of independence everywhere. Source: Considerations for Mission Leadership 6.4 for the links; sizes judged.
struct CivilSociety {
    double grow = 0.001;
    double build = 0.003;
    double joined = 0.001;
    double wither = 0.0022;
    double by_donors = 0.3;
    double free = 0.006;
    double buy = 0.003;
    double capture = 0.006;
    double repression = 0.05;
    double struck = 0.15;

    static constexpr std::string_view name = "civil_society";
    static constexpr auto reads = sim::columns(region_activity::reach, region::women_participation, region::youth_participation,
                                               country::attention, country::patronage, country::press_freedom,
                                               country::complicity, country::inclusiveness, country::military_rule);
    static constexpr auto writes = sim::columns(region::civil_society, region::civil_independence);
    static constexpr auto streams = sim::streams({"repression"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("grow", &CivilSociety::grow, "week^-1", sim::between(0.0, 1.0), "growth of civil society by itself",
                       sim::source("assumed", sim::Grade::D), sim::raises("civil_society")),
        sim::parameter("build", &CivilSociety::build, "week^-1", sim::between(0.0, 1.0), "growth by money that reaches all",
                       sim::source("assumed: five years", sim::Grade::D), sim::raises("civil_society")),
        sim::parameter("joined", &CivilSociety::joined, "week^-1", sim::between(0.0, 1.0),
                       "growth by full participation of women and youth", sim::source("assumed", sim::Grade::D),
                       sim::raises("civil_society")),
        sim::parameter("wither", &CivilSociety::wither, "week^-1", sim::between(0.0, 1.0), "rate at which organisations lapse",
                       sim::source("assumed: ten years", sim::Grade::D), sim::lowers("civil_society")),
        sim::parameter("by_donors", &CivilSociety::by_donors, "1", sim::between(0.0, 1.0),
                       "reach of donors' money at full attention", sim::source("assumed", sim::Grade::D),
                       sim::raises("civil_society")),
        sim::parameter("free", &CivilSociety::free, "week^-1", sim::between(0.0, 1.0),
                       "rise of independence where the press is free", sim::source("assumed: three years", sim::Grade::D),
                       sim::raises("civil_independence")),
        sim::parameter("buy", &CivilSociety::buy, "week^-1", sim::between(0.0, 1.0), "loss of independence to those who pay",
                       sim::source("Considerations for Mission Leadership 6.4; size judged", sim::Grade::D),
                       sim::lowers("civil_independence")),
        sim::parameter("capture", &CivilSociety::capture, "week^-1", sim::between(0.0, 1.0),
                       "loss of independence to elites and parties where patronage takes all",
                       sim::source("Considerations for Mission Leadership 6.4; size judged", sim::Grade::D),
                       sim::lowers("civil_independence")),
        sim::parameter("repression", &CivilSociety::repression, "week^-1", sim::between(0.0, 1.0),
                       "greatest hazard of a wave of repression",
                       sim::source("Mali 2024-25: parties and associations suspended under soldiers; size judged", sim::Grade::D),
                       sim::lowers("civil_society")),
        sim::parameter("struck", &CivilSociety::struck, "1", sim::between(0.0, 1.0),
                       "share of strength and independence that a wave takes", sim::source("assumed", sim::Grade::D),
                       sim::lowers("civil_society")));

    void step(sim::View<CivilSociety> state, const sim::Step& now) const;
};

/// Local dialogue and early warning, how identity groups regard each other, and what of communal violence they let happen.
///
/// In a community: d' = (build a + again S I d)(1 - d) - (fade + broken v) d, with dialogue reach a of mission or successor, S I
/// strength and independence of civil society, v what is felt of recent violence (1 - exp(-deaths per 100,000 / 10)). A mechanism
/// that is used goes on where civil society keeps it up, so that part of it outlives the mission. Early warning relaxes to
/// 1 - (1 - warning_civil S I)(1 - warning_staff a).
///
/// Of communal violence in a region goes on (1 - prevents d)(1 - answers w R), w early warning and R = 1 - (1 - patrols)(1 -
/// police capacity) those who can answer it, weighted by residents: region.inter_group_fear.
///
/// How identity group i regards j: A' = back (A0 - A) + heal d (1 - A) - slander rumour (1 + A), and each communal death per
/// 100,000 among those who live together takes `hurt` of the way to -1; d and rumour are means over regions by how many of both
/// live together there. Friction in a region = sum of s_i s_j (base_friction + max(0, -A_ij)) over pairs i != j, with shares s of
/// the region's people. Sources: Smidt 2020 (777 dialogue events of UNOCI lowered communal violence); sizes judged.
struct LocalDialogue {
    double build = 0.01;
    double again = 0.022;
    double fade = 0.004;
    double broken = 0.01;
    double warning_civil = 0.7;
    double warning_staff = 0.5;
    double warning_rate = 0.05;
    double prevents = 0.5;
    double answers = 0.4;
    double back = 0.001;
    double heal = 0.001;
    double slander = 0.003;
    double hurt = 0.02;
    double base_friction = 0.05;
    std::vector<std::vector<double>> shares;     ///< by region and identity group
    std::vector<std::vector<double>> relations;  ///< A0 by pair of identity groups

    static constexpr std::string_view name = "local_dialogue";
    static constexpr auto reads = sim::columns(region::population, region::civil_society, region::civil_independence,
                                               region_activity::reach, region_function::capacity, region_violence::deaths,
                                               community::region, community::residents, community::violence, community::rumour);
    static constexpr auto writes = sim::columns(community::dialogue, community::early_warning, region::inter_group_fear,
                                                region::friction, identity_pair::relation);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("build", &LocalDialogue::build, "week^-1", sim::between(0.0, 1.0),
                       "rate at which dialogue staff who reach all set up mechanisms",
                       sim::source("assumed: two years", sim::Grade::D), sim::lowers("inter_group_fear")),
        sim::parameter("again", &LocalDialogue::again, "week^-1", sim::between(0.0, 1.0),
                       "rate at which strong and independent organisations carry on mechanisms that are used",
                       sim::source("assumed", sim::Grade::D), sim::lowers("inter_group_fear")),
        sim::parameter("fade", &LocalDialogue::fade, "week^-1", sim::between(0.0, 1.0), "rate at which mechanisms lapse",
                       sim::source("assumed: five years", sim::Grade::D), sim::raises("inter_group_fear")),
        sim::parameter("broken", &LocalDialogue::broken, "week^-1", sim::between(0.0, 1.0),
                       "rate at which the worst violence breaks mechanisms", sim::source("assumed: two years", sim::Grade::D),
                       sim::raises("inter_group_fear")),
        sim::parameter("warning_civil", &LocalDialogue::warning_civil, "1", sim::between(0.0, 1.0),
                       "early warning by strong and independent civil society", sim::source("assumed", sim::Grade::D),
                       sim::lowers("inter_group_fear")),
        sim::parameter("warning_staff", &LocalDialogue::warning_staff, "1", sim::between(0.0, 1.0),
                       "early warning by community liaison that reaches all",
                       sim::source("Considerations for Mission Leadership 3.2; size judged", sim::Grade::D),
                       sim::lowers("inter_group_fear")),
        sim::parameter("warning_rate", &LocalDialogue::warning_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which early warning follows those who do it", sim::source("assumed", sim::Grade::D),
                       sim::moves("inter_group_fear")),
        sim::parameter("prevents", &LocalDialogue::prevents, "1", sim::between(0.0, 1.0),
                       "share of communal violence that dialogue everywhere prevents",
                       sim::source("Smidt 2020: sign; size judged", sim::Grade::C), sim::lowers("inter_group_fear")),
        sim::parameter("answers", &LocalDialogue::answers, "1", sim::between(0.0, 1.0),
                       "share of the rest that warning everywhere prevents where patrols or police answer it",
                       sim::source("assumed", sim::Grade::D), sim::lowers("inter_group_fear")),
        sim::parameter("back", &LocalDialogue::back, "week^-1", sim::between(0.0, 1.0),
                       "speed at which relations come back to what they were at the start",
                       sim::source("assumed: twenty years", sim::Grade::D), sim::moves("friction")),
        sim::parameter("heal", &LocalDialogue::heal, "week^-1", sim::between(0.0, 1.0),
                       "rate at which dialogue everywhere brings identity groups together", sim::source("assumed", sim::Grade::D),
                       sim::lowers("friction")),
        sim::parameter("slander", &LocalDialogue::slander, "week^-1", sim::between(0.0, 1.0),
                       "rate at which a rumour that all believe sets identity groups against each other",
                       sim::source("assumed", sim::Grade::D), sim::raises("friction")),
        sim::parameter("hurt", &LocalDialogue::hurt, "1", sim::between(0.0, 1.0),
                       "loss of regard by one communal death per 100,000", sim::source("assumed", sim::Grade::D),
                       sim::raises("friction")),
        sim::parameter("base_friction", &LocalDialogue::base_friction, "1", sim::between(0.0, 1.0),
                       "friction between identity groups that regard each other as neutral",
                       sim::source("assumed", sim::Grade::D), sim::raises("friction")));

    /// Sets shares and relations.
    void lay_out(const Inputs& in);

    void step(sim::View<LocalDialogue> state, const sim::Step& now) const;

  private:
    void talk(sim::View<LocalDialogue> state, const sim::Step& now) const;
    void regard(sim::View<LocalDialogue> state, const sim::Step& now) const;
};

/// Civil society, dialogue and relations at the start.
void start_civil_society(sim::State& state, const Inputs& in);

}  // namespace drawdown
