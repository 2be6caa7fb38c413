//! What the board knows besides the data: filter, focus, selection, what is being moved.

use super::card_menu::CardMenu;
use super::drag::Drag;
use super::lane::Lane;
use crate::domain::deal::{Closure, Status};
use crate::domain::ids::{DealId, PipelineId, StageId};
use crate::domain::query::board::{BoardFilter, Place, StatusFilter};
use crate::ui::store::Store;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// A card taken up by key: where it came from and where it would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lift {
    /// Which deal.
    pub deal: DealId,
    /// The column it was taken from.
    pub from: StageId,
    /// Its place there, from 0.
    pub from_at: usize,
    /// The column it is over.
    pub stage: StageId,
    /// Its place there, from 0, not counting itself.
    pub at: usize,
}

/// What happens once date and reason are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The status is set; the domain finds the stage.
    SetStatus,
    /// The deals go to this place.
    Move(StageId, Place),
}

/// Deals about to be won, lost or put on hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Closing {
    /// Which deals.
    pub deals: Vec<DealId>,
    /// What they become; never open.
    pub status: Status,
    /// How.
    pub then: Then,
    /// Where the card came down, in the window, when it was dragged.
    pub from: Option<(f64, f64)>,
}

/// The board's state, shared by its parts; found with [`use_board`].
#[derive(Clone, Copy)]
pub(super) struct Board {
    /// The data.
    pub store: Store,
    /// The pipeline shown; none while there is none.
    pub pipeline: Memo<Option<PipelineId>>,
    /// Its stages, in order.
    pub stages: Memo<Vec<StageId>>,
    /// The day, where the person is.
    pub today: Memo<NaiveDate>,
    /// Which deals are shown.
    pub filter: RwSignal<BoardFilter>,
    /// Counts up whenever other deals are asked for, so that columns go back to their top.
    pub epoch: Memo<usize>,
    /// The card that has the focus, or had it last.
    pub cursor: RwSignal<Option<DealId>>,
    /// The deals marked for a common action.
    pub selected: RwSignal<BTreeSet<DealId>>,
    /// Where a selection with Shift starts.
    pub range_from: StoredValue<Option<DealId>>,
    /// The card taken up by key.
    pub lift: RwSignal<Option<Lift>>,
    /// The cards being dragged.
    pub drag: Drag,
    /// The menus of cards.
    pub menu: CardMenu,
    /// The dialog of date and reason.
    pub closing: RwSignal<Option<Closing>>,
    /// The column that has its quick-add box open.
    pub adding: RwSignal<Option<StageId>>,
    /// The column that the board is scrolled to, once it has been scrolled.
    pub seen: RwSignal<Option<StageId>>,
    /// Height of a card with its gap, CSS pixels; 0 until measured.
    pub row: RwSignal<f64>,
    lanes: StoredValue<HashMap<StageId, Lane>>,
    owner: StoredValue<Owner>,
}

/// The board this part stands in.
pub(super) fn use_board() -> Board {
    expect_context()
}

/// What is remembered while another page is shown.
#[derive(Clone, Default)]
struct Kept {
    pipeline: Option<PipelineId>,
    filter: BoardFilter,
    cursor: Option<DealId>,
    scrolled: HashMap<StageId, f64>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

impl Board {
    /// The state of a board of this pipeline, as it was left when it was shown before.
    pub fn new(
        store: Store,
        pipeline: Memo<Option<PipelineId>>,
        stages: Memo<Vec<StageId>>,
    ) -> Self {
        let kept = KEPT.with_borrow(Clone::clone);
        let same = kept.pipeline.is_some() && kept.pipeline == pipeline.get_untracked();
        let kept = if same { kept } else { Kept::default() };
        let filter = RwSignal::new(kept.filter);
        let epoch = Memo::new(move |before: Option<&usize>| {
            filter.track();
            pipeline.track();
            before.map_or(0, |n| n + 1)
        });
        let board = Self {
            store,
            pipeline,
            stages,
            today: Memo::new(move |_| store.tick().today),
            filter,
            epoch,
            cursor: RwSignal::new(kept.cursor),
            selected: RwSignal::default(),
            range_from: StoredValue::new(None),
            lift: RwSignal::new(None),
            drag: Drag::default(),
            menu: CardMenu::default(),
            closing: RwSignal::new(None),
            adding: RwSignal::new(None),
            seen: RwSignal::new(None),
            row: RwSignal::new(0.0),
            lanes: StoredValue::default(),
            owner: StoredValue::new(Owner::new()),
        };
        // Another pipeline's board starts afresh, except for what is filtered.
        Effect::watch(
            move || pipeline.get(),
            move |_, _, _| {
                board.selected.update(BTreeSet::clear);
                board.lift.set(None);
                board.adding.set(None);
            },
            false,
        );
        for (stage, top) in kept.scrolled {
            board.lane(stage).scrolled.set(top);
        }
        on_cleanup(move || board.keep());
        board
    }

