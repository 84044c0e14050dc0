#include "models/transition/kinds.hpp"

#include <array>

namespace drawdown {

namespace {

constexpr std::array<std::string_view, component_count> components = {
    "military", "observers",   "formed_police", "police",         "political",   "human_rights",
    "ddr",      "rule_of_law", "gender_youth",  "communications", "mine_action", "support"};
constexpr std::array<std::string_view, activity_count> activities = {
    "patrol", "policing",     "mentoring",     "security_reform", "good_offices", "dialogue",    "human_rights",
    "ddr",    "quick_impact", "participation", "civil_society",   "information",  "mine_action", "escort"};
constexpr std::array<std::string_view, function_count> functions = {"army",           "police",   "justice",
                                                                    "administration", "services", "revenue"};
constexpr std::array<std::string_view, violence_count> violence = {
    "state_based", "one_sided_group", "one_sided_state", "between_groups", "communal", "mob", "against_aid", "against_mission"};
constexpr std::array<std::string_view, spoiler_count> spoilers = {"none", "limited", "greedy", "total"};
constexpr std::array<std::string_view, provision_count> provisions = {
    "power_sharing", "security_guarantees", "disarmament", "security_reform", "elections", "justice", "resources", "inclusion"};
constexpr std::array<std::string_view, fund_count> funds = {"assessed", "programme", "voluntary", "host"};
constexpr std::array<std::string_view, stock_count> stocks = {
    "consent",   "implementation", "capacity",      "legitimacy",    "temptation",       "services",        "state_control",
    "grievance", "trust_state",    "trust_mission", "battle_deaths", "one_sided_deaths", "communal_deaths", "mob_deaths"};
constexpr std::array<std::string_view, cohort_count> cohorts = {"men_0_14",   "men_15_29",   "men_30_59",   "men_60_up",
                                                                "women_0_14", "women_15_29", "women_30_59", "women_60_up"};

}  // namespace

std::span<const std::string_view> component_names() { return components; }
std::span<const std::string_view> activity_names() { return activities; }
std::span<const std::string_view> function_names() { return functions; }
std::span<const std::string_view> violence_names() { return violence; }
std::span<const std::string_view> spoiler_names() { return spoilers; }
std::span<const std::string_view> provision_names() { return provisions; }
std::span<const std::string_view> fund_names() { return funds; }
std::span<const std::string_view> stock_names() { return stocks; }
std::span<const std::string_view> cohort_names() { return cohorts; }

}  // namespace drawdown
