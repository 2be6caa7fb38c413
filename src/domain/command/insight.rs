//! Commands about campaigns, rates, reasons, interviews and dashboards.

use crate::domain::ids::{CampaignId, ContactId, DealId, InterviewId, PersonId, RateId};
use crate::domain::money::{Currency, Money};
use chrono::NaiveDate;

/// All the form of a campaign holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignDraft {
    /// Its name.
    pub name: String,
    /// The source it belongs to.
    pub source: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// Its last day.
    pub to: Option<NaiveDate>,
    /// What it cost altogether.
    pub cost: Option<Money>,
    /// What it is.
    pub description: String,
    /// Who runs it.
    pub owner: Option<PersonId>,
}

/// All the form of a rate holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDraft {
    /// Of which currency.
    pub of: Currency,
    /// In which.
    pub to: Currency,
    /// How much of the other one unit is worth, in millionths.
    pub worth: i64,
    /// From which day on; none for always.
    pub on: Option<NaiveDate>,
    /// Where it is from.
    pub note: String,
}

/// All the form of an interview holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewDraft {
    /// About which deal.
    pub deal: DealId,
    /// With whom.
    pub contact: Option<ContactId>,
    /// Who asked.
    pub by: Option<PersonId>,
    /// When; none for today.
    pub on: Option<NaiveDate>,
    /// What decided it.
    pub decided: String,
    /// What we did well.
    pub well: String,
    /// What we should do better.
    pub better: String,
    /// Anything more.
    pub notes: String,
}

impl InterviewDraft {
    /// An empty form about a deal.
    #[must_use]
    pub fn new(deal: DealId) -> Self {
        Self {
            deal,
            contact: None,
            by: None,
            on: None,
            decided: String::new(),
            well: String::new(),
            better: String::new(),
            notes: String::new(),
        }
    }
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightCommand {
    /// Make a campaign (`id` none) or change one.
    SaveCampaign {
        /// The campaign, unless new.
        id: Option<CampaignId>,
        /// What it says.
        draft: Box<CampaignDraft>,
    },
    /// Make a rate (`id` none) or change one.
    SaveRate {
        /// The rate, unless new.
        id: Option<RateId>,
        /// What it says.
        draft: Box<RateDraft>,
    },
    /// Write down an interview (`id` none) or change one.
    SaveInterview {
        /// The interview, unless new.
        id: Option<InterviewId>,
        /// What was said.
        draft: Box<InterviewDraft>,
    },
}
