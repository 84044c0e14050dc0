#include "models/transition/politics.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "sim/random.hpp"

namespace drawdown {

void start_politics(sim::State& state, const Inputs& in) {
    state.of(country::legitimacy)[0] = in.state.legitimacy;
    state.of(country::inclusiveness)[0] = in.state.inclusiveness;
    state.of(country::military_rule)[0] = in.state.military_rule;
    state.of(country::patronage)[0] = in.state.patronage;
    state.of(country::complicity)[0] = in.state.complicity;
    state.of(country::press_freedom)[0] = in.society.press_freedom;
    state.of(country::support_to_forces)[0] = 1.0;
    for (std::size_t i = 0; i < in.identities.size(); ++i) state.of(identity::inclusion)[i] = in.identities[i].inclusion;
}

double Politics::contest_probability(const Scene& on) const {
    const double tense = contest_by_tension * on.tension;
    const double believed = contest_by_legitimacy * on.legitimacy;
    const double reported = contest_by_press * on.press_freedom;
    const double refereed = contest_by_impartial * on.impartial;
    const double settled = contest_by_courts * on.courts;
    return sim::logistic(contest + tense - believed - reported - settled - refereed);
}

Politics::Country Politics::look(const sim::View<Politics>& state) const {
    const auto adults = state[region::adults];
    const bool open = state[country::mission_open][0] != 0;
    Country mean;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        const auto covered = [&](Activity a) { return state[region_activity::coverage][row_of(r, a)]; };
        const double civic = 1.0 - (1.0 - covered(Activity::dialogue)) * (1.0 - covered(Activity::information));
        mean.people += w;
        mean.trust += w * state[region::trust_state][r];
        mean.services += w * state[region::services][r];
        mean.violence += w * (1.0 - sim::exp(-state[region::exposure][r] / violence_scale));
        const double trust = open ? state[region::trust_mission][r] : 0.0;
        mean.impartial += w * (1.0 - (1.0 - trust * civic) * (1.0 - trust * covered(Activity::good_offices)));
        mean.offices += w * covered(Activity::good_offices);
        mean.courts += w * state[region_function::capacity][row_of(r, Function::justice)];
    }
    if (mean.people <= 0.0) return mean;
    for (double* sum : {&mean.trust, &mean.services, &mean.violence, &mean.impartial, &mean.offices, &mean.courts})
        *sum /= mean.people;
    mean.impartial = 1.0 - (1.0 - mean.impartial) * (1.0 - state[country::political_oversight][0]);
    return mean;
}

bool Politics::decides(const VoteInput& vote) const {
    return std::none_of(votes.begin(), votes.end(), [&](const VoteInput& other) { return other.round_of == vote.name; }) ||
           vote.name.empty();
}

void Politics::hold_votes(const sim::View<Politics>& state, const sim::Step& now, const Country& mean, Ledger& page) const {
    auto& legitimacy = state[country::legitimacy][0];
    auto& inclusiveness = state[country::inclusiveness][0];
    auto& left = state[country::contest][0];
    for (std::size_t v = 0; v < votes.size(); ++v) {
        if (!now.contains(votes[v].date) || now.initial || !decides(votes[v])) continue;
        const double stakes = votes[v].stakes;
        const Scene scene{state[country::tension][0], legitimacy, state[country::press_freedom][0], mean.courts, mean.impartial};
        sim::Rng rng = now.rng("vote", {static_cast<std::uint32_t>(v), 0});
        const double luck = rng.uniform();
        if (luck >= contest_probability(scene)) {
            page.add(LedgerCause::clean_votes, clean_legitimacy * stakes * (1.0 - legitimacy));
            legitimacy += clean_legitimacy * stakes * (1.0 - legitimacy);
            continue;
        }
        const bool tense = contest_by_tension * scene.tension > contest_by_legitimacy * (1.0 - scene.legitimacy);
        state.log(static_cast<int>(EventKind::contested_vote), -1, -1, stakes,
                  static_cast<int>(tense ? Cause::tension : Cause::weak_state));
        page.add(LedgerCause::contested_votes, -contested_legitimacy * stakes);
        legitimacy = clamp01(legitimacy - contested_legitimacy * stakes);
        inclusiveness = clamp01(inclusiveness - contested_inclusiveness * stakes);
        left = 1.0 - (1.0 - left) * (1.0 - stakes);
    }
}

void Politics::step(sim::View<Politics> state, const sim::Step& now) const {
    const Country mean = look(state);
    if (mean.people <= 0.0) return;
    auto& legitimacy = state[country::legitimacy][0];
    auto& inclusiveness = state[country::inclusiveness][0];
    auto& patronage = state[country::patronage][0];
    auto& complicity = state[country::complicity][0];
    auto& press = state[country::press_freedom][0];
    auto& left = state[country::contest][0];

    // Provisions count once the peace process carries them one by one; until then the agreement as a whole does.
    const auto provisions = state[provision::implementation];
    const bool by_provisions = std::any_of(provisions.begin(), provisions.end(), [](double done) { return done > 0.0; });
    const double carried =
        by_provisions ? provisions[static_cast<std::size_t>(Provision::inclusion)] : state[country::implementation][0];

    const double opened = by_provision * (carried - regime.inclusiveness);
    const double bought = by_patronage * (patronage - regime.patronage);
    const double captured = capture * (regime.inclusiveness - inclusiveness);
    const double scrutinised = scrutiny * (press - regime.press_freedom);
    const double excluded = exclusion * (regime.inclusiveness - inclusiveness);
    const double at_war = war * mean.violence;
    const double overseen = oversight * state[country::political_oversight][0];
    const double repressed = repression * std::max(0.0, 1.0 - legitimacy / fear_below);

    const auto follow = [&](double& stock, double target, double speed) {
        stock = relaxed(stock, clamp01(target), speed, now.dt_weeks);
    };
    Ledger page(state[ledger::amount], Stock::legitimacy);
    page.open(legitimacy);
    const double kept = sim::exp(-rate * now.dt_weeks);
    page.fade(kept);
    page.add(LedgerCause::trust, (1.0 - kept) * trust_weight * mean.trust);
    page.add(LedgerCause::services, (1.0 - kept) * (1.0 - trust_weight) * mean.services);
    follow(legitimacy, trust_weight * mean.trust + (1.0 - trust_weight) * mean.services, rate);
    const double civilian = 1.0 - state[country::military_rule][0];
    follow(inclusiveness, civilian * (regime.inclusiveness + opened - bought), drift);
    follow(patronage, regime.patronage + captured - scrutinised, drift);
    follow(complicity, regime.complicity + excluded + at_war - overseen, drift);
    follow(press, civilian * regime.press_freedom * (1.0 - repressed), press_rate);
    const auto inclusion = state[identity::inclusion];
    for (std::size_t i = 0; i < inclusion.size(); ++i) {
        const double stood = i < regime.standing.size() ? regime.standing[i] : regime.inclusiveness;
        follow(inclusion[i], standing * stood + (1.0 - standing) * 0.5 * (inclusiveness + carried), inclusion_rate);
    }
    page.add(LedgerCause::coups, -coup_legitimacy * state[country::coup_attempts][0]);
    legitimacy = clamp01(legitimacy - coup_legitimacy * state[country::coup_attempts][0]);
    left *= decay(contest_half_life / (1.0 + mediation * mean.offices), now.dt_weeks);
    hold_votes(state, now, mean, page);
    page.close(legitimacy);
}

}  // namespace drawdown
