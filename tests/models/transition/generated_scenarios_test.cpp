// Properties that hold in any scenario: generated countries with generated parameters run to their end.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "models/transition/kinds.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/errors.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;

/// Numbers for the generator.
class Dice {
  public:
    explicit Dice(std::uint32_t number) : rng_(sim::stream_key(7, "generated scenarios"), 0, {number, 0}, 0) {}
    double between(double lo, double hi) { return lo + (hi - lo) * rng_.uniform(); }
    int whole(int lo, int hi) { return lo + static_cast<int>(rng_.below(static_cast<std::uint32_t>(hi - lo + 1))); }
    bool chance(double p) { return rng_.uniform() < p; }
    template <class T>
    const T& one_of(const std::vector<T>& list) {
        return list[rng_.below(static_cast<std::uint32_t>(list.size()))];
    }
    /// Positive numbers that add up to 1, in thousandths.
    std::vector<double> shares(std::size_t n) {
        std::vector<int> parts(n, 1000 / static_cast<int>(n));
        parts[0] += 1000 - static_cast<int>(n) * parts[0];
        for (std::size_t i = 0; i < 2 * n; ++i) {
            const auto from = static_cast<std::size_t>(whole(0, static_cast<int>(n) - 1));
            const auto to = static_cast<std::size_t>(whole(0, static_cast<int>(n) - 1));
            const int moved = whole(0, parts[from]);
            parts[from] -= moved;
            parts[to] += moved;
        }
        std::vector<double> all;
        for (const int part : parts) all.push_back(part / 1000.0);
        return all;
    }

  private:
    sim::Rng rng_;
};

/// Values for about one in five of the process parameters: an end of the range, or anything within.
std::vector<std::string> generated_parameters(Dice& dice, const std::vector<sim::FieldInfo>& parameters) {
    std::vector<std::string> sets;
    for (const sim::FieldInfo& parameter : parameters) {
        if (!parameter.default_number || !dice.chance(0.2)) continue;
        const double standard = *parameter.default_number;
        const double scale = std::max(1.0, std::abs(standard));
        const double lo = std::isfinite(parameter.limits.lo) ? parameter.limits.lo : -10.0 * scale;
        const double hi = std::isfinite(parameter.limits.hi) ? parameter.limits.hi : 10.0 * scale;
        double value = dice.chance(0.25) ? lo : dice.chance(1.0 / 3.0) ? hi : dice.between(lo, hi);
        // A half-life may be any number above 0; a very small one stands for the open end.
        if (!parameter.limits.contains(value)) value = lo + 1e-3 * (hi - lo);
        if (parameter.type == "integer") value = std::round(value);
        // Events are drawn one by one: the largest rates would make this test slow, not sharp.
        if (parameter.key == "group_conduct.battle_rate" || parameter.key == "group_conduct.battle_exponent")
            value = std::min(value, 1.0);
        sets.push_back(fmt::format("{}={}", parameter.key, value));
    }
    return sets;
}

sim::Date day_of(const test::SmallCountry& country, double share) {
    return sim::Date::parse(country.start).value() + static_cast<int>(share * country.steps * country.step_days);
}

std::string pulse(Dice& dice, const test::SmallCountry& country, const std::string& table, double level) {
    const double from = dice.between(-0.2, 0.8);
    const double to = from + dice.between(0.1, 0.6);
    const double peak = from + dice.between(0.3, 0.6) * (to - from);
    return fmt::format("[{}]\nstart = {}\npeak = {}\nend = {}\nlevel = {}\n", table, day_of(country, from).text(),
                       day_of(country, peak).text(), day_of(country, to).text(), level);
}

std::string generated_tables(Dice& dice, const test::SmallCountry& country) {
    std::string toml;
    for (int i = dice.whole(0, 2); i > 0; --i)
        toml += fmt::format("[vote.v{}]\ndate = {}\nstakes = {}\n", i, day_of(country, dice.between(0.0, 1.1)).text(),
                            dice.between(0.0, 1.0));
    if (dice.chance(0.4)) toml += pulse(dice, country, "epidemic.e", 1.0);
    if (dice.chance(0.4)) toml += pulse(dice, country, "spillover.s", dice.between(0.0, 1.0));
    if (dice.chance(0.4)) toml += pulse(dice, country, "price.p", dice.between(-1.0, 1.0));
    const std::vector<std::string> indicators(std::begin(indicator_list), std::end(indicator_list));
    for (int i = 0; i < 3; ++i)
        toml += fmt::format("[benchmark.b{}]\nindicator = \"{}\"\nat_least = {}\nerror_sd = {}\ndelay = {}\n", i,
                            dice.one_of(indicators), dice.between(0.0, 1.0), dice.between(0.0, 0.2),
                            dice.chance(0.3) ? 0.0 : dice.between(0.0, 60.0));
    return toml;
}

