#include "models/transition/neighbours.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"

namespace drawdown {

namespace {

/// Highest value of a neighbour's trait over those that a region borders; 0 for none.
template <class Value>
double highest(const std::vector<std::size_t>& rows, const Value& value) {
    double most = 0.0;
    for (const std::size_t row : rows) most = std::max(most, value(row));
    return most;
}

}  // namespace

void Neighbours::lay_out(const Inputs& in) {
    across.clear();
    region_names_.clear();
    for (const RegionInput& region : in.regions) {
        region_names_.push_back(region.name);
        auto& rows = across.emplace_back();
        for (std::size_t n = 0; n < in.neighbours.size(); ++n)
            if (std::find(region.neighbours_abroad.begin(), region.neighbours_abroad.end(), in.neighbours[n].name) !=
                region.neighbours_abroad.end())
                rows.push_back(n);
    }
}

double Neighbours::shock_in(sim::View<Neighbours> state, std::string_view kind, std::size_t region) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < shocks.size(); ++i) {
        const ShockInput& shock = shocks[i];
        if (shock.kind != kind || (!shock.region.empty() && shock.region != region_names_[region])) continue;
        const bool reaches = std::any_of(across[region].begin(), across[region].end(), [&](std::size_t n) {
            return shock.neighbour.empty() || neighbours[n].name == shock.neighbour;
        });
        if (reaches || !shock.region.empty()) sum += state[shock::level][i];
    }
    return sum;
}

void Neighbours::move_neighbours(sim::View<Neighbours> state, const sim::Step& now) const {
    const auto instability = state[neighbour::instability];
    const auto stance = state[neighbour::stance];
    const double keep = sim::exp(-rate * now.dt_weeks);
    const double fresh = std::sqrt(1.0 - keep * keep);
    const double abroad =
        static_cast<double>(state[country::refugees][0]) / std::max(1.0, static_cast<double>(state[country::population][0]));
    double stances = 0.0;
    for (std::size_t n = 0; n < instability.size(); ++n) {
        double usual = neighbours[n].instability;
        for (const SpilloverInput& pulse : spillovers)
            if (pulse.neighbour.empty() || pulse.neighbour == neighbours[n].name) usual = std::max(usual, pulse.at(now.date));
        sim::Rng rng = now.rng("neighbours", {static_cast<std::uint32_t>(n), 0});
        const double drift = rng.normal();
        const double turn = rng.normal();
        instability[n] = clamp01(usual + keep * (instability[n] - usual) + drift_sd * fresh * drift);
        const double leaning = neighbours[n].stance;
        stance[n] = std::clamp(leaning + keep * (stance[n] - leaning) + stance_sd * fresh * turn, -1.0, 1.0);
        state[neighbour::hosting][n] = clamp01(neighbours[n].hosting * (1.0 - hosting_fatigue * abroad));
        stances += stance[n];
    }
    double sponsors = instability.empty() ? 0.0 : stances / static_cast<double>(instability.size());
    for (std::size_t i = 0; i < shocks.size(); ++i)
        if (shocks[i].kind == "sponsor_change") sponsors += state[shock::level][i];
    state[country::sponsor_stance][0] = std::clamp(sponsors, -1.0, 1.0);
}

void Neighbours::move_regions(sim::View<Neighbours> state, const sim::Step& now) const {
    const auto extremism = state[region::extremism];
    const std::vector<double> before(extremism.begin(), extremism.end());
    double greatest = 0.0;
    for (std::size_t r = 0; r < extremism.size(); ++r) {
        const double spill = highest(across[r], [&](std::size_t n) { return state[neighbour::instability][n]; });
        state[region::spillover][r] = spill;
        greatest = std::max(greatest, spill);

        const double loose = 1.0 - state[region::state_control][r];
        const double police = state[region_function::capacity][row_of(r, Function::police)];
        auto& arms = state[region::arms_flow][r];
        const double coming = clamp01(spill * (0.5 + 0.5 * loose) + shock_in(state, "arms_inflow", r));
        arms = relaxed(arms, coming, arms_rate, now.dt_weeks);
        auto& trafficking = state[region::trafficking][r];
        const double trade = highest(across[r], [&](std::size_t n) { return neighbours[n].trafficking; });
        trafficking = relaxed(trafficking, clamp01(trade * (1.0 + loose) * (1.0 - 0.5 * police)), trafficking_rate, now.dt_weeks);

        const double next_door = highest(across[r], [&](std::size_t n) { return neighbours[n].extremism; });
        double adjoining = 0.0;
        const auto& borders = geography->neighbours[r];
        for (const Geography::Neighbour& n : borders) adjoining += before[n.region] / static_cast<double>(borders.size());
        const double e = before[r];
        const double grows = extremism_spread * (next_door * (0.5 + loose) + adjoining) +
                             extremism_breeding * state[region::grievance][r] * state[region::abuse][r] * e;
        const double fades = extremism_fade * (1.0 + state[region::youth_jobs][r] + state[region::civil_society][r]);
        const double arrives = extremists_arrive * std::max(0.0, shock_in(state, "extremists", r));
        extremism[r] = clamp01(e + ((grows + arrives) * (1.0 - e) - fades * e) * now.dt_weeks);
    }
    state[country::spillover][0] = greatest;
}

void Neighbours::step(sim::View<Neighbours> state, const sim::Step& now) const {
    move_neighbours(state, now);
    move_regions(state, now);
}

void start_neighbours(sim::State& state, const Inputs& in) {
    for (std::size_t n = 0; n < in.neighbours.size(); ++n) {
        state.of(neighbour::instability)[n] = in.neighbours[n].instability;
        state.of(neighbour::stance)[n] = in.neighbours[n].stance;
        state.of(neighbour::hosting)[n] = in.neighbours[n].hosting;
    }
    double worst = 0.0;
    for (const RegionInput& region : in.regions) worst = std::max(worst, region.past_violence_share);
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        const RegionInput& region = in.regions[r];
        state.of(region::trafficking)[r] = region.neighbours_abroad.empty() ? 0.0 : in.society.trafficking;
        state.of(region::extremism)[r] = worst > 0.0 ? in.society.extremism * region.past_violence_share / worst : 0.0;
    }
}

}  // namespace drawdown
