// Limits in which processes of the model become models that are known in closed form: flight after Flee, Lanchester's square law,
// and the mean field of mobilisation. Rumours and Hawkes' branching ratio: information_test.cpp, violence_test.cpp.

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "models/transition/flight.hpp"
#include "models/transition/mobilisation.hpp"
#include "models/transition/violence.hpp"
#include "sim/math.hpp"
#include "sim/statistics.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;

/// A conflict zone with towns at 20 and 60 km, a border and a camp at 15 km, after Flee's test networks.
struct FleeCountry {
    static constexpr std::uint32_t people = 7500;
    Flight flight;
    test::Tiny<Flight> tiny;

    explicit FleeCountry(Flight f, std::int64_t camp_places)
        : flight(placed(f)), tiny({.regions = 3, .communities = {people}}, flight) {
        test::settle_persons(tiny.state());
        test::fill(tiny[person::fear], 0.0F);
        tiny[community::violence][0] = 1e6F;  // v = 1: everybody in the zone moves at the rate
        tiny[community::residents][0] = people;
        tiny[region::population][0] = people;
        tiny[region::site_capacity][0] = static_cast<double>(camp_places);
    }
    static Flight placed(Flight flight) {
        auto geography = std::make_shared<Geography>();
        geography->neighbours.resize(3);
        geography->neighbours[0] = {{1, 20.0, 10.0}, {2, 60.0, 10.0}};
        geography->at_border = {1, 0, 0};
        flight.geography = geography;
        return flight;
    }
    /// Persons at home, in towns 1 and 2, abroad, in the camp.
    std::array<double, 5> occupancy() {
        const auto where = [&](std::size_t i, Status status, int place) {
            return tiny[person::status][i] == static_cast<int>(status) && tiny[person::location][i] == place;
        };
        const auto count = [&](Status status, int place) {
            return static_cast<double>(test::count_persons(tiny.state(), [&](std::size_t i) { return where(i, status, place); }));
        };
        return {count(Status::home, 0), count(Status::displaced, 1), count(Status::displaced, 2), count(Status::refugee, 0),
                count(Status::site, 0)};
    }
    void week() {
        tiny.run();
        const auto now = occupancy();
        tiny[region::sites][0] = static_cast<std::int64_t>(now[4]);
        tiny[community::residents][0] = static_cast<std::int32_t>(now[0]);
        tiny[region::population][0] = static_cast<std::int64_t>(now[0] + now[4]);
    }
};

/// Communities in which men join a group and leave it; `peers` is the feedback that makes the mean field non-linear.
struct Recruiting {
    Mobilisation joins{.rate = 0.15, .peers_weight = 3.0};
    Desertion leaves{.base = 0.05};
    static constexpr int weeks = 25;
    static constexpr double first_fighters = 0.1;

