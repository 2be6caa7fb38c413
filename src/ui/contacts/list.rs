//! All contacts.

use std::cell::RefCell;

use leptos::prelude::*;

use super::add::{AddContact, AddingContact};
use crate::app::list::{Sort, SortKey};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::deal::BuyingRole;
use crate::domain::ids::ContactId;
use crate::domain::order::Order;
use crate::domain::party::Contact;
use crate::domain::query::parties::of_contact;
use crate::domain::query::words::fold;
use crate::domain::state::State;
use crate::domain::world::World;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::parts::*;
use crate::ui::records::{people, personas, select_of};
use crate::ui::store::{Store, use_store};

fn columns() -> Vec<ListColumn> {
    vec![
        ListColumn::new("name", "Name", "minmax(9rem, 1.8fr)"),
        ListColumn::new("title", "Job title", "minmax(6rem, 1.5fr)"),
        ListColumn::new("organisation", "Organisation", "minmax(6rem, 1.5fr)")
            .corner(Corner::BottomStart),
        ListColumn::new("role", "Buying role", "minmax(5.5rem, 1fr)").wide(),
        ListColumn::new("persona", "Persona", "minmax(5rem, 1fr)").wide(),
        ListColumn::new("email", "E-mail", "minmax(7rem, 1.7fr)"),
        ListColumn::new("phone", "Phone", "minmax(7rem, 1.1fr)")
            .fixed()
            .wide(),
        ListColumn::new("owner", "Owner", "minmax(5rem, 1fr)").wide(),
        ListColumn::new("open", "Open deals", "5rem")
            .numeric()
            .corner(Corner::TopEnd),
        ListColumn::new("last", "Last activity", "6.5rem")
            .largest_first()
            .corner(Corner::BottomEnd),
    ]
}

/// What the list is narrowed to; "" for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Narrowed {
    owner: String,
    role: String,
    persona: String,
}

/// Stands for records without an owner or persona.
const NONE: &str = "none";

thread_local! {
    static NARROWED: RefCell<Narrowed> = RefCell::default();
}

/// The list, with search, filters and what can be done.
#[component]
pub fn ContactsView() -> impl IntoView {
    let store = use_store();
    let narrowed = RwSignal::new(NARROWED.with_borrow(Clone::clone));
    on_cleanup(move || NARROWED.with_borrow_mut(|kept| *kept = narrowed.get_untracked()));
    let model = use_list("contacts", Sort::up("name"), data(store, narrowed));
    let adding = RwSignal::new(None::<AddingContact>);
    let is_empty = move || model.total.get() == 0;
    let empty = move || {
        if is_empty() {
            view! {
                <Empty glyph=Glyph::People title="No contacts yet" text="The people you talk to, with how to reach them.">
                    <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=move |_| adding.set(Some(AddingContact::default()))>"New contact"</Button>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Search title="No contact fits" text="Change the search or the filters.">
                    <Button on_click=move |_| { model.query.set(String::new()); narrowed.set(Narrowed::default()); }>"Show all"</Button>
                </Empty>
            }
            .into_any()
        }
    };
    view! {
        <div class="list-view">
            <TopBar title="Contacts">
                <Button icon=Glyph::Plus on_click=move |_| adding.set(Some(AddingContact::default()))>"New contact"</Button>
                <a class="btn btn--ghost btn--md" href=Route::ContactDuplicates.print()><Icon glyph=Glyph::Merge/><span class="btn__text">"Duplicates"</span></a>
            </TopBar>
            <div class="list-view__body">
                <ListTools model columns=columns() nouns=("contact", "contacts")>
                    <Filters narrowed/>
                </ListTools>
                <List model label="Contacts" columns=columns() row=move |id| row(store, ContactId(id)) empty/>
            </div>
        </div>
        <AddContact adding/>
    }
}

/// Owner, buying role and persona.
#[component]
fn Filters(
    /// What is chosen.
    narrowed: RwSignal<Narrowed>,
) -> impl IntoView {
    let store = use_store();
    let with_none = |all: Signal<Vec<Choice>>, none: &'static str| {
        Signal::derive(move || {
            let mut all = all.get();
            all.push(Choice::new(NONE, none));
            all
        })
    };
    let owners = select_of(people(store, String::new), None);
    let kinds = select_of(personas(store), None);
    let roles: Vec<Choice> = BuyingRole::ALL
        .iter()
        .map(|r| Choice::new(r.code(), r.label()))
        .collect();
    view! {
        <Select
            class="list-tools__filter"
            label="Owner"
            placeholder="Any owner"
            options=with_none(owners, "No owner")
            value=Signal::derive(move || narrowed.with(|n| n.owner.clone()))
            on_change=move |id| narrowed.update(|n| n.owner = id)
        />
        <Select
            class="list-tools__filter"
            label="Buying role"
            placeholder="Any role"
            options=Signal::stored(roles)
            value=Signal::derive(move || narrowed.with(|n| n.role.clone()))
            on_change=move |code| narrowed.update(|n| n.role = code)
        />
        <Select
            class="list-tools__filter"
            label="Persona"
            placeholder="Any persona"
            options=with_none(kinds, "No persona")
            value=Signal::derive(move || narrowed.with(|n| n.persona.clone()))
            on_change=move |id| narrowed.update(|n| n.persona = id)
        />
    }
}

