#include "models/transition/tally.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/transition/rare_events.hpp"
#include "sim/kernel.hpp"

namespace drawdown {

namespace {

struct Sums {
    std::int64_t total = 0;    ///< persons
    std::int64_t at_home = 0;  ///< of them at home
    std::int64_t adults = 0;   ///< of them adults; what follows sums over these
    std::int64_t grievance = 0, fear = 0, trust_state = 0, trust_mission = 0, expectation = 0, livelihood = 0;
};

constexpr std::size_t lanes = 16;       // words of 32 bits that the widest registers take at once
constexpr std::size_t byte_lanes = 64;  // and bytes
constexpr std::size_t block = 512;      // rows whose sums fit in 32 bits, the products split in two: 2^9 2^16

/// The columns of neighbouring persons.
struct Columns {
    const std::uint16_t* weight;
    const std::uint8_t *status, *age, *livelihood;
    const float *grievance, *fear, *trust_state, *trust_mission, *expectation;
};

/// Weights of a block of persons as words. Made in loops of their own: a loop that widens bytes and does much arithmetic besides
/// needs more registers than there are.
struct Words {
    std::array<std::uint32_t, block> all, home, adult, livelihood;

    void read(const Columns& p, std::size_t n) {
        if (n < byte_lanes) return read(p, 0, n);
        for (std::size_t i = 0; i + byte_lanes <= n; i += byte_lanes) read(p, i, byte_lanes);
        read(p, n - byte_lanes, byte_lanes);  // overlaps with what was read before
    }
    void read(const Columns& p, std::size_t first, std::size_t n) {
        const std::size_t end = first + n;
        std::array<std::uint8_t, byte_lanes> at_home, grown;
#pragma GCC ivdep
        for (std::size_t i = 0; i < n; ++i) {
            at_home[i] = static_cast<std::uint8_t>(p.status[first + i] <= static_cast<std::uint8_t>(Status::reintegrated));
            grown[i] = static_cast<std::uint8_t>(at_home[i] & static_cast<std::uint8_t>(p.age[first + i] >= 15));
        }
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) all[i] = p.weight[i];
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) home[i] = at_home[i - first];
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) adult[i] = grown[i - first];
#pragma GCC ivdep
        for (std::size_t i = first; i < end; ++i) livelihood[i] = p.livelihood[i];
    }
};

/// A sum of products of 32 bits, exact for a block of rows.
struct Split {
    std::uint32_t low = 0, high = 0;
    void add(std::uint32_t product) {
        low += product & 0xFFFFU;
        high += product >> 16;
    }
    [[nodiscard]] std::int64_t total() const { return (std::int64_t{high} << 16) + low; }
};

/// The same where weights are light: 2^9 rows, 2^7 persons each, 2^14 for a whole attitude.
struct Plain {
    std::uint32_t sum = 0;
    void add(std::uint32_t product) { sum += product; }
    [[nodiscard]] std::int64_t total() const { return sum; }
};
constexpr std::uint16_t light = 127;  // persons

/// All bits that occur in the weights.
std::uint16_t bits_of(std::span<const std::uint16_t> weights) {
    std::uint16_t bits = 0;
    for (const std::uint16_t w : weights) bits = static_cast<std::uint16_t>(bits | w);
    return bits;
}

/// Sums over persons, each `counts` times (0 or 1).
template <class Sum>
struct BlockSums {
    std::uint32_t all = 0, home = 0, adults = 0;
    Sum grievance, fear, trust_state, trust_mission, expectation, livelihood;

