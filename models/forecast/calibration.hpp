#pragma once
// Calibration: which distribution of the parameters the known patterns and exits speak for.
//
// Parameters differ between countries, and what was seen are shares and means over many countries. So the posterior is that
// distribution q of parameters over countries which goes least beyond the prior p (relative entropy, Jaynes 1957) while its
// pooled statistics come near to what was seen:
//     q minimises  KL(q | p) + sum_t E_q[m_t]^2 / (2 s_t^2),   m_t(x) what statistic t misses on average at parameters x.
// Its solution is a tilt q(x) = p(x) exp(sum_t l_t m_t(x)) / Z, one number l_t a statistic (Csiszar 1975; with s_t as slack:
// Dudik, Phillips and Schapire 2007). The model is run once at each point of a design in the space of the uncertain parameters;
// Gaussian processes foretell m_t elsewhere, so that chance in single runs selects nothing. The design comes in two waves: over
// the prior, then over what the first wave leaves, which also shows whether new runs bear out what was foretold.

#include <Eigen/Dense>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/forecast/patterns.hpp"
#include "models/forecast/scores.hpp"
#include "sim/field.hpp"

namespace drawdown {

/// A statistic of the runs at one point of the design, what was seen of it, and how far the model may be from that: error of the
/// observation and shortcoming of the model together.
struct Target {
    std::string name;
    std::string source;
    double seen = 0.0;
    double sd = 1.0;
    std::vector<double> values;  ///< by point; not a number where a run says nothing of it
    /// Runs that a value stands for, by point; none for one each. A share that is seen of all runs together, such as of those
    /// that begin quietly, is the mean of the points' shares by these.
    std::vector<double> counts = {};

    /// Mean over the points.
    [[nodiscard]] double pooled() const;
    /// What the values miss `seen` by, so weighed that its mean is that of the pooled share, by point.
    [[nodiscard]] std::vector<double> misses() const;
};

/// Statistics of the exits that count: of those that were quiet before (fewer than 25 deaths in the last year), and of the
/// others. `without` names an exit that does not count; empty for none.
[[nodiscard]] std::vector<Target> exit_targets(const PatternRuns& runs, const std::vector<ExitRow>& rows,
                                               const std::vector<Outcome>& outcomes, const std::string& without = {});
/// Statistics of the patterns.
[[nodiscard]] std::vector<Target> pattern_targets(const PatternRuns& runs);

/// Points [points x parameters] in standard normal coordinates, one in each stratum of every parameter (McKay, Beckman and
/// Conover 1979, Latin hypercube).
[[nodiscard]] Eigen::MatrixXd latin_hypercube(std::size_t points, std::size_t parameters, std::uint64_t seed);
/// The parameter values that a point stands for.
[[nodiscard]] std::vector<double> values_of(const Eigen::VectorXd& point, const std::vector<sim::FieldInfo>& parameters);

/// Emulators of what targets miss.
class Emulators {
  public:
    Emulators(const Eigen::MatrixXd& design, const std::vector<Target>& targets);
    ~Emulators();
    Emulators(const Emulators&) = delete;
    Emulators& operator=(const Emulators&) = delete;

    /// Mean misses [points x targets] at `points`.
    [[nodiscard]] Eigen::MatrixXd misses(const Eigen::MatrixXd& points) const;
    /// What the targets may miss by.
    [[nodiscard]] Eigen::VectorXd slack() const;
    [[nodiscard]] double explained(std::size_t target) const;

  private:
    struct Part;
    std::vector<Part> parts_;
};

/// The tilt l of points of the prior that miss by `misses` [points x targets]: the minimum of
///     log mean_i exp(l . misses_i) + sum_t (s_t l_t)^2 / 2,
/// at which the pooled misses are -s_t^2 l_t. By Newton's method; the function is convex.
[[nodiscard]] Eigen::VectorXd tilt(const Eigen::MatrixXd& misses, const Eigen::VectorXd& slack);
/// Weights of the points under a tilt; their sum is 1.
[[nodiscard]] Eigen::VectorXd weights(const Eigen::MatrixXd& misses, const Eigen::VectorXd& tilted);

/// Points of the prior [particles x parameters], and what their weights are.
struct Posterior {
    Eigen::MatrixXd points, misses;
    Eigen::VectorXd tilted;

    Posterior(const Emulators& emulators, std::size_t particles, std::size_t parameters, std::uint64_t seed);
    /// Draws by systematic resampling (Kitagawa 1996): rows of `points`.
    [[nodiscard]] std::vector<Eigen::Index> draw(std::size_t draws, std::uint64_t seed) const;
    /// Number of points of the prior that would say as much (Kish).
    [[nodiscard]] double effective() const;
    /// For each row, how much more likely it is under `other` statistics than under these; at most 1.
    [[nodiscard]] std::vector<double> weights_under(const Emulators& other, const std::vector<Eigen::Index>& rows) const;
};

/// A line for each parameter: prior, posterior, and whether the data moved it.
[[nodiscard]] std::string parameters_text(const Eigen::MatrixXd& posterior, const std::vector<sim::FieldInfo>& parameters,
                                          bool markdown);
/// A line for each target: seen, under the prior, foretold of the posterior, and over the points of `check`, which were run where
/// the posterior of the first wave lay.
[[nodiscard]] std::string targets_text(const std::vector<Target>& targets, const std::vector<Target>& check,
                                       const Emulators& emulators, const Posterior& posterior, bool markdown);

}  // namespace drawdown
