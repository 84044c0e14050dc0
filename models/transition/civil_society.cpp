#include "models/transition/civil_society.hpp"

#include <algorithm>

#include "models/transition/effects.hpp"
#include "models/transition/event_kinds.hpp"
#include "sim/parallel.hpp"

namespace drawdown {

namespace {

constexpr double felt_scale = 10.0;  // recent deaths per 100,000 at which two thirds of the greatest effect is felt

constexpr double deal_from = 0.5;  // share of people with a mechanism from which a region counts as having a local deal

/// Share after dt of x' = up (1 - x) - down x.
double moved(double share, double up, double down, double dt_weeks) {
    return up + down > 0.0 ? relaxed(share, up / (up + down), up + down, dt_weeks) : share;
}

/// How one identity group regards another at the start: itself well, others as the scenario says, or neutral.
double relation_at_start(const Inputs& in, std::size_t i, std::size_t j) {
    if (i == j) return 1.0;
    return j < in.identities[i].relations.size() ? in.identities[i].relations[j] : 0.0;
}

}  // namespace

void CivilSociety::step(sim::View<CivilSociety> state, const sim::Step& now) const {
    const auto strength = state[region::civil_society];
    const auto independence = state[region::civil_independence];
    const double donors = by_donors * state[country::attention][0];
    const double freedom = state[country::press_freedom][0];
    double voice = 0.0;
    for (std::size_t r = 0; r < strength.size(); ++r) {
        const double reach = state[region_activity::reach][row_of(r, Activity::civil_society)];
        const double money = 1.0 - (1.0 - reach) * (1.0 - donors);
        const double members = 0.5 * (state[region::women_participation][r] + state[region::youth_participation][r]);
        strength[r] = moved(strength[r], grow + build * money + joined * members, wither, now.dt_weeks);
        independence[r] =
            moved(independence[r], free * freedom, buy * money + capture * state[country::patronage][0], now.dt_weeks);
        voice += strength[r] * independence[r] / static_cast<double>(strength.size());
    }
    const double exclusive = state[country::complicity][0] * (1.0 - state[country::inclusiveness][0]);
    const double soldiers = state[country::military_rule][0];
    const double closed = 1.0 - (1.0 - exclusive) * (1.0 - soldiers);
    const double hazard = repression * closed * (1.0 - freedom) * voice;
    sim::Rng rng = now.rng("repression", {0, 0});
    const bool strikes = rng.uniform() < -sim::expm1(-hazard * now.dt_weeks);
    if (!strikes || now.initial) return;
    for (std::size_t r = 0; r < strength.size(); ++r) {
        strength[r] *= 1.0 - struck;
        independence[r] *= 1.0 - struck;
    }
    state.log(static_cast<int>(EventKind::civil_society_repressed), -1, -1, voice,
              static_cast<int>(soldiers > exclusive ? Cause::military_rule : Cause::exclusion));
}

void LocalDialogue::lay_out(const Inputs& in) {
    shares.clear();
    relations.clear();
    for (const RegionInput& region : in.regions) shares.push_back(region.identity_shares);
    for (std::size_t i = 0; i < in.identities.size(); ++i) {
        auto& row = relations.emplace_back();
        for (std::size_t j = 0; j < in.identities.size(); ++j) row.push_back(relation_at_start(in, i, j));
    }
}

void LocalDialogue::talk(sim::View<LocalDialogue> state, const sim::Step& now) const {
    const auto dialogue = state[community::dialogue];
    const auto warning = state[community::early_warning];
    const auto fear = state[region::inter_group_fear];
    std::vector<double> people(fear.size(), 0.0);
    std::vector<double> unprevented(fear.size(), 0.0);
    std::vector<double> talked(fear.size(), 0.0);
    std::vector<double> talking(fear.size(), 0.0);
    const auto region = state[community::region];
    const auto residents = state[community::residents];
    for (std::size_t c = 0; c < dialogue.size(); ++c) {
        people[region[c]] += residents[c];
        talked[region[c]] += static_cast<double>(residents[c]) * static_cast<double>(dialogue[c]);
    }
    sim::for_each_piece(dialogue.size(), now.parallel, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            const std::size_t r = region[c];
            const double staff = state[region_activity::reach][row_of(r, Activity::dialogue)];
            const double voice = state[region::civil_society][r] * state[region::civil_independence][r];
            const double felt = 1.0 - sim::exp(-static_cast<double>(state[community::violence][c]) / felt_scale);
            const double d = dialogue[c];
            const double carried = moved(d, build * staff + again * voice * d, fade + broken * felt, now.dt_weeks);
            dialogue[c] = static_cast<float>(clamp01(carried));
            const double warned = 1.0 - (1.0 - warning_civil * voice) * (1.0 - warning_staff * staff);
            warning[c] = static_cast<float>(clamp01(relaxed(warning[c], warned, warning_rate, now.dt_weeks)));
        }
    });
    for (std::size_t c = 0; c < dialogue.size(); ++c) {
        const std::size_t r = region[c];
        const double answer = 1.0 - (1.0 - state[region_activity::reach][row_of(r, Activity::patrol)]) *
                                        (1.0 - state[region_function::capacity][row_of(r, Function::police)]);
        talking[r] += static_cast<double>(residents[c]) * static_cast<double>(dialogue[c]);
        unprevented[r] += static_cast<double>(residents[c]) * (1.0 - prevents * static_cast<double>(dialogue[c])) *
                          (1.0 - answers * static_cast<double>(warning[c]) * answer);
    }
    for (std::size_t r = 0; r < fear.size(); ++r) {
        fear[r] = people[r] > 0.0 ? unprevented[r] / people[r] : 1.0;
        if (!now.initial && talked[r] < deal_from * people[r] && talking[r] >= deal_from * people[r])
            state.log(static_cast<int>(EventKind::local_deal), static_cast<int>(r), -1, talking[r] / people[r],
                      static_cast<int>(Cause::dialogue));
    }
}

