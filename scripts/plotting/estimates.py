"""Shares, differences and quantiles with their intervals, as `drawdown show` computes them."""

import statistics

import numpy as np


def wilson(count, n):
    """95 % interval of a share, Wilson (1927)."""
    z = statistics.NormalDist().inv_cdf(0.975)
    share, weight = count / n, 1 + z * z / n
    centre = (share + z * z / (2 * n)) / weight
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / weight
    return (0.0 if count == 0 else centre - half), (1.0 if count == n else centre + half)


def student_factor(freedom):
    """97.5 % quantile of Student's t: with t = sqrt(freedom) tan(a) its density is proportional to cos(a)^(freedom - 1)."""
    angle = np.linspace(0, np.pi / 2, 200_001)
    density = np.cos(angle) ** (freedom - 1)
    mass = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.sqrt(freedom) * np.tan(np.interp(0.95, mass / mass[-1], angle))


def paired_difference(own, base):
    """Mean difference of paired shares with its 95 % interval (Student's t, brought into [-1, 1])."""
    d = own.astype(float) - base
    if not d.any():
        return 0.0, 0.0, 0.0
    half = 2.0 if d.size < 2 else student_factor(d.size - 1) * d.std(ddof=1) / np.sqrt(d.size)
    return d.mean(), max(-1.0, d.mean() - half), min(1.0, d.mean() + half)


def spread(values, shares):
    """Quantiles over the replicates, the first axis; NaN where every replicate is."""
    lines = np.full((len(shares),) + values.shape[1:], np.nan)
    seen = np.isfinite(values).any(axis=0)
    lines[:, seen] = np.nanquantile(values[:, seen], shares, axis=0)
    return lines
