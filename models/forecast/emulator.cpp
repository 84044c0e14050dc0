#include "models/forecast/emulator.hpp"
#include "sim/math.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace drawdown {

namespace {

// Eigen's own differ in their last bits with the width of the registers.
double exponential(double x) { return sim::exp(x); }
double logarithm(double x) { return sim::log(x); }

/// |w (x - x')|^2 of all pairs of rows.
Eigen::MatrixXd squared_distances(const Eigen::MatrixXd& x, const Eigen::RowVectorXd& weights) {
    const Eigen::MatrixXd scaled = x.array().rowwise() * weights.array();
    const Eigen::VectorXd squares = scaled.rowwise().squaredNorm();
    Eigen::MatrixXd distances = -2.0 * scaled * scaled.transpose();
    distances.colwise() += squares;
    distances.rowwise() += squares.transpose();
    return distances.cwiseMax(0.0);
}

/// Correlation of each parameter with the outcome, over the largest; at least a twentieth, so that none is left out.
Eigen::RowVectorXd relevance(const Eigen::MatrixXd& x, const Eigen::VectorXd& y) {
    Eigen::RowVectorXd weights(x.cols());
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        const Eigen::VectorXd column = x.col(k).array() - x.col(k).mean();
        const double norm = column.norm() * y.norm();
        weights[k] = norm > 0.0 ? std::abs(column.dot(y)) / norm : 0.0;
    }
    const double largest = std::max(weights.maxCoeff(), 1e-12);
    return (weights / largest).cwiseMax(0.05);
}

}  // namespace

Emulator::Emulator(Eigen::MatrixXd x, const Eigen::VectorXd& y) : x_(std::move(x)) {
    const Eigen::Index n = x_.rows();
    const auto points = static_cast<double>(n);
    const auto parameters = static_cast<double>(x_.cols());
    centre_ = y.mean();
    scale_ = std::sqrt((y.array() - centre_).square().sum() / points);
    alpha_ = Eigen::VectorXd::Zero(n);
    weights_ = Eigen::RowVectorXd::Ones(x_.cols());
    if (scale_ <= 1e-12) {  // nothing varies: the mean is all there is to know
        scale_ = 1.0;
        return;
    }
    const Eigen::VectorXd z = (y.array() - centre_) / scale_;
    weights_ = relevance(x_, z);
    const Eigen::MatrixXd trend = x_ * x_.transpose() / parameters;
    const Eigen::MatrixXd distances = squared_distances(x_, weights_);
    double best = -std::numeric_limits<double>::infinity();
    for (const double length : {1.5, 3.0}) {
        const Eigen::MatrixXd bend = (distances.array() / (-2.0 * length * length)).unaryExpr(&exponential);
        for (const double a : {0.02, 0.1, 0.3, 0.6})
            for (const double b : {0.0, 0.05, 0.2}) {
                Eigen::MatrixXd k = a * trend + b * bend;
                k.diagonal().array() += 1.0 - a - b;
                const Eigen::LLT<Eigen::MatrixXd> factor(k);
                if (factor.info() != Eigen::Success) continue;
                const Eigen::VectorXd alpha = factor.solve(z);
                const Eigen::VectorXd diagonal = factor.matrixLLT().diagonal();
                const double likelihood = -0.5 * z.dot(alpha) - diagonal.array().unaryExpr(&logarithm).sum();
                if (likelihood <= best) continue;
                best = likelihood;
                trend_ = a;
                bend_ = b;
                length_ = length;
                alpha_ = alpha;
                // Left out one by one: the error of a point is alpha over the diagonal of the inverse, and that diagonal is one
                // over the variance of seeing it, noise included.
                const Eigen::MatrixXd inverse = factor.solve(Eigen::MatrixXd::Identity(n, n));
                const Eigen::ArrayXd seeing = inverse.diagonal().array().inverse();
                explained_ = 1.0 - (alpha.array() * seeing).square().sum() / points;
                variance_ = std::max(0.0, seeing.mean() - (1.0 - a - b)) * scale_ * scale_;
            }
    }
}

Eigen::VectorXd Emulator::covariances(const Eigen::VectorXd& x) const {
    Eigen::VectorXd k = trend_ / static_cast<double>(x_.cols()) * (x_ * x);
    if (bend_ > 0.0) {
        const Eigen::ArrayXd squares =
            ((x_.rowwise() - x.transpose()).array().rowwise() * weights_.array()).square().rowwise().sum();
        k.array() += bend_ * (squares / (-2.0 * length_ * length_)).unaryExpr(&exponential);
    }
    return k;
}

double Emulator::mean(const Eigen::VectorXd& x) const { return centre_ + scale_ * covariances(x).dot(alpha_); }

}  // namespace drawdown
