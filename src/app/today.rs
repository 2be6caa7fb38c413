//! What a seller has to do now.

use crate::domain::activity::Activity;
use crate::domain::change::EntityRef;
use crate::domain::deal::Deal;
use crate::domain::ids::{ActivityId, CadenceId, DealId, PersonId, StepId};
use crate::domain::order::Order;
use crate::domain::query::cadence::steps;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// How many days after today count as near.
pub const NEAR: u64 = 7;

/// The lists of the view, each in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Due before today, longest waiting first.
    pub overdue: Vec<ActivityId>,
    /// Due today.
    pub today: Vec<ActivityId>,
    /// Due within the next days.
    pub upcoming: Vec<ActivityId>,
    /// To be done some day.
    pub undated: Vec<ActivityId>,
    /// Open deals for which nothing is planned.
    pub bare: Vec<DealId>,
}

/// How deals without a next step are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BareOrder {
    /// The most valuable first.
    #[default]
    Value,
    /// The longest without any sign of life first.
    Oldest,
}

/// The lists for one member of the team, or for all when none.
#[must_use]
pub fn agenda(world: &World, today: NaiveDate, who: Option<PersonId>, bare: BareOrder) -> Agenda {
    let mine = |id: &ActivityId| {
        let activity = world.state.tables.activities.get(*id);
        activity.is_some_and(|a| is_shown(&world.state, a) && is_of(&world.state, a, who))
    };
    let ahead = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let mut undated: Vec<ActivityId> = world.agenda.undated().filter(mine).collect();
    undated.order_by_key(|id| {
        let row = world.state.tables.activities.get(*id);
        (row.map_or(0, |a| a.created), *id)
    });
    let mut deals: Vec<&Deal> = world
        .agenda
        .without_step()
        .filter_map(|id| world.state.tables.deals.get(id))
        .filter(|d| who.is_none() || d.owner == who)
        .collect();
    let own = world.state.workspace().currency;
    match bare {
        // Currencies cannot be compared: those of the workspace's first, each by amount.
        BareOrder::Value => deals.order_by_key(|d| {
            let value = d
                .value
                .map(|v| (v.currency != own, v.currency, std::cmp::Reverse(v.minor)));
            (value.is_none(), value, d.id)
        }),
        BareOrder::Oldest => {
            let mut dated: Vec<(Millis, DealId, &Deal)> = deals
                .iter()
                .map(|d| (last_sign(world, d), d.id, *d))
                .collect();
            dated.order_by_key(|(at, id, _)| (*at, *id));
            deals = dated.into_iter().map(|(.., deal)| deal).collect();
        }
    }
    Agenda {
        overdue: world.agenda.overdue(today).filter(mine).collect(),
        today: world.agenda.open_on(today..=today).filter(mine).collect(),
        upcoming: world
            .agenda
            .open_on(ahead(1)..=ahead(NEAR))
            .filter(mine)
            .collect(),
        undated,
        bare: deals.into_iter().map(|d| d.id).collect(),
    }
}

/// Whether an activity is to be seen: what belongs to a removed deal is not, nor what was about an
/// organisation or a contact of which none is there any more.
#[must_use]
pub fn is_shown(state: &State, activity: &Activity) -> bool {
    let t = &state.tables;
    if let Some(deal) = activity.deal {
        return t.deals.get(deal).is_some();
    }
    let organisation = activity
        .organisation
        .map(|id| t.organisations.get(id).is_some());
    let contact = activity.contact.map(|id| t.contacts.get(id).is_some());
    match (organisation, contact) {
        (None, None) => true,
        (organisation, contact) => organisation == Some(true) || contact == Some(true),
    }
}

/// Whether an activity is somebody's: they own it, or it has no owner and they own its deal.
#[must_use]
pub fn is_of(state: &State, activity: &Activity, who: Option<PersonId>) -> bool {
    let Some(who) = who else { return true };
    let deal = || activity.deal.and_then(|id| state.tables.deals.get(id));
    match activity.owner {
        Some(owner) => owner == who,
        None => deal().is_some_and(|d| d.owner == Some(who)),
    }
}

/// When there was last any sign of life.
fn last_sign(world: &World, deal: &Deal) -> Millis {
    crate::domain::query::idle::activities(world, deal)
        .map(|a| a.done.unwrap_or(a.created))
        .max()
        .unwrap_or(0)
        .max(deal.placement.since)
}

/// Where a step stands in its cadence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPlace {
    /// The cadence.
    pub cadence: String,
    /// Which step, from 1; 0 when it is no longer part of it.
    pub at: usize,
    /// How many steps it has.
    pub of: usize,
}

/// Where the step of an activity stands, if a cadence planned it.
#[must_use]
pub fn step_place(
    state: &State,
    cadence: Option<CadenceId>,
    step: Option<StepId>,
) -> Option<StepPlace> {
    let cadence = cadence?;
    let all = steps(state, cadence);
    let at = step.and_then(|step| all.iter().position(|s| s.id == step));
    Some(StepPlace {
        cadence: state.name_of(EntityRef::from(cadence)),
        at: at.map_or(0, |at| at + 1),
        of: all.len(),
    })
}
