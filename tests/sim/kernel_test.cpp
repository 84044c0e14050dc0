#include "sim/kernel.hpp"

#include <vector>

#include "sim/random.hpp"
#include "tests/catch.hpp"

namespace {

constexpr auto levels = {sim::Instructions::v2, sim::Instructions::v3, sim::Instructions::v4};

std::vector<std::uint8_t> some_bytes(std::size_t n, std::uint32_t below) {
    sim::Rng rng(sim::stream_key(1, "bytes"), 0, {static_cast<std::uint32_t>(n), below}, 0);
    std::vector<std::uint8_t> bytes(n);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(rng.below(below));
    return bytes;
}

}  // namespace

TEST_CASE("levels of instructions have names, and the one in use is supported", "[kernel]") {
    for (const auto level : levels) CHECK(sim::instructions_named(sim::text(level)) == level);
    CHECK_FALSE(sim::instructions_named("x86-64"));
    const auto before = sim::instructions();
    for (const auto level : levels) {
        sim::use_instructions(level);
        CHECK(sim::instructions() <= sim::supported_instructions());
        CHECK(sim::instructions() <= level);
    }
    sim::use_instructions(before);
}

TEST_CASE("a kernel gives the same bits at every level", "[kernel]") {
    const auto before = sim::instructions();
    const std::size_t n = 1003;
    std::vector<float> plain(n);
    for (std::size_t i = 0; i < n; ++i) {
        const float x = 0.1F + 0.001F * static_cast<float>(i);
        plain[i] = x * 1.1F + 0.3F * (1.0F - x) / x;
    }
    for (const auto level : levels) {
        sim::use_instructions(level);
        std::vector<float> values(n);
        float* const out = values.data();
        sim::vectorised([=] {
            for (std::size_t i = 0; i < n; ++i) {
                const float x = 0.1F + 0.001F * static_cast<float>(i);
                out[i] = x * 1.1F + 0.3F * (1.0F - x) / x;
            }
        });
        CHECK(values == plain);
    }
    sim::use_instructions(before);
}

TEST_CASE("searches for bytes find what a plain loop finds", "[kernel]") {
    const std::size_t n = GENERATE(0U, 1U, 15U, 16U, 17U, 100U, 333U);
    const sim::ByteRange range =
        GENERATE(sim::ByteRange{0, 255}, sim::ByteRange{4, 6}, sim::ByteRange{9, 9}, sim::ByteRange{200, 255});
    const auto bytes = some_bytes(n, 12);
    const auto others = some_bytes(n, 2);
    for (std::size_t from = 0; from <= n; ++from) {
        std::size_t next = from;
        while (next < n && !range.contains(bytes[next])) ++next;
        REQUIRE(sim::next_in(bytes, from, range) == next);

        const std::array<sim::ByteTest, 2> tests{{{bytes.data(), range}, {others.data(), {1, 1}}}};
        std::size_t last = from;
        while (last > 0 && !(range.contains(bytes[last - 1]) && others[last - 1] == 1)) --last;
        REQUIRE(sim::last_where(tests, from) == (last == 0 ? sim::no_row : last - 1));
    }
    std::vector<std::size_t> visited;
    sim::for_each_in(bytes, range, [&](std::size_t i) { visited.push_back(i); });
    std::vector<std::size_t> there;
    for (std::size_t i = 0; i < n; ++i)
        if (range.contains(bytes[i])) there.push_back(i);
    CHECK(visited == there);
    std::vector<std::uint16_t> words(bytes.begin(), bytes.end());
    std::size_t zero = 0;
    while (zero < n && words[zero] != 0) ++zero;
    CHECK(sim::first_zero(words) == zero);
}

TEST_CASE("values are looked up in small and large tables at every level", "[kernel]") {
    const auto before = sim::instructions();
    const std::size_t n = GENERATE(0U, 1U, 15U, 16U, 17U, 333U);
    const std::uint32_t entries = GENERATE(1U, 5U, 16U, 17U, 256U);
    std::array<float, 256> table{};
    for (std::size_t i = 0; i < entries; ++i) table[i] = 1.0F / static_cast<float>(i + 1);
    const auto bytes = some_bytes(n, entries);
    for (const auto level : levels) {
        sim::use_instructions(level);
        std::vector<float> found(n + 1, -1.0F);
        sim::look_up(bytes, table.data(), entries, found.data());
        for (std::size_t i = 0; i < n; ++i) REQUIRE(found[i] == table[bytes[i]]);
        CHECK(found[n] == -1.0F);
    }
    sim::use_instructions(before);
}

TEST_CASE("a gap that is cut short is the same gap", "[kernel]") {
    const double p = GENERATE(0.5, 0.01, 1e-6);
    for (std::uint32_t i = 0; i < 2000; ++i) {
        sim::Rng whole(sim::stream_key(1, "gaps"), 0, {i, 0}, 0);
        sim::Rng cut = whole;
        REQUIRE(cut.geometric_gap(p, 300) == std::min<std::uint64_t>(whole.geometric_gap(p), 300));
        REQUIRE(cut.word() == whole.word());
    }
}

TEST_CASE("a stream hashed by the compiler is the stream of that name", "[kernel]") {
    constexpr sim::StreamName name("births");
    CHECK(name.key(7) == sim::stream_key(7, "births"));
}
