//! The form of a campaign.

use crate::app::form::insight::CampaignForm;
use crate::app::form::{field, lists};
use crate::domain::command::Command;
use crate::domain::order::Order;
use crate::ui::drafted::{Drafted, FormDialog, is_save_key, makes_new};
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
    let new = makes_new(form, |f| f.id.is_none());
    let title = move || {
        if new.get() {
            "Add a campaign"
        } else {
            "Change the campaign"
        }
        .to_owned()
    };
    let save = move || if new.get() { "Add campaign" } else { "Save" }.to_owned();
    let fields = move |opened, element| {
        view! { <Fields opened element on_close=move |()| form.set(None)/> }.into_any()
    };
    view! { <FormDialog form title=Signal::derive(title) save=Signal::derive(save) fields/> }
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
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(CampaignForm::submit);
        if draft.save(store, command.map(Command::Insight)) {
            on_close.run(());
        }
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
    let source = draft.text(|f| &f.source);
    let on_key = move |event: KeyboardEvent| {
        if is_save_key(&event) {
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
                <Field label="Name" required=true error=draft.error(field::NAME)>
                    <TextInput value=draft.text(|f| &f.name) on_input=draft.put(|f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <Field label="Source" hint="Where its deals come from" error=draft.error(field::SOURCE)>
                <Combobox options=move || texts(&sources, &source.get()) value=source on_pick=draft.put(|f| &mut f.source) on_create=draft.put(|f| &mut f.source) placeholder="Choose or type"/>
            </Field>
            <Field label="Cost" hint="Altogether" error=draft.error(field::COST)>
                <MoneyField
                    amount=draft.text(|f| &f.cost)
                    on_amount=draft.put(|f| &mut f.cost)
                    currency=draft.text(|f| &f.currency)
                    on_currency=draft.put(|f| &mut f.currency)
                    currencies=Signal::stored(codes)
                />
            </Field>
            <Field label="First day" error=draft.error(field::FROM)>
                <DateField value=draft.text(|f| &f.from) on_change=draft.put(|f| &mut f.from)/>
            </Field>
            <Field label="Last day" error=draft.error(field::TO)>
                <DateField value=draft.text(|f| &f.to) on_change=draft.put(|f| &mut f.to)/>
            </Field>
            <Field label="Run by">
                <Combobox options=Signal::stored(people) value=draft.text(|f| &f.owner) on_pick=draft.put(|f| &mut f.owner) placeholder="Who runs it"/>
            </Field>
            <div class="line-form__wide">
                <Field label="Description" error=draft.error(field::DESCRIPTION)>
                    <TextArea value=draft.text(|f| &f.description) on_input=draft.put(|f| &mut f.description) rows=3/>
                </Field>
            </div>
            {move || draft.error(field::FORM)().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
        </form>
    }
}
