//! How likely quotas are said to be, against how often they were reached.

use crate::known::told;
use crate::pipelines::{PLAIN, Truth, begin, date, story};
use fairlead::domain::forecast::Day;
use fairlead::domain::forecast::book::Book;
use fairlead::domain::forecast::case::{Case, Keep};
use fairlead::domain::forecast::life::{Ground, Life, Lives, Step};
use fairlead::domain::forecast::model::{Learning, Model};
use fairlead::domain::forecast::reach::{Reach, UNCHANGED};
use fairlead::domain::forecast::simulate::Run;
use fairlead::domain::forecast::what_if::WhatIf;
use fairlead::domain::insight::period::Period;

const WEEKS: i32 = 52 * 4;

fn learn(lives: &Lives, ground: &Ground) -> Model {
    Learning::new(lives).finish(lives, ground)
}

fn reach(case: &Case, model: &Model) -> Reach {
    let mut plan = case.plan(model, &WhatIf::default());
    (plan.trials, plan.won) = (2_000, 0);
    Reach::new(Run::new(plan).finish())
}

/// Of quotas of different height in the middle of quarters: how often they were reached, how often
/// that was expected, and the variance of it.
fn reached(truth: Truth, seed: u64) -> (f64, f64, f64) {
    let told = told(&story(truth, WEEKS, seed));
    let last = begin() + 7 * WEEKS;
    let all = Lives::read(&told.trails, &told.ground.stages, last, i64::MAX);
    let book = Book::new(&all, &told.ground, |_, _| true);
    let (mut came, mut said, mut variance) = (0.0, 0.0, 0.0);
    let mut period = Period::quarter_of(date(begin() + 2 * 364), 1);
    for height in [80_i128, 95, 105, 120, 80, 95, 105, 120] {
        if period.to().to_epoch_days() >= last {
            break;
        }
        let before = period.previous().unwrap();
        let quota = book.won_in(before).minor * height / 100;
        // Five weeks after it began.
        let today: Day = period.from().to_epoch_days() + 35;
        let lives = Lives::read(&told.trails, &told.ground.stages, today - 1, i64::MAX);
        let model = learn(&lives, &told.ground);
        let case = Case::new(&lives, &told.ground, &model, today, period, None);
        assert!(case.is_seen() && case.can_win());
        let missing = quota - case.book.won_in(period).minor;
        let p = reach(&case, &model).chance(missing, UNCHANGED);
        let p = p.value().unwrap();
        came += f64::from(u8::from(book.won_in(period).minor >= quota));
        said += p;
        variance += p * (1.0 - p);
        period = Period::quarter_of(period.to().succ_opt().unwrap(), 1);
    }
    (came, said, variance)
}

#[test]
fn quotas_are_reached_as_often_as_is_said() {
    let (mut came, mut said, mut variance) = (0.0, 0.0, 0.0);
    for seed in 0..10 {
        let one = reached(PLAIN, seed);
        (came, said, variance) = (came + one.0, said + one.1, variance + one.2);
    }
    // Neither certain nor hopeless: else this would prove nothing.
    assert!(variance > 4.0, "{variance}");
    let off: f64 = (came - said) / variance.sqrt();
    assert!(off.abs() < 3.0, "{came} came, {said} were expected");
}

#[test]
fn a_part_and_the_rest_are_the_whole() {
    let told = told(&story(PLAIN, 90, 5));
    let today = begin() + 7 * 70;
    let lives = Lives::read(&told.trails, &told.ground.stages, today - 1, i64::MAX);
    let model = learn(&lives, &told.ground);
    let period = Period::quarter_of(date(today), 1);
    let case =
        |keep: Option<Keep<'_>>| Case::new(&lives, &told.ground, &model, today, period, keep);
    let whole = case(None);
    assert_eq!(case(Some(&|_, _| true)), whole);
    let odd = |life: &Life, _: &Step| life.deal.0 % 2 == 1;
    let (part, rest) = (case(Some(&odd)), case(Some(&|l, s| !odd(l, s))));
    assert!((part.share + rest.share - 1.0).abs() < 1e-12 && part.share > 0.2);
    let won = |case: &Case| case.book.won_in(period).minor;
    assert_eq!(won(&part) + won(&rest), won(&whole));
    let open = part.book.open.len() + rest.book.open.len();
    assert_eq!(open, whole.book.open.len());
    for (all, (one, other)) in whole
        .arrivals
        .iter()
        .zip(part.arrivals.iter().zip(&rest.arrivals))
    {
        assert!((one + other - all).abs() < 1e-9);
    }
    // More is less likely, and from all it is likelier than from a part.
    let (of_part, of_all) = (reach(&part, &model), reach(&whole, &model));
    let range = of_part.range(UNCHANGED);
    let chance = |reach: &Reach, missing| reach.chance(missing, UNCHANGED).value().unwrap();
    assert!(chance(&of_part, range.low) > chance(&of_part, range.high));
    assert!(chance(&of_all, range.middle) > chance(&of_part, range.middle));
    let nothing = case(Some(&|_, _| false));
    assert!(!nothing.can_win());
}

#[test]
fn what_is_too_far_ahead_is_not_played() {
    let told = told(&story(PLAIN, 40, 1));
    let today = begin() + 7 * 40;
    let lives = Lives::read(&told.trails, &told.ground.stages, today - 1, i64::MAX);
    let model = learn(&lives, &told.ground);
    let seen = |years: i32| {
        let period = Period::year_of(date(today + 365 * years), 1);
        Case::new(&lives, &told.ground, &model, today, period, None).is_seen()
    };
    assert!(seen(0) && seen(1) && !seen(3));
}
