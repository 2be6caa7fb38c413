//! Conditions as rows of field, comparison and value; used wherever rules have some.

use super::pick_many::PickMany;
use crate::app::form::lists;
use crate::domain::change::Kind;
use crate::domain::query::condition::{
    BadCondition, FieldInfo, FieldType, Part, Scope, Test, field, fields, picks, suggestions,
};
use crate::domain::rule::{Condition, Op};
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Choice, ComboOption, Combobox, DateField, Field, Glyph,
    IconButton, MoneyField, NumberInput, Select, TagInput, leaving,
};
use crate::ui::store::{Store, use_store};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A condition nobody has filled in yet.
#[must_use]
pub fn blank_condition() -> Condition {
    Condition {
        what: String::new(),
        op: Op::Is,
        with: Vec::new(),
    }
}

/// Rows of conditions with a button to add one.
///
/// The conditions given are drafts: they hold what was typed, also while it cannot be read.
/// Whoever saves them reads each with [`Test::read`] and keeps [`Test::condition`]. A row
/// shows what is wrong with it once it was left, or as soon as `show_errors` is on.
#[component]
pub fn Conditions(
    /// Which fields may be named.
    scope: Scope,
    /// The conditions as typed.
    #[prop(into)]
    conditions: Signal<Vec<Condition>>,
    /// Called with all of them at each change.
    #[prop(into)]
    on_change: UnsyncCallback<Vec<Condition>>,
    /// Exactly one: none can be added or removed.
    #[prop(optional)]
    single: bool,
    /// Shows what is wrong with rows that were not left yet, too.
    #[prop(optional, into)]
    show_errors: Signal<bool>,
    /// What stands there while there is none.
    #[prop(optional, into)]
    none: Signal<Option<String>>,
) -> impl IntoView {
    let store = use_store();
    let rows = Memo::new(move |_| conditions.with(Vec::len).max(usize::from(single)));
    let list = NodeRef::<html::Ul>::new();
    let set = UnsyncCallback::new(move |(at, condition): (usize, Condition)| {
        let mut all = conditions.get_untracked();
        if at < all.len() {
            all[at] = condition;
        } else {
            all.push(condition);
        }
        on_change.run(all);
    });
    let remove = UnsyncCallback::new(move |at: usize| {
        let mut all = conditions.get_untracked();
        if at < all.len() {
            all.remove(at);
            on_change.run(all);
        }
    });
    let add = move |_| {
        let mut all = conditions.get_untracked();
        all.push(blank_condition());
        on_change.run(all);
        // The new row takes the focus once it is there.
        request_animation_frame(move || {
            let last = list.get_untracked().and_then(|l| {
                l.query_selector(":scope > li:last-child input")
                    .ok()
                    .flatten()
            });
            if let Some(input) = last.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                // A control in the page takes the focus.
                let _ = input.focus();
            }
        });
    };
    view! {
        <div class="conditions">
            {move || (rows.get() == 0).then(|| none.get()).flatten().map(|text| view! { <p class="conditions__none">{text}</p> })}
            <ul class="conditions__rows" node_ref=list>
                <For each=move || 0..rows.get() key=|at| *at let(at)>
                    <Row store scope at single conditions set remove show_errors/>
                </For>
            </ul>
            {(!single).then(|| view! {
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=add>"Add a condition"</Button>
            })}
        </div>
    }
}

/// What the controls of a row share.
#[derive(Clone, Copy)]
struct RowState {
    store: Store,
    at: usize,
    condition: Memo<Condition>,
    field: Memo<Option<FieldInfo>>,
    set: UnsyncCallback<(usize, Condition)>,
    error: Memo<Option<BadCondition>>,
}

impl RowState {
    fn change(self, change: impl FnOnce(&mut Condition)) {
        let mut condition = self.condition.get_untracked();
        change(&mut condition);
        self.set.run((self.at, condition));
    }

    fn with(self, with: Vec<String>) {
        self.change(|c| c.with = with);
    }

    /// The first value as typed.
    fn first(self) -> String {
        self.condition
            .with(|c| c.with.first().cloned().unwrap_or_default())
    }