    fn keep(self) {
        let scrolled = self.lanes.try_with_value(|lanes| {
            let top = |lane: &Lane| lane.scrolled.try_get_untracked().unwrap_or_default();
            lanes
                .iter()
                .map(|(stage, lane)| (*stage, top(lane)))
                .collect()
        });
        KEPT.set(Kept {
            pipeline: self.pipeline.try_get_untracked().flatten(),
            filter: self.filter.try_get_untracked().unwrap_or_default(),
            cursor: self.cursor.try_get_untracked().flatten(),
            scrolled: scrolled.unwrap_or_default(),
        });
    }

    /// The column of a stage. Lanes live as long as the board, so that none is read after
    /// its stage went.
    pub fn lane(self, stage: StageId) -> Lane {
        if let Some(lane) = self.lanes.with_value(|lanes| lanes.get(&stage).copied()) {
            return lane;
        }
        let owner = self.owner.get_value();
        let lane = owner.with(|| Lane::new(self, stage));
        self.lanes.update_value(|lanes| {
            lanes.insert(stage, lane);
        });
        lane
    }

    /// The columns in their order, with a dependency on the order when called reactively.
    pub fn lanes(self) -> Vec<Lane> {
        self.stages
            .get()
            .into_iter()
            .map(|stage| self.lane(stage))
            .collect()
    }

    fn lanes_untracked(self) -> Vec<Lane> {
        self.stages
            .get_untracked()
            .into_iter()
            .map(|stage| self.lane(stage))
            .collect()
    }

    /// Where a card is shown: its column and its place there, from 0.
    pub fn find(self, deal: DealId) -> Option<(Lane, usize)> {
        self.lanes_untracked()
            .into_iter()
            .find_map(|lane| lane.position(deal).map(|at| (lane, at)))
    }

    /// The column `by` steps right of another, if there is one.
    pub fn beside(self, stage: StageId, by: isize) -> Option<Lane> {
        let stages = self.stages.get_untracked();
        let at = stages
            .iter()
            .position(|s| *s == stage)?
            .checked_add_signed(by)?;
        stages.get(at).map(|stage| self.lane(*stage))
    }

    /// What a stage is called.
    pub fn stage_name(self, stage: StageId) -> String {
        self.store.with(|s| s.world().state.name_of(stage.into()))
    }

    /// What a deal is called.
    pub fn title(self, deal: DealId) -> String {
        self.store.with(|s| s.world().state.name_of(deal.into()))
    }

    /// What some deals are called together.
    pub fn name_all(self, deals: &[DealId]) -> String {
        match deals {
            [one] => self.title(*one),
            many => format!("{} deals", many.len()),
        }
    }

    /// The deals an action on this card is about: the marked ones in the order of the
    /// board when it is one of them, else it alone.
    pub fn group_of(self, deal: DealId) -> Vec<DealId> {
        let marked = self.selected.with_untracked(|all| all.contains(&deal));
        if marked { self.selection() } else { vec![deal] }
    }

    /// The marked deals that are shown, in the order of the board.
    pub fn selection(self) -> Vec<DealId> {
        let marked = self.selected.get_untracked();
        if marked.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::with_capacity(marked.len());
        for lane in self.lanes_untracked() {
            let column = lane.order.get_untracked();
            found.extend(column.deals.iter().filter(|id| marked.contains(id)));
        }
        found
    }

    /// How many deals of these statuses the columns have, whatever their owners and words.
    pub fn count_all(self, statuses: StatusFilter) -> usize {
        let count = |stage: StageId| {
            self.store.track_board(stage);
            self.store.with(|s| {
                let world = s.world();
                let of = |status| {
                    world
                        .board
                        .column(stage, status)
                        .map_or(0, |c| c.totals.count)
                };
                match statuses {
                    StatusFilter::Only(status) => of(status),
                    StatusFilter::All => Status::ALL.iter().map(|status| of(*status)).sum(),
                    StatusFilter::Current => {
                        let stage = world.state.tables.stages.get(stage);
                        stage.map_or(0, |stage| of(stage.kind.status()))
                    }
                }
            })
        };
        self.stages.get().into_iter().map(count).sum()
    }

    /// Whether only part of the deals is shown.
    pub fn is_filtered(self) -> bool {
        self.filter
            .with(|f| !f.is_plain() || f.status != StatusFilter::Current)
    }

    /// Shows all deals of the usual view again.
    pub fn clear_filter(self) {
        self.filter.set(BoardFilter::default());
    }

    /// A closure of today with nothing else said.
    pub fn closure_today(self) -> Closure {
        Closure::on(self.store.moment().today)
    }
}
