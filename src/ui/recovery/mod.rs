//! When the store opened empty although there was data: says what was found, and never starts
//! afresh unasked.

mod backups;

use leptos::prelude::*;

use self::backups::BackupList;
use super::fmt;
use super::frame::App;
use super::parts::{Button, ButtonKind, Dialog, DialogKind, Glyph, Icon};
use super::start::Opening;
use super::store::use_store;
use crate::shell::intl;
use crate::shell::local::Sentinel;
use crate::shell::runtime::Missing;

/// The screen shown instead of the application until the person has decided.
#[component]
pub fn Recovery(
    /// What tells that there was data.
    missing: Missing,
) -> impl IntoView {
    let anew = RwSignal::new(false);
    let missing = StoredValue::new_local(missing);
    move || {
        if anew.get() {
            view! { <App/> }.into_any()
        } else {
            missing
                .with_value(|missing| view! { <Choices missing=missing.clone() anew/> }.into_any())
        }
    }
}

#[component]
fn Choices(
    /// What tells that there was data.
    missing: Missing,
    /// Set to go on with nothing.
    anew: RwSignal<bool>,
) -> impl IntoView {
    document().set_title("Your data is missing – Fairlead");
    let has_backups = !missing.backups.is_empty();
    let next = if has_backups {
        "Nothing has been changed. Restore one of the backups that this browser kept, or open a file that you saved."
    } else {
        "Nothing has been changed. This browser kept no backup; if you saved a file, open it."
    };
    view! {
        <main class="recovery" id="main">
            <span class="recovery__icon"><Icon glyph=Glyph::Warning/></span>
            <h1 tabindex="-1">"Your data is not here"</h1>
            <p class="recovery__what">{what_was(missing.sentinel.as_ref(), missing.told, has_backups)}</p>
            <p class="recovery__why">
                "This happens when the site's data was cleared, by hand, by a cleaning program or by the browser when it ran out of room."
            </p>
            <p class="recovery__next">{next}</p>
            {has_backups.then(|| view! { <BackupList backups=missing.backups/> })}
            <Others anew has_backups/>
        </main>
    }
}

/// What is known of the data that was there.
fn what_was(sentinel: Option<&Sentinel>, told: bool, has_backups: bool) -> String {
    let told = if told {
        " The browser itself says that it lost the database."
    } else {
        ""
    };
    match sentinel {
        Some(was) => {
            let changes = intl::count(was.changes as usize, "change", "changes");
            let deals = intl::count(was.deals as usize, "deal", "deals");
            let when = fmt::time(was.saved_at);
            format!(
                "Saved here last on {when}: {changes}, {deals}. Now the database is empty.{told}"
            )
        }
        None if has_backups => {
            format!("The database is empty, yet there are backups that were made here.{told}")
        }
        None => format!("The database is empty.{told}"),
    }
}

/// The ways without a backup.
#[component]
fn Others(
    /// Set to go on with nothing.
    anew: RwSignal<bool>,
    /// Whether opening a file is the best that is left.
    has_backups: bool,
) -> impl IntoView {
    let opening = Opening::new(use_store());
    let busy = Signal::derive(move || opening.share.get().is_some());
    let asking = RwSignal::new(false);
    let kind = if has_backups {
        ButtonKind::Secondary
    } else {
        ButtonKind::Primary
    };
    view! {
        <div class="recovery__others">
            <Button kind icon=Glyph::File loading=busy on_click=move |_| opening.choose(reload)>"Open a Fairlead file"</Button>
            <Button kind=ButtonKind::Ghost on_click=move |_| asking.set(true)>"Start anew…"</Button>
        </div>
        <p class="recovery__error" role="alert">{opening.error}</p>
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title="Start with nothing?"
            kind=DialogKind::Small
            footer=move || view! {
                <Button on_click=move |_| asking.set(false)>"Not yet"</Button>
                <Button kind=ButtonKind::Danger on_click=move |_| anew.set(true)>"Start anew"</Button>
            }
        >
            <p>
                "The data that was here is not brought back. Backups stay in this browser for now; find them under Data."
            </p>
        </Dialog>
    }
}

/// Loads the page again, which then finds the data.
fn reload() {
    // Refused only for a document that is not shown.
    let _ = window().location().reload();
}
