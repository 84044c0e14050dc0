#pragma once
// Splitting and joining agents, so that whole persons are counted at any weight, and weights always sum to the population.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "models/transition/columns.hpp"
#include "sim/kernel.hpp"
#include "sim/process.hpp"

namespace drawdown {

[[nodiscard]] constexpr int age_band(std::uint8_t age_years) {
    return age_years < 15 ? 0 : age_years < 30 ? 1 : age_years < 60 ? 2 : 3;
}
/// Ages of a band.
[[nodiscard]] constexpr sim::ByteRange ages_of(int band) {
    constexpr sim::ByteRange ages[] = {{0, 14}, {15, 29}, {30, 59}, {60, 255}};
    return ages[band];
}
[[nodiscard]] constexpr sim::ByteRange just(std::uint8_t value) { return {value, value}; }
[[nodiscard]] constexpr int cohort(std::uint8_t sex, std::uint8_t age_years) {
    return sex * age_band_count + age_band(age_years);
}
[[nodiscard]] constexpr bool is(std::uint8_t status, Status which) { return status == static_cast<std::uint8_t>(which); }
[[nodiscard]] constexpr bool lives_at_home(std::uint8_t status) {
    return status <= static_cast<std::uint8_t>(Status::reintegrated);
}
/// Away from home, in the country or abroad, without being a fighter or a member of the forces.
[[nodiscard]] constexpr bool lives_away(std::uint8_t status) {
    return is(status, Status::displaced) || is(status, Status::site) || is(status, Status::refugee);
}

/// What sets a person apart, -0.5 to 0.5, from the person's place: static, and not stored. `trait` tells traits apart.
///
/// Uniform, and spread evenly over the rows of a community (a Kronecker sequence with the two steps of Roberts 2018, "The
/// unreasonable effectiveness of quasirandom sequences", from a start that the community's key decides): twenty coarse agents
/// then differ from each other as a thousand persons do. Independent draws would leave every run of a scenario the same error.
[[nodiscard]] inline float personal_deviation(std::uint32_t community_key, std::uint32_t row, std::uint32_t trait = 0) {
    std::uint32_t h = (community_key + 1U) * 0x9E3779B1U ^ trait;
    h = (h ^ (h >> 16)) * 0x85EBCA6BU;
    h = (h ^ (h >> 13)) * 0xC2B2AE35U;
    h ^= h >> 16;
    h += row * (trait == 0 ? 0xC13FA9A9U : 0x91E10DA5U);  // 0.75488 and 0.56984 of 2^32
    return static_cast<float>(static_cast<std::int32_t>(h >> 8)) * (1.0F / 16777216.0F) - 0.5F;
}
inline constexpr std::uint32_t livelihood_trait = 0x51ED270BU;

/// One in the fixed-point sums of attitudes. Integers add up to the same bits in any order. A value times a weight of up to
/// 10,000 persons fits in 32 bits.
inline constexpr double fixed_one = 16384.0;

/// All columns of one segment's persons. Made anew after a row was appended.
template <class P>
struct PersonSpans {
    explicit PersonSpans(const sim::Rows<P>& rows)
        : grievance(rows[person::grievance]),
          fear(rows[person::fear]),
          trust_state(rows[person::trust_state]),
          trust_mission(rows[person::trust_mission]),
          expectation(rows[person::expectation]),
          weight(rows[person::weight]),
          status(rows[person::status]),
          location(rows[person::location]),
          group(rows[person::group]),
          identity(rows[person::identity]),
          sex(rows[person::sex]),
          age(rows[person::age]),
          livelihood(rows[person::livelihood]),
          harm(rows[person::harm]),
          away(rows[person::away]) {}

    std::span<float> grievance, fear, trust_state, trust_mission, expectation;
    std::span<std::uint16_t> weight;
    std::span<std::uint8_t> status, location, group, identity, sex, age, livelihood, harm, away;

    /// Copies every trait of row `from` to row `to`, the weight excepted.
    void copy(std::size_t from, std::size_t to) {
        grievance[to] = grievance[from];
        fear[to] = fear[from];
        trust_state[to] = trust_state[from];
        trust_mission[to] = trust_mission[from];
        expectation[to] = expectation[from];
        status[to] = status[from];
        location[to] = location[from];
        group[to] = group[from];
        identity[to] = identity[from];
        sex[to] = sex[from];
        age[to] = age[from];
        livelihood[to] = livelihood[from];
        harm[to] = harm[from];
        away[to] = away[from];
    }

