#include "models/transition/event_kinds.hpp"

namespace drawdown {

const std::vector<std::string>& event_kind_names() {
    static const std::vector<std::string> names = {"phase_begins",
                                                   "plan_pauses",
                                                   "plan_resumes",
                                                   "mission_closes",
                                                   "asked_to_leave",
                                                   "vote",
                                                   "posture_harass",
                                                   "posture_fight",
                                                   "posture_comply",
                                                   "armed_conflict",
                                                   "war",
                                                   "battle",
                                                   "massacre",
                                                   "riot"};
    return names;
}

}  // namespace drawdown
