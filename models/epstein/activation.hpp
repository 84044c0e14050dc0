#pragma once
// One step of Epstein's Model I: everyone moves and acts, one at a time.

#include <cstdint>
#include <memory>
#include <vector>

#include "models/epstein/columns.hpp"
#include "models/epstein/lattice.hpp"
#include "sim/process.hpp"

namespace drawdown::epstein {

/// How a citizen takes the ratio of cops to actives.
enum class Ratio : std::uint8_t {
    continuous,  ///< C/A, as the equation is printed
    floored,     ///< the whole part of C/A (Wilensky 2004): with more actives than cops in view nobody fears arrest
};

/// In which order citizens and cops are activated.
enum class Order : std::uint8_t {
    serial,  ///< one after the other over the whole torus, in a new random order each step
    tiles,   ///< the same within tiles; tiles that cannot meet go at the same time
};

/// Rules M, A and C of Epstein (2002), "Modeling civil violence", PNAS 99 suppl. 3, for every citizen who is free and every cop,
/// one at a time:
///
///   M  move to a random vacant site within vision (stay if there is none)
///   A  a citizen is active if and only if H (1 - L) - R P > T, with P = 1 - exp(-k [C/A]); C cops and A actives stand within
///      vision of the new site, and A counts the citizen as one
///   C  a cop arrests a random active citizen within vision; the sentence is uniform on 0 ... max_sentence steps
///
/// Who is arrested leaves the map. A step activates each once (random order without replacement). Under `Order::tiles` the torus
/// is cut into an even number of tiles a side, at a random place each step, and they are activated in four colours, in random
/// order: who starts in tiles of one colour can neither see nor reach what those of another such tile change, so the colour runs
/// on any number of threads with equal results. Order is then random within a tile only; a torus narrower than two tiles is
/// activated serially. The draws of an activation are named by who acts, in both orders.
struct Activation {
    std::shared_ptr<const Lattice> lattice{};
    double threshold = 0.1;                ///< T [1]
    double arrest_constant = 2.3;          ///< k [1]: P is 0.9 with one cop and one active in view
    std::int32_t max_sentence_steps = 30;  ///< largest sentence [steps]
    Ratio ratio = Ratio::floored;
    Order order = Order::serial;

    static constexpr std::string_view name = "activation";
    static constexpr auto reads = sim::columns(citizen::hardship, citizen::risk_aversion, society::legitimacy);
    static constexpr auto writes = sim::columns(citizen::site, citizen::active, citizen::sentence, cop::site, site::citizen,
                                                map::taken, map::actives, map::cops);
    static constexpr auto streams = sim::streams({"order", "tiles", "citizen", "cop"});

    /// Estimated probability [-] of arrest with `cops` and `actives` >= 1 in view.
    [[nodiscard]] double arrest_probability(std::int32_t cops, std::int32_t actives) const;
    void step(sim::View<Activation> state, const sim::Step& now) const;
};

/// Those in jail serve one step; whose sentence is over returns to a random vacant site of the whole map, quiet.
///
/// The paper leaves open where the released appear; with this choice they have no memory of where they were arrested.
struct Release {
    std::shared_ptr<const Lattice> lattice{};

    static constexpr std::string_view name = "release";
    static constexpr auto writes = sim::columns(citizen::site, citizen::sentence, site::citizen, map::taken);
    static constexpr auto streams = sim::streams({"release"});
    void step(sim::View<Release> state, const sim::Step& now) const;
};

/// Counts the active and the jailed.
struct Count {
    static constexpr std::string_view name = "count";
    static constexpr auto reads = sim::columns(citizen::active, citizen::site);
    static constexpr auto writes = sim::columns(society::active, society::jailed);
    void step(sim::View<Count> state, const sim::Step& now) const;
};

/// Legitimacy: `start`, then a straight line to `end` over `fall_steps` steps from step `fall_at` on; one step is a sudden fall.
struct Legitimacy {
    double start = 0.82;
    double end = 0.82;
    std::int32_t fall_at = 0;
    std::int32_t fall_steps = 1;

    static constexpr std::string_view name = "legitimacy";
    static constexpr auto writes = sim::columns(society::legitimacy);
    [[nodiscard]] double at(std::int32_t step) const;
    void step(sim::View<Legitimacy> state, const sim::Step& now) const { state[society::legitimacy][0] = at(now.index); }
};

}  // namespace drawdown::epstein
