#pragma once
// Calibration: which parameters the known patterns and exits speak for.
//
// The model is run once at each point of a design in the space of the uncertain parameters; Gaussian processes foretell the
// means of a few statistics elsewhere; a particle filter draws parameters in proportion to prior times likelihood of the
// statistics that were seen. The design comes in two waves: over the prior, then over what the first wave leaves (Vernon,
// Goldstein and Bower 2010, history matching; Del Moral, Doucet and Jasra 2006, tempering).

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

/// Emulators of targets, and what they say of a point.
class Likelihood {
  public:
    Likelihood(const Eigen::MatrixXd& design, const std::vector<Target>& targets);
    /// Log of the normal density of what was seen, with the variance of the emulator added.
    [[nodiscard]] double log_density(const Eigen::VectorXd& point) const;
    [[nodiscard]] std::vector<double> means(const Eigen::VectorXd& point) const;
    [[nodiscard]] double explained(std::size_t target) const;

  private:
    struct Part;
    std::vector<Part> parts_;

  public:
    ~Likelihood();
    Likelihood(const Likelihood&) = delete;
    Likelihood& operator=(const Likelihood&) = delete;
};

/// Draws [draws x parameters] from standard normal prior times likelihood, by tempering.
[[nodiscard]] Eigen::MatrixXd draw_posterior(const Likelihood& likelihood, std::size_t draws, std::size_t parameters,
                                             std::uint64_t seed);

/// A line for each parameter: prior, posterior, and whether the data moved it.
[[nodiscard]] std::string parameters_text(const Eigen::MatrixXd& posterior, const std::vector<sim::FieldInfo>& parameters,
                                          bool markdown);
/// A line for each target: seen, under the prior, under the posterior.
[[nodiscard]] std::string targets_text(const std::vector<Target>& targets, const Likelihood& likelihood,
                                       const Eigen::MatrixXd& posterior, bool markdown);

}  // namespace drawdown
