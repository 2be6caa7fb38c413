use super::*;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::deal::{Closure, DealField, Outcome};
use crate::domain::ids::{ExternalFactorId, IdSource};
use crate::domain::insight::stats::Rate;
use crate::domain::money::Money;
use crate::domain::quota::{ExternalFactorField, QuotaFactor};
use crate::domain::stamp::Stamp;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 1,000.00 each: of a year's hundred deals half are won after 40 days; ten are open.
fn sold() -> (World, Facts) {
    let mut edits = Vec::new();
    let mut rng = IdSource::new(3);
    let begin = day("2025-07-01").to_epoch_days();
    for n in 0..110 {
        let id: DealId = rng.fresh();
        let created = begin + n * 3;
        let date = |day: i32| NaiveDate::from_epoch_days(day).unwrap();
        let closure = Box::new(Closure::on(date(created + 40)));
        let mut set = |field| edits.push(Edit::Deal(id, field));
        set(DealField::Title(format!("Deal {n}")));
        set(DealField::Created(
            i64::from(created) * super::super::facts::DAY,
        ));
        set(DealField::Value(Some(Money::new(100_000, Currency::EUR))));
        set(DealField::Probability(Some(50)));
        set(DealField::Close(Some(date(created + 60))));
        if n < 100 {
            set(DealField::Outcome(if n % 2 == 0 {
                Outcome::Won(closure)
            } else {
                Outcome::Lost(closure)
            }));
        }
    }
    let mut world = World::default();
    world.apply(&Change {
        stamp: Stamp::new(1, 0, 1),
        intent: Intent::new(IntentKind::Import, ""),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    let facts = Facts::over(&world, &|_| 0);
    (world, facts)
}

#[test]
fn attainment_coverage_and_pace_follow_from_the_deals() {
    let (_, facts) = sold();
    let exchange = Exchange::default();
    let all = Selection::all(&facts);
    let today = day("2026-06-01").to_epoch_days();
    let period = Period::quarter_of(day("2026-06-01"), 1);
    let got = Attained::of(&facts, &exchange, &all, period, Currency::EUR, today);
    assert_eq!(got.won, 100_000 * got.won_deals.len() as i128);
    assert!(!got.open_deals.is_empty() && got.weighted * 2 == got.open && got.apart == 0);
    let history = history(&facts, &exchange, &all, Currency::EUR, today);
    assert_eq!((history.value, history.cycle), (100_000, Some(40.0)));
    assert!((history.win.value().unwrap() - 0.5).abs() < 0.02 && history.open == 10);
    let quota = got.won + 600_000;
    assert_eq!(got.remaining(quota), 600_000);
    assert!((got.coverage(quota).unwrap() - got.open as f64 / 600_000.0).abs() < 1e-12);
    let pace = pace(quota, &got, &history, period, today).unwrap();
    assert!((pace.wins - 6.0 / (30.0 / 7.0)).abs() < 1e-9, "{pace:?}");
    // The own cycle is longer than what is left: new deals come too late.
    assert_eq!(pace.create, None);
}

#[test]
fn a_suggestion_is_history_times_its_steps_and_overburdening_is_said() {
    let (mut world, facts) = sold();
    world.apply(&Change {
        stamp: Stamp::new(2, 0, 1),
        intent: Intent::new(IntentKind::Plan, ""),
        author: None,
        edits: vec![
            Edit::ExternalFactor(
                ExternalFactorId(1),
                ExternalFactorField::Name("Fair".into()),
            ),
            Edit::ExternalFactor(ExternalFactorId(1), ExternalFactorField::Effect(1_200)),
            Edit::ExternalFactor(
                ExternalFactorId(1),
                ExternalFactorField::From(Some(day("2026-07-01"))),
            ),
            Edit::ExternalFactor(
                ExternalFactorId(1),
                ExternalFactorField::To(Some(day("2026-08-15"))),
            ),
        ],
        before: Vec::new(),
        undoes: None,
    });
    let exchange = Exchange::default();
    let (all, today) = (Selection::all(&facts), day("2026-06-01").to_epoch_days());
    let history = history(&facts, &exchange, &all, Currency::EUR, today);
    let period = Period::quarter_of(day("2026-07-01"), 1);
    let holder = Holder::default();
    let found = suggest(
        &world,
        &facts,
        &exchange,
        &all,
        &holder,
        &history,
        (period, Span::Quarter),
        (Currency::EUR, today),
    )
    .unwrap();
    // 7/3 deals a week × 92/7 weeks × one half × 1,000.00, give or take the ends.
    let expected = 92.0 / 3.0 * 0.5 * 100_000.0;
    assert!(
        (found.base as f64 / expected - 1.0).abs() < 0.05,
        "{found:?}"
    );
    // Half of the period is touched: half of the fifth.
    let fair = found.steps.iter().find(|s| s.name == "Fair").unwrap();
    assert_eq!(fair.factor, 1_100);
    // Of the days it touches whole, all of it; unless somebody knew better.
    let july = Period::month_of(day("2026-07-01"));
    let known = |steps: &[Step]| outside(&world, &holder, july, steps);
    assert_eq!(known(&[]), Some((1_200, vec!["Fair".to_owned()])));
    let better = Step {
        factor: 900,
        ..fair.clone()
    };
    assert_eq!(known(&[better]), Some((900, vec!["Fair".to_owned()])));
    let june = Period::month_of(day("2026-06-01"));
    assert_eq!(outside(&world, &holder, june, &[]), None);
    assert_eq!(found.amount(Currency::EUR) % 100, 0);
    let none = History {
        win: Rate::new(1, 2),
        ..history.clone()
    };
    assert_eq!(
        suggest(
            &world,
            &facts,
            &exchange,
            &all,
            &holder,
            &none,
            (period, Span::Quarter),
            (Currency::EUR, today)
        ),
        None
    );
    let words = burden(
        &world,
        &facts,
        &holder,
        found.base * 3,
        Span::Quarter,
        &history,
    );
    assert!(words[0].contains("% of what was won"), "{words:?}");
    assert!(
        burden(
            &world,
            &facts,
            &holder,
            found.base / 2,
            Span::Quarter,
            &history
        )
        .is_empty()
    );
}

#[test]
fn steps_multiply_in_whole_minor_units() {
    let step = |factor| QuotaFactor {
        name: String::new(),
        factor,
        note: String::new(),
    };
    assert_eq!(
        apply(1_000_000, &[step(1_100), step(900)], Currency::EUR),
        990_000
    );
    assert_eq!(apply(1_000_049, &[], Currency::EUR), 1_000_000);
    assert_eq!(apply(100, &[step(-5)], Currency::EUR), 0);
}
