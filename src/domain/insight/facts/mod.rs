//! What figures are made of: one column for each thing that is known of all deals, so that a
//! figure over 100,000 of them is a walk through a few arrays.

mod codes;
mod column;
mod kept;
mod read;
mod spans;
mod stages;

pub use codes::{Codes, NONE};
pub use column::Column;
pub use kept::Kept;
pub use spans::Spans;
pub use stages::{NOWHERE, StageFact, Stages};

use super::legs::Leg;
use super::stats::sample::Sample;
use crate::domain::change::{EntityRef, Kind};
use crate::domain::deal::{DealKind, Status};
use crate::domain::ids::{CampaignId, DealId, IdHasher, IdMap, OrgId, PersonId};
use crate::domain::money::{Currency, Money, Sums};
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use std::hash::BuildHasherDefault;

/// A civil day, as days since 1970-01-01; moments count by their day in UTC.
pub type Day = i32;

/// The day of what has no day.
pub const NEVER: Day = Day::MIN;

/// Milliseconds of a day.
pub const DAY: Millis = 86_400_000;

/// The civil day, in UTC, of a moment.
#[must_use]
pub fn day_of(ms: Millis) -> Day {
    // Within the years that a date can have.
    ms.div_euclid(DAY).clamp(-90_000_000, 90_000_000) as Day
}

/// How often the expected close date of a deal was moved to a later one: with
/// [`Trails`](super::trail::Trails) at hand `&|deal| trails.of(deal).pushes()`; `&|_| 0` before
/// the log is read, and [`Facts::read_pushes`] after.
pub type Pushes<'a> = &'a dyn Fn(DealId) -> u16;

/// The present, as far as figures depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970.
    pub ms: Millis,
    /// The civil day where the person is.
    pub today: Day,
}

/// A deal's coming into a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the stage in [`Facts::stages`].
    pub stage: u16,
    /// The day.
    pub day: Day,
}

type IdCodes<K> = Codes<K, BuildHasherDefault<IdHasher>>;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        /// All deals that are not removed, column by column. Rows are in no order, and a row's
        /// number is good only until the next change.
        #[derive(Clone, Debug, Default)]
        pub struct Facts {
            $($(#[$doc])* pub $name: Column<$kind>,)*
            /// The stages each deal came into, in order of time, without repeats; those of removed
            /// stages count for their successors.
            pub entries: Spans<Entry>,
            /// How each deal went on from the open stages among these.
            pub legs: Spans<Leg>,
            /// The days on which something is planned for each deal, ascending.
            pub planned: Spans<Day>,
            /// Days that deals won in the end stayed in each open stage, by its number.
            pub winners: Vec<Sample>,
            /// The stages.
            pub stages: Stages,
            /// The currencies behind [`Facts::currency`].
            pub currencies: Codes<Currency>,
            /// The people behind [`Facts::owner`].
            pub owners: IdCodes<PersonId>,
            /// The organisations behind [`Facts::organisation`].
            pub organisations: IdCodes<OrgId>,
            /// The campaigns behind [`Facts::campaign`].
            pub campaigns: IdCodes<CampaignId>,
            /// The words behind [`Facts::source`].
            pub sources: Codes<String>,
            /// The words behind [`Facts::competitor`].
            pub competitors: Codes<String>,
            /// The currency that deals without a value count for.
            pub home: Currency,
            rows: IdMap<DealId, u32>,
        }

        /// What one row holds.
        #[derive(Clone, Copy, Debug, PartialEq)]
        struct Line { $($name: $kind,)* }

        impl Facts {
            fn push(&mut self, line: Line) {
                $(self.$name.push(line.$name);)*
            }
            fn put(&mut self, row: usize, line: Line) {
                $(self.$name[row] = line.$name;)*
            }
            fn take(&mut self, row: usize) {
                $(self.$name.swap_remove(row);)*
            }
            fn reserve(&mut self, more: usize) {
                $(self.$name.reserve(more);)*
            }
        }
    };
}

columns! {
    /// Which deal.
    ids: DealId,
    /// The day it came into the world.
    created: Day,
    /// The day it was won, lost or put aside; [`NEVER`] while open.
    closed: Day,
    /// Open, won, lost or on hold.
    status: Status,
    /// Its value in minor units, 0 where it has none.
    value: i64,
    /// In which currency, by code; [`NONE`] where it has no value.
    currency: u32,
    /// In which stage, as a number of [`Facts::stages`].
    stage: u16,
    /// Whose, by code.
    owner: u32,
    /// With whom, by code.
    organisation: u32,
    /// From where, by code.
    source: u32,
    /// Brought by which campaign, by code.
    campaign: u32,
    /// Against whom it was closed, by code.
    competitor: u32,
    /// A first sale, or one to a customer.
    kind: DealKind,
    /// The day it is expected to close; [`NEVER`] where none is.
    close: Day,
    /// The chance to win in percent: its own, else its stage's; 100 won, 0 lost or put aside.
    probability: u8,
    /// When something was last done for it: an activity, a note, a stage.
    touched: Millis,
    /// When any field of it was last written; notes and activities are none.
    updated: Millis,
    /// How often its expected close was moved to a later day.
    pushes: u16,
    /// How many activities were done, by kind in the order of `ActivityKind::ALL`.
    done: [u16; 5],
}

