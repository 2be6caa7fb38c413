//! Commands about quotas, external factors and calls.

use crate::domain::ids::{PersonId, TeamId};
use crate::domain::money::Money;
use crate::domain::quota::Span;
use chrono::NaiveDate;

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanCommand {
    /// Say what will be sold in a period.
    Call(Box<CallDraft>),
}

/// What somebody says will be sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallDraft {
    /// Who says so.
    pub person: Option<PersonId>,
    /// Of which team, where it is of a team.
    pub team: Option<TeamId>,
    /// The first day of the period.
    pub from: NaiveDate,
    /// How long the period is.
    pub span: Span,
    /// How much in all, what is won already included.
    pub amount: Option<Money>,
    /// How much if all goes well.
    pub best: Option<Money>,
    /// How much for certain.
    pub commit: Option<Money>,
    /// Why.
    pub note: String,
    /// What is won in the period by now.
    pub won: Option<Money>,
    /// Won and weighted, by now.
    pub weighted: Option<Money>,
}
