// The tilted prior, draws of it, and tables of what they say.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "models/forecast/calibration.hpp"
#include "sim/distribution.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace drawdown {

namespace {

std::pair<double, double> mean_and_sd(const std::vector<double>& values) { return {sim::mean(values), sim::sample_sd(values)}; }

}  // namespace

Eigen::VectorXd weights(const Eigen::MatrixXd& misses, const Eigen::VectorXd& tilted) {
    Eigen::VectorXd all = misses * tilted;
    const double most = all.maxCoeff();
    for (double& x : all) x = sim::exp(x - most);
    return all / all.sum();
}

Eigen::VectorXd tilt(const Eigen::MatrixXd& misses, const Eigen::VectorXd& slack) {
    const auto value = [&](const Eigen::VectorXd& l) {
        const Eigen::VectorXd exponents = misses * l;
        const double most = exponents.maxCoeff();
        double sum = 0.0;
        for (const double x : exponents) sum += sim::exp(x - most);
        return most + sim::log(sum / static_cast<double>(exponents.size())) + 0.5 * slack.cwiseProduct(l).squaredNorm();
    };
    Eigen::VectorXd l = Eigen::VectorXd::Zero(slack.size());
    for (int i = 0; i < 100; ++i) {
        const Eigen::VectorXd w = weights(misses, l);
        const Eigen::VectorXd mean = misses.transpose() * w;
        const Eigen::MatrixXd apart = misses.rowwise() - mean.transpose();
        Eigen::MatrixXd curvature = apart.transpose() * w.asDiagonal() * apart;
        curvature.diagonal() += slack.array().square().matrix();
        const Eigen::VectorXd gradient = mean + slack.array().square().matrix().cwiseProduct(l);
        const Eigen::VectorXd step = curvature.llt().solve(gradient);
        const double fall = gradient.dot(step);
        if (fall < 1e-14) break;
        double length = 1.0;
        const double before = value(l);
        while (length > 1e-6 && value(l - length * step) > before - 1e-4 * length * fall) length *= 0.5;
        l -= length * step;
    }
    return l;
}

Posterior::Posterior(const Emulators& emulators, std::size_t particles, std::size_t parameters, std::uint64_t seed)
    : points(latin_hypercube(particles, parameters, seed + 1)),
      misses(emulators.misses(points)),
      tilted(tilt(misses, emulators.slack())) {}

double Posterior::effective() const { return 1.0 / weights(misses, tilted).squaredNorm(); }

std::vector<Eigen::Index> Posterior::draw(std::size_t draws, std::uint64_t seed) const {
    const Eigen::VectorXd w = weights(misses, tilted);
    sim::Rng rng(sim::stream_key(seed, "posterior of the calibration"), 0, {0, 0}, 0);
    const double u = rng.uniform();
    std::vector<Eigen::Index> rows;
    double sum = w[0];
    Eigen::Index from = 0;
    for (std::size_t i = 0; i < draws; ++i) {
        while (sum < (static_cast<double>(i) + u) / static_cast<double>(draws) && from + 1 < w.size()) sum += w[++from];
        rows.push_back(from);
    }
    // Whoever takes the first few takes them from all over, not from the first strata.
    for (std::size_t i = rows.size(); i > 1; --i) {
        const double v = rng.uniform();
        std::swap(rows[i - 1], rows[std::min(i - 1, static_cast<std::size_t>(v * static_cast<double>(i)))]);
    }
    return rows;
}

std::vector<double> Posterior::weights_under(const Emulators& other, const std::vector<Eigen::Index>& rows) const {
    const Eigen::MatrixXd others = other.misses(points);
    const Eigen::VectorXd ratio =
        weights(others, tilt(others, other.slack())).cwiseQuotient(weights(misses, tilted).cwiseMax(1e-300));
    std::vector<double> all;
    for (const Eigen::Index row : rows) all.push_back(ratio[row]);
    const double most = *std::max_element(all.begin(), all.end());
    for (double& x : all) x /= most;
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

std::string targets_text(const std::vector<Target>& targets, const std::vector<Target>& check, const Emulators& emulators,
                         const Posterior& posterior, bool markdown) {
    const Eigen::VectorXd foretold = posterior.misses.transpose() * weights(posterior.misses, posterior.tilted);
    const Eigen::VectorXd prior = posterior.misses.colwise().mean();
    std::string text =
        markdown ? "| statistic | source | seen | sd allowed | prior | posterior | runs of the second wave | foretold |\n"
                   "|---|---|---|---|---|---|---|---|\n"
                 : fmt::format("{:<42} {:>7} {:>7} {:>7} {:>9} {:>9} {:>8}\n", "statistic", "seen", "allowed", "prior",
                               "posterior", "2nd wave", "foretold");
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const Target& target = targets[t];
        const auto k = static_cast<Eigen::Index>(t);
        text += fmt::format(fmt::runtime(markdown ? "| {} | {} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {:.2f} |\n"
                                                  : "{0:<42} {2:>7.3f} {3:>7.3f} {4:>7.3f} {5:>9.3f} {6:>9.3f} {7:>8.2f}\n"),
                            target.name, target.source, target.seen, target.sd, target.seen + prior[k], target.seen + foretold[k],
                            check[t].pooled(), emulators.explained(t));
    }
    return text;
}

}  // namespace drawdown
