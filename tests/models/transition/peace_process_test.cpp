#include "models/transition/peace_process.hpp"

#include <cmath>

#include "models/transition/ceasefire.hpp"
#include "models/transition/event_kinds.hpp"
#include "models/transition/participation.hpp"
#include "tests/catch.hpp"
#include "tests/models/transition/support.hpp"

namespace {

using namespace drawdown;
using Catch::Matchers::WithinAbs;
using test::row;

/// Without chance: no dispute opens, reports are exact.
PeaceProcess certain() {
    PeaceProcess process;
    process.dispute_rate = 0.0;
    process.report_error_sd = 0.0;
    process.signed_at_start = {1, 1};
    return process;
}

/// An agreement that is half carried out, of which half is owned, by a middling government, with two parties that keep it.
struct Agreement {
    test::Tiny<PeaceProcess> tiny;

    explicit Agreement(double legitimacy = 0.5, double support = 0.0, const PeaceProcess& process = certain())
        : tiny({.regions = 1, .groups = 2, .communities = {1}}, process) {
        tiny[region::adults][0] = 1000;
        test::fill(tiny[region_function::capacity], 0.4);
        test::fill(tiny[provision::implementation], 0.5);
        test::fill(tiny[provision::verified], 0.5);
        test::fill(tiny[provision::owned], 0.25);
        test::fill(tiny[group::alive], 1);
        tiny[country::legitimacy][0] = legitimacy;
        tiny[country::process_support][0] = support;
        tiny[community::residents][0] = 100;
    }
    double after(int weeks, double dt_weeks = 1.0) {
        tiny.run(weeks, dt_weeks);
        return tiny[country::implementation][0];
    }
};

/// Groups of which the first signed, with a mechanism of the agreement that sees 40 % of breaches.
struct Truce {
    test::Tiny<Ceasefire> tiny;

    explicit Truce(const Ceasefire& process = {}) : tiny({.regions = 1, .groups = 2}, signed_by_first(process)) {
        tiny[region::adults][0] = 1000;
        tiny[region::population][0] = 2000;
        test::fill(tiny[group::alive], 1);
        tiny[country::ceasefire][0] = 0.9;
    }
    static Ceasefire signed_by_first(Ceasefire process) {
        process.signed_at_start = {1, 0};
        return process;
    }
};

}  // namespace

TEST_CASE("what only the mission pushes decays when it leaves, what the government owns goes on", "[peace process]") {
    CHECK(Agreement(0.0, 0.0).after(10) < 0.5);
    CHECK(Agreement(0.0, 1.0).after(10) > 0.5);
    CHECK(Agreement(1.0, 0.0).after(10) > 0.5);
    CHECK(Agreement(1.0, 1.0).after(10) > Agreement(1.0, 0.0).after(10));
    // Without legitimacy and support, all that is left in the end is nothing, and what is owned holds up the fall until then.
    const PeaceProcess p = certain();
    Agreement left(0.0, 0.0);
    CHECK_THAT(left.after(1), WithinAbs(0.25 + 0.25 * std::exp(-p.fade), 1e-12));
    Agreement owned(0.0, 0.0);
    test::fill(owned.tiny[provision::owned], 0.5);
    CHECK_THAT(owned.after(1), WithinAbs(0.5, 1e-12));
    CHECK(owned.after(5000) < 0.01);
}

TEST_CASE("what is owned comes to the legitimate share of what is done, and outlives the mission", "[peace process]") {
    Agreement pushed(0.8, 1.0);
    const double at_exit = pushed.after(500);
    CHECK(pushed.tiny[provision::owned][0] > 0.25);
    Agreement disowned(0.2, 1.0);
    disowned.after(500);
    CHECK(disowned.tiny[provision::owned][0] < pushed.tiny[provision::owned][0]);
    // The mission leaves; from now on nothing is gained, so that only the fading shows.
    test::fill(pushed.tiny[region_function::capacity], 0.0);
    test::fill(disowned.tiny[region_function::capacity], 0.0);
    pushed.tiny[country::process_support][0] = 0.0;
    disowned.tiny[country::process_support][0] = 0.0;
    const double disowned_at_exit = disowned.tiny[country::implementation][0];
    CHECK(at_exit - pushed.after(500) < disowned_at_exit - disowned.after(500));
    CHECK(pushed.tiny[provision::owned][0] <= pushed.tiny[provision::implementation][0]);
}

TEST_CASE("a provision goes as the function of the state that carries it", "[peace process]") {
    Agreement unequal;
    unequal.tiny[region_function::capacity][row(Function::justice)] = 0.9;
    unequal.after(20);
    const auto done = unequal.tiny[provision::implementation];
    for (std::size_t p = 0; p < done.size(); ++p) {
        if (p == static_cast<std::size_t>(Provision::justice)) continue;
        CHECK(done[p] < done[static_cast<std::size_t>(Provision::justice)]);
    }
}