    void add(const Columns& p, const Words& words, std::size_t i, std::uint32_t counts) {
        const auto fixed = [](float value) {
            return static_cast<std::uint32_t>(static_cast<std::int32_t>(value * static_cast<float>(fixed_one)));
        };
        const std::uint32_t weight = counts * words.all[i];
        const std::uint32_t adult = weight * words.adult[i];
        all += weight;
        home += weight * words.home[i];
        adults += adult;
        grievance.add(adult * fixed(p.grievance[i]));
        fear.add(adult * fixed(p.fear[i]));
        trust_state.add(adult * fixed(p.trust_state[i]));
        trust_mission.add(adult * fixed(p.trust_mission[i]));
        expectation.add(adult * fixed(p.expectation[i]));
        livelihood.add(adult * words.livelihood[i]);
    }
    void add_to(Sums& sums) const {
        sums.total += all;
        sums.at_home += home;
        sums.adults += adults;
        sums.grievance += grievance.total();
        sums.fear += fear.total();
        sums.trust_state += trust_state.total();
        sums.trust_mission += trust_mission.total();
        sums.expectation += expectation.total();
        sums.livelihood += livelihood.total();
    }
};

/// Adds the `n` persons of a block, in whole registers.
template <class Sum>
void add_block(Sums& sums, const Columns& p, std::size_t n) {
    Sums* const to = &sums;
    sim::vectorised([=] {
        Words words;
        words.read(p, n);
        BlockSums<Sum> rows;
        if (n < lanes) {
            for (std::size_t i = 0; i < n; ++i) rows.add(p, words, i, 1);
            return rows.add_to(*to);
        }
        const std::size_t whole = n / lanes * lanes;
        for (std::size_t i = 0; i < whole; ++i) rows.add(p, words, i, 1);
        rows.add_to(*to);
        BlockSums<Sum> rest;  // the last register, which overlaps with those before
        const auto before = static_cast<std::uint32_t>(whole);
        for (std::uint32_t k = 0; k < lanes; ++k) {
            const auto i = static_cast<std::uint32_t>(n - lanes) + k;
            rest.add(p, words, i, static_cast<std::uint32_t>(i >= before));
        }
        rest.add_to(*to);
    });
}

/// Sums over all persons and over those at home.
Sums sums_of(const sim::Rows<Tally>& persons) {
    const std::size_t n = persons.size();
    Sums sums;
    for (std::size_t first = 0; first < n; first += block) {
        const auto at = [&](const auto& column) { return persons[column].data() + first; };
        const Columns columns{at(person::weight),      at(person::status),        at(person::age),
                              at(person::livelihood),  at(person::grievance),     at(person::fear),
                              at(person::trust_state), at(person::trust_mission), at(person::expectation)};
        const std::size_t rows = std::min(block, n - first);
        if (bits_of(persons[person::weight].subspan(first, rows)) <= light)
            add_block<Plain>(sums, columns, rows);
        else
            add_block<Split>(sums, columns, rows);
    }
    return sums;
}

/// Persons away from home by what they do, in the region where they are. Neighbouring rows mostly hold the same.
class Elsewhere {
  public:
    explicit Elsewhere(const sim::Rows<Tally>& persons) : persons_(&persons), groups_(persons.all(group::pay).size()) {}

    void add(std::uint8_t status, std::uint8_t location, std::uint8_t group, std::int64_t weight) {
        if (status != status_ || location != location_ || group != group_) {
            book();
            status_ = status;
            location_ = location;
            group_ = group;
        }
        weight_ += weight;
    }
    void book() {
        const std::int64_t w = std::exchange(weight_, 0);
        if (w == 0) return;
        persons_->add(region::population, location_, w);
        switch (static_cast<Status>(status_)) {
            case Status::site:
                persons_->add(region::sites, location_, w);
                persons_->add(region::displaced, location_, w);
                break;
            case Status::displaced:
                persons_->add(region::displaced, location_, w);
                break;
            case Status::canton:
                persons_->add(region::cantoned, location_, w);
                break;
            case Status::fighter:
                persons_->add(region_group::fighters, location_ * groups_ + group_, w);
                break;
            case Status::security:
                persons_->add(region::security, location_, w);
                break;
            default:
                break;
        }
    }

  private:
    const sim::Rows<Tally>* persons_;
    std::size_t groups_;
    std::uint8_t status_ = 0, location_ = 0, group_ = 0;
    std::int64_t weight_ = 0;
};

float mean(std::int64_t sum, std::int64_t persons, float otherwise) {
    return persons > 0 ? static_cast<float>(static_cast<double>(sum) / (fixed_one * static_cast<double>(persons))) : otherwise;
}

}  // namespace