std::string generated_strategy(Dice& dice, const test::SmallCountry& country) {
    std::string toml = fmt::format("[strategy]\ndeparts = {}\n", day_of(country, dice.between(0.0, 0.5)).text());
    if (dice.chance(0.7)) {
        const sim::Date made = day_of(country, dice.between(0.0, 0.5));
        toml += fmt::format("[announcement.a]\nmade = {}\nexpected_end = {}\n", made.text(), (made + dice.whole(0, 2000)).text());
    }
    double share = 0.0;
    for (int i = dice.whole(1, 3), p = 0; p < i; ++p) {
        share = dice.between(share, 0.8);
        const sim::Date first = day_of(country, share);
        toml += fmt::format("[phase.p{}]\nnot_before = {}\nnot_after = {}\nheld = {}\nduration = {}\nremaining = {}\n", p,
                            first.text(), (first + dice.whole(0, 400)).text(), dice.between(0.0, 20.0),
                            dice.chance(0.2) ? 0.0 : dice.between(0.0, 60.0), dice.chance(0.4) ? 0.0 : dice.between(0.0, 2.0));
        const int when_lost = dice.whole(0, 2);
        if (dice.chance(0.6)) {
            toml += fmt::format("requires = [\"b{}\"]\n", dice.whole(0, 2));
            if (when_lost > 0) toml += when_lost == 1 ? "pause_if_lost = true\n" : "reverse_if_lost = true\n";
        }
        if (dice.chance(0.3)) toml += "components = [\"military\", \"police\"]\n";
        if (dice.chance(0.3)) toml += fmt::format("regions = [\"{}\"]\n", dice.one_of(country.regions).name);
        if (dice.chance(0.3))
            toml += fmt::format("order = \"{}\"\nshare_of_regions = {}\n",
                                dice.one_of(std::vector<std::string>{"listed", "safest", "hardest"}), dice.between(0.0, 0.99));
    }
    if (dice.chance(0.3))
        toml += fmt::format("[reentry]\nbenchmark = \"b0\"\nbelow = {}\nheld = 2\nstay = {}\nconsent = 0.0\n",
                            dice.between(0.0, 1.0), dice.between(0.0, 60.0));
    if (dice.chance(0.3))
        toml += fmt::format("[ceiling.c]\nfrom = {}\nbudget = {}\n", day_of(country, dice.between(0.0, 1.0)).text(),
                            dice.between(0.01, 100.0));
    if (dice.chance(0.2))
        toml += fmt::format("[host_request]\ndate = {}\nnotice = {}\nforced = {}\n",
                            day_of(country, dice.between(0.0, 1.0)).text(), dice.between(0.0, 60.0), dice.between(0.0, 1.0));
    for (const std::string_view task : activity_names())
        if (dice.chance(0.5))
            toml += fmt::format("[handover.{}]\nsuccessor = \"{}\"\nfunding = \"{}\"\noverlap = {}\nready_at = {}\n", task,
                                dice.one_of(std::vector<std::string>{"nobody", "ministry", "country_team", "regional_force"}),
                                dice.one_of(std::vector<std::string>{"none", "host", "programme", "voluntary"}),
                                dice.between(0.0, 60.0), dice.between(0.0, 0.5));
    if (dice.chance(0.5))
        toml += fmt::format("[follow_on]\neconomic = {}\npolitical = {}\nforce = {}\n", dice.between(0.1, 100.0),
                            dice.between(0.0, 1.0), dice.between(0.0, 5000.0));
    return toml;
}

