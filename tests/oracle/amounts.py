"""Amounts in several currencies: kept apart, and converted by the rates of their days."""

from fractions import Fraction

import numpy as np
import pandas as pd

# Digits of the minor unit by ISO 4217, where they are not two.
DIGITS = {"JPY": 0, "KWD": 3}
REPORTING = {"apart": None, "EUR": "EUR", "USD": "USD", "JPY": "JPY"}
OLD_DAYS = 365


def kept(counts):
    """Sums by currency without those that come to nothing."""
    return {k: int(v) for k, v in counts.items() if v}


class Rates:
    """What one unit was worth: the latest rate of a day, of the pair, else of its inverse, else by way of the reporting currency."""

    def __init__(self, table, reporting):
        day = (pd.to_datetime(table.on) - pd.Timestamp("1970-01-01")).dt.days.fillna(-(10**9))
        self.table = table.assign(day=day).sort_values("day", kind="stable")
        self.pairs = {key: (list(t.day), list(t.worth)) for key, t in self.table.groupby(["of", "to"])}
        self.reporting = reporting

    def own(self, of, to, day):
        days, worth = self.pairs.get((of, to), ([], []))
        held = [w for d, w in zip(days, worth) if d <= day]
        return Fraction(int(held[-1]), 10**6) if held else None

    def pair(self, of, to, day):
        if of == to:
            return Fraction(1)
        own = self.own(of, to, day)
        if own is not None:
            return own
        inverse = self.own(to, of, day)
        return None if inverse is None else 1 / inverse

    def of(self, of, to, day):
        found = self.pair(of, to, day)
        if found is None and self.reporting not in (None, of, to):
            legs = self.pair(of, self.reporting, day), self.pair(self.reporting, to, day)
            found = None if None in legs else legs[0] * legs[1]
        return found

    def convert(self, minor, of, to, day):
        rate = self.of(of, to, day)
        if rate is None:
            return None
        major = Fraction(int(minor), 10 ** DIGITS.get(of, 2)) * rate
        # A half goes to the even one.
        return int(round(major * 10 ** DIGITS.get(to, 2)))


