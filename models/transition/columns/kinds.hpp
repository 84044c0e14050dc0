#pragma once
// Kinds of things that have numbers: what persons do, parts of the mission, activities, functions of the state, violence.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace drawdown {

/// What a person is doing. The dead have weight 0. Those up to `reintegrated` live at home.
enum class Status : std::uint8_t {
    home = 0,
    former_fighter = 1,
    programme = 2,  ///< former fighter in a reintegration programme
    reintegrated = 3,
    displaced = 4,
    site = 5,  ///< in a protection site
    refugee = 6,
    canton = 7,  ///< fighter who has given up arms and waits in a disarmament camp
    fighter = 8,
    security = 9
};
inline constexpr int status_count = 10;

/// Components of the mission. From `political` on they are civilian sections, counted in full-time staff.
enum class Component : std::uint8_t {
    military = 0,
    observers = 1,
    formed_police = 2,
    police = 3,
    political = 4,
    human_rights = 5,
    ddr = 6,
    rule_of_law = 7,
    gender_youth = 8,
    communications = 9,
    mine_action = 10,
    support = 11
};
inline constexpr int component_count = 12;
inline constexpr int first_civilian = 4;

/// Activities of the mission: its mandated tasks.
enum class Activity : std::uint8_t {
    patrol = 0,
    policing = 1,
    mentoring = 2,
    security_reform = 3,
    good_offices = 4,
    dialogue = 5,
    human_rights = 6,
    ddr = 7,
    quick_impact = 8,
    participation = 9,
    civil_society = 10,
    information = 11,
    mine_action = 12,
    escort = 13
};
inline constexpr int activity_count = 14;

enum class Function : std::uint8_t { army = 0, police = 1, justice = 2, administration = 3, services = 4, revenue = 5 };
inline constexpr int function_count = 6;

/// Kinds of violence. All but the last kill people of the country.
enum class Violence : std::uint8_t {
    state_based = 0,
    one_sided_group = 1,
    one_sided_state = 2,
    between_groups = 3,
    communal = 4,
    mob = 5,
    against_aid = 6,
    against_mission = 7
};
inline constexpr int violence_count = 8;

enum class Posture : std::uint8_t { comply = 0, harass = 1, fight = 2 };

/// What a group does in a region.
enum class Conduct : std::uint8_t { absent = 0, comply = 1, canton = 2, talk = 3, extort = 4, violate = 5, attack = 6 };

/// Types of spoilers (Stedman 1997).
inline constexpr int spoiler_count = 4;

enum class Provision : std::uint8_t {
    power_sharing = 0,
    security_guarantees = 1,
    disarmament = 2,
    security_reform = 3,
    elections = 4,
    justice = 5,
    resources = 6,
    inclusion = 7
};
inline constexpr int provision_count = 8;

enum class Fund : std::uint8_t { assessed = 0, programme = 1, voluntary = 2, host = 3 };
inline constexpr int fund_count = 4;

enum class Handover : std::uint8_t { mission = 0, overlap = 1, successor = 2, orphaned = 3 };

/// Stocks whose changes are booked to causes. From `battle_deaths` on they count the dead since the start.
enum class Stock : std::uint8_t {
    consent = 0,
    implementation = 1,
    capacity = 2,
    legitimacy = 3,
    temptation = 4,
    services = 5,
    state_control = 6,
    grievance = 7,
    trust_state = 8,
    trust_mission = 9,
    battle_deaths = 10,
    one_sided_deaths = 11,
    communal_deaths = 12,
    mob_deaths = 13
};
inline constexpr int stock_count = 14;
[[nodiscard]] constexpr bool counts_deaths(Stock stock) { return stock >= Stock::battle_deaths; }

/// What drives violence in a region, as the ledger of deaths takes it apart.
enum class Driver : std::uint8_t {
    fighters = 0,
    out_of_agreement = 1,
    mission = 2,
    mission_police = 3,
    withdrawal = 4,
    abuse = 5,
    people = 6,
    grievance = 7,
    distrust = 8,
    tension = 9,
    friction = 10,
    unprevented = 11,
    police = 12,
    lawlessness = 13,
    rumour = 14,
    withdrawal_beside = 15
};
inline constexpr int driver_count = 16;

inline constexpr int age_band_count = 4;  // 0-14, 15-29, 30-59, 60 and over
inline constexpr int cohort_count = 2 * age_band_count;
inline constexpr std::uint8_t no_group = 255;

/// Row of a table that has one row for each component, activity, function or kind of violence in each region.
template <class Kind>
[[nodiscard]] constexpr std::size_t row_of(std::size_t region, Kind kind) {
    constexpr std::size_t kinds = [] {
        if constexpr (std::is_same_v<Kind, Component>)
            return static_cast<std::size_t>(component_count);
        else if constexpr (std::is_same_v<Kind, Activity>)
            return static_cast<std::size_t>(activity_count);
        else if constexpr (std::is_same_v<Kind, Function>)
            return static_cast<std::size_t>(function_count);
        else
            return static_cast<std::size_t>(violence_count);
    }();
    return region * kinds + static_cast<std::size_t>(kind);
}

}  // namespace drawdown
