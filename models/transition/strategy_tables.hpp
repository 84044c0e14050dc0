#pragma once
// Tables of a strategy file beside its phases: what is announced, who takes over, what brings the mission back, what cuts it.

#include <array>
#include <cstdint>
#include <string>

#include "models/transition/columns/kinds.hpp"
#include "sim/date.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// How an end of the mission is announced.
enum class Certainty : std::uint8_t { firm, conditional, ambiguous };

/// Who takes on a task of the mission.
enum class Successor : std::uint8_t { nobody, ministry, country_team, regional_force };

/// Who pays a successor.
enum class Funding : std::uint8_t { none, host, programme, voluntary };

/// Which of the regions that are still held a phase takes first.
enum class RegionOrder : std::uint8_t { listed, safest, hardest };

/// Table [announcement.NAME] of a strategy: from `made` on, the parties expect the mission to end on `expected_end`.
struct Announcement {
    std::string name;
    sim::Date made;
    sim::Date expected_end;
    Certainty certainty = Certainty::firm;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("made", &Announcement::made, "day on which it is made")),
        sim::required(sim::parameter("expected_end", &Announcement::expected_end, "end of the mission that it announces")),
        sim::choice("certainty", &Announcement::certainty, {"firm", "conditional", "ambiguous"},
                    "a firm date, one that depends on conditions, or one that may be read in several ways"));
};

/// Table [reentry]: the mission comes back, once, when a benchmark is lost soon after the exit.
struct Reentry {
    std::string benchmark;
    double below = 0.3;
    double held_weeks = 8.0;
    double strength = 0.3;
    double stay_weeks = 104.0;
    double within_weeks = 260.0;
    double consent = 0.4;

    std::size_t benchmark_row = 0;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("benchmark", &Reentry::benchmark, "benchmark that brings the mission back")),
        sim::parameter("below", &Reentry::below, "1", sim::between(0.0, 1.0), "observed value under which it does",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("held", &Reentry::held_weeks, "weeks", sim::between(0.0, 520.0), "time for which it must be under it",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("strength", &Reentry::strength, "1", sim::between(0.0, 2.0),
                       "share of the strength at departure that comes back", sim::source("strategy", sim::Grade::D)),
        sim::parameter("stay", &Reentry::stay_weeks, "weeks", sim::between(0.0, 1040.0), "time for which it stays",
                       sim::source("strategy", sim::Grade::D)),
        sim::parameter("within", &Reentry::within_weeks, "weeks", sim::between(0.0, 2080.0),
                       "time after the exit in which it may come back", sim::source("strategy", sim::Grade::D)),
        sim::parameter("consent", &Reentry::consent, "1", sim::between(0.0, 1.0),
                       "consent of the host government without which it does not", sim::source("strategy", sim::Grade::D)));
};

/// Table [ceiling.NAME]: from a day on, member states pay no more than this.
struct Ceiling {
    std::string name;
    sim::Date from;
    double budget_musd = 0.0;

    static constexpr auto parameters =
        sim::parameters(sim::required(sim::parameter("from", &Ceiling::from, "day from which it holds, until another one does")),
                        sim::required(sim::parameter("budget", &Ceiling::budget_musd, "million USD year^-1", sim::above(0.0),
                                                     "greatest assessed cost; strengths are cut in proportion to stay below it",
                                                     sim::source("strategy", sim::Grade::D))));
};

/// Table [host_request]: on a day the government asks the mission to leave, whatever the modelled consent says.
struct HostRequest {
    sim::Date date;
    double notice_weeks = 26.0;
    double forced = 0.0;

    static constexpr auto parameters = sim::parameters(
        sim::required(sim::parameter("date", &HostRequest::date, "day on which the government asks")),
        sim::parameter("notice", &HostRequest::notice_weeks, "weeks", sim::between(0.0, 520.0),
                       "time in which the mission has to be gone",
                       sim::source("Mali 2023: asked on 16 June, closed on 31 December", sim::Grade::B)),
        sim::parameter("forced", &HostRequest::forced, "1", sim::between(0.0, 1.0),
                       "disorder of the departure: share of the notice, of equipment and of handovers that is lost",
                       sim::source("strategy", sim::Grade::D)));
};

/// Weight of a task among the priorities.
template <class Owner>
[[nodiscard]] constexpr auto task_weight(std::string_view task, double Owner::*member) {
    return sim::parameter(task, member, "1", sim::between(0.0, 5.0), "staff time for the task over its usual share",
                          sim::source("strategy", sim::Grade::D));
}

/// Table [priority.NAME]: how the leadership weighs the tasks from a day on, in the finite time of the staff.
struct Priority {
    std::string name;
    sim::Date from;
    double patrol = 1.0;
    double policing = 1.0;
    double mentoring = 1.0;
    double security_reform = 1.0;
    double good_offices = 1.0;
    double dialogue = 1.0;
    double human_rights = 1.0;
    double ddr = 1.0;
    double quick_impact = 1.0;
    double participation = 1.0;
    double civil_society = 1.0;
    double information = 1.0;
    double mine_action = 1.0;
    double escort = 1.0;

