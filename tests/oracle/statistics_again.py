"""The statistics again, for the same arguments."""

import numpy as np
from scipy import special, stats

from figures import curve, drawn, prior, sample
from rates import holm, ratio, two_shares, wilson

ONE = {
    "ln_gamma": special.gammaln,
    "erfc": special.erfc,
    "normal_cdf": stats.norm.cdf,
    "normal_quantile": stats.norm.ppf,
    "inc_beta": special.betainc,
    "inc_beta_inverse": special.betaincinv,
    "student_quantile": lambda tail, freedom: stats.t.isf(tail, freedom),
    "student_tail": stats.t.sf,
}


def exact(k, n):
    if not n:
        return None
    found = stats.binomtest(k, n).proportion_ci(method="exact")
    return [found.low, found.high]


def mid_p(k, n):
    half = 0.5 * stats.binom.pmf(k, n, 0.4)
    return min(2 * min(stats.binom.cdf(k, n, 0.4) - half, stats.binom.sf(k - 1, n, 0.4) - half), 1.0)


def funnel(n, p, tail):
    """Spiegelhalter (2005), appendix A.1; the upper limit is the lower one of what is not counted."""
    if not n:
        return None
    ends = []
    for q in (p, 1 - p):
        r = stats.binom.ppf(tail, n, q)
        inside = (stats.binom.cdf(r, n, q) - tail) / stats.binom.pmf(r, n, q) if 0 < q < 1 else r - n * q
        ends.append(float(np.clip((r - inside) / n, 0, 1)))
    return [ends[0], 1 - ends[1]]


def stray(k, n, p, tail):
    return bool(n) and bool(stats.binomtest(k, n, p, "less" if k < n * p else "greater").pvalue < tail)


def ranks(a, b):
    if not a or not b or len(set(a) | set(b)) == 1:
        return None
    found = stats.mannwhitneyu(a, b, method="asymptotic")
    z = stats.norm.isf(found.pvalue / 2)
    return [found.statistic, found.statistic / (len(a) * len(b)), abs(z), found.pvalue]


def pools(groups):
    found = prior(groups)
    if found is None:
        return None
    mean, strength = found
    each = []
    for k, n in groups:
        ends = None
        if strength is not None:
            a, b = mean * strength + k, (1 - mean) * strength + n - k
            ends = [stats.beta.ppf(q, a, b) for q in (0.025, 0.975)] if a > 0 and b > 0 else None
        each.append([drawn(found, k, n), ends])
    return {"mean": mean, "strength": strength, "groups": each}


def again(theirs):
    """The same names, from the arguments found there."""
    found = {name: [[a, float(f(*a))] for a, _ in theirs[name]] for name, f in ONE.items()}
    each = lambda name, f: found.__setitem__(name, [[a, f(*a)] for a, _ in theirs[name]])
    each("wilson", wilson)
    each("exact", exact)
    each("at_most", lambda k, n: stats.binom.cdf(k, n, 0.3) if n else 1.0)
    each("at_least", lambda k, n: stats.binom.sf(k - 1, n, 0.3) if n else 1.0)
    each("mid_p", mid_p)
    each("quantile", lambda _, n: [int(stats.binom.ppf(t, n, 0.37)) if n else 0 for t in (0.025, 0.5, 0.9)])
    each("funnel", lambda _, n: [funnel(n, p, t) for p in (0.37, 0.8, 1.0) for t in (0.025, 0.001)])
    each("stray", lambda k, n: [stray(k, n, p, t) for p in (0.37, 0.8, 1.0) for t in (0.025, 0.001)])
    found["two_shares"] = [[a, *two_shares(*a)] for a, _, _ in theirs["two_shares"]]
    found["samples"] = [{"all": s["all"], "told": sample(s["all"])} for s in theirs["samples"]]
    found["curves"] = [{**c, "told": curve(c["ended"], c["here"])} for c in theirs["curves"]]
    found["mann_whitney"] = [{**r, "told": ranks(r["a"], r["b"])} for r in theirs["mann_whitney"]]
    found["holm"] = [[p, holm(p)] for p, _ in theirs["holm"]]
    found["pools"] = [{**p, "told": pools(p["groups"])} for p in theirs["pools"]]
    return found
