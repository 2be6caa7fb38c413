//! The log read once, and what was learnt from it: what all that forecast share.

use crate::app::job;
use crate::domain::change::Kind;
use crate::domain::forecast::case::{Case, Keep};
use crate::domain::forecast::life::{Ground, Lives, Reading, StageBook};
use crate::domain::forecast::model::{Learning, Model};
use crate::domain::forecast::{Day, day_of};
use crate::domain::insight::period::Period;
use crate::domain::insight::trail::Trails;
use crate::domain::workspace::WORKSPACE;
use crate::shell::clock::Pace;
use crate::ui::parts::Latest;
use crate::ui::store::Store;
use leptos::prelude::*;
use std::ops::Deref;
use std::sync::Arc;

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

impl Learnt {
    /// A period of the deals for which `keep` holds; of all where there is none.
    #[must_use]
    pub fn case(&self, period: Period, keep: Option<Keep<'_>>) -> Case {
        let (ground, model) = (&self.ground, &self.model);
        Case::new(&self.lives, ground, model, self.today, period, keep)
    }
}

/// Reads and learns; cheap to copy.
#[derive(Clone, Copy)]
pub struct Learner {
    store: Store,
    /// What was learnt, once it is.
    pub learnt: RwSignal<Option<Made<Learnt>>>,
    /// How far reading and learning is.
    pub reading: RwSignal<Option<(usize, usize)>>,
    /// Why the log could not be read.
    pub problem: RwSignal<Option<String>>,
}

impl Learner {
    /// Reads the log, and again whenever what is forecast from may have changed.
    pub fn start(store: Store) -> Self {
        let this = Self {
            store,
            learnt: RwSignal::new(None),
            reading: RwSignal::new(None),
            problem: RwSignal::new(None),
        };
        this.keep_reading();
        this
    }

    fn keep_reading(self) {
        let runs = Latest::idle();
        Effect::new(move |_| {
            for kind in [Kind::Deal, Kind::Stage, Kind::Pipeline, Kind::Rate] {
                self.store.track_kind(kind);
            }
            self.store.track(WORKSPACE);
            let today = Memo::new(move |_| self.store.tick().today);
            today.track();
            let alive = runs.begin();
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
        let mut pace = Pace::begin();
        while let Some(change) = log.next() {
            trails.hear(change);
            if !self
                .may_go_on(&mut pace, &alive, (total - log.len(), 3 * total))
                .await
            {
                return Ok(None);
            }
        }
        let moment = self.store.moment();
        let today = moment.today.to_epoch_days();
        let mut reading = Reading::new(&trails, today.max(day_of(moment.now)), moment.now);
        while reading.step(&trails, &ground.stages) {
            let (done, all) = reading.progress();
            if !self
                .may_go_on(&mut pace, &alive, (all + done, 3 * all))
                .await
            {
                return Ok(None);
            }
        }
        let lives = reading.finish(&trails, &ground.stages);
        let mut learning = Learning::new(&lives);
        while learning.step(&lives, &ground) {
            let (done, all) = (learning.done(), lives.lives.len());
            if !self
                .may_go_on(&mut pace, &alive, (2 * all + done, 3 * all))
                .await
            {
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

    /// Lets the page react now and then; says whether somebody still waits.
    async fn may_go_on(
        self,
        pace: &mut Pace,
        alive: &impl Fn() -> bool,
        progress: (usize, usize),
    ) -> bool {
        if pace.has_time() {
            return true;
        }
        self.reading.try_set(Some(progress));
        pace.breathe().await;
        alive()
    }
}
