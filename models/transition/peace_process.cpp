#include "models/transition/peace_process.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/kinds.hpp"
#include "models/transition/parties.hpp"

namespace drawdown {

namespace {

constexpr double open_dispute = 0.25;  // disputes over a provision from which they count as open
constexpr double milestone = 0.75;     // implementation from which on much of a provision is carried out

bool fights(std::uint8_t posture) { return posture == static_cast<std::uint8_t>(Posture::fight); }

/// Whether a type of spoiler minds a provision most.
constexpr bool minds(std::size_t spoiler, Provision provision) {
    switch (spoiler) {
        case 1:
            return provision == Provision::security_guarantees || provision == Provision::disarmament ||
                   provision == Provision::justice || provision == Provision::inclusion;
        case 2:
            return provision == Provision::power_sharing || provision == Provision::resources;
        case 3:
            return provision == Provision::power_sharing;
        default:
            return true;
    }
}

}  // namespace

PeaceProcess::Common PeaceProcess::common(sim::View<PeaceProcess> state) const {
    Common at;
    const auto adults = state[region::adults];
    double people = 0.0;
    for (std::size_t r = 0; r < adults.size(); ++r) {
        const auto w = static_cast<double>(adults[r]);
        people += w;
        for (std::size_t f = 0; f < function_count; ++f)
            at.capacity[f] += w * state[region_function::capacity][r * function_count + f];
    }
    for (double& capacity : at.capacity) capacity /= std::max(people, 1.0);

    const auto participation = state[identity::participation];
    double minorities = 0.0;
    for (const double share : participation) minorities += share / static_cast<double>(participation.size());
    at.included = 1.0 + women_bonus * state[country::women_in_process][0] + youth_bonus * state[country::youth_in_process][0] +
                  minority_bonus * minorities;

    const auto posture = state[group::posture];
    double parties = 0.0;
    double fighting = 0.0;
    double breaches = 0.0;
    for (std::size_t g = 0; g < posture.size(); ++g) {
        if (state[group::alive][g] == 0) continue;
        if (!bound_by_agreement(signed_at_start, state[group::signatory], state[group::parent], g)) continue;
        breaches += state[group::recent_violations][g];
        parties += 1.0;
        fighting += fights(posture[g]) ? 1.0 : 0.0;
    }
    if (parties > 0.0) {
        at.fighting = fighting / parties;
        breaches /= parties;
    }
    at.unchecked = 1.0 - checked * state[country::verification][0];
    at.openings = 1.0 + by_violations * breaches / (1.0 + breaches);

    const auto residents = state[community::residents];
    double home = 0.0;
    double talking = 0.0;
    for (std::size_t c = 0; c < residents.size(); ++c) {
        home += residents[c];
        talking += static_cast<double>(state[community::dialogue][c]) * residents[c];
    }
    const double dialogue = home > 0.0 ? talking / home : 0.0;
    at.mechanisms = 1.0 - (1.0 - by_verification * state[country::verification][0]) *
                              (1.0 - by_support * state[country::process_support][0]) * (1.0 - by_dialogue * dialogue);
    return at;
}

void PeaceProcess::implement(sim::View<PeaceProcess> state, const Common& at, std::size_t p, const sim::Step& now,
                             Ledger& page) const {
    auto& done = state[provision::implementation][p];
    auto& owned = state[provision::owned][p];
    const double legitimacy = state[country::legitimacy][0];
    const double support = state[country::process_support][0];
    const double by_parties = ownership * legitimacy * at.capacity[static_cast<std::size_t>(carried_by[p])];
    const double gain = (by_parties + push * support) * at.included * (1.0 - state[provision::disputes][p]);
    const double before = done;
    const bool settled = before >= finished;
    const double fading = settled ? 0.0 : fade * (1.0 - support);
    const double loss = gain + fading + break_rate * at.fighting;
    if (loss > 0.0) {
        const double target = (gain + fading * owned) / loss;
        done = clamp01(relaxed(before, target, loss, now.dt_weeks));
        // Integrals over the step of what is done and of what is missing, in weeks and as a part of all provisions.
        const double part = 1.0 / provision_count;
        const double held = part * (target * now.dt_weeks - (before - target) * sim::expm1(-loss * now.dt_weeks) / loss);
        const double missing = part * now.dt_weeks - held;
        const double pushed = by_parties + push * support;
        page.add(LedgerCause::ownership, by_parties * missing);
        page.add(LedgerCause::process_support, push * support * missing);
        page.add(LedgerCause::participation, pushed * (at.included - 1.0) * missing);
        page.add(LedgerCause::disputes, -pushed * at.included * state[provision::disputes][p] * missing);
        page.add(LedgerCause::fading, fading * (part * owned * now.dt_weeks - held));
        page.add(LedgerCause::fighting, -break_rate * at.fighting * held);
    }
    owned = settled ? done : std::min(done, relaxed(owned, legitimacy * done, owning, now.dt_weeks));
    if (now.initial) return;
    if (before < milestone && done >= milestone)
        state.log(static_cast<int>(EventKind::provision_implemented), -1, -1, static_cast<double>(p),
                  static_cast<int>(by_parties > push * support ? Cause::capacity : Cause::agreement));
}

void PeaceProcess::dispute(sim::View<PeaceProcess> state, const Common& at, std::size_t p, const sim::Step& now) const {
    auto& disputes = state[provision::disputes][p];
    const double before = disputes;
    const double growth = fester * (1.0 - before) * (1.0 - at.mechanisms) - settle * at.mechanisms;
    disputes = clamp01(before * sim::exp(growth * now.dt_weeks));
    const double unsettled = clamp01(1.0 - state[provision::verified][p] / finished);
    // Nobody quarrels over the terms of what the parties have left.
    const double alive = 1.0 - at.fighting;
    const double hazard =
        alive * dispute_rate * (1.0 - clarity * state[provision::specificity][p]) * unsettled * at.unchecked * at.openings;
    sim::Rng rng = now.rng("disputes", {static_cast<std::uint32_t>(p), 0});
    const bool opens = rng.uniform() < -sim::expm1(-hazard * now.dt_weeks);
    if (opens) disputes += dispute_size * (1.0 - disputes);
    if (now.initial) return;
    // The seen breaches had a hand in it where they have more than doubled the hazard.
    if (before < open_dispute && disputes >= open_dispute)
        state.log(static_cast<int>(EventKind::dispute_opens), -1, -1, static_cast<double>(p),
                  static_cast<int>(at.openings > 2.0 ? Cause::violence : Cause::unmet_expectations));
    if (before >= open_dispute && disputes < open_dispute) {
        const bool political =
            by_support * state[country::process_support][0] > by_verification * state[country::verification][0];
        state.log(static_cast<int>(EventKind::dispute_resolved), -1, -1, static_cast<double>(p),
                  static_cast<int>(political ? Cause::dialogue : Cause::agreement));
    }
}

void PeaceProcess::report(sim::View<PeaceProcess> state, std::size_t p, const sim::Step& now) const {
    const double verification = state[country::verification][0];
    const double keep = sim::exp(-report_rate * verification * now.dt_weeks);
    const double sd = report_error_sd * (1.0 - verification) * std::sqrt(1.0 - keep * keep);
    sim::Rng rng = now.rng("verification", {static_cast<std::uint32_t>(p), 0});
    const double error = sd * rng.normal();
    auto& verified = state[provision::verified][p];
    const double done = state[provision::implementation][p];
    verified = clamp01(done + keep * (verified - done) + error);
}

void PeaceProcess::step(sim::View<PeaceProcess> state, const sim::Step& now) const {
    const Common at = common(state);
    const auto done = state[provision::implementation];
    Ledger page(state[ledger::amount], Stock::implementation);
    page.open(state[country::implementation][0]);
    double implementation = 0.0;
    double disputes = 0.0;
    for (std::size_t p = 0; p < done.size(); ++p) {
        dispute(state, at, p, now);
        implement(state, at, p, now, page);
        report(state, p, now);
        implementation += done[p] / provision_count;
        disputes += state[provision::disputes][p] / provision_count;
    }
    state[country::implementation][0] = implementation;
    page.close(implementation);
    state[country::disputes][0] = disputes;
}

void GroupCommitment::step(sim::View<GroupCommitment> state, const sim::Step& now) const {
    const auto done = state[provision::verified];
    const double believed = 1.0 - doubt * (1.0 - state[country::verification][0]);
    std::array<double, spoiler_count> own{};
    double all = 0.0;
    for (std::size_t p = 0; p < done.size(); ++p) all += done[p] / provision_count;
    for (std::size_t type = 0; type < own.size(); ++type) {
        double minded = 0.0;
        for (std::size_t p = 0; p < done.size(); ++p) {
            if (!minds(type, static_cast<Provision>(p))) continue;
            own[type] += done[p];
            minded += 1.0;
        }
        own[type] /= minded;
    }
    const auto commitment = state[group::commitment];
    for (std::size_t g = 0; g < commitment.size(); ++g) {
        const bool inside =
            state[group::signatory][g] != 0 && state[group::posture][g] == static_cast<std::uint8_t>(Posture::comply);
        const double cared = own_concerns * own[state[group::spoiler][g]] + (1.0 - own_concerns) * all;
        commitment[g] = relaxed(commitment[g], inside ? believed * cared : 0.0, rate, now.dt_weeks);
    }
}

void start_peace_process(sim::State& state, const Inputs& in) {
    const auto names = provision_names();
    for (std::size_t p = 0; p < provision_count; ++p) {
        double done = in.state.implementation;
        double specificity = in.agreement.specificity;
        for (const ProvisionInput& provision : in.provisions) {
            if (provision.name != names[p]) continue;
            if (provision.implementation >= 0.0) done = provision.implementation;
            if (provision.specificity >= 0.0) specificity = provision.specificity;
        }
        state.of(provision::implementation)[p] = done;
        state.of(provision::verified)[p] = done;
        state.of(provision::owned)[p] = in.agreement.owned * done;
        state.of(provision::specificity)[p] = specificity;
    }
    // What is carried out or specific is disputed less.
    const auto disputed = [&](std::size_t p) {
        return (1.0 - state.of(provision::implementation)[p]) * (1.0 - state.of(provision::specificity)[p]);
    };
    double usual = 0.0;
    for (std::size_t p = 0; p < provision_count; ++p) usual += disputed(p) / provision_count;
    for (std::size_t p = 0; p < provision_count; ++p)
        state.of(provision::disputes)[p] = clamp01(in.agreement.disputes * (usual > 0.0 ? disputed(p) / usual : 1.0));
    double mean = 0.0;
    for (const double done : state.of(provision::implementation)) mean += done / provision_count;
    state.of(country::implementation)[0] = mean;
    state.of(country::disputes)[0] = in.agreement.disputes;
    state.of(country::ceasefire)[0] = in.agreement.ceasefire;
}

}  // namespace drawdown
