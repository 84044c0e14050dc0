#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace drawdown {

/// Kinds of events in the log of a run; the number is what the result file stores.
enum class EventKind : std::int16_t {
    phase_begins,
    plan_pauses,
    plan_resumes,
    mission_closes,
    asked_to_leave,
    vote,
    posture_harass,
    posture_fight,
    posture_comply,
    armed_conflict,
    war,
    battle,
    massacre,
    riot
};

/// Names by number, as the result file lists them.
[[nodiscard]] const std::vector<std::string>& event_kind_names();

}  // namespace drawdown
