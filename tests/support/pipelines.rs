//! Pipelines of which the truth is known: deals that go through stages by given chances a week.

use chrono::NaiveDate;
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::deal::{Closure, DealField, Outcome, Placement, Status};
use fairlead::domain::forecast::random::Random;
use fairlead::domain::forecast::{DAY, Day};
use fairlead::domain::ids::{DealId, PipelineId, StageId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::stage::StageField;
use fairlead::domain::stamp::Stamp;

/// How deals go.
#[derive(Clone, Copy, Debug)]
pub struct Truth {
    /// How many come in a week.
    pub per_week: f64,
    /// By stage: the chance a week to go on (from the last: to be won) and to be lost.
    pub stages: [(f64, f64); 3],
    /// How much good and bad months differ: the standard deviation of the logarithm.
    pub months: f64,
    /// Whether values and close dates change on the way.
    pub moves: bool,
}

/// A plain one: about a third is won, after some three months.
pub const PLAIN: Truth = Truth {
    per_week: 3.0,
    stages: [(0.25, 0.08), (0.25, 0.08), (0.25, 0.06)],
    months: 0.0,
    moves: true,
};

/// The first day of the story.
pub fn begin() -> Day {
    NaiveDate::from_ymd_opt(2022, 1, 3).unwrap().to_epoch_days()
}

pub fn date(day: Day) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap()
}

struct Pen {
    log: Vec<Change>,
    counter: u16,
}

impl Pen {
    fn write(&mut self, day: Day, kind: IntentKind, edits: Vec<Edit>) {
        // In the morning, before noon, when closings count.
        self.counter = self.counter.wrapping_add(1);
        let at = i64::from(day) * DAY + 8 * 3_600_000;
        self.log.push(Change {
            stamp: Stamp::new(at, self.counter, 1),
            author: None,
            intent: Intent::new(kind, "Story"),
            edits,
            before: Vec::new(),
            undoes: None,
        });
    }
}

/// The log of so many weeks from a seed.
pub fn story(truth: Truth, weeks: i32, seed: u64) -> Vec<Change> {
    let mut random = Random::new(seed);
    let mut pen = Pen {
        log: Vec::new(),
        counter: 0,
    };
    let chances = [10, 25, 50];
    let mut setup = Vec::new();
    for (n, chance) in chances.into_iter().enumerate() {
        let id = StageId(n as u64 + 1);
        setup.push(Edit::Stage(id, StageField::Pipeline(PipelineId(1))));
        setup.push(Edit::Stage(id, StageField::Name(format!("Stage {n}"))));
        setup.push(Edit::Stage(id, StageField::Probability(chance)));
    }
    pen.write(begin() - 1, IntentKind::Setup, setup);
    let good: Vec<f64> = (0..weeks / 4 + 20)
        .map(|_| (truth.months * random.normal() - 0.5 * truth.months.powi(2)).exp())
        .collect();
    let mut number = 0;
    for week in 0..weeks {
        for _ in 0..random.poisson(truth.per_week) {
            number += 1;
            let day = begin() + 7 * week + random.below(7) as i32;
            deal(
                &mut pen,
                &mut random,
                truth,
                DealId(number),
                day,
                begin() + 7 * weeks,
                &good,
            );
        }
    }
    pen.log.sort_by_key(|c| c.stamp);
    pen.log
}

fn deal(
    pen: &mut Pen,
    random: &mut Random,
    truth: Truth,
    id: DealId,
    born: Day,
    last: Day,
    good: &[f64],
) {
    let mut value = (1_000_000.0 * (0.5 * random.normal()).exp()) as i64;
    let mut close = born + 60 + random.below(60) as i32;
    let money = |minor| DealField::Value(Some(Money::new(minor, Currency::EUR)));
    let place = |stage: usize, day: Day| {
        DealField::Placement(Placement {
            stage: StageId(stage as u64 + 1),
            since: i64::from(day) * DAY + 9 * 3_600_000,
        })
    };
    let first = [
        DealField::Title(format!("Deal {}", id.0)),
        DealField::Created(i64::from(born) * DAY + 8 * 3_600_000),
        place(0, born),
        money(value),
        DealField::Close(Some(date(close))),
    ];
    pen.write(
        born,
        IntentKind::CreateDeal,
        first.map(|f| Edit::Deal(id, f)).to_vec(),
    );
    let (mut stage, mut day) = (0, born);
    loop {
        // A day at a time, at a seventh of the chance of a week.
        day += 1;
        if day >= last {
            return;
        }
        let month = good[((day - begin()) / 30).max(0) as usize % good.len()];
        let (on, lost) = truth.stages[stage];
        let (on, lost) = (on / 7.0 * month, lost / 7.0);
        let draw = random.unit();
        if draw < on && stage < 2 {
            stage += 1;
            let mut edits = vec![Edit::Deal(id, place(stage, day))];
            if truth.moves {
                value = (value as f64 * (0.15 * random.normal()).exp()) as i64;
                edits.push(Edit::Deal(id, money(value)));
            }
            pen.write(day, IntentKind::MoveDeal, edits);
        } else if draw < on + lost {
            let status = if draw < on { Status::Won } else { Status::Lost };
            let outcome = Outcome::new(status, Closure::on(date(day)));
            pen.write(
                day,
                IntentKind::CloseDeal,
                vec![Edit::Deal(id, DealField::Outcome(outcome))],
            );
            return;
        } else if truth.moves && day > close {
            close = day + 20 + random.below(30) as i32;
            let field = DealField::Close(Some(date(close)));
            pen.write(day, IntentKind::EditDeal, vec![Edit::Deal(id, field)]);
        }
    }
}
