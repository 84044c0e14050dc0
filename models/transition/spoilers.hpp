#pragma once

#include <array>
#include <cstdint>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// How the mission answers a group.
enum class Response : std::uint8_t { nothing = 0, inducement = 1, socialisation = 2, coercion = 3 };

/// What the mission believes of each group, and what it does about it. It never sees a group's true type.
///
/// Belief over the types none, limited, greedy, total starts uniform. Each week the mission sees whether the group keeps quiet,
/// breaks the agreement (harasses, or a violation came to light), or fights, and, while it induces, whether the group asks for
/// more. Bayes: belief ~ belief x likelihood^(evidence dt), evidence below 1 since weeks are not independent; a doubt keeps
/// belief from certainty. A quiet, a breaking and a fighting week have the likelihoods 1 - b, b (1 - f), b f with, for each type,
/// b the chance that it breaks the agreement in a week and f that it then fights. Inducement at full strength divides b of a
/// limited spoiler by `calmed` and multiplies that of a greedy one by it; full pressure divides b of a total one by it.
///
/// The response to the likeliest type, once that is believed by more than `sure`: nothing for none, inducement for limited,
/// socialisation for greedy, coercion for total (Stedman 1997). No one may talk to a proscribed group. Inducement follows
/// political support; pressure follows the coverage of the mission's patrols where the group's fighters are, in which strength,
/// consent and obstruction count, so that both end with the exit.
struct Spoilers {
    double evidence = 0.15;
    double doubt = 0.002;
    double sure = 0.4;
    double none_breaks = 0.01;
    double limited_breaks = 0.05;
    double greedy_breaks = 0.12;
    double total_breaks = 0.30;
    double none_fights = 0.02;
    double limited_fights = 0.10;
    double greedy_fights = 0.25;
    double total_fights = 0.60;
    double none_asks = 0.02;
    double limited_asks = 0.10;
    double greedy_asks = 0.60;
    double total_asks = 0.40;
    double asks_at = 0.25;
    double calmed = 3.0;
    double rate = 0.1;

    static constexpr std::string_view name = "spoilers";
    static constexpr auto reads =
        sim::columns(group::alive, group::posture, group::violations, group::demands, group::proscribed, country::verification,
                     country::process_support, region_group::fighters, region_activity::coverage, region::population);
    static constexpr auto writes = sim::columns(group_type::belief, group::response, group::inducement, group::pressure);
    static constexpr auto streams = sim::streams({"spoilers"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("evidence", &Spoilers::evidence, "week^-1", sim::between(0.0, 1.0),
                       "weight of a week's evidence; 1 where weeks are independent",
                       sim::source("assumed: conduct lasts about six weeks", sim::Grade::D), sim::moves("belief/none")),
        sim::parameter("doubt", &Spoilers::doubt, "week^-1", sim::between(0.0, 1.0),
                       "rate at which belief goes back to what one believes of a stranger",
                       sim::source("assumed: ten years", sim::Grade::D), sim::moves("belief/none")),
        sim::parameter("sure", &Spoilers::sure, "1", sim::between(0.25, 1.0), "belief from which the mission acts on it",
                       sim::source("assumed", sim::Grade::D), sim::moves("group_response")),
        sim::parameter("none_breaks", &Spoilers::none_breaks, "1", sim::between(0.001, 0.95),
                       "chance, as the mission sees it, that one who is no spoiler breaks the agreement in a week",
                       sim::source("Stedman 1997: types; size judged", sim::Grade::D), sim::moves("belief/none")),
        sim::parameter("limited_breaks", &Spoilers::limited_breaks, "1", sim::between(0.001, 0.95),
                       "the same for a limited spoiler", sim::source("as for none", sim::Grade::D), sim::moves("belief/limited")),
        sim::parameter("greedy_breaks", &Spoilers::greedy_breaks, "1", sim::between(0.001, 0.95), "the same for a greedy spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/greedy")),
        sim::parameter("total_breaks", &Spoilers::total_breaks, "1", sim::between(0.001, 0.95), "the same for a total spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/total")),
        sim::parameter("none_fights", &Spoilers::none_fights, "1", sim::between(0.001, 0.999),
                       "share of those weeks in which one who is no spoiler fights", sim::source("as for none", sim::Grade::D),
                       sim::moves("belief/none")),
        sim::parameter("limited_fights", &Spoilers::limited_fights, "1", sim::between(0.001, 0.999),
                       "the same for a limited spoiler", sim::source("as for none", sim::Grade::D), sim::moves("belief/limited")),
        sim::parameter("greedy_fights", &Spoilers::greedy_fights, "1", sim::between(0.001, 0.999),
                       "the same for a greedy spoiler", sim::source("as for none", sim::Grade::D), sim::moves("belief/greedy")),
        sim::parameter("total_fights", &Spoilers::total_fights, "1", sim::between(0.001, 0.999), "the same for a total spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/total")),
        sim::parameter("none_asks", &Spoilers::none_asks, "1", sim::between(0.001, 0.999),
                       "chance that one who is no spoiler asks for more while it is induced",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/none")),
        sim::parameter("limited_asks", &Spoilers::limited_asks, "1", sim::between(0.001, 0.999), "the same for a limited spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/limited")),
        sim::parameter("greedy_asks", &Spoilers::greedy_asks, "1", sim::between(0.001, 0.999), "the same for a greedy spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/greedy")),
        sim::parameter("total_asks", &Spoilers::total_asks, "1", sim::between(0.001, 0.999), "the same for a total spoiler",
                       sim::source("as for none", sim::Grade::D), sim::moves("belief/total")),
        sim::parameter("asks_at", &Spoilers::asks_at, "1", sim::between(0.0, 1.0),
                       "demands from which the mission hears that a group asks for more", sim::source("assumed", sim::Grade::D),
                       sim::moves("belief/greedy")),
        sim::parameter("calmed", &Spoilers::calmed, "1", sim::between(1.0, 100.0),
                       "factor that the mission expects of its answer on the chance of a breach",
                       sim::source("assumed", sim::Grade::D), sim::moves("belief/total")),
        sim::parameter("rate", &Spoilers::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which inducement and pressure are built up and end",
                       sim::source("assumed: ten weeks", sim::Grade::D), sim::moves("group_inducement")));

    /// What the mission sees of a group in a week.
    struct Sign {
        int conduct = 0;          ///< 0 quiet, 1 breaks the agreement, 2 fights
        bool asks = false;        ///< it asks for more
        double inducement = 0.0;  ///< what it is given, 0 to 1
        double pressure = 0.0;    ///< coercion, 0 to 1
    };
    /// Probability of conduct of `sign`, and of asking while induced, for a type of spoiler.
    [[nodiscard]] double likelihood(const Sign& sign, std::size_t type) const;
    /// Belief after a sign that lasted `dt_weeks`.
    [[nodiscard]] std::array<double, spoiler_count> updated(std::array<double, spoiler_count> belief, const Sign& sign,
                                                            double dt_weeks) const;
    /// Share of a group's fighters whom the mission's patrols reach, 0 to 1.
    [[nodiscard]] static double reach_of_force(const sim::View<Spoilers>& state, std::size_t group);
    /// The answer to a belief.
    [[nodiscard]] Response answer(const std::array<double, spoiler_count>& belief, bool proscribed) const;

    void step(sim::View<Spoilers> state, const sim::Step& now) const;
};

