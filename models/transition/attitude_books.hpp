#pragma once

#include "models/transition/attitudes.hpp"
#include "models/transition/columns.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Books what moves grievance, trust in the government and trust in the mission this week, means over adults at home.
///
/// The law of `attitudes` is linear in its causes for one person: each effect m adds a (1 - x) m or a x m, and the natural level
/// g c; what was booked before fades by what of the natural pull is the person's own. The means of these parts are taken over a
/// sample of about `sample` agents, in runs of neighbouring rows, other ones each week, so that all have their turn; in
/// countries with fewer agents over all of them. Runs before `attitudes`; `attitude_books` closes the pages once the week's sums
/// are there.
struct AttitudeCauses {
    Attitudes law{};
    std::size_t sample = 500;

    static constexpr std::string_view name = "attitude_causes";
    static constexpr auto reads = sim::columns(
        person::grievance, person::trust_state, person::trust_mission, person::expectation, person::weight, person::status,
        person::identity, person::sex, person::age, person::livelihood, person::harm, community::region, community::violence,
        community::rumour, community::grievance, community::trust_state, community::dialogue, community::disputes,
        region::exposure, region::services, region::mission_share, region::abuse, region::grievance, region::trust_state,
        region::trust_mission, region::adults, region::women_participation, region::youth_participation,
        region_activity::coverage, identity::inclusion, country::misconduct, country::mission_open);
    static constexpr auto writes = sim::columns(ledger::amount);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<AttitudeCauses> state, const sim::Step& now) const;
};

/// Closes the pages of the attitudes: what their causes leave goes to `movements`, those who leave home, come back, come of age
/// or die among the adults at home, and the error of the sample.
struct AttitudeBooks {
    static constexpr std::string_view name = "attitude_books";
    static constexpr auto reads = sim::columns(region::grievance, region::trust_state, region::trust_mission, region::adults);
    static constexpr auto writes = sim::columns(ledger::amount);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<AttitudeBooks> state, const sim::Step& now) const;
};

}  // namespace drawdown
