#pragma once

#include <array>

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Who works on what: the staff-weeks of each component in each region, shared over the activities that it can do.
///
///     share of activity a = u_a w_a / (o + sum_b u_b w_b)
/// with the usual shares u below, the priorities w of the plan (all 1 while it sets none), and other duties o
/// (leave, reports, own camp), which have no priority. Staff time is finite: what one activity gains the others lose
/// (MODEL.md, Mission: a finite staff-week budget over tasks). Protection sites tie down troops, who then escort and guard
/// instead of patrolling (CML 6.5). Observers are eyes, not hands: they enter what the mission sees (see Integration).
///
/// Joint work in a region = integration x (1 - exp(-ln3 U / joint_uniformed)) (1 - exp(-ln3 C / joint_civilians)): it takes a
/// shared plan, and uniformed U and civilians C in the same place (CML 2).
struct Staffing {
    double other_duties = 0.05;
    double military_training = 0.01;
    double military_escort = 0.06;
    double formed_police_on_patrol = 0.5;
    double police_mentoring = 0.6;
    double political_dialogue = 0.40;
    double political_quick_impact = 0.15;
    double political_civil_society = 0.15;
    double rule_of_law_reform = 0.25;
    double gender_civil_society = 0.30;
    double support_escort = 0.05;
    double support_quick_impact = 0.05;
    double site_guard = 20.0;
    double joint_uniformed = 50.0;
    double joint_civilians = 10.0;

    static constexpr std::string_view name = "staffing";
    static constexpr auto reads = sim::columns(region_component::strength, activity::weight, region::sites, country::integration);
    static constexpr auto writes = sim::columns(region_activity::staff, region::joint);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("other_duties", &Staffing::other_duties, "1", sim::between(0.01, 0.9),
                       "share of staff time on leave, reports and the own camp", sim::source("assumed", sim::Grade::D),
                       sim::lowers("staff")),
        sim::parameter("military_training", &Staffing::military_training, "1", sim::between(0.0, 0.3),
                       "usual share of the military's time in training the army", sim::source("assumed", sim::Grade::D),
                       sim::raises("staff/security_reform")),
        sim::parameter("military_escort", &Staffing::military_escort, "1", sim::between(0.0, 0.5),
                       "usual share of the military's time in escorts; the rest patrols", sim::source("assumed", sim::Grade::D),
                       sim::raises("staff/escort")),
        sim::parameter("formed_police_on_patrol", &Staffing::formed_police_on_patrol, "1", sim::between(0.0, 1.0),
                       "usual share of formed police who patrol; the rest police crowds", sim::source("assumed", sim::Grade::D),
                       sim::lowers("staff/policing")),
        sim::parameter("police_mentoring", &Staffing::police_mentoring, "1", sim::between(0.0, 1.0),
                       "usual share of individual police who mentor; the rest police", sim::source("assumed", sim::Grade::D),
                       sim::raises("staff/mentoring")),
        sim::parameter("political_dialogue", &Staffing::political_dialogue, "1", sim::between(0.0, 0.5),
                       "usual share of political and civil affairs in local dialogue; what the shares leave is good offices",
                       sim::source("assumed: community liaison is the larger part", sim::Grade::D),
                       sim::raises("staff/dialogue")),
        sim::parameter("political_quick_impact", &Staffing::political_quick_impact, "1", sim::between(0.0, 0.2),
                       "usual share of political and civil affairs in quick-impact projects",
                       sim::source("assumed", sim::Grade::D), sim::raises("staff/quick_impact")),
        sim::parameter("political_civil_society", &Staffing::political_civil_society, "1", sim::between(0.0, 0.2),
                       "usual share of political and civil affairs with civil society", sim::source("assumed", sim::Grade::D),
                       sim::raises("staff/civil_society")),
        sim::parameter("rule_of_law_reform", &Staffing::rule_of_law_reform, "1", sim::between(0.0, 1.0),
                       "usual share of the rule-of-law section in security reform; the rest mentors",
                       sim::source("assumed", sim::Grade::D), sim::raises("staff/security_reform")),
        sim::parameter("gender_civil_society", &Staffing::gender_civil_society, "1", sim::between(0.0, 1.0),
                       "usual share of gender and youth advisers with civil society; the rest opens doors to participation",
                       sim::source("assumed", sim::Grade::D), sim::lowers("staff/participation")),
        sim::parameter("support_escort", &Staffing::support_escort, "1", sim::between(0.0, 0.4),
                       "share of support staff with convoys", sim::source("assumed", sim::Grade::D), sim::raises("staff/escort")),
        sim::parameter("support_quick_impact", &Staffing::support_quick_impact, "1", sim::between(0.0, 0.4),
                       "share of support staff on quick-impact projects: engineers, procurement",
                       sim::source("assumed", sim::Grade::D), sim::raises("staff/quick_impact")),
        sim::parameter("site_guard", &Staffing::site_guard, "1", sim::between(0.0, 200.0),
                       "troops that 1,000 persons in protection sites tie down",
                       sim::source("CML 6.5: sites tie down forces; size judged", sim::Grade::D), sim::lowers("staff/patrol")),
        sim::parameter("joint_uniformed", &Staffing::joint_uniformed, "persons", sim::above(0.0),
                       "uniformed in a region with whom two thirds of joint work is possible",
                       sim::source("assumed: a company's post", sim::Grade::D), sim::lowers("joint")),
        sim::parameter("joint_civilians", &Staffing::joint_civilians, "persons", sim::above(0.0),
                       "civilian staff in a region with whom two thirds of joint work is possible",
                       sim::source("assumed: a field office", sim::Grade::D), sim::lowers("joint")));

    /// Usual share of a component's time in each activity.
    [[nodiscard]] std::array<double, activity_count> usual_shares(Component component) const;

    void step(sim::View<Staffing> state, const sim::Step& now) const;
};

}  // namespace drawdown
