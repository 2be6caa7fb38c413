//! What a column can mean.

use super::holds::Holds;
use std::fmt;

/// What a column means. Which of them a file can have depends on what it holds
/// ([`Holds::targets`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Target {
    /// What is being sold, or the line of an activity.
    Title,
    /// A name, whole.
    Name,
    /// A given name.
    FirstName,
    /// A family name.
    LastName,
    /// What a contact does.
    JobTitle,
    /// The customer.
    Organisation,
    /// Contacts, several with `;` between them.
    Contacts,
    /// Who of the own team.
    Owner,
    /// Products, several with `;` between them.
    Products,
    /// What a deal is worth.
    Value,
    /// The currency of the row's amounts.
    Currency,
    /// Where the deal stands.
    Stage,
    /// In which pipeline that is.
    Pipeline,
    /// Open, won, lost or on hold.
    Status,
    /// Expected close while open, real close once closed.
    CloseDate,
    /// Expected close only.
    ExpectedClose,
    /// Real close only.
    ClosedOn,
    /// Why won, lost or put aside.
    Reason,
    /// More about that.
    ClosingNote,
    /// Who else was in it.
    Competitor,
    /// When the record came into the world.
    Created,
    /// When work on the deal began: the entry into the stage it is, or was, worked in.
    Engaged,
    /// When the deal entered the stage it stands in.
    StageSince,
    /// When the deal entered the stage that the heading names (`Date entered Proposal`).
    EnteredStage,
    /// All stage entries in one cell, as our own export writes them.
    StageHistory,
    /// The place in the column, a whole number.
    Place,
    /// The deal's own chance to win.
    Probability,
    /// The owner's call.
    Category,
    /// Where it came from.
    Source,
    /// Labels, several with `;` or `,` between them.
    Tags,
    /// The next thing to do.
    NextStep,
    /// When that is due.
    NextStepDue,
    /// Free text.
    Description,
    /// The id in the other system.
    ExternalId,
    /// The id a Fairlead export gave.
    FairleadId,
    /// Internet address.
    Website,
    /// Industry or sector.
    Industry,
    /// How many people work there.
    Employees,
    /// Revenue a year.
    Revenue,
    /// Year of foundation.
    Founded,
    /// City, country, address.
    Location,
    /// The organisation it belongs to.
    Parent,
    /// E-mail addresses.
    Emails,
    /// Telephone numbers.
    Phones,
    /// Who leads a member of the team.
    Manager,
    /// Office or region.
    Office,
    /// Line of products.
    Series,
    /// List price.
    Price,
    /// Call, meeting, task…
    Kind,
    /// The deal an activity is for, by title or by the other system's id.
    Deal,
    /// When an activity is due.
    Due,
    /// At what time.
    DueTime,
    /// Whether it is done.
    Done,
    /// When it was done.
    DoneOn,
    /// New business, renewal, upsell or cross-sell.
    SaleKind,
    /// When what was sold is up for renewal.
    Renewal,
    /// Article number.
    Code,
    /// How often a price recurs.
    Period,
}

/// How the cells of a column are read, which decides what a person can choose for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// As it stands.
    Text,
    /// As a date or a point in time.
    Date,
    /// As an amount of money.
    Money,
    /// As a number.
    Number,
}

