#include "tests/models/transition/support.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>

#include "models/transition/ledger.hpp"
#include "tests/catch.hpp"
#include "tests/sim/temporary_folder.hpp"

namespace test {

namespace {

using namespace drawdown;

sim::Date date_of(const std::string& text) { return sim::Date::parse(text).value(); }

std::string quoted(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
    return "[" + list + "]";
}

std::string regions_csv(const SmallCountry& country) {
    std::string csv =
        "name,population,capital,neighbours_abroad,remoteness,past_violence_share,lootable_resources,national_police,army,former_"
        "fighters\n";
    for (std::size_t r = 0; r < country.regions.size(); ++r) {
        const SmallRegion& x = country.regions[r];
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", x.name, x.population, r == 0 ? 1 : 0, x.abroad, x.remoteness,
                           x.past_violence, x.resources, x.police_share, x.army_share, x.former_share);
    }
    return csv;
}

std::string borders_csv(const SmallCountry& country) {
    std::string csv = "a,b,shared_border_km,centroid_distance_km\n";
    for (const SmallBorder& border : country.borders)
        csv += fmt::format("{},{},20,{}\n", country.regions[border.a].name, country.regions[border.b].name, border.distance_km);
    return csv;
}

std::string identities_csv(const SmallCountry& country) {
    std::string csv = fmt::format("name,{}\n", fmt::join(country.identities, ","));
    for (const SmallRegion& region : country.regions)
        csv += fmt::format("{},{}\n", region.name, fmt::join(region.identity_shares, ","));
    return csv;
}

std::string strength_csv(const SmallCountry& country) {
    std::string csv = "date,region,military,formed_police,police,civilian,observers\n";
    for (const auto& [date, factor] : country.history)
        for (const SmallRegion& x : country.regions)
            csv += fmt::format("{},{},{},{},{},{},{}\n", date, x.name, std::round(factor * x.strength[0]),
                               std::round(factor * x.strength[1]), std::round(factor * x.strength[2]),
                               std::round(factor * x.strength[3]), std::round(factor * x.observers));
    return csv;
}

std::string scenario_toml(const SmallCountry& country) {
    const sim::Date end = date_of(country.start) + (country.steps * country.step_days - 1);
    std::string toml = fmt::format(
        "[scenario]\nname = \"small\"\nstart = {}\nend = {}\nstep = \"{} days\"\npersons_per_agent = {}\nagents_per_community = "
        "{}\noutput_every = {}\n",
        country.start, end.text(), country.step_days, country.persons_per_agent, country.agents_per_community,
        country.output_every);
    toml +=
        "[files]\nregions = \"regions.csv\"\nadjacency = \"borders.csv\"\nidentities = \"identities.csv\"\nstrength = "
        "\"strength.csv\"\n";
    // Ages of Liberia in 2008: young, as in most places that have missions.
    toml +=
        "[population]\nage_limits = [0, 15, 25, 45, 65]\nage_shares_men = [0.2116, 0.0995, 0.1254, 0.0480, 0.0160]\n"
        "age_shares_women = [0.2073, 0.1018, 0.1302, 0.0432, 0.0170]\n";
    toml += fmt::format(
        "[state]\narmy = \"{} persons\"\npolice = \"{} persons\"\ngdp = \"{} million USD/year\"\nbudget = \"{} million "
        "USD/year\"\n"
        "capacity = [0.32, 0.34, 0.28, 0.32, 0.32, 0.30]\n",
        country.army, country.police, country.gdp_musd, country.budget_musd);
    toml += "[group_conduct]\nbattle_targets = \"40 persons\"\n";  // as many as are in one of its regions
    for (const std::string& name : country.identities) toml += fmt::format("[identity.{}]\ninclusion = 0.5\n", name);
    for (const SmallGroup& group : country.groups)
        toml += fmt::format(
            "[group.{}]\nidentity = \"{}\"\nspoiler = \"{}\"\nfighters = {}\nformer_fighters = {}\ncommitment = {}\nwealth = "
            "{}\narms = {}\nregions = {}\n",
            group.name, group.identity, group.spoiler, group.fighters, group.former_fighters, group.commitment, group.wealth_musd,
            group.arms, quoted(group.regions));
    return toml + country.tables;
}

}  // namespace

TransitionExperiment SmallCountry::experiment() const {
    const TemporaryFolder folder;
    folder.write("regions.csv", regions_csv(*this));
    folder.write("borders.csv", borders_csv(*this));
    folder.write("identities.csv", identities_csv(*this));
    folder.write("strength.csv", strength_csv(*this));
    sim::Diagnostics findings;
    sim::Document scenario =
        sim::Document::read(folder.write("scenario.toml", scenario_toml(*this)), {}, sets, findings, scenario_units());
    std::vector<std::pair<std::string, sim::Document>> documents;
    for (const auto& [name, text] : strategies)
        documents.emplace_back(name, sim::Document::from_text(text, name + ".toml", {}, findings, scenario_units()));
    findings.throw_if_any();
    return TransitionExperiment(std::move(scenario), documents, seed, true);
}

