//! Opening a file that Fairlead wrote.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::first::untouched_pipeline;
use crate::app::session::Tone;
use crate::domain::command::Command;
use crate::domain::ids::PipelineId;
use crate::shell::file::{self, Cancel};
use crate::shell::intl;
use crate::shell::runtime::{Imported, Parsed, TransferError};
use crate::ui::store::Store;

/// Takes in what a file holds. The pipeline that an empty workspace began with goes, where the file
/// has brought another one.
///
/// # Errors
/// Says why nothing was taken in.
pub async fn take_in(store: Store, parsed: Parsed) -> Result<Imported, TransferError> {
    let begun_with = store.with(|s| untouched_pipeline(&s.world().state));
    let imported = store.runtime().take_in(parsed).await?;
    drop_untouched(store, begun_with);
    Ok(imported)
}

fn drop_untouched(store: Store, pipeline: Option<PipelineId>) {
    let others = store.with(|s| s.world().state.pipelines().len() > 1);
    let empty = |id| {
        store.with(|s| {
            let state = &s.world().state;
            let of = |stage| state.tables.stages.get(stage).map(|s| s.pipeline);
            let mut deals = state.tables.deals.iter();
            !deals.any(|d| state.standing(d.placement.stage).and_then(of) == Some(id))
        })
    };
    if let Some(pipeline) = pipeline.filter(|id| others && empty(*id)) {
        store.dispatch(Command::DeletePipeline {
            pipeline,
            to: None,
            closure: None,
        });
    }
}

/// A file being opened, or the reason why it was not.
#[derive(Clone, Copy)]
pub struct Opening {
    store: Store,
    /// The share read so far, 0 to 1, while a file is being read.
    pub share: RwSignal<Option<f64>>,
    /// Why the last file was not opened; empty when there is nothing to say.
    pub error: RwSignal<String>,
}

impl Opening {
    /// Nothing opened yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            share: RwSignal::new(None),
            error: RwSignal::new(String::new()),
        }
    }

    /// Lets the person choose a file and takes in what is in it; then calls `done`. Call it
    /// in answer to a press.
    pub fn choose(self, done: impl Fn() + 'static) {
        self.error.set(String::new());
        spawn_local(async move {
            match self.read_one().await {
                Ok(true) => done(),
                Ok(false) => {}
                Err(error) => self.error.set(error),
            }
            self.share.set(None);
        });
    }

    /// False when the person chose nothing.
    async fn read_one(self) -> Result<bool, String> {
        let files = file::pick(".json,application/json", false)
            .await
            .map_err(|e| e.to_string())?;
        let Some(file) = files.first() else {
            return Ok(false);
        };
        self.share.set(Some(0.0));
        let progress =
            move |done: u64, all: u64| self.share.set(Some(done as f64 / all.max(1) as f64));
        let runtime = self.store.runtime();
        let read = runtime.read_json(file, progress, &Cancel::default()).await;
        let parsed = read.map_err(|error| error.to_string())?;
        let imported = take_in(self.store, parsed).await;
        let imported = imported.map_err(|error| error.to_string())?;
        let deals = intl::count(imported.deals, "deal", "deals");
        self.store
            .say(format!("Opened {}: {deals}", file.name()), Tone::Done);
        Ok(true)
    }
}
