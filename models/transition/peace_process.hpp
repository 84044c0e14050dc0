#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Implementation of the peace agreement: what the government owns goes on, what only the mission pushes decays when it leaves.
///
///     I' = (ownership L + push p)(1 - I) - fade (1 - p) I - break_rate I [share of groups that fight]
/// with legitimacy L and dialogue coverage p. Commitment of a group follows implementation while it complies and falls while it
/// does not. Source: Joshi, Quinn and Regan 2015 (implementation as a share); national ownership: CML 3.2.
struct PeaceProcess {
    double ownership = 0.002;
    double push = 0.002;
    double fade = 0.0006;
    double break_rate = 0.01;
    double commitment_rate = 0.01;

    static constexpr std::string_view name = "peace_process";
    static constexpr auto reads =
        sim::columns(country::legitimacy, region_activity::coverage, region::adults, group::posture, group::alive);
    static constexpr auto writes = sim::columns(country::implementation, group::commitment);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("ownership", &PeaceProcess::ownership, "week^-1", sim::between(0.0, 1.0),
                       "implementation by a fully legitimate government",
                       sim::source("Peace Accords Matrix: most provisions within ten years", sim::Grade::C)),
        sim::parameter("push", &PeaceProcess::push, "week^-1", sim::between(0.0, 1.0),
                       "implementation by full dialogue coverage of the mission", sim::source("as for ownership", sim::Grade::C)),
        sim::parameter("fade", &PeaceProcess::fade, "week^-1", sim::between(0.0, 1.0),
                       "decay of implementation without the mission",
                       sim::source("mission effects fade with a half-life of about 2.5 years (EVIDENCE 1.9)", sim::Grade::C)),
        sim::parameter("break_rate", &PeaceProcess::break_rate, "week^-1", sim::between(0.0, 1.0),
                       "loss of implementation when all groups fight", sim::source("assumed", sim::Grade::D)),
        sim::parameter("commitment_rate", &PeaceProcess::commitment_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which commitment follows implementation", sim::source("assumed: two years", sim::Grade::D)));

    void step(sim::View<PeaceProcess> state, const sim::Step& now) const;
};

}  // namespace drawdown
