//! The form of an interview.

use crate::app::form::field;
use crate::app::form::insight::InterviewForm;
use crate::domain::command::Command;
use crate::domain::order::Order;
use crate::domain::world::World;
use crate::ui::drafted::{Drafted, FormDialog, is_save_key};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The dialog, open while there is a form to fill in.
#[component]
pub fn InterviewDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<InterviewForm>>,
) -> impl IntoView {
    let store = use_store();
    let title = Memo::new(move |before: Option<&String>| {
        let now = form.with(|f| {
            f.as_ref().map(|f| {
                let deal = store.with(|s| s.world().state.name_of(f.deal.into()));
                format!("Interview about {deal}")
            })
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    let fields = move |opened, element| {
        view! { <Fields opened element on_close=move |()| form.set(None)/> }.into_any()
    };
    view! { <FormDialog form title save="Save interview" fields/> }
}

/// Contacts to choose from, those of the deal first, and members of the team.
fn choices(world: &World, form: &InterviewForm) -> [Vec<ComboOption>; 2] {
    let t = &world.state.tables;
    let deal = t.deals.get(form.deal);
    let on_it = |id| deal.is_some_and(|d| d.contacts.iter().any(|c| c.contact == id));
    let mut contacts: Vec<_> = t.contacts.iter().collect();
    contacts.order_by_key(|c| (!on_it(c.id), c.name.to_lowercase(), c.id));
    let at = |org: Option<crate::domain::ids::OrgId>| {
        org.map(|o| world.state.name_of(o.into()))
            .unwrap_or_default()
    };
    let contacts = contacts.into_iter().map(|c| ComboOption {
        id: c.id.to_string(),
        label: c.name.clone(),
        detail: at(c.organisation),
    });
    let mut people: Vec<_> = t.people.iter().collect();
    people.order_by_key(|p| (p.name.to_lowercase(), p.id));
    let people = people.into_iter().map(|p| ComboOption {
        id: p.id.to_string(),
        label: p.name.clone(),
        detail: String::new(),
    });
    [contacts.collect(), people.collect()]
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: InterviewForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Called when it is saved.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let today = store.moment().today;
    let [contacts, people] = store.with(|s| choices(s.world(), &opened));
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(|f| f.submit(today));
        if draft.save(store, command.map(Command::Insight)) {
            on_close.run(());
        }
    };
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
                <Field label="What decided it" hint="In their words" error=draft.error(field::DECIDED)>
                    <TextInput value=draft.text(|f| &f.decided) on_input=draft.put(|f| &mut f.decided) autofocus=true/>
                </Field>
            </div>
            <Field label="With">
                <Combobox options=Signal::stored(contacts) value=draft.text(|f| &f.contact) on_pick=draft.put(|f| &mut f.contact) placeholder="Whom we asked"/>
            </Field>
            <Field label="Asked by">
                <Combobox options=Signal::stored(people) value=draft.text(|f| &f.by) on_pick=draft.put(|f| &mut f.by) placeholder="Who asked"/>
            </Field>
            <Field label="On" error=draft.error(field::ON)>
                <DateField value=draft.text(|f| &f.on) on_change=draft.put(|f| &mut f.on) max=Some(today.to_string())/>
            </Field>
            <div class="line-form__wide">
                <Field label="Done well" error=draft.error(field::WELL)>
                    <TextArea value=draft.text(|f| &f.well) on_input=draft.put(|f| &mut f.well) rows=2/>
                </Field>
            </div>
            <div class="line-form__wide">
                <Field label="To do better" error=draft.error(field::BETTER)>
                    <TextArea value=draft.text(|f| &f.better) on_input=draft.put(|f| &mut f.better) rows=2/>
                </Field>
            </div>
            <div class="line-form__wide">
                <Field label="Notes" error=draft.error(field::NOTES)>
                    <TextArea value=draft.text(|f| &f.notes) on_input=draft.put(|f| &mut f.notes) rows=3/>
                </Field>
            </div>
            {move || draft.error(field::FORM)().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> })}
        </form>
    }
}
