#include "models/transition/peace_process.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// An agreement that is half carried out by a middling government, with two groups that keep it.
struct Agreement {
    test::Tiny<PeaceProcess> tiny;

    explicit Agreement(double legitimacy = 0.5, double dialogue = 0.0) : tiny({.regions = 1, .groups = 2}, PeaceProcess{}) {
        tiny[region::adults][0] = 1000;
        tiny[country::implementation][0] = 0.5;
        tiny[country::legitimacy][0] = legitimacy;
        tiny[region_activity::coverage][row(Activity::dialogue)] = dialogue;
        test::fill(tiny[group::commitment], 0.5);
    }
    double after(int weeks) {
        tiny.run(weeks);
        return tiny[country::implementation][0];
    }
};

}  // namespace

TEST_CASE("what only the mission pushes decays when it leaves, what the government owns goes on", "[peace process]") {
    CHECK(Agreement(0.0, 0.0).after(10) < 0.5);
    CHECK(Agreement(0.0, 1.0).after(10) > 0.5);
    CHECK(Agreement(1.0, 0.0).after(10) > 0.5);
    CHECK(Agreement(1.0, 1.0).after(10) > Agreement(1.0, 0.0).after(10));
    // Where the mission reaches half of the people, half of the fading stops: 0.5 push (1 - I) - 0.5 fade I.
    CHECK_THAT(Agreement(0.0, 0.5).after(1), WithinAbs(0.5 + 0.5 * 0.002 * 0.5 - 0.5 * 0.0006 * 0.5, 1e-15));
    // Without either it fades by its rate: 0.0006 a week, a half-life of 22 years.
    CHECK_THAT(Agreement(0.0, 0.0).after(520), WithinAbs(0.5 * std::pow(1.0 - 0.0006, 520.0), 1e-12));
}

TEST_CASE("groups that fight undo the agreement and their commitment to it", "[peace process]") {
    Agreement broken;
    broken.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::fight);
    const double one_fights = broken.after(10);
    CHECK(one_fights < Agreement().after(10));
    Agreement undone;
    test::fill(undone.tiny[group::posture], static_cast<int>(Posture::fight));
    CHECK(undone.after(10) < one_fights);
    CHECK(broken.tiny[group::commitment][0] < 0.5);
    CHECK_THAT(broken.tiny[group::commitment][0], WithinAbs(0.5 * std::exp(-0.1), 1e-12));
    CHECK(broken.tiny[group::commitment][1] > broken.tiny[group::commitment][0]);
}

TEST_CASE("commitment comes to what is implemented", "[peace process]") {
    Agreement kept(0.9, 0.5);
    const double done = kept.after(3000);
    CHECK_THAT(kept.tiny[group::commitment][0], WithinAbs(done, 1e-3));
}
