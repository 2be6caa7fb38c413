//! The form of one line.

use super::list::{currencies, products};
use super::words::quantity;
use crate::app::form::line::LineForm;
use crate::app::form::{FieldError, field};
use crate::domain::command::OrNew;
use crate::domain::ids::ProductId;
use crate::domain::line::Period;
use crate::domain::money::Money;
use crate::domain::query::lines;
use crate::ui::drafted::{Drafted, FormDialog, is_save_key, makes_new};
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// What is typed into the open form.
type Draft = Drafted<LineForm>;

/// The dialog of a line, open while it has one to begin with.
#[component]
pub fn LineDialog(
    /// The line as it is opened; none while closed. Emptied when it is done with.
    begin: RwSignal<Option<LineForm>>,
    /// Called with what was typed; may refuse, by the field.
    #[prop(into)]
    on_save: UnsyncCallback<LineForm, Result<(), Vec<FieldError>>>,
) -> impl IntoView {
    let is_new = makes_new(begin, |form| form.id.is_none());
    let title = move || {
        if is_new.get() {
            "Add a line"
        } else {
            "Change the line"
        }
        .to_owned()
    };
    let save = move || {
        if is_new.get() {
            "Add line"
        } else {
            "Save line"
        }
        .to_owned()
    };
    let fields = move |form, id| view! { <Form form id begin on_save/> }.into_any();
    view! { <FormDialog form=begin title=Signal::derive(title) save=Signal::derive(save) fields/> }
}