class Amounts:
    def __init__(self, figures):
        self.d, self.q, self.spans, self.win = figures.d, figures.q, figures.spans, figures.win
        deals = self.d.deals.copy()
        # An open deal is worth what today's rate says, others what the day they were closed says.
        deals["rate_day"] = deals.closed_day.where(deals.status != "open", self.d.today)
        self.deals = deals

    def shown(self, reporting):
        """The deals with their values as sums show them."""
        rates, deals = Rates(self.d.rates, reporting), self.deals.copy()
        minor, code, apart, converted = [], [], [], []
        for deal in deals.itertuples():
            has = isinstance(deal.currency, str)
            here = not has or reporting is None or deal.currency == reporting
            told = None if here else rates.convert(deal.minor, deal.currency, reporting, deal.rate_day)
            minor.append(deal.minor if told is None else told)
            code.append((deal.currency if told is None else reporting) if has else None)
            apart.append(not here and told is None)
            converted.append(told is not None)
        return deals.assign(shown=minor, code=code, apart=apart, converted=converted), rates

    @staticmethod
    def total(deals):
        deals = deals[deals.code.notna()]
        by = deals.groupby("code")
        return {
            "sums": kept(by.shown.sum()), "counts": kept(by.size()),
            "converted": int(deals.converted.sum()), "apart": int(deals.apart.sum()), "n": len(deals),
        }

    def weighted(self, deals, chance):
        deals = deals[deals.code.notna()]
        exact = {}
        for code, minor, percent in zip(deals.code, deals.shown, chance.loc[deals.index]):
            exact[code] = exact.get(code, 0) + Fraction(int(minor) * int(percent), 100)
        return self.total(deals) | {"sums": kept({k: round(v) for k, v in exact.items()})}

    def parts(self, deals, span, by, rule):
        """Σ won and Σ decided against, by currency, and of how many deals."""
        status, closed = deals.status, deals.closed_day
        late_from = deals.close_day.where(deals.close_day.notna(), deals.created_day + OLD_DAYS)
        late = (status == "open") & (late_from < self.d.today) if rule == "with_overdue" else status == "never"
        day = deals.created_day if by == "creation" else closed.where(~late, late_from)
        within = (day >= span[0]) & (day <= span[1])
        won, against = within & (status == "won"), within & ((status == "lost") | late)
        gained, gone = (deals[x & deals.code.notna()].groupby("code").shown.sum().to_dict() for x in (won, against))
        shares = {}
        for code in gained.keys() | gone.keys():
            a, b = gained.get(code, 0), gone.get(code, 0)
            if a + b > 0:
                shares[code] = float(Fraction(int(a), int(a + b)))
        return {"n": int((won | against).sum()), "parts": shares}

    def rungs(self, deals, span):
        stages, d = self.d.stages, self.d
        line = stages[(stages.pipeline == 0) & (stages.kind == "open")].sort_values("place").number.tolist()
        rung = {stage: n for n, stage in enumerate(line)}
        furthest = d.entries.stage.map(rung).groupby(d.entries.deal).max()
        here = deals.stage.map(dict(zip(stages.number, stages.pipeline))) == 0
        far = furthest.reindex(deals.index).mask((deals.status == "won") & here, len(line))
        within = deals.created_day.between(*span)
        return line, far.where(within)

    def speed(self, deals, span, reporting):
        home = reporting or self.q["home"]
        counts = deals.code.fillna(home)
        is_open = deals.status == "open"
        ends = deals.closed_day.between(*span)
        won, lost = deals[(deals.status == "won") & ends], deals[(deals.status == "lost") & ends]
        opened, valued = counts[is_open].value_counts(), won.code.dropna().value_counts()
        worth, days = won[won.code.notna()].groupby("code").shown.sum(), (won.closed_day - won.created_day).clip(lower=0)
        of = {}
        for code, n in valued.items():
            if days.sum() > 0:
                mean = Fraction(int(worth[code]), int(n))
                cycle = Fraction(int(days.sum()), len(days))
                of[code] = round(int(opened.get(code, 0)) * mean * Fraction(len(won), len(won) + len(lost)) / cycle)
        return {"open": kept(opened), "won": kept(worth), "valued": kept(valued), "of": of}

    def covered(self, deals, rates):
        span, quota = self.spans["period"], self.q["quota"]
        won = (deals.status == "won") & deals.closed_day.between(*span)
        due = (deals.status == "open") & deals.close_day.between(*span)
        asked = deals[won | due]
        told = [
            np.nan if pd.isna(d.currency) else rates.convert(d.minor, d.currency, "USD", d.rate_day) for d in asked.itertuples()
        ]
        lost = pd.Series([t is None for t in told], index=asked.index, dtype=bool)
        told = pd.Series([0 if t is None or t != t else t for t in told], index=asked.index, dtype=object)
        won, due = won[asked.index] & ~lost, due[asked.index] & ~lost
        has, opened = int(sum(told[won])), int(sum(told[due]))
        left = max(quota - has, 0)
        return {
            "won": has, "open": kept({"USD": opened}), "count": int(due.sum()), "unvalued": int(asked[due].currency.isna().sum()),
            "apart": int(lost.sum()), "ratio": opened / left if left else None, "n": int(due.sum()),
        }

    def all(self):
        found, stages = {}, self.d.stages.set_index("number")
        for told, reporting in REPORTING.items():
            deals, rates = self.shown(reporting)
            opened = deals[deals.status == "open"]
            by_stage = deals.stage.map(stages.probability).mask(deals.status == "won", 100)
            for name, span in self.spans.items():
                for by in ("close", "creation"):
                    for rule in ("closed", "with_overdue"):
                        shares = self.parts(deals, span, by, rule)
                        found[f"value_rate.{name}.{told}.{by}.{rule}"] = shares
                        if reporting is None:
                            found[f"value_rate.{name}.plain.{by}.{rule}"] = shares["parts"]
                ended = {s: deals[(deals.status == s) & deals.closed_day.between(*span)] for s in ("won", "lost")}
                groups = ended | {"open": opened}
                for metric, of in groups.items():
                    found[f"amount.{name}.{told}.{metric}"] = {"n": len(of), "total": self.total(of)}
                both = pd.concat([opened, ended["won"]])
                for rule, of, chance in (
                    ("own", opened, deals.chance), ("stage", opened, by_stage), ("with_won", both, deals.chance),
                ):
                    found[f"amount.{name}.{told}.weighted.{rule}"] = {"n": len(of), "total": self.weighted(of, chance)}
                line, far = self.rungs(deals, span)
                found[f"reached.{name}.{told}"] = [self.total(deals[far >= n]) for n in range(len(line) + 1)]
                found[f"speed.{name}.{told}"] = self.speed(deals, span, reporting)
                found[f"covered.{name}.{told}"] = self.covered(deals, rates)
        return found
