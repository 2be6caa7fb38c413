//! What the pages of forecasts share: the log read once, what was learnt from it, and the choices.

use crate::app::job;
use crate::domain::change::Kind;
use crate::domain::forecast::book::{Book, Rollup, Tally};
use crate::domain::forecast::chance::{Chance, arrivals, chances};
use crate::domain::forecast::life::{Ground, Life, Lives, Reading, StageBook, Step};
use crate::domain::forecast::model::{Learning, Model};
use crate::domain::forecast::months::{Ahead, Months};
use crate::domain::forecast::plan::Plan;
use crate::domain::forecast::target::quota;
use crate::domain::forecast::what_if::WhatIf;
use crate::domain::forecast::{Day, day_of};
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::insight::period::Period;
use crate::domain::insight::trail::Trails;
use crate::domain::money::Money;
use crate::domain::workspace::WORKSPACE;
use crate::shell::clock::{now_ms, sleep};
use crate::ui::fmt;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::ops::Deref;
use std::sync::Arc;

/// How long one slice of work may take, in milliseconds.
const SLICE: i64 = 12;
/// At least so many months ahead are played.
const LEAST_MONTHS: usize = 4;

/// Something worked out: the same only as itself.
pub struct Made<T>(Arc<T>);

impl<T> Made<T> {
    /// Just worked out.
    pub fn new(made: T) -> Self {
        Self(Arc::new(made))
    }
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Made<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Made<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// What was read and learnt.
pub struct Learnt {
    /// What is the same for all days.
    pub ground: Ground,
    /// All lives up to today.
    pub lives: Lives,
    /// What they teach.
    pub model: Model,
    /// Today where the person is.
    pub today: Day,
}

/// A period of some deals, ready to be played.
pub struct Case {
    /// What was learnt.
    pub learnt: Made<Learnt>,
    /// The period chosen.
    pub ahead: Ahead,
    /// Its days.
    pub period: Period,
    /// The months that are played.
    pub months: Months,
    /// What is open and won.
    pub book: Book,
    /// The period by category.
    pub rollup: Rollup,
    /// The period weighted.
    pub weighted: Tally,
    /// The chances as they are.
    pub chances: Vec<Chance>,
    /// How many new deals are won in each month in the mean.
    pub arrivals: Vec<f64>,
    /// Which share of the new deals is of the deals chosen.
    pub share: f64,
    /// What is to be reached.
    pub quota: Option<i128>,
    /// Whose it is, where it is of one person.
    pub person: Option<PersonId>,
}

impl Case {
    /// Which of the months lie in the period.
    #[must_use]
    pub fn within(&self) -> (usize, usize) {
        self.months.within(self.period)
    }

    /// An amount of the forecast.
    #[must_use]
    pub fn money(&self, minor: i128) -> Money {
        let end = if minor < 0 { i64::MIN } else { i64::MAX };
        let minor = i64::try_from(minor).unwrap_or(end);
        Money::new(minor, self.learnt.ground.currency)
    }

    /// An estimate as text: in whole units, as it is not true to the cent.
    #[must_use]
    pub fn about(&self, minor: i128) -> String {
        let unit = 10_i128.pow(self.learnt.ground.currency.digits());
        self.text((minor + unit / 2).div_euclid(unit) * unit)
    }

    /// The same as text.
    #[must_use]
    pub fn text(&self, minor: i128) -> String {
        fmt::money(self.money(minor))
    }

    /// The simulation under some assumptions.
    #[must_use]
    pub fn plan(&self, what_if: &WhatIf) -> Plan {
        let model = &self.learnt.model;
        let (changed, new);
        let (now, come) = if what_if.is_plain() {
            (&self.chances, self.arrivals.clone())
        } else {
            changed = chances(model, &self.book, &self.months, what_if);
            new = arrivals(model, &self.months, what_if);
            (&changed, new.into_iter().map(|n| n * self.share).collect())
        };
        let won = self.rollup.closed.minor;
        Plan::new(
            model,
            &self.book,
            now,
            &self.months,
            come,
            what_if,
            self.within(),
            won,
        )
    }

