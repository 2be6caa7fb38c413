//! Commands about quotas, external factors and calls.

use crate::domain::ids::{ExternalFactorId, PersonId, PipelineId, QuotaId, TeamId, TerritoryId};
use crate::domain::money::Money;
use crate::domain::quota::{QuotaFactor, Span};
use chrono::NaiveDate;

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanCommand {
    /// Say what will be sold in a period.
    Call(Box<CallDraft>),
    /// Set a quota, or change one.
    Quota {
        /// Which, unless new.
        id: Option<QuotaId>,
        /// What it is.
        draft: Box<QuotaDraft>,
    },
    /// Write down something from outside that works on sales, or change it.
    Factor {
        /// Which, unless new.
        id: Option<ExternalFactorId>,
        /// What it is.
        draft: Box<FactorDraft>,
    },
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

/// A quota as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaDraft {
    /// Of which person.
    pub person: Option<PersonId>,
    /// Of which team.
    pub team: Option<TeamId>,
    /// Of which territory.
    pub territory: Option<TerritoryId>,
    /// In which pipeline; none means all.
    pub pipeline: Option<PipelineId>,
    /// The first day of the period.
    pub from: NaiveDate,
    /// How long the period is.
    pub span: Span,
    /// How much.
    pub amount: Option<Money>,
    /// What history alone suggested.
    pub base: Option<Money>,
    /// How one came from there to the amount.
    pub factors: Vec<QuotaFactor>,
    /// Free text.
    pub note: String,
}

/// Something from outside, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorDraft {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// Its last day.
    pub to: Option<NaiveDate>,
    /// Per mille of sales without it.
    pub effect: i64,
    /// Where; none means everywhere.
    pub territory: Option<TerritoryId>,
    /// Why one thinks so.
    pub note: String,
}