TEST_CASE("implementation takes the same path at half the step", "[peace process]") {
    Agreement whole(0.5, 0.5);
    Agreement halves(0.5, 0.5);
    CHECK_THAT(whole.after(100), WithinAbs(halves.after(200, 0.5), 1e-5));
}

TEST_CASE("women, youth and minorities in the process raise the rate of implementation, and touch no group directly",
          "[peace process]") {
    const double usual = Agreement(0.5, 0.5).after(20);
    Agreement women(0.5, 0.5);
    women.tiny[country::women_in_process][0] = 0.4;
    Agreement youth(0.5, 0.5);
    youth.tiny[country::youth_in_process][0] = 0.4;
    Agreement minorities(0.5, 0.5);
    minorities.tiny[identity::participation][0] = 1.0;
    CHECK(women.after(20) > usual);
    CHECK(youth.after(20) > usual);
    CHECK(minorities.after(20) > usual);
    // The rate (gain) itself grows by 1 + bonus x share.
    const PeaceProcess p = certain();
    const double gain = (p.ownership * 0.5 * 0.4 + p.push * 0.5) * (1.0 + p.women_bonus * 0.4);
    const double loss = gain + 0.5 * p.fade;
    const double target = (gain + 0.5 * p.fade * 0.25) / loss;
    Agreement once(0.5, 0.5);
    once.tiny[country::women_in_process][0] = 0.4;
    CHECK_THAT(once.after(1), WithinAbs(target + (0.5 - target) * std::exp(-loss), 1e-12));
    // No process that acts on participation writes what a group decides by.
    for (const sim::ColumnInfo& info : Participation::writes.infos) CHECK_FALSE(info.name.starts_with("group"));
}

TEST_CASE("parties that fight undo the agreement, others do not", "[peace process]") {
    const double usual = Agreement().after(10);
    Agreement broken;
    broken.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::fight);
    const double one_fights = broken.after(10);
    CHECK(one_fights < usual);
    Agreement undone;
    test::fill(undone.tiny[group::posture], static_cast<int>(Posture::fight));
    CHECK(undone.after(10) < one_fights);
    PeaceProcess strangers = certain();
    strangers.signed_at_start = {0, 0};
    Agreement outside(0.5, 0.0, strangers);
    test::fill(outside.tiny[group::posture], static_cast<int>(Posture::fight));
    CHECK(outside.after(10) == usual);
}

TEST_CASE("disputes hold up a provision, fester alone and are settled by mechanisms", "[peace process]") {
    Agreement disputed;
    test::fill(disputed.tiny[provision::disputes], 0.6);
    CHECK(disputed.after(10) < Agreement().after(10));
    CHECK(disputed.tiny[country::disputes][0] > 0.6);
    for (int mechanism = 0; mechanism < 3; ++mechanism) {
        Agreement settled;
        test::fill(settled.tiny[provision::disputes], 0.6);
        if (mechanism == 0) settled.tiny[country::verification][0] = 1.0;
        if (mechanism == 1) settled.tiny[country::process_support][0] = 1.0;
        if (mechanism == 2) settled.tiny[community::dialogue][0] = 1.0F;
        settled.after(10);
        CHECK(settled.tiny[country::disputes][0] < 0.6);
    }
}

TEST_CASE("ambiguous provisions and breaches that were seen open more disputes", "[peace process]") {
    const auto opened = [](double specificity, double breaches, double reported = 0.5, double verification = 0.0,
                           Posture posture = Posture::comply) {
        PeaceProcess process = certain();
        process.dispute_rate = 0.3;
        process.dispute_size = 0.5;
        process.fester = 0.0;
        process.settle = 0.0;
        Agreement agreement(0.5, 0.0, process);
        int count = 0;
        for (int week = 0; week < 300; ++week) {
            test::fill(agreement.tiny[provision::disputes], 0.0);
            test::fill(agreement.tiny[provision::implementation], 0.5);
            test::fill(agreement.tiny[provision::verified], reported);
            test::fill(agreement.tiny[provision::specificity], specificity);
            agreement.tiny[country::verification][0] = verification;
            agreement.tiny[group::recent_violations][0] = breaches;
            test::fill(agreement.tiny[group::posture], static_cast<int>(posture));
            agreement.tiny.run(1);
            for (const double d : agreement.tiny[provision::disputes]) count += d > 0.0 ? 1 : 0;
        }
        return count;
    };
    const int ambiguous = opened(0.0, 0.0);
    CHECK(opened(1.0, 0.0) < ambiguous);
    CHECK(opened(0.0, 9.0) > ambiguous);
    CHECK(opened(0.0, 0.0, 0.8) < ambiguous);
    CHECK(opened(0.0, 0.0, 0.95) == 0);                      // what is done with is not disputed
    CHECK(opened(0.0, 0.0, 0.5, 0.9) < ambiguous);           // nor so much what somebody has verified
    CHECK(opened(0.0, 0.0, 0.1) > ambiguous);                // what is reported as a breach is taken for one
    CHECK(opened(0.0, 0.0, 0.5, 0.0, Posture::fight) == 0);  // nor what all parties have left
    test::check_share(ambiguous, 2400.0, 1.0 - std::exp(-0.3 * (1.0 - 0.5 / 0.95)));
}

