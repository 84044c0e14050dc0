#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Capacity K of the host government, function by function, region by region.
///
///     K' = mentoring m K (1 - K / K_max) + upkeep b (1 - patronage)(K_max - K) - decay K - crowding min(s, D) K - overload O K
///     D' = dependence (s - D),   O = max(0, D - s - successor - absorption K),   K_max = ceiling (1 - politicisation (P + 1 - I)
///     / 2)
/// m: what mentors of mission or successor reach; b: adequacy of the own budget as far as it comes to the region; s: share of the
/// function that the mission performs, s = w c / (w c + K), c its coverage, w that of the activity in the function; D: share that
/// the institution has come to leave to it; P, I: patronage and inclusiveness. Mentoring builds, substitution breeds dependency,
/// neglect decays. When the mission stops faster than the institution can take up the work, the load breaks part of it: premature
/// load (Pritchett and de Weijer 2010). To go early loses what mentoring would have built and loads weak bodies, to go late lets
/// them wither. Army and police are mentored only as far as due diligence lets support through. Rates are slow: government
/// effectiveness hardly moves in ten years (EVIDENCE 78-83).
struct Capacity {
    double mentoring = 0.30;
    double administration_mentored = 0.5;
    double joint_operations = 0.2;
    double upkeep = 0.05;
    double budget_lost_to_remoteness = 0.4;
    double decay_rate = 0.05;
    double crowding = 0.12;
    double dependence = 0.003;
    double dependence_at_start = 0.8;
    double absorption = 0.3;
    double overload = 0.3;
    double ceiling = 0.9;
    double politicisation = 0.4;
    double army_from_patrols = 0.5;
    double services_from_projects = 0.25;

