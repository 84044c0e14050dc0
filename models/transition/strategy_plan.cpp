// What a strategy says on a day, and whether two strategies say the same.

#include <algorithm>
#include <cmath>
#include <string_view>

#include "models/transition/strategy.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

/// 64-bit FNV-1a over what is fed to it.
class Hash {
  public:
    void add(std::string_view text) {
        for (const char c : text) feed(static_cast<std::uint8_t>(c));
        feed(0);
    }
    void add(double value) { add(sim::number_text(value)); }
    void add(sim::Date date) { add(date.text()); }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    void feed(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ULL; }
    std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

template <class Enum>
double number(Enum value) {
    return static_cast<double>(static_cast<int>(value));
}

void add(Hash& hash, const Phase& phase) {
    hash.add("phase");
    hash.add(phase.not_before);
    hash.add(phase.not_after);
    hash.add(phase.after_vote.empty() ? 0.0 : 1.0);
    hash.add(phase.held_weeks);
    hash.add(phase.duration_weeks);
    hash.add(phase.remaining);
    hash.add(number(phase.order));
    hash.add(phase.share_of_regions);
    hash.add(phase.pause_if_lost ? 1.0 : 0.0);
    hash.add(phase.reverse_if_lost ? 1.0 : 0.0);
    for (const std::size_t b : phase.benchmark_rows) hash.add(static_cast<double>(b));
    for (const bool c : phase.takes_component) hash.add(c ? 1.0 : 0.0);
    for (const std::size_t r : phase.region_rows) hash.add(static_cast<double>(r));
}

void add(Hash& hash, const Reentry& reentry) {
    hash.add("reentry");
    hash.add(static_cast<double>(reentry.benchmark_row));
    for (const double value :
         {reentry.below, reentry.held_weeks, reentry.strength, reentry.stay_weeks, reentry.within_weeks, reentry.consent})
        hash.add(value);
}

void add(Hash& hash, const HandoverPlan& plan) {
    hash.add(number(plan.successor));
    hash.add(number(plan.funding));
    hash.add(plan.has_start ? 1.0 : 0.0);
    for (const double value : {plan.overlap_weeks, plan.ready_at, plan.reach}) hash.add(value);
}

void add(Hash& hash, const FollowOnPlan& plan) {
    hash.add("follow_on");
    for (const double value : {plan.economic_musd, plan.economic_years, plan.political, plan.political_years, plan.force,
                               plan.response_weeks, plan.credibility, plan.guarantee_years})
        hash.add(value);
}

/// The entry with the latest day among those not after `day`; of equal days the last in the order of the file.
template <class Entry>
const Entry* latest(const std::vector<Entry>& entries, sim::Date Entry::*from, sim::Date day) {
    const Entry* found = nullptr;
    for (const Entry& entry : entries)
        if (entry.*from <= day && (found == nullptr || found->*from <= entry.*from)) found = &entry;
    return found;
}

}  // namespace

std::uint64_t Strategy::input_hash(sim::Date day) const {
    Hash hash;
    hash.add(expected_end(day));
    hash.add(hears(day) ? 1.0 : 0.0);
    if (const Announcement* said = announced(day)) hash.add(number(said->certainty));
    if (const Ceiling* limit = ceiling(day)) hash.add(limit->budget_musd);
    hash.add("priority");
    if (const Priority* chosen = priority(day))
        for (const double weight : chosen->weights()) hash.add(weight);
    if (request && request->date <= day) {
        hash.add(request->date);
        hash.add(request->notice_weeks);
        hash.add(request->forced);
    }
    for (std::size_t task = 0; task < handovers.size(); ++task) {
        if (!hands_over(task, day)) continue;
        hash.add(static_cast<double>(task));
        add(hash, handovers[task]);
    }
    if (follow_on && follow_on->announced <= day) add(hash, *follow_on);
    if (!leaves_history || day < departs) return hash.value();
    hash.add(departs);
    for (const Phase& phase : phases) add(hash, phase);
    if (reentry) add(hash, *reentry);
    return hash.value();
}

const Announcement* Strategy::announced(sim::Date day) const { return latest(announcements, &Announcement::made, day); }

sim::Date Strategy::expected_end(sim::Date day) const {
    // Without an announcement the parties look ten years ahead, always.
    const Announcement* said = announced(day);
    return said != nullptr ? std::max(said->expected_end, day) : day + 3653;
}

const Ceiling* Strategy::ceiling(sim::Date day) const { return latest(ceilings, &Ceiling::from, day); }

const Priority* Strategy::priority(sim::Date day) const { return latest(priorities, &Priority::from, day); }

bool Strategy::hands_over(std::size_t task, sim::Date day) const {
    const HandoverPlan& plan = handovers[task];
    if (!plan.given) return false;
    if (plan.has_start) return day >= plan.start;
    return !leaves_history || day >= departs;
}

std::optional<sim::Date> Strategy::last_day(const StrengthSeries& history) const {
    std::optional<sim::Date> end = leaves_history ? std::nullopt : history.end();
    if (!phases.empty()) {
        // A phase that takes a share of the regions leaves some of them to later phases.
        std::vector<double> left(history.regions * component_count, 1.0);
        sim::Date done = departs;
        for (const Phase& phase : phases) {
            done = std::max(done, phase.not_after) + static_cast<std::int32_t>(std::lround(7.0 * phase.duration_weeks));
            for (const std::size_t r : phase.chooses() ? std::vector<std::size_t>() : phase.region_rows)
                for (std::size_t c = 0; c < component_count; ++c)
                    if (phase.takes_component[c]) left[r * component_count + c] = phase.remaining;
        }
        if (std::all_of(left.begin(), left.end(), [](double share) { return share <= 0.0; })) end = done;
    }
    if (request) {
        const double weeks = request->notice_weeks * (1.0 - request->forced);
        const sim::Date gone = request->date + static_cast<std::int32_t>(std::lround(7.0 * weeks));
        end = end ? std::min(*end, gone) : gone;
    }
    return end;
}

}  // namespace drawdown