SmallCountry quiet_country() {
    SmallCountry country;
    country.identities = {"hill", "river"};
    country.regions = {{.name = "amber",
                        .past_violence = 0.4,
                        .police_share = 0.4,
                        .army_share = 0.4,
                        .former_share = 0.4,
                        .identity_shares = {0.7, 0.3}},
                       {.name = "birch",
                        .remoteness = 0.5,
                        .past_violence = 0.3,
                        .police_share = 0.3,
                        .army_share = 0.3,
                        .former_share = 0.3,
                        .identity_shares = {0.5, 0.5}},
                       {.name = "cedar",
                        .remoteness = 1.0,
                        .past_violence = 0.3,
                        .police_share = 0.3,
                        .army_share = 0.3,
                        .former_share = 0.3,
                        .identity_shares = {0.2, 0.8}}};
    country.borders = {{0, 1, 40.0}, {1, 2, 60.0}};
    country.groups = {{.name = "band", .identity = "hill", .regions = {"cedar"}}};
    return country;
}

SmallCountry stressed_country() {
    SmallCountry country;
    country.army = 60.0;
    country.police = 40.0;
    country.identities = {"hill", "river"};
    const std::array<double, component_count> mission = {40.0, 10.0, 6.0, 12.0};
    for (std::size_t r = 0; r < 4; ++r) {
        const double share = static_cast<double>(r) / 3.0;
        country.regions.push_back({.name = std::string(1, static_cast<char>('a' + r)) + "land",
                                   .population = 4000,
                                   .remoteness = share,
                                   .past_violence = 0.25,
                                   .resources = 0.3 + 0.2 * share,
                                   .police_share = 0.25,
                                   .army_share = 0.25,
                                   .former_share = 0.25,
                                   .abroad = r == 3 ? "XAA" : "",
                                   .identity_shares = {0.8 - 0.6 * share, 0.2 + 0.6 * share},
                                   .strength = mission,
                                   .observers = 2.0});
    }
    country.borders = {{0, 1, 40.0}, {1, 2, 60.0}, {2, 3, 50.0}, {0, 2, 90.0}};
    country.groups = {{.name = "east",
                       .identity = "river",
                       .spoiler = "total",
                       .fighters = 80,
                       .former_fighters = 60,
                       .commitment = 0.1,
                       .wealth_musd = 0.05,
                       .arms = 0.8,
                       .regions = {"cland", "dland"}},
                      {.name = "north",
                       .identity = "hill",
                       .spoiler = "greedy",
                       .fighters = 60,
                       .former_fighters = 60,
                       .commitment = 0.2,
                       .wealth_musd = 0.02,
                       .arms = 0.6,
                       .regions = {"aland", "bland"}},
                      {.name = "old",
                       .identity = "hill",
                       .spoiler = "none",
                       .fighters = 20,
                       .former_fighters = 80,
                       .commitment = 0.5,
                       .wealth_musd = 0.01,
                       .arms = 0.5,
                       .regions = {"bland"}}};
    country.tables =
        "[vote.first]\ndate = 2020-06-01\nstakes = 0.8\n[vote.second]\ndate = 2021-03-01\nstakes = 0.5\n"
        "[epidemic.fever]\nstart = 2020-09-01\npeak = 2020-11-01\nend = 2021-02-01\n"
        "[spillover.next_door]\nstart = 2020-02-01\npeak = 2020-08-01\nend = 2021-10-01\nneighbour = \"XAA\"\n"
        "[price.ore]\nstart = 2020-03-01\npeak = 2020-12-01\nend = 2021-12-01\nlevel = -0.5\n"
        "[benchmark.calm]\nindicator = \"security\"\nat_least = 0.4\n[benchmark.police]\nindicator = "
        "\"police_capacity\"\nat_least = 0.2\n";
    // Violence is felt in deaths per 100,000: one death among 4,000 is 25. Wider scales keep so small a country from emptying at
    // once; and its forces, ten for 1,000 people, from holding all of it.
    country.sets = {"flight.scale=800",
                    "flight.avoidance=0.001",
                    "delivery.violence_scale=100",
                    "delivery.forces_reference=50",
                    "attitudes.violence_scale=50",
                    "economy.violence_scale=200",
                    "violence.mob_rate=10",
                    "violence.communal_rate=10",
                    "violence.size_cutoff=20",
                    "group_decision.threshold=-0.5",
                    "group_finance.loot=60",
                    "mobilisation.threshold=0.4"};
    return country;
}

Run::Run(const TransitionExperiment& experiment, std::uint32_t replicate, std::size_t strategy)
    : replicate_(experiment.replicate(replicate)),
      clock_(&experiment.clock()),
      plan_(&experiment.record_plan()),
      schedule_(&replicate_->schedule(strategy)),
      state_(replicate_->initial_state()),
      recorder_(experiment.record_plan()) {
    now_.seed = experiment.seed();
    now_.replicate = replicate;
    set_moment(0);
}