    fn error_of(self, part: Part) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || {
            error.with(|e| {
                e.as_ref()
                    .filter(|e| e.part == part)
                    .map(|e| e.message.clone())
            })
        })
    }
}

#[component]
fn Row(
    store: Store,
    scope: Scope,
    at: usize,
    single: bool,
    conditions: Signal<Vec<Condition>>,
    set: UnsyncCallback<(usize, Condition)>,
    remove: UnsyncCallback<usize>,
    show_errors: Signal<bool>,
) -> impl IntoView {
    let condition = Memo::new(move |_| {
        conditions.with(|all| all.get(at).cloned().unwrap_or_else(blank_condition))
    });
    let field = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        let what = condition.with(|c| c.what.clone());
        store.with(|s| field(&s.world().state, &what))
    });
    let left = RwSignal::new(false);
    let error = Memo::new(move |_| {
        let shown = left.get() || show_errors.get();
        let read = |c: &Condition| store.with(|s| Test::read(&s.world().state, c, scope).err());
        condition.with(read).filter(|_| shown)
    });
    let row = RowState {
        store,
        at,
        condition,
        field,
        set,
        error,
    };
    let item = NodeRef::<html::Li>::new();
    let on_leave = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        let stays = item
            .get_untracked()
            .is_some_and(|li| li.contains(to.as_ref()));
        let begun = condition.with_untracked(|c| !c.what.is_empty());
        if !stays && begun {
            left.set(true);
        }
    };
    let name = move || format!("Condition {}", at + 1);
    view! {
        <li node_ref=item on:focusout=leaving(on_leave)>
            <div class="conditions__row" role="group" aria-label=name>
            <WhatField row scope/>
            <OpField row/>
            <div class="conditions__value">{move || row.field.get().map(|field| view! { <Values row field/> })}</div>
            {(!single).then(|| view! {
                <IconButton label=move || format!("Remove condition {}", at + 1) glyph=Glyph::Close size=ButtonSize::Small class="conditions__remove" on_click=move |_| remove.run(at)/>
            })}
            </div>
        </li>
    }
}

/// Which field.
#[component]
fn WhatField(row: RowState, scope: Scope) -> impl IntoView {
    let options = Memo::new(move |_| {
        row.store.track_kind(Kind::CustomField);
        let all = row.store.with(|s| fields(&s.world().state, scope));
        let option = |field: FieldInfo| ComboOption {
            id: field.what,
            label: field.label,
            detail: field.home.label().to_owned(),
        };
        all.into_iter().map(option).collect::<Vec<_>>()
    });
    let pick = move |what: String| {
        let kind = row
            .store
            .with(|s| field(&s.world().state, &what))
            .map(|f| f.kind);
        row.change(|c| {
            let ops = kind.map_or(&[][..], FieldType::ops);
            c.what = what;
            c.op = ops.first().copied().unwrap_or(Op::Is);
            c.with = Vec::new();
        });
    };
    view! {
        <Field label="Field" label_hidden=true error=row.error_of(Part::What) class="conditions__what">
            <Combobox options value=Signal::derive(move || row.condition.with(|c| c.what.clone())) on_pick=pick clearable=false placeholder="Field"/>
        </Field>
    }
}

/// How to compare.
#[component]
fn OpField(row: RowState) -> impl IntoView {
    let options = Memo::new(move |_| {
        let ops = row
            .field
            .with(|f| f.as_ref().map_or(&[][..], |f| f.kind.ops()));
        ops.iter()
            .map(|op| Choice::new(op.code(), op.label()))
            .collect::<Vec<_>>()
    });
    let pick = move |code: String| {
        let (Some(op), Some(field)) = (Op::from_code(&code), row.field.get_untracked()) else {
            return;
        };
        row.change(|c| {
            // A value is kept where the other comparison reads it the same way.
            let days = |op| matches!(op, Op::Within | Op::Older);
            if days(op) != days(c.op) || !op.needs_value() {
                c.with.clear();
            }
            if !field.kind.takes_many(op) {
                c.with.truncate(1);
            }
            c.op = op;
        });
    };
    view! {
        <Field label="Comparison" label_hidden=true error=row.error_of(Part::Op) class="conditions__op">
            <Select
                options
                value=Signal::derive(move || row.condition.with(|c| c.op.code().to_owned()))
                on_change=pick
                disabled=Signal::derive(move || row.field.with(Option::is_none))
            />
        </Field>
    }
}

