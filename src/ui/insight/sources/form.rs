//! The form of a campaign.

use crate::app::form::insight::CampaignForm;
use crate::app::form::{FieldError, field, lists};
use crate::domain::command::{Command, Refusal};
use crate::domain::order::Order;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn CampaignDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<CampaignForm>>,
) -> impl IntoView {
    let open = Memo::new(move |_| form.with(Option::is_some));
    let new = Memo::new(move |before: Option<&bool>| {
        let now = form.with(|f| f.as_ref().map(|f| f.id.is_none()));
        now.or(before.copied()).unwrap_or(true)
    });
    let element = StoredValue::new(unique_id("campaign"));
    let title = move || {
        if new.get() {
            "Add a campaign"
        } else {
            "Change the campaign"
        }
        .to_owned()
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| form.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>{move || if new.get() { "Add campaign" } else { "Save" }}</Button>
        }
    };
    view! {
        <Dialog open title=Signal::derive(title) on_close=move |()| form.set(None) backdrop_closes=false footer>
            {move || form.get().map(|opened| view! { <Fields opened element=element.get_value() on_close=move |()| form.set(None)/> })}
        </Dialog>
    }
}

fn texts(known: &[String], own: &str) -> Vec<ComboOption> {
    let extra = (!own.is_empty() && !known.iter().any(|k| k == own)).then(|| own.to_owned());
    let option = |text: String| ComboOption {
        id: text.clone(),
        label: text,
        detail: String::new(),
    };
    known.iter().cloned().chain(extra).map(option).collect()
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: CampaignForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Called when it is saved.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let form = RwSignal::new(opened);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let submit = move || match form.with_untracked(CampaignForm::submit) {
        Err(found) => errors.set(found),
        Ok(command) => match store.run(Command::Insight(command)) {
            Ok(_) | Err(Refusal::Nothing) => on_close.run(()),
            Err(refusal) => errors.set(vec![FieldError::from_refusal(&refusal)]),
        },
    };
    let text =
        move |get: fn(&CampaignForm) -> &String| Memo::new(move |_| form.with(|f| get(f).clone()));
    let put = move |get: fn(&mut CampaignForm) -> &mut String| {
        move |text: String| {
            errors.set(Vec::new());
            form.update(|f| *get(f) = text);
        }
    };
    let error = move |name: &'static str| {
        let of = move |e: &FieldError| (e.field == name).then(|| e.message.clone());
        move || errors.with(|all| all.iter().find_map(of))
    };
    let (codes, sources, people) = store.with(|s| {
        let mut people: Vec<_> = s.world().state.tables.people.iter().cloned().collect();
        people.order_by_key(|p| (p.name.to_lowercase(), p.id));
        let people = people.into_iter().map(|p| ComboOption {
            id: p.id.to_string(),
            label: p.name,
            detail: String::new(),
        });
        (
            lists::currencies(s.world()),
            lists::sources(s.world()),
            people.collect::<Vec<_>>(),
        )
    });
    let source = text(|f| &f.source);
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
                    <TextInput value=text(|f| &f.name) on_input=put(|f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <Field label="Source" hint="Where its deals come from" error=error(field::SOURCE)>
                <Combobox options=move || texts(&sources, &source.get()) value=source on_pick=put(|f| &mut f.source) on_create=put(|f| &mut f.source) placeholder="Choose or type"/>
            </Field>
            <Field label="Cost" hint="Altogether" error=error(field::COST)>
                <MoneyField
                    amount=text(|f| &f.cost)
                    on_amount=put(|f| &mut f.cost)
                    currency=text(|f| &f.currency)
                    on_currency=put(|f| &mut f.currency)
                    currencies=Signal::stored(codes)
                />
            </Field>
            <Field label="First day" error=error(field::FROM)>
                <DateField value=text(|f| &f.from) on_change=put(|f| &mut f.from)/>
            </Field>
            <Field label="Last day" error=error(field::TO)>
                <DateField value=text(|f| &f.to) on_change=put(|f| &mut f.to)/>
            </Field>
            <Field label="Run by">
                <Combobox options=Signal::stored(people) value=text(|f| &f.owner) on_pick=put(|f| &mut f.owner) placeholder="Who runs it"/>
            </Field>
            <div class="line-form__wide">
                <Field label="Description" error=error(field::DESCRIPTION)>
                    <TextArea value=text(|f| &f.description) on_input=put(|f| &mut f.description) rows=3/>
                </Field>
            </div>
            {move || error(field::FORM)().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
        </form>
    }
}
