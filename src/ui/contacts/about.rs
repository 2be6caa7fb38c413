//! What is known of a contact: fields changed in place.

use leptos::prelude::*;

use super::page::Page;
use super::persona::PersonaCard;
use super::ways::Ways;
use crate::app::form::lists::tags;
use crate::domain::change::{Edit, Kind};
use crate::domain::deal::BuyingRole;
use crate::domain::party::{Contact, ContactField};
use crate::domain::query::parties::persona_for;
use crate::ui::fields::CustomFacts;
use crate::ui::parts::*;
use crate::ui::records::{
    ChoiceProp, Group, LongProp, PickProp, Save, TagsProp, TextProp, change, organisations, people,
    personas, select_of,
};

/// The side of the page.
#[component]
pub(super) fn About(
    /// The page.
    page: Page,
) -> impl IntoView {
    view! {
        <aside class="record__side" aria-label="About the contact">
            <Reach page/>
            <Work page/>
            <Buyer page/>
            <Ours page/>
            <CustomFacts of=page.id title="Custom fields" title_class="record-group__title" class="record-group"/>
        </aside>
    }
}

fn text(page: Page, get: fn(&Contact) -> &String) -> Signal<String> {
    page.read(move |_, c| get(c).clone()).into()
}

fn id_of(page: Page, get: fn(&Contact) -> Option<String>) -> Signal<String> {
    page.read(move |_, c| get(c).unwrap_or_default()).into()
}

fn put(page: Page, field: fn(String) -> ContactField) -> Save {
    let id = page.id;
    Save::from(move |text: String| Ok(Edit::Contact(id, field(text))))
}

fn choose<T: std::str::FromStr + 'static>(
    page: Page,
    field: fn(Option<T>) -> ContactField,
) -> Save {
    let id = page.id;
    Save::from(move |text: String| Ok(Edit::Contact(id, field(text.parse().ok()))))
}

/// How to reach them, and whether one may.
#[component]
fn Reach(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let closed = page.read(|_, c| c.do_not_contact);
    let close = move |yes: bool| {
        let edit = Edit::Contact(id, ContactField::DoNotContact(yes));
        store.dispatch(change(vec![edit]));
    };
    view! {
        <Group title="How to reach them">
            <Ways
                label="E-mail"
                add="Add an e-mail address"
                kind="email"
                value=page.read(|_, c| c.emails.clone())
                set=move |list| Edit::Contact(id, ContactField::Emails(list))
            />
            <Ways
                label="Phone"
                add="Add a telephone number"
                kind="tel"
                value=page.read(|_, c| c.phones.clone())
                set=move |list| Edit::Contact(id, ContactField::Phones(list))
            />
            <Checkbox checked=closed on_change=close label="Do not contact" hint="They asked not to be contacted."/>
        </Group>
    }
}

/// Name, job, organisation, role.
#[component]
fn Work(
    /// The page.
    page: Page,
) -> impl IntoView {
    let id = page.id;
    let roles: Vec<Choice> = BuyingRole::ALL
        .iter()
        .map(|r| Choice::new(r.code(), r.label()))
        .collect();
    let role = page.read(|_, c| c.role.code().to_owned());
    let set_role = move |code: String| {
        let role = BuyingRole::from_code(&code).unwrap_or(BuyingRole::Unknown);
        Ok(Edit::Contact(id, ContactField::Role(role)))
    };
    view! {
        <Group title="Contact">
            <TextProp label="Name" value=text(page, |c| &c.name) save=put(page, ContactField::Name)/>
            <TextProp label="Job title" value=text(page, |c| &c.title) save=put(page, ContactField::Title)/>
            <PickProp
                label="Organisation"
                placeholder="Nowhere yet"
                options=organisations(page.store, None)
                value=id_of(page, |c| c.organisation.map(|id| id.to_string()))
                save=choose(page, ContactField::Organisation)
            />
            <ChoiceProp label="Buying role" options=Signal::stored(roles) value=role save=set_role/>
            <LongProp label="Description" value=text(page, |c| &c.description) save=put(page, ContactField::Description)/>
        </Group>
    }
}

/// The persona: chosen, or suggested by the job title.
#[component]
fn Buyer(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let chosen = page.read(|world, c| c.persona.filter(|id| world.is_alive((*id).into())));
    let suggested = page.read(|world, c| {
        let found = persona_for(&world.state, &c.title);
        found
            .filter(|found| c.persona != Some(*found))
            .map(|id| (id, world.state.name_of(id.into())))
    });
    let take = move |persona| {
        let edit = Edit::Contact(id, ContactField::Persona(Some(persona)));
        store.dispatch(change(vec![edit]));
        crate::ui::nav::rescue_focus();
    };
    view! {
        <Group title="Persona">
            <ChoiceProp
                label="Persona"
                placeholder="None"
                options=select_of(personas(store), None)
                value=Signal::derive(move || chosen.get().map(|id| id.to_string()).unwrap_or_default())
                save=choose(page, ContactField::Persona)
            />
            {move || suggested.get().map(|(persona, name)| view! {
                <p class="record-suggest">
                    <span>{format!("The job title suggests {name}.")}</span>
                    <Button size=ButtonSize::Small on_click=move |_| take(persona)>"Use it"</Button>
                </p>
            })}
            {move || chosen.get().map(|id| view! { <PersonaCard id/> })}
        </Group>
    }
}

/// Who of ours, labels.
#[component]
fn Ours(
    /// The page.
    page: Page,
) -> impl IntoView {
    let (id, store) = (page.id, page.store);
    let owner = id_of(page, |c| c.owner.map(|id| id.to_string()));
    let known = Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        store.with(|s| tags(s.world()))
    });
    view! {
        <Group title="Looked after by">
            <PickProp label="Owner" placeholder="Nobody yet" options=people(store, move || owner.get()) value=owner save=choose(page, ContactField::Owner)/>
            <TagsProp
                label="Tags"
                value=page.read(|_, c| c.tags.clone())
                suggestions=known
                set=move |tags| Edit::Contact(id, ContactField::Tags(tags))
            />
        </Group>
    }
}
