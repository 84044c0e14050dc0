#include "models/transition/group_decision.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/group_rows.hpp"

namespace drawdown {

namespace {

constexpr double forever = 1e9;    // weeks to an exit that nobody expects
constexpr double founders = 20.0;  // persons who speak for a group before it has fighters

double uniformed(const sim::View<GroupDecision>& state, std::size_t r) {
    double sum = 0.0;
    for (const Component c : {Component::military, Component::formed_police, Component::police})
        sum += state[region_component::strength][row_of(r, c)];
    return sum;
}

}  // namespace

double GroupDecision::expected_leverage(double mission_strength, double weeks_to_exit, double host_consent, double credibility,
                                        double guarantee_after) const {
    const double presence = mission_strength > 0.0 ? mission_strength / (mission_strength + strength_half) : 0.0;
    const double doubted = credibility > 0.0 ? std::min(1.0, credibility) : 1.0;
    const double gone = doubted * sim::exp(-weeks_to_exit / horizon_weeks);
    return clamp01(presence * (0.5 + 0.5 * host_consent) * (1.0 - gone) + guarantee_after * gone);
}

GroupDecision::Spoiler GroupDecision::spoiler(std::uint8_t type) const {
    switch (type) {
        case no_spoiler:
            return {1.0 / greedy_gain, 1.0 / greedy_share, 1.0, 1.0};
        case greedy_spoiler:
            return {greedy_gain, greedy_share, 1.0, greedy_inducement};
        case total_spoiler:
            return {greedy_gain, total_share, total_guarantee, 0.0};
        default:
            return {1.0, 1.0, 1.0, 1.0};
    }
}

double GroupDecision::leverage_over(const sim::View<GroupDecision>& state, std::size_t g, const Home& home) const {
    // A mission guarantees an agreement to those who keep it; it does not end a war (Gilligan and Sergenti 2008).
    if (state[group::signatory][g] == 0) return 0.0;
    return expected_leverage(home.mission, state[country::weeks_to_exit][0], state[country::consent][0],
                             state[country::exit_credibility][0], state[country::guarantee_after][0]);
}

GroupDecision::Home GroupDecision::look_home(const sim::View<GroupDecision>& state, std::size_t g) {
    const auto adults = state[region::adults];
    const std::size_t groups = state.rows(group::posture);
    Home home;
    double everybody = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const double tie = state[region_group::affinity][r * groups + g];
        const double w = tie * static_cast<double>(adults[r]);
        home.ties += tie;
        home.people += w;
        // Forces are for all who belong there: that people fled does not make them more.
        everybody += tie * static_cast<double>(state[region::population][r] + state[region::refugees][r]);
        home.grievance += w * state[region::grievance][r];
        home.distrust += w * (1.0 - state[region::trust_state][r]);
        home.extorted += w * state[region_group::extortion][r * groups + g];
        home.riches += tie * state[region::resources][r];
        home.guards += tie * static_cast<double>(state[region::security][r]);
        home.former += tie * static_cast<double>(state[region::former][r]);
        home.border += tie * state[region::spillover][r];
        // Half of what the mission is to a group it is by being in the country, half where the group's people live.
        home.mission += w * 0.5 *
                        (state[country::mission_strength][0] + static_cast<double>(adults.size()) * uniformed(state, r)) *
                        (1.0 - state[region_activity::obstruction][row_of(r, Activity::patrol)]);
    }
    if (home.ties <= 0.0 || home.people <= 0.0) return home;
    home.grievance /= home.people;
    home.distrust /= home.people;
    home.extorted /= home.people;
    home.mission /= home.people;
    home.riches /= home.ties;
    home.border /= home.ties;
    home.guards *= 1000.0 / everybody;
    return home;
}