impl Target {
    /// The word for it in choices and messages.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// A word without blanks, for the page's form controls.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// The one with this code, among those a file can have.
    #[must_use]
    pub fn from_code(holds: Holds, code: &str) -> Option<Self> {
        holds.targets().iter().copied().find(|t| t.code() == code)
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("title", "Title"),
            Self::Name => ("name", "Name"),
            Self::FirstName => ("first_name", "First name"),
            Self::LastName => ("last_name", "Last name"),
            Self::JobTitle => ("job_title", "Job title"),
            Self::Organisation => ("organisation", "Organisation"),
            Self::Contacts => ("contacts", "Contacts"),
            Self::Owner => ("owner", "Owner"),
            Self::Products => ("products", "Products"),
            Self::Value => ("value", "Value"),
            Self::Currency => ("currency", "Currency"),
            Self::Stage => ("stage", "Stage"),
            Self::Pipeline => ("pipeline", "Pipeline"),
            Self::Status => ("status", "Status (open, won, lost)"),
            Self::CloseDate => ("close_date", "Close date (expected, or real once closed)"),
            Self::ExpectedClose => ("expected_close", "Expected close"),
            Self::ClosedOn => ("closed_on", "Closed on"),
            Self::Reason => ("reason", "Reason won or lost"),
            Self::ClosingNote => ("closing_note", "Closing note"),
            Self::Competitor => ("competitor", "Competitor"),
            Self::Created => ("created", "Created"),
            Self::Engaged => ("engaged", "Work began on"),
            Self::StageSince => ("stage_since", "In this stage since"),
            Self::EnteredStage => ("entered_stage", "Entered the stage in the heading on"),
            Self::StageHistory => ("stage_history", "Stage history (Fairlead)"),
            Self::Place => ("place", "Place in the column"),
            Self::Probability => ("probability", "Own probability"),
            Self::Category => ("category", "Forecast category"),
            Self::Source => ("source", "Source"),
            Self::Tags => ("tags", "Tags"),
            Self::NextStep => ("next_step", "Next step"),
            Self::NextStepDue => ("next_step_due", "Next step due"),
            Self::Description => ("description", "Description"),
            Self::ExternalId => ("external_id", "Id in the other system"),
            Self::FairleadId => ("fairlead_id", "Fairlead id"),
            Self::Website => ("website", "Website"),
            Self::Industry => ("industry", "Industry"),
            Self::Employees => ("employees", "Employees"),
            Self::Revenue => ("revenue", "Revenue a year"),
            Self::Founded => ("founded", "Year founded"),
            Self::Location => ("location", "Location"),
            Self::Parent => ("parent", "Parent organisation"),
            Self::Emails => ("emails", "E-mail"),
            Self::Phones => ("phones", "Phone"),
            Self::Manager => ("manager", "Manager"),
            Self::Office => ("office", "Office or region"),
            Self::Series => ("series", "Series"),
            Self::Price => ("price", "List price"),
            Self::Kind => ("kind", "Type of activity"),
            Self::Deal => ("deal", "Deal"),
            Self::Due => ("due", "Due date"),
            Self::DueTime => ("due_time", "Due time"),
            Self::Done => ("done", "Done (yes or no)"),
            Self::DoneOn => ("done_on", "Done on"),
            Self::SaleKind => ("sale_kind", "Kind of sale"),
            Self::Renewal => ("renewal", "Up for renewal on"),
            Self::Code => ("code", "Code"),
            Self::Period => ("period", "Paid (once, per month, per quarter, per year)"),
        }
    }

    /// How its cells are read.
    #[must_use]
    pub fn reading(self) -> Reading {
        match self {
            Self::CloseDate
            | Self::ExpectedClose
            | Self::ClosedOn
            | Self::Created
            | Self::Engaged
            | Self::StageSince
            | Self::EnteredStage
            | Self::NextStepDue
            | Self::Due
            | Self::DoneOn
            | Self::Renewal => Reading::Date,
            Self::Value | Self::Revenue | Self::Price => Reading::Money,
            Self::Employees | Self::Probability | Self::Founded | Self::Place => Reading::Number,
            _ => Reading::Text,
        }
    }

    /// True when several columns may mean it: they are joined, or the first filled one
    /// counts.
    #[must_use]
    pub fn takes_several(self) -> bool {
        matches!(
            self,
            Self::Contacts
                | Self::Products
                | Self::ClosedOn
                | Self::Reason
                | Self::EnteredStage
                | Self::Tags
                | Self::Description
                | Self::Location
                | Self::Emails
                | Self::Phones
        )
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_per_file_and_lead_back() {
        for holds in Holds::ALL {
            assert_eq!(Holds::from_code(holds.code()), Some(holds));
            let mut seen = std::collections::HashSet::new();
            for target in holds.targets() {
                assert!(seen.insert(target.code()), "{target:?}");
                assert_eq!(Target::from_code(holds, target.code()), Some(*target));
            }
        }
    }

    #[test]
    fn counts_read_as_english() {
        assert_eq!(Holds::Deals.counted(8_800), "8,800 deals");
        assert_eq!(Holds::Activities.counted(1), "1 activity");
    }
}
