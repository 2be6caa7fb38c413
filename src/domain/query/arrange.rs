//! The board's index built anew, some deals at a time.

use super::board::{BoardIndex, compare, place};
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use crate::domain::order::Order;
use crate::domain::state::State;
use std::collections::HashMap;

/// The board's index over a state that does not change meanwhile.
#[derive(Debug)]
pub struct Arranging {
    index: BoardIndex,
    rest: std::vec::IntoIter<DealId>,
    /// The deals of each column with the beginnings of their ranks, in no order yet.
    columns: HashMap<(StageId, Status), Vec<(u64, DealId)>>,
}

impl Arranging {
    /// An index about to be built over this state.
    #[must_use]
    pub fn over(state: &State) -> Self {
        let deals: Vec<DealId> = state.tables.deals.rows().map(|(id, _)| id).collect();
        let mut index = BoardIndex::default();
        index.placed.reserve(deals.len());
        index
            .changed
            .extend(state.tables.stages.rows().map(|(id, _)| id));
        Self {
            index,
            rest: deals.into_iter(),
            columns: HashMap::new(),
        }
    }

    /// Puts about `budget` more deals in their places; says whether those were the rest. A
    /// column is put in order at once.
    pub fn step(&mut self, state: &State, budget: usize) -> bool {
        let mut left = budget.max(1);
        while left > 0 {
            if let Some(id) = self.rest.next() {
                self.put(state, id);
                left -= 1;
            } else if let Some(key) = self.columns.keys().next().copied() {
                let column = self.columns.remove(&key).unwrap_or_default();
                left = left.saturating_sub(column.len().max(1));
                self.order(key, column);
            } else {
                return true;
            }
        }
        false
    }

    /// How many deals are still to be put in their places.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    fn put(&mut self, state: &State, id: DealId) {
        let deal = state.tables.deals.get(id);
        if let Some(placed) = deal.and_then(|deal| place(state, deal)) {
            let key = placed.column();
            let column = self.columns.entry(key).or_default();
            column.push((placed.rank.prefix(), id));
            let column = self.index.columns.entry(key).or_default();
            column.totals.count_in(&placed, 1);
            self.index.placed.insert(id, placed);
        }
    }

    fn order(&mut self, key: (StageId, Status), mut deals: Vec<(u64, DealId)>) {
        let placed = &self.index.placed;
        // The beginnings tell most apart without a look at the ranks themselves.
        deals.order_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(placed, a.1, b.1)));
        let column = self.index.columns.entry(key).or_default();
        column.deals = deals.into_iter().map(|(_, id)| id).collect();
    }

    /// The index, once every deal has its place.
    #[must_use]
    pub fn finish(self) -> BoardIndex {
        self.index
    }
}
