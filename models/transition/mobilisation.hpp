#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Persons join armed groups.
///
/// A person of fighting age at home joins at the hazard
///     h = rate R s y (w + (1 - w) coercion e),   w = L((score - threshold) / width),   L(x) = 1 / (1 + exp(-x)),
///     score = g G + f F + q peers + m pay (1 - l) + x extremism - a fear - t trust,
/// where R is the recruiting pressure of the groups in the region; s is 1 for men, for women a share that is larger among the
/// coerced than among the willing; y falls from 1 up to 29 years to `older_share` at the oldest age; e is the share of people in
/// the region from whom those groups extort; F is 1 for a former fighter and `reintegrated_share` for one in a programme or
/// reintegrated; l is livelihood, and 1 - (1 - livelihood)(1 - youth_jobs) up to 29 years. Displaced persons join likewise, by
/// the sway that fighters have over camps where they are. Their old group calls former fighters back at the added hazard
///     recall R_g F (1 - l),    R_g the pressure of that group alone,
/// so that what was demobilised stays a network that can be called up, the sooner the fewer have work. Grievance against risk is
/// Epstein's (2002, Model I) with a smooth threshold, anger against fear is Bennett's (2008), peers, pay and coercion follow
/// Humphreys and Weinstein (2008). The group is drawn in proportion to the pressure of each.
struct Mobilisation {
    double rate = 0.008;
    double grievance_weight = 1.0;
    double former_weight = 0.15;
    double reintegrated_share = 0.2;
    double former_peers = 0.2;
    double peers_weight = 0.8;
    double pay_weight = 0.30;
    double extremism_weight = 0.20;
    double fear_weight = 0.25;
    double trust_weight = 0.40;
    double recall = 0.02;
    double coercion = 0.10;
    double threshold = 0.80;
    double width = 0.10;
    double willing_women = 0.10;
    double coerced_women = 0.30;
    double older_share = 0.4;
    std::int64_t youngest = 15;
    std::int64_t oldest = 45;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "mobilisation";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::fighters, community::former, community::residents);
    static constexpr auto looks = sim::columns(region_group::recruiting, region_group::extortion, group::pay, region::youth_jobs,
                                               region::extremism, region::camp_militarised);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::recruits, region_cohort::recruits);
    static constexpr auto streams = sim::streams({"mobilisation"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Mobilisation::rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard of joining under full pressure, far above the threshold",
                       sim::source("assumed: half of the willing join within two years of full pressure", sim::Grade::D),
                       sim::raises("recruits"), sim::uncertain_factor(0.5)),
        sim::parameter("grievance_weight", &Mobilisation::grievance_weight, "1", sim::between(0.0, 5.0), "weight of grievance",
                       sim::source("Epstein 2002; scale of the score", sim::Grade::C), sim::raises("recruits")),
        sim::parameter("former_weight", &Mobilisation::former_weight, "1", sim::between(0.0, 5.0),
                       "added score of a former fighter", sim::source("Humphreys and Weinstein 2007; size judged", sim::Grade::C),
                       sim::raises("recruits")),
        sim::parameter(
            "reintegrated_share", &Mobilisation::reintegrated_share, "1", sim::between(0.0, 1.0),
            "share of that which is left in a reintegration programme and after it",
            sim::source("Blattman and Annan 2016: expected pay lowers interest in a nearby war; size judged", sim::Grade::C),
            sim::raises("recruits")),
        sim::parameter("former_peers", &Mobilisation::former_peers, "1", sim::between(0.0, 1.0),
                       "how much a former fighter counts as a peer", sim::source("assumed", sim::Grade::D),
                       sim::raises("recruits")),
        sim::parameter("peers_weight", &Mobilisation::peers_weight, "1", sim::between(0.0, 5.0),
                       "weight of the share of the community who fight",
                       sim::source("Humphreys and Weinstein 2008: ties to members; size judged", sim::Grade::C),
                       sim::raises("recruits")),
        sim::parameter("pay_weight", &Mobilisation::pay_weight, "1", sim::between(0.0, 5.0),
                       "weight of the group's pay for one without a livelihood",
                       sim::source("Blattman and Annan 2016: jobs keep high-risk men away; size judged", sim::Grade::C),
                       sim::raises("recruits")),
        sim::parameter("extremism_weight", &Mobilisation::extremism_weight, "1", sim::between(0.0, 5.0),
                       "weight of violent extremism in the region", sim::source("assumed", sim::Grade::D),
                       sim::raises("recruits")),
        sim::parameter("fear_weight", &Mobilisation::fear_weight, "1", sim::between(0.0, 5.0), "weight of fear",
                       sim::source("Bennett 2008; size judged", sim::Grade::C), sim::lowers("recruits")),
        sim::parameter("trust_weight", &Mobilisation::trust_weight, "1", sim::between(0.0, 5.0),
                       "weight of trust in the government", sim::source("Epstein 2002: legitimacy; size judged", sim::Grade::C),
                       sim::lowers("recruits")),
        sim::parameter("recall", &Mobilisation::recall, "week^-1", sim::between(0.0, 1.0),
                       "hazard that a former fighter without work goes back to the old group, at its full pressure",
                       sim::source("Humphreys and Weinstein 2007, networks stay; size judged: a year", sim::Grade::D),
                       sim::raises("recruits"), sim::uncertain_factor(0.7)),
        sim::parameter("coercion", &Mobilisation::coercion, "1", sim::between(0.0, 1.0),
                       "hazard of the unwilling where groups extort from everybody, relative to the willing",
                       sim::source("Humphreys and Weinstein 2008: many were abducted; size judged", sim::Grade::C),
                       sim::raises("recruits")),
        sim::parameter("threshold", &Mobilisation::threshold, "1", sim::between(-2.0, 5.0),
                       "score at which half of the greatest hazard is reached",
                       sim::source("assumed; sets how rare joining is", sim::Grade::D), sim::lowers("recruits"),
                       sim::uncertain_by(0.08)),
        sim::parameter("width", &Mobilisation::width, "1", sim::between(0.01, 2.0), "width of the threshold",
                       sim::source("assumed", sim::Grade::D), sim::moves("recruits")),
        sim::parameter(
            "women_share", &Mobilisation::willing_women, "1", sim::between(0.0, 1.0), "hazard of willing women relative to men",
            sim::source("demobilised in Liberia 2003-04: about one in five were women, fewer in combat", sim::Grade::C),
            sim::raises("recruits")),
        sim::parameter("women_coerced_share", &Mobilisation::coerced_women, "1", sim::between(0.0, 1.0),
                       "hazard of unwilling women relative to men", sim::source("assumed: abduction spares few", sim::Grade::D),
                       sim::raises("recruits")),
        sim::parameter("older_share", &Mobilisation::older_share, "1", sim::between(0.0, 1.0),
                       "hazard at the oldest age relative to those of up to 29 years",
                       sim::source("fighters are young; size judged", sim::Grade::D), sim::raises("recruits")),
        sim::parameter("youngest", &Mobilisation::youngest, "years", sim::between(8.0, 30.0),
                       "youngest age at which persons join",
                       sim::source("convention: 15, the age of the Rome Statute", sim::Grade::C), sim::lowers("recruits")),
        sim::parameter("oldest", &Mobilisation::oldest, "years", sim::between(20.0, 80.0), "oldest age at which persons join",
                       sim::source("convention", sim::Grade::C), sim::raises("recruits")));

    /// What groups and economy hold out to the people of one community.
    struct Offer {
        double pay = 0.0;    ///< mean share of pay due that is paid
        double peers = 0.0;  ///< share of the community who fight, former fighters counted in part
        double youth_jobs = 0.0;
        double extremism = 0.0;
    };
    /// Who decides.
    struct Person {
        double grievance, fear, trust, livelihood;
        std::uint8_t status, age;
    };

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    /// How much of a former fighter a person still is: 1, less in a programme and after it, 0 for others.
    [[nodiscard]] double still_former(std::uint8_t status) const {
        if (is(status, Status::former_fighter)) return 1.0;
        return is(status, Status::programme) || is(status, Status::reintegrated) ? reintegrated_share : 0.0;
    }
    /// Want of a livelihood, 0 to 1.
    [[nodiscard]] static double idle(const Person& who, double youth_jobs) {
        return (1.0 - who.livelihood) * (who.age < 30 ? 1.0 - youth_jobs : 1.0);
    }
    /// Score of one person before the threshold.
    [[nodiscard]] double score(const Person& who, const Offer& offer) const {
        return grievance_weight * who.grievance + former_weight * still_former(who.status) + peers_weight * offer.peers +
               pay_weight * offer.pay * idle(who, offer.youth_jobs) + extremism_weight * offer.extremism -
               fear_weight * who.fear - trust_weight * who.trust;
    }
    /// Hazard by age relative to the young; 0 for those whom no group takes.
    [[nodiscard]] double at_age(std::uint8_t age_years) const {
        if (age_years < youngest || age_years > oldest) return 0.0;
        constexpr double last_young = 29.0;
        if (age_years <= last_young) return 1.0;
        return 1.0 - (1.0 - older_share) * (age_years - last_young) / (static_cast<double>(oldest) - last_young);
    }
    void step(sim::Rows<Mobilisation> persons, const sim::Step& now) const;
};

