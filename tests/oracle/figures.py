"""Each figure again, from the tables, with pandas, scipy and lifelines."""

import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
from lifelines import KaplanMeierFitter
from scipy import stats

from amounts import Amounts
from data import DAY, KINDS
from rates import holm, ratio, wilson
from reached import Reached
from reasons import Why

LEARN_FROM, OLD_DAYS = 20, 365
FATES = ["a", "l", "b", "e", "s"]
FAR = 10**9


def sums(deals, column="minor", by="home"):
    found = deals.groupby(by)[column].sum() if len(deals) else {}
    return {k: int(v) for k, v in dict(found).items() if v}


def sample(all_):
    all_ = np.asarray(all_, dtype="int64")
    n = len(all_)
    q = (lambda p: float(np.quantile(all_, p))) if n else (lambda p: None)
    mean_interval = None
    if n > 1:
        error = stats.sem(all_)
        low, high = stats.t.interval(0.95, n - 1, loc=all_.mean(), scale=error) if error else (all_.mean(),) * 2
        mean_interval = [low, high]
    low = int(stats.binom.ppf(0.025, n, 0.5)) if n else 0
    ordered = np.sort(all_)
    median_interval = [float(ordered[low - 1]), float(ordered[n - low])] if low > 0 else None
    return {
        "n": n, "sum": int(all_.sum()), "mean": float(all_.mean()) if n else None, "mean_interval": mean_interval,
        "median": q(0.5), "median_interval": median_interval, "p75": q(0.75), "p90": q(0.9),
    }