    /// What is expected of each month ahead by the own history: open deals and new ones, in minor
    /// units.
    #[must_use]
    pub fn historic(&self) -> Vec<i128> {
        let plan = self.plan(&WhatIf::default());
        let (ratio, fresh) = (plan.mean_ratio(), self.learnt.model.fresh.mean_value());
        let month = |n: usize| {
            let before = |c: &Chance| n.checked_sub(1).map_or(0.0, |b| c.historic[b]);
            let pairs = self.book.open.iter().zip(&self.chances);
            let open: f64 = pairs
                .map(|(o, c)| (c.historic[n] - before(c)) * o.minor as f64 * ratio)
                .sum();
            (open + self.arrivals[n] * fresh as f64).round() as i128
        };
        (0..self.months.len()).map(month).collect()
    }
}

/// The choices and what follows from them; cheap to copy.
#[derive(Clone, Copy)]
pub struct Forecasting {
    /// The data.
    pub store: Store,
    /// The period.
    pub ahead: RwSignal<Ahead>,
    /// Of one pipeline, by id; empty for all.
    pub pipeline: RwSignal<String>,
    /// Of one person, by id; empty for all.
    pub person: RwSignal<String>,
    /// What was learnt, once it is.
    pub learnt: RwSignal<Option<Made<Learnt>>>,
    /// How far reading and learning is.
    pub reading: RwSignal<Option<(usize, usize)>>,
    /// Why the log could not be read.
    pub problem: RwSignal<Option<String>>,
    /// The period of the deals chosen.
    pub case: Memo<Option<Made<Case>>>,
}

/// What the pages around share.
#[must_use]
pub fn use_forecast() -> Forecasting {
    expect_context()
}

impl Forecasting {
    /// Makes it for the views below, and reads the log.
    pub fn provide() -> Self {
        let store = use_store();
        let (ahead, pipeline, person) = (
            RwSignal::new(Ahead::ThisQuarter),
            RwSignal::new(String::new()),
            RwSignal::new(String::new()),
        );
        let learnt = RwSignal::new(None);
        let case = Memo::new(move |_| {
            store.track_kind(Kind::Quota);
            let learnt: Made<Learnt> = learnt.get()?;
            let pipeline = pipeline.with(|id| id.parse().ok());
            let person = person.with(|id| id.parse().ok());
            Some(Made::new(case(
                store,
                learnt,
                ahead.get(),
                pipeline,
                person,
            )))
        });
        let this = Self {
            store,
            ahead,
            pipeline,
            person,
            learnt,
            reading: RwSignal::new(None),
            problem: RwSignal::new(None),
            case,
        };
        provide_context(this);
        this.keep_reading();
        this
    }

    /// Reads the log, and again whenever what is forecast from may have changed.
    fn keep_reading(self) {
        let run = StoredValue::new(0_u32);
        Effect::new(move |_| {
            for kind in [Kind::Deal, Kind::Stage, Kind::Pipeline, Kind::Rate] {
                self.store.track_kind(kind);
            }
            self.store.track(WORKSPACE);
            let today = Memo::new(move |_| self.store.tick().today);
            today.track();
            run.update_value(|n| *n += 1);
            let mine = run.get_value();
            let alive = move || run.try_get_value() == Some(mine);
            leptos::task::spawn_local(async move {
                match self.read(alive).await {
                    Ok(Some(learnt)) => {
                        self.problem.try_set(None);
                        self.learnt.try_set(Some(Made::new(learnt)));
                    }
                    Ok(None) => return,
                    Err(problem) => {
                        self.problem.try_set(Some(problem));
                    }
                }
                self.reading.try_set(None);
            });
        });
    }

