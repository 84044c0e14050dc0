#pragma once
// What a scenario says of the mission, society, the agreement, donors, neighbours, and of what may happen by chance.

#include <string>
#include <vector>

#include "sim/date.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// Table [mission]: how it is made up and led at the start.
struct MissionInput {
    std::vector<double> sections = {0.20, 0.07, 0.05, 0.13, 0.03, 0.06, 0.01, 0.45};
    double women_share = 0.07;
    double integration = 0.5;
    double radio_reach = 0.6;
    double programme_musd = 2.0;
    bool sites = false;

    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "sections", &MissionInput::sections, "1", sim::between(0.0, 1.0),
            "shares of civilian staff: political and civil affairs, human rights, DDR, rule of law and SSR, gender and "
            "youth, communications and radio, mine action, support",
            sim::source("budgets of missions list sections; shares from memory", sim::Grade::C)),
        sim::parameter("women_share", &MissionInput::women_share, "1", sim::between(0.0, 1.0),
                       "share of women among those who meet the people, uniformed and civilian",
                       sim::source("UN statistics: about 4 to 7 % of uniformed in 2012-22 (from memory)", sim::Grade::C)),
        sim::parameter("integration", &MissionInput::integration, "1", sim::between(0.0, 1.0),
                       "how far mission and country team are one: joint plan, joint operations and analysis centres, co-location",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("radio_reach", &MissionInput::radio_reach, "1", sim::between(0.0, 1.0),
                       "share of people whom the mission radio reaches at full strength", sim::source("scenario", sim::Grade::C)),
        sim::parameter("sites", &MissionInput::sites, "true: bases open their gates to those who flee (protection sites)"),
        sim::parameter("programme", &MissionInput::programme_musd, "million USD year^-1", sim::between(0.0, 1e4),
                       "programme money of the assessed budget: quick-impact projects, community violence reduction",
                       sim::source("scenario", sim::Grade::C)));
};

/// Table [society]: civil society, media, participation, mines and property at the start.
struct SocietyInput {
    double media = 0.4;
    double press_freedom = 0.5;
    double civil_society = 0.4;
    double civil_independence = 0.5;
    double women_participation = 0.25;
    double youth_participation = 0.25;
    double mines = 0.05;
    double contested_property = 0.2;
    double extremism = 0.0;
    double trafficking = 0.1;
    double refugees_abroad = 0.0;
    double displaced = 0.0;
    double years_away = 1.0;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("media", &SocietyInput::media, "1", sim::between(0.0, 1.0),
                       "reach of independent media in the capital; less in remote regions",
                       sim::source("scenario", sim::Grade::C)),
        sim::parameter("press_freedom", &SocietyInput::press_freedom, "1", sim::between(0.0, 1.0), "freedom of the press",
                       sim::source("scenario", sim::Grade::C)),
        sim::parameter("civil_society", &SocietyInput::civil_society, "1", sim::between(0.0, 1.0),
                       "strength of civil-society organisations", sim::source("scenario", sim::Grade::C)),
        sim::parameter("civil_independence", &SocietyInput::civil_independence, "1", sim::between(0.0, 1.0),
                       "independence of civil society", sim::source("scenario", sim::Grade::C)),
        sim::parameter("women_participation", &SocietyInput::women_participation, "1", sim::between(0.0, 1.0),
                       "participation of women in institutions and local processes", sim::source("scenario", sim::Grade::C)),
        sim::parameter("youth_participation", &SocietyInput::youth_participation, "1", sim::between(0.0, 1.0),
                       "participation of youth in institutions and local processes", sim::source("scenario", sim::Grade::C)),
        sim::parameter(
            "mines", &SocietyInput::mines, "1", sim::between(0.0, 1.0),
            "share of routes and land that mines and remnants of war block, mean over regions: each has it in proportion to "
            "its share of the past violence",
            sim::source("scenario", sim::Grade::C)),
        sim::parameter("contested_property", &SocietyInput::contested_property, "1", sim::between(0.0, 1.0),
                       "share of the property of those away that others use", sim::source("scenario", sim::Grade::D)),
        sim::parameter("extremism", &SocietyInput::extremism, "1", sim::between(0.0, 1.0),
                       "violent extremism where it is strongest at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("trafficking", &SocietyInput::trafficking, "1", sim::between(0.0, 1.0),
                       "trafficking through border regions at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("refugees_abroad", &SocietyInput::refugees_abroad, "persons", sim::between(0.0, 1e8),
                       "persons of the country who are refugees abroad at the start",
                       sim::source("UNHCR, scenario", sim::Grade::A)),
        sim::parameter("displaced", &SocietyInput::displaced, "persons", sim::between(0.0, 1e8),
                       "internally displaced persons at the start", sim::source("UNHCR, scenario", sim::Grade::A)),
        sim::parameter("years_away", &SocietyInput::years_away, "years", sim::between(0.0, 60.0),
                       "time for which those have been away at the start", sim::source("scenario", sim::Grade::C)));
};

