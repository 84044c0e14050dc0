#include "models/transition/ledger.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace drawdown {

namespace {

struct Words {
    std::string_view name, title;
};

constexpr std::array<Words, ledger_cause_count> causes = {{
    {"start", "what was there at the start"},
    {"government", "character of the government: inclusive or complicit"},
    {"sponsors", "friendly sponsors, who offer the government an alternative"},
    {"dialogue", "dialogue and early warning, by the mission and local committees"},
    {"good_offices", "good offices of the mission"},
    {"tension", "political tension around votes"},
    {"sovereignty", "size of the mission, which touches sovereignty"},
    {"abuse_reports", "reports on abuses"},
    {"unmet_expectations", "services that people expect and do not get"},
    {"misconduct", "misconduct of mission personnel"},
    {"failure_to_protect", "violence in the mission's time"},
    {"rumour", "hostile rumours"},
    {"fatigue", "length of the mission"},
    {"chance", "chance: politics that nothing here explains"},
    {"outside_events", "outside events of the scenario"},
    {"ownership", "legitimate and able state institutions that carry the agreement"},
    {"process_support", "political support to the peace process"},
    {"participation", "women, youth and minorities in the process"},
    {"disputes", "disputes over the agreement"},
    {"fading", "fading of what outsiders pushed"},
    {"fighting", "parties that fight"},
    {"mentoring", "mentoring by the mission"},
    {"due_diligence", "support withheld for abuses by state forces"},
    {"own_budget", "the state's own budget"},
    {"patronage", "patronage, which eats the budget"},
    {"dependency", "dependency: the mission does the work"},
    {"premature_load", "work that came before the state could carry it"},
    {"movements", "people who move, come of age or die"},
    {"trust", "trust in the state"},
    {"services", "services delivered"},
    {"state_capacity", "capacity of the state"},
    {"lost_control", "people outside state control"},
    {"disobedience", "people who do not follow a state without legitimacy"},
    {"epidemic", "epidemics"},
    {"donors", "donors' own services"},
    {"programmes", "programmes of the mission"},
    {"successors", "programmes of those who took over from the mission"},
    {"contested_votes", "contested votes"},
    {"clean_votes", "clean votes"},
    {"coups", "coup attempts"},
    {"power", "chance to win against a weak state"},
    {"grievance", "grievance of the people"},
    {"spoils", "lootable resources"},
    {"demands", "demands learnt from earlier inducements"},
    {"spillover", "instability across the border"},
    {"momentum", "groups already out of the agreement"},
    {"weariness", "weariness of war"},
    {"state_forces", "forces of the state nearby"},
    {"pressure", "pressure by the mission"},
    {"mission_presence", "the mission's strength and presence"},
    {"missing_consent", "guarantee weakened by missing consent"},
    {"expected_exit", "guarantee that fades as the exit comes near"},
    {"later_guarantee", "guarantee for the time after the exit"},
    {"inducement", "inducements to stay in the agreement"},
    {"agreement", "what the agreement has brought"},
    {"inertia", "inertia"},
    {"limits", "bounds of the scale"},
    {"natural_level", "where people's views settle when nothing happens"},
    {"neighbours", "what neighbours think"},
    {"abuse", "abuses by forces of the state"},
    {"property", "disputes over land and houses"},
    {"exclusion", "groups that are left out of power, or have a part in it"},
    {"hardship", "hardship"},
    {"victimisation", "memories of violence suffered"},
    {"credit_to_mission", "services for which the mission gets the credit"},
    {"geography", "reach of the state as distance allows"},
    {"armed_groups", "ground that armed groups hold"},
    {"baseline", "violence as at the start, and chance"},
    {"fighters", "number of fighters"},
    {"mission_police", "police of the mission"},
    {"withdrawal", "gaps that departing troops and police leave"},
    {"people", "number of people"},
    {"friction", "tension between the groups that live side by side"},
}};

template <std::string_view Words::*word>
constexpr std::array<std::string_view, ledger_cause_count> column() {
    std::array<std::string_view, ledger_cause_count> list;
    std::transform(causes.begin(), causes.end(), list.begin(), [](const Words& cause) { return cause.*word; });
    return list;
}
constexpr auto names = column<&Words::name>();
constexpr auto titles = column<&Words::title>();

constexpr std::array<std::string_view, stock_count> stocks = {"consent of the host government",
                                                              "implementation of the agreement, mean over its provisions",
                                                              "capacity of the state, mean over functions and people",
                                                              "legitimacy of the government",
                                                              "temptation of armed groups to leave the agreement, their mean",
                                                              "services delivered, mean over people",
                                                              "state control, share of the people",
                                                              "grievance of adults, mean",
                                                              "trust in the government of adults, mean",
                                                              "trust in the mission of adults, mean",
                                                              "deaths in fighting and attacks on aid",
                                                              "civilians killed by one side",
                                                              "deaths in communal violence",
                                                              "deaths in riots and by mobs"};

}  // namespace

std::span<const std::string_view> ledger_cause_names() { return names; }
std::span<const std::string_view> ledger_cause_titles() { return titles; }
std::span<const std::string_view> stock_titles() { return stocks; }

Ledger::Ledger(std::span<double> amounts, Stock stock)
    : page_(amounts.subspan(static_cast<std::size_t>(stock) * ledger_cause_count, ledger_cause_count)) {}

double Ledger::sum() const {
    double sum = 0.0;
    for (const double amount : page_) sum += amount;
    return sum;
}

void Ledger::open(double value, LedgerCause since) {
    const bool empty = std::all_of(page_.begin(), page_.end(), [](double amount) { return amount == 0.0; });
    add(empty ? LedgerCause::start : since, value - sum());
}

void Ledger::fade(double share) {
    for (double& amount : page_) amount *= share;
}

void Ledger::add(LedgerCause cause, double change) { page_[static_cast<std::size_t>(cause)] += change; }

void Ledger::close(double value) { add(LedgerCause::limits, value - sum()); }

}  // namespace drawdown
