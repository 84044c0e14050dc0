#include "models/transition/consent.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

}  // namespace

double Consent::Terms::sum() const {
    return pull + dialogue + good_offices - tension - sovereignty - reporting - expectations - misconduct - failure -
           misinformation - fatigue;
}

Cause Consent::Terms::largest_trigger() const {
    const auto triggers = std::to_array<std::pair<double, Cause>>({{tension, Cause::tension},
                                                                   {sovereignty, Cause::sovereignty},
                                                                   {reporting, Cause::abuse_reports},
                                                                   {expectations, Cause::unmet_expectations},
                                                                   {misconduct, Cause::misconduct},
                                                                   {failure, Cause::failure_to_protect},
                                                                   {misinformation, Cause::rumour},
                                                                   {fatigue, Cause::fatigue}});
    return std::max_element(triggers.begin(), triggers.end(), [](const auto& a, const auto& b) { return a.first < b.first; })
        ->second;
}

Cause Consent::Terms::largest_gain() const { return dialogue + good_offices > pull ? Cause::dialogue : Cause::strain_passes; }

double Consent::natural_level(double inclusiveness, double complicity, double stance, double rule) const {
    return clamp01(natural + inclusive * inclusiveness - complicit * complicity - sponsors * stance - soldiers * rule);
}

ConsentLevel Consent::level_of(double consent, ConsentLevel from) const {
    const std::array<double, 3> thresholds = {withdrawn, weak_from, strong_from};
    auto level = static_cast<std::size_t>(from);
    while (level < thresholds.size() && consent >= thresholds[level] + hysteresis) ++level;
    while (level > 0 && consent < thresholds[level - 1]) --level;
    return static_cast<ConsentLevel>(level);
}

void Consent::start(sim::State& state) const {
    const double consent = state.of(country::consent)[0];
    state.of(country::consent_level)[0] = static_cast<std::uint8_t>(level_of(consent + hysteresis, ConsentLevel::withdrawn));
}

Consent::Terms Consent::terms(const sim::View<Consent>& state, double years) const {
    Terms change;
    const double level = natural_level(state[country::inclusiveness][0], state[country::complicity][0],
                                       state[country::sponsor_stance][0], state[country::military_rule][0]);
    // There is nothing to consent to when the mission is gone: what is left is how it was left.
    if (state[country::mission_open][0] == 0) return change;
    change.pull = recovery * (level - state[country::consent][0]);

    const auto adults = state[region::adults];
    double people = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto covered = [&](Activity a) { return state[region_activity::coverage][row_of(r, a)]; };
        const auto w = static_cast<double>(adults[r]);
        people += w;
        change.dialogue += w * dialogue * covered(Activity::dialogue);
        change.good_offices += w * good_offices * covered(Activity::good_offices);
        change.reporting += w * reporting * covered(Activity::human_rights) * state[region::abuse][r];
        change.expectations += w * expectations * std::max(0.0, state[region::expectation][r] - state[region::services][r]);
        change.failure += w * failure * (1.0 - sim::exp(-state[region::exposure][r] / violence_scale));
    }
    for (double* sum : {&change.dialogue, &change.good_offices, &change.reporting, &change.expectations, &change.failure})
        *sum /= std::max(people, 1.0);
    double residents = 0.0;
    double believers = 0.0;
    const auto at_home = state[community::residents];
    for (std::size_t c = 0; c < at_home.size(); ++c) {
        residents += at_home[c];
        believers += at_home[c] * static_cast<double>(state[community::rumour][c]);
    }
    change.misinformation = misinformation * believers / std::max(residents, 1.0);
    change.tension = tension * state[country::tension][0];
    change.sovereignty = size * state[country::mission_strength][0] / 1000.0;
    change.misconduct = misconduct * std::min(1.0, state[country::misconduct][0]);
    change.fatigue = fatigue * years;
    return change;
}

void Consent::book(const sim::View<Consent>& state, const Terms& change, double dt_weeks, Ledger& page) const {
    if (state[country::mission_open][0] == 0) return;
    page.fade(1.0 - recovery * dt_weeks);
    const double friendly = sponsors * state[country::sponsor_stance][0];
    const double regime = natural + inclusive * state[country::inclusiveness][0] - complicit * state[country::complicity][0] -
                          soldiers * state[country::military_rule][0];
    page.add(LedgerCause::government, recovery * regime * dt_weeks);
    page.add(LedgerCause::sponsors, -recovery * friendly * dt_weeks);
    page.add(LedgerCause::dialogue, change.dialogue * dt_weeks);
    page.add(LedgerCause::good_offices, change.good_offices * dt_weeks);
    page.add(LedgerCause::tension, -change.tension * dt_weeks);
    page.add(LedgerCause::sovereignty, -change.sovereignty * dt_weeks);
    page.add(LedgerCause::abuse_reports, -change.reporting * dt_weeks);
    page.add(LedgerCause::unmet_expectations, -change.expectations * dt_weeks);
    page.add(LedgerCause::misconduct, -change.misconduct * dt_weeks);
    page.add(LedgerCause::failure_to_protect, -change.failure * dt_weeks);
    page.add(LedgerCause::rumour, -change.misinformation * dt_weeks);
    page.add(LedgerCause::fatigue, -change.fatigue * dt_weeks);
}

void Consent::step(sim::View<Consent> state, const sim::Step& now) const {
    const bool open = state[country::mission_open][0] != 0;
    auto& consent = state[country::consent][0];
    sim::Rng rng = now.rng("consent", {0, 0});
    const double noise = open ? shock_sd * std::sqrt(now.dt_weeks) * rng.normal() : 0.0;
    const double shock = state[country::consent_shock][0];
    const Terms change = terms(state, now.index * now.dt_weeks / weeks_a_year);
    Ledger page(state[ledger::amount], Stock::consent);
    page.open(consent);
    book(state, change, now.dt_weeks, page);
    page.add(LedgerCause::chance, noise);
    page.add(LedgerCause::outside_events, shock);
    consent = clamp01(consent + change.sum() * now.dt_weeks + noise + shock);
    page.close(consent);

    auto& level = state[country::consent_level][0];
    const auto before = static_cast<ConsentLevel>(level);
    const ConsentLevel after = level_of(consent, before);
    const bool struck = std::abs(shock) > std::abs(change.sum()) * now.dt_weeks;
    const int falls_by = static_cast<int>(struck ? Cause::chance : change.largest_trigger());
    level = static_cast<std::uint8_t>(after);
    if (after != before && open)
        state.log(
            static_cast<int>(EventKind::consent_changes), -1, -1, consent,
            after < before ? falls_by : (struck ? static_cast<int>(Cause::chance) : static_cast<int>(change.largest_gain())));

    auto& weeks = state[country::weeks_withdrawn][0];
    weeks = after == ConsentLevel::withdrawn ? weeks + now.dt_weeks : 0.0;
    auto& asked = state[country::asked_to_leave][0];
    if (asked != 0) state[country::notice_weeks][0] += now.dt_weeks;
    const bool dated = state[country::request_made][0] != 0;
    const bool lost_patience = weeks > patience_weeks && state[country::requests_heard][0] != 0;
    if (asked == 0 && open && (dated || lost_patience)) {
        asked = 1;
        state.log(static_cast<int>(EventKind::asked_to_leave), -1, -1, consent,
                  dated ? static_cast<int>(Cause::request) : static_cast<int>(change.largest_trigger()));
    }
}

}  // namespace drawdown
