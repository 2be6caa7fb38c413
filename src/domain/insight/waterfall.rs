//! What changed in the pipeline between two times: from its value at the start, through what
//! came, grew, shrank and went, to its value at the end. The steps sum exactly, because each
//! deal's are made of its two values in whole minor units.
//!
//! The steps are those of Salesforce's and Atrium's change reports (start, new, pulled in,
//! increased, decreased, pushed out, won, lost, end), with what those leave out: taken up again,
//! moved in and out of what is looked at, put aside.

use super::trail::{Standing, Trail, Trails};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::money::{Money, Sums};
use crate::domain::stamp::Millis;
use crate::words;
use chrono::NaiveDate;

words! {
    /// What happened to a deal.
    StepKind: "a step of a waterfall" {
        /// It came into the world.
        New = "new",
        /// It was closed, put aside or removed before, and is open again.
        Reopened = "reopened",
        /// It belongs to what is looked at only now: another owner, pipeline or stage.
        MovedIn = "moved_in",
        /// Its expected close came into the period.
        PulledIn = "pulled_in",
        /// It is worth more.
        Increased = "increased",
        /// It is worth less.
        Decreased = "decreased",
        /// Its expected close left the period.
        PushedOut = "pushed_out",
        /// It no longer belongs to what is looked at.
        MovedOut = "moved_out",
        /// It was put on hold or removed.
        PutAside = "put_aside",
        /// It was won.
        Won = "won",
        /// It was lost.
        Lost = "lost",
    }
}

impl StepKind {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Reopened => "Taken up again",
            Self::MovedIn => "Moved in",
            Self::PulledIn => "Pulled in",
            Self::Increased => "Increased",
            Self::Decreased => "Decreased",
            Self::PushedOut => "Pushed out",
            Self::MovedOut => "Moved out",
            Self::PutAside => "Put aside",
            Self::Won => "Won",
            Self::Lost => "Lost",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::New => "Deals made after the start.",
            Self::Reopened => {
                "Deals that were closed, on hold or removed at the start and are open at the end."
            }
            Self::MovedIn => "Deals that came to the owner, pipeline or stage looked at.",
            Self::PulledIn => "Deals whose expected close came into the period.",
            Self::Increased => "What deals are worth more than at the start.",
            Self::Decreased => "What deals are worth less than at the start.",
            Self::PushedOut => "Deals whose expected close left the period.",
            Self::MovedOut => "Deals that went to another owner, pipeline or stage.",
            Self::PutAside => "Deals put on hold or removed.",
            Self::Won => "Deals won, at what they were worth then.",
            Self::Lost => "Deals lost, at what they were worth then.",
        }
    }
}

/// One step of one deal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// Which deal.
    pub deal: DealId,
    /// What happened.
    pub kind: StepKind,
    /// How much came (positive) or went (negative); none for a deal without a value.
    pub amount: Option<Money>,
}

/// Which times are compared, and which deals count.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The start, in milliseconds since 1970.
    pub from: Millis,
    /// The end, in milliseconds since 1970; not before the start.
    pub to: Millis,
    /// Only deals expected to close between these days, both included; none means all.
    pub closing: Option<(NaiveDate, NaiveDate)>,
}

impl Window {
    fn holds(&self, day: Option<NaiveDate>) -> bool {
        match self.closing {
            None => true,
            Some((from, to)) => day.is_some_and(|day| from <= day && day <= to),
        }
    }
}

/// What is asked of each deal.
pub struct Look<'a> {
    /// Whether it belongs to what is looked at, as it stood then.
    pub belongs: &'a dyn Fn(DealId, &Standing) -> bool,
    /// What an amount is worth in the currency shown; the same amount where sums stay apart.
    pub worth: &'a dyn Fn(Money) -> Money,
}

/// The pipeline's way from a start to an end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waterfall {
    /// Σ value of the deals open at the start.
    pub start: Sums,
    /// Σ value of the deals open at the end.
    pub end: Sums,
    /// The deals open at the start.
    pub began: Vec<DealId>,
    /// The deals open at the end.
    pub ended: Vec<DealId>,
    /// What happened in between, by kind, then deal.
    pub steps: Vec<Step>,
    /// How each deal with a step stood at the start and at the end, in order of their ids.
    pub stood: Vec<(DealId, Option<Standing>, Option<Standing>)>,
}

impl Waterfall {
    /// Σ of the steps of a kind.
    #[must_use]
    pub fn total(&self, kind: StepKind) -> Sums {
        let mut sum = Sums::default();
        for step in self.steps.iter().filter(|step| step.kind == kind) {
            if let Some(money) = step.amount {
                sum.add(money.currency, i128::from(money.minor));
            }
        }
        sum
    }

    /// The deals of a kind of step, each once.
    #[must_use]
    pub fn deals(&self, kind: StepKind) -> Vec<DealId> {
        let steps = self.steps.iter().filter(|step| step.kind == kind);
        let mut deals: Vec<DealId> = steps.map(|step| step.deal).collect();
        deals.dedup();
        deals
    }
}

