#include "sim/distribution.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "sim/math.hpp"
#include "sim/suggest.hpp"

namespace sim {

namespace {

/// c[0] + c[1] x + c[2] x^2 + ...
template <std::size_t N>
double polynomial(const double (&c)[N], double x) {
    double sum = c[N - 1];
    for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

void require(bool good, const char* parameter, const std::string& why) {
    if (!good) throw BadDistribution(parameter, why);
}

void require_order(double min, double max) { require(min < max, "max", "must be above min = " + number_text(min)); }

}  // namespace

double normal_quantile(double p) {
    static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                   1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                   3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static constexpr double b[] = {1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
    static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr double d[] = {1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
    static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr double f[] = {1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
    assert(0.0 < p && p < 1.0);
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double r = std::sqrt(-sim::log(q < 0.0 ? p : 1.0 - p));
    const double x = r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6) : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
    return q < 0.0 ? -x : x;
}

double normal_distribution_function(double x) {
    constexpr double inverse_root_two_pi = 0.39894228040143267794;
    if (x > 37.0) return 1.0;
    if (x < -37.0) return 0.0;
    const double density = inverse_root_two_pi * sim::exp(-0.5 * x * x);
    const double size = std::abs(x);
    if (size < 3.0) {
        double term = x;
        double sum = x;
        for (double odd = 3.0; std::abs(term) > 1e-18 * std::abs(sum); odd += 2.0) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + density * sum;
    }
    // Phi(-s) = density / (s + 1/(s + 2/(s + 3/...))); 100 levels give all digits from s = 3 on.
    double fraction = size;
    for (int level = 100; level > 0; --level) fraction = size + level / fraction;
    const double tail = density / fraction;
    return x < 0.0 ? tail : 1.0 - tail;
}

Distribution Distribution::constant(double value) {
    require(std::isfinite(value), "value", "must be finite");
    return {Kind::constant, value, value};
}

Distribution Distribution::uniform(double min, double max) {
    require_order(min, max);
    return {Kind::uniform, min, max};
}

Distribution Distribution::loguniform(double min, double max) {
    require(min > 0.0, "min", "must be > 0");
    require_order(min, max);
    return {Kind::loguniform, min, max};
}

Distribution Distribution::triangular(double min, double mode, double max) {
    require_order(min, max);
    require(min <= mode && mode <= max, "mode", "must lie between min = " + number_text(min) + " and max = " + number_text(max));
    Distribution made(Kind::triangular, min, max);
    made.place_ = mode;
    return made;
}

Distribution Distribution::normal(double mean, double sd, double min, double max) {
    require(std::isfinite(mean), "mean", "must be finite");
    require(sd > 0.0 && std::isfinite(sd), "sd", "must be > 0");
    require_order(min, max);
    Distribution made(Kind::normal, min, max);
    made.place_ = mean;
    made.spread_ = sd;
    made.restrict_normal((min - mean) / sd, (max - mean) / sd);
    return made;
}

Distribution Distribution::lognormal(double median, double sigma, double min, double max) {
    require(median > 0.0 && std::isfinite(median), "median", "must be > 0");
    require(sigma > 0.0 && std::isfinite(sigma), "sigma", "must be > 0");
    require(min >= 0.0, "min", "must be >= 0");
    require_order(min, max);
    Distribution made(Kind::lognormal, min, max);
    made.place_ = median;
    made.spread_ = sigma;
    const double low = min > 0.0 ? sim::log(min / median) / sigma : -infinity;
    const double high = max < infinity ? sim::log(max / median) / sigma : infinity;
    made.restrict_normal(low, high);
    return made;
}

Distribution Distribution::discrete(std::vector<double> values, std::vector<double> weights) {
    require(!values.empty(), "values", "must not be empty");
    require(values.size() == weights.size(), "weights", "must be as many as the values, " + std::to_string(values.size()));
    double total = 0.0;
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < values.size(); ++i) {
        require(std::isfinite(values[i]), "values", "must be finite");
        require(weights[i] >= 0.0 && std::isfinite(weights[i]), "weights", "must be >= 0");
        total += weights[i];
        if (weights[i] > 0.0) pairs.emplace_back(values[i], weights[i]);
    }
    require(total > 0.0 && std::isfinite(total), "weights", "must have a sum > 0");
    // Sorted, so that sample(u) does not decrease: paired runs with the same u then differ in the expected direction.
    std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Distribution made(Kind::discrete, pairs.front().first, pairs.back().first);
    made.place_ = values[static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin())];
    double sum = 0.0;
    for (const auto& [value, weight] : pairs) {
        sum += weight;
        made.values_.push_back(value);
        made.cumulative_.push_back(sum);
    }
    return made;
}

void Distribution::restrict_normal(double low, double high) {
    // Far in the upper tail 1 - p has lost all digits: take the mirror image, which lies in the lower tail.
    mirrored_ = low > 0.0;
    if (mirrored_) {
        std::swap(low, high);
        low = -low;
        high = -high;
    }
    mass_below_ = normal_distribution_function(low);
    mass_within_ = normal_distribution_function(high) - mass_below_;
    require(mass_within_ > 1e-9, "max", "leaves hardly any of the distribution between min and max");
}

double Distribution::restricted_normal(double u) const {
    constexpr double below_one = 1.0 - 0x1p-53;
    const double p = mass_below_ + (mirrored_ ? 1.0 - u : u) * mass_within_;
    const double z = normal_quantile(std::clamp(p, 1e-300, below_one));
    return mirrored_ ? -z : z;
}

double Distribution::sample(double u) const {
    assert(0.0 < u && u < 1.0);
    double x = min_;
    switch (kind_) {
        case Kind::constant:
            return min_;
        case Kind::uniform:
            x = (1.0 - u) * min_ + u * max_;
            break;
        case Kind::loguniform:
            x = min_ * sim::exp(u * sim::log(max_ / min_));
            break;
        case Kind::triangular: {
            const double width = max_ - min_;
            const double rise = place_ - min_;
            x = u * width < rise ? min_ + std::sqrt(u * width * rise) : max_ - std::sqrt((1.0 - u) * width * (max_ - place_));
            break;
        }
        case Kind::normal:
            x = place_ + spread_ * restricted_normal(u);
            break;
        case Kind::lognormal:
            x = place_ * sim::exp(spread_ * restricted_normal(u));
            break;
        case Kind::discrete: {
            const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), u * cumulative_.back());
            const auto index = static_cast<std::size_t>(found - cumulative_.begin());
            return values_[std::min(index, values_.size() - 1)];
        }
    }
    return std::clamp(x, min_, max_);  // rounding must not carry a draw past the ends that were checked
}

double Distribution::central() const {
    switch (kind_) {
        case Kind::constant:
            return min_;
        case Kind::uniform:
            return 0.5 * min_ + 0.5 * max_;
        case Kind::loguniform:
            return std::clamp(std::sqrt(min_) * std::sqrt(max_), min_, max_);
        default:
            return std::clamp(place_, min_, max_);
    }
}

bool Distribution::reaches_lowest() const { return min_ > -infinity && !(kind_ == Kind::lognormal && min_ == 0.0); }

}  // namespace sim
