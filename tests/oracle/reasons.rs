//! Why deals are won and lost: reasons, rivals, and in what won ones differ from lost ones.

use super::amounts::{told_in, total};
use super::figures::Question;
use super::{Found, ends};
use fairlead::domain::deal::Status;
use fairlead::domain::insight::facts::Facts;
use fairlead::domain::insight::period::{Cut, Period};
use fairlead::domain::insight::select::Selection;
use fairlead::domain::insight::win::{WinBy, WinQuery, WinRule};
use fairlead::domain::insight::win_loss::differ::{Difference, Differences, Factor, differences};
use fairlead::domain::insight::win_loss::{
    Query, Reasons, Tally, Told, course, noted, rivals, trend,
};
use serde_json::{Map, Value, json};

fn tally(tally: &Tally) -> Value {
    json!([tally.n(), total(&tally.value)])
}

fn reasons(query: Query<'_>, status: Status) -> Value {
    let found = Reasons::of(query, status);
    let stages: Vec<_> = (found.stages.iter())
        .map(|stage| stage.and_then(|id| query.facts.stages.find(id)))
        .collect();
    let rows: Vec<Value> = (found.rows.iter())
        .map(|row| {
            let cells: Vec<Value> = row.cells.iter().map(tally).collect();
            json!([row.reason, tally(&row.all), cells])
        })
        .collect();
    let columns: Vec<Value> = (0..stages.len())
        .map(|at| tally(&found.in_stage(at)))
        .collect();
    json!({ "stages": stages, "rows": rows, "columns": columns, "all": tally(&found.all) })
}

fn met(query: Query<'_>) -> Value {
    let all = rivals(query);
    let told = all.iter().map(|r| {
        json!([
            r.name,
            tally(&r.won),
            tally(&r.lost),
            r.rate().value(),
            ends(r.rate().interval())
        ])
    });
    told.collect::<Vec<_>>().into()
}

fn over_time(query: Query<'_>, status: Status, told: Told) -> Value {
    let trend = trend(query, status, told, Cut::Month, 2);
    let pieces: Vec<Value> = (trend.pieces.iter().zip(&trend.deals))
        .map(|(piece, deals)| {
            let counts: Vec<usize> = deals.iter().map(Vec::len).collect();
            json!([piece.from().to_string(), counts])
        })
        .collect();
    json!({ "names": trend.names, "pieces": pieces })
}

/// What a difference is called here and by the oracle.
fn name(facts: &Facts, difference: &Difference) -> String {
    let of = match difference.factor {
        Factor::Dimension(dimension) => dimension.code(),
        Factor::Stay(stage) => format!("stay.{}", facts.stages.find(stage).unwrap()),
        other => format!("{other:?}").to_lowercase(),
    };
    format!("{of}:{}", difference.value)
}

fn differ(query: Query<'_>) -> Value {
    let Differences::Found(found) = differences(query) else {
        return Value::Null;
    };
    assert!(
        found.is_sorted_by(|a, b| a.p <= b.p),
        "the surest come first"
    );
    let told: Map<_, _> = (found.iter())
        .map(|d| {
            let told = json!({
                "won": [d.won.value, d.won.n, d.won.deals.len()],
                "lost": [d.lost.value, d.lost.n, d.lost.deals.len()],
                "by": d.by, "interval": [d.interval.low, d.interval.high], "p": d.p,
                "corrected": d.corrected, "holds": d.holds(),
            });
            (name(query.facts, d), told)
        })
        .collect();
    assert_eq!(told.len(), found.len(), "each is there once");
    told.into()
}

pub fn why(q: &Question<'_>, facts: &Facts) -> Found {
    let all = Selection::all(facts);
    let mut found = Found::new();
    let exchange = told_in(q, "EUR");
    for (name, period) in [("all", Period::all()), ("period", q.period)] {
        let query = Query {
            world: q.world,
            facts,
            of: &all,
            period,
            exchange: &exchange,
        };
        for status in [Status::Won, Status::Lost] {
            let code = status.code();
            found.insert(format!("reasons.{name}.{code}"), reasons(query, status));
            for (told, word) in [(Told::Reason, "reason"), (Told::Rival, "rival")] {
                let trend = over_time(query, status, told);
                found.insert(format!("trend.{name}.{code}.{word}"), trend);
            }
        }
        found.insert(format!("rivals.{name}"), met(query));
        found.insert(format!("differ.{name}"), differ(query));
        assert_eq!(noted(query), [], "nothing was noted");
        for by in [WinBy::Close, WinBy::Creation] {
            for rule in WinRule::ALL {
                let win = WinQuery {
                    period,
                    by,
                    rule,
                    now: q.now,
                };
                let points = course(query, &win, Cut::Month, 60);
                let points: Vec<Value> = (points.iter())
                    .map(|p| json!([p.period.from().to_string(), p.rate.part, p.rate.n]))
                    .collect();
                let told = format!("course.{name}.{}.{}", by.code(), rule.code());
                found.insert(told, points.into());
            }
        }
    }
    found
}
