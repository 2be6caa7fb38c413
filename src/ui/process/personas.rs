//! Personas: the kinds of people one sells to.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::command::Command;
use crate::domain::command::customer::CustomerCommand;
use crate::domain::ids::{ContactId, PersonaId};
use crate::domain::order::Order;
use crate::domain::party::ContactField;
use crate::domain::persona::{Objection, Persona, PersonaField};
use crate::domain::query::parties::persona_for;
use crate::domain::world::World;
use crate::shell::intl;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::{LongProp, Save, TagsProp, TextProp, change};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};

/// The page: the list, and the one chosen.
#[component]
pub(super) fn Personas() -> impl IntoView {
    let store = use_store();
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Persona);
        store.with(|s| {
            let mut all: Vec<_> = s.world().state.tables.personas.iter().collect();
            all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
            all.into_iter()
                .map(|p| (p.id, p.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let chosen = RwSignal::new(None::<PersonaId>);
    let shown = Memo::new(move |_| {
        let known = |id: &PersonaId| all.with(|all| all.iter().any(|(other, _)| other == id));
        chosen
            .get()
            .filter(known)
            .or_else(|| all.with(|all| all.first().map(|(id, _)| *id)))
    });
    let row = move |(id, name): (PersonaId, String)| {
        let here = move || (shown.get() == Some(id)).then_some("true");
        view! {
            <li>
                <button type="button" class="template-list__item" aria-current=here on:click=move |_| chosen.set(Some(id))>
                    <Icon glyph=Glyph::User/>
                    <span>{name}</span>
                </button>
            </li>
        }
    };
    view! {
        <p class="page__lead">
            "The kinds of people you sell to: what drives them, what they object, what to say. A contact's job title suggests a persona; the deal shows what is known of it."
        </p>
        <div class="templates">
            <div class="template-list">
                {move || all.with(|all| !all.is_empty()).then(|| view! {
                    <ul aria-label="Personas">{all.get().into_iter().map(row).collect_view()}</ul>
                })}
                <AddPersona store chosen/>
            </div>
            <div class="template-edit">
                {move || shown.get().map(|id| view! { <Editor store id/> })}
            </div>
        </div>
    }
}

#[component]
fn AddPersona(store: Store, chosen: RwSignal<Option<PersonaId>>) -> impl IntoView {
    let draft = Draft::new();
    let name = draft.or(String::new);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let fields = vec![PersonaField::Name(name.get_untracked())];
        let added = store.run(Command::Customer(CustomerCommand::AddPersona(fields)));
        if let Ok(Some(EntityRef { id, .. })) = added {
            chosen.set(Some(PersonaId(id)));
        }
        draft.settle(added);
    };
    view! {
        <form class="process-add process-add--narrow" aria-label="Add a persona" on:submit=submit>
            <Field label="Name of a new persona" error=draft.error()>
                <TextInput value=name on_input=move |text| draft.typed(text) placeholder="Head of facilities"/>
            </Field>
            <Button submit=true icon=Glyph::Plus>"Add"</Button>
        </form>
    }
}

/// The contacts that have a persona, and those whose job title suggests it and who have none.
fn reach(world: &World, id: PersonaId) -> (usize, Vec<ContactId>) {
    let state = &world.state;
    let mut have = 0;
    let mut could = Vec::new();
    for contact in state.tables.contacts.iter() {
        match contact.persona {
            Some(own) if own == id => have += 1,
            Some(_) => {}
            None if persona_for(state, &contact.title) == Some(id) => could.push(contact.id),
            None => {}
        }
    }
    could.order();
    (have, could)
}

/// The fields of one persona.
#[component]
fn Editor(store: Store, id: PersonaId) -> impl IntoView {
    let persona = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.personas.get(id).cloned())
    });
    let text = move |get: fn(&Persona) -> &String| {
        Signal::derive(move || {
            persona.with(|p| p.as_ref().map(|p| get(p).clone()).unwrap_or_default())
        })
    };
    let list = move |get: fn(&Persona) -> &Vec<String>| {
        Signal::derive(move || {
            persona.with(|p| p.as_ref().map(|p| get(p).clone()).unwrap_or_default())
        })
    };
    let put = move |field: fn(String) -> PersonaField| {
        Save::from(move |text: String| Ok(Edit::Persona(id, field(text))))
    };
    let name = move || persona.with(|p| p.as_ref().map(|p| p.name.clone()).unwrap_or_default());
    let delete = move |_| {
        store.dispatch(Command::Customer(CustomerCommand::Edit(vec![
            Edit::deleted(id.into(), true),
        ])));
        nav::rescue_focus();
    };
    view! {
        <section class="persona-edit" aria-label=name>
            <div class="persona-edit__head">
                <TextProp label="Name" stacked=true value=text(|p| &p.name) save=put(PersonaField::Name)/>
                <IconButton label=Signal::derive(move || format!("Delete {}", name())) glyph=Glyph::Trash on_click=delete/>
            </div>
            <TagsProp
                label="Words in job titles"
                hint="A job title with one of these suggests this persona."
                stacked=true
                value=list(|p| &p.titles)
                set=move |words| Edit::Persona(id, PersonaField::Titles(words))
            />
            <Reach store id/>
            <LongProp label="Demographics" stacked=true rows=2 placeholder="Age, education, seniority, place" value=text(|p| &p.demographics) save=put(PersonaField::Demographics)/>
            <LongProp label="Behaviours" stacked=true rows=2 placeholder="How they work, buy and decide" value=text(|p| &p.behaviours) save=put(PersonaField::Behaviours)/>
            <LongProp label="Motivations" stacked=true rows=2 placeholder="What drives them" value=text(|p| &p.motivations) save=put(PersonaField::Motivations)/>
            <Objections store id persona/>
            <TagsProp
                label="Channels"
                stacked=true
                value=list(|p| &p.channels)
                set=move |words| Edit::Persona(id, PersonaField::Channels(words))
            />
            <LongProp label="What to say" stacked=true rows=3 placeholder="The message that works with them" value=text(|p| &p.messages) save=put(PersonaField::Messages)/>
        </section>
    }
}

