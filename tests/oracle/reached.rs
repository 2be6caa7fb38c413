//! How far deals got, by the time in which they were created.

use super::Found;
use super::figures::Question;
use chrono::NaiveDate;
use fairlead::domain::insight::cohort::{Cohort, Ladder, reached_deals, undecided_deals};
use fairlead::domain::insight::facts::Facts;
use fairlead::domain::insight::period::{Cut, Period};
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::sources::cohort::{Seen, cohorts};
use fairlead::domain::insight::stats::Rate;
use serde_json::{Value, json};

fn rate(rate: Rate) -> Value {
    json!([rate.part, rate.n, super::ends(rate.interval())])
}

fn funnel(ladder: &Ladder<'_>, all: &Selection, period: Period) -> Value {
    let cohort = Cohort::of(ladder, all, period);
    let rungs = || 0..ladder.rungs();
    let steps: Vec<Value> = rungs().skip(1).map(|r| rate(cohort.step(r - 1))).collect();
    let shares: Vec<Value> = rungs().map(|r| rate(cohort.share(r))).collect();
    // The deals behind each rung, as a figure's number opens them.
    let behind: Vec<[usize; 2]> = rungs()
        .map(|r| {
            [
                reached_deals(ladder, all, period, r).len(),
                undecided_deals(ladder, all, period, r).len(),
            ]
        })
        .collect();
    json!({
        "n": cohort.n(), "reached": cohort.reached, "undecided": cohort.undecided,
        "steps": steps, "shares": shares, "behind": behind,
    })
}

fn grown(facts: &Facts, all: &Selection, period: Period, today: NaiveDate) -> Value {
    let months = cohorts(facts, all, period, today, 36);
    let told = months.iter().map(|m| {
        let cells: Vec<Value> = (m.cells.iter())
            .map(|c| json!([c.rate.part, c.rate.n, c.won.len(), c.seen == Seen::Whole]))
            .collect();
        json!([
            m.month.from().to_string(),
            m.deals.len(),
            m.undecided,
            cells
        ])
    });
    told.collect::<Vec<_>>().into()
}

pub fn reached(q: &Question<'_>, facts: &Facts) -> Found {
    let all = Selection::all(facts);
    let mut found = Found::new();
    for (n, pipeline) in facts.stages.pipelines.iter().enumerate() {
        let ladder = Ladder::of(facts, *pipeline);
        for (name, period) in [("all", Period::all()), ("period", q.period)] {
            let told = funnel(&ladder, &all, period);
            found.insert(format!("funnel.{n}.{name}"), told);
        }
        let months = Cut::Month.pieces(q.period, 36).into_iter();
        let months: serde_json::Map<_, _> = months
            .map(|month| {
                let name = month.from().format("%Y-%m").to_string();
                (name, funnel(&ladder, &all, month))
            })
            .collect();
        found.insert(format!("funnel.{n}.months"), months.into());
    }
    for (name, period) in [("all", Period::all()), ("period", q.period)] {
        let now = NaiveDate::from_epoch_days(q.now.today).unwrap();
        // Also as if it were the last day of a short month, and one of a long one.
        let days = ["2017-09-30", "2026-02-28", "2026-03-31"].map(|day| day.parse().unwrap());
        for today in days.into_iter().chain([now]) {
            let told = grown(facts, &all, period, today);
            found.insert(format!("grown.{name}.{today}"), told);
        }
    }
    found
}
