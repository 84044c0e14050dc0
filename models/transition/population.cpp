#include "models/transition/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "models/transition/effects.hpp"

namespace drawdown {

namespace {

constexpr double same_identity = 0.9;  // share of a community that belongs to its main identity group
constexpr double affinity_elsewhere = 1.0 / 3.0;

std::uint32_t community_key(std::string_view region, std::uint32_t number) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : region) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
    hash = (hash ^ number) * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93ULL;
    return static_cast<std::uint32_t>(hash >> 32);
}

/// Spreads a region's number over its communities in proportion to their people.
std::vector<std::int64_t> spread(std::int64_t total, const std::vector<PopulationPlan::Community*>& communities) {
    std::vector<double> weights;
    for (const auto* community : communities) weights.push_back(static_cast<double>(community->persons));
    return apportion(total, weights);
}

/// Refugees and displaced persons by past violence; the displaced in the neighbouring regions of theirs.
template <class ShareOut>
void place_those_away(const Inputs& inputs, const ShareOut& share_out) {
    const std::size_t regions = inputs.regions.size();
    std::vector<double> past;
    for (const RegionInput& region : inputs.regions) past.push_back(region.past_violence_share);
    share_out(inputs.society.refugees_abroad, past, [](auto& community, std::int64_t n) { community.refugees += n; });
    share_out(inputs.society.displaced, past, [&](auto& community, std::int64_t n) {
        if (n == 0) return;
        community.displaced.resize(regions, 0);
        std::vector<double> hosts(regions, 0.0);
        for (const Geography::Neighbour& near : inputs.geography->neighbours[community.region])
            hosts[near.region] = (1.0 - past[near.region] + 1e-6) / near.distance_km;
        if (inputs.geography->neighbours[community.region].empty()) hosts[community.region] = 1.0;
        const auto parts = apportion(n, hosts);
        for (std::size_t r = 0; r < regions; ++r) community.displaced[r] += parts[r];
    });
}

}  // namespace

std::vector<double> group_affinity(const Inputs& inputs) {
    std::vector<double> affinity;
    for (const RegionInput& region : inputs.regions) {
        for (const GroupInput& group : inputs.groups) {
            const auto identity = std::find_if(inputs.identities.begin(), inputs.identities.end(),
                                               [&](const IdentityInput& i) { return i.name == group.identity; });
            const bool there = std::find(group.regions.begin(), group.regions.end(), region.name) != group.regions.end();
            const double kin = region.identity_shares[static_cast<std::size_t>(identity - inputs.identities.begin())];
            affinity.push_back(kin * (there ? 1.0 : affinity_elsewhere));
        }
        affinity.resize(affinity.size() + inputs.group_slots() - inputs.groups.size(), 0.0);  // groups to come
    }
    return affinity;
}