/// How many contacts have it, and how many could.
#[component]
fn Reach(store: Store, id: PersonaId) -> impl IntoView {
    let found = Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        store.track_kind(Kind::Persona);
        store.with(|s| reach(s.world(), id))
    });
    let give = move |_| {
        let edits = found.with_untracked(|(_, could)| {
            let one = |who: &ContactId| Edit::Contact(*who, ContactField::Persona(Some(id)));
            could.iter().map(one).collect::<Vec<_>>()
        });
        store.dispatch(change(edits));
        nav::rescue_focus();
    };
    view! {
        <p class="persona-edit__reach">
            <span>{move || {
                let have = found.with(|f| f.0);
                format!("{} with this persona.", intl::count(have, "contact", "contacts"))
            }}</span>
            {move || {
                let could = found.with(|f| f.1.len());
                (could > 0).then(|| view! {
                    <Button size=ButtonSize::Small on_click=give>
                        {format!("Give it to {} whose job title fits", intl::count(could, "contact", "contacts"))}
                    </Button>
                })
            }}
        </p>
    }
}

/// What they object, with answers.
#[component]
fn Objections(store: Store, id: PersonaId, persona: Memo<Option<Persona>>) -> impl IntoView {
    let all = Memo::new(move |_| {
        persona.with(|p| p.as_ref().map(|p| p.objections.clone()).unwrap_or_default())
    });
    let count = Memo::new(move |_| all.with(Vec::len));
    let extra = RwSignal::new(false);
    let set = move |list: Vec<Objection>| {
        store.dispatch(change(vec![Edit::Persona(
            id,
            PersonaField::Objections(list),
        )]));
    };
    let put = move |at: usize, objection: Option<String>, answer: Option<String>| {
        let mut list = all.get_untracked();
        if at >= list.len() {
            list.push(Objection {
                objection: String::new(),
                answer: String::new(),
            });
            extra.set(false);
        }
        let last = list.len().saturating_sub(1);
        if let Some(entry) = list.get_mut(at.min(last)) {
            if let Some(text) = objection {
                entry.objection = text;
            }
            if let Some(text) = answer {
                entry.answer = text;
            }
        }
        set(list);
    };
    let remove = move |at: usize| {
        let mut list = all.get_untracked();
        if at < list.len() {
            list.remove(at);
            set(list);
        }
        extra.set(false);
        nav::rescue_focus();
    };
    let of = move |at: usize, get: fn(&Objection) -> &String| {
        Signal::derive(move || {
            all.with(|all| all.get(at).map(|o| get(o).clone()).unwrap_or_default())
        })
    };
    let places = move || (0..count.get() + usize::from(extra.get())).collect::<Vec<_>>();
    let line = move |at: usize| {
        view! {
            <li class="objection">
                <Field label=format!("Objection {}", at + 1) label_hidden=true>
                    <TextArea rows=1 placeholder="What they say" value=of(at, |o| &o.objection) on_commit=move |text| put(at, Some(text), None)/>
                </Field>
                <Field label=format!("Answer to objection {}", at + 1) label_hidden=true>
                    <TextArea rows=1 placeholder="What to answer" value=of(at, |o| &o.answer) on_commit=move |text| put(at, None, Some(text))/>
                </Field>
                <IconButton label=format!("Remove objection {}", at + 1) glyph=Glyph::Close on_click=move |_| remove(at)/>
            </li>
        }
    };
    view! {
        <div class="persona-edit__objections" role="group" aria-label="Objections and answers">
            <span class="field__label" aria-hidden="true">"Objections and answers"</span>
            <ul class="objections">
                <For each=places key=|at| *at children=line/>
            </ul>
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus disabled=extra on_click=move |_| extra.set(true)>"Add an objection"</Button>
        </div>
    }
}
