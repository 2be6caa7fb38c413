//! What is forecast for a day of the past, from what was known then, against what came.

use crate::pipelines::{PLAIN, Truth, begin, date, story};
use fairlead::domain::change::Change;
use fairlead::domain::forecast::Day;
use fairlead::domain::forecast::book::Book;
use fairlead::domain::forecast::chance::{Chance, arrivals, chances};
use fairlead::domain::forecast::life::{Ground, Lives, StageBook};
use fairlead::domain::forecast::model::{Learning, Model};
use fairlead::domain::forecast::months::Months;
use fairlead::domain::forecast::outcome::Outcome;
use fairlead::domain::forecast::plan::Plan;
use fairlead::domain::forecast::simulate::Run;
use fairlead::domain::forecast::what_if::WhatIf;
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::stats::binomial::{at_least, at_most};
use fairlead::domain::insight::trail::Trails;
use fairlead::domain::money::Currency;

pub struct Told {
    pub trails: Trails,
    pub ground: Ground,
}

pub fn told(log: &[Change]) -> Told {
    Told {
        trails: Trails::read(log),
        ground: Ground {
            stages: StageBook::read(log),
            exchange: Exchange::default(),
            currency: Currency::EUR,
            fiscal_month: 1,
        },
    }
}

pub struct Then {
    pub model: Model,
    pub book: Book,
    pub chances: Vec<Chance>,
    pub outcome: Outcome,
}

pub fn forecast(told: &Told, until: Day, period: Period, trials: u32) -> Then {
    let lives = Lives::read(&told.trails, &told.ground.stages, until, i64::MAX);
    let model = Learning::new(&lives).finish(&lives, &told.ground);
    let book = Book::new(&lives, &told.ground, |_, _| true);
    let months = Months::ahead(until, period, 1);
    let what_if = WhatIf::default();
    let chances = chances(&model, &book, &months, &what_if);
    let new = arrivals(&model, &months, &what_if);
    let within = months.within(period);
    let won = book.won_in(period).minor;
    let mut plan = Plan::new(&model, &book, &chances, &months, new, &what_if, within, won);
    plan.trials = trials;
    Then {
        outcome: Run::new(plan).finish(),
        model,
        book,
        chances,
    }
}

/// How often what came lay between the low and the high of the quarter's forecast, of how many
/// quarters; and the sums forecast and won.
fn covered(truth: Truth, seeds: std::ops::Range<u64>) -> (u64, u64, i128, i128) {
    let (mut inside, mut n, mut said, mut came) = (0, 0, 0, 0);
    for seed in seeds {
        let weeks = 52 * 4;
        let log = story(truth, weeks, seed);
        let told = told(&log);
        let last = begin() + 7 * weeks;
        let all = Lives::read(&told.trails, &told.ground.stages, last, i64::MAX);
        let book = Book::new(&all, &told.ground, |_, _| true);
        let mut period = Period::quarter_of(date(begin() + 2 * 364), 1);
        while period.to().to_epoch_days() < last - 1 {
            let then = forecast(&told, period.from().to_epoch_days() - 1, period, 2_000);
            let won = book.won_in(period).minor;
            let range = then.outcome.range;
            n += 1;
            inside += u64::from((range.low..=range.high).contains(&won));
            said += then.outcome.mean;
            came += won;
            period = Period::quarter_of(period.to().succ_opt().unwrap(), 1);
        }
    }
    (inside, n, said, came)
}

#[test]
fn eight_of_ten_quarters_lie_within_the_interval() {
    for (name, truth) in [
        ("plain", PLAIN),
        (
            "good and bad months",
            Truth {
                months: 0.3,
                ..PLAIN
            },
        ),
        (
            "as expected",
            Truth {
                moves: false,
                ..PLAIN
            },
        ),
    ] {
        let (inside, n, said, came) = covered(truth, 0..8);
        // Two in a thousand on either side.
        let odd = at_most(inside, n, 0.8).min(at_least(inside, n, 0.8));
        assert!(odd > 0.002, "{name}: {inside} of {n}");
        let off = (said - came).abs() * 100 / came;
        assert!(off < 8, "{name}: {off} % off, {said} for {came}");
    }
}
