//! What the pages of forecasts share: the choices and what follows from them.

use super::learning::{Learner, Learnt, Made};
use crate::domain::change::Kind;
use crate::domain::forecast::book::{Rollup, Tally};
use crate::domain::forecast::case::Case as Played;
use crate::domain::forecast::life::{Life, Step};
use crate::domain::forecast::months::{Ahead, date};
use crate::domain::forecast::plan::Plan;
use crate::domain::forecast::target::quota;
use crate::domain::forecast::what_if::WhatIf;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::money::{Money, in_whole_units};
use crate::ui::fmt;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::ops::Deref;

/// A period of the deals chosen, ready to be played, and how it adds up.
pub struct Case {
    /// What was learnt.
    pub learnt: Made<Learnt>,
    /// The period chosen.
    pub ahead: Ahead,
    /// What is played.
    of: Played,
    /// The period by category.
    pub rollup: Rollup,
    /// The period weighted.
    pub weighted: Tally,
    /// What is to be reached.
    pub quota: Option<i128>,
    /// Whose it is, where it is of one person.
    pub person: Option<PersonId>,
}

impl Deref for Case {
    type Target = Played;
    fn deref(&self) -> &Played {
        &self.of
    }
}

impl Case {
    /// An amount of the forecast.
    #[must_use]
    pub fn money(&self, minor: i128) -> Money {
        Money::clamped(minor, self.learnt.ground.currency)
    }

    /// An estimate as text: in whole units, as it is not true to the cent.
    #[must_use]
    pub fn about(&self, minor: i128) -> String {
        self.text(in_whole_units(minor, self.learnt.ground.currency))
    }

    /// The same as text.
    #[must_use]
    pub fn text(&self, minor: i128) -> String {
        fmt::money(self.money(minor))
    }

    /// The simulation under some assumptions.
    #[must_use]
    pub fn plan(&self, what_if: &WhatIf) -> Plan {
        self.of.plan(&self.learnt.model, what_if)
    }

    /// What is expected of each month ahead by the own history, in minor units.
    #[must_use]
    pub fn historic(&self) -> Vec<i128> {
        self.of.historic(&self.learnt.model)
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
    /// Reads and learns.
    pub learner: Learner,
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
        let learner = Learner::start(store);
        let case = Memo::new(move |_| {
            store.track_kind(Kind::Quota);
            let learnt = learner.learnt.get()?;
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
            learner,
            case,
        };
        provide_context(this);
        this
    }
}

fn case(
    store: Store,
    learnt: Made<Learnt>,
    ahead: Ahead,
    pipeline: Option<PipelineId>,
    person: Option<PersonId>,
) -> Case {
    let period = ahead.days(date(learnt.today), learnt.ground.fiscal_month);
    let keep = |_: &Life, step: &Step| {
        let stage = step
            .stage
            .and_then(|n| learnt.lives.stages.get(usize::from(n)));
        let of = stage.map(|(_, now)| now.pipeline);
        pipeline.is_none_or(|p| of == Some(p)) && person.is_none_or(|p| step.owner == Some(p))
    };
    let is_part = pipeline.is_some() || person.is_some();
    let of = learnt.case(period, is_part.then_some(&keep));
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
        rollup: of.book.rollup(period, learnt.today),
        weighted: of.book.weighted(period, learnt.today),
        of,
        quota,
        person,
        learnt,
    }
}
