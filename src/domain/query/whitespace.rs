//! Whitespace: which organisation has bought which product, and where there is room for more.

use super::lines;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdMap, OrgId, PersonId, ProductId, TerritoryId};
use crate::domain::order::Order;
use crate::domain::party::{Organisation, Product};
use crate::domain::state::State;
use std::collections::HashMap;

/// Which organisations and products are shown. Empty fields leave all in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhitespaceFilter {
    /// Only organisations with a won deal.
    pub customers: bool,
    /// Organisations of this territory.
    pub territory: Option<TerritoryId>,
    /// Organisations looked after by this person.
    pub owner: Option<PersonId>,
    /// Organisations of this industry.
    pub industry: String,
    /// Products of this series.
    pub series: String,
    /// Letters the organisation's name must contain, in any case.
    pub text: String,
}

/// How an organisation stands with a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Won deals with it.
    pub won: u32,
    /// Open deals with it.
    pub open: u32,
}

impl Spot {
    /// Neither bought nor offered.
    #[must_use]
    pub fn is_white(self) -> bool {
        self.won == 0 && self.open == 0
    }
}

/// The table of organisations by products.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whitespace {
    /// The columns, by series and name; retired ones only where a shown organisation has them.
    pub products: Vec<ProductId>,
    /// The rows by name, each with a spot for each column.
    pub rows: Vec<(OrgId, Vec<Spot>)>,
    /// Of each column: organisations that bought it, and that have it in an open deal only.
    pub totals: Vec<(usize, usize)>,
}

/// The table, in one pass over the deals.
#[must_use]
pub fn whitespace(state: &State, filter: &WhitespaceFilter) -> Whitespace {
    let t = &state.tables;
    let mut spots: HashMap<(OrgId, ProductId), Spot> = HashMap::new();
    let mut bought: IdMap<OrgId, ()> = IdMap::default();
    for deal in t.deals.iter() {
        let status = deal.outcome.status();
        let Some(org) = deal
            .organisation
            .filter(|_| matches!(status, Status::Won | Status::Open))
        else {
            continue;
        };
        if status == Status::Won {
            bought.insert(org, ());
        }
        for product in lines::products(deal) {
            let spot = spots.entry((org, product)).or_default();
            match status {
                Status::Won => spot.won += 1,
                _ => spot.open += 1,
            }
        }
    }
    let text = filter.text.trim().to_lowercase();
    let shown = |o: &&Organisation| {
        (!filter.customers || bought.contains_key(&o.id))
            && filter.territory.is_none_or(|id| o.territory == Some(id))
            && filter.owner.is_none_or(|id| o.owner == Some(id))
            && (filter.industry.is_empty() || o.industry == filter.industry)
            && (text.is_empty() || o.name.to_lowercase().contains(&text))
    };
    let mut orgs: Vec<(String, OrgId)> = t
        .organisations
        .iter()
        .filter(shown)
        .map(|o| (o.name.to_lowercase(), o.id))
        .collect();
    orgs.order();
    let used = |p: &Product| {
        orgs.iter()
            .any(|(_, org)| spots.contains_key(&(*org, p.id)))
    };
    let mut products: Vec<&Product> = t
        .products
        .iter()
        .filter(|p| filter.series.is_empty() || p.series == filter.series)
        .filter(|p| !p.retired || used(p))
        .collect();
    products.order_by(|a, b| {
        (&a.series, a.name.to_lowercase(), a.id).cmp(&(&b.series, b.name.to_lowercase(), b.id))
    });
    let products: Vec<ProductId> = products.into_iter().map(|p| p.id).collect();
    let mut totals = vec![(0, 0); products.len()];
    let mut rows = Vec::with_capacity(orgs.len());
    for (_, org) in orgs {
        let of = |p: &ProductId| spots.get(&(org, *p)).copied().unwrap_or_default();
        let row: Vec<Spot> = products.iter().map(of).collect();
        for (spot, (won, open)) in row.iter().zip(&mut totals) {
            *won += usize::from(spot.won > 0);
            *open += usize::from(spot.won == 0 && spot.open > 0);
        }
        rows.push((org, row));
    }
    Whitespace {
        products,
        rows,
        totals,
    }
}

/// The deals behind a spot: open ones first, then won, each from the newest on.
#[must_use]
pub fn deals_behind(state: &State, org: OrgId, product: ProductId) -> Vec<DealId> {
    let mut deals: Vec<_> = state
        .tables
        .deals
        .iter()
        .filter(|d| d.organisation == Some(org))
        .filter(|d| matches!(d.outcome.status(), Status::Won | Status::Open))
        .filter(|d| lines::products(d).contains(&product))
        .collect();
    deals.order_by_key(|d| {
        let won = d.outcome.status() == Status::Won;
        (won, std::cmp::Reverse(d.created), d.id)
    });
    deals.into_iter().map(|d| d.id).collect()
}

/// The last won deal of an organisation: what a further sale goes back to.
#[must_use]
pub fn last_won(state: &State, org: OrgId) -> Option<DealId> {
    let deals = state.tables.deals.iter();
    let won = deals.filter(|d| d.organisation == Some(org) && d.outcome.status() == Status::Won);
    won.max_by_key(|d| (d.outcome.closure().map(|c| c.on), d.id))
        .map(|d| d.id)
}
