#pragma once

#include "models/transition/columns.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// How coup attempts end, and the rule of soldiers after one that succeeds.
///
/// An attempt with the share s of the forces behind it takes power with probability
///     s logistic(odds + weak (1/2 - L) + unpaid (1 - b)),
/// L legitimacy, b budget adequacy (forces that go unpaid change sides). Then soldiers rule: M = `closes`, of inclusiveness and
/// freedom of the press the share M is gone at once and kept away while M fades with its half-life; consent, donors who pay
/// through the government and repression follow M. An attempt that fails kills Poisson(deaths s) of the forces in the capital.
///
/// An armed group that comes to hold the capital overthrows the government and rules, M = `closes` as after a coup: its ground is
/// the state's, whose forces serve it, it keeps to what is agreed, and no people has a greater part in politics than its own.
/// The other groups go on. It rules until another group takes the capital.
struct Coups {
    double odds = 0.5;
    double weak = 3.0;
    double unpaid = 3.0;
    double closes = 0.5;
    double half_life_weeks = 156.0;
    double deaths = 15.0;

    static constexpr std::string_view name = "coups";
    static constexpr auto reads =
        sim::columns(country::coup_attempts, country::coup_strength, country::legitimacy, country::budget_adequacy,
                     region::remoteness, region::security, group::identity, group::alive);
    static constexpr auto writes =
        sim::columns(country::military_rule, country::inclusiveness, country::press_freedom, country::battle_deaths_year,
                     country::ruler, region::security_toll, region::holder, region::state_control, region_violence::deaths,
                     region_violence::forces_dead, region_group::control, group::posture, group::posture_weeks, group::signatory,
                     group::commitment, group::ally, identity::inclusion);
    static constexpr auto streams = sim::streams({"coups"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "odds", &Coups::odds, "1", sim::between(-10.0, 10.0),
            "log odds that an attempt with all forces behind it succeeds against a paying government of middling "
            "legitimacy",
            sim::source("Powell and Thyne 2011: about half of attempts succeed (from memory); size judged", sim::Grade::C),
            sim::raises("military_rule")),
        sim::parameter("weak", &Coups::weak, "1", sim::between(0.0, 20.0), "log odds added where nobody holds it legitimate",
                       sim::source("assumed", sim::Grade::D), sim::moves("military_rule")),
        sim::parameter("unpaid", &Coups::unpaid, "1", sim::between(0.0, 20.0), "log odds added where nothing is paid",
                       sim::source("assumed", sim::Grade::D), sim::raises("military_rule")),
        sim::parameter("closes", &Coups::closes, "1", sim::between(0.0, 1.0),
                       "share of inclusiveness and freedom of the press that soldiers in power take",
                       sim::source("Mali: V-Dem polyarchy 0.511 in 2019, 0.243 in 2021, after two coups", sim::Grade::B),
                       sim::lowers("inclusiveness")),
        sim::parameter("half_life", &Coups::half_life_weeks, "weeks", sim::above(0.0), "half-life of the rule of soldiers",
                       sim::source("assumed: some years to a vote; Mali's soldiers ruled longer", sim::Grade::D),
                       sim::raises("military_rule")),
        sim::parameter("deaths", &Coups::deaths, "persons", sim::between(0.0, 1e4),
                       "mean dead of a failed attempt with all forces behind it", sim::source("assumed", sim::Grade::D),
                       sim::raises("deaths")));

    /// Probability that an attempt succeeds.
    [[nodiscard]] double success(double strength, double legitimacy, double adequacy) const;
    void step(sim::View<Coups> state, const sim::Step& now) const;

  private:
    /// The government closes: M = `closes`.
    void close(const sim::View<Coups>& state) const;
    /// Group `g`, which has come to hold the capital, rules.
    void overthrow(const sim::View<Coups>& state, std::size_t g) const;
};

}  // namespace drawdown
