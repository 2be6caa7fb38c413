//! The board: which deals stand in which column, in which order, worth how much.

use crate::domain::change::EntityRef;
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::{DealId, IdMap, PersonId, StageId, shed};
use crate::domain::money::{Money, Sums};
use crate::domain::order::Order;
use crate::domain::rank::Rank;
use crate::domain::state::State;
use crate::domain::world::World;
use std::cmp::Ordering;

use super::arrange::Arranging;
pub use super::spots::{Place, Spots};

/// Count and value of some deals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many deals.
    pub count: usize,
    /// How many of them have no value.
    pub unvalued: usize,
    /// Σ value in minor units, per currency.
    pub value: Sums,
    /// Σ value × probability in minor units × percent, per currency; divide by 100 with
    /// [`percent_of`](crate::domain::money::percent_of) to show it.
    pub weighted: Sums,
}

impl Totals {
    pub(super) fn count_in(&mut self, placed: &Placed, sign: i128) {
        if sign > 0 {
            self.count += 1;
        } else {
            self.count -= 1;
        }
        match placed.value {
            Some(money) => {
                self.value
                    .add(money.currency, sign * i128::from(money.minor));
                let weighted = i128::from(money.minor) * i128::from(placed.probability);
                self.weighted.add(money.currency, sign * weighted);
            }
            None if sign > 0 => self.unvalued += 1,
            None => self.unvalued -= 1,
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.unvalued += other.unvalued;
        self.value.merge(&other.value);
        self.weighted.merge(&other.weighted);
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    stage: StageId,
    pub(super) rank: Rank,
    status: Status,
    value: Option<Money>,
    probability: u8,
}

impl Placed {
    /// The column it stands in.
    pub(super) fn column(&self) -> (StageId, Status) {
        (self.stage, self.status)
    }
}

/// One column's deals of one status, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// In order of rank, then id.
    pub deals: Vec<DealId>,
    /// What they amount to.
    pub totals: Totals,
}

/// Deals by stage and status, kept in step with the state.
#[derive(Clone, Debug, Default)]
pub struct BoardIndex {
    pub(super) columns: std::collections::HashMap<(StageId, Status), Column>,
    pub(super) placed: IdMap<DealId, Placed>,
    text: IdMap<DealId, Box<str>>,
    /// Stages whose columns may look different since [`BoardIndex::take_changed`].
    pub(super) changed: std::collections::BTreeSet<StageId>,
}

/// Which deals a board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Of which status.
    pub status: StatusFilter,
    /// Words that all must occur in title, organisation, owner, contacts, products, tags,
    /// source or imported id; in any case.
    pub text: String,
    /// Of this owner.
    pub owner: Option<OwnerFilter>,
}

/// Which owner a board is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Deals nobody owns.
    Nobody,
    /// Deals of one person.
    Person(PersonId),
}

/// Which statuses a board shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// In each column the deals whose status is that of the stage: open deals in open
    /// stages, won ones in won stages.
    #[default]
    Current,
    /// Only this status, wherever it stands.
    Only(Status),
    /// Everything.
    All,
}

impl BoardFilter {
    /// True when it limits nothing but the status.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.text.trim().is_empty() && self.owner.is_none()
    }
}

impl BoardIndex {
    /// The index over all deals of a state.
    #[must_use]
    pub fn over(state: &State) -> Self {
        let mut arranging = Arranging::over(state);
        while !arranging.step(state, usize::MAX) {}
        arranging.finish()
    }

    /// Brings one deal up to date.
    pub fn update(&mut self, state: &State, id: DealId) {
        self.text.remove(&id);
        let now = state
            .tables
            .deals
            .get(id)
            .and_then(|deal| place(state, deal));
        let was = self.placed.get(&id).cloned();
        self.changed.extend(was.iter().chain(&now).map(|p| p.stage));
        if was == now {
            return;
        }
        if let Some(old) = was {
            if let Some(column) = self.columns.get_mut(&(old.stage, old.status)) {
                let placed = &self.placed;
                if let Ok(at) = column
                    .deals
                    .binary_search_by(|other| compare(placed, *other, id))
                {
                    column.deals.remove(at);
                    column.totals.count_in(&old, -1);
                }
            }
            self.placed.remove(&id);
        }
        if let Some(new) = now {
            let key = (new.stage, new.status);
            self.placed.insert(id, new.clone());
            let column = self.columns.entry(key).or_default();
            let placed = &self.placed;
            if let Err(at) = column
                .deals
                .binary_search_by(|other| compare(placed, *other, id))
            {
                column.deals.insert(at, id);
                column.totals.count_in(&new, 1);
            }
        }
    }

    /// Lets go of some of an index that is not needed any more; says whether there was any.
    pub fn shed(&mut self) -> bool {
        shed(&mut self.placed) || shed(&mut self.text)
    }

