//! A required field, to be filled in on the way through a gate.

use super::filling::Wrong;
use super::gate_dialog::Asking;
use crate::app::form::lists;
use crate::domain::change::Kind;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::query::condition::{FieldType, field, picks};
use crate::domain::query::gate::what_of;
use crate::ui::parts::{
    Choice, ComboOption, Combobox, DateField, Field, MoneyField, NumberInput, Select, TextInput,
};
use crate::ui::process::PickMany;
use leptos::prelude::*;

/// The control of a field by its name in a stage's list.
#[component]
pub(super) fn FillField(
    /// Of which deal.
    deal: DealId,
    /// Which field.
    name: String,
    /// What people call it.
    label: String,
) -> impl IntoView {
    let asking: Asking = expect_context();
    let store = asking.store;
    let kind = store.with(|s| field(&s.world().state, &what_of(&name)).map(|f| f.kind));
    let name = StoredValue::new(name);
    let typed = Signal::derive(move || {
        let key = (deal, name.get_value());
        asking
            .filling
            .with(|f| f.fields.get(&key).cloned().unwrap_or_default())
    });
    let put = move |all: Vec<String>| {
        let own = name.get_value();
        asking.wrong.update(|wrong| {
            wrong.retain(|w| !matches!(w, Wrong::Field(d, n, _) if *d == deal && *n == own));
        });
        asking.filling.update(|f| {
            f.fields.insert((deal, own.clone()), all);
        });
    };
    let error = Signal::derive(move || {
        let own = name.get_value();
        asking.wrong.with(|wrong| {
            wrong.iter().find_map(|w| match w {
                Wrong::Field(d, n, message) if *d == deal && *n == own => Some(message.clone()),
                _ => None,
            })
        })
    });
    let first = Signal::derive(move || typed.with(|t| t.first().cloned().unwrap_or_default()));
    let one = move |text: String| put(vec![text]);
    let options = move |kind| {
        let all = store.with(|s| picks(&s.world().state, kind)).into_iter();
        all.collect::<Vec<_>>()
    };
    // Made inside the field, which wires it to its label.
    let control = move || match kind {
        Some(FieldType::Money) => {
            let (usual, known) = store.with(|s| {
                let usual = s.world().state.workspace().currency.to_string();
                (usual, lists::currencies(s.world()))
            });
            let parts = Memo::new(move |_| match first.get().rsplit_once(' ') {
                Some((amount, code)) => (amount.to_owned(), code.to_owned()),
                None => (first.get(), usual.clone()),
            });
            view! {
                <MoneyField
                    amount=Signal::derive(move || parts.get().0)
                    on_amount=move |amount: String| put(if amount.is_empty() { Vec::new() } else { vec![format!("{amount} {}", parts.get_untracked().1)] })
                    currency=Signal::derive(move || parts.get().1)
                    on_currency=move |code: String| put(vec![format!("{} {code}", parts.get_untracked().0)])
                    currencies=Signal::stored(known)
                />
            }
            .into_any()
        }
        Some(FieldType::Date) => view! { <DateField value=first on_change=one/> }.into_any(),
        Some(FieldType::Number) => {
            view! { <NumberInput value=first on_input=one decimals=true/> }.into_any()
        }
        Some(kind @ (FieldType::Choice(_) | FieldType::Record(_) | FieldType::YesNo)) => {
            let all: Vec<Choice> = options(kind)
                .into_iter()
                .map(|p| Choice::new(p.value, p.label))
                .collect();
            view! { <Select options=all value=first on_change=one placeholder="Choose"/> }
                .into_any()
        }
        Some(kind @ (FieldType::Choices(_) | FieldType::Records(_))) => {
            let option = |p: crate::domain::query::condition::Pick| ComboOption {
                id: p.value,
                label: p.label,
                detail: String::new(),
            };
            let all: Vec<ComboOption> = options(kind).into_iter().map(option).collect();
            view! { <PickMany options=all chosen=typed on_change=put placeholder="Choose"/> }
                .into_any()
        }
        Some(FieldType::Presence) => {
            view! { <Organisation typed put=UnsyncPut::new(put)/> }.into_any()
        }
        _ => view! { <TextInput value=first on_input=one/> }.into_any(),
    };
    view! { <Field label error>{control()}</Field> }
}

type UnsyncPut = leptos::callback::UnsyncCallback<Vec<String>>;

/// The organisation: one there is, or a new one.
#[component]
fn Organisation(typed: Signal<Vec<String>>, put: UnsyncPut) -> impl IntoView {
    use leptos::callback::Callable;
    let asking: Asking = expect_context();
    let store = asking.store;
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        let made = typed.with(|t| t.get(1).cloned());
        let mut all: Vec<ComboOption> = store.with(|s| {
            let all = s.world().state.tables.organisations.iter();
            all.map(|o| ComboOption {
                id: o.id.to_string(),
                label: o.name.clone(),
                detail: o.location.clone(),
            })
            .collect()
        });
        all.order_by(|a, b| a.label.to_lowercase().cmp(&b.label.to_lowercase()));
        if let Some(name) = made {
            all.insert(
                0,
                ComboOption {
                    id: String::from("+"),
                    label: name,
                    detail: String::from("new"),
                },
            );
        }
        all
    });
    let value = Signal::derive(move || {
        typed.with(|t| match t.as_slice() {
            [_, _] => String::from("+"),
            [id] => id.clone(),
            _ => String::new(),
        })
    });
    view! {
        <Combobox
            options
            value
            on_pick=move |id: String| if id != "+" { put.run(vec![id]) }
            on_create=move |name| put.run(vec![String::new(), name])
            placeholder="Search or create"
        />
    }
}