Run::Run(const TransitionExperiment& experiment, std::uint32_t replicate, const sim::Schedule& schedule)
    : Run(experiment, replicate, std::size_t{0}) {
    schedule_ = &schedule;
}

void Run::set_moment(std::int32_t index) {
    now_.index = index;
    now_.dt_weeks = clock_->dt_weeks();
    now_.date = clock_->date(index);
    now_.next = clock_->date(index + 1);
    now_.recorded = plan_->ends_with(index, *clock_);
}

void Run::step() {
    schedule_->run(state_, now_);
    recorder_.observe(state_, now_);
    set_moment(now_.index + 1);
}

namespace {

std::size_t output_index(const TransitionExperiment& experiment, const std::string& output) {
    const auto& outputs = experiment.record_plan().outputs;
    const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const sim::Output& o) { return o.name == output; });
    if (found == outputs.end()) throw std::logic_error("no output is named " + output);
    return static_cast<std::size_t>(found - outputs.begin());
}

}  // namespace

double recorded_sum(const TransitionExperiment& experiment, const sim::Record& record, const std::string& output) {
    const std::size_t o = output_index(experiment, output);
    double sum = 0.0;
    for (const std::int32_t value : record.integers[o]) sum += value;
    for (const float value : record.floats[o]) sum += static_cast<double>(value);
    return sum;
}

double recorded_last(const TransitionExperiment& experiment, const sim::Record& record, const std::string& output) {
    const std::size_t o = output_index(experiment, output);
    const std::size_t width = experiment.record_plan().widths[o];
    double sum = 0.0;
    const auto add = [&](const auto& values) {
        for (std::size_t i = values.size() - std::min(width, values.size()); i < values.size(); ++i)
            sum += static_cast<double>(values[i]);
    };
    add(record.integers[o]);
    add(record.floats[o]);
    return sum;
}

void lay_out(sim::State& state, const Sizes& sizes) {
    const auto rows = [&](const char* table, std::size_t n) {
        if (state.has_table(table)) state.set_rows(table, n, {});
    };
    rows("country", 1);
    rows("region", sizes.regions);
    rows("region_cohort", sizes.regions * cohort_count);
    rows("region_component", sizes.regions * component_count);
    rows("region_activity", sizes.regions * activity_count);
    rows("region_function", sizes.regions * function_count);
    rows("region_violence", sizes.regions * violence_count);
    rows("neighbour", sizes.neighbours);
    rows("group", sizes.groups);
    rows("region_group", sizes.regions * sizes.groups);
    rows("identity", sizes.identities);
    rows("identity_pair", sizes.identities * sizes.identities);
    rows("provision", provision_count);
    rows("shock", sizes.shocks);
    rows("region_driver", sizes.regions * driver_count);
    rows("ledger", static_cast<std::size_t>(stock_count) * ledger_cause_count);
    rows("group_type", sizes.groups * spoiler_count);
    rows("benchmark", sizes.benchmarks);
    rows("activity", activity_count);
    rows("fund", fund_count);
    rows("donor", sizes.donors);
    rows("community", sizes.communities.size());
    std::vector<sim::Segment> segments;
    for (const std::uint32_t n : sizes.communities)
        segments.push_back({0, n, n + sizes.free_rows, static_cast<std::uint32_t>(segments.size() + 1)});
    if (state.has_table("person")) state.set_segments("person", std::move(segments));
}

sim::Step moment(std::int32_t index, double dt_weeks) {
    sim::Step now;
    const auto days = static_cast<std::int32_t>(std::lround(7.0 * dt_weeks));
    now.index = index;
    now.dt_weeks = dt_weeks;
    now.date = sim::Date::of(2020, 1, 6).value() + index * days;
    now.next = now.date + days;
    now.seed = 1;
    return now;
}

void check_share(double count, double n, double p) {
    CHECK_THAT(count, Catch::Matchers::WithinAbs(n * p, 5.0 * std::sqrt(n * p * (1.0 - p))));
}

void settle_persons(sim::State& state) {
    const auto put = [&](const auto& which, auto value) {
        for (const auto& info : state.table("person").column_infos)
            if (info.name == which.name) fill(state.of(which), value);
    };
    put(person::grievance, 0.5);
    put(person::fear, 0.5);
    put(person::trust_state, 0.5);
    put(person::trust_mission, 0.5);
    put(person::expectation, 0.5);
    put(person::status, static_cast<int>(Status::home));
    put(person::location, 0);
    put(person::group, no_group);
    put(person::identity, 0);
    put(person::sex, 0);
    put(person::age, 30);
    put(person::livelihood, 128);
    put(person::harm, 0);
    put(person::away, 0);
    put(person::weight, 0);
    for (const auto& info : state.table("person").column_infos) {
        if (info.name != person::weight.name) continue;
        // Only rows in use are alive.
        for (const sim::Segment& s : state.table("person").segments) fill(state.of(person::weight).subspan(s.begin, s.count), 1);
    }
}

}  // namespace test
