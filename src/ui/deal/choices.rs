//! Lists to choose from, as comboboxes take them.
//!
//! A choice travels through a combobox as a key: the id of something known, or `+` and the
//! name of something to be made.

use crate::domain::change::Kind;
use crate::domain::command::OrNew;
use crate::domain::entity::{Entity, Table};
use crate::domain::ids::{ContactId, Id, OrgId, PersonId, ProductId};
use crate::domain::order::Order;
use crate::domain::state::State;
use crate::ui::parts::ComboOption;
use crate::ui::store::Store;
use leptos::prelude::*;
use std::fmt::Display;
use std::str::FromStr;

/// The key of a choice; empty for none.
pub(super) fn key_of<I: Display>(choice: Option<&OrNew<I>>) -> String {
    match choice {
        None => String::new(),
        Some(OrNew::Known(id)) => id.to_string(),
        Some(OrNew::New(name)) => format!("+{name}"),
    }
}

/// The choice of a key; none for an empty one.
pub(super) fn choice_of<I: FromStr>(key: &str) -> Option<OrNew<I>> {
    match key.strip_prefix('+') {
        Some(name) => Some(OrNew::New(name.to_owned())),
        None => key.parse().ok().map(OrNew::Known),
    }
}

/// The rows of a table in order of their names, and what of `chosen` is still to be made or
/// was removed since.
fn options<E: Entity>(
    table: &Table<E>,
    name: impl Fn(&E) -> &str,
    detail: impl Fn(&E) -> String,
    chosen: &[OrNew<E::Id>],
) -> Vec<ComboOption>
where
    E::Id: Display,
{
    let mut known: Vec<(String, &E)> = table.iter().map(|e| (name(e).to_lowercase(), e)).collect();
    known.order_by(|a, b| a.0.cmp(&b.0).then(a.1.id().raw().cmp(&b.1.id().raw())));
    let to_make = chosen.iter().filter_map(|choice| match choice {
        OrNew::New(label) => Some(ComboOption {
            id: key_of(Some(choice)),
            label: label.clone(),
            detail: String::from("new"),
        }),
        OrNew::Known(id) if table.get(*id).is_some() => None,
        OrNew::Known(id) => table.row(*id).map(|row| ComboOption {
            id: key_of(Some(choice)),
            label: name(&row.entity).to_owned(),
            detail: String::from("deleted"),
        }),
    });
    let known = known.into_iter().map(|(_, e)| ComboOption {
        id: e.id().to_string(),
        label: name(e).to_owned(),
        detail: detail(e),
    });
    to_make.chain(known).collect()
}

/// Organisations, with the one still to be made.
pub(super) fn organisations(
    store: Store,
    chosen: impl Fn() -> Option<OrNew<OrgId>> + Send + Sync + 'static,
) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Organisation);
        let chosen: Vec<_> = chosen().into_iter().collect();
        store.with(|s| {
            let table = &s.world().state.tables.organisations;
            options(table, |o| &o.name, |o| o.location.clone(), &chosen)
        })
    })
}

/// Members of the team, but for those no longer there, with the one chosen or still to be made.
pub(super) fn people(
    store: Store,
    chosen: impl Fn() -> Option<OrNew<PersonId>> + Send + Sync + 'static,
) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Person);
        let chosen: Vec<_> = chosen().into_iter().collect();
        store.with(|s| {
            let me = s.me();
            let table = &s.world().state.tables.people;
            let detail = |id: PersonId| if Some(id) == me { "you" } else { "" };
            let mut all = options(table, |p| &p.name, |p| detail(p.id).to_owned(), &chosen);
            let left = |id: &PersonId| table.get(*id).is_some_and(|p| p.left);
            let is_chosen = |id: PersonId| chosen.contains(&OrNew::Known(id));
            all.retain(|option| match option.id.parse::<PersonId>() {
                Ok(id) => !left(&id) || is_chosen(id),
                Err(_) => true,
            });
            all
        })
    })
}

/// Contacts that are not chosen yet; those of the organisation come first.
pub(super) fn contacts(
    store: Store,
    chosen: impl Fn() -> Vec<OrNew<ContactId>> + Send + Sync + 'static,
    organisation: impl Fn() -> Option<OrNew<OrgId>> + Send + Sync + 'static,
) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Contact);
        store.track_kind(Kind::Organisation);
        let (chosen, organisation) = (chosen(), organisation());
        store.with(|s| {
            let t = &s.world().state.tables;
            let home = |id: Option<OrgId>| id.and_then(|id| t.organisations.get(id));
            let at = |id: Option<OrgId>| home(id).map(|o| o.name.clone()).unwrap_or_default();
            let mut all = options(&t.contacts, |c| &c.name, |c| at(c.organisation), &[]);
            all.retain(|option| {
                choice_of::<ContactId>(&option.id).is_none_or(|choice| !chosen.contains(&choice))
            });
            if let Some(OrNew::Known(org)) = organisation {
                let works_there = |option: &ComboOption| {
                    let id = option.id.parse().ok();
                    id.and_then(|id| t.contacts.get(id))
                        .is_some_and(|c| c.organisation == Some(org))
                };
                // Stable: names stay in order on both sides.
                all.order_by_key(|option| !works_there(option));
            }
            all
        })
    })
}

/// Products that are not chosen yet.
pub(super) fn products(
    store: Store,
    chosen: impl Fn() -> Vec<OrNew<ProductId>> + Send + Sync + 'static,
) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Product);
        let chosen = chosen();
        store.with(|s| {
            let table = &s.world().state.tables.products;
            let mut all = options(table, |p| &p.name, |p| p.series.clone(), &[]);
            all.retain(|option| {
                choice_of::<ProductId>(&option.id).is_none_or(|choice| !chosen.contains(&choice))
            });
            all
        })
    })
}

/// Texts to choose from, with the one chosen among them.
pub(super) fn texts(all: Vec<String>, chosen: &str) -> Vec<ComboOption> {
    let mut all = all;
    if !chosen.is_empty() && !all.iter().any(|text| text == chosen) {
        all.insert(0, chosen.to_owned());
    }
    let option = |text: String| ComboOption {
        id: text.clone(),
        label: text,
        detail: String::new(),
    };
    all.into_iter().map(option).collect()
}

/// What a choice is called.
pub(super) fn name_of<I: Id>(state: &State, choice: &OrNew<I>) -> String
where
    crate::domain::change::EntityRef: From<I>,
{
    match choice {
        OrNew::Known(id) => state.name_of((*id).into()),
        OrNew::New(name) => name.clone(),
    }
}
