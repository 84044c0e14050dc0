#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/person_rows.hpp"
#include "models/transition/shares.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Who lives where at the start: communities, and how many of their people fight, fought, or serve the state.
struct PopulationPlan {
    struct Community {
        std::uint8_t region;
        std::uint8_t identity;  ///< of most of its people
        std::uint32_t key;      ///< names it in random streams; from the region's name and its number there
        std::int64_t persons;
        std::vector<std::int64_t> fighters;         ///< by group
        std::vector<std::int64_t> former_fighters;  ///< by group
        std::int64_t security;
        double harmed;  ///< share of people with a memory of the last war
        std::int64_t refugees = 0;
        std::vector<std::int64_t> displaced{};  ///< by the region that hosts them
    };
    std::vector<Community> communities;
    std::int64_t persons_per_agent = 1;

    [[nodiscard]] std::uint32_t agents(const Community& community) const {
        return static_cast<std::uint32_t>((community.persons + persons_per_agent - 1) / persons_per_agent);
    }
};

/// Cuts the regions into communities and hands out the numbers of fighters, forces, displaced persons and refugees, in whole
/// persons that add up exactly. Those away come from regions by their share of past violence; displaced persons are hosted by
/// neighbouring regions, near and calm ones first.
[[nodiscard]] PopulationPlan plan_population(const Inputs& inputs);

/// Ties of each region's people to each group, 0 to 1, `[region][group]`: the share of the group's identity, in full where the
/// group is, a third elsewhere.
[[nodiscard]] std::vector<double> group_affinity(const Inputs& inputs);

/// Draws the persons of each community: sex and age by the scenario's shares, identity mostly the community's, livelihood and
/// memory; then sets fighters, former fighters and members of the forces apart, among men of 18 to 50 first, and those who are
/// away, of any age and sex. Runs once, before the run.
struct Populate {
    std::shared_ptr<const PopulationPlan> plan;
    PopulationInput population;
    std::shared_ptr<const std::vector<RegionInput>> regions;
    double years_away = 0.0;

    static constexpr std::string_view name = "populate";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto writes = moved_columns;
    static constexpr auto streams = sim::streams({"populate"});

    /// Weights to draw from, summed up once.
    class Lot {
      public:
        explicit Lot(const std::vector<double>& weights);
        /// What `rng.pick(weights)` gives.
        [[nodiscard]] std::size_t pick(sim::Rng& rng) const {
            const double drawn = rng.uniform();
            const double target = drawn * passed_.back();
            std::size_t i = first_[static_cast<std::size_t>(drawn * static_cast<double>(cells))];
            while (i < last_ && target >= passed_[i]) ++i;
            return i;
        }

      private:
        static constexpr std::size_t cells = 64;
        std::vector<double> passed_;
        std::size_t last_ = 0;                     ///< the last that has a weight
        std::array<std::uint8_t, cells> first_{};  ///< by cell of the number drawn, the first that it can be
    };
    struct Shared {
        std::vector<Lot> cohorts;     ///< one: men by age, then women
        std::vector<Lot> identities;  ///< by region
    };
    void prepare(sim::Looks<Populate> seen, const sim::Step& now, Shared& shared) const;
    void step(sim::Rows<Populate> persons, const Shared& shared, const sim::Step& now) const;
};

}  // namespace drawdown
