//! How good forecasts were: for days of the past, with nothing but what was known then, every way
//! of forecasting says what a period will bring; that is compared with what it brought.

pub mod people;
pub mod report;
pub mod verdict;
pub mod words;

use super::Day;
use super::book::Book;
use super::chance::{arrivals, chances};
use super::life::{End, Ground, Life, Lives, Reading};
use super::model::{Learning, Model};
use super::months::{Months, date};
use super::plan::Plan;
use super::simulate::Run;
use super::what_if::WhatIf;
use crate::domain::deal::ForecastCategory;
use crate::domain::ids::{DealId, IdMap};
use crate::domain::insight::period::Period;
use crate::domain::insight::trail::Trails;
use crate::domain::quota::Span;
use crate::domain::stamp::Millis;

/// Before the first forecast there must be so many days to learn from.
pub const RUN_UP: i32 = 180;
/// At most so many forecasts are graded, the latest.
pub const MOST: usize = 160;

/// Ways of saying how much a period will bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Each value times its own or its stage's chance, if expected in the period.
    Weighted,
    /// What is called commit.
    Commit,
    /// What is called commit or best case.
    BestCase,
    /// As deals in their stages went before.
    Historic,
    /// The middle of the simulation.
    Simulated,
    /// As much as in the period before.
    AsBefore,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Weighted,
        Self::Commit,
        Self::BestCase,
        Self::Historic,
        Self::Simulated,
        Self::AsBefore,
    ];

    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Weighted => "Weighted",
            Self::Commit => "Commit",
            Self::BestCase => "Best case",
            Self::Historic => "By own history",
            Self::Simulated => "Simulated, middle",
            Self::AsBefore => "As in the period before",
        }
    }
}

/// Ways of giving a deal a chance to be won in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giver {
    /// Its own or its stage's chance if it is expected in the period, else none.
    Weighted,
    /// As deals in its stage went before.
    Historic,
    /// As it is played in the simulation.
    Played,
    /// The same for all: the share of open deals that were won in as much time.
    Base,
}

impl Giver {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Weighted, Self::Historic, Self::Played, Self::Base];

    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Weighted => "Stage or own chance, if expected then",
            Self::Historic => "By own history",
            Self::Played => "Simulation",
            Self::Base => "Base rate",
        }
    }
}

/// What was said of a deal, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// Which deal.
    pub deal: DealId,
    /// The chances given, as [`Giver::ALL`].
    pub chances: [f64; 4],
    /// Its category, where it was expected in the period.
    pub category: Option<ForecastCategory>,
    /// Whether it was won in the rest of the period.
    pub won: bool,
}

/// One forecast, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// What was known at the end of this day.
    pub until: Day,
    /// The period.
    pub period: Period,
    /// What was said, as [`Way::ALL`], in minor units.
    pub said: [i128; 6],
    /// One of ten trials was below.
    pub low: i128,
    /// One of ten trials was above.
    pub high: i128,
    /// What came, in minor units.
    pub came: i128,
    /// What was said of each open deal.
    pub guesses: Vec<Guess>,
}

/// What is to be graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// How long the periods are.
    pub span: Span,
    /// Whether every week of them, or only their beginning.
    pub weekly: bool,
    /// How many trials a forecast has.
    pub trials: u32,
}

/// The forecasts to be graded: the day until which all is known, and the period. Only periods that
/// are over, and with enough to learn from.
#[must_use]
pub fn points(first: Day, today: Day, fiscal_month: u8, ask: Ask) -> Vec<(Day, Period)> {
    let of = |day| match ask.span {
        Span::Month => Period::month_of(day),
        Span::Quarter => Period::quarter_of(day, fiscal_month),
        Span::Year => Period::year_of(day, fiscal_month),
    };
    let mut points = Vec::new();
    let mut period = of(date(today)).from().pred_opt().map(of);
    while let Some(now) = period {
        let (from, to) = now.range();
        let step = if ask.weekly { 7 } else { to - from + 8 };
        let mut days: Vec<Day> = (from - 1..=to - 7).step_by(step.max(1) as usize).collect();
        days.retain(|day| *day >= first + RUN_UP);
        if days.is_empty() || points.len() + days.len() > MOST {
            break;
        }
        points.extend(days.iter().rev().map(|day| (*day, now)));
        period = now.from().pred_opt().map(of);
    }
    points.reverse();
    points
}

/// What is known of one day of the past.
enum At {
    Begin,
    Reading(Box<Reading>),
    Learning(Box<(Lives, Learning)>),
    Playing(Box<(Shot, Run)>),
}

/// Grades forecast after forecast, a little at a time.
pub struct Grading {
    ask: Ask,
    points: Vec<(Day, Period)>,
    next: usize,
    at: At,
    /// What came: all lives up to today, and what is won.
    lives: Lives,
    book: Book,
    places: IdMap<DealId, usize>,
    shots: Vec<Shot>,
}

