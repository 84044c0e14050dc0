#include "models/transition/casualties.hpp"

#include <algorithm>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/person_rows.hpp"

namespace drawdown {

namespace {

/// Agents from whom persons are drawn without replacement, with odds in proportion to persons x exposure.
class Urn {
  public:
    void add(std::size_t row, double exposure) {
        rows_.push_back(row);
        exposures_.push_back(exposure);
    }
    /// Draws one person; takes it out of `weight`. Returns the agent's row, or -1 if nobody is left.
    std::int64_t draw(std::span<std::uint16_t> weight, sim::Rng& rng) {
        odds_.resize(rows_.size());
        double sum = 0.0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            odds_[i] = exposures_[i] * weight[rows_[i]];
            sum += odds_[i];
        }
        if (sum <= 0.0) return -1;
        const std::size_t row = rows_[rng.pick(odds_)];
        weight[row] = static_cast<std::uint16_t>(weight[row] - 1);
        return static_cast<std::int64_t>(row);
    }

  private:
    std::vector<std::size_t> rows_;
    std::vector<double> exposures_;
    std::vector<double> odds_;
};

using State = sim::View<Casualties>;

/// The dead of one step, as they are found.
class Burial {
  public:
    Burial(const Casualties& process, const State& state, const sim::Step& now)
        : process_(process),
          state_(state),
          now_(now),
          segments_(state.segments(person::weight)),
          groups_(state.rows(group::pay)),
          regions_(state.rows(region::civilian_toll)) {}

    void bury() {
        gather_armed();
        for (std::size_t r = 0; r < regions_; ++r) {
            bury_fighters(r);
            bury_forces(r);
            bury_civilians(r);
        }
        state_[country::violent_deaths][0] = dead_;
        state_[country::killed_fighters][0] = fighters_;
    }

  private:
    /// Fighters by region and group, where they are, and forces by region, in one look at the communities that have any.
    void gather_armed() {
        const auto any = [](const auto& numbers) {
            return std::any_of(numbers.begin(), numbers.end(), [](auto n) { return n > 0; });
        };
        const auto weight = state_[person::weight];
        const auto status = state_[person::status];
        const auto location = state_[person::location];
        const bool fighters_lost = any(state_[region_group::losses]);
        const bool any_forces = any(state_[region::security_toll]);
        fighters_of_.resize(regions_ * groups_);
        forces_of_.resize(regions_);
        for (std::size_t c = 0; c < segments_.size() && (fighters_lost || any_forces); ++c) {
            const bool forces_lost = state_[region::security_toll][state_[community::region][c]] > 0;
            if (!(fighters_lost && state_[community::fighters][c] > 0) && !forces_lost) continue;
            for (std::size_t i = segments_[c].begin; i < segments_[c].begin + segments_[c].count; ++i) {
                if (weight[i] == 0) continue;
                if (is(status[i], Status::fighter)) fighters_of_[location[i] * groups_ + state_[person::group][i]].add(i, 1.0);
                if (is(status[i], Status::security)) forces_of_[location[i]].add(i, 1.0);
            }
        }
    }

    void book(std::size_t row, std::size_t region) {
        ++dead_;
        const auto c = static_cast<std::size_t>(cohort(state_[person::sex][row], state_[person::age][row]));
        ++state_[region_cohort::deaths][region * cohort_count + c];
    }

    /// Buries up to `wanted` persons of an urn, each by a draw of its own; returns how many there were.
    std::int32_t take(Urn& urn, std::size_t r, std::size_t stream, std::int32_t wanted) {
        std::int32_t done = 0;
        for (; done < wanted; ++done) {
            sim::Rng rng = now_.rng("casualties", {static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(done)});
            const std::int64_t row = urn.draw(state_[person::weight], rng);
            if (row < 0) break;
            book(static_cast<std::size_t>(row), r);
        }
        return done;
    }

