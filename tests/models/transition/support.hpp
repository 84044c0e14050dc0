#pragma once
// Small countries and tiny states for tests of the transition model.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/model.hpp"
#include "sim/clock.hpp"
#include "sim/recorder.hpp"
#include "sim/state.hpp"
#include "tests/engine_support.hpp"

namespace test {

/// A row of each CSV file of a scenario. Strength is military, formed police, police, civilian.
struct SmallRegion {
    std::string name;
    std::int64_t population = 3000;
    double remoteness = 0.0;
    double past_violence = 0.0;
    double resources = 0.0;
    double police_share = 0.0;
    double army_share = 0.0;
    double former_share = 0.0;
    std::string abroad{};
    std::vector<double> identity_shares{};
    std::array<double, drawdown::component_count> strength{};
    double observers = 0.0;
};

/// Two regions, by their places in the list, that border each other.
struct SmallBorder {
    std::size_t a = 0;
    std::size_t b = 1;
    double distance_km = 50.0;
};

struct SmallGroup {
    std::string name;
    std::string identity;
    std::string spoiler = "limited";
    double fighters = 0.0;
    double former_fighters = 0.0;
    double commitment = 0.6;
    double wealth_musd = 0.1;
    double arms = 0.5;
    std::vector<std::string> regions{};
};

/// A scenario that a test makes up. What the members do not say goes into `tables`, as TOML, or `sets`, as on a command line.
struct SmallCountry {
    std::string start = "2020-01-06";
    int steps = 104;
    int step_days = 7;
    int persons_per_agent = 1;
    int agents_per_community = 300;
    int output_every = 4;
    double army = 20.0;
    double police = 20.0;
    double gdp_musd = 10.0;
    double budget_musd = 2.0;
    std::vector<SmallRegion> regions;
    std::vector<SmallBorder> borders;
    std::vector<std::string> identities;
    std::vector<SmallGroup> groups;
    /// Date and the factor by which every strength is multiplied from then on (straight lines between dates).
    std::vector<std::pair<std::string, double>> history = {{"2020-01-06", 1.0}};
    std::string tables;
    std::vector<std::string> sets;
    /// Name and text of each strategy.
    std::vector<std::pair<std::string, std::string>> strategies = {{"historical", "[strategy]\nkind = \"historical\"\n"}};
    std::uint64_t seed = 1;

    /// Writes the files into a temporary folder and reads them. Throws sim::InputError.
    [[nodiscard]] drawdown::TransitionExperiment experiment() const;
};

/// Three regions with 3,000 persons each in a row, two identities, one group without fighters, no mission.
[[nodiscard]] SmallCountry quiet_country();
/// Four regions of 4,000 persons, three groups that tend to fight, a mission, votes, an epidemic, trouble across the border:
/// within two years some hundreds die, a quarter flee, some hundreds join a group.
[[nodiscard]] SmallCountry stressed_country();

/// One run of an experiment, step by step, recorded as in an ensemble.
class Run {
  public:
    explicit Run(const drawdown::TransitionExperiment& experiment, std::uint32_t replicate = 0, std::size_t strategy = 0);
    /// With another schedule, bound to the experiment's layout.
    Run(const drawdown::TransitionExperiment& experiment, std::uint32_t replicate, const sim::Schedule& schedule);

    [[nodiscard]] bool finished() const { return now_.index >= clock_->steps(); }
    /// Runs one step.
    void step();
    /// Runs to the end; calls look(state, now) after each step, `now` being the step that was made.
    template <class Look>
    void to_end(const Look& look) {
        while (!finished()) {
            const sim::Step made = moment();
            step();
            look(state_, made);
        }
    }
    void to_end() {
        to_end([](const sim::State&, const sim::Step&) {});
    }
    [[nodiscard]] sim::State& state() { return state_; }
    [[nodiscard]] const sim::Record& record() const { return recorder_.record(); }
    /// The step to come.
    [[nodiscard]] sim::Step moment() const { return now_; }

  private:
    void set_moment(std::int32_t index);

