#include "models/transition/exit_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;
constexpr double never_weeks = 1e9;

int number(EventKind kind) { return static_cast<int>(kind); }
int number(Cause cause) { return static_cast<int>(cause); }

/// Whether the mission was there and is not: its plan goes on in the books, so that a strategy stays the same to the bit, but is
/// no news.
template <class State>
bool gone(const State& state) {
    return state[country::mission_open][0] == 0 && state[country::weeks_since_exit][0] > 0.0;
}

}  // namespace

void ExitPlan::choose_regions(sim::View<ExitPlan> state, const sim::Step& now, const Phase& phase) const {
    const auto leaving = state[region::leaving];
    std::fill(leaving.begin(), leaving.end(), std::uint8_t{0});
    if (!phase.chooses()) {
        for (const std::size_t r : phase.region_rows) leaving[r] = 1;
        return;
    }
    const auto planned = state[region_component::planned];
    const double blind = 1.0 - clamp01(state[country::sight][0]);
    std::vector<std::pair<double, std::size_t>> held;  // rank, region
    for (const std::size_t r : phase.region_rows) {
        double persons = 0.0;
        for (std::size_t c = 0; c < component_count; ++c)
            if (phase.takes_component[c]) persons += history->at(strategy.departs, r, c) * planned[r * component_count + c];
        if (persons <= 0.0) continue;
        sim::Rng rng = now.rng("exit_plan", {static_cast<std::uint32_t>(r), 0});
        const double seen = state[region::security_level][r] + security_error * blind * rng.normal();
        const double sign = phase.order == RegionOrder::safest ? -1.0 : phase.order == RegionOrder::hardest ? 1.0 : 0.0;
        held.emplace_back(sign * seen, r);
    }
    std::stable_sort(held.begin(), held.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto wanted = static_cast<std::size_t>(std::ceil(phase.share_of_regions * static_cast<double>(held.size()) - 1e-9));
    for (std::size_t i = 0; i < std::min(wanted, held.size()); ++i) leaving[held[i].second] = 1;
}

void ExitPlan::begin(sim::View<ExitPlan> state, const sim::Step& now, const Phase& phase) const {
    const bool waited = now.date >= phase.not_after;
    const Cause cause = !phase.requires_benchmarks.empty() && !waited ? Cause::benchmark
                        : !phase.after_vote.empty()                   ? Cause::election
                                                                      : Cause::schedule;
    if (!gone(state)) state.log(number(EventKind::phase_begins), -1, -1, state[country::phase][0], number(cause));
    choose_regions(state, now, phase);
}

void ExitPlan::advance(sim::View<ExitPlan> state, const sim::Step& now) const {
    auto& index = state[country::phase][0];
    auto& progress = state[country::phase_progress][0];
    auto& weeks = state[country::weeks_in_phase][0];
    auto& paused = state[country::paused][0];
    if (static_cast<std::size_t>(index) >= strategy.phases.size()) return;
    const Phase& phase = strategy.phases[static_cast<std::size_t>(index)];
    const auto held = state[benchmark::held_weeks];
    const auto all = [&](const auto& which) {
        return std::all_of(phase.benchmark_rows.begin(), phase.benchmark_rows.end(), which);
    };
    const bool last_date = now.date >= phase.not_after;
    if (weeks <= 0.0) {
        const bool met = all([&](std::size_t b) { return held[b] >= phase.held_weeks; });
        if (now.date < phase.not_before || !(met || last_date)) return;
        begin(state, now, phase);
    }
    const bool lost = !last_date && !all([&](std::size_t b) { return held[b] > 0.0; });
    const bool held_up = lost && (phase.pause_if_lost || phase.reverse_if_lost);
    if (held_up != (paused != 0)) {
        const EventKind kind = !held_up                ? EventKind::plan_resumes
                               : phase.reverse_if_lost ? EventKind::plan_reverses
                                                       : EventKind::plan_pauses;
        if (!gone(state)) state.log(number(kind), -1, -1, index, number(last_date ? Cause::schedule : Cause::benchmark));
    }
    paused = held_up ? 1 : 0;
    weeks += now.dt_weeks;
    const double pace = phase.duration_weeks > 0.0 ? now.dt_weeks / phase.duration_weeks : 1.0;
    if (!held_up)
        progress = std::min(1.0, progress + pace);
    else if (phase.reverse_if_lost)
        progress = std::max(0.0, progress - pace);
    if (progress < 1.0 - 1e-9) return;

    const auto planned = state[region_component::planned];
    const auto leaving = state[region::leaving];
    for (std::size_t i = 0; i < planned.size(); ++i)
        if (leaving[i / component_count] != 0 && phase.takes_component[i % component_count]) planned[i] = phase.remaining;
    std::fill(leaving.begin(), leaving.end(), std::uint8_t{0});
    ++index;
    progress = 0.0;
    weeks = 0.0;
}

ExitPlan::Notice ExitPlan::notice(sim::View<ExitPlan> state, const sim::Step& now) const {
    Notice left{1.0, never_weeks};
    const bool requested = strategy.request && now.date >= strategy.request->date;
    const double since = requested ? (now.date - strategy.request->date) / 7.0 : 0.0;
    // Consent counts a dated request as its own; only one that the model made before has a notice apart.
    if (state[country::asked_to_leave][0] != 0 && (!requested || state[country::notice_weeks][0] > since)) {
        left.weeks = std::max(0.0, notice_weeks - state[country::notice_weeks][0]);
        left.share = left.weeks / notice_weeks;
    }
    if (!requested) return left;
    const HostRequest& request = *strategy.request;
    state[country::request_made][0] = 1;
    state[country::exit_disorder][0] = request.forced;
    const double whole = request.notice_weeks * (1.0 - request.forced);
    const double weeks = std::max(0.0, whole - since);
    if (weeks < left.weeks) left = {whole > 0.0 ? weeks / whole : 0.0, weeks};
    return left;
}

double ExitPlan::back(sim::View<ExitPlan> state, const sim::Step& now, bool asked) const {
    if (!strategy.reentry || now.date < strategy.departs) return 0.0;
    const Reentry& plan = *strategy.reentry;
    auto& stage = state[country::reentered][0];
    auto& weeks = state[country::reentry_weeks][0];
    if (stage == 1) {
        weeks += now.dt_weeks;
        if (!asked && weeks < plan.stay_weeks) return plan.strength;
        stage = 2;
        weeks = 0.0;
    }
    const double since = state[country::weeks_since_exit][0];
    if (stage != 0 || state[country::mission_open][0] != 0 || since > plan.within_weeks) return 0.0;
    weeks = state[benchmark::observed][plan.benchmark_row] < plan.below ? weeks + now.dt_weeks : 0.0;
    if (weeks <= 0.0 || weeks < plan.held_weeks || asked || state[country::consent][0] < plan.consent) return 0.0;
    stage = 1;
    weeks = 0.0;
    double persons = 0.0;
    for (std::size_t r = 0; r < history->regions; ++r)
        for (std::size_t c = 0; c < component_count; ++c) persons += plan.strength * history->at(strategy.departs, r, c);
    state.log(number(EventKind::mission_reenters), -1, -1, std::round(persons), number(Cause::benchmark));
    return plan.strength;
}

void ExitPlan::set_targets(sim::View<ExitPlan> state, const sim::Step& now, double notice_left, double back) const {
    const bool departed = strategy.leaves_history && now.date >= strategy.departs;
    const auto target = state[region_component::target];
    const auto planned = state[region_component::planned];
    const auto leaving = state[region::leaving];
    const double progress = state[country::phase_progress][0];
    const auto index = static_cast<std::size_t>(state[country::phase][0]);
    const Phase* running = departed && index < strategy.phases.size() ? &strategy.phases[index] : nullptr;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const std::size_t r = i / component_count;
        const std::size_t c = i % component_count;
        double wanted = 0.0;
        if (departed) {
            double share = planned[i];
            if (running != nullptr && leaving[r] != 0 && running->takes_component[c])
                share += progress * (running->remaining - share);
            wanted = history->at(strategy.departs, r, c) * std::max(share * notice_left, back);
        } else {
            wanted = history->at(now.date, r, c) * notice_left;
        }
        target[i] = c < first_civilian ? std::round(wanted) : wanted;
    }
}