    static constexpr std::string_view name = "capacity";
    static constexpr auto reads =
        sim::columns(region_activity::coverage, region_activity::successor, region::remoteness, country::budget_adequacy,
                     country::patronage, country::inclusiveness, country::support_to_forces, region::population);
    static constexpr auto writes =
        sim::columns(region_function::capacity, region_function::substitution, region_function::dependency, ledger::amount);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("mentoring", &Capacity::mentoring, "year^-1", sim::between(0.0, 5.0),
                       "growth by mentoring that reaches everything",
                       sim::source("WGI change during missions: median +0.014 a year (EVIDENCE 80)", sim::Grade::C),
                       sim::raises("capacity")),
        sim::parameter("administration_mentored", &Capacity::administration_mentored, "1", sim::between(0.0, 1.0),
                       "part of mentoring that comes to administration, services and revenue",
                       sim::source("assumed", sim::Grade::D), sim::raises("capacity/administration")),
        sim::parameter("joint_operations", &Capacity::joint_operations, "1", sim::between(0.0, 1.0),
                       "mentoring of army and police that full joint patrols and policing are worth",
                       sim::source("assumed", sim::Grade::D), sim::raises("capacity/army")),
        sim::parameter("upkeep", &Capacity::upkeep, "year^-1", sim::between(0.0, 5.0), "growth by an adequate and clean budget",
                       sim::source("with decay: rests where weak states are (EVIDENCE 83)", sim::Grade::C),
                       sim::raises("capacity"), sim::uncertain_factor(0.3)),
        sim::parameter("budget_lost_to_remoteness", &Capacity::budget_lost_to_remoteness, "1", sim::between(0.0, 1.0),
                       "share of the budget that does not come to the remotest region",
                       sim::source("capital against periphery (CML 3.1.6); size judged", sim::Grade::D), sim::lowers("capacity")),
        sim::parameter("decay", &Capacity::decay_rate, "year^-1", sim::between(0.0, 5.0), "decay of neglected capacity",
                       sim::source("WGI drift after exits +0.005 a year, sd 0.043 (EVIDENCE 81)", sim::Grade::C),
                       sim::lowers("capacity"), sim::uncertain_factor(0.3)),
        sim::parameter("crowding", &Capacity::crowding, "year^-1", sim::between(0.0, 5.0),
                       "atrophy where the mission performs the whole function and the institution leaves it to it",
                       sim::source("Considerations for Mission Leadership 6: dependency; size judged", sim::Grade::D),
                       sim::lowers("capacity")),
        sim::parameter("dependence", &Capacity::dependence, "week^-1", sim::between(0.0, 1.0),
                       "speed at which institutions come to rely on the mission, and learn to do without",
                       sim::source("assumed: six years", sim::Grade::D), sim::moves("capacity")),
        sim::parameter("dependence_at_start", &Capacity::dependence_at_start, "1", sim::between(0.0, 1.0),
                       "part of what the mission does at the start on which institutions rely already",
                       sim::source("assumed: it has been there for years", sim::Grade::D), sim::lowers("capacity")),
        sim::parameter("absorption", &Capacity::absorption, "1", sim::between(0.0, 5.0),
                       "load that an institution of full capacity takes up at once",
                       sim::source("premature load (EVIDENCE 85); size judged", sim::Grade::D), sim::raises("capacity")),
        sim::parameter("overload", &Capacity::overload, "year^-1", sim::between(0.0, 5.0),
                       "loss under a load greater by the whole function than the institution can take up",
                       sim::source("premature load (EVIDENCE 85); size judged", sim::Grade::D), sim::lowers("capacity")),
        sim::parameter("ceiling", &Capacity::ceiling, "1", sim::between(0.05, 1.0), "greatest capacity of an impartial state",
                       sim::source("scale", sim::Grade::D), sim::raises("capacity")),
        sim::parameter("politicisation", &Capacity::politicisation, "1", sim::between(0.0, 0.9),
                       "share of the ceiling that full patronage and exclusion take",
                       sim::source("politicised bodies stay weak (CML 6.3); size judged", sim::Grade::D),
                       sim::lowers("capacity")),
        sim::parameter("army_from_patrols", &Capacity::army_from_patrols, "1", sim::between(0.0, 1.0),
                       "work of an army of full capacity that full patrol coverage does", sim::source("assumed", sim::Grade::D),
                       sim::raises("substitution/army")),
        sim::parameter("services_from_projects", &Capacity::services_from_projects, "1", sim::between(0.0, 1.0),
                       "work of services of full capacity that projects which reach everybody do",
                       sim::source("assumed: small projects", sim::Grade::D), sim::raises("substitution/services")));

    /// What moves capacity, each in 1/year; a loss is negative.
    struct Terms {
        double mentored = 0.0;
        double funded = 0.0;
        double decayed = 0.0;
        double crowded_out = 0.0;
        double overloaded = 0.0;
        [[nodiscard]] double sum() const { return mentored + funded + decayed + crowded_out + overloaded; }
    };
    /// What acts on one function in one region.
    struct Conditions {
        double capacity = 0.0;
        double greatest = 0.9;      ///< K_max
        double mentored = 0.0;      ///< coverage
        double own_budget = 0.0;    ///< adequacy as far as it arrives, net of patronage
        double substitution = 0.0;  ///< share done by the mission
        double successor = 0.0;     ///< share taken over by others
        double dependency = 0.0;
    };

    void step(sim::View<Capacity> state, const sim::Step& now) const;
    [[nodiscard]] Terms terms(const Conditions& at) const;
    /// Greatest capacity under patronage and inclusiveness.
    [[nodiscard]] double greatest(double patronage, double inclusiveness) const {
        return ceiling * (1.0 - 0.5 * politicisation * (patronage + 1.0 - inclusiveness));
    }
    /// Work that activities do of a function, in units of a state of full capacity; `covered(activity)` gives the coverage.
    template <class Covered>
    [[nodiscard]] double work(Function function, const Covered& covered) const {
        if (function == Function::army) return army_from_patrols * covered(Activity::patrol);
        if (function == Function::police) return covered(Activity::policing);
        return function == Function::services ? services_from_projects * covered(Activity::quick_impact) : 0.0;
    }
    /// Share of a function that others perform who do `work` beside a state of some capacity: a weak state leaves them more.
    [[nodiscard]] static double performed(double work, double capacity) { return work > 0.0 ? work / (work + capacity) : 0.0; }
    /// Dependency before the first week, from the coverage then.
    void start(sim::State& state) const;
};

}  // namespace drawdown
