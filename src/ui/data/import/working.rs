//! Going through the rows: to look, to check, and the import itself.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wizard::{Busy, ROWS, SLICE_MS, Step, Wizard};
use crate::app::import::{Importer, Prepared, Survey, Surveyor};
use crate::app::session::Tone;
use crate::domain::state::State;
use crate::shell::clock::{performance_now, sleep};
use crate::shell::file::Cancel;

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
                let start = performance_now();
                while performance_now() - start < SLICE_MS {
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
            sleep(0).await;
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
        loop {
            let mut progress = None;
            with(&mut |state| {
                let start = performance_now();
                while performance_now() - start < SLICE_MS {
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
            sleep(0).await;
            if cancel.is_cancelled() {
                return None;
            }
        }
        self.survey.try_set(Some(Arc::new(survey)));
        let mut importer = Some(importer);
        let mut prepared = None;
        with(&mut |state| prepared = importer.take().map(|i| i.finish(state)));
        prepared.map(|p| foundation.bear(p))
    }

    /// Brings in what was checked, as one change.
    pub(super) fn carry_out(self) {
        let Some(prepared) = self.prepared.get_untracked() else {
            return;
        };
        let task = self.begin("Importing");
        self.busy.set(Some(Busy {
            what: "Importing",
            share: None,
            can_cancel: false,
        }));
        // It is carried out with the data as they are; the check has followed them.
        self.step.set(Step::Done);
        spawn_local(async move {
            self.store.runtime().backup_before("before import").await;
            // Let the page show that it works before the one large piece of work.
            sleep(0).await;
            let command = prepared.as_ref().clone().command();
            match self.store.run(command) {
                Ok(_) => {
                    self.done.try_set(Some(prepared));
                }
                Err(refusal) => {
                    self.store.say(refusal.to_string(), Tone::Refused);
                    self.error.try_set(refusal.to_string());
                    self.step.try_set(Step::Check);
                }
            }
            self.end(&task);
        });
    }
}
