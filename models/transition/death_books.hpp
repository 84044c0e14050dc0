#pragma once

#include <array>
#include <memory>

#include "models/transition/columns.hpp"
#include "models/transition/geography.hpp"
#include "models/transition/violence.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Books the dead of each week to what drives violence, by a logarithmic mean Divisia decomposition (Ang 2005, Energy Policy 33).
///
/// A kind of violence is taken as the product of its drivers' factors f. With x_i = ln f_i - ln f_i at the start and d dead, the
/// same events under the drivers of the start would have left d0 = d exp(-sum x_i). d0 goes to `baseline`, where chance is in it
/// too, and each driver gets L x_i, with the logarithmic mean L = (d - d0) / sum x_i: the parts add up to d. The factors are
/// those of `violence`, whose parameters are used: mission = exp(-b thousands of troops), police likewise, withdrawal =
/// exp(spike W), next door exp(spill V), tension 1 + effect T, friction, rumour and lawless likewise, police capacity 1 - effect
/// c, grievance, distrust, abuse and what is not prevented as they are. What groups intend is counted by the fighters of the
/// country (and one, so that there is a logarithm), and the share of them that is out of the agreement. The sum of x is cut at ln
/// 10 either way: beyond, the start is no measure.
struct DeathBooks {
    ViolenceEvents law{};
    std::shared_ptr<const Geography> geography;

    static constexpr std::string_view name = "death_books";
    static constexpr auto reads =
        sim::columns(region_violence::deaths, region_group::fighters, group::alive, group::posture, region::population,
                     region::grievance, region::trust_state, region::abuse, region::friction, region::inter_group_fear,
                     region::holder, region::rumour, region::withdrawal, region::emptied, region_component::strength,
                     region_function::capacity, country::tension, country::mission_strength);
    static constexpr auto writes = sim::columns(region_driver::start, ledger::amount);
    static constexpr auto parameters = sim::parameters();

    using Drivers = std::array<double, driver_count>;  ///< logarithms of the factors
    /// What drives violence in a region now; `one_sided` takes the effect of troops on that.
    [[nodiscard]] Drivers drivers(const sim::View<DeathBooks>& state, std::size_t region) const;
    void step(sim::View<DeathBooks> state, const sim::Step& now) const;
};

}  // namespace drawdown
