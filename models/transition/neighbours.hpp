#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// What comes from next door: instability, the stance of regimes, hosting of refugees, arms, trafficking, violent extremism.
///
/// Instability of a neighbour relaxes to its usual level, raised by dated spill-overs, with drift (Ornstein-Uhlenbeck); what is
/// not bordered does not come in. Spill-over of a region = highest instability across its borders. Arms flow follows spill-over
/// and arms shocks, less what state control stops. Trafficking follows the neighbours' and weak control, and pays armed groups
/// elsewhere. Extremism E of a region:
///     E' = spread (next door (1 - control) + mean of adjoining regions)(1 - E) + breeding G A E (1 - E) - fade (1 + youth jobs +
///     civil society) E
/// with grievance G and abuse A. Hosting falls as refugees fill the neighbours. Source: Beardsley 2011 (conflict spreads to
/// neighbours); equations ours.
struct Neighbours {
    double rate = 0.04;
    double drift_sd = 0.05;
    double stance_sd = 0.05;
    double arms_rate = 0.10;
    double trafficking_rate = 0.02;
    double extremism_spread = 0.004;
    double extremism_breeding = 0.10;
    double extremism_fade = 0.006;
    double extremists_arrive = 0.05;
    double hosting_fatigue = 2.0;
    std::vector<NeighbourInput> neighbours;
    std::vector<SpilloverInput> spillovers;
    std::vector<ShockInput> shocks;
    std::vector<std::vector<std::size_t>> across;  ///< by region: neighbours (rows) that it borders
    std::shared_ptr<const Geography> geography;

    static constexpr std::string_view name = "neighbours";
    static constexpr auto reads =
        sim::columns(shock::level, region::state_control, region::grievance, region::abuse, region::civil_society,
                     region::youth_jobs, region_function::capacity, country::refugees, country::population);
    static constexpr auto writes =
        sim::columns(neighbour::stance, neighbour::instability, neighbour::hosting, country::spillover, country::sponsor_stance,
                     region::spillover, region::arms_flow, region::trafficking, region::extremism);
    static constexpr auto streams = sim::streams({"neighbours"});
    static constexpr auto parameters = sim::parameters(
        sim::parameter("rate", &Neighbours::rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which a neighbour returns to its usual state",
                       sim::source("assumed: half a year", sim::Grade::D), sim::moves("spillover")),
        sim::parameter("drift_sd", &Neighbours::drift_sd, "1", sim::between(0.0, 1.0),
                       "standing deviation of a neighbour's instability", sim::source("assumed", sim::Grade::D),
                       sim::raises("spillover")),
        sim::parameter("stance_sd", &Neighbours::stance_sd, "1", sim::between(0.0, 1.0),
                       "standing deviation of a regime's stance", sim::source("assumed", sim::Grade::D),
                       sim::moves("sponsor_stance")),
        sim::parameter("arms_rate", &Neighbours::arms_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which the flow of arms follows spill-over", sim::source("assumed: ten weeks", sim::Grade::D),
                       sim::moves("arms_flow")),
        sim::parameter("trafficking_rate", &Neighbours::trafficking_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which trafficking follows weak control of a border",
                       sim::source("assumed: a year", sim::Grade::D), sim::moves("trafficking")),
        sim::parameter("extremism_spread", &Neighbours::extremism_spread, "week^-1", sim::between(0.0, 1.0),
                       "rate at which extremism spreads from next door and from adjoining regions",
                       sim::source("Mali to Burkina Faso and Niger: about five years; size judged", sim::Grade::C),
                       sim::raises("extremism")),
        sim::parameter("extremism_breeding", &Neighbours::extremism_breeding, "week^-1", sim::between(0.0, 1.0),
                       "rate at which what is there grows under full grievance and abuse",
                       sim::source("assumed: abuse by forces as the tipping point; size judged", sim::Grade::D),
                       sim::raises("extremism")),
        sim::parameter("extremism_fade", &Neighbours::extremism_fade, "week^-1", sim::between(0.0, 1.0), "rate at which it fades",
                       sim::source("assumed: three years", sim::Grade::D), sim::lowers("extremism")),
        sim::parameter("extremists_arrive", &Neighbours::extremists_arrive, "week^-1", sim::between(0.0, 1.0),
                       "rate at which a crossing of extremists of full size takes hold", sim::source("assumed", sim::Grade::D),
                       sim::raises("extremism")),
        sim::parameter("hosting_fatigue", &Neighbours::hosting_fatigue, "1", sim::between(0.0, 50.0),
                       "loss of readiness to host for the share of the country's people that is abroad",
                       sim::source("assumed", sim::Grade::D), sim::lowers("neighbour_hosting")));

    /// Sets the names of regions and what each borders.
    void lay_out(const Inputs& in);
    void step(sim::View<Neighbours> state, const sim::Step& now) const;

  private:
    void move_neighbours(sim::View<Neighbours> state, const sim::Step& now) const;
    void move_regions(sim::View<Neighbours> state, const sim::Step& now) const;
    /// Sum of the levels of shocks of a kind that reach a region.
    [[nodiscard]] double shock_in(sim::View<Neighbours> state, std::string_view kind, std::size_t region) const;
    std::vector<std::string> region_names_;
};

/// Neighbours and extremism as the scenario gives them at the start.
void start_neighbours(sim::State& state, const Inputs& in);

}  // namespace drawdown
