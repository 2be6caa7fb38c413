//! Data in and out: export, Fairlead files, spreadsheets, backups, storage, deleting all.

mod backups;
mod drop;
mod export;
mod import;
mod inbox;
mod merge;
mod present;
mod storage;
mod wipe;

use leptos::prelude::*;

use self::backups::Backups;
use self::export::Export;
use self::merge::OpenFile;
use self::present::{OnlyToday, is_refused};
use self::storage::Storage;
use self::wipe::Wipe;
use super::frame::TopBar;
use super::nav;
use super::parts::{Button, Glyph};
use super::store::use_store;
use crate::app::route::Route;

pub use drop::FileDrop;
pub use import::ImportView;

/// The page for everything that concerns the data as a whole.
#[component]
pub fn DataView() -> impl IntoView {
    view! {
        <TopBar title="Data"/>
        <div class="page data">
            <OnlyToday text="What is saved here is everything as it is today, only the table of deals is that of the day. Nothing can be brought in, restored or deleted."/>
            <Section title="Save a copy" text="Files are made in this browser and sent nowhere.">
                <Export/>
            </Section>
            <Section title="Bring data in" text="Nothing is changed before you have seen what would come in. One undo takes an import back.">
                <Spreadsheets/>
                <OpenFile/>
            </Section>
            <Section title="Backups in this browser" text="Made every quarter of an hour of use, and before every import, restore and large removal. The last ones of today and one a day for a week are kept.">
                <Backups/>
            </Section>
            <Section title="Storage" text="Everything is in this browser, under this address, on this device.">
                <Storage/>
            </Section>
            <Section title="Delete everything" text="For when you are done, or want to start anew.">
                <Wipe/>
            </Section>
        </div>
    }
}

/// A part of the page with its heading at the side.
#[component]
fn Section(
    /// The heading.
    title: &'static str,
    /// What it is about.
    text: &'static str,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="data-section">
            <div class="data-section__head">
                <h2>{title}</h2>
                <p>{text}</p>
            </div>
            <div class="data-section__body">{children()}</div>
        </section>
    }
}

/// Leads to the import of spreadsheets.
#[component]
fn Spreadsheets() -> impl IntoView {
    let store = use_store();
    let open = move |_| {
        if !is_refused(store) {
            nav::go(Route::Import);
        }
    };
    view! {
        <div class="data-action">
            <Button icon=Glyph::Upload on_click=open>"Import spreadsheets…"</Button>
            <p>
                "CSV files of deals, organisations, contacts, products, team members or activities, from a spreadsheet or another CRM. You can also drop files anywhere on this page."
            </p>
        </div>
    }
}
