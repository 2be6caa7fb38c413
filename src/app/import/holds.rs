//! What the rows of a file are, and what its columns can mean.

use super::target::Target;

/// What the rows of a file are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Holds {
    /// Members of the own team.
    People,
    /// Customers and customers to be.
    Organisations,
    /// The own catalogue.
    Products,
    /// People at organisations.
    Contacts,
    /// Possible sales.
    Deals,
    /// Calls, meetings, tasks, notes.
    Activities,
    /// Nothing to import.
    Nothing,
}

impl Holds {
    /// All of them, in the order in which files are imported: what is referred to first.
    pub const ALL: [Self; 7] = [
        Self::People,
        Self::Organisations,
        Self::Products,
        Self::Contacts,
        Self::Deals,
        Self::Activities,
        Self::Nothing,
    ];

    /// The word for it in choices and headings.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::People => "Team members",
            Self::Organisations => "Organisations",
            Self::Products => "Products",
            Self::Contacts => "Contacts",
            Self::Deals => "Deals",
            Self::Activities => "Activities",
            Self::Nothing => "Do not import",
        }
    }

    /// A word without blanks, for the page's form controls.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Organisations => "organisations",
            Self::Products => "products",
            Self::Contacts => "contacts",
            Self::Deals => "deals",
            Self::Activities => "activities",
            Self::Nothing => "nothing",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.code() == code)
    }

    /// “1 deal”, “8,800 deals”.
    #[must_use]
    pub fn counted(self, count: usize) -> String {
        let (one, many) = match self {
            Self::People => ("team member", "team members"),
            Self::Organisations => ("organisation", "organisations"),
            Self::Products => ("product", "products"),
            Self::Contacts => ("contact", "contacts"),
            Self::Deals => ("deal", "deals"),
            Self::Activities => ("activity", "activities"),
            Self::Nothing => ("record", "records"),
        };
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    }

    /// What a column of such a file can mean, in the order of the choice.
    #[must_use]
    pub fn targets(self) -> &'static [Target] {
        use Target as T;
        match self {
            Self::Deals => &[
                T::Title,
                T::Organisation,
                T::Contacts,
                T::Owner,
                T::Products,
                T::Value,
                T::Currency,
                T::Stage,
                T::Pipeline,
                T::Status,
                T::CloseDate,
                T::ExpectedClose,
                T::ClosedOn,
                T::Reason,
                T::ClosingNote,
                T::Competitor,
                T::Created,
                T::Engaged,
                T::StageSince,
                T::EnteredStage,
                T::StageHistory,
                T::Place,
                T::Probability,
                T::Category,
                T::Source,
                T::Tags,
                T::NextStep,
                T::NextStepDue,
                T::Description,
                T::SaleKind,
                T::Renewal,
                T::ExternalId,
                T::FairleadId,
            ],
            Self::Organisations => &[
                T::Name,
                T::Website,
                T::Industry,
                T::Employees,
                T::Revenue,
                T::Currency,
                T::Founded,
                T::Location,
                T::Parent,
                T::Description,
                T::ExternalId,
            ],
            Self::Contacts => &[
                T::Name,
                T::FirstName,
                T::LastName,
                T::JobTitle,
                T::Organisation,
                T::Emails,
                T::Phones,
                T::Description,
                T::ExternalId,
            ],
            Self::People => &[
                T::Name,
                T::FirstName,
                T::LastName,
                T::Emails,
                T::Manager,
                T::Office,
            ],
            Self::Products => &[
                T::Name,
                T::Code,
                T::Series,
                T::Price,
                T::Period,
                T::Currency,
            ],
            Self::Activities => &[
                T::Title,
                T::Kind,
                T::Deal,
                T::Contacts,
                T::Owner,
                T::Due,
                T::DueTime,
                T::Done,
                T::DoneOn,
                T::Created,
                T::Description,
            ],
            Self::Nothing => &[],
        }
    }
}

/// A count with thousands apart: `8,800`.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
