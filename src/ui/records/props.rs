//! A field of a record, changed in place: what is typed is saved when the control is left or
//! Enter is pressed; what cannot be taken stays, with the reason.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::form::customer::{parse_count, parse_money};
use crate::app::form::lists::currencies;
use crate::domain::change::Edit;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::money::{Currency, Money};
use crate::shell::intl;
use crate::ui::parts::{
    Choice, ComboOption, Combobox, Field, MoneyField, NumberInput, Select, TagInput, TextArea,
    TextInput,
};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};

/// Makes the edit of what was typed or chosen, or says why there is none.
#[derive(Clone)]
pub struct Save(Arc<dyn Fn(String) -> Result<Edit, String> + Send + Sync>);

impl<F> From<F> for Save
where
    F: Fn(String) -> Result<Edit, String> + Send + Sync + 'static,
{
    fn from(make: F) -> Self {
        Self(Arc::new(make))
    }
}

impl Save {
    fn run(&self, store: Store, draft: Draft, typed: String) {
        match (self.0)(typed) {
            Ok(edit) => draft.settle(store.run(change(vec![edit]))),
            Err(why) => draft.refuse(why),
        }
    }
}

/// What stands in an empty field, so that one sees that something can go there.
fn add() -> String {
    String::from("Add…")
}

/// The command that changes fields of customer records.
#[must_use]
pub fn change(edits: Vec<Edit>) -> Command {
    Command::Customer(CustomerCommand::Edit(edits))
}

/// A line of text.
#[component]
pub fn TextProp(
    /// What it is.
    label: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Saves it.
    #[prop(into)]
    save: Save,
    /// The native type: text, email, tel, url.
    #[prop(default = "text")]
    kind: &'static str,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The label stands above, as in a form.
    #[prop(optional)]
    stacked: bool,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    let placeholder = Signal::derive(move || placeholder.get().or_else(|| (!stacked).then(add)));
    view! {
        <Field label error=draft.error() class=if stacked { "" } else { "prop" }>
            <TextInput
                kind
                placeholder
                value=draft.or(move || value.get())
                on_input=move |text| draft.typed(text)
                on_commit=move |text| save.run(store, draft, text)
            />
        </Field>
    }
}

/// Text of any length.
#[component]
pub fn LongProp(
    /// What it is.
    label: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Saves it.
    #[prop(into)]
    save: Save,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The least number of lines.
    #[prop(default = 1)]
    rows: u32,
    /// The label stands above, as in a form.
    #[prop(optional)]
    stacked: bool,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    let placeholder = Signal::derive(move || placeholder.get().or_else(|| (!stacked).then(add)));
    view! {
        <Field label error=draft.error() class=if stacked { "" } else { "prop prop--long" }>
            <TextArea
                rows
                placeholder
                value=draft.or(move || value.get())
                on_input=move |text| draft.typed(text)
                on_commit=move |text| save.run(store, draft, text)
            />
        </Field>
    }
}

/// A number.
#[component]
pub fn NumberProp(
    /// What it is.
    label: &'static str,
    /// What it holds, as text.
    #[prop(into)]
    value: Signal<String>,
    /// Saves it.
    #[prop(into)]
    save: Save,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    view! {
        <Field label error=draft.error() class="prop">
            <NumberInput
                placeholder=add()
                value=draft.or(move || value.get())
                on_input=move |text| draft.typed(text)
                on_commit=move |text| save.run(store, draft, text)
            />
        </Field>
    }
}

/// An amount as people write it, where it can be read back as the same one.
fn grouped(money: Money) -> String {
    let plain = money.to_plain();
    let text = match plain.parse::<i64>() {
        Ok(whole) => intl::integer(whole),
        Err(_) => return plain,
    };
    match Money::parse(&text, money.currency) {
        Ok(same) if same == money => text,
        _ => plain,
    }
}

