//! Buttons that move a row of a list up and down or take it out, and where the focus goes.

use crate::domain::change::EntityRef;
use crate::domain::command::Command;
use crate::domain::command::qualify::QualifyCommand;
use crate::ui::parts::{ButtonSize, Glyph, IconButton};
use crate::ui::store::Store;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus back to what has it, after its row was moved in the page.
pub fn keep_focus() {
    let focused = document()
        .active_element()
        .and_then(|e| e.dyn_into::<HtmlElement>().ok());
    request_animation_frame(move || {
        let Some(element) = focused else { return };
        // At the end of the list the button pressed is off; one beside it takes over.
        let off = element.matches(":disabled").unwrap_or(false);
        let beside = || {
            let found = element
                .parent_element()?
                .query_selector("button:not(:disabled)");
            found.ok().flatten()?.dyn_into::<HtmlElement>().ok()
        };
        let target = off.then(beside).flatten().unwrap_or(element);
        // A control in the page takes the focus.
        let _ = target.focus();
    });
}

/// Up, down and remove for one row of a list of rules. The row stands in a list element
/// (`ul`, `ol`); a control after the list with `data-add` takes the focus when it is empty.
#[component]
pub fn RowButtons(
    /// The data.
    store: Store,
    /// Which record the row is of.
    what: EntityRef,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// Its place, from 0.
    #[prop(into)]
    at: Signal<usize>,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
) -> impl IntoView {
    let root = NodeRef::<html::Span>::new();
    let move_by = move |step: isize| {
        let (at, count) = (at.get_untracked(), count.get_untracked());
        let Some(index) = at.checked_add_signed(step).filter(|to| *to < count) else {
            return;
        };
        keep_focus();
        store.dispatch(Command::Qualify(QualifyCommand::Reorder { what, index }));
        let name = name.get_untracked();
        store.announce(format!("{name}: place {} of {count}", index + 1));
    };
    let remove = move |_| {
        let list = root
            .get_untracked()
            .and_then(|r| r.closest("ul, ol").ok().flatten());
        let at = at.get_untracked();
        store.dispatch(Command::Qualify(QualifyCommand::Remove(what)));
        request_animation_frame(move || {
            let Some(list) = list else { return };
            let find = |selector: &str| list.query_selector(selector).ok().flatten();
            let same = find(&format!(
                ":scope > :nth-child({}) [data-act=remove]",
                at + 1
            ));
            let last = same.or_else(|| find(":scope > :last-child [data-act=remove]"));
            let add = || {
                let parent = list.parent_element()?;
                parent
                    .query_selector("[data-add] input, button[data-add], [data-add] button")
                    .ok()
                    .flatten()
            };
            if let Some(element) = last
                .or_else(add)
                .and_then(|e| e.dyn_into::<HtmlElement>().ok())
            {
                // A control in the page takes the focus.
                let _ = element.focus();
            }
        });
    };
    view! {
        <span class="row-buttons" node_ref=root>
            <IconButton label=Signal::derive(move || format!("Move up: {}", name.get())) glyph=Glyph::ArrowUp size=ButtonSize::Small disabled=Signal::derive(move || at.get() == 0) on_click=move |_| move_by(-1)/>
            <IconButton label=Signal::derive(move || format!("Move down: {}", name.get())) glyph=Glyph::ArrowDown size=ButtonSize::Small disabled=Signal::derive(move || at.get() + 1 >= count.get()) on_click=move |_| move_by(1)/>
            <IconButton label=Signal::derive(move || format!("Remove: {}", name.get())) glyph=Glyph::Trash size=ButtonSize::Small attr:data-act="remove" on_click=remove/>
        </span>
    }
}
