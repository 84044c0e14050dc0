#include "models/transition/movements.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

constexpr double lately_weeks = 4.0;     // half-life of what counts as of late
constexpr double least_persons = 100.0;  // fewer are no wave, in however small a region
constexpr double violent = 1.0;          // recent deaths per 100,000 from which a flight is put down to violence
constexpr double works = 0.01;           // reach of a programme below which it has ended
constexpr double told_from = 20.0;       // fighters in camps, or trainees, from which they are told of

/// Bits of region.waves.
enum Wave : std::uint8_t { fleeing = 1, returning = 2, cantoning = 4, in_programme = 8 };

/// The armed group that most of those who give up arms in a region come from; -1 if none does.
template <class State>
int disarming_group(const State& state, std::size_t r) {
    const auto joins = state[region_group::joins_disarmament];
    const std::size_t groups = joins.size() / state.rows(region::population);
    int group = -1;
    double most = 0.0;
    for (std::size_t g = 0; g < groups; ++g) {
        const double here = joins[r * groups + g] * static_cast<double>(state[region_group::fighters][r * groups + g]);
        if (here > most) {
            most = here;
            group = static_cast<int>(g);
        }
    }
    return group;
}

}  // namespace

void Movements::step(sim::View<Movements> state, const sim::Step& now) const {
    const double keep = decay(lately_weeks, now.dt_weeks);
    const auto waves = state[region::waves];
    for (std::size_t r = 0; r < waves.size(); ++r) {
        const auto tell = [&](EventKind kind, int actor, double value, Cause cause) {
            if (!now.initial) state.log(static_cast<int>(kind), static_cast<int>(r), actor, value, static_cast<int>(cause));
        };
        /// Sets or clears a bit; true when it is newly set.
        const auto turns = [&](Wave bit, bool on) {
            const bool was = (waves[r] & bit) != 0;
            waves[r] = static_cast<std::uint8_t>(on ? waves[r] | bit : waves[r] & ~bit);
            return on && !was;
        };
        const double size = std::max(least_persons, large * static_cast<double>(state[region::population][r]));
        const auto wave = [&](double& lately, double persons, Wave bit) {
            lately = lately * keep + persons;
            const bool was = (waves[r] & bit) != 0;
            return turns(bit, lately >= (was ? 0.5 : 1.0) * size);
        };
        auto& fled = state[region::fled_lately][r];
        if (wave(fled, static_cast<double>(state[region::newly_displaced][r]), fleeing))
            tell(EventKind::displacement, -1, fled, state[region::exposure][r] >= violent ? Cause::violence : Cause::need);
        auto& back = state[region::returned_lately][r];
        if (wave(back, static_cast<double>(state[region::returned][r]), returning))
            tell(EventKind::returns, -1, back, state[country::emigrated][0] > 0 ? Cause::schedule : Cause::security);

        const auto cantoned = static_cast<double>(state[region::cantoned][r]);
        const bool camps = (waves[r] & cantoning) != 0;
        if (turns(cantoning, cantoned >= (camps ? 1.0 : told_from)))
            tell(EventKind::cantonment_begins, disarming_group(state, r), cantoned, Cause::agreement);

        const double paid = clamp01(state[activity::paid][static_cast<std::size_t>(Activity::ddr)]);
        const double offered = paid * state[region_activity::reach][row_of(r, Activity::ddr)];
        const auto taught = static_cast<double>(state[region::in_programme][r]);
        const bool ran = (waves[r] & in_programme) != 0;
        if (ran && offered < works && taught > 0.0)
            tell(EventKind::programme_ends, -1, taught,
                 state[country::mission_open][0] == 0 ? Cause::mission_leaves
                 : paid < works                       ? Cause::no_funding
                                                      : Cause::schedule);
        turns(in_programme, offered >= works && taught >= (ran ? 1.0 : told_from));
    }
}

}  // namespace drawdown
