#pragma once
// A statistical stand-in for the model: what the mean of an outcome is at parameters at which the model was not run.

#include <Eigen/Dense>

namespace drawdown {

/// Gaussian process of an outcome seen with noise (Rasmussen and Williams 2006, chapters 2 and 5), with the covariance
///     k(x, x') = v [a x.x' / d + b exp(-|w (x - x')|^2 / (2 l^2)) + (1 - a - b) 1(same point)]
/// of standardised parameters x: a linear trend, what bends it, and the chance of single runs. w weighs parameters by how
/// strongly the outcome goes with them (Pearson), relative to the strongest. a, b and l maximise the marginal likelihood on a
/// coarse grid.
class Emulator {
  public:
    /// `x` [points x parameters], `y` [points]; at least 10 points.
    Emulator(Eigen::MatrixXd x, const Eigen::VectorXd& y);

    /// Mean of the outcome at `x`.
    [[nodiscard]] double mean(const Eigen::VectorXd& x) const;
    /// Variance of the mean at a typical point: how well the emulator knows it.
    [[nodiscard]] double variance() const { return variance_; }
    /// Share of the variance of single runs that it foretells at points left out one by one; 0 or below: nothing.
    [[nodiscard]] double explained() const { return explained_; }

  private:
    [[nodiscard]] Eigen::VectorXd covariances(const Eigen::VectorXd& x) const;

    Eigen::MatrixXd x_;
    Eigen::RowVectorXd weights_;
    double trend_ = 0.0, bend_ = 0.0, length_ = 1.0;
    double centre_ = 0.0, scale_ = 1.0;
    Eigen::VectorXd alpha_;
    double variance_ = 0.0;
    double explained_ = 0.0;
};

}  // namespace drawdown
