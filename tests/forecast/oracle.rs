//! Figures of the grading for `tests/forecast/oracle.py`, which works them out again with numpy from
//! what was said and what came: written to `target/oracle`.

use crate::known::told;
use crate::pipelines::{PLAIN, begin, story};
use fairlead::domain::forecast::grade::report::report;
use fairlead::domain::forecast::grade::{Ask, Grading};
use fairlead::domain::forecast::life::Lives;
use fairlead::domain::forecast::outcome::quantile;
use fairlead::domain::forecast::random::Random;
use fairlead::domain::quota::Span;
use serde_json::{Value, json};
use std::path::PathBuf;

#[test]
fn the_grading_is_written_for_the_oracle() {
    let weeks = 52 * 2;
    let told = told(&story(PLAIN, weeks, 11));
    let today = begin() + 7 * weeks;
    let lives = Lives::read(&told.trails, &told.ground.stages, today, i64::MAX);
    let ask = Ask {
        span: Span::Month,
        weekly: true,
        trials: 200,
    };
    let shots = Grading::new(lives, &told.ground, today, ask).finish(&told.trails, &told.ground);
    let report = report(&shots);
    let whole = |minor: i128| i64::try_from(minor).unwrap();
    let data: Vec<Value> = shots
        .iter()
        .map(|s| {
            let guesses: Vec<Value> = s
                .guesses
                .iter()
                .map(|g| json!([g.chances, g.won]))
                .collect();
            let said: Vec<i64> = s.said.iter().map(|m| whole(*m)).collect();
            json!({ "said": said, "low": whole(s.low), "high": whole(s.high), "came": whole(s.came), "guesses": guesses })
        })
        .collect();
    let curve = |bins: &Vec<fairlead::domain::forecast::grade::report::Bin>| -> Vec<Value> {
        let one = |b: &fairlead::domain::forecast::grade::report::Bin| {
            let wilson = b.came.interval().map(|i| [i.low, i.high]);
            json!([b.said, b.came.part, b.came.n, wilson])
        };
        bins.iter().map(one).collect()
    };
    let truths: Vec<Value> = report
        .truths
        .iter()
        .map(|t| json!([t.n, t.brier, t.against, t.error]))
        .collect();
    let off: Vec<Value> = report
        .off
        .iter()
        .map(|o| json!([whole(o.bias), whole(o.error)]))
        .collect();
    let mut random = Random::new(3);
    let mut numbers: Vec<i64> = (0..997)
        .map(|_| i64::from(random.below(2_000_000)) - 500_000)
        .collect();
    numbers.sort_unstable();
    let quantiles: Vec<i64> = [0.0, 0.1, 0.25, 0.5, 0.9, 1.0]
        .into_iter()
        .map(|share| whole(quantile(&numbers, share)))
        .collect();
    let all = json!({
        "data": { "shots": data, "numbers": numbers },
        "ours": {
            "covered": [report.covered.part, report.covered.n],
            "off": off,
            "truths": truths,
            "curves": report.curves.iter().map(curve).collect::<Vec<_>>(),
            "quantiles": quantiles,
        },
    });
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/oracle");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string(&all).unwrap();
    std::fs::write(folder.join("forecast.json"), text).unwrap();
}
