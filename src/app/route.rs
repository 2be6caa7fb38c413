//! Addresses within the page: `#/board/…`, so that reload, back and bookmarks work.

use crate::domain::ids::{ContactId, DealId, OrgId, PipelineId, ProductId};

/// A page of the process: how the team sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessPage {
    /// Fields that the team has added.
    Fields,
    /// The ideal customer profile.
    Profile,
    /// Buyer personas.
    Personas,
    /// Qualification frameworks.
    Qualification,
    /// Scoring rules.
    Scoring,
    /// Cadences.
    Cadences,
    /// Templates.
    Templates,
    /// Automations.
    Automations,
    /// Teams and territories.
    Teams,
}

impl ProcessPage {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Profile,
        Self::Personas,
        Self::Qualification,
        Self::Scoring,
        Self::Cadences,
        Self::Templates,
        Self::Automations,
        Self::Teams,
        Self::Fields,
    ];

    /// Its name in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Profile => "profile",
            Self::Personas => "personas",
            Self::Qualification => "qualification",
            Self::Scoring => "scoring",
            Self::Cadences => "cadences",
            Self::Templates => "templates",
            Self::Automations => "automations",
            Self::Teams => "teams",
        }
    }

    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Fields => "Fields",
            Self::Profile => "Ideal customer",
            Self::Personas => "Personas",
            Self::Qualification => "Qualification",
            Self::Scoring => "Scoring",
            Self::Cadences => "Cadences",
            Self::Templates => "Templates",
            Self::Automations => "Automations",
            Self::Teams => "Teams",
        }
    }
}

/// A page of what comes after the sale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomersPage {
    /// Everybody who has bought.
    #[default]
    List,
    /// What is up for renewal.
    Renewals,
    /// Who could buy what.
    Whitespace,
}

impl CustomersPage {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::List, Self::Renewals, Self::Whitespace];

    /// Its name in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Renewals => "renewals",
            Self::Whitespace => "whitespace",
        }
    }

    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::List => "Customers",
            Self::Renewals => "Renewals",
            Self::Whitespace => "Whitespace",
        }
    }
}

/// A place in the application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Wherever there is something to see: the board, or the first run.
    #[default]
    Home,
    /// The board of a pipeline, or of the one shown last.
    Board(Option<PipelineId>),
    /// The form for a new deal, over the board.
    NewDeal,
    /// A deal's page.
    Deal(DealId),
    /// The form of a deal.
    EditDeal(DealId),
    /// What to do now: overdue, today, upcoming, deals without a next step.
    Today,
    /// Activities by week or month.
    Calendar,
    /// All organisations.
    Organisations,
    /// Organisations that seem to be the same.
    OrganisationDuplicates,
    /// An organisation's page.
    Organisation(OrgId),
    /// All contacts.
    Contacts,
    /// Contacts that seem to be the same.
    ContactDuplicates,
    /// A contact's page.
    Contact(ContactId),
    /// After the sale: customers, renewals, whitespace.
    Customers(CustomersPage),
    /// The catalogue, with the form of a product over it.
    Products(Option<ProductId>),
    /// How the team sells.
    Process(ProcessPage),
    /// What was done lately, and taking it back.
    History,
    /// Import, export, backups, storage.
    Data,
    /// Importing spreadsheet files.
    Import,
    /// Pipelines and stages.
    Stages(Option<PipelineId>),
    /// Settings of the workspace and of this browser.
    Settings,
}

