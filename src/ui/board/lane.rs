//! One column's data: its deals in order, and how far it is scrolled.

use super::state::Board;
use super::totals::{Tallies, tallies};
use crate::domain::change::Kind;
use crate::domain::ids::{DealId, StageId};
use crate::domain::query::board::{Column, Place};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::HtmlDivElement;

/// The data of a column. Cheap to copy; lives as long as the board.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    /// The stage.
    pub stage: StageId,
    /// What the filter leaves of it, with totals.
    pub view: Memo<Arc<Column>>,
    /// The same with a lifted card where it is now.
    pub order: Memo<Arc<Column>>,
    /// What the strip of totals says of it; worked out only where that is shown.
    pub tallies: Memo<Tallies>,
    /// Refers to the scrolling element; read it with [`Lane::list`].
    pub scroller: NodeRef<html::Div>,
    /// How far it is scrolled down, CSS pixels.
    pub scrolled: RwSignal<f64>,
}

impl Lane {
    /// The column of a stage of this board.
    pub fn new(board: Board, stage: StageId) -> Self {
        let view = Memo::new(move |_| Arc::new(read(board, stage)));
        let order = Memo::new(move |_| {
            let column = view.get();
            let Some(lift) = board
                .lift
                .get()
                .filter(|l| l.stage == stage || l.from == stage)
            else {
                return column;
            };
            let mut deals: Vec<DealId> = column
                .deals
                .iter()
                .copied()
                .filter(|id| *id != lift.deal)
                .collect();
            if lift.stage == stage {
                deals.insert(lift.at.min(deals.len()), lift.deal);
            }
            Arc::new(Column {
                deals,
                totals: column.totals.clone(),
            })
        });
        let tallies = Memo::new(move |_| tallies(board, stage));
        Self {
            stage,
            view,
            order,
            tallies,
            scroller: NodeRef::new(),
            scrolled: RwSignal::new(0.0),
        }
    }

    /// The scrolling element; none while the column is folded.
    pub fn list(self) -> Option<HtmlDivElement> {
        // A reference outlives its element.
        self.scroller
            .get_untracked()
            .filter(|list| list.is_connected())
    }

    /// A card's place in the column, from 0.
    pub fn position(self, deal: DealId) -> Option<usize> {
        self.order
            .with_untracked(|column| column.deals.iter().position(|id| *id == deal))
    }

    /// The card at a place, the last one when there are fewer.
    pub fn card(self, at: usize) -> Option<DealId> {
        self.order
            .with_untracked(|column| column.deals.get(at).or(column.deals.last()).copied())
    }

    /// How many cards it has.
    pub fn len(self) -> usize {
        self.order.with_untracked(|column| column.deals.len())
    }

    /// The place between two cards, from 0 for above all, as a command names it. Cards that
    /// move themselves are no neighbours to name.
    pub fn place(self, gap: usize, moving: &[DealId]) -> Place {
        self.order.with_untracked(|column| {
            let stays = |id: &&DealId| !moving.contains(id);
            let (above, below) = column.deals.split_at(gap.min(column.deals.len()));
            match (below.iter().find(stays), above.iter().rev().find(stays)) {
                (Some(next), _) => Place::Above(*next),
                (None, Some(last)) => Place::Below(*last),
                (None, None) => Place::Top,
            }
        })
    }
}

/// What the domain shows of a stage under the board's filter.
fn read(board: Board, stage: StageId) -> Column {
    let store = board.store;
    store.track_board(stage);
    board.filter.with(|filter| {
        if !filter.text.trim().is_empty() {
            // A search also finds cards by these names.
            for kind in [
                Kind::Organisation,
                Kind::Contact,
                Kind::Person,
                Kind::Product,
            ] {
                store.track_kind(kind);
            }
            store.prepare_search();
        }
        store.with(|s| s.world().board.view(&s.world().state, stage, filter))
    })
}
