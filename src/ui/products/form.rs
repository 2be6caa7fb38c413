//! The form of a product.

use crate::app::form::line::ProductForm;
use crate::app::form::{FieldError, field, lists};
use crate::domain::command::sell::SellCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::ProductId;
use crate::domain::line::Period;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn ProductDialog(
    /// The form as it is opened; none while closed.
    #[prop(into)]
    form: Signal<Option<ProductForm>>,
    /// Called when it is done with.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| form.with(Option::is_some));
    let id = Memo::new(move |before: Option<&Option<ProductId>>| {
        // Kept while it closes.
        let now = form.with(|f| f.as_ref().map(|f| f.id));
        now.or(before.copied()).flatten()
    });
    let title = move || {
        match id.get() {
            None => "Add a product",
            Some(_) => "Change the product",
        }
        .to_owned()
    };
    let element = StoredValue::new(unique_id("product"));
    let retired = Memo::new(move |_| {
        id.get().map(|id| {
            store.track(id);
            let of = |p: &crate::domain::party::Product| p.retired;
            store.with(|s| s.world().state.tables.products.get(id).map(of))
        })
    });
    let retire = move |product: ProductId, retired: bool| {
        store.dispatch(Command::Sell(SellCommand::RetireProduct {
            product,
            retired,
        }));
        on_close.run(());
    };
    let delete = move |product: ProductId| {
        store.dispatch(Command::Delete(vec![product.into()]));
        on_close.run(());
    };
    let footer = move || {
        view! {
            {move || id.get().map(|product| view! {
                <div class="sell-foot push">
                    <Button kind=ButtonKind::Ghost icon=Glyph::Trash on_click=move |_| delete(product)>"Delete"</Button>
                    {move || match retired.get().flatten() {
                        Some(true) => view! { <Button kind=ButtonKind::Ghost on_click=move |_| retire(product, false)>"Offer again"</Button> }.into_any(),
                        _ => view! { <Button kind=ButtonKind::Ghost icon=Glyph::Archive on_click=move |_| retire(product, true)>"Retire"</Button> }.into_any(),
                    }}
                </div>
            })}
            <Button kind=ButtonKind::Ghost on_click=move |_| on_close.run(())>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>
                {move || if id.get().is_some() { "Save" } else { "Add product" }}
            </Button>
        }
    };
    view! {
        <Dialog open title=Signal::derive(title) on_close=move |()| on_close.run(()) backdrop_closes=false footer>
            {move || form.get().map(|form| view! { <Fields form element=element.get_value() on_close/> })}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form as it is opened.
    form: ProductForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Called when it is saved.
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let form = RwSignal::new(form);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let submit = move || {
        let saved = form.with_untracked(|f| f.submit().map(|draft| (f.id, draft)));
        let (id, draft) = match saved {
            Ok(saved) => saved,
            Err(found) => return errors.set(found),
        };
        let draft = Box::new(draft);
        match store.run(Command::Sell(SellCommand::SaveProduct { id, draft })) {
            Ok(_) | Err(Refusal::Nothing) => on_close.run(()),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        }
    };
    let text =
        move |get: fn(&ProductForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |name: &'static str, get: fn(&mut ProductForm) -> &mut String| {
        move |text: String| {
            errors.update(|all| all.retain(|e| e.field != name));
            form.update(|f| *get(f) = text);
        }
    };
    let error = move |name: &'static str| {
        let of = move |e: &FieldError| (e.field == name).then(|| e.message.clone());
        move || errors.with(|all| all.iter().find_map(of))
    };
    let (codes, series) = store.with(|s| {
        (
            lists::currencies(s.world()),
            crate::ui::customers::series(&s.world().state),
        )
    });
    let of_series = text(|f| &f.series);
    let options = move || {
        let own = of_series.get();
        let extra = (!own.is_empty() && !series.contains(&own)).then_some(own);
        let option = |text: String| ComboOption {
            id: text.clone(),
            label: text,
            detail: String::new(),
        };
        let all = series.iter().cloned().chain(extra);
        all.map(option).collect::<Vec<_>>()
    };
    let period = Memo::new(move |_| form.with(|f| f.period));
    let periods = std::iter::once(Choice::new("once", "Once"))
        .chain(Period::ALL.iter().map(|p| Choice::new(p.code(), p.label())));
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form
            class="line-form"
            id=element
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
            on:keydown=on_key
        >
            <div class="line-form__wide">
                <Field label="Name" required=true error=error(field::NAME)>
                    <TextInput value=text(|f| &f.name) on_input=put(field::NAME, |f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <Field label="Code" hint="Article number" error=error(field::CODE)>
                <TextInput value=text(|f| &f.code) on_input=put(field::CODE, |f| &mut f.code)/>
            </Field>
            <Field label="Series" error=error(field::SERIES)>
                <Combobox options=Signal::derive(options) value=of_series on_pick=put(field::SERIES, |f| &mut f.series) on_create=put(field::SERIES, |f| &mut f.series) placeholder="Choose or type"/>
            </Field>
            <Field label="List price" error=error(field::PRICE)>
                <MoneyField
                    amount=text(|f| &f.price)
                    on_amount=put(field::PRICE, |f| &mut f.price)
                    currency=text(|f| &f.currency)
                    on_currency=put(field::PRICE, |f| &mut f.currency)
                    currencies=Signal::stored(codes)
                />
            </Field>
            <Field label="Paid">
                <Select
                    options=Signal::stored(periods.collect::<Vec<_>>())
                    value=move || period.get().map_or("once", Period::code).to_owned()
                    on_change=move |code: String| form.update(|f| f.period = Period::from_code(&code))
                />
            </Field>
            <div class="line-form__wide">
                <Field label="Description" error=error(field::DESCRIPTION)>
                    <TextArea value=text(|f| &f.description) on_input=put(field::DESCRIPTION, |f| &mut f.description) rows=3/>
                </Field>
            </div>
            {move || error(field::FORM)().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
        </form>
    }
}
