#include "models/transition/comparison.hpp"
#include "tests/catch.hpp"

TEST_CASE("a difference whose sign is the other one in more than a fifth of the draws leaves the ranking open", "[comparison]") {
    const std::vector<double> base(10, 1.0);
    std::vector<double> own(10, 2.0);
    own[0] = own[1] = 0.5;
    CHECK(drawdown::sign_flips(own, base) == 0.2);
    CHECK_FALSE(drawdown::OutcomeRow{{}, {}, 0.2}.ranking_open());
    own[2] = 0.5;
    CHECK(drawdown::sign_flips(own, base) == 0.3);
    CHECK(drawdown::OutcomeRow{{}, {}, 0.3}.ranking_open());
    CHECK(drawdown::sign_flips(base, base) == 0.0);
}
