#include "models/transition/group_transfer.hpp"

#include <algorithm>

namespace drawdown {

void GroupTransfer::step(sim::Rows<GroupTransfer> persons, const sim::Step& now) const {
    if (persons.owner(community::fighters) == 0) return;
    const auto share = persons.all(group::transfer_share);
    const auto to = persons.all(group::transfer_to);
    if (std::all_of(share.begin(), share.end(), [](double s) { return s <= 0.0; })) return;
    PersonSpans<GroupTransfer> p(persons);
    const std::size_t before = persons.size();
    for (std::size_t i = 0; i < before; ++i) {
        if (p.weight[i] == 0 || !is(p.status[i], Status::fighter)) continue;
        const std::size_t g = p.group[i];
        if (share[g] <= 0.0) continue;
        std::uint64_t going = p.weight[i];
        if (share[g] < 1.0) {
            sim::Rng rng = now.rng(name, {persons.key(), static_cast<std::uint32_t>(i)});
            going = rng.binomial(p.weight[i], share[g]);
        }
        if (going == 0) continue;
        move_persons(persons, i, static_cast<std::uint16_t>(going), {Status::fighter, p.location[i], to[g]},
                     static_cast<std::uint16_t>(persons_per_agent));
        p = PersonSpans<GroupTransfer>(persons);
    }
}

}  // namespace drawdown
