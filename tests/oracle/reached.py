"""How far deals got, by the time in which they were created."""

import numpy as np
import pandas as pd

from rates import wilson

EPOCH = pd.Timestamp("1970-01-01")
AGES = 12


def months(span):
    return [
        (str(m), ((m.start_time - EPOCH).days, (m.end_time - EPOCH).days)) for m in pd.period_range(*span, freq="M")
    ]


class Reached:
    def __init__(self, figures):
        self.d, self.q, self.spans = figures.d, figures.q, figures.spans

    def funnel(self, pipeline, span):
        d = self.d
        deals, stages = d.deals, d.stages
        line = stages[(stages.pipeline == pipeline) & (stages.kind == "open")].sort_values("place").number
        here = deals.stage.isin(stages[stages.pipeline == pipeline].number)
        # One row for each deal and each rung it was on.
        seen = d.entries.merge(pd.DataFrame({"stage": line, "rung": range(len(line))}), on="stage")[["deal", "rung"]]
        won = pd.DataFrame({"deal": deals.index[(deals.status == "won") & here], "rung": len(line)})
        seen = pd.concat([seen, won]).drop_duplicates()
        seen = seen[seen.deal.isin(deals.index[deals.created_day.between(*span)])]
        open_here = set(deals.index[deals.status.isin(["open", "on_hold"]) & here])
        rungs = range(len(line) + 1)
        # Who was on a rung or on any above it has passed it.
        passed = [set(seen.deal[seen.rung >= r]) for r in rungs] + [set()]
        reached = [len(p) for p in passed[:-1]]
        undecided = [len((passed[r] - passed[r + 1]) & open_here) for r in rungs]
        rate = lambda part, n: [part, n, wilson(part, n)]
        return {
            "n": reached[0], "reached": reached, "undecided": undecided,
            "steps": [rate(after, this) for this, after in zip(reached, reached[1:])],
            "shares": [rate(r, reached[0]) for r in reached], "behind": [list(x) for x in zip(reached, undecided)],
        }

    def grown(self, span, today):
        """By month of creation, how many were won within one month, two and so on."""
        deals = self.d.deals[self.d.deals.created_day.between(*span)]
        if not len(deals):
            return []
        # A day as its month and its day in it: the k-th month ends before the same day k months on, even
        # where that month has no such day.
        parts = lambda day: (lambda t: (12 * t.year + t.month, t.day))(EPOCH + pd.Timedelta(days=int(day)))
        on = lambda day, k: (day[0] + k, day[1])
        at, told = parts((pd.Timestamp(today) - EPOCH).days), []
        by = deals.created_day.map(lambda day: parts(day)[0])
        for month in range(by.min(), by.max() + 1):
            own = deals[by == month]
            undecided = int(own.status.isin(["open", "on_hold"]).sum())
            took = [
                next(k for k in range(1, 10_000) if parts(d.closed_day) < on(parts(d.created_day), k))
                for d in own[own.status == "won"].itertuples()
            ]
            cells = []
            for age in range(1, AGES + 1):
                if not len(own) or at < on(parts(own.created_day.min()), age - 1):
                    break
                won = int((np.array(took) <= age).sum())
                whole = undecided == 0 or at >= on(parts(own.created_day.max()), age)
                cells.append([won, len(own), won, whole])
            first = f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02}-01"
            told.append([first, len(own), undecided, cells])
        return told

    def all(self):
        found = {}
        for n in sorted(self.d.stages.pipeline.unique()):
            for name, span in self.spans.items():
                found[f"funnel.{n}.{name}"] = self.funnel(n, span)
            found[f"funnel.{n}.months"] = {m: self.funnel(n, span) for m, span in months((self.q["from"], self.q["to"]))}
        now = str((EPOCH + pd.Timedelta(days=self.d.today)).date())
        for name, span in self.spans.items():
            for today in ("2017-09-30", "2026-02-28", "2026-03-31", now):
                found[f"grown.{name}.{today}"] = self.grown(span, today)
        return found
