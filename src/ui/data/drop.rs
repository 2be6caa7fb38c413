//! Files dropped anywhere on the page go where they belong.

use leptos::ev;
use leptos::prelude::*;
use web_sys::DragEvent;

use super::inbox::{self, Kind};
use crate::app::route::Route;
use crate::shell::file;
use crate::ui::nav;
use crate::ui::parts::{Glyph, Icon};

/// Takes files dropped anywhere, and shows while they are being dragged that it does: without
/// it a browser would leave the page to open the file. Once, in the frame.
#[component]
pub fn FileDrop() -> impl IntoView {
    let over = RwSignal::new(false);
    let listeners = [
        window_event_listener(ev::dragover, move |event: DragEvent| {
            if has_files(&event) {
                event.prevent_default();
                over.set(true);
            }
        }),
        window_event_listener(ev::dragleave, move |event: DragEvent| {
            // Leaving the window, not just one element for another.
            if event.related_target().is_none() {
                over.set(false);
            }
        }),
        window_event_listener(ev::drop, move |event: DragEvent| {
            over.set(false);
            if !has_files(&event) {
                return;
            }
            event.prevent_default();
            let files = event
                .data_transfer()
                .map(|t| file::from_transfer(&t))
                .unwrap_or_default();
            match inbox::put(files) {
                Some(Kind::Spreadsheets) => nav::go(Route::Import),
                Some(Kind::Fairlead) => nav::go(Route::Data),
                None => {}
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    view! {
        <div class="data-drop" hidden=move || !over.get() aria-hidden="true">
            <div class="data-drop__card">
                <Icon glyph=Glyph::Upload/>
                <p>"Drop spreadsheets or a Fairlead file"</p>
            </div>
        </div>
    }
}

/// Whether files of the person's computer are dragged, and not a card of the board.
fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| {
        types
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}
