//! What all charts are given: numbers with their words, and how an axis is written.

use super::text;
use std::fmt;
use std::sync::Arc;

/// The same thing said at length and shortly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// For the table and what is shown when pointed at: "€12,000".
    pub full: String,
    /// For the chart itself: "€12k".
    pub short: String,
}

impl Said {
    /// Something that is short enough already.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Self {
        let full = words.into();
        Self {
            short: full.clone(),
            full,
        }
    }
}

/// A number and how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Whole minor units, or a count. Beyond [`super::ticks::LIMIT`] the bar is as long as the axis.
    pub minor: i128,
    /// In words.
    pub said: Said,
}

/// Between which amounts something lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, in the unit of the amount it belongs to.
    pub low: i128,
    /// The upper end.
    pub high: i128,
    /// In words: "48 % to 74 %".
    pub said: String,
}

/// Writes an amount beside an axis.
#[derive(Clone)]
pub struct Write(Arc<dyn Fn(i128) -> String + Send + Sync>);

impl Write {
    /// By a function of the amount in minor units.
    #[must_use]
    pub fn new(write: impl Fn(i128) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    /// An amount in words, on one line.
    pub(super) fn of(&self, minor: i128) -> String {
        text::one_line(&(self.0)(minor))
    }
}

/// Writes the bare number.
impl Default for Write {
    fn default() -> Self {
        Self::new(|minor| minor.to_string())
    }
}

impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write")
    }
}

/// Two are the same when they are the same function, not when they write the same.
impl PartialEq for Write {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What an axis measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// What it is called: "Value".
    pub name: String,
    /// The least step between ticks: 1 for counts, 100 for cents shown in whole units.
    pub least_step: i128,
    /// Whether the axis begins at zero even if no amount is near it. Bars always do.
    pub from_zero: bool,
    /// How a tick reads.
    pub write: Write,
}

/// What a chart is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in a sentence or two.
    pub summary: String,
    /// What is said in its place when there is nothing to draw, and when something will be.
    /// When empty: [`NOTHING`].
    pub nothing: String,
}

/// What is said when there is nothing to draw and the caller has no words of its own for it.
pub const NOTHING: &str = "Nothing to show yet.";

/// The least and the greatest of some amounts; with zero among them where `zero` says so.
pub(super) fn span(amounts: impl Iterator<Item = i128>, zero: bool) -> (i128, i128) {
    let start = zero.then_some((0, 0));
    let grow = |span: Option<(i128, i128)>, n: i128| {
        Some(span.map_or((n, n), |(low, high)| (low.min(n), high.max(n))))
    };
    amounts.fold(start, grow).unwrap_or((0, 0))
}

/// An amount no larger than an axis tells apart, so that sums of many stay within 128 bits.
pub(super) fn kept(minor: i128) -> i128 {
    minor.clamp(-super::ticks::LIMIT, super::ticks::LIMIT)
}

/// "45" of "n 45": the name stands beside it already.
pub(super) fn bare(n: &str) -> String {
    let n = n.strip_prefix("n").unwrap_or(n);
    n.trim_start_matches([' ', '=', '\u{a0}']).to_owned()
}
