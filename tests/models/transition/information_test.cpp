#include "models/transition/information.hpp"

#include <algorithm>
#include <cmath>

#include "models/transition/event_kinds.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// Share of believers after `weeks` in 200 equal communities that begin with `share`.
double rumour_after(const Rumours& rumours, double share, double weeks, double dt_weeks, double tension = 0.0,
                    double informed = 0.0) {
    test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(200, 0)}, rumours);
    test::fill(tiny[community::rumour], static_cast<float>(share));
    tiny[country::tension][0] = tension;
    tiny[region::radio][0] = informed;
    tiny.run(static_cast<int>(std::lround(weeks / dt_weeks)), dt_weeks);
    return tiny[community::rumour][0];
}

/// A region of 1,000 believers' size with media and a radio.
struct OnAir {
    test::Tiny<Media> tiny;
    explicit OnAir(Media media = {}) : tiny({.regions = 1}, media) {
        tiny[region::economy][0] = 1.0;
        tiny[country::press_freedom][0] = 0.5;
        tiny[country::integration][0] = 1.0;
    }
};

}  // namespace

TEST_CASE("rumours follow the mean-field equation, to first order in the step", "[information]") {
    // Equal communities: r' = s r (1 - r) - f r, with the logistic solution r = K / (1 + (K / r0 - 1) exp(-(s - f) t)), K = 1 - f
    // / s.
    const Rumours rumours{.spread = 0.3, .forget = 0.08};
    const double capacity = 1.0 - 0.08 / 0.3;
    const auto exact = [&](double t) { return capacity / (1.0 + (capacity / 0.02 - 1.0) * std::exp(-(0.3 - 0.08) * t)); };
    const double error_week = rumour_after(rumours, 0.02, 20.0, 1.0) - exact(20.0);
    const double error_day = rumour_after(rumours, 0.02, 20.0, 1.0 / 7.0) - exact(20.0);
    CHECK_THAT(error_day, WithinAbs(0.0, 0.01));
    CHECK_THAT(error_week / error_day, WithinAbs(7.0, 1.5));
    CHECK_THAT(rumour_after(rumours, 0.02, 400.0, 1.0), WithinAbs(capacity, 1e-5));
    CHECK(rumour_after({.spread = 0.05, .forget = 0.08}, 0.5, 400.0, 1.0) < 1e-3);  // too slow to live on
}

TEST_CASE("tension feeds rumours, information counters them", "[information]") {
    CHECK(rumour_after({}, 0.0, 50.0, 1.0) == 0.0);
    CHECK(rumour_after({}, 0.0, 50.0, 1.0, 1.0) > 0.1);
    CHECK(rumour_after({}, 0.3, 50.0, 1.0, 1.0, 0.8) < rumour_after({}, 0.3, 50.0, 1.0, 1.0, 0.0));
}

TEST_CASE("a rumour in some communities comes to those linked with them, and stays where it is without links", "[information]") {
    const auto believers_elsewhere = [](double link) {
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(200, 0)}, Rumours{.spread = 0.5, .link = link});
        test::fill(tiny[community::rumour].first(10), 0.5F);
        tiny.run(30);
        double sum = 0.0;
        for (const float r : tiny[community::rumour].subspan(10)) sum += r;
        return sum;
    };
    CHECK(believers_elsewhere(0.0) == 0.0);
    CHECK(believers_elsewhere(0.2) > 0.1);
}

TEST_CASE("ties hang on the communities' keys, not on their order", "[information]") {
    constexpr std::size_t n = 60;
    const auto believers = [](bool reversed) {
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(n, 0)}, Rumours{.spread = 0.5});
        auto& segments = tiny.state().table("person").segments;
        const auto place = [reversed](std::size_t community) { return reversed ? n - 1 - community : community; };
        for (std::size_t c = 0; c < n; ++c) {
            segments[place(c)].key = static_cast<std::uint32_t>(1000 + 7 * c);
            tiny[community::rumour][place(c)] = c % 5 == 0 ? 0.5F : 0.0F;
        }
        tiny.run(10);
        std::vector<float> all;
        for (std::size_t c = 0; c < n; ++c) all.push_back(tiny[community::rumour][place(c)]);
        return all;
    };
    CHECK(believers(false) == believers(true));
}

TEST_CASE("nearly every community has others that listen to it", "[information]") {
    const std::size_t n = GENERATE(50, 132, 200, 1000);
    test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(n, 0)},
                    Rumours{.spread = 1.0, .forget = 0.0, .link = 1.0});
    std::size_t unheard = 0;
    for (std::size_t c = 0; c < n; ++c) {
        test::fill(tiny[community::rumour], 0.0F);
        tiny[community::rumour][c] = 0.5F;
        tiny.run();
        unheard +=
            std::count_if(tiny[community::rumour].begin(), tiny[community::rumour].end(), [](float r) { return r > 0.0F; }) <= 1;
    }
    // Three random ties each leave exp(-3) = 5 % unheard; five standard deviations more for 50 communities are 20 %.
    CHECK(static_cast<double>(unheard) < 0.2 * static_cast<double>(n));
}

