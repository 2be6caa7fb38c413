//! What the parts of the frame share: what is open, and what the browser has promised.

use leptos::ev::Custom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::CustomEvent;

use crate::app::session::Tone;
use crate::shell::opfs;
use crate::ui::activity::Logging;
use crate::ui::store::Store;

/// State of the frame; cheap to copy, found with [`use_chrome`].
#[derive(Clone, Copy)]
pub struct Chrome {
    /// Whether the palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the list of all keys is open.
    pub help: RwSignal<bool>,
    /// Whether the notices are open.
    pub notices: RwSignal<bool>,
    /// Writing an activity down from anywhere.
    pub logging: Logging,
    /// Whether the browser has promised to keep the data.
    pub keeping: Keeping,
    /// A newer version of the page is stored and waits.
    pub update: RwSignal<bool>,
    /// A sentence for each record of the log that could not be read.
    pub problems: RwSignal<Vec<String>>,
}

/// The frame's state.
///
/// # Panics
/// Outside of the application's frame.
#[must_use]
pub fn use_chrome() -> Chrome {
    expect_context()
}

/// Sent by public/boot.js when a newer version of the page is stored and waits.
const UPDATE_READY: &str = "fairlead-update-ready";
/// Asks public/boot.js to take that version and reload.
const UPDATE_APPLY: &str = "fairlead-update-apply";

impl Chrome {
    pub(super) fn new(problems: Vec<String>) -> Self {
        // It may have been noticed before the program ran.
        let waits = document()
            .document_element()
            .and_then(|page| page.get_attribute("data-update"))
            .is_some_and(|state| state == "ready");
        let update = RwSignal::new(waits);
        let ready = Custom::<CustomEvent>::new(UPDATE_READY);
        let listener = window_event_listener(ready, move |_| update.set(true));
        on_cleanup(move || listener.remove());
        Self {
            palette: RwSignal::new(false),
            help: RwSignal::new(false),
            notices: RwSignal::new(false),
            logging: Logging::new(),
            keeping: Keeping::new(),
            update,
            problems: RwSignal::new(problems),
        }
    }

    /// Takes the newer version of the page and reloads.
    pub(super) fn apply_update(self) {
        // A constructor that fails only without a window to speak of.
        if let Ok(event) = CustomEvent::new(UPDATE_APPLY) {
            let _ = window().dispatch_event(&event);
        }
    }
}

/// The browser's promise not to clear the data by itself when space runs low
/// (`navigator.storage.persist`).
#[derive(Clone, Copy)]
pub struct Keeping {
    promised: RwSignal<Option<bool>>,
    refused: RwSignal<bool>,
}

impl Keeping {
    fn new() -> Self {
        let keeping = Self {
            promised: RwSignal::new(None),
            refused: RwSignal::new(false),
        };
        spawn_local(async move {
            // A browser without the question cannot promise either.
            let promised = opfs::persisted().await.unwrap_or(false);
            keeping.promised.set(Some(promised));
        });
        keeping
    }

    /// Whether it has promised; none while that is not known yet.
    #[must_use]
    pub fn promised(self) -> Signal<Option<bool>> {
        self.promised.into()
    }

    /// Whether it was asked on this page and did not promise.
    #[must_use]
    pub fn refused(self) -> Signal<bool> {
        self.refused.into()
    }

    /// Asks the browser. Call it in answer to a press: some browsers then ask the person.
    pub fn ask(self, store: Store) {
        spawn_local(async move {
            let promised = opfs::request_persist().await.unwrap_or(false);
            self.promised.set(Some(promised));
            self.refused.set(!promised);
            if promised {
                store.say("This browser will keep your data", Tone::Done);
            } else {
                store.say("The browser did not promise to keep the data. Download a backup from time to time", Tone::Refused);
            }
        });
    }
}

/// Downloads everything as a file, and notes when.
pub fn export_now(store: Store) {
    spawn_local(async move {
        match store.runtime().export_json().await {
            Ok(name) => {
                store
                    .prefs()
                    .update(|prefs| prefs.exported_at = Some(store.moment().now));
                store.say(format!("Downloaded {name}"), Tone::Done);
            }
            Err(error) => store.say(format!("Nothing was downloaded. {error}"), Tone::Refused),
        }
    });
}