def curve(ended, here):
    ended, here = np.asarray(ended), np.asarray(here)
    days = np.concatenate([ended, here]).astype(float)
    if len(days) == 0:
        return {"n": 0, "steps": [], "median": None, "band": [None, None]}
    seen = np.concatenate([np.ones(len(ended)), np.zeros(len(here))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = KaplanMeierFitter().fit(days, seen)
    table = fit.event_table[fit.event_table.observed > 0]
    steps = []
    for day, row in table.iterrows():
        share = float(fit.survival_function_.loc[day].iloc[0])
        # Where all have ended the band is not defined.
        over = row.at_risk == row.observed
        band = None if over else [float(x) for x in fit.confidence_interval_.loc[day]]
        steps.append([int(day), int(row.at_risk), int(row.observed), 0.0 if over else share, band])
    # lifelines adds up logarithms, so a half is a half but for the last digits.
    half = 0.5 + 1e-9
    first = lambda hit: next((s[0] for s in steps if hit(s)), None)
    return {
        "n": len(days), "steps": steps, "median": first(lambda s: s[3] <= half),
        "band": [first(lambda s: s[4] and s[4][0] <= half), first(lambda s: s[4] and s[4][1] <= half)],
    }


def rank_test(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if len(a) == 0 or len(b) == 0 or len(np.unique(np.concatenate([a, b]))) == 1:
        return None
    found = stats.mannwhitneyu(a, b, method="asymptotic")
    return [found.statistic, found.statistic / (len(a) * len(b)), found.pvalue]


def prior(groups):
    """Kleinman (1973); None as strength where groups differ by no more than chance."""
    groups = [(k, n) for k, n in groups if n]
    total, n = sum(k for k, _ in groups), sum(n for _, n in groups)
    if len(groups) < 2 or not 0 < total < n:
        return None
    k, sizes = (np.array(x, dtype=float) for x in zip(*groups))
    mean = total / n
    spread = (sizes * (k / sizes - mean) ** 2).sum() / (mean * (1 - mean))
    room = n - (sizes**2).sum() / n - (len(groups) - 1)
    rho = min((spread - (len(groups) - 1)) / room, 1.0) if room > 0 else 0.0
    return mean, (1 / rho - 1 if rho > 0 else None)


def drawn(found, k, n):
    mean, strength = found
    if strength is None:
        return mean
    a, b = mean * strength + k, (1 - mean) * strength + n - k
    return a / (a + b) if a > 0 and b > 0 else ratio(k, n)


def even(x):
    """Half to even of a fraction: what Python's round does."""
    return round(x)


class Figures:
    def __init__(self, data):
        self.d, self.q = data, data.question
        first = pd.Timestamp("1970-01-01")
        days = [(pd.Timestamp(self.q[e]) - first).days for e in ("from", "to")]
        self.spans = {"all": (-FAR, FAR), "period": tuple(days)}

    def decided(self, by, rule, deals=None):
        """How each deal counts, and the day that puts it into a time."""
        deals = self.d.deals if deals is None else deals
        part = deals.status.map({"won": "won", "lost": "lost"}).fillna("undecided")
        day = deals.closed_day.where(deals.status.isin(["won", "lost"]))
        if rule == "with_overdue":
            since = deals.close_day.fillna(deals.created_day + OLD_DAYS)
            late = (deals.status == "open") & (since < self.d.today)
            part, day = part.mask(late, "late"), day.mask(late, since)
        if by == "creation":
            day = deals.created_day
        return part, day

    def win(self, span, by="close", rule="closed", deals=None):
        deals = self.d.deals if deals is None else deals
        part, day = self.decided(by, rule, deals)
        deals = deals.assign(part=part)[day.between(*span)]
        count = {p: int((deals.part == p).sum()) for p in ("won", "lost", "late", "undecided")}
        won, n = count["won"], count["won"] + count["lost"] + count["late"]
        every = n + count["undecided"]
        is_won, against = deals.part == "won", deals.part.isin(["lost", "late"])
        valued = deals[is_won & deals.currency.notna()]
        return count | {
            "rate": ratio(won, n), "interval": wilson(won, n),
            "bounds": [won / every, (won + count["undecided"]) / every] if every else None,
            "won_value": sums(deals[is_won]), "lost_value": sums(deals[against]),
            "won_valued": sums(valued.assign(one=1), "one"),
            "unvalued": int(deals[(is_won | against)].currency.isna().sum()),
        }

    def stages(self, found, name, span):
        legs = self.d.legs[self.d.legs.entered.between(*span)]
        won = legs.deal.map(self.d.deals.status) == "won"
        for number in self.d.stages.number:
            here = legs[legs.stage == number]
            fates = [int((here.ended == f).sum()) for f in FATES]
            n, settled = len(here), len(here) - fates[4]
            found[f"flow.{name}.{number}"] = {
                "entries": n, "fates": fates, "advanced": ratio(fates[0], n), "settled": ratio(fates[0], settled),
                "interval": wilson(fates[0], n),
            }
            left = here.ended != "s"
            found[f"stay.{name}.{number}"] = curve(here.days[left], here.days[~left])
            winners = here.days[won]
            p75 = float(np.quantile(winners, 0.75)) if len(winners) >= LEARN_FROM else None
            found[f"winners.{name}.{number}"] = [sample(winners), p75]

    def conversion(self, span):
        stages = self.d.stages
        line = list(stages[(stages.pipeline == 0) & (stages.kind == "open")].number)
        place, end = {n: i for i, n in enumerate(line)}, len(line)
        kind = dict(zip(stages.number, stages.kind))
        rates = {r: [[0, 0] for _ in line] for r in ("per_entry", "direct", "all_stages", "any_stage", "without_jumps", "to_won", "to_lost", "not_lost")}

        def note(rule, at, onward):
            rates[rule][at][0] += bool(onward)
            rates[rule][at][1] += 1

        legs = self.d.legs[self.d.legs.entered.between(*span) & self.d.legs.stage.isin(line)]
        for leg in legs.itertuples():
            at, onward = place[leg.stage], leg.ended == "a"
            note("per_entry", at, onward)
            to = place.get(leg.next, end) if onward else None
            if to is None or to <= at + 1:
                note("without_jumps", at, onward)
        status = self.d.deals.status
        for at, stage in enumerate(line):
            came = status.loc[legs[legs.stage == stage].deal.unique()]
            rates["to_won"][at] = [int((came == "won").sum()), len(came)]
            rates["to_lost"][at] = [int((came == "lost").sum()), len(came)]
        kept = self.d.deals[(status != "lost") & self.d.deals.created_day.between(*span)]
        into = self.d.entries[self.d.entries.deal.isin(kept.index)].stage.value_counts()
        here = kept.stage.map(dict(zip(stages.number, stages.pipeline))) == 0
        times = [int(into.get(stage, 0)) for stage in line] + [int(((kept.status == "won") & here).sum())]
        rates["not_lost"] = [[after, this] for this, after in zip(times, times[1:])]
        for deal, entries in self.d.entries.groupby("deal"):
            way, begun = [], None
            for entry in entries.itertuples():
                if entry.stage in place:
                    begun = entry.since // DAY if begun is None else begun
                    way.append(place[entry.stage])
                elif kind[entry.stage] == "won":
                    way.append(end)
            if begun is None or not span[0] <= begun <= span[1]:
                continue
            if status[deal] == "won":
                way.append(end)
            seen, forward = set(way), []
            for at in way:
                forward = [f for f in forward if f < at] + [at]
            for at, to in zip(forward, forward[1:] + [None]):
                if at < end and (to is None or to == at + 1):
                    note("direct", at, to is not None)
            for at in range(end):
                if at in seen:
                    note("any_stage", at, at + 1 in seen)
                    if seen.issuperset(range(at)):
                        note("all_stages", at, at + 1 in seen)
        return {rule: [[n, *rate] for n, rate in zip(line, of)] for rule, of in rates.items()}

    def activities(self):
        done = self.d.activities.assign(one=1)
        done = done[done.done.notna() | (done.kind == "note")]
        table = done.pivot_table(index="deal", columns="kind", values="one", aggfunc="sum") if len(done) else pd.DataFrame()
        return table.reindex(index=self.d.deals.index, columns=KINDS).fillna(0).astype("int64")

    def closed(self, found, name, span):
        deals = self.d.deals
        within = deals[deals.closed_day.between(*span)]
        for rule, begin in (("creation", "created_day"), ("first_stage", "first_day")):
            days = (within.closed_day - within[begin]).clip(lower=0)
            found[f"cycle.{name}.{rule}"] = {s: sample(days[within.status == s]) for s in ("won", "lost")}
        groups = [deals[deals.status == "open"]] + [within[within.status == s] for s in ("won", "lost")]
        found[f"slips.{name}"] = [[sample(g.pushes), int((g.pushes > 0).sum())] for g in groups]
        times = [[int(g.pushes.between(*n).sum()) for n in ((0, 0), (1, 1), (2, 3), (2, FAR))] for g in groups]
        most = sorted((int(n) for g in groups for n in g.pushes if n), reverse=True)
        found[f"put_off.{name}"] = {"times": times, "behind": times, "most": most}
        done = self.activities().loc[within.index]
        won, lost = (done[within.status == s] for s in ("won", "lost"))
        tests = [[k, rank_test(won[k], lost[k])] for k in KINDS]
        tests = [t for t in tests if t[1]]
        corrected = holm([t[1][2] for t in tests])
        found[f"mix.{name}"] = {
            "won": [sample(won[k]) for k in KINDS], "lost": [sample(lost[k]) for k in KINDS],
            "tests": [[k, *t, c] for (k, t), c in zip(tests, corrected)],
        }

    def open(self, deals):
        weighted = {k: even(Fraction(int((g.minor.astype(object) * g.chance).sum()), 100)) for k, g in deals.groupby("home")}
        return {
            "count": len(deals), "unvalued": int(deals.currency.isna().sum()), "value": sums(deals),
            "weighted": {k: v for k, v in weighted.items() if v},
        }

    def money(self, found, name, span):
        deals, quota, currency = self.d.deals, self.q["quota"], self.q["currency"]
        is_open = deals[deals.status == "open"]
        win = self.win(span)
        won, n = win["won"], win["won"] + win["lost"]
        won_deals = deals[(deals.status == "won") & deals.closed_day.between(*span)]
        cycle = (won_deals.closed_day - won_deals.created_day).clip(lower=0)
        opened, of = sums(is_open.assign(one=1), "one"), {}
        for key, count in win["won_valued"].items():
            mean = Fraction(win["won_value"].get(key, 0), count)
            if cycle.sum():
                speed = opened.get(key, 0) * mean * Fraction(won, n) / Fraction(int(cycle.sum()), len(cycle))
                of[key] = [even(speed), even(mean)]
        found[f"velocity.{name}"] = {"open": opened, "of": of, "cycle": float(cycle.mean()) if len(cycle) else None}
        due = sums(is_open[is_open.close_day.between(*span)]).get(currency, 0)
        left = max(quota - win["won_value"].get(currency, 0), 0)
        needed = wilson(won, n)
        for rule, against in (("remaining", left), ("whole", quota)):
            found[f"coverage.{name}.{rule}"] = {
                "remaining": left, "ratio": ratio(due, against), "needed": ratio(n, won),
                "needed_interval": [1 / needed[1], 1 / needed[0]] if needed and needed[0] > 0 else None,
            }

    def narrow(self, found, name, span):
        every = self.d.legs
        winner = every.deal.map(self.d.deals.status) == "won"
        legs = every[(every.ended == "s") | every.left.between(*span)].copy()
        legs["minor"], legs["home"] = legs.deal.map(self.d.deals.minor), legs.deal.map(self.d.deals.home)
        stages, told = self.d.stages, {}
        for number in stages[(stages.pipeline == 0) & (stages.kind == "open")].number:
            here = legs[legs.stage == number]
            winners = every.days[winner & (every.stage == number)]
            limit = float(np.quantile(winners, 0.75)) if len(winners) >= LEARN_FROM else None
            lost = here[here.ended == "l"]
            over = (here.days - limit).clip(lower=0) if limit is not None else here.days * 0
            told[str(number)] = {
                "lost": len(lost), "value": sums(lost), "limit": limit, "beyond": float(over.sum()),
                "waiting": int(((here.ended == "s") & (over > 0)).sum()),
            }
        value = {}
        for t in told.values():
            for home, minor in t["value"].items():
                value[home] = value.get(home, 0) + minor
        value = {home: minor for home, minor in value.items() if minor}
        # Of one currency by value, else by number.
        whole = len(value) == 1 and sum(value.values()) > 0
        loss = lambda t: max(sum(t["value"].values()), 0) if whole else t["lost"]
        losses, beyond = sum(map(loss, told.values())), sum(t["beyond"] for t in told.values())
        for t in told.values():
            t["lost_share"] = loss(t) / losses if losses else 0.0
            t["beyond_share"] = t["beyond"] / beyond if beyond else 0.0
            both = t["lost_share"] + t["beyond_share"]
            t["weight"] = both / 2 if losses and beyond else both
        found[f"narrow.{name}"] = told

    def creation(self, found, name, span):
        deals, first = self.d.deals, pd.Timestamp("1970-01-01")
        low, high = max(int(deals.created_day.min()), span[0]), min(self.d.today, span[1])
        stamp = lambda day: first + pd.Timedelta(days=int(day))
        for code, freq in (("week", "W-SUN"), ("month", "M"), ("quarter", "Q-JAN")):
            pieces, asked = [], deals[deals.created_day.between(low, high)]
            by = pd.PeriodIndex(asked.created_day.map(stamp), freq=freq)
            for piece in pd.period_range(stamp(low), stamp(high), freq=freq):
                of = asked[by == piece]
                begin, end = (piece.start_time - first).days, (piece.end_time - first).days
                whole = begin >= span[0] and end <= span[1] and end < self.d.today
                pieces.append([str(piece.start_time.date()), str(piece.end_time.date()), len(of), sums(of), whole])
            counts = sample([p[2] for p in pieces if p[4]])
            found[f"creation.{name}.{code}"] = {"pieces": pieces, "mean": counts["mean"], "interval": counts["mean_interval"]}

    def idle(self, found):
        d, stages = self.d, self.d.stages
        acts = d.activities
        done = acts[acts.done.notna()].groupby("deal").done.max()
        notes = acts[(acts.kind == "note") & acts.done.isna()].groupby("deal").written.max()
        touch = pd.concat([d.deals.created, d.deals.last_since, done, notes], axis=1).max(axis=1).reindex(d.deals.index)
        whole = lambda since: ((d.now - since) // DAY).clip(lower=0).astype("int64")
        days = {"touch": whole(touch), "update": whole(d.deals.written), "age": (d.today - d.deals.created_day).clip(lower=0)}
        plans = acts[acts.done.isna() & (acts.kind != "note") & acts.due.notna()]
        won = d.legs.deal.map(d.deals.status) == "won"
        for name in ("own", "learned"):
            limits = []
            for stage in stages.itertuples():
                winners = d.legs.days[won & (d.legs.stage == stage.number)]
                limit = None if np.isnan(stage.rot) else int(stage.rot)
                if limit is None and name == "learned" and stage.kind == "open" and len(winners) >= LEARN_FROM:
                    limit = max(int(np.ceil(np.quantile(winners, 0.75))), 1)
                limits.append(limit)
            for rule, since in days.items():
                told, longest = [], []
                for number, limit in zip(stages.number, limits):
                    here = d.deals[(d.deals.status == "open") & (d.deals.stage == number)]
                    ahead = plans[plans.due.between(d.today, d.today + (FAR if limit is None else limit))]
                    # Something planned pauses only what counts signs of life.
                    planned = here.index.isin(ahead.deal) & (rule == "touch")
                    idle = since[here.index]
                    rotting = ~planned & (idle >= (limit if limit is not None else FAR))
                    half = max(-(-limit // 2), 1) if limit is not None else FAR
                    warning = ~planned & (idle >= half) & ~rotting
                    told.append([len(here), int(rotting.sum()), int(warning.sum()), int(planned.sum()), sample(idle), sums(here[rotting])])
                    longest += [int(n) for n in idle[rotting]]
                found[f"idle.{name}.{rule}"] = {
                    "thresholds": limits, "stages": told, "rotting": len(longest), "longest": sorted(longest, reverse=True)[:50],
                }

    def slices(self, found):
        deals = self.d.deals
        for column in ("source", "owner", "currency"):
            parts = {k: self.win((-FAR, FAR), deals=g) | {"size": len(g)} for k, g in deals.groupby(deals[column].fillna(""))}
            common = prior([(p["won"], p["won"] + p["lost"]) for p in parts.values()])
            found[f"slice.{column}"] = {
                k: [p["size"], p["won"], p["lost"], drawn(common, p["won"], p["won"] + p["lost"]) if common else None]
                for k, p in parts.items()
            }

    def all(self):
        found, deals = {"deals": len(self.d.deals)}, self.d.deals
        for name, span in self.spans.items():
            for by in ("close", "creation"):
                for rule in ("closed", "with_overdue"):
                    found[f"win.{name}.{by}.{rule}"] = self.win(span, by, rule)
            self.stages(found, name, span)
            for rule, rates in self.conversion(span).items():
                found[f"conversion.{name}.{rule}"] = rates
            self.closed(found, name, span)
            self.money(found, name, span)
            self.narrow(found, name, span)
            self.creation(found, name, span)
        is_open = deals[deals.status == "open"]
        for name, of in (("any", is_open), ("period", is_open[is_open.close_day.between(*self.spans["period"])]), ("never", is_open[is_open.close_day.isna()])):
            found[f"open.{name}"] = self.open(of)
        first = pd.Timestamp("1970-01-01")
        months = pd.period_range(self.q["from"], self.q["to"], freq="M")
        found["win_by_month"] = {
            str(m): self.win(((m.start_time - first).days, (m.end_time - first).days)) for m in months
        }
        self.idle(found)
        self.slices(found)
        for status in ("open", "won", "lost", "on_hold"):
            found[f"status.{status}"] = int((deals.status == status).sum())
        amounts = Amounts(self)
        return found | amounts.all() | Reached(self).all() | Why(self, amounts).all()
