//! The win rate.

use super::facts::{Day, Facts, NEVER, NONE, Now, Purse};
use super::period::Period;
use super::select::{Selection, deals};
use super::stats::{Interval, Rate};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::money::{Currency, Sums};

/// Below this many decided deals a rate is shown in grey: its interval spans
/// about a third of all there can be.
pub const FEW: u64 = 30;

/// Below this many no share is told in percent, only in words: one of three.
pub const TOO_FEW: u64 = 10;

/// An open deal without an expected close is old after this many days, where a definition counts
/// such deals against the rate.
pub const OLD_DAYS: i32 = 365;

/// What counts as decided against us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WinRule {
    /// Lost deals.
    #[default]
    Closed,
    /// Lost deals, and open ones that are overdue or old.
    WithOverdue,
}

impl WinRule {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Closed, Self::WithOverdue];

    /// The word for it in saved dashboards.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::WithOverdue => "with_overdue",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Closed => "Won of won and lost",
            Self::WithOverdue => "Overdue and old deals count as not won",
        }
    }

    /// How it is computed.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Closed => "won ÷ (won + lost)",
            Self::WithOverdue => "won ÷ (won + lost + overdue + old)",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Closed => {
                "Deals won, divided by deals won or lost. Open deals and deals on hold do not count."
            }
            Self::WithOverdue => {
                "Deals won, divided by deals won, lost, open past their expected close, or open without one for more than a year."
            }
        }
    }
}

/// Which day of a deal puts it into the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WinBy {
    /// The day it was won or lost.
    #[default]
    Close,
    /// The day it came into the world: a cohort, in which some are not decided yet.
    Creation,
}

impl WinBy {
    /// The word for it in saved dashboards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Creation => "creation",
        }
    }
}

/// What is counted: deals, or what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WinMeasure {
    /// Each deal counts one.
    #[default]
    Count,
    /// Each deal counts its value, in each currency apart.
    Value,
}

impl WinMeasure {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Count, Self::Value];

    /// The word for it in what is kept.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Value => "value",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Count => "By number of deals",
            Self::Value => "By value",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Count => "Each deal counts one.",
            Self::Value => {
                "Each deal counts its value, in each currency apart. A few large deals can decide it; it has no interval."
            }
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct WinQuery {
    /// Of which time.
    pub period: Period,
    /// By which day.
    pub by: WinBy,
    /// What counts against us.
    pub rule: WinRule,
    /// The present: what is overdue or old.
    pub now: Now,
}

/// How one deal counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WinPart {
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Open, and counted as not won.
    Late,
    /// Open or on hold: not decided yet.
    Undecided,
}

impl WinQuery {
    /// How a row counts; none where it is not in the period.
    #[must_use]
    #[inline(always)]
    pub fn part(&self, facts: &Facts, row: usize) -> Option<WinPart> {
        self.counted(facts, row).map(|(part, _)| part)
    }

    /// The same with the day that puts it into the period.
    #[must_use]
    #[inline(always)]
    pub fn counted(&self, facts: &Facts, row: usize) -> Option<(WinPart, Day)> {
        let (part, day) = match facts.status[row] {
            Status::Won => (WinPart::Won, facts.closed[row]),
            Status::Lost => (WinPart::Lost, facts.closed[row]),
            Status::OnHold => (WinPart::Undecided, NEVER),
            Status::Open => match self.late_since(facts, row) {
                Some(day) => (WinPart::Late, day),
                None => (WinPart::Undecided, NEVER),
            },
        };
        let day = match self.by {
            WinBy::Close => day,
            WinBy::Creation => facts.created[row],
        };
        self.period.holds(day).then_some((part, day))
    }

    /// The day since which an open deal counts as not won.
    #[inline(always)]
    fn late_since(&self, facts: &Facts, row: usize) -> Option<i32> {
        let day = match facts.close[row] {
            _ if self.rule == WinRule::Closed => return None,
            NEVER => facts.created[row] + OLD_DAYS,
            close => close,
        };
        (day < self.now.today).then_some(day)
    }

    /// The deals that count as one of these, in order of their ids.
    #[must_use]
    pub fn deals(&self, facts: &Facts, of: &Selection, parts: &[WinPart]) -> Vec<DealId> {
        let hit = |row: &usize| self.part(facts, *row).is_some_and(|p| parts.contains(&p));
        deals(facts, of.rows().filter(hit))
    }
}

/// The win rate of a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WinRate {
    /// Deals won.
    pub won: u64,
    /// Deals lost.
    pub lost: u64,
    /// Open deals that the definition counts as not won.
    pub late: u64,
    /// Of a cohort, deals that are not decided yet; else 0.
    pub undecided: u64,
    /// Σ value won.
    pub won_value: Sums,
    /// Σ value lost, with that of late deals.
    pub lost_value: Sums,
    /// Deals won that have a value, by its currency.
    pub won_valued: Sums,
    /// Decided deals without a value.
    pub unvalued: u64,
}

/// A win rate being counted.
#[derive(Clone, Debug, Default)]
pub(super) struct WinTally {
    counts: [u64; 4],
    won_value: Purse,
    lost_value: Purse,
    won_valued: Purse,
    unvalued: u64,
}

impl WinTally {
    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, part: WinPart, sign: i32) {
        let count = &mut self.counts[part as usize];
        *count = count.saturating_add_signed(sign.into());
        let currency = facts.currency[row];
        let purse = match part {
            WinPart::Won => &mut self.won_value,
            WinPart::Lost | WinPart::Late => &mut self.lost_value,
            WinPart::Undecided => return,
        };
        if currency == NONE {
            self.unvalued = self.unvalued.saturating_add_signed(sign.into());
            return;
        }
        purse.add(currency, i128::from(sign) * i128::from(facts.value[row]));
        if part == WinPart::Won {
            self.won_valued.add(currency, sign.into());
        }
    }

    pub(super) fn read(&self, facts: &Facts) -> WinRate {
        let [won, lost, late, undecided] = self.counts;
        WinRate {
            won,
            lost,
            late,
            undecided,
            won_value: self.won_value.sums(facts),
            lost_value: self.lost_value.sums(facts),
            won_valued: self.won_valued.sums(facts),
            unvalued: self.unvalued,
        }
    }
}

impl WinRate {
    /// Counts.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, query: &WinQuery) -> Self {
        let mut tally = WinTally::default();
        of.each(|row| {
            if let Some(part) = query.part(facts, row) {
                tally.note(facts, row, part, 1);
            }
        });
        tally.read(facts)
    }

    /// Won of decided.
    #[must_use]
    pub fn rate(&self) -> Rate {
        Rate::new(self.won, self.won + self.lost + self.late)
    }

    /// How many it rests on.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.rate().n
    }

    /// The 95 % interval (Wilson).
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.rate().interval()
    }

    /// Whether it rests on too few to be relied on.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.n() < FEW
    }

    /// The share of the value of one currency that was won; none without any.
    #[must_use]
    pub fn value_rate(&self, currency: Currency) -> Option<f64> {
        let (won, lost) = (self.won_value.of(currency), self.lost_value.of(currency));
        (won >= 0 && lost >= 0 && won + lost > 0).then(|| won as f64 / (won + lost) as f64)
    }

    /// Of a cohort: the rate if all that are undecided were lost, and if all were won.
    #[must_use]
    pub fn bounds(&self) -> Option<Interval> {
        let n = self.n() + self.undecided;
        Some(Interval {
            low: Rate::new(self.won, n).value()?,
            high: Rate::new(self.won + self.undecided, n).value()?,
        })
    }
}