void ExitPlan::cut_to_ceiling(sim::View<ExitPlan> state, const sim::Step& now) const {
    const Ceiling* limit = strategy.ceiling(now.date);
    auto& ceiling = state[country::ceiling][0];
    const double before = ceiling;
    ceiling = limit != nullptr ? 1e6 * limit->budget_musd : 0.0;
    if (limit == nullptr) return;
    const auto strength = state[region_component::strength];
    const auto target = state[region_component::target];
    const double deployed = std::accumulate(strength.begin(), strength.end(), 0.0);
    const double wanted = std::accumulate(target.begin(), target.end(), 0.0);
    const double cost = static_cast<double>(state[country::assessed_need][0]) / now.dt_weeks * weeks_a_year;
    if (ceiling != before && cost > ceiling)
        state.log(number(EventKind::funds_cut), -1, -1, cost - ceiling, number(Cause::budget));
    if (deployed <= 0.0 || wanted <= 0.0 || cost <= 0.0) return;
    const double scale = std::max(core, ceiling / (cost / deployed * wanted));
    if (scale >= 1.0) return;
    for (std::size_t i = 0; i < target.size(); ++i)
        target[i] = i % component_count < first_civilian ? std::floor(target[i] * scale) : target[i] * scale;
}

void ExitPlan::announce(sim::View<ExitPlan> state, const sim::Step& now, const Notice& notice) const {
    double weeks = (strategy.expected_end(now.date) - now.date) / 7.0;
    double believed = 0.0;
    if (const Announcement* said = strategy.announced(now.date); said != nullptr)
        believed = said->certainty == Certainty::firm          ? firm
                   : said->certainty == Certainty::conditional ? conditional
                                                               : ambiguous;
    if (notice.weeks < weeks || notice.share < 1.0) {
        weeks = std::min(weeks, notice.weeks);
        believed = firm;  // a government's request leaves no doubt
    }
    if (state[country::weeks_since_exit][0] > 0.0) {  // what has happened needs no announcement
        weeks = 0.0;
        believed = 1.0;
    }
    state[country::weeks_to_exit][0] = std::max(0.0, weeks);
    state[country::exit_credibility][0] = believed;
}

void ExitPlan::step(sim::View<ExitPlan> state, const sim::Step& now) const {
    state[country::requests_heard][0] = strategy.hears(now.date) ? 1 : 0;
    if (strategy.leaves_history && now.date >= strategy.departs) advance(state, now);
    const Notice left = notice(state, now);
    set_targets(state, now, left.share, back(state, now, left.weeks < never_weeks));
    cut_to_ceiling(state, now);
    announce(state, now, left);
    const auto weight = state[activity::weight];
    const Priority* chosen = strategy.priority(now.date);
    for (std::size_t a = 0; a < weight.size(); ++a) weight[a] = chosen != nullptr ? chosen->weights()[a] : 1.0;
}

void start_plan(sim::State& state) {
    const auto weight = state.of(activity::weight);
    std::fill(weight.begin(), weight.end(), 1.0);
    const auto planned = state.of(region_component::planned);
    std::fill(planned.begin(), planned.end(), 1.0);
}

}  // namespace drawdown
