#include "models/transition/attitude_books.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/ledger.hpp"
#include "models/transition/person_rows.hpp"

namespace drawdown {

namespace {

constexpr std::size_t run_length = 8;  // rows beside each other, which share a line of the cache

/// Mean over adults at home, in the country.
template <class State, class Column>
double country_mean(const State& state, const Column& column) {
    const auto adults = state[region::adults];
    double sum = 0.0;
    double all = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        sum += static_cast<double>(adults[r]) * state[column][r];
        all += static_cast<double>(adults[r]);
    }
    return all > 0.0 ? sum / all : 0.0;
}

/// Sums over a sample of what each cause adds to one attitude in the step, by cause.
class Parts {
  public:
    /// From here on for a person with attitude `x` and weight `w`; `short_term` is the pull of the effects.
    void person(double x, double w, double short_term) {
        x_ = x;
        weight_ = w;
        pull_ = short_term * w;
        people_ += w;
    }
    /// An effect m of the short term: (1 - x) m upwards, x m downwards.
    void effect(LedgerCause cause, double m) { of(cause) += pull_ * (m >= 0.0 ? (1.0 - x_) * m : x_ * m); }
    void add(LedgerCause cause, double change) { of(cause) += weight_ * change; }

    void book(Ledger& page) const {
        if (people_ <= 0.0) return;
        for (int c = 0; c < ledger_cause_count; ++c)
            page.add(static_cast<LedgerCause>(c), sums_[static_cast<std::size_t>(c)] / people_);
    }

  private:
    double& of(LedgerCause cause) { return sums_[static_cast<std::size_t>(cause)]; }
    std::array<double, ledger_cause_count> sums_{};
    double x_ = 0.0, weight_ = 0.0, pull_ = 0.0, people_ = 0.0;
};

/// What the people of one community live in.
struct Place {
    double violence, services, by_mission, abuse, rumour, dialogue, disputes, misconduct, presence, women, youth, grievance,
        trust;
};

struct Books {
    Parts grievance, trust_state, trust_mission;
};

Place place_of(const sim::View<AttitudeCauses>& state, const Attitudes& law, std::size_t c, double elsewhere) {
    const std::size_t r = state[community::region][c];
    const double felt = law.own_weight * static_cast<double>(state[community::violence][c]) +
                        law.region_weight * state[region::exposure][r] + law.near_weight * elsewhere;
    Place at{};
    at.violence = 1.0 - sim::exp(-felt / law.violence_scale);
    at.services = state[region::services][r];
    at.by_mission = at.services * state[region::mission_share][r];
    at.abuse = state[region::abuse][r];
    at.rumour = state[community::rumour][c];
    at.dialogue = state[community::dialogue][c];
    at.disputes = state[community::disputes][c];
    at.misconduct = std::min(1.0, state[country::misconduct][0]);
    at.presence = state[region_activity::coverage][row_of(r, Activity::patrol)];
    at.women = state[region::women_participation][r];
    at.youth = state[region::youth_participation][r];
    at.grievance = 0.5 * (static_cast<double>(state[community::grievance][c]) + state[region::grievance][r]);
    at.trust = 0.5 * (static_cast<double>(state[community::trust_state][c]) + state[region::trust_state][r]);
    return at;
}

/// Adds what one agent's surroundings do to its attitudes.
void add_person(const sim::View<AttitudeCauses>& state, const Attitudes& law, const Place& at, std::size_t i, float deviation,
                const std::array<double, 2>& shares, Books& books) {
    using C = LedgerCause;
    const auto [short_term, natural] = shares;
    const double w = state[person::weight][i];
    const double included = state[identity::inclusion][state[person::identity][i]];
    const double missed = std::max(0.0, static_cast<double>(state[person::expectation][i]) - at.services);
    const double woman = state[person::sex][i];
    const double young = state[person::age][i] < 30 ? 1.0 : 0.0;
    const double shift = law.personal_spread * static_cast<double>(deviation);
    const double own = natural * (1.0 - law.neighbours_weight);
    const double near = natural * law.neighbours_weight;

    Parts& g = books.grievance;
    const double grieved = state[person::grievance][i];
    g.person(grieved, w, short_term);
    g.effect(C::abuse, law.abuse_on_grievance * at.abuse);
    g.effect(C::rumour, law.rumour_on_grievance * at.rumour);
    g.effect(C::dialogue, law.dialogue_on_grievance * at.dialogue);
    g.effect(C::property, law.disputes_on_grievance * at.disputes);
    g.effect(C::unmet_expectations, law.shortfall_on_grievance * missed);
    g.effect(C::exclusion, law.exclusion_on_grievance * (1.0 - included));
    g.effect(C::hardship, law.hardship_on_grievance * (1.0 - state[person::livelihood][i] / 255.0));
    g.effect(C::victimisation, law.harm_on_grievance * state[person::harm][i] / 255.0);
    g.add(C::natural_level, own * (law.natural_grievance + shift));
    g.add(C::neighbours, near * (at.grievance - grieved));

    Parts& t = books.trust_state;
    const double trusting = state[person::trust_state][i];
    t.person(trusting, w, short_term);
    t.effect(C::services, law.services_on_trust * (at.services - at.by_mission));
    t.effect(C::credit_to_mission, law.credit_lost_to_mission * at.by_mission);
    t.effect(C::abuse, law.abuse_on_trust * at.abuse);
    t.effect(C::exclusion, law.inclusion_on_trust * included);
    t.effect(C::participation, law.participation_on_trust * (at.women * woman + at.youth * young));
    t.effect(C::unmet_expectations, law.shortfall_on_trust * missed);
    t.add(C::natural_level, own * (law.natural_trust_state - shift));
    t.add(C::neighbours, near * (at.trust - trusting));

    if (state[country::mission_open][0] == 0) return;  // trust in it stays as it left it
    Parts& m = books.trust_mission;
    m.person(state[person::trust_mission][i], w, short_term);
    m.effect(C::mission_presence, law.presence_on_mission_trust * at.presence);
    m.effect(C::programmes, law.services_on_mission_trust * at.by_mission);
    m.effect(C::misconduct, (law.misconduct_on_mission_trust + law.misconduct_on_women * woman) * at.misconduct);
    m.effect(C::failure_to_protect, law.failure_on_mission_trust * at.violence * at.presence);
    m.effect(C::rumour, law.rumour_on_mission_trust * at.rumour);
    m.add(C::natural_level, natural * law.natural_trust_mission);
}

}  // namespace

