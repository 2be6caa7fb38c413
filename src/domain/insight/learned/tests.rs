use super::*;
use crate::domain::ids::IdSource;

/// Deals of which the first column says much, the other nine nothing.
fn told(n: u32, strong: bool) -> (Design, Vec<u32>, Vec<bool>) {
    let mut rng = IdSource::new(11);
    let mut rows = Vec::new();
    let mut won = Vec::new();
    for _ in 0..n {
        let (a, b) = (rng.below(2) as u32, 2 + rng.below(8) as u32);
        let chance = if strong { [25, 75][a as usize] } else { 60 };
        won.push(rng.below(100) < chance);
        rows.push(vec![a, b]);
    }
    (Design::plain(10, rows.into_iter()), (0..n).collect(), won)
}

#[test]
fn what_says_something_is_found_and_what_does_not_is_not() {
    let (design, rows, won) = told(1_000, true);
    let model = Model::learn(&design, &rows[..700], &won[..700]);
    let said: Vec<f64> = (700..1_000).map(|row| model.chance(&design, row)).collect();
    let grade = Grade::of(&said, &won[700..], model.learned).unwrap();
    assert_eq!(grade.verdict(), Verdict::Better);
    assert!(grade.auc > 0.7 && grade.brier < 0.21, "{grade:?}");

    let (design, rows, won) = told(1_000, false);
    let model = Model::learn(&design, &rows[..700], &won[..700]);
    let said: Vec<f64> = (700..1_000).map(|row| model.chance(&design, row)).collect();
    let grade = Grade::of(&said, &won[700..], model.learned).unwrap();
    assert_eq!(grade.verdict(), Verdict::NoBetter, "{grade:?}");
}

#[test]
fn few_are_refused_with_a_sentence() {
    let world = World::default();
    let facts = Facts::over(&world, &|_| 0);
    let refused = Learned::of(&world, &facts, &Selection::all(&facts)).unwrap_err();
    assert_eq!(refused, TooFew { won: 0, lost: 0 });
    assert!(refused.words().contains("at least 100 closed deals"));
}

#[test]
fn reasons_add_up_to_the_score() {
    let (design, rows, won) = told(600, true);
    let model = Model::learn(&design, &rows, &won);
    let learned = Learned {
        counts: factors::counts(&design, &rows, &won),
        grade: None,
        drift: Drift {
            learned: model.learned,
            lately: Rate::default(),
            test: None,
        },
        tested: Vec::new(),
        test_days: (0, 0),
        design,
        model,
    };
    for row in [0, 1, 7, 599] {
        let score = learned.score(row);
        let sum = score.base + score.reasons.iter().map(|r| r.log_odds).sum::<f64>();
        assert!((share(sum) - score.chance).abs() < 1e-12);
        assert!((score.chance - learned.model.chance(&learned.design, row)).abs() < 1e-12);
    }
}