#[component]
fn Form(
    /// The line as it is opened.
    form: LineForm,
    /// The id of the form, for the button outside of it.
    id: String,
    /// Emptied when it is done with.
    begin: RwSignal<Option<LineForm>>,
    /// Called with what was typed.
    on_save: UnsyncCallback<LineForm, Result<(), Vec<FieldError>>>,
) -> impl IntoView {
    let draft = Draft::new(form);
    let submit = move || {
        let form = draft.form.get_untracked();
        let saved = match form.submit() {
            Ok(_) => on_save.run(form),
            Err(errors) => Err(errors),
        };
        match saved {
            Ok(()) => begin.set(None),
            Err(errors) => draft.errors.set(errors),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if is_save_key(&event) {
            event.prevent_default();
            // The form below must not be saved with it.
            event.stop_propagation();
            submit();
        }
    };
    view! {
        <form
            class="line-form"
            id=id
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                event.stop_propagation();
                submit();
            }
            on:keydown=on_key
        >
            <What draft/>
            <HowMuch draft/>
            <Repeats draft/>
            <Comes draft/>
            {move || draft.error(field::FORM)().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
        </form>
    }
}

/// Product and text.
#[component]
fn What(draft: Draft) -> impl IntoView {
    let store = use_store();
    let product = Memo::new(move |_| draft.form.with(|f| f.product.clone()));
    let options = products(store, move || product.get());
    let key = move || match product.get() {
        Some(OrNew::Known(id)) => id.to_string(),
        Some(OrNew::New(name)) => format!("+{name}"),
        None => String::new(),
    };
    let choose = move |choice: Option<OrNew<ProductId>>| {
        store.with(|s| draft.set_field(field::PRODUCT, |form| form.choose(s.world(), choice)));
    };
    let own = Memo::new(move |_| product.with(Option::is_none));
    let new = move || {
        let new = product.with(|p| matches!(p, Some(OrNew::New(_))));
        new.then(|| String::from("New: goes into the catalogue with this price"))
    };
    // What is typed first: how many of a product, or what it is.
    let known = product.with_untracked(Option::is_some);
    view! {
        <div class="line-form__wide">
            <Field label="Product" hint=new error=draft.error(field::PRODUCT)>
                <Combobox
                    options
                    value=key
                    on_pick=move |key: String| choose(match key.strip_prefix('+') {
                        Some(name) => Some(OrNew::New(name.to_owned())),
                        None => key.parse().ok().map(OrNew::Known),
                    })
                    on_create=move |name| choose(Some(OrNew::New(name)))
                    placeholder="Search or create; empty for something else"
                />
            </Field>
        </div>
        <div class="line-form__wide">
            <Field label=move || if own.get() { "What is sold" } else { "Name on the offer" } hint=move || (!own.get()).then(|| String::from("Empty: the name of the product")) error=draft.error(field::TEXT)>
                <TextInput value=draft.text(|f| &f.text) on_input=draft.put_field(field::TEXT, |f| &mut f.text) autofocus=!known/>
            </Field>
        </div>
    }
}

/// Quantity, price and discount.
#[component]
fn HowMuch(draft: Draft) -> impl IntoView {
    let store = use_store();
    let codes = currencies(store);
    let known = draft.form.with_untracked(|f| f.product.is_some());
    let list = move || {
        let OrNew::Known(id) = draft.form.with(|f| f.product.clone())? else {
            return None;
        };
        store.track(id);
        let price = store.with(|s| s.world().state.tables.products.get(id)?.price)?;
        Some(format!("List price: {}", fmt::money(price)))
    };
    view! {
        <Field label="Quantity" required=true error=draft.error(field::QUANTITY)>
            <NumberInput value=draft.text(|f| &f.quantity) on_input=draft.put_field(field::QUANTITY, |f| &mut f.quantity) decimals=true autofocus=known/>
        </Field>
        <Field label="Price of one" required=true hint=list error=draft.error(field::PRICE)>
            <MoneyField
                amount=draft.text(|f| &f.price)
                on_amount=draft.put_field(field::PRICE, |f| &mut f.price)
                currency=draft.text(|f| &f.currency)
                on_currency=draft.put_field(field::PRICE, |f| &mut f.currency)
                currencies=Signal::stored(codes)
            />
        </Field>
        <Field label="Discount" error=draft.error(field::DISCOUNT)>
            <NumberInput value=draft.text(|f| &f.discount) on_input=draft.put_field(field::DISCOUNT, |f| &mut f.discount) decimals=true unit="%" placeholder="0"/>
        </Field>
    }
}

/// How often the price recurs, and for how long.
#[component]
fn Repeats(draft: Draft) -> impl IntoView {
    let period = Memo::new(move |_| draft.form.with(|f| f.period));
    let options = std::iter::once(Choice::new("once", "Once"))
        .chain(Period::ALL.iter().map(|p| Choice::new(p.code(), p.label())));
    let unit = move || match period.get() {
        Some(Period::Month) => Some(String::from("months")),
        Some(Period::Quarter) => Some(String::from("quarters")),
        Some(Period::Year) => Some(String::from("years")),
        None => None,
    };
    view! {
        <Field label="Paid" error=draft.error("period")>
            <Select
                options=Signal::stored(options.collect::<Vec<_>>())
                value=move || period.get().map_or("once", Period::code).to_owned()
                on_change=move |code: String| draft.set_field(field::PERIODS, |form| form.repeat(Period::from_code(&code)))
            />
        </Field>
        {move || period.get().is_some().then(|| view! {
            <Field label="Term" required=true error=draft.error(field::PERIODS)>
                <NumberInput value=draft.text(|f| &f.periods) on_input=draft.put_field(field::PERIODS, |f| &mut f.periods) unit=unit/>
            </Field>
        })}
    }
}

/// What the line comes to, as far as it can be read.
#[component]
fn Comes(draft: Draft) -> impl IntoView {
    let text = move || {
        let item = draft.form.with(LineForm::item)?;
        let money = |minor: i128| {
            // Far beyond what a line may be worth.
            fmt::money(Money::clamped(minor, item.price.currency))
        };
        let rate = lines::rate(&item);
        Some(match item.period {
            Some(period) => format!(
                "{} {} × {} = {}",
                money(rate),
                period.label(),
                quantity(i64::from(item.periods) * lines::QUANTITY_SCALE),
                money(lines::total(&item))
            ),
            None => money(rate),
        })
    };
    view! {
        <p class="line-form__sum" aria-live="polite">
            <span>"Line total"</span>
            <output>{move || text().unwrap_or_else(|| String::from("–"))}</output>
        </p>
    }
}
