//! How much is stored, and how well it is kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::shell::intl;
use crate::shell::opfs;
use crate::ui::frame::{Chrome, bytes_text, saved_text, use_chrome};
use crate::ui::parts::{Button, Glyph};
use crate::ui::store::{Store, use_store};

/// The facts.
#[component]
pub(super) fn Storage() -> impl IntoView {
    let store = use_store();
    let Chrome { keeping, .. } = use_chrome();
    let room = RwSignal::new(String::from("…"));
    spawn_local(async move {
        let text = match opfs::estimate().await {
            Ok(space) => format!(
                "{} used of {} that this browser allows",
                bytes_text(space.usage),
                bytes_text(space.quota)
            ),
            Err(error) => error.to_string(),
        };
        // The view may be gone by now.
        room.try_set(text);
    });
    let kept = move || match keeping.promised().get() {
        None => "…",
        Some(true) => "Yes: the browser does not clear the data by itself.",
        Some(false) if keeping.refused().get() => {
            "The browser did not promise. Download a copy from time to time."
        }
        Some(false) => "Not promised: the browser may clear the data when it runs out of room.",
    };
    view! {
        <dl class="data-facts">
            <div><dt>"Records"</dt><dd>{move || counts(store)}</dd></div>
            <div><dt>"Room"</dt><dd>{room}</dd></div>
            <div><dt>"Saved"</dt><dd>{move || saved_text(store)}</dd></div>
            <div>
                <dt>"Kept"</dt>
                <dd>
                    <p>{kept}</p>
                    {move || (keeping.promised().get() == Some(false)).then(|| view! {
                        <Button icon=Glyph::Lock on_click=move |_| keeping.ask(store)>"Ask the browser to keep it"</Button>
                    })}
                </dd>
            </div>
        </dl>
    }
}

fn counts(store: Store) -> String {
    store.track_all();
    store.with(|session| {
        let t = &session.world().state.tables;
        [
            intl::count(t.deals.iter().count(), "deal", "deals"),
            intl::count(
                t.organisations.iter().count(),
                "organisation",
                "organisations",
            ),
            intl::count(t.contacts.iter().count(), "contact", "contacts"),
            intl::count(t.activities.iter().count(), "activity", "activities"),
        ]
        .join(", ")
    })
}
