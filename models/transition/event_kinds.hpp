#pragma once
// What a run logs: kinds of events, what set them off, and how each is told in a sentence. One table in event_kinds.cpp.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drawdown {

/// Kinds of events in the log of a run; the number is what the result file stores, and is never given to another kind.
enum class EventKind : std::int16_t {
    phase_begins,
    plan_pauses,
    plan_resumes,
    mission_closes,
    asked_to_leave,
    vote,
    posture_harass,
    posture_fight,
    posture_comply,
    armed_conflict,
    war,
    battle,
    massacre,
    riot,
    contested_vote,
    ceasefire_violation,
    leaves_agreement,
    joins_agreement,
    group_forms,
    group_splits,
    groups_merge,
    group_dissolves,
    local_deal,
    consent_changes,
    region_withdraws_consent,
    region_restores_consent,
    party_withdraws_consent,
    plan_reverses,
    mission_reenters,
    followon_begins,
    followon_ends,
    handover_begins,
    handover_completed,
    task_orphaned,
    base_closes,
    radio_closes,
    site_opens,
    site_closes,
    site_besieged,
    convoy_attacked,
    mission_attacked,
    displacement,
    returns,
    scandal,
    coup_attempt,
    sponsor_changes,
    refugee_inflow,
    arms_inflow,
    extremists_cross,
    epidemic_begins,
    price_shock,
    mutiny,
    provision_implemented,
    dispute_opens,
    dispute_resolved,
    cantonment_begins,
    programme_ends,
    region_falls,
    region_regained,
    region_lost_to_nobody,
    benchmark_met,
    benchmark_lost,
    aid_suspended,
    support_suspended,
    civil_society_repressed,
    funds_cut,
    support_resumed,
    party_restores_consent,
    radio_handed_over,
    status_ends,
    coup_succeeds,
    coup_fails,
    posture_low,
    state_advances,
    government_falls
};

/// What set an event off. An event without a known cause has -1.
enum class Cause : std::int16_t {
    schedule,
    grievance,
    spoils,
    weak_state,
    fading_guarantee,
    unpaid_fighters,
    spillover,
    tension,
    rumour,
    misconduct,
    abuse_reports,
    fatigue,
    sovereignty,
    unmet_expectations,
    failure_to_protect,
    violence,
    no_funding,
    not_ready,
    no_successor,
    consent,
    benchmark,
    budget,
    hunger_for_land,
    price,
    chance,
    weariness,
    agreement,
    force,
    extremism,
    donors,
    capacity,
    election,
    request,
    mission_leaves,
    security,
    services,
    dialogue,
    need,
    coup,
    military_rule,
    exclusion,
    strain_passes
};

/// What the value of an event counts.
enum class Measure : std::uint8_t {
    nothing,    ///< 0
    deaths,     ///< persons killed
    persons,    ///< persons
    share,      ///< 0 to 1
    level,      ///< stakes, temptation or level of a shock, 0 to 1
    usd,        ///< USD
    phase,      ///< number of the phase, from 0
    consent,    ///< consent, 0 to 1
    task,       ///< index of the task
    provision,  ///< index of the provision
    benchmark,  ///< index of the benchmark
    group       ///< index of the other group
};

/// One line of the table of kinds.
struct EventKindInfo {
    EventKind kind;
    std::string_view name;      ///< in the result file
    std::string_view title;     ///< a noun, for totals: "battles"
    Measure measure;            ///< of the event's value
    std::string_view sentence;  ///< fmt template; {place}, {group}, {value} in words, {cause} with what leads up to it, or empty
};

/// One line of the table of causes.
struct CauseInfo {
    Cause cause;
    std::string_view name;    ///< in the result file
    std::string_view phrase;  ///< after a comma: "out of grievance"
};

/// All kinds, by number.
[[nodiscard]] std::span<const EventKindInfo> event_kinds();
/// All causes, by number.
[[nodiscard]] std::span<const CauseInfo> causes();

/// Names by number, as the result file lists them.
[[nodiscard]] const std::vector<std::string>& event_kind_names();
[[nodiscard]] const std::vector<std::string>& cause_names();

/// A whole number with a comma between thousands: "1,234,567".
[[nodiscard]] std::string grouped(double value);

/// A value in words: "1 death", "35 %", "12.5 million USD", "phase 3" (counted from 1).
[[nodiscard]] std::string value_text(Measure measure, double value);

/// The sentence of an event, with a capital first. `value` in words; `cause` -1 for none. An empty `group` reads "an armed
/// group".
[[nodiscard]] std::string event_sentence(EventKind kind, std::string_view place, std::string_view group, std::string_view value,
                                         int cause);

}  // namespace drawdown
