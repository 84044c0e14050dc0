#pragma once
// Epstein's Model I as a whole: settings, start, run, and what is read from a run.

#include <cstdint>
#include <span>
#include <vector>

#include "models/epstein/activation.hpp"
#include "sim/process.hpp"

namespace drawdown::epstein {

/// What a run takes. The defaults are the run with outbursts as it is passed on in public copies of the model (NetLogo's
/// Rebellion and others): 40 x 40 sites, 0.7 citizens and 0.04 cops a site, vision 7, legitimacy 0.82, sentences up to 30.
struct Settings {
    std::int32_t size = 40;                ///< sites along a side
    double citizens = 0.7;                 ///< citizens a site
    double cops = 0.04;                    ///< cops a site
    double vision = 7.0;                   ///< how far citizens and cops see and move [sites]
    std::int32_t max_sentence_steps = 30;  ///< largest sentence [steps]
    double threshold = 0.1;                ///< T [1]
    double arrest_constant = 2.3;          ///< k [1]
    Legitimacy legitimacy;
    Ratio ratio = Ratio::floored;
    Order order = Order::serial;
    std::int32_t steps = 1000;
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
};

/// State of the society after one step.
struct Reading {
    std::int32_t step = 0;
    double legitimacy = 0.0;
    std::int64_t quiet = 0;
    std::int64_t active = 0;
    std::int64_t jailed = 0;
};

/// One run. Results are the same for any number of threads.
class Society {
  public:
    /// Throws std::logic_error if the settings do not go together: more than one person a site, or a vision beyond the torus.
    explicit Society(const Settings& settings, bool parallel = false);
    Society(const Society&) = delete;  // the schedule points to the layout
    Society& operator=(const Society&) = delete;

    /// One step: legitimacy, activation of all, releases, counts.
    Reading step();
    [[nodiscard]] sim::State& state() { return state_; }
    [[nodiscard]] const Lattice& lattice() const { return *lattice_; }
    /// Citizens and cops.
    [[nodiscard]] std::int64_t actors() const { return citizens_ + cops_; }

  private:
    void place(const Settings& settings);

    std::shared_ptr<const Lattice> lattice_;
    std::int64_t citizens_;
    std::int64_t cops_;
    sim::Schedule schedule_;
    sim::Layout layout_;
    sim::State state_;
    sim::Step now_;
};

/// A run of `settings.steps` steps.
[[nodiscard]] std::vector<Reading> run(const Settings& settings, bool parallel = false);

/// Outbursts in a run: spells of steps in each of which more than `share` of all citizens are active.
struct Outbursts {
    double mean_active = 0.0;      ///< mean share of citizens active [1]
    double peak_active = 0.0;      ///< largest share active [1]
    double quiet_time = 0.0;       ///< share of steps with less than one in a hundred active [1]
    std::int64_t number = 0;       ///< spells
    double mean_wait_steps = 0.0;  ///< mean time from the start of one to the start of the next [steps]; 0 with fewer than two
    double spread_of_wait = 0.0;   ///< standard deviation over mean of these times [1]
    double mean_jailed = 0.0;      ///< mean share of citizens in jail [1]
};
[[nodiscard]] Outbursts outbursts(std::span<const Reading> readings, double share = 0.05);

}  // namespace drawdown::epstein