PopulationPlan plan_population(const Inputs& inputs) {
    PopulationPlan plan;
    plan.persons_per_agent = inputs.scenario.persons_per_agent;
    const std::size_t groups = inputs.groups.size();
    const std::int64_t persons_per_community = inputs.scenario.agents_per_community * plan.persons_per_agent;
    const double total_past = 1.0 / std::max(1.0, static_cast<double>(inputs.total_population()));

    for (std::size_t r = 0; r < inputs.regions.size(); ++r) {
        const RegionInput& region = inputs.regions[r];
        const auto persons =
            static_cast<std::int64_t>(std::llround(static_cast<double>(region.population) * inputs.population.census_factor));
        const std::int64_t count = std::max<std::int64_t>(1, (persons + persons_per_community / 2) / persons_per_community);
        const auto sizes = apportion(persons, std::vector<double>(static_cast<std::size_t>(count), 1.0));
        // Past violence relative to people, so that 1 is the country's mean; the memory caps at four times that.
        const double past =
            std::min(4.0, region.past_violence_share / std::max(1e-12, static_cast<double>(persons) * total_past));
        double seen = 0.0;
        std::size_t identity = 0;
        for (std::int64_t j = 0; j < count; ++j) {
            const double position = (static_cast<double>(j) + 0.5) / static_cast<double>(count);
            while (identity + 1 < region.identity_shares.size() && position > seen + region.identity_shares[identity])
                seen += region.identity_shares[identity++];
            plan.communities.push_back({static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(identity),
                                        community_key(region.name, static_cast<std::uint32_t>(j)),
                                        sizes[static_cast<std::size_t>(j)], std::vector<std::int64_t>(groups, 0),
                                        std::vector<std::int64_t>(groups, 0), 0, clamp01(inputs.population.harmed_share * past)});
        }
    }

    std::vector<std::vector<PopulationPlan::Community*>> in_region(inputs.regions.size());
    for (auto& community : plan.communities) in_region[community.region].push_back(&community);
    const std::vector<double> affinity = group_affinity(inputs);
    const auto share_out = [&](double total, const std::vector<double>& by_region, const auto& put) {
        const auto parts = apportion(std::llround(total), by_region);
        for (std::size_t r = 0; r < parts.size(); ++r) {
            const auto& list = in_region[r];
            const auto numbers = spread(parts[r], list);
            for (std::size_t i = 0; i < list.size(); ++i) put(*list[i], numbers[i]);
        }
    };
    std::vector<double> police;
    std::vector<double> army;
    for (const RegionInput& region : inputs.regions) {
        police.push_back(region.police_share);
        army.push_back(region.army_share);
    }
    share_out(inputs.state.police, police, [](auto& community, std::int64_t n) { community.security += n; });
    share_out(inputs.state.army, army, [](auto& community, std::int64_t n) { community.security += n; });
    for (std::size_t g = 0; g < groups; ++g) {
        std::vector<double> active(inputs.regions.size(), 0.0);
        std::vector<double> former(inputs.regions.size(), 0.0);
        for (std::size_t r = 0; r < inputs.regions.size(); ++r) {
            const auto& list = inputs.groups[g].regions;
            const bool there = std::find(list.begin(), list.end(), inputs.regions[r].name) != list.end();
            active[r] = there ? inputs.regions[r].former_fighter_share + 1e-6 : 0.0;
            former[r] = inputs.regions[r].former_fighter_share * affinity[r * inputs.group_slots() + g];
        }
        share_out(inputs.groups[g].fighters, active, [&](auto& community, std::int64_t n) { community.fighters[g] += n; });
        share_out(inputs.groups[g].former_fighters, former,
                  [&](auto& community, std::int64_t n) { community.former_fighters[g] += n; });
    }
    place_those_away(inputs, share_out);
    return plan;
}

Populate::Lot::Lot(const std::vector<double>& weights) {
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        passed_.push_back(sum += weights[i]);
        if (weights[i] > 0.0) last_ = i;
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const double least = static_cast<double>(cell) / static_cast<double>(cells) * sum;
        std::size_t i = 0;
        while (i < std::min<std::size_t>(last_, 255) && least >= passed_[i]) ++i;
        first_[cell] = static_cast<std::uint8_t>(i);
    }
}

void Populate::prepare(sim::Looks<Populate> /*seen*/, const sim::Step& /*now*/, Shared& shared) const {
    std::vector<double> cohorts = population.age_shares_men;
    cohorts.insert(cohorts.end(), population.age_shares_women.begin(), population.age_shares_women.end());
    shared.cohorts.assign(1, Lot(cohorts));
    shared.identities.clear();
    for (const RegionInput& region : *regions) shared.identities.emplace_back(region.identity_shares);
}

