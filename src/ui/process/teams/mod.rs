//! The team: members, teams and territories.

mod handover;
mod member;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

pub use self::handover::{HandOver, owns_anything};
use self::member::Member;
use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::command::customer::CustomerCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::entity::Entity;
use crate::domain::ids::{Id, PersonId, TeamId, TerritoryId};
use crate::domain::order::Order;
use crate::domain::party::PersonField;
use crate::domain::query::words::fold;
use crate::domain::team::{TeamField, TerritoryField};
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::{
    ChoiceProp, LongProp, Save, TextProp, people, select_of, teams, territories,
};
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};

/// The page.
#[component]
pub(super) fn Teams() -> impl IntoView {
    let store = use_store();
    let leaving = RwSignal::new(None::<PersonId>);
    let members = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        store.with(|s| {
            let mut all: Vec<_> = s.world().state.tables.people.iter().collect();
            // Those no longer there come last.
            all.order_by_key(|p| (p.left, fold(&p.name), p.id));
            all.into_iter().map(|p| p.id).collect::<Vec<_>>()
        })
    });
    let team_ids = named(store, Kind::Team, |s| names(s.teams.iter(), |t| &t.name));
    let territory_ids = named(store, Kind::Territory, |s| {
        names(s.territories.iter(), |t| &t.name)
    });
    view! {
        <div class="crew">
            <section aria-labelledby="crew-members">
                <h2 class="crew__title" id="crew-members">"Members"</h2>
                <p class="page__lead">"Who may own records and sign changes. Say under Settings who you are."</p>
                <ul class="crew__list" aria-label="Members">
                    <For each=move || members.get() key=|id| *id let(id)><Member store id leaving/></For>
                </ul>
                <Add
                    what="Add a member"
                    label="Name of a new member"
                    make=move |name| CustomerCommand::AddPerson(vec![PersonField::Name(name)])
                />
            </section>
            <section aria-labelledby="crew-teams">
                <h2 class="crew__title" id="crew-teams">"Teams"</h2>
                <ul class="crew__list" aria-label="Teams">
                    <For each=move || team_ids.get() key=|id| *id let(id)><Team store id=TeamId(id)/></For>
                </ul>
                <Add
                    what="Add a team"
                    label="Name of a new team"
                    make=move |name| CustomerCommand::AddTeam(vec![TeamField::Name(name)])
                />
            </section>
            <section aria-labelledby="crew-territories">
                <h2 class="crew__title" id="crew-territories">"Territories"</h2>
                <p class="page__lead">"Regions, industries or any other shares of the market. Organisations and members belong to them."</p>
                <ul class="crew__list" aria-label="Territories">
                    <For each=move || territory_ids.get() key=|id| *id let(id)><Territory store id=TerritoryId(id)/></For>
                </ul>
                <Add
                    what="Add a territory"
                    label="Name of a new territory"
                    make=move |name| CustomerCommand::AddTerritory(vec![TerritoryField::Name(name)])
                />
            </section>
        </div>
        <HandOver store leaving/>
    }
}

fn names<'a, E: Entity + 'a>(
    all: impl Iterator<Item = &'a E>,
    name: impl Fn(&E) -> &str,
) -> Vec<u64> {
    let mut all: Vec<&E> = all.collect();
    all.order_by_key(|e| (fold(name(e)), e.id().raw()));
    all.into_iter().map(|e| e.id().raw()).collect()
}

/// Ids of a kind in order of names.
fn named(
    store: Store,
    kind: Kind,
    read: fn(&crate::domain::change::Tables) -> Vec<u64>,
) -> Memo<Vec<u64>> {
    Memo::new(move |_| {
        store.track_kind(kind);
        store.with(|s| read(&s.world().state.tables))
    })
}

/// A box for one more.
#[component]
fn Add(
    /// What the form does.
    what: &'static str,
    /// The label of the box.
    label: &'static str,
    /// The command for a name.
    make: impl Fn(String) -> CustomerCommand + 'static,
) -> impl IntoView {
    let store = use_store();
    let draft = Draft::new();
    let name = draft.or(String::new);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let command = make(name.get_untracked());
        draft.settle(store.run(Command::Customer(command)));
    };
    view! {
        <form class="process-add process-add--narrow" aria-label=what prop:noValidate=true on:submit=submit>
            <Field label error=draft.error()>
                <TextInput value=name on_input=move |text| draft.typed(text)/>
            </Field>
            <Button submit=true icon=Glyph::Plus>"Add"</Button>
        </form>
    }
}