test::SmallCountry generated_country(std::uint32_t number, const std::vector<sim::FieldInfo>& parameters) {
    Dice dice(number);
    test::SmallCountry country;
    country.seed = number;
    country.persons_per_agent = dice.one_of(std::vector<int>{1, 10, 100});
    country.agents_per_community = dice.whole(20, 400);
    country.step_days = dice.chance(0.5) ? 7 : dice.whole(1, 28);
    country.steps = dice.whole(60, 120) * 7 / country.step_days;
    country.output_every = dice.whole(1, 13);
    const auto agents = dice.whole(300, country.persons_per_agent == 1 ? 3000 : 1000);
    const int persons = agents * country.persons_per_agent;

    const auto identities = static_cast<std::size_t>(dice.whole(1, 5));
    for (std::size_t i = 0; i < identities; ++i) country.identities.push_back(fmt::format("i{}", i));
    const auto regions = static_cast<std::size_t>(dice.whole(2, 8));
    const auto people = dice.shares(regions);
    const auto police = dice.shares(regions);
    const auto army = dice.shares(regions);
    const auto former = dice.shares(regions);
    const auto past = dice.shares(regions);
    const double mission = dice.chance(0.2) ? 0.0 : dice.between(0.0, 0.03) * persons / static_cast<double>(regions);
    for (std::size_t r = 0; r < regions; ++r) {
        country.regions.push_back(
            {.name = fmt::format("r{}", r),
             .population = std::max(1, static_cast<int>(people[r] * persons)),
             .remoteness = dice.between(0.0, 1.0),
             .past_violence = past[r],
             .resources = dice.chance(0.3) ? 1.0 : dice.between(0.0, 1.0),
             .police_share = police[r],
             .army_share = army[r],
             .former_share = former[r],
             .abroad = dice.chance(0.3) ? "XAA" : "",
             .identity_shares = dice.shares(identities),
             .strength = {std::round(mission), std::round(mission * dice.between(0.0, 0.3)),
                          std::round(mission * dice.between(0.0, 0.3)), std::round(mission * dice.between(0.0, 0.5))}});
        if (r > 0 && dice.chance(0.9))
            country.borders.push_back(
                {static_cast<std::size_t>(dice.whole(0, static_cast<int>(r) - 1)), r, dice.between(1.0, 500.0)});
    }
    country.police = dice.chance(0.1) ? 0.0 : dice.between(0.0, 0.01) * persons;
    country.army = dice.chance(0.1) ? 0.0 : dice.between(0.0, 0.01) * persons;
    country.gdp_musd = std::max(1.0, dice.between(0.0, 0.002) * persons);
    country.budget_musd = std::max(0.1, dice.between(0.0, 0.0005) * persons);
    const std::vector<std::string> spoilers = {"none", "limited", "greedy", "total"};
    for (int g = dice.whole(1, 4); g > 0; --g) {
        country.groups.push_back({.name = fmt::format("g{}", g),
                                  .identity = dice.one_of(country.identities),
                                  .spoiler = dice.one_of(spoilers),
                                  .fighters = dice.chance(0.2) ? 0.0 : std::round(dice.between(0.0, 0.02) * persons),
                                  .former_fighters = dice.chance(0.2) ? 0.0 : std::round(dice.between(0.0, 0.03) * persons),
                                  .commitment = dice.between(0.0, 1.0),
                                  .wealth_musd = dice.between(0.0, 1e-5) * persons,
                                  .arms = dice.chance(0.1) ? 0.0 : dice.between(0.0, 2.0),
                                  .regions = {dice.one_of(country.regions).name, country.regions.back().name}});
        if (country.groups.back().regions[0] == country.groups.back().regions[1]) country.groups.back().regions.pop_back();
    }
    country.history = {{country.start, dice.between(0.0, 1.0)},
                       {day_of(country, dice.between(0.1, 0.5)).text(), 1.0},
                       {day_of(country, dice.between(0.6, 0.9)).text(), dice.chance(0.5) ? 0.0 : 1.0}};
    country.tables = generated_tables(dice, country);
    country.sets = generated_parameters(dice, parameters);
    if (dice.chance(0.7)) country.strategies = {{"plan", generated_strategy(dice, country)}};
    return country;
}

/// Columns of unit 1 that are no shares: relative to the start, deaths per 100,000, sums over regions, or differences.
constexpr std::array not_shares = {"group.arms",
                                   "group.encroached",
                                   "community.violence",
                                   "region.economy",
                                   "region.exposure",
                                   "group.resolve",
                                   "group.temptation",
                                   "country.commodity",
                                   "country.budget_adequacy",
                                   "country.gdp",
                                   "country.misconduct",
                                   "person.status",
                                   "region.food_price",
                                   "group.recent_violations",
                                   "group.means",
                                   "group.posture_weeks",
                                   "region_violence.excitation",
                                   "ledger.amount",
                                   "region.demand_at_start",
                                   "country.people_relative",
                                   "country.price_adapted",
                                   "region_driver.start",
                                   "region.waves",
                                   "region_component.planned",
                                   "identity_pair.relation"};
/// Columns that may be below 0.
constexpr std::array any_signs = {"group.resolve",         "group.temptation",       "country.sponsor_stance", "neighbour.stance",
                                  "ledger.amount",         "identity_pair.relation", "region_driver.start",    "shock.level",
                                  "country.consent_shock", "country.fortune"};

