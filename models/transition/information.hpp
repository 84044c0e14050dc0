#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Independent media, mission radio, and messages that manage expectations.
///
/// Media reach relaxes to its level at the start x freedom of the press relative to the start x (1 - loss with remoteness) x
/// economy. The radio reaches the input `radio_reach` of the people while its staff is at full strength, as the mission has had
/// it in the region, and less as they leave; a successor goes on with its part. When the mission closes, the radio closes, or
/// others have taken it over (CML 6.7). Messages = information coverage x (1 - rumour) x joint planning: one voice.
struct Media {
    double rate = 0.02;
    double lost_to_remoteness = 0.6;
    double radio_rate = 0.10;
    double one_voice = 0.5;
    MissionInput mission;
    SocietyInput society;

    static constexpr std::string_view name = "media";
    static constexpr auto reads =
        sim::columns(region_activity::coverage, region_activity::usual, region_activity::successor, region::remoteness,
                     region::economy, country::press_freedom, country::integration, country::weeks_since_exit, region::rumour);
    static constexpr auto writes = sim::columns(region::media, region::radio, region::messages);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Media::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which independent media follow freedom and economy",
                       sim::source("assumed: a year", sim::Grade::D), sim::moves("media")),
        sim::parameter("lost_to_remoteness", &Media::lost_to_remoteness, "1", sim::between(0.0, 1.0),
                       "reach of media lost in the remotest region", sim::source("assumed", sim::Grade::D), sim::lowers("media")),
        sim::parameter("radio_rate", &Media::radio_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the audience of the radio follows its staff",
                       sim::source("assumed: ten weeks", sim::Grade::D), sim::moves("radio")),
        sim::parameter("one_voice", &Media::one_voice, "1", sim::between(0.0, 1.0),
                       "part of the effect of messages that needs a joint plan of mission and country team",
                       sim::source("Considerations for Mission Leadership 2; size judged", sim::Grade::D),
                       sim::lowers("messages")));

    void step(sim::View<Media> state, const sim::Step& now) const;
};

/// Rumours spread within and between communities, and are countered.
///
///     r' = spread (1 - regulation K (1 - freedom)) (own (1 - link) + linked link)(1 - r) - (forget + counter (radio + media M))
///     r
///          + seed tension (1 - r)
/// A community is linked to a few others anywhere in the country, by hashes of their keys, so that no list of ties is stored and
/// their order does not matter. A
/// rumour's source is unknown, and therefore believed (Athena: regard 1). Form: the SIR-like rumour of Daley and Kendall (1964)
/// with forgetting. Regulation of hate speech slows the spread where the police (K) can enforce it and the press is not free:
/// what stops rumours silences the independent media that counter them too.
struct Rumours {
    double spread = 0.05;
    double forget = 0.08;
    double counter = 0.10;
    double media_counter = 0.5;
    double regulation = 0.35;
    double seed = 0.01;
    double link = 0.2;

    static constexpr std::string_view name = "rumours";
    static constexpr auto reads =
        sim::columns(person::weight, community::region, community::residents, region::radio, region::media,
                     region_function::capacity, country::tension, country::epidemic, country::press_freedom);
    static constexpr auto writes = sim::columns(community::rumour, region::rumour);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("spread", &Rumours::spread, "week^-1", sim::between(0.0, 2.0), "rate at which believers convince others",
                       sim::source("Daley and Kendall 1964: form; speed judged", sim::Grade::C), sim::raises("rumour")),
        sim::parameter("forget", &Rumours::forget, "week^-1", sim::between(0.0, 2.0), "rate of forgetting",
                       sim::source("assumed: about three months", sim::Grade::D), sim::lowers("rumour")),
        sim::parameter("counter", &Rumours::counter, "week^-1", sim::between(0.0, 2.0),
                       "rate at which a radio that reaches all convinces believers", sim::source("assumed", sim::Grade::D),
                       sim::lowers("rumour")),
        sim::parameter("media_counter", &Rumours::media_counter, "1", sim::between(0.0, 2.0),
                       "effect of independent media relative to the radio", sim::source("assumed", sim::Grade::D),
                       sim::lowers("rumour")),
        sim::parameter("regulation", &Rumours::regulation, "1", sim::between(0.0, 1.0),
                       "share of spread that regulation stops where the police is fully able and the press is silenced",
                       sim::source("assumed", sim::Grade::D), sim::lowers("rumour")),
        sim::parameter("seed", &Rumours::seed, "week^-1", sim::between(0.0, 2.0), "new believers at full tension or epidemic",
                       sim::source("assumed", sim::Grade::D), sim::raises("rumour")),
        sim::parameter("link", &Rumours::link, "1", sim::between(0.0, 1.0), "weight of linked communities against the own one",
                       sim::source("assumed: a few long ties", sim::Grade::D), sim::moves("rumour")));

    void step(sim::View<Rumours> state, const sim::Step& now) const;
};

}  // namespace drawdown