/// Deletes a record of a list, and says why not when that is refused.
fn delete(store: Store, entity: EntityRef) {
    match store.run(Command::Delete(vec![entity])) {
        Ok(_) | Err(Refusal::Nothing) => nav::rescue_focus(),
        Err(refusal) => store.say(refusal.to_string(), crate::app::session::Tone::Refused),
    }
}

/// Saves an id chosen; "" is none.
fn choose<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// A team with its lead and the one it belongs to.
#[component]
fn Team(store: Store, id: TeamId) -> impl IntoView {
    let team = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.teams.get(id).cloned())
    });
    let name = Signal::derive(move || {
        team.with(|t| t.as_ref().map(|t| t.name.clone()).unwrap_or_default())
    });
    let lead = Signal::derive(move || {
        let lead = team.with(|t| t.as_ref().and_then(|t| t.lead));
        lead.map(|id| id.to_string()).unwrap_or_default()
    });
    let parent = Signal::derive(move || {
        let parent = team.with(|t| t.as_ref().and_then(|t| t.parent));
        parent.map(|id| id.to_string()).unwrap_or_default()
    });
    let count = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        store.with(|s| {
            let people = s.world().state.tables.people.iter();
            people.filter(|p| p.team == Some(id) && !p.left).count()
        })
    });
    let members = move || crate::shell::intl::count(count.get(), "member", "members");
    view! {
        <li class="crew__line" data-team=id.to_string()>
            <div class="crew__fields">
                <TextProp label="Name" stacked=true value=name save=Save::from(move |text: String| Ok(Edit::Team(id, TeamField::Name(text))))/>
                <ChoiceProp label="Lead" stacked=true placeholder="Nobody" options=select_of(people(store, move || lead.get()), None) value=lead save=Save::from(move |text: String| Ok(Edit::Team(id, TeamField::Lead(choose(&text)))))/>
                <ChoiceProp label="Belongs to" stacked=true placeholder="No other team" options=select_of(teams(store), Some(id.to_string())) value=parent save=Save::from(move |text: String| Ok(Edit::Team(id, TeamField::Parent(choose(&text)))))/>
            </div>
            <div class="crew__head">
                <span class="crew__more">{members}</span>
                <IconButton label=Signal::derive(move || format!("Delete team {}", name.get())) glyph=Glyph::Trash on_click=move |_| delete(store, id.into())/>
            </div>
        </li>
    }
}

/// A territory with who is in charge of it and the one it belongs to.
#[component]
fn Territory(store: Store, id: TerritoryId) -> impl IntoView {
    let territory = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.territories.get(id).cloned())
    });
    let name = Signal::derive(move || {
        territory.with(|t| t.as_ref().map(|t| t.name.clone()).unwrap_or_default())
    });
    let about = Signal::derive(move || {
        territory.with(|t| {
            t.as_ref()
                .map(|t| t.description.clone())
                .unwrap_or_default()
        })
    });
    let owner = Signal::derive(move || {
        let owner = territory.with(|t| t.as_ref().and_then(|t| t.owner));
        owner.map(|id| id.to_string()).unwrap_or_default()
    });
    let parent = Signal::derive(move || {
        let parent = territory.with(|t| t.as_ref().and_then(|t| t.parent));
        parent.map(|id| id.to_string()).unwrap_or_default()
    });
    let count = Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        store.with(|s| {
            let orgs = s.world().state.tables.organisations.iter();
            orgs.filter(|o| o.territory == Some(id)).count()
        })
    });
    let organisations =
        move || crate::shell::intl::count(count.get(), "organisation", "organisations");
    view! {
        <li class="crew__line" data-territory=id.to_string()>
            <div class="crew__fields">
                <TextProp label="Name" stacked=true value=name save=Save::from(move |text: String| Ok(Edit::Territory(id, TerritoryField::Name(text))))/>
                <ChoiceProp label="Owner" stacked=true placeholder="Nobody" options=select_of(people(store, move || owner.get()), None) value=owner save=Save::from(move |text: String| Ok(Edit::Territory(id, TerritoryField::Owner(choose(&text)))))/>
                <ChoiceProp label="Belongs to" stacked=true placeholder="No other territory" options=select_of(territories(store), Some(id.to_string())) value=parent save=Save::from(move |text: String| Ok(Edit::Territory(id, TerritoryField::Parent(choose(&text)))))/>
            </div>
            <LongProp label="What belongs to it" stacked=true value=about save=Save::from(move |text: String| Ok(Edit::Territory(id, TerritoryField::Description(text))))/>
            <div class="crew__head">
                <span class="crew__more">{organisations}</span>
                <IconButton label=Signal::derive(move || format!("Delete territory {}", name.get())) glyph=Glyph::Trash on_click=move |_| delete(store, id.into())/>
            </div>
        </li>
    }
}