/// What a group asks for beyond the agreement, by its true nature.
///
///     d' = up (1 - d) - down d
/// A greedy spoiler learns from inducement to ask for more (teach) and is slowly brought round by socialisation (socialise); a
/// total one uses inducement to win time (teach) and gives way to coercion (yield); a limited one is calmed by inducement (calm)
/// and embittered by coercion (backlash), as is one that is no spoiler. All demands fade. So a wrong belief has its price.
/// Source: Stedman 1997 for types and signs.
struct SpoilerNature {
    double teach = 0.02;
    double calm = 0.05;
    double socialise = 0.02;
    double yield = 0.03;
    double backlash = 0.03;
    double fade = 0.01;

    static constexpr std::string_view name = "spoiler_nature";
    static constexpr auto reads =
        sim::columns(group::alive, group::spoiler, group::response, group::inducement, group::pressure, country::process_support);
    static constexpr auto writes = sim::columns(group::demands);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("teach", &SpoilerNature::teach, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full inducement teaches a greedy or total spoiler to ask for more",
                       sim::source("Stedman 1997: sign; size judged", sim::Grade::C), sim::raises("group_demands")),
        sim::parameter("calm", &SpoilerNature::calm, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full inducement calms a limited spoiler",
                       sim::source("Stedman 1997: sign; size judged", sim::Grade::C), sim::lowers("group_demands")),
        sim::parameter("socialise", &SpoilerNature::socialise, "week^-1", sim::between(0.0, 1.0),
                       "rate at which socialisation brings a greedy spoiler round",
                       sim::source("Stedman 1997: slow; size judged", sim::Grade::C), sim::lowers("group_demands")),
        sim::parameter("yield", &SpoilerNature::yield, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full pressure makes a greedy or total spoiler give way",
                       sim::source("Stedman 1997: sign; size judged", sim::Grade::C), sim::lowers("group_demands")),
        sim::parameter("backlash", &SpoilerNature::backlash, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full pressure embitters one that is no spoiler or a limited one",
                       sim::source("Stedman 1997: sign; size judged", sim::Grade::C), sim::raises("group_demands")),
        sim::parameter("fade", &SpoilerNature::fade, "week^-1", sim::between(0.0, 1.0), "rate at which demands fade",
                       sim::source("assumed: two years", sim::Grade::D), sim::lowers("group_demands")));

    void step(sim::View<SpoilerNature> state, const sim::Step& now) const;
};

/// Uniform beliefs.
void start_spoilers(sim::State& state, const Inputs& in);

}  // namespace drawdown