TEST_CASE("a provision that is done with neither fades nor is given up by its owners", "[peace process]") {
    Agreement done(0.2, 0.0);
    test::fill(done.tiny[provision::implementation], 0.96);
    test::fill(done.tiny[provision::owned], 0.1);
    CHECK(done.after(500) >= 0.96);
    CHECK(done.tiny[provision::owned][0] == done.tiny[provision::implementation][0]);
    Agreement nearly(0.2, 0.0);
    test::fill(nearly.tiny[provision::implementation], 0.9);
    test::fill(nearly.tiny[provision::owned], 0.1);
    CHECK(nearly.after(500) < 0.9);
}

TEST_CASE("the first breach of the ceasefire in a quiet time is told, those that follow at once are not", "[peace process]") {
    Truce truce;
    truce.tiny.run(5);
    CHECK(truce.tiny.state().events().empty());
    truce.tiny[group::violations][0] = 2;
    truce.tiny[group::violations][1] = 2;  // not a party
    truce.tiny.run(10);
    REQUIRE(truce.tiny.state().events().size() == 1);
    CHECK(truce.tiny.state().events()[0].kind == static_cast<int>(EventKind::ceasefire_violation));
    CHECK(truce.tiny.state().events()[0].actor == 0);
}

TEST_CASE("a provision is announced when it passes three quarters, a dispute when it opens and is resolved",
          "[peace process]") {
    PeaceProcess fast = certain();
    fast.push = 0.1;
    fast.settle = 0.1;
    Agreement agreement(0.5, 1.0, fast);
    test::fill(agreement.tiny[provision::implementation], 0.4);
    test::fill(agreement.tiny[provision::disputes], 0.3);
    int implemented = 0;
    int resolved = 0;
    agreement.tiny.run(60);
    for (const auto& event : agreement.tiny.state().events()) {
        if (event.kind == static_cast<int>(EventKind::provision_implemented)) ++implemented;
        if (event.kind == static_cast<int>(EventKind::dispute_resolved)) ++resolved;
        CHECK(event.row == -1);
        CHECK(event.value < provision_count);
    }
    CHECK(implemented == provision_count);
    CHECK(resolved == provision_count);
}

TEST_CASE("verification reports what is done, late, and with an error that it shrinks itself", "[peace process]") {
    Agreement blind;
    test::fill(blind.tiny[provision::verified], 0.1);
    blind.after(10);
    for (const double v : blind.tiny[provision::verified]) CHECK_THAT(v, WithinAbs(0.1, 1e-12));
    Agreement seen;
    test::fill(seen.tiny[provision::verified], 0.1);
    seen.tiny[country::verification][0] = 1.0;
    seen.after(60);
    CHECK_THAT(seen.tiny[provision::verified][0], WithinAbs(seen.tiny[provision::implementation][0], 0.01));
    const auto scatter = [](double verification) {
        PeaceProcess process = certain();
        process.report_error_sd = 0.1;
        Agreement agreement(0.5, 0.0, process);
        agreement.tiny[country::verification][0] = verification;
        double sum = 0.0;
        for (int week = 0; week < 200; ++week) {
            agreement.tiny.run(1);
            for (std::size_t p = 0; p < provision_count; ++p) {
                const double off = agreement.tiny[provision::verified][p] - agreement.tiny[provision::implementation][p];
                sum += off * off;
            }
        }
        return sum;
    };
    CHECK(scatter(0.9) < scatter(0.3));
}

