//! The backups that this browser keeps.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::present::is_refused;
use crate::app::session::Tone as News;
use crate::shell::file::Download;
use crate::shell::opfs::Backup;
use crate::ui::fmt;
use crate::ui::frame::bytes_text;
use crate::ui::parts::{Button, ButtonKind, ButtonSize, Dialog, DialogKind, Glyph};
use crate::ui::store::{Store, use_store};

/// The list, with what can be done with each.
#[component]
pub(super) fn Backups() -> impl IntoView {
    let store = use_store();
    let list = RwSignal::new(None::<Result<Vec<Backup>, String>>);
    let asked = RwSignal::new(None::<Backup>);
    let load = move || {
        spawn_local(async move {
            let found = store.runtime().backups().await.map_err(|e| e.to_string());
            // The view may be gone by now.
            list.try_set(Some(found));
        });
    };
    load();
    let busy = RwSignal::new(false);
    let make = move |_| {
        busy.set(true);
        spawn_local(async move {
            match store.runtime().backup("by hand").await {
                Ok(Some(_)) => store.say("Made a backup", News::Done),
                Ok(None) => store.say("There is nothing to back up yet", News::Refused),
                Err(error) => store.say(format!("No backup was made. {error}"), News::Refused),
            }
            busy.set(false);
            load();
        });
    };
    view! {
        {move || list_view(list.get(), asked)}
        <div class="data-action">
            <Button icon=Glyph::Plus loading=busy on_click=make>"Make a backup now"</Button>
            <p>"Backups go when the site’s data is cleared. A downloaded file stays."</p>
        </div>
        <Restore asked/>
    }
}

fn list_view(
    list: Option<Result<Vec<Backup>, String>>,
    asked: RwSignal<Option<Backup>>,
) -> AnyView {
    match list {
        None => view! { <p class="data-quiet">"Looking…"</p> }.into_any(),
        Some(Err(error)) => view! { <p class="data-quiet">{error}</p> }.into_any(),
        Some(Ok(backups)) if backups.is_empty() => {
            view! { <p class="data-quiet">"There is none yet."</p> }.into_any()
        }
        Some(Ok(backups)) => {
            let line = move |backup: Backup| view! { <Line backup asked/> };
            view! {
                <ul class="data-backups" aria-label="Backups">
                    {backups.into_iter().map(line).collect_view()}
                </ul>
            }
            .into_any()
        }
    }
}

#[component]
fn Line(
    /// The backup.
    backup: Backup,
    /// Set to the one that is to be restored.
    asked: RwSignal<Option<Backup>>,
) -> impl IntoView {
    let store = use_store();
    let when = fmt::time(backup.at_ms);
    let about = format!(
        "{} · {}",
        reason_text(&backup.reason),
        bytes_text(backup.bytes)
    );
    let own = StoredValue::new(backup);
    let download = move |_| {
        spawn_local(async move {
            if let Err(error) = save(store, own.get_value()).await {
                store.say(
                    format!("The backup was not downloaded. {error}"),
                    News::Refused,
                );
            }
        });
    };
    view! {
        <li class="data-backups__line">
            <div class="data-backups__when">
                <b>{when.clone()}</b>
                <span>{about}</span>
            </div>
            <Button size=ButtonSize::Small icon=Glyph::Download on_click=download attr:aria-label=format!("Download the backup of {when}")>
                "Download"
            </Button>
            <Button
                size=ButtonSize::Small
                icon=Glyph::History
                on_click=move |_| asked.set((!is_refused(store)).then(|| own.get_value()))
                attr:aria-label=format!("Restore the backup of {when}")
            >
                "Restore…"
            </Button>
        </li>
    }
}

async fn save(store: Store, backup: Backup) -> Result<(), String> {
    let text = store
        .runtime()
        .read_backup(&backup.name)
        .await
        .map_err(|e| e.to_string())?;
    let mut file = Download::new("application/json");
    file.text(&text).map_err(|e| e.to_string())?;
    file.save(&format!("fairlead-backup-{}", backup.name))
        .map_err(|e| e.to_string())
}

/// Why a backup was made, as its file says it, in words.
fn reason_text(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::from("Backup"),
    }
}

/// Asks before the data is replaced.
#[component]
fn Restore(
    /// The backup asked for.
    asked: RwSignal<Option<Backup>>,
) -> impl IntoView {
    let store = use_store();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(String::new());
    let close = move || {
        asked.set(None);
        error.set(String::new());
    };
    let restore = move |_| {
        let Some(backup) = asked.get_untracked() else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match store.runtime().restore_backup(&backup.name).await {
                // Refused only for a document that is not shown.
                Ok(()) => drop(window().location().reload()),
                Err(why) => {
                    error.set(format!(
                        "The backup was not restored; everything is as it was. {why}"
                    ));
                    busy.set(false);
                }
            }
        });
    };
    let when = move || asked.with(|b| b.as_ref().map(|b| fmt::time(b.at_ms)).unwrap_or_default());
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move |()| close()
            title="Go back to this backup?"
            kind=DialogKind::Small
            footer=move || view! {
                <Button on_click=move |_| close()>"Keep what is here"</Button>
                <Button kind=ButtonKind::Danger loading=busy on_click=restore>"Replace by the backup"</Button>
            }
        >
            <p>
                "Everything here is replaced by the backup of "
                <b>{when}</b>
                ". What is here now is backed up first, so you can come back. Other tabs have to be loaded anew."
            </p>
            <p class="data-error" role="alert">{error}</p>
        </Dialog>
    }
}
