//! Where imported deals stand in their columns, a few at a time: as the file says, else open
//! ones first and the newest on top; below the deals that stand in the stage already.

use super::work::Waiting;
use crate::domain::change::Edit;
use crate::domain::deal::DealField;
use crate::domain::divide::Parts;
use crate::domain::ids::{DealId, IdMap, IdSet, StageId};
use crate::domain::order::Order;
use crate::domain::rank::{Rank, Spread};
use crate::domain::state::State;
use std::collections::BTreeMap;

/// Deals that are being given their ranks.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    coming: IdSet<DealId>,
    /// Deals that are here, still to be asked for their ranks.
    here: std::vec::IntoIter<DealId>,
    /// The lowest rank of each stage.
    lowest: IdMap<StageId, Rank>,
    columns: BTreeMap<StageId, Vec<Waiting>>,
    column: Option<Column>,
}

/// A column in order, and the ranks it takes.
#[derive(Debug)]
struct Column {
    deals: std::vec::IntoIter<Waiting>,
    ranks: Spread,
    low: Option<Rank>,
    last: Option<Rank>,
}

impl Ranking {
    /// Deals about to be given their ranks.
    pub(super) fn of(waiting: Vec<Waiting>, state: &State) -> Self {
        let here: Vec<DealId> = state.tables.deals.rows().map(|(id, _)| id).collect();
        let mut columns: BTreeMap<StageId, Vec<Waiting>> = BTreeMap::new();
        let mut coming = IdSet::default();
        for deal in waiting {
            coming.insert(deal.deal);
            columns.entry(deal.stage).or_default().push(deal);
        }
        Self {
            coming,
            here: here.into_iter(),
            columns,
            ..Self::default()
        }
    }

    /// Does the next deal, or puts a column in order; says whether nothing is left.
    pub(super) fn step(&mut self, state: &State, edits: &mut Parts) -> bool {
        if let Some(id) = self.here.next() {
            self.note_here(state, id);
            return false;
        }
        if self.column.is_none() {
            let Some((stage, deals)) = self.columns.pop_first() else {
                return true;
            };
            self.column = Some(Column::of(deals, self.lowest.get(&stage)));
        }
        match self.column.as_mut().and_then(Column::next) {
            Some(edit) => edits.push(edit),
            None => self.column = None,
        }
        false
    }

    fn note_here(&mut self, state: &State, id: DealId) {
        let deal = state.tables.deals.get(id);
        let Some(deal) = deal.filter(|deal| !self.coming.contains(&deal.id)) else {
            return;
        };
        if let Some(stage) = state.standing(deal.placement.stage) {
            let low = self.lowest.entry(stage).or_default();
            if deal.rank > *low {
                low.clone_from(&deal.rank);
            }
        }
    }
}

impl Column {
    fn of(mut deals: Vec<Waiting>, low: Option<&Rank>) -> Self {
        // A stable sort, so that rows that tie keep the order of the file.
        deals.order_by_key(|w| {
            (
                w.place.is_none(),
                w.place,
                !w.is_open,
                std::cmp::Reverse(w.when),
            )
        });
        Self {
            ranks: Spread::of(deals.len()),
            deals: deals.into_iter(),
            low: low.filter(|low| !low.as_str().is_empty()).cloned(),
            last: low.cloned(),
        }
    }

    fn next(&mut self) -> Option<Edit> {
        let (deal, rank) = self.deals.next().zip(self.ranks.next())?;
        let rank = match &self.low {
            None => rank,
            // Anything longer that begins alike comes after, and before what is higher.
            Some(low) => Rank::parse(&format!("{}{}", low.as_str(), rank.as_str()))
                .unwrap_or_else(|_| Rank::between(self.last.as_ref(), None)),
        };
        self.last = Some(rank.clone());
        Some(Edit::Deal(deal.deal, DealField::Rank(rank)))
    }
}
