//! The control of one own field.

use crate::app::form::custom::{CustomDraft, NO, YES};
use crate::app::form::lists;
use crate::domain::custom::{CustomField, FieldKind};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

/// With more options than this one types to find one.
const MANY: usize = 30;

/// The control that fits a field's kind. Stands in a [`Field`].
#[component]
pub fn CustomControl(
    /// Which field.
    field: CustomField,
    /// What is typed.
    #[prop(into)]
    draft: Signal<CustomDraft>,
    /// Called with the draft as it is to be.
    #[prop(into)]
    on_change: UnsyncCallback<CustomDraft>,
) -> impl IntoView {
    let text = Signal::derive(move || draft.with(|d| d.text.clone()));
    let put = move |text: String| {
        let now = draft.get_untracked();
        on_change.run(CustomDraft { text, ..now });
    };
    match field.kind {
        FieldKind::Text => view! { <TextInput value=text on_input=put/> }.into_any(),
        FieldKind::LongText => view! { <TextArea value=text on_input=put rows=3/> }.into_any(),
        FieldKind::Number => view! { <NumberInput value=text on_input=put decimals=true/> }.into_any(),
        FieldKind::Link => {
            view! { <TextInput value=text on_input=put kind="url" icon=Glyph::Link placeholder="https://"/> }.into_any()
        }
        FieldKind::Date => view! { <DateField value=text on_change=put/> }.into_any(),
        FieldKind::Money => view! { <Amount draft on_change/> }.into_any(),
        FieldKind::YesNo => {
            let options = vec![
                Choice::new("", "Not set"),
                Choice::new(YES, "Yes"),
                Choice::new(NO, "No"),
            ];
            view! { <Segmented options=Signal::stored(options) value=text on_change=put/> }.into_any()
        }
        FieldKind::Choice if field.options.len() > MANY => {
            let options = field.options;
            let all = move || text.with(|text| with_kept(&options, std::slice::from_ref(text)));
            let all = move || all().into_iter().map(|(id, label)| ComboOption { id, label, detail: String::new() }).collect::<Vec<_>>();
            view! { <Combobox options=Signal::derive(all) value=text on_pick=put placeholder="Not set"/> }.into_any()
        }
        FieldKind::Choice => {
            let options = field.options;
            let all = move || text.with(|text| with_kept(&options, std::slice::from_ref(text)));
            let all = move || all().into_iter().map(|(value, label)| Choice::new(value, label)).collect::<Vec<_>>();
            view! { <Select options=Signal::derive(all) value=text on_change=put placeholder="Not set"/> }.into_any()
        }
        FieldKind::Choices => view! { <Several options=field.options draft on_change/> }.into_any(),
    }
}

/// Options with their labels, and after them what is chosen but no option any more.
fn with_kept(options: &[String], chosen: &[String]) -> Vec<(String, String)> {
    let kept = chosen
        .iter()
        .filter(|c| !c.is_empty() && !options.contains(c));
    let plain = options.iter().map(|o| (o.clone(), o.clone()));
    plain
        .chain(kept.map(|c| (c.clone(), format!("{c} (no longer an option)"))))
        .collect()
}

#[component]
fn Amount(draft: Signal<CustomDraft>, on_change: UnsyncCallback<CustomDraft>) -> impl IntoView {
    let currencies = use_store().with(|s| lists::currencies(s.world()));
    let amount = move || draft.with(|d| d.text.clone());
    let currency = move || draft.with(|d| d.currency.clone());
    let set_amount = move |text: String| {
        let now = draft.get_untracked();
        on_change.run(CustomDraft { text, ..now });
    };
    let set_currency = move |currency: String| {
        let now = draft.get_untracked();
        on_change.run(CustomDraft { currency, ..now });
    };
    view! {
        <MoneyField
            amount=Signal::derive(amount)
            on_amount=set_amount
            currency=Signal::derive(currency)
            on_currency=set_currency
            currencies=Signal::stored(currencies)
        />
    }
}

/// A checkbox for each option.
#[component]
fn Several(
    options: Vec<String>,
    draft: Signal<CustomDraft>,
    on_change: UnsyncCallback<CustomDraft>,
) -> impl IntoView {
    let wiring = use_context::<FieldContext>();
    let all = Memo::new(move |_| draft.with(|d| with_kept(&options, &d.chosen)));
    let row = move |(value, label): (String, String)| {
        let own = StoredValue::new(value);
        let is_on = move || draft.with(|d| own.with_value(|own| d.chosen.contains(own)));
        let toggle = move |on: bool| {
            let mut now = draft.get_untracked();
            let own = own.get_value();
            now.chosen.retain(|c| *c != own);
            if on {
                now.chosen.push(own);
            }
            on_change.run(now);
        };
        view! { <li><Checkbox checked=Signal::derive(is_on) on_change=toggle label/></li> }
    };
    let (id, label, described) = match wiring {
        Some(w) => (Some(w.id), Some(w.label_id), Some(w.described_by)),
        None => (None, None, None),
    };
    view! {
        <div role="group" id=id aria-labelledby=label aria-describedby=move || described.and_then(|d| d.get())>
            <ul class="own-options">
                <For each=move || all.get() key=|(value, _)| value.clone() children=row/>
            </ul>
        </div>
    }
}
