// Draws from prior times likelihood, and tables of what they say.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/forecast/calibration.hpp"
#include "sim/distribution.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace {

/// A particle filter on the way from the prior to the posterior.
class Tempering {
  public:
    Tempering(const Likelihood& likelihood, std::size_t particles, std::size_t parameters, std::uint64_t seed)
        : likelihood_(likelihood), stream_(sim::stream_key(seed, "posterior of the calibration")) {
        const Eigen::MatrixXd start = latin_hypercube(particles, parameters, seed + 1);
        for (Eigen::Index i = 0; i < start.rows(); ++i) {
            points_.emplace_back(start.row(i).transpose());
            logs_.push_back(likelihood_.log_density(points_.back()));
        }
    }

    std::vector<Eigen::VectorXd> run() {
        double temperature = 0.0;
        while (temperature < 1.0) {
            const double next = next_temperature(temperature);
            resample(next - temperature);
            temperature = next;
            for (int move = 0; move < 5; ++move) jump(temperature);
        }
        return points_;
    }

  private:
    [[nodiscard]] std::vector<double> weights(double rise) const {
        const double most = *std::max_element(logs_.begin(), logs_.end());
        std::vector<double> all;
        for (const double log : logs_) all.push_back(sim::exp(rise * (log - most)));
        return all;
    }
    /// The highest temperature at which half of the particles count.
    [[nodiscard]] double next_temperature(double now) const {
        const auto effective = [&](double rise) {
            double sum = 0.0, squares = 0.0;
            for (const double w : weights(rise)) {
                sum += w;
                squares += w * w;
            }
            return sum * sum / squares;
        };
        const double wanted = 0.5 * static_cast<double>(points_.size());
        if (effective(1.0 - now) >= wanted) return 1.0;
        double lo = 0.0, hi = 1.0 - now;
        for (int i = 0; i < 40; ++i) {
            const double middle = 0.5 * (lo + hi);
            (effective(middle) >= wanted ? lo : hi) = middle;
        }
        return now + std::max(lo, 1e-4);
    }
    /// Systematic resampling (Kitagawa 1996).
    void resample(double rise) {
        const std::vector<double> w = weights(rise);
        const double step = std::accumulate(w.begin(), w.end(), 0.0) / static_cast<double>(w.size());
        sim::Rng rng(stream_, moves_++, {0, 0}, 1);
        const double u = rng.uniform();
        double sum = w[0];
        std::size_t from = 0;
        std::vector<Eigen::VectorXd> points;
        std::vector<double> logs;
        for (std::size_t i = 0; i < w.size(); ++i) {
            while (sum < (static_cast<double>(i) + u) * step && from + 1 < w.size()) sum += w[++from];
            points.push_back(points_[from]);
            logs.push_back(logs_[from]);
        }
        points_ = std::move(points);
        logs_ = std::move(logs);
    }
    /// One step of each particle that leaves prior times tempered likelihood as it is: x' = c x + sqrt(1 - c^2) noise is exact
    /// for the prior (Neal 1998), and the likelihood accepts.
    void jump(double temperature) {
        constexpr double keep = 0.9;
        ++moves_;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            sim::Rng rng(stream_, moves_, {0, static_cast<std::uint32_t>(i)}, 0);
            Eigen::VectorXd there = keep * points_[i];
            for (Eigen::Index k = 0; k < there.size(); ++k) {
                const double u = rng.uniform();
                there[k] += std::sqrt(1.0 - keep * keep) * sim::normal_quantile(u);
            }
            const double log = likelihood_.log_density(there);
            const double u = rng.uniform();
            if (sim::log(u) >= temperature * (log - logs_[i])) continue;
            points_[i] = std::move(there);
            logs_[i] = log;
        }
    }

    const Likelihood& likelihood_;
    sim::StreamKey stream_;
    std::uint32_t moves_ = 0;
    std::vector<Eigen::VectorXd> points_;
    std::vector<double> logs_;
};

std::pair<double, double> mean_and_sd(const std::vector<double>& values) { return {sim::mean(values), sim::sample_sd(values)}; }

}  // namespace

