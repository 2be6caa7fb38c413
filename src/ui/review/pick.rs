//! Choosing whose deals: everyone's, those of a team, those of a person.

use crate::domain::change::Kind;
use crate::domain::ids::{PersonId, TeamId};
use crate::domain::order::Order;
use crate::domain::query::words::fold;
use crate::domain::state::State;
use crate::ui::parts::{Choice, Select};
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The code of a person or a team, for [`WhoPick`]; empty for everyone.
#[must_use]
pub fn who_code(person: Option<PersonId>, team: Option<TeamId>) -> String {
    match (person, team) {
        (Some(person), _) => format!("person:{person}"),
        (None, Some(team)) => format!("team:{team}"),
        (None, None) => String::new(),
    }
}

/// What a code of [`WhoPick`] means.
#[must_use]
pub(super) fn who_of(code: &str) -> (Option<PersonId>, Option<TeamId>) {
    match code.split_once(':') {
        Some(("person", id)) => (id.parse().ok(), None),
        Some(("team", id)) => (None, id.parse().ok()),
        _ => (None, None),
    }
}

/// Members of the team who are there, in order of names.
pub(super) fn members(state: &State) -> Vec<Choice> {
    let mut all: Vec<_> = state.tables.people.iter().filter(|p| !p.left).collect();
    all.order_by_key(|p| (fold(&p.name), p.id));
    all.into_iter()
        .map(|p| Choice::new(p.id.to_string(), p.name.clone()))
        .collect()
}

/// The select.
#[component]
pub fn WhoPick(
    /// The code of what is chosen; empty for everyone.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the code of what the person chose.
    on_change: Callback<String>,
) -> impl IntoView {
    let store = use_store();
    let options = Memo::new(move |_| {
        store.track_kind(Kind::Person);
        store.track_kind(Kind::Team);
        store.with(|s| {
            let state = &s.world().state;
            let mut teams: Vec<_> = state.tables.teams.iter().collect();
            teams.order_by_key(|t| (fold(&t.name), t.id));
            let teams = teams
                .into_iter()
                .map(|t| Choice::new(format!("team:{}", t.id), format!("Team {}", t.name)));
            let people = members(state)
                .into_iter()
                .map(|c| Choice::new(format!("person:{}", c.value), c.label));
            let all = std::iter::once(Choice::new("", "Everyone"));
            all.chain(teams).chain(people).collect::<Vec<_>>()
        })
    });
    view! { <Select options value on_change=move |code| on_change.run(code)/> }
}
