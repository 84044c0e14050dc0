#pragma once

#include <array>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/ledger.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Implementation of the peace agreement, provision by provision: what the parties own goes on, what only the mission pushes
/// decays when it leaves.
///
///     I' = (ownership L K + push s) b (1 - D)(1 - I) - fade (1 - s)(I - O) - break_rate f I
///     O' = owning (L I - O)
/// I: share of the provision that is carried out; O: part of it that the parties carry by themselves, O <= I; L: legitimacy; K:
/// mean capacity of the function of the state that carries the provision; s: political support of mission or follow-on
/// (country.process_support); b = 1 + women_bonus W + youth_bonus Y + minority_bonus M with the shares of women, youth and
/// identity groups in the process; D: disputes over the provision; f: share of parties that fight. National implementation is the
/// mean over provisions. A provision of which `finished` is carried out is done with: it neither fades nor gives rise to
/// disputes.
///
/// A dispute arises from what is unsettled, vague and unverified, and from parties in breach: it opens with hazard
///     dispute_rate (1 - clarity specificity)(1 - R / finished)(1 - checked V)(1 + by_violations v / (1 + v)),
/// R the implementation that verification reports, which is what the parties go by (a report that errs is a breach that was
/// none), v the recent breaches by each party that were seen, V verification; it takes dispute_size of what is undisputed. Then
///     D' = fester D (1 - D)(1 - m) - settle m D,   m = 1 - (1 - by_verification V)(1 - by_support s)(1 - by_dialogue d)
/// with V verification and d local dialogue. What verification reports follows I with an error that shrinks, and a speed that
/// grows, with V.
///
/// Sources: Joshi, Quinn and Regan 2015 (implementation as a share, by provision); Krause, Krause and Braenfors 2018 (agreements
/// with women signatories have higher implementation); national ownership: Considerations for Mission Leadership 3.2.
struct PeaceProcess {
    double ownership = 0.006;
    double push = 0.002;
    double women_bonus = 1.0;
    double youth_bonus = 0.3;
    double minority_bonus = 0.3;
    double fade = 0.0012;
    double owning = 0.004;
    double break_rate = 0.01;
    double finished = 0.95;
    double dispute_rate = 0.008;
    double clarity = 0.6;
    double checked = 0.5;
    double by_violations = 6.0;
    double dispute_size = 0.35;
    double fester = 0.005;
    double settle = 0.04;
    double by_verification = 0.4;
    double by_support = 0.5;
    double by_dialogue = 0.3;
    double report_rate = 0.2;
    double report_error_sd = 0.1;
    std::vector<std::uint8_t> signed_at_start;