template <class T>
void check_values(const sim::Table& table, std::size_t column, std::size_t begin, std::size_t end) {
    const sim::ColumnInfo& info = table.column_infos[column];
    const bool share = info.unit == "1" && std::is_floating_point_v<T> &&
                       std::find(not_shares.begin(), not_shares.end(), info.name) == not_shares.end();
    const bool any_sign = std::find(any_signs.begin(), any_signs.end(), info.name) != any_signs.end();
    const T* values = reinterpret_cast<const T*>(table.columns[column].data());
    for (std::size_t i = begin; i < end; ++i) {
        const auto value = static_cast<double>(values[i]);
        const bool good = std::isfinite(value) && (any_sign || value >= 0.0) && (!share || value <= 1.0);
        if (!good) throw std::runtime_error(fmt::format("{} is {} in row {}", info.name, value, i));
    }
}

void check_column(const sim::Table& table, std::size_t column, std::size_t begin, std::size_t end) {
    switch (table.column_infos[column].type) {
        case sim::ElementType::int32:
            return check_values<std::int32_t>(table, column, begin, end);
        case sim::ElementType::int64:
            return check_values<std::int64_t>(table, column, begin, end);
        case sim::ElementType::float32:
            return check_values<float>(table, column, begin, end);
        case sim::ElementType::float64:
            return check_values<double>(table, column, begin, end);
        case sim::ElementType::uint8:
        case sim::ElementType::uint16:
        case sim::ElementType::uint32:
            return;
    }
}

/// Finite everywhere, shares within [0, 1], counts and money not below 0.
void check_ranges(const sim::State& state) {
    for (const sim::Table& table : state.tables()) {
        for (std::size_t c = 0; c < table.column_infos.size(); ++c) {
            if (table.segments.empty()) check_column(table, c, 0, table.rows);
            for (const sim::Segment& s : table.segments) check_column(table, c, s.begin, s.begin + s.count);
        }
    }
}

/// Every agent is in a possible situation, and the agents' persons are the country's.
void check_persons(sim::State& state, int persons_per_agent) {
    const auto weight = state.of(person::weight);
    const auto status = state.of(person::status);
    const auto location = state.of(person::location);
    const auto group = state.of(person::group);
    const std::size_t regions = state.table("region").rows;
    const std::size_t groups = state.table("group").rows;
    std::int64_t persons = 0;
    for (const sim::Segment& s : state.table("person").segments) {
        for (std::size_t i = s.begin; i < s.begin + s.count; ++i) {
            if (weight[i] == 0) continue;
            persons += weight[i];
            const auto is_one_of = [&](std::initializer_list<Status> list) {
                return std::any_of(list.begin(), list.end(), [&](Status which) { return is(status[i], which); });
            };
            // Who fled keeps the group for which he once fought.
            const bool of_group = group[i] < groups && !is_one_of({Status::home, Status::security});
            const bool of_none = group[i] == no_group && !is_one_of({Status::fighter, Status::former_fighter});
            const bool sound =
                weight[i] <= persons_per_agent && status[i] < status_count && location[i] < regions && (of_group || of_none);
            if (!sound)
                throw std::runtime_error(fmt::format("agent {}: weight {}, status {}, location {}, group {}", i, weight[i],
                                                     status[i], location[i], group[i]));
        }
    }
    if (persons != state.of(country::population)[0])
        throw std::runtime_error(fmt::format("agents stand for {} persons of {}", persons, state.of(country::population)[0]));
}

/// The dead are the same, counted by kind of violence, by sex and age, and as they are taken from the population.
void check_deaths(sim::State& state) {
    const std::int64_t dead = state.of(country::violent_deaths)[0];
    std::int64_t by_kind = test::total(state.of(region_violence::deaths));
    for (std::size_t r = 0; r < state.table("region").rows; ++r)
        by_kind -= state.of(region_violence::deaths)[test::row(Violence::against_mission, r)];
    const std::int64_t by_cohort = test::total(state.of(region_cohort::deaths));
    if (by_kind != dead || by_cohort != dead)
        throw std::runtime_error(fmt::format("{} died, {} by kind of violence, {} by sex and age", dead, by_kind, by_cohort));
}

/// A planted leak: in one week somebody vanishes, and nobody books it.
struct Leak {
    static constexpr std::string_view name = "leak";
    static constexpr auto reads = sim::columns(person::status);
    static constexpr auto writes = sim::columns(person::weight, country::treasury);
    std::int32_t week = 0;
    std::int64_t persons = 0;
    std::int64_t usd = 0;