GroupDecision::Terms GroupDecision::weigh(const sim::View<GroupDecision>& state, std::size_t g, const Home& home, double leverage,
                                          double state_force) const {
    const Spoiler type = spoiler(state[group::spoiler][g]);
    const double power = state[group::arms][g] * (static_cast<double>(state[group::fighters][g]) + potential * home.former);
    const double p_win = power > 0.0 ? power / (power + state_force) : 0.0;
    const double inside = state[group::signatory][g] != 0 ? 1.0 : outside_share;
    return {.power = type.gain * gain * p_win,
            .grievance = grievance_effect * home.grievance,
            .spoils = spoils * home.riches,
            .demands = demands_effect * state[group::demands][g],
            .resolve = state[group::resolve][g],
            .spillover = spillover_effect * home.border,
            .tension = tension_effect * state[country::tension][0],
            .momentum = complies(state[group::posture][g]) ? 0.0 : momentum,
            .encroached = encroached_effect * state[group::encroached][g],
            .weariness = weariness_effect * state[group::weariness][g],
            .cost = cost * home.guards,
            .pressure = pressure_effect * state[group::pressure][g],
            .guarantee = type.guarantee * guarantee * leverage,
            .deterred = state[group::signatory][g] != 0 ? 0.0 : deterrence * state[country::guarantee_after][0],
            .unhired = state[group::hired][g] != 0 && state[group::sponsorship][g] <= 0.0 ? hire : 0.0,
            .inducement = type.inducement * inducement_effect * state[group::inducement][g],
            .share = type.share * share * inside * state[group::commitment][g]};
}

double GroupDecision::Terms::sum() const {
    return power + grievance + spoils + demands + resolve + spillover + tension + momentum + encroached - weariness - cost -
           pressure - guarantee - deterred - unhired - inducement - share;
}

void GroupDecision::book(const sim::View<GroupDecision>& state, std::size_t g, const Terms& terms, const Home& home,
                         Ledger& page) const {
    page.add(LedgerCause::power, terms.power);
    page.add(LedgerCause::grievance, terms.grievance);
    page.add(LedgerCause::spoils, terms.spoils);
    page.add(LedgerCause::demands, terms.demands);
    page.add(LedgerCause::chance, terms.resolve);
    page.add(LedgerCause::spillover, terms.spillover);
    page.add(LedgerCause::tension, terms.tension);
    page.add(LedgerCause::momentum, terms.momentum);
    page.add(LedgerCause::weariness, -terms.weariness);
    page.add(LedgerCause::state_forces, terms.encroached - terms.cost);
    page.add(LedgerCause::pressure, -terms.pressure);
    page.add(LedgerCause::inducement, -terms.inducement);
    page.add(LedgerCause::agreement, -terms.share);
    page.add(LedgerCause::inertia, -threshold);
    page.add(LedgerCause::sponsors, -terms.unhired);
    page.add(LedgerCause::later_guarantee, -terms.deterred);

    if (state[group::signatory][g] == 0) return;
    const double strength = home.mission;
    const double consent = state[country::consent][0];
    const double weight = spoiler(state[group::spoiler][g]).guarantee * guarantee;
    const double full = expected_leverage(strength, forever, 1.0);
    const double granted = expected_leverage(strength, forever, consent);
    const double now =
        expected_leverage(strength, state[country::weeks_to_exit][0], consent, state[country::exit_credibility][0]);
    page.add(LedgerCause::mission_presence, -weight * full);
    page.add(LedgerCause::missing_consent, weight * (full - granted));
    page.add(LedgerCause::expected_exit, weight * (granted - now));
    page.add(LedgerCause::later_guarantee, weight * now - terms.guarantee);
}

