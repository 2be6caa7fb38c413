//! The learned score and what experiments say, with what they were given.

use super::put;
use fairlead::domain::ids::IdSource;
use fairlead::domain::insight::learned::{Design, auc, brier, fit, share};
use fairlead::domain::insight::stats::Rate;
use fairlead::domain::insight::trial::evidence::{belief, evidence, sizes};
use serde_json::{Value, json};

/// Rows of four categories with 3, 4, 5 and 9 levels, of which the first two matter.
fn given() -> (Vec<Vec<u32>>, Vec<bool>) {
    let mut rng = IdSource::new(99);
    let (mut rows, mut won) = (Vec::new(), Vec::new());
    for _ in 0..600 {
        let levels = [3, 4, 5, 9].map(|n| rng.below(n) as u32);
        let chance = 20 + 15 * u64::from(levels[0]) + 8 * u64::from(levels[1]);
        won.push(rng.below(100) < chance);
        rows.push(vec![
            levels[0],
            3 + levels[1],
            7 + levels[2],
            12 + levels[3],
        ]);
    }
    (rows, won)
}

#[test]
fn the_learned_score_is_written_for_the_oracle() {
    let (rows, won) = given();
    let design = Design::plain(21, rows.iter().cloned());
    let all: Vec<u32> = (0..600).collect();
    let fits: Vec<Value> = [0.5, 3.0, 30.0]
        .map(|ridge| {
            let weights = fit(&design, &all[..400], &won[..400], &[true; 21], ridge);
            let said: Vec<f64> = rows[400..]
                .iter()
                .map(|row| share(weights.log_odds(row)))
                .collect();
            json!({
                "ridge": ridge, "intercept": weights.intercept, "columns": weights.columns,
                "said": said, "brier": brier(&said, &won[400..]), "auc": auc(&said, &won[400..]),
            })
        })
        .into();
    let arms = [
        (0, 0, 0, 0),
        (3, 10, 6, 11),
        (30, 120, 44, 118),
        (200, 1_000, 240, 990),
    ];
    let trials: Vec<Value> = arms
        .map(|(a, n, b, m)| {
            let (one, two) = (Rate::new(a, n), Rate::new(b, m));
            let found = belief(one, two);
            json!({
                "counts": [a, n, b, m],
                "better": found.better, "loss": found.loss, "loss_first": found.loss_first,
                "evidence": evidence(one, two, 0.5, 0.1), "evidence_third": evidence(one, two, 1.0 / 3.0, 0.05),
            })
        })
        .into();
    let sized: Vec<Value> = [
        (0.2, 0.1, 0.05, 0.8, 1.0),
        (0.5, 0.05, 0.01, 0.9, 1.0),
        (0.63, 0.1, 0.05, 0.8, 1.0),
        (0.2, 0.1, 0.05, 0.8, 3.0),
        (0.63, 0.07, 0.025, 0.9, 0.25),
    ]
    .map(|(base, minimum, alpha, power, ratio)| {
        let sizes = sizes(base, minimum, alpha, power, ratio);
        json!([base, minimum, alpha, power, ratio, sizes])
    })
    .into();
    let text = json!({ "rows": rows, "won": won, "fits": fits, "trials": trials, "sizes": sized });
    put("learned.json", &serde_json::to_string(&text).unwrap());
}
