#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/effects.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What drives the attitudes at one place, the same for all persons there.
struct Surroundings {
    float violence;          ///< recent violence as it is felt, 0 to 1
    float protection;        ///< reach of patrols and police, of the mission or those who follow it, 0 to 1
    float services;          ///< delivered service level, 0 to 1
    float mission_services;  ///< part of it that the mission pays for
    float abuse;             ///< abuses by host forces, 0 to 1
    float dialogue;          ///< strength of the local dialogue mechanism, 0 to 1
    float rumour;            ///< share who believe a hostile rumour
    float misconduct;        ///< recent misconduct by mission personnel, 0 to 1
    float presence;          ///< coverage by mission patrols, 0 to 1
    float messages;          ///< how well expectations are managed, 0 to 1
    float disputes;          ///< share of property under dispute, 0 to 1
    float sexual_violence;   ///< sexual violence as women feel it, 0 to 1
    float women_take_part;   ///< participation of women, 0 to 1
    float youth_take_part;   ///< participation of youth, 0 to 1
    float neighbours_grievance;
    float neighbours_trust;
    float mission_open;  ///< 1 while there is a mission to trust, else 0
};

/// Attitudes of persons: grievance, fear, trust in the government and in the mission, expectation of services.
///
/// Each attitude x in [0, 1] has a baseline that is stored and a short-term part that follows from the present surroundings
/// (JPL Athena, URAM: short-term attitude, baseline, natural level). Effects saturate, s(m; x) = (1 - x) m for m >= 0 and x m for
/// m < 0, do not add within a cause and do between causes. With A = x + sum of s and natural level c, one week gives
///     x <- x + a (A - x) + g (c - x),    a = 0.05, g = 0.02: a half-life of about 35 weeks towards the natural level.
/// The natural level is a constant of the attitude, a personal deviation, and what the neighbours think. Expectation follows the
/// service level, faster upwards than down (Athena, expectations 0.5 and 0.25), and rises more slowly where messages manage it.
/// What was expected and does not come costs grievance and trust, while what never was expected costs neither: unmet promises
/// hurt more than absence. Trust in a mission that has left stays as it left it. Women feel sexual violence and misconduct, women
/// and youth their part in local processes.
struct Attitudes {
    double to_short_term = 0.05;
    double to_natural = 0.02;
    double natural_grievance = 0.25;
    double natural_fear = 0.10;
    double natural_trust_state = 0.35;
    double natural_trust_mission = 0.50;
    double personal_spread = 0.30;
    double neighbours_weight = 0.30;
    double own_weight = 1.0;
    double region_weight = 0.25;
    double near_weight = 0.10;
    double violence_scale = 2.0;
    double violence_on_fear = 0.60;
    double protection_on_fear = -0.40;
    double abuse_on_grievance = 0.30;
    double shortfall_on_grievance = 0.35;
    double exclusion_on_grievance = 0.15;
    double hardship_on_grievance = 0.20;
    double harm_on_grievance = 0.20;
    double rumour_on_grievance = 0.15;
    double dialogue_on_grievance = -0.30;
    double disputes_on_grievance = 1.0;
    double shortfall_on_trust = -0.25;
    double participation_on_trust = 0.05;
    double sexual_violence_on_fear = 0.30;
    double sexual_violence_scale = 2.0;
    double misconduct_on_women = -0.20;
    double messages_on_expectation = 0.5;
    double services_on_trust = 0.30;
    double credit_lost_to_mission = -0.10;
    double abuse_on_trust = -0.40;
    double inclusion_on_trust = 0.10;
    double presence_on_mission_trust = 0.30;
    double services_on_mission_trust = 0.20;
    double misconduct_on_mission_trust = -0.40;
    double failure_on_mission_trust = -0.40;
    double rumour_on_mission_trust = -0.20;
    double expectation_up = 0.02;
    double expectation_down = 0.01;

    static constexpr std::string_view name = "attitudes";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads =
        sim::columns(person::status, person::location, person::identity, person::sex, person::age, person::livelihood,
                     person::harm, community::region, community::violence, community::rumour, community::grievance,
                     community::trust_state, community::away, community::dialogue, community::disputes);
    static constexpr auto looks =
        sim::columns(region::exposure, region::services, region::mission_share, region::abuse, region::grievance,
                     region::trust_state, region::messages, region::property_disputes, region::sexual_violence, region::adults,
                     region::women_participation, region::youth_participation, region_activity::coverage, region_activity::reach,
                     region_function::capacity, identity::inclusion, country::misconduct, country::mission_open);
    static constexpr auto writes =
        sim::columns(person::grievance, person::fear, person::trust_state, person::trust_mission, person::expectation);

