//! Going through the rows: to look, to check, and the import itself.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wizard::{ROWS, Step, Wizard};
use crate::app::import::{Importer, Prepared, Survey, Surveyor};
use crate::app::session::Tone;
use crate::domain::divide::Parts;
use crate::domain::state::State;
use crate::shell::clock::{Pace, breathe};
use crate::shell::file::Cancel;
use crate::shell::runtime::BulkError;

impl Wizard {
    /// Goes through the files to see stages and names; on every change of the mapping.
    pub(super) fn look(self) {
        let task = self.begin("Looking through the files");
        spawn_local(async move {
            if let Some(survey) = self.survey_now(&task.cancel).await {
                self.survey.try_set(Some(Arc::new(survey)));
            }
            self.end(&task);
        });
    }

    async fn survey_now(self, cancel: &Cancel) -> Option<Survey> {
        let plan = self.plan.try_get_untracked()?;
        let mut surveyor = self.with_state(|state| Surveyor::new(&plan, state));
        let (total, mut done) = (plan.rows(), 0);
        loop {
            let finished = self.with_state(|state| {
                let pace = Pace::begin();
                while pace.has_time() {
                    if surveyor.step(&plan, state, ROWS) {
                        return true;
                    }
                    done += ROWS;
                }
                false
            });
            if finished {
                return Some(surveyor.finish());
            }
            self.show(done, total);
            breathe().await;
            if cancel.is_cancelled() {
                return None;
            }
        }
    }

    /// Works out what would come in.
    pub(super) fn check(self) {
        let task = self.begin("Checking every row");
        self.prepared.set(None);
        spawn_local(async move {
            let prepared = self.prepare(&task.cancel).await;
            if !self.end(&task) {
                return;
            }
            match prepared {
                Some(prepared) => self.prepared.set(Some(Arc::new(prepared))),
                None => self.step.set(Step::Mapping),
            }
        });
    }

    async fn prepare(self, cancel: &Cancel) -> Option<Prepared> {
        let survey = self.survey_now(cancel).await?;
        let plan = self.plan.try_get_untracked()?;
        let setting = self.setting();
        let foundation = self.foundation();
        let with = |read: &mut dyn FnMut(&State)| {
            self.store
                .with(|s| read(foundation.state(&s.world().state)));
        };
        let mut importer = None;
        with(&mut |state| importer = Some(Importer::new(&plan, &survey, state, setting)));
        let mut importer = importer?;
        foundation.bear(&mut importer);
        loop {
            let mut progress = None;
            with(&mut |state| {
                let pace = Pace::begin();
                while pace.has_time() {
                    let now = importer.step(state, ROWS);
                    progress = Some(now);
                    if now.finished {
                        break;
                    }
                }
            });
            let Some(progress) = progress else { continue };
            self.show(progress.done, progress.total);
            if progress.finished {
                break;
            }
            breathe().await;
            if cancel.is_cancelled() {
                return None;
            }
        }
        self.survey.try_set(Some(Arc::new(survey)));
        let mut importer = Some(importer);
        let mut prepared = None;
        with(&mut |state| prepared = importer.take().map(|i| i.finish(state)));
        prepared
    }

    /// Brings in what was checked, as one change.
    pub(super) fn carry_out(self) {
        let Some(prepared) = self.prepared.try_update(Option::take).flatten() else {
            return;
        };
        // Nobody else holds it: the edits are many and must not be there twice.
        let prepared = Arc::try_unwrap(prepared).unwrap_or_else(|shared| (*shared).clone());
        let Prepared {
            report,
            intent,
            edits,
        } = prepared;
        let done = Prepared {
            report,
            intent: intent.clone(),
            edits: Parts::default(),
        };
        self.importing.set(true);
        self.done.set(None);
        // It is carried out with the data as they are; the check has followed them.
        self.step.set(Step::Done);
        spawn_local(async move {
            let brought = self.store.runtime().bring(intent, edits).await;
            self.importing.try_set(false);
            match brought {
                Ok(()) => {
                    self.done.try_set(Some(Arc::new(done)));
                }
                Err(error) => self.back_to_check(&error),
            }
        });
    }

    /// After an import that did not come about.
    fn back_to_check(self, error: &BulkError) {
        // The page may have been left, or other files chosen.
        if self.step.try_get_untracked() != Some(Step::Done) {
            return self.store.say(error.to_string(), Tone::Refused);
        }
        if *error != BulkError::Cancelled {
            self.error.set(error.to_string());
        }
        self.step.set(Step::Check);
        self.check();
    }
}