TEST_CASE("commitment follows the provisions a party minds, and falls once it is out", "[peace process]") {
    test::Tiny<GroupCommitment> tiny({.groups = 5}, GroupCommitment{});
    tiny[country::verification][0] = 1.0;
    test::fill(tiny[provision::verified], 0.4);
    tiny[provision::verified][static_cast<std::size_t>(Provision::power_sharing)] = 1.0;
    test::fill(tiny[group::commitment], 0.4);
    test::fill(tiny[group::signatory], 1);
    for (std::size_t g = 0; g < spoiler_count; ++g) tiny[group::spoiler][g] = static_cast<std::uint8_t>(g);
    tiny[group::signatory][4] = 0;
    tiny.run(2000);
    const auto c = tiny[group::commitment];
    const double all = 0.4 + 0.6 / provision_count;
    CHECK_THAT(c[0], WithinAbs(all, 1e-6));
    CHECK_THAT(c[1], WithinAbs(0.5 * 0.4 + 0.5 * all, 1e-6));
    CHECK_THAT(c[2], WithinAbs(0.5 * 0.7 + 0.5 * all, 1e-6));
    CHECK_THAT(c[3], WithinAbs(0.5 * 1.0 + 0.5 * all, 1e-6));
    CHECK(c[4] < 1e-6);
    // What nobody verifies counts for less.
    const double believed = c[0];
    tiny[country::verification][0] = 0.0;
    tiny.run(2000);
    CHECK_THAT(c[0], WithinAbs((1.0 - GroupCommitment{}.doubt) * believed, 1e-6));
    tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::harass);
    tiny.run(1);
    CHECK_THAT(c[0], WithinAbs((1.0 - GroupCommitment{}.doubt) * all * std::exp(-0.01), 1e-6));
}

TEST_CASE("a ceasefire mends while parties keep it and gives way to breaches", "[ceasefire]") {
    Truce kept;
    kept.tiny.run(10);
    CHECK_THAT(kept.tiny[country::ceasefire][0], WithinAbs(1.0 - 0.1 * std::exp(-0.2), 1e-12));
    Truce violated;
    violated.tiny[group::violations][0] = 2;
    violated.tiny.run(1);
    CHECK_THAT(violated.tiny[country::ceasefire][0], WithinAbs((1.0 - 0.1 * std::exp(-0.02)) * std::exp(-0.05 * 2.0), 1e-12));
    Truce harassed;
    harassed.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::harass);
    Truce fought;
    fought.tiny[group::posture][0] = static_cast<std::uint8_t>(Posture::fight);
    harassed.tiny.run(10);
    fought.tiny.run(10);
    CHECK(harassed.tiny[country::ceasefire][0] < 0.9);
    CHECK(fought.tiny[country::ceasefire][0] < harassed.tiny[country::ceasefire][0]);
    // It binds those who signed.
    Truce stranger;
    stranger.tiny[group::posture][1] = static_cast<std::uint8_t>(Posture::fight);
    stranger.tiny.run(10);
    CHECK(stranger.tiny[country::ceasefire][0] == kept.tiny[country::ceasefire][0]);
}

TEST_CASE("good offices, patrols and observers verify; what is seen of breaches is breaches times verification", "[ceasefire]") {
    Truce alone;
    alone.tiny[group::violations][0] = 3;
    alone.tiny.run(1);
    CHECK_THAT(alone.tiny[country::verification][0], WithinAbs(0.4, 1e-12));
    CHECK_THAT(alone.tiny[group::recent_violations][0], WithinAbs(1.2, 1e-12));
    const auto verified = [](const auto& set) {
        Truce truce;
        set(truce.tiny);
        truce.tiny.run(1);
        return truce.tiny[country::verification][0];
    };
    CHECK(verified([](auto& t) { t[region_activity::reach][row(Activity::good_offices)] = 1.0; }) > 0.4);
    CHECK(verified([](auto& t) { t[region_activity::reach][row(Activity::patrol)] = 1.0; }) > 0.4);
    CHECK(verified([](auto& t) { t[region_component::strength][row(Component::observers)] = 1.0; }) > 0.4);
    CHECK(verified([](auto& t) { t[country::political_oversight][0] = 1.0; }) > 0.4);
    // Memory halves in its half-life.
    alone.tiny[group::violations][0] = 0;
    alone.tiny.run(8);
    CHECK_THAT(alone.tiny[group::recent_violations][0], WithinAbs(0.6, 1e-12));
}

TEST_CASE("political support is what mission or follow-on give", "[ceasefire]") {
    Truce truce;
    truce.tiny[region_activity::reach][row(Activity::good_offices)] = 0.6;
    truce.tiny.run(1);
    CHECK_THAT(truce.tiny[country::process_support][0], WithinAbs(0.6, 1e-12));
    truce.tiny[country::political_oversight][0] = 1.0;
    truce.tiny.run(1);
    CHECK_THAT(truce.tiny[country::process_support][0], WithinAbs(0.8, 1e-12));
}
