#include "models/transition/death_books.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <span>

#include "models/transition/group_rows.hpp"
#include "models/transition/ledger.hpp"
#include "sim/math.hpp"

namespace drawdown {

namespace {

constexpr double furthest = 2.302585092994046;  // ln 10
constexpr double least = 0.01;                  // of shares whose logarithm is taken

constexpr std::array<LedgerCause, driver_count> causes = {
    LedgerCause::fighters,       LedgerCause::momentum,     LedgerCause::mission_presence, LedgerCause::mission_police,
    LedgerCause::withdrawal,     LedgerCause::abuse,        LedgerCause::people,           LedgerCause::grievance,
    LedgerCause::trust,          LedgerCause::tension,      LedgerCause::friction,         LedgerCause::dialogue,
    LedgerCause::state_capacity, LedgerCause::lost_control, LedgerCause::rumour,           LedgerCause::withdrawal};

/// A kind of violence, the stock that counts its dead, and what drives it; `troops` scales the driver `mission`.
struct Kind {
    Violence violence;
    Stock stock;
    bool troops_on_civilians;
    std::initializer_list<Driver> drivers;
};

using D = Driver;
constexpr std::initializer_list<D> fought = {D::fighters, D::out_of_agreement, D::mission, D::withdrawal};
constexpr std::initializer_list<D> by_state = {D::fighters, D::out_of_agreement, D::abuse, D::withdrawal, D::withdrawal_beside};
constexpr std::initializer_list<D> attacks = {D::fighters, D::out_of_agreement};
constexpr std::initializer_list<D> between = {D::people,      D::grievance, D::tension,        D::friction,
                                              D::unprevented, D::police,    D::mission_police, D::lawlessness};
constexpr std::initializer_list<D> crowds = {D::people,         D::distrust,    D::tension,   D::rumour,
                                             D::mission_police, D::lawlessness, D::withdrawal};
const std::array<Kind, 7> kinds = {{{Violence::state_based, Stock::battle_deaths, false, fought},
                                    {Violence::between_groups, Stock::battle_deaths, false, fought},
                                    {Violence::against_aid, Stock::battle_deaths, false, attacks},
                                    {Violence::one_sided_group, Stock::one_sided_deaths, true, fought},
                                    {Violence::one_sided_state, Stock::one_sided_deaths, false, by_state},
                                    {Violence::communal, Stock::communal_deaths, false, between},
                                    {Violence::mob, Stock::mob_deaths, false, crowds}}};

}  // namespace

DeathBooks::Drivers DeathBooks::drivers(const sim::View<DeathBooks>& state, std::size_t r) const {
    const auto strength = state[region_component::strength];
    const auto fighters = state[region_group::fighters];
    const std::size_t groups = state.rows(group::posture);
    const auto regions = static_cast<double>(state.rows(region::population));
    double all = 0.0;
    double out = 0.0;
    for (std::size_t i = 0; i < fighters.size(); ++i) {
        const auto n = static_cast<double>(fighters[i]);
        all += n;
        if (state[group::alive][i % groups] != 0 && !complies(state[group::posture][i % groups])) out += n;
    }
    const double troops =
        0.5 * (state[country::mission_strength][0] + regions * strength[row_of(r, Component::military)]) / 1000.0;
    const double police = regions * (strength[row_of(r, Component::formed_police)] + strength[row_of(r, Component::police)]);
    const auto share = [](double x) { return sim::log(std::max(least, x)); };
    Drivers x{};
    const auto at = [&x](Driver driver) -> double& { return x[static_cast<std::size_t>(driver)]; };
    at(D::fighters) = sim::log(all + 1.0);
    at(D::out_of_agreement) = sim::log((out + 1.0) / (all + 1.0));
    at(D::mission) = -law.troops_on_battle * troops;
    at(D::mission_police) = -law.police_on_general * police * law.police_half / (police + law.police_half) / 100.0;
    at(D::withdrawal) = law.spike * state[region::withdrawal][r];
    at(D::abuse) = share(state[region::abuse][r]);
    at(D::people) = sim::log(static_cast<double>(state[region::population][r]) + 1.0);
    at(D::grievance) = share(state[region::grievance][r]);
    at(D::distrust) = share(1.0 - state[region::trust_state][r]);
    at(D::tension) = sim::log(1.0 + law.tension_effect * state[country::tension][0]);
    at(D::friction) = sim::log(1.0 + law.friction_effect * state[region::friction][r]);
    at(D::unprevented) = share(state[region::inter_group_fear][r]);
    at(D::police) = share(1.0 - law.capacity_effect * state[region_function::capacity][row_of(r, Function::police)]);
    at(D::lawlessness) = state[region::holder][r] == held_by_nobody ? sim::log(1.0 + law.lawless_effect) : 0.0;
    at(D::rumour) = sim::log(1.0 + state[region::rumour][r]);
    if (geography) at(D::withdrawal_beside) = law.spill * geography->most_beside(state[region::emptied], r);
    return x;
}

void DeathBooks::step(sim::View<DeathBooks> state, const sim::Step& now) const {
    const auto start = state[region_driver::start];
    const auto deaths = state[region_violence::deaths];
    for (std::size_t r = 0; r < state.rows(region::population); ++r) {
        const std::span<const std::int32_t> dead = deaths.subspan(r * violence_count, violence_count);
        const bool any = std::any_of(dead.begin(), dead.end(), [](std::int32_t n) { return n > 0; });
        if (!any && now.index > 0) continue;
        const Drivers x = drivers(state, r);
        const std::span<double> from = start.subspan(r * driver_count, driver_count);
        if (now.index == 0) std::copy(x.begin(), x.end(), from.begin());
        for (const Kind& kind : kinds) {
            const auto d = static_cast<double>(dead[static_cast<std::size_t>(kind.violence)]);
            if (d <= 0.0) continue;
            const auto moved = [&](Driver driver) {
                const auto i = static_cast<std::size_t>(driver);
                const bool civilians = kind.troops_on_civilians && driver == Driver::mission && law.troops_on_battle > 0.0;
                return (x[i] - from[i]) * (civilians ? law.troops_on_one_sided / law.troops_on_battle : 1.0);
            };
            double sum = 0.0;
            for (const Driver driver : kind.drivers) sum += moved(driver);
            const double cut = std::abs(sum) > furthest ? furthest / std::abs(sum) : 1.0;
            const double whole = sum * cut;
            const double before = d * sim::exp(-whole);
            const double mean = std::abs(whole) > 1e-6 ? (d - before) / whole : d;
            Ledger page(state[ledger::amount], kind.stock);
            double booked = 0.0;
            for (const Driver driver : kind.drivers) {
                const double part = mean * cut * moved(driver);
                page.add(causes[static_cast<std::size_t>(driver)], part);
                booked += part;
            }
            page.add(LedgerCause::baseline, d - booked);
        }
    }
}

}  // namespace drawdown
