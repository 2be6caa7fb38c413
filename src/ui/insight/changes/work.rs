//! What happened, worked out from the trails.

use crate::domain::deal::Status;
use crate::domain::forecast::months::Ahead;
use crate::domain::ids::{DealId, IdSet};
use crate::domain::insight::lens::Lens;
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::slice::{Dimension, filtered, was};
use crate::domain::insight::trail::Standing;
use crate::domain::insight::waterfall::{Look, StepKind, Waterfall, Window, waterfall};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::state::State;
use crate::ui::fmt;
use crate::ui::insight::data::Insight;
use crate::words;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

words! {
    /// Which deals count, by their expected close.
    Closing: "an expected close" {
        /// All open ones.
        Any = "any",
        /// Those that close within the time looked at.
        Within = "within",
        /// Those that close in the fiscal quarter that runs.
        ThisQuarter = "this_quarter",
        /// Those that close in the one after it.
        NextQuarter = "next_quarter",
    }
}

impl Closing {
    /// The words shown to people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Any => "At any time",
            Self::Within => "In the time chosen above",
            Self::ThisQuarter => "This quarter",
            Self::NextQuarter => "Next quarter",
        }
    }

    fn days(self, period: Period, today: NaiveDate, fiscal: u8) -> Option<(NaiveDate, NaiveDate)> {
        let quarter = Period::quarter_of(today, fiscal);
        let days = match self {
            Self::Any => return None,
            Self::Within => period,
            Self::ThisQuarter => quarter,
            Self::NextQuarter => Ahead::NextQuarter.days(today, fiscal),
        };
        Some((days.from(), days.to()))
    }
}

/// What happened to the deals looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Fall {
    /// The steps.
    pub waterfall: Waterfall,
    /// How amounts of several currencies were added up, in a sentence; empty where all are in one.
    pub summed: String,
}

impl Fall {
    /// Whether nothing was open and nothing happened.
    pub fn is_empty(&self) -> bool {
        let w = &self.waterfall;
        w.began.is_empty() && w.ended.is_empty() && w.steps.is_empty()
    }

    /// The kinds of steps there are, in their order.
    pub fn kinds(&self) -> Vec<StepKind> {
        let has = |kind: &&StepKind| self.waterfall.steps.iter().any(|s| s.kind == **kind);
        StepKind::ALL.iter().filter(has).copied().collect()
    }

    /// The currencies there are amounts in.
    pub fn currencies(&self) -> Vec<Currency> {
        let w = &self.waterfall;
        let steps = w.steps.iter().filter_map(|s| s.amount).map(|m| m.currency);
        let sums = w
            .start
            .iter()
            .chain(w.end.iter())
            .map(|(currency, _)| currency);
        let mut all: Vec<Currency> = steps.chain(sums).collect();
        all.order();
        all.dedup();
        all
    }

    /// How a deal stood at the start and at the end.
    pub fn stood(&self, deal: DealId) -> (Option<Standing>, Option<Standing>) {
        let stood = &self.waterfall.stood;
        let at = stood.binary_search_by_key(&deal, |(id, ..)| *id);
        at.map_or((None, None), |at| (stood[at].1, stood[at].2))
    }
}

/// Whether the time looked at is still to come.
pub fn is_to_come(insight: Insight) -> bool {
    let today = insight.store.tick().today;
    insight.lens.with(|lens| lens.period.from() > today)
}

/// What happened in the time looked at; none while the log is being read.
pub fn falls(insight: Insight, closing: Closing) -> Option<Fall> {
    insight.track();
    let lens = insight.lens.get();
    let store = insight.store;
    let today = store.tick().today;
    let window = window(insight, lens.period, closing, today);
    let facts = insight.facts.get().0;
    store.with(|s| {
        let state = &s.world().state;
        let sliced = lens.slice.as_ref().map(|(by, key)| {
            let all = Selection::all(&facts);
            let found = filtered(s.world(), &facts, &all, &[(*by, vec![key.clone()])]);
            found.deals(&facts).into_iter().collect::<IdSet<DealId>>()
        });
        let belongs =
            |id: DealId, standing: &Standing| admits(state, &lens, sliced.as_ref(), id, standing);
        between(insight, lens.period, window, &belongs)
    })
}

/// What happened in a time to some deals, whatever they were then, or to all; none while the log is
/// being read.
pub fn fall_of(insight: Insight, period: Period, only: Option<&IdSet<DealId>>) -> Option<Fall> {
    insight.track();
    let today = insight.store.tick().today;
    let window = window(insight, period, Closing::Any, today);
    between(insight, period, window, &|id, _| {
        only.is_none_or(|ids| ids.contains(&id))
    })
}

