#pragma once

#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Displaced persons and refugees come home of their own will.
///
///     h = rate L(U),   L(x) = 1 / (1 + exp(-x)),
///     U = (security at home - security_needed) / width + services_weight services + property_weight (1 - contested)
///         + ties_weight (share of the community at home) - aid_weight aid where they are - exile_weight years away
///         - mines_weight mines - resistance,
///
/// with the rates of the displaced, those in sites among them, and of refugees apart: the stock of refugees halves in about
/// three years after a settlement, displaced persons go home faster (UNHCR); the aid that
/// refugees get abroad is in their rate. The time away grows by a quarter in one week of each quarter.
///
/// A cessation of their status, a dated shock of kind "cessation" (size: share of the refugees whose status ends over its
/// duration), sends refugees home whatever awaits them, except for a share `settled` who stay abroad for good and leave the
/// population. Persons in a protection site that has closed are displaced from then on.
struct Return {
    double displaced_rate = 0.03;
    double refugee_rate = 0.010;
    double security_needed = 0.5;
    double width = 0.18;
    double services_weight = 2.0;
    double property_weight = 1.0;
    double ties_weight = 0.5;
    double aid_weight = 1.0;
    double exile_weight = 0.05;
    double mines_weight = 2.0;
    double resistance = 2.0;
    double settled = 0.32;
    std::vector<ShockInput> shocks{};
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "return";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::away, community::residents, community::contested);
    static constexpr auto looks = sim::columns(region::security_level, region::services, region::aid, region::mines,
                                               region::sites, region::site_capacity, shock::level);
    static constexpr auto writes = sim::join(moved_columns, sim::columns(community::returned));
    static constexpr auto adds = sim::columns(region::returned, region_cohort::returned, country::emigrated);
    static constexpr auto streams = sim::streams({"return", "cessation"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter(
            "displaced_rate", &Return::displaced_rate, "week^-1", sim::between(0.0, 1.0),
            "hazard of return of a displaced person whom everything draws home",
            sim::source("UNHCR: Liberia 531,616 displaced in 2003, 0 in 2006; Cote d'Ivoire -91 % in two years", sim::Grade::A),
            sim::lowers("displaced")),
        sim::parameter("refugee_rate", &Return::refugee_rate, "week^-1", sim::between(0.0, 1.0),
                       "hazard of return of a refugee whom everything draws home",
                       sim::source("UNHCR: median half-life of the stock about 3 years", sim::Grade::A), sim::lowers("refugees"),
                       sim::uncertain_factor(0.4)),
        sim::parameter("security_needed", &Return::security_needed, "1", sim::between(0.0, 1.0),
                       "security at home that weighs nothing either way", sim::source("assumed", sim::Grade::D),
                       sim::lowers("returned")),
        sim::parameter("width", &Return::width, "1", sim::between(0.01, 1.0), "difference of security that weighs 1",
                       sim::source("assumed", sim::Grade::D), sim::moves("returned")),
        sim::parameter("services_weight", &Return::services_weight, "1", sim::between(0.0, 20.0), "weight of services at home",
                       sim::source("MECHANISMS 1.11: form; size judged", sim::Grade::D), sim::raises("returned")),
        sim::parameter("property_weight", &Return::property_weight, "1", sim::between(0.0, 20.0),
                       "weight of property at home that nobody else uses",
                       sim::source("MECHANISMS 1.11: form; size judged", sim::Grade::D), sim::raises("returned")),
        sim::parameter("ties_weight", &Return::ties_weight, "1", sim::between(0.0, 20.0), "weight of those who are at home",
                       sim::source("MECHANISMS 1.11: form; size judged", sim::Grade::D), sim::raises("returned")),
        sim::parameter("aid_weight", &Return::aid_weight, "1", sim::between(0.0, 20.0), "weight of aid where they are",
                       sim::source("MECHANISMS 1.11: form; size judged", sim::Grade::D), sim::lowers("returned")),
        sim::parameter("exile_weight", &Return::exile_weight, "year^-1", sim::between(0.0, 5.0), "weight of a year away",
                       sim::source("UNHCR: the share who return in a year falls with time; size judged", sim::Grade::C),
                       sim::lowers("returned")),
        sim::parameter("mines_weight", &Return::mines_weight, "1", sim::between(0.0, 20.0),
                       "weight of land and routes that are mined",
                       sim::source("MECHANISMS 1.11: form; size judged", sim::Grade::D), sim::lowers("returned")),
        sim::parameter("resistance", &Return::resistance, "1", sim::between(-10.0, 10.0), "what has to be outweighed",
                       sim::source("set so that a settled home draws two in three of those whom it can draw", sim::Grade::C),
                       sim::lowers("returned")),
        sim::parameter("settled", &Return::settled, "1", sim::between(0.0, 1.0),
                       "share of those whose status as refugees ends who stay abroad for good",
                       sim::source(
                           "UNHCR, Liberia 2012: 43,351 fewer refugees in the year of the cessation, of whom 29,468 returned",
                           sim::Grade::B),
                       sim::lowers("population")));

    /// What a home offers, before what differs between those who are away.
    struct Home {
        double security, services, contested, ties, mines;
    };
    /// U of a person who has been away for `years` where aid meets the share `aid` of need.
    [[nodiscard]] double utility(const Home& home, double aid, double years) const {
        return (home.security - security_needed) / width + services_weight * home.services +
               property_weight * (1.0 - home.contested) + ties_weight * home.ties - aid_weight * aid - exile_weight * years -
               mines_weight * home.mines - resistance;
    }
    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    /// Hazard [week^-1] at which the status of refugees ends now, given the levels of all shocks.
    [[nodiscard]] double cessation(std::span<const double> levels) const;
    void step(sim::Rows<Return> persons, const sim::Step& now) const;

  private:
    void end_status(const sim::Rows<Return>& persons, const sim::Step& now, std::int64_t& returned) const;
};

}  // namespace drawdown
