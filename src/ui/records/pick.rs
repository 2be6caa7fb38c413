//! Lists to choose from: people, organisations, territories, teams, personas.

use leptos::prelude::*;

use crate::domain::change::Kind;
use crate::domain::entity::{Entity, Table};
use crate::domain::ids::{Id, OrgId};
use crate::domain::order::Order;
use crate::domain::query::words::fold;
use crate::ui::parts::{Choice, ComboOption};
use crate::ui::store::Store;

/// What there is to choose, in order of names.
pub type Picks = Memo<Vec<ComboOption>>;

/// The rows of a table that may be chosen, in order of names.
fn picks<E: Entity>(
    table: &Table<E>,
    offered: impl Fn(&E) -> bool,
    name: impl Fn(&E) -> &str,
    detail: impl Fn(&E) -> String,
) -> Vec<ComboOption>
where
    E::Id: std::fmt::Display,
{
    let mut all: Vec<(String, &E)> = table
        .iter()
        .filter(|e| offered(e))
        .map(|e| (fold(name(e)), e))
        .collect();
    all.order_by(|a, b| (&a.0, a.1.id().raw()).cmp(&(&b.0, b.1.id().raw())));
    let option = |e: &E| ComboOption {
        id: e.id().to_string(),
        label: name(e).to_owned(),
        detail: detail(e),
    };
    all.into_iter().map(|(_, e)| option(e)).collect()
}

/// Members of the team, but for those no longer there; `chosen` is offered all the same.
pub fn people(store: Store, chosen: impl Fn() -> String + Send + Sync + 'static) -> Picks {
    Memo::new(move |_| {
        store.track_kind(Kind::Person);
        let chosen = chosen();
        store.with(|s| {
            let me = s.me();
            picks(
                &s.world().state.tables.people,
                |p| !p.left || p.id.to_string() == chosen,
                |p| &p.name,
                |p| {
                    let word = if p.left { "no longer here" } else { "you" };
                    let told = p.left || Some(p.id) == me;
                    String::from(if told { word } else { "" })
                },
            )
        })
    })
}

/// Organisations, but for one.
pub fn organisations(store: Store, but: Option<OrgId>) -> Picks {
    Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        store.with(|s| {
            let table = &s.world().state.tables.organisations;
            let offered = |o: &crate::domain::party::Organisation| Some(o.id) != but;
            picks(table, offered, |o| &o.name, |o| o.location.clone())
        })
    })
}

/// Territories.
pub fn territories(store: Store) -> Picks {
    Memo::new(move |_| {
        store.track_kind(Kind::Territory);
        store.with(|s| {
            let table = &s.world().state.tables.territories;
            picks(table, |_| true, |t| &t.name, |_| String::new())
        })
    })
}

/// Teams.
pub fn teams(store: Store) -> Picks {
    Memo::new(move |_| {
        store.track_kind(Kind::Team);
        store.with(|s| {
            let table = &s.world().state.tables.teams;
            picks(table, |_| true, |t| &t.name, |_| String::new())
        })
    })
}

/// Personas, in their own order.
pub fn personas(store: Store) -> Picks {
    Memo::new(move |_| {
        store.track_kind(Kind::Persona);
        store.with(|s| {
            let table = &s.world().state.tables.personas;
            let mut all: Vec<_> = table.iter().collect();
            all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
            let option = |p: &crate::domain::persona::Persona| ComboOption {
                id: p.id.to_string(),
                label: p.name.clone(),
                detail: String::new(),
            };
            all.into_iter().map(option).collect()
        })
    })
}

/// The same as choices of a select.
#[must_use]
pub fn select_of(picks: Picks, but: Option<String>) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        picks.with(|all| {
            let all = all.iter().filter(|o| but.as_ref() != Some(&o.id));
            all.map(|o| Choice::new(o.id.clone(), o.label.clone()))
                .collect()
        })
    })
}
