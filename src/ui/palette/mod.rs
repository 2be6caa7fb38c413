//! The palette: find a deal or an organisation, go somewhere, do something, by typing.

mod actions;
mod find;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use self::find::{Block, Line, Mark, Target, blocks};
use super::frame::{Chrome, use_chrome};
use super::nav;
use super::parts::{Chip, Dialog, Glyph, Icon, IconButton, Kbd};
use super::store::{Store, use_store};
use crate::app::route::Route;
use crate::domain::ids::OrgId;

/// How many picked targets are remembered.
const REMEMBERED: usize = 8;

/// The id of the list; its lines are numbered after it.
const LIST: &str = "palette-list";

/// The state of the open palette.
#[derive(Clone, Copy)]
struct Finder {
    store: Store,
    chrome: Chrome,
    query: RwSignal<String>,
    /// The organisation the list is limited to.
    within: RwSignal<Option<OrgId>>,
    active: RwSignal<usize>,
    /// What was picked last, newest first.
    recent: RwSignal<Vec<Target>>,
    blocks: Memo<Vec<Block>>,
}

impl Finder {
    fn new(store: Store, chrome: Chrome) -> Self {
        let query = RwSignal::new(String::new());
        let within = RwSignal::new(None);
        let recent = RwSignal::new(Vec::new());
        let blocks = Memo::new(move |_| {
            if !chrome.palette.get() {
                return Vec::new();
            }
            store.track_all();
            query.with(|query| recent.with(|recent| blocks(store, query, within.get(), recent)))
        });
        Self {
            store,
            chrome,
            query,
            within,
            active: RwSignal::new(0),
            recent,
            blocks,
        }
    }

    fn count(self) -> usize {
        self.blocks
            .with(|blocks| blocks.iter().map(|block| block.lines.len()).sum())
    }

    /// Empties it for another look.
    fn clear(self) {
        self.query.set(String::new());
        self.within.set(None);
        self.active.set(0);
    }

    fn close(self) {
        self.chrome.palette.set(false);
        self.clear();
    }

    /// Does what the line at this place says.
    fn pick(self, at: usize) {
        let target = self.blocks.with_untracked(|blocks| {
            blocks
                .iter()
                .flat_map(|block| &block.lines)
                .nth(at)
                .map(|line| line.target)
        });
        let Some(target) = target else { return };
        self.recent.update(|recent| {
            recent.retain(|other| *other != target);
            recent.insert(0, target);
            recent.truncate(REMEMBERED);
        });
        if let Target::DealsOf(org) = target {
            self.clear();
            return self.within.set(Some(org));
        }
        self.close();
        let Self { store, chrome, .. } = self;
        // Once the palette is gone and has given the focus back: what comes may want it.
        request_animation_frame(move || match target {
            Target::Do(action) => action.run(store, chrome),
            Target::Deal(deal) => nav::go(Route::Deal(deal)),
            Target::Organisation(org) => nav::go(Route::Organisation(org)),
            Target::Contact(contact) => nav::go(Route::Contact(contact)),
            Target::DealsOf(_) => {}
        });
    }