/// What to compare with, in the control its type asks for.
#[component]
fn Values(row: RowState, field: FieldInfo) -> impl IntoView {
    let op = Memo::new(move |_| row.condition.with(|c| c.op));
    let field = StoredValue::new(field);
    move || {
        let (op, field) = (op.get(), field.get_value());
        if !op.needs_value() {
            return ().into_any();
        }
        let label = if field.kind.takes_many(op) {
            "Values"
        } else {
            "Value"
        };
        let error = row.error_of(Part::With);
        view! { <Field label label_hidden=true error>{control(row, field, op)}</Field> }.into_any()
    }
}

fn control(row: RowState, field: FieldInfo, op: Op) -> AnyView {
    let first = Signal::derive(move || row.first());
    let one = move |text: String| row.with(vec![text]);
    let all = Signal::derive(move || row.condition.with(|c| c.with.clone()));
    if matches!(op, Op::Within | Op::Older) {
        return view! { <NumberInput value=first on_input=one unit=Some(String::from("days"))/> }
            .into_any();
    }
    match field.kind {
        FieldType::Text | FieldType::Texts => {
            let known = row.store.with(|s| suggestions(s.world(), &field));
            view! { <TagInput tags=all on_change=move |tags| row.with(tags) suggestions=known placeholder="Type and press Enter"/> }.into_any()
        }
        FieldType::Number => {
            let unit = Some(field.unit.to_owned()).filter(|u| !u.is_empty());
            view! { <NumberInput value=first on_input=one decimals=true unit/> }.into_any()
        }
        FieldType::Money => view! { <Amount row/> }.into_any(),
        FieldType::Date => view! { <DateField value=first on_change=one/> }.into_any(),
        FieldType::YesNo => {
            let options = picks_of(row.store, field.kind);
            let options: Vec<Choice> = options
                .into_iter()
                .map(|o| Choice::new(o.id, o.label))
                .collect();
            view! { <Select options value=first on_change=one placeholder="Choose"/> }.into_any()
        }
        FieldType::Choice(_)
        | FieldType::Choices(_)
        | FieldType::Record(_)
        | FieldType::Records(_) => {
            let options = picks_of(row.store, field.kind);
            view! { <PickMany options chosen=all on_change=move |ids| row.with(ids) placeholder="Choose one or more"/> }.into_any()
        }
        FieldType::Presence => ().into_any(),
    }
}

fn picks_of(store: Store, kind: FieldType) -> Vec<ComboOption> {
    let all = store.with(|s| picks(&s.world().state, kind)).into_iter();
    let option = |pick: crate::domain::query::condition::Pick| ComboOption {
        id: pick.value,
        label: pick.label,
        detail: String::new(),
    };
    all.map(option).collect()
}

/// An amount with its currency: as typed, the code last.
#[component]
fn Amount(row: RowState) -> impl IntoView {
    let store = row.store;
    let (usual, known) = store.with(|s| {
        let usual = s.world().state.workspace().currency.to_string();
        (usual, lists::currencies(s.world()))
    });
    let parts = Memo::new(move |_| {
        let value = row.first();
        match value.rsplit_once(' ') {
            Some((amount, code)) => (amount.to_owned(), code.to_owned()),
            None => (value, usual.clone()),
        }
    });
    let put = move |amount: String, code: String| {
        let value = if amount.is_empty() {
            Vec::new()
        } else {
            vec![format!("{amount} {code}")]
        };
        row.with(value);
    };
    view! {
        <MoneyField
            amount=Signal::derive(move || parts.with(|p| p.0.clone()))
            on_amount=move |amount| put(amount, parts.with_untracked(|p| p.1.clone()))
            currency=Signal::derive(move || parts.with(|p| p.1.clone()))
            on_currency=move |code| put(parts.with_untracked(|p| p.0.clone()), code)
            currencies=Signal::stored(known)
        />
    }
}
