//! Why deals are won and lost: reasons by the stage where it ended, competitors, the course of the
//! win rate, and in what won deals differ from lost ones.

pub mod differ;

use super::exchange::{Exchange, Total};
use super::facts::{Day, Facts, NONE};
use super::period::{Cut, Period};
use super::select::Selection;
use super::stats::Rate;
use super::win::{WinPart, WinQuery};
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::{DealId, StageId};
use crate::domain::order::Order;
use crate::domain::stage::StageKind;
use crate::domain::world::World;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What is asked for: deals, of which days, and how their values are added up.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// All that is known.
    pub world: &'a World,
    /// The deals column by column.
    pub facts: &'a Facts,
    /// Which of them.
    pub of: &'a Selection,
    /// Closed in this time.
    pub period: Period,
    /// How values are added up.
    pub exchange: &'a Exchange,
}

/// The civil date of a day.
#[must_use]
pub fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or_default()
}

impl<'a> Query<'a> {
    /// The rows closed in the time with a status.
    pub fn closed(self, status: Status) -> impl Iterator<Item = usize> + 'a {
        self.of.rows().filter(move |row| {
            self.facts.status[*row] == status && self.period.holds(self.facts.closed[*row])
        })
    }

    fn deal(self, row: usize) -> Option<&'a Deal> {
        self.world.state.tables.deals.get(self.facts.ids[row])
    }

    /// Adds a row to a tally, its value by the day it was closed.
    fn add(self, tally: &mut Tally, row: usize) {
        tally.deals.push(self.facts.ids[row]);
        if let Some(money) = self.facts.money(row) {
            let on = date_of(self.facts.closed[row]);
            tally.value.add(self.exchange, money, on);
        }
    }
}

/// Some deals and what they are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Which, in order of their ids.
    pub deals: Vec<DealId>,
    /// Their values.
    pub value: Total,
}

impl Tally {
    /// How many.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.deals.len() as u64
    }

    fn settle(&mut self) {
        self.deals.order();
    }

    /// Adds all of another.
    fn merge(&mut self, other: &Self) {
        self.deals.extend(&other.deals);
        self.value.merge(&other.value);
    }
}

/// A reason, and where it struck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonRow {
    /// The reason; empty where none was given.
    pub reason: String,
    /// By stage, as [`Reasons::stages`].
    pub cells: Vec<Tally>,
    /// In all.
    pub all: Tally,
}

/// Reasons by the stage in which deals ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// The stages in which any of them ended, in order; none for those that were in no open stage.
    pub stages: Vec<Option<StageId>>,
    /// The reasons, those of most deals first; deals without a reason last.
    pub rows: Vec<ReasonRow>,
    /// Of all.
    pub all: Tally,
}

/// The last open stage a deal was in: where it ended.
#[must_use]
pub fn ended_in(facts: &Facts, row: usize) -> Option<StageId> {
    let open = |number: u16| {
        let stage = facts.stages.get(number)?;
        (stage.kind == StageKind::Open).then_some(stage.id)
    };
    open(facts.stage[row]).or_else(|| {
        facts
            .entries
            .of(row)
            .iter()
            .rev()
            .find_map(|e| open(e.stage))
    })
}

impl Reasons {
    /// The reasons of deals closed with a status. Reasons that differ only in case and in blanks
    /// around them are one, named as the first deal names it.
    #[must_use]
    pub fn of(query: Query<'_>, status: Status) -> Self {
        let facts = query.facts;
        let mut found: BTreeMap<String, (String, BTreeMap<u32, Tally>)> = BTreeMap::new();
        let mut all = Tally::default();
        // Stages in their order; no stage comes last.
        let place = |stage: Option<StageId>| {
            let number = stage.and_then(|id| facts.stages.find(id));
            number.map_or(u32::MAX, u32::from)
        };
        let mut rows: Vec<usize> = query.closed(status).collect();
        rows.order_by_key(|row| facts.ids[*row]);
        for row in rows {
            let said = query.deal(row).and_then(|d| d.outcome.closure());
            let reason = said.map_or("", |c| c.reason.trim());
            let (_, cells) = found
                .entry(reason.to_lowercase())
                .or_insert_with(|| (reason.to_owned(), BTreeMap::new()));
            let cell = cells.entry(place(ended_in(facts, row))).or_default();
            query.add(cell, row);
            query.add(&mut all, row);
        }
        let mut places: Vec<u32> = found
            .values()
            .flat_map(|(_, c)| c.keys().copied())
            .collect();
        places.order();
        places.dedup();
        let rows = found.into_values().map(|(reason, mut cells)| {
            let mut row = ReasonRow {
                reason,
                ..ReasonRow::default()
            };
            for place in &places {
                let cell = cells.remove(place).unwrap_or_default();
                row.all.merge(&cell);
                row.cells.push(cell);
            }
            row.all.settle();
            row
        });
        let mut rows: Vec<ReasonRow> = rows.collect();
        rows.order_by_key(|row| {
            let most = std::cmp::Reverse(row.all.deals.len());
            (row.reason.is_empty(), most, row.reason.to_lowercase())
        });
        let stage = |place: u32| {
            let number = u16::try_from(place).ok()?;
            facts.stages.get(number).map(|s| s.id)
        };
        Self {
            stages: places.into_iter().map(stage).collect(),
            rows,
            all,
        }
    }