    /// How many deals there are, whatever their status.
    #[must_use]
    pub fn deal_count(&self) -> usize {
        self.placed.len()
    }

    /// The stages whose columns may look different since the last call.
    pub fn take_changed(&mut self) -> Vec<StageId> {
        std::mem::take(&mut self.changed).into_iter().collect()
    }

    /// Drops the search texts that name this organisation, contact, person or product.
    pub fn forget_text(&mut self, state: &State, named: EntityRef) {
        let hit: Vec<DealId> = state
            .tables
            .deals
            .iter()
            .filter(|d| {
                d.organisation.map(EntityRef::from) == Some(named)
                    || d.owner.map(EntityRef::from) == Some(named)
                    || d.contacts
                        .iter()
                        .any(|c| EntityRef::from(c.contact) == named)
                    || d.products.iter().any(|p| EntityRef::from(*p) == named)
            })
            .map(|d| d.id)
            .collect();
        for id in hit {
            self.text.remove(&id);
            self.changed.extend(self.placed.get(&id).map(|p| p.stage));
        }
    }

    /// Drops every search text, when what is searched has changed.
    pub fn forget_all_text(&mut self) {
        self.text.clear();
        self.changed
            .extend(self.columns.keys().map(|(stage, _)| *stage));
    }

    /// Makes sure every deal has its search text, so that [`BoardIndex::view`] can search.
    pub fn prepare_search(&mut self, state: &State) {
        if self.text.len() < self.placed.len() {
            // In the order in which they are looked through, so that they lie in memory
            // one behind the other.
            for id in self.columns.values().flat_map(|c| &c.deals) {
                self.text
                    .entry(*id)
                    .or_insert_with(|| World::search_text(state, *id).into_boxed_str());
            }
        }
    }

    /// The deals whose text has all words of `query`, at most `limit`, in no order.
    /// Needs [`BoardIndex::prepare_search`].
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<DealId> {
        let words = words(query);
        self.text
            .iter()
            .filter(|(_, text)| has_all(text, &words))
            .map(|(id, _)| *id)
            .take(limit)
            .collect()
    }

    /// One column of one status as it is.
    #[must_use]
    pub fn column(&self, stage: StageId, status: Status) -> Option<&Column> {
        self.columns.get(&(stage, status))
    }

    /// What a board with this filter shows of a stage. A search needs
    /// [`BoardIndex::prepare_search`] first.
    #[must_use]
    pub fn view(&self, state: &State, stage: StageId, filter: &BoardFilter) -> Column {
        let own = state
            .tables
            .stages
            .get(stage)
            .map_or(Status::Open, |s| s.kind.status());
        let statuses: &[Status] = match filter.status {
            StatusFilter::Current => &[own],
            StatusFilter::Only(ref status) => std::slice::from_ref(status),
            StatusFilter::All => Status::ALL,
        };
        let parts: Vec<&Column> = statuses
            .iter()
            .filter_map(|s| self.column(stage, *s))
            .collect();
        if let ([one], true) = (parts.as_slice(), filter.is_plain()) {
            return (*one).clone();
        }
        let words = words(&filter.text);
        let mut view = Column::default();
        for id in parts.iter().flat_map(|c| &c.deals) {
            let owner = || state.tables.deals.get(*id).and_then(|d| d.owner);
            let mine = match filter.owner {
                None => true,
                Some(OwnerFilter::Nobody) => owner().is_none(),
                Some(OwnerFilter::Person(person)) => owner() == Some(person),
            };
            // The words first: they leave few, and each further look-up costs as much.
            let found = words.is_empty() || self.text.get(id).is_some_and(|t| has_all(t, &words));
            if mine
                && found
                && let Some(placed) = self.placed.get(id)
            {
                view.deals.push(*id);
                view.totals.count_in(placed, 1);
            }
        }
        if parts.len() > 1 {
            view.deals.order_by(|a, b| compare(&self.placed, *a, *b));
        }
        view
    }

    /// The totals of all columns of one status.
    #[must_use]
    pub fn totals(&self, status: Status) -> Totals {
        let mut sum = Totals::default();
        for ((_, s), column) in &self.columns {
            if *s == status {
                sum.merge(&column.totals);
            }
        }
        sum
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

fn has_all(text: &str, words: &[String]) -> bool {
    words.iter().all(|w| text.contains(w.as_str()))
}

pub(super) fn place(state: &State, deal: &Deal) -> Option<Placed> {
    Some(Placed {
        stage: state.standing(deal.placement.stage)?,
        rank: deal.rank.clone(),
        status: deal.outcome.status(),
        value: deal.value,
        probability: state.probability(deal),
    })
}

pub(super) fn compare(placed: &IdMap<DealId, Placed>, a: DealId, b: DealId) -> Ordering {
    let rank = |id| placed.get(&id).map(|p: &Placed| &p.rank);
    rank(a).cmp(&rank(b)).then(a.cmp(&b))
}
