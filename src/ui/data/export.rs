//! Saving a copy: everything as a Fairlead file, or the deals as a table.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::export_csv::DealsCsv;
use crate::app::session::Tone;
use crate::codec::csv::WriteStyle;
use crate::shell::clock::{self, breathe};
use crate::shell::file::{Download, FileError};
use crate::shell::intl;
use crate::ui::frame::{backup_age, export_now};
use crate::ui::parts::{Button, ButtonKind, Glyph};
use crate::ui::store::{Store, use_store};

/// Rows written before the page gets to breathe.
const ROWS: usize = 1_000;

/// Both ways out.
#[component]
pub(super) fn Export() -> impl IntoView {
    let store = use_store();
    let busy = RwSignal::new(false);
    let table = move |_| {
        busy.set(true);
        spawn_local(async move {
            match save_table(store).await {
                Ok((name, deals)) => {
                    let deals = intl::count(deals, "deal", "deals");
                    store.say(format!("Downloaded {name} with {deals}"), Tone::Done);
                }
                Err(error) => store.say(format!("Nothing was downloaded. {error}"), Tone::Refused),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="data-action">
            <Button kind=ButtonKind::Primary icon=Glyph::Download on_click=move |_| export_now(store)>
                "Download everything"
            </Button>
            <p>
                "One JSON file with all records and every change ever made. Open it in another browser and nothing is lost. "
                <span class="data-action__note">{move || backup_age(store)}</span>
            </p>
        </div>
        <div class="data-action">
            <Button icon=Glyph::Download loading=busy on_click=table>"Download deals as CSV"</Button>
            <p>
                "A table for spreadsheets, with stage history. Imported again it updates the same deals. It has no activities and no history of single fields."
            </p>
        </div>
    }
}

/// Writes the table in slices; gives the name of the file and how many deals it has.
async fn save_table(store: Store) -> Result<(String, usize), FileError> {
    let state = |store: Store, table: &mut DealsCsv| {
        store.with(|session| table.next_chunk(&session.world().state, ROWS))
    };
    let mut table = store.with(|s| DealsCsv::new(&s.world().state, WriteStyle::default()));
    let deals = table.len();
    let mut file = Download::new("text/csv;charset=utf-8");
    while let Some(chunk) = state(store, &mut table) {
        file.text(&chunk)?;
        breathe().await;
    }
    // The table is that of the day looked at, and is called so.
    let day = store.past().get_untracked().unwrap_or_else(clock::today);
    let name = format!("fairlead-deals-{day}.csv");
    file.save(&name)?;
    Ok((name, deals))
}
