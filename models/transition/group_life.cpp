#include "models/transition/group_life.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"
#include "models/transition/inputs.hpp"

namespace drawdown {

namespace {

constexpr double long_since = 1040.0;         // weeks: no decision of late binds a group at the start
constexpr double hostile = 4.0;               // peoples who regard each other at less than -1 / 4 give no allies
constexpr double ties_elsewhere = 1.0 / 3.0;  // as for the groups of a scenario, outside their regions

bool happens(const sim::Step& now, std::string_view stream, std::size_t a, std::size_t b, double rate) {
    sim::Rng rng = now.rng(stream, {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)});
    return rng.bernoulli(-sim::expm1(-rate * now.dt_weeks));
}

bool out(const sim::View<GroupLife>& state, std::size_t g) {
    return state[group::alive][g] != 0 && !complies(state[group::posture][g]);
}

double strength(const sim::View<GroupLife>& state, std::size_t g) {
    return state[group::arms][g] * static_cast<double>(state[group::fighters][g]);
}

void tell(const sim::View<GroupLife>& state, EventKind kind, int region, std::size_t g, double value, Cause cause) {
    state.log(static_cast<int>(kind), region, static_cast<int>(g), value, static_cast<int>(cause));
}

}  // namespace

double GroupLife::discord(double temptation, bool complies) const {
    const double out = sim::logistic(temptation / discord_width);
    return complies ? out : 1.0 - out;
}

/// Cohesion, arms, and the time without fighters.
void GroupLife::keep_together(const Groups& state, std::size_t g, const sim::Step& now) const {
    const std::size_t groups = state.rows(group::alive);
    const std::size_t regions = state.rows(region::population);
    const auto fighters = static_cast<double>(state[group::fighters][g]);
    double lost = 0.0;
    double ties = 0.0;
    double flow = 0.0;
    for (std::size_t r = 0; r < regions; ++r) {
        const double tie = state[region_group::affinity][r * groups + g];
        lost += static_cast<double>(state[region_group::losses][r * groups + g]);
        ties += tie;
        flow += tie * state[region::arms_flow][r];
    }
    const double torn = discord(state[group::temptation][g], complies(state[group::posture][g]));
    const double bled = fighters > 0.0 ? lost / (now.dt_weeks * (fighters + lost)) : 0.0;
    const double target =
        clamp01(1.0 - cohesion_unpaid * (1.0 - state[group::pay][g]) - cohesion_discord * torn - cohesion_losses * bled);
    auto& cohesion = state[group::cohesion][g];
    cohesion = relaxed(cohesion, target, cohesion_rate, now.dt_weeks);
    auto& arms = state[group::arms][g];
    if (ties > 0.0 && arms < best_arms) arms = relaxed(arms, best_arms, arms_rate * clamp01(flow / ties), now.dt_weeks);

    auto& idle = state[group::idle_weeks][g];
    idle = fighters > 0.0 ? 0.0 : idle + now.dt_weeks;
    auto& seen = state[group::seen][g];
    if (fighters > 0.0 && seen == 0) {
        seen = 1;
        tell(state, EventKind::group_forms, -1, g, fighters, Cause::grievance);
    }
}

/// The row that has been free longest, among those for new groups.
std::optional<std::size_t> GroupLife::room(const Groups& state) const {
    const auto idle = state[group::idle_weeks];
    std::optional<std::size_t> best;
    for (std::size_t g = named_groups; g < idle.size(); ++g) {
        // One that ended in this step may still have fighters who are about to go over.
        if (state[group::alive][g] != 0 || state[group::fighters][g] > 0 || idle[g] <= 0.0) continue;
        if (!best || idle[g] > idle[*best]) best = g;
    }
    return best;
}

void GroupLife::found(const Groups& state, std::size_t g) const {
    state[group::alive][g] = 1;
    state[group::parent][g] = no_group;
    state[group::sponsor][g] = no_group;
    state[group::ally][g] = no_group;
    state[group::signatory][g] = 0;
    state[group::proscribed][g] = 0;
    state[group::hired][g] = 0;
    state[group::encroached][g] = 0.0;
    state[group::posture_weeks][g] = 0.0;
    state[group::spoiler][g] = limited_spoiler;
    state[group::arms][g] = new_arms;
    state[group::cohesion][g] = cohesion_after;
    state[group::support][g] = 0.5;
    state[group::wealth][g] = 0.0;
    state[group::posture][g] = static_cast<std::uint8_t>(Posture::harass);
    state[group::resolve][g] = 0.0;
    state[group::weariness][g] = 0.0;
    state[group::temptation][g] = 0.0;
    state[group::idle_weeks][g] = 0.0;
    state[group::seen][g] = 1;
}

