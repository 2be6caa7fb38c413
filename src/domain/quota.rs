//! What is to be sold, what works on it from outside, and what people said would come.

use super::ids::{CallId, ExternalFactorId, PersonId, PipelineId, QuotaId, TeamId, TerritoryId};
use super::money::Money;
use super::stamp::Millis;
use crate::{entity, record, words};
use chrono::NaiveDate;

words! {
    /// How long a period of planning is.
    Span: "month, quarter or year" {
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// Twelve months.
        Year = "year",
    }
}

impl Span {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
        }
    }

    /// How many months.
    #[must_use]
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

record! {
    /// One step from history to a quota: a share by which it is raised or lowered.
    QuotaFactor {
        /// What it is.
        name: String,
        /// Per mille of what it works on: 1000 leaves it, 1100 raises it by a tenth.
        factor: i64,
        /// Why.
        note: String,
    }
}

entity! {
    /// What somebody is to sell in a period.
    Quota(QuotaId) sets QuotaField {
        /// Who, where it is of one person.
        person / Person: Option<PersonId> = None,
        /// Which team, where it is of a team.
        team / Team: Option<TeamId> = None,
        /// Which territory, where it is of a territory.
        territory / Territory: Option<TerritoryId> = None,
        /// In which pipeline; none means all.
        pipeline / Pipeline: Option<PipelineId> = None,
        /// The first day of the period.
        from / From: Option<NaiveDate> = None,
        /// How long the period is.
        span / Span: Span = Span::Quarter,
        /// How much.
        amount / Amount: Option<Money> = None,
        /// What history alone would suggest.
        base / Base: Option<Money> = None,
        /// How one came from there to the amount.
        factors / Factors: Vec<QuotaFactor> = Vec::new(),
        /// Free text.
        note / Note: String = String::new(),
    }
}

entity! {
    /// Something from outside that works on sales in a time: a season, a fair, a crisis.
    ExternalFactor(ExternalFactorId) sets ExternalFactorField {
        /// Its name.
        name / Name: String = String::new(),
        /// Its first day.
        from / From: Option<NaiveDate> = None,
        /// Its last day.
        to / To: Option<NaiveDate> = None,
        /// Per mille of sales without it: 1000 changes nothing.
        effect / Effect: i64 = 1000,
        /// Where; none means everywhere.
        territory / Territory: Option<TerritoryId> = None,
        /// Why one thinks so.
        note / Note: String = String::new(),
    }
}

entity! {
    /// What somebody said would be sold in a period; never changed afterwards.
    Call(CallId) sets CallField {
        /// Who said so.
        person / Person: Option<PersonId> = None,
        /// Of which team, where it is of a team.
        team / Team: Option<TeamId> = None,
        /// The first day of the period.
        from / From: Option<NaiveDate> = None,
        /// How long the period is.
        span / Span: Span = Span::Quarter,
        /// How much.
        amount / Amount: Option<Money> = None,
        /// How much if all goes well.
        best / Best: Option<Money> = None,
        /// How much for certain.
        commit / Commit: Option<Money> = None,
        /// When it was said, in milliseconds since 1970.
        at / At: Millis = 0,
        /// Why.
        note / Note: String = String::new(),
        /// What was won in the period by then.
        won / Won: Option<Money> = None,
        /// What the open deals of the period were worth, weighted, by then.
        weighted / Weighted: Option<Money> = None,
    }
}
