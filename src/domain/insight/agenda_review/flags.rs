//! What can be said of a deal in a review, and under which heading.

use crate::domain::ids::StageId;
use crate::domain::money::Money;
use crate::domain::stamp::Millis;
use chrono::NaiveDate;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $label:literal;)*) => {
        /// The headings of an agenda, in their order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Section { $($(#[$doc])* $name),* }

        impl Section {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As a review keeps it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The heading.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

sections! {
    /// Won since last time: to celebrate first.
    Won = "won", "Won";
    /// Lost since last time.
    Lost = "lost", "Lost";
    /// Put on hold since last time.
    Held = "held", "Put on hold";
    /// New since last time.
    New = "new", "New";
    /// Expected to close later than last time.
    Pushed = "pushed", "Pushed";
    /// Expected to close earlier than last time.
    Pulled = "pulled", "Pulled in";
    /// Worth more or less than last time.
    Value = "value", "Value changed";
    /// Moved back to an earlier stage.
    Back = "back", "Moved back";
    /// Nothing happened for longer than the stage allows.
    Stale = "stale", "Gone quiet";
    /// The expected close is past.
    Overdue = "overdue", "Past its close date";
    /// Nothing is planned.
    NoStep = "no_step", "No next step";
    /// Known to one contact or none.
    Single = "single", "Single-threaded";
    /// Moved past unmet criteria.
    Overridden = "overridden", "Gate overridden";
    /// Among the largest.
    Large = "large", "Large";
    /// Scores less than last time, or is less qualified than its stage asks.
    Weaker = "weaker", "Weaker or not qualified";
}

impl Section {
    /// The heading of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }
}

/// One thing to be said of a deal, with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Won on a day, for a reason that may be empty.
    Won(NaiveDate, String),
    /// Lost on a day, for a reason and to a competitor, which both may be empty.
    Lost(NaiveDate, String, String),
    /// Put on hold on a day, for a reason that may be empty.
    Held(NaiveDate, String),
    /// Made at a moment.
    New(Millis),
    /// Expected to close later: from, to, how often it was put later in all.
    Pushed(NaiveDate, NaiveDate, usize),
    /// Expected to close earlier: from, to.
    Pulled(NaiveDate, NaiveDate),
    /// Worth more or less: from, to.
    Value(Money, Money),
    /// Moved back: from, to.
    Back(StageId, StageId),
    /// Days without a sign of life, and what its stage allows.
    Stale(u32, u16),
    /// Expected to have closed on a day.
    Overdue(NaiveDate),
    /// Nothing is planned.
    NoStep,
    /// With how many contacts.
    Single(usize),
    /// Moved past unmet criteria: to which stage, why, how many were unmet.
    Overridden(StageId, String, usize),
    /// Which one by value, from 1, of how many open ones in its currency.
    Large(usize, usize),
    /// Its engagement fell a grade: points then and now.
    ScoreFell(i64, i64),
    /// Percent known, percent asked for, how many questions lack an answer.
    Gap(u8, u8, usize),
}

impl Flag {
    /// Under which heading it belongs.
    #[must_use]
    pub fn section(&self) -> Section {
        match self {
            Self::Won(..) => Section::Won,
            Self::Lost(..) => Section::Lost,
            Self::Held(..) => Section::Held,
            Self::New(..) => Section::New,
            Self::Pushed(..) => Section::Pushed,
            Self::Pulled(..) => Section::Pulled,
            Self::Value(..) => Section::Value,
            Self::Back(..) => Section::Back,
            Self::Stale(..) => Section::Stale,
            Self::Overdue(..) => Section::Overdue,
            Self::NoStep => Section::NoStep,
            Self::Single(..) => Section::Single,
            Self::Overridden(..) => Section::Overridden,
            Self::Large(..) => Section::Large,
            Self::ScoreFell(..) | Self::Gap(..) => Section::Weaker,
        }
    }
}