/// Ends a group. Its row is free a step later, when its fighters have gone over.
void GroupLife::end(const Groups& state, std::size_t g) const {
    const std::size_t groups = state.rows(group::alive);
    state[group::alive][g] = 0;
    state[group::signatory][g] = 0;
    state[group::posture][g] = static_cast<std::uint8_t>(Posture::comply);
    state[group::idle_weeks][g] = 0.0;
    state[group::wealth][g] = 0.0;
    state[group::cohesion][g] = 0.0;
    state[group::support][g] = 0.0;
    state[group::temptation][g] = 0.0;
    state[group::leverage][g] = 0.0;
    state[group::ally][g] = no_group;
    for (auto& ally : state[group::ally])
        if (ally == g) ally = no_group;
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        state[region_group::affinity][r * groups + g] = 0.0;
        state[region_group::recruiting][r * groups + g] = 0.0;
        state[region_group::control][r * groups + g] = 0.0;
    }
}

void GroupLife::split(const Groups& state, std::size_t g, const sim::Step& now) const {
    const auto posture = state[group::posture];
    const double torn = discord(state[group::temptation][g], complies(posture[g]));
    const double share = std::clamp(torn, std::min(least_share, 0.5), 0.5);
    const double loose = 1.0 - state[group::cohesion][g] / split_below;
    if (loose <= 0.0 || share * static_cast<double>(state[group::fighters][g]) < least_fighters) return;
    if (!happens(now, "group_split", g, 0, split_rate * loose * torn)) return;
    const std::optional<std::size_t> free = room(state);
    if (!free) return;
    const std::size_t h = *free;
    const bool hard = complies(posture[g]);
    found(state, h);
    state[group::parent][h] = static_cast<std::uint8_t>(g);
    state[group::sponsor][h] = state[group::sponsor][g];
    state[group::hired][h] = state[group::hired][g];
    state[group::identity][h] = state[group::identity][g];
    state[group::arms][h] = state[group::arms][g];
    state[group::weariness][h] = state[group::weariness][g];
    state[group::temptation][h] = state[group::temptation][g];
    state[group::support][h] = state[group::support][g];
    const int type = state[group::spoiler][g] + (hard ? 1 : -1);
    state[group::spoiler][h] = static_cast<std::uint8_t>(std::clamp<int>(type, no_spoiler, total_spoiler));
    state[group::resolve][h] = state[group::resolve][g] + (hard ? splinter_resolve : -splinter_resolve);
    posture[h] = static_cast<std::uint8_t>(hard ? Posture::harass : Posture::comply);
    state[group::cohesion][g] = std::max(state[group::cohesion][g], cohesion_after);
    state[group::wealth][h] = share * state[group::wealth][g];
    state[group::wealth][g] -= state[group::wealth][h];
    const std::size_t groups = posture.size();
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        double& ties = state[region_group::affinity][r * groups + g];
        state[region_group::affinity][r * groups + h] = share * ties;
        ties *= 1.0 - share;
    }
    state[group::transfer_to][g] = static_cast<std::uint8_t>(h);
    state[group::transfer_share][g] = share;
    tell(state, EventKind::group_splits, -1, g, share * static_cast<double>(state[group::fighters][g]),
         state[group::pay][g] < 0.5 ? Cause::unpaid_fighters
         : hard                     ? Cause::agreement
                                    : Cause::weariness);
}