    void step(sim::View<Leak> state, const sim::Step& now) const {
        if (now.index != week) return;
        state[country::treasury][0] += usd;
        std::int64_t left = persons;
        for (std::uint16_t& w : state[person::weight]) {
            if (left == 0) return;
            if (w == 0) continue;
            --w;
            --left;
        }
    }
};

/// The recruits of one week are booked twice.
struct DoubleBooking {
    static constexpr std::string_view name = "double_booking";
    static constexpr auto writes = sim::columns(person::status, person::group);
    void step(sim::View<DoubleBooking> state, const sim::Step& now) const {
        if (now.index != 3) return;
        for (std::size_t i = 0; i < state[person::status].size(); ++i) {
            if (state[person::status][i] != static_cast<int>(Status::fighter)) continue;
            state[person::status][i] = static_cast<std::uint8_t>(Status::home);
            state[person::group][i] = no_group;
            return;
        }
    }
};

/// What a run with one process more ends with: the message of a NumericalError, or nothing.
template <class P>
std::string failure_with(const P& extra) {
    const TransitionExperiment experiment = test::stressed_country().experiment();
    sim::Schedule schedule;
    sim::Diagnostics findings;
    add_processes(schedule, experiment.inputs(), experiment.strategy_list().front(), experiment.document(),
                  sim::Sampler::central(), findings);
    schedule.add(extra);
    findings.throw_if_any();
    schedule.bind(experiment.layout());
    test::Run run(experiment, 0, schedule);
    try {
        for (int i = 0; i < 6; ++i) run.step();
    } catch (const sim::NumericalError& error) {
        return error.what();
    }
    return {};
}

/// How many generated runs came to what can go wrong.
struct Reached {
    int wars = 0, flights = 0, recruitments = 0, exits = 0;
};

/// Runs a country and says what is wrong with it; nothing if all is well. Totals checks the balances in every step.
std::string fault_of(const test::SmallCountry& country, Reached& reached) {
    try {
        const TransitionExperiment experiment = country.experiment();
        test::Run run(experiment);
        check_ranges(run.state());
        check_persons(run.state(), country.persons_per_agent);
        if (run.state().of(country::population)[0] != experiment.inputs().total_population())
            return "the first persons are not those of the census";
        run.to_end([](sim::State& state, const sim::Step&) {
            check_ranges(state);
            check_deaths(state);
        });
        check_persons(run.state(), country.persons_per_agent);
        reached.wars += test::recorded_sum(experiment, run.record(), "civilian_deaths") > 0.0;
        reached.flights += test::recorded_sum(experiment, run.record(), "newly_displaced") > 0.0;
        reached.recruitments += test::recorded_sum(experiment, run.record(), "recruits") > 0.0;
        reached.exits += run.state().of(country::mission_open)[0] == 0;
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

/// Checks the generated countries first .. last - 1.
Reached check_generated(std::uint32_t first, std::uint32_t last) {
    const auto parameters = all_parameters(test::quiet_country().experiment().document());
    Reached reached;
    for (std::uint32_t number = first; number < last; ++number) {
        const test::SmallCountry country = generated_country(number, parameters);
        INFO("scenario " << number << ", sets: " << fmt::format("{}", fmt::join(country.sets, " ")));
        CHECK(fault_of(country, reached) == "");
    }
    return reached;
}

}  // namespace

TEST_CASE("generated scenarios run to their end, balanced every week and within all ranges", "[property]") {
    const Reached reached = check_generated(0, 200);
    // The generator reaches what can go wrong.
    CHECK(reached.wars > 50);
    CHECK(reached.flights > 50);
    CHECK(reached.recruitments > 50);
    CHECK(reached.exits > 20);
}

TEST_CASE("ten thousand generated scenarios run to their end", "[.][nightly]") { (void)check_generated(200, 10'200); }

TEST_CASE("a run with one person, one fighter or one dollar too few is stopped in the next week", "[property]") {
    CHECK(failure_with(Leak{}) == "");
    CHECK_THAT(failure_with(Leak{.week = 2, .persons = 1}), Catch::Contains("totals") && Catch::Contains("persons"));
    CHECK_THAT(failure_with(Leak{.week = 2, .usd = 1}), Catch::Contains("totals") && Catch::Contains("USD"));
    CHECK_THAT(failure_with(DoubleBooking{}), Catch::Contains("totals") && Catch::Contains("fighters"));
}
