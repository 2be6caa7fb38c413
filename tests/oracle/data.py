"""The data behind the figures, as plain tables."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

DAY = 86_400_000
KINDS = ["task", "call", "email", "meeting", "note"]


def civil(text):
    """Days since 1970 of a date, none where there is none."""
    return (pd.to_datetime(text) - pd.Timestamp("1970-01-01")).dt.days


class Data:
    """Deals, entries into stages, activities, stages, and what is asked."""

    def __init__(self, folder, name):
        self.folder = Path(folder)
        self.question = json.loads((self.folder / f"{name}.question.json").read_text())
        self.now, self.today = self.question["now"], self.question["today"]
        self.stages = pd.read_csv(self.folder / f"{name}.stages.csv")
        getattr(self, name)()
        self.finish()

    def generated(self):
        read = lambda what, **more: pd.read_csv(self.folder / f"generated.{what}.csv", **more)
        text = {"id": str, "source": str, "owner": str, "currency": str, "deal": str, "fate": str,
                "reason": str, "competitor": str}
        self.deals = read("deals", dtype=text)
        self.entries = read("entries", dtype=text)
        self.activities = read("activities", dtype=text)
        self.contacts = read("contacts", dtype=text)
        self.organisations = read("organisations")
        self.rates = read("rates")
        # Put off is what is said later than what was said before; nothing said forgets nothing.
        closes = read("closes", dtype={"deal": str}).dropna()
        later = civil(closes.said).groupby(closes.deal).diff() > 0
        self.deals["pushes"] = self.deals.id.map(later.groupby(closes.deal).sum()).fillna(0).astype("int64")

    def maven(self):
        raw = pd.read_csv(Path(self.question["data"]) / "sales_pipeline.csv")
        number = dict(zip(self.stages.name, self.stages.number))
        status = raw.deal_stage.map({"Won": "won", "Lost": "lost"}).fillna("open")
        noon = civil(raw.engage_date) * DAY + 12 * 3_600_000
        value = raw.close_value * 100
        self.deals = pd.DataFrame({
            "id": raw.opportunity_id, "created": noon.fillna(self.now).astype("int64"), "status": status,
            "closed": raw.close_date, "value": value, "currency": np.where(value.notna(), "USD", None),
            "source": None, "owner": raw.sales_agent, "close": raw.close_date, "own": np.nan, "pushes": 0,
            "product": raw["product"], "reason": None, "competitor": None, "organisation": np.nan, "written": self.now,
        })
        stage = np.where(raw.deal_stage == "Prospecting", number["Prospecting"], number["Engaging"])
        first = pd.DataFrame({"deal": raw.opportunity_id, "stage": stage, "since": self.deals.created})
        won = raw[raw.deal_stage == "Won"]
        closing = civil(won.close_date) * DAY + 12 * 3_600_000
        last = pd.DataFrame({"deal": won.opportunity_id, "stage": number["Post-Sales"], "since": closing})
        self.entries = pd.concat([first, last]).sort_values(["deal", "since"], kind="stable")
        self.entries["fate"] = None
        self.activities = pd.DataFrame({"deal": [], "kind": [], "done": [], "due": [], "written": []})
        self.contacts = pd.DataFrame({"deal": [], "role": []})
        self.organisations = pd.DataFrame({"id": [], "employees": []})
        self.rates = pd.DataFrame({"of": [], "to": [], "on": [], "worth": []})

    def finish(self):
        deals, entries, stages = self.deals, self.entries, self.stages
        deals["created_day"] = deals.created // DAY
        deals["closed_day"] = civil(deals.closed).where(deals.status != "open")
        deals["close_day"] = civil(deals.close)
        deals["minor"] = deals.value.fillna(0).astype("int64")
        deals["home"] = deals.currency.fillna(self.question["home"])
        deals = deals.set_index("id", drop=False)
        deals["first_day"] = entries.groupby("deal").since.first() // DAY
        deals["last_since"] = entries.groupby("deal").since.last()
        deals["stage"] = entries.groupby("deal").stage.last()
        of_stage = stages.set_index("number").probability
        chance = deals.own.fillna(deals.stage.map(of_stage))
        chance = chance.mask(deals.status == "won", 100).mask(deals.status.isin(["lost", "on_hold"]), 0)
        deals["chance"] = chance.astype("int64")
        self.deals = deals
        self.legs = self.ways(entries)

    def ways(self, entries):
        """Each stay in an open stage, with how it ended."""
        stages = self.stages.set_index("number")
        legs = entries.reset_index(drop=True).copy()
        legs["next"] = legs.groupby("deal").stage.shift(-1)
        legs["next_since"] = legs.groupby("deal").since.shift(-1)
        legs = legs[legs.stage.map(stages.kind) == "open"].copy()
        here, there = legs.stage, legs.next
        kind = there.map(stages.kind)
        same = here.map(stages.pipeline) == there.map(stages.pipeline)
        further = there.map(stages.place) > here.map(stages.place)
        status = legs.deal.map(self.deals.status)
        rules = [
            (there.notna() & (kind == "won"), "a"), (there.notna() & (kind == "lost"), "l"),
            (there.notna() & (kind == "on_hold"), "e"), (there.notna() & ~same, "e"),
            (there.notna() & further, "a"), (there.notna(), "b"),
            (status == "won", "a"), (status == "lost", "l"), (status == "on_hold", "e"),
        ]
        legs["ended"] = np.select([r[0] for r in rules], [r[1] for r in rules], "s")
        legs["entered"] = legs.since // DAY
        left = (legs.next_since // DAY).fillna(legs.deal.map(self.deals.closed_day))
        legs["left"] = left.where(legs.ended != "s")
        legs["days"] = (legs.left.fillna(self.today) - legs.entered).clip(lower=0).astype("int64")
        known = legs.fate.notna()
        if not (legs.ended[known] == legs.fate[known]).all():
            raise SystemExit("oracle: the ends of stays are not those that were put into the log")
        return legs
