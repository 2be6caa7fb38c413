"""Shares of counted things."""

from scipy import stats


def ratio(part, n):
    return part / n if n else None


def wilson(part, n):
    if not n:
        return None
    found = stats.binomtest(int(part), int(n)).proportion_ci(method="wilson")
    return [found.low, found.high]
