#pragma once
// How tables of a scenario are read and named in findings.

#include <string_view>
#include <vector>

#include "sim/document.hpp"
#include "sim/field.hpp"

namespace drawdown {

struct Inputs;

/// Reads every table below `name` into a T, which has a member `name`. Sorted by name.
template <class T>
std::vector<T> read_named(const sim::Section& root, const char* name, const sim::Sampler& sampler,
                          sim::Diagnostics& diagnostics) {
    std::vector<T> all;
    const auto section = root.child(name);
    if (!section) return all;
    for (const auto& [key, child] : section->children()) {
        T item;
        item.name = key;
        sim::read_fields(child, item, sampler, diagnostics);
        all.push_back(std::move(item));
    }
    return all;
}

/// Place of a key, or of the table where the key is missing.
[[nodiscard]] inline sim::Place place_of(const sim::Section& section, std::string_view key) {
    const auto* node = section.find(key);
    return node != nullptr ? node->place : section.place();
}

/// Reads the tables on mission, society, agreement, provisions, donors, neighbours and shocks into `in`, whose regions, groups
/// and identities have been read.
void read_actor_inputs(const sim::Section& root, Inputs& in, const sim::Sampler& sampler, sim::Diagnostics& diagnostics);

}  // namespace drawdown