impl Facts {
    /// The facts of all deals.
    #[must_use]
    pub fn over(world: &World, pushes: Pushes<'_>) -> Self {
        let stages = Stages::over(&world.state);
        let mut facts = Self {
            winners: vec![Sample::default(); stages.len()],
            stages,
            home: world.state.workspace().currency,
            ..Self::default()
        };
        let deals = &world.state.tables.deals;
        facts.reserve(deals.len());
        facts.rows.reserve(deals.len());
        for deal in deals.iter() {
            facts.add(world, pushes, deal.id);
        }
        facts
    }

    /// Brings a deal up to date after a change of it or of its activities. Returns true when
    /// there was or is such a deal.
    pub fn update(&mut self, world: &World, pushes: Pushes<'_>, deal: DealId) -> bool {
        match self.row(deal) {
            None => self.add(world, pushes, deal),
            Some(row) => {
                if let Some(read) = read::read(self, world, pushes, deal) {
                    self.learn(row, -1);
                    self.put(row, read.line);
                    self.entries.put(row, &read.entries);
                    self.legs.put(row, &read.legs);
                    self.planned.put(row, &read.planned);
                    self.learn(row, 1);
                } else {
                    self.remove(row);
                }
                true
            }
        }
    }

    /// Brings all that a change touched up to date, as [`World::apply`] names it. Returns false
    /// when everything was read anew: stages came, went or changed.
    pub fn refresh(&mut self, world: &World, pushes: Pushes<'_>, touched: &[EntityRef]) -> bool {
        if Self::is_all_new(touched) {
            *self = Self::over(world, pushes);
            return false;
        }
        for entity in touched {
            if entity.kind == Kind::Deal {
                self.update(world, pushes, DealId(entity.id));
            }
        }
        true
    }

    /// Whether a change of these makes [`Facts::refresh`] read everything anew.
    #[must_use]
    pub fn is_all_new(touched: &[EntityRef]) -> bool {
        touched
            .iter()
            .any(|e| matches!(e.kind, Kind::Stage | Kind::Pipeline | Kind::Workspace))
    }

    fn add(&mut self, world: &World, pushes: Pushes<'_>, deal: DealId) -> bool {
        let Some(read) = read::read(self, world, pushes, deal) else {
            return false;
        };
        self.rows.insert(deal, self.ids.len() as u32);
        self.push(read.line);
        self.entries.push(&read.entries);
        self.legs.push(&read.legs);
        self.planned.push(&read.planned);
        self.learn(self.ids.len() - 1, 1);
        true
    }

    /// Counts the stays of a row where it was won, or takes them out again.
    fn learn(&mut self, row: usize, sign: i32) {
        if self.status[row] == Status::Won {
            for leg in self.legs.of(row) {
                // They have all ended, so today does not matter.
                self.winners[usize::from(leg.stage)].shift(leg.days(NEVER), sign);
            }
        }
    }

    fn remove(&mut self, row: usize) {
        self.learn(row, -1);
        self.rows.remove(&self.ids[row]);
        self.take(row);
        self.entries.swap_remove(row);
        self.legs.swap_remove(row);
        self.planned.swap_remove(row);
        if let Some(moved) = self.ids.get(row) {
            self.rows.insert(*moved, row as u32);
        }
    }

    /// Fills the column of pushes, once the log is read.
    pub fn read_pushes(&mut self, pushes: Pushes<'_>) {
        for (count, id) in self.pushes.iter_mut().zip(self.ids.iter()) {
            *count = pushes(*id);
        }
    }

    /// How many deals there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True without any deal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The row of a deal.
    #[must_use]
    pub fn row(&self, deal: DealId) -> Option<usize> {
        self.rows.get(&deal).map(|row| *row as usize)
    }

    /// The value of a row.
    #[must_use]
    pub fn money(&self, row: usize) -> Option<Money> {
        let currency = self.currencies.key(self.currency[row])?;
        Some(Money::new(self.value[row], *currency))
    }

    /// The currency by code; the home currency for none.
    #[must_use]
    pub fn currency_of(&self, code: u32) -> Currency {
        self.currencies.key(code).copied().unwrap_or(self.home)
    }
}

/// Money added up by the code of its currency: what [`Sums`] is, at the speed of an array.
#[derive(Clone, Debug, Default)]
pub struct Purse(Column<i128>);

impl Purse {
    /// Adds an amount.
    #[inline(always)]
    pub fn add(&mut self, currency: u32, amount: i128) {
        let at = currency as usize;
        if self.0.len() <= at {
            self.0.grow(at + 1, 0);
        }
        self.0[at] += amount;
    }

    /// The sum of a currency.
    #[must_use]
    pub fn of(&self, currency: u32) -> i128 {
        self.0.get(currency as usize).copied().unwrap_or(0)
    }

    /// The sums by currency.
    #[must_use]
    pub fn sums(&self, facts: &Facts) -> Sums {
        let mut sums = Sums::default();
        for (code, amount) in (0_u32..).zip(self.0.iter()) {
            sums.add(facts.currency_of(code), *amount);
        }
        sums
    }
}
