//! What holds for the whole workspace.

use super::ids::WorkspaceId;
use super::money::Currency;
use super::stamp::Stamp;
use crate::entity;
use chrono::NaiveDate;

/// The one workspace.
pub const WORKSPACE: WorkspaceId = WorkspaceId(0);

entity! {
    /// Settings that belong to the data and travel with it.
    Workspace(WorkspaceId) sets WorkspaceField {
        /// Its name.
        name / Name: String = String::new(),
        /// The currency new deals start with.
        currency / Currency: Currency = Currency::EUR,
        /// Reasons for losing a deal to choose from.
        lost_reasons / LostReasons: Vec<String> = Vec::new(),
        /// Reasons for winning a deal to choose from.
        won_reasons / WonReasons: Vec<String> = Vec::new(),
        /// Reasons for putting a deal aside to choose from.
        hold_reasons / HoldReasons: Vec<String> = Vec::new(),
        /// Sources to choose from.
        sources / Sources: Vec<String> = Vec::new(),
        /// Competitors to choose from.
        competitors / Competitors: Vec<String> = Vec::new(),
        /// The change that brought the sample, while the sample is here.
        sample / Sample: Option<Stamp> = None,
        /// Working days as bits: 1 Monday, 2 Tuesday, … 64 Sunday.
        working_days / WorkingDays: u8 = 0b001_1111,
        /// Days without work.
        holidays / Holidays: Vec<NaiveDate> = Vec::new(),
        /// The most touches a week that cadences plan for one contact; none for no limit.
        touch_limit / TouchLimit: Option<u8> = Some(3),
        /// Points of fit from which on it is an A, a B, a C; below is a D.
        fit_grades / FitGrades: Vec<i64> = vec![75, 50, 25],
        /// Points of engagement from which on it is a 1, a 2, a 3; below is a 4.
        engagement_grades / EngagementGrades: Vec<i64> = vec![75, 50, 25],
    }
}
