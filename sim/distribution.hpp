#pragma once
// Distributions that may stand where a number may: one uniform number gives one draw, by the inverse of the distribution
// function.

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace sim {

/// Quantile of the standard normal distribution for p in (0, 1): x with Phi(x) = p, to about 16 digits.
/// Wichura (1988), Algorithm AS 241, Applied Statistics 37, routine PPND16.
[[nodiscard]] double normal_quantile(double p);

/// Standard normal distribution function Phi(x), by the series of Marsaglia (2004, J. Stat. Software 11(4)) near 0 and the
/// continued fraction of Laplace for Mills' ratio in the tails. Relative error below 1e-12 for x > -35.
[[nodiscard]] double normal_distribution_function(double x);

/// A parameter of a distribution is impossible. `parameter` names it ("sd"); what() says why.
class BadDistribution : public std::invalid_argument {
  public:
    BadDistribution(std::string which, const std::string& why) : std::invalid_argument(why), parameter(std::move(which)) {}
    std::string parameter;
};

/// A distribution of one number. Made by the named functions, which throw BadDistribution for impossible parameters.
class Distribution {
  public:
    static constexpr double infinity = std::numeric_limits<double>::infinity();

    static Distribution constant(double value);
    /// Equally likely anywhere between min < max.
    static Distribution uniform(double min, double max);
    /// The logarithm is uniform; 0 < min < max.
    static Distribution loguniform(double min, double max);
    /// min <= mode <= max, min < max.
    static Distribution triangular(double min, double mode, double max);
    /// Normal with mean and sd > 0, restricted to [min, max]; `mean` and `sd` are those before the restriction.
    static Distribution normal(double mean, double sd, double min = -infinity, double max = infinity);
    /// The logarithm is normal with median log(median) and standard deviation sigma > 0; restricted to [min, max], min >= 0.
    static Distribution lognormal(double median, double sigma, double min = 0.0, double max = infinity);
    /// values[i] with a probability proportional to weights[i] >= 0, of which one at least is > 0.
    static Distribution discrete(std::vector<double> values, std::vector<double> weights);

    /// The value below which a share `u` in (0, 1) of the draws lie: nondecreasing in u. Asserts 0 < u < 1.
    [[nodiscard]] double sample(double u) const;

    /// The value that stands for the distribution when nothing is drawn: the constant, the middle (uniform), the median
    /// (loguniform: the geometric middle; lognormal: before its restriction), the mode (triangular), the mean before its
    /// restriction (normal), the first of the likeliest values (discrete); in all cases brought into [lowest, highest].
    [[nodiscard]] double central() const;

    /// Ends of the support; infinite where there is none.
    [[nodiscard]] double lowest() const { return min_; }
    [[nodiscard]] double highest() const { return max_; }
    /// False where the support comes near to `lowest()` and never reaches it: minus infinity, or 0 of an unrestricted lognormal.
    [[nodiscard]] bool reaches_lowest() const;
    [[nodiscard]] bool reaches_highest() const { return max_ < infinity; }

  private:
    enum class Kind { constant, uniform, loguniform, triangular, normal, lognormal, discrete };
    Distribution(Kind kind, double min, double max) : kind_(kind), min_(min), max_(max) {}

    /// Prepares draws of a standard normal number restricted to [low, high]. Throws BadDistribution if hardly any mass is there.
    void restrict_normal(double low, double high);
    [[nodiscard]] double restricted_normal(double u) const;

    Kind kind_;
    double min_;
    double max_;
    double place_ = 0.0;   ///< mode, mean or median
    double spread_ = 0.0;  ///< sd or sigma
    double mass_below_ = 0.0;
    double mass_within_ = 1.0;
    bool mirrored_ = false;
    std::vector<double> values_;
    std::vector<double> cumulative_;  ///< of the weights, not normalised
};

}  // namespace sim
