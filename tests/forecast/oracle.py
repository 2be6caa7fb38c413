"""Compares the grading of forecasts with numpy.

    python tests/forecast/oracle.py target/oracle/forecast.json

Counts must be the same, amounts within one minor unit, everything else within a part in 10^9.
"""

import json
import sys

import numpy as np

Z95 = 1.959963984540054


def wilson(k, n):
    p, z2 = k / n, Z95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return [max(0.0, middle - half), min(1.0, middle + half)]


def truth(shots, giver):
    own, difference, n = 0.0, [], 0
    for shot in shots:
        if not shot["guesses"]:
            continue
        chances = np.array([g[0] for g in shot["guesses"]])
        won = np.array([g[1] for g in shot["guesses"]], dtype=float)
        square = (chances - won[:, None]) ** 2
        own, n = own + square[:, giver].sum(), n + len(won)
        difference.append((square[:, giver] - square[:, 3]).mean())
    return [n, own / n, np.mean(difference), np.std(difference, ddof=1) / np.sqrt(len(difference))]


def curve(shots, giver):
    pairs = np.array([(g[0][giver], g[1]) for shot in shots for g in shot["guesses"]], dtype=float)
    at = np.minimum((pairs[:, 0] * 10.0).astype(int), 9)
    rows = []
    for n in range(10):
        own = pairs[at == n]
        if len(own):
            k = int(own[:, 1].sum())
            rows.append([own[:, 0].mean(), k, len(own), wilson(k, len(own))])
    return rows


def again(data):
    shots = data["shots"]
    came = np.array([s["came"] for s in shots])
    error = np.array([s["said"] for s in shots]) - came[:, None]
    inside = sum(s["low"] <= s["came"] <= s["high"] for s in shots)
    # Division of whole numbers, towards zero.
    mean = lambda column: int(int(column.sum()) / len(column))
    return {
        "covered": [inside, len(shots)],
        "off": [[mean(error[:, way]), mean(abs(error[:, way]))] for way in range(error.shape[1])],
        "truths": [truth(shots, giver) for giver in range(4)],
        "curves": [curve(shots, giver) for giver in range(4)],
        "quantiles": [float(q) for q in np.quantile(data["numbers"], [0, 0.1, 0.25, 0.5, 0.9, 1])],
    }


def same(ours, theirs):
    if isinstance(theirs, (list, tuple)):
        return len(ours) == len(theirs) and all(same(a, b) for a, b in zip(ours, theirs))
    if isinstance(ours, int):
        return abs(ours - theirs) <= 1
    return abs(ours - theirs) <= 1e-9 * max(abs(ours), abs(theirs)) + 1e-13


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        both = json.load(file)
    theirs = again(both["data"])
    wrong = [name for name in theirs if not same(both["ours"][name], theirs[name])]
    for name in wrong:
        print(f"  {name}: {both['ours'][name]}, the oracle has {theirs[name]}")
    print(f"# pass {len(theirs) - len(wrong)}\n# fail {len(wrong)}")
    sys.exit(bool(wrong))


main()
