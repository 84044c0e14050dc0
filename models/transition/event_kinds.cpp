#include "models/transition/event_kinds.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cmath>

namespace drawdown {

namespace {

using K = EventKind;
using M = Measure;
using C = Cause;

constexpr auto kinds = std::to_array<EventKindInfo>({
    {K::phase_begins, "phase_begins", "phases begun", M::phase, "{value} of the exit began{cause}"},
    {K::plan_pauses, "plan_pauses", "pauses of the plan", M::phase, "the exit paused in {value}{cause}"},
    {K::plan_resumes, "plan_resumes", "resumptions of the plan", M::phase, "the exit went on with {value}{cause}"},
    {K::mission_closes, "mission_closes", "closures of the mission", M::nothing, "the mission closed{cause}"},
    {K::asked_to_leave, "asked_to_leave", "requests to leave", M::consent,
     "the host asked the mission to leave, with consent at {value}{cause}"},
    {K::vote, "vote", "votes", M::level, "a vote was held; stakes {value}{cause}"},
    {K::posture_harass, "posture_harass", "turns to harassment", M::level,
     "{group} turned to harassment; temptation {value}{cause}"},
    {K::posture_fight, "posture_fight", "turns to fighting", M::level, "{group} took up arms; temptation {value}{cause}"},
    {K::posture_comply, "posture_comply", "returns to the agreement", M::level,
     "{group} kept to the agreement again; temptation {value}{cause}"},
    {K::armed_conflict, "armed_conflict", "onsets of armed conflict", M::deaths, "armed conflict: {value} in a year{cause}"},
    {K::war, "war", "onsets of war", M::deaths, "war: {value} in a year{cause}"},
    {K::battle, "battle", "battles", M::deaths, "{group} fought the state: {value}{cause}"},
    {K::massacre, "massacre", "massacres", M::deaths, "civilians were massacred: {value}{cause}"},
    {K::riot, "riot", "riots", M::deaths, "a crowd rioted: {value}{cause}"},
    {K::contested_vote, "contested_vote", "contested votes", M::level, "the loser contested the vote; stakes {value}{cause}"},
    {K::ceasefire_violation, "ceasefire_violation", "violations of the ceasefire", M::nothing,
     "{group} broke the ceasefire{cause}"},
    {K::leaves_agreement, "leaves_agreement", "departures from the agreement", M::level,
     "{group} left the agreement; temptation {value}{cause}"},
    {K::joins_agreement, "joins_agreement", "accessions to the agreement", M::level, "{group} joined the agreement{cause}"},
    {K::group_forms, "group_forms", "new groups", M::persons, "{group} appeared with {value}{cause}"},
    {K::group_splits, "group_splits", "splits of groups", M::persons, "{value} split off from {group}{cause}"},
    {K::groups_merge, "groups_merge", "mergers of groups", M::group, "{group} took in {value}{cause}"},
    {K::group_dissolves, "group_dissolves", "groups dissolved", M::persons, "{group} dissolved; {value} went home{cause}"},
    {K::local_deal, "local_deal", "local deals", M::share,
     "communities made local deals; {value} of the people have a mechanism that keeps them{cause}"},
    {K::consent_changes, "consent_changes", "changes of the host's consent", M::consent,
     "the host's consent to the mission changed to {value}{cause}"},
    {K::region_withdraws_consent, "region_withdraws_consent", "regions withdrawing consent", M::consent,
     "the people wanted the mission gone; consent {value}{cause}"},
    {K::region_restores_consent, "region_restores_consent", "regions restoring consent", M::consent,
     "the people accepted the mission again; consent {value}{cause}"},
    {K::party_withdraws_consent, "party_withdraws_consent", "parties withdrawing consent", M::consent,
     "{group} no longer consented to the mission; consent {value}{cause}"},
    {K::plan_reverses, "plan_reverses", "reversals of the plan", M::phase, "the exit was reversed to {value}{cause}"},
    {K::mission_reenters, "mission_reenters", "returns of a mission", M::persons, "a mission came back, {value} strong{cause}"},
    {K::followon_begins, "followon_begins", "follow-on presences begun", M::persons,
     "a follow-on presence began, with {value}{cause}"},
    {K::followon_ends, "followon_ends", "follow-on presences ended", M::nothing, "the follow-on presence ended{cause}"},
    {K::handover_begins, "handover_begins", "handovers begun", M::task, "the handover of {value} began{cause}"},
    {K::handover_completed, "handover_completed", "handovers completed", M::task, "the handover of {value} was completed{cause}"},
    {K::task_orphaned, "task_orphaned", "tasks left to nobody", M::task, "nobody was left for {value}{cause}"},
    {K::base_closes, "base_closes", "bases closed", M::persons, "a base closed, with {value} to the last{cause}"},
    {K::radio_closes, "radio_closes", "radio stations closed", M::nothing, "the mission's radio fell silent{cause}"},
    {K::site_opens, "site_opens", "sites opened", M::persons, "a protection site opened for {value}{cause}"},
    {K::site_closes, "site_closes", "sites closed", M::persons, "the protection site closed on {value}{cause}"},
    {K::site_besieged, "site_besieged", "sieges of sites", M::persons, "the site with {value} was besieged{cause}"},
    {K::convoy_attacked, "convoy_attacked", "attacks on convoys", M::deaths, "a convoy was attacked: {value}{cause}"},
    {K::mission_attacked, "mission_attacked", "attacks on the mission", M::deaths, "the mission was attacked: {value}{cause}"},
    {K::displacement, "displacement", "waves of flight", M::persons, "{value} fled{cause}"},
    {K::returns, "returns", "waves of return", M::persons, "{value} returned{cause}"},
    {K::scandal, "scandal", "scandals", M::level, "a scandal of the mission broke; level {value}{cause}"},
    {K::coup_attempt, "coup_attempt", "coup attempts", M::share,
     "officers attempted a coup, with {value} of the forces behind them{cause}"},
    {K::sponsor_changes, "sponsor_changes", "changes of sponsors", M::level,
     "the stance of armed groups' sponsors abroad towards the state moved by {value}{cause}"},
    {K::refugee_inflow, "refugee_inflow", "inflows of refugees", M::level, "refugees came in from abroad; level {value}{cause}"},
    {K::arms_inflow, "arms_inflow", "inflows of arms", M::level, "arms came over the border; level {value}{cause}"},
    {K::extremists_cross, "extremists_cross", "crossings by extremists", M::level,
     "extremists crossed the border; level {value}{cause}"},
    {K::epidemic_begins, "epidemic_begins", "epidemics", M::level, "an epidemic began; peak {value}{cause}"},
    {K::price_shock, "price_shock", "price shocks", M::level, "export prices moved; level {value}{cause}"},
    {K::mutiny, "mutiny", "mutinies", M::share, "{value} of the forces mutinied{cause}"},
    {K::provision_implemented, "provision_implemented", "provisions implemented", M::provision,
     "much of {value} was carried out{cause}"},
    {K::dispute_opens, "dispute_opens", "disputes opened", M::provision, "a dispute opened over {value}{cause}"},
    {K::dispute_resolved, "dispute_resolved", "disputes resolved", M::provision, "a dispute over {value} was resolved{cause}"},
    {K::cantonment_begins, "cantonment_begins", "cantonments begun", M::persons, "{value} of {group} moved into camps{cause}"},
    {K::programme_ends, "programme_ends", "programmes ended", M::persons, "the programme ended for {value}{cause}"},
    {K::region_falls, "region_falls", "regions fallen", M::share, "{place} fell to {group}; {value} held{cause}"},
    {K::region_regained, "region_regained", "regions regained", M::share, "the state regained {place}; {value} held{cause}"},
    {K::region_lost_to_nobody, "region_lost_to_nobody", "regions nobody holds", M::share,
     "nobody held {place} any more; the state had {value}{cause}"},
    {K::benchmark_met, "benchmark_met", "benchmarks met", M::benchmark, "{value} was met{cause}"},
    {K::benchmark_lost, "benchmark_lost", "benchmarks lost", M::benchmark, "{value} was no longer met{cause}"},
    {K::aid_suspended, "aid_suspended", "suspensions of aid", M::usd, "donors suspended {value} a year{cause}"},
    {K::support_suspended, "support_suspended", "suspensions of support", M::share,
     "the mission suspended {value} of its support to the forces, after due diligence on human rights{cause}"},
    {K::civil_society_repressed, "civil_society_repressed", "waves of repression", M::level,
     "civil society was repressed; level {value}{cause}"},
    {K::funds_cut, "funds_cut", "cuts of funds", M::usd, "the mission lost {value} a year{cause}"},
    {K::support_resumed, "support_resumed", "resumptions of support", M::share,
     "the mission resumed {value} of its support to the forces, which due diligence had held back{cause}"},
    {K::party_restores_consent, "party_restores_consent", "parties restoring consent", M::consent,
     "{group} accepted the mission again; consent {value}{cause}"},
    {K::radio_handed_over, "radio_handed_over", "radio stations handed over", M::share,
     "others went on with the mission's radio, which {value} of the people hear{cause}"},
    {K::status_ends, "status_ends", "cessations of the status of refugees", M::share,
     "the status of refugees ended for {value} of those abroad{cause}"},
    {K::coup_succeeds, "coup_succeeds", "coups", M::share, "soldiers took power, with {value} of the forces behind them{cause}"},
    {K::coup_fails, "coup_fails", "failed coups", M::deaths, "the coup failed: {value}{cause}"},
    {K::posture_low, "posture_low", "groups outside the agreement lying low", M::level,
     "{group} lay low; temptation {value}{cause}"},
    {K::state_advances, "state_advances", "advances of the army on a group's ground", M::share,
     "the army advanced in {place} on {value} held by {group}{cause}"},
    {K::government_falls, "government_falls", "governments overthrown by armed groups", M::nothing,
     "the government fell, and {group} ruled from {place}{cause}"},
});

constexpr auto reasons = std::to_array<CauseInfo>({
    {C::schedule, "schedule", "as planned"},
    {C::grievance, "grievance", "out of grievance"},
    {C::spoils, "spoils", "over spoils"},
    {C::weak_state, "weak_state", "since the state was weak"},
    {C::fading_guarantee, "fading_guarantee", "as the guarantee faded"},
    {C::unpaid_fighters, "unpaid_fighters", "since fighters went unpaid"},
    {C::spillover, "spillover", "spilling over the border"},
    {C::tension, "tension", "in a tense time"},
    {C::rumour, "rumour", "set off by a rumour"},
    {C::misconduct, "misconduct", "after misconduct"},
    {C::abuse_reports, "abuse_reports", "after reports of abuse"},
    {C::fatigue, "fatigue", "out of fatigue"},
    {C::sovereignty, "sovereignty", "for the sake of sovereignty"},
    {C::unmet_expectations, "unmet_expectations", "since expectations were not met"},
    {C::failure_to_protect, "failure_to_protect", "after a failure to protect"},
    {C::violence, "violence", "because of violence"},
    {C::no_funding, "no_funding", "for want of funds"},
    {C::not_ready, "not_ready", "since the successor was not ready"},
    {C::no_successor, "no_successor", "for want of a successor"},
    {C::consent, "consent", "for want of consent"},
    {C::benchmark, "benchmark", "because of a benchmark"},
    {C::budget, "budget", "because of the budget"},
    {C::hunger_for_land, "hunger_for_land", "over property"},
    {C::price, "price", "as prices moved"},
    {C::chance, "chance", "by chance"},
    {C::weariness, "weariness", "out of weariness"},
    {C::agreement, "agreement", "by agreement"},
    {C::force, "force", "by force"},
    {C::extremism, "extremism", "out of extremism"},
    {C::donors, "donors", "because of donors"},
    {C::capacity, "capacity", "because of capacity"},
    {C::election, "election", "because of an election"},
    {C::request, "request", "by request"},
    {C::mission_leaves, "mission_leaves", "as the mission left"},
    {C::security, "security", "because of security"},
    {C::services, "services", "because of services"},
    {C::dialogue, "dialogue", "through dialogue"},
    {C::need, "need", "for want of relief"},
    {C::coup, "coup", "after a coup attempt"},
    {C::military_rule, "military_rule", "under soldiers"},
    {C::exclusion, "exclusion", "by a closed government"},
    {C::strain_passes, "strain_passes", "as what had strained it passed"},
});

template <std::size_t N, class Line>
std::vector<std::string> names_of(const std::array<Line, N>& lines) {
    std::vector<std::string> names;
    for (const Line& line : lines) names.emplace_back(line.name);
    return names;
}

std::string counted(double value, const char* one, const char* more) {
    return fmt::format("{} {}", grouped(value), std::llround(value) == 1 ? one : more);
}

}  // namespace

std::span<const EventKindInfo> event_kinds() { return kinds; }
std::span<const CauseInfo> causes() { return reasons; }

const std::vector<std::string>& event_kind_names() {
    static const std::vector<std::string> names = names_of(kinds);
    return names;
}

const std::vector<std::string>& cause_names() {
    static const std::vector<std::string> names = names_of(reasons);
    return names;
}

std::string grouped(double value) {
    const std::string digits = fmt::format("{}", std::llabs(std::llround(value)));
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return fmt::format("{}{}", std::llround(value) < 0 ? "-" : "", text);
}

std::string value_text(Measure measure, double value) {
    switch (measure) {
        case Measure::nothing:
            return "";
        case Measure::deaths:
            return counted(value, "death", "deaths");
        case Measure::persons:
            return counted(value, "person", "persons");
        case Measure::share:
            return fmt::format("{:.0f} %", 100.0 * value);
        case Measure::level:
        case Measure::consent:
            return fmt::format("{:.2f}", value);
        case Measure::usd:
            return std::abs(value) < 1e6 ? grouped(value) + " USD" : fmt::format("{:.1f} million USD", value / 1e6);
        case Measure::phase:
            return fmt::format("phase {:.0f}", value + 1.0);
        case Measure::task:
            return fmt::format("task {:.0f}", value + 1.0);
        case Measure::provision:
            return fmt::format("provision {:.0f}", value + 1.0);
        case Measure::benchmark:
            return fmt::format("benchmark {:.0f}", value + 1.0);
        case Measure::group:
            return fmt::format("group {:.0f}", value + 1.0);
    }
    return "";
}

std::string event_sentence(EventKind kind, std::string_view place, std::string_view group, std::string_view value, int cause) {
    const EventKindInfo& info = kinds.at(static_cast<std::size_t>(kind));
    const std::string why = cause < 0 ? "" : fmt::format(", {}", reasons.at(static_cast<std::size_t>(cause)).phrase);
    std::string text = fmt::format(fmt::runtime(info.sentence), fmt::arg("place", place),
                                   fmt::arg("group", group.empty() ? std::string_view("an armed group") : group),
                                   fmt::arg("value", value), fmt::arg("cause", why));
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

}  // namespace drawdown
