//! Rules that score a deal on two axes, fit and engagement, and the criteria of the ideal
//! customer profile.

use super::activity::{ActivityKind, ActivityOutcome, Direction};
use super::ids::{IcpId, ScoreRuleId};
use super::rank::Rank;
use super::rule::{Condition, Op};
use crate::{entity, record, words};

words! {
    /// The axis a rule scores on.
    Axis: "fit or engagement" {
        /// Who they are: demographic and firmographic.
        Fit = "fit",
        /// What they do: replies, meetings, visits; fades with time.
        Engagement = "engagement",
    }
}

impl Axis {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Fit => "Fit",
            Self::Engagement => "Engagement",
        }
    }
}

record! {
    /// The activities an engagement rule counts; none of a part means any.
    Signal {
        /// Of which kind.
        kind: Option<ActivityKind>,
        /// From us or from them.
        direction: Option<Direction>,
        /// With which outcome.
        outcome: Option<ActivityOutcome>,
    }
}

entity! {
    /// One scoring rule.
    ScoreRule(ScoreRuleId) sets ScoreRuleField {
        /// What it is called.
        name / Name: String = String::new(),
        /// On which axis.
        axis / Axis: Axis = Axis::Fit,
        /// Whether it counts at present.
        on / On: bool = true,
        /// What has to hold, all of it.
        conditions / Conditions: Vec<Condition> = Vec::new(),
        /// The activities that count, each one; for engagement.
        signal / Signal: Option<Signal> = None,
        /// Points for each hit; negative ones take away.
        points / Points: i64 = 0,
        /// Days after which an activity counts half.
        half_life / HalfLife: Option<u16> = None,
        /// The most points (without sign) the rule gives to one deal.
        cap / Cap: Option<u32> = None,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}

words! {
    /// What a criterion of the ideal customer profile does.
    IcpPart: "scored, must or exclusion" {
        /// Adds its weight to the fit when met.
        Scored = "scored",
        /// Without it there is no fit.
        Must = "must",
        /// With it there is no fit.
        Exclusion = "exclusion",
    }
}

impl IcpPart {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Scored => "Adds to the fit",
            Self::Must => "Must have",
            Self::Exclusion => "Rules out",
        }
    }
}

entity! {
    /// One criterion of the ideal customer profile.
    IcpCriterion(IcpId) sets IcpField {
        /// What it says, for people; may be empty.
        name / Name: String = String::new(),
        /// What has to hold of the organisation.
        condition / Condition: Box<Condition> = Box::new(Condition { what: String::new(), op: Op::Set, with: Vec::new() }),
        /// Scored, must or exclusion.
        part / Part: IcpPart = IcpPart::Scored,
        /// How much it counts, 1 to 100.
        weight / Weight: u8 = 10,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}