    struct Shares {
        double home, fighters, former;
    };
    /// The deterministic map of an endless community.
    [[nodiscard]] Shares mean_field() const {
        Shares x{1.0 - first_fighters, first_fighters, 0.0};
        for (int week = 0; week < weeks; ++week) {
            const Mobilisation::Offer offer{.pay = 1.0, .peers = x.fighters + joins.former_peers * x.former};
            const auto chance = [&](Status status) {
                const double score = joins.score({0.5, 0.5, 0.5, 128.0 / 255.0, static_cast<std::uint8_t>(status), 30}, offer);
                const double called = status == Status::former_fighter ? joins.recall * (1.0 - 128.0 / 255.0) : 0.0;
                const double willing = sim::logistic((score - joins.threshold) / joins.width);
                return -std::expm1(-(joins.rate * willing + called) * joins.at_age(30));
            };
            const double from_home = x.home * chance(Status::home);
            const double again = x.former * chance(Status::former_fighter);
            const double fighting = x.fighters + from_home + again;
            const double left = fighting * -std::expm1(-(leaves.base + 0.5 * leaves.fear_effect));
            x = {x.home - from_home, fighting - left, x.former - again + left};
        }
        return x;
    }
    /// Share of fighters in each of some communities of n men.
    [[nodiscard]] std::vector<double> fighters(std::uint32_t n, std::size_t communities) const {
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(communities, n)}, joins, leaves);
        sim::State& state = tiny.state();
        test::settle_persons(state);
        test::fill(tiny[region_group::recruiting], 1.0);
        test::fill(tiny[group::pay], 1.0);
        test::fill(tiny[group::posture], static_cast<int>(Posture::fight));
        test::fill(tiny[community::residents], n);
        const auto status = tiny[person::status];
        for (const sim::Segment& s : state.table("person").segments)
            for (std::size_t i = s.begin; i < s.begin + n / 10; ++i) {
                status[i] = static_cast<std::uint8_t>(Status::fighter);
                tiny[person::group][i] = 0;
            }
        const auto count = [&](const sim::Segment& s, Status which) {
            return static_cast<std::int32_t>(
                std::count(status.begin() + s.begin, status.begin() + s.begin + s.count, static_cast<std::uint8_t>(which)));
        };
        std::vector<double> shares(communities);
        for (int week = 0; week <= weeks; ++week) {
            for (std::size_t c = 0; c < communities; ++c) {
                const sim::Segment& s = state.table("person").segments[c];
                tiny[community::fighters][c] = count(s, Status::fighter);
                tiny[community::former][c] = count(s, Status::former_fighter);
                shares[c] = static_cast<double>(tiny[community::fighters][c]) / n;
            }
            if (week < weeks) tiny.run();
        }
        return shares;
    }
};

