"""Shares of counted things."""

import numpy as np
from scipy import stats


def ratio(part, n):
    return part / n if n else None


def wilson(part, n):
    if not n:
        return None
    found = stats.binomtest(int(part), int(n)).proportion_ci(method="wilson")
    return [found.low, found.high]


def two_shares(k, n, j, m):
    if not n or not m:
        return None, None
    p, q = k / n, j / m
    (low1, high1), (low2, high2) = wilson(k, n), wilson(j, m)
    below, above = np.hypot(p - low1, high2 - q), np.hypot(high1 - p, q - low2)
    difference = [p - q, max(p - q - below, -1), min(p - q + above, 1)]
    if k + j in (0, n + m):
        return difference, None
    chi = stats.chi2_contingency([[k, n - k], [j, m - j]], correction=False)
    return difference, [np.sign(p - q) * np.sqrt(chi.statistic), chi.pvalue]


def holm(p):
    order = np.argsort(p, kind="stable")
    scaled = [p[at] * (len(p) - rank) for rank, at in enumerate(order)]
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(np.maximum.accumulate(scaled), 1.0) if len(p) else []
    return [float(x) for x in corrected]