    /// Nobody dies who is not there: those missing are taken off the kinds that asked for such persons. `part` gives how many of
    /// them a kind asked for; `forget` takes some off.
    template <class Part, class Forget>
    void not_found(std::size_t r, std::int32_t missing, const Part& part, const Forget& forget) {
        for (std::size_t v = 0; v < violence_count && missing > 0; ++v) {
            if (v == static_cast<std::size_t>(Violence::against_mission)) continue;  // not of the population
            const std::size_t row = r * violence_count + v;
            const std::int32_t cut = std::min(missing, part(row));
            forget(row, cut);
            state_[region_violence::deaths][row] -= cut;
            if (v == static_cast<std::size_t>(Violence::state_based)) state_[country::battle_deaths_year][0] -= cut;
            missing -= cut;
        }
    }

    void bury_fighters(std::size_t r) {
        const auto asked = state_[region_violence::fighters_dead];
        for (std::size_t g = 0; g < groups_; ++g) {
            auto& lost = state_[region_group::losses][r * groups_ + g];
            if (lost == 0) continue;
            const std::int32_t done = take(fighters_of_[r * groups_ + g], r, r + 256 * (2 + g), lost);
            not_found(
                r, lost - done, [&](std::size_t row) { return asked[row]; },
                [&](std::size_t row, std::int32_t cut) { asked[row] -= cut; });
            lost = done;
            fighters_ += done;
        }
    }

    void bury_forces(std::size_t r) {
        auto& toll = state_[region::security_toll][r];
        if (toll == 0) return;
        const auto asked = state_[region_violence::forces_dead];
        const std::int32_t done = take(forces_of_[r], r, r + 256, toll);
        not_found(
            r, toll - done, [&](std::size_t row) { return asked[row]; },
            [&](std::size_t row, std::int32_t cut) { asked[row] -= cut; });
        toll = done;
    }

    [[nodiscard]] std::int32_t civilians_asked(std::size_t row) const {
        return state_[region_violence::deaths][row] - state_[region_violence::fighters_dead][row] -
               state_[region_violence::forces_dead][row];
    }

    void bury_civilians(std::size_t r);
    std::int32_t strike(std::size_t r, std::size_t community, std::uint32_t attack, std::int32_t wanted, double men,
                        sim::Rng& rng);
    std::int32_t strike_camp(std::size_t r, std::int32_t wanted, double men, sim::Rng& rng);

    [[nodiscard]] double exposure(std::size_t row, double men) const {
        const auto age = state_[person::age][row];
        return state_[person::sex][row] == 0 && age >= 15 && age < 60 ? men : 1.0;
    }

