//! What a review of the pipeline looks at: the deals that something is to be said about, each
//! once with all that is to be said, in order of what matters.

mod flags;

pub use flags::{Flag, Section};

use super::moves::Moved;
use super::trail::{Trails, Undone};
use super::whose::{Holds, Whose};
use crate::domain::deal::{Deal, Outcome, Status};
use crate::domain::ids::{DealId, IdMap, StageId};
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::domain::query::condition::Subject;
use crate::domain::query::gate::contact_count;
use crate::domain::query::idle::{DAY, idle};
use crate::domain::query::qualify::qualification;
use crate::domain::rank::Rank;
use crate::domain::review::Review;
use crate::domain::scoring::Axis;
use crate::domain::stage::StageKind;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// How many open deals of a currency count as large.
pub const LARGE: usize = 5;

/// Deals on an agenda at most; more cannot be talked about one by one.
pub const MOST: usize = 200;

/// Days looked back where there was no review yet.
pub const USUAL: u64 = 7;

/// A deal on the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which.
    pub deal: DealId,
    /// What is to be said, in order of the headings; never empty.
    pub flags: Vec<Flag>,
}

impl Point {
    /// Under which heading it stands.
    #[must_use]
    pub fn section(&self) -> Section {
        self.flags.first().map_or(Section::Weaker, Flag::section)
    }
}

/// The agenda of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewAgenda {
    /// The deals, at most [`MOST`].
    pub points: Vec<Point>,
    /// How many deals were left off at the end.
    pub left_off: usize,
}

