#include <algorithm>
#include <vector>

#include "models/transition/effects.hpp"
#include "models/transition/person_rows.hpp"
#include "models/transition/violence.hpp"

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

}  // namespace

void Casualties::step(sim::View<Casualties> state, const sim::Step& now) const {
    const auto weight = state[person::weight];
    const auto status = state[person::status];
    const auto location = state[person::location];
    const auto sex = state[person::sex];
    const auto age = state[person::age];
    const auto harm = state[person::harm];
    const auto segments = state.segments(person::weight);
    const auto violence = state[community::violence];
    const auto residents = state[community::residents];
    const auto cohort_deaths = state[region_cohort::deaths];
    const auto losses = state[region_group::losses];
    const auto civilian_toll = state[region::civilian_toll];
    const auto security_toll = state[region::security_toll];
    const std::size_t regions = civilian_toll.size();
    const std::size_t groups = state.rows(group::pay);
    std::fill(cohort_deaths.begin(), cohort_deaths.end(), 0);
    const auto fade = static_cast<float>(decay(community_half_life, now.dt_weeks));
    for (float& v : violence) v *= fade;

    std::int64_t dead = 0;
    std::int64_t fighters = 0;
    const auto book = [&](std::size_t row, std::size_t region) {
        ++dead;
        ++cohort_deaths[region * cohort_count + static_cast<std::size_t>(cohort(sex[row], age[row]))];
    };
    // Fighters by region and group and forces by region, gathered in one look at the communities that have any.
    const auto any = [](const auto& numbers) {
        return std::any_of(numbers.begin(), numbers.end(), [](auto n) { return n > 0; });
    };
    const bool fighters_lost = any(losses);
    std::vector<Urn> fighters_of(regions * groups);
    std::vector<Urn> forces_of(regions);
    for (std::size_t c = 0; c < segments.size() && (fighters_lost || any(security_toll)); ++c) {
        const bool forces_lost = security_toll[state[community::region][c]] > 0;
        if (!(fighters_lost && state[community::fighters][c] > 0) && !forces_lost) continue;
        for (std::size_t i = segments[c].begin; i < segments[c].begin + segments[c].count; ++i) {
            if (weight[i] == 0) continue;
            if (is(status[i], Status::fighter)) fighters_of[location[i] * groups + state[person::group][i]].add(i, 1.0);
            if (is(status[i], Status::security)) forces_of[location[i]].add(i, 1.0);
        }
    }

    const auto by_type = state[region_violence::deaths];
    // Nobody dies who is not there: what the events asked for and did not find is taken off the counts again.
    const auto not_found = [&](std::size_t r, std::int32_t missing) {
        for (std::size_t v = 0; v < static_cast<std::size_t>(Violence::against_mission) && missing > 0; ++v) {
            const std::int32_t cut = std::min(missing, by_type[r * violence_count + v]);
            by_type[r * violence_count + v] -= cut;
            missing -= cut;
            if (v == static_cast<std::size_t>(Violence::state_based)) state[country::battle_deaths_year][0] -= cut;
        }
    };
    for (std::size_t r = 0; r < regions; ++r) {
        for (std::size_t g = 0; g < groups; ++g) {
            auto& lost = losses[r * groups + g];
            if (lost == 0) continue;
            Urn& urn = fighters_of[r * groups + g];
            std::int32_t done = 0;
            for (; done < lost; ++done) {
                sim::Rng rng =
                    now.rng("casualties", {static_cast<std::uint32_t>(r + 256 * (2 + g)), static_cast<std::uint32_t>(done)});
                const std::int64_t row = urn.draw(weight, rng);
                if (row < 0) break;
                book(static_cast<std::size_t>(row), r);
            }
            not_found(r, lost - done);
            lost = done;
            fighters += done;
        }
        if (security_toll[r] > 0) {
            Urn& urn = forces_of[r];
            std::int32_t done = 0;
            for (; done < security_toll[r]; ++done) {
                sim::Rng rng = now.rng("casualties", {static_cast<std::uint32_t>(r + 256), static_cast<std::uint32_t>(done)});
                const std::int64_t row = urn.draw(weight, rng);
                if (row < 0) break;
                book(static_cast<std::size_t>(row), r);
            }
            not_found(r, security_toll[r] - done);
            security_toll[r] = done;
        }
        if (civilian_toll[r] == 0) continue;
        std::vector<std::size_t> places;
        std::vector<double> people;
        for (std::size_t c = 0; c < segments.size(); ++c) {
            if (state[community::region][c] != r || residents[c] <= 0) continue;
            places.push_back(c);
            people.push_back(residents[c]);
        }
        std::int32_t done = 0;
        constexpr std::int32_t together = 5;  // deaths of an attack fall close to each other
        for (std::uint32_t attack = 0; done < civilian_toll[r] && !places.empty(); ++attack) {
            sim::Rng rng = now.rng("casualties", {static_cast<std::uint32_t>(r), attack});
            const std::size_t at = rng.pick(people);
            const std::size_t c = places[at];
            const sim::Segment& s = segments[c];
            Urn urn;
            for (std::size_t i = s.begin; i < s.begin + s.count; ++i) {
                if (weight[i] == 0 || !lives_at_home(status[i])) continue;
                const bool man = sex[i] == 0 && age[i] >= 15 && age[i] < 60;
                urn.add(i, man ? men_exposure : 1.0);
            }
            const std::int32_t batch = std::min(together, civilian_toll[r] - done);
            std::int32_t killed = 0;
            for (; killed < batch; ++killed) {
                const std::int64_t row = urn.draw(weight, rng);
                if (row < 0) break;
                book(static_cast<std::size_t>(row), r);
            }
            if (killed == 0) {  // nobody is left there
                places.erase(places.begin() + static_cast<std::ptrdiff_t>(at));
                people.erase(people.begin() + static_cast<std::ptrdiff_t>(at));
                continue;
            }
            done += killed;
            const double per_thousand = 1000.0 * killed / residents[c];
            violence[c] += static_cast<float>(100.0 * per_thousand);
            // A quarter of the scale to as many people as the memory reaches, rather than a little to all: bytes would round that
            // off.
            const double reached = std::min(1.0, 4.0 * memory * per_thousand);
            for (std::size_t i = s.begin; i < s.begin + s.count; ++i)
                if (now.rng("casualties_memory", {s.key + attack, static_cast<std::uint32_t>(i - s.begin)}).uniform() < reached)
                    harm[i] = static_cast<std::uint8_t>(std::min(255, harm[i] + 64));
        }
        not_found(r, civilian_toll[r] - done);
        civilian_toll[r] = done;
    }
    state[country::violent_deaths][0] = dead;
    state[country::killed_fighters][0] = fighters;
}

}  // namespace drawdown