    /// Reads and learns a slice at a time; none where nobody waits for it any more.
    async fn read(self, alive: impl Fn() -> bool) -> Result<Option<Learnt>, String> {
        let log = self.store.recent_log(u32::MAX).await?;
        if !alive() {
            return Ok(None);
        }
        let ground = self.ground(StageBook::read(&log));
        let (total, mut trails) = (log.len(), Trails::default());
        let mut log = log.iter().rev();
        let mut pace = Pace::new();
        while let Some(change) = log.next() {
            trails.hear(change);
            if pace.is_over() && !self.pause(&alive, (total - log.len(), 3 * total)).await {
                return Ok(None);
            }
        }
        let moment = self.store.moment();
        let today = moment.today.to_epoch_days();
        let mut reading = Reading::new(&trails, today.max(day_of(moment.now)), moment.now);
        while reading.step(&trails, &ground.stages) {
            let (done, all) = reading.progress();
            if pace.is_over() && !self.pause(&alive, (all + done, 3 * all)).await {
                return Ok(None);
            }
        }
        let lives = reading.finish(&trails, &ground.stages);
        let mut learning = Learning::new(&lives);
        while learning.step(&lives, &ground) {
            let (done, all) = (learning.done(), lives.lives.len());
            if pace.is_over() && !self.pause(&alive, (2 * all + done, 3 * all)).await {
                return Ok(None);
            }
        }
        let model = learning.finish(&lives, &ground);
        Ok(Some(Learnt {
            ground,
            lives,
            model,
            today,
        }))
    }

    fn ground(self, stages: StageBook) -> Ground {
        self.store.with(|s| job::ground(&s.world().state, stages))
    }

    /// Lets the page react; says whether somebody still waits.
    async fn pause(self, alive: &impl Fn() -> bool, progress: (usize, usize)) -> bool {
        self.reading.try_set(Some(progress));
        sleep(0).await;
        alive()
    }
}

/// Says when a slice of work is over.
pub struct Pace(i64, u32);

impl Pace {
    /// The first slice begins.
    pub fn new() -> Self {
        Self(now_ms() + SLICE, 0)
    }

    /// Whether the slice is over; then the next one begins.
    pub fn is_over(&mut self) -> bool {
        // The clock is asked now and then only.
        self.1 += 1;
        if self.1 % 16 != 0 || now_ms() < self.0 {
            return false;
        }
        *self = Self::new();
        true
    }
}

fn case(
    store: Store,
    learnt: Made<Learnt>,
    ahead: Ahead,
    pipeline: Option<PipelineId>,
    person: Option<PersonId>,
) -> Case {
    let period = ahead.days(
        crate::domain::forecast::months::date(learnt.today),
        learnt.ground.fiscal_month,
    );
    let keep = |_: &Life, step: &Step| {
        let stage = step
            .stage
            .and_then(|n| learnt.lives.stages.get(usize::from(n)));
        let of = stage.map(|(_, now)| now.pipeline);
        pipeline.is_none_or(|p| of == Some(p)) && person.is_none_or(|p| step.owner == Some(p))
    };
    let book = Book::new(&learnt.lives, &learnt.ground, keep);
    let months = Months::ahead(learnt.today - 1, period, LEAST_MONTHS);
    let what_if = WhatIf::default();
    let mut new = arrivals(&learnt.model, &months, &what_if);
    let mut share = 1.0;
    if pipeline.is_some() || person.is_some() {
        // As many of the new deals as of all those open and won.
        let all = Book::new(&learnt.lives, &learnt.ground, |_, _| true);
        let size = |b: &Book| (b.open.len() + b.won.len()) as f64;
        share = size(&book) / size(&all).max(1.0);
        new.iter_mut().for_each(|n| *n *= share);
    }
    let quota = store.with(|s| {
        let state = &s.world().state;
        quota(
            state,
            &learnt.ground,
            period,
            ahead.span(),
            person,
            pipeline,
        )
    });
    Case {
        ahead,
        period,
        rollup: book.rollup(period, learnt.today),
        weighted: book.weighted(period, learnt.today),
        chances: chances(&learnt.model, &book, &months, &what_if),
        arrivals: new,
        months,
        book,
        share,
        quota,
        person,
        learnt,
    }
}
