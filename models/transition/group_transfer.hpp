#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Fighters go over to another group when theirs splits or merges: each with the share that the group gives away, all where that
/// is 1. They stay where they are. Bookkeeping, without parameters.
struct GroupTransfer {
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "group_transfer";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::fighters);
    static constexpr auto looks = sim::columns(group::transfer_to, group::transfer_share);
    static constexpr auto writes = moved_columns;
    static constexpr auto streams = sim::streams({"group_transfer"});
    static constexpr auto parameters = sim::parameters();

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<GroupTransfer> persons, const sim::Step& now) const;
};

}  // namespace drawdown
