#include <fmt/format.h>
#include <chrono>

#include "models/cli/commands.hpp"
#include "models/epstein/model.hpp"
#include "sim/ensemble.hpp"
#include "sim/parallel.hpp"

namespace drawdown {

namespace {

epstein::Settings settings_of(const EpsteinOptions& given, std::uint64_t seed) {
    epstein::Settings settings;
    settings.size = given.size;
    settings.steps = given.steps;
    settings.citizens = given.citizens;
    settings.cops = given.cops;
    settings.vision = given.vision;
    settings.max_sentence_steps = given.max_sentence;
    settings.legitimacy = {given.legitimacy, given.fall_to.value_or(given.legitimacy), given.fall_at, given.fall_over};
    settings.ratio = given.continuous ? epstein::Ratio::continuous : epstein::Ratio::floored;
    settings.order = given.tiles ? epstein::Order::tiles : epstein::Order::serial;
    settings.seed = seed;
    return settings;
}

void check(const epstein::Settings& settings) {
    if (settings.citizens + settings.cops > 1.0)
        throw UsageError(fmt::format("--citizens {} and --cops {}: together at most 1 a site", settings.citizens, settings.cops));
    if (settings.size <= 2 * static_cast<int>(settings.vision))
        throw UsageError(fmt::format("--size {}: expected more than twice the vision of {}", settings.size, settings.vision));
}

void print_summary(const std::vector<epstein::Reading>& readings) {
    const epstein::Outbursts found = epstein::outbursts(readings);
    const epstein::Reading& last = readings.back();
    fmt::print("citizens                    {}\n", last.quiet + last.active + last.jailed);
    fmt::print("active, mean and peak       {:.2f} % and {:.2f} %\n", 100.0 * found.mean_active, 100.0 * found.peak_active);
    fmt::print("in jail, mean               {:.2f} %\n", 100.0 * found.mean_jailed);
    fmt::print("steps with under 1 % active {:.1f} %\n", 100.0 * found.quiet_time);
    fmt::print("outbursts (over 5 % active) {}\n", found.number);
    if (found.mean_wait_steps > 0.0)
        fmt::print("from one to the next        {:.1f} steps, standard deviation {:.2f} of that\n", found.mean_wait_steps,
                   found.spread_of_wait);
}

}  // namespace

int epstein_command(const Options& options) {
    const epstein::Settings settings = settings_of(options.epstein, options.seed);
    check(settings);
    const int threads = sim::threads_to_use(options.threads);
    std::vector<epstein::Reading> readings;
    const auto start = std::chrono::steady_clock::now();
    sim::on_threads(threads, [&] { readings = epstein::run(settings, threads > 1); });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (options.epstein.csv) {
        fmt::print("step,legitimacy,quiet,active,jailed\n");
        for (const epstein::Reading& now : readings)
            fmt::print("{},{:.6g},{},{},{}\n", now.step, now.legitimacy, now.quiet, now.active, now.jailed);
    } else {
        print_summary(readings);
    }
    if (!options.quiet) {
        const double activations = (settings.citizens + settings.cops) * settings.size * settings.size * settings.steps;
        fmt::print(stderr, "{} steps in {:.2f} s: {:.1f} million citizens and cops a second\n", settings.steps, seconds.count(),
                   activations / seconds.count() / 1e6);
    }
    return 0;
}

}  // namespace drawdown