/// The weaker side seeks an ally, and takes only one that makes it the stronger.
void GroupLife::seek_ally(const Groups& state, std::size_t g, const sim::Step& now) const {
    const auto ally = state[group::ally];
    const auto fighters = state[region_group::fighters];
    const std::size_t groups = ally.size();
    const std::size_t regions = state.rows(region::population);
    const double own = strength(state, g);
    // The strongest of those whom it meets where its fighters are: the state, or another group.
    double enemy = 0.0;
    std::size_t who = groups;
    std::vector<double> met(groups + 1, 0.0);
    for (std::size_t r = 0; r < regions; ++r) {
        if (fighters[r * groups + g] == 0) continue;
        met[groups] += static_cast<double>(state[region::security][r]);
        for (std::size_t h = 0; h < groups; ++h)
            if (h != g && out(state, h)) met[h] += state[group::arms][h] * static_cast<double>(fighters[r * groups + h]);
    }
    for (std::size_t h = 0; h <= groups; ++h)
        if (met[h] > enemy) enemy = met[h], who = h;
    if (enemy <= own || own <= 0.0) return;
    if (!happens(now, "group_ally", g, 0, ally_rate * (enemy - own) / (enemy + own))) return;
    std::vector<double> suits(groups, 0.0);
    double any = 0.0;
    for (std::size_t h = 0; h < groups; ++h) {
        if (h == g || h == who || !out(state, h) || ally[h] != no_group || own + strength(state, h) <= enemy) continue;
        // Who wants everything shares it with nobody of that kind.
        const bool both = state[group::spoiler][g] == total_spoiler && state[group::spoiler][h] == total_spoiler;
        const double regard = state[identity_pair::relation]
                                   [state[group::identity][g] * state.rows(identity::inclusion) + state[group::identity][h]];
        // Nor does a people take its enemies for allies because they want everything.
        const bool either = state[group::spoiler][g] == total_spoiler || state[group::spoiler][h] == total_spoiler;
        if (both || (either && regard < 0.0)) continue;
        suits[h] = strength(state, h) * std::max(0.0, 1.0 + hostile * regard);
        any += suits[h];
    }
    if (any <= 0.0) return;
    sim::Rng rng = now.rng("group_ally", {static_cast<std::uint32_t>(g), 1});
    const std::size_t h = rng.pick(suits);
    ally[g] = static_cast<std::uint8_t>(h);
    ally[h] = static_cast<std::uint8_t>(g);
}

void GroupLife::merge(const Groups& state, std::size_t g, const sim::Step& now) const {
    const std::size_t h = state[group::ally][g];
    // It joins those of its people, or of one that its people think well of: others stay allies for as long as it serves them.
    const std::size_t peoples = state.rows(identity::inclusion);
    const double regard = state[identity_pair::relation][state[group::identity][g] * peoples + state[group::identity][h]];
    const bool kin = state[group::identity][g] == state[group::identity][h];
    if (!(kin || regard > 0.0) || state[group::proscribed][g] != state[group::proscribed][h]) return;
    if (strength(state, g) >= merge_below * strength(state, h) || !happens(now, "group_merge", g, 0, merge_rate)) return;
    const std::size_t groups = state.rows(group::alive);
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        double& ties = state[region_group::affinity][r * groups + h];
        ties = std::min(1.0, ties + state[region_group::affinity][r * groups + g]);
    }
    state[group::wealth][h] += state[group::wealth][g];
    end(state, g);
    state[group::transfer_to][g] = static_cast<std::uint8_t>(h);
    state[group::transfer_share][g] = 1.0;
    tell(state, EventKind::groups_merge, -1, h, static_cast<double>(g), Cause::force);
}

void GroupLife::form(const Groups& state, std::size_t r, const sim::Step& now) const {
    const auto people = static_cast<double>(state[region::population][r]);
    if (people <= 0.0 || r >= identity_shares.size()) return;
    const double former = 1000.0 * static_cast<double>(state[region::former][r]) / people;
    const double veterans = former / (former + former_half);
    const double extremists = clamp01(state[region::extremism][r]);
    const double wants =
        state[region::grievance][r] * (1.0 - state[region::state_control][r]) * (1.0 - (1.0 - veterans) * (1.0 - extremists));
    if (!happens(now, "group_form", r, 0, form_rate * wants)) return;
    const std::optional<std::size_t> free = room(state);
    if (!free) return;
    const std::size_t g = *free;
    sim::Rng rng = now.rng("group_form", {static_cast<std::uint32_t>(r), 1});
    // The less a people is included, the sooner the group is one of its own.
    std::vector<double> odds = identity_shares[r];
    for (std::size_t i = 0; i < odds.size(); ++i) odds[i] *= 1.05 - state[identity::inclusion][i];
    const std::size_t people_of = rng.pick(odds);
    const bool extreme = rng.uniform() * (veterans + extremists) < extremists;
    const bool greedy = rng.bernoulli(new_greedy);
    found(state, g);
    state[group::identity][g] = static_cast<std::uint8_t>(people_of);
    state[group::spoiler][g] = extreme ? total_spoiler : greedy ? greedy_spoiler : limited_spoiler;
    state[group::proscribed][g] = extreme ? 1 : 0;
    state[group::wealth][g] = seed_usd;
    state[group::seen][g] = 0;
    const std::size_t groups = state.rows(group::alive);
    const auto tie = [&](std::size_t where, double share) {
        state[region_group::affinity][where * groups + g] = share * identity_shares[where][people_of];
    };
    tie(r, 1.0);
    if (geography)
        for (const Geography::Neighbour& beside : geography->neighbours[r]) tie(beside.region, ties_elsewhere);
}