impl Grading {
    /// Ready to begin. `lives` go up to today.
    #[must_use]
    pub fn new(lives: Lives, ground: &Ground, today: Day, ask: Ask) -> Self {
        let first = lives.lives.iter().map(|l| l.created).min();
        let first = first.unwrap_or(today);
        let places = lives.lives.iter().enumerate();
        Self {
            ask,
            points: points(first, today, ground.fiscal_month, ask),
            next: 0,
            at: At::Begin,
            book: Book::new(&lives, ground, |_, _| true),
            places: places.map(|(n, l)| (l.deal, n)).collect(),
            lives,
            shots: Vec::new(),
        }
    }

    /// How many forecasts are graded, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.points.len())
    }

    /// Goes on a little; says whether there is more.
    pub fn step(&mut self, trails: &Trails, ground: &Ground) -> bool {
        let Some((until, period)) = self.points.get(self.next).copied() else {
            return false;
        };
        self.at = match std::mem::replace(&mut self.at, At::Begin) {
            At::Begin => At::Reading(Box::new(Reading::new(trails, until, Millis::MAX))),
            At::Reading(mut reading) => {
                if reading.step(trails, &ground.stages) {
                    At::Reading(reading)
                } else {
                    let lives = reading.finish(trails, &ground.stages);
                    let learning = Learning::new(&lives);
                    At::Learning(Box::new((lives, learning)))
                }
            }
            At::Learning(mut both) => {
                let (lives, learning) = &mut *both;
                if learning.step(lives, ground) {
                    At::Learning(both)
                } else {
                    let (lives, learning) = *both;
                    let model = learning.finish(&lives, ground);
                    At::Playing(Box::new(self.shoot(&model, &lives, ground, period)))
                }
            }
            At::Playing(mut both) => {
                if both.1.step(16) {
                    At::Playing(both)
                } else {
                    let (mut shot, run) = *both;
                    let range = run.finish().range;
                    (shot.low, shot.high) = (range.low, range.high);
                    shot.said[4] = range.middle;
                    self.shots.push(shot);
                    self.next += 1;
                    At::Begin
                }
            }
        };
        self.next < self.points.len()
    }

    /// What was graded.
    #[must_use]
    pub fn finish(mut self, trails: &Trails, ground: &Ground) -> Vec<Shot> {
        while self.step(trails, ground) {}
        self.shots
    }

    fn shoot(&self, model: &Model, lives: &Lives, ground: &Ground, period: Period) -> (Shot, Run) {
        let until = lives.until;
        let book = Book::new(lives, ground, |_, _| true);
        let months = Months::ahead(until, period, 1);
        let what_if = WhatIf::default();
        let chances = chances(model, &book, &months, &what_if);
        let new = arrivals(model, &months, &what_if);
        let rollup = book.rollup(period, until + 1);
        let within = months.within(period);
        let won = rollup.closed.minor;
        let last = within.1.saturating_sub(1);
        let of = |by: &[f64]| {
            let before = within.0.checked_sub(1).map_or(0.0, |n| by[n]);
            (by.get(last).copied().unwrap_or(0.0) - before).clamp(0.0, 1.0)
        };
        let mut base = Vec::new();
        let days = period.to().to_epoch_days() - until;
        model
            .base
            .won_by(&[days], |week| model.season_of(week), &mut base);
        let mut historic = 0.0;
        let mut guesses = Vec::with_capacity(book.open.len());
        for (open, chance) in book.open.iter().zip(&chances) {
            let expected = open.step.close > until && period.holds(open.step.close);
            let by_history = of(&chance.historic);
            historic += by_history * open.minor as f64;
            let weighted = if expected {
                f64::from(open.percent) / 100.0
            } else {
                0.0
            };
            guesses.push(Guess {
                deal: open.deal,
                chances: [
                    weighted,
                    by_history,
                    of(&chance.played),
                    base.first().copied().unwrap_or(0.0),
                ],
                category: expected.then(|| open.category()),
                won: self.won_within(open.deal, until, period),
            });
        }
        let before = period.previous().map_or(0, |p| book.won_in(p).minor);
        let fresh: f64 = new.get(within.0..within.1).unwrap_or_default().iter().sum();
        let commit = won + rollup.commit.minor;
        let mut plan = Plan::new(model, &book, &chances, &months, new, &what_if, within, won);
        plan.trials = self.ask.trials;
        let historic = historic * plan.mean_ratio() + fresh * model.fresh.mean_value() as f64;
        let shot = Shot {
            until,
            period,
            said: [
                book.weighted(period, until + 1).minor,
                commit,
                commit + rollup.best.minor,
                won + historic.round() as i128,
                0,
                before,
            ],
            low: 0,
            high: 0,
            came: self.book.won_in(period).minor,
            guesses,
        };
        (shot, Run::new(plan))
    }

    fn life(&self, deal: DealId) -> Option<&Life> {
        self.lives.lives.get(*self.places.get(&deal)?)
    }

    /// Whether a deal that was open on a day was won in the rest of a period.
    fn won_within(&self, deal: DealId, until: Day, period: Period) -> bool {
        let Some(life) = self.life(deal) else {
            return false;
        };
        let at = life.steps.iter().rposition(|s| s.on <= until);
        let end = at.map(|at| life.end_after(at, self.lives.until));
        matches!(end, Some(End::Won(on, _)) if period.holds(on))
    }
}
