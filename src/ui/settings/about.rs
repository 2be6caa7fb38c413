//! About Fairlead: version, and where the data are and how well they are kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Section;
use crate::app::route::Route;
use crate::shell::intl;
use crate::shell::opfs;
use crate::ui::frame::{Chrome, backup_age, bytes_text, export_now, saved_text, use_chrome};
use crate::ui::parts::{Button, Glyph};
use crate::ui::store::{Store, use_store};

/// Version, licence, storage.
#[component]
pub(super) fn About() -> impl IntoView {
    let store = use_store();
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
    view! {
        <Section title="About" text="Everything is in this browser, under this address, on this device. Nothing is sent anywhere.">
            <dl class="facts">
                <Fact name="What is stored"><p>{move || counts(store)}</p></Fact>
                <Fact name="Room">{room}</Fact>
                <Fact name="Saved">{move || saved_text(store)}</Fact>
                <Fact name="Kept by the browser"><Kept/></Fact>
                <Fact name="Backup">
                    <p>{move || backup_age(store)}</p>
                    <div class="facts__actions">
                        <Button icon=Glyph::Download on_click=move |_| export_now(store)>"Download a backup"</Button>
                        <a href=Route::Data.print()>"Import, backups, deleting everything"</a>
                    </div>
                </Fact>
                <Fact name="Version">{concat!("Fairlead ", env!("CARGO_PKG_VERSION"))}</Fact>
                <Fact name="Licence">{concat!(env!("CARGO_PKG_LICENSE"), " – free to use, change and pass on")}</Fact>
            </dl>
        </Section>
    }
}

#[component]
fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="facts__line">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// Whether the browser has promised to keep the data, and the question.
#[component]
fn Kept() -> impl IntoView {
    let store = use_store();
    let Chrome { keeping, .. } = use_chrome();
    let text = move || match keeping.promised().get() {
        None => "…",
        Some(true) => "Yes: it does not clear them by itself.",
        Some(false) if keeping.refused().get() => {
            "It did not promise. Download a backup from time to time."
        }
        Some(false) => "Not promised: it may clear them when it runs out of room.",
    };
    view! {
        <p>{text}</p>
        {move || (keeping.promised().get() == Some(false)).then(|| view! {
            <div class="facts__actions">
                <Button icon=Glyph::Lock on_click=move |_| keeping.ask(store)>"Ask the browser to keep the data"</Button>
            </div>
        })}
    }
}

fn counts(store: Store) -> String {
    store.track_all();
    store.with(|session| {
        let tables = &session.world().state.tables;
        let counts = [
            intl::count(tables.deals.iter().count(), "deal", "deals"),
            intl::count(
                tables.organisations.iter().count(),
                "organisation",
                "organisations",
            ),
            intl::count(tables.contacts.iter().count(), "contact", "contacts"),
            intl::count(tables.activities.iter().count(), "activity", "activities"),
        ];
        format!("{}, each with every change ever made", counts.join(", "))
    })
}
