#include "models/forecast/generic_country.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "sim/math.hpp"

namespace drawdown {

namespace {

constexpr double months_a_year = 12.0;
constexpr double base_millions = 10.0;    // people in the regions file of the country without a name
constexpr double fighting_deaths = 25.0;  // a year: the threshold of UCDP

double share(double x) { return std::clamp(x, 0.02, 0.98); }

/// A number, or a distribution where the row does not know it.
std::string known_or(const std::optional<double>& value, const std::string& otherwise) {
    return value ? fmt::format("{}", *value) : otherwise;
}

std::string lognormal(double median, double sigma, double most) {
    median = std::min(median, 0.4 * most);
    return fmt::format("{{ dist = \"lognormal\", median = {:.6g}, sigma = {:.6g}, min = 0.0, max = {:.6g} }}", median, sigma,
                       most);
}

/// The same shape of uncertainty around a level between 0 and 1.
std::string level(double middle, double sd) {
    return fmt::format("{{ dist = \"normal\", mean = {:.4f}, sd = {:.4f}, min = 0.02, max = 0.98 }}", share(middle), sd);
}

/// Deaths of the year before, and of the four before that, as the country begins with them. Where nobody counted, few died.
struct Past {
    double last_year, before;
};
Past past_of(const ExitRow& row) {
    return {row.deaths[0].value_or(0.0), row.deaths[1].value_or(0.0) + row.deaths[2].value_or(0.0)};
}

void add_groups(std::string& text, const ExitRow& row, const GenericCountry& country) {
    const Past past = past_of(row);
    const double millions = row.population / 1e6;
    const bool war = past.last_year >= fighting_deaths;
    const bool unrest = !war && past.last_year >= 1.0;
    // Years since the last one with fighting, as far as the row tells.
    const double quiet_years = row.deaths[1].value_or(0.0) >= fighting_deaths         ? 1.0
                               : row.deaths[2].value_or(0.0) >= 3.0 * fighting_deaths ? 3.0
                                                                                      : country.long_quiet;
    const std::string quiet = fmt::format("quiet_years = {}\n", quiet_years);
    const double network = country.network_per_million * millions + country.network_per_past_death * past.before;
    const double fighting = country.fighters_per_death * past.last_year;
    const double rebels = std::max(network, fighting);
    const double most = std::min(0.01 * row.population, 1e6);
    text +=
        fmt::format("[group.rebels]\nfighters = {}\nformer_fighters = {:.0f}\n", lognormal(rebels, country.fighters_sigma, most),
                    std::min(country.former_per_fighter * rebels, 4.0 * most));
    if (war)
        text += "posture = \"fight\"\nsignatory = false\nspoiler = \"greedy\"\ncommitment = 0.2\narms = 1.5\n";
    else if (unrest)
        text += "posture = \"harass\"\ncommitment = 0.5\n";
    if (!war && !unrest) text += quiet;
    text += fmt::format("wealth = \"{:.4f} million USD\"\n", 0.001 * rebels);
    const double militia = 0.5 * rebels;
    text +=
        fmt::format("[group.militia]\nfighters = {}\nformer_fighters = {:.0f}\n",
                    lognormal(militia, country.fighters_sigma, most), std::min(country.former_per_fighter * militia, 4.0 * most));
    text += war ? "posture = \"harass\"\nsignatory = false\n" : quiet;
    text += fmt::format("wealth = \"{:.4f} million USD\"\n", 0.0005 * militia);
}

void add_state(std::string& text, const ExitRow& row, const GenericCountry& country) {
    const Past past = past_of(row);
    const double thousands = row.population / 1e3;
    const bool war = past.last_year >= fighting_deaths;
    const double income = row.income.value_or(1500.0);
    const double output = std::max(1.0, country.market_income * income * row.population / 1e6);
    const double fighters = war ? country.fighters_per_death * past.last_year : 0.0;
    // Functions of the state on the scale of the WGI from -2.5 to 2.5; about the mean of the calibration exits if unknown.
    const double capacity = share((row.effectiveness.value_or(-1.0) + 2.5) / 5.0);
    const std::string inclusiveness = row.polyarchy ? level(*row.polyarchy, 0.05) : level(0.4, 0.15);
    const double polyarchy = row.polyarchy.value_or(0.4);
    const double consent = row.trigger == Trigger::host ? 0.25 : row.trigger == Trigger::war ? 0.45 : 0.65;
    const double implementation = war ? 0.25 : row.trigger == Trigger::planned ? 0.6 : 0.5;
    text += fmt::format(
        "[state]\narmy = {:.0f}\npolice = {:.0f}\ngdp = \"{:.1f} million USD/year\"\nbudget = \"{:.1f} million USD/year\"\n",
        country.army_per_thousand * thousands + country.army_per_fighter * fighters, country.police_per_thousand * thousands,
        output, std::max(0.1, country.budget_share * output));
    text += fmt::format("capacity = [{0:.3f}, {1:.3f}, {1:.3f}, {1:.3f}, {1:.3f}, {1:.3f}]\n", share(capacity + 0.05), capacity);
    text += fmt::format("inclusiveness = {}\nlegitimacy = {}\nconsent = {}\nimplementation = {}\ncomplicity = {:.3f}\n",
                        inclusiveness, level(0.3 + 0.4 * polyarchy, 0.08), level(consent, 0.08), level(implementation, 0.1),
                        share(0.5 * (1.0 - polyarchy)));
}

}  // namespace

std::string overlay_of(const ExitRow& row, const GenericCountry& country) {
    const Past past = past_of(row);
    const double millions = row.population / 1e6;
    const double remembered = (past.last_year + past.before) / millions;
    const bool war = past.last_year >= fighting_deaths;
    std::string text = fmt::format("[scenario]\npersons_per_agent = {:.0f}\n",
                                   std::clamp(std::ceil(row.population / country.coarseness), 1.0, 10000.0));
    const double income = row.income.value_or(1500.0);
    text += fmt::format("[population]\ncensus_factor = {:.6f}\nlivelihood_mean = {:.3f}\nharmed_share = {:.3f}\n",
                        millions / base_millions, std::clamp(0.30 + 0.08 * sim::log(income / 500.0), 0.1, 0.9),
                        remembered / (remembered + country.past_half));
    const double mission_years = row.mission_months.value_or(36.0) / months_a_year;
    text += fmt::format("[society]\npress_freedom = {:.3f}\nrefugees_abroad = {}\ndisplaced = {}\nyears_away = {:.2f}\n",
                        share(row.polyarchy.value_or(0.4)),
                        known_or(row.refugees, lognormal(0.005 * row.population, 1.0, std::min(0.1 * row.population, 1e8))),
                        known_or(row.displaced, lognormal(0.002 * row.population, 1.0, std::min(0.1 * row.population, 1e8))),
                        std::min(mission_years, 20.0));
    text += fmt::format("[agreement]\nceasefire = {}\n", level(war ? 0.3 : 0.85, 0.1));
    add_state(text, row, country);
    add_groups(text, row, country);
    return text;
}

std::string strength_of(const ExitRow& row, const Footprint& footprint, sim::Date start, sim::Date exit,
                        const MissionCourse& course) {
    exit = exit - course.early_days;
    const double peak = row.peak_uniformed.value_or(3000.0);
    const double drawdown_days = 365.25 / months_a_year * std::max(row.drawdown_months.value_or(12.0), 0.25);
    std::string text = "date,region,military,observers,formed_police,police,civilian\n";
    const auto add = [&](sim::Date day, double persons, double first_region = 1.0) {
        for (std::size_t r = 0; r < footprint.regions.size(); ++r) {
            const double here = persons * footprint.shares[r] * (r == 0 ? first_region : 1.0);
            text += fmt::format("{},{},{:.0f},{:.0f},{:.0f},{:.0f},{:.0f}\n", day.text(), footprint.regions[r],
                                course.military * here, course.observers * here, course.formed_police * here,
                                course.police * here, course.civilian * here);
        }
    };
    const double lead_days = static_cast<double>(exit - start);
    if (course.stays) {
        add(start, peak);
        if (course.leaves_first_region) {
            add(exit - 7, peak);
            add(exit, peak, 0.0);
        }
        return text;
    }
    add(start, peak * std::min(1.0, lead_days / drawdown_days));
    if (drawdown_days < lead_days) add(exit - static_cast<std::int32_t>(std::lround(drawdown_days)), peak);
    add(exit, 0.0);
    return text;
}

std::vector<std::string> announcement_of(const ExitRow& row, sim::Date exit, const MissionCourse& course) {
    constexpr std::int32_t no_end_in_sight_days = 36525;
    exit = exit - course.early_days;
    const double drawdown_days = 365.25 / months_a_year * std::max(row.drawdown_months.value_or(12.0), 0.25);
    const std::int32_t notice = static_cast<std::int32_t>(std::lround(std::min(drawdown_days, 3650.0)));
    return {fmt::format("announcement.plan.made={}", (exit - notice).text()),
            fmt::format("announcement.plan.expected_end={}", (course.stays ? exit + no_end_in_sight_days : exit).text())};
}

}  // namespace drawdown
