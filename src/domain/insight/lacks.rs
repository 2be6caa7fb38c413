//! What open deals lack: the health of a pipeline, told by what can be put right today.

use super::facts::{Facts, NEVER, NONE, Now};
use super::select::{Selection, deals};
use super::stats::Rate;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;

/// Something an open deal should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is planned from today on.
    NextStep,
    /// No expected close.
    Close,
    /// Its expected close is over.
    Overdue,
    /// No value.
    Value,
    /// Nobody's.
    Owner,
    /// Without a customer.
    Organisation,
}

impl Lack {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::NextStep,
        Self::Overdue,
        Self::Close,
        Self::Value,
        Self::Owner,
        Self::Organisation,
    ];

    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NextStep => "No next step",
            Self::Close => "No expected close",
            Self::Overdue => "Expected close is past",
            Self::Value => "No value",
            Self::Owner => "No owner",
            Self::Organisation => "No organisation",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NextStep => "Open deals for which nothing is planned today or later.",
            Self::Close => "Open deals without an expected close: no forecast can count them.",
            Self::Overdue => "Open deals whose expected close was before today.",
            Self::Value => "Open deals without a value: no sum can count them.",
            Self::Owner => "Open deals that are nobody's.",
            Self::Organisation => "Open deals without an organisation.",
        }
    }

    /// Whether a row lacks it, whatever its status.
    #[must_use]
    pub fn is_of(self, facts: &Facts, row: usize, now: Now) -> bool {
        match self {
            Self::NextStep => facts.planned.of(row).iter().all(|day| *day < now.today),
            Self::Close => facts.close[row] == NEVER,
            Self::Overdue => facts.close[row] != NEVER && facts.close[row] < now.today,
            Self::Value => facts.currency[row] == NONE,
            Self::Owner => facts.owner[row] == NONE,
            Self::Organisation => facts.organisation[row] == NONE,
        }
    }

    /// The share of open deals that lack it.
    #[must_use]
    pub fn among(self, facts: &Facts, of: &Selection, now: Now) -> Rate {
        let (mut lacking, mut open) = (0, 0);
        of.each(|row| {
            if facts.status[row] == Status::Open {
                open += 1;
                lacking += u64::from(self.is_of(facts, row, now));
            }
        });
        Rate::new(lacking, open)
    }

    /// The open deals that lack it, in order of their ids.
    #[must_use]
    pub fn deals(self, facts: &Facts, of: &Selection, now: Now) -> Vec<DealId> {
        let hit = |row: &usize| facts.status[*row] == Status::Open && self.is_of(facts, *row, now);
        deals(facts, of.rows().filter(hit))
    }
}