    std::unique_ptr<sim::Replicate> replicate_;
    const sim::Clock* clock_;
    const sim::RecordPlan* plan_;
    const sim::Schedule* schedule_;
    sim::State state_;
    sim::Recorder recorder_;
    sim::Step now_;
};

/// Sum over the whole run of a recorded output, all rows.
[[nodiscard]] double recorded_sum(const drawdown::TransitionExperiment& experiment, const sim::Record& record,
                                  const std::string& output);
/// The last recorded value of an output, summed over its rows.
[[nodiscard]] double recorded_last(const drawdown::TransitionExperiment& experiment, const sim::Record& record,
                                   const std::string& output);

/// Rows that a tiny state has.
struct Sizes {
    std::size_t regions = 1;
    std::size_t groups = 1;
    std::size_t identities = 1;
    std::size_t benchmarks = 0;
    std::size_t donors = 1;
    std::size_t neighbours = 1;
    std::size_t shocks = 0;
    /// Rows of persons of each community, with room for `free_rows` more each; communities have keys 1, 2, ...
    std::vector<std::uint32_t> communities{};
    std::uint32_t free_rows = 64;
};

/// Gives every table of the state its rows, all zero. Communities lie in region 0.
void lay_out(sim::State& state, const Sizes& sizes);

/// Step `index` of a run from Monday 6 January 2020 in steps of `dt_weeks`, seed 1.
[[nodiscard]] sim::Step moment(std::int32_t index = 0, double dt_weeks = 1.0);

/// Processes and the tiny state that they work on.
template <class... Ps>
class Tiny {
  public:
    explicit Tiny(const Sizes& sizes, Ps... processes) : engine_(std::move(processes)...) { lay_out(state(), sizes); }

    [[nodiscard]] sim::State& state() { return engine_.state(); }
    /// Values of a column that one of the processes names.
    template <class C>
    [[nodiscard]] std::span<typename C::value_type> operator[](const C& column) {
        return state().of(column);
    }
    /// Runs `steps` steps from the one after the last.
    void run(int steps = 1, double dt_weeks = 1.0) {
        engine_.run(steps, [&](std::int32_t index) { return moment(index, dt_weeks); });
    }

  private:
    Engine engine_;
};

/// Fills `values` with `value`.
template <class Span, class T>
void fill(Span values, T value) {
    for (auto& x : values) x = static_cast<std::remove_reference_t<decltype(x)>>(value);
}

/// Sum of integer values.
template <class Span>
[[nodiscard]] std::int64_t total(const Span& values) {
    std::int64_t sum = 0;
    for (const auto x : values) sum += static_cast<std::int64_t>(x);
    return sum;
}

/// CHECKs that `count` of `n` had probability p: within five standard deviations of the binomial law.
void check_share(double count, double n, double p);
template <class Count>
void check_share(Count count, double n, double p) {
    check_share(static_cast<double>(count), n, p);
}

/// Persons of whom `which(row)` holds, counted by weight over the rows in use.
template <class Which>
[[nodiscard]] std::int64_t count_persons(sim::State& state, const Which& which) {
    std::int64_t sum = 0;
    for (const sim::Segment& s : state.table("person").segments)
        for (std::size_t i = s.begin; i < s.begin + s.count; ++i)
            if (which(i)) sum += state.of(drawdown::person::weight)[i];
    return sum;
}

/// Persons in a situation.
[[nodiscard]] inline std::int64_t count_persons(sim::State& state, drawdown::Status status) {
    const auto statuses = state.of(drawdown::person::status);
    return count_persons(state, [&](std::size_t i) { return statuses[i] == static_cast<std::uint8_t>(status); });
}

/// Row of a table with an axis of components, activities, functions or kinds of violence.
template <class Kind>
[[nodiscard]] constexpr std::size_t at(std::size_t region, Kind kind, std::size_t kinds) {
    return region * kinds + static_cast<std::size_t>(kind);
}
[[nodiscard]] constexpr std::size_t row(drawdown::Component kind, std::size_t region = 0) {
    return at(region, kind, drawdown::component_count);
}
[[nodiscard]] constexpr std::size_t row(drawdown::Activity kind, std::size_t region = 0) {
    return at(region, kind, drawdown::activity_count);
}
[[nodiscard]] constexpr std::size_t row(drawdown::Function kind, std::size_t region = 0) {
    return at(region, kind, drawdown::function_count);
}
[[nodiscard]] constexpr std::size_t row(drawdown::Violence kind, std::size_t region = 0) {
    return at(region, kind, drawdown::violence_count);
}

/// Makes all rows of persons people of one person at home in region 0, of identity 0, men of 30, with all attitudes and the
/// livelihood at one half. Columns that no process names are left out. Columns that no process names are left out.
void settle_persons(sim::State& state);

}  // namespace test