TEST_CASE("regulation by an able police and independent media hold rumours down; no police regulates a free press",
          "[information]") {
    const auto after = [](double police, double media, double freedom = 0.0) {
        test::Tiny tiny({.regions = 1, .communities = std::vector<std::uint32_t>(50, 0)}, Rumours{.spread = 0.3});
        test::fill(tiny[community::rumour], 0.2F);
        tiny[region_function::capacity][row(Function::police)] = police;
        tiny[region::media][0] = media;
        tiny[country::press_freedom][0] = freedom;
        tiny.run(30);
        return tiny[community::rumour][0];
    };
    CHECK(after(0.8, 0.0) < after(0.0, 0.0));
    CHECK(after(0.0, 0.8) < after(0.0, 0.0));
    CHECK(after(0.8, 0.0) < after(0.8, 0.0, 0.5));
    CHECK(after(0.8, 0.0, 1.0) == after(0.0, 0.0, 1.0));
}

TEST_CASE("media follow freedom of the press and the economy, and thin out with remoteness", "[information]") {
    const auto media_after = [](double freedom, double remoteness, double economy) {
        OnAir at;
        at.tiny[country::press_freedom][0] = freedom;
        at.tiny[region::remoteness][0] = remoteness;
        at.tiny[region::economy][0] = economy;
        at.tiny.run(2000);
        return at.tiny[region::media][0];
    };
    const SocietyInput society;
    CHECK_THAT(media_after(society.press_freedom, 0.0, 1.0), WithinAbs(society.media, 1e-9));
    CHECK_THAT(media_after(0.5 * society.press_freedom, 0.0, 1.0), WithinAbs(0.5 * society.media, 1e-9));
    CHECK_THAT(media_after(society.press_freedom, 1.0, 1.0), WithinAbs(0.4 * society.media, 1e-9));
    CHECK(media_after(society.press_freedom, 0.0, 0.7) < society.media);
}

TEST_CASE("a radio at full strength reaches its audience, whatever share of the people the staff serves", "[information]") {
    const auto radio_after = [](double coverage, double usual) {
        OnAir at;
        at.tiny[region_activity::coverage][row(Activity::information)] = coverage;
        at.tiny[region_activity::usual][row(Activity::information)] = usual;
        at.tiny.run(200);
        return at.tiny[region::radio][0];
    };
    const double reach = MissionInput().radio_reach;
    CHECK_THAT(radio_after(0.1, 0.1), WithinAbs(reach, 1e-6));
    CHECK_THAT(radio_after(0.8, 0.8), WithinAbs(reach, 1e-6));
    CHECK_THAT(radio_after(0.2, 0.8), WithinAbs(0.25 * reach, 1e-6));
    CHECK(radio_after(0.0, 0.0) == 0.0);
}

TEST_CASE("the radio closes with the mission, unless others take it over; either is logged then", "[information]") {
    struct Result {
        double audience = 0.0;
        std::vector<int> told{};
    };
    const auto after = [](double successor) {
        OnAir at;
        at.tiny[region_activity::coverage][row(Activity::information)] = 0.8;
        at.tiny[region_activity::usual][row(Activity::information)] = 0.8;
        at.tiny.run(200);
        CHECK(at.tiny.state().events().empty());
        at.tiny[region_activity::coverage][row(Activity::information)] = 0.0;
        at.tiny[region_activity::successor][row(Activity::information)] = successor;
        for (int week = 1; week <= 200; ++week) {
            at.tiny[country::weeks_since_exit][0] = week;
            at.tiny.run();
        }
        Result result{at.tiny[region::radio][0]};
        for (const sim::Event& event : at.tiny.state().events()) result.told.push_back(event.kind);
        return result;
    };
    const Result closed = after(0.0);
    CHECK(closed.audience < 1e-6);
    CHECK(closed.told == std::vector<int>{static_cast<int>(EventKind::radio_closes)});
    const Result handed_over = after(0.4);
    CHECK_THAT(handed_over.audience, WithinAbs(0.5 * MissionInput().radio_reach, 1e-6));
    CHECK(handed_over.told == std::vector<int>{static_cast<int>(EventKind::radio_handed_over)});
}

TEST_CASE("messages need one voice, and are drowned by rumour", "[information]") {
    const auto messages = [](double integration, double rumour) {
        OnAir at;
        at.tiny[region_activity::coverage][row(Activity::information)] = 0.8;
        at.tiny[country::integration][0] = integration;
        at.tiny[region::rumour][0] = rumour;
        at.tiny.run();
        return at.tiny[region::messages][0];
    };
    CHECK_THAT(messages(1.0, 0.0), WithinAbs(0.8, 1e-12));
    CHECK_THAT(messages(0.0, 0.0), WithinAbs(0.4, 1e-12));
    CHECK_THAT(messages(1.0, 0.5), WithinAbs(0.4, 1e-12));
}
