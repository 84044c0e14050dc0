// Times of the kernels that a week consists of: random words, exponentials, the attitude loop over one community.

#include <benchmark/benchmark.h>

#include <vector>

#include "models/transition/attitudes.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace {

void random_words(benchmark::State& state) {
    std::vector<std::uint32_t> words(1024);
    const sim::StreamKey key = sim::stream_key(1, "bench");
    std::uint32_t step = 0;
    for (auto _ : state) {
        sim::fill_words(key, 0, step++ & 0xFFFF, 7, 0, words, 0);
        benchmark::DoNotOptimize(words.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(words.size()));
}
BENCHMARK(random_words);

void exponentials(benchmark::State& state) {
    std::vector<float> x(1024, -0.5F);
    std::vector<float> y(1024);
    for (auto _ : state) {
        for (std::size_t i = 0; i < x.size(); ++i) y[i] = sim::exp(x[i]);
        benchmark::DoNotOptimize(y.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}
BENCHMARK(exponentials);

void attitudes(benchmark::State& state) {
    using drawdown::Attitudes;
    const Attitudes process;
    const Attitudes::Pull pull = process.pull({.violence = 0.1F,
                                               .protection = 0.2F,
                                               .services = 0.4F,
                                               .mission_services = 0.1F,
                                               .abuse = 0.1F,
                                               .dialogue = 0.1F,
                                               .rumour = 0.1F,
                                               .misconduct = 0.1F,
                                               .presence = 0.1F,
                                               .messages = 0.1F,
                                               .disputes = 0.1F,
                                               .sexual_violence = 0.1F,
                                               .women_take_part = 0.3F,
                                               .youth_take_part = 0.3F,
                                               .neighbours_grievance = 0.5F,
                                               .neighbours_trust = 0.5F,
                                               .mission_open = 1.0F},
                                              1.0);
    std::vector<Attitudes::Values> values(300, {0.5F, 0.1F, 0.5F, 0.5F, 0.4F});
    for (auto _ : state) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = Attitudes::updated(values[i],
                                           {0.5F, 0.4F, 0.1F, drawdown::personal_deviation(7, static_cast<std::uint32_t>(i)),
                                            i % 2 == 0 ? 1.0F : 0.0F, 0.0F},
                                           pull);
        benchmark::DoNotOptimize(values.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}
BENCHMARK(attitudes);

}  // namespace

BENCHMARK_MAIN();