/// Table [agreement]: the peace agreement and who takes part.
struct AgreementInput {
    double verification = 0.4;
    double women_share = 0.15;
    double youth_share = 0.10;
    double ceasefire = 0.9;
    double owned = 0.5;
    double disputes = 0.2;
    double specificity = 0.5;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("verification", &AgreementInput::verification, "1", sim::between(0.0, 1.0),
                       "strength of the verification mechanism that the agreement itself sets up",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("women_share", &AgreementInput::women_share, "1", sim::between(0.0, 1.0),
                       "share of women in the process at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("youth_share", &AgreementInput::youth_share, "1", sim::between(0.0, 1.0),
                       "share of youth in the process at the start", sim::source("scenario", sim::Grade::D)),
        sim::parameter("ceasefire", &AgreementInput::ceasefire, "1", sim::between(0.0, 1.0),
                       "how far the ceasefire holds at the start", sim::source("scenario", sim::Grade::C)),
        sim::parameter("owned", &AgreementInput::owned, "1", sim::between(0.0, 1.0),
                       "share of what is implemented that the parties carry by themselves",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("disputes", &AgreementInput::disputes, "1", sim::between(0.0, 1.0), "open disputes at the start",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("specificity", &AgreementInput::specificity, "1", sim::between(0.0, 1.0),
                       "how specific provisions are that have no table of their own", sim::source("scenario", sim::Grade::D)));
};

/// Table [provision.NAME]; NAME is one of the eight provisions.
struct ProvisionInput {
    std::string name;
    double implementation = -1.0;  ///< below 0: the agreement's own
    double specificity = -1.0;     ///< likewise

    static constexpr auto parameters = sim::parameters(
        sim::parameter("implementation", &ProvisionInput::implementation, "1", sim::between(-1.0, 1.0),
                       "share carried out at the start; -1: state.implementation", sim::source("scenario", sim::Grade::C)),
        sim::parameter("specificity", &ProvisionInput::specificity, "1", sim::between(-1.0, 1.0),
                       "how specific it is; -1: agreement.specificity", sim::source("scenario", sim::Grade::D)));
};

/// Table [donor.NAME].
struct DonorInput {
    std::string name;
    std::string label{};
    double pledge_musd = 0.0;  ///< below 0: that of the process Donors
    double half_life_weeks = 104.0;
    double floor = 0.5;
    bool through_government = false;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("label", &DonorInput::label, "name in tables and pictures"),
        sim::required(sim::parameter("pledge", &DonorInput::pledge_musd, "million USD year^-1", sim::between(0.0, 1e5),
                                     "voluntary money for the transition at full attention",
                                     sim::source("scenario", sim::Grade::C))),
        sim::parameter("half_life", &DonorInput::half_life_weeks, "weeks", sim::above(0.0),
                       "half-life of attention once the mission shrinks",
                       sim::source("aid peaks within two years, then falls (EVIDENCE 19)", sim::Grade::B)),
        sim::parameter("floor", &DonorInput::floor, "1", sim::between(0.0, 1.0), "attention that stays",
                       sim::source("aid to Sierra Leone and Guinea-Bissau fell to about half (EVIDENCE 19)", sim::Grade::C)),
        sim::parameter("through_government", &DonorInput::through_government,
                       "true: the money goes through the host budget; false: through the country team"));
};

/// Table [neighbour.ISO3].
struct NeighbourInput {
    std::string name;
    std::string label;
    double stance = 0.0;
    double instability = 0.0;
    double hosting = 0.5;
    double trafficking = 0.2;
    double extremism = 0.0;

    static constexpr auto parameters = sim::parameters(
        sim::parameter("label", &NeighbourInput::label, "name in tables and pictures"),
        sim::parameter("stance", &NeighbourInput::stance, "1", sim::between(-1.0, 1.0),
                       "stance of the regime towards the host government, -1 hostile (hosts and arms rebels) to 1 friendly",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("instability", &NeighbourInput::instability, "1", sim::between(0.0, 1.0), "usual instability next door",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("hosting", &NeighbourInput::hosting, "1", sim::between(0.0, 1.0), "readiness to host refugees",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("trafficking", &NeighbourInput::trafficking, "1", sim::between(0.0, 1.0),
                       "usual trafficking across this border", sim::source("scenario", sim::Grade::D)),
        sim::parameter("extremism", &NeighbourInput::extremism, "1", sim::between(0.0, 1.0),
                       "violent extremism across this border", sim::source("scenario", sim::Grade::D)));
};

/// Table [shock.NAME]: something that happens on a date, or at random.
struct ShockInput {
    std::string name;
    std::string kind = "coup_attempt";
    sim::Date date;
    double per_year = 0.0;
    double size = 0.5;
    double duration_weeks = 26.0;
    std::string neighbour;
    std::string region;
    std::string group;

    static constexpr auto parameters = sim::parameters(
        sim::choice("kind", &ShockInput::kind,
                    {"coup_attempt", "sponsor_change", "refugee_inflow", "arms_inflow", "extremists", "mutiny", "price",
                     "epidemic", "consent", "cessation"},
                    "what happens"),
        sim::parameter("date", &ShockInput::date, "day on which it happens; unset: at random, at `per_year`"),
        sim::parameter("per_year", &ShockInput::per_year, "year^-1", sim::between(0.0, 52.0), "how often it happens by chance",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter(
            "size", &ShockInput::size, "1", sim::between(-1.0, 1.0),
            "size: share of the scale that it moves, refugees in tenths of the border regions' people; of a cessation, the "
            "share of refugees whose status ends",
            sim::source("scenario", sim::Grade::D)),
        sim::parameter("duration", &ShockInput::duration_weeks, "weeks", sim::between(0.0, 1040.0), "how long it lasts",
                       sim::source("scenario", sim::Grade::D)),
        sim::parameter("neighbour", &ShockInput::neighbour, "neighbour from which it comes; empty: any border"),
        sim::parameter("region", &ShockInput::region, "region that it strikes; empty: all that it can reach"),
        sim::parameter("group", &ShockInput::group, "armed group whose sponsor changes; empty: all"));
};

}  // namespace drawdown
