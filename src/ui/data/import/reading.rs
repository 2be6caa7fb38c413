//! From chosen files to cells, in slices.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::wizard::{Entry, EntryState, ROWS, Step, Wizard};
use crate::app::import::source::{Choices, Opening};
use crate::app::import::{FilePlan, Source};
use crate::codec::csv::{Dialect, Encoding};
use crate::shell::clock::{Pace, breathe};
use crate::shell::file::{self, Cancel};

/// The largest file that is read, in bytes; the CSV reader's own limit.
const MOST_BYTES: u64 = 200_000_000;

impl Wizard {
    /// Adds files, one after the other.
    pub(super) fn add(self, files: Vec<File>) {
        if self.step.get_untracked() == Step::Done {
            self.start_over();
        }
        self.error.set(String::new());
        self.step.set(Step::Files);
        let task = self.begin("Reading");
        spawn_local(async move {
            let cancel = &task.cancel;
            for file in files {
                let id = self.next_id.get_value();
                self.next_id.set_value(id + 1);
                let entry = Entry {
                    id,
                    name: file.name(),
                    bytes: Arc::default(),
                    choices: Choices::default(),
                    state: EntryState::Reading,
                };
                self.entries.update(|list| list.push(entry));
                let progress =
                    move |done: u64, all: u64| self.show(done as usize / 2, all as usize);
                match file::read(&file, MOST_BYTES, cancel, progress).await {
                    Ok(bytes) => {
                        self.set_entry(id, |entry| entry.bytes = Arc::new(bytes));
                        self.open(id, cancel).await;
                    }
                    Err(error) => {
                        self.set_entry(id, |entry| entry.state = EntryState::Bad(error.to_string()))
                    }
                }
                if cancel.is_cancelled() {
                    self.remove(id);
                    break;
                }
            }
            self.end(&task);
        });
    }

    /// Reads a file anew with other choices.
    pub(super) fn reopen(self, id: u32, choices: Choices) {
        self.set_entry(id, |entry| entry.choices = choices);
        let task = self.begin("Reading");
        spawn_local(async move {
            self.open(id, &task.cancel).await;
            self.end(&task);
        });
    }

    /// Cuts a file into cells and puts it into the plan, in the place of what it was before.
    async fn open(self, id: u32, cancel: &Cancel) {
        let Some(entry) = self.entry(id) else { return };
        let read = self.cut(&entry, cancel).await;
        if cancel.is_cancelled() {
            return;
        }
        let was_ready = self.entry(id).is_some_and(|e| e.is_ready());
        let at = self.place_of(id);
        let file = read.map(|(source, encoding, dialect)| {
            let file = self.with_state(|state| FilePlan::guess(source, state));
            (file, encoding, dialect)
        });
        self.plan.update(|plan| {
            if was_ready {
                plan.files.remove(at);
            }
            if let Ok((file, ..)) = &file {
                plan.files.insert(at, file.clone());
            }
        });
        self.set_entry(id, |entry| {
            entry.state = match file {
                Ok((_, encoding, dialect)) => EntryState::Ready(encoding, dialect),
                Err(why) => EntryState::Bad(why),
            };
        });
    }

    async fn cut(
        self,
        entry: &Entry,
        cancel: &Cancel,
    ) -> Result<(Source, Encoding, Dialect), String> {
        let bytes = entry.bytes.as_ref().clone();
        let mut opening =
            Opening::begin(&entry.name, bytes, entry.choices).map_err(|e| e.to_string())?;
        let (encoding, dialect) = (opening.encoding(), opening.dialect());
        loop {
            let pace = Pace::begin();
            loop {
                let progress = opening.step(ROWS).map_err(|e| e.to_string())?;
                self.show(progress.done_bytes, progress.total_bytes);
                if progress.finished {
                    let source = opening.finish().map_err(|e| e.to_string())?;
                    return Ok((source, encoding, dialect));
                }
                if !pace.has_time() {
                    break;
                }
            }
            breathe().await;
            if cancel.is_cancelled() {
                return Err(String::new());
            }
        }
    }
}
