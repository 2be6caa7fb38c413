//! One member of the team.

use leptos::prelude::*;

use super::choose;
use crate::domain::change::{Edit, Kind};
use crate::domain::deal::Status;
use crate::domain::ids::PersonId;
use crate::domain::party::{Person, PersonField};
use crate::shell::intl;
use crate::ui::parts::*;
use crate::ui::records::{
    ChoiceProp, Save, TextProp, change, people, select_of, teams, territories,
};
use crate::ui::store::Store;

/// Name, what they do, where they belong; and leaving.
#[component]
pub(super) fn Member(
    /// The data.
    store: Store,
    /// Who.
    id: PersonId,
    /// Set to whoever leaves or is deleted, to ask what becomes of their records.
    leaving: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let person = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.people.get(id).cloned())
    });
    let text = move |get: fn(&Person) -> &String| {
        Signal::derive(move || {
            person.with(|p| p.as_ref().map(|p| get(p).clone()).unwrap_or_default())
        })
    };
    let id_of = move |get: fn(&Person) -> Option<String>| {
        Signal::derive(move || {
            person
                .with(|p| p.as_ref().and_then(get))
                .unwrap_or_default()
        })
    };
    let put = move |field: fn(String) -> PersonField| {
        Save::from(move |text: String| Ok(Edit::Person(id, field(text))))
    };
    let name = text(|p| &p.name);
    let left = Memo::new(move |_| person.with(|p| p.as_ref().is_some_and(|p| p.left)));
    let manager = id_of(|p| p.manager.map(|id| id.to_string()));
    let owns = Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Organisation, Kind::Contact] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let t = &s.world().state.tables;
            let mine = |owner: Option<PersonId>| owner == Some(id);
            let deals = t.deals.iter();
            let open = deals.filter(|d| mine(d.owner) && d.outcome.status() == Status::Open);
            let orgs = t.organisations.iter().filter(|o| mine(o.owner));
            let contacts = t.contacts.iter().filter(|c| mine(c.owner));
            (open.count(), orgs.count(), contacts.count())
        })
    });
    let owned = move || {
        let (deals, orgs, contacts) = owns.get();
        let parts = [
            (deals, "open deal", "open deals"),
            (orgs, "organisation", "organisations"),
            (contacts, "contact", "contacts"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, one, many)| intl::count(n, one, many))
            .collect();
        if parts.is_empty() {
            String::from("Owns nothing")
        } else {
            format!("Owns {}", parts.join(", "))
        }
    };
    let back = move |_| {
        let edit = Edit::Person(id, PersonField::Left(false));
        store.dispatch(change(vec![edit]));
    };
    view! {
        <li class="crew__line" class:crew__line--left=left data-member=id.to_string()>
            <div class="crew__head">
                <Avatar name large=true decorative=true/>
                <span class="crew__name">{name}</span>
                {move || left.get().then(|| view! { <Chip tone=Tone::Neutral>"No longer here"</Chip> })}
                <span class="crew__more">{owned}</span>
                {move || if left.get() {
                    view! { <Button size=ButtonSize::Small on_click=back>"Is here again"</Button> }.into_any()
                } else {
                    ().into_any()
                }}
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| leaving.set(Some(id))>
                    "Hand over or leave…"<span class="visually-hidden">{move || format!(" {}", name.get())}</span>
                </Button>
            </div>
            <div class="crew__fields">
                <TextProp label="Name" stacked=true value=name save=put(PersonField::Name)/>
                <TextProp label="E-mail" kind="email" stacked=true value=text(|p| &p.email) save=put(PersonField::Email)/>
                <TextProp label="Role" stacked=true placeholder="Seller, manager, success" value=text(|p| &p.role) save=put(PersonField::Role)/>
                <ChoiceProp
                    label="Manager" stacked=true placeholder="Nobody"
                    options=select_of(people(store, move || manager.get()), Some(id.to_string()))
                    value=manager
                    save=Save::from(move |text: String| Ok(Edit::Person(id, PersonField::Manager(choose(&text)))))
                />
                <ChoiceProp
                    label="Team" stacked=true placeholder="None"
                    options=select_of(teams(store), None)
                    value=id_of(|p| p.team.map(|id| id.to_string()))
                    save=Save::from(move |text: String| Ok(Edit::Person(id, PersonField::Team(choose(&text)))))
                />
                <ChoiceProp
                    label="Territory" stacked=true placeholder="None"
                    options=select_of(territories(store), None)
                    value=id_of(|p| p.territory.map(|id| id.to_string()))
                    save=Save::from(move |text: String| Ok(Edit::Person(id, PersonField::Territory(choose(&text)))))
                />
            </div>
        </li>
    }
}