void LocalDialogue::regard(sim::View<LocalDialogue> state, const sim::Step& now) const {
    const auto relation = state[identity_pair::relation];
    const auto friction = state[region::friction];
    const std::size_t identities = relations.size();
    std::vector<double> home(friction.size(), 0.0);
    std::vector<double> talking(friction.size(), 0.0);
    std::vector<double> believing(friction.size(), 0.0);
    for (std::size_t c = 0; c < state[community::region].size(); ++c) {
        const std::size_t r = state[community::region][c];
        const double residents = state[community::residents][c];
        home[r] += residents;
        talking[r] += residents * static_cast<double>(state[community::dialogue][c]);
        believing[r] += residents * static_cast<double>(state[community::rumour][c]);
    }
    for (std::size_t i = 0; i < identities; ++i)
        for (std::size_t j = 0; j < identities; ++j) {
            if (i == j) continue;
            double together = 0.0;
            double dialogue = 0.0;
            double rumour = 0.0;
            double deaths = 0.0;
            for (std::size_t r = 0; r < friction.size(); ++r) {
                const double w = shares[r][i] * shares[r][j];
                together += w * home[r];
                dialogue += w * talking[r];
                rumour += w * believing[r];
                deaths += w * state[region_violence::deaths][row_of(r, Violence::communal)];
            }
            if (together <= 0.0) continue;
            const double mending = heal * dialogue / together;
            const double setting_against = slander * rumour / together;
            const double sum = back + mending + setting_against;
            double& regards = relation[i * identities + j];
            if (sum > 0.0)
                regards = relaxed(regards, (back * relations[i][j] + mending - setting_against) / sum, sum, now.dt_weeks);
            regards = std::clamp((1.0 + regards) * sim::exp(-hurt * 1e5 * deaths / together) - 1.0, -1.0, 1.0);
        }
    for (std::size_t r = 0; r < friction.size(); ++r) {
        double sum = 0.0;
        for (std::size_t i = 0; i < identities; ++i)
            for (std::size_t j = 0; j < identities; ++j)
                if (i != j) sum += shares[r][i] * shares[r][j] * (base_friction + std::max(0.0, -relation[i * identities + j]));
        friction[r] = clamp01(sum);
    }
}

void LocalDialogue::step(sim::View<LocalDialogue> state, const sim::Step& now) const {
    talk(state, now);
    regard(state, now);
}

void start_civil_society(sim::State& state, const Inputs& in) {
    for (double& strength : state.of(region::civil_society)) strength = in.society.civil_society;
    for (double& independence : state.of(region::civil_independence)) independence = in.society.civil_independence;
    const double voice = in.society.civil_society * in.society.civil_independence;
    for (float& dialogue : state.of(community::dialogue)) dialogue = static_cast<float>(voice);
    for (float& warning : state.of(community::early_warning)) warning = static_cast<float>(voice);
    for (double& fear : state.of(region::inter_group_fear)) fear = 1.0;
    for (std::size_t i = 0; i < in.identities.size(); ++i)
        for (std::size_t j = 0; j < in.identities.size(); ++j)
            state.of(identity_pair::relation)[i * in.identities.size() + j] = relation_at_start(in, i, j);
}

}  // namespace drawdown
