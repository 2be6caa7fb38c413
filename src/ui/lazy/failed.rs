//! What is shown when a chunk does not come.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::Coming;
use crate::ui::parts::{Button, ButtonKind, Dialog, DialogKind, Empty, Glyph, Icon};

const TITLE: &str = "This part of Fairlead did not load";
const TEXT: &str = "The connection may be gone, or a newer version has taken the place of this one. Your data is not touched. Try again, or reload the page.";

/// The message instead of a page. Its title is the page's heading, which takes the focus.
pub(super) fn page(coming: Coming) -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <span class="empty__icon"><Icon glyph=Glyph::Warning/></span>
            <h1 class="empty__title" tabindex="-1">{TITLE}</h1>
            <p class="empty__text">{TEXT}</p>
            <div class="empty__actions">{buttons(coming)}</div>
        </div>
    }
}

/// The message where something was to stand.
pub(super) fn piece(coming: Coming) -> impl IntoView {
    view! {
        <div role="alert">
            <Empty glyph=Glyph::Warning title=TITLE text=TEXT.to_owned()>{buttons(coming)}</Empty>
        </div>
    }
}

/// The message as a dialog, for what was to open over the page.
pub(super) fn over(
    coming: Coming,
    open: Signal<bool>,
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    view! {
        <Dialog
            open
            on_close=move |()| on_close.run(())
            title=TITLE
            kind=DialogKind::Small
            footer=move || buttons(coming)
        >
            <p>{TEXT}</p>
        </Dialog>
    }
}

fn buttons(coming: Coming) -> impl IntoView {
    view! {
        <Button on_click=move |_| coming.load()>"Try again"</Button>
        // Refused only for a document that is not shown.
        <Button kind=ButtonKind::Primary on_click=|_| drop(window().location().reload())>"Reload"</Button>
    }
}
