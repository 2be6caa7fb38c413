//! Customers: organisations that have bought, their renewals, and how deals follow each other.
//!
//! Each question is one pass over the deals, and one over the activities where they matter.

use super::lines::{self, LineSums};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::deal::{Closure, Deal, DealKind, Outcome, Status};
use crate::domain::ids::{DealId, IdMap, OrgId};
use crate::domain::money::Sums;
use crate::domain::order::Order;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::{Months, NaiveDate};

/// An organisation with at least one won deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Who.
    pub org: OrgId,
    /// The day of the first deal won.
    pub since: NaiveDate,
    /// How many deals were won.
    pub won: usize,
    /// What they were worth, by currency.
    pub value: Sums,
    /// What recurs in a year of contracts that run today, by currency; see [`running`].
    pub arr: Sums,
    /// The next renewal to be made, overdue ones first.
    pub renewal: Option<(DealId, NaiveDate)>,
    /// The latest done activity or note, in milliseconds since 1970.
    pub last_activity: Option<Millis>,
    /// Open upsell and cross-sell deals, by currency.
    pub upsell: Sums,
    /// How many those are.
    pub upsells: usize,
}

impl Customer {
    /// Monthly recurring revenue: a twelfth of what recurs in a year, rounded half up.
    #[must_use]
    pub fn mrr(&self) -> Sums {
        twelfth(&self.arr)
    }
}

/// A twelfth of each sum, rounded half up.
#[must_use]
pub fn twelfth(sums: &Sums) -> Sums {
    let mut monthly = Sums::default();
    for (currency, yearly) in sums.iter() {
        monthly.add(currency, lines::div_round(yearly, 12));
    }
    monthly
}

/// The closure of a won deal.
#[must_use]
pub fn won(deal: &Deal) -> Option<&Closure> {
    match &deal.outcome {
        Outcome::Won(closure) => Some(closure),
        _ => None,
    }
}

/// What recurs in a year of a won deal whose contract runs on `today`: line by line from
/// the day it was won to the end of the line's term. A deal renewed by a won one counts no
/// more: the renewal does instead.
pub fn running(state: &State, deal: &Deal, renewed: bool, today: NaiveDate, add: &mut Sums) {
    let Some(closure) = won(deal).filter(|c| c.on <= today && !renewed) else {
        return;
    };
    let begins = lines::begins(state, deal, closure.on);
    for (_, line) in deal.lines.iter() {
        let end = lines::months(line).and_then(|n| begins.checked_add_months(Months::new(n)));
        if end.is_some_and(|end| today < end) {
            let mut sums = LineSums::default();
            sums.add(line);
            add.add(line.price.currency, sums.arr);
        }
    }
}

/// The renewal deals there are, by the deal they renew. Where two people made one each
/// before they heard of each other, the one that is furthest counts.
#[must_use]
pub fn renewals(state: &State) -> IdMap<DealId, DealId> {
    let rank = |deal: &Deal| match deal.outcome.status() {
        Status::Won => 3,
        Status::Open => 2,
        Status::OnHold => 1,
        Status::Lost => 0,
    };
    let mut found: IdMap<DealId, DealId> = IdMap::default();
    for deal in state.tables.deals.iter() {
        let Some(origin) = deal.origin.filter(|_| deal.kind == DealKind::Renewal) else {
            continue;
        };
        let known = found
            .get(&origin)
            .and_then(|id| state.tables.deals.get(*id));
        let better = known.is_none_or(|k| (rank(deal), k.id) > (rank(k), deal.id));
        if better {
            found.insert(origin, deal.id);
        }
    }
    found
}

/// All customers, in no order.
#[must_use]
pub fn customers(world: &World, today: NaiveDate) -> Vec<Customer> {
    let state = &world.state;
    let deals = &state.tables.deals;
    let renewals = renewals(state);
    let renewal = |deal: &Deal| renewals.get(&deal.id).and_then(|id| deals.get(*id));
    let mut all: IdMap<OrgId, Customer> = IdMap::default();
    for deal in deals.iter() {
        let (Some(org), Some(closure)) = (deal.organisation, won(deal)) else {
            continue;
        };
        if state.tables.organisations.get(org).is_none() {
            continue;
        }
        let customer = all.entry(org).or_insert_with(|| Customer {
            org,
            since: closure.on,
            won: 0,
            value: Sums::default(),
            arr: Sums::default(),
            renewal: None,
            last_activity: None,
            upsell: Sums::default(),
            upsells: 0,
        });
        customer.since = customer.since.min(closure.on);
        customer.won += 1;
        if let Some(value) = deal.value {
            customer.value.add(value.currency, value.minor.into());
        }
        let next = renewal(deal).map(|d| d.outcome.status());
        running(
            state,
            deal,
            next == Some(Status::Won),
            today,
            &mut customer.arr,
        );
        let pending = !matches!(next, Some(Status::Won | Status::Lost));
        if let Some(on) = deal.renewal.filter(|_| pending) {
            let candidate = (on, deal.id);
            let sooner = customer.renewal.is_none_or(|(id, on)| candidate < (on, id));
            if sooner {
                customer.renewal = Some((deal.id, on));
            }
        }
    }
    for deal in deals.iter() {
        let more = matches!(deal.kind, DealKind::Upsell | DealKind::CrossSell);
        let open = more && deal.outcome.status() == Status::Open;
        if let Some(customer) = deal.organisation.and_then(|org| all.get_mut(&org))
            && open
        {
            customer.upsells += 1;
            if let Some(value) = deal.value {
                customer.upsell.add(value.currency, value.minor.into());
            }
        }
    }
    for activity in state.tables.activities.iter() {
        let at = match activity.kind {
            ActivityKind::Note => Some(activity.created),
            _ => activity.done,
        };
        if let Some(customer) = organisation_of(state, activity).and_then(|org| all.get_mut(&org)) {
            customer.last_activity = customer.last_activity.max(at);
        }
    }
    all.into_values().collect()
}

