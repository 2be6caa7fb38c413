//! The team: who may own deals, and who the person at this browser is.

use crate::domain::order::Order;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Section;
use crate::app::route::{ProcessPage, Route};
use crate::app::session::Tone;
use crate::domain::change::{Edit, Kind};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::PersonId;
use crate::domain::party::{Person, PersonField};
use crate::shell::entropy::random_u64;
use crate::shell::intl;
use crate::ui::parts::{Avatar, Button, Choice, Field, Glyph, IconButton, Select, TextInput};
use crate::ui::process::{HandOver, owns_anything};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};

/// The team in order of name, and whether each is no longer there.
fn follow_people(store: Store) -> Memo<Vec<(PersonId, String, bool)>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Person);
        let mut people: Vec<(PersonId, String, bool)> = store.with(|session| {
            session
                .world()
                .state
                .tables
                .people
                .iter()
                .map(|person| (person.id, person.name.clone(), person.left))
                .collect()
        });
        people.order_by(|a, b| intl::compare(&a.1, &b.1).then(a.0.cmp(&b.0)));
        people
    })
}

/// The team, and "I am…".
#[component]
pub(super) fn People() -> impl IntoView {
    let store = use_store();
    let people = follow_people(store);
    let ids = Memo::new(move |_| {
        people.with(|people| people.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    });
    let leaving = RwSignal::new(None::<PersonId>);
    let choices = move || {
        people.with(|people| {
            people
                .iter()
                .filter(|(_, _, left)| !left)
                .map(|(id, name, _)| Choice::new(id.to_string(), name))
                .collect::<Vec<_>>()
        })
    };
    // Whoever was chosen here and left is nobody: that is said, and asked again.
    let gone = Memo::new(move |_| {
        let me = store.prefs().with(|prefs| prefs.me.clone())?;
        people.with(|people| {
            let left = people
                .iter()
                .find(|(id, _, left)| *left && id.to_string() == me)?;
            Some(format!(
                "{} is no longer here. Say who you are now.",
                left.1
            ))
        })
    });
    view! {
        <Section title="Team" text="Who may own deals and sign changes. Deals of somebody who is deleted stay, without an owner.">
            <Field label="I am…" hint="Signs your changes in this browser, and owns the deals you make." error=gone>
                <Select
                    options=Signal::derive(choices)
                    value=Signal::derive(move || store.prefs().with(|prefs| prefs.me.clone().unwrap_or_default()))
                    placeholder="Nobody in particular"
                    on_change=move |id: String| store.prefs().update(|prefs| prefs.me = Some(id).filter(|id| !id.is_empty()))
                />
            </Field>
            <ul class="people" aria-label="Team">
                <For each=move || ids.get() key=|id| *id let(id)>
                    <PersonLine store id leaving/>
                </For>
            </ul>
            <AddPerson store/>
            <p><a href=Route::Process(ProcessPage::Teams).print()>"Managers, teams and territories"</a></p>
        </Section>
        <HandOver store leaving/>
    }
}

fn objection_to_email(text: &str) -> Option<&'static str> {
    let text = text.trim();
    (!text.is_empty() && !text.contains('@')).then_some("An e-mail address has an @ in it.")
}

#[component]
fn PersonLine(store: Store, id: PersonId, leaving: RwSignal<Option<PersonId>>) -> impl IntoView {
    let person = Memo::new(move |_| {
        store.track(id);
        store.with(|session| session.world().state.tables.people.get(id).cloned())
    });
    let read = move |read: fn(&Person) -> &String| {
        person.with(|p| p.as_ref().map(|p| read(p).clone()).unwrap_or_default())
    };
    let (name, email) = (Draft::new(), Draft::new());
    let set = move |draft: Draft, field: PersonField| {
        draft.settle(store.run(Command::EditRecord(vec![Edit::Person(id, field)])));
    };
    let set_email = move |text: String| match objection_to_email(&text) {
        Some(objection) => email.refuse(objection),
        None => set(email, PersonField::Email(text.trim().to_owned())),
    };
    let delete = move |_| {
        // What is theirs may go to somebody first.
        if owns_anything(store, id) {
            return leaving.set(Some(id));
        }
        store.dispatch(Command::Delete(vec![id.into()]));
        crate::ui::nav::rescue_focus();
    };
    view! {
        <li class="people__line">
            <Avatar name=Signal::derive(move || read(|p| &p.name)) large=true decorative=true/>
            <Field label="Name" error=name.error()>
                <TextInput
                    value=name.or(move || read(|p| &p.name))
                    on_input=move |text| name.typed(text)
                    on_commit=move |text| set(name, PersonField::Name(text))
                />
            </Field>
            <Field label="E-mail" error=email.error()>
                <TextInput
                    kind="email"
                    value=email.or(move || read(|p| &p.email))
                    on_input=move |text| email.typed(text)
                    on_commit=set_email
                />
            </Field>
            <IconButton
                label=Signal::derive(move || format!("Delete {}", read(|p| &p.name)))
                glyph=Glyph::Trash
                on_click=delete
            />
        </li>
    }
}

#[component]
fn AddPerson(store: Store) -> impl IntoView {
    let (name, email) = (Draft::new(), Draft::new());
    let (name_text, email_text) = (name.or(String::new), email.or(String::new));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let address = email_text.get_untracked();
        if let Some(objection) = objection_to_email(&address) {
            return email.refuse(objection);
        }
        let Ok(raw) = random_u64() else {
            return store.say(
                "This browser gives no random numbers, which a new record needs",
                Tone::Refused,
            );
        };
        let id = PersonId(raw);
        let fields = [
            PersonField::Name(name_text.get_untracked()),
            PersonField::Email(address.trim().to_owned()),
        ];
        match store.run(Command::EditRecord(
            fields.map(|field| Edit::Person(id, field)).into(),
        )) {
            Ok(_) | Err(Refusal::Nothing) => {
                name.drop_it();
                email.drop_it();
            }
            Err(refusal) => name.refuse(refusal.to_string()),
        }
    };
    view! {
        <form class="people__add" aria-label="Add a person" prop:noValidate=true on:submit=submit>
            <Field label="Name of a new person" error=name.error()>
                <TextInput value=name_text on_input=move |text| name.typed(text)/>
            </Field>
            <Field label="E-mail (optional)" error=email.error()>
                <TextInput kind="email" value=email_text on_input=move |text| email.typed(text)/>
            </Field>
            <Button submit=true icon=Glyph::Plus>"Add"</Button>
        </form>
    }
}
