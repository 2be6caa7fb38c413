//! The log, and looking at the past.

use super::Store;
use crate::app::session::{Moment, Past};
use crate::domain::change::{Change, EntityRef};
use crate::domain::insight::past::Rewind;
use crate::domain::order::Order;
use crate::shell::clock::{Pace, breathe, instant};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use std::sync::Arc;

/// The last moment of a day where the person is.
pub(super) fn end_of(day: NaiveDate) -> Moment {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    Moment {
        now: instant(next, 0) - 1,
        today: day,
    }
}

impl Store {
    /// The day that is looked at; none for the present.
    #[must_use]
    pub fn past(self) -> Signal<Option<NaiveDate>> {
        self.past.into()
    }

    /// How far going to another day is: changes gone through, and of how many.
    #[must_use]
    pub fn turning(self) -> Signal<Option<(usize, usize)>> {
        self.turning.into()
    }

    /// The last moment of a day where the person is, in milliseconds since 1970.
    #[must_use]
    pub fn end_of(self, day: NaiveDate) -> i64 {
        end_of(day).now
    }

    /// Shows everything as it was at the end of a day, until [`Store::back_to_today`].
    ///
    /// # Errors
    /// A sentence when the log cannot be read; what is shown stays.
    pub async fn look_at(self, day: NaiveDate) -> Result<(), String> {
        self.turning.set(Some((0, 1)));
        let log = match self.runtime().recent_log(u32::MAX).await {
            Ok(log) => log,
            Err(error) => {
                self.turning.set(None);
                return Err(error.to_string());
            }
        };
        let mut rewind = Rewind::new(log, end_of(day).now).with_means_of_today();
        loop {
            let pace = Pace::begin();
            let mut more = true;
            while more && pace.has_time() {
                more = rewind.step();
            }
            if !more {
                break;
            }
            self.turning.set(Some(rewind.progress()));
            breathe().await;
        }
        let (world, log) = rewind.finish();
        let log = Arc::new(log);
        let past = Past {
            on: day,
            world,
            log,
        };
        self.runtime().with_mut(|s| s.look_at(Some(past)));
        self.turning.set(None);
        self.past.set(Some(day));
        self.all_different();
        Ok(())
    }

    /// Shows the present again.
    pub fn back_to_today(self) {
        self.runtime().with_mut(|s| s.look_at(None));
        self.past.set(None);
        self.all_different();
    }

    /// Everything may look different.
    fn all_different(self) {
        self.tell_beside(None);
        let all = self.inner.with_value(|inner| {
            let mut triggers = inner.triggers.borrow_mut();
            let mut all: Vec<ArcTrigger> = triggers.kinds.values().cloned().collect();
            all.extend(triggers.columns.values().cloned());
            all.extend(triggers.entities.drain().map(|(_, trigger)| trigger));
            all
        });
        // Outside the borrow: what reruns may track again.
        for trigger in all {
            trigger.notify();
        }
        self.all.notify();
    }

    /// The changes that touch an entity, oldest first.
    ///
    /// # Errors
    /// A sentence when the log cannot be read.
    pub async fn log_of(self, entity: EntityRef) -> Result<Vec<Change>, String> {
        if let Some(log) = self.log_of_past() {
            let names = |change: &Change| change.edits.iter().any(|edit| edit.entity() == entity);
            let mut found: Vec<Change> = log.iter().filter(|c| names(c)).cloned().collect();
            found.order_by_key(|change| change.stamp);
            return Ok(found);
        }
        let found = self.runtime().log_of(entity).await;
        found.map_err(|error| error.to_string())
    }

    /// The last changes, newest first.
    ///
    /// # Errors
    /// A sentence when the log cannot be read.
    pub async fn recent_log(self, limit: u32) -> Result<Vec<Change>, String> {
        if let Some(log) = self.log_of_past() {
            return Ok(log.iter().rev().take(limit as usize).cloned().collect());
        }
        let found = self.runtime().recent_log(limit).await;
        found.map_err(|error| error.to_string())
    }

    /// The changes in the last `limit` records of the log, newest first and each whole, and
    /// whether there may be older ones.
    ///
    /// # Errors
    /// As [`Store::recent_log`].
    pub async fn recent_page(self, limit: u32) -> Result<(Vec<Change>, bool), String> {
        if let Some(log) = self.log_of_past() {
            let last = log.iter().rev().take(limit as usize);
            return Ok((last.cloned().collect(), log.len() > limit as usize));
        }
        let found = self.runtime().recent_page(limit).await;
        found.map_err(|error| error.to_string())
    }

    fn log_of_past(self) -> Option<Arc<Vec<Change>>> {
        self.with(|session| session.past().map(|past| past.log.clone()))
    }
}