    /// The deals of a reason, however it is written.
    #[must_use]
    pub fn find(&self, reason: &str) -> Option<&Tally> {
        let same = |row: &&ReasonRow| row.reason.to_lowercase() == reason.to_lowercase();
        self.rows.iter().find(same).map(|row| &row.all)
    }

    /// What was closed in a stage, whatever the reason.
    #[must_use]
    pub fn in_stage(&self, at: usize) -> Tally {
        let mut sum = Tally::default();
        for cell in self.rows.iter().filter_map(|row| row.cells.get(at)) {
            sum.merge(cell);
        }
        sum.settle();
        sum
    }
}

/// How it went against a competitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Who; empty where none was named.
    pub name: String,
    /// Deals won against them.
    pub won: Tally,
    /// Deals lost to them.
    pub lost: Tally,
}

impl Rival {
    /// Won of won and lost.
    #[must_use]
    pub fn rate(&self) -> Rate {
        Rate::new(self.won.n(), self.won.n() + self.lost.n())
    }

    /// All deals with them.
    #[must_use]
    pub fn deals(&self) -> Vec<DealId> {
        let mut all = self.won.deals.clone();
        all.extend(&self.lost.deals);
        all.order();
        all
    }
}

/// Every competitor named in deals won or lost, the one met most often first; deals in which none
/// was named last. Names that differ only in case and in blanks around them are one, as with reasons.
#[must_use]
pub fn rivals(query: Query<'_>) -> Vec<Rival> {
    let facts = query.facts;
    let mut found: BTreeMap<u32, Rival> = BTreeMap::new();
    for status in [Status::Won, Status::Lost] {
        for row in query.closed(status) {
            let code = facts.competitor[row];
            let rival = found.entry(code).or_insert_with(|| Rival {
                name: match code {
                    NONE => String::new(),
                    code => facts
                        .competitors
                        .key(code)
                        .map_or("", |n| n.trim())
                        .to_owned(),
                },
                won: Tally::default(),
                lost: Tally::default(),
            });
            let tally = match status {
                Status::Won => &mut rival.won,
                _ => &mut rival.lost,
            };
            query.add(tally, row);
        }
    }
    let mut spelt: Vec<Rival> = found.into_values().collect();
    spelt.order_by_key(|r| r.won.deals.iter().chain(&r.lost.deals).min().copied());
    let mut one: BTreeMap<String, Rival> = BTreeMap::new();
    for rival in spelt {
        match one.entry(rival.name.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(rival);
            }
            Entry::Occupied(mut first) => {
                first.get_mut().won.merge(&rival.won);
                first.get_mut().lost.merge(&rival.lost);
            }
        }
    }
    let mut all: Vec<Rival> = one.into_values().collect();
    for rival in &mut all {
        rival.won.settle();
        rival.lost.settle();
    }
    all.order_by_key(|r| {
        let most = std::cmp::Reverse(r.rate().n);
        (r.name.is_empty(), most, r.name.to_lowercase())
    });
    all
}

/// What a deal is told apart by over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By the reason given.
    Reason,
    /// By the competitor named.
    Rival,
}

/// How many deals closed with a status said what, piece by piece of the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// What was said: those said most often first; empty for nothing, "Others" as [`None`] last.
    pub names: Vec<Option<String>>,
    /// The pieces in order.
    pub pieces: Vec<Period>,
    /// By piece and name, the deals in order of their ids.
    pub deals: Vec<Vec<Vec<DealId>>>,
}