/// A number of people as people write it, where it can be read back as the same one.
#[must_use]
pub fn count_text(n: u32) -> String {
    let text = intl::integer(i64::from(n));
    match parse_count(&text) {
        Ok(Some(same)) if same == n => text,
        _ => n.to_string(),
    }
}

/// An amount with its currency.
#[component]
pub fn MoneyProp(
    /// What it is.
    label: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<Option<Money>>,
    /// The edit that sets it.
    set: impl Fn(Option<Money>) -> Edit + Send + Sync + 'static,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    let usual = store.with(|s| s.world().state.workspace().currency);
    let chosen = RwSignal::new(None::<Currency>);
    let currency = Signal::derive(move || {
        let own = chosen
            .get()
            .or_else(|| value.get().map(|money| money.currency));
        own.unwrap_or(usual)
    });
    let set = Arc::new(set);
    let save = {
        let set = Arc::clone(&set);
        move |text: String| match parse_money(&text, currency.get_untracked()) {
            Ok(money) => draft.settle(store.run(change(vec![set(money)]))),
            Err(why) => draft.refuse(why),
        }
    };
    let choose = move |code: String| {
        let Ok(code) = Currency::parse(&code) else {
            return;
        };
        chosen.set(Some(code));
        // The same digits in another currency.
        if let Some(now) = value.get_untracked() {
            let text = now.to_plain();
            match parse_money(&text, code) {
                Ok(money) => draft.settle(store.run(change(vec![set(money)]))),
                Err(why) => draft.refuse(why),
            }
        }
    };
    view! {
        <Field label error=draft.error() class="prop">
            <MoneyField
                placeholder=add()
                amount=draft.or(move || value.get().map(grouped).unwrap_or_default())
                on_amount=move |text| draft.typed(text)
                on_commit=save
                currency=Signal::derive(move || currency.get().to_string())
                on_currency=choose
                currencies=Signal::stored(store.with(|s| currencies(s.world())))
            />
        </Field>
    }
}

/// One of a few.
#[component]
pub fn ChoiceProp(
    /// What it is.
    label: &'static str,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Saves it; "" for none.
    #[prop(into)]
    save: Save,
    /// What stands there while nothing is chosen; without one, something must be.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The label stands above, as in a form.
    #[prop(optional)]
    stacked: bool,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    view! {
        <Field label error=draft.error() class=if stacked { "" } else { "prop" }>
            <Select options value placeholder on_change=move |chosen| save.run(store, draft, chosen)/>
        </Field>
    }
}

/// One of many.
#[component]
pub fn PickProp(
    /// What it is.
    label: &'static str,
    /// What there is to choose.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// The id chosen, as text; "" for none.
    #[prop(into)]
    value: Signal<String>,
    /// Saves it; "" for none.
    #[prop(into)]
    save: Save,
    /// What stands there while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
) -> impl IntoView {
    let (store, draft) = (use_store(), Draft::new());
    view! {
        <Field label error=draft.error() class="prop">
            <Combobox options value placeholder on_pick=move |chosen| save.run(store, draft, chosen)/>
        </Field>
    }
}

/// Labels.
#[component]
pub fn TagsProp(
    /// What it is.
    label: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// Those in use elsewhere.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// The edit that sets them.
    set: impl Fn(Vec<String>) -> Edit + Send + Sync + 'static,
    /// The label stands above, as in a form.
    #[prop(optional)]
    stacked: bool,
    /// A short help.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
) -> impl IntoView {
    let store = use_store();
    let error = RwSignal::new(None::<String>);
    let save = move |tags: Vec<String>| match store.run(change(vec![set(tags)])) {
        Ok(_) | Err(Refusal::Nothing) => error.set(None),
        Err(refusal) => error.set(Some(refusal.to_string())),
    };
    view! {
        <Field label error hint class=if stacked { "" } else { "prop" }>
            <TagInput tags=value suggestions placeholder=add() on_change=save/>
        </Field>
    }
}