    const Casualties& process_;
    const State& state_;
    const sim::Step& now_;
    std::span<const sim::Segment> segments_;
    std::size_t groups_, regions_;
    std::vector<Urn> fighters_of_, forces_of_;
    std::int64_t dead_ = 0, fighters_ = 0;
};

/// People at home in one community. Returns how many were found.
std::int32_t Burial::strike(std::size_t r, std::size_t c, std::uint32_t attack, std::int32_t wanted, double men, sim::Rng& rng) {
    const sim::Segment& s = segments_[c];
    const auto weight = state_[person::weight];
    Urn urn;
    for (std::size_t i = s.begin; i < s.begin + s.count; ++i)
        if (weight[i] > 0 && lives_at_home(state_[person::status][i])) urn.add(i, exposure(i, men));
    std::int32_t killed = 0;
    for (; killed < wanted; ++killed) {
        const std::int64_t row = urn.draw(weight, rng);
        if (row < 0) break;
        book(static_cast<std::size_t>(row), r);
    }
    if (killed == 0) return 0;
    const double per_thousand = 1000.0 * killed / state_[community::residents][c];
    state_[community::violence][c] += static_cast<float>(100.0 * per_thousand);
    // A quarter of the scale to as many people as the memory reaches, rather than a little to all: bytes would round that off.
    const double reached = std::min(1.0, 4.0 * process_.memory * per_thousand);
    const auto harm = state_[person::harm];
    for (std::size_t i = s.begin; i < s.begin + s.count; ++i)
        if (now_.rng("casualties_memory", {s.key + attack, static_cast<std::uint32_t>(i - s.begin)}).uniform() < reached)
            harm[i] = static_cast<std::uint8_t>(std::min(255, harm[i] + 64));
    return killed;
}

/// Displaced persons in camps and protection sites of the region, wherever they come from.
std::int32_t Burial::strike_camp(std::size_t r, std::int32_t wanted, double men, sim::Rng& rng) {
    const auto weight = state_[person::weight];
    const auto status = state_[person::status];
    Urn urn;
    for (std::size_t c = 0; c < segments_.size(); ++c) {
        if (state_[community::away][c] == 0) continue;
        for (std::size_t i = segments_[c].begin; i < segments_[c].begin + segments_[c].count; ++i)
            if (weight[i] > 0 && state_[person::location][i] == r &&
                (is(status[i], Status::displaced) || is(status[i], Status::site)))
                urn.add(i, exposure(i, men));
    }
    std::int32_t killed = 0;
    for (; killed < wanted; ++killed) {
        const std::int64_t row = urn.draw(weight, rng);
        if (row < 0) break;
        book(static_cast<std::size_t>(row), r);
    }
    return killed;
}

void Burial::bury_civilians(std::size_t r) {
    auto& toll = state_[region::civilian_toll][r];
    if (toll == 0) return;
    constexpr std::size_t camp = static_cast<std::size_t>(-1);
    std::vector<std::size_t> places;
    std::vector<double> people;
    for (std::size_t c = 0; c < segments_.size(); ++c) {
        if (state_[community::region][c] != r || state_[community::residents][c] <= 0) continue;
        places.push_back(c);
        people.push_back(state_[community::residents][c]);
    }
    const double displaced =
        process_.camp_exposure * static_cast<double>(std::max(state_[region::displaced][r], state_[region::sites][r]));
    if (displaced > 0.0) {
        places.push_back(camp);
        people.push_back(displaced);
    }
    constexpr std::int32_t together = 5;  // deaths of an attack fall close to each other
    std::uint32_t attack = 0;
    std::int32_t buried = 0;
    std::int32_t asked_so_far = 0;
    for (std::size_t v = 0; v < violence_count; ++v) {
        const auto kind = static_cast<Violence>(v);
        if (kind == Violence::against_mission) continue;
        const std::int32_t asked = std::min(civilians_asked(r * violence_count + v), toll - asked_so_far);
        asked_so_far += asked;
        std::int32_t done = 0;
        for (; done < asked && !places.empty(); ++attack) {
            sim::Rng rng = now_.rng("casualties", {static_cast<std::uint32_t>(r), attack});
            const std::size_t at = rng.pick(people);
            const std::int32_t batch = std::min(together, asked - done);
            const double men = process_.exposure_of_men(kind);
            const std::int32_t killed =
                places[at] == camp ? strike_camp(r, batch, men, rng) : strike(r, places[at], attack, batch, men, rng);
            done += killed;
            if (killed > 0) continue;  // else nobody is left there
            places.erase(places.begin() + static_cast<std::ptrdiff_t>(at));
            people.erase(people.begin() + static_cast<std::ptrdiff_t>(at));
        }
        state_[region_violence::deaths][r * violence_count + v] -= asked - done;
        if (kind == Violence::state_based) state_[country::battle_deaths_year][0] -= asked - done;
        buried += done;
    }
    toll = buried;
}

}  // namespace

double Casualties::exposure_of_men(Violence kind) const {
    switch (kind) {
        case Violence::one_sided_group:
        case Violence::one_sided_state:
            return men_exposure_one_sided;
        case Violence::communal:
        case Violence::mob:
            return men_exposure_general;
        default:
            return men_exposure;
    }
}

void Casualties::step(sim::View<Casualties> state, const sim::Step& now) const {
    const auto deaths = state[region_cohort::deaths];
    std::fill(deaths.begin(), deaths.end(), 0);
    const auto fade = static_cast<float>(decay(community_half_life, now.dt_weeks));
    for (float& v : state[community::violence]) v *= fade;
    Burial(*this, state, now).bury();
}

}  // namespace drawdown
