//! The backups that this browser kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::reload;
use crate::shell::file::{Download, FileError};
use crate::shell::opfs::Backup;
use crate::ui::fmt;
use crate::ui::frame::bytes_text;
use crate::ui::parts::{Button, ButtonKind, ButtonSize, Glyph};
use crate::ui::store::{Store, use_store};

/// All of them, newest first.
#[component]
pub(super) fn BackupList(
    /// The backups.
    backups: Vec<Backup>,
) -> impl IntoView {
    // The name of the one being restored.
    let busy = RwSignal::new(None::<String>);
    let error = RwSignal::new(String::new());
    let line = |(at, backup): (usize, Backup)| view! { <Line backup newest=at == 0 busy error/> };
    view! {
        <p class="recovery__error" role="alert">{error}</p>
        <ul class="recovery__backups" aria-label="Backups">
            {backups.into_iter().enumerate().map(line).collect_view()}
        </ul>
    }
}

#[component]
fn Line(
    /// The backup.
    backup: Backup,
    /// Whether it is the newest one.
    newest: bool,
    /// The name of the one being restored.
    busy: RwSignal<Option<String>>,
    /// Set to what went wrong.
    error: RwSignal<String>,
) -> impl IntoView {
    let store = use_store();
    let name = StoredValue::new(backup.name);
    let is_mine = move || busy.with(|busy| name.with_value(|name| busy.as_ref() == Some(name)));
    let restore = move |_| {
        busy.set(Some(name.get_value()));
        spawn_local(async move {
            match store.runtime().restore_backup(&name.get_value()).await {
                Ok(()) => reload(),
                Err(reason) => {
                    error.set(format!("The backup was not restored. {reason}"));
                    busy.set(None);
                }
            }
        });
    };
    let download = move |_| {
        spawn_local(async move {
            if let Err(reason) = save(store, &name.get_value()).await {
                error.set(format!("The backup was not downloaded. {reason}"));
            }
        });
    };
    let when = fmt::time(backup.at_ms);
    view! {
        <li class="recovery__backup">
            <div class="recovery__when">
                <b>{when.clone()}</b>
                <span>{format!("{} · {}", reason_text(&backup.reason), bytes_text(backup.bytes))}</span>
            </div>
            <Button
                size=ButtonSize::Small
                icon=Glyph::Download
                on_click=download
                attr:aria-label=format!("Download the backup of {when}")
            >
                "Download"
            </Button>
            <Button
                size=ButtonSize::Small
                kind=if newest { ButtonKind::Primary } else { ButtonKind::Secondary }
                loading=Signal::derive(is_mine)
                disabled=Signal::derive(move || busy.get().is_some() && !is_mine())
                on_click=restore
                attr:aria-label=format!("Restore the backup of {when}")
            >
                "Restore"
            </Button>
        </li>
    }
}

async fn save(store: Store, name: &str) -> Result<(), String> {
    let text = store
        .runtime()
        .read_backup(name)
        .await
        .map_err(|error| error.to_string())?;
    let saved: Result<(), FileError> = (|| {
        let mut file = Download::new("application/json");
        file.text(&text)?;
        file.save(name)
    })();
    saved.map_err(|error| error.to_string())
}

/// Why a backup was made, as people read it: "before-import" is "Before import".
fn reason_text(slug: &str) -> String {
    let text = slug.replace('-', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