    static constexpr std::string_view name = "peace_process";
    static constexpr auto reads =
        sim::columns(country::legitimacy, region_function::capacity, region::adults, country::process_support,
                     country::verification, country::women_in_process, country::youth_in_process, identity::participation,
                     group::posture, group::alive, group::signatory, group::parent, group::recent_violations, community::dialogue,
                     community::residents, provision::specificity);
    static constexpr auto writes = sim::columns(provision::implementation, provision::owned, provision::disputes,
                                                provision::verified, country::implementation, country::disputes, ledger::amount);
    static constexpr auto streams = sim::streams({"disputes", "verification"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("ownership", &PeaceProcess::ownership, "week^-1", sim::between(0.0, 1.0),
                       "implementation by a fully legitimate and able government",
                       sim::source("Peace Accords Matrix: most provisions within ten years", sim::Grade::C),
                       sim::raises("implementation")),
        sim::parameter("push", &PeaceProcess::push, "week^-1", sim::between(0.0, 1.0),
                       "implementation by political support that reaches all", sim::source("as for ownership", sim::Grade::C),
                       sim::raises("implementation")),
        sim::parameter("women_bonus", &PeaceProcess::women_bonus, "1", sim::between(0.0, 10.0),
                       "rise of the rate of implementation where all in the process are women",
                       sim::source("Krause et al. 2018: sign; size judged", sim::Grade::C), sim::raises("implementation")),
        sim::parameter("youth_bonus", &PeaceProcess::youth_bonus, "1", sim::between(0.0, 10.0),
                       "rise of the rate of implementation where all in the process are young",
                       sim::source("Considerations for Mission Leadership 6.3; size judged", sim::Grade::D),
                       sim::raises("implementation")),
        sim::parameter("minority_bonus", &PeaceProcess::minority_bonus, "1", sim::between(0.0, 10.0),
                       "rise of the rate of implementation where all identity groups take full part",
                       sim::source("Considerations for Mission Leadership 3.2; size judged", sim::Grade::D),
                       sim::raises("implementation")),
        sim::parameter("fade", &PeaceProcess::fade, "week^-1", sim::between(0.0, 1.0),
                       "decay of what the parties do not own, without the mission",
                       sim::source("mission effects fade after the exit (EVIDENCE 31); size judged", sim::Grade::C),
                       sim::lowers("implementation")),
        sim::parameter("owning", &PeaceProcess::owning, "week^-1", sim::between(0.0, 1.0),
                       "speed at which what is done comes to be owned, as far as the government is legitimate",
                       sim::source("assumed: five years", sim::Grade::D), sim::moves("provision_owned")),
        sim::parameter("break_rate", &PeaceProcess::break_rate, "week^-1", sim::between(0.0, 1.0),
                       "loss of implementation when all parties fight", sim::source("assumed", sim::Grade::D),
                       sim::lowers("implementation")),
        sim::parameter("dispute_rate", &PeaceProcess::dispute_rate, "week^-1", sim::between(0.0, 1.0),
                       "rate at which disputes open over an ambiguous provision that is not begun, among parties that keep the "
                       "ceasefire and with nobody to verify",
                       sim::source("assumed: one in two to three years", sim::Grade::D), sim::raises("disputes")),
        sim::parameter("finished", &PeaceProcess::finished, "1", sim::between(0.01, 1.0),
                       "share carried out from which a provision is done with", sim::source("assumed", sim::Grade::D),
                       sim::moves("disputes")),
        sim::parameter("checked", &PeaceProcess::checked, "1", sim::between(0.0, 1.0),
                       "share of disputes that verification of all prevents",
                       sim::source("Fortna 2004, Walter 1997: monitoring keeps parties from mistaking each other; size judged",
                                   sim::Grade::C),
                       sim::lowers("disputes")),
        sim::parameter("clarity", &PeaceProcess::clarity, "1", sim::between(0.0, 1.0),
                       "share of disputes that a fully specific text prevents",
                       sim::source("Considerations for Mission Leadership 3.2; size judged", sim::Grade::D),
                       sim::lowers("disputes")),
        sim::parameter("by_violations", &PeaceProcess::by_violations, "1", sim::between(0.0, 100.0),
                       "rise of the rate of disputes by many breaches of the ceasefire that were seen",
                       sim::source("assumed", sim::Grade::D), sim::raises("disputes")),
        sim::parameter("dispute_size", &PeaceProcess::dispute_size, "1", sim::between(0.0, 1.0),
                       "share of what is undisputed that a new dispute takes", sim::source("assumed", sim::Grade::D),
                       sim::raises("disputes")),
        sim::parameter("fester", &PeaceProcess::fester, "week^-1", sim::between(0.0, 1.0),
                       "growth of disputes that nobody settles", sim::source("assumed: four years", sim::Grade::D),
                       sim::raises("disputes")),
        sim::parameter("settle", &PeaceProcess::settle, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full mechanisms settle disputes", sim::source("assumed: half a year", sim::Grade::D),
                       sim::lowers("disputes")),
        sim::parameter("by_verification", &PeaceProcess::by_verification, "1", sim::between(0.0, 1.0),
                       "share of disputes that verification of all can settle", sim::source("assumed", sim::Grade::D),
                       sim::lowers("disputes")),
        sim::parameter("by_support", &PeaceProcess::by_support, "1", sim::between(0.0, 1.0),
                       "share of the rest that full political support can settle", sim::source("assumed", sim::Grade::D),
                       sim::lowers("disputes")),
        sim::parameter("by_dialogue", &PeaceProcess::by_dialogue, "1", sim::between(0.0, 1.0),
                       "share of the rest that local dialogue everywhere can settle",
                       sim::source("Smidt 2020: local dialogue works; size judged", sim::Grade::D), sim::lowers("disputes")),
        sim::parameter("report_rate", &PeaceProcess::report_rate, "week^-1", sim::between(0.0, 10.0),
                       "speed of reports under full verification", sim::source("assumed: monthly", sim::Grade::D),
                       sim::moves("provision_verified")),
        sim::parameter("report_error_sd", &PeaceProcess::report_error_sd, "1", sim::between(0.0, 1.0),
                       "standard deviation of a report's error without verification", sim::source("assumed", sim::Grade::D),
                       sim::moves("provision_verified")));

    /// Function of the state that carries a provision.
    static constexpr std::array<Function, provision_count> carried_by = {
        Function::administration, Function::army,    Function::army,    Function::police,
        Function::administration, Function::justice, Function::revenue, Function::administration};

    void step(sim::View<PeaceProcess> state, const sim::Step& now) const;

  private:
    /// What bears on every provision alike.
    struct Common {
        std::array<double, function_count> capacity{};
        double included = 1.0;    ///< b
        double fighting = 0.0;    ///< f
        double mechanisms = 0.0;  ///< m
        double openings = 1.0;    ///< 1 + by_violations v / (1 + v)
        double unchecked = 1.0;   ///< 1 - checked V
    };
    [[nodiscard]] Common common(sim::View<PeaceProcess> state) const;
    void implement(sim::View<PeaceProcess> state, const Common& at, std::size_t p, const sim::Step& now, Ledger& page) const;
    void dispute(sim::View<PeaceProcess> state, const Common& at, std::size_t p, const sim::Step& now) const;
    void report(sim::View<PeaceProcess> state, std::size_t p, const sim::Step& now) const;
};

/// A group's commitment to the agreement follows the provisions that it cares for while it is a party that complies, and falls to
/// nothing while it is not.
///
///     c' = rate (I* - c),
///     I* = (1 - doubt (1 - V)) (own_concerns (mean over its own provisions) + (1 - own_concerns)(mean over all)),
/// of provisions as verification reports them: a promise that nobody verifies, with verification V, is believed less (Walter
/// 1997). A limited spoiler cares for security guarantees, disarmament, justice and inclusion; a greedy one for power sharing and
/// resources; a total one for power sharing; others for all alike. Types: Stedman 1997; which provision each minds is assumed.
struct GroupCommitment {
    double rate = 0.01;
    double own_concerns = 0.5;
    double doubt = 0.2;