fn between(
    insight: Insight,
    period: Period,
    window: Window,
    belongs: &dyn Fn(DealId, &Standing) -> bool,
) -> Option<Fall> {
    let trails = insight.trails.get()?.0;
    let exchange = insight.exchange.get();
    let store = insight.store;
    let end = period.to().min(store.tick().today);
    store.with(|s| {
        let state = &s.world().state;
        // One day's rate for both ends: what the rates did is not what the deals did.
        let (converts, apart) = (Cell::new(false), RefCell::new(Vec::new()));
        let worth = |money: Money| {
            let (shown, stays, converted) = exchange.shown(money, end);
            converts.set(converts.get() || converted);
            if stays && !apart.borrow().contains(&shown.currency) {
                apart.borrow_mut().push(shown.currency);
            }
            shown
        };
        let look = Look {
            belongs,
            worth: &worth,
        };
        let deals = state.tables.deals.rows().map(|(id, _)| id);
        let waterfall = waterfall(&trails, deals, window, &look);
        let mut fall = Fall {
            waterfall,
            summed: String::new(),
        };
        fall.summed = match exchange.reporting {
            Some(to) => rates_words(to, converts.get(), apart.into_inner(), end),
            None => apart_words(&fall.currencies()),
        };
        Some(fall)
    })
}

/// Codes as in a sentence: "EUR and USD".
fn codes(all: &[Currency]) -> String {
    let all: Vec<&str> = all.iter().map(Currency::as_str).collect();
    all.join(" and ")
}

fn apart_words(all: &[Currency]) -> String {
    match all.len() {
        0 | 1 => String::new(),
        _ => format!("{} stay apart: no reporting currency is set.", codes(all)),
    }
}

/// By which rates amounts were converted, and which were not.
fn rates_words(to: Currency, converts: bool, mut apart: Vec<Currency>, day: NaiveDate) -> String {
    let day = fmt::date(day);
    let mut words = Vec::new();
    if converts {
        words.push(format!(
            "Amounts in other currencies are converted to {to}, at both ends by the rate of {day}: what rates did in between is nothing that deals did."
        ));
    }
    if !apart.is_empty() {
        apart.order();
        words.push(format!(
            "Amounts in {} stay apart: there is no rate to {to} for {day}.",
            codes(&apart)
        ));
    }
    words.join(" ")
}

fn window(insight: Insight, period: Period, closing: Closing, today: NaiveDate) -> Window {
    let store = insight.store;
    let fiscal = store.with(|s| s.world().state.workspace().fiscal_month);
    let first = period.from();
    let from = match first.checked_sub_days(Days::new(1)) {
        Some(before) if first != NaiveDate::MIN => store.end_of(before),
        _ => i64::MIN,
    };
    Window {
        from,
        to: store.end_of(period.to().min(today)),
        closing: closing.days(period, today, fiscal),
    }
}

/// Whether deals are known by a dimension as they are now, because the log does not say how it was.
pub fn is_of_now(insight: Insight, by: Dimension) -> bool {
    let then = Standing::default();
    insight
        .store
        .with(|s| was(&s.world().state, by, "", &then).is_none())
}

/// Whether a deal belongs to what is looked at, by its pipeline, stage and owner of then; what the
/// log does not say of then, it is known by as it is now.
fn admits(
    state: &State,
    lens: &Lens,
    sliced: Option<&IdSet<DealId>>,
    id: DealId,
    standing: &Standing,
) -> bool {
    let stage = standing
        .stage
        .and_then(|stage| state.tables.stages.row(stage));
    let pipeline = lens
        .pipeline
        .is_none_or(|wanted| stage.is_some_and(|stage| stage.entity.pipeline == wanted));
    let owner = (lens.owners.as_ref())
        .is_none_or(|owners| standing.owner.is_some_and(|owner| owners.contains(&owner)));
    let slice = lens.slice.as_ref();
    let then = slice.and_then(|(by, key)| was(state, *by, key, standing));
    let now = || sliced.is_none_or(|ids| ids.contains(&id));
    pipeline && owner && then.unwrap_or_else(now)
}

/// The word for how a deal stands, where it is not open.
pub fn status_word(standing: &Standing) -> Option<&'static str> {
    (standing.status() != Status::Open).then(|| standing.status().label())
}
