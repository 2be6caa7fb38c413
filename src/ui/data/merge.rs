//! Opening a file that Fairlead wrote: what is in it, then taking it in.

use std::collections::HashSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::inbox;
use crate::codec::export::Reading;
use crate::domain::change::{Change, Kind};
use crate::shell::clock::sleep;
use crate::shell::file::{self, Cancel};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Banner, Button, ButtonKind, Glyph, Progress, Tone};
use crate::ui::store::{Store, use_store};

/// How many bytes are read before the page gets to breathe.
const SLICE: usize = 256 * 1024;

/// What a file holds, in a sentence.
#[derive(Clone)]
struct Content {
    name: String,
    text: String,
}

/// Where opening a file is.
#[derive(Clone)]
enum Phase {
    Idle,
    Working(&'static str),
    Asking(Content),
    Done(String),
    Failed(String),
}

#[derive(Clone, Copy)]
struct Opening {
    store: Store,
    phase: RwSignal<Phase>,
    share: RwSignal<Option<f64>>,
    file: StoredValue<Option<File>, LocalStorage>,
    cancel: StoredValue<Cancel, LocalStorage>,
}

impl Opening {
    fn new(store: Store) -> Self {
        Self {
            store,
            phase: RwSignal::new(Phase::Idle),
            share: RwSignal::new(None),
            file: StoredValue::new_local(None),
            cancel: StoredValue::new_local(Cancel::default()),
        }
    }

    fn begin(self, what: &'static str) -> Cancel {
        let cancel = Cancel::default();
        self.cancel.set_value(cancel.clone());
        self.share.set(Some(0.0));
        self.phase.set(Phase::Working(what));
        cancel
    }

    /// Lets the person choose a file. Call it in answer to a press.
    fn choose(self) {
        spawn_local(async move {
            match file::pick(".json,application/json", false).await {
                Ok(files) => {
                    if let Some(file) = files.into_iter().next() {
                        self.look(file).await;
                    }
                }
                Err(error) => self.phase.set(Phase::Failed(error.to_string())),
            }
        });
    }

    /// Reads a file and shows what is in it.
    async fn look(self, file: File) {
        let cancel = self.begin("Reading");
        let found = self.summary(&file, &cancel).await;
        if cancel.is_cancelled() {
            return self.phase.set(Phase::Idle);
        }
        match found {
            Ok(text) => {
                let name = file.name();
                self.file.set_value(Some(file));
                self.phase.set(Phase::Asking(Content { name, text }));
            }
            Err(error) => self.phase.set(Phase::Failed(format!(
                "{} was not opened. {error}",
                file.name()
            ))),
        }
    }

    async fn summary(self, file: &File, cancel: &Cancel) -> Result<String, String> {
        let limit = crate::codec::export::MAX_BYTES as u64;
        let show = move |done: u64, all: u64| self.share.set(Some(done as f64 / all.max(1) as f64));
        let bytes = file::read(file, limit, cancel, |done, all| show(done / 4, all))
            .await
            .map_err(|e| e.to_string())?;
        let mut reading = Reading::begin(bytes).map_err(|e| e.to_string())?;
        loop {
            let step = reading.step(SLICE).map_err(|e| e.to_string())?;
            show(step.done as u64, step.total as u64);
            if step.finished {
                return Ok(describe(&reading.finish().map_err(|e| e.to_string())?));
            }
            sleep(0).await;
            if cancel.is_cancelled() {
                return Err(String::new());
            }
        }
    }

