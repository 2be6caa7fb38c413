//! A world made beside the one that is shown, some items at a time, to take its place when it
//! is whole: how a large change comes in without holding up the page.

use super::change::Change;
use super::ids::ActivityId;
use super::query::Arranging;
use super::state::State;
use super::world::World;

/// A world in the making: first changes are applied, then the indexes are built.
#[derive(Debug)]
pub struct Beside {
    world: World,
    board: Option<Arranging>,
    activities: std::vec::IntoIter<ActivityId>,
}

impl Beside {
    /// A world over this state; a copy of one that is shown shares its rows.
    #[must_use]
    pub fn over(state: State) -> Self {
        Self {
            world: World {
                state,
                ..World::default()
            },
            board: None,
            activities: Vec::new().into_iter(),
        }
    }

    /// The state so far.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.world.state
    }

    /// Applies a change. Once the indexes are being built, [`Beside::finish`] has to come
    /// first.
    pub fn apply(&mut self, change: &Change) {
        debug_assert!(self.board.is_none(), "the indexes would not know of it");
        self.world.state.apply(change);
    }

    /// Builds the indexes on, about `budget` entities; says whether those were the rest.
    pub fn index(&mut self, budget: usize) -> bool {
        let state = &self.world.state;
        let begun = self.board.is_some();
        let board = self.board.get_or_insert_with(|| Arranging::over(state));
        if !begun {
            let ids: Vec<ActivityId> = state.tables.activities.rows().map(|(id, _)| id).collect();
            self.activities = ids.into_iter();
        }
        if !board.step(state, budget) {
            return false;
        }
        for id in self.activities.by_ref().take(budget.max(1)) {
            self.world.file_activity(id);
        }
        self.activities.len() == 0
    }

    /// How many entities are still to be indexed, all of them before it has begun.
    #[must_use]
    pub fn left(&self) -> usize {
        let tables = &self.world.state.tables;
        match &self.board {
            Some(board) => board.left() + self.activities.len(),
            None => tables.deals.len() + tables.activities.len(),
        }
    }

    /// The world as far as it is made.
    #[must_use]
    pub fn into_world(self) -> World {
        self.world
    }

    /// The world, with all indexes.
    #[must_use]
    pub fn finish(mut self) -> World {
        while !self.index(usize::MAX) {}
        if let Some(board) = self.board {
            self.world.board = board.finish();
        }
        self.world
    }
}