void Tally::step(sim::Rows<Tally> persons, const sim::Step& /*now*/) const {
    const std::size_t home = persons.owner(community::region);
    const Sums sums = sums_of(persons);
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const auto group = persons[person::group];
    std::array<std::int64_t, status_count> in{};  // persons by status
    Elsewhere elsewhere(persons);
    constexpr sim::ByteRange not_at_home{1, 255};
    sim::for_each_in(status, not_at_home, [&](std::size_t i) {
        in[status[i]] += weight[i];
        if (!lives_at_home(status[i]) && !is(status[i], Status::refugee))
            elsewhere.add(status[i], location[i], group[i], weight[i]);
    });
    elsewhere.book();
    const auto number = [&](Status which) { return in[static_cast<std::size_t>(which)]; };
    persons.add(region::population, home, sums.at_home);
    persons.add(region::former, home, number(Status::former_fighter));
    persons.add(region::in_programme, home, number(Status::programme));
    persons.add(region::reintegrated, home, number(Status::reintegrated));
    persons.add(region::refugees, home, number(Status::refugee));
    persons.add(region::adults, home, sums.adults);
    persons.add(region::grievance_sum, home, sums.grievance);
    persons.add(region::fear_sum, home, sums.fear);
    persons.add(region::trust_state_sum, home, sums.trust_state);
    persons.add(region::trust_mission_sum, home, sums.trust_mission);
    persons.add(region::expectation_sum, home, sums.expectation);
    persons.add(region::livelihood_sum, home, sums.livelihood);
    persons.add(country::population, 0, sums.total);

    persons.owner(community::grievance) = mean(sums.grievance, sums.adults, persons.owner(community::grievance));
    persons.owner(community::trust_state) = mean(sums.trust_state, sums.adults, persons.owner(community::trust_state));
    persons.owner(community::residents) = static_cast<std::int32_t>(sums.at_home);
    const std::int64_t away = number(Status::displaced) + number(Status::site) + number(Status::refugee);
    persons.owner(community::away) = static_cast<std::int32_t>(away);
    persons.owner(community::fighters) = static_cast<std::int32_t>(number(Status::fighter));
    persons.owner(community::former) = static_cast<std::int32_t>(number(Status::former_fighter));
    persons.owner(community::cantoned) = static_cast<std::int32_t>(number(Status::canton));
    persons.owner(community::in_programme) = static_cast<std::int32_t>(number(Status::programme));
}

