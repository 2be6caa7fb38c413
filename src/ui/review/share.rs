//! Minutes out of the page: a file, text to paste, paper.

use crate::app::review::{Minutes, html, text};
use crate::app::session::Tone as Said;
use crate::shell::clipboard;
use crate::shell::file::Download;
use crate::ui::history::Local;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The buttons.
#[component]
pub(super) fn Share(
    /// What there is to share.
    found: Memo<Option<Minutes>>,
) -> impl IntoView {
    let store = use_store();
    let save = move |_| {
        let Some(found) = found.get_untracked() else {
            return;
        };
        let name = file_name(&found);
        let mut file = Download::new("text/html;charset=utf-8");
        let saved = file
            .text(&html(&found, &Local))
            .and_then(|()| file.save(&name));
        match saved {
            Ok(()) => store.say(format!("Downloaded {name}"), Said::Done),
            Err(error) => store.say(format!("Nothing was downloaded. {error}"), Said::Refused),
        }
    };
    let copy = move |_| {
        let Some(found) = found.get_untracked() else {
            return;
        };
        spawn_local(async move {
            if clipboard::copy(&text(&found, &Local)).await {
                store.say("Copied", Said::Done);
            } else {
                store.say(
                    "The browser did not let the page copy. Download the file instead",
                    Said::Refused,
                );
            }
        });
    };
    let print = |_| {
        // Refused only where there is nothing to print with.
        let _ = window().print();
    };
    view! {
        <Button icon=Glyph::Download on_click=save>"Download as a page"</Button>
        <Button icon=Glyph::Copy on_click=copy>"Copy as text"</Button>
        <Button icon=Glyph::File on_click=print>"Print"</Button>
    }
}

/// The day first, so that files stand in order.
fn file_name(found: &Minutes) -> String {
    let day = found.on.map(|on| format!("{on}-")).unwrap_or_default();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let whose: String = found.whose.chars().map(plain).collect();
    let words: Vec<&str> = whose.split('-').filter(|w| !w.is_empty()).collect();
    format!("review-{day}{}.html", words.join("-")).replace("-.", ".")
}