impl Route {
    /// Reads the part of the address from `#`. Anything unknown leads home.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let path = path.split('?').next().unwrap_or("");
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["board"] => Self::Board(None),
            ["board", id] => Self::Board(id.parse().ok()),
            ["deals", "new"] => Self::NewDeal,
            ["deals", id] => id.parse().map_or(Self::Home, Self::Deal),
            ["deals", id, "edit"] => id.parse().map_or(Self::Home, Self::EditDeal),
            ["today"] => Self::Today,
            ["calendar"] => Self::Calendar,
            ["organisations"] => Self::Organisations,
            ["organisations", "duplicates"] => Self::OrganisationDuplicates,
            ["organisations", id] => id.parse().map_or(Self::Home, Self::Organisation),
            ["contacts"] => Self::Contacts,
            ["contacts", "duplicates"] => Self::ContactDuplicates,
            ["contacts", id] => id.parse().map_or(Self::Home, Self::Contact),
            ["customers"] => Self::Customers(CustomersPage::List),
            ["customers", page] => CustomersPage::ALL
                .into_iter()
                .find(|p| p.code() == *page)
                .map_or(Self::Home, Self::Customers),
            ["products"] => Self::Products(None),
            ["products", id] => Self::Products(id.parse().ok()),
            ["process", page] => ProcessPage::ALL
                .into_iter()
                .find(|p| p.code() == *page)
                .map_or(Self::Home, Self::Process),
            ["history"] => Self::History,
            ["data"] => Self::Data,
            ["data", "import"] => Self::Import,
            ["stages"] => Self::Stages(None),
            ["stages", id] => Self::Stages(id.parse().ok()),
            ["settings"] => Self::Settings,
            _ => Self::Home,
        }
    }

    /// The address, from `#` on.
    #[must_use]
    pub fn print(self) -> String {
        match self {
            Self::Home => "#/".into(),
            Self::Board(None) => "#/board".into(),
            Self::Board(Some(id)) => format!("#/board/{id}"),
            Self::NewDeal => "#/deals/new".into(),
            Self::Deal(id) => format!("#/deals/{id}"),
            Self::EditDeal(id) => format!("#/deals/{id}/edit"),
            Self::Today => "#/today".into(),
            Self::Calendar => "#/calendar".into(),
            Self::Organisations => "#/organisations".into(),
            Self::OrganisationDuplicates => "#/organisations/duplicates".into(),
            Self::Organisation(id) => format!("#/organisations/{id}"),
            Self::Contacts => "#/contacts".into(),
            Self::ContactDuplicates => "#/contacts/duplicates".into(),
            Self::Contact(id) => format!("#/contacts/{id}"),
            Self::Customers(CustomersPage::List) => "#/customers".into(),
            Self::Customers(page) => format!("#/customers/{}", page.code()),
            Self::Products(None) => "#/products".into(),
            Self::Products(Some(id)) => format!("#/products/{id}"),
            Self::Process(page) => format!("#/process/{}", page.code()),
            Self::History => "#/history".into(),
            Self::Data => "#/data".into(),
            Self::Import => "#/data/import".into(),
            Self::Stages(None) => "#/stages".into(),
            Self::Stages(Some(id)) => format!("#/stages/{id}"),
            Self::Settings => "#/settings".into(),
        }
    }

    /// The document's title there.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Home | Self::Board(_) => "Board",
            Self::NewDeal => "New deal",
            Self::Deal(_) => "Deal",
            Self::EditDeal(_) => "Edit deal",
            Self::Today => "Today",
            Self::Calendar => "Calendar",
            Self::Organisations => "Organisations",
            Self::OrganisationDuplicates => "Duplicate organisations",
            Self::Organisation(_) => "Organisation",
            Self::Contacts => "Contacts",
            Self::ContactDuplicates => "Duplicate contacts",
            Self::Contact(_) => "Contact",
            Self::Customers(page) => page.title(),
            Self::Products(_) => "Products",
            Self::Process(page) => page.title(),
            Self::History => "History",
            Self::Data => "Data",
            Self::Import => "Import",
            Self::Stages(_) => "Stages",
            Self::Settings => "Settings",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_place() {
        let (deal, pipeline) = (DealId(5), PipelineId(u64::MAX));
        for route in [
            Route::Home,
            Route::Board(None),
            Route::Board(Some(pipeline)),
            Route::NewDeal,
            Route::Deal(deal),
            Route::EditDeal(deal),
            Route::Today,
            Route::Calendar,
            Route::Organisations,
            Route::Organisation(OrgId(7)),
            Route::OrganisationDuplicates,
            Route::Contacts,
            Route::ContactDuplicates,
            Route::Contact(ContactId(8)),
            Route::Customers(CustomersPage::List),
            Route::Customers(CustomersPage::Renewals),
            Route::Customers(CustomersPage::Whitespace),
            Route::Products(None),
            Route::Products(Some(ProductId(9))),
            Route::Process(ProcessPage::Fields),
            Route::Process(ProcessPage::Automations),
            Route::History,
            Route::Data,
            Route::Import,
            Route::Stages(None),
            Route::Stages(Some(pipeline)),
            Route::Settings,
        ] {
            assert_eq!(Route::parse(&route.print()), route);
            assert!(!route.title().is_empty());
        }
    }

    #[test]
    fn nonsense_leads_home_and_a_query_is_no_hindrance() {
        for hash in [
            "",
            "#",
            "#/",
            "#/deals/xyz",
            "#/deals/1/edit/more",
            "nowhere",
            "#/board/\u{0}",
        ] {
            assert!(
                matches!(Route::parse(hash), Route::Home | Route::Board(None)),
                "{hash}"
            );
        }
        assert_eq!(Route::parse("#/data?x=1"), Route::Data);
    }
}