namespace {

/// Neither away nor anywhere but in the community's region; without a branch.
bool is_here(std::uint8_t status, std::uint8_t location, std::uint8_t usual) {
    const bool away = static_cast<std::uint8_t>(status - away_from_home.first) <= away_from_home.last - away_from_home.first;
    return static_cast<bool>(static_cast<int>(location == usual) & static_cast<int>(!away));
}

/// Persons in their community's region, where most are, and what they live on.
struct Here {
    std::array<std::int64_t, cohort_count> persons{};
    std::array<std::int64_t, cohort_count> livelihoods{};
};

/// Rows whose sums fit in 32 bits: 2^9 2^7 2^8 where weights are light, 2^7 2^16 2^8 where not.
constexpr std::size_t census_run(bool all_light) { return all_light ? block : block / 4; }

/// Counts neighbouring persons that are here; `counts` becomes 1 for each of them, 0 for others.
void count_here(Here& here, const sim::Rows<Census>& persons, std::size_t first, std::size_t rows, std::uint8_t usual,
                std::array<std::uint8_t, block>& counts) {
    const std::uint16_t* const weight = persons[person::weight].data() + first;
    const std::uint8_t* const status = persons[person::status].data() + first;
    const std::uint8_t* const location = persons[person::location].data() + first;
    const std::uint8_t* const sex = persons[person::sex].data() + first;
    const std::uint8_t* const age = persons[person::age].data() + first;
    const std::uint8_t* const livelihood = persons[person::livelihood].data() + first;
    Here* const to = &here;
    std::uint8_t* const is_counted = counts.data();
    sim::vectorised([=] {
        std::array<std::uint32_t, block> people, lived, cohort_of;
        std::array<std::uint8_t, block> cohort_byte;
        for (std::size_t i = 0; i < rows; ++i) {
            const int band = static_cast<int>(age[i] >= 15) + static_cast<int>(age[i] >= 30) + static_cast<int>(age[i] >= 60);
            cohort_byte[i] = static_cast<std::uint8_t>(sex[i] * age_band_count + band);
            is_counted[i] = static_cast<std::uint8_t>(is_here(status[i], location[i], usual));
        }
        for (std::size_t i = 0; i < rows; ++i) cohort_of[i] = cohort_byte[i];
        for (std::size_t i = 0; i < rows; ++i) people[i] = static_cast<std::uint32_t>(weight[i] * is_counted[i]);
        for (std::size_t i = 0; i < rows; ++i) lived[i] = people[i] * livelihood[i];
        // Whole registers only, filled up with nobody.
        const std::size_t whole = (rows + lanes - 1) / lanes * lanes;
        for (std::size_t i = rows; i < whole; ++i) people[i] = lived[i] = cohort_of[i] = 0;
        for (std::uint32_t c = 0; c < cohort_count; ++c) {
            std::uint32_t some = 0, living = 0;
            for (std::size_t i = 0; i < whole; ++i) {
                some += cohort_of[i] == c ? people[i] : 0U;
                living += cohort_of[i] == c ? lived[i] : 0U;
            }
            to->persons[c] += some;
            to->livelihoods[c] += living;
        }
    });
}

}  // namespace

void Census::step(sim::Rows<Census> persons, const sim::Step& now) const {
    if (!now.recorded) return;
    const auto weight = persons[person::weight];
    const auto status = persons[person::status];
    const auto location = persons[person::location];
    const auto sex = persons[person::sex];
    const auto age = persons[person::age];
    const auto livelihood = persons[person::livelihood];
    const auto as_byte = [](double level) { return static_cast<std::int64_t>(255.0 * level + 0.5); };
    const auto usual = static_cast<std::uint8_t>(persons.owner(community::region));
    const std::int64_t services = as_byte(persons.all(region::services)[usual]);
    const auto count_elsewhere = [&](std::size_t i) {
        if (weight[i] == 0 || is(status[i], Status::refugee)) return;
        const std::size_t row = location[i] * cohort_count + static_cast<std::size_t>(cohort(sex[i], age[i]));
        const bool away = lives_away(status[i]);
        const std::int64_t served = as_byte((away ? persons.all(region::aid) : persons.all(region::services))[location[i]]);
        persons.add(region_cohort::population, row, weight[i]);
        persons.add(region_cohort::welfare_sum, row, weight[i] * (livelihood[i] + served));
        if (away) persons.add(region_cohort::displaced, row, weight[i]);
    };
    Here here;
    std::array<std::uint8_t, block> counts;
    const std::size_t run = census_run(bits_of(weight) <= light);
    for (std::size_t first = 0; first < persons.size(); first += run) {
        const std::size_t rows = std::min(persons.size() - first, run);
        count_here(here, persons, first, rows, usual, counts);
        sim::for_each_in(std::span(counts).first(rows), {0, 0}, [&](std::size_t i) { count_elsewhere(first + i); });
    }
    for (std::size_t c = 0; c < cohort_count; ++c) {
        persons.add(region_cohort::population, usual * cohort_count + c, here.persons[c]);
        persons.add(region_cohort::welfare_sum, usual * cohort_count + c, here.livelihoods[c] + services * here.persons[c]);
    }
}

void Welfare::step(sim::View<Welfare> state, const sim::Step& now) const {
    if (!now.recorded) return;
    const auto people = state[region_cohort::population];
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i] > 0)
            state[region_cohort::welfare][i] =
                static_cast<double>(state[region_cohort::welfare_sum][i]) / (2.0 * 255.0 * static_cast<double>(people[i]));
}

}  // namespace drawdown