    /// Moves `persons` of agent `from` into agent `to`: attitudes, livelihood, harm and time away (`their_away` for those who
    /// come) become the weighted mean.
    void blend(std::size_t from, std::uint16_t persons, std::size_t to, std::uint8_t their_away) {
        const float share = static_cast<float>(persons) / static_cast<float>(weight[to] + persons);
        const auto mix = [&](std::span<float> x) { x[to] += share * (x[from] - x[to]); };
        mix(grievance);
        mix(fear);
        mix(trust_state);
        mix(trust_mission);
        mix(expectation);
        const auto mix_bytes = [&](std::span<std::uint8_t> x, float joins) {
            x[to] = static_cast<std::uint8_t>((1.0F - share) * static_cast<float>(x[to]) + share * joins + 0.5F);
        };
        mix_bytes(livelihood, livelihood[from]);
        mix_bytes(harm, harm[from]);
        mix_bytes(away, their_away);
        weight[to] = static_cast<std::uint16_t>(weight[to] + persons);
        weight[from] = static_cast<std::uint16_t>(weight[from] - persons);
    }
};

/// Whether `away` counts the time that a person has spent in this situation.
[[nodiscard]] constexpr bool counts_time(std::uint8_t status) { return lives_away(status) || is(status, Status::canton); }

/// Ages in the band of `age` at which persons may join one agent and from then on have its age: within three years, else those
/// who come home would lose or gain years, since the agents with room are mostly young. Infants keep to themselves, for they die
/// at a rate of their own.
[[nodiscard]] constexpr sim::ByteRange ages_like(std::uint8_t age) {
    if (age == 0) return {0, 0};
    const sim::ByteRange band = ages_of(age_band(age));
    const int lo = std::max({1, int{band.first}, age - 3}), hi = std::min(int{band.last}, age + 3);
    return {static_cast<std::uint8_t>(lo), static_cast<std::uint8_t>(hi)};
}

/// What a split-off person becomes.
struct NewSituation {
    Status status;
    std::uint8_t location;
    std::uint8_t group;
};

/// Moves `persons` (1 to weight[row]) of agent `row` into another situation, and returns the row that holds them. Their time in
/// it begins at 0.
///
/// A whole agent changes in place. A part joins an agent of the same community, situation, sex, age band, about the same age and
/// identity that has room (attitudes, livelihood and harm become the weighted mean), else takes a row left by the dead, else a
/// new row. Weights are conserved exactly.
template <class P>
std::size_t move_persons(const sim::Rows<P>& rows, std::size_t row, std::uint16_t persons, NewSituation to,
                         std::uint16_t persons_per_agent) {
    PersonSpans<P> p(rows);
    const auto settle = [&to](PersonSpans<P>& spans, std::size_t at) {
        spans.status[at] = static_cast<std::uint8_t>(to.status);
        spans.location[at] = to.location;
        spans.group[at] = to.group;
        spans.away[at] = 0;
    };
    if (persons == p.weight[row]) {
        settle(p, row);
        return row;
    }
    const std::array<sim::ByteTest, 6> same{{{p.status.data(), just(static_cast<std::uint8_t>(to.status))},
                                             {p.location.data(), just(to.location)},
                                             {p.group.data(), just(to.group)},
                                             {p.sex.data(), just(p.sex[row])},
                                             {p.age.data(), ages_like(p.age[row])},
                                             {p.identity.data(), just(p.identity[row])}}};
    // From the end, where those stand that were split off last and may have room.
    for (std::size_t i = sim::last_where(same, rows.size()); i != sim::no_row; i = sim::last_where(same, i)) {
        if (i == row || p.weight[i] == 0 || p.weight[i] + persons > persons_per_agent) continue;
        p.blend(row, persons, i, 0);
        return i;
    }
    std::size_t empty = sim::first_zero(p.weight);
    if (empty == rows.size()) {
        empty = rows.append();
        p = PersonSpans<P>(rows);
    }
    p.copy(row, empty);
    settle(p, empty);
    p.weight[empty] = persons;
    p.weight[row] = static_cast<std::uint16_t>(p.weight[row] - persons);
    return empty;
}

/// Dissolves a coarse agent that has become light, at most three quarters full, into others of its community that have room and
/// the same situation, sex, identity and about the same age, if all its persons find a place; so deaths and splits do not leave
/// ever more agents of ever fewer persons. An agent that others join takes the mean age, rounded up or down by the number
/// `uniform` in [0, 1), so that nobody gains years on average.
template <class P>
void dissolve_light_agent(PersonSpans<P>& p, std::size_t row, std::uint16_t persons_per_agent, double uniform) {
    const std::uint16_t persons = p.weight[row];
    if (persons == 0 || 4 * persons > 3 * persons_per_agent) return;
    const std::array<sim::ByteTest, 6> same{{{p.status.data(), just(p.status[row])},
                                             {p.location.data(), just(p.location[row])},
                                             {p.group.data(), just(p.group[row])},
                                             {p.sex.data(), just(p.sex[row])},
                                             {p.age.data(), ages_like(p.age[row])},
                                             {p.identity.data(), just(p.identity[row])}}};
    std::array<std::size_t, 8> hosts{};
    std::size_t found = 0;
    int room = 0;
    for (std::size_t i = sim::last_where(same, p.weight.size()); i != sim::no_row && room < persons && found < hosts.size();
         i = sim::last_where(same, i)) {
        if (i == row || p.weight[i] == 0 || p.weight[i] >= persons_per_agent) continue;
        room += persons_per_agent - p.weight[i];
        hosts[found++] = i;
    }
    if (room < persons) return;
    for (std::size_t k = 0; k < found; ++k) {
        const std::size_t to = hosts[k];
        const auto some = std::min<std::uint16_t>(p.weight[row], static_cast<std::uint16_t>(persons_per_agent - p.weight[to]));
        const int joint = p.weight[to] + some;
        const double age = static_cast<double>(p.weight[to] * p.age[to] + some * p.age[row]) / joint;
        p.blend(row, some, to, p.away[row]);
        p.age[to] = static_cast<std::uint8_t>(age + uniform);
    }
}

/// The columns that move_persons writes.
inline constexpr auto moved_columns =
    sim::columns(person::grievance, person::fear, person::trust_state, person::trust_mission, person::expectation, person::weight,
                 person::status, person::location, person::group, person::identity, person::sex, person::age, person::livelihood,
                 person::harm, person::away);

/// Free rows that a community may need for the splits of one process in one step. One-to-one agents never split.
[[nodiscard]] constexpr std::uint32_t rows_for_splits(std::int64_t persons_per_agent, std::int64_t agents_per_community) {
    return persons_per_agent == 1 ? 0U : 16U + static_cast<std::uint32_t>(agents_per_community);
}

/// Likewise for processes that move those few who fight or fought.
[[nodiscard]] constexpr std::uint32_t rows_for_few_splits(std::int64_t persons_per_agent, std::int64_t agents_per_community) {
    return persons_per_agent == 1 ? 0U : 16U + static_cast<std::uint32_t>(agents_per_community / 2);
}

/// Free rows that a community may need for the births of one step, one child a row at the worst.
[[nodiscard]] constexpr std::uint32_t rows_for_births(std::int64_t persons_per_agent, std::int64_t agents_per_community) {
    return 24U + static_cast<std::uint32_t>(persons_per_agent == 1 ? agents_per_community / 10 : agents_per_community / 4);
}

/// Free rows that a community may need in one step: ten processes split agents, four of them those of a few; one has children.
[[nodiscard]] constexpr std::uint32_t free_rows_needed(std::int64_t persons_per_agent, std::int64_t agents_per_community) {
    return 6U * rows_for_splits(persons_per_agent, agents_per_community) +
           4U * rows_for_few_splits(persons_per_agent, agents_per_community) +
           rows_for_births(persons_per_agent, agents_per_community);
}

/// In one week of each quarter, by the community's key: adds a quarter to the time of everybody for whom `which(status)` holds.
template <class P, class Which>
void count_quarter(const sim::Rows<P>& rows, const sim::Step& now, const Which& which) {
    const auto steps = static_cast<std::uint32_t>(std::max(1.0, 13.0 / now.dt_weeks + 0.5));
    if ((static_cast<std::uint32_t>(now.index) + rows.key()) % steps != 0) return;
    const auto status = rows[person::status];
    const auto away = rows[person::away];
    for (std::size_t i = 0; i < status.size(); ++i)
        if (which(status[i]) && away[i] < 255) ++away[i];
}

}  // namespace drawdown