    /// Weights in the order of Activity.
    [[nodiscard]] std::array<double, activity_count> weights() const {
        return {patrol, policing,     mentoring,     security_reform, good_offices, dialogue,    human_rights,
                ddr,    quick_impact, participation, civil_society,   information,  mine_action, escort};
    }

    static constexpr auto parameters = std::tuple_cat(
        sim::parameters(
            sim::required(sim::parameter("from", &Priority::from, "day from which these weights hold, until other ones do"))),
        sim::parameters(
            task_weight("patrol", &Priority::patrol), task_weight("policing", &Priority::policing),
            task_weight("mentoring", &Priority::mentoring), task_weight("security_reform", &Priority::security_reform),
            task_weight("good_offices", &Priority::good_offices), task_weight("dialogue", &Priority::dialogue),
            task_weight("human_rights", &Priority::human_rights), task_weight("ddr", &Priority::ddr),
            task_weight("quick_impact", &Priority::quick_impact), task_weight("participation", &Priority::participation),
            task_weight("civil_society", &Priority::civil_society), task_weight("information", &Priority::information),
            task_weight("mine_action", &Priority::mine_action), task_weight("escort", &Priority::escort)));
};

/// Table [handover.TASK]: who takes on a task of the mission, when, and with whose money.
struct HandoverPlan {
    bool given = false;  ///< false: there is no such table, and nobody takes on the task
    Successor successor = Successor::nobody;
    double overlap_weeks = 26.0;
    double ready_at = 0.3;
    Funding funding = Funding::none;
    sim::Date start;
    double reach = 0.5;
    bool has_start = false;

    static constexpr auto parameters = sim::parameters(
        sim::choice("successor", &HandoverPlan::successor, {"nobody", "ministry", "country_team", "regional_force"},
                    "who takes on the task"),
        sim::parameter("overlap", &HandoverPlan::overlap_weeks, "weeks", sim::between(0.0, 1040.0),
                       "time for which mission and successor are to work side by side", sim::source("strategy", sim::Grade::D)),
        sim::parameter("ready_at", &HandoverPlan::ready_at, "1", sim::between(0.0, 1.0),
                       "readiness that the successor must show to be left alone with the task",
                       sim::source("strategy", sim::Grade::D)),
        sim::choice("funding", &HandoverPlan::funding, {"none", "host", "programme", "voluntary"}, "who pays the successor"),
        sim::parameter("start", &HandoverPlan::start, "first day of the overlap; unset: when the mission begins to do less"),
        sim::parameter("reach", &HandoverPlan::reach, "1", sim::between(0.0, 1.0),
                       "share of the mission's usual coverage that an able and funded successor gives",
                       sim::source("strategy", sim::Grade::D)));
};

/// Table [follow_on]: what the international community leaves behind. Each part with its size and its years.
struct FollowOnPlan {
    sim::Date announced;
    double economic_musd = 0.0;
    double economic_years = 5.0;
    double political = 0.0;
    double political_years = 3.0;
    double force = 0.0;
    double response_weeks = 4.0;
    double credibility = 0.5;
    double guarantee_years = 3.0;

    static constexpr auto parameters =
        sim::parameters(sim::parameter("announced", &FollowOnPlan::announced,
                                       "day from which the parties count on it; default: the day on which the strategy departs"),
                        sim::parameter("economic", &FollowOnPlan::economic_musd, "million USD year^-1", sim::between(0.0, 1e5),
                                       "money for successors and the host budget", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("economic_years", &FollowOnPlan::economic_years, "years", sim::between(0.0, 50.0),
                                       "for how long", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("political", &FollowOnPlan::political, "1", sim::between(0.0, 1.0),
                                       "political oversight, by the Peacebuilding Commission or a special political mission",
                                       sim::source("strategy", sim::Grade::D)),
                        sim::parameter("political_years", &FollowOnPlan::political_years, "years", sim::between(0.0, 50.0),
                                       "for how long", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("force", &FollowOnPlan::force, "persons", sim::between(0.0, 1e6),
                                       "over-the-horizon force that guarantees security", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("response", &FollowOnPlan::response_weeks, "weeks", sim::between(0.0, 104.0),
                                       "time that the force takes to be there", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("credibility", &FollowOnPlan::credibility, "1", sim::between(0.0, 1.0),
                                       "how far the parties believe that it would come", sim::source("strategy", sim::Grade::D)),
                        sim::parameter("guarantee_years", &FollowOnPlan::guarantee_years, "years", sim::between(0.0, 50.0),
                                       "for how long", sim::source("strategy", sim::Grade::D)));
};

}  // namespace drawdown
