"""The learned score again with scikit-learn, and what experiments say with scipy."""

import math

import numpy as np
from scipy import integrate, special, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score


def fitted(rows, won, fit):
    x = np.zeros((len(rows), 21))
    for at, row in enumerate(rows):
        x[at, row] = 1
    model = LogisticRegression(C=1 / fit["ridge"], solver="newton-cholesky", tol=1e-13, max_iter=1000)
    model.fit(x[:400], won[:400])
    # Two solvers stop at slightly different places; from there on all is the same to the last digit.
    said = special.expit(x[400:] @ np.array(fit["columns"]) + fit["intercept"])
    return {
        "ridge": fit["ridge"],
        "intercept": close(fit["intercept"], float(model.intercept_[0])),
        "columns": close(fit["columns"], [float(w) for w in model.coef_[0]]),
        "said": [float(p) for p in said],
        "brier": float(brier_score_loss(won[400:], fit["said"])),
        "auc": float(roc_auc_score(won[400:], fit["said"])),
    }


def tried(counts):
    a, n, b, m = counts
    one, two = stats.beta(a + 1, n - a + 1), stats.beta(b + 1, m - b + 1)
    whole = lambda f: integrate.quad(f, 0, 1, epsabs=1e-14, epsrel=1e-12, limit=500, points=[one.mean(), two.mean()])[0]
    # E[max(p − q, 0)] = ∫ P(p > t) P(q < t) dt
    return {
        "counts": counts,
        "better": whole(lambda t: two.pdf(t) * one.cdf(t)),
        "loss": whole(lambda t: one.sf(t) * two.cdf(t)),
        "loss_first": whole(lambda t: two.sf(t) * one.cdf(t)),
        "evidence": evidence(a, n, b, m, 0.5, 0.1),
        "evidence_third": evidence(a, n, b, m, 1 / 3, 0.05),
    }


def evidence(a, n, b, m, share, minimum):
    weight = min(max(0.25 / minimum**2, 8), 400)
    p, q = weight * share, weight * (1 - share)
    log = 0.0
    for second, first in ((b, a), (m - b, n - a)):
        log += special.betaln(p + second, q + first) - special.betaln(p, q) - second * math.log(share) - first * math.log(1 - share)
    return math.exp(log)


def size(base, minimum, alpha, power, ratio):
    other = base + minimum if base <= 0.5 else base - minimum
    z, b = stats.norm.isf(alpha / 2), stats.norm.ppf(power)
    # The smallest n with |p1 - p2| = z times the error if alike + b times the error if not, each of n and ratio * n.
    mean = (base + ratio * other) / (1 + ratio)
    alike = math.sqrt(mean * (1 - mean) * (1 + 1 / ratio))
    apart = math.sqrt(base * (1 - base) + other * (1 - other) / ratio)
    n = ((z * alike + b * apart) / (other - base)) ** 2
    return [base, minimum, alpha, power, ratio, [math.ceil(n), math.ceil(ratio * n)]]


def close(ours, theirs):
    """Theirs where a millionth or less lies between; both are then the same."""
    if isinstance(ours, list):
        return [close(one, two) for one, two in zip(ours, theirs)]
    return ours if abs(ours - theirs) <= 1e-6 else theirs


def learned_again(found):
    return {
        "rows": found["rows"],
        "won": found["won"],
        "fits": [fitted(found["rows"], found["won"], fit) for fit in found["fits"]],
        "trials": [tried(t["counts"]) for t in found["trials"]],
        "sizes": [size(*s[:5]) for s in found["sizes"]],
    }
