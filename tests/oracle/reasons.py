"""Why deals are won and lost: reasons, rivals, and in what won ones differ from lost ones."""

import numpy as np
import pandas as pd
from scipy import stats

from rates import holm, ratio, two_shares, wilson

LEAST, LEAST_VALUE = 10, 5
SIZES = [
    ("1 to 10 people", 0, 10), ("11 to 50 people", 11, 50), ("51 to 200 people", 51, 200),
    ("201 to 1,000 people", 201, 1_000), ("More than 1,000 people", 1_001, 2**32),
]
EPOCH = pd.Timestamp("1970-01-01")


def month(days):
    return (EPOCH + pd.to_timedelta(days, unit="D")).dt.to_period("M")


def plain(minor, digits=2):
    whole, rest = divmod(int(minor), 10**digits)
    return str(whole) if not rest else f"{whole}.{rest:0{digits}}"


class Why:
    """Values are told in EUR, by the rates of the days deals were closed."""

    def __init__(self, figures, amounts):
        self.d, self.spans, self.activities = figures.d, figures.spans, figures.activities()
        self.total, self.win_parts = amounts.total, figures.decided
        deals, _ = amounts.shown("EUR")
        kind = self.d.entries.stage.map(self.d.stages.set_index("number").kind)
        deals["ended_in"] = self.d.entries[kind == "open"].groupby("deal").stage.last().reindex(deals.index)
        deals["reason"] = deals.reason.fillna("").str.strip()
        deals["competitor"] = deals.competitor.fillna("").str.strip()
        self.deals = deals.sort_index()

    def closed(self, span, *status):
        return self.deals[self.deals.status.isin(status) & self.deals.closed_day.between(*span)]

    def tally(self, deals):
        return [len(deals), self.total(deals)]

    def reasons(self, span, status):
        deals = self.closed(span, status)
        places = sorted(deals.ended_in.dropna().unique()) + [None] * bool(deals.ended_in.isna().any())
        at = lambda of, place: of[of.ended_in.isna() if place is None else of.ended_in == place]
        groups = [(g.reason.iloc[0], key, g) for key, g in deals.groupby(deals.reason.str.lower())]
        groups.sort(key=lambda g: (g[1] == "", -len(g[2]), g[1]))
        return {
            "stages": [None if p is None else int(p) for p in places],
            "rows": [[name, self.tally(g), [self.tally(at(g, p)) for p in places]] for name, _, g in groups],
            "columns": [self.tally(at(deals, p)) for p in places], "all": self.tally(deals),
        }

    def rivals(self, span):
        told = []
        deals = self.closed(span, "won", "lost")
        for _, of in deals.groupby(deals.competitor.str.lower()):
            name = of.competitor.iloc[0]
            won, lost = of[of.status == "won"], of[of.status == "lost"]
            told.append([name, self.tally(won), self.tally(lost), ratio(len(won), len(of)), wilson(len(won), len(of))])
        return sorted(told, key=lambda r: (r[0] == "", -(r[1][0] + r[2][0]), r[0].lower()))

    def trend(self, span, status, column, most=2, latest=36):
        deals = self.closed(span, status)
        if not len(deals):
            return {"names": [], "pieces": []}
        key, at = deals[column].str.lower(), month(deals.closed_day)
        said = sorted(key.value_counts().items(), key=lambda kv: (-kv[1], kv[0]))
        names = [deals[column][key == k].iloc[0] for k, _ in said[:most]]
        row = key.map({k: n for n, (k, _) in enumerate(said[:most])}).fillna(most)
        names += [None] * (len(said) > most)
        pieces = pd.period_range(at.min(), at.max(), freq="M")[-latest:]
        count = lambda m: [int(((at == m) & (row == n)).sum()) for n in range(len(names))]
        return {"names": names, "pieces": [[str(m.start_time.date()), count(m)] for m in pieces]}

    def course(self, span, by, rule):
        part, day = self.win_parts(by, rule)
        within = day.between(*span) & (part != "undecided")
        # The day it was decided, or since when it is late, is what the piece goes by.
        part, at = part[within], month(day[within])
        if not len(part):
            return []
        months = pd.period_range(at.min(), at.max(), freq="M")[-60:]
        return [[str(m.start_time.date()), int((part[at == m] == "won").sum()), int((at == m).sum())] for m in months]

    def factors(self, deals):
        """(name, is it a share, the values of those of which it is known)."""
        d = self.d
        for code, column in (("owner", "owner"), ("source", "source"), ("product", "product")):
            if column in deals:
                for value in sorted(deals[column].dropna().unique()):
                    yield f"{code}:{value}", True, deals[column] == value
        known = deals.organisation.map(d.organisations.set_index("id").employees).dropna()
        for label, low, high in SIZES:
            yield f"size:{label}", True, known.between(low, high)
        roles = d.contacts.groupby("deal").role
        for name, wanted in (("champion", {"champion"}), ("decider", {"decision_maker", "economic_buyer"})):
            have = roles.agg(lambda r: bool(wanted & set(r))) if len(d.contacts) else pd.Series(dtype=bool)
            yield f"{name}:", True, deals.index.to_series().isin(have.index[have.astype(bool)])
        worth = deals[deals.code.notna()]
        if len(worth):
            count = worth.code.value_counts()
            code = max(count.index, key=lambda c: (count[c], c))
            own = worth.shown[worth.code == code].astype("int64")
            half = sorted(own)[len(own) // 2]
            yield f"value:more than {plain(half)} {code}", True, own > half
        acts = self.activities.loc[deals.index]
        yield "contacts:", False, d.contacts.groupby("deal").size().reindex(deals.index).fillna(0)
        yield "activities:", False, acts.sum(axis=1)
        for name, kind in (("meetings", "meeting"), ("calls", "call"), ("emails", "email")):
            yield f"{name}:", False, acts[kind]
        yield "slips:", False, deals.pushes
        yield "cycle:", False, (deals.closed_day - deals.created_day).clip(lower=0)
        stays = d.legs[d.legs.deal.isin(deals.index)]
        for stage, own in stays.groupby("stage"):
            yield f"stay.{stage}:", False, own.groupby("deal").days.sum()

    def share(self, won, lost):
        a, n, b, m = int(won.sum()), len(won), int(lost.sum()), len(lost)
        if a + b < LEAST_VALUE or n - a + m - b < LEAST_VALUE or not n or not m:
            return None
        (by, low, high), (_, p) = two_shares(a, n, b, m)
        return {"won": [a / n, n, a], "lost": [b / m, m, b], "by": by, "interval": [low, high], "p": p}

    def mean(self, won, lost):
        n, m = len(won), len(lost)
        if n < LEAST or m < LEAST or won.nunique() == lost.nunique() == 1:
            return None
        test = stats.ttest_ind(won.astype(float), lost.astype(float), equal_var=False)
        interval = test.confidence_interval(0.95)
        return {
            "won": [won.mean(), n, n], "lost": [lost.mean(), m, m], "by": won.mean() - lost.mean(),
            "interval": [interval.low, interval.high], "p": test.pvalue,
        }

    def differ(self, span):
        deals = self.closed(span, "won", "lost")
        if (deals.status == "won").sum() < LEAST or (deals.status == "lost").sum() < LEAST:
            return None
        found = {}
        for name, is_share, values in self.factors(deals):
            status = deals.status.loc[values.index]
            sides = values[status == "won"], values[status == "lost"]
            told = self.share(*sides) if is_share else self.mean(*sides)
            if told:
                found[name] = told
        for told, corrected in zip(found.values(), holm([t["p"] for t in found.values()])):
            told["corrected"], told["holds"] = corrected, bool(corrected < 0.05)
        return found

    def all(self):
        found = {}
        for name, span in self.spans.items():
            for status in ("won", "lost"):
                found[f"reasons.{name}.{status}"] = self.reasons(span, status)
                found[f"trend.{name}.{status}.reason"] = self.trend(span, status, "reason")
                found[f"trend.{name}.{status}.rival"] = self.trend(span, status, "competitor")
            found[f"rivals.{name}"] = self.rivals(span)
            found[f"differ.{name}"] = self.differ(span)
            for by in ("close", "creation"):
                for rule in ("closed", "with_overdue"):
                    found[f"course.{name}.{by}.{rule}"] = self.course(span, by, rule)
        return found
