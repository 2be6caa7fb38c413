//! The form of a new contact.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::app::form::{FieldError, field};
use crate::app::route::Route;
use crate::domain::command::Command;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::deal::BuyingRole;
use crate::domain::ids::{ContactId, OrgId};
use crate::domain::party::ContactField;
use crate::domain::query::duplicates::keys;
use crate::domain::query::parties::persona_for;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::{organisations, people, select_of};
use crate::ui::store::use_store;

/// What a new contact begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddingContact {
    /// Where they work.
    pub organisation: Option<OrgId>,
}

/// The dialog, open while something is begun. Opens the page of the new contact.
#[component]
pub fn AddContact(
    /// What it begins with; set to none to close it.
    adding: RwSignal<Option<AddingContact>>,
    /// Stays where one is afterwards.
    #[prop(optional)]
    stay: bool,
) -> impl IntoView {
    let form_id = StoredValue::new(unique_id("form"));
    let footer = move || {
        let form = form_id.get_value();
        view! {
            <Button on_click=move |_| adding.set(None)>"Cancel"</Button>
            <button type="submit" form=form class="btn btn--primary btn--md"><span class="btn__text">"Add contact"</span></button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || adding.with(Option::is_some))
            on_close=move |()| adding.set(None)
            title="New contact"
            backdrop_closes=false
            footer
        >
            {move || adding.get().map(|begin| view! { <Form begin adding stay id=form_id.get_value()/> })}
        </Dialog>
    }
}

#[component]
fn Form(
    /// What it begins with.
    begin: AddingContact,
    /// Set to none when it is over.
    adding: RwSignal<Option<AddingContact>>,
    /// Stays where one is afterwards.
    stay: bool,
    /// Its id.
    id: String,
) -> impl IntoView {
    let store = use_store();
    let text = || RwSignal::new(String::new());
    let (name, title, email, phone, role) = (text(), text(), text(), text(), text());
    let org = RwSignal::new(
        begin
            .organisation
            .map(|id| id.to_string())
            .unwrap_or_default(),
    );
    let owner = RwSignal::new(
        store
            .with(|s| s.me())
            .map(|id| id.to_string())
            .unwrap_or_default(),
    );
    let error = RwSignal::new(None::<FieldError>);
    let of = move |name: &'static str| {
        Signal::derive(move || {
            error.with(|e| {
                e.as_ref()
                    .filter(|e| e.field == name)
                    .map(|e| e.message.clone())
            })
        })
    };
    let left = RwSignal::new((String::new(), String::new()));
    let look = move |_| left.set((email.get_untracked(), phone.get_untracked()));
    let alike = Memo::new(move |_| {
        let (address, number) = left.get();
        let (address, number) = (keys::email(&address), keys::phone(&number));
        store.with(|s| {
            let contacts = s.world().state.tables.contacts.iter();
            let same = |c: &crate::domain::party::Contact| {
                let has = |e: &String| address.is_some() && keys::email(e) == address;
                let rings = |p: &String| number.is_some() && keys::phone(p) == number;
                c.emails.iter().any(has) || c.phones.iter().any(rings)
            };
            let found = contacts.filter(|c| same(c)).min_by_key(|c| c.id);
            found.map(|c| (c.id, c.name.clone()))
        })
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let title = title.get_untracked();
        let role = BuyingRole::from_code(&role.get_untracked()).unwrap_or(BuyingRole::Unknown);
        let persona = store.with(|s| persona_for(&s.world().state, &title));
        let fields = vec![
            ContactField::Name(name.get_untracked()),
            ContactField::Title(title),
            ContactField::Organisation(org.get_untracked().parse().ok()),
            ContactField::Emails(vec![email.get_untracked()]),
            ContactField::Phones(vec![phone.get_untracked()]),
            ContactField::Role(role),
            ContactField::Persona(persona),
            ContactField::Owner(owner.get_untracked().parse().ok()),
        ];
        match store.run(Command::Customer(CustomerCommand::AddContact(fields))) {
            Ok(made) => {
                adding.set(None);
                if let Some(made) = made.filter(|_| !stay) {
                    nav::go(Route::Contact(ContactId(made.id)));
                }
            }
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal))),
        }
    };
    let roles: Vec<Choice> = BuyingRole::ALL
        .iter()
        .filter(|r| **r != BuyingRole::Unknown)
        .map(|r| Choice::new(r.code(), r.label()))
        .collect();
    view! {
        <form class="record-form" id=id prop:noValidate=true on:submit=submit on:focusout=leaving(look)>
            <Field label="Name" required=true error=of("name") class="record-form__wide">
                <TextInput value=name on_input=move |t| name.set(t) autofocus=true/>
            </Field>
            <Field label="Job title" error=of("title")>
                <TextInput value=title on_input=move |t| title.set(t)/>
            </Field>
            <Field label="Organisation" error=of("organisation")>
                <Combobox options=organisations(store, None) value=org on_pick=move |t| org.set(t) placeholder="Nowhere yet"/>
            </Field>
            <Field label="E-mail" error=of("emails")>
                <TextInput kind="email" value=email on_input=move |t| email.set(t)/>
            </Field>
            <Field label="Phone" error=of("phones")>
                <TextInput kind="tel" value=phone on_input=move |t| phone.set(t)/>
            </Field>
            // Its room is kept, so that what is being pressed does not move away.
            <p class="record-form__wide record-form__room" role="status">
                {move || alike.get().map(|(id, name)| view! {
                    <span class="record-form__alike">
                        <Icon glyph=Glyph::Info/>
                        <span>"Perhaps this is "<a href=Route::Contact(id).print() on:click=move |_| adding.set(None)>{name}</a>", who is here already."</span>
                    </span>
                })}
            </p>
            <Field label="Buying role">
                <Select options=Signal::stored(roles) placeholder="Not known" value=role on_change=move |t| role.set(t)/>
            </Field>
            <Field label="Owner" error=of("owner")>
                <Select options=select_of(people(store, move || owner.get()), None) placeholder="Nobody yet" value=owner on_change=move |t| owner.set(t)/>
            </Field>
            {move || error.with(|e| e.as_ref().filter(|e| e.field == field::FORM).map(|e| e.message.clone()))
                .map(|why| view! { <p class="record-form__wide record-form__error" role="alert">{why}</p> })}
        </form>
    }
}