void Populate::step(sim::Rows<Populate> persons, const Shared& shared, const sim::Step& now) const {
    const PopulationPlan::Community& community = plan->communities[persons.segment()];
    const auto ppa = static_cast<std::uint16_t>(plan->persons_per_agent);
    const std::size_t bands = population.age_limits.size();
    PersonSpans<Populate> p(persons);

    const auto draw = [&](std::size_t i, sim::Rng rng) {
        const std::size_t c = shared.cohorts.front().pick(rng);
        const std::size_t band = c % bands;
        const double first = population.age_limits[band];
        const double last = band + 1 < bands ? population.age_limits[band + 1] : 90.0;
        p.sex[i] = c < bands ? 0 : 1;
        const double within = rng.uniform();
        // Within the last band the old are fewer: a straight line down to nobody at its end.
        p.age[i] = static_cast<std::uint8_t>(first + (last - first) * (band + 1 < bands ? within : 1.0 - std::sqrt(within)));
        const bool main = rng.bernoulli(same_identity);
        p.identity[i] = main ? community.identity : static_cast<std::uint8_t>(shared.identities[community.region].pick(rng));
        const double apart = personal_deviation(persons.key(), static_cast<std::uint32_t>(i), livelihood_trait);
        p.livelihood[i] = static_cast<std::uint8_t>(255.0 * clamp01(population.livelihood_mean + 0.5 * apart) + 0.5);
        p.harm[i] = rng.bernoulli(community.harmed) ? 128 : 0;
        p.status[i] = static_cast<std::uint8_t>(Status::home);
        p.location[i] = community.region;
        p.group[i] = no_group;
        p.away[i] = 0;
        const std::int64_t before = static_cast<std::int64_t>(i) * plan->persons_per_agent;
        p.weight[i] = static_cast<std::uint16_t>(std::min(plan->persons_per_agent, community.persons - before));
    };
    constexpr std::size_t run = sim::RngBatch::most;
    for (std::size_t first = 0; first < persons.size(); first += run) {
        std::array<std::uint32_t, run> rows;
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first));
        const sim::RngBatch rngs = now.rngs_of(name, persons.key(), rows);
        for (std::size_t i = first; i < std::min(first + run, persons.size()); ++i) draw(i, rngs[i - first]);
    }

    const auto quarters_away = static_cast<std::uint8_t>(std::min(255.0, 4.0 * years_away));
    // Sets `count` persons apart, taking from agents in order: men of 18 to 50 first, then other adults, or anybody to be away;
    // at first at most a quarter of a coarse agent, so that those set apart come from many, then whatever is needed. Those away
    // are taken from the other end, where no men are missing.
    const auto set_apart = [&](std::int64_t count, NewSituation to) {
        const bool anybody = lives_away(static_cast<std::uint8_t>(to.status));
        for (int round = 0; round < 4 && count > 0; ++round) {
            const std::size_t rows = persons.size();
            for (std::size_t k = 0; k < rows && count > 0; ++k) {
                const std::size_t i = anybody ? rows - 1 - k : k;
                const bool fit = p.sex[i] == 0 && p.age[i] >= 18 && p.age[i] < 50;
                if (!is(p.status[i], Status::home) || p.weight[i] == 0) continue;
                if (!anybody && ((round % 2 == 0 && !fit) || p.age[i] < 15)) continue;
                const std::int64_t most = round < 2 ? std::max<std::int64_t>(1, p.weight[i] / 4) : p.weight[i];
                const auto n = static_cast<std::uint16_t>(std::min(count, most));
                const std::size_t row = move_persons(persons, i, n, to, ppa);
                p = PersonSpans<Populate>(persons);
                if (anybody) persons[person::away][row] = quarters_away;
                count -= n;
            }
        }
    };
    set_apart(community.security, {Status::security, community.region, no_group});
    for (std::size_t g = 0; g < community.fighters.size(); ++g)
        set_apart(community.fighters[g], {Status::fighter, community.region, static_cast<std::uint8_t>(g)});
    for (std::size_t g = 0; g < community.former_fighters.size(); ++g)
        set_apart(community.former_fighters[g], {Status::former_fighter, community.region, static_cast<std::uint8_t>(g)});
    set_apart(community.refugees, {Status::refugee, community.region, no_group});
    for (std::size_t r = 0; r < community.displaced.size(); ++r)
        set_apart(community.displaced[r], {Status::displaced, static_cast<std::uint8_t>(r), no_group});
}

}  // namespace drawdown
