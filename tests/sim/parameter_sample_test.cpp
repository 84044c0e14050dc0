#include "sim/parameter_sample.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "sim/field.hpp"
#include "tests/catch.hpp"

using Catch::Matchers::WithinAbs;
using sim::ParameterSample;

namespace {

struct Rain {
    double rate = 2.0;
    double shift = -0.5;
    double fixed = 1.0;
    static constexpr auto parameters =
        sim::parameters(sim::parameter("rate", &Rain::rate, "week^-1", sim::at_least(0.0), "rate", sim::Evidence{}, sim::Effect{},
                                       sim::uncertain_factor(0.5)),
                        sim::parameter("shift", &Rain::shift, "1", sim::between(-1.0, 0.0), "shift", sim::Evidence{},
                                       sim::Effect{}, sim::uncertain_by(0.2)),
                        sim::parameter("fixed", &Rain::fixed, "1", sim::at_least(0.0), "no prior"));
};

Rain read(const std::string& text, const sim::Sampler& sampler) {
    sim::Diagnostics findings;
    const sim::Document document = sim::Document::from_text(text, "rain.toml", {}, findings);
    Rain rain;
    sim::read_fields(document.root().child_or_empty("rain"), rain, sampler, findings);
    REQUIRE(findings.empty());
    return rain;
}

sim::Sampler at(double u, sim::Sampler::Given given = {}) {
    return sim::Sampler([u](std::string_view) { return u; }, std::move(given));
}

ParameterSample sample_of(const std::string& text, sim::Diagnostics& findings) {
    const auto path = std::filesystem::temp_directory_path() / "drawdown_sample_test.csv";
    std::ofstream(path) << text;
    return ParameterSample::read(path.string(), findings);
}

TEST_CASE("a number with a prior is drawn around its default, unless it is set, given or fixed", "[sampler]") {
    const Rain middle = read("", at(0.5));
    CHECK_THAT(middle.rate, WithinAbs(2.0, 1e-9));
    CHECK(middle.fixed == 1.0);
    // One standard deviation up: a factor exp(0.5) of the lognormal one; the normal one is cut at 0.
    const double u = 0.8413447460685429;
    CHECK_THAT(read("", at(u)).rate, WithinAbs(2.0 * std::exp(0.5), 1e-6));
    CHECK(read("", at(0.9999)).shift <= 0.0);
    CHECK(read("[rain]\nrate = 3.0", at(u)).rate == 3.0);
    CHECK(read("", sim::Sampler::central()).rate == 2.0);
    const sim::Sampler given = at(u, [](std::string_view key) { return key == "rain.rate" ? std::optional(7.0) : std::nullopt; });
    CHECK(read("", given).rate == 7.0);
    REQUIRE(given.draws().size() == 2);
    CHECK(given.draws()[0].key == "rain.rate");
    CHECK(given.draws()[0].value == 7.0);
}

TEST_CASE("a sample is read with its provenance, and rows come in proportion to the weights in use", "[sampler]") {
    sim::Diagnostics findings;
    ParameterSample sample = sample_of("# made by a test\n# twice\na.x,b.y,without_C1\n1,10,0\n2,20,3\n3,30,1\n", findings);
    REQUIRE(findings.empty());
    CHECK(sample.rows() == 3);
    CHECK(sample.value(1, "b.y") == 20.0);
    CHECK_FALSE(sample.value(1, "c.z").has_value());
    CHECK(sample.row_at(0.1) == 0);
    CHECK(sample.row_at(0.9) == 2);
    const std::uint64_t before = sample.fingerprint();
    REQUIRE(sample.weigh_by("without_C1"));
    CHECK_FALSE(sample.weigh_by("without_C2"));
    CHECK(sample.fingerprint() != before);
    CHECK(sample.row_at(0.01) == 1);
    CHECK(sample.row_at(0.74) == 1);
    CHECK(sample.row_at(0.76) == 2);
}

TEST_CASE("a sample without rows, with a weight below 0 or with none above it is told", "[sampler]") {
    for (const char* text : {"a.x\n", "a.x,w\n1,-1\n", "a.x,w\n1,0\n", "w\n1\n"}) {
        sim::Diagnostics findings;
        (void)sample_of(text, findings);
        CHECK_FALSE(findings.empty());
    }
}

}  // namespace