void GroupDecision::turn(const sim::View<GroupDecision>& state, std::size_t g, const Terms& terms, const sim::Step& now) const {
    auto& posture = state[group::posture][g];
    auto& signatory = state[group::signatory][g];
    const double temptation = state[group::temptation][g];
    const auto tell = [&](EventKind kind, Cause cause) {
        if (state[group::seen][g] == 0) return;  // nobody hears of what has no fighters yet
        state.log(static_cast<int>(kind), -1, static_cast<int>(g), temptation, static_cast<int>(cause));
    };
    const auto largest = [](std::initializer_list<std::pair<double, Cause>> reasons) {
        return std::max_element(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.first < b.first; })
            ->second;
    };
    // A leverage that is gone speaks for leaving as much as a full one would hold back.
    const double faded = guarantee * (1.0 - state[group::leverage][g]);
    const Cause to_war = largest({{terms.power, Cause::weak_state},
                                  {terms.grievance, Cause::grievance},
                                  {terms.spoils, Cause::spoils},
                                  {terms.spillover, Cause::spillover},
                                  {terms.tension, Cause::tension},
                                  {terms.encroached, Cause::force},
                                  {signatory != 0 ? faded : 0.0, Cause::fading_guarantee}});
    const Cause to_peace = largest({{terms.weariness, Cause::weariness},
                                    {terms.cost + terms.pressure, Cause::force},
                                    {terms.guarantee + terms.deterred, Cause::security},
                                    {terms.unhired, Cause::unpaid_fighters},
                                    {terms.share + terms.inducement, Cause::agreement}});

    auto& weeks = state[group::posture_weeks][g];
    weeks += now.dt_weeks;
    // A decision stands for months, unless the army comes.
    const bool open = weeks > dwell_weeks || terms.encroached > 0.0;
    // One that is no spoiler takes up arms only at twice the temptation, unless the army comes.
    const bool reluctant = state[group::spoiler][g] == no_spoiler && terms.encroached <= 0.0;
    const double step = complies(posture) ? 0.0 : reluctant ? 2.0 * step_to_fight : step_to_fight;
    const double up = rate * sim::logistic((temptation - step) / width) * std::min(1.0, state[group::cohesion][g] / united);
    const double willing = sim::logistic((relief - temptation) / width);
    // One that fights stops only well below the temptation at which it began.
    const double calm = calm_rate * sim::logistic((relief - (fights(posture) ? step_to_fight : 0.0) - temptation) / width);
    const bool never_rests = signatory == 0 && state[group::spoiler][g] == total_spoiler;
    const bool lowest = complies(posture) || (never_rests && !fights(posture));
    sim::Rng rng = now.rng("group_decision", {static_cast<std::uint32_t>(g), 0});
    const double u = rng.uniform();
    // Nobody takes up arms against a government of its own.
    const std::uint8_t ruler = state[country::ruler][0];
    const bool rules = ruler != 0 && ruler == held_by_group(g);
    const double p_up = !open || fights(posture) || rules ? 0.0 : -sim::expm1(-up * now.dt_weeks);
    const double p_down = !open || lowest ? 0.0 : -sim::expm1(-calm * now.dt_weeks);
    const std::uint8_t before = posture;
    if (u < p_up)
        ++posture;
    else if (u > 1.0 - p_down)
        --posture;
    if (posture != before) weeks = 0.0;
    if (posture != before)
        tell(complies(posture) ? (signatory != 0 ? EventKind::posture_comply : EventKind::posture_low)
             : fights(posture) ? EventKind::posture_fight
                               : EventKind::posture_harass,
             posture > before ? to_war : to_peace);

    if (signatory != 0 && fights(posture)) {
        signatory = 0;
        tell(EventKind::leaves_agreement, to_war);
    }
    const bool may_join = signatory == 0 && complies(posture) && state[group::proscribed][g] == 0 &&
                          state[group::hired][g] == 0 && state[group::spoiler][g] != total_spoiler;
    if (!may_join) return;
    sim::Rng joins = now.rng("group_joins", {static_cast<std::uint32_t>(g), 0});
    if (joins.bernoulli(-sim::expm1(-join_rate * willing * state[country::implementation][0] * now.dt_weeks))) {
        signatory = 1;
        tell(EventKind::joins_agreement, to_peace);
    }
}

