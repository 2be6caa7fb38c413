//! Which deals a tile is about: as many filters as one likes, all of which hold.

use super::use_board;
use crate::app::dashboard::filters::{FilterLine, lines, print};
use crate::domain::change::Kind;
use crate::domain::command::insight::TileDraft;
use crate::domain::insight::slice::Dimension;
use crate::ui::insight::{dimensions, use_reading};
use crate::ui::parts::*;
use leptos::html;
use leptos::prelude::*;

/// The lines on the screen, each with a number that stays its own.
#[derive(Clone, Copy)]
struct Lines {
    draft: RwSignal<TileDraft>,
    all: RwSignal<Vec<(u32, FilterLine)>>,
    /// What the tile has besides and this page cannot show.
    kept: StoredValue<Vec<String>>,
    next: StoredValue<u32>,
}

impl Lines {
    fn new(draft: RwSignal<TileDraft>) -> Self {
        let (mut all, kept) = draft.with_untracked(|d| lines(&d.filters));
        if all.is_empty() {
            all.push(FilterLine::default());
        }
        let all: Vec<_> = (0..).zip(all).collect();
        let next = all.len() as u32;
        Self {
            draft,
            all: RwSignal::new(all),
            kept: StoredValue::new(kept),
            next: StoredValue::new(next),
        }
    }

    fn change(self, change: impl FnOnce(&mut Vec<(u32, FilterLine)>)) {
        self.all.update(change);
        let all = self.all.get_untracked();
        let all: Vec<FilterLine> = all.into_iter().map(|(_, line)| line).collect();
        let filters = self.kept.with_value(|kept| print(&all, kept));
        self.draft.update(|d| d.filters = filters);
    }

    fn set(self, number: u32, change: impl FnOnce(&mut FilterLine)) {
        self.change(|all| {
            let line = all.iter_mut().find(|(own, _)| *own == number);
            if let Some((_, line)) = line {
                change(line);
            }
        });
    }

    fn add(self) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.change(|all| all.push((number, FilterLine::default())));
    }

    fn line(self, number: u32) -> FilterLine {
        self.all.with(|all| {
            let found = all.iter().find(|(own, _)| *own == number);
            found.map(|(_, line)| line.clone()).unwrap_or_default()
        })
    }
}

/// The filters of a tile.
#[component]
pub(super) fn FilterFields(
    /// The form.
    draft: RwSignal<TileDraft>,
) -> impl IntoView {
    let lines = Lines::new(draft);
    let add = NodeRef::<html::Button>::new();
    let numbers = Memo::new(move |_| {
        lines
            .all
            .with(|all| all.iter().map(|(number, _)| *number).collect::<Vec<_>>())
    });
    let several = Memo::new(move |_| numbers.with(|all| all.len() > 1));
    view! {
        <div class="tile-form__filters" role="group" aria-label="Filters">
            <For each=move || numbers.get() key=|number| *number let:number>
                <Line lines number numbers add/>
            </For>
            <div class="tile-form__add">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus node_ref=add on_click=move |_| lines.add()>"Add a filter"</Button>
                {block(move || several.get().then(|| view! { <span class="tile__small">"Deals for which all of these hold."</span> }))}
            </div>
        </div>
    }
}

/// A dimension and which of it.
#[component]
fn Line(
    /// All of them.
    lines: Lines,
    /// Which.
    number: u32,
    /// The numbers of all, in order.
    numbers: Memo<Vec<u32>>,
    /// What takes the focus when the line goes.
    add: NodeRef<html::Button>,
) -> impl IntoView {
    let (board, reading) = (use_board(), use_reading());
    let by = Memo::new(move |_| lines.line(number).by);
    let key = Memo::new(move |_| {
        let key = lines.line(number).key;
        key.map_or_else(String::new, |key| format!("={key}"))
    });
    let place = Memo::new(move |_| {
        let at = numbers.with(|all| all.iter().position(|own| *own == number));
        at.map_or(1, |at| at + 1)
    });
    let options = Memo::new(move |_| {
        board.store.track_kind(Kind::CustomField);
        board.store.with(|s| dimensions(s.world()))
    });
    let values = Memo::new(move |_| {
        let Some(by) = Dimension::from_code(&by.get()) else {
            return Vec::new();
        };
        let labels = reading.sliced(by).labels.into_iter();
        let mut all: Vec<Choice> = labels
            .map(|l| Choice::new(format!("={}", l.key), l.name))
            .collect();
        // What is no longer there still leaves deals out, and must be seen to.
        let now = key.get();
        if !now.is_empty() && !all.iter().any(|choice| choice.value == now) {
            all.push(Choice::new(now, "No longer there"));
        }
        all
    });
    let some = Memo::new(move |_| !by.with(String::is_empty));
    let removable = Memo::new(move |_| some.get() || numbers.with(|all| all.len() > 1));
    let remove = move |_| {
        lines.change(|all| {
            all.retain(|(own, _)| *own != number);
        });
        if let Some(add) = add.get_untracked() {
            let _ = add.focus();
        }
    };
    view! {
        <div class="tile-form__filter" role="group" aria-label=move || format!("Filter {}", place.get())>
            <Field label="Only">
                <Select options value=by placeholder="Any deals" on_change=move |code: String| {
                    lines.set(number, |line| *line = FilterLine { by: code, key: None });
                }/>
            </Field>
            {block(move || some.get().then(|| view! {
                <Field label="Which">
                    <Select options=values value=key placeholder="Any" on_change=move |code: String| {
                        let key = code.strip_prefix('=').map(str::to_owned);
                        lines.set(number, |line| line.key = key);
                    }/>
                </Field>
            }))}
            {block(move || removable.get().then(|| view! {
                <IconButton label=Signal::derive(move || format!("Remove filter {}", place.get())) glyph=Glyph::Close class="tile-form__remove" on_click=remove/>
            }))}
        </div>
    }
}