    /// Takes in what was shown.
    fn take(self) {
        let Some(file) = self.file.try_update_value(Option::take).flatten() else {
            return self.phase.set(Phase::Idle);
        };
        let cancel = self.begin("Taking in");
        spawn_local(async move {
            let progress =
                move |done: u64, all: u64| self.share.set(Some(done as f64 / all.max(1) as f64));
            let taken = self
                .store
                .runtime()
                .import_json(&file, progress, &cancel)
                .await;
            if cancel.is_cancelled() && taken.is_err() {
                return self.phase.set(Phase::Idle);
            }
            self.phase.set(match taken {
                Ok(done) => {
                    let merge = done.merge;
                    Phase::Done(format!(
                        "{}: {} added, {} known already; {} had been set later and stayed. There are {} now.",
                        file.name(),
                        intl::count(merge.added, "change", "changes"),
                        intl::integer(merge.known as i64),
                        intl::count(merge.superseded, "field", "fields"),
                        intl::count(done.deals, "deal", "deals"),
                    ))
                }
                Err(error) => Phase::Failed(format!("{} was not opened. {error}", file.name())),
            });
        });
    }
}

/// “8,801 changes from 3 Jan to 28 Nov 2026, about 8,800 deals, 85 organisations and 8 team members.”
fn describe(changes: &[Change]) -> String {
    let mut seen = HashSet::new();
    let mut counts = [0_usize; 4];
    const KINDS: [Kind; 4] = [
        Kind::Deal,
        Kind::Organisation,
        Kind::Contact,
        Kind::Activity,
    ];
    for entity in changes
        .iter()
        .flat_map(|c| &c.edits)
        .map(crate::domain::change::Edit::entity)
    {
        if let Some(at) = KINDS.iter().position(|k| *k == entity.kind)
            && seen.insert(entity)
        {
            counts[at] += 1;
        }
    }
    let times = changes.iter().map(|c| c.stamp.ms());
    let span = match (times.clone().min(), times.max()) {
        (Some(first), Some(last)) if first != last => {
            format!(", made from {} to {}", fmt::time(first), fmt::time(last))
        }
        (Some(only), _) => format!(", made on {}", fmt::time(only)),
        _ => String::new(),
    };
    format!(
        "It holds {}{span}, about {}, {}, {} and {} (removed ones included).",
        intl::count(changes.len(), "change", "changes"),
        intl::count(counts[0], "deal", "deals"),
        intl::count(counts[1], "organisation", "organisations"),
        intl::count(counts[2], "contact", "contacts"),
        intl::count(counts[3], "activity", "activities"),
    )
}

/// The button, and what comes of it.
#[component]
pub(super) fn OpenFile() -> impl IntoView {
    let opening = Opening::new(use_store());
    // A file dropped on the page.
    Effect::new(move |_| {
        inbox::track();
        if let Some(file) = inbox::take_fairlead() {
            spawn_local(opening.look(file));
        }
    });
    view! {
        <div class="data-action">
            <Button icon=Glyph::File on_click=move |_| opening.choose()>"Open a Fairlead file…"</Button>
            <p>
                "A file that was downloaded here or in another browser. It is merged: what you have stays, and of each field the later change counts."
            </p>
        </div>
        {move || phase_view(opening)}
    }
}

fn phase_view(opening: Opening) -> Option<AnyView> {
    match opening.phase.get() {
        Phase::Idle => None,
        Phase::Working(what) => Some(
            view! {
                <Progress
                    label=what
                    value=opening.share
                    on_cancel=move |()| opening.cancel.with_value(Cancel::cancel)
                />
            }
            .into_any(),
        ),
        Phase::Asking(content) => Some(
            view! {
                <div class="data-card" role="group" aria-label=format!("What is in {}", content.name)>
                    <p><b>{content.name.clone()}</b></p>
                    <p>{content.text}</p>
                    <div class="data-card__actions">
                        <Button kind=ButtonKind::Primary icon=Glyph::Merge on_click=move |_| opening.take()>"Merge it"</Button>
                        <Button on_click=move |_| opening.phase.set(Phase::Idle)>"Do not"</Button>
                    </div>
                </div>
            }
            .into_any(),
        ),
        Phase::Done(text) => Some(
            view! {
                <Banner tone=Tone::Success title="Merged." text=Some(text) on_dismiss=move |()| opening.phase.set(Phase::Idle)/>
            }
            .into_any(),
        ),
        Phase::Failed(text) => Some(
            view! {
                <Banner
                    tone=Tone::Danger
                    title="Nothing was changed."
                    text=Some(text)
                    on_dismiss=move |()| opening.phase.set(Phase::Idle)
                />
            }
            .into_any(),
        ),
    }
}