    static constexpr std::string_view name = "group_commitment";
    static constexpr auto reads =
        sim::columns(provision::verified, country::verification, group::spoiler, group::signatory, group::posture);
    static constexpr auto writes = sim::columns(group::commitment);
    static constexpr auto parameters =
        sim::parameters(sim::parameter("rate", &GroupCommitment::rate, "week^-1", sim::between(0.0, 1.0),
                                       "speed at which commitment follows implementation",
                                       sim::source("assumed: two years", sim::Grade::D), sim::moves("group_commitment")),
                        sim::parameter("own_concerns", &GroupCommitment::own_concerns, "1", sim::between(0.0, 1.0),
                                       "weight of the provisions that a group minds most, against all alike",
                                       sim::source("assumed", sim::Grade::D), sim::moves("group_commitment")),
                        sim::parameter("doubt", &GroupCommitment::doubt, "1", sim::between(0.0, 1.0),
                                       "share of what is carried out that a group does not count on where nothing is verified",
                                       sim::source("Walter 1997, Fortna 2004: form; size judged", sim::Grade::C),
                                       sim::lowers("group_commitment")));

    void step(sim::View<GroupCommitment> state, const sim::Step& now) const;
};

/// Provisions and ceasefire at the start.
void start_peace_process(sim::State& state, const Inputs& in);

}  // namespace drawdown
