"""Compares Fairlead's figures with those of pandas, scipy, lifelines and scikit-learn.

    python tests/oracle/oracle.py target/oracle

Counts and money must be the same, everything else within a part in 10^9. Prints what differs and
ends with how many figures passed and failed; any difference is a failure.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from data import Data  # noqa: E402
from figures import Figures  # noqa: E402
from learned_again import learned_again  # noqa: E402
from statistics_again import again  # noqa: E402

RELATIVE, TINY = 1e-9, 1e-13


def plain(value):
    """Without the types of numpy."""
    return value.item() if hasattr(value, "item") else value


def differences(ours, theirs, path=""):
    """Where two trees differ, as lines."""
    ours, theirs = plain(ours), plain(theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours or key not in theirs:
                yield f"{path}.{key}: only in {'the oracle' if key in theirs else 'Fairlead'}"
            else:
                yield from differences(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, (list, tuple)):
        if len(ours) != len(theirs):
            yield f"{path}: {len(ours)} entries, the oracle has {len(theirs)}"
        for at, (one, two) in enumerate(zip(ours, theirs)):
            yield from differences(one, two, f"{path}[{at}]")
    elif isinstance(ours, bool) or isinstance(theirs, bool) or not all(isinstance(x, (int, float)) for x in (ours, theirs)):
        if ours != theirs:
            yield f"{path}: {ours!r}, the oracle has {theirs!r}"
    elif isinstance(ours, int) and isinstance(theirs, int):
        if ours != theirs:
            yield f"{path}: {ours}, the oracle has {theirs}"
    # Written so that NaN differs from everything.
    elif not abs(ours - theirs) <= RELATIVE * max(abs(ours), abs(theirs)) + TINY:
        yield f"{path}: {ours!r}, the oracle has {theirs!r}"


def compare(title, ours, theirs):
    passed, failed = 0, 0
    for name in sorted(ours.keys() | theirs.keys()):
        found = list(differences(ours.get(name), theirs.get(name), name))
        passed, failed = passed + (not found), failed + bool(found)
        for line in found[:5]:
            print(f"  {title}: {line}")
        if len(found) > 5:
            print(f"  {title}: {name}: {len(found) - 5} more")
    print(f"{title}: {passed} figures agree, {failed} do not")
    return passed, failed


def known_of_maven(found):
    """What is known of the Maven set without any program of ours."""
    months = [found["win_by_month"][f"2017-{m:02}"]["rate"] for m in range(3, 13)]
    cycle = found["cycle.all.creation"]
    told = {
        "win rate": round(100 * found["win.all.close.closed"]["rate"], 2),
        "months": [round(100 * m, 1) for m in months],
        "won cycle": [round(cycle["won"]["mean"], 1), cycle["won"]["median"]],
        "lost cycle": [round(cycle["lost"]["mean"], 1), cycle["lost"]["median"]],
        "won value": found["win.all.close.closed"]["won_value"],
    }
    known = {
        "win rate": 63.15, "months": [82.1, 48.6, 54.4, 82.8, 49.1, 56.8, 79.2, 49.3, 52.9, 78.5], "won cycle": [51.8, 57],
        "lost cycle": [41.5, 14], "won value": {"USD": 1_000_553_400},
    }
    return compare("known of the Maven set", told, known)


def main(folder):
    folder = Path(folder)
    read = lambda name: json.loads((folder / name).read_text())
    missing = [n for n in ("statistics.json", "learned.json", "generated.json") if not (folder / n).exists()]
    if missing:
        raise SystemExit(f"oracle: {', '.join(missing)} not in {folder}; run `cargo test --test oracle` first")
    statistics = read("statistics.json")
    results = [compare("statistics", statistics, again(statistics))]
    learned = read("learned.json")
    results.append(compare("learned score and experiments", learned, learned_again(learned)))
    results.append(compare("generated log", read("generated.json"), Figures(Data(folder, "generated")).all()))
    if (folder / "maven.json").exists():
        maven = read("maven.json")
        results.append(compare("Maven set", maven, Figures(Data(folder, "maven")).all()))
        results.append(known_of_maven(maven))
    else:
        print("Maven set: not at hand")
    passed, failed = (sum(r[i] for r in results) for i in (0, 1))
    print(f"# pass {passed}\n# fail {failed}")
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(1 if main(sys.argv[1]) else 0)