impl ReviewAgenda {
    /// How many deals stand under each heading that has any.
    #[must_use]
    pub fn counts(&self) -> Vec<(Section, usize)> {
        let count = |section| {
            let here = |p: &&Point| p.section() == section;
            (section, self.points.iter().filter(here).count())
        };
        let all = Section::ALL.iter().copied().map(count);
        all.filter(|(_, n)| *n > 0).collect()
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Whose deals.
    pub whose: Whose,
    /// Changes on this civil date and later count.
    pub since: NaiveDate,
    /// Its beginning where the person is, in milliseconds since 1970.
    pub from: Millis,
    /// Now, in milliseconds since 1970.
    pub now: Millis,
    /// Today where the person is.
    pub today: NaiveDate,
    /// What the log says deals have been through.
    pub trails: &'a Trails,
}

/// The last closed review of the same scope.
#[must_use]
pub fn last_review(state: &State, whose: Whose) -> Option<&Review> {
    let closed = state.tables.reviews.iter();
    closed
        .filter(|r| r.closed.is_some() && Whose::of(r) == whose)
        .max_by_key(|r| (r.on, r.closed, r.id))
}

/// From when on changes are looked at: the day of the last review of the same scope, else a week
/// ago.
#[must_use]
pub fn since(state: &State, whose: Whose, today: NaiveDate) -> NaiveDate {
    let last = last_review(state, whose).and_then(|r| r.on);
    let week = today.checked_sub_days(Days::new(USUAL)).unwrap_or(today);
    last.filter(|on| *on <= today).unwrap_or(week)
}

/// The agenda. Costs as much as the deals in the scope with their activities.
#[must_use]
pub fn agenda(world: &World, ask: &Ask) -> ReviewAgenda {
    let state = &world.state;
    let holds = Holds::new(state, &ask.whose);
    let told = told_before(state, ask.whose);
    let deals = state.tables.deals.iter();
    let deals: Vec<&Deal> = deals.filter(|deal| holds.deal(state, deal)).collect();
    let large = large(&deals);
    let undone = ask.trails.undone_by(Millis::MAX);
    let mut found: Vec<(Key, Point)> = Vec::new();
    for deal in deals {
        let mut flags = match deal.outcome.status() {
            Status::Open => open_flags(world, ask, deal, large.get(&deal.id).copied(), &undone),
            _ => closed_flags(ask, deal),
        };
        let told = told.get(&deal.id);
        flags.retain(|flag| told != Some(&flag.section()));
        if flags.is_empty() {
            continue;
        }
        flags.order_by_key(Flag::section);
        let point = Point {
            deal: deal.id,
            flags,
        };
        found.push((key(state, deal, point.section()), point));
    }
    found.order_by(|a, b| a.0.cmp(&b.0));
    let left_off = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    let points = found.into_iter().map(|(_, point)| point).collect();
    ReviewAgenda { points, left_off }
}

/// What a deal is put in order by: heading, currency (amounts of two do not compare, the
/// workspace's first), weighted value, id.
type Key = (Section, bool, Currency, std::cmp::Reverse<i128>, DealId);

fn key(state: &State, deal: &Deal, section: Section) -> Key {
    let percent = match deal.outcome.status() {
        // What was lost weighs what it was worth.
        Status::Lost | Status::OnHold => 100,
        Status::Open | Status::Won => state.probability(deal),
    };
    let money = deal.value.unwrap_or_default();
    let weighted = i128::from(money.minor) * i128::from(percent);
    let own = state.workspace().currency;
    let other = deal.value.is_some_and(|v| v.currency != own);
    let currency = deal.value.map_or(own, |v| v.currency);
    (
        section,
        other,
        currency,
        std::cmp::Reverse(weighted),
        deal.id,
    )
}

/// Deals that the last closed review of the scope told as won, lost or put on hold.
fn told_before(state: &State, whose: Whose) -> IdMap<DealId, Section> {
    let last = last_review(state, whose);
    let items = last.into_iter().flat_map(|r| r.items.iter());
    let closed = [Section::Won, Section::Lost, Section::Held];
    items
        .filter_map(|(deal, item)| Some((deal, Section::of(&item.section)?)))
        .filter(|(_, section)| closed.contains(section))
        .collect()
}

/// That it was won, lost or put aside: since the day that is looked back to, or before it but
/// written down only since, as a win that somebody enters late.
fn closed_flags(ask: &Ask, deal: &Deal) -> Vec<Flag> {
    let late = || {
        let known = ask.trails.known(deal.id, ask.from);
        known.is_some_and(|known| known != deal.outcome.status())
    };
    let news = deal.outcome.closure();
    let news = news.filter(|c| c.on >= ask.since || late());
    let flag = news.and_then(|c| match deal.outcome {
        Outcome::Open => None,
        Outcome::Won(_) => Some(Flag::Won(c.on, c.reason.clone())),
        Outcome::Lost(_) => Some(Flag::Lost(c.on, c.reason.clone(), c.competitor.clone())),
        Outcome::OnHold(_) => Some(Flag::Held(c.on, c.reason.clone())),
    });
    flag.into_iter().collect()
}

/// The largest open deals of each currency with their place; of a currency with few deals none
/// is large.
fn large(deals: &[&Deal]) -> IdMap<DealId, (usize, usize)> {
    let mut by_currency: BTreeMap<Currency, Vec<(i64, DealId)>> = BTreeMap::new();
    for deal in deals {
        if let (Status::Open, Some(value)) = (deal.outcome.status(), deal.value)
            && value.minor > 0
        {
            let same = by_currency.entry(value.currency).or_default();
            same.push((value.minor, deal.id));
        }
    }
    let mut large = IdMap::default();
    for mut same in by_currency.into_values() {
        let n = same.len();
        if n <= 2 * LARGE {
            continue;
        }
        same.order_by_key(|(minor, id)| (std::cmp::Reverse(*minor), *id));
        let first = same.into_iter().take(LARGE).enumerate();
        large.extend(first.map(|(at, (_, id))| (id, (at + 1, n))));
    }
    large
}

fn open_flags(
    world: &World,
    ask: &Ask,
    deal: &Deal,
    large: Option<(usize, usize)>,
    undone: &Undone,
) -> Vec<Flag> {
    let state = &world.state;
    let mut flags = Vec::new();
    if deal.created >= ask.from {
        flags.push(Flag::New(deal.created));
    }
    let moved = Moved::since(&ask.trails.of_given(deal.id, undone), ask.from);
    match moved.close {
        Some((from, to)) if to > from => {
            flags.push(Flag::Pushed(from, to, moved.pushes_ever));
        }
        Some((from, to)) => flags.push(Flag::Pulled(from, to)),
        None => {}
    }
    flags.extend(moved.value.map(|(from, to)| Flag::Value(from, to)));
    flags.extend(moved_back(state, deal, ask.from).map(|(from, to)| Flag::Back(from, to)));
    let stage = state.stage_of(deal);
    let quiet = idle(world, deal, ask.now, ask.today);
    if let Some(allowed) = stage.and_then(|s| s.rot_days).filter(|_| quiet.rotting) {
        flags.push(Flag::Stale(quiet.days, allowed));
    }
    if let Some(close) = deal.close.filter(|close| *close < ask.today) {
        flags.push(Flag::Overdue(close));
    }
    if world.agenda.is_bare(deal.id) {
        flags.push(Flag::NoStep);
    }
    let contacts = contact_count(world, deal);
    if contacts <= 1 && !is_first_stage(state, deal) {
        flags.push(Flag::Single(contacts));
    }
    let overridden = deal.overrides.iter().map(|(_, o)| o);
    let newest = overridden.filter(|o| o.at >= ask.from).max_by_key(|o| o.at);
    if let Some(o) = newest {
        flags.push(Flag::Overridden(o.to, o.reason.clone(), o.missing.len()));
    }
    flags.extend(large.map(|(place, of)| Flag::Large(place, of)));
    flags.extend(score_fell(world, ask, deal));
    if let (Some(known), Some(stage)) = (qualification(state, deal), stage)
        && known.percent < stage.qualified
    {
        let open = known.gaps().count();
        flags.push(Flag::Gap(known.percent, stage.qualified, open));
    }
    flags
}

/// The last move to an earlier stage of the same pipeline since a moment, unless it has gone on
/// to where it came from since.
fn moved_back(state: &State, deal: &Deal, since: Millis) -> Option<(StageId, StageId)> {
    let entries = state.stage_entries(deal.id);
    let mut furthest: Option<(&Rank, StageId)> = None;
    let mut start = None;
    for (at, entry) in entries.iter().enumerate() {
        if entry.since < since {
            start = Some(at);
        }
    }
    let stage = |id: StageId| {
        let id = state.standing(id)?;
        let stage = state.tables.stages.get(id)?;
        (stage.kind == StageKind::Open).then_some(stage)
    };
    let now = stage(deal.placement.stage)?;
    for entry in &entries[start.unwrap_or(0)..] {
        let Some(other) = stage(entry.stage).filter(|s| s.pipeline == now.pipeline) else {
            continue;
        };
        if furthest.is_none_or(|(rank, _)| *rank < other.rank) {
            furthest = Some((&other.rank, other.id));
        }
    }
    let (rank, from) = furthest?;
    (now.rank < *rank).then_some((from, now.id))
}

/// In the first stage of a pipeline one contact is all there can be.
fn is_first_stage(state: &State, deal: &Deal) -> bool {
    let Some(stage) = state.stage_of(deal) else {
        return true;
    };
    let first = state.stages(stage.pipeline);
    first.first().is_some_and(|f| f.id == stage.id)
}

/// Whether what they do gives the deal a worse grade than at the beginning of the time looked at:
/// points then and now. A deal that was not there then has nothing to compare.
fn score_fell(world: &World, ask: &Ask, deal: &Deal) -> Option<Flag> {
    let rules = &world.rules.scores;
    if rules.is_empty() || deal.created >= ask.from - DAY {
        return None;
    }
    let then = Subject::deal(world, deal, ask.from, ask.since);
    let now = Subject::deal(world, deal, ask.now, ask.today);
    let (before, after) = (rules.score(&then)?, rules.score(&now)?);
    let axis = Axis::Engagement;
    let fell = after.grade.engagement > before.grade.engagement
        && after.axis(axis).points < before.axis(axis).points;
    fell.then(|| Flag::ScoreFell(before.axis(axis).points, after.axis(axis).points))
}

#[cfg(test)]
mod tests;