double root_mean_square(const std::vector<double>& values, double about) {
    double sum = 0.0;
    for (const double x : values) sum += (x - about) * (x - about);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace

TEST_CASE("flight out of a conflict zone has the occupancy of its Markov chain: leave at the rate, go by inverse distance",
          "[verification][flight]") {
    FleeCountry country({.rate = 0.2, .slow_rate = 1.0, .slow_reach = 1.0}, 0);
    const std::array<double, 3> weights = {100.0 / 20.0, 100.0 / 60.0, 100.0 / (country.flight.border * 40.0)};
    const double all = weights[0] + weights[1] + weights[2];
    for (int week = 1; week <= 8; ++week) {
        country.week();
        const double stayed = std::exp(-0.2 * week);
        const auto now = country.occupancy();
        test::check_share(now[0], FleeCountry::people, stayed);
        for (std::size_t k = 0; k < 3; ++k) test::check_share(now[k + 1], FleeCountry::people, (1.0 - stayed) * weights[k] / all);
        CHECK(now[4] == 0.0);
    }
}

TEST_CASE("a camp fills as its room shrinks, like the expected occupancy of the chain, and never beyond its places",
          "[verification][flight]") {
    const double places = 3000.0;
    FleeCountry country({.rate = 0.2, .slow_rate = 1.0, .slow_reach = 1.0}, static_cast<std::int64_t>(places));
    const double others = 100.0 / 20.0 + 100.0 / 60.0 + 100.0 / (country.flight.border * 40.0);
    double home = FleeCountry::people;
    double camp = 0.0;
    for (int week = 0; week < 12; ++week) {
        const double open = 100.0 / country.flight.site_km * (1.0 - camp / places);
        const double leave = home * -std::expm1(-0.2);
        camp += leave * open / (open + others);
        home -= leave;
        country.week();
        const auto now = country.occupancy();
        // Each expected value is a sum of at most `people` independent choices; feedback through the room damps errors.
        const double sd = std::sqrt(FleeCountry::people * 0.25);
        CHECK_THAT(now[0], WithinAbs(home, 5.0 * sd));
        CHECK_THAT(now[4], WithinAbs(camp, 5.0 * sd));
        CHECK(now[4] <= places);
    }
    CHECK(camp > 0.6 * places);
    // A fixed weight of the camp would have sent it this many.
    const double always_open = 100.0 / country.flight.site_km;
    CHECK((FleeCountry::people - home) * always_open / (always_open + others) > camp + 300.0);
}

TEST_CASE("battles between equal arms keep Lanchester's square law", "[verification][violence]") {
    constexpr std::size_t regions = 60;
    constexpr double soldiers = 400.0;
    constexpr double fighters = 300.0;
    test::Tiny<ViolenceEvents> war({.regions = regions},
                                   ViolenceEvents{.triggered = 0.0, .civilian_share = 0.0, .geography = {}});
    test::fill(war[region::population], 1'000'000);
    test::fill(war[region::security], soldiers);
    test::fill(war[region_group::fighters], fighters);
    test::fill(war[region_group::on_state], 2.0);
    test::fill(war[group::alive], 1);
    test::fill(war[group::arms], 1.0);
    test::fill(war[group::ally], no_group);
    test::fill(war[group::posture], static_cast<int>(Posture::fight));
    const auto alive = [&] { return static_cast<double>(test::total(war[region_group::fighters])); };
    for (int week = 0; week < 400 && alive() > 0.6 * fighters * regions; ++week) {
        war.run();
        for (std::size_t r = 0; r < regions; ++r) {
            war[region_group::fighters][r] -= war[region_group::losses][r];
            war[region::security][r] -= war[region::security_toll][r];
        }
    }
    std::vector<double> squares;
    std::vector<double> differences;
    for (std::size_t r = 0; r < regions; ++r) {
        const auto s = static_cast<double>(war[region::security][r]);
        const auto f = static_cast<double>(war[region_group::fighters][r]);
        squares.push_back(s * s - f * f);
        differences.push_back(s - f);
    }
    REQUIRE(alive() <= 0.6 * fighters * regions);
    const auto error = [](const std::vector<double>& values) {
        return sim::sample_sd(values) / std::sqrt(static_cast<double>(values.size()));
    };
    const double kept = soldiers * soldiers - fighters * fighters;
    INFO("difference of squares " << sim::mean(squares) << " +- " << error(squares) << ", at first " << kept);
    // Both sides' losses of a week go by their strengths at its start, and d(s^2 - f^2) has terms of second order in them.
    CHECK_THAT(sim::mean(squares), WithinAbs(kept, 5.0 * error(squares)));
    CHECK(error(squares) < 0.05 * kept);
    // The linear law would keep the difference itself.
    CHECK(sim::mean(differences) > soldiers - fighters + 5.0 * error(differences));
}

TEST_CASE("mobilisation tends to its mean field as communities grow, with an error that falls as 1 / sqrt(n)",
          "[verification][mobilisation]") {
    const Recruiting recruiting;
    const double limit = recruiting.mean_field().fighters;
    CHECK(limit > 1.5 * Recruiting::first_fighters);  // it has moved
    const std::array<std::uint32_t, 3> sizes = {250, 1000, 4000};
    const std::array<std::size_t, 3> communities = {480, 240, 120};
    std::array<double, 3> errors{};
    for (std::size_t k = 0; k < 3; ++k) {
        const std::vector<double> shares = recruiting.fighters(sizes[k], communities[k]);
        errors[k] = root_mean_square(shares, limit);
        // The mean itself is off by a term of order 1/n, from the curvature of the map.
        CHECK_THAT(sim::mean(shares),
                   WithinAbs(limit, 5.0 * errors[k] / std::sqrt(static_cast<double>(communities[k])) + 2.0 / sizes[k]));
    }
    for (std::size_t k = 0; k < 2; ++k) {
        // A root mean square of m values has a relative error of 1 / sqrt(2 m).
        const double doubt = std::sqrt(0.5 / static_cast<double>(communities[k]) + 0.5 / static_cast<double>(communities[k + 1]));
        INFO("errors " << errors[k] << " and " << errors[k + 1]);
        CHECK_THAT(errors[k] / errors[k + 1], WithinAbs(2.0, 2.0 * 4.0 * doubt));
    }
}