/// The way of all these deals.
#[must_use]
pub fn waterfall(
    trails: &Trails,
    deals: impl IntoIterator<Item = DealId>,
    window: Window,
    look: &Look,
) -> Waterfall {
    let mut fall = Waterfall::default();
    let mut deals: Vec<DealId> = deals.into_iter().collect();
    deals.sort_unstable();
    // In order of their ids, so that only kinds are left to put in order.
    let mut kinds = vec![Vec::new(); StepKind::ALL.len()];
    for deal in deals {
        one(&mut fall, deal, trails, window, look);
        for step in fall.steps.drain(..) {
            kinds[step.kind as usize].push(step);
        }
    }
    fall.steps = kinds.concat();
    fall
}

fn one(fall: &mut Waterfall, deal: DealId, trails: &Trails, window: Window, look: &Look) {
    let before = trails.at(deal, window.from);
    let after = trails.at(deal, window.to);
    let open = |s: &Option<Standing>| s.filter(|s| s.status() == Status::Open);
    let inside = |s: &Standing| (look.belongs)(deal, s) && window.holds(s.close);
    let was = open(&before).filter(inside);
    let is = open(&after).filter(inside);
    let worth = |s: &Standing| s.value.map(look.worth);
    let mut step = |kind, amount: Option<Money>, sign: i64| {
        let amount = amount.map(|m| Money::new(sign.saturating_mul(m.minor), m.currency));
        fall.steps.push(Step { deal, kind, amount });
    };
    // What it was worth when it left; where it is gone, what it was worth before.
    let last = after.or(before);
    let leaving = match (&was, &is) {
        (_, Some(_)) => None,
        (Some(_), None) => Some(left(after.as_ref(), deal, window, look)),
        // Came and was closed in between.
        (None, None) => after
            .filter(|s| closed(s).is_some() && (look.belongs)(deal, s))
            .filter(|_| closed_within(&trails.of(deal), window))
            .and_then(|s| closed(&s)),
    };
    match (&was, &is, leaving) {
        (None, None, None) => return,
        (Some(then), _, _) => {
            let now = is.or(last).unwrap_or(*then);
            let (a, b) = (worth(then), worth(&now));
            match (a, b) {
                (Some(a), Some(b)) if a.currency == b.currency => {
                    let more = Money::new(b.minor.saturating_sub(a.minor), a.currency);
                    match more.minor {
                        0 => {}
                        n if n > 0 => step(StepKind::Increased, Some(more), 1),
                        _ => step(StepKind::Decreased, Some(more), 1),
                    }
                }
                (a, b) => {
                    if a.is_some() {
                        step(StepKind::Decreased, a, -1);
                    }
                    if b.is_some() {
                        step(StepKind::Increased, b, 1);
                    }
                }
            }
            if let Some(kind) = leaving {
                step(kind, b, -1);
            }
        }
        (None, _, _) => {
            let now = is.or(last).unwrap_or_default();
            step(came(before.as_ref(), deal, window, look), worth(&now), 1);
            if let Some(kind) = leaving {
                step(kind, worth(&now), -1);
            }
        }
    }
    if !fall.steps.is_empty() {
        fall.stood.push((deal, before, after));
    }
    let count = |sum: &mut Sums, list: &mut Vec<DealId>, s: &Standing| {
        if let Some(money) = worth(s) {
            sum.add(money.currency, i128::from(money.minor));
        }
        list.push(deal);
    };
    if let Some(was) = was {
        count(&mut fall.start, &mut fall.began, &was);
    }
    if let Some(is) = is {
        count(&mut fall.end, &mut fall.ended, &is);
    }
}

/// Why a deal is among them now that was not.
fn came(before: Option<&Standing>, deal: DealId, window: Window, look: &Look) -> StepKind {
    match before {
        None => StepKind::New,
        Some(then) if then.status() != Status::Open => StepKind::Reopened,
        Some(then) if !(look.belongs)(deal, then) => StepKind::MovedIn,
        Some(then) if !window.holds(then.close) => StepKind::PulledIn,
        Some(_) => StepKind::New,
    }
}

/// Why a deal is no longer among them.
fn left(after: Option<&Standing>, deal: DealId, window: Window, look: &Look) -> StepKind {
    let Some(now) = after else {
        return StepKind::PutAside;
    };
    if let Some(kind) = closed(now) {
        return kind;
    }
    match now.status() {
        Status::OnHold => StepKind::PutAside,
        _ if !(look.belongs)(deal, now) => StepKind::MovedOut,
        _ if !window.holds(now.close) => StepKind::PushedOut,
        _ => StepKind::MovedOut,
    }
}

fn closed(now: &Standing) -> Option<StepKind> {
    match now.status() {
        Status::Won => Some(StepKind::Won),
        Status::Lost => Some(StepKind::Lost),
        Status::Open | Status::OnHold => None,
    }
}

/// Whether the deal was closed after the start and until the end, on a day of the period.
fn closed_within(trail: &Trail, window: Window) -> bool {
    use super::trail::Event;
    let last = trail
        .events
        .iter()
        .rev()
        .find_map(|(at, event)| match event {
            Event::Status(status) if *at <= window.to => Some((*at, *status)),
            _ => None,
        });
    let Some((at, Status::Won | Status::Lost)) = last else {
        return false;
    };
    let day = chrono::DateTime::from_timestamp_millis(at).map(|t| t.date_naive());
    at > window.from && window.holds(day)
}
