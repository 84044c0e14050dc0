#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Human-rights due diligence on support to host forces (CML 1.1.2).
///
/// The record follows abuse where monitors are, its mean with their coverage of human rights x people as weights: upwards at the
/// speed `hearing` times their mean coverage, so that few of them hear late and not less; slowly downwards, and to nothing where
/// nobody monitors. From `suspend_at` support is suspended, but for the part that goes on under mitigating measures; it is
/// resumed when the record has fallen to `resume_share` of that. Less support means less mentoring of army and police now, and
/// fewer abuses later. Without monitors nothing is seen, and support goes on; without a mission the number says what it would let
/// through.
struct DueDiligence {
    double hearing = 1.0;
    double forgetting = 0.02;
    double suspend_at = 0.15;
    double resume_share = 0.7;
    double mitigation = 0.4;

    static constexpr std::string_view name = "due_diligence";
    static constexpr auto reads =
        sim::columns(region_activity::coverage, region::abuse, region::population, country::mission_open);
    static constexpr auto writes = sim::columns(country::abuse_record, country::support_to_forces);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("hearing", &DueDiligence::hearing, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the record follows more abuses at full coverage by monitors",
                       sim::source("assumed: weekly reports", sim::Grade::D), sim::raises("abuse_record")),
        sim::parameter("forgetting", &DueDiligence::forgetting, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the record follows fewer abuses, or fades unheard",
                       sim::source("assumed: a year", sim::Grade::D), sim::lowers("abuse_record")),
        sim::parameter(
            "suspend_at", &DueDiligence::suspend_at, "1", sim::between(0.0, 1.0),
            "record from which support is suspended; 1: never",
            sim::source("policy; level between the records of Liberia (0.12) and of Mali (0.18) in the model", sim::Grade::D),
            sim::raises("support_to_forces")),
        sim::parameter("resume_share", &DueDiligence::resume_share, "1", sim::between(0.0, 1.0),
                       "part of that record at which support is resumed", sim::source("policy; level assumed", sim::Grade::D),
                       sim::raises("support_to_forces")),
        sim::parameter("mitigation", &DueDiligence::mitigation, "1", sim::between(0.0, 1.0),
                       "part of suspended support that goes on under mitigating measures: screening, training, accompaniment",
                       sim::source("due-diligence policy; size assumed", sim::Grade::D), sim::raises("support_to_forces")));

    void step(sim::View<DueDiligence> state, const sim::Step& now) const;
};

}  // namespace drawdown