fn data(store: Store, narrowed: RwSignal<Narrowed>) -> ListData {
    let rows = move || {
        store.track_kind(Kind::Contact);
        store.track_kind(Kind::Organisation);
        store.with(|s| {
            let state = &s.world().state;
            let contacts = state.tables.contacts.iter();
            let mut all: Vec<(u64, String)> = contacts.map(|c| (c.id.0, words(state, c))).collect();
            // The words begin with the name.
            all.order_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
            all
        })
    };
    let keys = move |by: &'static str, ids: &[u64]| {
        store.track_kind(Kind::Contact);
        if matches!(by, "open" | "last") {
            store.track_kind(Kind::Deal);
            store.track_kind(Kind::Activity);
        }
        store.with(|s| {
            ids.iter()
                .map(|id| key(s.world(), ContactId(*id), by))
                .collect()
        })
    };
    let keep = move || {
        let wanted = narrowed.get();
        if wanted == Narrowed::default() {
            return None;
        }
        let fits = move |id: u64| {
            store.with(|s| {
                let contact = s.world().state.tables.contacts.get(ContactId(id));
                contact.is_some_and(|contact| fits(contact, &wanted))
            })
        };
        Some(Box::new(fits) as Keep)
    };
    ListData {
        rows: Box::new(rows),
        keys: Box::new(keys),
        keep: Box::new(keep),
    }
}

fn organisation_name(state: &State, contact: &Contact) -> String {
    let org = contact
        .organisation
        .and_then(|id| state.tables.organisations.get(id));
    org.map(|o| o.name.clone()).unwrap_or_default()
}

fn words(state: &State, contact: &Contact) -> String {
    let mut text = format!(
        "{}\n{}\n{}",
        contact.name,
        contact.title,
        organisation_name(state, contact)
    );
    let more = contact.emails.iter().chain(&contact.phones);
    for part in more.chain(&contact.tags) {
        text.push('\n');
        text.push_str(part);
    }
    fold(&text)
}

fn fits(contact: &Contact, wanted: &Narrowed) -> bool {
    let is = |wanted: &str, id: Option<String>| match wanted {
        "" => true,
        NONE => id.is_none(),
        wanted => id.as_deref() == Some(wanted),
    };
    is(&wanted.owner, contact.owner.map(|id| id.to_string()))
        && is(&wanted.persona, contact.persona.map(|id| id.to_string()))
        && (wanted.role.is_empty() || contact.role.code() == wanted.role)
}

fn key(world: &World, id: ContactId, by: &'static str) -> SortKey {
    let t = &world.state.tables;
    let Some(contact) = t.contacts.get(id) else {
        return SortKey::Nothing;
    };
    match by {
        "title" => SortKey::text(&contact.title),
        "organisation" => SortKey::text(&organisation_name(&world.state, contact)),
        "role" => match contact.role {
            BuyingRole::Unknown => SortKey::Nothing,
            role => SortKey::text(role.label()),
        },
        "persona" => {
            let persona = contact.persona.and_then(|id| t.personas.get(id));
            persona.map_or(SortKey::Nothing, |p| SortKey::text(&p.name))
        }
        "email" => contact
            .emails
            .first()
            .map_or(SortKey::Nothing, |e| SortKey::text(e)),
        "owner" => {
            let owner = contact.owner.and_then(|id| t.people.get(id));
            owner.map_or(SortKey::Nothing, |p| SortKey::text(&p.name))
        }
        "open" => SortKey::number(Some(of_contact(world, id).open as i64).filter(|n| *n > 0)),
        "last" => SortKey::number(of_contact(world, id).last),
        _ => SortKey::text(&contact.name),
    }
}

fn row(store: Store, id: ContactId) -> ListRow {
    store.track(id);
    for kind in [
        Kind::Deal,
        Kind::Activity,
        Kind::Person,
        Kind::Persona,
        Kind::Organisation,
    ] {
        store.track_kind(kind);
    }
    let href = Route::Contact(id).print();
    let cells = store.with(|s| {
        let world = s.world();
        let t = &world.state.tables;
        let contact = t.contacts.get(id)?;
        let standing = of_contact(world, id);
        let owner = contact.owner.and_then(|id| t.people.get(id)).map(|p| p.name.clone());
        let persona = contact.persona.and_then(|id| t.personas.get(id)).map(|p| p.name.clone());
        let role = (contact.role != BuyingRole::Unknown).then(|| contact.role.label());
        let name = contact.name.clone();
        let email = contact.emails.first().cloned();
        let open = (standing.open > 0).then(|| standing.open.to_string());
        Some(vec![
            view! {
                <span>{name}</span>
                {contact.do_not_contact.then(|| view! { <Chip tone=Tone::Danger>"Do not contact"</Chip> })}
            }
            .into_any(),
            contact.title.clone().into_any(),
            organisation_name(&world.state, contact).into_any(),
            role.into_any(),
            persona.into_any(),
            email.map(|email| view! { <a href=format!("mailto:{email}") tabindex="-1">{email.clone()}</a> }).into_any(),
            contact.phones.first().cloned().into_any(),
            owner.map(|name| view! { <span class="list__person"><Avatar name=name.clone() decorative=true/><span>{name}</span></span> }).into_any(),
            open.into_any(),
            standing.last.map(|at| view! { <span title=fmt::time(at)>{fmt::since(at)}</span> }).into_any(),
        ])
    });
    ListRow {
        href,
        cells: cells.unwrap_or_default(),
    }
}