/// Fighters leave their group, at the hazard
///     h = w (base (1 - cohesion) + unpaid (1 - pay) + fear_effect fear (1 - c)) + demobilising commitment D,
/// where w is 1 in a group that is out and `waiting` in a signatory that complies: who waits at home for a programme stays a
/// member; c is what the group holds of the region where the fighter is, and the last term is that of groups that comply, D
/// disarmament as carried out. So success, pay and safety keep fighters, and armed signatories stay until the agreement brings
/// them something. They become former fighters at home. Source: MODEL of RebelGroup (unpaid fighters leave), Humphreys and
/// Weinstein 2008.
struct Desertion {
    double base = 0.008;
    double unpaid = 0.03;
    double waiting = 0.1;
    double fear_effect = 0.01;
    double demobilising = 0.003;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "desertion";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::fighters, community::region);
    static constexpr auto looks = sim::columns(group::pay, group::posture, group::commitment, group::signatory, group::cohesion,
                                               region_group::control, provision::implementation);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::deserters);
    static constexpr auto streams = sim::streams({"desertion"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("base", &Desertion::base, "week^-1", sim::between(0.0, 1.0),
                       "hazard of leaving a group without cohesion that pays in full",
                       sim::source("assumed: about one in ten a year at a usual cohesion", sim::Grade::D),
                       sim::raises("deserters")),
        sim::parameter("unpaid", &Desertion::unpaid, "week^-1", sim::between(0.0, 1.0), "added hazard when no pay comes",
                       sim::source("RebelGroup model: unpaid fighters leave; speed judged", sim::Grade::C),
                       sim::raises("deserters")),
        sim::parameter("waiting", &Desertion::waiting, "1", sim::between(0.0, 1.0),
                       "share of these hazards in a signatory that complies",
                       sim::source("assumed: its fighters live at home", sim::Grade::D), sim::raises("deserters")),
        sim::parameter("fear_effect", &Desertion::fear_effect, "week^-1", sim::between(0.0, 1.0),
                       "added hazard at full fear where the group holds nothing", sim::source("assumed", sim::Grade::D),
                       sim::raises("deserters")),
        sim::parameter("demobilising", &Desertion::demobilising, "week^-1", sim::between(0.0, 1.0),
                       "added hazard in a group that complies and is fully committed, once disarmament is carried out",
                       sim::source("assumed: half go home within four years", sim::Grade::D), sim::raises("deserters")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Desertion> persons, const sim::Step& now) const;
};

/// The government fills the ranks of its army and police: men and women of 18 to 35 at home enlist at the hazard
///     h = 3 rate max(0, wanted x budget adequacy - there) / adults,
/// since about a third of adults are of that age.
/// Forces stay near their size as long as the budget lasts. Source: accounting; Liberia's police hardly grew from 2015 to 2025.
struct Enlistment {
    double rate = 0.05;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "enlistment";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region);
    static constexpr auto looks = sim::columns(region::forces_wanted, region::security, region::adults, country::budget_adequacy);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::enlisted);
    static constexpr auto streams = sim::streams({"enlistment"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Enlistment::rate, "week^-1", sim::between(0.0, 1.0), "rate at which open posts are filled",
                       sim::source("assumed: five months to train", sim::Grade::D), sim::raises("enlisted")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Enlistment> persons, const sim::Step& now) const;
};

}  // namespace drawdown
