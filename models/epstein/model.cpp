#include "models/epstein/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "sim/random.hpp"

namespace drawdown::epstein {

namespace {

sim::Schedule schedule_of(const Settings& settings, const std::shared_ptr<const Lattice>& lattice) {
    sim::Schedule schedule;
    schedule.add(settings.legitimacy);
    schedule.add(Activation{lattice, settings.threshold, settings.arrest_constant, settings.max_sentence_steps, settings.ratio,
                            settings.order});
    schedule.add(Release{lattice});
    schedule.add(Count{});
    return schedule;
}

sim::Layout layout_of(const sim::Schedule& schedule) {
    sim::Layout layout;
    schedule.declare(layout);
    return layout;
}

std::int64_t number(double a_site, const Lattice& lattice) { return std::llround(a_site * lattice.sites()); }

}  // namespace

Society::Society(const Settings& settings, bool parallel)
    : lattice_(std::make_shared<const Lattice>(settings.size, settings.vision)),
      citizens_(number(settings.citizens, *lattice_)),
      cops_(number(settings.cops, *lattice_)),
      schedule_(schedule_of(settings, lattice_)),
      layout_(layout_of(schedule_)),
      state_(layout_) {
    if (citizens_ < 1 || cops_ < 0 || actors() > lattice_->sites())
        throw std::logic_error("citizens and cops stand on sites of their own");
    schedule_.bind(layout_);
    now_.seed = settings.seed;
    now_.replicate = settings.replicate;
    now_.parallel = parallel;
    place(settings);
}

void Society::place(const Settings& settings) {
    const auto sites = static_cast<std::size_t>(lattice_->sites());
    state_.set_rows("citizen", static_cast<std::size_t>(citizens_), {});
    state_.set_rows("cop", static_cast<std::size_t>(cops_), {});
    state_.set_rows("site", sites, {});
    state_.set_rows("map", lattice_->map_bytes(), {});
    state_.set_rows("society", 1, {});
    std::vector<std::int32_t> order(sites);
    std::iota(order.begin(), order.end(), 0);
    std::vector<std::uint32_t> words(sites);
    sim::fill_words(sim::stream_key(settings.seed, "places"), settings.replicate, 0, 0, 0, words, 0);
    for (std::size_t i = sites; i > 1; --i) std::swap(order[i - 1], order[std::uint64_t{words[i - 1]} * i >> 32]);

    const sim::StreamKey traits = sim::stream_key(settings.seed, "traits");
    for (std::size_t i = 0; i < static_cast<std::size_t>(actors()); ++i) {
        const std::int32_t site = order[i];
        lattice_->set(state_.of(map::taken), lattice_->point(site), true);
        if (i < static_cast<std::size_t>(citizens_)) {
            sim::Rng rng(traits, settings.replicate, {0, static_cast<std::uint32_t>(i)}, 0);
            state_.of(citizen::hardship)[i] = rng.uniform();
            state_.of(citizen::risk_aversion)[i] = rng.uniform();
            state_.of(citizen::site)[i] = site;
            state_.of(site::citizen)[static_cast<std::size_t>(site)] = static_cast<std::int32_t>(i) + 1;
        } else {
            state_.of(cop::site)[i - static_cast<std::size_t>(citizens_)] = site;
            lattice_->set(state_.of(map::cops), lattice_->point(site), true);
        }
    }
}

Reading Society::step() {
    schedule_.run(state_, now_);
    ++now_.index;
    const std::int64_t active = state_.of(society::active)[0];
    const std::int64_t jailed = state_.of(society::jailed)[0];
    return {now_.index, state_.of(society::legitimacy)[0], citizens_ - active - jailed, active, jailed};
}

std::vector<Reading> run(const Settings& settings, bool parallel) {
    Society society(settings, parallel);
    std::vector<Reading> readings;
    for (std::int32_t i = 0; i < settings.steps; ++i) readings.push_back(society.step());
    return readings;
}

Outbursts outbursts(std::span<const Reading> readings, double share) {
    Outbursts found;
    if (readings.empty()) return found;
    const auto citizens = static_cast<double>(readings[0].quiet + readings[0].active + readings[0].jailed);
    const auto n = static_cast<double>(readings.size());
    std::vector<double> waits;
    std::int32_t last = 0;
    bool out = false;
    for (const Reading& now : readings) {
        const double active = static_cast<double>(now.active) / citizens;
        found.mean_active += active / n;
        found.mean_jailed += static_cast<double>(now.jailed) / citizens / n;
        found.peak_active = std::max(found.peak_active, active);
        if (active < 0.01) found.quiet_time += 1.0 / n;
        if (active > share && !out) {
            if (found.number++ > 0) waits.push_back(now.step - last);
            last = now.step;
        }
        out = active > share;
    }
    if (waits.empty()) return found;
    const auto count = static_cast<double>(waits.size());
    found.mean_wait_steps = std::accumulate(waits.begin(), waits.end(), 0.0) / count;
    double square = 0.0;
    for (const double wait : waits) square += (wait - found.mean_wait_steps) * (wait - found.mean_wait_steps);
    found.spread_of_wait = std::sqrt(square / count) / found.mean_wait_steps;
    return found;
}

}  // namespace drawdown::epstein
