//! A list of short texts that can be added to, renamed, put in order and thinned out.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::change::EntityRef;
use crate::domain::command::Refusal;
use crate::ui::parts::{Button, ButtonSize, Field, Glyph, IconButton, TextInput};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};

type Save = leptos::callback::UnsyncCallback<Vec<String>, Result<Option<EntityRef>, Refusal>>;

/// What the parts of a list share.
#[derive(Clone, Copy)]
struct Listing {
    store: Store,
    /// What one of them is called: "reason".
    one: &'static str,
    items: Memo<Vec<String>>,
    save: Save,
    list: NodeRef<html::Ul>,
    adding: NodeRef<html::Input>,
}

impl Listing {
    fn save(self, items: Vec<String>) -> Result<Option<EntityRef>, Refusal> {
        use leptos::callback::Callable;
        self.save.run(items)
    }

    /// Why a text cannot be at this place (none for a new one): it is empty or there already.
    fn objection(self, text: &str, at: Option<usize>) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return Some(format!("Give the {} a name.", self.one));
        }
        let taken = self.items.with_untracked(|items| {
            let same = |(n, item): (usize, &String)| {
                Some(n) != at && item.to_lowercase() == text.to_lowercase()
            };
            items.iter().enumerate().any(same)
        });
        taken.then(|| format!("“{text}” is in the list already."))
    }

    fn rename(self, draft: Draft, at: usize, text: &str) {
        if let Some(objection) = self.objection(text, Some(at)) {
            return draft.refuse(objection);
        }
        let mut items = self.items.get_untracked();
        if let Some(item) = items.get_mut(at) {
            text.trim().clone_into(item);
        }
        draft.settle(self.save(items));
    }

    fn add(self, draft: Draft, text: &str) {
        if let Some(objection) = self.objection(text, None) {
            return draft.refuse(objection);
        }
        let mut items = self.items.get_untracked();
        items.push(text.trim().to_owned());
        draft.settle(self.save(items));
    }

    fn remove(self, at: usize) {
        let mut items = self.items.get_untracked();
        if at < items.len() {
            items.remove(at);
        }
        self.tell_refusal(items);
        if let Some(input) = self.adding.get_untracked() {
            // The button pressed goes with its line; the next text box takes the focus.
            let _ = input.focus();
        }
    }

    fn move_by(self, at: usize, step: isize) {
        let mut items = self.items.get_untracked();
        let Some(to) = at.checked_add_signed(step).filter(|to| *to < items.len()) else {
            return;
        };
        items.swap(at, to);
        let (name, count) = (items[to].clone(), items.len());
        self.tell_refusal(items);
        self.store
            .announce(format!("{name}: place {} of {count}", to + 1));
        self.follow_focus(to);
    }

    fn tell_refusal(self, items: Vec<String>) {
        match self.save(items) {
            Ok(_) | Err(Refusal::Nothing) => {}
            Err(refusal) => self
                .store
                .say(refusal.to_string(), crate::app::session::Tone::Refused),
        }
    }

    /// Gives the control that has the focus up for the same one of another line.
    fn follow_focus(self, to: usize) {
        let act = document()
            .active_element()
            .and_then(|element| element.get_attribute("data-act"));
        let wanted = format!(":scope > li:nth-child({}) ", to + 1);
        let Some(list) = self.list.get_untracked() else {
            return;
        };
        request_animation_frame(move || {
            let same = act.map_or_else(
                || String::from("input"),
                |act| format!("[data-act={act}]:not([disabled])"),
            );
            let find = |inner: &str| {
                list.query_selector(&format!("{wanted}{inner}"))
                    .ok()
                    .flatten()
            };
            let found = find(&same).or_else(|| find("[data-act]:not([disabled])"));
            if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok())
            {
                // A control in the page takes the focus.
                let _ = element.focus();
            }
        });
    }
}

/// The list.
#[component]
pub fn TextList(
    /// What the list is of.
    title: &'static str,
    /// What one of them is called.
    one: &'static str,
    /// The texts in order.
    items: Memo<Vec<String>>,
    /// Called with the whole list as it is to be.
    #[prop(into)]
    save: Save,
) -> impl IntoView {
    let listing = Listing {
        store: use_store(),
        one,
        items,
        save,
        list: NodeRef::new(),
        adding: NodeRef::new(),
    };
    let count = Memo::new(move |_| items.with(Vec::len));
    view! {
        <section class="text-list" aria-label=title>
            <h3>{title}</h3>
            <ul class="text-list__items" node_ref=listing.list>
                <For each=move || 0..count.get() key=|at| *at let(at)>
                    <Line listing at/>
                </For>
            </ul>
            <AddLine listing/>
        </section>
    }
}

#[component]
fn Line(
    listing: Listing,
    /// Its place, from 0.
    at: usize,
) -> impl IntoView {
    let draft = Draft::new();
    let text = Signal::derive(move || {
        listing
            .items
            .with(|items| items.get(at).cloned().unwrap_or_default())
    });
    let last = Signal::derive(move || listing.items.with(|items| at + 1 >= items.len()));
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => draft.drop_it(),
        "ArrowUp" if event.alt_key() => {
            event.prevent_default();
            listing.move_by(at, -1);
        }
        "ArrowDown" if event.alt_key() => {
            event.prevent_default();
            listing.move_by(at, 1);
        }
        _ => {}
    };
    let name = move |what: &'static str| Signal::derive(move || format!("{what} {}", text.get()));
    view! {
        <li class="text-list__line" on:keydown=on_key>
            <Field label=Signal::derive(move || format!("{} {}", capital(listing.one), at + 1)) label_hidden=true error=draft.error()>
                <TextInput
                    value=draft.or(move || text.get())
                    on_input=move |text| draft.typed(text)
                    on_commit=move |text: String| listing.rename(draft, at, &text)
                />
            </Field>
            <IconButton size=ButtonSize::Small label=name("Move up") glyph=Glyph::ArrowUp disabled=at == 0 attr:data-act="up" on_click=move |_| listing.move_by(at, -1)/>
            <IconButton size=ButtonSize::Small label=name("Move down") glyph=Glyph::ArrowDown disabled=last attr:data-act="down" on_click=move |_| listing.move_by(at, 1)/>
            <IconButton size=ButtonSize::Small label=name("Remove") glyph=Glyph::Close attr:data-act="remove" on_click=move |_| listing.remove(at)/>
        </li>
    }
}

#[component]
fn AddLine(listing: Listing) -> impl IntoView {
    let draft = Draft::new();
    let text = draft.or(String::new);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        listing.add(draft, &text.get_untracked());
    };
    view! {
        <form class="text-list__add" on:submit=submit>
            <Field label=format!("New {}", listing.one) label_hidden=true error=draft.error()>
                <TextInput
                    value=text
                    on_input=move |text| draft.typed(text)
                    placeholder=format!("Add {} {}", article(listing.one), listing.one)
                    node_ref=listing.adding
                />
            </Field>
            <Button size=ButtonSize::Small icon=Glyph::Plus submit=true>"Add"</Button>
        </form>
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
