// Reads the tables on mission, society, agreement, donors, neighbours and shocks, and checks the names in them.

#include <fmt/format.h>
#include <algorithm>

#include "models/transition/input_tables.hpp"
#include "models/transition/inputs.hpp"
#include "models/transition/kinds.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

bool among(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void check_name(const sim::Section& table, const char* key, const std::string& name, const std::vector<std::string>& names,
                const std::string& what, sim::Diagnostics& diagnostics) {
    if (name.empty() || among(names, name)) return;
    diagnostics.add(place_of(table, key), fmt::format("{}: {} is not known{}", what, name, sim::did_you_mean(name, names)));
}

/// Neighbours that a region borders or a table describes, sorted by name.
std::vector<NeighbourInput> with_bordering(std::vector<NeighbourInput> neighbours, const std::vector<RegionInput>& regions) {
    for (const RegionInput& region : regions) {
        for (const std::string& name : region.neighbours_abroad) {
            const bool known =
                std::any_of(neighbours.begin(), neighbours.end(), [&](const NeighbourInput& n) { return n.name == name; });
            if (known) continue;
            NeighbourInput neighbour;
            neighbour.name = name;
            neighbours.push_back(std::move(neighbour));
        }
    }
    std::sort(neighbours.begin(), neighbours.end(),
              [](const NeighbourInput& a, const NeighbourInput& b) { return a.name < b.name; });
    return neighbours;
}

/// All donors together, for a scenario that names none: what they pledge is a parameter of the process.
DonorInput all_donors() {
    DonorInput donor;
    donor.name = "donors";
    donor.label = "Donors";
    donor.pledge_musd = -1.0;
    return donor;
}

}  // namespace

void read_actor_inputs(const sim::Section& root, Inputs& in, const sim::Sampler& sampler, sim::Diagnostics& diagnostics) {
    sim::read_fields(root.child_or_empty("mission"), in.mission, sampler, diagnostics);
    sim::read_fields(root.child_or_empty("society"), in.society, sampler, diagnostics);
    sim::read_fields(root.child_or_empty("agreement"), in.agreement, sampler, diagnostics);
    in.provisions = read_named<ProvisionInput>(root, "provision", sampler, diagnostics);
    in.donors = read_named<DonorInput>(root, "donor", sampler, diagnostics);
    if (in.donors.empty()) in.donors.push_back(all_donors());
    in.shocks = read_named<ShockInput>(root, "shock", sampler, diagnostics);
    in.neighbours = with_bordering(read_named<NeighbourInput>(root, "neighbour", sampler, diagnostics), in.regions);

    const std::vector<std::string> provisions(provision_names().begin(), provision_names().end());
    for (const ProvisionInput& provision : in.provisions)
        if (!among(provisions, provision.name))
            diagnostics.add(
                root.child_or_empty("provision").child_or_empty(provision.name).place(),
                fmt::format("no provision is named {}{}", provision.name, sim::did_you_mean(provision.name, provisions)));
    std::vector<std::string> neighbours;
    for (const NeighbourInput& neighbour : in.neighbours) neighbours.push_back(neighbour.name);
    std::vector<std::string> regions;
    for (const RegionInput& region : in.regions) regions.push_back(region.name);
    std::vector<std::string> groups;
    for (const GroupInput& group : in.groups) groups.push_back(group.name);
    for (const GroupInput& group : in.groups)
        if (in.regions_known)
            check_name(root.child_or_empty("group").child_or_empty(group.name), "sponsor", group.sponsor, neighbours,
                       fmt::format("group.{}.sponsor", group.name), diagnostics);
    for (const ShockInput& shock : in.shocks) {
        const sim::Section table = root.child_or_empty("shock").child_or_empty(shock.name);
        if (in.regions_known) {
            check_name(table, "neighbour", shock.neighbour, neighbours, fmt::format("shock.{}.neighbour", shock.name),
                       diagnostics);
            check_name(table, "region", shock.region, regions, fmt::format("shock.{}.region", shock.name), diagnostics);
        }
        check_name(table, "group", shock.group, groups, fmt::format("shock.{}.group", shock.name), diagnostics);
        if (!table.has("date") && !(shock.per_year > 0.0))
            diagnostics.add(table.place(),
                            fmt::format("shock.{} needs a date, or per_year above 0 to happen by chance", shock.name));
    }
    for (const IdentityInput& identity : in.identities)
        if (!identity.relations.empty() && identity.relations.size() != in.identities.size())
            diagnostics.add(
                place_of(root.child_or_empty("identity").child_or_empty(identity.name), "relations"),
                fmt::format("identity.{}.relations needs {} values, one for each identity group in the order of their "
                            "names, not {}",
                            identity.name, in.identities.size(), identity.relations.size()));
}

}  // namespace drawdown