    fn key(self, event: &KeyboardEvent) {
        let (at, count) = (self.active.get_untracked(), untrack(|| self.count()));
        let last = count.saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => self.active.set(if at >= last { 0 } else { at + 1 }),
            "ArrowUp" => self
                .active
                .set(if at == 0 { last } else { at.min(last + 1) - 1 }),
            "PageDown" => self.active.set((at + 8).min(last)),
            "PageUp" => self.active.set(at.saturating_sub(8)),
            "Enter" if !event.is_composing() => self.pick(at),
            "Backspace"
                if self.within.get_untracked().is_some()
                    && self.query.with_untracked(String::is_empty) =>
            {
                self.within.set(None);
            }
            // The keys that opened it close it as well.
            key if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") => {
                self.close()
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// The palette; open while the frame says so.
#[component]
pub fn Palette() -> impl IntoView {
    let finder = Finder::new(use_store(), use_chrome());
    view! {
        <Dialog
            open=finder.chrome.palette
            on_close=move |()| finder.close()
            title="Search and jump"
            class="palette"
        >
            <SearchBox finder/>
            <List finder/>
        </Dialog>
    }
}

#[component]
fn SearchBox(
    /// The state.
    finder: Finder,
) -> impl IntoView {
    let Finder {
        store,
        query,
        within,
        active,
        ..
    } = finder;
    let name = move || {
        within
            .get()
            .map(|org| store.with(|s| s.world().state.name_of(org.into())))
    };
    let active_id =
        move || (active.get() < finder.count()).then(|| format!("{LIST}-{}", active.get()));
    view! {
        <div class="palette__box">
            <Icon glyph=Glyph::Search/>
            {move || name().map(|name| view! {
                <Chip icon=Glyph::Building remove_label="All deals again" on_remove=move |()| within.set(None)>{name}</Chip>
            })}
            <input
                class="palette__input"
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                spellcheck="false"
                placeholder="A deal, an organisation, a contact, or what to do"
                aria-label="Search and jump"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=LIST
                aria-activedescendant=active_id
                prop:value=query
                on:input:target=move |event| {
                    query.set(event.target().value());
                    active.set(0);
                }
                on:keydown=move |event| finder.key(&event)
            />
            <Kbd keys="Escape"/>
            <IconButton label="Close" glyph=Glyph::Close class="palette__close" on_click=move |_| finder.close()/>
        </div>
    }
}

#[component]
fn List(
    /// The state.
    finder: Finder,
) -> impl IntoView {
    let list = move || {
        let mut at = 0;
        let block = |(number, block): (usize, Block)| {
            let title_id = format!("{LIST}-block-{number}");
            let lines = block.lines.into_iter().map(|line| {
                at += 1;
                line_view(finder, at - 1, line)
            });
            view! {
                <div role="group" aria-labelledby=title_id.clone()>
                    <div class="palette__heading" id=title_id.clone()>{block.title}</div>
                    {lines.collect_view()}
                </div>
            }
        };
        finder
            .blocks
            .get()
            .into_iter()
            .enumerate()
            .map(block)
            .collect_view()
    };
    let none = move || finder.blocks.with(Vec::is_empty);
    let count = move || match finder.count() {
        0 => String::from("No matches"),
        1 => String::from("1 match"),
        count => format!("{count} matches"),
    };
    // Pressing a line must not take the focus from the text box.
    view! {
        <div class="palette__list" role="listbox" aria-label="Matches" id=LIST on:mousedown=|event| event.prevent_default()>
            {list}
        </div>
        {move || none().then(|| view! { <p class="palette__none">"Nothing is called that here."</p> })}
        <span class="visually-hidden" role="status">{count}</span>
    }
}

fn line_view(finder: Finder, at: usize, line: Line) -> impl IntoView {
    let is_active = Memo::new(move |_| finder.active.get() == at);
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| is_active.get()) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            node.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let mark = match line.mark {
        Mark::Icon(glyph) => view! { <Icon glyph/> }.into_any(),
        Mark::Hue(hue) => view! { <span class="palette__hue" data-hue=hue></span> }.into_any(),
    };
    let keys = line.keys.map(|keys| {
        keys.split(' ')
            .map(|keys| view! { <Kbd keys/> })
            .collect_view()
    });
    view! {
        <div
            class="palette__line"
            class:palette__line--active=is_active
            role="option"
            id=format!("{LIST}-{at}")
            node_ref=node
            aria-selected=move || if is_active.get() { "true" } else { "false" }
            on:mousemove=move |_| finder.active.set(at)
            on:click=move |_| finder.pick(at)
        >
            <span class="palette__mark">{mark}</span>
            <span class="palette__label">{line.label}</span>
            <span class="palette__detail">{line.detail}</span>
            <span class="palette__keys">{keys}</span>
        </div>
    }
}