void AttitudeCauses::step(sim::View<AttitudeCauses> state, const sim::Step& now) const {
    const auto segments = state.segments(person::weight);
    const auto weight = state[person::weight];
    const auto status = state[person::status];
    const auto age = state[person::age];
    const auto in_step = [&](double a_week) { return 1.0 - sim::pow(1.0 - a_week, now.dt_weeks); };
    const std::array<double, 2> shares = {in_step(law.to_short_term), in_step(law.to_natural)};
    const auto exposure = state[region::exposure];
    double elsewhere = 0.0;
    for (const double x : exposure) elsewhere += x / static_cast<double>(exposure.size());

    std::size_t rows = 0;
    for (const sim::Segment& s : segments) rows += s.count;
    const std::size_t every = std::max<std::size_t>(1, rows / std::max<std::size_t>(1, sample));  // runs, one of which is taken
    std::size_t skip = static_cast<std::size_t>(now.index) % every;
    Books books;
    for (std::size_t c = 0; c < segments.size(); ++c) {
        const std::size_t runs = (segments[c].count + run_length - 1) / run_length;
        if (skip >= runs) {
            skip -= runs;
            continue;
        }
        const Place at = place_of(state, law, c, elsewhere);
        std::size_t run = skip;
        for (; run < runs; run += every) {
            const std::size_t last = std::min<std::size_t>(segments[c].count, (run + 1) * run_length);
            for (std::size_t row = run * run_length; row < last; ++row) {
                const std::size_t i = segments[c].begin + row;
                if (weight[i] == 0 || age[i] < 15 || !lives_at_home(status[i])) continue;
                const float deviation = personal_deviation(segments[c].key, static_cast<std::uint32_t>(row));
                add_person(state, law, at, i, deviation, shares, books);
            }
        }
        skip = run - runs;
    }

    const double own = shares[1] * (1.0 - law.neighbours_weight);
    const auto book = [&](Stock stock, const Parts& parts, double value, double leak) {
        Ledger page(state[ledger::amount], stock);
        page.open(value, LedgerCause::movements);
        page.fade(1.0 - leak);
        parts.book(page);
    };
    book(Stock::grievance, books.grievance, country_mean(state, region::grievance), own);
    book(Stock::trust_state, books.trust_state, country_mean(state, region::trust_state), own);
    book(Stock::trust_mission, books.trust_mission, country_mean(state, region::trust_mission),
         state[country::mission_open][0] != 0 ? shares[1] : 0.0);
}

void AttitudeBooks::step(sim::View<AttitudeBooks> state, const sim::Step& /*now*/) const {
    const auto close = [&](Stock stock, double value) {
        Ledger page(state[ledger::amount], stock);
        page.add(LedgerCause::movements, value - page.sum());
    };
    close(Stock::grievance, country_mean(state, region::grievance));
    close(Stock::trust_state, country_mean(state, region::trust_state));
    close(Stock::trust_mission, country_mean(state, region::trust_mission));
}

}  // namespace drawdown
