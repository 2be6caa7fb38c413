//! What brought deals in and what that cost, why deals were won and lost, and what one currency
//! is worth in another.

use super::ids::{CampaignId, ContactId, DealId, InterviewId, PersonId, RateId};
use super::money::{Currency, Money};
use crate::entity;
use chrono::NaiveDate;

entity! {
    /// Something done to bring deals in, or what a source cost in a time.
    Campaign(CampaignId) sets CampaignField {
        /// Its name.
        name / Name: String = String::new(),
        /// The source it belongs to, as deals have it.
        source / Source: String = String::new(),
        /// Its first day.
        from / From: Option<NaiveDate> = None,
        /// Its last day.
        to / To: Option<NaiveDate> = None,
        /// What it cost altogether.
        cost / Cost: Option<Money> = None,
        /// What it is.
        description / Description: String = String::new(),
        /// Who runs it.
        owner / Owner: Option<PersonId> = None,
    }
}

entity! {
    /// What a customer said after a deal was won or lost.
    Interview(InterviewId) sets InterviewField {
        /// About which deal.
        deal / Deal: Option<DealId> = None,
        /// With whom.
        contact / Contact: Option<ContactId> = None,
        /// Who asked.
        by / By: Option<PersonId> = None,
        /// The civil date.
        on / On: Option<NaiveDate> = None,
        /// What decided it, in their words.
        decided / Decided: String = String::new(),
        /// What we did well.
        well / Well: String = String::new(),
        /// What we should do better.
        better / Better: String = String::new(),
        /// Anything more.
        notes / Notes: String = String::new(),
    }
}

entity! {
    /// What one unit of a currency was worth in another from a day on.
    Rate(RateId) sets RateField {
        /// Of which currency.
        of / Of: Currency = Currency::EUR,
        /// In which.
        in_currency / In: Currency = Currency::EUR,
        /// How much of the other one unit is worth, in millionths: 1,250,000 is 1.25; more
        /// than 0. A whole number, so that a sum comes out the same everywhere.
        worth / Worth: i64 = 1_000_000,
        /// From which civil date on.
        on / On: Option<NaiveDate> = None,
        /// Where it is from.
        note / Note: String = String::new(),
    }
}