fn organisation_of(state: &State, activity: &Activity) -> Option<OrgId> {
    let of_deal = |id| state.tables.deals.get(id)?.organisation;
    let of_contact = |id| state.tables.contacts.get(id)?.organisation;
    let deal = activity.deal.and_then(of_deal);
    deal.or(activity.organisation)
        .or_else(|| activity.contact.and_then(of_contact))
}

/// A won deal that is to be renewed.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// The won deal.
    pub deal: DealId,
    /// The day its contract ends.
    pub on: NaiveDate,
    /// Days until then; below 0 when overdue.
    pub days: i64,
    /// The renewal deal, once there is one.
    pub made: Option<DealId>,
    /// What recurs in a year of it, by currency.
    pub arr: Sums,
}

/// What is up for renewal within `days` of `today` or overdue, soonest first; those whose
/// renewal deal is won or lost are done with and left out.
#[must_use]
pub fn due(state: &State, today: NaiveDate, days: i64) -> Vec<Renewal> {
    let renewals = renewals(state);
    let deals = &state.tables.deals;
    let mut all = Vec::new();
    for deal in deals.iter().filter(|d| won(d).is_some()) {
        let Some(on) = deal.renewal else { continue };
        let left = (on - today).num_days();
        let made = renewals.get(&deal.id).copied();
        let status = made
            .and_then(|id| deals.get(id))
            .map(|d| d.outcome.status());
        if left > days || matches!(status, Some(Status::Won | Status::Lost)) {
            continue;
        }
        let mut arr = Sums::default();
        for (currency, sums) in lines::sums(deal.lines.iter().map(|(_, line)| line)) {
            arr.add(currency, sums.arr);
        }
        all.push(Renewal {
            deal: deal.id,
            on,
            days: left,
            made,
            arr,
        });
    }
    all.order_by_key(|r| (r.on, r.deal));
    all
}

/// A deal in the history of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which deal.
    pub deal: DealId,
    /// How many deals it goes back through to a first one, 0 for such.
    pub depth: usize,
}

/// The deals of a customer over time: each first deal with those that followed from it below it,
/// all in order of when they were made.
#[must_use]
pub fn chain(world: &World, org: OrgId) -> Vec<Link> {
    let deals = &world.state.tables.deals;
    let mut mine: Vec<&Deal> = deals
        .iter()
        .filter(|d| d.organisation == Some(org))
        .collect();
    mine.order_by_key(|d| (d.created, d.id));
    let known = |id: DealId| mine.iter().any(|d| d.id == id);
    let mut links = Vec::with_capacity(mine.len());
    let mut seen: IdMap<DealId, ()> = IdMap::default();
    // First those without an origin among these; what is left after that goes round in a
    // ring, which only merged edits can make, and is shown all the same.
    let roots = mine
        .iter()
        .filter(|d| d.origin.is_none_or(|origin| !known(origin)));
    for root in roots.chain(mine.iter()) {
        let mut open = vec![Link {
            deal: root.id,
            depth: 0,
        }];
        while let Some(link) = open.pop() {
            if seen.insert(link.deal, ()).is_some() {
                continue;
            }
            links.push(link);
            let next = mine.iter().rev().filter(|d| d.origin == Some(link.deal));
            open.extend(next.map(|d| Link {
                deal: d.id,
                depth: link.depth + 1,
            }));
        }
    }
    links
}

/// The deals that follow from a deal, in order of when they were made.
#[must_use]
pub fn follow_ups(state: &State, deal: DealId) -> Vec<DealId> {
    let deals = state.tables.deals.iter();
    let mut all: Vec<&Deal> = deals.filter(|d| d.origin == Some(deal)).collect();
    all.order_by_key(|d| (d.created, d.id));
    all.into_iter().map(|d| d.id).collect()
}