void GroupLife::step(sim::View<GroupLife> state, const sim::Step& now) const {
    const auto alive = state[group::alive];
    const auto ally = state[group::ally];
    const auto transfer_to = state[group::transfer_to];
    const std::size_t groups = alive.size();
    std::fill(transfer_to.begin(), transfer_to.end(), no_group);
    std::fill(state[group::transfer_share].begin(), state[group::transfer_share].end(), 0.0);
    // Nobody who takes fighters in gives any away in the same step.
    const auto takes = [&](std::size_t g) { return std::find(transfer_to.begin(), transfer_to.end(), g) != transfer_to.end(); };

    for (std::size_t g = 0; g < groups; ++g) {
        if (alive[g] == 0) {
            state[group::idle_weeks][g] += now.dt_weeks;
            continue;
        }
        keep_together(state, g, now);
        const bool gone = state[group::idle_weeks][g] > dissolve_weeks && state[group::signatory][g] == 0;
        if (!gone) continue;
        if (state[group::seen][g] != 0) tell(state, EventKind::group_dissolves, -1, g, 0.0, Cause::unpaid_fighters);
        end(state, g);
    }
    for (std::size_t g = 0; g < groups; ++g) {
        if (!out(state, g)) {
            if (ally[g] == no_group) continue;
            const std::size_t h = ally[g];
            ally[g] = ally[h] = no_group;
        } else if (ally[g] == no_group) {
            seek_ally(state, g, now);
        } else if (ally[g] > g && happens(now, "group_ally", g, 2, ally_break)) {
            const std::size_t h = ally[g];
            ally[g] = ally[h] = no_group;
        }
    }
    for (std::size_t g = 0; g < groups; ++g)
        if (alive[g] != 0 && ally[g] != no_group && !takes(g) && transfer_to[ally[g]] == no_group &&
            state[group::fighters][g] > 0)
            merge(state, g, now);
    for (std::size_t g = 0; g < groups; ++g)
        if (alive[g] != 0 && transfer_to[g] == no_group && !takes(g)) split(state, g, now);
    for (std::size_t r = 0; r < state.rows(region::population); ++r) form(state, r, now);
}

void start_groups(sim::State& state, const Inputs& in) {
    const auto fill = [&](const auto& column, auto value) {
        const auto values = state.of(column);
        std::fill(values.begin(), values.end(), value);
    };
    fill(group::parent, no_group);
    fill(group::sponsor, no_group);
    fill(group::ally, no_group);
    fill(group::transfer_to, no_group);
    fill(group::idle_weeks, 1.0);
    for (std::size_t g = 0; g < in.groups.size(); ++g) {
        const GroupInput& group = in.groups[g];
        const auto identity = std::find_if(in.identities.begin(), in.identities.end(),
                                           [&](const IdentityInput& i) { return i.name == group.identity; });
        state.of(group::identity)[g] = static_cast<std::uint8_t>(identity - in.identities.begin());
        state.of(group::posture)[g] = static_cast<std::uint8_t>(group.posture);
        state.of(group::signatory)[g] = group.signatory && group.posture != Posture::fight ? 1 : 0;
        state.of(group::proscribed)[g] = group.proscribed ? 1 : 0;
        state.of(group::hired)[g] = group.hired ? 1 : 0;
        state.of(group::sponsor)[g] = static_cast<std::uint8_t>(g);
        state.of(group::posture_weeks)[g] = long_since;
        for (std::size_t i = 0; i < group.holds.size(); ++i) {
            const auto region = std::find_if(in.regions.begin(), in.regions.end(),
                                             [&](const RegionInput& r) { return r.name == group.regions[i]; });
            const auto r = static_cast<std::size_t>(region - in.regions.begin());
            state.of(region_group::control)[r * in.group_slots() + g] = group.holds[i];
        }
        if (group.posture == Posture::fight) state.of(country::worst_before)[0] = 2;  // a war that goes on is no news
        state.of(group::cohesion)[g] = group.cohesion;
        state.of(group::support)[g] = group.support;
        state.of(group::idle_weeks)[g] = 0.0;
        state.of(group::seen)[g] = 1;
    }
}

}  // namespace drawdown
