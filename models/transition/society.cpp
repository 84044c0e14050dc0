#include "models/transition/society.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

#include "models/transition/effects.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/errors.hpp"
#include "sim/kernel.hpp"

namespace drawdown {

namespace {

constexpr double weeks_a_year = 365.2425 / 7.0;

}  // namespace

void Livelihoods::step(sim::Rows<Livelihoods> persons, const sim::Step& now) const {
    const auto livelihood = persons[person::livelihood];
    const std::size_t home = persons.owner(community::region);
    const double economy =
        persons.all(region::economy)[home] *
        relief(persons.all(region::food_price)[home], persons.all(region::need)[home], persons.all(region::aid)[home]);
    const auto quarter = static_cast<std::size_t>(std::max(1L, std::lround(13.0 / now.dt_weeks)));
    // A few rows of many: gathered, so that the arithmetic vectorises.
    constexpr std::size_t block = 32;
    const std::uint32_t key = persons.key();
    const double mean = base * economy, width = spread, part = closing;
    for (std::size_t first = static_cast<std::size_t>(now.index) % quarter; first < livelihood.size(); first += block * quarter) {
        const std::size_t n = std::min(block, (livelihood.size() - first + quarter - 1) / quarter);
        std::array<double, block> level{};
        double* const levels = level.data();
        for (std::size_t k = 0; k < n; ++k) levels[k] = livelihood[first + k * quarter];
        sim::vectorised([=] {
            const auto row = static_cast<std::uint32_t>(first), stride = static_cast<std::uint32_t>(quarter);
            for (std::uint32_t k = 0; k < block; ++k) {
                const double apart = personal_deviation(key, row + k * stride, livelihood_trait);
                const double target = 255.0 * clamp01(mean + width * apart);
                levels[k] = levels[k] + part * (target - levels[k]) + 0.5;
            }
        });
        for (std::size_t k = 0; k < n; ++k) livelihood[first + k * quarter] = static_cast<std::uint8_t>(levels[k]);
    }
}

void Totals::step(sim::View<Totals> state, const sim::Step& now) const {
    const auto adults = state[region::adults];
    const auto mean = [&](const auto& sums, const auto& means, double one) {
        for (std::size_t r = 0; r < adults.size(); ++r)
            if (adults[r] > 0) means[r] = static_cast<double>(sums[r]) / (one * static_cast<double>(adults[r]));
    };
    mean(state[region::grievance_sum], state[region::grievance], fixed_one);
    mean(state[region::fear_sum], state[region::fear], fixed_one);
    mean(state[region::trust_state_sum], state[region::trust_state], fixed_one);
    mean(state[region::trust_mission_sum], state[region::trust_mission], fixed_one);
    mean(state[region::expectation_sum], state[region::expectation], fixed_one);
    mean(state[region::livelihood_sum], state[region::livelihood], 255.0);

    const auto sum = [](const auto& values) {
        std::int64_t total = 0;
        for (const auto v : values) total += v;
        return total;
    };
    const auto by_group = state[group::fighters];
    const auto fighters = state[region_group::fighters];
    std::fill(by_group.begin(), by_group.end(), 0);
    for (std::size_t i = 0; i < fighters.size(); ++i) by_group[i % by_group.size()] += fighters[i];
    state[country::fighters][0] = sum(fighters);
    state[country::displaced][0] = sum(state[region::displaced]);
    state[country::refugees][0] = sum(state[region::refugees]);

    if (!now.initial) {
        const auto check = [&](std::string_view what, std::int64_t is, std::int64_t should_be) {
            if (is != should_be)
                throw sim::NumericalError(std::string(name), now.index,
                                          fmt::format("{}: {} are there, {} should be", what, is, should_be));
        };
        check("persons", state[country::population][0],
              state[country::population_before][0] + state[country::births][0] - state[country::natural_deaths][0] -
                  state[country::violent_deaths][0] - state[country::emigrated][0]);
        check("persons by what they do",
              sum(state[community::residents]) + state[country::displaced][0] + state[country::refugees][0] +
                  sum(state[region::cantoned]) + state[country::fighters][0] + sum(state[region::security]),
              state[country::population][0]);
        check("persons by place", sum(state[region::population]) + state[country::refugees][0], state[country::population][0]);
        check("fighters", state[country::fighters][0],
              state[country::fighters_before][0] + sum(state[region::recruits]) + sum(state[region::rearmed]) -
                  sum(state[region::deserters]) - sum(state[region::disarmed]) - state[country::killed_fighters][0] -
                  state[country::fighters_died][0]);
        const auto balance = state[fund::balance];
        for (std::size_t f = 0; f < balance.size(); ++f)
            check("USD in a fund", balance[f], std::max<std::int64_t>(0, state[fund::received][f] - state[fund::spent][f]));
        check("USD received", state[country::received][0], sum(state[fund::received]));
        check("USD spent", state[country::spent][0], sum(state[fund::spent]));
        check("USD of the host", state[country::treasury][0], balance[static_cast<std::size_t>(Fund::host)]);
    }
    state[country::population_before][0] = state[country::population][0];
    state[country::fighters_before][0] = state[country::fighters][0];
}

}  // namespace drawdown