void GroupDecision::start(sim::State& state, const std::vector<GroupInput>& groups, const sim::Step& now) const {
    constexpr std::uint32_t at_start = 1;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        sim::Rng rng = now.rng("group_resolve", {static_cast<std::uint32_t>(g), at_start});
        const double first = rng.normal();
        const double second = rng.normal();
        const bool quiet = groups[g].posture == Posture::comply;
        state.of(group::resolve)[g] = quiet ? resolve_sd * first - settling * sim::log(std::max(1.0, groups[g].quiet_years))
                                            : resolve_sd * std::max(first, second);
    }
}

void GroupDecision::recruit(const sim::View<GroupDecision>& state, std::size_t g) const {
    const auto posture = state[group::posture][g];
    const auto recruiting = state[region_group::recruiting];
    const std::size_t groups = state.rows(group::posture);
    const std::size_t regions = state.rows(region::adults);
    const double push = (complies(posture) ? recruiting_comply
                         : fights(posture) ? 1.0
                                           : recruiting_harass) *
                        (1.0 + support_effect * (2.0 * state[group::support][g] - 1.0));
    const double affords = clamp01(state[group::means][g] - 1.0);
    for (std::size_t r = 0; r < regions; ++r) {
        const std::size_t row = r * groups + g;
        const double patrol = state[region_activity::coverage][row_of(r, Activity::patrol)];
        const double police = state[region_function::capacity][row_of(r, Function::police)];
        const double ideas = state[group::proscribed][g] != 0 ? 1.0 + extremism_effect * state[region::extremism][r] : 1.0;
        const double met = coverage(founders + static_cast<double>(state[region_group::fighters][row]),
                                    static_cast<double>(state[region::adults][r]), recruiter_reference);
        // Who cannot pay takes people by force where it lives off them.
        const double takes = std::max(affords, state[region_group::extortion][row]);
        recruiting[row] = clamp01(takes * met * push * ideas * state[region_group::affinity][row] *
                                  (1.0 - patrols_on_recruiting * patrol) * (1.0 - patrols_on_recruiting * police));
    }
}

void GroupDecision::step(sim::View<GroupDecision> state, const sim::Step& now) const {
    const auto posture = state[group::posture];
    const auto resolve = state[group::resolve];
    const std::size_t groups = posture.size();
    double state_force = 0.0;
    for (const std::int64_t s : state[region::security]) state_force += static_cast<double>(s);

    Ledger page(state[ledger::amount], Stock::temptation);
    double tempted = 0.0;
    double weighing = 0.0;
    for (std::size_t g = 0; g < groups; ++g) {
        if (state[group::alive][g] == 0) continue;
        const Home home = look_home(state, g);
        if (home.ties <= 0.0 || home.people <= 0.0) continue;

        sim::Rng rng = now.rng("group_resolve", {static_cast<std::uint32_t>(g), 0});
        const double keep = decay(resolve_half_life, now.dt_weeks);
        resolve[g] = keep * resolve[g] + resolve_sd * std::sqrt(1.0 - keep * keep) * rng.normal();
        const double war = fights(posture[g]) ? 1.0 : complies(posture[g]) ? 0.0 : 1.0 / 3.0;
        auto& weariness = state[group::weariness][g];
        weariness = relaxed(weariness, war, weariness_rate, now.dt_weeks);
        // People back a group out of grievance and distrust of the state, less where it lives off them.
        const double backing = 0.5 * (home.grievance + home.distrust) * (1.0 - home.extorted);
        auto& support = state[group::support][g];
        support = relaxed(support, backing, support_rate, now.dt_weeks);

        const double leverage = leverage_over(state, g, home);
        const Terms t = weigh(state, g, home, leverage, state_force);
        state[group::leverage][g] = leverage;
        state[group::temptation][g] = t.sum() - threshold;
        if (weighing == 0.0) page.fade(0.0);  // nothing lasts: a group weighs anew
        book(state, g, t, home, page);
        tempted += state[group::temptation][g];
        weighing += 1.0;
        turn(state, g, t, now);
        recruit(state, g);
    }
    if (weighing <= 0.0) return;
    page.fade(1.0 / weighing);
    page.close(tempted / weighing);
}

}  // namespace drawdown