/// The reasons, or the competitors, of deals closed with a status over time: the `most` said most
/// often, all others together.
#[must_use]
pub fn trend(query: Query<'_>, status: Status, told: Told, cut: Cut, most: usize) -> Trend {
    let facts = query.facts;
    let mut rows: Vec<usize> = query.closed(status).collect();
    rows.order_by_key(|row| facts.ids[*row]);
    let days = || rows.iter().map(|row| facts.closed[*row]);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Trend::default();
    };
    let word = |row: usize| -> String {
        let closure = query.deal(row).and_then(|d| d.outcome.closure());
        match told {
            Told::Reason => closure.map_or_else(String::new, |c| c.reason.trim().to_owned()),
            Told::Rival => {
                let named = facts.competitors.key(facts.competitor[row]);
                named.map_or_else(String::new, |name| name.trim().to_owned())
            }
        }
    };
    // Named as the first deal names it, as in the table.
    let mut found: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for row in &rows {
        let own = word(*row);
        let entry = found.entry(own.to_lowercase()).or_insert((own, 0));
        entry.1 += 1;
    }
    let mut order: Vec<(String, String, usize)> = found
        .into_iter()
        .map(|(key, (name, n))| (key, name, n))
        .collect();
    order.order_by_key(|(key, _, n)| (std::cmp::Reverse(*n), key.clone()));
    let others = order.len() > most;
    order.truncate(most);
    let mut names: Vec<Option<String>> = order.iter().map(|(_, n, _)| Some(n.clone())).collect();
    names.extend(others.then_some(None));
    let span = Period::new(date_of(first), date_of(last));
    let pieces = cut.pieces(span, MOST_PIECES);
    let mut deals = vec![vec![Vec::new(); names.len()]; pieces.len()];
    for row in rows {
        let day = date_of(facts.closed[row]);
        let at = pieces.partition_point(|p| p.to() < day);
        let key = word(row).to_lowercase();
        let name = order.iter().position(|(k, ..)| *k == key);
        let reached = pieces.get(at).is_some_and(|p| p.from() <= day);
        if let Some(piece) = deals.get_mut(at).filter(|_| reached) {
            piece[name.unwrap_or(order.len())].push(facts.ids[row]);
        }
    }
    Trend {
        names,
        pieces,
        deals,
    }
}

/// At most so many pieces, the latest.
const MOST_PIECES: usize = 36;

/// The closed deals of the time with something noted when they were closed, the latest first.
#[must_use]
pub fn noted(query: Query<'_>) -> Vec<DealId> {
    let said = |row: &usize| {
        let closure = query.deal(*row).and_then(|d| d.outcome.closure());
        closure.is_some_and(|c| !c.note.trim().is_empty())
    };
    let both = [Status::Won, Status::Lost].into_iter();
    let mut rows: Vec<usize> = both.flat_map(|s| query.closed(s)).filter(said).collect();
    rows.order_by_key(|row| {
        (
            std::cmp::Reverse(query.facts.closed[*row]),
            query.facts.ids[*row],
        )
    });
    rows.into_iter().map(|row| query.facts.ids[row]).collect()
}

/// The win rate of a part of the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Of which days.
    pub period: Period,
    /// Won of decided.
    pub rate: Rate,
    /// The decided deals.
    pub deals: Vec<DealId>,
}

/// The course of a win rate, piece by piece, from the first day with a decided deal to the last; at
/// most `most` pieces, the latest. Deals lie in the piece of the day that the way of counting goes by.
#[must_use]
pub fn course(query: Query<'_>, win: &WinQuery, cut: Cut, most: usize) -> Vec<Point> {
    let facts = query.facts;
    let decided = |row: usize| {
        let (part, day) = win.counted(facts, row)?;
        (part != WinPart::Undecided).then_some((row, part, day))
    };
    let days = || query.of.rows().filter_map(decided).map(|(.., day)| day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Vec::new();
    };
    let span = Period::new(date_of(first), date_of(last));
    let mut points: Vec<Point> = cut
        .pieces(span, most)
        .into_iter()
        .map(|period| Point {
            period,
            rate: Rate::default(),
            deals: Vec::new(),
        })
        .collect();
    for (row, part, day) in query.of.rows().filter_map(decided) {
        let day = date_of(day);
        let at = points.partition_point(|p| p.period.to() < day);
        if let Some(point) = points.get_mut(at).filter(|p| p.period.from() <= day) {
            point.rate.n += 1;
            point.rate.part += u64::from(part == WinPart::Won);
            point.deals.push(facts.ids[row]);
        }
    }
    for point in &mut points {
        point.deals.order();
    }
    points
}
