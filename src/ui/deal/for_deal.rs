//! For which of their open deals something with an organisation or a contact is.

use crate::app::form::activity::ActivityForm;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::world::World;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The open deals of the contact and the organisation the form names, in order of their titles.
fn open_deals(world: &World, form: &ActivityForm) -> Vec<(DealId, String)> {
    let with = form.contact.map(|id| world.links.deals_with(id));
    // With somebody, it is about their deals; else about all of the organisation's.
    let of = form.organisation.map(|id| world.links.deals_of(id));
    let all = with.or(of).unwrap_or_default().iter();
    let all = all.filter_map(|id| world.state.tables.deals.get(*id));
    let all = all.filter(|deal| deal.outcome.status() == Status::Open);
    let mut all: Vec<(DealId, String)> = all.map(|deal| (deal.id, deal.title.clone())).collect();
    all.order_by_key(|(id, title)| (title.to_lowercase(), *id));
    all
}

/// The question, where there is anything to choose. What is done counts for the deal it is for:
/// its engagement, its idle days, its timeline. A single one is chosen already.
#[component]
pub(super) fn ForDeal(
    /// What was typed.
    form: RwSignal<ActivityForm>,
) -> impl IntoView {
    let store = use_store();
    let new = form.with_untracked(|f| f.activity.is_none());
    let named = Memo::new(move |_| form.with(|f| (f.contact, f.organisation)));
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        named.track();
        store.with(|s| form.with_untracked(|f| open_deals(s.world(), f)))
    });
    let chosen = Memo::new(move |_| form.with(|f| f.deal));
    Effect::new(move |_| {
        let only = all.with(|all| match all[..] {
            [(only, _)] => Some(only),
            _ => None,
        });
        let free = form.with_untracked(|f| f.deal.is_none());
        if let Some(only) = only.filter(|_| new && free) {
            form.update(|f| f.deal = Some(only));
        }
    });
    let shown = Memo::new(move |_| {
        let chosen = chosen.get();
        all.with(|all| {
            !all.is_empty() && chosen.is_none_or(|deal| all.iter().any(|(id, _)| *id == deal))
        })
    });
    let options = move || {
        let all = all.get().into_iter();
        all.map(|(id, title)| Choice::new(id.to_string(), title))
            .collect::<Vec<_>>()
    };
    view! {
        {move || shown.get().then(|| view! {
            <Field label="For which open deal?" class="deal-composer__for">
                <Select
                    options=Signal::derive(options)
                    value=move || chosen.get().map(|id| id.to_string()).unwrap_or_default()
                    placeholder="For none of them"
                    on_change=move |id: String| form.update(|f| f.deal = id.parse().ok())
                />
            </Field>
        })}
    }
}
