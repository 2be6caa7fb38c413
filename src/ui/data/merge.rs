//! Opening a file that Fairlead wrote: what is in it, then taking it in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::inbox;
use super::present::is_refused;
use crate::codec::export::Content;
use crate::domain::change::Kind;
use crate::shell::file::{self, Cancel};
use crate::shell::intl;
use crate::shell::runtime::{BulkError, Parsed, TransferError};
use crate::ui::fmt;
use crate::ui::frame::WorkProgress;
use crate::ui::parts::{Banner, Button, ButtonKind, Glyph, Progress, Tone};
use crate::ui::start::take_in;
use crate::ui::store::{Store, use_store};

/// A file that was read, and what it holds in a sentence.
#[derive(Clone)]
struct Read {
    name: String,
    text: String,
}

/// Where opening a file is.
#[derive(Clone)]
enum Phase {
    Idle,
    Reading,
    Asking(Read),
    TakingIn,
    Done(String),
    Failed(String),
}

#[derive(Clone, Copy)]
struct Opening {
    store: Store,
    phase: RwSignal<Phase>,
    share: RwSignal<Option<f64>>,
    parsed: StoredValue<Option<(String, Parsed)>, LocalStorage>,
    cancel: StoredValue<Cancel, LocalStorage>,
}

impl Opening {
    fn new(store: Store) -> Self {
        Self {
            store,
            phase: RwSignal::new(Phase::Idle),
            share: RwSignal::new(None),
            parsed: StoredValue::new_local(None),
            cancel: StoredValue::new_local(Cancel::default()),
        }
    }

    /// Lets the person choose a file. Call it in answer to a press.
    fn choose(self) {
        if is_refused(self.store) {
            return;
        }
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
        let cancel = Cancel::default();
        self.cancel.set_value(cancel.clone());
        self.forget();
        self.share.set(Some(0.0));
        self.phase.set(Phase::Reading);
        let show = move |done: u64, all: u64| self.share.set(Some(done as f64 / all.max(1) as f64));
        let read = self.store.runtime().read_json(&file, show, &cancel).await;
        if cancel.is_cancelled() {
            return self.phase.set(Phase::Idle);
        }
        let name = file.name();
        match read {
            Ok(parsed) => {
                let text = describe(&parsed.content);
                self.parsed.set_value(Some((name.clone(), parsed)));
                self.phase.set(Phase::Asking(Read { name, text }));
            }
            Err(error) => self.failed(&name, &error),
        }
    }

    fn failed(self, name: &str, error: &TransferError) {
        let text = format!("{name} was not opened. {error}");
        self.phase.try_set(Phase::Failed(text));
    }

    /// Lets go of what was read.
    fn forget(self) {
        self.parsed.set_value(None);
        self.phase.set(Phase::Idle);
    }

    /// Takes in what was shown.
    fn take(self) {
        let Some((name, parsed)) = self.parsed.try_update_value(Option::take).flatten() else {
            return self.phase.set(Phase::Idle);
        };
        self.phase.set(Phase::TakingIn);
        spawn_local(async move {
            match take_in(self.store, parsed).await {
                Ok(done) => {
                    let merge = done.merge;
                    let text = format!(
                        "{name}: {} added, {} known already; {} had been set later and stayed. There are {} now.",
                        intl::count(merge.added, "change", "changes"),
                        intl::integer(merge.known as i64),
                        intl::count(merge.superseded, "field", "fields"),
                        intl::count(done.deals, "deal", "deals"),
                    );
                    self.phase.try_set(Phase::Done(text));
                }
                Err(TransferError::Bulk(BulkError::Cancelled)) => {
                    self.phase.try_set(Phase::Idle);
                }
                Err(error) => self.failed(&name, &error),
            }
        });
    }
}

/// “8,801 changes from 3 Jan to 28 Nov 2026, about 8,800 deals, 85 organisations and 8 team members.”
fn describe(content: &Content) -> String {
    let span = match content.span {
        Some((first, last)) if first != last => {
            format!(", made from {} to {}", fmt::time(first), fmt::time(last))
        }
        Some((only, _)) => format!(", made on {}", fmt::time(only)),
        None => String::new(),
    };
    format!(
        "It holds {}{span}, about {}, {}, {} and {} (removed ones included).",
        intl::count(content.changes(), "change", "changes"),
        intl::count(content.count(Kind::Deal), "deal", "deals"),
        intl::count(
            content.count(Kind::Organisation),
            "organisation",
            "organisations"
        ),
        intl::count(content.count(Kind::Contact), "contact", "contacts"),
        intl::count(content.count(Kind::Activity), "activity", "activities"),
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
        Phase::TakingIn => Some(view! { <WorkProgress/> }.into_any()),
        Phase::Reading => Some(
            view! {
                <Progress
                    label="Reading"
                    value=opening.share
                    on_cancel=move |()| opening.cancel.with_value(Cancel::cancel)
                />
            }
            .into_any(),
        ),
        Phase::Asking(read) => Some(
            view! {
                <div class="data-card" role="group" aria-label=format!("What is in {}", read.name)>
                    <p><b>{read.name.clone()}</b></p>
                    <p>{read.text}</p>
                    <div class="data-card__actions">
                        <Button kind=ButtonKind::Primary icon=Glyph::Merge on_click=move |_| opening.take()>"Merge it"</Button>
                        <Button on_click=move |_| opening.forget()>"Do not"</Button>
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