Eigen::MatrixXd draw_posterior(const Likelihood& likelihood, std::size_t draws, std::size_t parameters, std::uint64_t seed) {
    const std::vector<Eigen::VectorXd> points = Tempering(likelihood, draws, parameters, seed).run();
    Eigen::MatrixXd all(draws, parameters);
    for (std::size_t i = 0; i < draws; ++i) all.row(static_cast<Eigen::Index>(i)) = points[i].transpose();
    return all;
}

std::string parameters_text(const Eigen::MatrixXd& posterior, const std::vector<sim::FieldInfo>& parameters, bool markdown) {
    // Moved by more than chance would: the mean of n draws strays by 1 / sqrt(n) prior sd, their sd by 1 / sqrt(2 n) of it.
    constexpr double moved_shift = 0.25, moved_narrowing = 0.9;
    std::string text =
        markdown
            ? "| parameter | default | prior | posterior mean | posterior sd | shift, prior sd | sd over prior sd | moved |\n"
              "|---|---|---|---|---|---|---|---|\n"
            : fmt::format("{:<36} {:>9} {:<11} {:>10} {:>10} {:>7} {:>9}  {}\n", "parameter", "default", "prior", "mean", "sd",
                          "shift", "sd ratio", "moved");
    for (std::size_t k = 0; k < parameters.size(); ++k) {
        std::vector<double> natural, standard;
        for (Eigen::Index i = 0; i < posterior.rows(); ++i) {
            natural.push_back(values_of(posterior.row(i).transpose(), parameters)[k]);
            standard.push_back(posterior(i, static_cast<Eigen::Index>(k)));
        }
        const auto [mean, sd] = mean_and_sd(natural);
        const auto [shift, ratio] = mean_and_sd(standard);
        const bool moved = std::abs(shift) > moved_shift || ratio < moved_narrowing;
        const auto& p = parameters[k];
        text += fmt::format(fmt::runtime(markdown ? "| {} | {} | {} | {:.4g} | {:.3g} | {:+.2f} | {:.2f} | {} |\n"
                                                  : "{:<36} {:>9} {:<11} {:>10.4g} {:>10.3g} {:>+7.2f} {:>9.2f}  {}\n"),
                            p.key, p.default_value, p.prior.text(), mean, sd, shift, ratio, moved ? "yes" : "no");
    }
    return text;
}

std::string targets_text(const std::vector<Target>& targets, const Likelihood& likelihood, const Eigen::MatrixXd& posterior,
                         bool markdown) {
    std::vector<std::vector<double>> means(targets.size());
    for (Eigen::Index i = 0; i < posterior.rows(); ++i) {
        const std::vector<double> at = likelihood.means(posterior.row(i).transpose());
        for (std::size_t t = 0; t < at.size(); ++t) means[t].push_back(at[t]);
    }
    const Eigen::VectorXd origin = Eigen::VectorXd::Zero(posterior.cols());
    const std::vector<double> middle = likelihood.means(origin);
    std::string text = markdown ? "| statistic | source | seen | sd allowed | mean of all points | at the defaults | posterior | "
                                  "posterior sd | foretold |\n"
                                  "|---|---|---|---|---|---|---|---|---|\n"
                                : fmt::format("{:<38} {:>7} {:>7} {:>7} {:>8} {:>9} {:>7} {:>8}\n", "statistic", "seen",
                                              "allowed", "design", "defaults", "posterior", "sd", "foretold");
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto [mean, sd] = mean_and_sd(means[t]);
        const Target& target = targets[t];
        const double design = target.pooled();
        text += markdown
                    ? fmt::format("| {} | {} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.2f} |\n", target.name,
                                  target.source, target.seen, target.sd, design, middle[t], mean, sd, likelihood.explained(t))
                    : fmt::format("{:<38} {:>7.3f} {:>7.3f} {:>7.3f} {:>8.3f} {:>9.3f} {:>7.3f} {:>8.2f}\n", target.name,
                                  target.seen, target.sd, design, middle[t], mean, sd, likelihood.explained(t));
    }
    return text;
}

}  // namespace drawdown