    static constexpr auto parameters = sim::parameters(
        sim::parameter("to_short_term", &Attitudes::to_short_term, "week^-1", sim::between(0.0, 0.5),
                       "pull of the baseline towards the short-term attitude",
                       sim::source("JPL Athena, Mars Analyst's Guide 4-5: alpha 0.05", sim::Grade::B), sim::moves("grievance")),
        sim::parameter("to_natural", &Attitudes::to_natural, "week^-1", sim::between(0.0, 0.5),
                       "pull of the baseline towards the natural level",
                       sim::source("JPL Athena, Mars Analyst's Guide 4-5: gamma 0.02", sim::Grade::B), sim::moves("grievance")),
        sim::parameter("natural_grievance", &Attitudes::natural_grievance, "1", sim::between(0.0, 1.0),
                       "natural level of grievance", sim::source("assumed: below the middle of the scale", sim::Grade::D),
                       sim::raises("grievance")),
        sim::parameter("natural_fear", &Attitudes::natural_fear, "1", sim::between(0.0, 1.0), "natural level of fear",
                       sim::source("assumed: low in peace", sim::Grade::D), sim::raises("fear")),
        sim::parameter("natural_trust_state", &Attitudes::natural_trust_state, "1", sim::between(0.0, 1.0),
                       "natural level of trust in the government",
                       sim::source("assumed: below the middle of the scale", sim::Grade::D), sim::raises("trust_state")),
        sim::parameter("natural_trust_mission", &Attitudes::natural_trust_mission, "1", sim::between(0.0, 1.0),
                       "natural level of trust in the mission",
                       sim::source("assumed: surveys in Liberia found the mission trusted by most", sim::Grade::D),
                       sim::raises("trust_mission")),
        sim::parameter("personal_spread", &Attitudes::personal_spread, "1", sim::between(0.0, 1.0),
                       "width of the spread of personal natural levels",
                       sim::source("Epstein 2002 draws hardship and risk uniformly", sim::Grade::C), sim::moves("grievance")),
        sim::parameter("neighbours_weight", &Attitudes::neighbours_weight, "1", sim::between(0.0, 1.0),
                       "part of the natural level that is the community's and the region's mean",
                       sim::source("assumed", sim::Grade::D), sim::moves("grievance")),
        sim::parameter("own_weight", &Attitudes::own_weight, "1", sim::between(0.0, 10.0),
                       "weight of violence in the own community", sim::source("JPL Athena: effect here, s = 1", sim::Grade::B),
                       sim::raises("fear")),
        sim::parameter("region_weight", &Attitudes::region_weight, "1", sim::between(0.0, 10.0),
                       "weight of violence elsewhere in the region",
                       sim::source("JPL Athena, civilian casualties: p = 0.25", sim::Grade::B), sim::raises("fear")),
        sim::parameter("near_weight", &Attitudes::near_weight, "1", sim::between(0.0, 10.0),
                       "weight of violence in the country at large",
                       sim::source("JPL Athena, civilian casualties: q = 0.1", sim::Grade::B), sim::raises("fear")),
        sim::parameter("violence_scale", &Attitudes::violence_scale, "1", sim::above(0.0),
                       "recent deaths per 100,000 at which two thirds of the greatest effect is felt",
                       sim::source("assumed: a war of 1,000 deaths a year among 4 million gives 2 in four weeks", sim::Grade::D),
                       sim::lowers("fear")),
        sim::parameter("violence_on_fear", &Attitudes::violence_on_fear, "1", sim::between(0.0, 1.0),
                       "greatest effect of violence on fear",
                       sim::source("Bennett 2008: fear + 0.10 per incident near; greatest effect judged", sim::Grade::C),
                       sim::raises("fear")),
        sim::parameter("protection_on_fear", &Attitudes::protection_on_fear, "1", sim::between(-1.0, 0.0),
                       "greatest effect of trusted protection on fear",
                       sim::source("JPL Athena, presence and patrol rules: XL", sim::Grade::C), sim::raises("fear")),
        sim::parameter("abuse_on_grievance", &Attitudes::abuse_on_grievance, "1", sim::between(0.0, 1.0),
                       "greatest effect of abuses on grievance",
                       sim::source("JPL Athena, coercion and civilian casualties: XXXL", sim::Grade::C),
                       sim::raises("grievance")),
        sim::parameter("shortfall_on_grievance", &Attitudes::shortfall_on_grievance, "1", sim::between(0.0, 1.0),
                       "effect on grievance of services short of expectation by the whole scale",
                       sim::source("JPL Athena, essential services: unmet expectation", sim::Grade::C), sim::raises("grievance")),
        sim::parameter("exclusion_on_grievance", &Attitudes::exclusion_on_grievance, "1", sim::between(0.0, 1.0),
                       "effect of full political exclusion on grievance",
                       sim::source("Cederman, Wimmer and Min 2010, direction; size judged", sim::Grade::C),
                       sim::raises("grievance")),
        sim::parameter("hardship_on_grievance", &Attitudes::hardship_on_grievance, "1", sim::between(0.0, 1.0),
                       "effect of no livelihood on grievance",
                       sim::source("Epstein 2002: grievance = hardship (1 - legitimacy); size judged", sim::Grade::C),
                       sim::raises("grievance")),
        sim::parameter("harm_on_grievance", &Attitudes::harm_on_grievance, "1", sim::between(0.0, 1.0),
                       "effect of a full memory of victimisation on grievance",
                       sim::source("Bennett 2008: anger + 0.05 per hurt; size judged", sim::Grade::C), sim::raises("grievance")),
        sim::parameter("rumour_on_grievance", &Attitudes::rumour_on_grievance, "1", sim::between(0.0, 1.0),
                       "effect of a rumour that all believe on grievance",
                       sim::source("JPL Athena, unknown source has regard 1; size judged", sim::Grade::C),
                       sim::raises("grievance")),
        sim::parameter("dialogue_on_grievance", &Attitudes::dialogue_on_grievance, "1", sim::between(-1.0, 0.0),
                       "effect of full dialogue coverage on grievance",
                       sim::source("Smidt 2020: local dialogue lowers communal violence; size judged", sim::Grade::C),
                       sim::raises("grievance")),
        sim::parameter("services_on_trust", &Attitudes::services_on_trust, "1", sim::between(0.0, 1.0),
                       "effect of full services by the state on trust in it",
                       sim::source("JPL Athena, credit goes to who pays; size judged", sim::Grade::C),
                       sim::raises("trust_state")),
        sim::parameter("credit_lost_to_mission", &Attitudes::credit_lost_to_mission, "1", sim::between(-1.0, 0.0),
                       "effect of services that are all the mission's on trust in the government",
                       sim::source("Considerations for Mission Leadership 6.1; size judged", sim::Grade::C),
                       sim::raises("trust_state")),
        sim::parameter("abuse_on_trust", &Attitudes::abuse_on_trust, "1", sim::between(-1.0, 0.0),
                       "greatest effect of abuses on trust in the government",
                       sim::source("JPL Athena, coercion: XXXL", sim::Grade::C), sim::raises("trust_state")),
        sim::parameter("inclusion_on_trust", &Attitudes::inclusion_on_trust, "1", sim::between(0.0, 1.0),
                       "effect of full inclusion on trust in the government",
                       sim::source("Cederman, Wimmer and Min 2010, direction; size judged", sim::Grade::C),
                       sim::raises("trust_state")),
        sim::parameter("presence_on_mission_trust", &Attitudes::presence_on_mission_trust, "1", sim::between(0.0, 1.0),
                       "effect of full patrol coverage on trust in the mission",
                       sim::source("Mvukiyehe and Samii 2021: modest local effects", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("services_on_mission_trust", &Attitudes::services_on_mission_trust, "1", sim::between(0.0, 1.0),
                       "effect of full services paid by the mission on trust in it",
                       sim::source("JPL Athena, credit goes to who pays; size judged", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("misconduct_on_mission_trust", &Attitudes::misconduct_on_mission_trust, "1", sim::between(-1.0, 0.0),
                       "effect of the worst misconduct on trust in the mission",
                       sim::source("Considerations for Mission Leadership 1.1.4; size judged", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("failure_on_mission_trust", &Attitudes::failure_on_mission_trust, "1", sim::between(-1.0, 0.0),
                       "effect of violence in the mission's sight on trust in it",
                       sim::source("Sebastian and Gorur 2018: failure to protect; size judged", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("rumour_on_mission_trust", &Attitudes::rumour_on_mission_trust, "1", sim::between(-1.0, 0.0),
                       "effect of a rumour that all believe on trust in the mission",
                       sim::source("Sebastian and Gorur 2023: misinformation; size judged", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("expectation_up", &Attitudes::expectation_up, "week^-1", sim::between(0.0, 1.0),
                       "rate at which expectation rises to the service level",
                       sim::source("JPL Athena: twice the rate of falling; speed judged", sim::Grade::C),
                       sim::raises("expectation")),
        sim::parameter("disputes_on_grievance", &Attitudes::disputes_on_grievance, "1", sim::between(0.0, 10.0),
                       "effect on grievance of disputes over all property",
                       sim::source("Considerations for Mission Leadership 6.5, direction; size judged", sim::Grade::D),
                       sim::raises("grievance")),
        sim::parameter("shortfall_on_trust", &Attitudes::shortfall_on_trust, "1", sim::between(-1.0, 0.0),
                       "effect on trust in the government of services short of expectation by the whole scale",
                       sim::source("Considerations for Mission Leadership 3.1.5 and 6.1, direction; size judged", sim::Grade::C),
                       sim::raises("trust_state")),
        sim::parameter("participation_on_trust", &Attitudes::participation_on_trust, "1", sim::between(0.0, 1.0),
                       "effect of full participation of women or of youth on their trust in the government",
                       sim::source("assumed", sim::Grade::D), sim::raises("trust_state")),
        sim::parameter("sexual_violence_on_fear", &Attitudes::sexual_violence_on_fear, "1", sim::between(0.0, 1.0),
                       "greatest effect of sexual violence on the fear of women", sim::source("assumed", sim::Grade::D),
                       sim::raises("fear")),
        sim::parameter("sexual_violence_scale", &Attitudes::sexual_violence_scale, "week^-1", sim::above(0.0),
                       "cases a week among 100,000 adults at which two thirds of that are felt",
                       sim::source("assumed", sim::Grade::D), sim::lowers("fear")),
        sim::parameter("misconduct_on_women", &Attitudes::misconduct_on_women, "1", sim::between(-1.0, 0.0),
                       "effect of the worst misconduct on the trust of women in the mission, added to that on all",
                       sim::source("Beber et al. 2017: exploitation in Monrovia is common; size judged", sim::Grade::C),
                       sim::raises("trust_mission")),
        sim::parameter("messages_on_expectation", &Attitudes::messages_on_expectation, "1", sim::between(0.0, 1.0),
                       "share of the rise of expectation that messages at their best prevent",
                       sim::source("Considerations for Mission Leadership 3.1.5, direction; size judged", sim::Grade::D),
                       sim::lowers("expectation")),
        sim::parameter("expectation_down", &Attitudes::expectation_down, "week^-1", sim::between(0.0, 1.0),
                       "rate at which expectation falls to the service level",
                       sim::source("JPL Athena: half the rate of rising; speed judged", sim::Grade::C),
                       sim::lowers("expectation")));

    /// The five attitudes of one person.
    struct Values {
        float grievance, fear, trust_state, trust_mission, expectation;
    };
    /// What differs between persons at one place.
    struct Person {
        float inclusion, livelihood, harm, deviation;
        float woman, young;  ///< 1 or 0
    };

    /// Shares of a gap that close in the step.
    struct Shares {
        float short_term, natural, expectation_up, expectation_down;
    };
    /// What one step does to an attitude: x <- x + gain - loss x. The sums of effects upwards u and downwards d and the natural
    /// level c give gain = a u + g c, loss = a (u + d) + g.
    struct Drift {
        float gain, loss;
    };
    struct Drifts {
        Drift grievance, fear, trust_state, trust_mission;
    };
    /// What one place does to attitudes in one step: to all who are there, grievance as of somebody without livelihood whose
    /// identity has no part in politics; and the weights of a person's own causes, for the step.
    struct Pull {
        Drift grievance, fear, trust_state, trust_mission;
        float spread_own, spread_fear;  ///< what a personal deviation adds to the gain
        float services;
        float shortfall, exclusion, hardship, harm, inclusion, broken_promise;
        float women_fear, women_trust, youth_trust, women_mission;  ///< what is added for women, for youth
        float expectation_up, expectation_down;
    };

    /// What is the same for all communities in a step.
    struct Shared {
        /// One region, for people who come from elsewhere; what depends on the community is not yet in it.
        struct Place {
            Surroundings at;
            double violence_near, violence_far;  ///< what is felt of violence in the region and in the country
            Shares shares;
        };
        std::vector<Place> places;         ///< by region
        std::array<float, 256> inclusion;  ///< by identity
        std::size_t identities;
    };

    void prepare(sim::Looks<Attitudes> seen, const sim::Step& now, Shared& shared) const;
    void step(sim::Rows<Attitudes> persons, const Shared& shared, const sim::Step& now) const;
    template <class P>
    void share(const sim::Looks<P>& seen, const sim::Step& now, Shared& shared) const;

    /// Shares of gaps that close in `dt_weeks` where messages manage expectations that well.
    [[nodiscard]] Shares shares(double messages, double dt_weeks) const;
    /// The pull of surroundings over `dt_weeks`.
    [[nodiscard]] Pull pull(const Surroundings& at, double dt_weeks) const { return pull(at, shares(at.messages, dt_weeks)); }
    [[nodiscard]] Pull pull(const Surroundings& at, const Shares& shares) const;
    /// Surroundings of a community's own people, or (community_violence 0) of people elsewhere in a region.
    template <class P>
    [[nodiscard]] Surroundings surroundings(const sim::Rows<P>& persons, std::size_t region, const Shared::Place& place,
                                            float community_violence) const;

    /// What one step does to a person, of whose expectation the services are short by `missed`.
    [[nodiscard]] static Drifts drifts(const Person& person, float missed, const Pull& at) {
        const float causes =
            (at.harm * person.harm - at.exclusion * person.inclusion) + (at.shortfall * missed - at.hardship * person.livelihood);
        const float shift = at.spread_own * person.deviation;
        const float threat = at.women_fear * person.woman;
        const float part = at.inclusion * person.inclusion + (at.women_trust * person.woman + at.youth_trust * person.young);
        return {{at.grievance.gain + (causes + shift), at.grievance.loss + causes},
                {at.fear.gain + (threat + at.spread_fear * person.deviation), at.fear.loss + threat},
                {at.trust_state.gain + (part - shift), at.trust_state.loss + (part + at.broken_promise * missed)},
                {at.trust_mission.gain, at.trust_mission.loss + at.women_mission * person.woman}};
    }
    /// Attitudes after one step. Written once, for the loop over those at home, which vectorises, and for the few elsewhere.
    [[nodiscard]] static Values updated(const Values& x, const Person& person, const Pull& at) {
        const float gap = at.services - x.expectation;
        const Drifts by = drifts(person, not_below(0.0F, -gap), at);
        return {next(x.grievance, by.grievance), next(x.fear, by.fear), next(x.trust_state, by.trust_state),
                next(x.trust_mission, by.trust_mission),
                x.expectation + (gap > 0.0F ? at.expectation_up : at.expectation_down) * gap};
    }
    /// One attitude after one step, within [0, 1].
    [[nodiscard]] static float next(float x, Drift by) {
        const float moved = not_below(0.0F, x + (by.gain - by.loss * x));
        return std::bit_cast<float>(std::min(std::bit_cast<std::int32_t>(moved), std::bit_cast<std::int32_t>(1.0F)));
    }
    /// The greater of two numbers of which the first is not negative. The bits of such floats are ordered as integers are: one
    /// instruction of a vector loop, where comparing floats with care for NaN takes three.
    [[nodiscard]] static float not_below(float least, float x) {
        return std::bit_cast<float>(std::max(std::bit_cast<std::int32_t>(least), std::bit_cast<std::int32_t>(x)));
    }
    /// Attitudes that the surroundings would leave unchanged; where a run starts.
    [[nodiscard]] static Values resting(const Person& person, const Pull& at);
};

/// Sets the attitudes of a new population to where its surroundings let them rest. Runs before the first week only.
struct SettleAttitudes {
    Attitudes attitudes;

    static constexpr std::string_view name = "settle_attitudes";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = Attitudes::reads;
    static constexpr auto looks = Attitudes::looks;
    static constexpr auto writes = Attitudes::writes;

    using Shared = Attitudes::Shared;
    void prepare(sim::Looks<SettleAttitudes> seen, const sim::Step& now, Shared& shared) const;
    void step(sim::Rows<SettleAttitudes> persons, const Shared& shared, const sim::Step& now) const;
};

}  // namespace drawdown
