#pragma once

#include <memory>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "models/transition/routes.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Fighters move to where their group wants them, one region after the other along borders.
///
/// With h_r the share of a group's fighters who are in region r and w_r the share that it wants there (`wanted_share` over its
/// sum), a fighter in r leaves at the hazard  rate max(0, h_r - w_r) / h_r,  for a region drawn in proportion to
/// max(0, w - h), and takes the first step of the shortest way there. A group that wants its fighters nowhere moves none. Their
/// home community stays; where they are is `person.location`, and all that counts fighters counts them there.
struct Redeployment {
    double rate = 0.15;
    std::shared_ptr<const Routes> routes{};
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "redeployment";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::fighters);
    static constexpr auto looks = sim::columns(region_group::wanted_share, region_group::fighters, group::pay);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::moved_fighters);
    static constexpr auto streams = sim::streams({"redeployment"});

    static constexpr auto parameters = sim::parameters(sim::parameter(
        "rate", &Redeployment::rate, "week^-1", sim::between(0.0, 1.0),
        "hazard of moving on of a fighter whom the group wants elsewhere",
        sim::source("assumed: weeks on foot and by road, a region at a time", sim::Grade::D), sim::raises("moved_fighters")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_few_splits(persons_per_agent, agents_per_community); }

    /// Where one group has too many fighters, and where too few.
    struct Imbalance {
        std::vector<double> leaving;   ///< share of those in a region who are too many there
        std::vector<double> missing;   ///< share of all fighters that a region lacks
        bool short_somewhere = false;  ///< a region lacks some
    };
    using Shared = std::vector<Imbalance>;  // by group; empty if no group wants its fighters anywhere

    void prepare(sim::Looks<Redeployment> seen, const sim::Step& now, Shared& imbalances) const;
    void step(sim::Rows<Redeployment> persons, const Shared& imbalances, const sim::Step& now) const;
};

}  // namespace drawdown
