//! A world made beside the one that is shown, some items at a time, to take its place when it
//! is whole: how a large change comes in without holding up the page.

use super::change::{Change, EntityRef};
use super::ids::{ActivityId, DealId};
use super::links::Links;
use super::query::Arranging;
use super::query::agenda::Gathering;
use super::state::State;
use super::world::{Rules, World};
use std::vec::IntoIter;

/// A world in the making: first changes are applied, then the indexes are built.
#[derive(Debug)]
pub struct Beside {
    world: World,
    has_links: bool,
    indexing: Option<Indexing>,
}

/// What of the indexes is still to be built.
#[derive(Debug)]
struct Indexing {
    board: Option<Arranging>,
    links: IntoIter<EntityRef>,
    activities: IntoIter<ActivityId>,
    agenda: Option<Gathering>,
    deals: IntoIter<DealId>,
}

impl Indexing {
    fn over(state: &State, has_links: bool) -> Self {
        let t = &state.tables;
        let activities: Vec<ActivityId> = t.activities.rows().map(|(id, _)| id).collect();
        let deals: Vec<DealId> = t.deals.rows().map(|(id, _)| id).collect();
        let links = if has_links {
            Vec::new()
        } else {
            Links::all(state)
        };
        Self {
            board: Some(Arranging::over(state)),
            links: links.into_iter(),
            activities: activities.into_iter(),
            agenda: Some(Gathering::default()),
            deals: deals.into_iter(),
        }
    }

    fn left(&self) -> usize {
        let board = self.board.as_ref().map_or(0, Arranging::left);
        board + self.links.len() + self.activities.len() + self.deals.len()
    }

    /// Builds on, about `budget` entities; says whether those were the rest.
    fn step(&mut self, world: &mut World, budget: usize) -> bool {
        if let Some(board) = &mut self.board {
            if board.step(&world.state, budget) {
                world.board = self.board.take().map(Arranging::finish).unwrap_or_default();
            }
            return false;
        }
        for entity in self.links.by_ref().take(budget) {
            world.links.file(&world.state, entity, true);
        }
        if self.links.len() > 0 {
            return false;
        }
        if let Some(agenda) = &mut self.agenda {
            for id in self.activities.by_ref().take(budget) {
                world.file_activity(id);
                agenda.note(&world.state, id);
            }
            if self.activities.len() == 0 {
                world.agenda = self
                    .agenda
                    .take()
                    .map(Gathering::finish)
                    .unwrap_or_default();
            }
            return false;
        }
        for id in self.deals.by_ref().take(budget) {
            world.agenda.look(&world.state, &world.activities, id);
        }
        self.deals.len() == 0
    }
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
            has_links: false,
            indexing: None,
        }
    }

    /// A world over this state of which the links are known.
    pub(super) fn with_links(state: State, links: Links) -> Self {
        let mut beside = Self::over(state);
        beside.world.links = links;
        beside.has_links = true;
        beside
    }

    /// The state so far.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.world.state
    }

    /// Applies a change. Once the indexes are being built, [`Beside::finish`] has to come
    /// first.
    pub fn apply(&mut self, change: &Change) {
        debug_assert!(self.indexing.is_none(), "the indexes would not know of it");
        self.world.state.apply(change);
    }

    /// Builds the indexes on, about `budget` entities; says whether those were the rest.
    pub fn index(&mut self, budget: usize) -> bool {
        let state = &self.world.state;
        let indexing = self
            .indexing
            .get_or_insert_with(|| Indexing::over(state, self.has_links));
        indexing.step(&mut self.world, budget.max(1))
    }

    /// How many entities are still to be indexed, once that has begun.
    #[must_use]
    pub fn left(&self) -> usize {
        self.indexing.as_ref().map_or(0, Indexing::left)
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
        self.world.rules = Rules::read(&self.world.state);
        self.world
    }
}
